#!/usr/bin/env bash
# Tests the batch scripts under a real Slurm with two virtual nodes. The last line reads `N passed, N failed`.
# Usage: scripts/test_slurm.sh [THRONG]    default: build/release/throng
set -uo pipefail
cd "$(dirname "$0")/.." || exit
# shellcheck source=scripts/checks.sh
. scripts/checks.sh

throng=$PWD/${1:-build/release/throng}

work=$(mktemp -d)
# shellcheck disable=SC2317  # called by the trap
clean_up() {
  if [ -d "$work/cluster" ]; then scripts/slurm_cluster.sh down "$work/cluster"; fi
  sleep 0.5
  rm -rf "$work"
}
trap clean_up EXIT

check "recipes of jobs/packaging" scripts/check_packaging.sh

for tool in slurmctld slurmd sbatch; do
  if ! command -v "$tool" >/dev/null || [ "$(id -u)" -ne 0 ]; then
    echo "skipped: Slurm is not here, or this is not root (scripts/bootstrap.sh slurm)"
    echo "$passed passed, $failed failed"
    exit $((failed != 0))
  fi
done

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

check "scripts are clean" shellcheck_if_there -x jobs/*.sbatch scripts/slurm_cluster.sh scripts/test_slurm.sh scripts/checks.sh

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

# An array of four parts and their merge.
audit_array() {
  env THRONG="$throng" JOB="$work/pass.toml" SHARDS="$work/part" sbatch -W --output="$work/array-%a.log" \
    jobs/audit-array.sbatch || { cat "$work"/array-*.log; return 1; }
  env THRONG="$throng" SHARDS="$work/part" sbatch -W --output="$work/merged.log" jobs/merge.sbatch
}
"$throng" audit "$work/pass.toml" --json >"$work/audit.json"
check "an audit as an array" audit_array
check "its merged answer is that of one process" same_answer "$work/audit.json" "$work/merged.log"

# A run that lasts: stopped before its time limit, then by the loss of a node.
long_qi=$(head -n 1 "$work/records.csv" | cut -d, -f 1-"${THRONG_LONG_QI:-24}")
job long
for column in ${long_qi//,/ }; do
  grep -qF "[columns.$column]" "$work/long.toml" ||
    printf '[columns.%s]\nrole = "quasi_identifier"\n' "$column" >>"$work/long.toml"
done
state_of() { scontrol show job "$1" | grep -oE "$2=\S+" | cut -d= -f2; }
# ends JOB: waits for its end; true when it passed and was requeued once.
ends() {
  local state=
  for _ in $(seq 200); do
    state=$(state_of "$1" JobState)
    case $state in PENDING | RUNNING | COMPLETING | CONFIGURING) sleep 0.5 ;; *) break ;; esac
  done
  [ "$state $(state_of "$1" Restarts)" = "COMPLETED 1" ] || { scontrol show job "$1"; return 1; }
}
start_long() { sbatch --parsable --chdir="$work" --output="$work/$1.log" "$work/$1.sbatch"; }
# until_true COMMAND...: at most 40 s.
until_true() {
  for _ in $(seq 160); do
    if "$@"; then return 0; fi
    sleep 0.25
  done
  return 1
}
has_state() { compgen -G "$work/$1-state/*" >/dev/null; }
has_restarted() { [ "$(state_of "$1" Restarts)" = 1 ]; }
# Slurm looks at time limits every 30 s. Until it has sent the signal the ranks are held, or they would be done.
ranks_of() { pgrep -f "^$throng audit $work/$1.toml"; }
is_signal_pending() {
  local rank
  for rank in $(ranks_of "$1"); do
    # Bit 9 of the pending signals: SIGUSR1.
    grep -qE "^ShdPnd:\s*\S*[2367abef]..$" "/proc/$rank/status" || return 1
  done
}
time_limit() {
  local id
  id=$(start_long timed)
  until_true has_state timed || return 1
  ranks_of timed | xargs kill -STOP
  until_true is_signal_pending timed || until_true is_signal_pending timed
  ranks_of timed | xargs kill -CONT
  until_true has_restarted "$id" || { cat "$work/timed.log"; return 1; }
  scripts/slurm_cluster.sh release "$work/cluster" "$id"
  ends "$id" || { cat "$work/timed.log"; return 1; }
  # Only the last run prints an answer; the notes of the one that was stopped come before it.
  grep -q "going on from" "$work/timed.log" || return 1
  sed -n '/^{/,$p' "$work/timed.log" >"$work/timed.json"
}
lost_node() {
  local id
  id=$(start_long lost)
  until_true has_state lost
  scripts/slurm_cluster.sh lose-node "$work/cluster" 2
  scripts/slurm_cluster.sh boot-node "$work/cluster" 2
  scripts/slurm_cluster.sh release "$work/cluster" "$id"
  ends "$id" || { cat "$work/lost.log"; return 1; }
  grep -q "going on from" "$work/lost.log" || { cat "$work/lost.log"; return 1; }
  sed -n '/^{/,$p' "$work/lost.log" >"$work/lost.json"
}
"$throng" audit "$work/long.toml" --json >"$work/long.json"
cp "$work/long.toml" "$work/timed.toml"
script timed "$work/timed.toml" --verb audit --nodes 2 --time 00:01:00 --margin 5 --checkpoint-interval 1 \
  --checkpoint-dir "$work/timed-state"
check "the signal before the time limit: saved, requeued, ended" time_limit
check "its answer is that of one process" same_answer "$work/long.json" "$work/timed.json"
script lost "$work/long.toml" --verb audit --nodes 2 --checkpoint-interval 1 --checkpoint-dir "$work/lost-state"
check "a lost node: requeued, ended" lost_node
check "its answer is that of one process" same_answer "$work/long.json" "$work/lost.json"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
