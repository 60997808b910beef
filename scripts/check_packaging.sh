#!/usr/bin/env bash
# Lints the recipes of jobs/packaging with what is at hand: Python's compiler, Lua's, the shell, shellcheck.
# Usage: scripts/check_packaging.sh
set -euo pipefail
cd "$(dirname "$0")/.."

python3 - <<'END'
import ast
tree = ast.parse(open("jobs/packaging/package.py").read(), "package.py")
recipe = next(node for node in tree.body if isinstance(node, ast.ClassDef))
assert recipe.name == "Throng" and recipe.bases[0].id == "CMakePackage"
options = open("CMakeLists.txt").read()
for text in (node.value for node in ast.walk(recipe) if isinstance(node, ast.Constant)):
    if isinstance(text, str) and text.startswith("THRONG_"):
        assert text in options, f"CMakeLists.txt has no option {text}"
END

if command -v luac >/dev/null; then luac -p jobs/packaging/throng.lua; else echo "skipped: no luac"; fi

# Each section of an Apptainer definition that holds commands, as a script of its own.
sections=$(mktemp -d)
trap 'rm -rf "$sections"' EXIT
awk -v dir="$sections" '/^%/ { n++; name = dir "/" n "-" substr($1, 2); next } /^(Bootstrap|From|Stage):/ { name = ""; next }
  name != "" { print > name }' jobs/packaging/throng.def
for script in "$sections"/*-post "$sections"/*-runscript "$sections"/*-test "$sections"/*-environment; do
  sh -n "$script"
  if command -v shellcheck >/dev/null; then shellcheck -s sh "$script"; fi
done
