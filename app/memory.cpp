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

void Memory::note(const std::string& error) {
  if (unwritten_.empty()) unwritten_ = error;
}

void Memory::write_settings() {
  if (settings_.now == settings_.there) return;
  const std::string error = settings_.file.keep(json_of(settings_.there), json_of(settings_.now));
  if (error.empty()) settings_.there = settings_.now;
  note(error);
}

void Memory::write_progress() {
  if (progress_.now == progress_.there) return;
  const Progress all = merged(progress_.now, progress_.there, progress_from(progress_.file.reread()));
  const std::string error = progress_.file.keep({}, json_of(all));
  if (error.empty()) progress_.there = progress_.now;
  note(error);
}

void Memory::keep(const Settings& settings) {
  if (settings == settings_.now) return;
  settings_.now = settings;
  write_settings();
}

void Memory::keep(const Progress& progress) {
  if (progress == progress_.now) return;
  progress_.now = progress;
  write_progress();
}

void Memory::keep_the_rest() {
  write_settings();
  write_progress();
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
