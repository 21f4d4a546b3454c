#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# check_tidy.sh SOURCE_DIR BUILD_DIR: clang-tidy on all that is free of LibTorch, which clang 14 cannot read
# in C++20. BUILD_DIR gets a configuration of its own, without unity builds, for its compile commands.
set -euo pipefail
cd "$1"
build=$2
cmake -S . -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Debug -DLMSER_BUILD_TESTS=OFF >"$build.log" 2>&1 ||
    { cat "$build.log"; exit 1; }
git ls-files -co --exclude-standard -- 'core/base/*.cpp' 'core/spec/*.cpp' 'core/files/*.cpp' \
    'core/data/*.cpp' 'core/session/*.cpp' 'ui/*.cpp' 'app/*.cpp' | while read -r file; do
    [ ! -f "$file" ] || printf '%s\0' "$file"
done | xargs -0 -n 4 -P "$(nproc)" clang-tidy --quiet -p "$build" 2> >(grep -v 'warnings generated\|^Suppressed\|^Use -header' >&2 || true)
