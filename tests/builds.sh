#!/usr/bin/env bash
# Builds what no ctest builds: bash tests/builds.sh [headless] [clang] [imgui] [sanitizers] [FOLDER...]; without a word
# all of them. FOLDER, or RAFTLAB_IMGUI_SOURCE, is the source of a newer Dear ImGui; there may be several. Each part says
# in one line how it went; all that it said is in build/builds. CMAKE_BUILD_PARALLEL_LEVEL is how many jobs may run.
set -uo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
logs=build/builds
mkdir -p "$logs"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export XDG_CONFIG_HOME=$work/config XDG_DATA_HOME=$work/data XDG_STATE_HOME=$work/state
moment=tests/legibility/moments/m01.walk  # one step

parts=()
trees=()
for word in "$@"; do
  case $word in
    headless | clang | imgui | sanitizers) parts+=("$word") ;;
    *)
      [ -f "$word/imgui.h" ] || { echo "builds: '$word' is neither headless, clang, imgui, sanitizers nor a folder with imgui.h" >&2; exit 2; }
      trees+=("$(cd "$word" && pwd)") ;;
  esac
done
[ -z "${RAFTLAB_IMGUI_SOURCE:-}" ] || trees+=("$RAFTLAB_IMGUI_SOURCE")
if [ ${#parts[@]} -eq 0 ]; then
  if [ ${#trees[@]} -gt 0 ]; then parts=(imgui); else parts=(headless clang imgui sanitizers); fi
fi

# build FOLDER TARGETS CMAKE'S ARGUMENTS...
build() {
  local folder=$1 targets=$2
  shift 2
  # shellcheck disable=SC2086  # the targets are words
  cmake "$@" -B "$folder" </dev/null && cmake --build "$folder" --target $targets </dev/null
}

# part NAME FUNCTION ARGUMENTS...: runs the function, which prints its figure on descriptor 3.
failed=0
part() {
  local name=$1 since=$SECONDS
  shift
  if "$@" >"$logs/$name.log" 2>&1 3>"$work/figure"; then
    echo "$name: well, $(cat "$work/figure"), $((SECONDS - since)) s"
  else
    echo "$name: FAILED after $((SECONDS - since)) s; the end of $logs/$name.log:"
    tail -n 30 "$logs/$name.log"
    failed=1
  fi
}

# No window and no X11; and, where EGL is missing too, no OpenGL: then it runs walkthroughs and draws nothing.
headless() {
  build build/headless "raftlab raftlab_tests" --preset headless || return
  build build/bare raftlab --preset headless -DRAFTLAB_TESTS=OFF -DRAFTLAB_EGL_LIBRARY= || return
  local foreign plays status=0
  foreign=$(objdump -p build/headless/raftlab build/bare/raftlab | grep -E 'NEEDED +lib(glfw|X11|GL\.|OpenGL|wayland)')
  foreign+=$(objdump -p build/bare/raftlab | grep -E 'NEEDED +libEGL')
  [ -z "$foreign" ] || { echo "linked: $foreign"; return 1; }
  plays=$(build/bare/raftlab run assets/walkthroughs/*.walk | wc -l)
  [ "$plays" -eq "$(ls assets/walkthroughs/*.walk | wc -l)" ] || { echo "$plays walkthroughs held"; return 1; }
  build/bare/raftlab render $moment -o "$work/bare" 2>"$work/said" || status=$?
  cat "$work/said"
  [ $status -ne 0 ] && [ "$(wc -l <"$work/said")" -eq 1 ] || { echo "render without OpenGL: $status"; return 1; }
  build/headless/raftlab_tests --source-file='*tests/paper/*' || return
  echo -n "neither X11 nor GLFW linked, without EGL $plays walkthroughs held" >&3
}

clang() {
  build build/clang all --preset release -DCMAKE_C_COMPILER=clang -DCMAKE_CXX_COMPILER=clang++ || return
  build/clang/raftlab_tests --source-file='*tests/core/*' || return
  echo -n "all of it with $(clang++ -dumpversion), no warning" >&3
}

# In a window on a display without a screen: it opens, and Ctrl+Q ends it.
opens_and_quits() {
  xvfb-run -n 72 -a -s "-screen 0 1280x800x24 +extension GLX" bash -c '
    "$0" "$1" & window=$!
    timeout 60 xdotool search --sync --onlyvisible --pid $window >/dev/null || exit 1
    for _ in $(seq 60); do
      xdotool mousemove 640 400 key ctrl+q
      sleep 0.5
      kill -0 $window 2>/dev/null || break
    done
    kill $window 2>/dev/null && exit 1
    wait $window' "$1" $moment
}

# What glyphs look like may differ a little from the system's version; how many pixels do is the figure.
newer_imgui() {
  local tree=$1 folder=build/imgui-$2 picture=step-01.png
  build "$folder" raftlab --preset release -DRAFTLAB_TESTS=OFF "-DRAFTLAB_IMGUI_SOURCE=$tree" || return
  build build/release raftlab --preset release || return
  "$folder/raftlab" render $moment -o "$logs/imgui-$2" --size 1280x720 || return
  build/release/raftlab render $moment -o "$logs/imgui-system" --size 1280x720 || return
  opens_and_quits "$folder/raftlab" || { echo "the window did not open, or did not end"; return 1; }
  local differ
  differ=$(compare -metric AE -fuzz 10% "$logs/imgui-$2/$picture" "$logs/imgui-system/$picture" null: 2>&1)
  echo -n "draws, opens, quits; $differ of 921600 pixels are not as in the system's version" >&3
}

imgui() {
  [ ${#trees[@]} -gt 0 ] || echo "imgui: left out; name the folder of a newer Dear ImGui"
  local tree version
  for tree in "${trees[@]}"; do
    version=$(sed -n 's/^#define IMGUI_VERSION *"\([^ "]*\).*/\1/p' "$tree/imgui.h")
    part "imgui-$version" newer_imgui "$tree" "$version"
  done
}

sanitizers() {
  build build/asan all -S . -G Ninja -DCMAKE_BUILD_TYPE=Release "-DCMAKE_CXX_FLAGS_RELEASE=-O1 -g1" -DRAFTLAB_SANITIZE=ON \
    -DRAFTLAB_WERROR=ON -DRAFTLAB_STRICT_TESTS=ON -DCMAKE_UNITY_BUILD=ON -DCMAKE_UNITY_BUILD_BATCH_SIZE=12 || return
  ctest --test-dir build/asan --output-on-failure --no-tests=error --timeout 1500 -E '^(window|hash_everywhere)$' </dev/null || return
  echo -n "$(grep -oE '[0-9]+% tests passed.*' "$logs/sanitizers.log" | tail -n 1)" >&3
}

for name in "${parts[@]}"; do
  if [ "$name" = imgui ]; then imgui; else part "$name" "$name"; fi
done
exit $failed
