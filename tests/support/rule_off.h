// The proof that the tests guard the rules: RAFTLAB_RULE_OFF=NAME switches a rule off wherever a test does not say
// itself which rules are on. tests/check/rules_off.sh demands that the rule's test fails then.
#pragma once

#include <cstdlib>

#include "raft/core/rules.h"

namespace raft::test {

inline Rules rules_under_test() {
  Rules rules;
  const char* name = std::getenv("RAFTLAB_RULE_OFF");
  if (name != nullptr) rules.set(rule_from_name(name).value(), false);
  return rules;
}

}  // namespace raft::test
