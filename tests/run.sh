#!/usr/bin/env bash
# Builds and runs the tests in every configuration that finds different mistakes.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../tools/build_steps.sh"

usage() {
  cat <<'TEXT'
usage: tests/run.sh [--preset NAME... | --all] [--werror]

Installs what is missing (as root or with sudo), then configures, builds and tests each preset in
build/NAME. The last line is the sum: "N passed, N failed". Exit status 0 means that at least one
test ran and none failed.

  (default)         dev release asan tsan stress
  --preset NAME...  only these; CMakePresets.json describes them
  --all             the default ones, clang and fuzz
  --werror          a compiler warning is an error

OURO_JOBS sets how many compilers and tests run at once (default: the number of processors), OURO_FUZZ_SECONDS how long
each fuzz target runs (default: 60).
TEXT
}

presets=(dev release asan tsan stress)
options=(-DOURO_WERROR=OFF)
while (($# > 0)); do
  case "$1" in
    --all) presets+=(clang fuzz) ;;
    --werror) options=(-DOURO_WERROR=ON) ;;
    --preset)
      presets=()
      while (($# > 1)) && [[ $2 != -* ]]; do
        presets+=("$2")
        shift
      done
      ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
  esac
  shift
done
if ((${#presets[@]} == 0)); then
  usage >&2
  exit 2
fi

passed=0 failed=0
built_dev=false

# A preset that does not build counts as one failure, and the next one is tried.
run_preset() {
  local preset=$1 folder=$1 log="$root/build/$1/test.log" start summary status=0 ran lost
  local selection=() environment=()
  launcher=()
  # Stress differs from dev by one environment variable; what dev built serves for both.
  if [[ $preset == stress && $built_dev == true ]]; then
    folder=dev
    selection=(-E '^(layout|consumers|examples)')
    environment=(env OURO_STRESS=1)
    mkdir -p "$(dirname "$log")"
  fi
  # ThreadSanitizer cannot run under some kernels' address randomization. Test programs already run while building.
  if [[ $preset == tsan ]] && setarch "$(uname -m)" -R true 2> /dev/null; then launcher=(setarch "$(uname -m)" -R); fi
  if [[ $folder == "$preset" ]]; then
    if ! configure "$preset" "${options[@]}" || ! build "$preset"; then
      failed=$((failed + 1))
      return
    fi
    if [[ $preset == dev ]]; then built_dev=true; fi
  fi
  printf '[%s] test ... ' "$preset" >&2
  start=$SECONDS
  "${launcher[@]}" "${environment[@]}" ctest --test-dir "$root/build/$folder" "${selection[@]}" -j "$jobs" --output-on-failure --no-tests=error > "$log" 2>&1 || status=$?
  summary=$(grep -E 'tests passed, [0-9]+ tests failed out of [0-9]+' "$log" || true)
  if [[ $summary =~ ([0-9]+)\ tests\ failed\ out\ of\ ([0-9]+) ]]; then
    lost=${BASH_REMATCH[1]}
    ran=${BASH_REMATCH[2]}
  else
    lost=1
    ran=1
  fi
  if ((status != 0 && lost == 0)); then lost=1; fi
  passed=$((passed + ran - lost))
  failed=$((failed + lost))
  printf '%d passed, %d failed, %d s\n' $((ran - lost)) "$lost" $((SECONDS - start)) >&2
  if ((lost > 0)); then
    without_progress "$log" | sed -n '1,400p' >&2
    printf 'The whole log: %s\n' "$log" >&2
  fi
}

needs=(--quiet)
if [[ " ${presets[*]} " == *" clang "* || " ${presets[*]} " == *" fuzz "* ]]; then needs+=(--all); fi
"$root/tools/install_dependencies.sh" "${needs[@]}"
for preset in "${presets[@]}"; do run_preset "$preset"; done

echo "$passed passed, $failed failed"
((passed > 0 && failed == 0))
