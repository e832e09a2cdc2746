// What outlives the window: settings and progress, in their files. Says once when something is wrong with these.
#pragma once

#include <optional>
#include <string>

#include "app/kept_json.h"
#include "app/progress.h"
#include "app/settings.h"
#include "raft/explain/explain.h"

namespace app {

class Memory {
 public:
  Memory();

  const Settings& settings() const { return settings_; }
  const Progress& progress() const { return progress_; }

  /// Written only where it differs from what was kept before.
  void keep(const Settings& settings);
  void keep(const Progress& progress);

  /// A sentence about the files, once; "" if all is well or has been said.
  std::string take_trouble(const raft::explain::Words& words);

 private:
  void note(const std::string& error);

  KeptJson settings_file_;
  KeptJson progress_file_;
  Settings settings_;
  Progress progress_;
  std::string unwritten_;       // the line that says why
  bool told_unwritten_ = false;  // and never again
  bool told_found_ = false;
};

}  // namespace app
