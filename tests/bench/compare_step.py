#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The training step of lmser-un against the same step in Python, interleaved, one thread each.

usage: compare_step.py BENCH_STEP [--rounds 7] [--steps 300] [--json]

Both programs read the same pictures: bright blobs on black, as sparse as digits are. Needs a Python with
torch; Debian's is looked for first. Prints every round and the ratios of the medians: by the clock, and
by processor time, which is the one to trust on a busy machine.
"""
import argparse
import json
import os
import pathlib
import random
import statistics
import subprocess
import sys
import tempfile

PEER = pathlib.Path(__file__).with_name("python_step.py")
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "OMP_WAIT_POLICY": "passive"}
NO_PYTHON = 77  # the exit status of a skipped test
PICTURES, SIDE, STROKES = 2000, 28, 6


def write_pictures(path):
    """Pictures of short bright strokes on black; a fixed sequence, from the standard library alone."""
    generator = random.Random(1)
    with open(path, "wb") as file:
        for _ in range(PICTURES):
            picture = bytearray(SIDE * SIDE)
            x, y = generator.randrange(8, 20), generator.randrange(8, 20)
            for _ in range(STROKES * 8):
                x = min(max(x + generator.randrange(-1, 2), 4), 23)
                y = min(max(y + generator.randrange(-1, 2), 4), 22)
                picture[y * SIDE + x] = 255
                picture[(y + 1) * SIDE + x] = max(picture[(y + 1) * SIDE + x], 128)
            file.write(picture)


def python_with_torch():
    for candidate in ("/usr/bin/python3", sys.executable, "python3"):
        command = [candidate, "-c", "import torch, numpy"]
        try:
            if subprocess.run(command, capture_output=True).returncode == 0:
                return candidate
        except OSError:
            continue
    return None


def measured(command):
    """What the program printed: µs a step by the clock (median) and by the processor (mean)."""
    environment = {**os.environ, **ONE_THREAD}
    answer = subprocess.run(command, env=environment, capture_output=True, text=True)
    if answer.returncode != 0:
        sys.exit(f"{command[0]} failed: {answer.stderr.strip()}")
    clock, processor, _ = map(float, answer.stdout.split())
    return {"clock": clock, "processor": processor}


def interleaved(commands, rounds, tell):
    """{program: [measurement of every round]}, the programs taking turns."""
    found = {name: [] for name in commands}
    for turn in range(rounds):
        for name, command in commands.items():
            found[name].append(measured(command))
        now = ", ".join(f"{name} {taken[-1]['clock']:.0f} µs" for name, taken in found.items())
        tell(f"round {turn + 1}: {now}")
    return found


def summary_of(found):
    """By clock and by processor: the median over the rounds of each program, and their ratio."""
    summary = {}
    for kind in ("clock", "processor"):
        medians = {name: statistics.median(m[kind] for m in taken) for name, taken in found.items()}
        summary[kind] = {**medians, "ratio": medians["python"] / medians["c++"]}
    return summary


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("bench_step")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--steps", type=int, default=300)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    python = python_with_torch()
    if python is None:
        print("no Python with torch: install python3-torch", file=sys.stderr)
        return NO_PYTHON
    with tempfile.TemporaryDirectory() as folder:
        pictures = os.path.join(folder, "pictures")
        write_pictures(pictures)
        arguments = [pictures, str(options.steps)]
        commands = {
            "c++": [options.bench_step, *arguments],
            "python": [python, "-B", str(PEER), *arguments],
        }
        tell = (lambda line: None) if options.json else print
        found = interleaved(commands, options.rounds, tell)
    summary = summary_of(found)
    if options.json:
        print(json.dumps({"microseconds": summary, "rounds": found}))
        return 0
    for kind, figures in summary.items():
        python_time, own_time, ratio = figures["python"], figures["c++"], figures["ratio"]
        print(f"by the {kind}: Python {python_time:.0f} µs / C++ {own_time:.0f} µs = {ratio:.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
