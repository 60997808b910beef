#!/usr/bin/env bash
# Tests the batch scripts under a real Slurm with two virtual nodes. The last line reads `N passed, N failed`.
# Usage: scripts/test_slurm.sh [THRONG]    default: build/release/throng
set -uo pipefail
cd "$(dirname "$0")/.." || exit

throng=$PWD/${1:-build/release/throng}
passed=0
failed=0

work=$(mktemp -d)
# shellcheck disable=SC2317  # called by the trap
clean_up() {
  if [ -d "$work/cluster" ]; then scripts/slurm_cluster.sh down "$work/cluster"; fi
  sleep 0.5
  rm -rf "$work"
}
trap clean_up EXIT

# check NAME COMMAND...: one case.
check() {
  local name=$1 log
  shift
  if log=$("$@" 2>&1 </dev/null); then
    passed=$((passed + 1))
    echo "ok   $name"
  else
    failed=$((failed + 1))
    printf 'FAIL %s\n%s\n' "$name" "$log"
  fi
}

check "recipes of jobs/packaging" scripts/check_packaging.sh

for tool in slurmctld slurmd sbatch; do
  if ! command -v "$tool" >/dev/null || [ "$(id -u)" -ne 0 ]; then
    echo "skipped: Slurm is not here, or this is not root (scripts/bootstrap.sh slurm)"
    echo "$passed passed, $failed failed"
    exit $((failed != 0))
  fi
done

# exits_with CODE COMMAND...
exits_with() {
  local wanted=$1 code=0
  shift
  "$@" || code=$?
  [ "$code" -eq "$wanted" ] || { echo "exit $code instead of $wanted"; return 1; }
}

# script NAME ARGUMENTS...: a batch script that throng writes.
script() {
  local name=$1
  shift
  "$throng" slurm-script "$@" >"$work/$name.sbatch" && shellcheck_if_there "$work/$name.sbatch"
}
shellcheck_if_there() {
  if command -v shellcheck >/dev/null; then shellcheck "$@"; fi
}

# submit NAME: runs the script to its end, on stdout what it printed; exit code as the job's.
submit() {
  local code=0
  sbatch -W --chdir="$work" --output="$work/$1.log" "$work/$1.sbatch" || code=$?
  tail -n 20 "$work/$1.log"
  return "$code"
}

# The answer without its telemetry, which is last.
answer_of() { sed '/"telemetry"/,$d' "$1"; }
same_answer() {
  answer_of "$1" >"$work/a"
  answer_of "$2" >"$work/b"
  grep -q '"k": 11' "$work/a" && diff "$work/a" "$work/b"
}

check "scripts are clean" shellcheck_if_there jobs/*.sbatch scripts/slurm_cluster.sh scripts/test_slurm.sh

scripts/slurm_cluster.sh up "$work/cluster" 2 || { echo "0 passed, 1 failed"; exit 1; }
# shellcheck source=/dev/null
. "$work/cluster/env"

"$throng" generate --model datasets/ctdc-like --rows 20000 --seed 1 --output "$work/records.csv" --quiet
# job NAME SETTING...: a job on these records; each setting is a line of sed.
job() {
  local name=$1
  shift
  sed -e "s#\.\./out/ctdc-like.csv#$work/records.csv#" -e "s#\.\./datasets#$PWD/datasets#" \
    -e "s#\.\./out/ctdc-like#$work/out#" "$@" jobs/ctdc-like.toml >"$work/$name.toml"
}
job pass
job violation -e 's/"optimal"/"redact"/' -e 's/^max_suppressed = 1.0.*/max_suppressed = 0/'
job usage -e 's/^k = 11/k = 30000/'

check "write scripts" script pass "$work/pass.toml" --verb search --nodes 2 --ranks 2 --threads 1
check "a search on two nodes and four ranks passes" exits_with 0 submit pass
"$throng" search "$work/pass.toml" --threads 1 --json >"$work/alone.json"
check "its answer is that of one process" same_answer "$work/alone.json" "$work/pass.log"
script violation "$work/violation.toml" --verb search --ranks 2 --nodes 1
check "no solution: exit 1" exits_with 1 submit violation
script usage "$work/usage.toml" --verb search --nodes 2
check "a job that cannot be done: exit 2" exits_with 2 submit usage

# batch NAME: a script of jobs/, made smaller by the environment.
batch() {
  local name=$1
  shift
  local code=0
  env THRONG="$throng" "$@" sbatch -W --output="$work/$name.log" "jobs/$name.sbatch" || code=$?
  tail -n 20 "$work/$name.log"
  return "$code"
}
for name in release audit ci-regression; do
  check "jobs/$name.sbatch" exits_with 0 batch "$name"
done
for name in strong-scaling weak-scaling; do
  check "jobs/$name.sbatch" exits_with 0 batch "$name" NUM_COLUMNS=12
done

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
