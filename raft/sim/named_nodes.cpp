// Reads the members that interventions have in common, so that a new one needs nothing here.
#include "raft/sim/named_nodes.h"

namespace raft::sim {

NodeSet named_nodes(const Intervention& what) {
  NodeSet nodes;
  const auto add_end = [&nodes](bool any, Endpoint end) {
    if (!any && !end.is_client()) nodes.add(end.node());
  };
  const auto add_pick = [&](const MessagePick& pick) {
    if (pick.how == MessagePick::How::ById) return;
    add_end(pick.pattern.any_from, pick.pattern.from);
    add_end(pick.pattern.any_to, pick.pattern.to);
  };
  std::visit(
      [&](const auto& act) {
        if constexpr (requires { act.node; }) nodes.add(act.node);
        if constexpr (requires { act.nodes; }) nodes = nodes | act.nodes;
        if constexpr (requires { act.pick; }) add_pick(act.pick);
        if constexpr (requires { act.pattern; }) add_pick({MessagePick::How::Oldest, no_message, act.pattern});
        if constexpr (requires { act.islands; }) {
          for (const NodeSet island : act.islands) nodes = nodes | island;
        }
        if constexpr (requires { act.from == no_node; }) nodes.add(act.from);
        if constexpr (requires { act.to == no_node; }) {
          if (act.to != no_node) nodes.add(act.to);
        }
      },
      what);
  return nodes;
}

}  // namespace raft::sim
