#!/usr/bin/env bash
# Builds the object-graph example and the program ouro, and runs both.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../tools/build_steps.sh"

usage() {
  cat <<'TEXT'
usage: examples/run.sh [FILE.json] [ARGUMENT...]

Installs what is missing (as root or with sudo), builds in build/release and runs the example `object_graph` on
FILE.json, by default on examples/data/browser-compat.json, and then the script examples/cycle.py with the program `ouro`.
TEXT
}

case "${1-}" in
  -h | --help) usage; exit 0 ;;
esac
if (($# == 0)); then
  set -- "$root/examples/data/browser-compat.json"
elif [[ $1 != -* && ! -r $1 ]]; then
  echo "examples/run.sh: cannot read $1" >&2
  exit 2
fi

"$root/tools/install_dependencies.sh" --quiet
configure release
programs=(example_object_graph)
if grep -q ouro_program "$root/build/release/build.ninja"; then programs+=(ouro_program); fi # GCC builds it
build release --target "${programs[@]}"
"$root/build/release/examples/object_graph" "$@"
if ((${#programs[@]} > 1)); then
  printf '\n8. A script: ouro --leaks examples/cycle.py\n'
  "$root/build/release/bin/ouro" --leaks "$root/examples/cycle.py" 2>&1 | sed 's/^/  /'
fi
