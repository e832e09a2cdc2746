// What the shapes mean: a column beside the stage, which stays in sight, or where there is none a card over its lower edge.
#include <algorithm>
#include <array>
#include <span>

#include "ui/icons.h"
#include "ui/panels/panels.h"
#include "ui/panels/stage_parts.h"

namespace ui {

namespace {

enum class Sign {
  Follower,
  Learner,
  Candidate,
  PreCandidate,
  Votes,
  Leader,
  Down,
  Paused,
  Countdown,
  HeartbeatRing,
  Term,
  Disk,
  Unwritten,
  RequestVote,
  AppendEntries,
  Reply,
  Heartbeat,
  InstallSnapshot,
  TimeoutNow,
  ClientRequest,
  Lost,
  Committed,
  Stored,
  OnItsWay,
  Deleted,
  Snapshot,
  LastIndex,
  Earlier,
  Client,
  Island,
  Cut,
  OneWay,
};

struct LegendRow {
  Sign sign;
  const char* text;
};

constexpr std::array<LegendRow, 10> node_rows{{
    {Sign::Leader, "legend.leader"},
    {Sign::Candidate, "legend.candidate"},
    {Sign::Votes, "legend.votes"},
    {Sign::PreCandidate, "legend.pre_candidate"},
    {Sign::Follower, "legend.follower"},
    {Sign::Learner, "legend.learner"},
    {Sign::Down, "legend.down"},
    {Sign::Paused, "legend.paused"},
    {Sign::Countdown, "legend.countdown"},
    {Sign::HeartbeatRing, "legend.heartbeat_ring"},
}};
constexpr std::array<LegendRow, 10> log_rows{{
    {Sign::Term, "legend.term"},
    {Sign::Disk, "legend.disk"},
    {Sign::Unwritten, "legend.unwritten"},
    {Sign::Committed, "legend.committed"},
    {Sign::Stored, "legend.stored"},
    {Sign::OnItsWay, "legend.on_its_way"},
    {Sign::Deleted, "legend.deleted"},
    {Sign::Snapshot, "legend.snapshot"},
    {Sign::LastIndex, "legend.last_index"},
    {Sign::Earlier, "legend.earlier"},
}};
constexpr std::array<LegendRow, 8> message_rows{{
    {Sign::RequestVote, "legend.request_vote"},
    {Sign::AppendEntries, "legend.append_entries"},
    {Sign::Heartbeat, "legend.heartbeat"},
    {Sign::Reply, "legend.reply"},
    {Sign::InstallSnapshot, "legend.install_snapshot"},
    {Sign::TimeoutNow, "legend.timeout_now"},
    {Sign::ClientRequest, "legend.client_request"},
    {Sign::Lost, "legend.lost"},
}};
constexpr std::array<LegendRow, 4> network_rows{{
    {Sign::Client, "legend.client"},
    {Sign::Island, "legend.island"},
    {Sign::Cut, "legend.cut"},
    {Sign::OneWay, "legend.one_way"},
}};

struct LegendGroup {
  const char* title;
  std::span<const LegendRow> rows;
};
constexpr std::array<LegendGroup, 4> legend_groups{{
    {"legend.nodes", node_rows},
    {"legend.logs", log_rows},
    {"legend.messages", message_rows},
    {"legend.network", network_rows},
}};
constexpr std::size_t row_count = node_rows.size() + log_rows.size() + message_rows.size() + network_rows.size();

raft::Message sample(raft::Message::Body body) { return {raft::node_at(0), raft::node_at(1), 1, std::move(body)}; }

void draw_role(const Stage& stage, Sign sign, Point at, float r) {
  const Color stroke = stage.theme().node_stroke;
  const Canvas& canvas = stage.canvas();
  if (sign == Sign::Follower) canvas.ring(at, r, {stroke, 1.5F});
  if (sign == Sign::Learner) canvas.frame({at.x - r, at.y - r, at.x + r, at.y + r}, {stroke, 1.5F}, r * 0.35F);
  if (sign == Sign::PreCandidate) canvas.ring(at, r, {stroke, 2}, Dash::Dotted);
  if (sign == Sign::HeartbeatRing) {
    for (int i = 0; i < 8; ++i) {
      const float start = static_cast<float>(i) / 8;
      canvas.arc(at, r, start + 0.02F, start + 0.105F, {i < 5 ? stage.theme().ring : stage.theme().ring_track, 4});
    }
  }
  if (sign == Sign::Candidate) canvas.ring(at, r, {stroke, 2}, Dash::Dashed);
  if (sign == Sign::Leader) {
    canvas.ring(at + Point{0, r * 0.3F}, r * 0.75F, {stroke, 3.5F});
    canvas.crown(at + Point{0, -r * 0.85F}, r * 1.1F, stroke);
  }
  if (sign == Sign::Down) {
    canvas.ring(at, r, {stage.theme().text_quiet, 1.2F});
    canvas.cross(at, r * 0.6F, {stage.theme().text_quiet, 2});
  }
  if (sign == Sign::Countdown) {
    canvas.ring(at, r, {stage.theme().ring_track, 4});
    canvas.arc(at, r, 0, 0.4F, {stage.theme().ring, 4});
    canvas.line(at + Point{0, r * 0.7F}, at + Point{0, r * 1.35F}, {stage.theme().text, 1.5F});
  }
}

void draw_cell_sign(const Stage& stage, Sign sign, Point at, float r) {
  const Rect cell{at.x - r * 1.4F, at.y - r, at.x + r * 1.4F, at.y + r};
  const bool committed = sign == Sign::Committed;
  const Theme& theme = stage.theme();
  stage.canvas().rect(cell, committed ? committed_ground(theme) : theme.node_fill, 3);
  if (!committed) stage.canvas().hatch(cell.inset(1), {theme.text_quiet, 1}, 5);
  stage.canvas().frame(cell, {theme.node_stroke, committed ? 1.5F : 1.0F}, 3);
  if (!committed) return;
  const std::array<Point, 3> closed{Point{cell.right, cell.bottom}, Point{cell.right - r * 0.7F, cell.bottom},
                                    Point{cell.right, cell.bottom - r * 0.7F}};
  stage.canvas().polygon(closed, theme.node_stroke);
}

void draw_votes(const Stage& stage, Point at, float r) {
  const Theme& theme = stage.theme();
  const float pip = r * 0.42F;
  for (int i = 0; i < 3; ++i) {
    const Point middle = at + Point{(static_cast<float>(i) - 1) * pip * 2.6F, 0};
    if (i == 0) stage.canvas().circle(middle, pip, theme.node_stroke);
    stage.canvas().ring(middle, pip, {theme.node_stroke, 1.2F});
    if (i == 2) stage.canvas().line(middle + Point{-pip, pip}, middle + Point{pip, -pip}, {theme.danger, 1.5F});
  }
  const float notch = at.x + pip * 1.3F;
  stage.canvas().line({notch, at.y - r * 0.8F}, {notch, at.y + r * 0.7F}, {theme.text, 2});
}

void draw_disk(const Stage& stage, Point at, float r) {
  const Theme& theme = stage.theme();
  const Rect plate{at.x - r * 1.5F, at.y - r, at.x + r * 1.5F, at.y + r};
  stage.canvas().rect(plate, theme.panel, {theme.text_quiet, 1}, r * 0.35F);
  const Rect pill{plate.left + r * 0.3F, plate.top + r * 0.3F, plate.left + r * 1.5F, plate.top + r * 0.8F};
  stage.canvas().rect(pill, term_color(theme, 1), r * 0.25F);
  stage.canvas().frame({pill.left, plate.bottom - r * 0.8F, pill.right, plate.bottom - r * 0.25F}, {theme.text_quiet, 1}, 1);
}

/// Two entries, the second of them not on the disk yet.
void draw_unwritten(const Stage& stage, Point at, float r) {
  const Theme& theme = stage.theme();
  for (const float side : {-1.0F, 1.0F}) {
    const Point middle = at + Point{side * r * 0.95F, 0};
    stage.canvas().rect({middle.x - r * 0.7F, at.y - r * 0.8F, middle.x + r * 0.7F, at.y + r * 0.8F}, theme.node_fill,
                        {theme.node_stroke, 1}, 2);
  }
  stage.canvas().torn_edge(at + Point{0, -r}, at + Point{0, r}, {theme.danger, 1.8F});
}

/// As the table of logs shows it.
void draw_deleted_sign(const Stage& stage, Point at, float r) {
  const Color danger = stage.theme().danger;
  const Rect cell{at.x - r * 1.4F, at.y - r * 0.8F, at.x + r * 1.4F, at.y + r * 0.8F};
  stage.canvas().rect(cell, with_alpha(danger, 0.10F), 0);
  stage.canvas().torn_edge({cell.left, cell.top}, {cell.left, cell.bottom}, {danger, 1.8F});
  stage.canvas().line({cell.left + r * 0.6F, at.y}, {cell.right - r * 0.3F, at.y}, {danger, 1.2F});
}

/// In the corner of a node, as on the stage.
void draw_paused_sign(const Stage& stage, Point at, float r) {
  const Theme& theme = stage.theme();
  stage.canvas().ring(at, r * 0.8F, {theme.node_stroke, 1.5F});
  for (const float side : {-1.0F, 1.0F}) {
    const float x = at.x + side * r * 0.26F;
    stage.canvas().line({x, at.y - r * 0.4F}, {x, at.y + r * 0.4F}, {theme.node_stroke, r * 0.24F});
  }
}

void draw_words_sign(const Stage& stage, std::string_view words, Point at, Color color) {
  stage.canvas().text(at, words, {.size = Size::Small, .color = color, .align = Align::Center, .anchor = Anchor::Middle, .zoom = 0.9F});
}

void draw_on_its_way(const Stage& stage, Point at, float r) {
  const std::array<Point, 5> outline{Point{at.x - r * 1.4F, at.y - r}, Point{at.x + r * 1.4F, at.y - r}, Point{at.x + r * 1.4F, at.y + r},
                                     Point{at.x - r * 1.4F, at.y + r}, Point{at.x - r * 1.4F, at.y - r}};
  for (std::size_t i = 0; i + 1 < outline.size(); ++i) {
    stage.canvas().line(outline[i], outline[i + 1], {stage.theme().text_quiet, 1.2F}, Dash::Dashed);
  }
}

void draw_island_sign(const Stage& stage, Point at, float r) {
  const Theme& theme = stage.theme();
  const Rect ground{at.x - r * 1.4F, at.y - r, at.x + r * 1.4F, at.y + r};
  const std::array<Point, 4> outline{Point{ground.left, ground.top}, Point{ground.right, ground.top}, Point{ground.right, ground.bottom},
                                     Point{ground.left, ground.bottom}};
  stage.canvas().rect(ground, mixed(theme.island, theme.stage, 0.6F), {theme.text_quiet, 1}, 3);
  stage.canvas().dotted_ground(outline, theme.text_quiet, 4);
}

void draw_cut(const Stage& stage, Point at, float r, bool one_way) {
  const Theme& theme = stage.theme();
  stage.canvas().line(at + Point{-r * 1.4F, 0}, at + Point{r * 1.4F, 0}, {theme.text_quiet, 1.2F});
  stage.canvas().line(at + Point{0, -r}, at + Point{0, one_way ? 0 : r}, {theme.barrier, 4});
  for (const float way : {-1.0F, 1.0F}) {
    if (one_way && way > 0) continue;
    stage.canvas().arrow_head(at + Point{way * 2, way * r * 0.575F}, {-way, 0}, r * 0.75F, theme.barrier);
  }
}

void draw_sign(const Stage& stage, Sign sign, Point at, float r) {
  switch (sign) {
    case Sign::Term: {
      const Rect pill{at.x - r * 1.4F, at.y - r * 0.75F, at.x + r * 1.4F, at.y + r * 0.75F};
      stage.canvas().rect(pill, term_color(stage.theme(), 1), r * 0.75F);
      stage.canvas().text(at, "1",
                          {.face = Face::SansBold,
                           .size = Size::Small,
                           .color = stage.theme().text_on_fill,
                           .align = Align::Center,
                           .anchor = Anchor::Middle});
      break;
    }
    case Sign::RequestVote: draw_message_shape(stage, sample(raft::RequestVote{}), at, r * 1.15F, true); break;
    case Sign::AppendEntries:
      draw_message_shape(
          stage, sample(raft::AppendEntries{.prev_log = {}, .leader_commit = 0, .entries = {{1, {}}, {2, {}}}}),
          at + Point{0, r * 0.25F}, r * 1.1F, true);
      break;
    case Sign::Reply:
      draw_message_shape(stage, sample(raft::AppendEntriesReply{true, 0, 1}), at, r * 1.1F, true);
      break;
    case Sign::Heartbeat: draw_message_shape(stage, sample(raft::AppendEntries{}), at, r * 0.55F, true); break;
    case Sign::ClientRequest: draw_message_shape(stage, sample(raft::ClientRequest{}), at, r * 1.1F, true); break;
    case Sign::Committed:
    case Sign::Stored: draw_cell_sign(stage, sign, at, r); break;
    case Sign::Deleted: draw_deleted_sign(stage, at, r); break;
    case Sign::Snapshot: {
      const Rect back{at.x - r * 1.1F, at.y - r * 0.5F, at.x + r * 1.4F, at.y + r};
      const Rect front{at.x - r * 1.4F, at.y - r, at.x + r * 1.1F, at.y + r * 0.5F};
      for (const Rect& brick : {back, front}) {
        stage.canvas().rect(brick, committed_ground(stage.theme()),
                            {stage.theme().node_stroke, 1.5F}, 2);
      }
      break;
    }
    case Sign::Votes: draw_votes(stage, at, r); break;
    case Sign::Paused: draw_paused_sign(stage, at, r); break;
    case Sign::OnItsWay: draw_on_its_way(stage, at, r); break;
    case Sign::LastIndex: draw_words_sign(stage, "#3", at, stage.theme().text_quiet); break;
    case Sign::Earlier: draw_words_sign(stage, "…", at, stage.theme().text_quiet); break;
    case Sign::Client:
      stage.canvas().diamond(at, r * 1.25F, stage.theme().node_fill, {stage.theme().node_stroke, 1.5F});
      break;
    case Sign::Island: draw_island_sign(stage, at, r); break;
    case Sign::Disk: draw_disk(stage, at, r); break;
    case Sign::Unwritten: draw_unwritten(stage, at, r); break;
    case Sign::InstallSnapshot: draw_message_shape(stage, sample(raft::InstallSnapshot{}), at, r * 1.1F, true); break;
    case Sign::TimeoutNow: draw_message_shape(stage, sample(raft::TimeoutNow{}), at, r * 1.1F, true); break;
    case Sign::Lost:
      draw_message_shape(stage, sample(raft::RequestVote{}), at, r * 1.1F, false);
      stage.canvas().cross(at, r, {stage.theme().danger, 2.5F});
      break;
    case Sign::Cut:
    case Sign::OneWay: draw_cut(stage, at, r, sign == Sign::OneWay); break;
    default: draw_role(stage, sign, at, r);
  }
}

void draw_row(const Stage& stage, const LegendRow& row, Rect box) {
  Panel& panel = stage.panel;
  draw_sign(stage, row.sign, {box.left + panel.units(18), box.center().y}, std::min(box.height() * 0.3F, panel.units(8)));
  line_of_text(panel, {box.left + panel.units(42), box.top, box.right - panel.units(8), box.bottom}, panel.text(row.text),
               {.size = Size::Small, .color = panel.theme().text});
}

/// What draws messages takes them from a stage; this one has nothing on it.
Stage empty_stage(Panel& panel) {
  Stage stage{.panel = panel, .scene = {}, .hit = {}};
  stage.scene.unit = panel.units(1);
  stage.scene.mark = panel.units(1);
  return stage;
}

constexpr float card_edge = 12;
constexpr float card_row_least = 19;
constexpr float card_row_most = 30;

int card_columns(float width) { return std::clamp(static_cast<int>((width - 2 * card_edge) / 290), 1, 4); }  // in units

float card_rows(int columns) {
  const int rows = (static_cast<int>(row_count) + columns - 1) / columns;
  return static_cast<float>(rows);
}

/// What the card may lie over: of two runs side by side both stages, in a lecture hall the caption too, and in a small window the
/// diagram, where that has the place of the stage.
Rect ground_of(const UiState& state, const Layout& layout) {
  Rect ground = is_empty(layout.stage) ? layout.diagram : layout.stage;
  if (!is_empty(layout.other_stage)) ground.right = layout.other_stage.right;
  if (state.room) ground.bottom = layout.transport.top;
  return ground;
}

constexpr float column_head = 52;
constexpr float column_row = 23;
constexpr float column_title = 32;

constexpr float column_height =
    static_cast<float>(row_count) * column_row + static_cast<float>(legend_groups.size()) * column_title + 12;

/// How far down, by the mouse or, once Tab has come there, by the arrows.
float scrolled_by(Panel& panel, const Rect& view, float content) {
  ScrollState& scroll = panel.state.legend_scroll;
  if (content > view.height() + 0.5F) {
    const Roaming keys = roam(panel, "rows", view);
    if (keys.rows != 0) scroll.go_to(scroll.offset + static_cast<float>(keys.rows) * panel.units(column_row));
    if (keys.ends != 0) scroll.go_to(keys.ends < 0 ? 0 : content);
    if (keys.focused) focus_ring(panel, view);
  }
  return scroll_vertically(panel, "scroll", view, content, scroll);
}

/// All groups one below the other; `y` is where they begin.
void draw_groups(const Stage& stage, Rect column, float y) {
  const Panel& panel = stage.panel;
  for (const LegendGroup& group : legend_groups) {
    section_title(panel, {column.left, y + panel.units(12)}, panel.text(group.title));
    y += panel.units(column_title);
    for (const LegendRow& row : group.rows) {
      draw_row(stage, row, {column.left - panel.units(4), y, column.right, y + panel.units(column_row)});
      y += panel.units(column_row);
    }
  }
}

}  // namespace

Rect legend_card_rect(const View& view, const UiState& state, const Layout& layout) {
  const Rect ground = ground_of(state, layout);
  if (!state.legend_open || lies_over_panels(view, state) || !is_empty(layout.legend) || is_empty(ground)) return {};
  const float scale = view.text_scale;
  const float width = std::min(ground.width() / scale - 24, 4 * 370.0F);
  const float rows = card_rows(card_columns(width));
  const float most = ground.height() / scale - 24;
  const float height = std::min(most, std::clamp(most - 2 * card_edge, card_row_least * rows, card_row_most * rows) + 2 * card_edge);
  const float left = std::round(ground.center().x - width * scale / 2);
  const float bottom = std::round(ground.bottom - 12 * scale);
  return {left, std::round(bottom - height * scale), left + std::round(width * scale), bottom};
}

void draw_legend_card(Panel& panel) {
  const Rect& box = panel.area;
  panel.canvas.rect(box, panel.theme().raised, {panel.theme().hairline, 1}, panel.units(corner));
  const Rect view = box.inset(panel.units(card_edge));
  const int columns = card_columns(box.width() / panel.units(1));
  const auto down = static_cast<std::size_t>(card_rows(columns));
  const float row = std::max(panel.units(card_row_least), view.height() / static_cast<float>(down));
  const float width = view.width() / static_cast<float>(columns);
  const float top = view.top - scrolled_by(panel, view, row * static_cast<float>(down));
  const Stage stage = empty_stage(panel);
  panel.canvas.clip(view);
  std::size_t i = 0;
  for (const LegendGroup& group : legend_groups) {
    for (const LegendRow& line : group.rows) {
      const std::size_t column = i / down;
      const Point at{view.left + static_cast<float>(column) * width, top + row * static_cast<float>(i % down)};
      draw_row(stage, line, {at.x, at.y, at.x + width, at.y + row});
      ++i;
    }
  }
  panel.canvas.unclip();
}

void draw_legend_column(Panel& panel) {
  const Theme& theme = panel.theme();
  const Rect& area = panel.area;
  panel.canvas.rect(area, theme.panel, 0);
  panel.canvas.line({area.left + 0.5F, area.top}, {area.left + 0.5F, area.bottom}, {theme.hairline, 1});
  const float side = panel.units(20);
  const float middle = area.top + panel.units(30);
  const Rect cross{area.right - panel.units(44), middle - panel.units(14), area.right - panel.units(16), middle + panel.units(14)};
  line_of_text(panel, {area.left + side, area.top + panel.units(8), cross.left, area.top + panel.units(column_head)}, panel.text("ui.legend"),
               {.face = Face::SansBold, .size = Size::Large, .color = theme.text});
  if (button(panel, "close", cross, {.icon = icon::cross, .tip = panel.text("ui.close")})) panel.state.legend_open = false;
  const Rect view{area.left, area.top + panel.units(column_head), area.right, area.bottom - 1};
  const float offset = scrolled_by(panel, view, panel.units(column_height));
  panel.canvas.clip(view);
  draw_groups(empty_stage(panel), {area.left + side, view.top, area.right - panel.units(12), view.bottom}, view.top - offset);
  fade_edges(panel, view, offset, panel.units(column_height));
  panel.canvas.unclip();
}

}  // namespace ui
