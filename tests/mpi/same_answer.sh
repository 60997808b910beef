#!/usr/bin/env bash
# Search and audit print the same answers, but for telemetry, on 1, 2, 3 and 4 ranks with 1 and 2 threads: those of
# tests/golden/answers.sha256, which every build checks. Usage: same_answer.sh THRONG
set -euo pipefail
throng=$1
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT

"$throng" generate --model datasets/ctdc-like --rows 5000 --seed 3 --output "$directory/records.csv" --quiet
sed -e "s#\"\.\./out/ctdc-like.csv\"#\"$directory/records.csv\"#" -e "s#\.\./datasets#$PWD/datasets#" \
  jobs/ctdc-like.toml >"$directory/job.toml"

# answer RANKS ARGUMENTS...: the JSON without its telemetry, which is last.
answer() {
  local ranks=$1
  shift
  mpirun --oversubscribe --bind-to none -n "$ranks" "$throng" "$@" --json | sed '/"telemetry"/,$d'
}

expected=$(cat tests/golden/answers.sha256)
for world in "1 1" "1 2" "2 1" "2 2" "3 1" "3 2" "4 1" "4 2"; do
  read -r ranks threads <<<"$world"
  for verb in search "audit" "audit --max-size 3"; do
    # shellcheck disable=SC2086  # a verb may have an option
    answer "$ranks" $verb "$directory/job.toml" --threads "$threads"
  done >"$directory/answers"
  found=$(sha256sum <"$directory/answers" | cut -d' ' -f1)
  echo "$ranks ranks, $threads threads: $found"
  [ "$found" = "$expected" ] || { echo "expected $expected" >&2; exit 1; }
done
