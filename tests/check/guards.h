// What guards a rule: a check at the level of one node, and a story in a world. guards_5_test.cpp has those of §5,
// guards_6_to_8_test.cpp those of the features; rules_test.cpp tries them all.
#pragma once

#include <vector>

#include "tests/support/cluster.h"

namespace raft::test {

struct Guard {
  Rule rule;
  const char* check_name;
  bool (*check)(const Rules&);  // holds with the rule on, fails with it off
  const char* story_name;
  bool (*story)(const Rules&);  // true: what the table says has broken
};

#define GUARD(rule, check, story) {Rule::rule, #check, check, #story, story}

std::vector<Guard> guards_of_section_5();
std::vector<Guard> guards_of_features();

inline Node with(const Rules& rules, int size = 3) {
  Node node(size);
  node.settings.rules = rules;
  return node;
}

inline Cluster story_cluster(std::size_t size, const Rules& rules) {
  Cluster cluster(manual_cluster_of(size));
  cluster.rules(rules);
  return cluster;
}

}  // namespace raft::test
