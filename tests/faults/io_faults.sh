#!/usr/bin/env bash
# A full and a broken disk at every write, fsync and rename: exit 4 in time, nothing half-made under a final name, and
# what was there before is still good. Usage: io_faults.sh THRONG FAIL_IO_LIBRARY [mpi]    mpi = on two ranks too
set -euo pipefail
throng=$1
library=$2
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
job=jobs/toy.toml
num_faults=0
launcher=()
errors="ENOSPC EIO"

fail() {
  echo "io_faults: $*" >&2
  exit 1
}

# with_fault N ERRNO ARGUMENTS...: runs throng with its N-th call failing; its messages are in messages.
with_fault() {
  local at=$1 error=$2 status=0
  shift 2
  timeout 20 "${launcher[@]}" env FAIL_IO_AT="$at" FAIL_IO_ERRNO="$error" FAIL_IO_COUNT="$directory/count" \
    FAIL_IO_UNDER="$directory/work" LD_PRELOAD="$library" "$throng" "$@" >"$directory/out" 2>"$directory/messages" || status=$?
  echo "$status"
}

# A state or bundle that a failed run left must be one that throng itself takes.
check_search() { "$throng" search "$job" --checkpoint-dir "$1" --resume require --quiet >/dev/null; }
check_audit() { "$throng" audit "$job" --checkpoint-dir "$1" --resume require --quiet >/dev/null; }
check_shard() { [ ! -e "$1/shard" ] || "$throng" merge "$1/shard" "$directory/second" >/dev/null; }
check_arrays() { [ ! -e "$1/audit.h5" ] || cmp "$1/audit.h5" "$directory/expected.h5"; }
check_saved() { check_arrays "$1" && go_on "$1"; }
go_on() {
  "$throng" audit "$job" --output "$1/audit.h5" --checkpoint-dir "$1/state" --quiet >/dev/null && check_arrays "$1"
}
check_figures() {
  [ ! -e "$1/shard" ] || "$throng" merge "$1/shard" "$directory/second-with-figures" --output "$1/audit.h5" >/dev/null
  check_arrays "$1"
}
# Nothing new, but after the index has its name and only its directory could not be synced: then it is whole, and the
# parts of the earlier one are still there.
check_new() { [ -z "$(ls -A "$1")" ] || is_whole "$1" "" 2; }
check_earlier() { is_whole "$1" "" 4 || is_whole "$1" "--k 4" 2; }
is_whole() {
  # shellcheck disable=SC2086  # an option and its value
  "$throng" report "$job" $2 --run "$1/audit.h5" --output "$directory/page.html" --quiet >/dev/null 2>&1 &&
    cmp -s "$directory/page.html" "$directory/expected$2.html" && [ "$(find "$1" -name '*.part-*' | wc -l)" -eq "$3" ]
}
check_bundle() {
  [ ! -e "$1/release" ] || for file in "$1"/release/toy.*; do "$throng" verify "$file" --job "$job" >/dev/null; done
}

# What was there before: checkpoints of two runs, so that the new one takes the place of one that is kept.
prepare() {
  rm -rf "$directory/work"
  if [ -d "$directory/before" ]; then cp -r "$directory/before" "$directory/work"; fi
}

# every_fault NAME CHECK ARGUMENTS...: DIR in the arguments is a new directory each time.
every_fault() {
  local name=$1 check=$2 calls status
  shift 2
  prepare
  status=$(with_fault 0 EIO "${@//DIR/$directory/work}")
  [ "$status" -eq 0 ] || fail "$name: exit $status without a fault: $(cat "$directory/messages")"
  calls=$(cat "$directory/count")
  [ "$calls" -ge 3 ] || fail "$name: only $calls calls were seen"
  for at in $(seq 1 "$calls"); do
    for error in $errors; do
      prepare
      status=$(with_fault "$at" "$error" "${@//DIR/$directory/work}")
      [ "$status" -eq 4 ] || fail "$name: $error at call $at of $calls: exit $status: $(cat "$directory/messages")"
      [ -s "$directory/messages" ] || fail "$name: $error at call $at: no message"
      if [ -d "$directory/work" ]; then
        [ -z "$(find "$directory/work" -name '*.tmp-*' -o -name '.staging-*')" ] ||
          fail "$name: $error at call $at: $(find "$directory/work") is left"
        "$check" "$directory/work" || fail "$name: $error at call $at left something half-made"
      fi
      num_faults=$((num_faults + 1))
    done
  done
  echo "$name: $errors at each of $calls calls"
}

"$throng" audit "$job" --output "$directory/expected.h5" --quiet >/dev/null
"$throng" audit "$job" --shard 2/2 --shard-file "$directory/second" --quiet
for verb in search audit; do
  for _ in 1 2; do "$throng" $verb "$job" --checkpoint-dir "$directory/before" --resume never --quiet >/dev/null; done
  every_fault "checkpoint of $verb" check_$verb $verb $job --checkpoint-dir DIR --resume never
  rm -rf "$directory/before"
done
every_fault "shard" check_shard audit $job --shard 1/2 --shard-file DIR/shard
every_fault "arrays of an audit" check_arrays audit $job --output DIR/audit.h5
every_fault "bundle" check_bundle anonymize $job --output DIR

"$throng" audit "$job" --shard 2/2 --shard-file "$directory/second-with-figures" --output x.h5 --quiet
every_fault "shard with figures" check_figures audit $job --shard 1/2 --shard-file DIR/shard --output DIR/audit.h5
"$throng" audit "$job" --shard 1/2 --shard-file "$directory/first-with-figures" --output x.h5 --quiet
every_fault "figures of merged shards" check_arrays merge "$directory"/{first,second}-with-figures --output DIR/audit.h5
every_fault "arrays with a checkpoint" check_saved audit $job --output DIR/audit.h5 --checkpoint-dir DIR/state
if [ "${3:-}" = mpi ]; then
  for k in "" "--k 4"; do
    # shellcheck disable=SC2086
    "$throng" report "$job" $k --output "$directory/expected$k.html" --quiet >/dev/null
  done
  launcher=(mpirun --oversubscribe --bind-to none -n 2)
  errors=ENOSPC
  export FAIL_IO_RANK=1
  every_fault "parts of an audit, rank 1" check_new audit $job --output DIR/audit.h5
  # The same over an earlier one, with other parts.
  mkdir "$directory/before"
  FAIL_IO_RANK=none "${launcher[@]}" "$throng" audit $job --output "$directory/before/audit.h5" --k 4 --quiet >/dev/null
  export FAIL_IO_RANK=0
  every_fault "parts and index over earlier ones, rank 0" check_earlier audit $job --output DIR/audit.h5
fi
echo "$num_faults faults: exit 4, nothing half-made"
