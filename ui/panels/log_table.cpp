// Every node's log, one row each, indexes in line. Only what is seen is looked at, so that a log of a thousand
// entries costs no more than one of twenty.
#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "ui/panels/log_cell.h"
#include "ui/panels/log_columns.h"
#include "ui/panels/panels.h"
#include "ui/panels/violations.h"

namespace ui {

namespace {

using raft::Index;
using raft::NodeId;
using raft::Role;

constexpr float label_width = 112;
constexpr float cell_min = 72;
constexpr float cell_max = 128;
constexpr float cell_gap = 12;
constexpr float log_side = 24;

/// Entries that are on their way to a node: from `first` to `last`.
struct Coming {
  Index first = 0;
  Index last = 0;
};

/// The entry that the event one stands at has deleted there; null: none.
const raft::Entry* find_deleted(const Panel& panel, NodeId id, Index index) {
  const raft::sim::Event& event = panel.view.run.event();
  const std::vector<raft::Entry>& deleted = event.effects.deleted;
  const Index place = index - event.effects.deleted_from;
  return event.node == id && place >= 0 && place < static_cast<Index>(deleted.size()) ? &deleted[static_cast<std::size_t>(place)] : nullptr;
}

struct Table {
  Rect grid;     // the cells' part
  Rect columns;  // the numbers' part beside it; empty where the logs need all of the room
  float row = 0;
  float pitch = 0;  // from cell to cell
  float gap = 0;    // between two
  float offset = 0;
  Index first = 1;  // seen
  Index last = 0;
  Index longest = 0;
  NodeId leader = raft::no_node;
  std::array<Coming, raft::max_nodes> coming{};

  Rect cell(std::size_t row_number, Index index, float rails) const {
    const float left = grid.left + static_cast<float>(index - 1) * pitch - offset;
    const float top = grid.top + static_cast<float>(row_number) * row;
    return {left, top + std::min(4.0F, row * 0.1F), left + pitch - gap, top + row - rails};
  }
};

float rail_room(const Table& table) { return std::clamp(table.row * 0.28F, 4.5F, 12.0F); }

void find_coming(const raft::sim::World& world, Table& table) {
  for (const raft::sim::Flight& flight : world.network.flights()) {
    const raft::Message& message = flight.message;
    const auto* append = std::get_if<raft::AppendEntries>(&message.body);
    if (append == nullptr || append->entries.empty() || !message.to.is_node()) continue;
    // What will be refused, or meets a cut or a node that is down, is on its way to no log.
    const raft::sim::Machine& to = world.machine(message.to.node());
    const bool stale = message.term < to.node.durable.current_term && world.settings.core.rules.on(raft::Rule::RejectStaleTerm);
    if (!to.up || stale) continue;
    if (!world.network.is_open(message.from.node(), message.to.node())) continue;
    Coming& coming = table.coming[index_of(message.to.node())];
    const Index first = append->prev_log.index + 1;
    const Index last = append->prev_log.index + static_cast<Index>(append->entries.size());
    coming = coming.last == 0 ? Coming{first, last} : Coming{std::min(coming.first, first), std::max(coming.last, last)};
  }
}

Index longest_log(const Panel& panel, const Table& table) {
  const raft::sim::World& world = panel.world();
  const raft::Effects& effects = panel.view.run.event().effects;
  Index longest = 0;
  for (const raft::sim::Machine& machine : world.machines) {
    longest = std::max(longest, machine.node.durable.log.last_index());
  }
  for (const Coming& coming : table.coming) longest = std::max(longest, coming.last);
  if (effects.deleted_from != 0) longest = std::max(longest, effects.deleted_from + static_cast<Index>(effects.deleted.size()) - 1);
  return longest;
}

/// The entry itself is there, not a snapshot in its place.
bool holds(const raft::Log& log, Index index) { return index >= log.first_index() && index <= log.last_index(); }

/// Who counts towards a majority, as the leader sees it, or else the node itself: learners do not.
raft::NodeSet voters_of(const raft::sim::World& world, NodeId leader, NodeId node) {
  return world.node(leader == raft::no_node ? node : leader).configuration.all_voters();
}

/// How many voters hold an entry like the leader's, or like the one that most of them hold, at `index`.
int copies_of(const raft::sim::World& world, raft::NodeSet voters, Index index) {
  int most = 0;
  for (const NodeId one : voters) {
    const raft::Log& like = world.node(one).durable.log;
    if (!holds(like, index)) continue;
    int same = 0;
    for (const NodeId other : voters) {
      const raft::Log& log = world.node(other).durable.log;
      const bool written = index <= raft::sim::written_up_to(world.machine(other));  // until then it does not confirm
      if (written && holds(log, index) && log.term_at(index) == like.term_at(index)) ++same;
    }
    most = std::max(most, same);
  }
  return most;
}

/// Short logs get wider cells, so that long commands can be read.
float pitch_for(const Panel& panel, const Table& table) {
  const float room = table.grid.width() - panel.units(24);
  const float shared = room / static_cast<float>(std::max<Index>(table.longest, 1));
  return std::floor(std::clamp(shared, panel.units(cell_min + cell_gap), panel.units(cell_max + cell_gap)));
}

/// Short logs leave room for numbers at the right.
void place_columns(const Panel& panel, Table& table) {
  const float least = static_cast<float>(std::max<Index>(table.longest, 3)) * panel.units(cell_min + cell_gap);
  const float width = log_columns_width(panel, table.grid.width() - panel.units(log_side), least + panel.units(log_side + 8));
  if (width == 0) return;
  table.columns = table.grid;
  table.columns.right -= panel.units(log_side - 8);
  table.columns.left = table.columns.right - width;
  table.grid.right = table.columns.left - panel.units(16);
}

void draw_label(Panel& panel, const Rect& rect, NodeId id, float row_height) {
  const Theme& theme = panel.theme();
  const raft::sim::Machine& machine = panel.world().machine(id);
  const bool selected = panel.state.selection.kind == Selection::Kind::Node && panel.state.selection.node == id;
  const Touch touched = touch(panel, "row" + machine.name, rect, {.focusable = false});
  if (touched.clicked) panel.state.selection = {.kind = Selection::Kind::Node, .node = id};
  if (touched.hovered) panel.notes.hovered = {.kind = Selection::Kind::Node, .node = id};
  if (selected || touched.hovered) {
    panel.canvas.rect(rect.inset(panel.units(8), 1), theme.accent_soft, panel.units(6));
  }
  const float y = rect.center().y;
  const Point mark{rect.left + panel.units(log_side + 8), y};
  const float zoom = std::clamp(rect.height() / (text_points(Size::Body) * panel.view.text_scale), 0.75F, 1.0F);
  if (!machine.up) {
    panel.canvas.cross(mark, panel.units(4), {theme.text_quiet, panel.units(1.75F)});
  } else if (machine.node.memory.role == Role::Leader) {
    panel.canvas.crown(mark, panel.units(15) * zoom, theme.text);
  } else if (machine.node.memory.role == Role::PreCandidate) {
    panel.canvas.ring(mark, panel.units(5), {theme.text, panel.units(1.5F)}, Dash::Dotted);
  } else if (machine.node.memory.role == Role::Candidate) {
    panel.canvas.ring(mark, panel.units(5), {theme.text, panel.units(1.5F)}, Dash::Dashed);
  } else if (raft::sim::is_learner(machine.node)) {
    const float side = panel.units(4.5F);
    panel.canvas.frame({mark.x - side, mark.y - side, mark.x + side, mark.y + side}, {theme.text_quiet, panel.units(1.25F)},
                       panel.units(1.5F));
  } else {
    panel.canvas.ring(mark, panel.units(4.5F), {theme.text_quiet, panel.units(1.25F)});
  }
  panel.canvas.text({mark.x + panel.units(16), y}, machine.name,
                    {.face = Face::SansBold, .size = Size::Body, .color = machine.up ? theme.text : theme.text_quiet,
                     .anchor = Anchor::Middle, .max_width = panel.units(30), .zoom = zoom});
  const raft::Term term = machine.node.durable.current_term;
  // As small as in the cells where rows are low: without it nobody can tell who has fallen behind.
  const float wide = width_of_term(panel, term, {.face = Face::Mono, .size = Size::Small}) + panel.units(14);
  term_pill(panel, {rect.right - std::max(panel.units(30), wide - panel.units(3)), y}, term, row_height - 1);
}

/// Like the 1:x of walkthroughs.
std::string term_and_content(const raft::sim::World& world, const raft::Entry& entry) {
  return std::to_string(entry.term) + ":" + raft::sim::content_text(world, entry.command);
}

CellContent content_of(const Panel& panel, const Table& table, NodeId id, Index index) {
  const raft::sim::World& world = panel.world();
  const raft::Log& log = world.node(id).durable.log;
  const raft::Entry* const deleted = find_deleted(panel, id, index);
  CellContent content;
  if (holds(log, index)) {
    const raft::Entry& entry = log.at(index);
    content.text = raft::sim::content_text(world, entry.command);
    content.state = index <= world.node(id).memory.commit_index ? CellState::Committed : CellState::Stored;
    content.term = entry.term;
    if (deleted != nullptr) content.replaced = term_and_content(world, *deleted);
  } else if (deleted != nullptr) {
    content.text = term_and_content(world, *deleted);
    content.state = CellState::Deleted;
  } else {
    const Coming& coming = table.coming[index_of(id)];
    const bool on_its_way = index >= coming.first && index <= coming.last;
    content.state = on_its_way ? CellState::OnItsWay : CellState::Missing;
    if (on_its_way) {
      const raft::NodeSet voters = voters_of(world, table.leader, id);
      content.text = fmt::format("{}/{}", std::max(1, copies_of(world, voters, index)), voters.count());
    }
  }
  const Selection here{.kind = Selection::Kind::Entry, .node = id, .entry = index};
  content.selected = panel.state.selection == here;
  content.broken = is_entry_broken(panel.view, id, index);
  content.hovered = panel.state.hovered == here;
  return content;
}

void draw_rails(const Panel& panel, const Table& table, std::size_t row_number, const raft::NodeState& node) {
  const Theme& theme = panel.theme();
  const float rails = rail_room(table);
  const Index commit = node.memory.commit_index;
  if (commit > 0) {
    const Rect first = table.cell(row_number, 1, rails);
    const Rect last = table.cell(row_number, commit, rails);
    const float y = first.bottom + rails * 0.32F;
    const float from = std::max(first.left, table.grid.left);
    const float to = std::min(last.right, table.grid.right);
    if (to > from) panel.canvas.line({from, y}, {to, y}, {theme.text, panel.units(1.75F)});
    if (last.right <= table.grid.right) {
      panel.canvas.line({last.right, y - rails * 0.3F}, {last.right, y + rails * 0.3F}, {theme.text, panel.units(1.75F)});
    }
  }
  const Index seen = std::min(node.memory.last_applied, table.last);
  for (Index index = table.first; index <= seen; ++index) {
    const Rect cell = table.cell(row_number, index, rails);
    const float y = cell.bottom + rails * 0.72F;
    const float x = cell.center().x;
    panel.canvas.line({x - panel.units(7), y}, {x + panel.units(7), y}, {theme.text_quiet, panel.units(2.25F)});
  }
}

/// What the leader believes of a follower: up to where they match, and what it sends next.
void draw_progress(const Panel& panel, const Table& table, std::size_t row_number, const raft::Progress& progress) {
  const Theme& theme = panel.theme();
  const float rails = rail_room(table);
  const Rect match = table.cell(row_number, progress.match_index, rails);
  const float foot = panel.units(3.5F);
  const Stroke stroke{theme.text, panel.units(1.5F)};
  const float x = match.right + table.gap * 0.36F;
  panel.canvas.line({x, match.top}, {x, match.bottom}, stroke);
  panel.canvas.line({x - foot, match.top}, {x, match.top}, stroke);
  panel.canvas.line({x - foot, match.bottom}, {x, match.bottom}, stroke);
  const Rect next = table.cell(row_number, progress.next_index, rails);
  panel.canvas.arrow_head({next.left - panel.units(0.5F), match.center().y}, {1, 0}, panel.units(6.5F), theme.accent);
}

/// §7: what a snapshot has replaced is one brick, up to its last entry, with that entry's term on its hue.
void draw_snapshot(const Panel& panel, const Table& table, std::size_t row_number, const raft::Log& log) {
  const Theme& theme = panel.theme();
  const float rails = rail_room(table);
  const Rect last = table.cell(row_number, log.base().index, rails);
  if (last.right < table.grid.left) return;
  const float left = std::max(table.cell(row_number, 1, rails).left, table.grid.left - table.gap);
  const Rect brick{left, last.top, last.right, last.bottom};
  panel.canvas.rect(brick, theme.raised, panel.units(2));
  const Stroke joint{theme.hairline, 1};
  const float middle = brick.center().y;
  panel.canvas.line({brick.left, middle}, {brick.right, middle}, joint);
  bool upper = true;
  for (float x = brick.right - panel.units(12); x > brick.left; x -= panel.units(12), upper = !upper) {
    panel.canvas.line({x, upper ? brick.top : middle}, {x, upper ? middle : brick.bottom}, joint);
  }
  panel.canvas.frame(brick, {term_color(theme, log.base().term), panel.units(1.5F)}, panel.units(2));
  TextStyle style{.face = Face::Mono, .size = Size::Small, .color = theme.text_on_fill, .align = Align::Center,
                  .anchor = Anchor::Middle};
  style.zoom = std::clamp(brick.height() / (text_points(Size::Small) * panel.view.text_scale), 0.4F, 1.0F);
  const float side = panel.units(3);
  const float hue = width_of_term(panel, log.base().term, style) + panel.units(10);
  const Rect pill{brick.right - side - hue, brick.top + side, brick.right - side, brick.bottom - side};
  panel.canvas.rect(pill, term_color(theme, log.base().term), panel.units(3));
  draw_number_of_term(panel, pill, log.base().term, style);
  style.color = theme.text;
  style.align = Align::Right;
  style.max_width = std::max(1.0F, pill.left - brick.left - panel.units(8));
  panel.canvas.text({pill.left - panel.units(6), middle}, panel.text("ui.in_snapshot", {{"index", log.base().index}}), style);
}

/// The leader sends to it and is heard, or will be: a node that is down or new as well. Of another leader, of whoever still
/// follows one of an earlier term, and of whoever has gone on to a later term, its marks would only mislead.
bool follows(const raft::sim::World& world, NodeId leader, NodeId id) {
  if (leader == raft::no_node || !world.node(leader).peers().contains(id) || raft::sim::leads(world, id)) return false;
  const raft::Term term = world.node(leader).durable.current_term;
  const raft::sim::Machine& machine = world.machine(id);
  const NodeId own = machine.up ? machine.node.memory.leader : raft::no_node;
  const bool led_by_another = own != raft::no_node && own != leader && raft::sim::leads(world, own);
  if (led_by_another && machine.node.durable.current_term < term) return false;
  return machine.node.durable.current_term <= term;
}

void draw_row(Panel& panel, const Table& table, std::size_t row_number) {
  const NodeId id = raft::node_at(row_number);
  const raft::sim::World& world = panel.world();
  const float rails = rail_room(table);
  const raft::Log& log = world.node(id).durable.log;
  if (log.base().index > 0) draw_snapshot(panel, table, row_number, log);
  for (Index index = std::max(table.first, log.first_index()); index <= table.last; ++index) {
    draw_log_cell(panel, table.cell(row_number, index, rails), content_of(panel, table, id, index));
  }
  draw_rails(panel, table, row_number, world.node(id));
  if (follows(world, table.leader, id)) {
    draw_progress(panel, table, row_number, world.node(table.leader).leading.progress[row_number]);
  }
}

void draw_columns(Panel& panel, const Table& table) {
  if (is_empty(table.columns)) return;
  const Rect& area = table.columns;
  draw_log_column_titles(panel, {area.left, area.top - panel.units(20), area.right, area.top});
  for (std::size_t i = 0; i < panel.world().node_count(); ++i) {
    const Rect cell = table.cell(i, 1, rail_room(table));
    if (cell.bottom > panel.area.bottom) break;
    const NodeId id = raft::node_at(i);
    const NodeId leader = follows(panel.world(), table.leader, id) ? table.leader : raft::no_node;
    const float middle = cell.center().y;
    draw_log_columns(panel, {area.left, middle - table.row / 2, area.right, middle + table.row / 2}, id, leader);
  }
}

void draw_indexes(const Panel& panel, const Table& table) {
  const Theme& theme = panel.theme();
  for (Index index = table.first; index <= table.last; ++index) {
    const float x = table.cell(0, index, 0).center().x;
    panel.canvas.text({x, table.grid.top - panel.units(10)}, std::to_string(index),
                      {.face = Face::Mono, .size = Size::Small, .color = theme.text_quiet, .align = Align::Center,
                       .anchor = Anchor::Middle});
  }
}

void handle_mouse(Panel& panel, const Table& table) {
  const Touch touched = touch(panel, "grid", table.grid, {.focusable = false});
  if (!touched.hovered) return;
  const ImVec2 mouse = ImGui::GetMousePos();
  const auto row = static_cast<std::size_t>(std::max(0.0F, (mouse.y - table.grid.top) / table.row));
  const auto index = static_cast<Index>((mouse.x - table.grid.left + table.offset) / table.pitch) + 1;
  if (row >= panel.world().node_count() || index < 1 || index > table.longest) return;
  const Selection here{.kind = Selection::Kind::Entry, .node = raft::node_at(row), .entry = index};
  panel.notes.hovered = here;
  if (touched.clicked) panel.state.selection = here;
  const raft::Log& log = panel.world().node(here.node).durable.log;
  const Rect cell = table.cell(row, index, rail_room(table));
  if (const raft::Entry* const deleted = find_deleted(panel, here.node, index)) {
    panel.notes.tooltip = {panel.text("ui.deleted", {{"entry", term_and_content(panel.world(), *deleted)}}), cell};
    return;
  }
  if (!holds(log, index)) return;
  const std::string text = raft::sim::content_text(panel.world(), log.at(index).command);
  if (panel.canvas.text_width(text, {.face = Face::Mono, .size = Size::Small}) > cell.width() - panel.units(27)) {
    panel.notes.tooltip = {text, cell};
  }
}

Rect label_of(const Panel& panel, const Table& table, std::size_t row_number) {
  const float top = table.grid.top + static_cast<float>(row_number) * table.row;
  return {panel.area.left, top, table.grid.left - panel.units(cell_gap), top + table.row - rail_room(table) + 2};
}

/// The arrows go from cell to cell; left of the first entry stands the node itself. Enter opens it in the inspector.
void roam_cells(Panel& panel, const Table& table) {
  const Roaming keys = roam(panel, "cells", table.grid);
  if (!keys.focused) return;
  LogCursor& at = panel.state.log_cursor;
  at.row = std::clamp(at.row + keys.rows, 0, static_cast<int>(panel.world().node_count()) - 1);
  at.index = std::clamp<Index>(at.index + keys.columns, 0, table.longest);
  if (keys.ends != 0) at.index = keys.ends < 0 ? 0 : table.longest;
  const auto row = static_cast<std::size_t>(at.row);
  const NodeId node = raft::node_at(row);
  const bool entry = at.index > 0;
  const Selection here = entry ? Selection{.kind = Selection::Kind::Entry, .node = node, .entry = at.index}
                               : Selection{.kind = Selection::Kind::Node, .node = node};
  if (panel.notes.hovered == Selection{}) panel.notes.hovered = here;  // what is under the mouse goes before it
  if (keys.enter) panel.state.selection = here;
  const Rect place = entry ? table.cell(row, at.index, rail_room(table)) : label_of(panel, table, row).inset(panel.units(8), 1);
  const float before = table.grid.left - place.left;
  const float beyond = place.right - table.grid.right;
  if (entry && std::max(before, beyond) > 0.5F) {  // out of view, by more than the offset is rounded
    if (!keys.moved) return;
    panel.state.log_scroll.go_to(table.offset + (before > 0 ? -before : beyond) + (before > 0 ? 0 : table.gap));
    panel.notes.result.animating = true;  // seen in the next frame
    return;
  }
  focus_ring(panel, place.inset(-3, -3), panel.units(6));
}

}  // namespace

void draw_log_table(Panel& panel, const Layout& layout) {
  const Theme& theme = panel.theme();
  const Rect& area = panel.area;
  const raft::sim::World& world = panel.world();
  panel.canvas.rect(area, theme.panel, 0);
  panel.canvas.line({area.left, area.top + 0.5F}, {area.right, area.top + 0.5F}, {theme.hairline, 1});
  section_title(panel, {area.left + panel.units(log_side), area.top + panel.units(12)}, panel.text("ui.logs"));

  Table table;
  table.row = layout.log_row;
  table.gap = panel.units(cell_gap);
  table.leader = raft::sim::current_leader(world);
  const float legend_top = area.bottom - panel.units(layout.log_legend ? 24 : 0);
  table.grid = {area.left + panel.units(log_side + label_width), area.top + panel.units(log_header),
                area.right - panel.units(8), legend_top};
  find_coming(world, table);
  table.longest = longest_log(panel, table);
  place_columns(panel, table);
  table.pitch = pitch_for(panel, table);
  const float content = static_cast<float>(table.longest) * table.pitch + panel.units(24);

  const float rows_bottom = table.grid.top + table.row * static_cast<float>(world.node_count());
  table.grid.bottom = std::min(rows_bottom, legend_top - panel.units(8));
  const Rect scroll_view{table.grid.left, table.grid.top, table.grid.right, legend_top};
  table.offset = std::round(scroll_horizontally(panel, "scroll", scroll_view, content, panel.state.log_scroll));
  table.first = std::max<Index>(1, static_cast<Index>(table.offset / table.pitch) + 1);
  table.last = std::min(table.longest, static_cast<Index>((table.offset + table.grid.width()) / table.pitch) + 1);

  for (std::size_t i = 0; i < world.node_count(); ++i) {
    const float top = table.grid.top + static_cast<float>(i) * table.row;
    if (top + table.row > legend_top + 1) break;
    draw_label(panel, label_of(panel, table, i), raft::node_at(i), table.row);
  }
  handle_mouse(panel, table);
  // Left of the first entry there is room for the mark of a follower that matches nowhere.
  const float before = table.offset > 0 ? 0 : panel.units(cell_gap);
  panel.canvas.clip({table.grid.left - before, area.top, table.grid.right, table.grid.bottom + panel.units(4)});
  draw_indexes(panel, table);
  for (std::size_t i = 0; i < world.node_count(); ++i) draw_row(panel, table, i);
  panel.canvas.unclip();
  draw_columns(panel, table);
  roam_cells(panel, table);
  if (table.longest == 0) {
    const Rect cell = table.cell(0, 1, rail_room(table));
    line_of_text(panel, {table.grid.left + panel.units(cell_gap), cell.top, table.grid.right, cell.bottom},
                 panel.text(table.leader == raft::no_node ? "ui.empty_log_no_leader" : "ui.empty_log"),
                 {.size = Size::Small, .color = theme.text_quiet});
  }
  if (layout.log_legend) draw_log_legend(panel, {area.left, legend_top, area.right, area.bottom});
}

}  // namespace ui
