#!/usr/bin/env bash
# clang-tidy over the product code, two at a time, without compiling it. Usage: scripts/tidy.sh [FILE...]
# Without files, the sources of a folder are checked together, which reads their headers once instead of 200 times
# (cmake/unity.cmake). Two checks see nothing in a file that is included; they get the files that have what they look
# for one by one.
set -euo pipefail
cd "$(dirname "$0")/.."

tidy() { xargs -P 2 -n "$1" clang-tidy-14 -p "$2" --quiet "${@:3}"; }

configure() {
  cmake --preset clang -B "$1" -DTHRONG_UNITY="$2" -DTHRONG_BUILD_TESTS=OFF -DTHRONG_BUILD_BENCH=OFF >/dev/null
}

configure build/tidy OFF
if [ $# -gt 0 ]; then
  printf '%s\n' "$@" | tidy 4 build/tidy
  exit
fi
rm -rf build/tidy-united/CMakeFiles/throng_lib.dir/Unity  # of files that may be gone
configure build/tidy-united ON
status=0
# The two files at the end are in no folder's unit.
ls build/tidy-united/CMakeFiles/throng_lib.dir/Unity/*.cxx src/app/main.cpp src/core/parallel.cpp |
  tidy 1 build/tidy-united --checks=-bugprone-suspicious-include || status=1
git ls-files 'src/*.cpp' | xargs grep -lE '^ *(using [A-Za-z_:]+::[A-Za-z_]+;|namespace [a-z_]+ = )' |
  tidy 4 build/tidy '--checks=-*,misc-unused-alias-decls,misc-unused-using-decls' || status=1
exit $status
