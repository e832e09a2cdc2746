// What the shapes mean: a card over the lower edge of the stage, open until it is closed again.
#include <algorithm>
#include <array>

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
  Deleted,
  Snapshot,
  Cut,
  OneWay,
};

struct LegendRow {
  Sign sign;
  const char* text;
};

constexpr std::array<LegendRow, 26> legend_rows{{
    {Sign::Leader, "legend.leader"},
    {Sign::Candidate, "legend.candidate"},
    {Sign::Votes, "legend.votes"},
    {Sign::PreCandidate, "legend.pre_candidate"},
    {Sign::Follower, "legend.follower"},
    {Sign::Learner, "legend.learner"},
    {Sign::Down, "legend.down"},
    {Sign::Disk, "legend.disk"},
    {Sign::Unwritten, "legend.unwritten"},
    {Sign::Countdown, "legend.countdown"},
    {Sign::HeartbeatRing, "legend.heartbeat_ring"},
    {Sign::Term, "legend.term"},
    {Sign::Committed, "legend.committed"},
    {Sign::Stored, "legend.stored"},
    {Sign::Deleted, "legend.deleted"},
    {Sign::Snapshot, "legend.snapshot"},
    {Sign::RequestVote, "legend.request_vote"},
    {Sign::AppendEntries, "legend.append_entries"},
    {Sign::Reply, "legend.reply"},
    {Sign::Heartbeat, "legend.heartbeat"},
    {Sign::InstallSnapshot, "legend.install_snapshot"},
    {Sign::TimeoutNow, "legend.timeout_now"},
    {Sign::ClientRequest, "legend.client_request"},
    {Sign::Lost, "legend.lost"},
    {Sign::Cut, "legend.cut"},
    {Sign::OneWay, "legend.one_way"},
}};

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
  stage.canvas().rect(cell, committed ? mixed(theme.node_stroke, theme.node_fill, 0.78F) : theme.node_fill, 3);
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
        stage.canvas().rect(brick, mixed(stage.theme().node_stroke, stage.theme().node_fill, 0.78F),
                            {stage.theme().node_stroke, 1.5F}, 2);
      }
      break;
    }
    case Sign::Votes: draw_votes(stage, at, r); break;
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

/// As the width allows; where it is flat, lines closer together.
struct Grid {
  int across = 1;
  int down = 1;
  float line = 30;  // units
};

Grid grid_of(const Panel& panel) {
  Grid lines;
  lines.across = std::clamp(static_cast<int>((panel.area.width() - panel.units(24)) / panel.units(300)), 1, 4);
  lines.down = (static_cast<int>(legend_rows.size()) + lines.across - 1) / lines.across;
  const float room = (panel.area.height() / panel.units(1) - 48) / static_cast<float>(lines.down);
  lines.line = std::clamp(room, 21.0F, 30.0F);
  return lines;
}

}  // namespace

Rect legend_rect(const Stage& stage) {
  const Panel& panel = stage.panel;
  if (!panel.state.legend_open) return {};
  const Grid lines = grid_of(panel);
  const float height = panel.units(static_cast<float>(lines.down) * lines.line + 24);
  const float width = std::min(panel.area.width() - panel.units(24), panel.units(static_cast<float>(lines.across) * 370));
  const float left = panel.area.center().x - width / 2;
  const float bottom = panel.area.bottom - panel.units(12);
  return {left, std::max(panel.area.top, bottom - height), left + width, bottom};
}

void draw_legend(Stage& stage) {
  Panel& panel = stage.panel;
  if (!panel.state.legend_open) return;
  const Rect box = legend_rect(stage);
  panel.canvas.shadow(box, panel.units(corner), panel.units(12));
  panel.canvas.rect(box, panel.theme().raised, {panel.theme().hairline, 1}, panel.units(corner));
  const Grid lines = grid_of(panel);
  const auto down = static_cast<std::size_t>(lines.down);
  const float width = (box.width() - panel.units(24)) / static_cast<float>(lines.across);
  for (std::size_t i = 0; i < legend_rows.size(); ++i) {
    const auto column = i / down;
    const float x = box.left + panel.units(12) + static_cast<float>(column) * width;
    const float y = box.top + panel.units(12 + lines.line * (static_cast<float>(i % down) + 0.5F));
    const float half = panel.units(lines.line / 2);
    draw_sign(stage, legend_rows[i].sign, {x + panel.units(18), y}, panel.units(lines.line * 0.3F));
    line_of_text(panel, {x + panel.units(42), y - half, x + width - panel.units(8), y + half},
                 panel.text(legend_rows[i].text), {.size = Size::Small, .color = panel.theme().text});
  }
}

}  // namespace ui
