// Answers to questions, found by letting a copy of the run go on.
#include "raft/walkthrough/ahead.h"

#include <algorithm>

#include "raft/walkthrough/evaluate.h"

namespace raft::walkthrough {

namespace {

/// Calls `look` now, after every event, and at the limit, until it says that it has seen enough.
template <typename Look>
void run_ahead(const sim::Timeline& timeline, Story story, check::Safety safety, sim::Time limit, Look look) {
  sim::World world = timeline.world();
  sim::Event event;
  const sim::Time end = timeline.clock() + limit;
  if (look(Facts{world, timeline.clock(), story, safety})) return;
  while (sim::upcoming(world).at <= end && sim::advance(world, event)) {
    story.observe(world, event);
    safety.observe(world, event);
    if (look(Facts{world, std::max(world.now, timeline.clock()), story, safety})) return;
  }
  look(Facts{world, end, story, safety});
}

}  // namespace

Asked look_ahead(const Question& question, const sim::Timeline& timeline, const Story& story,
                 const check::Safety& safety) {
  Asked asked;
  asked.question = &question;
  switch (question.kind) {
    case Question::Kind::YesNo:
      run_ahead(timeline, story, safety, question.within, [&](const Facts& facts) {
        asked.yes = holds(question.condition, facts);
        return asked.yes;
      });
      break;
    case Question::Kind::Which:
      run_ahead(timeline, story, safety, question.within, [&](const Facts& facts) {
        asked.nodes = nodes_for_which(question.condition, facts);
        return !asked.nodes.empty();
      });
      break;
    case Question::Kind::Options:
      for (std::size_t i = 0; i < question.options.size(); ++i) {
        const Option& option = question.options[i];
        run_ahead(timeline, story, safety, option.within, [&](const Facts& facts) {
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
