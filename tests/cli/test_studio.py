#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What ./studio and the window's program say where they cannot go on: no rights, no network, no display.

usage: LMSER_STUDIO=build/release/bin/lmser-studio test_studio.py
"""
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

SOURCE = pathlib.Path(__file__).resolve().parents[2]
LINE = "apt-get update && apt-get install --no-install-recommends g++ cmake"


class BareSystem(unittest.TestCase):
    """./studio on a system where no package is installed, told by stand-ins for its tools."""

    def run_studio(self, tools):
        with tempfile.TemporaryDirectory() as folder:
            for name, script in {"dpkg-query": "exit 1", **tools}.items():
                path = pathlib.Path(folder, name)
                path.write_text(f"#!/bin/sh\n{script}\n")
                path.chmod(0o755)
            for name in ("bash", "readlink", "dirname", "cat", "env"):
                os.symlink(shutil.which(name), pathlib.Path(folder, name))
            return subprocess.run([SOURCE / "studio"], env={"PATH": folder}, text=True, check=False,
                                  stdin=subprocess.DEVNULL, capture_output=True)

    def test_without_rights_it_prints_the_line_for_an_administrator(self):
        told = self.run_studio({"id": "echo 1000", "apt-get": "exit 0"})
        self.assertEqual(told.returncode, 1)
        self.assertIn("ask an administrator to run:  " + LINE, told.stderr)
        self.assertIn("libopenblas0-openmp", told.stderr)

    def test_without_network_it_says_what_is_missing(self):
        told = self.run_studio({"id": "echo 0", "apt-get": "exit 100"})
        self.assertEqual(told.returncode, 1)
        self.assertIn("could not be installed", told.stderr)
        self.assertIn(LINE, told.stderr)

    def test_elsewhere_than_on_debian_it_lists_the_packages(self):
        told = self.run_studio({"id": "echo 0"})
        self.assertEqual(told.returncode, 1)
        self.assertIn("not a Debian system", told.stderr)


class NoDisplay(unittest.TestCase):
    def start(self, **display):
        environment = {key: value for key, value in os.environ.items()
                       if key not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
        return subprocess.run([os.environ["LMSER_STUDIO"]], env={**environment, **display}, text=True,
                              check=False, capture_output=True, timeout=60)

    def test_no_display_is_one_sentence_and_exit_69(self):
        told = self.start()
        self.assertEqual(told.returncode, 69)
        self.assertEqual(told.stderr.strip().count("\n"), 0)
        self.assertIn("no display", told.stderr)
        self.assertIn("xvfb-run lmser-studio", told.stderr)

    def test_a_display_that_nobody_answers_is_no_display(self):
        told = self.start(DISPLAY=":4711")
        self.assertEqual(told.returncode, 69)
        self.assertIn(":4711", told.stderr)


@unittest.skipUnless(shutil.which("Xvfb"), "Xvfb is not there")
class BareServer(unittest.TestCase):
    """An X server begins anew when its last client leaves: there is no window manager to stay."""

    def setUp(self):
        read, write = os.pipe()
        self.server = subprocess.Popen(["Xvfb", "-displayfd", str(write)], pass_fds=[write],
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as told:
            self.display = ":" + told.readline().strip()

    def tearDown(self):
        self.server.terminate()
        self.server.wait()

    def test_the_window_opens_every_time(self):
        with tempfile.TemporaryDirectory() as home:
            environment = {key: value for key, value in os.environ.items()
                           if key not in ("WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
            environment |= {"DISPLAY": self.display, "HOME": home, "XDG_CONFIG_HOME": home,
                            "XDG_DATA_HOME": home}
            for _ in range(6):
                studio = subprocess.Popen([os.environ["LMSER_STUDIO"]], env=environment, text=True,
                                          stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
                try:
                    studio.wait(timeout=3)  # a window stays
                except subprocess.TimeoutExpired:
                    studio.terminate()
                self.assertEqual(studio.communicate(timeout=60)[1].count("connect to display"), 0)
                self.assertNotEqual(studio.returncode, -6)


if __name__ == "__main__":
    unittest.main(verbosity=2)
