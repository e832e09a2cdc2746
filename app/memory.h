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

  const Settings& settings() const { return settings_.now; }
  const Progress& progress() const { return progress_.now; }

  /// Written when it is another than the last one.
  void keep(const Settings& settings);
  void keep(const Progress& progress);
  /// What could not be written then is tried again.
  void keep_the_rest();

  /// A sentence about the files, once; "" if all is well or has been said.
  std::string take_trouble(const raft::explain::Words& words);

 private:
  template <typename T>
  struct Part {
    KeptJson file;
    T now;
    T there;  // as it was read or written last
  };
  void write_settings();
  void write_progress();
  void note(const std::string& error);

  Part<Settings> settings_;
  Part<Progress> progress_;
  std::string unwritten_;       // the line that says why
  bool told_unwritten_ = false;  // and never again
  bool told_found_ = false;
};

}  // namespace app
