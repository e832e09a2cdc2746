// A second explorer, as plain as it can be: whole nodes and messages in every state, states written out as text in
// a std::set, no symmetry, no codec, nothing merged. It shares the core with the real one and nothing else.
#pragma once

#include <cstdint>
#include <optional>

#include "raft/search/bounds.h"

namespace raft::test {

struct NaiveResult {
  std::int64_t states = 0;
  std::int32_t depth = 0;
  std::optional<check::Property> broken;  // first found, after `depth` steps
};

/// For a first start, and at most one client's command.
NaiveResult explore_naively(const search::Options& options);

}  // namespace raft::test
