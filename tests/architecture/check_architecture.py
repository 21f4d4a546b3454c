#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks the house rules that a compiler does not: who may include whom, and what may stand where.

usage: check_architecture.py SOURCE_DIR [BINARY...]. Prints one line a breach; exits 1 if there is any.
Binaries are checked for symbols of LibTorch's own (unsafe) loaders.
"""
import pathlib
import re
import subprocess
import sys

STD = r"[a-z_0-9./]+"  # standard, POSIX and C headers
JSON = r"nlohmann/json\.hpp"
TORCH = r"(torch|ATen|c10)/.*"
QT = r"Q[A-Za-z0-9/]+|qcustomplot\.h"


def core(*folders):
    return r"core/(" + "|".join(folders) + r")/[a-z_]+\.h"


BASE = core("base")
VALUES = core("base", "spec")
FILES = core("base", "spec", "files")
DATA = core("base", "spec", "files", "data")
# Folder -> patterns of what its files may include. Longest folder wins.
ALLOWED = {
    "core/base": [STD, BASE],
    "core/spec": [STD, VALUES, JSON],
    "core/files": [STD, FILES, JSON],
    "core/data": [STD, DATA],
    "core/model": [STD, TORCH, VALUES, core("model")],
    "core/train": [STD, TORCH, DATA, core("model", "train")],
    "core/tasks": [STD, TORCH, DATA, core("model", "train", "tasks")],
    "core/checkpoint": [STD, TORCH, JSON, DATA, core("model", "train", "tasks", "checkpoint")],
    "core/session": [STD, DATA, core("tasks", "checkpoint", "session")],
    "ui": [STD, QT, VALUES, core("session"), r"core/files/atomic_save\.h", r"ui/.*\.h"],
    "app": [STD, QT, JSON, r"CLI/.*", r"core/.*\.h", r"ui/.*\.h", r"app/.*\.h"],
}
HEADERS_ONLY = {"core/session": [STD, VALUES, core("session")]}
STD_ONLY = re.compile(r"(torch|ATen|c10|nlohmann|CLI)/")
INCLUDE = re.compile(r'^\s*#\s*include\s+[<"]([^>"]+)[>"]', re.MULTILINE)
TOP_LEVEL = {"CMakeLists.txt", "CMakePresets.json", "LICENSE", "README.md", "CHANGELOG.md", "studio",
             "app", "core", "ui", "resources", "models", "tests"}
SOURCES = (".cpp", ".h")


def tracked(root):
    listed = subprocess.run(["git", "-C", root, "ls-files", "-co", "--exclude-standard"],
                            capture_output=True, text=True, check=True).stdout.split("\n")
    return [path for path in listed if path and (pathlib.Path(root) / path).exists()]


def rules_for(path):
    folder = max((f for f in ALLOWED if path.startswith(f + "/")), key=len, default=None)
    if folder is None:
        return None
    if path.endswith(".h") and folder in HEADERS_ONLY:
        return HEADERS_ONLY[folder]
    return ALLOWED[folder]


def may_include(path, header, rules):
    for rule in rules:
        if rule == STD and STD_ONLY.match(header):
            continue
        if rule == STD and header.startswith(("core/", "ui/", "app/")):
            continue
        if re.fullmatch(rule, header):
            return True
    return False


def check_sources(root, files):
    for path in files:
        if not path.endswith(SOURCES):
            continue
        text = (pathlib.Path(root) / path).read_text(encoding="utf-8")
        if not text.startswith("// SPDX-License-Identifier: GPL-3.0-or-later"):
            yield f"{path}: the first line is not the licence"
        rules = rules_for(path)
        for header in INCLUDE.findall(text):
            if header == "torch/torch.h":
                yield f"{path}: includes torch/torch.h, which takes 25 s to compile; use torch/types.h"
            if rules is not None and not may_include(path, header, rules):
                yield f"{path}: may not include {header}"
        if re.search(r"\b(TODO|FIXME|XXX)\b", text):
            yield f"{path}: unfinished work is marked in it"
        if path.startswith("ui/"):
            if not path.startswith("ui/settings/") and "QSettings" in text:
                yield f"{path}: settings keys belong to ui/settings"
            if not path.startswith("ui/widgets/tokens") and re.search(
                    r'"#[0-9A-Fa-f]{3,8}"|QColor\(\s*(0x|\d)|Qt::(white|black|red|green|blue|gray)\b', text):
                yield f"{path}: a colour literal; colours belong to ui/widgets/tokens"
            if "processEvents" in text:
                yield f"{path}: processEvents re-enters the event loop"
        if path.startswith(("core/", "ui/", "app/")) and re.search(
                r"torch::(load|save|jit)\b|torch::pickle|Unpickler", text):
            yield f"{path}: LibTorch's own files can run code when loaded"


def check_top_level(files):
    for entry in sorted({path.split("/")[0] for path in files}):
        if not entry.startswith(".") and entry not in TOP_LEVEL:
            yield f"{entry}: does not belong to the top level"


def check_symbols(binary):
    symbols = subprocess.run(["nm", "-D", "-C", "--undefined-only", binary],
                             capture_output=True, text=True, check=True).stdout
    for line in symbols.splitlines():
        if re.search(r"torch::(jit|load|pickle|serialize)|[Pp]ickle|InputArchive", line):
            yield f"{binary}: uses {line.split(maxsplit=1)[-1]}"


def main():
    root, binaries = sys.argv[1], sys.argv[2:]
    files = tracked(root)
    breaches = [*check_sources(root, files), *check_top_level(files)]
    for binary in binaries:
        breaches += check_symbols(binary)
    checked = sum(path.endswith(SOURCES) for path in files)
    print("\n".join([*breaches, f"{checked} sources and {len(binaries)} binaries: {len(breaches)} breaches"]))
    return 1 if breaches or not checked else 0


if __name__ == "__main__":
    sys.exit(main())
