// What the file dialog is shown: a folder as the app has listed it. The UI never looks at a file itself.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "ui/scroll_state.h"

namespace ui {

enum class FilePurpose : std::uint8_t { Open, SaveAs };

struct FileRow {
  std::string name;
  bool is_folder = false;
  std::int64_t bytes = 0;
  std::string changed = {};  // "2026-11-28 19:40"
};

/// A folder or a file that one press leads to.
struct FilePlace {
  std::string name;
  std::string path;
};

struct FileDialogView {
  FilePurpose purpose = FilePurpose::Open;
  std::string folder;                    // from the root
  std::vector<FileRow> rows;             // folders first; what is hidden or no walkthrough is left out
  std::vector<FilePlace> folders;        // of the person, and that of the program's own walkthroughs
  std::vector<FilePlace> recent;         // files, the latest first
  std::string suggested_name;            // SaveAs: what stands in the field at first
  std::string error;                     // a sentence; "" for none
  std::string replaces;                  // the name of the file that would be lost: the person is asked; "" for none
  int opened = 0;                        // tells one opening of the dialog from the next
};

/// What the dialog remembers between frames.
struct FileDialogState {
  int opened = 0;                    // of which opening all this is
  std::string folder;                // of which folder the rest is
  std::array<char, 512> text{};      // what is typed: a part of a name, or a path
  int field = 0;                     // counts up when the text was not typed: Dear ImGui's field keeps its own copy
  int chosen = -1;                   // row
  ScrollState scroll{.at_end = false};
};

}  // namespace ui
