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
  Leader,
  Down,
  Countdown,
  Term,
  RequestVote,
  AppendEntries,
  Reply,
  Heartbeat,
  ClientRequest,
  Committed,
  Stored,
  Snapshot,
  Cut,
};

struct Row {
  Sign sign;
  const char* text;
};

constexpr std::array<Row, 16> rows{{
    {Sign::Leader, "legend.leader"},
    {Sign::Candidate, "legend.candidate"},
    {Sign::Follower, "legend.follower"},
    {Sign::Learner, "legend.learner"},
    {Sign::Down, "legend.down"},
    {Sign::Countdown, "legend.countdown"},
    {Sign::Term, "legend.term"},
    {Sign::RequestVote, "legend.request_vote"},
    {Sign::AppendEntries, "legend.append_entries"},
    {Sign::Reply, "legend.reply"},
    {Sign::Heartbeat, "legend.heartbeat"},
    {Sign::ClientRequest, "legend.client_request"},
    {Sign::Committed, "legend.committed"},
    {Sign::Stored, "legend.stored"},
    {Sign::Snapshot, "legend.snapshot"},
    {Sign::Cut, "legend.cut"},
}};

raft::Message sample(raft::Message::Body body) { return {raft::node_at(0), raft::node_at(1), 1, std::move(body)}; }

void draw_role(const Stage& stage, Sign sign, Point at, float r) {
  const Color stroke = stage.theme().node_stroke;
  const Canvas& canvas = stage.canvas();
  if (sign == Sign::Follower) canvas.ring(at, r, {stroke, 1.5F});
  if (sign == Sign::Learner) canvas.frame({at.x - r, at.y - r, at.x + r, at.y + r}, {stroke, 1.5F}, r * 0.35F);
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
    case Sign::Snapshot: {
      const Rect back{at.x - r * 1.1F, at.y - r * 0.5F, at.x + r * 1.4F, at.y + r};
      const Rect front{at.x - r * 1.4F, at.y - r, at.x + r * 1.1F, at.y + r * 0.5F};
      for (const Rect& brick : {back, front}) {
        stage.canvas().rect(brick, mixed(stage.theme().node_stroke, stage.theme().node_fill, 0.78F),
                            {stage.theme().node_stroke, 1.5F}, 2);
      }
      break;
    }
    case Sign::Cut:
      stage.canvas().line(at + Point{-r * 1.3F, 0}, at + Point{r * 1.3F, 0}, {stage.theme().hairline, 1.5F});
      stage.canvas().line(at + Point{0, -r}, at + Point{0, r}, {stage.theme().barrier, 4});
      break;
    default: draw_role(stage, sign, at, r);
  }
}

int columns(const Panel& panel) {
  return std::clamp(static_cast<int>((panel.area.width() - panel.units(24)) / panel.units(350)), 1, 4);
}

}  // namespace

Rect legend_rect(const Stage& stage) {
  const Panel& panel = stage.panel;
  if (!panel.state.legend_open) return {};
  const int across = columns(panel);
  const int down = (static_cast<int>(rows.size()) + across - 1) / across;
  const float height = panel.units(static_cast<float>(down) * 30 + 24);
  const float width = std::min(panel.area.width() - panel.units(24), panel.units(static_cast<float>(across) * 370));
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
  const int across = columns(panel);
  const std::size_t down = (rows.size() + static_cast<std::size_t>(across) - 1) / static_cast<std::size_t>(across);
  const float width = (box.width() - panel.units(24)) / static_cast<float>(across);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const float x = box.left + panel.units(12) + static_cast<float>(i / down) * width;
    const float y = box.top + panel.units(12 + 30 * static_cast<float>(i % down) + 15);
    draw_sign(stage, rows[i].sign, {x + panel.units(18), y}, panel.units(9));
    panel.canvas.text({x + panel.units(42), y}, panel.text(rows[i].text),
                      {.size = Size::Small,
                       .color = panel.theme().text,
                       .anchor = Anchor::Middle,
                       .max_width = width - panel.units(50)});
  }
}

}  // namespace ui
