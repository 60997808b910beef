#!/usr/bin/env bash
# Compares the strategies on the bundled data and draws the figures of docs/: about five minutes.
# Usage: scripts/compare.sh [IMAGE_DIRECTORY]    (default: docs/images)
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/bootstrap.sh plot
cmake --preset release -DTHRONG_BUILD_TESTS=OFF -DTHRONG_BUILD_BENCH=OFF >/dev/null
cmake --build --preset release --target throng >/dev/null
throng=build/release/throng
mkdir -p out
"$throng" generate --model datasets/ctdc-like --rows 80000 --seed 1 --output out/ctdc-like.csv
for plan in size k metrics anytime; do "$throng" bench "bench/plans/$plan.toml"; done
/usr/bin/python3 scripts/plot_bench.py out/bench "${1:-docs/images}"
