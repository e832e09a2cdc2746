// Each rule of raft/core/rules.h is guarded twice: by a check at the level of one node that holds with the
// rule on and fails with it off, and by a story in a world in which the property that the table names breaks
// when, and only when, the rule is off. The checks and stories are in the files beside this one.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstring>
#include <string>

#include "tests/check/guards.h"

namespace raft::test {

namespace {

/// In the order of the table of rules.
std::vector<Guard> all_guards() {
  std::vector<Guard> all = guards_of_section_5();
  for (const Guard& guard : guards_of_features()) all.push_back(guard);
  std::stable_sort(all.begin(), all.end(), [](const Guard& a, const Guard& b) { return a.rule < b.rule; });
  return all;
}

Rules without(Rule rule) {
  Rules rules;
  rules.set(rule, false);
  return rules;
}

}  // namespace

TEST_CASE("each rule has a guard") {
  const std::vector<Guard> guards = all_guards();
  REQUIRE(guards.size() == rule_table.size());
  for (std::size_t i = 0; i < rule_table.size(); ++i) CHECK(guards[i].rule == rule_table[i].rule);
}

TEST_CASE("each rule is guarded by a test: it holds with the rule on and fails with it off") {
  for (const Guard& guard : all_guards()) {
    CAPTURE(std::string(rule_table[static_cast<std::size_t>(guard.rule)].name));
    CAPTURE(std::string(guard.check_name));
    CHECK(guard.check(Rules{}));
    CHECK_FALSE(guard.check(without(guard.rule)));
  }
}

TEST_CASE("each rule keeps a promise: what the table names breaks without it, and only without it") {
  for (const Guard& guard : all_guards()) {
    CAPTURE(std::string(rule_table[static_cast<std::size_t>(guard.rule)].name));
    CAPTURE(std::string(guard.story_name));
    CHECK_FALSE(guard.story(Rules{}));
    CHECK(guard.story(without(guard.rule)));
  }
}

TEST_CASE("the other rules do not keep a rule's promise for it: each check fails for its own rule alone") {
  for (const Guard& guard : all_guards()) {
    for (const RuleInfo& other : rule_table) {
      if (other.rule == guard.rule) continue;
      CAPTURE(std::string(guard.check_name));
      CAPTURE(std::string(other.name));
      // A vote on a disk that is lost as a whole is lost too; one vote of three is a majority less one.
      if (guard.rule == Rule::VotePersisted && other.rule == Rule::TermAndLogPersisted) continue;
      if (other.rule == Rule::MajorityNeeded) continue;
      CHECK(guard.check(without(other.rule)));
    }
  }
}

TEST_CASE("rule names: unique, known by name, all on by default") {
  for (const RuleInfo& info : rule_table) {
    CHECK(rule_from_name(info.name) == info.rule);
    CHECK(Rules{}.on(info.rule));
    CHECK(std::strlen(info.section) > 0);
    CHECK(std::strlen(info.when_off) > 0);
    CHECK(info.needs != nullptr);
  }
  CHECK_FALSE(rule_from_name("no_such_rule").has_value());
  CHECK(Rules{}.all_on());
}

}  // namespace raft::test
