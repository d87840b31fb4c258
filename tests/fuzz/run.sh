#!/usr/bin/env bash
# Runs a fuzzer for a while, beginning with the corpus of the tree; what it finds new stays in FOLDER.
set -euo pipefail

if (($# != 3)); then
  echo "usage: tests/fuzz/run.sh FUZZER CORPUS FOLDER      OURO_FUZZ_SECONDS (60) says how long, OURO_FUZZ_SEED (1) which way" >&2
  exit 2
fi
fuzzer=$1 corpus=$2 folder=$3
mkdir -p "$folder/found" "$folder/crashes"
if "$fuzzer" -max_total_time="${OURO_FUZZ_SECONDS:-60}" -seed="${OURO_FUZZ_SEED:-1}" -timeout=60 -rss_limit_mb=4096 -max_len=1024 -print_final_stats=1 \
  -artifact_prefix="$folder/crashes/" "$folder/found" "$corpus" > "$folder/log" 2>&1; then
  tail -n 12 "$folder/log"
  exit 0
fi
grep -v '^#[0-9]' "$folder/log" | tail -n 80
echo "The whole log: $folder/log"
input=$(sed -n 's/.*Test unit written to //p' "$folder/log" | tail -n 1)
if [[ -n $input ]]; then echo "Again: $fuzzer $input"; fi
exit 1
