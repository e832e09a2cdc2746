#!/usr/bin/env bash
# Fuzzes every reader for some time: bash tests/fuzz/fuzz.sh [SECONDS EACH]. What it finds is in build/fuzz/fuzz;
# what is worth keeping goes to tests/fuzz/corpus.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
seconds=${1:-300}
cd "$root"
cmake --preset fuzz </dev/null
readers=(walkthrough play grade words settings progress course)
cmake --build --preset fuzz --target "${readers[@]/#/fuzz_}" </dev/null
for name in "${readers[@]}"; do
  found=build/fuzz/fuzz/$name
  seeds=(tests/fuzz/corpus/$name)
  case $name in
    walkthrough|play) seeds+=(tests/golden/features assets/walkthroughs/puzzles{,/solutions}) ;;
    grade|course) seeds+=(build/fuzz/fuzz-seeds/$name) ;;
  esac
  echo "== $name, $seconds s"
  build/fuzz/fuzz_$name -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 -print_final_stats=1 \
    -max_len=8192 -dict=tests/fuzz/walkthrough.dict -artifact_prefix="build/fuzz/fuzz/$name-" "$found" "${seeds[@]}" 2>&1 |
    grep -vE '^#[0-9]+\s+(NEW|REDUCE|RELOAD|pulse)' | tail -n 12
done
