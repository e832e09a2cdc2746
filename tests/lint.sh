#!/usr/bin/env bash
# Static analysis of our own sources, which has to be silent: bash tests/lint.sh [FILE...]
# clang-tidy as .clang-tidy says, cppcheck as below and for the tests, too. All of it takes half an hour on two cores.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=$root/build/dev  # where every file is compiled by itself
cd "$root"
[ -f "$build/compile_commands.json" ] || cmake --preset dev </dev/null >/dev/null
cmake --build --preset dev --target raftlab_glad </dev/null >/dev/null  # its header is generated
if [ $# -gt 0 ]; then
  files=("$@")
  tests=()
else
  mapfile -t files < <(git ls-files 'raft/*.cpp' 'ui/*.cpp' 'app/*.cpp')
  mapfile -t tests < <(git ls-files 'tests/*.cpp')
fi

# Warnings of g++ that clang does not know are not clang-tidy's concern.
printf '%s\n' "${files[@]}" |
  xargs -P "$(nproc)" -n 4 clang-tidy -p "$build" --quiet --warnings-as-errors='*' --extra-arg=-Wno-unknown-warning-option \
    2> >(grep -vE '^[0-9]+ warnings? (generated|treated)|^Suppressed|^Use -header-filter' >&2)

# What it gets wrong: literals such as 1_s (cppcheckError), tables of names that are macros (unknownMacro), arrays of
# const char* (CastIntegerToAddressAtReturn), what a local pointer points to (returnReference), conditions that are
# `requires` (app_author.cpp), a reference into a vector with room (core_test.cpp). Doctest's macros it has to be told. A
# test need not be fast: it may assign a member after saying what it is about.
judge() {
  cppcheck --quiet --std=c++20 --language=c++ --inline-suppr --error-exitcode=1 --enable=warning,performance,portability \
    --suppress=unmatchedSuppression --suppress=missingIncludeSystem --suppress=unknownMacro --suppress=cppcheckError \
    --suppress=CastIntegerToAddressAtReturn --suppress=returnReference \
    --suppress=identicalConditionAfterEarlyExit:app/app_author.cpp --suppress=constStatement:app/app_author.cpp \
    --suppress=invalidContainerReference:tests/core/core_test.cpp --suppress='useInitializationList:tests/*' \
    -I . -j "$(nproc)" "$@"
}
judge "${files[@]}"
[ ${#tests[@]} -eq 0 ] || judge '-DTEST_CASE(name)=static void test_case()' '-DSUBCASE(name)=if (subcase())' "${tests[@]}"
echo "lint: $((${#files[@]} + ${#tests[@]})) files, nothing to say"
