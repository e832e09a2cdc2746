// What the window shows of a walkthrough that is being written: texts in both languages, lines of the language, what
// could be added here. Made by the app for every frame.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "raft/core/types.h"

namespace ui {

/// The lists of suggestions.
enum class AuthorList { None, Waits, Expectations, Questions };

struct AuthorView {
  /// Between the lines of a statement that is shown and edited as one: it cannot stand in a text, where a backslash is doubled.
  static constexpr const char* line_break = " \\ ";
  struct Step {
    std::string name;
    std::string caption;  // in the language of the window
    bool expects = false;
    bool asks = false;
    bool hidden = false;
    bool failed = false;
  };
  std::vector<Step> steps;
  int current = 0;  // its fields are shown

  struct Texts {
    std::string en;
    std::string zh;
  };
  Texts title;
  Texts about;
  // of the current step
  Texts say;
  Texts note;
  std::string pace;  // "1/20"; "" for none
  raft::NodeSet focus;
  bool hidden = false;
  struct Statement {
    std::size_t index = 0;
    std::string text;  // a question has several lines
    bool next = false;  // what is added now stands before it
  };
  std::vector<Statement> statements;
  bool next_at_end = true;  // or after the last of them
  std::optional<std::size_t> failed_statement;

  std::string failure;  // what does not hold, a sentence; "" if everything does
  std::string refused;  // why the last edit was not done
  bool can_undo = false;
  bool can_redo = false;
  bool unsaved = false;
  std::string path;  // where it is saved
  std::string text;  // the whole file
  bool draft_found = false;  // an older one that was never saved

  AuthorList list = AuthorList::None;
  struct Suggestion {
    std::string label;
    std::string detail;  // quiet: the answer to a question
    std::string statements;
  };
  std::vector<Suggestion> suggestions;
};

}  // namespace ui
