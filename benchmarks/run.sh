#!/usr/bin/env bash
# Builds the benchmarks and runs them.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../tools/build_steps.sh"

usage() {
  cat <<'TEXT'
usage: benchmarks/run.sh [--quick] [--only REGEX] [--json FILE]

Installs what is missing (as root or with sudo), builds `ouro_benchmarks` in build/release and runs
it. A peer that cannot be installed is left out of the comparison.

  --quick       fewer repetitions: a look, not a measurement
  --only REGEX  only benchmarks whose name matches
  --json FILE   also write the results to FILE
TEXT
}

for argument in "$@"; do
  case "$argument" in
    -h | --help) usage; exit 0 ;;
  esac
done

"$root/tools/install_dependencies.sh" --bench --quiet || "$root/tools/install_dependencies.sh" --quiet
configure release
build release --target ouro_benchmarks
exec "$root/build/release/benchmarks/ouro_benchmarks" "$@"
