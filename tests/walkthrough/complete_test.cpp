// What may come next in a line: exactly what the parser understands, from the same tables.
#include "raft/walkthrough/complete.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "raft/sim/timeline.h"
#include "raft/walkthrough/commands.h"
#include "raft/walkthrough/conditions.h"
#include "raft/walkthrough/typed_condition.h"
#include "tests/support/cluster.h"

using namespace raft;
using raft::walkthrough::Completion;
using raft::walkthrough::LineKind;

namespace {

/// Five nodes with a leader, a client, keys, messages in flight and a learner-to-be.
sim::World a_world() {
  sim::ClusterConfig config;
  for (const char* name : {"A", "B", "C", "D", "E"}) config.node_names.emplace_back(name);
  sim::Timeline run(config);
  while (sim::current_leader(run.world()) == no_node && run.step()) {
  }
  REQUIRE_FALSE(run.act(sim::ClientAsk{.command = {.key = "y", .value = "1", .expected = {}}}, sim::Origin::Mouse));
  for (int i = 0; i < 60; ++i) run.step();
  return run.world();
}

bool offers(const Completion& found, const std::string& word) {
  return std::find(found.words.begin(), found.words.end(), word) != found.words.end();
}

Completion command(const std::string& line) { return walkthrough::complete(line, LineKind::Command, a_world()); }
Completion condition(const std::string& line) { return walkthrough::complete(line, LineKind::Condition, a_world()); }

bool is_function(const std::string& word) {
  const auto table = walkthrough::function_table();
  return std::any_of(table.begin(), table.end(), [&](const walkthrough::FunctionInfo& info) { return info.name == word; });
}

/// Whether some way of taking offered words leads to a whole line.
bool can_be_completed(const std::string& line, LineKind kind, const sim::World& world, int words_left) {
  const Completion found = walkthrough::complete(line, kind, world);
  if (!found.takes_more) return true;
  if (words_left == 0) return false;
  for (const std::string& word : found.words) {
    // A function in the place of a node or a number is right too, and leads on without end.
    if (kind == LineKind::Condition && is_function(word)) continue;
    if (can_be_completed(line.substr(0, found.begin) + word + " ", kind, world, words_left - 1)) return true;
  }
  return false;
}

/// The shortest way first, or one would get lost among the long ones.
bool can_be_completed_soon(const std::string& line, LineKind kind, const sim::World& world, int most_words) {
  for (int words = 0; words <= most_words; ++words) {
    if (can_be_completed(line, kind, world, words)) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("an empty line offers every command of the table and every function of conditions") {
  const Completion commands = command("");
  for (const walkthrough::CommandInfo& info : walkthrough::command_table()) {
    const std::string name = info.name;
    CAPTURE(name);
    if (name.find(' ') == std::string::npos) CHECK(offers(commands, name));
  }
  const Completion conditions = condition("");
  for (const walkthrough::FunctionInfo& info : walkthrough::function_table()) {
    CAPTURE(info.name);
    CHECK(offers(conditions, info.name));
  }
}

TEST_CASE("every command and every function can be completed word by word, with nothing but what is offered") {
  const sim::World world = a_world();
  for (const walkthrough::CommandInfo& info : walkthrough::command_table()) {
    CAPTURE(info.name);
    CHECK(can_be_completed_soon(std::string(info.name) + " ", LineKind::Command, world, 5));
  }
  for (const walkthrough::FunctionInfo& info : walkthrough::function_table()) {
    CAPTURE(info.name);
    if (info.function == walkthrough::Function::Log || info.function == walkthrough::Function::ConfigOf) continue;  // a list
    CHECK(can_be_completed_soon(std::string(info.name) + " ", LineKind::Condition, world, 6));
  }
}

TEST_CASE("what is offered begins as what is typed, and only what fits its place") {
  CHECK(command("cra").words == std::vector<std::string>{"crash"});
  CHECK(command("crash ").words == std::vector<std::string>{"A", "B", "C", "D", "E"});
  CHECK(command("crash a").words == std::vector<std::string>{"A"});
  CHECK(command("crash a").begin == 6);
  CHECK(offers(command("crash A "), "unsynced"));
  CHECK_FALSE(offers(command("timeout A "), "B"));
  CHECK_FALSE(offers(command("cut A "), "A"));
  CHECK(offers(command("cut A "), "->"));
  CHECK(command("set loss 1/").words == std::vector<std::string>{"1/20", "1/10", "1/2"});
  CHECK(offers(command("set rule "), rule_table[0].name));
  CHECK(command("set timers ").words == std::vector<std::string>{"auto", "manual"});
  CHECK(offers(command("drop every "), "AppendEntries"));
  CHECK(offers(command("drop every ClientRequest "), "c1"));
  CHECK(offers(command("add "), "F"));
  CHECK(offers(command("read "), "y"));
  CHECK(command("read ").any_text);
  CHECK(command("read \"y").begin == 5);  // the quote is still open
  CHECK_FALSE(command("crash ").any_text);
  CHECK(offers(condition("role A = "), "leader"));
  CHECK_FALSE(offers(condition("role A = "), "B"));
  CHECK(offers(condition("leader = "), "B"));
  CHECK(offers(condition("violated "), "\"Election Safety\""));
}

TEST_CASE("only a run until something holds takes a limit") {
  const sim::World world = a_world();
  CHECK(offers(walkthrough::complete("leaders = 1 w", LineKind::Until, world), "within"));
  CHECK_FALSE(offers(walkthrough::complete("leaders = 1 w", LineKind::Condition, world), "within"));
  const auto parsed = walkthrough::parse_condition("leaders = 1 within 2s", walkthrough::Names::of(world));
  REQUIRE(std::holds_alternative<walkthrough::TypedCondition>(parsed));
  CHECK(std::get<walkthrough::TypedCondition>(parsed).within == sim::Time{2'000'000});
}

TEST_CASE("a whole line is told from one that goes on") {
  CHECK(command("crash").takes_more);
  CHECK_FALSE(command("crash A").takes_more);
  CHECK_FALSE(command("heal").takes_more);
  CHECK(condition("role A").takes_more);
  CHECK_FALSE(condition("role A = leader").takes_more);
}
