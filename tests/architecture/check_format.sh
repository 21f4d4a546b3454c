#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# check_format.sh SOURCE_DIR: every C++ file is as clang-format writes it.
set -euo pipefail
cd "$1"
git ls-files -co --exclude-standard -- '*.cpp' '*.h' | while read -r file; do
    [ ! -f "$file" ] || printf '%s\0' "$file"
done | xargs -0 clang-format --dry-run --Werror
