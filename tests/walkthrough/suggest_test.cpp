// What is offered to an author is so: expectations hold, and waits stop exactly where they were asked for.
#include "raft/walkthrough/suggest.h"

#include <algorithm>

#include "raft/walkthrough/evaluate.h"
#include "raft/walkthrough/typed_condition.h"
#include "tests/walkthrough/play.h"

namespace {

using namespace raft::walkthrough;

const std::string four = "walkthrough 1\ncluster A B C D\nseed 390\nstep \"s\"\n";

std::vector<std::string> waits_from(const Player& player, std::int64_t events) {
  raft::sim::Timeline later = player.timeline();
  for (std::int64_t i = 0; i < events; ++i) later.step();
  return waits(player.facts(), later.place());
}

Player at_end_of(const std::string& text) {
  Player player = walkthrough_test::player_of(text);
  const int last = static_cast<int>(player.walkthrough().steps.size()) - 1;
  REQUIRE(player.play_to_end_of_step(last));
  return player;
}

bool has(const std::vector<std::string>& lines, const std::string& line) {
  return std::find(lines.begin(), lines.end(), line) != lines.end();
}

/// How many events it takes until the condition holds.
std::int64_t events_until(const std::string& text, const std::string& wait) {
  return at_end_of(text + wait + "\n").timeline().position() - at_end_of(text).timeline().position();
}

}  // namespace

TEST_CASE("a pause is a fact: the moments of an election, in the words of a teacher") {
  const std::string both = "until role A = candidate and role B = candidate within 1s";
  CHECK(waits_from(at_end_of(four), events_until(four, both)).at(1) == both);
  CHECK(waits_from(at_end_of(four), events_until(four, "until role A = candidate within 1s")).front() ==
        "until role A = candidate within 1s");
  const std::string split = four + "until role A = candidate and role B = candidate within 1s\n"
                                   "do deliver RequestVote A -> C\ndo deliver RequestVote B -> D\n";
  const auto votes = waits_from(at_end_of(split), events_until(split, "until votes A = 2 and votes B = 2 within 1s"));
  CHECK(has(votes, "until votes A = 2 and votes B = 2 within 1s"));
  CHECK(waits_from(at_end_of(split), events_until(split, "until role A = leader within 2s")).front() ==
        "until role A = leader within 1s");
}

TEST_CASE("a pause after a write: stored, committed, answered") {
  const std::string led = "walkthrough 1\ncluster A B C D E\nset timers manual\nstep \"s\"\n"
                          "do timeout A\nuntil role A = leader within 1s\nsettle\ndo write x=1\n";
  for (const char* wait : {"until committed \"x=1\" >= 1 within 1s", "until committed \"x=1\" >= 3 within 1s",
                           "until stored \"x=1\" = 3 within 1s", "until client c1 = ok within 1s"}) {
    CAPTURE(std::string(wait));
    CHECK(has(waits_from(at_end_of(led), events_until(led, wait)), wait));
  }
}

TEST_CASE("every wait that is offered stops exactly there, from wherever it is asked") {
  const std::string text = "walkthrough 1\ncluster A B C\nseed 5\nset loss 1/10\nstep \"s\"\n";
  const std::string begun = text + "until leaders = 1 within 2s\ndo write x=1\n";
  for (const std::string& start : {text, begun}) {
    const Player from = at_end_of(start);
    for (std::int64_t events = 1; events <= 60; ++events) {
      const std::vector<std::string> lines = waits_from(from, events);
      REQUIRE_FALSE(lines.empty());
      for (const std::string& line : lines) {
        CAPTURE(line);
        CHECK(at_end_of(start + line + "\n").timeline().position() == from.timeline().position() + events);
      }
    }
  }
}

TEST_CASE("between two events a pause is a round number of milliseconds; where nothing has happened it is none") {
  const Player from = at_end_of(four);
  CHECK(waits(from.facts(), {0, 0}).empty());
  CHECK(waits(from.facts(), {0, 41'237}) == std::vector<std::string>{"for 50ms"});
}

TEST_CASE("what is offered as an expectation is true, and what has changed comes first") {
  const Player before = at_end_of(four);
  for (int events = 0; events < 80; ++events) {
    Player now = at_end_of(four + "events " + std::to_string(events + 1) + "\n");
    const std::vector<std::string> facts = true_now(now.facts(), before.facts());
    CHECK(facts.size() >= 3);
    std::string all = "  expect " + facts.front();
    for (const std::string& fact : facts) all += "\n  expect " + fact;
    CHECK(walkthrough_test::outcome(four + "events " + std::to_string(events + 1) + "\n" + all + "\n") == "");
  }
  Player elected = at_end_of(four + "until leaders = 1 within 2s\n");
  CHECK(true_now(elected.facts(), before.facts()).front() == "role B = leader");
  CHECK(has(true_now(elected.facts(), before.facts()), "leader_in_term 1 = B"));
}

TEST_CASE("what is asked about a command is a condition, however long its key and its value are") {
  const std::string key(40, 'a');
  const std::string text = "walkthrough 1\ncluster A B C\nset timers manual\nstep \"s\"\ndo timeout A\nuntil role A = leader within 1s\n"
                           "do write " + key + "=" + std::string(40, 'b') + "\nfor 30ms\n";
  const Player from = at_end_of(text);
  bool asked = false;
  for (const QuestionIdea& idea : questions(from.facts())) {
    const std::string condition = idea.conditions.front().substr(0, idea.conditions.front().find(" within "));
    if (condition.find(key) == std::string::npos) continue;
    asked = true;
    CAPTURE(condition);
    CHECK(std::holds_alternative<TypedCondition>(parse_condition(condition, from.walkthrough().names)));
  }
  CHECK(asked);
}

TEST_CASE("a key that is longer than a word may be is in nothing that is offered") {
  const std::string led = "walkthrough 1\ncluster A B C\nset timers manual\nstep \"s\"\ndo timeout A\nuntil role A = leader within 1s\n";
  const Player before = at_end_of(led);
  raft::sim::Timeline now = before.timeline();
  const std::string key(100, 'k');
  raft::sim::ClientAsk ask;
  ask.command.key = key;
  ask.command.value = "1";
  REQUIRE_FALSE(now.act(ask, raft::sim::Origin::Mouse));
  raft::check::LinearizabilityChecker checker;
  for (int events = 0; events < 40; ++events) {
    now.step();
    const Facts meanwhile{now.world(), now.clock(), before.story(), before.oracles(), before.history(), checker};
    for (const QuestionIdea& idea : questions(meanwhile)) CHECK(idea.conditions.front().find(key) == std::string::npos);
  }
  REQUIRE(now.world().machines[0].node.memory.last_applied == 1);
  const Facts here{now.world(), now.clock(), before.story(), before.oracles(), before.history(), checker};
  const std::vector<std::string> facts = true_now(here, before.facts());
  CHECK_FALSE(facts.empty());
  for (const std::string& fact : facts) CHECK(fact.find(key) == std::string::npos);
}

TEST_CASE("questions that fit the moment, each with an answer that can be found") {
  const std::string standing = four + "until role A = candidate and role B = candidate within 1s\n";
  const std::vector<QuestionIdea> ideas = questions(at_end_of(standing).facts());
  REQUIRE(ideas.size() >= 4);
  CHECK(ideas[0].about == QuestionIdea::About::TermHasLeader);
  CHECK(ideas[0].conditions.front() == "leader_in_term 1 != none within 1s");
  for (const QuestionIdea& idea : ideas) {
    std::string text = "  ask en: q\n";
    for (const std::string& condition : idea.conditions) {
      text += idea.conditions.size() > 1 ? "  option en: o when " + condition + "\n" : "  answer " + condition + "\n";
    }
    const Player asked = at_end_of(standing + text);
    CHECK(asked.asked().size() == 1);
  }
  const std::string led = four + "until leaders = 1 within 2s\ndo write x=1\nevents 1\n";
  const std::vector<QuestionIdea> later = questions(at_end_of(led).facts());
  const auto about = [&later](QuestionIdea::About wanted) {
    return std::any_of(later.begin(), later.end(), [wanted](const QuestionIdea& idea) { return idea.about == wanted; });
  };
  CHECK(about(QuestionIdea::About::Answered));
}
