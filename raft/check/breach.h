// Which promises are broken at a place of a run, and which were broken only before every rule was on again.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "raft/check/linearizable.h"
#include "raft/check/property.h"
#include "raft/sim/timeline.h"

namespace raft::check {

/// A stretch of a run in which a rule was off: from the event that switched it off, up to but without the one after
/// which every rule was on again.
struct RulesOff {
  std::int64_t from = 0;
  std::int64_t until = 0;
};
/// Those that have ended, up to the cursor.
std::vector<RulesOff> rules_off(const sim::Timeline& run);

/// A promise that has been broken. It is past if it was broken only while a rule was off that is on again.
struct Breach {
  Violation violation;  // the first that is not past; or else the first of all
  bool past = false;
};

/// Of what was found up to event `event`, one for each property that has been broken, as property_table has them.
/// `off` is what rules_off says there.
std::vector<Breach> breaches(const std::vector<Violation>& found, std::int64_t event, const std::vector<RulesOff>& off);

/// What the clients were told, if no order of their operations explains it; past as above.
struct ClientsBreach {
  Anomaly anomaly;  // as in Breach; but of each key only the first is known
  bool past = false;
};
/// Up to event `event`; `found` may be of the whole of the history.
std::optional<ClientsBreach> clients_breach(const Linearizability& found, const History& history, std::int64_t event,
                                            const std::vector<RulesOff>& off);

/// All of it at the cursor of a run.
struct Broken {
  std::vector<Breach> promises;
  std::optional<ClientsBreach> clients;
};
Broken broken_at_cursor(const sim::Timeline& run, const std::vector<Violation>& violations,
                        const Linearizability& found, const History& history);

}  // namespace raft::check
