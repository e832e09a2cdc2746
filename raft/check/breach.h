// Which promises are broken at a place of a run, and which were broken only before every rule was on again.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "raft/check/property.h"
#include "raft/sim/timeline.h"

namespace raft::check {

/// A promise that has been broken.
struct Breach {
  Violation violation;  // the first since every rule was on again; or else the first of all
  bool past = false;    // every rule was on again after it, and nothing has broken the promise since
};

/// Where the last rule that was off came on again. nullopt: none has been off up to the cursor, or one still is.
std::optional<sim::RunPlace> rules_on_again(const sim::Timeline& run);

/// Of what was found up to event `event`, one for each property that has been broken, as property_table has them.
/// `on_again` is what rules_on_again says there.
std::vector<Breach> breaches(const std::vector<Violation>& found, std::int64_t event,
                             const std::optional<sim::RunPlace>& on_again);

}  // namespace raft::check
