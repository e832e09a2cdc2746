// A line for the reader: where something is wrong, what, and what would be right.
#pragma once

#include <string>

namespace raft::walkthrough {

/// Where a thing was written; line 0: no place in the file. Columns count characters, from 1.
struct Place {
  int line = 0;
  int column = 0;
};

struct Diagnostic {
  std::string file;
  int line = 0;    // 0: no place in the file
  int column = 0;  // in characters, from 1
  std::string text;
  /// FILE:LINE:COLUMN: text, or FILE: text
  std::string message() const {
    if (line == 0) return file + ": " + text;
    return file + ":" + std::to_string(line) + ":" + std::to_string(column) + ": " + text;
  }
};

}  // namespace raft::walkthrough
