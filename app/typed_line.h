// What is typed into the palette: a command, a question, or something to run until.
#pragma once

#include <string>

#include "raft/walkthrough/complete.h"

namespace app {

/// A line of the language, told apart by its first word.
struct TypedLine {
  raft::walkthrough::LineKind kind = raft::walkthrough::LineKind::Command;
  std::string prefix;  // "until ", "back until ", "is "
  std::string rest;
  bool question = false;

  bool goes_back() const { return prefix.starts_with("back"); }
};

TypedLine typed_of(const std::string& text);

}  // namespace app
