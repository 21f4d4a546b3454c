#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes and checks golden.json, the figures that golden_test.cpp compares the engine with.

Tiny networks of every variant perceive one batch in numpy (lmser_numpy.py): activities, losses, gradients
and three Adam steps, with what they remember of their styles; and initial weights of every kind are drawn.

usage: reference.py                writes golden.json beside this script
       reference.py --check        exits 1 where golden.json differs from what the script makes
       reference.py --gradients    exits 1 where a gradient differs from finite differences
"""
import json
import pathlib
import sys

import numpy as np

from lmser_numpy import (
    REMEMBERED_STYLES,
    adam_steps,
    code_units,
    forward_backward,
    imagine,
    in_use,
    initial_weights,
    links_of,
    shortcut_bits,
    style_draw,
)

GOLDEN = pathlib.Path(__file__).with_name("golden.json")
DIGITS = 10  # significant digits in the file
AGREEMENT = 1e-8  # --check: BLAS libraries differ in the last bits
STEPS = 3
CLEAR_RANK = 1e-4  # float32 must not rank the styles otherwise

BATCH = 8
DEFAULTS = {
    "height": 2,
    "width": 4,
    "layers": [6, 4, 3],
    "tied_weights": True,
    "shared_neurons": True,
    "activation": "relu",
    "fusion": "sum",
    "reflections": 1,
    "label_units": 0,
    "style_units": 0,
    "reconstruction_loss": "mean-square",
    "reconstruction_weight": 1.0,
    "label_loss": "cross-entropy",
    "label_weight": 0.0,
    "shortcut_dropout": 0.0,
    "style_noise": 0.0,
    "style_weight": 0.0,
    "learning_rate": 0.01,
    "decay": 0.9,
}
SUPERVISED = {"label_units": 2, "label_weight": 0.5}
CONVOLUTIONAL = {
    "height": 4,
    "width": 6,
    "layers": ["2k3s1p1", "3k4s2p1", 3],
    "reconstruction_weight": 10.0,
}
WITH_STYLE = {
    **SUPERVISED,
    "style_units": 2,
    "style_noise": 0.3,
    "style_weight": 0.8,
    "shortcut_dropout": 0.5,
    "reconstruction_loss": "hinge",
    "reconstruction_weight": 10.0,
}
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
    "convolutional_ae": {**CONVOLUTIONAL, "tied_weights": False, "shared_neurons": False},
    "convolutional_un_n": {
        **CONVOLUTIONAL,
        "shared_neurons": False,
        "reconstruction_loss": "hinge",
    },
    "convolutional_un_average_two_reflections": {
        **CONVOLUTIONAL,
        "fusion": "average",
        "reflections": 2,
        "activation": "leaky-relu",
        "shortcut_dropout": 0.5,
    },
    "convolutional_sup_to_the_top": {
        **SUPERVISED,
        **CONVOLUTIONAL,
        "layers": ["2k3s1p1", "3k4s2p1", "2k2s1p0"],
        "reconstruction_loss": "hinge",
    },
    "style": {**WITH_STYLE, "layers": [6, 5, 4]},
    "three_styles_average_two_reflections": {
        **WITH_STYLE,
        "layers": [6, 5, 5],
        "style_units": 3,
        "fusion": "average",
        "reflections": 2,
        "activation": "sigmoid",
        "reconstruction_loss": "mean-square",
    },
    "convolutional_style": {**WITH_STYLE, **CONVOLUTIONAL, "layers": ["2k3s1p1", "3k4s2p1", 4]},
}
INITIALIZATIONS = ("orthogonal", "xavier", "kaiming", "torch")


def float32_exact(values):
    """Rounded so that float32 and the file hold the same numbers."""
    return np.round(np.asarray(values) * 1024) / 1024


def make_case(name, seed):
    """A case with its inputs: pictures with black, white and grey pixels, weights, biases, codes, chance."""
    case = {"name": name, "seed": seed, **DEFAULTS, **CASES[name]}
    generator = np.random.RandomState(seed)
    images = np.clip(generator.uniform(-0.4, 1.4, (BATCH, case["height"] * case["width"])), 0, 1)
    case["images"] = float32_exact(images).tolist()
    case["labels"] = (np.arange(BATCH) % max(1, case["label_units"])).tolist()
    case["codes"] = float32_exact(generator.normal(0, 1, (2, code_units(case)))).tolist()
    case["mask"] = shortcut_bits(case, 0).ravel().tolist()
    if case["style_units"]:
        case["directions"], case["noise"] = (drawn.tolist() for drawn in style_draw(case, 0))
    return case, make_parameters(case, generator)


def make_parameters(case, generator):
    """Weights a little smaller than Xavier's, biases about 0.1; every unit gets a signal."""
    parameters = {}
    for i, link in enumerate(links_of(case), 1):
        parameters[f"link{i}.weight"] = generator.normal(0, 0.4, link.weight_shape)
        if not case["tied_weights"]:
            parameters[f"link{i}.weight_down"] = generator.normal(0, 0.4, link.weight_shape)
        for bias, size in zip(("bias_up", "bias_down"), link.bias_shapes):
            parameters[f"link{i}.{bias}"] = generator.normal(0.1, 0.1, size)
    if case["style_units"]:
        labels, styles = case["label_units"], case["style_units"]
        parameters["style.mean"] = generator.normal(0, 0.2, styles)
        parameters["style.variance"] = generator.uniform(0.5, 1.5, styles)
        memory = (labels, REMEMBERED_STYLES, styles)
        parameters["style.recent"] = generator.normal(0, 1, memory)
        # One ring near its end, so that it closes within the steps made.
        parameters["style.next"] = np.where(np.arange(labels) == 0, REMEMBERED_STYLES - 3, 0) * 1.0
    return {name: float32_exact(value) for name, value in parameters.items()}


def determined(case, gradients):
    """The gradients without those of the top biases that normalising the styles takes away again."""
    kept, last = dict(gradients), f"link{len(case['layers'])}.bias_up"
    if case["style_units"]:
        kept[last] = gradients[last][: case["label_units"]]
    return kept.values()


def is_telling(case, parameters):
    """Whether the case tests something: no silent unit, no gradient lost in float32's rounding, a pixel on
    either side of the hinge, and no rank of a style in doubt."""
    answer, _ = forward_backward(case, parameters)
    if min(np.abs(g).min() for g in determined(case, answer["gradients"])) < 1e-4:
        return False
    out, images = answer["reconstruction"], np.array(case["images"])
    beyond = ((images <= 0) & (out < 0)) | ((images >= 1) & (out > 1))
    mixed = case["shortcut_dropout"] == 0 or 0 < sum(case["mask"]) < BATCH
    if not mixed or (case["reconstruction_loss"] == "hinge" and not 0 < beyond.sum() < beyond.size):
        return False
    return case["style_units"] == 0 or adam_steps(case, parameters, STEPS)[1] > CLEAR_RANK


def answer_of(name):
    """The case's inputs and figures, from the first seed with which it is telling."""
    seed = 1
    case, parameters = make_case(name, seed)
    while not is_telling(case, parameters):
        seed += 1
        case, parameters = make_case(name, seed)
    expected, _ = forward_backward(case, parameters)
    expected["imagined"] = imagine(case, parameters)
    if case["shared_neurons"]:
        expected["imagined_with_shortcuts"] = imagine(case, parameters, with_shortcuts=True)
        expected["imagined_and_reflected"] = imagine(case, parameters, reflections=2)
    if case["style_units"]:
        expected["in_use"] = in_use(case, parameters)
    expected["after_one_step"], _ = adam_steps(case, parameters, 1)
    expected["after_three_steps"], _ = adam_steps(case, parameters, STEPS)
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
    for key in gradients:
        values = parameters[key]
        for place in np.ndindex(values.shape):
            kept, losses = values[place], []
            for shift in (step, -step):
                values[place] = kept + shift
                losses.append(forward_backward(entry, parameters)[0]["joint_loss"])
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
