#!/usr/bin/env bash
# What is installed is complete, and runs from where it was put: bash tests/install.sh BUILD
set -euo pipefail

build=$1
work=$(mktemp -d)
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
fail() { echo "install: $*" >&2; exit 1; }
# Not even a folder that was configured as a whole path is one of this system's.
DESTDIR=$work cmake --install "$build" --prefix /at >"$work/log" 2>&1 || { cat "$work/log"; fail "cmake --install"; }
cd "$work/at"
zsh=$(sed -n 's/^RAFTLAB_ZSH_DIR:[^=]*=//p' "$build/CMakeCache.txt")
[[ $zsh != /* ]] || zsh=$work$zsh
for file in bin/raftlab share/raftlab/assets/text/{en,zh}.toml share/raftlab/assets/walkthroughs/sally.walk \
    share/applications/raftlab.desktop share/mime/packages/raftlab.xml share/metainfo/org.raftlab.raftlab.metainfo.xml \
    share/icons/hicolor/scalable/{apps/raftlab,mimetypes/raftlab-walkthrough}.svg \
    share/icons/hicolor/48x48/{apps/raftlab,mimetypes/raftlab-walkthrough}.png share/man/man1/raftlab.1* \
    share/bash-completion/completions/raftlab share/fish/vendor_completions.d/raftlab.fish "$zsh/_raftlab" \
    share/doc/raftlab/{LICENSE,third-party}; do
  [ -s "$file" ] || fail "$file is missing"
done
for file in share/doc/raftlab/{copyright,changelog.gz} share/zsh/vendor-completions; do
  [ ! -e "$file" ] || [[ $zsh == "$file" ]] || fail "$file is for a .deb only"
done
# Every shipped walkthrough is there, and its folder needs no writing.
chmod -R a-w .
cd /
shipped=$(env -i "$work/at/bin/raftlab" run "$work"/at/share/raftlab/assets/walkthroughs/*.walk | wc -l)
[ "$shipped" -eq "$(ls "$work"/at/share/raftlab/assets/walkthroughs/*.walk | wc -l)" ] || fail "not all walkthroughs held"
[ "$(env -i "$work/at/bin/raftlab" help keys | wc -l)" -gt 10 ] || fail "the texts are not found"
