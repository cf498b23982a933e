#!/bin/sh
# What is checked after a phase of docs/ROLLOUT.md was written. Any failure ends it with a message.
#
#   TRACING_ENABLED=1 OTEL_SAMPLING_RATE=1 OTEL_TRACES_EXPORTER=none sh deploy/postflight.sh tests
#       runs the tests off and on: the same results, and spans were recorded
#   PHASE=2 sh deploy/postflight.sh latency before    notes P95 of the service with tracing off
#   PHASE=2 sh deploy/postflight.sh latency after     notes it with tracing on, and compares
#   sh deploy/postflight.sh jaeger                    Jaeger answers
#   sh deploy/postflight.sh jaeger SERVICE OPERATION  it lists both, and has a trace
#
# TEST_COMMAND     `cargo test --workspace`; its output must have cargo's lines `test NAME ... ok` and `test result: ...`
# OUTPUT_COMMAND   prints what a caller of the service sees, without times and random ids; run off and on, where it is set
# LATENCY_COMMAND  prints seconds, one request a line; 500 requests to LATENCY_URL (HEALTH_URL) with curl
# LATENCIES        `tracing-p95.txt`: where P95 is noted; the checklist of the next phase reads it
# JAEGER_URL       `http://localhost:16686`
checklist=postflight
. "$(dirname "$0")/phase.sh"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' HUP INT TERM
cd "$(git rev-parse --show-toplevel)"

# Everything that switches tracing on is taken out of the environment of this shell.
switch_off() {
  for name in $(env | sed -n -E 's/^(TRACING_ENABLED|OBSERVED_[A-Z0-9_]+_ENABLED)=.*/\1/p'); do
    unset "$name"
  done
}

# The result of each test and of each test program, without the times.
results() {
  sed -n 's/; finished in .*//; /^test /p' "$scratch/log" | sort
}

compare_tests() {
  case ${TRACING_ENABLED:-} in
  1 | true) ;;
  *) fail "TRACING_ENABLED is not on, so there is nothing to compare; expected TRACING_ENABLED=1" ;;
  esac
  (switch_off && run_tests .)
  results >"$scratch/tests-off"
  : >"$scratch/report"
  export OBSERVED_TEST_REPORT="$scratch/report"
  run_tests .
  results >"$scratch/tests-on"
  diff "$scratch/tests-off" "$scratch/tests-on" >&2 ||
    fail "the tests have other results with tracing on (< is off, > is on)"
  ok "$passed tests pass with tracing off and on, with the same results"
  recorded=$(awk '{ sum += $1 } END { print sum + 0 }' "$scratch/report")
  [ "$recorded" -gt 0 ] ||
    fail "the tests recorded no span; begin them with: let _tracing = observed_runtime::testing::init_from_env();"
  ok "the tests recorded $recorded spans"
}

# prints FILE: what OUTPUT_COMMAND prints goes there.
prints() {
  sh -c "$OUTPUT_COMMAND" >"$1" 2>"$scratch/log" </dev/null ||
    fail "OUTPUT_COMMAND fails: $(tail -n 5 "$scratch/log")"
}

compare_output() {
  if [ -z "${OUTPUT_COMMAND:-}" ]; then
    ok "no OUTPUT_COMMAND is set, no output was compared"
    return
  fi
  (switch_off && prints "$scratch/off" && prints "$scratch/again")
  diff "$scratch/off" "$scratch/again" >&2 ||
    fail "OUTPUT_COMMAND prints something else each time, with tracing off: leave out times and random ids"
  prints "$scratch/on"
  diff "$scratch/off" "$scratch/on" >&2 || fail "the output differs with tracing on (< is off, > is on)"
  ok "the output is the same with tracing off and on, $(wc -c <"$scratch/on" | tr -d ' ') bytes"
}

# The seconds of 500 requests, one a line.
requests() {
  url=${LATENCY_URL:-${HEALTH_URL:-}}
  [ -n "$url" ] || fail "no LATENCY_URL is set; expected the request that matters, or a LATENCY_COMMAND"
  n=0
  while [ "$n" -lt 500 ]; do
    curl --fail --silent --show-error --output /dev/null --write-out '%{time_total}\n' "$url" || fail "$url does not answer"
    n=$((n + 1))
  done
}

# note_latency before|after
note_latency() {
  if [ -n "${LATENCY_COMMAND:-}" ]; then
    sh -c "$LATENCY_COMMAND" >"$scratch/seconds" </dev/null || fail "LATENCY_COMMAND fails: $LATENCY_COMMAND"
  else
    requests >"$scratch/seconds"
  fi
  count=$(grep -c '^[0-9][0-9.]*$' "$scratch/seconds" || true)
  [ "$count" -ge 20 ] || fail "$count requests are too few for P95; expected 20 or more"
  measured=$(sort -n "$scratch/seconds" | sed -n "$(((count * 95 + 99) / 100))p")
  # The second measurement of the same moment replaces the first.
  { [ ! -f "$LATENCIES" ] || grep -v "^$PHASE $1 " "$LATENCIES" || true; } >"$scratch/latencies"
  echo "$PHASE $1 $measured" >>"$scratch/latencies"
  cp "$scratch/latencies" "$LATENCIES"
  ok "P95 of $count requests $1 phase $PHASE: $measured s, noted in $LATENCIES"
}

# asks PATH WORD WHAT: Jaeger's answer there has the word.
asks() {
  curl --fail --silent --show-error --max-time 10 "$JAEGER_URL$1" >"$scratch/answer" ||
    fail "$JAEGER_URL$1 does not answer"
  grep -qF "$2" "$scratch/answer" || fail "Jaeger lacks $3; it answers at $JAEGER_URL$1: $(head -c 300 "$scratch/answer")"
  ok "Jaeger has $3"
}

# look_into_jaeger [SERVICE OPERATION]
look_into_jaeger() {
  JAEGER_URL=${JAEGER_URL:-http://localhost:16686}
  asks /api/services '"data"' "a list of services"
  [ $# -eq 0 ] && return
  [ $# -eq 2 ] || fail "expected: jaeger SERVICE OPERATION"
  asks /api/services "\"$1\"" "the service $1"
  asks "/api/services/$1/operations" "\"$2\"" "the operation $2"
  asks "/api/traces?service=$1&operation=$2&limit=1" "\"operationName\":\"$2\"" "a trace of $2"
}

case ${1:-} in
tests)
  compare_tests
  compare_output
  ;;
latency)
  case ${PHASE:-} in
  -1 | [0-6]) ;;
  *) fail "PHASE is -1 to 6, not '${PHASE:-}'" ;;
  esac
  case ${2:-} in
  before | after) note_latency "$2" ;;
  *) fail "expected: latency before, or latency after" ;;
  esac
  [ "$2" = before ] || phase_is_fast_enough "$PHASE"
  ;;
jaeger)
  shift
  look_into_jaeger "$@"
  ;;
*) fail "expected tests, latency or jaeger, not '${1:-}'" ;;
esac
