#!/usr/bin/env bash
# Installs the packages that building, running and testing need; does nothing when they are all there.
# Only Debian and its children: elsewhere it names the packages and stops.
set -euo pipefail

packages=(
  # to build
  g++ cmake ninja-build pkg-config python3 python3-glad
  libimgui-dev libglfw3-dev libstb-dev libfmt-dev libcli11-dev libtomlplusplus-dev
  nlohmann-json3-dev libfontconfig-dev libegl-dev libgl-dev
  # to run
  libgl1 libegl1 libgl1-mesa-dri fonts-inter fonts-jetbrains-mono fonts-noto-cjk fonts-font-awesome ffmpeg
  # to test: doctest; a second compiler, which must give the same hashes, and its
  # sanitizers and libFuzzer; a window without a screen, and who drops files on it
  doctest-dev libbenchmark-dev clang libclang-rt-14-dev xvfb xauth xdotool libx11-dev imagemagick cppcheck clang-tidy
  # to make the packages and to have them judged
  dpkg-dev file desktop-file-utils appstream libxml2-utils man-db shared-mime-info
)

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
  echo "raftlab: this is not Debian; install what these packages contain: ${packages[*]}" >&2
  exit 3
fi

installed=$(dpkg-query -W -f '${Package} ${db:Status-Status}\n' "${packages[@]}" 2>/dev/null || true)
missing=()
for package in "${packages[@]}"; do
  grep -qxF "$package installed" <<<"$installed" || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null; then
    echo "raftlab: as root, run: apt-get install --no-install-recommends ${missing[*]}" >&2
    exit 3
  fi
  as_root=(sudo)
fi

echo "raftlab: installing ${missing[*]}"
apt() {
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y "$@" </dev/null
}
lists_are_there() { compgen -G '/var/lib/apt/lists/*_Packages*' >/dev/null; }

updated=no
if ! lists_are_there; then
  apt update
  updated=yes
fi
if ! apt install --no-install-recommends "${missing[@]}"; then
  # Old lists name versions that the mirror no longer has.
  if [ "$updated" = yes ] || ! apt update ||
      ! apt install --no-install-recommends "${missing[@]}"; then
    echo "raftlab: could not install ${missing[*]}" >&2
    exit 3
  fi
fi
