#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the real `lmser` as a user would: every subcommand, every exit code, kills and signals.

LMSER_BIN names the program; LMSER_DATA_DIR the folder with MNIST for the tests that want real data.
"""
import atexit
import hashlib
import json
import math
import os
import random
import re
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import unittest.mock
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

try:
    import numpy as np
except ImportError:
    np = None

ROOT = Path(__file__).resolve().parents[2]
LMSER = os.environ.get("LMSER_BIN", str(ROOT / "build" / "release" / "bin" / "lmser"))
DATA = os.environ.get("LMSER_DATA_DIR", "")
DEADLINE = 60  # seconds that no command of these tests may take
TINY = ["--data", "mnist", "--layers", "24,16,10", "--batch", "10", "--evaluate-every", "50"]

TRAIN_IMAGES, TEST_IMAGES = 600, 60

OK, USAGE, DIVERGED, BAD_DATA, NOT_FOUND = 0, 2, 3, 65, 66
CANNOT_CREATE, IO_FAILED, IN_USE, PERMISSION = 73, 74, 75, 77


def write_tiny_mnist(folder):
    """Four files as MNIST's with a few drawn bars: loading the real ones would be most of these tests."""
    for split, count in (("train", TRAIN_IMAGES), ("t10k", TEST_IMAGES)):
        labels = bytes(i % 10 for i in range(count))
        pixels = bytearray()
        for i in range(count):
            place, slope = 4 + 2 * (i % 10), (i * 7 % 5 - 2) / 8
            for y in range(28):
                centre = place + slope * (y - 14)
                pixels += bytes(max(0, 255 - int(60 * abs(x - centre))) for x in range(28))
        (folder / f"{split}-labels-idx1-ubyte").write_bytes(struct.pack(">II", 2049, count) + labels)
        (folder / f"{split}-images-idx3-ubyte").write_bytes(
            struct.pack(">IIII", 2051, count, 28, 28) + pixels
        )


TINY_DATA = Path(tempfile.mkdtemp(prefix="lmser-cli-"))
atexit.register(shutil.rmtree, TINY_DATA, ignore_errors=True)


def start(*arguments, cwd, fsize=None, data=TINY_DATA, **options):
    """Starts lmser with the signals of a terminal, whatever the test runner ignores."""
    launcher = ["env", "--default-signal=INT,TERM,HUP"]
    if fsize:
        launcher = ["prlimit", f"--fsize={fsize}", *launcher]
    return subprocess.Popen(
        [*launcher, LMSER, *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "LMSER_DATA_DIR": str(data)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


def run(*arguments, **options):
    """Runs to the end: (exit code, standard output, standard error)."""
    process = start(*arguments, **options)
    try:
        out, err = process.communicate(timeout=DEADLINE)
    except subprocess.TimeoutExpired:
        process.kill()
        raise
    return process.returncode, out, err


def wait_until(condition, what):
    end = time.monotonic() + DEADLINE
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(f"{what} did not happen in {DEADLINE} s")
        time.sleep(0.005)


def recorded_iteration(folder):
    """The last iteration that the log of a run holds whole."""
    try:
        lines = (folder / "metrics.jsonl").read_text().split("\n")[:-1]
    except FileNotFoundError:
        return 0
    return json.loads(lines[-1])["iteration"] if lines else 0


def log_of(folder):
    """What metrics.jsonl of a run holds."""
    return [json.loads(line) for line in (folder / "metrics.jsonl").read_text().splitlines()]


def wait_for_training(process, folder, iteration):
    """Waits until a run has recorded an iteration."""
    wait_until(
        lambda: recorded_iteration(folder) >= iteration or process.poll() is not None, "training"
    )


def grey_png(width, height, values):
    """A grey 8-bit PNG."""
    rows = b"".join(b"\0" + bytes(values[y * width : (y + 1) * width]) for y in range(height))

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def changed_model(data, change):
    """A checkpoint whose header and values `change(header, values)` alters, with right checksums."""
    length = struct.unpack("<Q", data[:8])[0]
    header, values = json.loads(data[8 : 8 + length]), bytearray(data[8 + length :])
    change(header, values)
    header["__metadata__"]["crc32"] = f"{zlib.crc32(bytes(values)):08x}"
    header["__metadata__"]["header_crc32"] = "0" * 8
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    start = struct.pack("<Q", len(text)) + text
    zeros = b'"header_crc32":"00000000"'
    return start.replace(zeros, zeros[:-9] + b"%08x" % zlib.crc32(start) + b'"') + bytes(values)


def filled_with(tensor, value):
    """A change that sets every value of a tensor."""

    def change(header, values):
        begin, end = header[tensor]["data_offsets"]
        values[begin:end] = struct.pack("<f", value) * ((end - begin) // 4)

    return change


class InScratch(unittest.TestCase):
    """Each test has a folder of its own, in which lmser runs."""

    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(prefix="lmser-cli-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def start(self, *arguments, **options):
        return start(*arguments, cwd=self.folder, **options)

    def sha256(self, name):
        return hashlib.sha256((self.folder / name).read_bytes()).hexdigest()

    def iteration_of(self, name):
        out, _ = self.check(OK, "info", name, "--json")
        return json.loads(out)["model"]["iteration"]

    def check(self, code, *arguments, **options):
        """Runs and expects an exit code; (standard output, standard error)."""
        got, out, err = run(*arguments, cwd=self.folder, **options)
        self.assertEqual(got, code, f"lmser {' '.join(map(str, arguments))}\n{out}{err}")
        if code not in (OK, 130, 143, 129):
            self.assertIn("lmser: ", err)
            self.assertEqual(err.strip()[-1], ".", err)
        return out, err

    def train(self, out, iterations, *more, preset="lmser-un"):
        return self.check(
            OK, "train", "--preset", preset, *TINY, "--iterations", iterations, "--out", out, *more
        )


class ATrainedModel(InScratch):
    """Tests that only look at one model, which is trained once."""

    lock = threading.Lock()
    kept = None

    def setUp(self):
        super().setUp()
        with ATrainedModel.lock:
            if ATrainedModel.kept is None:
                ATrainedModel.kept = Path(tempfile.mkdtemp(prefix="lmser-cli-"))
                atexit.register(shutil.rmtree, ATrainedModel.kept, ignore_errors=True)
                self.train(
                    ATrainedModel.kept / "run", 120, "--held-out", 100, preset="lmser-sup"
                )
        self.model = ATrainedModel.kept / "run"
        self.checkpoint = self.model / "checkpoint.safetensors"


class Arguments(InScratch):
    def test_help_and_version_are_no_errors(self):
        for arguments in (["--help"], ["train", "--help"], ["--version"]):
            out, _ = self.check(OK, *arguments)
            self.assertIn("lmser", out.lower())

    def test_wrong_usage_exits_2_and_says_what(self):
        for arguments, word in (
            ([], "subcommand"),
            (["train", "--fly"], "--fly"),
            (["train", "--layers", "a,b"], "--layers"),
            (["train", "--preset", "lmser-9"], "lmser-9"),
            (["train", "--wiring", "star"], "star"),
            (["train", "--activation", "step"], "relu"),
            (["train", "--learning-rate", "-1"], "learning rate"),
            (["train", "--checkpoint-every", "0"], "--checkpoint-every"),
            (["train", "--device", "abacus", *TINY], "abacus"),
            (["train", "--resume", "x", "--layers", "3"], "--layers"),
            (["evaluate", "x", "--split", "other"], "other"),
            (["reconstruct", "x"], "--images"),
        ):
            _, err = self.check(USAGE, *arguments)
            self.assertIn(word, err)
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_info_names_the_engine_and_the_datasets(self):
        out, _ = self.check(OK, "info", "--json", "--data-dir", self.folder)
        info = json.loads(out)
        for key in ("version", "torch", "blas", "threads", "processor_features", "devices"):
            self.assertTrue(info[key], key)
        self.assertIn("cpu", info["devices"])
        found = {entry["name"]: entry["found"] for entry in info["datasets"]}
        self.assertEqual(found, {"mnist": False, "fashion-mnist": False, "celeba": False,
                                 "celeba-64": False, "folder": False, "strokes": True})
        out, _ = self.check(OK, "info")
        self.assertIn("BLAS", out)

    def test_several_threads_are_used_where_they_are_asked_for(self):
        out, _ = self.check(OK, "info", "--json", "--threads", 2)
        self.assertEqual(json.loads(out)["threads"], 2)

    def test_seeds_are_taken_as_they_are_written_or_not_at_all(self):
        for seed in ("-1", "18446744073709551616", "0x10", "1.5", ""):
            _, err = self.check(USAGE, "train", f"--seed={seed}", *TINY)
            self.assertIn(f"'{seed}'" if seed else "--seed", err)
        self.check(OK, "train", *TINY, "--iterations", 1, "--seed", "010", "--out", "a")
        self.assertEqual(json.loads((self.folder / "a/experiment.json").read_text())["seed"], 10)

    def test_messages_hold_nothing_that_steers_a_terminal(self):
        for arguments in (["train", "--fl\n\x1b[31m"], ["verify", "no\n\x1b[31m"], ["train", "--threads", "\x1b"]):
            _, out, err = run(*arguments, cwd=self.folder)
            self.assertEqual(len(err.splitlines()), 1, err)
            self.assertNotIn("\x1b", out + err)

    def test_a_closed_output_ends_up_in_no_file(self):
        command = [LMSER, "train", *TINY, "--iterations", 1, "--out", "a", "--json"]
        process = subprocess.run(
            ["sh", "-c", '"$@" >&-', "sh", *map(str, command)],
            cwd=self.folder, stderr=subprocess.PIPE, text=True,
            env={**os.environ, "LMSER_DATA_DIR": str(TINY_DATA)},
        )
        self.assertEqual(process.returncode, IO_FAILED, process.stderr)
        for path in (self.folder / "a").iterdir():
            self.assertNotIn(b'"done"', path.read_bytes(), path.name)

    def test_a_link_in_a_circle_is_named_as_such(self):
        (self.folder / "circle").symlink_to("circle")
        _, err = self.check(BAD_DATA, "verify", "circle")
        self.assertIn("symbolic links", err)

    def test_output_that_cannot_be_written_is_an_error(self):
        with open("/dev/full", "w") as full:
            process = subprocess.run(
                [LMSER, "verify", "--help"], stdout=full, stderr=subprocess.PIPE, text=True
            )
        self.assertEqual(process.returncode, IO_FAILED, process.stderr)


class Training(InScratch):
    def test_resuming_gives_the_bytes_of_an_unbroken_run(self):
        self.train("whole", 90, preset="lmser-sup")
        self.train("halves", 37, preset="lmser-sup")
        out, _ = self.check(OK, "train", "--resume", "halves", "--iterations", 90, "--json")
        last = json.loads(out.splitlines()[-1])
        self.assertTrue(last["done"])
        self.assertEqual(last["iteration"], 90)
        for name in ("checkpoint.safetensors", "experiment.json"):
            self.assertEqual(self.sha256(f"whole/{name}"), self.sha256(f"halves/{name}"), name)

    def test_an_experiment_file_and_its_command_repeat_a_run_and_another_seed_does_not(self):
        changed = ["--activation", "tanh", "--fusion", "average", "--reflections", 2,
                   "--shortcut-dropout", 0.25, "--init", "xavier", "--loss", "mean-square"]
        self.train("a", 20, *changed)
        self.check(OK, "train", "--experiment", "a/experiment.json", "--out", "b")
        self.assertEqual(self.sha256("a/checkpoint.safetensors"),
                         self.sha256("b/checkpoint.safetensors"))
        out, _ = self.check(OK, "info", "a", "--json")
        command = json.loads(out)["model"]["command"].split()
        self.assertEqual(command[:2], ["lmser", "train"])
        self.check(OK, *command[1:], "--out", "c")
        self.assertEqual(self.sha256("a/checkpoint.safetensors"),
                         self.sha256("c/checkpoint.safetensors"))
        self.train("d", 20, *changed, "--seed", 2)
        self.assertNotEqual(self.sha256("a/checkpoint.safetensors"),
                            self.sha256("d/checkpoint.safetensors"))

    def test_prints_a_json_object_a_line_and_logs_the_same(self):
        out, _ = self.check(OK, "train", "--data", "strokes", *TINY[2:], "--iterations", 100,
                            "--out", "a", "--json")
        lines = [json.loads(line) for line in out.splitlines()]
        self.assertEqual([line["iteration"] for line in lines], [50, 100, 100])
        self.assertTrue(lines[-1]["done"])
        self.assertEqual(lines[-1]["error_per_pixel"], lines[1]["error_per_pixel"])
        log = log_of(self.folder / "a")
        steps = [entry["iteration"] for entry in log if entry["kind"] == "step"]
        self.assertEqual(steps, list(range(10, 101, 10)))
        evaluations = [entry for entry in log if entry["kind"] == "evaluation"]
        self.assertEqual([entry["iteration"] for entry in evaluations], [50, 100])
        self.assertEqual(evaluations[1]["error_per_pixel"], lines[1]["error_per_pixel"])

    def test_a_run_that_stops_before_its_target_goes_on_as_if_it_had_not(self):
        start = ("train", "--data", "strokes", "--batch", 10, "--schedule", "cosine", "--iterations", 4)
        self.check(OK, *start, "--out", "whole")
        self.check(OK, *start, "--until", 2, "--out", "parts")
        self.assertNotEqual(self.sha256("whole/checkpoint.safetensors"),
                            self.sha256("parts/checkpoint.safetensors"))
        self.check(OK, "train", "--resume", "parts", "--iterations", 4)
        self.assertEqual(self.sha256("whole/checkpoint.safetensors"),
                         self.sha256("parts/checkpoint.safetensors"))

    def test_convolutional_layers_are_trained_resumed_and_named(self):
        layers = "4k4s2p1,6k4s2p1,8k3s2p1,10"
        self.check(OK, "train", "--data", "strokes", "--layers", layers, "--batch", 10,
                   "--iterations", 2, "--out", "a")
        self.check(OK, "train", "--data", "strokes", "--layers", layers, "--batch", 10,
                   "--iterations", 1, "--out", "b")
        self.check(OK, "train", "--resume", "b", "--iterations", 2)
        self.assertEqual(self.sha256("a/checkpoint.safetensors"),
                         self.sha256("b/checkpoint.safetensors"))
        out, _ = self.check(OK, "info", "a", "--json")
        model = json.loads(out)["model"]
        self.assertIn(f"--layers {layers} ", model["command"] + " ")
        self.assertEqual(model["experiment"]["network"]["layers"],
                         ["4k4s2p1", "6k4s2p1", "8k3s2p1", 10])
        weights = 4 * 16 + 6 * 4 * 16 + 8 * 6 * 9 + 10 * 8 * 16
        self.assertEqual(model["parameters"], weights + (4 + 6 + 8 + 10) + (1 + 4 + 6 + 128))

    def test_until_is_a_step_that_the_run_has_before_it(self):
        self.check(USAGE, "train", *TINY, "--iterations", 5, "--until", "-5", "--out", "a")
        self.train("a", 5)
        _, err = self.check(USAGE, "train", "--resume", "a", "--iterations", 9, "--until", 3)
        self.assertIn("at iteration 5, beyond --until 3", err)
        self.check(OK, "train", "--resume", "a", "--iterations", 9, "--until", 5)

    def test_a_model_never_takes_the_place_of_what_the_run_keeps(self):
        kept = "a/checkpoint.safetensors"
        _, err = self.check(USAGE, "train", *TINY, "--iterations", 5, "--out", "a", "--model", kept)
        self.assertIn("--model", err)
        self.assertFalse((self.folder / "a").exists(), "refused before it trains")
        self.train("a", 5, "--model", "a/model.safetensors")
        before = self.sha256(kept)
        for name in (kept, "a/../a/metrics.jsonl"):
            self.check(USAGE, "train", "--resume", "a", "--iterations", 9, "--model", name)
        self.check(USAGE, "train", *TINY, "--iterations", 5, "--start-from", "a", "--out", "b",
                   "--model", kept)
        self.assertEqual(self.sha256(kept), before)

    def test_a_place_for_the_model_is_looked_at_before_training(self):
        self.check(NOT_FOUND, "train", *TINY, "--iterations", 5, "--out", "a",
                   "--model", "nowhere/x.safetensors")
        self.assertFalse((self.folder / "a").exists())

    def test_going_on_from_a_model_without_its_optimiser_is_told(self):
        self.train("a", 5, "--model", "m.safetensors")
        _, err = self.check(OK, "train", "--resume", "a", "--iterations", 6)
        self.assertNotIn("optimiser", err)
        shutil.copy(self.folder / "m.safetensors", self.folder / "a/checkpoint.safetensors")
        _, err = self.check(OK, "train", "--resume", "a", "--iterations", 8)
        self.assertIn("no optimiser", err)

    def test_layers_that_cannot_be_built_are_named(self):
        for layers, word in (
            ("16k3s2p0,10", "16k3s2p0"),
            ("16k4s5p1,10", "stride"),
            ("10,16k4s2p1", "fully connected"),
            ("16k4,10", "16k4"),
            ("16k40s1p0,10", "kernel"),
        ):
            _, err = self.check(USAGE, "train", "--data", "strokes", "--layers", layers, "--out", "a")
            self.assertIn(word, err)
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_without_out_the_run_gets_a_folder_of_its_name(self):
        command = ["train", *TINY, "--iterations", 2, "--seed", 7]
        self.check(OK, *command)
        run_folder = self.folder / "runs" / "lmser-un-mnist-seed7"
        self.assertTrue((run_folder / "checkpoint.safetensors").is_file())
        _, err = self.check(USAGE, *command)
        self.assertIn("--resume", err)

    def test_a_reached_target_is_no_error_and_a_passed_one_is(self):
        self.train("a", 20)
        before = self.sha256("a/checkpoint.safetensors")
        self.check(OK, "train", "--resume", "a")
        self.assertEqual(self.sha256("a/checkpoint.safetensors"), before)
        _, err = self.check(USAGE, "train", "--resume", "a", "--iterations", 10)
        self.assertIn("20", err)

    def test_a_kill_at_any_time_loses_no_run(self):
        self.train("whole", 400)
        for attempt in range(2):
            out = f"killed{attempt}"
            process = self.start(
                "train", *TINY, "--iterations", 400, "--out", out, "--checkpoint-every", 7
            )
            at = random.randrange(10, 350, 10)
            wait_for_training(process, self.folder / out, at)
            process.kill()
            process.communicate()
            self.check(OK, "train", "--resume", out)
            for name in ("checkpoint.safetensors", "metrics.jsonl", "experiment.json"):
                self.assertEqual(
                    self.sha256(f"{out}/{name}"), self.sha256(f"whole/{name}"),
                    f"{name} after a kill at {at}",
                )

    def test_signals_keep_a_checkpoint_within_two_seconds(self):
        took = []
        endless = ["train", *TINY[:-1], 10**7, "--iterations", 10**7, "--json"]
        for number, code in ((signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)):
            out = f"stopped{code}"
            process = self.start(*endless, "--out", out)
            wait_for_training(process, self.folder / out, 20)
            sent = time.monotonic()
            process.send_signal(number)
            stdout, err = process.communicate(timeout=DEADLINE)
            took.append(time.monotonic() - sent)
            self.assertEqual(process.returncode, code, err)
            last = json.loads(stdout.splitlines()[-1])
            self.assertFalse(last["done"])
            self.assertGreaterEqual(last["iteration"], 20)
            self.assertEqual(self.iteration_of(out), last["iteration"])
        # The quickest of the three: the machine may be busy with other things than this program.
        self.assertLess(min(took), 2)

    def write_pictures(self, count, side):
        """A folder of links to one picture."""
        folder = self.folder / "pictures"
        folder.mkdir()
        (folder / "0.png").write_bytes(grey_png(side, side, [99] * side * side))
        for i in range(1, count):
            (folder / f"{i}.png").symlink_to("0.png")
        return folder

    def test_a_folder_of_pictures_takes_the_size_of_the_network(self):
        pictures = self.write_pictures(30, 40)
        (pictures / "broken.jpg").write_text("no picture")
        own = ["--data", "folder", "--layers", "24,16,10", "--batch", "10", "--evaluate-every", "10"]
        environment = {**os.environ, "XDG_CACHE_HOME": str(self.folder / "cache")}
        with unittest.mock.patch.dict(os.environ, environment):
            _, err = self.check(USAGE, "train", *own, "--iterations", 10, "--out", "a")
            self.assertIn("--data-dir", err)
            _, err = self.check(OK, "train", *own, "--iterations", 10, "--out", "a",
                                "--data-dir", pictures)
            self.assertIn("1 file is left out, as no picture can be read from 'broken.jpg'", err)
            out, _ = self.check(OK, "evaluate", "a", "--data-dir", pictures, "--json")
            self.assertIn(json.loads(out)["images"], (3, 4))

    def test_decoded_pictures_that_are_lost_in_use_cost_no_step(self):
        pictures = self.write_pictures(30, 40)
        cache = self.folder / "cache"
        own = ["--data", "folder", "--layers", "24,16,10", "--batch", "10", "--data-dir", pictures]

        def damage(file):
            with open(file, "r+b") as stream:
                stream.seek(4096)
                stream.write(bytes(1000))

        with unittest.mock.patch.dict(os.environ, {"XDG_CACHE_HOME": str(cache)}):
            for out, spoil, code, words in (
                ("a", lambda file: os.truncate(file, 5000), IO_FAILED, "it was cut while it was in use"),
                ("b", damage, BAD_DATA, "was damaged since it was decoded"),
            ):
                process = self.start("train", *own, "--iterations", 10**7, "--checkpoint-every", 10**7,
                                     "--out", out)
                wait_for_training(process, self.folder / out, 20)
                spoil(next(cache.glob("*/*.pictures")))
                _, err = process.communicate(timeout=DEADLINE)
                self.assertEqual(process.returncode, code, err)
                self.assertIn(words, err)
                self.assertIn(f"go on with --resume '{out}'", err)
                at = self.iteration_of(out)
                self.assertGreaterEqual(at, 20)
                self.check(OK, "train", "--resume", out, "--data-dir", pictures, "--iterations", at + 5)

    def test_signals_while_pictures_are_decoded_end_with_their_codes(self):
        pictures = self.write_pictures(3000, 400)
        cache = self.folder / "cache"
        with unittest.mock.patch.dict(os.environ, {"XDG_CACHE_HOME": str(cache)}):
            for number, code in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
                process = self.start("train", "--data", "folder", "--data-dir", pictures, "--out", "a")
                wait_until(lambda: any(cache.glob("*/*.part")), "decoding")
                process.send_signal(number)
                _, err = process.communicate(timeout=DEADLINE)
                self.assertEqual(process.returncode, code, err)
                self.assertFalse((self.folder / "a").exists())
                self.assertEqual(list(cache.glob("*/*")), [], "nothing is left behind")

    def test_a_run_in_use_is_refused_with_its_holder(self):
        process = self.start("train", *TINY, "--iterations", 10**7, "--out", "a")
        try:
            wait_for_training(process, self.folder / "a", 10)
            _, err = self.check(IN_USE, "train", "--resume", "a")
            self.assertIn(f"process {process.pid}", err)
        finally:
            process.kill()
            process.communicate()

    def test_a_diverging_run_keeps_its_last_good_checkpoint(self):
        _, err = self.check(
            DIVERGED, "train", *TINY, "--activation", "leaky-relu", "--learning-rate", 1e6,
            "--out", "a",
        )
        self.assertIn("step", err)
        self.assertIn("--learning-rate", err)
        self.check(OK, "verify", "a")
        self.check(OK, "train", "--resume", "a", "--learning-rate", 1e-4,
                   "--iterations", self.iteration_of("a") + 20)

    def test_a_full_disk_keeps_the_old_checkpoint(self):
        self.train("a", 20)
        before = self.sha256("a/checkpoint.safetensors")
        self.check(IO_FAILED, "train", "--resume", "a", "--iterations", 40, fsize=20_000)
        self.assertEqual(self.sha256("a/checkpoint.safetensors"), before)
        self.assertEqual(
            sorted(path.name for path in (self.folder / "a").iterdir()),
            ["checkpoint.safetensors", "experiment.json", "lock", "metrics.jsonl"],
        )

    def test_places_that_cannot_be_written_are_named(self):
        (self.folder / "file").write_text("x")
        _, err = self.check(CANNOT_CREATE, "train", *TINY, "--out", "file/run")
        self.assertIn("file/run", err)

    @unittest.skipIf(os.geteuid() == 0, "root may write everywhere")
    def test_a_folder_without_permission_exits_77(self):
        (self.folder / "locked").mkdir(mode=0o500)
        self.check(PERMISSION, "train", *TINY, "--out", "locked/run")

    def test_missing_things_exit_66(self):
        _, err = self.check(
            NOT_FOUND, "train", "--data", "mnist", "--data-dir", self.folder, "--out", "a"
        )
        self.assertIn(str(self.folder), err)
        self.check(NOT_FOUND, "train", "--resume", "nothing")
        self.check(NOT_FOUND, "train", "--experiment", "nothing.json")
        self.check(NOT_FOUND, "evaluate", "nothing")
        self.check(NOT_FOUND, "verify", self.folder)

    def test_a_bad_experiment_file_exits_65(self):
        (self.folder / "bad.json").write_text('{"preset": 7}')
        _, err = self.check(BAD_DATA, "train", "--experiment", "bad.json")
        self.assertIn("bad.json", err)


class Evaluating(ATrainedModel):
    def test_json_has_every_key_and_agrees_with_what_training_measured(self):
        out, _ = self.check(OK, "evaluate", self.model, "--json")
        result = json.loads(out)
        self.assertEqual(
            set(result),
            {"error_per_pixel", "accuracy", "code_std", "dead_units", "images", "split", "data",
             "iteration", "model"},
        )
        self.assertEqual(result["split"], "test")
        self.assertEqual(result["data"], "mnist")
        self.assertEqual(result["images"], TEST_IMAGES)
        self.assertEqual(result["iteration"], 120)
        self.assertEqual(result["model"], str(self.checkpoint))
        measured = log_of(self.model)[-1]
        self.assertEqual(measured["kind"], "evaluation")
        for key in ("error_per_pixel", "accuracy", "code_std", "images"):
            self.assertEqual(result[key], measured[key], key)

    def test_splits_are_the_pictures_they_say(self):
        def images(split):
            out, _ = self.check(OK, "evaluate", self.model, "--split", split, "--json")
            return json.loads(out)["images"]

        self.assertEqual(images("validation"), 100)
        self.assertEqual(images("train"), TRAIN_IMAGES - 100)

    def test_accuracy_is_null_and_validation_refused_without_them(self):
        self.train("plain", 5)
        out, _ = self.check(OK, "evaluate", "plain", "--json")
        self.assertIsNone(json.loads(out)["accuracy"])
        _, err = self.check(USAGE, "evaluate", "plain", "--split", "validation")
        self.assertIn("held no pictures out", err)

    def test_a_dead_code_is_a_warning(self):
        self.train("dead", 40, "--learning-rate", 5, "--decay", 1)
        out, err = self.check(OK, "evaluate", "dead", "--json")
        self.assertTrue(json.loads(out)["dead_units"])
        self.assertIn("warning", err)

    def test_people_read_words(self):
        out, _ = self.check(OK, "evaluate", self.model)
        self.assertIn("error per pixel", out)
        self.assertIn("accuracy", out)
        out, _ = self.check(OK, "info", self.model)
        self.assertIn("--preset lmser-sup", out)


class Reconstructing(ATrainedModel):
    def reconstruct(self, code, images, out):
        return self.check(
            code, "reconstruct", self.model, "--images", images, "--out", out, "--json"
        )[0]

    def test_png_sheets_come_back_as_png(self):
        values = [(x * y) % 256 for y in range(56) for x in range(84)]
        (self.folder / "in.png").write_bytes(grey_png(84, 56, values))
        result = json.loads(self.reconstruct(OK, "in.png", "out.png"))
        self.assertEqual(result["images"], 6)
        self.assertEqual(result["out"], "out.png")
        self.assertGreater(result["error_per_pixel"], 0)
        self.assertEqual((self.folder / "out.png").read_bytes()[:8], b"\x89PNG\r\n\x1a\n")

    @unittest.skipIf(np is None, "this Python has no numpy")
    def test_npy_comes_back_as_npy(self):
        pictures = np.random.default_rng(1).random((7, 1, 28, 28), dtype=np.float32)
        np.save(self.folder / "in.npy", pictures)
        out = self.reconstruct(OK, "in.npy", "out.npy")
        result = np.load(self.folder / "out.npy")
        self.assertEqual(result.shape, pictures.shape)
        self.assertTrue(((result >= 0) & (result <= 1)).all())
        error = float(np.mean((result.astype(float) - pictures) ** 2))
        self.assertAlmostEqual(json.loads(out)["error_per_pixel"], error, places=9)

    def test_bad_pictures_and_places_are_refused(self):
        (self.folder / "wide.png").write_bytes(grey_png(30, 28, [0] * 840))
        (self.folder / "in.png").write_bytes(grey_png(28, 28, [0] * 784))
        self.reconstruct(BAD_DATA, "wide.png", "o.png")
        self.reconstruct(NOT_FOUND, "no.png", "o.png")
        self.reconstruct(USAGE, "in.png", "o.bmp")
        before = self.sha256("in.png")
        self.reconstruct(USAGE, "in.png", "in.png")
        self.assertEqual(self.sha256("in.png"), before)

    def test_answers_that_are_no_numbers_are_refused(self):
        large = changed_model(self.checkpoint.read_bytes(), filled_with("link1.weight", 3e38))
        (self.folder / "large.safetensors").write_bytes(large)
        (self.folder / "in.png").write_bytes(grey_png(28, 28, [90] * 784))
        for command in (
            ["verify", "large.safetensors"],
            ["evaluate", "large.safetensors", "--json"],
            ["reconstruct", "large.safetensors", "--images", "in.png", "--out", "out.npy"],
        ):
            out, err = self.check(BAD_DATA, *command)
            self.assertIn("no number", err)
            self.assertEqual(out, "")
        self.assertFalse((self.folder / "out.npy").exists())


class Recalling(InScratch):
    """Tests that only look at an associative memory of digits, which is trained once."""

    lock = threading.Lock()
    kept = None

    def setUp(self):
        super().setUp()
        with Recalling.lock:
            if Recalling.kept is None:
                Recalling.kept = Path(tempfile.mkdtemp(prefix="lmser-cli-"))
                atexit.register(shutil.rmtree, Recalling.kept, ignore_errors=True)
                self.train(Recalling.kept / "run", 30, preset="mnist-recall")
        self.model = Recalling.kept / "run"
        values = [(x * y) % 256 for y in range(28) for x in range(56)]
        (self.folder / "in.png").write_bytes(grey_png(56, 28, values))
        self.write_mask("mask.png", 28, 28, lambda x, y: 8 <= x < 20 and 5 <= y < 15)

    def write_mask(self, name, width, height, hides):
        values = [255 * hides(x, y) for y in range(height) for x in range(width)]
        (self.folder / name).write_bytes(grey_png(width, height, values))

    def recall(self, code, *more, images="in.png", masks="mask.png", out="out.png"):
        return self.check(
            code, "recall", self.model, "--images", images, "--masks", masks, "--out", out, *more
        )

    def test_json_tells_of_every_picture_inside_its_hole(self):
        out, _ = self.recall(OK, "--json", "--rounds", 3, "--trail", "trail.png")
        result = json.loads(out)
        self.assertEqual(result["images"], 2)
        for picture in result["pictures"]:
            self.assertEqual(picture["hidden"], 120)
            self.assertEqual(len(picture["change"]), 3)
            self.assertAlmostEqual(picture["psnr"], -10 * math.log10(picture["error"]), places=6)
            self.assertLessEqual(picture["ssim"], 1)
        header = (self.folder / "trail.png").read_bytes()[16:24]
        self.assertEqual(struct.unpack(">II", header), (3 * 28, 2 * 28))

    @unittest.skipIf(np is None, "this Python has no numpy")
    def test_npy_keeps_what_is_visible(self):
        pictures = np.random.default_rng(1).random((3, 1, 28, 28), dtype=np.float32)
        masks = np.zeros((3, 28, 28), dtype=np.float32)
        for i in range(3):
            masks[i, 4 : 10 + i, 6:20] = 1
        np.save(self.folder / "in.npy", pictures)
        np.save(self.folder / "masks.npy", masks)
        out, _ = self.recall(OK, "--json", images="in.npy", masks="masks.npy", out="out.npy")
        result = np.load(self.folder / "out.npy")
        hidden = masks[:, None] == 1
        self.assertTrue((result[~hidden] == pictures[~hidden]).all())
        for i, told in enumerate(json.loads(out)["pictures"]):
            error = ((result[i].astype(float) - pictures[i]) ** 2)[hidden[i]].mean()
            self.assertAlmostEqual(told["error"], error, places=9)
        self.recall(OK, "--view", "recalled", images="in.npy", masks="masks.npy", out="all.npy")
        self.assertTrue((np.load(self.folder / "all.npy")[~hidden] != pictures[~hidden]).any())

    def test_people_read_words_and_options_change_the_answer(self):
        out, _ = self.recall(OK)
        self.assertIn("2 pictures recalled", out)
        seen = {self.sha256("out.png")}
        for more in (["--fill", "mean"], ["--composition", "pasted"], ["--rounds", 4]):
            self.recall(OK, *more)
            seen.add(self.sha256("out.png"))
        self.assertEqual(len(seen), 4)

    def test_one_picture_has_an_animated_trail(self):
        (self.folder / "one.png").write_bytes(grey_png(28, 28, [90] * 784))
        self.recall(OK, "--rounds", 3, "--trail", "trail.gif", images="one.png")
        self.assertEqual((self.folder / "trail.gif").read_bytes()[:6], b"GIF89a")
        self.recall(USAGE, "--rounds", 3, "--trail", "trail.gif")

    def test_masks_that_do_not_fit_are_refused(self):
        self.write_mask("wide.png", 30, 28, lambda x, y: 1)
        self.recall(BAD_DATA, masks="wide.png")
        self.write_mask("three.png", 84, 28, lambda x, y: 5 < y < 9)
        _, err = self.recall(USAGE, masks="three.png")
        self.assertIn("it holds 3 pictures, more than the 2 wanted", err)
        self.write_mask("none.png", 28, 28, lambda x, y: 0)
        _, err = self.recall(USAGE, masks="none.png")
        self.assertIn("nothing to recall", err)
        self.recall(NOT_FOUND, masks="no.png")
        self.assertFalse((self.folder / "out.png").exists())

    def test_everything_hidden_is_imagined_with_a_warning(self):
        self.write_mask("all.png", 28, 28, lambda x, y: 1)
        _, err = self.recall(OK, masks="all.png")
        self.assertIn("imagined", err)

    def test_answers_that_are_no_numbers_are_refused_and_not_written(self):
        good = (self.model / "checkpoint.safetensors").read_bytes()
        (self.folder / "large.safetensors").write_bytes(
            changed_model(good, filled_with("link1.weight", 3e38)))
        self.model = "large.safetensors"
        for more in ([], ["--view", "recalled"]):
            _, err = self.recall(BAD_DATA, *more)
            self.assertIn("no number", err)
        self.assertFalse((self.folder / "out.png").exists())
        out, _ = self.check(BAD_DATA, "evaluate", self.model, "--task", "recall", "--images", 5,
                            "--json")
        self.assertEqual(out, "")
        (self.folder / "mean.safetensors").write_bytes(
            changed_model(good, filled_with("mean_picture", 3e38)))
        _, err = self.check(BAD_DATA, "verify", "mean.safetensors")
        self.assertIn("mean_picture", err)

    def test_outputs_are_checked_before_anything_is_written(self):
        (self.folder / "one.png").write_bytes(grey_png(28, 28, [90] * 784))
        for more, code, word in (
            (["--trail", "t.txt"], USAGE, ".gif"),
            (["--trail", "t"], USAGE, "--trail"),
            (["--trail", "missing/t.png"], NOT_FOUND, "missing"),
            (["--trail", "out.png"], USAGE, "take the place"),
            (["--trail", "./in.png"], USAGE, "take the place"),
        ):
            _, err = self.recall(code, *more)
            self.assertIn(word, err)
        self.recall(USAGE, out="out.bmp")
        before = self.sha256("in.png"), self.sha256("mask.png")
        self.recall(USAGE, out="in.png")
        self.recall(USAGE, out="mask.png")
        (self.folder / "link.png").symlink_to("in.png")
        self.recall(USAGE, out="link.png")
        self.assertEqual((self.sha256("in.png"), self.sha256("mask.png")), before)
        self.assertFalse((self.folder / "out.png").exists())
        self.recall(OK, "--trail", "t.GIF", images="one.png")
        self.assertEqual((self.folder / "t.GIF").read_bytes()[:6], b"GIF89a")

    def test_a_sheet_that_memory_is_not_for_is_refused_at_once(self):
        (self.folder / "bomb.png").write_bytes(grey_png(7936, 7936, bytes(7936 * 7936)))
        _, err = self.check(BAD_DATA, "recall", "celeba-recall", "--images", "bomb.png",
                            "--masks", "mask.png", "--out", "out.png")
        self.assertIn("3844 pictures", err)

    @unittest.skipIf(np is None, "this Python has no numpy")
    def test_why_an_array_cannot_be_read_is_told_whatever_its_name(self):
        np.save(self.folder / "doubles.npy", np.zeros((1, 1, 28, 28)))
        (self.folder / "doubles.npy").rename(self.folder / "doubles.dat")
        _, err = self.recall(BAD_DATA, images="doubles.dat")
        self.assertIn("'<f8'", err)
        hidden = np.zeros((28, 28), bool)
        hidden[5:9, 5:9] = True
        np.save(self.folder / "mask.npy", hidden)
        self.recall(OK, masks="mask.npy")

    @unittest.skipIf(np is None, "this Python has no numpy")
    def test_many_rounds_without_a_trail_take_no_more_memory(self):
        np.save(self.folder / "in.npy", np.full((3000, 1, 28, 28), 0.5, np.float32))

        def megabytes(rounds):
            process = self.start("recall", self.model, "--images", "in.npy", "--masks", "mask.png",
                                 "--rounds", rounds, "--out", "out.npy")
            process.stdout.read()
            _, status, usage = os.wait4(process.pid, 0)
            process.stdout.close()
            process.stderr.close()
            process.returncode = os.waitstatus_to_exitcode(status)
            self.assertEqual(process.returncode, OK)
            return usage.ru_maxrss / 1024

        self.assertLess(megabytes(12), megabytes(1) + 50)

    def test_a_signal_ends_it_with_its_code_and_leaves_nothing(self):
        values = bytes([90]) * (28 * 28 * 3000)
        (self.folder / "many.png").write_bytes(grey_png(28 * 30, 28 * 100, values))
        before = sorted(self.folder.iterdir())
        process = self.start("recall", self.model, "--images", "many.png", "--masks", "mask.png",
                             "--rounds", 50, "--mirrored", "--out", "out.png")
        lines = [process.stderr.readline(), process.stderr.readline()]
        self.assertIn("/3000", lines[-1], "the second line is its progress, after a warning")
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=10)
        self.assertEqual(process.returncode, 143, err)
        self.assertEqual(sorted(self.folder.iterdir()), before)

    def test_photos_of_any_size_are_made_to_fit(self):
        (self.folder / "photo.png").write_bytes(grey_png(50, 37, [x % 256 for x in range(1850)]))
        _, err = self.recall(OK, images="photo.png")
        self.assertIn("made to fit", err)
        data = (self.folder / "photo.png").read_bytes()
        (self.folder / "cut.png").write_bytes(data[: len(data) // 2])
        self.recall(BAD_DATA, images="cut.png")
        self.recall(NOT_FOUND, images="no.png")
        _, err = self.recall(USAGE, "--align", "1,2,3,4,5,6", images="photo.png")
        self.assertIn("grey", err)


class Generating(InScratch):
    """Tests that only look at a network with styles and one without, which are trained once."""

    lock = threading.Lock()
    kept = None

    def setUp(self):
        super().setUp()
        with Generating.lock:
            if Generating.kept is None:
                Generating.kept = Path(tempfile.mkdtemp(prefix="lmser-cli-"))
                atexit.register(shutil.rmtree, Generating.kept, ignore_errors=True)
                self.check(OK, "train", "--preset", "lmser-gen", "--data", "mnist", "--layers",
                           "24,12", "--batch", 10, "--iterations", 40, "--out",
                           Generating.kept / "gen")
                self.train(Generating.kept / "un-n", 40, preset="lmser-un-n")
        self.model = Generating.kept / "gen"
        self.plain = Generating.kept / "un-n"

    def generate(self, *arguments, model=None, out="out.png"):
        text, _ = self.check(OK, "generate", model or self.model, *arguments, "--out", out, "--json")
        return json.loads(text)

    def size_of(self, name):
        png = (self.folder / name).read_bytes()
        self.assertEqual(png[:8], b"\x89PNG\r\n\x1a\n")
        return struct.unpack(">II", png[16:24])

    def test_random_pictures_of_all_classes_are_a_sheet(self):
        made = self.generate("--count", 30, "--seed", 7)
        self.assertEqual(
            set(made),
            {"model", "fingerprint", "images", "reflections", "seed", "out", "classes", "codes"},
        )
        self.assertEqual((made["images"], made["seed"], made["reflections"]), (30, 7, 0))
        self.assertEqual(made["out"], "out.png")
        self.assertEqual(made["classes"], [i % 10 for i in range(30)])
        for label, code in zip(made["classes"], made["codes"]):
            self.assertEqual(code[:10], [float(i == label) for i in range(10)])
            self.assertEqual(len(code), 12)
            self.assertTrue(all(-2 <= style <= 2 for style in code[10:]))
        self.assertEqual(self.size_of("out.png"), (10 * 28, 3 * 28))

    def test_the_same_seed_gives_the_same_bytes_and_another_others(self):
        for name, seed in (("a", 1), ("b", 1), ("c", 2)):
            self.generate("--seed", seed, "--count", 10, out=f"{name}.png")
        self.assertEqual(self.sha256("a.png"), self.sha256("b.png"))
        self.assertNotEqual(self.sha256("a.png"), self.sha256("c.png"))

    def test_one_class_and_reflections(self):
        still = self.generate("--class", 3, "--count", 9, "--style", "normal", out="still.png")
        again = self.generate("--class", 3, "--count", 9, "--style", "normal",
                              "--reflections", 2, out="again.png")
        self.assertEqual(still["classes"], [3] * 9)
        self.assertEqual(still["codes"], again["codes"])
        self.assertEqual(again["reflections"], 2)
        self.assertEqual(self.size_of("still.png"), (3 * 28, 3 * 28))
        self.assertNotEqual(self.sha256("still.png"), self.sha256("again.png"))

    @unittest.skipIf(np is None, "this Python has no numpy")
    def test_npy_holds_the_pictures(self):
        self.generate("--count", 12, out="out.npy")
        pictures = np.load(self.folder / "out.npy")
        self.assertEqual(pictures.shape, (12, 1, 28, 28))
        self.assertEqual(pictures.dtype, np.float32)
        self.assertTrue(((pictures >= 0) & (pictures <= 1)).all())
        self.assertGreater(pictures.std(), 0.01)

    def test_sweeps_and_grids_move_the_styles_that_they_name(self):
        sweep = self.generate("--sheet", "sweep", "--unit", 1, "--steps", 5)
        self.assertEqual(sweep["images"], 50)
        self.assertEqual(sweep["classes"], [label for label in range(10) for _ in range(5)])
        self.assertEqual([code[10:] for code in sweep["codes"][:5]],
                         [[0, -2], [0, -1], [0, 0], [0, 1], [0, 2]])
        self.assertEqual(self.size_of("out.png"), (5 * 28, 10 * 28))
        grid = self.generate("--sheet", "grid", "--class", 4, "--steps", 3)
        self.assertEqual(grid["classes"], [4] * 9)
        self.assertEqual([code[10:] for code in grid["codes"]],
                         [[x, y] for y in (-2, 0, 2) for x in (-2, 0, 2)])
        self.assertEqual(self.size_of("out.png"), (3 * 28, 3 * 28))

    def test_networks_without_styles_are_measured_on_the_data(self):
        _, err = self.check(USAGE, "generate", self.plain, "--out", "o.png")
        self.assertIn("--data", err)
        made = self.generate("--data", "mnist", "--count", 4, model=self.plain)
        self.assertEqual(made["classes"], [-1] * 4)
        self.assertEqual(self.size_of("out.png"), (2 * 28, 2 * 28))
        sweep = self.generate("--data", "mnist", "--sheet", "sweep", "--unit", 2, "--steps", 3,
                              model=self.plain)
        first, second, third = sweep["codes"]
        self.assertEqual(first[:2] + first[3:], third[:2] + third[3:])
        self.assertLess(first[2], second[2])
        self.assertLess(second[2], third[2])

    def test_a_signal_ends_an_evaluation_after_its_judge_is_trained(self):
        process = self.start("evaluate", self.model, "--task", "generation", "--samples", 100_000,
                             "--reflections", 3, "--json")
        self.assertEqual(process.stderr.readline(), "\n", "the judge of so few pictures is trained")
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=10)
        self.assertEqual((process.returncode, out), (143, ""), err)

    def test_wrong_usage_says_what_and_writes_nothing(self):
        for arguments, word in (
            (["--class", 10], "no class 10"),
            (["--class", "-1"], "-1"),
            (["--class", "seven"], "seven"),
            (["--class", ""], "--class"),
            (["--class", "99999999999"], "99999999999"),
            (["--count", 0], "--count"),
            (["--count", 100001], "--count"),
            (["--reflections", 11], "--reflections"),
            (["--reflections", "-1"], "--reflections"),
            (["--style", "odd"], "odd"),
            (["--sheet", "poster"], "poster"),
            (["--sheet", "sweep", "--unit", 2], "2 units to move"),
            (["--sheet", "grid", "--unit", 1, "--second-unit", 1], "--second-unit"),
            (["--steps", 1], "--steps"),
        ):
            _, err = self.check(USAGE, "generate", self.model, *arguments, "--out", "o.png")
            self.assertIn(word, err)
        for sheet in ("samples", "sweep", "grid"):
            _, err = self.check(USAGE, "generate", self.plain, "--data", "mnist", "--sheet", sheet,
                                "--reflections", 1, "--out", "o.png")
            self.assertIn("no shared neurons", err)
        self.check(USAGE, "generate", self.model, "--out", "o.bmp")
        self.check(USAGE, "generate", self.model)
        self.check(NOT_FOUND, "generate", "nothing", "--out", "o.png")
        self.check(NOT_FOUND, "generate", self.model, "--out", "nowhere/o.png")
        self.assertEqual(list(self.folder.iterdir()), [])


class ShippedModels(InScratch):
    """What stands in models/ is what its card says, and works by its name without any dataset."""

    MODELS = ROOT / "models"
    GENERATE = ["fashion-cnn-gen", "mnist-cnn-gen", "mnist-gen", "mnist-un-n"]
    FACES = ["celeba-recall", "celeba-recall-paper", "celeba-recall-shared"]
    RECALL = [*FACES, "mnist-recall"]

    def test_every_file_is_the_one_of_its_card(self):
        files = sorted(self.MODELS.glob("*.safetensors"))
        self.assertEqual(sorted(file.stem for file in files), sorted(self.GENERATE + self.RECALL))
        sizes = {file.stem: file.stat().st_size for file in files}
        self.assertLess(sum(sizes[name] for name in self.GENERATE), 5_000_000)
        self.assertLess(max(sizes[name] for name in self.FACES), 12_000_000)
        for file in files:
            card = file.with_suffix(".md").read_text()
            self.assertIn(hashlib.sha256(file.read_bytes()).hexdigest(), card)
            # A run that was resumed has several commands: what the last one says holds.
            given = {}
            for command in re.findall(r"`(lmser train [^`]*)`", card):
                given.update(re.findall(r"--(preset|data|iterations|seed) (\S+)", command))
            self.assertEqual(len(given), 4, card)
            out, _ = self.check(OK, "info", file.stem, "--json")
            made = json.loads(out.splitlines()[-1])["model"]["command"]
            for option, value in given.items():
                self.assertIn(f"--{option} {value}", made)
        self.check(OK, "verify", *files)

    def test_each_generates_by_its_name(self):
        for name in self.GENERATE:
            out, _ = self.check(
                OK, "generate", name, "--count", 20, "--out", "made.npy", "--json"
            )
            self.assertEqual(json.loads(out)["images"], 20)
            made = (self.folder / "made.npy").read_bytes()
            self.assertIn(b"(20, 1, 28, 28", made[:128])
            self.assertGreater(max(struct.unpack(f"<{20 * 784}f", made[-20 * 784 * 4 :])), 0.5)

    @unittest.skipIf(np is None, "this Python has no numpy")
    def test_each_recalls_by_its_name(self):
        faces = [(name, 3, 128) for name in self.FACES]
        for name, channels, side in [*faces, ("mnist-recall", 1, 28)]:
            seen = np.broadcast_to(np.linspace(0.2, 0.8, side), (1, channels, side, side))
            hidden = np.zeros((1, side, side), np.float32)
            hidden[:, : side // 2, side // 4 : side // 2] = 1
            np.save(self.folder / "seen.npy", np.ascontiguousarray(seen, np.float32))
            np.save(self.folder / "mask.npy", hidden)
            out, _ = self.check(
                OK, "recall", name, "--images", "seen.npy", "--masks", "mask.npy",
                "--out", "recalled.npy", "--json",
            )
            self.assertEqual(json.loads(out)["pictures"][0]["hidden"], hidden.sum())
            change = np.abs(np.load(self.folder / "recalled.npy") - seen).max(axis=1)
            self.assertLess(change[hidden == 0].max(), 1e-6)
            self.assertGreater(change[hidden == 1].max(), 1e-3)


class Verifying(ATrainedModel):
    def test_says_ok(self):
        out, _ = self.check(OK, "verify", self.model, self.checkpoint)
        self.assertEqual([line.split()[0] for line in out.splitlines()], ["ok", "ok"])

    def test_names_what_is_wrong_with_each(self):
        good = self.checkpoint.read_bytes()
        flipped = bytearray(good)
        flipped[len(good) * 2 // 3] ^= 4
        bad = {
            "cut": good[:-7],
            "flipped": bytes(flipped),
            "empty": b"",
            "pickle": b"\x80\x02}q\x00.",
            "zip": b"PK\x03\x04" + bytes(100),
            "longer": good + b"x",
        }
        for name, data in bad.items():
            (self.folder / name).write_bytes(data)
        out, err = self.check(BAD_DATA, "verify", self.checkpoint, *bad)
        self.assertEqual(len(out.splitlines()), 1)
        self.assertEqual(len(err.splitlines()), len(bad))
        for name, line in zip(bad, err.splitlines()):
            self.assertIn(f"'{name}'", line)
        _, out, _ = run("verify", "cut", "--json", cwd=self.folder)
        self.assertFalse(json.loads(out)["ok"])

    @unittest.skipIf(np is None, "this Python has no numpy")
    def test_python_reads_the_checkpoint(self):
        reader = ROOT / "tests" / "golden" / "read_checkpoint.py"
        out = subprocess.run(
            [sys.executable, str(reader), str(self.checkpoint)],
            check=True, capture_output=True, text=True,
        ).stdout
        contents = json.loads(out)
        self.assertEqual(contents["metadata"]["format"], "lmser-1")
        self.assertEqual(contents["metadata"]["iteration"], "120")
        experiment = json.loads(contents["metadata"]["experiment"])
        self.assertEqual(experiment["preset"], "lmser-sup")
        self.assertEqual(contents["tensors"]["link1.weight"]["shape"], [24, 784])
        self.assertEqual(contents["tensors"]["adam.v.link3.bias_up"]["shape"], [10])
        self.assertEqual(len(contents["tensors"]), 27)


class Demo(InScratch):
    def test_draws_a_sheet_from_nothing(self):
        out, _ = self.check(OK, "demo", "--seconds", 1, "--json")
        result = json.loads(out)
        self.assertEqual(result["out"], "lmser-demo.png")
        sheet = (self.folder / "lmser-demo.png").read_bytes()
        width, height = struct.unpack(">II", sheet[16:24])
        self.assertGreaterEqual(width, 10 * 28)
        self.assertGreaterEqual(height, 3 * 28)
        self.assertLess(result["low"], result["high"])

    def test_refuses_a_place_before_it_trains(self):
        began = time.monotonic()
        _, err = self.check(NOT_FOUND, "demo", "--out", "nowhere/sheet.png", "--seconds", 50)
        self.assertLess(time.monotonic() - began, 40)
        self.assertIn("nowhere/sheet.png", err)


@unittest.skipUnless(DATA and Path(DATA).is_dir(), "LMSER_DATA_DIR names no folder with MNIST")
class OnRealDigits(InScratch):
    def test_lmser_un_learns_mnist(self):
        self.check(OK, "train", "--preset", "lmser-un", "--data", "mnist", "--iterations", 300,
                   "--seed", 1, "--out", "a", data=DATA)
        out, _ = self.check(OK, "evaluate", "a", "--data", "mnist", "--split", "test", "--json",
                            data=DATA)
        result = json.loads(out)
        self.assertEqual(result["images"], 10000)
        self.assertLess(result["error_per_pixel"], 0.004)


def each(suite):
    """The tests of a suite one by one."""
    for entry in suite:
        if isinstance(entry, unittest.TestSuite):
            yield from each(entry)
        else:
            yield entry


def main():
    """Runs the tests four at a time: most of their time is spent in starting the program."""
    if not os.access(LMSER, os.X_OK):
        print(f"LMSER_BIN names no program: {LMSER}")
        return 1
    write_tiny_mnist(TINY_DATA)
    chosen = unittest.defaultTestLoader.loadTestsFromModule(sys.modules[__name__])
    tests = [test for test in each(chosen) if not sys.argv[1:] or test.id().endswith(sys.argv[1])]

    def outcome(test):
        result = unittest.TestResult()
        began = time.monotonic()
        test.run(result)
        return test, result, time.monotonic() - began

    failed = 0
    with ThreadPoolExecutor(4) as pool:
        for test, result, seconds in pool.map(outcome, tests):
            problems = [trace for _, trace in result.failures + result.errors]
            skipped = [reason for _, reason in result.skipped]
            word = "FAILED" if problems else f"skipped: {skipped[0]}" if skipped else "ok"
            print(f"{test.id().removeprefix('__main__.')}  {seconds:.1f} s  {word}", flush=True)
            print("\n".join(problems), end="", flush=True)
            failed += bool(problems)
    print(f"{len(tests)} tests, {failed} failed")
    return 1 if failed or not tests else 0


if __name__ == "__main__":
    sys.exit(main())
