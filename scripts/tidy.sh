#!/usr/bin/env bash
# clang-tidy over the product code, two files at a time, without compiling it. Usage: scripts/tidy.sh [FILE...]
set -euo pipefail
cd "$(dirname "$0")/.."

cmake --preset clang >/dev/null
files=("$@")
if [ ${#files[@]} -eq 0 ]; then mapfile -t files < <(git ls-files 'src/*.cpp'); fi
printf '%s\n' "${files[@]}" | xargs -P 2 -n 4 clang-tidy-14 -p build/clang --quiet
