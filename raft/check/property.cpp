// Which nodes an event has changed. What is checked of them is in the files beside this one.
#include "raft/check/property.h"

namespace raft::check {

NodeSet changed_nodes(const sim::Event& event) {
  NodeSet nodes;
  if (event.kind == sim::EventKind::Lose) return nodes;
  if (event.intervention) {
    if (const auto* crash = std::get_if<sim::Crash>(&*event.intervention)) return crash->nodes;
    if (const auto* wipe = std::get_if<sim::Wipe>(&*event.intervention)) nodes.add(wipe->node);
    if (const auto* restart = std::get_if<sim::Restart>(&*event.intervention)) return restart->nodes;
  }
  if (event.node != no_node) nodes.add(event.node);
  return nodes;
}

}  // namespace raft::check
