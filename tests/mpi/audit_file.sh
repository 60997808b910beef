#!/usr/bin/env bash
# The figures of every combination read the same with h5py and h5dump on 1, 2, 3 and 4 ranks, through a checkpoint and
# merged from shards; and a released table is the same bytes, with the checksums of its manifest. Usage: audit_file.sh THRONG
set -euo pipefail
throng=$1
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
job=jobs/toy.toml

on() {
  local ranks=$1
  shift
  mpirun --oversubscribe --bind-to none -n "$ranks" "$throng" "$@" --quiet >/dev/null
}

values() { h5dump -d "/audit/$2" "$1" | grep -E '^ *(DATATYPE|DATASPACE|\([0-9]+\))'; }

on 1 audit "$job" --output "$directory/1.h5"
for ranks in 2 3 4; do on "$ranks" audit "$job" --output "$directory/$ranks.h5" --threads $((1 + ranks % 2)); done
on 2 audit "$job" --output "$directory/saved.h5" --checkpoint-dir "$directory/state" --stop-after 1e-9 2>/dev/null ||
  [ $? -eq 75 ]
on 3 audit "$job" --output "$directory/saved.h5" --checkpoint-dir "$directory/state"
for shard in 1 2; do on 2 audit "$job" --output ignored.h5 --shard "$shard/2" --shard-file "$directory/part-$shard"; done
on 2 merge "$directory"/part-[12] --output "$directory/merged.h5"
files=("$directory"/[1234].h5 "$directory/saved.h5" "$directory/merged.h5")
[ ! -e ignored.h5 ]

if command -v h5dump >/dev/null; then
  for file in "${files[@]}"; do
    for name in qi classes at_risk_2 at_risk_3; do
      values "$file" "$name" | diff <(values "$directory/1.h5" "$name") - || { echo "$file: $name differs" >&2; exit 1; }
    done
  done
  [ "$(values "$directory/1.h5" classes | wc -l)" -ge 3 ]
  # What is missing is no number of records.
  mkdir "$directory/alone"
  cp "$directory/2.h5" "$directory/alone"
  values "$directory/alone/2.h5" classes | grep -q 4294967295
else
  echo "skipped: no h5dump (hdf5-tools)"
fi
python=/usr/bin/python3
if $python -c 'import h5py' 2>/dev/null; then
  $python - "${files[@]}" <<'END'
import hashlib, os, sys
import h5py

def content(path):
    with h5py.File(path) as file:
        audit = file["audit"]
        return {name: (audit[name].dtype, audit[name][()].tolist()) for name in audit}, dict(file.attrs)

expected = content(sys.argv[1])
assert sorted(expected[0]) == ["at_risk_2", "at_risk_3", "at_risk_5", "classes", "qi"], expected
for path in sys.argv[2:]:
    assert content(path) == expected, path
    with h5py.File(path) as file:
        parts = {name: file["parts"][name][()].tolist() for name in file["parts"]}
    assert len(parts["name"]) >= 2 and sum(parts["entries"]) == len(expected[0]["classes"][1])
    for name, checksum, size in zip(parts["name"], parts["sha256"], parts["bytes"]):
        with open(os.path.join(os.path.dirname(path), name.decode()), "rb") as part:
            data = part.read()
        assert (len(data), hashlib.sha256(data).hexdigest()) == (size, checksum.decode()), name
END
else
  echo "skipped: no h5py (python3-h5py)"
fi

# Releases are gathered: rank 0 writes them.
for ranks in 1 2 3 4; do on "$ranks" anonymize "$job" --output "$directory/release-$ranks"; done
for ranks in 2 3 4; do diff -r "$directory/release-1/release" "$directory/release-$ranks/release"; done
num_files=0
for file in "$directory"/release-4/release/*; do
  [ "$(basename "$file")" != manifest.json ] || continue
  grep -q "$(sha256sum "$file" | cut -d' ' -f1)" "$directory/release-4/release/manifest.json"
  num_files=$((num_files + 1))
done
[ "$num_files" -ge 3 ]
echo "the same figures in ${#files[@]} files, the same release on 1, 2, 3 and 4 ranks"
