#!/usr/bin/env bash
# Builds everything and runs the tests; the last line reads `N passed, N failed`, counted in single test cases.
# Usage: scripts/test.sh [PRESET [CTEST OPTIONS...]]    for example scripts/test.sh asan -L unit
set -euo pipefail
cd "$(dirname "$0")/.."

# Where ccache is in use, a tree finds what another tree of the same content compiled.
export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=true

preset=${1:-release}
shift || true
scripts/bootstrap.sh test
mkdir -p build
log=build/$preset.log
cmake --preset "$preset" >"$log" 2>&1 || { cat "$log" >&2; exit 1; }
cmake --build --preset "$preset" -- -j2 >"$log" 2>&1 || { tail -n 200 "$log" >&2; exit 1; }

# libomp (of clang) keeps shared memory by process number, and what a killed or forked process left stays: an
# empty one is a bus error for the next process of that number.
for memory in /dev/shm/__KMP_REGISTERED_LIB_*; do
  process=${memory##*LIB_}
  if [ -e "$memory" ] && ! kill -0 "${process%_*}" 2>/dev/null; then rm -f "$memory"; fi
done

results=$PWD/build/$preset-tests.xml
rm -f "$results"
# --preset prints every failure; the count below decides, because ctest knows test programs, not cases.
ctest --preset "$preset" -j2 --output-junit "$results" --test-output-size-passed 1000000 \
  --test-output-size-failed 1000000 "$@" </dev/null || true
python3 scripts/count_tests.py "$results"
