// The two files, and the sentences about them.
#include "app/memory.h"

namespace app {

Memory::Memory()
    : settings_file_(settings_path()),
      progress_file_(progress_path()),
      settings_(settings_from(settings_file_.content())),
      progress_(progress_from(progress_file_.content())) {}

void Memory::note(const std::string& error) {
  if (unwritten_.empty()) unwritten_ = error;
}

void Memory::keep(const Settings& settings) {
  if (settings == settings_) return;
  settings_ = settings;
  note(settings_file_.keep(json_of(settings)));
}

void Memory::keep(const Progress& progress) {
  if (progress == progress_) return;
  progress_ = progress;
  note(progress_file_.keep(json_of(progress)));
}

std::string Memory::take_trouble(const raft::explain::Words& words) {
  if (!told_found_) {
    told_found_ = true;
    for (const KeptJson* file : {&settings_file_, &progress_file_}) {
      if (file->found() == KeptJson::Found::Broken) return words.fill("memory.broken", {{"file", file->path()}});
      if (file->found() == KeptJson::Found::Newer) return words.fill("memory.newer", {{"file", file->path()}});
    }
  }
  if (told_unwritten_ || unwritten_.empty()) return "";
  told_unwritten_ = true;
  return words.fill("memory.unwritten", {{"why", unwritten_}});
}

}  // namespace app
