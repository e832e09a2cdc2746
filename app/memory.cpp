// The two files, and the sentences about them.
#include "app/memory.h"

namespace app {

namespace {

template <typename Part, typename From>
Part read_part(const std::string& path, const From& from) {
  KeptJson file(path);
  const auto found = from(file.content());
  return {std::move(file), found, found};
}

}  // namespace

Memory::Memory()
    : settings_(read_part<Part<Settings>>(settings_path(), settings_from)),
      progress_(read_part<Part<Progress>>(progress_path(), progress_from)) {}

template <typename T>
void Memory::write(Part<T>& part) {
  if (part.now == part.there) return;
  const std::string error = part.file.keep(json_of(part.there), json_of(part.now));
  if (error.empty()) part.there = part.now;
  if (unwritten_.empty()) unwritten_ = error;
}

void Memory::keep(const Settings& settings) {
  if (settings == settings_.now) return;
  settings_.now = settings;
  write(settings_);
}

void Memory::keep(const Progress& progress) {
  if (progress == progress_.now) return;
  progress_.now = progress;
  write(progress_);
}

void Memory::keep_the_rest() {
  write(settings_);
  write(progress_);
}

std::string Memory::take_trouble(const raft::explain::Words& words) {
  if (!told_found_) {
    told_found_ = true;
    for (const KeptJson* file : {&settings_.file, &progress_.file}) {
      if (file->found() == KeptJson::Found::Broken) return words.fill("memory.broken", {{"file", file->path()}});
      if (file->found() == KeptJson::Found::Newer) return words.fill("memory.newer", {{"file", file->path()}});
    }
  }
  if (told_unwritten_ || unwritten_.empty()) return "";
  told_unwritten_ = true;
  return words.fill("memory.unwritten", {{"why", unwritten_}});
}

}  // namespace app
