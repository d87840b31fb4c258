# Steps that the scripts share; sourced by them. Progress goes to standard error, so that a program's output stays its own.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
jobs=${OURO_JOBS:-$(nproc)}
export CCACHE_SLOPPINESS=${CCACHE_SLOPPINESS:-pch_defines,time_macros} # without it ccache keeps nothing of what uses precompiled headers

# without_progress: a log without the lines that only say that work went on.
without_progress() { grep -v -E '^\[[0-9]+/[0-9]+\] |^-- |/c\+\+ -D|clang\+\+ -D|^ *Start +[0-9]+: |Passed +[0-9.]+ sec$' "$@" || true; }

# announce WHAT: says what begins, and how long it took last time. finish WHAT START [RESULT]: says how it went and how long it
# took, which is kept in build/times for the next time.
announce() {
  local last="$root/build/times/${1//[^a-z]/_}"
  printf '%s%s ... ' "$1" "$([[ -r $last ]] && printf ' (%d s last time)' "$(cat "$last")")" >&2
}
finish() {
  local seconds=$((SECONDS - $2))
  mkdir -p "$root/build/times"
  echo "$seconds" > "$root/build/times/${1//[^a-z]/_}"
  printf '%s%d s\n' "${3:+$3, }" "$seconds" >&2
}

# run_quietly LOG WHAT COMMAND...: runs COMMAND with its output in LOG, says WHAT and how long it took; shows the log's
# tail if it fails.
run_quietly() {
  local log=$1 what=$2 start=$SECONDS
  shift 2
  mkdir -p "$(dirname "$log")"
  announce "$what"
  if "$@" > "$log" 2>&1; then
    finish "$what" "$start"
  else
    printf 'FAILED\n' >&2
    without_progress "$log" | tail -n 60 >&2
    printf 'The whole log: %s\n' "$log" >&2
    return 1
  fi
}

launcher=() # a program to run the build with

# configure PRESET [OPTION...] and build PRESET [--target NAME] work in build/PRESET.
configure() {
  local preset=$1
  shift
  run_quietly "$root/build/$preset/configure.log" "[$preset] configure" cmake -S "$root" --preset "$preset" "$@"
}
build() {
  local preset=$1
  shift
  run_quietly "$root/build/$preset/build.log" "[$preset] build" "${launcher[@]}" cmake --build "$root/build/$preset" -j "$jobs" "$@"
}
