# What preflight.sh and postflight.sh share: how a check ends, and how the tests are run.
set -eu

TEST_COMMAND=${TEST_COMMAND:-cargo test --workspace}
LATENCIES=${LATENCIES:-tracing-p95.txt}
# P95 may grow by less than this, in percent.
MAX_GROWTH=5

fail() {
  echo "$checklist: FAILED: $*" >&2
  exit 1
}

ok() {
  echo "$checklist: ok: $*"
}

# run_tests FOLDER: runs the tests there and leaves their number in $passed, and what they printed in $scratch/log.
run_tests() {
  if ! (cd "$1" && sh -c "$TEST_COMMAND") >"$scratch/log" 2>&1 </dev/null; then
    tail -n 20 "$scratch/log" >&2
    fail "the tests fail in $1: $TEST_COMMAND"
  fi
  if grep -q '^test result: FAILED' "$scratch/log"; then
    fail "the tests fail, although the command says that they pass: $TEST_COMMAND"
  fi
  passed=$(sed -n 's/^test result: ok\. \([0-9][0-9]*\) passed.*/\1/p' "$scratch/log" |
    awk '{ sum += $1 } END { print sum + 0 }')
}

# p95 PHASE before|after: the number that was noted, in seconds, or nothing.
p95() {
  [ ! -f "$LATENCIES" ] || sed -n "s/^$1 $2 \([0-9.][0-9.]*\)\$/\1/p" "$LATENCIES"
}

# phase_is_fast_enough PHASE: compares the two numbers that were noted.
phase_is_fast_enough() {
  before=$(p95 "$1" before)
  after=$(p95 "$1" after)
  [ -n "$before" ] && [ -n "$after" ] ||
    fail "$LATENCIES lacks P95 of phase $1, before or after; expected both from: PHASE=$1 sh deploy/postflight.sh latency"
  # In microseconds, because a tenth of a second has no exact double.
  compared=$(awk -v before="$before" -v after="$after" -v most="$MAX_GROWTH" 'BEGIN {
    before = int(before * 1000000 + 0.5); growth = int(after * 1000000 + 0.5) - before
    printf "%.1f %d", growth * 100 / before, growth * 100 < most * before }')
  growth=${compared% *}
  [ "${compared#* }" = 1 ] ||
    fail "P95 of phase $1 grew by $growth %, from $before s to $after s; it may grow by less than $MAX_GROWTH %"
  ok "P95 of phase $1: $before s before, $after s after, $growth %"
}
