#!/usr/bin/env bash
# Which lines of raft/ the tests run: bash tests/coverage.sh. Prints a figure for each folder and for all of it, and the
# lines that nobody ran and coverage.txt does not explain; fails if there are any, and below 95 %.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=$root/build/coverage
cd "$root"
cmake -S . -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Debug -DRAFTLAB_WERROR=ON -DRAFTLAB_STRICT_TESTS=ON \
  -DCMAKE_UNITY_BUILD=ON -DCMAKE_UNITY_BUILD_BATCH_SIZE=12 \
  -DCMAKE_CXX_FLAGS="-O1 --coverage -fprofile-abs-path" </dev/null >/dev/null
cmake --build "$build" --target raftlab raftlab_tests </dev/null >/dev/null
find "$build" -name '*.gcda' -delete
(cd "$build" && ctest --output-on-failure -E '^(window|hash_everywhere|app|lint|package|bench)$' </dev/null)
# Where the disk is full, the counters themselves cannot be written.
(cd "$build" && ./raftlab_tests --source-file='*tests/app/*' --source-file-exclude='*hardening_test*' </dev/null)
python3 tests/coverage.py "$build" "$root"
