#!/usr/bin/env bash
# Static analysis of our own sources, which has to be silent: bash tests/lint.sh [FILE...]
# clang-tidy as .clang-tidy says, cppcheck as below. All of it takes half an hour on two cores.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=$root/build/dev  # where every file is compiled by itself
cd "$root"
[ -f "$build/compile_commands.json" ] || cmake --preset dev </dev/null >/dev/null
cmake --build --preset dev --target raftlab_glad </dev/null >/dev/null  # its header is generated
if [ $# -gt 0 ]; then files=("$@"); else mapfile -t files < <(git ls-files 'raft/*.cpp' 'ui/*.cpp' 'app/*.cpp'); fi

# Warnings of g++ that clang does not know are not clang-tidy's concern.
printf '%s\n' "${files[@]}" |
  xargs -P "$(nproc)" -n 4 clang-tidy -p "$build" --quiet --warnings-as-errors='*' --extra-arg=-Wno-unknown-warning-option \
    2> >(grep -vE '^[0-9]+ warnings? (generated|treated)|^Suppressed|^Use -header-filter' >&2)

# What it gets wrong: literals such as 1_s (cppcheckError), tables of names that are macros (unknownMacro), arrays of
# const char* (CastIntegerToAddressAtReturn), what a local pointer points to (returnReference), conditions that are
# `requires` (app_author.cpp).
cppcheck --quiet --std=c++20 --language=c++ --inline-suppr --error-exitcode=1 --enable=warning,performance,portability \
  --suppress=unmatchedSuppression --suppress=missingIncludeSystem --suppress=unknownMacro --suppress=cppcheckError \
  --suppress=CastIntegerToAddressAtReturn --suppress=returnReference \
  --suppress=identicalConditionAfterEarlyExit:app/app_author.cpp --suppress=constStatement:app/app_author.cpp -I . -j "$(nproc)" "${files[@]}"
echo "lint: ${#files[@]} files, nothing to say"
