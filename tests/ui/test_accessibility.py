#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the real window under Xvfb as a screen reader does, through AT-SPI: choose data, start, pause, move
a slider, save; kill it, start it again and recover. Nothing is read from inside the program.

usage: test_accessibility.py LMSER_STUDIO. Starts Xvfb and a D-Bus session of its own. Exits 77 where
something that it needs is absent; in continuous integration (CI is set) that is a failure.
"""
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

DEADLINE = 60  # seconds for one expectation, on a busy machine


def skip(reason):
    print(f"skipped: {reason}")
    sys.exit(1 if os.environ.get("CI") else 77)


def rerun_inside_a_display():
    needed = [tool for tool in ("xvfb-run", "dbus-run-session") if not shutil.which(tool)]
    if needed:
        skip(f"{', '.join(needed)} is not installed")
    environment = dict(os.environ, LMSER_INSIDE_DISPLAY="1", QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1",
                       QT_QPA_PLATFORM="xcb", GTK_A11Y="none", NO_AT_BRIDGE="0")
    environment.pop("WAYLAND_DISPLAY", None)
    sys.exit(subprocess.run(
        ["xvfb-run", "-a", "-s", "-screen 0 1440x900x24", "dbus-run-session", "--", sys.executable,
         __file__, *sys.argv[1:]], env=environment, check=False).returncode)


if __name__ == "__main__" and "LMSER_INSIDE_DISPLAY" not in os.environ:
    rerun_inside_a_display()

try:
    import gi
    gi.require_version("Atspi", "2.0")
    from gi.repository import Atspi
except (ImportError, ValueError) as missing:
    skip(f"AT-SPI for Python is not installed ({missing})")


def wait_for(what, probe):
    """The first true answer of probe(), which may meet objects that die meanwhile."""
    end = time.monotonic() + DEADLINE
    while time.monotonic() < end:
        try:
            answer = probe()
        except gi.repository.GLib.Error:
            answer = None
        if answer:
            return answer
        time.sleep(0.1)
    raise AssertionError(f"waited {DEADLINE} s for {what}")


def descendants(node):
    """The node and all below it that are showing or may be; a stale child is passed over."""
    yield node
    for index in range(min(node.get_child_count(), 500)):
        child = node.get_child_at_index(index)
        if child is not None:
            yield from descendants(child)


# What a control of a role must offer.
ACTIONS = {"push button", "toggle button", "check box", "radio button", "page tab", "menu item", "combo box"}
VALUES = {"slider", "spin button"}
NAMED = {"text", "list item", "image"}


def shows(node):
    return node.get_state_set().contains(Atspi.StateType.SHOWING)


class Window:
    """The running program, seen through AT-SPI alone."""

    def __init__(self, process):
        self.process = process
        self.application = wait_for("the window to appear on the accessibility bus", self._find)

    def _find(self):
        assert self.process.poll() is None, f"the program ended with {self.process.returncode}"
        desktop = Atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(index)
            if child is not None and child.get_process_id() == self.process.pid:
                return child
        return None

    def find(self, role, name):
        """The showing control with that role whose name starts with `name`."""
        def probe():
            for node in descendants(self.application):
                if (node.get_role_name() == role and (node.get_name() or "").startswith(name)
                        and shows(node)):
                    return node
            return None
        return wait_for(f"a {role} named '{name}'", probe)

    def do(self, role, name, action=None):
        """Runs the first action, or the named one, of a control."""
        node = self.find(role, name)
        actions = [node.get_action_name(index) for index in range(node.get_n_actions())]
        assert actions, f"the {role} '{name}' offers no action"
        index = next((i for i, known in enumerate(actions) if action and action.lower() in known.lower()), 0)
        assert node.do_action(index), f"the {role} '{name}' refused {actions[index]}"

    def faults(self):
        """What is wrong with showing controls: no name, no value or no action."""
        for node in descendants(self.application):
            role = node.get_role_name()
            if role not in ACTIONS | VALUES | NAMED or not shows(node):
                continue
            what = f"{role} '{node.get_name()}' ({node.get_description() or 'no description'})"
            if not node.get_name():
                yield f"{what}: no name"
            if role in VALUES and not node.get_maximum_value() > node.get_minimum_value():
                yield f"{what}: no range of values"
            usable = node.get_state_set().contains(Atspi.StateType.ENABLED)
            if role in ACTIONS and usable and node.get_n_actions() == 0:
                yield f"{what}: no action"

    def iteration(self):
        """The iteration that the status bar tells, e.g. '3,420 of 5,000'."""
        for node in descendants(self.find("status bar", "")):
            done, of, _ = (node.get_name() or "").partition(" of ")
            if of and done.replace(",", "").isdigit():
                return int(done.replace(",", ""))
        return None


def check_controls(window, workspace):
    faults = list(window.faults())
    assert not faults, f"{workspace}: {faults}"


def use_the_window(window, folder):
    window.do("radio button", "Strokes")
    window.do("push button", "Start")
    wait_for("training to pass 50 iterations", lambda: (window.iteration() or 0) > 50)
    print("trains: iteration", window.iteration())

    window.do("page tab", "Explore")
    slider = window.find("slider", "code unit 1")
    low, high = slider.get_minimum_value(), slider.get_maximum_value()
    assert high > low, f"the slider's range is {low} to {high}"
    wanted = low + 0.75 * (high - low)
    slider.set_current_value(wanted)
    wait_for("the slider to move", lambda: abs(slider.get_current_value() - wanted) <= 0.02 * (high - low))
    print("slides while training:", slider.get_current_value())

    window.do("push button", "Pause")
    window.find("push button", "Continue")
    paused = window.iteration()
    time.sleep(0.5)
    assert window.iteration() == paused, "training went on after Pause"
    print("pauses: iteration", paused)

    check_controls(window, "Explore")
    window.do("page tab", "Train")
    window.find("check box", "Follow")
    check_controls(window, "Train")

    target = folder / "kept.safetensors"
    window.do("menu item", "File")
    window.do("menu item", "Save checkpoint")
    field = window.find("text", "File name")
    field.set_text_contents(str(target))
    window.do("push button", "Save")
    wait_for("the checkpoint to be saved", target.exists)
    print("saves:", target.stat().st_size, "bytes")

    window.do("push button", "Continue")
    wait_for("training to go on", lambda: (window.iteration() or 0) > paused)
    window.do("push button", "Pause")
    window.find("push button", "Continue")
    return window.iteration()


def recover(window, kept):
    window.do("push button", "Recover")
    wait_for(f"iteration {kept} to be back", lambda: (window.iteration() or 0) >= kept)
    print("recovers after a kill: iteration", window.iteration())


def start(environment):
    environment["LMSER_MODELS_DIR"] = environment["HOME"]  # no shipped model: it begins with a new run
    return subprocess.Popen([sys.argv[1]], env=environment, cwd=environment["HOME"])


def main():
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        environment = dict(os.environ, HOME=temporary, XDG_CONFIG_HOME=f"{temporary}/config",
                           XDG_DATA_HOME=f"{temporary}/data", XDG_STATE_HOME=f"{temporary}/state",
                           XDG_CACHE_HOME=f"{temporary}/cache", LANG="C.UTF-8")
        environment.pop("LMSER_DATA_DIR", None)
        process = start(environment)
        try:
            kept = use_the_window(Window(process), folder)
            wait_for("the pause to be kept",
                     lambda: list(folder.glob("data/lmser-studio/recovery/*/checkpoint.safetensors")))
            process.kill()
            process.wait()
            process = start(environment)
            recover(Window(process), kept)
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        assert process.returncode in (0, 143), f"the program ended with {process.returncode}"
    print("ok")


if __name__ == "__main__":
    main()
