# shellcheck shell=bash
# For scripts that test the binary from outside; to be sourced. Counts cases in `passed` and `failed`.
passed=0
failed=0

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

# exits_with CODE COMMAND...
exits_with() {
  local wanted=$1 code=0
  shift
  "$@" || code=$?
  [ "$code" -eq "$wanted" ] || { echo "exit $code instead of $wanted"; return 1; }
}
