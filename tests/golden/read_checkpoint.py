#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads a Lmser Studio checkpoint (safetensors) with numpy alone and prints what is in it as JSON.

usage: read_checkpoint.py FILE
prints {"metadata": {...}, "tensors": {name: {"shape": [...], "sum": float, "crc32": int}}}
"""
import json
import sys
import zlib

import numpy as np


def read_checkpoint(path):
    """The file as (metadata, {name: float32 array})."""
    with open(path, "rb") as file:
        data = file.read()
    size = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + size])
    metadata = header.pop("__metadata__", {})
    tensors = {}
    for name, entry in header.items():
        first, last = (8 + size + offset for offset in entry["data_offsets"])
        tensors[name] = np.frombuffer(data[first:last], "<f4").reshape(entry["shape"])
    return metadata, tensors


if __name__ == "__main__":
    metadata, tensors = read_checkpoint(sys.argv[1])
    summary = {
        name: {
            "shape": list(values.shape),
            "sum": float(values.sum(dtype=np.float64)),
            "crc32": zlib.crc32(values.tobytes()),
        }
        for name, values in tensors.items()
    }
    print(json.dumps({"metadata": metadata, "tensors": summary}))
