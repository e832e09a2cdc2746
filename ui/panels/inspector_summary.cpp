// The cluster in short: who leads, how far it has committed, what is on its way. What is due next is in upcoming.cpp.
#include <algorithm>

#include "ui/panels/inspector.h"

namespace ui {

namespace {

/// Every node that believes it leads, with its term: there may be one in each island.
void write_leaders(Sheet& sheet) {
  Panel& panel = sheet.panel();
  std::vector<std::pair<std::string_view, raft::Term>> leaders;
  for (const raft::sim::Machine& machine : panel.world().machines) {
    if (!machine.up || machine.node.memory.role != raft::Role::Leader) continue;
    leaders.emplace_back(machine.name, machine.node.durable.current_term);
  }
  if (leaders.empty()) {
    sheet.row(panel.text("ui.leader"), panel.text("ui.no_leader"));
  } else {
    sheet.names_with_terms(panel.text("ui.leader"), leaders);
  }
}

}  // namespace

void write_summary(Sheet& sheet) {
  Panel& panel = sheet.panel();
  const raft::sim::World& world = panel.world();
  raft::Term term = 0;
  raft::Index commit = 0;
  int up = 0;
  for (const raft::sim::Machine& machine : world.machines) {
    term = std::max(term, machine.node.durable.current_term);
    commit = std::max(commit, machine.node.memory.commit_index);
    if (machine.up) ++up;
  }
  sheet.headline(panel.text("ui.stage"), panel.text("ui.free_play_nodes", {{"n", world.node_count()}}));
  sheet.skip(4);
  write_leaders(sheet);
  sheet.term_row(panel.text("ui.highest_term"), term);
  sheet.row(panel.text("ui.up"), panel.text("ui.stored_on_count", {{"n", up}, {"total", world.node_count()}}));
  sheet.row(panel.text("ui.commit_index"), std::to_string(commit));
  sheet.row(panel.text("ui.in_flight"), std::to_string(world.network.in_flight()));

  constexpr float room_for_hint = 208;  // half a line is no hint
  if (panel.area.height() < panel.units(room_for_hint)) return;
  sheet.skip(8);
  sheet.paragraph(panel.text("ui.empty_inspector"), true);
}

}  // namespace ui
