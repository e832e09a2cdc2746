// Answers to questions, found by letting a copy of the run go on.
#include "raft/walkthrough/ahead.h"

#include "raft/walkthrough/evaluate.h"

namespace raft::walkthrough {

std::optional<Asked> look_ahead(const Question& question, const Facts& now) {
  Asked asked;
  bool known = true;
  asked.question = &question;
  switch (question.kind) {
    case Question::Kind::YesNo:
      known = run_ahead(now, question.within, [&](const Facts& facts) {
        asked.yes = holds(question.condition, facts);
        return asked.yes;
      });
      break;
    case Question::Kind::Which:
      known = run_ahead(now, question.within, [&](const Facts& facts) {
        asked.nodes = nodes_for_which(question.condition, facts);
        return !asked.nodes.empty();
      });
      break;
    case Question::Kind::Options:
      for (std::size_t i = 0; i < question.options.size(); ++i) {
        const Option& option = question.options[i];
        known = known && run_ahead(now, option.within, [&](const Facts& facts) {
          const bool true_now = holds(option.condition, facts);
          if (true_now) asked.options.push_back(i);
          return true_now;
        });
      }
      break;
  }
  return known ? std::optional(asked) : std::nullopt;
}

}  // namespace raft::walkthrough
