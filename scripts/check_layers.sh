#!/usr/bin/env bash
# The include direction of the layers, after the check has shown on seeded violations that it finds them.
set -euo pipefail
cd "$(dirname "$0")/.."
python3 scripts/check_layers.py --self-test
python3 scripts/check_layers.py
