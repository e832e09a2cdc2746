// What a speaker has at hand, for `run --notes`: step by step the caption, the note, and what is asked with its answer;
// as text, or as a page to print.
#pragma once

#include <string>
#include <vector>

#include "raft/explain/explain.h"
#include "raft/walkthrough/player.h"

namespace app {

class Notes {
 public:
  Notes(const raft::explain::Words& words, const raft::walkthrough::Walkthrough& walkthrough);

  /// The questions of a walkthrough that has been played, in the order of asking.
  void add_question(const raft::walkthrough::Asked& asked);

  std::string text() const;
  /// HTML that needs no other file.
  std::string page() const;

 private:
  struct Question {
    std::string text;
    std::vector<std::string> options;
    std::string answer;
  };
  const std::string& of(const raft::walkthrough::Texts& texts) const { return text_in(texts, language_); }

  const raft::explain::Words& words_;
  const raft::walkthrough::Walkthrough& walkthrough_;
  std::string language_;
  std::vector<std::vector<Question>> questions_;  // by step
};

}  // namespace app
