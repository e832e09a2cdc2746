#!/usr/bin/env bash
# Installs what is missing, builds and opens the window: bash app/run.sh [FILE].
# Without a display it plays FILE, or the default walkthrough, as text.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build="$root/build/release"
log="$root/build/run.log"

bash "$root/third_party/bootstrap.sh"

mkdir -p "$root/build"
[ -x "$build/raftlab" ] || echo "raftlab: building (a minute or two, the first time only)"
build_quietly() {
  (cd "$root" && cmake --preset release && cmake --build --preset release --target raftlab) \
    >"$log" 2>&1 </dev/null
}
if ! build_quietly; then
  tail -n 60 "$log" >&2
  echo "raftlab: the build failed; all of it is in $log" >&2
  exit 3
fi

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  exec "$build/raftlab" "$@"
fi

case "${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}" in
  zh*) language=zh ;;
  *) language=en ;;
esac
[ $# -gt 0 ] || set -- "$root/assets/walkthroughs/normal_election.walk"
echo "raftlab: there is no display, so the walkthrough is played as text"
exec "$build/raftlab" run "$@" --transcript "$language"
