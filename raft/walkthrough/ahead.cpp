// Answers to questions, found by letting a copy of the run go on.
#include "raft/walkthrough/ahead.h"

#include <algorithm>

#include "raft/walkthrough/evaluate.h"

namespace raft::walkthrough {

namespace {

/// Calls `look` now, after every event, and at the limit, until it says that it has seen enough.
template <typename Look>
void run_ahead(const Facts& now, sim::Time limit, Look look) {
  sim::World world = now.world;
  Story story = now.story;
  check::Oracles oracles = now.oracles;
  check::History history = now.history;
  check::LinearizabilityChecker linearizability;
  const auto at = [&](sim::Time clock) { return Facts{world, clock, story, oracles, history, linearizability}; };
  sim::Event event;
  const sim::Time end = now.clock + limit;
  if (look(at(now.clock))) return;
  while (sim::upcoming(world).at <= end && sim::advance(world, event)) {
    story.observe(world, event);
    oracles.observe(world, event);
    history.observe(world, event);
    if (look(at(std::max(world.now, now.clock)))) return;
  }
  look(at(end));
}

}  // namespace

Asked look_ahead(const Question& question, const Facts& now) {
  Asked asked;
  asked.question = &question;
  switch (question.kind) {
    case Question::Kind::YesNo:
      run_ahead(now, question.within, [&](const Facts& facts) {
        asked.yes = holds(question.condition, facts);
        return asked.yes;
      });
      break;
    case Question::Kind::Which:
      run_ahead(now, question.within, [&](const Facts& facts) {
        asked.nodes = nodes_for_which(question.condition, facts);
        return !asked.nodes.empty();
      });
      break;
    case Question::Kind::Options:
      for (std::size_t i = 0; i < question.options.size(); ++i) {
        const Option& option = question.options[i];
        run_ahead(now, option.within, [&](const Facts& facts) {
          const bool true_now = holds(option.condition, facts);
          if (true_now) asked.options.push_back(i);
          return true_now;
        });
      }
      break;
  }
  return asked;
}

}  // namespace raft::walkthrough
