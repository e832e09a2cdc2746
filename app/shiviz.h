// A run as the log that ShiViz draws: what happened to a node or a client in words, then its vector clock. What
// happened to nobody (a link was cut, a message was lost) is not told: there is no clock that it would move.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "raft/explain/explain.h"

namespace app {

/// What ShiViz is to be told of the log; it is also what it assumes by itself.
inline constexpr const char* shiviz_expression = R"((?<event>.*)\n(?<host>\S*) (?<clock>{.*}))";

class ShiViz {
 public:
  explicit ShiViz(const raft::explain::Words& words) : words_(words) {}

  /// The lines that the event adds to the log. Call once for every event, in order.
  std::string lines_of(const raft::sim::World& after, const raft::sim::Event& event);

 private:
  using Clock = std::map<std::string, std::int64_t>;  // how much of each host has been heard

  std::string tick(const std::string& host, const std::string& words);
  void forget_lost(const raft::sim::Event& event);

  const raft::explain::Words& words_;
  std::map<std::string, Clock> clocks_;               // by host
  std::map<raft::sim::MessageId, Clock> under_way_;   // what their senders knew
};

}  // namespace app
