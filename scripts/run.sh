#!/usr/bin/env bash
# From a clean clone to a release: installs what is missing, builds throng, generates the bundled synthetic data
# set, anonymizes it and verifies what was released. Safe to run again.
set -euo pipefail
cd "$(dirname "$0")/.."

job=jobs/ctdc-like.toml
input=out/ctdc-like.csv
release=out/ctdc-like/release/ctdc-like.csv
throng=build/release/throng

# Runs a command whose output matters only when it fails.
quietly() {
  mkdir -p build
  "$@" >build/run.log 2>&1 </dev/null || { cat build/run.log >&2; exit 1; }
}

scripts/bootstrap.sh run
echo "== Build $throng"
# Tests and benchmarks need packages that running does not.
quietly cmake --preset release -DTHRONG_BUILD_TESTS=OFF -DTHRONG_BUILD_BENCH=OFF
quietly cmake --build --preset release --target throng

mkdir -p out
echo "== Generate 80,000 synthetic records: $input"
"$throng" generate --model datasets/ctdc-like --rows 80000 --seed 1 --output "$input"
echo "== Anonymize them as $job says"
"$throng" anonymize "$job"
echo "== Verify what was released: $release"
"$throng" verify "$release" --job "$job"
