#!/usr/bin/env bash
# Draws the moments into pictures/, each as questions.txt says, in 128 colours. Usage: tests/legibility/draw.sh [PROGRAM]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
program=${1:-$here/../../build/release/raftlab}
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
mkdir -p "$here/pictures"
colours='split[a][b];[a]palettegen=max_colors=128:stats_mode=single[p];[b][p]paletteuse=dither=none'
while read -r name language theme size; do
  "$program" render "$here/moments/$name.walk" -o "$folder/$name" --lang "$language" --theme "$theme" --size "$size" >/dev/null
  ffmpeg -v error -y -i "$folder/$name"/step-*.png -vf "$colours" "$here/pictures/$name.png" </dev/null
done < <(grep -E '^m[0-9]+ ' "$here/questions.txt")
