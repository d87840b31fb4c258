#!/usr/bin/env bash
# Builds and runs the tests in every configuration that finds different mistakes.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../tools/build_steps.sh"

usage() {
  cat <<'TEXT'
usage: tests/run.sh [--preset NAME... | --all] [--cases] [--werror]

Installs what is missing (as root or with sudo), then configures, builds and tests each preset in
build/NAME. The last line is the sum: "N passed, N failed". Exit status 0 means that at least one
test ran and none failed.

  (default)         checked: every test with all checks and sanitizers
  --preset NAME...  only these; CMakePresets.json describes them
  --all             release checked tsan stress clang fuzz; in release each test case in a process of its own
  --cases           each test case in a process of its own: slower, and a crash costs one case
  --werror          a compiler warning is an error, until the build directory is made anew

OURO_JOBS sets how many compilers and tests run at once (default: the number of processors), OURO_FUZZ_SECONDS how long
each fuzz target runs (default: 60). With OURO_REQUIRE_PYTHON=1 it is a failure if there is no CPython 3.11 to compare with.
TEXT
}

presets=(checked)
options=()
with_cases="" # the presets in which each test case runs in a process of its own; with sanitizers, a process takes 0.3 s to begin
while (($# > 0)); do
  case "$1" in
    --all)
      presets=(release checked tsan stress clang fuzz)
      with_cases=release
      ;;
    --cases) with_cases="release checked tsan stress clang fuzz dev coverage" ;;
    --werror) options+=(-DOURO_WERROR=ON) ;;
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
built_checked=false

# count_cases LOG: prints how many more passed, more failed and were skipped than CTest's sum says, from its log of all output:
# of a program that ran many test cases each counts.
count_cases() {
  awk '
    /^All tests passed \(.* in [0-9]+ test cases?\)/ { passed += $(NF - 2) - 1 }
    /^test cases: / {
      if (match($0, /[0-9]+ passed/)) passed += substr($0, RSTART) + 0
      if (match($0, /[0-9]+ failed/)) failed += substr($0, RSTART) - 1
    }
    /^skipped: / { ++skipped }
    END { print passed - skipped, failed + 0, skipped + 0 }' "$1"
}

# judge PRESET FOLDER STATUS LOG: adds the results of a run of CTest to the sum, and sets `result` to a text of them.
judge() {
  local preset=$1 everything="$root/build/$2/Testing/Temporary/LastTest.log" status=$3 log=$4 ran=1 lost=1 more=0 worse=0 skipped=0
  if [[ $(grep -E 'tests passed, [0-9]+ tests failed out of [0-9]+' "$log") =~ ([0-9]+)\ tests\ failed\ out\ of\ ([0-9]+) ]]; then
    lost=${BASH_REMATCH[1]}
    ran=${BASH_REMATCH[2]}
    read -r more worse skipped < <(count_cases "$everything")
  fi
  if ((status != 0 && lost == 0)); then lost=1; fi
  passed=$((passed + ran - lost + more))
  failed=$((failed + lost + worse))
  result="$((ran - lost + more)) passed, $((lost + worse)) failed"
  if ((skipped > 0)); then
    result+=", $skipped skipped ($(sed -n 's/^skipped: .*: //p; s/^skipped: \([^:]*\)$/\1/p' "$everything" | sort -u | paste -sd ';'))"
  fi
}

# A preset that does not build counts as one failure, and the next one is tried.
run_preset() {
  local preset=$1 folder=$1 log="$root/build/$1/test.log" start status=0 failed_before=$failed result
  local selection=() environment=() cases=OFF
  if [[ " $with_cases " == *" $preset "* ]]; then cases=ON; fi
  launcher=()
  # Stress differs from checked by one environment variable; what checked built serves for both. It finds nothing where there
  # are no objects or no runtime; test programs leave out some cases of others (support/main.cpp).
  if [[ $preset == stress && $built_checked == true ]]; then
    folder=checked
    selection=(-E '^(base|lock|allocator|kernels|object_graph|fuzz|script|examples|valgrind)(/|$)')
    environment=(env OURO_STRESS=1)
    mkdir -p "$(dirname "$log")"
  fi
  # ThreadSanitizer cannot run under some kernels' address randomization. Test programs already run while building.
  if [[ $preset == tsan ]] && setarch "$(uname -m)" -R true 2> /dev/null; then launcher=(setarch "$(uname -m)" -R); fi
  if [[ $folder == "$preset" ]]; then
    if ! configure "$preset" "-DOURO_TEST_CASES=$cases" "${options[@]}" || ! build "$preset"; then
      failed=$((failed + 1))
      return
    fi
    if [[ $preset == checked ]]; then built_checked=true; fi
  fi
  announce "[$preset] test"
  start=$SECONDS
  "${launcher[@]}" "${environment[@]}" ctest --test-dir "$root/build/$folder" "${selection[@]}" -j "$jobs" --output-on-failure --no-tests=error > "$log" 2>&1 || status=$?
  judge "$preset" "$folder" "$status" "$log"
  finish "[$preset] test" "$start" "$result"
  if ((failed > failed_before)); then
    without_progress "$log" | sed -n '1,400p' >&2
    printf 'The whole log: %s\n' "$log" >&2
  fi
}

needs=(--quiet)
if [[ " ${presets[*]} " == *" clang "* || " ${presets[*]} " == *" fuzz "* ]]; then needs+=(--all); fi
"$root/tools/install_dependencies.sh" "${needs[@]}"
whole="tests: ${presets[*]}"
announce "$whole"
printf '\n' >&2
for preset in "${presets[@]}"; do run_preset "$preset"; done
printf '%s: ' "$whole" >&2
finish "$whole" 0

echo "$passed passed, $failed failed"
((passed > 0 && failed == 0))
