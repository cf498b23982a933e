#!/bin/sh
# The checklist before a phase of docs/ROLLOUT.md. Any failure ends it with a message, and nothing is tagged.
#
#   PHASE=2 HEALTH_URL=http://127.0.0.1:8000/health sh deploy/preflight.sh
#   sh deploy/preflight.sh --count > tracing-baseline.txt    prints how many tests pass
#   PHASE=2 sh deploy/preflight.sh --rehearse                takes the phase back in a work tree of its own
#
# PHASE         -1 to 6; what is tagged is PRE-PHASE-$PHASE
# HEALTH_URL    asked with curl where it is set
# TEST_COMMAND  `cargo test --workspace`; its output must have cargo's lines `test result: ok. N passed`
# BASELINE      `tracing-baseline.txt`: the number of tests that passed before the first phase
# LATENCIES     `tracing-p95.txt`: P95 of the phase before this one, which postflight.sh noted
# BACKUP_DIR    where the bundle goes: a folder beside the repository, its name with `-backup` at the end
#
# It reads, writes one bundle outside the work tree, and sets one tag. It changes no file of the repository: its work
# trees are temporary ones.
checklist=preflight
. "$(dirname "$0")/phase.sh"
BASELINE=${BASELINE:-tracing-baseline.txt}

scratch=$(mktemp -d)
# Beside the repository, so that a dependency with a path that leaves it is found from there too.
top=$(git rev-parse --show-toplevel)
worktree=$(dirname "$top")/.$(basename "$top")-rehearsal-$$
cleanup() {
  if [ -d "$worktree" ]; then
    git worktree remove --force "$worktree" || git worktree prune
  fi
  rm -rf "$scratch"
}
trap cleanup EXIT
trap 'exit 1' HUP INT TERM

# not_below_baseline WHERE
not_below_baseline() {
  [ "$passed" -ge "$baseline" ] || fail "$passed tests pass $1, fewer than the $baseline of $BASELINE"
  ok "$passed tests pass $1, the baseline is $baseline"
}

clean() {
  changes=$(git status --porcelain)
  [ -z "$changes" ] || fail "the work tree is not clean $1:
$changes"
}

read_baseline() {
  [ -f "$BASELINE" ] || fail "there is no $BASELINE; phase -1 makes it with --count"
  baseline=$(cat "$BASELINE")
  case $baseline in
  '' | 0 | *[!0-9]*) fail "$BASELINE does not hold a number of tests" ;;
  esac
}

# The phase before this one was begun, and was fast enough.
in_order() {
  [ "$PHASE" != -1 ] || return 0
  previous=$((PHASE - 1))
  git merge-base --is-ancestor "refs/tags/PRE-PHASE-$previous" HEAD 2>/dev/null ||
    fail "there is no tag PRE-PHASE-$previous behind HEAD: phase $previous comes before phase $PHASE"
  ok "phase $previous was begun"
  if [ "$previous" != -1 ]; then
    phase_is_fast_enough "$previous"
  fi
}

# Takes back what was committed since the tag, in a work tree of its own, and runs the tests there.
rehearse() {
  git rev-parse --quiet --verify "refs/tags/$tag" >/dev/null || fail "there is no tag $tag"
  git merge-base --is-ancestor "$tag" HEAD || fail "$tag is not behind HEAD"
  [ "$(git rev-list --count "$tag..HEAD")" -gt 0 ] || fail "nothing was committed since $tag"
  git worktree add --quiet --detach "$worktree" HEAD || fail "git worktree add"
  git -C "$worktree" revert --no-commit "$tag..HEAD" >"$scratch/log" 2>&1 ||
    fail "git revert $tag..HEAD: $(cat "$scratch/log")"
  git -C "$worktree" diff --quiet "$tag" -- || fail "what is left after the revert is not $tag"
  ok "git revert $tag..HEAD gives the files of $tag"
  run_tests "$worktree"
  baseline=$(git show "$tag:$BASELINE") || fail "$tag has no $BASELINE"
  not_below_baseline "after the revert"
}

top=$(git rev-parse --show-toplevel) || fail "this is no git repository"
cd "$top"

if [ "${1:-}" = --count ]; then
  run_tests .
  [ "$passed" -gt 0 ] || fail "no test passed: $TEST_COMMAND"
  echo "$passed"
  exit 0
fi
case ${PHASE:-} in
-1 | [0-6]) ;;
*) fail "PHASE is -1 to 6, not '${PHASE:-}'" ;;
esac
tag=PRE-PHASE-$PHASE

case ${1:-} in
'') ;;
--rehearse)
  rehearse
  exit 0
  ;;
*) fail "$1 is neither --count nor --rehearse" ;;
esac
commit=$(git rev-parse --verify --quiet HEAD) || fail "there is no commit yet"

clean "before the tests"
ok "the work tree is clean, at $commit"

if git rev-parse --quiet --verify "refs/tags/$tag" >/dev/null; then
  fail "the tag $tag exists; this phase has begun already, or begins again: then delete the tag by hand"
fi
ok "there is no tag $tag"

in_order

[ -n "$(git ls-files Cargo.lock '*/Cargo.lock')" ] ||
  fail "Cargo.lock is not committed: what is tagged could not be built again; git add --force Cargo.lock"
ok "Cargo.lock is committed"

# Everything that switches tracing on in what this shell starts, the tests included.
switches=$(env | grep -E '^(TRACING_ENABLED|OBSERVED_[A-Z0-9_]+_ENABLED)=' || true)
on=$(echo "$switches" | grep -vE '^([A-Z0-9_]+=(0|false)?)?$' || true)
[ -z "$on" ] || fail "tracing must be off, here it is set: $on"
ok "TRACING_ENABLED and the scopes are off"

if [ -n "${HEALTH_URL:-}" ]; then
  command -v curl >/dev/null || fail "HEALTH_URL is set, and there is no curl to ask it with"
  health=$(curl --fail --silent --show-error --max-time 5 "$HEALTH_URL") ||
    fail "$HEALTH_URL does not answer"
  case $(printf %s "$health" | tr -d ' \t\r\n') in
  *'"tracing_enabled":true'*) fail "$HEALTH_URL says that tracing is on in the running service" ;;
  esac
  ok "$HEALTH_URL answers"
else
  ok "no HEALTH_URL is set, no service was asked"
fi

read_baseline
run_tests .
not_below_baseline "in the work tree"
clean "after the tests: they leave files that git does not ignore"

# What is there without the files that git ignores: this is what a rollback to the tag gives.
git worktree add --quiet --detach "$worktree" "$commit" || fail "git worktree add"
run_tests "$worktree"
not_below_baseline "in a work tree of its own, which is what a rollback gives"

backup=${BACKUP_DIR:-$top-backup}
mkdir -p "$backup"
backup=$(cd "$backup" && pwd -P)
case $backup/ in
"$(pwd -P)"/*) fail "the backup is inside of what it backs up: $backup" ;;
esac
bundle=$backup/$tag-$(git rev-parse --short "$commit").bundle
git bundle create --quiet "$bundle.part" HEAD --all || fail "git bundle create"
git bundle verify --quiet "$bundle.part" >/dev/null 2>&1 || fail "git bundle verify refuses $bundle.part"
# `verify` reads the bundle's head only. A clone reads all of it.
git clone --quiet --bare "$bundle.part" "$scratch/clone" 2>"$scratch/log" ||
  fail "the bundle $bundle.part cannot be cloned: $(cat "$scratch/log")"
[ "$(git -C "$scratch/clone" rev-parse HEAD)" = "$commit" ] || fail "$bundle.part does not hold $commit"
mv "$bundle.part" "$bundle"
ok "the bundle $bundle can be cloned and holds $commit"

git tag "$tag" "$commit" || fail "git tag $tag"
ok "tagged $tag; phase $PHASE may begin"
