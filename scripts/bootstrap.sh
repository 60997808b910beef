#!/usr/bin/env bash
# Installs what throng needs on Debian 12, and only what is missing: with everything there it touches no network.
# Usage: scripts/bootstrap.sh [run|test|plot|slurm|ci]    run = build and use (default), test = + tests, plot = run + figures,
# slurm = test + Slurm, ci = all
set -euo pipefail

run=(g++ cmake ninja-build pkg-config libcli11-dev libtomlplusplus-dev nlohmann-json3-dev libfmt-dev libtbb-dev
  libopenmpi-dev openmpi-bin libhdf5-openmpi-dev libssl-dev)
test=("${run[@]}" libgtest-dev librapidcheck-dev libbenchmark-dev python3 glpk-utils)
plot=("${run[@]}" python3-matplotlib)
cluster=(slurmctld slurmd slurm-client shellcheck lua5.4)
slurm=("${test[@]}" "${cluster[@]}")
# libhdf5-dev is the serial HDF5 of the builds without MPI; both lie side by side.
ci=("${test[@]}" python3-matplotlib clang-14 clang-tidy-14 clang-format-14 llvm-14 libomp-14-dev libclang-rt-14-dev
  libhdf5-dev hdf5-tools python3-h5py mkdocs "${cluster[@]}")

case "${1:-run}" in
  run) wanted=("${run[@]}") ;;
  test) wanted=("${test[@]}") ;;
  plot) wanted=("${plot[@]}") ;;
  slurm) wanted=("${slurm[@]}") ;;
  ci) wanted=("${ci[@]}") ;;
  *) echo "usage: scripts/bootstrap.sh [run|test|plot|slurm|ci]" >&2; exit 2 ;;
esac

if ! command -v apt-get >/dev/null; then
  echo "bootstrap: no apt-get here. throng is built on Debian 12; elsewhere install the equivalents of:" >&2
  echo "  ${wanted[*]}" >&2
  echo "and call cmake --workflow --preset release." >&2
  exit 1
fi

missing=()
for package in "${wanted[@]}"; do
  state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
  [ "$state" = installed ] || missing+=("$package")
done
if [ ${#missing[@]} -eq 0 ]; then exit 0; fi

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || { echo "bootstrap: root is needed to install: ${missing[*]}" >&2; exit 1; }
  as_root=(sudo)
fi
apt() { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -y -q "$@" </dev/null; }
install_missing() { apt install --no-install-recommends "${missing[@]}"; }

echo "bootstrap: installing ${missing[*]}"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# Package lists may be absent (a fresh image) or stale: only then are they fetched.
if ! install_missing >"$log" 2>&1; then
  { apt update && install_missing; } >"$log" 2>&1 || { cat "$log" >&2; exit 1; }
fi
