// The lanes of the space-time diagram: what each node was, when, in which term; cuts between islands; the heads at the
// left, the time above, the cursor.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "ui/panels/diagram_parts.h"

namespace ui {

namespace {

using raft::Role;
using raft::sim::Time;

/// A piece of a lane on which nothing changes.
struct Piece {
  float left = 0;
  float right = 0;
  float y = 0;
  LaneState state;
};

void draw_role(const Diagram& diagram, const Piece& piece) {
  const Theme& theme = diagram.theme();
  const Point from{piece.left, piece.y};
  const Point to{piece.right, piece.y};
  const Color ink = piece.state.paused ? mixed(theme.node_stroke, theme.panel, 0.6F) : theme.node_stroke;
  switch (piece.state.role) {
    case Role::Leader: diagram.canvas().line(from, to, {ink, diagram.u(6)}); return;
    case Role::Candidate: diagram.canvas().line(from, to, {ink, diagram.u(3)}, Dash::Dashed); return;
    case Role::PreCandidate: diagram.canvas().line(from, to, {ink, diagram.u(3)}, Dash::Dotted); return;
    case Role::Follower: break;
  }
  if (!piece.state.learner) {
    diagram.canvas().line(from, to, {ink, diagram.u(1.75F)});
    return;
  }
  for (const float off : {-2.0F, 2.0F}) {
    diagram.canvas().line(from + Point{0, diagram.u(off)}, to + Point{0, diagram.u(off)}, {ink, diagram.u(1)});
  }
}

/// The term as a band of its hue below the lane, with its number where it begins.
void draw_term(const Diagram& diagram, const Piece& piece) {
  if (piece.state.term <= 0) return;
  const Theme& theme = diagram.theme();
  const float top = piece.y + diagram.u(6);
  const Rect band{piece.left, top, piece.right, top + diagram.u(4)};
  diagram.canvas().rect(band, term_color(theme, piece.state.term), 0);
  // Fewer would be the sign of another term.
  const int count = term_notches(piece.state.term);
  if (Canvas::notches_width(band, count) <= band.width()) diagram.canvas().notches(band, count, theme.text_on_fill);
}

void draw_term_number(Diagram& diagram, const Piece& piece) {
  const float height = diagram.scene.lanes.back().row.height();
  if (piece.state.term <= 0 || height < diagram.u(26)) return;
  const Theme& theme = diagram.theme();
  const std::string number = std::to_string(piece.state.term);
  const TextStyle style{.face = Face::Mono, .size = Size::Small, .color = theme.text_on_fill, .align = Align::Center,
                        .anchor = Anchor::Middle, .zoom = 0.85F};
  const float left = std::max(piece.left, diagram.scene.plot.left);
  const float width = diagram.canvas().text_width(number, style) + diagram.u(8);
  if (piece.right - left < width) return;
  const float y = piece.y + diagram.u(10);
  const float half = diagram.u(6.5F);
  const Rect chip{left, y - half, left + width, y + half};
  diagram.canvas().rect(chip, term_color(theme, piece.state.term), diagram.u(3));
  diagram.taken.push_back(chip);
  diagram.canvas().text({left + width / 2, y}, number, style);
}

void draw_piece(Diagram& diagram, const Piece& piece) {
  const Rect& plot = diagram.scene.plot;
  Piece seen = piece;
  seen.left = std::max(piece.left, plot.left - 1);
  seen.right = std::min(piece.right, plot.right + 1);
  if (seen.right <= seen.left) return;
  if (!seen.state.up) {  // a gap: it is not there
    if (seen.right - seen.left > diagram.u(90)) {
      diagram.taken.push_back(diagram.canvas().text({(seen.left + seen.right) / 2, seen.y}, diagram.panel.text("ui.down"),
                                                    {.size = Size::Small, .color = diagram.theme().text_quiet,
                                                     .align = Align::Center, .anchor = Anchor::Middle}));
    }
    return;
  }
  draw_role(diagram, seen);
  draw_term(diagram, seen);
}

std::vector<CutSpan> spans_of(Diagram& diagram) {
  const DiagramScale& scale = diagram.scene.scale;
  const Time until = std::max(scale.from, std::min(scale.end(), diagram.panel.view.run.known_until()));
  const View& view = diagram.panel.view;
  return cuts_between(diagram.state().cuts, view.run, view.rewrites, scale.from, until);
}

void draw_node_lane(Diagram& diagram, const DiagramLane& lane, const std::vector<LaneState>& states) {
  const float end = diagram.x_of(diagram.panel.view.run.known_until());
  diagram.canvas().line({std::max(end, diagram.scene.plot.left), lane.y}, {diagram.scene.plot.right, lane.y},
                        {diagram.theme().hairline, 1});
  std::vector<Piece> pieces;
  for (std::size_t i = 0; i < states.size(); ++i) {
    const float left = i == 0 ? diagram.scene.plot.left : diagram.x_of(states[i].at);
    const float right = i + 1 < states.size() ? diagram.x_of(states[i + 1].at) : end;
    pieces.push_back({left, right, lane.y, states[i]});
    draw_piece(diagram, pieces.back());
  }
  raft::Term shown = 0;
  for (const Piece& piece : pieces) {
    if (!piece.state.up || piece.right < diagram.scene.plot.left || piece.left > diagram.scene.plot.right) continue;
    if (piece.state.term != shown) draw_term_number(diagram, piece);
    shown = piece.state.term;
  }
}

void draw_client_lane(Diagram& diagram, const DiagramLane& lane, const std::vector<LaneState>& states) {
  const Theme& theme = diagram.theme();
  const float end = diagram.x_of(diagram.panel.view.run.known_until());
  diagram.canvas().line({diagram.scene.plot.left, lane.y}, {diagram.scene.plot.right, lane.y}, {theme.hairline, 1});
  for (std::size_t i = 0; i < states.size(); ++i) {
    if (!states[i].waiting) continue;
    const float right = i + 1 < states.size() ? diagram.x_of(states[i + 1].at) : end;
    diagram.canvas().line({diagram.x_of(states[i].at), lane.y}, {right, lane.y}, {theme.text_quiet, diagram.u(3)});
  }
}

/// "A B | C D E"
std::string islands_text(const Diagram& diagram, const DiagramLinks& links) {
  std::string text;
  for (const raft::NodeSet& island : links.islands) {
    if (!text.empty()) text += " | ";
    std::string names;
    for (const raft::NodeId node : island) {
      if (raft::index_of(node) >= diagram.world().node_count()) continue;
      if (!names.empty()) names += ' ';
      names += diagram.world().name(node);
    }
    text += names;
  }
  return text;
}

bool together(const DiagramLinks& links, raft::NodeId a, raft::NodeId b) {
  return std::any_of(links.islands.begin(), links.islands.end(),
                     [a, b](const raft::NodeSet& island) { return island.contains(a) && island.contains(b); });
}

/// The part of a span that is seen, from the first node's lane downwards; empty if none is.
Rect seen_part(const Diagram& diagram, const CutSpan& span) {
  const Rect& plot = diagram.scene.plot;
  const float left = std::max(diagram.x_of(span.from), plot.left);
  const float right = std::min(diagram.x_of(span.to), plot.right);
  return {left, plot.top, std::max(left, right), plot.bottom};
}

/// Between which lanes there is a wall: where it is, from top to bottom.
std::vector<float> walls_of(const Diagram& diagram, const CutSpan& span) {
  std::vector<float> walls;
  const DiagramLane* before = nullptr;
  for (const DiagramLane& lane : diagram.scene.lanes) {
    if (!lane.end.is_node()) continue;
    if (before != nullptr && !together(*span.links, before->end.node(), lane.end.node())) walls.push_back(lane.row.top);
    before = &lane;
  }
  return walls;
}

void draw_cut_span(Diagram& diagram, const CutSpan& span) {
  const Theme& theme = diagram.theme();
  const Rect seen = seen_part(diagram, span);
  if (seen.width() < 1) return;
  diagram.canvas().rect(seen, with_alpha(theme.island, 0.20F), 0);
  for (const float y : walls_of(diagram, span)) {
    const float half = diagram.u(4);
    diagram.canvas().hatch({seen.left, y - half, seen.right, y + half}, {with_alpha(theme.barrier, 0.55F), 1}, diagram.u(5));
  }
}

void draw_cut_caption(Diagram& diagram, const CutSpan& span) {
  const Rect seen = seen_part(diagram, span);
  const std::vector<float> walls = walls_of(diagram, span);
  const bool apart = span.links->islands.size() > 1;
  const std::string text = apart ? islands_text(diagram, *span.links) : diagram.panel.text("diagram.some_links_cut");
  const TextStyle style{.size = Size::Small, .color = diagram.theme().barrier};
  const float width = diagram.canvas().text_width(text, style);
  if (seen.width() < width + diagram.u(12)) return;
  std::vector<float> rows = walls;
  if (walls.empty()) rows = {seen.bottom - diagram.u(10), seen.top + diagram.u(10)};
  for (const float y : rows) {
    if (diagram.label({seen.left + width / 2 + diagram.u(6), y}, text, style, diagram.theme().panel)) return;
  }
}

void draw_head(Diagram& diagram, const DiagramLane& lane) {
  const Theme& theme = diagram.theme();
  Panel& panel = diagram.panel;
  const float left = lane.row.left + diagram.u(14);
  if (lane.end.is_client()) {
    panel.canvas.text({left, lane.y}, endpoint_name(diagram.world(), lane.end),
                      {.face = Face::Mono, .size = Size::Small, .color = theme.text_quiet, .anchor = Anchor::Middle});
    return;
  }
  const raft::NodeId id = lane.end.node();
  const raft::sim::Machine& machine = diagram.world().machine(id);
  const Selection here{.kind = Selection::Kind::Node, .node = id};
  const Rect row{lane.row.left, lane.row.top, diagram.scene.heads.right, lane.row.bottom};
  const Touch touched = touch(panel, "lane " + machine.name, row, {.focusable = false});
  if (touched.hovered) panel.notes.hovered = here;
  if (touched.clicked) panel.state.selection = panel.state.selection == here ? Selection{} : here;
  if (panel.state.hovered == here || panel.state.selection == here) {
    panel.canvas.rect(row.inset(diagram.u(6), 1), theme.accent_soft, diagram.u(5));
  }
  const Rect name = panel.canvas.text({left, lane.y}, machine.name,
                                      {.face = Face::SansBold, .size = Size::Body, .color = theme.text,
                                       .anchor = Anchor::Middle, .max_width = diagram.u(44)});
  const float pill_left = row.right - diagram.u(32);
  const raft::Role role = machine.node.memory.role;
  const float sign = std::max(name.right + diagram.u(14), left + diagram.u(28));
  const TextStyle word{.size = Size::Small, .color = theme.text_quiet, .anchor = Anchor::Middle};
  if (!machine.up) {
    panel.canvas.cross({sign, lane.y}, diagram.u(5), {theme.danger, diagram.u(2)});
  } else if (role == raft::Role::Leader) {
    panel.canvas.crown({sign, lane.y}, diagram.u(15), theme.text);
  } else {
    const char* key = raft::sim::is_learner(machine.node) ? "stage.learner"
                      : role == raft::Role::Candidate     ? "role.candidate"
                      : role == raft::Role::PreCandidate  ? "role.pre_candidate"
                                                          : nullptr;
    const float room = pill_left - diagram.u(4) - (sign - diagram.u(8));
    if (key != nullptr) {
      TextStyle fitted = word;
      fitted.max_width = room;
      panel.canvas.text({sign - diagram.u(8), lane.y}, panel.text(key), fitted);
    }
  }
  term_pill(panel, {pill_left, lane.y}, machine.node.durable.current_term);
}

/// 1, 2 or 5 times a power of ten, so that two marks of the axis have `least` microseconds between them.
Time tick_of(double least) {
  double power = 1;
  while (true) {
    for (const double digit : {1.0, 2.0, 5.0}) {
      if (digit * power >= least) return static_cast<Time>(digit * power);
    }
    power *= 10;
  }
}

/// Milliseconds as far as the tick needs them; minutes when there are some.
std::string tick_text(Time at, Time tick) {
  if (tick >= 1'000'000) return fmt::format("{}:{:02}", at / 60'000'000, at / 1'000'000 % 60);
  if (tick >= 1000) return fmt::format("{} ms", at / 1000);
  if (tick >= 100) return fmt::format("{}.{} ms", at / 1000, at / 100 % 10);
  return fmt::format("{}.{:02} ms", at / 1000, at / 10 % 100);
}

}  // namespace

void draw_lanes(Diagram& diagram) {
  const DiagramPast& past = diagram.past();
  for (const DiagramLane& lane : diagram.scene.lanes) {
    if (lane.end.is_client()) {
      const auto number = static_cast<std::size_t>(lane.end.client()) - 1;
      draw_client_lane(diagram, lane, number < past.clients.size() ? past.clients[number] : std::vector<LaneState>{});
      continue;
    }
    const std::size_t number = raft::index_of(lane.end.node());
    draw_node_lane(diagram, lane, number < past.nodes.size() ? past.nodes[number] : std::vector<LaneState>{});
  }
}

void draw_columns(Diagram& diagram) {
  const DiagramScene& scene = diagram.scene;
  const DiagramColumns& columns = diagram.state().columns;
  const float width = scene.plot.width() / static_cast<float>(std::max<std::size_t>(columns.columns.size(), 1));
  const float end = diagram.x_of(diagram.panel.view.run.known_until());
  for (const DiagramLane& lane : scene.lanes) {
    diagram.canvas().line({scene.plot.left, lane.y}, {scene.plot.right, lane.y}, {diagram.theme().hairline, 1});
    if (!lane.end.is_node()) continue;
    const std::size_t node = raft::index_of(lane.end.node());
    Piece piece{scene.plot.left, 0, lane.y, {}};
    float last_mark = -1e9F;
    for (std::size_t i = 0; i <= columns.columns.size(); ++i) {
      const float x = scene.plot.left + static_cast<float>(i) * width;
      const bool at_end = i == columns.columns.size() || x >= end;
      LaneState state;
      if (!at_end) {
        const LaneBrief& brief = columns.columns[i][node];
        state = {.term = brief.term, .role = brief.role, .up = brief.up};
      }
      if (i == 0) piece.state = state;
      if (at_end || !state.same_as(piece.state)) {
        piece.right = std::min(x, end);
        draw_piece(diagram, piece);
        draw_term_number(diagram, piece);
        piece = {x, 0, lane.y, state};
      }
      if (at_end) break;
      const LaneBrief& brief = columns.columns[i][node];
      if (brief.events > 0) {  // how busy it was, above the lane
        float height = 1;
        for (unsigned events = brief.events; events > 1; events /= 2) ++height;
        const float top = lane.y - diagram.u(4) - std::min(diagram.u(height), lane.row.height() * 0.3F);
        diagram.canvas().rect({x, top, x + width - 0.5F, lane.y - diagram.u(4)},
                              with_alpha(diagram.theme().message, 0.28F), 0);
        ++diagram.state().work.marks;
      }
      if ((brief.notable & raft::sim::Notable::crash) != 0 && x - last_mark > diagram.u(9)) {
        diagram.canvas().cross({x, lane.y}, diagram.u(4), {diagram.theme().danger, diagram.u(1.75F)});
        last_mark = x;
        ++diagram.state().work.marks;
      }
      if ((brief.notable & raft::sim::Notable::truncation) != 0) {
        diagram.canvas().torn_edge({x, lane.y + diagram.u(10)}, {x, lane.y + diagram.u(17)},
                                   {diagram.theme().danger, 1.25F});
        ++diagram.state().work.marks;
      }
    }
  }
}

void draw_cut_spans(Diagram& diagram) {
  for (const CutSpan& span : spans_of(diagram)) draw_cut_span(diagram, span);
}

void draw_cut_captions(Diagram& diagram) {
  for (const CutSpan& span : spans_of(diagram)) draw_cut_caption(diagram, span);
}

void draw_lane_heads(Diagram& diagram) {
  const Rect& heads = diagram.scene.heads;
  const Rect column{heads.left, diagram.scene.axis.top, heads.right, heads.bottom};
  diagram.canvas().rect(column, diagram.theme().panel, 0);
  diagram.canvas().line({heads.right - 0.5F, column.top}, {heads.right - 0.5F, column.bottom},
                        {diagram.theme().hairline, 1});
  diagram.canvas().clip(column);
  for (const DiagramLane& lane : diagram.scene.lanes) draw_head(diagram, lane);
  diagram.canvas().unclip();
}

void draw_time_axis(Diagram& diagram) {
  const DiagramScale& scale = diagram.scene.scale;
  const Rect& axis = diagram.scene.axis;
  const Theme& theme = diagram.theme();
  diagram.canvas().line({axis.left, axis.bottom - 0.5F}, {axis.right, axis.bottom - 0.5F}, {theme.hairline, 1});
  const double per_point = static_cast<double>(scale.span) / std::max(1.0F, axis.width());
  const Time tick = tick_of(per_point * diagram.u(92));
  const std::string here = clock_text(diagram.scene.clock);
  TextStyle style{.face = Face::Mono, .size = Size::Small, .color = theme.text_quiet, .align = Align::Center,
                  .anchor = Anchor::Middle};
  diagram.canvas().clip(axis);
  const float cursor = diagram.cursor_x();
  const float flag = diagram.canvas().text_width(here, style) / 2 + diagram.u(8);
  for (Time at = std::max<Time>(0, (scale.from + tick - 1) / tick * tick); at <= scale.end(); at += tick) {
    const float x = diagram.x_of(at);
    diagram.canvas().line({x, axis.bottom - diagram.u(4)}, {x, axis.bottom}, {theme.text_quiet, 1});
    const std::string text = tick_text(at, tick);
    const float half = diagram.canvas().text_width(text, style) / 2;
    const bool behind_flag = std::abs(x - cursor) < flag + half;
    if (behind_flag || x - half < axis.left || x + half > axis.right) continue;
    diagram.canvas().text({x, axis.top + diagram.u(9)}, text, style);
  }
  if (cursor >= axis.left && cursor <= axis.right) {
    const float middle = std::clamp(cursor, axis.left + flag, axis.right - flag);
    diagram.canvas().rect({middle - flag + diagram.u(2), axis.top + diagram.u(1), middle + flag - diagram.u(2), axis.bottom - diagram.u(3)},
                          theme.accent, diagram.u(4));
    style.color = theme.text_on_fill;
    diagram.canvas().text({middle, axis.top + diagram.u(9.5F)}, here, style);
  }
  diagram.canvas().unclip();
}

void draw_cursor(Diagram& diagram) {
  const Rect& plot = diagram.scene.plot;
  const float x = diagram.cursor_x();
  diagram.canvas().line({x, plot.top}, {x, plot.bottom}, {diagram.theme().accent, diagram.u(1.75F)});
}

}  // namespace ui
