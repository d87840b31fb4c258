# Steps that the scripts share; sourced by them. Progress goes to standard error, so that a program's output stays its own.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
jobs=${OURO_JOBS:-$(nproc)}

# without_progress: a log without the lines that only say that work went on.
without_progress() { grep -v -E '^\[[0-9]+/[0-9]+\] |^-- |/c\+\+ -D|clang\+\+ -D|^ *Start +[0-9]+: |Passed +[0-9.]+ sec$' "$@" || true; }

# run_quietly LOG WHAT COMMAND...: runs COMMAND with its output in LOG, says WHAT and how long it took; shows the log's
# tail if it fails.
run_quietly() {
  local log=$1 what=$2 start=$SECONDS
  shift 2
  mkdir -p "$(dirname "$log")"
  printf '%s ... ' "$what" >&2
  if "$@" > "$log" 2>&1; then
    printf '%d s\n' $((SECONDS - start)) >&2
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
