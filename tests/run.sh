#!/usr/bin/env bash
# Installs what is missing, builds everything and runs every test: bash tests/run.sh [ctest's arguments].
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build="$root/build/release"

bash "$root/third_party/bootstrap.sh"
cd "$root"
cmake --preset release </dev/null
cmake --build --preset release </dev/null
exec ctest --test-dir "$build" --output-on-failure --no-tests=error -j2 "$@" </dev/null
