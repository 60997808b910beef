#!/usr/bin/env bash
# Kills a rank, the launcher or everything at random times; the run is gone on with on other ranks and threads until it
# ends, and must give the answer of a run that nobody disturbed.
# Usage: kills.sh THRONG [KILLS [SEED]]
set -euo pipefail
throng=$1
num_kills=${2:-20}
RANDOM=${3:-1}
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT

"$throng" generate --model datasets/ctdc-like --rows 20000 --seed 5 --output "$directory/records.csv" --quiet
sed -e "s#\"\.\./out/ctdc-like.csv\"#\"$directory/records.csv\"#" -e "s#\.\./datasets#$PWD/datasets#" \
  jobs/ctdc-like.toml >"$directory/job.toml"
qi=$(head -n 1 "$directory/records.csv" | cut -d, -f1-18 | tr -d '\r"')

# throng_on RANKS THREADS VERB: the run with a checkpoint, its answer in answer; becomes that run's process.
throng_on() {
  local ranks=$1 threads=$2 verb=$3 launcher=()
  if [ "$ranks" -gt 1 ]; then launcher=(mpirun --oversubscribe --bind-to none -n "$ranks"); fi
  exec "${launcher[@]}" "$throng" "$verb" "$directory/job.toml" --qi "$qi" --threads "$threads" --json --quiet \
    --checkpoint-dir "$directory/checkpoint" --checkpoint-interval 0.02 >"$directory/answer" 2>"$directory/messages"
}

without_telemetry() { sed '/"telemetry"/,$d' "$1"; }

# children PROCESS: its ranks.
children() { ps -o pid= --ppid "$1" 2>/dev/null || true; }

# wait_for_end PROCESSES...: at most 20 s; a rank that outlives its launcher ends by itself.
wait_for_end() {
  local process
  for _ in $(seq 200); do
    for process in "$@"; do
      if kill -0 "$process" 2>/dev/null; then sleep 0.1; continue 2; fi
    done
    return 0
  done
  echo "kills: processes $* do not end" >&2
  kill -9 "$@" 2>/dev/null || true
  return 1
}

# wait_for_launcher PROCESS: its status. Open MPI's own launcher can hang for ever when a rank dies while it
# connects (its PMIx server waits for a lock that is held); it is killed after 30 s, and counted.
wait_for_launcher() {
  for _ in $(seq 300); do
    if ! jobs -rp | grep -qx "$1"; then break; fi
    sleep 0.1
  done
  if jobs -rp | grep -qx "$1"; then
    kill -9 "$1"
    num_hung=$((num_hung + 1))
  fi
  wait "$1" 2>/dev/null
}

declare -A milliseconds
for verb in search audit; do
  begin=$(date +%s%N)
  "$throng" "$verb" "$directory/job.toml" --qi "$qi" --threads 1 --json --quiet >"$directory/answer"
  milliseconds[$verb]=$((($(date +%s%N) - begin) / 1000000))
  without_telemetry "$directory/answer" >"$directory/expected-$verb"
  grep -q '"k": 11' "$directory/expected-$verb"
done

num_killed=0
num_hung=0
num_runs=0
num_resumed=0
while [ "$num_killed" -lt "$num_kills" ]; do
  verb=$((RANDOM % 2))
  verb=$([ "$verb" -eq 0 ] && echo search || echo audit)
  rm -rf "$directory/checkpoint"
  for _ in $(seq 50); do
    ranks=$((1 + RANDOM % 3)) threads=$((1 + RANDOM % 2))
    throng_on "$ranks" "$threads" "$verb" &
    run=$!
    # mpirun takes its time before the ranks run at all.
    delay=$((RANDOM % (milliseconds[$verb] + (ranks > 1 ? 700 : 50))))
    sleep "$(printf '%d.%03d' $((delay / 1000)) $((delay % 1000)))"
    ranks_of_run=$(children "$run")
    victims=$run
    case $((RANDOM % 3)) in
      0) victims="$run $ranks_of_run" ;;
      1) if [ -n "$ranks_of_run" ]; then victims=$(echo "$ranks_of_run" | shuf -n 1 --random-source=<(yes)); fi ;;
    esac
    # shellcheck disable=SC2086  # one word per process
    kill -9 $victims 2>/dev/null || true
    status=0
    wait_for_launcher "$run" || status=$?
    # shellcheck disable=SC2086
    wait_for_end $ranks_of_run
    num_runs=$((num_runs + 1))
    if [ "$status" -eq 0 ]; then break; fi  # it was faster than the kill
    num_killed=$((num_killed + 1))
    if [ -e "$directory/checkpoint/checkpoint" ]; then num_resumed=$((num_resumed + 1)); fi
    if [ $((RANDOM % 2)) -eq 0 ]; then break; fi
  done
  if [ "$status" -ne 0 ]; then
    (throng_on $((1 + RANDOM % 3)) 2 "$verb") || { cat "$directory/messages" >&2; echo "kills: $verb failed" >&2; exit 1; }
    num_runs=$((num_runs + 1))
  fi
  without_telemetry "$directory/answer" | cmp - "$directory/expected-$verb" ||
    { echo "kills: $verb gave another answer after $num_killed kills" >&2; exit 1; }
done
echo "$num_killed kills in $num_runs runs, $num_resumed of them with a checkpoint to go on from: every answer is the same; $num_hung launchers hung"
