// The file dialog behind its picture: lists folders, and finds out which file was meant. What is then done with the
// file, App decides.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "raft/explain/explain.h"
#include "ui/file_dialog.h"

namespace app {

class FileDialog {
 public:
  /// In the folder where the dialog was last, at first in the current one. `recent` are paths, the latest first.
  void open(ui::FilePurpose purpose, const std::string& suggested_name, const std::vector<std::string>& recent);
  void close() { open_ = false; }
  bool is_open() const { return open_; }
  ui::FilePurpose purpose() const { return view_.purpose; }

  void go_to(const std::string& folder);
  /// The path of the file that was meant; nullopt if the person is asked something, sees an error, or has gone to
  /// another folder.
  std::optional<std::string> choose(const std::string& name, bool replace);
  /// What went wrong with the file that was chosen; one line.
  void say(const std::string& error);

  /// All that it may show besides the words; fonts are built from it.
  std::string characters() const;
  /// With its sentences in that language.
  const ui::FileDialogView& view(const raft::explain::Words& words);

 private:
  enum class Trouble { None, Missing, NoPermission, NotAFolder, Unreadable, NoSuchFile, NoName };
  void list();
  std::string path_of(const std::string& name) const;

  bool open_ = false;
  Trouble trouble_ = Trouble::None;
  std::string troubled_;  // what it is about
  std::string said_;
  ui::FileDialogView view_;
};

}  // namespace app
