#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes and checks picture_quality.json, the figures that picture_quality_test.cpp compares core/base with.

Made-up pictures (noise, blurs, a drawn face, grey and colour) and worse versions of them under masks, as bytes
in hexadecimal, [C, H, W] and [H, W]; and error, PSNR, SSIM and sharpness inside the masks by their definitions
in numpy: windows in two dimensions, no filter in common with the program.

usage: picture_quality.py              writes picture_quality.json beside this script
       picture_quality.py --check      exits 1 where the file differs from what the script makes
       picture_quality.py --skimage    exits 1 where SSIM or PSNR differs from scikit-image's (python3-skimage)
"""
import json
import pathlib
import sys

import numpy as np

GOLDEN = pathlib.Path(__file__).with_name("picture_quality.json")
DIGITS = 12  # significant digits in the file
AGREEMENT = 1e-9
RADIUS, DEVIATION = 5, 1.5
C1, C2 = 0.01**2, 0.03**2


def values(picture):
    """Bytes as the float32 in [0,1] that the program sees, in float64."""
    return (picture.astype(np.float32) / np.float32(255)).astype(np.float64)


def window():
    at = np.arange(-RADIUS, RADIUS + 1)
    weights = np.exp(-(at[:, None] ** 2 + at[None, :] ** 2) / (2 * DEVIATION**2))
    return weights / weights.sum()


def similarity(a, b):
    """The map of structural similarity of two planes: weighted means, variances and covariance of each window."""
    weights = window()
    windows = [
        np.lib.stride_tricks.sliding_window_view(np.pad(p, RADIUS, mode="symmetric"), weights.shape)
        for p in (a, b)
    ]
    means = [(w * weights).sum((2, 3)) for w in windows]
    apart = [w - m[:, :, None, None] for w, m in zip(windows, means)]
    variances = sum((d * d * weights).sum((2, 3)) for d in apart)
    covariance = (apart[0] * apart[1] * weights).sum((2, 3))
    brightness = (2 * means[0] * means[1] + C1) / (means[0] ** 2 + means[1] ** 2 + C1)
    return brightness * (2 * covariance + C2) / (variances + C2)


def gradient_lengths(plane):
    right = np.diff(plane, axis=1, append=plane[:, -1:])
    below = np.diff(plane, axis=0, append=plane[-1:])
    return np.sqrt(right**2 + below**2)


def figures(picture, truth, hidden):
    picture, truth, hidden = values(picture), values(truth), hidden != 0
    error = ((picture - truth) ** 2)[:, hidden].mean()
    return {
        "error": error,
        "psnr": min(100.0, -10 * np.log10(error)) if error > 0 else 100.0,
        "ssim": np.mean([similarity(a, b)[hidden] for a, b in zip(picture, truth)]),
        "sharpness": np.mean([gradient_lengths(a)[hidden] for a in picture]),
    }


def blurred(picture, rounds):
    """Each round, the mean of a pixel and its neighbours along both axes; the border is repeated."""
    for _ in range(rounds):
        for axis in (1, 2):
            pad = [(1, 1) if a == axis else (0, 0) for a in range(3)]
            wide = np.pad(picture, pad, mode="edge")
            size = picture.shape[axis]
            picture = sum(np.take(wide, range(k, k + size), axis) for k in range(3)) / 3
    return picture


def face(height, width):
    """A face as a child draws it, [3, H, W] in [0,1]."""
    y, x = np.mgrid[0:height, 0:width].astype(float)
    y, x = (y + 0.5) / height, (x + 0.5) / width
    picture = np.stack([0.3 + 0.4 * y, 0.5 - 0.2 * x, 0.6 + 0 * x])

    def ellipse(across, down, a, b, colour):
        inside = ((x - across) / a) ** 2 + ((y - down) / b) ** 2 < 1
        picture[:, inside] = np.array(colour)[:, None]

    ellipse(0.5, 0.5, 0.32, 0.42, [0.85, 0.65, 0.55])
    for across in (0.37, 0.63):
        ellipse(across, 0.42, 0.08, 0.05, [0.95, 0.95, 0.95])
        ellipse(across, 0.42, 0.04, 0.05, [0.15, 0.1, 0.2])
    ellipse(0.5, 0.72, 0.14, 0.04, [0.7, 0.2, 0.25])
    return blurred(picture, 1)


def as_bytes(picture):
    return np.clip(np.rint(255 * picture), 0, 255).astype(np.uint8)


def box(height, width, top, bottom, left, right):
    hidden = np.zeros((height, width), np.uint8)
    hidden[top:bottom, left:right] = 1
    return hidden


def cases():
    random = np.random.RandomState(7)
    noise = random.uniform(size=(3, 20, 24))
    some = (random.uniform(size=(20, 24)) < 0.3).astype(np.uint8)
    drawn = face(48, 40)
    eyes = box(48, 40, 15, 26, 6, 34)
    digit = blurred((random.uniform(size=(1, 28, 28)) < 0.2).astype(float), 1)
    smooth = blurred(random.uniform(size=(3, 17, 31)), 6)
    smooth = (smooth - smooth.min()) / (smooth.max() - smooth.min())
    yield "noise_against_noise", random.uniform(size=noise.shape), noise, some
    yield "noise_blurred", blurred(noise, 1), noise, some
    yield "face_blurred", blurred(drawn, 3), drawn, eyes
    yield "face_noisy", drawn + 0.1 * random.normal(size=drawn.shape), drawn, eyes
    yield "face_darker", 0.7 * drawn, drawn, np.ones_like(eyes)
    yield "face_itself", drawn, drawn, eyes
    yield "face_half_flat", np.full_like(drawn, 0.5), drawn, box(48, 40, 0, 48, 0, 20)
    yield "grey_28", blurred(digit, 1), digit, box(28, 28, 14, 28, 0, 28)
    yield "grey_28_noisy", digit + 0.05 * random.normal(size=digit.shape), digit, box(28, 28, 0, 1, 0, 28)
    yield "smooth_shifted", np.roll(smooth, 1, axis=2), smooth, box(17, 31, 3, 17, 20, 31)
    yield "smaller_than_a_window", noise[:, :5, :7], noise[:, 5:10, :7], box(5, 7, 1, 5, 0, 3)
    yield "one_pixel", noise[:1, :1, :1], noise[:1, 1:2, :1], box(1, 1, 0, 1, 0, 1)
    yield "one_row", noise[:, 3:4, :9], noise[:, 4:5, :9], box(1, 9, 0, 1, 4, 9)


def made():
    entries = []
    for name, picture, truth, hidden in cases():
        picture, truth = as_bytes(picture), as_bytes(truth)
        measured = figures(picture, truth, hidden)
        entries.append({
            "name": name,
            "shape": list(picture.shape),
            "picture": picture.tobytes().hex(),
            "truth": truth.tobytes().hex(),
            "hidden": hidden.tobytes().hex(),
            **{key: float(f"{value:.{DIGITS}g}") for key, value in measured.items()},
        })
    return entries


def agrees(entry, other):
    return entry.keys() == other.keys() and all(
        abs(value - other[key]) <= AGREEMENT * max(1, abs(value))
        if isinstance(value, float) else value == other[key]
        for key, value in entry.items()
    )


def check():
    stored = json.loads(GOLDEN.read_text(encoding="utf-8"))["cases"]
    entries = made()
    wrong = [e["name"] for e, s in zip(entries, stored) if not agrees(e, s)]
    print(f"{len(entries)} cases made, {len(stored)} stored, {len(wrong)} differ: {' '.join(wrong)}")
    return 1 if wrong or len(entries) != len(stored) else 0


def check_against_skimage():
    """Where a window fits: scikit-image refuses smaller pictures."""
    from skimage.metrics import peak_signal_noise_ratio, structural_similarity

    worst, compared = 0.0, 0
    for name, picture, truth, hidden in cases():
        if min(hidden.shape) < 2 * RADIUS + 1:
            continue
        measured = figures(as_bytes(picture), as_bytes(truth), hidden)
        a, b, inside = values(as_bytes(picture)), values(as_bytes(truth)), hidden != 0
        maps = [
            structural_similarity(p, q, gaussian_weights=True, sigma=DEVIATION, use_sample_covariance=False,
                                  data_range=1, full=True)[1]
            for p, q in zip(a, b)
        ]
        worst = max(worst, abs(np.mean([m[inside] for m in maps]) - measured["ssim"]))
        if measured["error"] > 0:
            psnr = peak_signal_noise_ratio(b[:, inside], a[:, inside], data_range=1)
            worst = max(worst, abs(psnr - measured["psnr"]))
        compared += 1
    print(f"{compared} cases, largest difference from scikit-image: {worst:.2g}")
    return 1 if worst > AGREEMENT or not compared else 0


def main():
    if sys.argv[1:] == ["--check"]:
        return check()
    if sys.argv[1:] == ["--skimage"]:
        return check_against_skimage()
    lines = ",\n".join(json.dumps(entry, separators=(",", ":")) for entry in made())
    GOLDEN.write_text(f'{{"made_by":"tests/golden/picture_quality.py","cases":[\n{lines}\n]}}\n', encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
