#!/usr/bin/env bash
# Search and audit print the same answer, but for telemetry, on 1, 2, 3 and 4 ranks with 1 and 2 threads.
# Usage: same_answer.sh THRONG
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

for verb in search "audit" "audit --max-size 3"; do
  # shellcheck disable=SC2086  # a verb may have an option
  answer 1 $verb "$directory/job.toml" --threads 1 >"$directory/expected"
  grep -q '"k": 11' "$directory/expected"
  for world in "1 2" "2 1" "2 2" "3 2" "4 1"; do
    read -r ranks threads <<<"$world"
    # shellcheck disable=SC2086
    answer "$ranks" $verb "$directory/job.toml" --threads "$threads" >"$directory/found"
    cmp "$directory/expected" "$directory/found" || { echo "$verb: $ranks ranks, $threads threads differ"; exit 1; }
  done
done
