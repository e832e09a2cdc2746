// The cluster in short: who leads, how far it has committed, what is on its way, and what is due next.
#include <fmt/format.h>

#include <algorithm>

#include "ui/panels/inspector.h"

namespace ui {

namespace {

void write_upcoming(Sheet& sheet, const UpcomingLine& line) {
  Panel& panel = sheet.panel();
  const Theme& theme = panel.theme();
  const float time_width = panel.units(76);
  const TextStyle style{.size = Size::Small, .color = theme.text};
  const float text_width = sheet.width() - time_width;
  const float height = panel.canvas.measure_paragraph({0, 0}, text_width, line.sentence, style).height();
  const Rect rect = sheet.take_row(height / panel.view.text_scale + 6);
  const Touch touched = touch(panel, fmt::format("due{}", line.what.sequence), rect);
  const float reach = panel.units(8);
  if (touched.hovered) {
    panel.canvas.rect({rect.left - reach, rect.top, rect.right + reach, rect.bottom}, theme.accent_soft, panel.units(5));
  }
  if (touched.focused) focus_ring(panel, {rect.left - reach, rect.top, rect.right + reach, rect.bottom});
  const raft::sim::Time left = std::max<raft::sim::Time>(0, line.what.at - panel.view.run.clock());
  const float top = rect.top + panel.units(3);
  panel.canvas.text({rect.left + time_width - panel.units(12), top}, raft::explain::time_text(left),
                    {.face = Face::Mono, .size = Size::Small, .color = theme.text_quiet, .align = Align::Right});
  panel.canvas.paragraph({rect.left + time_width, top}, text_width, line.sentence, style);

  Selection what;
  if (line.what.node != raft::no_node) what = {.kind = Selection::Kind::Node, .node = line.what.node};
  if (line.what.message != raft::sim::no_message) {
    what = {.kind = Selection::Kind::Message, .message = line.what.message};
  }
  if (touched.hovered) panel.notes.hovered = what;
  if (touched.clicked) panel.state.selection = what;
}

/// Every node that believes it leads, with its term: there may be one in each island.
std::string leaders_text(const Panel& panel) {
  std::string text;
  for (const raft::sim::Machine& machine : panel.world().machines) {
    if (!machine.up || machine.node.memory.role != raft::Role::Leader) continue;
    if (!text.empty()) text += ", ";
    text += machine.name + " (" + panel.text("ui.term_n", {{"n", machine.node.durable.current_term}}) + ")";
  }
  return text;
}

}  // namespace

void write_summary(Sheet& sheet) {
  Panel& panel = sheet.panel();
  const raft::sim::World& world = panel.world();
  const raft::NodeId leader = raft::sim::current_leader(world);
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
  sheet.row(panel.text("ui.leader"), leader == raft::no_node ? panel.text("ui.no_leader") : leaders_text(panel));
  sheet.term_row(panel.text("ui.highest_term"), term);
  sheet.row(panel.text("ui.up"), panel.text("ui.stored_on_count", {{"n", up}, {"total", world.node_count()}}));
  sheet.row(panel.text("ui.commit_index"), std::to_string(commit));
  sheet.row(panel.text("ui.in_flight"), std::to_string(world.network.in_flight()));

  sheet.title(panel.text("ui.upcoming"));
  if (panel.view.upcoming.empty()) sheet.paragraph(panel.text("ui.empty_upcoming"), true);
  for (const UpcomingLine& line : panel.view.upcoming) write_upcoming(sheet, line);
  sheet.skip(8);
  sheet.paragraph(panel.text("ui.empty_inspector"), true);
}

}  // namespace ui
