#!/usr/bin/env bash
# Static analysis of our own sources, which has to be silent: bash tests/lint.sh [--short | FILE...]
# clang-tidy as .clang-tidy says, cppcheck as below and for the tests, too; every header of raft/ compiles by itself, with
# more warnings than ours; every script can be read. All of it takes half an hour on two cores. --short is what a test run
# has the time for: raft/core, with clang-tidy on one of its files.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=$root/build/dev  # where every file is compiled by itself
jobs=$(nproc)
cd "$root"
for program in cppcheck clang-tidy g++; do
  command -v $program >/dev/null || { echo "lint: $program is missing: apt-get install cppcheck clang-tidy g++" >&2; exit 77; }
done

# Warnings of g++ that clang does not know are not clang-tidy's concern.
tidy() {
  clang-tidy --quiet --warnings-as-errors='*' --extra-arg=-Wno-unknown-warning-option "$@" \
    2> >(grep -vE '^[0-9]+ warnings? (generated|treated)|^Suppressed|^Use -header-filter' >&2)
}

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
    -I . -j "$jobs" "$@"
}

# A program of somebody else that includes a header of raft/ first, with other warnings than we have.
compile_alone() {
  printf '%s\n' "$@" | xargs -P "$jobs" -I '{}' g++ -std=c++20 -fsyntax-only -Wall -Wextra -Wpedantic -Wconversion \
    -Wsign-conversion -Wshadow -Wold-style-cast -Wnon-virtual-dtor -Werror -I . -x c++ -include '{}' /dev/null
}

tests=()
headers=()
case ${1:-} in
  --short)
    jobs=1
    mapfile -t files < <(ls raft/core/*.cpp)
    mapfile -t headers < <(ls raft/core/*.h)
    tidy raft/core/step.cpp -- -std=c++20 -I . ;;
  *)
    [ -f "$build/compile_commands.json" ] || cmake --preset dev </dev/null >/dev/null
    cmake --build --preset dev --target raftlab_glad </dev/null >/dev/null  # its header is generated
    if [ $# -gt 0 ]; then
      files=("$@")
    else
      mapfile -t files < <(git ls-files 'raft/*.cpp' 'ui/*.cpp' 'app/*.cpp')
      mapfile -t tests < <(git ls-files 'tests/*.cpp')
      mapfile -t headers < <(git ls-files 'raft/*.h')
    fi
    export -f tidy
    # shellcheck disable=SC2016  # it is the inner shell that knows its words
    printf '%s\n' "${files[@]}" | xargs -P "$jobs" -n 4 bash -c 'tidy -p "$0" "$@"' "$build" ;;
esac
judge "${files[@]}"
[ ${#tests[@]} -eq 0 ] || judge '-DTEST_CASE(name)=static void test_case()' '-DSUBCASE(name)=if (subcase())' "${tests[@]}"
[ ${#headers[@]} -eq 0 ] || compile_alone "${headers[@]}"
mapfile -t scripts < <(find tests app third_party -name '*.sh')
for script in "${scripts[@]}"; do bash -n "$script"; done
echo "lint: $((${#files[@]} + ${#tests[@]})) files, ${#headers[@]} headers, ${#scripts[@]} scripts, nothing to say"
