#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes and checks golden.json, the figures that golden_test.cpp compares the engine with.

Tiny networks of every variant perceive one batch in numpy (lmser_numpy.py): activities, losses, gradients
and three Adam steps; and initial weights of every kind are drawn.

usage: reference.py                writes golden.json beside this script
       reference.py --check        exits 1 where golden.json differs from what the script makes
       reference.py --gradients    exits 1 where a gradient differs from finite differences
"""
import json
import pathlib
import sys

import numpy as np

from lmser_numpy import adam_steps, forward_backward, imagine, initial_weights, shortcut_bits

GOLDEN = pathlib.Path(__file__).with_name("golden.json")
DIGITS = 10  # significant digits in the file
AGREEMENT = 1e-8  # --check: BLAS libraries differ in the last bits
STEPS = 3

HEIGHT, WIDTH, BATCH = 2, 4, 8
DEFAULTS = {
    "layers": [6, 4, 3],
    "tied_weights": True,
    "shared_neurons": True,
    "activation": "relu",
    "fusion": "sum",
    "reflections": 1,
    "label_units": 0,
    "reconstruction_loss": "mean-square",
    "reconstruction_weight": 1.0,
    "label_loss": "cross-entropy",
    "label_weight": 0.0,
    "shortcut_dropout": 0.0,
    "learning_rate": 0.01,
    "decay": 0.9,
}
SUPERVISED = {"label_units": 2, "label_weight": 0.5}
CASES = {
    "ae": {"tied_weights": False, "shared_neurons": False},
    "ae_tanh_hinge": {
        "tied_weights": False,
        "shared_neurons": False,
        "activation": "tanh",
        "reconstruction_loss": "hinge",
    },
    "un_n": {"shared_neurons": False, "reconstruction_loss": "hinge"},
    "un": {"reconstruction_loss": "hinge"},
    "un_half_sum": {"reconstruction_loss": "half-sum"},
    "un_shortcut_dropout": {"reconstruction_loss": "hinge", "shortcut_dropout": 0.5},
    "sup": {**SUPERVISED, "reconstruction_loss": "hinge", "reconstruction_weight": 10.0},
    "sup_label_mean_square": {
        **SUPERVISED,
        "label_loss": "mean-square",
        "activation": "leaky-relu",
    },
    "sup_average_three_reflections": {
        **SUPERVISED,
        "fusion": "average",
        "reflections": 3,
        "reconstruction_loss": "hinge",
        "shortcut_dropout": 0.4,
    },
    "un_average_three_reflections_sigmoid": {
        "fusion": "average",
        "reflections": 3,
        "activation": "sigmoid",
    },
    "un_sum_two_reflections_leaky": {"reflections": 2, "activation": "leaky-relu"},
}
INITIALIZATIONS = ("orthogonal", "xavier", "kaiming", "torch")


def float32_exact(values):
    """Rounded so that float32 and the file hold the same numbers."""
    return np.round(np.asarray(values) * 1024) / 1024


def make_case(name, seed):
    """A case with its inputs: pictures with black, white and grey pixels, weights, biases, codes."""
    case = {"name": name, "seed": seed, **DEFAULTS, **CASES[name]}
    generator = np.random.RandomState(seed)
    images = np.clip(generator.uniform(-0.4, 1.4, (BATCH, HEIGHT * WIDTH)), 0, 1)
    case["height"], case["width"] = HEIGHT, WIDTH
    case["images"] = float32_exact(images).tolist()
    case["labels"] = (np.arange(BATCH) % max(1, case["label_units"])).tolist()
    case["codes"] = float32_exact(generator.normal(0, 1, (2, case["layers"][-1]))).tolist()
    case["mask"] = shortcut_bits(case, 0).ravel().tolist()
    return case, make_parameters(case, generator)


def make_parameters(case, generator):
    """Weights a little smaller than Xavier's, biases about 0.1; every unit gets a signal."""
    sizes, parameters = [HEIGHT * WIDTH, *case["layers"]], {}
    for i in range(1, len(sizes)):
        shape = sizes[i], sizes[i - 1]
        parameters[f"link{i}.weight"] = generator.normal(0, 0.4, shape)
        if not case["tied_weights"]:
            parameters[f"link{i}.weight_down"] = generator.normal(0, 0.4, shape)
        parameters[f"link{i}.bias_up"] = generator.normal(0.1, 0.1, shape[0])
        parameters[f"link{i}.bias_down"] = generator.normal(0.1, 0.1, shape[1])
    return {name: float32_exact(value) for name, value in parameters.items()}


def is_telling(case, parameters):
    """Whether the case tests something: no silent unit, no gradient lost in float32's rounding, and a
    pixel on either side of the hinge."""
    answer = forward_backward(case, parameters)
    if min(np.abs(gradient).min() for gradient in answer["gradients"].values()) < 1e-4:
        return False
    out, images = answer["reconstruction"], np.array(case["images"])
    beyond = ((images <= 0) & (out < 0)) | ((images >= 1) & (out > 1))
    mixed = case["shortcut_dropout"] == 0 or 0 < sum(case["mask"]) < BATCH
    return mixed and (case["reconstruction_loss"] != "hinge" or 0 < beyond.sum() < beyond.size)


def answer_of(name):
    """The case's inputs and figures, from the first seed with which it is telling."""
    seed = 1
    case, parameters = make_case(name, seed)
    while not is_telling(case, parameters):
        seed += 1
        case, parameters = make_case(name, seed)
    expected = forward_backward(case, parameters)
    expected["imagined"] = imagine(case, parameters, with_shortcuts=False)
    if case["shared_neurons"]:
        expected["imagined_with_shortcuts"] = imagine(case, parameters, with_shortcuts=True)
    expected["after_one_step"] = adam_steps(case, parameters, 1)
    expected["after_three_steps"] = adam_steps(case, parameters, STEPS)
    return {**case, "parameters": parameters, "expected": expected}


def answer_of_initialization(kind, rows, columns):
    seed, index = 7, 1
    return {
        "kind": kind,
        "rows": rows,
        "columns": columns,
        "seed": seed,
        "tensor_index": index,
        "weights": initial_weights(kind, rows, columns, seed, index),
    }


def rounded(value):
    """Arrays to lists, floats to DIGITS significant digits."""
    if isinstance(value, dict):
        return {key: rounded(entry) for key, entry in value.items()}
    if isinstance(value, np.ndarray):
        return rounded(value.tolist())
    if isinstance(value, list):
        return [rounded(entry) for entry in value]
    return float(f"{value:.{DIGITS}g}") if isinstance(value, float) else value


def golden():
    return rounded(
        {
            "made_by": "tests/golden/reference.py",
            "cases": [answer_of(name) for name in CASES],
            "initializations": [
                answer_of_initialization(kind, rows, columns)
                for kind in INITIALIZATIONS
                for rows, columns in ((3, 5), (5, 3))
            ],
        }
    )


def differences(path, made, stored):
    """The places where two golden values differ."""
    if isinstance(made, dict) and isinstance(stored, dict):
        if list(made) != list(stored):
            return [f"{path}: other keys"]
        return [d for key in made for d in differences(f"{path}.{key}", made[key], stored[key])]
    if isinstance(made, list) and isinstance(stored, list):
        if len(made) != len(stored):
            return [f"{path}: {len(made)} entries made, {len(stored)} stored"]
        pairs = enumerate(zip(made, stored))
        return [d for i, (a, b) in pairs for d in differences(f"{path}[{i}]", a, b)]
    if isinstance(made, float) or isinstance(stored, float):
        close = abs(made - stored) <= AGREEMENT * max(1.0, abs(made))
        return [] if close else [f"{path}: {made} made, {stored} stored"]
    return [] if made == stored else [f"{path}: {made} made, {stored} stored"]


def worst_gradient_error(name, step=1e-6):
    """The largest difference between a case's gradients and central differences."""
    entry, worst = answer_of(name), 0.0
    parameters, gradients = entry["parameters"], entry["expected"]["gradients"]
    for key, values in parameters.items():
        for place in np.ndindex(values.shape):
            kept, losses = values[place], []
            for shift in (step, -step):
                values[place] = kept + shift
                losses.append(forward_backward(entry, parameters)["joint_loss"])
            values[place] = kept
            numeric = (losses[0] - losses[1]) / (2 * step)
            worst = max(worst, abs(numeric - gradients[key][place]))
    return worst


def main(arguments):
    if arguments == ["--gradients"]:
        worst = {name: worst_gradient_error(name) for name in CASES}
        print("\n".join(f"{name}: {error:.1e}" for name, error in worst.items()))
        return int(max(worst.values()) > 1e-7)
    text = json.dumps(golden(), indent=None, separators=(",", ":"))
    if arguments == ["--check"]:
        found = differences("golden", json.loads(text), json.loads(GOLDEN.read_text()))
        print("\n".join(found[:20]) if found else "golden.json is what the script makes")
        return int(bool(found))
    if arguments:
        print(__doc__, file=sys.stderr)
        return 2
    GOLDEN.write_text(text.replace('{"name"', '\n{"name"').replace('{"kind"', '\n{"kind"') + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
