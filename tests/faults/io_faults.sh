#!/usr/bin/env bash
# A full and a broken disk at every write, fsync and rename: exit 4 in time, nothing half-made under a final name, and
# what was there before is still good. Usage: io_faults.sh THRONG FAIL_IO_LIBRARY
set -euo pipefail
throng=$1
library=$2
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
job=jobs/toy.toml
num_faults=0

fail() {
  echo "io_faults: $*" >&2
  exit 1
}

# with_fault N ERRNO ARGUMENTS...: runs throng with its N-th call failing; its messages are in messages.
with_fault() {
  local at=$1 error=$2 status=0
  shift 2
  timeout 20 env FAIL_IO_AT="$at" FAIL_IO_ERRNO="$error" FAIL_IO_COUNT="$directory/count" LD_PRELOAD="$library" \
    "$throng" "$@" >"$directory/out" 2>"$directory/messages" || status=$?
  echo "$status"
}

# A state or bundle that a failed run left must be one that throng itself takes.
check_search() { "$throng" search "$job" --checkpoint-dir "$1" --resume require --quiet >/dev/null; }
check_audit() { "$throng" audit "$job" --checkpoint-dir "$1" --resume require --quiet >/dev/null; }
check_shard() { [ ! -e "$1/shard" ] || "$throng" merge "$1/shard" "$directory/second" >/dev/null; }
check_arrays() { [ ! -e "$1/audit.h5" ] || cmp "$1/audit.h5" "$directory/expected.h5"; }
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
    for error in ENOSPC EIO; do
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
  echo "$name: 2 faults at each of $calls calls"
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
echo "$num_faults faults: exit 4, nothing half-made"
