// What may stand next in a line that is being typed. The parser itself is asked about every word that there is, so
// that what is offered is exactly what is understood.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "raft/sim/world.h"

namespace raft::walkthrough {

enum class LineKind : std::uint8_t {
  Command,
  Condition,
  Until,  // a condition, which `within DURATION` may follow
};

struct Completion {
  std::size_t begin = 0;           // byte of the line at which the word that is being typed starts
  std::vector<std::string> words;  // those that may stand there and begin as it does, in the order of the tables
  bool any_text = false;           // a key or a value: other words will do as well
  bool takes_more = false;         // the line is no whole one yet
};

/// `line` is what stands before the caret. Capitals do not matter for what is offered.
Completion complete(std::string_view line, LineKind kind, const sim::World& world);

}  // namespace raft::walkthrough
