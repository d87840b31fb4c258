#!/usr/bin/env bash
# Builds the object-graph example and runs it.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../tools/build_steps.sh"

usage() {
  cat <<'TEXT'
usage: examples/run.sh [FILE.json] [ARGUMENT...]

Installs what is missing (as root or with sudo), builds the example `object_graph` in build/release
and runs it on FILE.json, by default on examples/data/browser-compat.json.
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
build release --target example_object_graph
exec "$root/build/release/examples/object_graph" "$@"
