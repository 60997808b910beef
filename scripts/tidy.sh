#!/usr/bin/env bash
# clang-tidy over the product code, two at a time, without compiling it. Usage: scripts/tidy.sh [FILE...]
# Without files, the sources of a folder are checked together, which reads their headers once instead of 200 times
# (cmake/unity.cmake). Two checks see nothing in a file that is included; they get the files that have what they look
# for one by one.
set -euo pipefail
cd "$(dirname "$0")/.."

tidy() { xargs -P 2 -n "$1" clang-tidy-14 -p "$2" --quiet "${@:3}"; }

cmake --preset clang >/dev/null
if [ $# -gt 0 ]; then
  printf '%s\n' "$@" | tidy 4 build/clang
  exit
fi
cmake --preset clang -B build/tidy -DTHRONG_UNITY=ON -DTHRONG_BUILD_TESTS=OFF -DTHRONG_BUILD_BENCH=OFF >/dev/null
status=0
# main.cpp is not part of the library and so of no folder's unit.
ls build/tidy/CMakeFiles/throng_lib.dir/Unity/*.cxx "$PWD/src/app/main.cpp" |
  tidy 1 build/tidy --checks=-bugprone-suspicious-include || status=1
git ls-files 'src/*.cpp' | xargs grep -lE '^ *(using [A-Za-z_:]+::[A-Za-z_]+;|namespace [a-z_]+ = )' |
  tidy 4 build/clang '--checks=-*,misc-unused-alias-decls,misc-unused-using-decls' || status=1
exit $status
