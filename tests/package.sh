#!/usr/bin/env bash
# Makes the packages twice, compares them, has Debian's judges look at them, and lives through a package's whole life on a
# bare Debian 12: installed, run, removed without a trace. As root, with a network, some minutes:
# bash tests/package.sh [--short] [BUILD FOLDER]. Without root everything but the bare Debian; --short, which a test run
# has the time for, needs neither root nor lintian, and leaves the bare Debian out.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
short=no
[ "${1:-}" != --short ] || { short=yes; shift; }
build=${1:-$root/build/release}
work=$(mktemp -d)
trap 'umount "$work/debian/proc" 2>/dev/null || true; rm -rf --one-file-system "$work"' EXIT
fail() { echo "package: $*" >&2; exit 1; }
say() { echo "== $*"; }
judges=(gzip dpkg-deb dpkg-shlibdeps update-mime-database desktop-file-validate appstreamcli xmllint man)
[ $short = yes ] || judges+=(lintian)
for program in "${judges[@]}"; do
  command -v "$program" >/dev/null && continue
  echo "package: $program is missing: apt-get install dpkg-dev desktop-file-utils appstream libxml2-utils man-db" \
    "shared-mime-info lintian" >&2
  exit 77
done

say "packages"
make_into() { (cd "$build" && cpack -B "$1" >"$work/cpack.log" 2>&1) || { cat "$work/cpack.log"; fail "cpack"; }; }
make_into "$work/packages"
deb=$(echo "$work"/packages/*.deb)
archive=$(echo "$work"/packages/*.tar.gz)
du -h "$deb" "$archive" | sed "s|$work/packages/||"
make_into "$work/again"
for package in "$deb" "$archive"; do
  cmp "$package" "$work/again/$(basename "$package")" || fail "made again it is another one"
done

say "judges"
mkdir "$work/tree" && dpkg-deb -x "$deb" "$work/tree"
usr=$work/tree/usr
! grep -rqF "$root" "$work/tree" || fail "the folder that it was built in is written into it"
if command -v lintian >/dev/null; then
  lintian --allow-root --display-info --fail-on error,warning "$deb" | tee "$work/lintian" || fail "lintian"
  ! grep hardening "$work/lintian" || fail "not as hardened as Debian's programs"
fi
desktop-file-validate "$usr/share/applications/raftlab.desktop" || fail "desktop-file-validate"
appstreamcli validate --no-net "$usr"/share/metainfo/*.xml || fail "appstreamcli"
xmllint --noout "$usr"/share/mime/packages/raftlab.xml || fail "xmllint"
LC_ALL=C.UTF-8 MANWIDTH=80 man --warnings -l "$usr/share/man/man1/raftlab.1.gz" 2>"$work/man" >/dev/null
[ ! -s "$work/man" ] || { cat "$work/man"; fail "man"; }
# What Debian has places and forms of its own for is in its package only, and what others want only in the archive.
mkdir "$work/archive" && tar xzf "$archive" -C "$work/archive" --strip-components=1
share=$work/archive/share
for file in "$usr"/share/{doc/raftlab/{copyright,changelog.gz},zsh/vendor-completions/_raftlab} \
    "$share"/{doc/raftlab/{LICENSE,third-party},zsh/site-functions/_raftlab}; do
  [ -s "$file" ] || fail "$file is missing"
done
for file in "$usr"/share/{doc/raftlab/{LICENSE,third-party},zsh/site-functions} \
    "$share"/{doc/raftlab/{copyright,changelog.gz},zsh/vendor-completions}; do
  [ ! -e "$file" ] || fail "$file is in the wrong package"
done
bash -n "$usr/share/bash-completion/completions/raftlab"
! command -v zsh >/dev/null || zsh -n "$usr"/share/zsh/*/_raftlab
! command -v fish >/dev/null || fish -n "$usr"/share/fish/vendor_completions.d/raftlab.fish

say "the type of a .walk file"
mkdir -p "$work/mime" && cp -r "$usr/share/mime/packages" "$work/mime/" && update-mime-database "$work/mime" >"$work/log" 2>&1
grep -q 'text/x-raftlab-walkthrough:\*\.walk' "$work/mime/globs2" || fail "*.walk has no type"
grep -q 'MimeType=text/x-raftlab-walkthrough;' "$usr/share/applications/raftlab.desktop" || fail "nobody opens it"

say "the archive, from a folder that cannot be written"
chmod -R a-w "$work/archive"
(cd / && env -i "$work/archive/bin/raftlab" run "$work/archive/share/raftlab/assets/walkthroughs/sally.walk") || fail "archive"
chmod -R u+w "$work/archive"

[ $short = no ] || { echo "package: well, and the same when it is made again"; exit 0; }
[ "$(id -u)" -eq 0 ] || { echo "package: the bare Debian needs root; everything else is well"; exit 0; }
command -v debootstrap >/dev/null || fail "debootstrap is missing: apt-get install debootstrap"
say "a bare Debian 12"
debian=$work/debian
debootstrap --variant=minbase bookworm "$debian" >"$work/debootstrap.log" 2>&1 ||
  { tail "$work/debootstrap.log"; fail "debootstrap"; }
mount -t proc proc "$debian/proc"  # as every running Debian has
inside() { env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive chroot "$debian" "$@"; }
all_files() { (cd "$debian" && find . -xdev \( -path ./var/lib/apt -o -path ./var/cache -o -path ./var/log \) -prune -o -print | sort); }
cp "$deb" "$debian/raftlab.deb"
# What it depends on comes first, so that what is compared is raftlab alone.
depends=$(dpkg-deb -f "$deb" Depends | sed 's/([^)]*)//g; s/,/ /g')
inside apt-get -q -y --no-install-recommends install $depends >"$work/apt.log" 2>&1 || { tail "$work/apt.log"; fail "depends"; }
all_files >"$work/before"
inside apt-get -q -y --no-install-recommends install /raftlab.deb >"$work/apt.log" 2>&1 || { tail "$work/apt.log"; fail "install"; }
inside raftlab --version
inside sh -c 'raftlab run /usr/share/raftlab/assets/walkthroughs/*.walk' >"$work/runs" || { cat "$work/runs"; fail "run"; }
echo "$(wc -l <"$work/runs") walkthroughs held"
inside env LC_ALL=zh_CN.UTF-8 raftlab run /usr/share/raftlab/assets/walkthroughs/sally.walk --transcript zh >"$work/zh" || fail "zh"
grep -q 任期 "$work/zh" || fail "zh"
status=0; inside raftlab >"$work/window" 2>&1 || status=$?
[ $status -eq 3 ] && [ "$(wc -l <"$work/window")" -eq 1 ] || { cat "$work/window"; fail "without a display: $status"; }
inside apt-get -q -y purge raftlab >"$work/apt.log" 2>&1 || { tail "$work/apt.log"; fail "purge"; }
all_files >"$work/after"
diff "$work/before" "$work/after" || fail "something is left behind"
say "installed, run, removed without a trace"
