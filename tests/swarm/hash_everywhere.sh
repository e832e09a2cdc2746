#!/usr/bin/env bash
# The same run gives the same hash with every compiler and at every level of optimisation:
#   hash_everywhere.sh SOURCE_DIR BUILD_DIR
# Builds hash_of_runs.cpp with g++ (or $CXX) and clang++, -O0 and -O3, and compares the output. Where one is missing, 77
# after the other has been tried.
set -euo pipefail

source_dir=$1
out=$2/hash_everywhere
mkdir -p "$out"
cd "$source_dir"

# One translation unit: a quarter of the time of building file by file. The trace, and what compares its lines, are
# not needed and want JSON.
{
  for file in raft/core/*.cpp raft/sim/*.cpp raft/check/*.cpp raft/search/{chaos,chaos_parts,seed_plan}.cpp; do
    case $file in raft/sim/trace.cpp | raft/check/first_difference.cpp) ;; *) echo "#include \"$file\"" ;; esac
  done
  echo '#include "tests/swarm/hash_of_runs.cpp"'
} >"$out/all.cpp.new"
cmp -s "$out/all.cpp.new" "$out/all.cpp" || cp "$out/all.cpp.new" "$out/all.cpp"

ccache=
command -v ccache >/dev/null && ccache=ccache

builds=0
missing=
for compiler in "${CXX:-g++}" clang++; do
  read -ra call <<<"$compiler"  # $CXX may have options
  command -v "${call[0]}" >/dev/null || { missing="hash_everywhere: $compiler is missing"; continue; }
  [[ ${call[0]} == *ccache ]] || call=($ccache "${call[@]}")
  for level in -O0 -O3; do
    name=${compiler//[^[:alnum:]+.-]/_}$level
    "${call[@]}" -std=c++20 "$level" -I. -c "$out/all.cpp" -o "$out/$name.o"
    "${call[@]}" "$out/$name.o" -o "$out/$name"
    "$out/$name" >"$out/$name.txt"
    if [ ! -s "$out/$name.txt" ]; then
      echo "$name printed nothing" >&2
      exit 1
    fi
    if [ "$builds" -gt 0 ] && ! cmp -s "$out/$first.txt" "$out/$name.txt"; then
      echo "$first and $name play different runs:" >&2
      diff "$out/$first.txt" "$out/$name.txt" >&2 || true
      exit 1
    fi
    [ "$builds" -gt 0 ] || first=$name
    builds=$((builds + 1))
  done
done
[ "$builds" -eq 0 ] || echo "the same $(wc -l <"$out/$first.txt") hashes from $builds builds"
[ -z "$missing" ] || { echo "$missing" >&2; exit 77; }
