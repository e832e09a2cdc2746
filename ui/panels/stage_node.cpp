// A node as a circle: name, role by stroke and badge, countdown ring, tally of votes. Its disk is in
// stage_plate.cpp.
#include <algorithm>
#include <array>
#include <cmath>

#include "ui/panels/stage_parts.h"

namespace ui {

namespace {

using raft::NodeId;
using raft::Role;
using raft::sim::Machine;
using raft::sim::Time;

constexpr int heartbeat_segments = 16;

float share_left(Time left, Time whole) {
  if (whole <= 0) return 0;
  return std::clamp(static_cast<float>(left) / static_cast<float>(whole), 0.0F, 1.0F);
}

/// Too small for a word under the name.
bool is_small(const Stage& stage) { return stage.scene.unit < small_node * stage.panel.view.text_scale; }

bool timer_was_reset(const Stage& stage, NodeId node) {
  const raft::sim::Event& event = stage.panel.view.run.event();
  return stage.at_event() && event.node == node && event.effects.election_timer == raft::TimerAction::Arm;
}

/// The message that has reset the countdown, as a streak from where it came in up to the ring, whose flash says the rest: with
/// a head it was taken for one more message.
void draw_cause_of_reset(const Stage& stage, const NodeShape& shape, float radius) {
  const raft::sim::Event& event = stage.panel.view.run.event();
  if (event.kind != raft::sim::EventKind::Receive || !event.flight) return;
  if (is_hidden(stage, event.flight->message)) return;
  const auto lane = lane_between(stage.scene, event.flight->message.from, event.flight->message.to);
  if (!lane) return;
  draw_fading_way(stage, *lane, 1, 0.16F, {stage.theme().ring, stage.u(3)}, 1);
  const Point away = lane->to - shape.center;
  const Point on_ring = shape.center + away * (radius / std::max(distance(lane->to, shape.center), 1.0F));
  stage.canvas().line(lane->to, on_ring, {stage.theme().ring, stage.u(3)});
  stage.canvas().note(DrawnKind::Mark, "streak", {on_ring.x - stage.u(6), on_ring.y - stage.u(6), on_ring.x + stage.u(6), on_ring.y + stage.u(6)});
}

void draw_election_ring(Stage& stage, const NodeShape& shape, const Machine& machine) {
  const Theme& theme = stage.theme();
  const Canvas& canvas = stage.canvas();
  const float radius = shape.ring - stage.u(2.5F);
  const float width = stage.u(4.5F);
  canvas.ring(shape.center, radius, {theme.ring_track, width});
  if (!machine.election.running()) return;
  const Time longest = stage.world().settings.election_timeout.max;
  const float left = share_left(machine.election.fires_at - stage.clock, longest);
  const bool last_tenth = left < 0.1F;
  float grown = 0;
  if (last_tenth && stage.panel.view.playing) {
    grown = stage.u(1.5F) * (0.5F + 0.5F * static_cast<float>(std::sin(stage.panel.view.real_seconds * 12)));
    stage.panel.notes.result.animating = true;
  }
  const Color color = stage.tone(last_tenth ? theme.text : theme.ring, shape.id);
  if (timer_was_reset(stage, shape.id)) {
    canvas.ring(shape.center, radius, {with_alpha(theme.ring, 0.35F), width + stage.u(7)});
    draw_cause_of_reset(stage, shape, radius);
  }
  canvas.arc(shape.center, radius, 0, left, {color, width + grown});
  // No countdown starts below this mark.
  const float tick = share_left(stage.world().settings.election_timeout.min, longest);
  if (tick > 0 && tick < 1) {
    const float angle = tick * 2 * pi;
    const Point out{std::sin(angle), -std::cos(angle)};
    canvas.line(shape.center + out * (radius - width * 0.9F), shape.center + out * (radius + width * 1.1F),
                {stage.tone(theme.text, shape.id), std::max(1.5F, stage.u(1.6F))});
  }
}

void draw_heartbeat_ring(Stage& stage, const NodeShape& shape, const Machine& machine) {
  const Time left = machine.heartbeat.running() ? machine.heartbeat.fires_at - stage.clock : 0;
  const float lit = share_left(left, stage.world().settings.heartbeat) * heartbeat_segments;
  const float radius = shape.ring - stage.u(2.5F);
  for (int i = 0; i < heartbeat_segments; ++i) {
    const float start = static_cast<float>(i) / heartbeat_segments;
    const Color color = static_cast<float>(i) < lit ? stage.theme().ring : stage.theme().ring_track;
    stage.canvas().arc(shape.center, radius, start + 0.008F, start + 1.0F / heartbeat_segments - 0.008F,
                       {stage.tone(color, shape.id), stage.u(4.5F)});
  }
}

void draw_time_left(Stage& stage, const NodeShape& shape, const Machine& machine) {
  const raft::sim::Timer& timer = machine.election.running() ? machine.election : machine.heartbeat;
  if (!timer.running()) return;
  TextStyle style = stage.type(Size::Small, stage.theme().text, Face::Mono);
  style.align = Align::Center;
  const float away = shape.ring + stage.u(14);
  const float aside = shape.ring * 0.8F + stage.u(30);
  const std::array<Point, 6> places{shape.center + Point{0, -away},      shape.center + Point{0, away},
                                    shape.center + Point{-aside, -away}, shape.center + Point{aside, -away},
                                    shape.center + Point{-aside, away},  shape.center + Point{aside, away}};
  const std::string text = raft::explain::time_text(timer.fires_at - stage.panel.view.run.clock());
  draw_label(stage, places, {.text = text, .style = style, .border = stage.theme().hairline});
}

/// One pip for each voter, granted ones first, so that they fill up towards the notch of the majority.
void draw_tally(Stage& stage, const NodeShape& shape, const raft::NodeState& node) {
  const Theme& theme = stage.theme();
  std::vector<NodeId> order;
  for (const NodeId id : node.memory.votes_granted) order.push_back(id);
  const raft::NodeSet voters = node.configuration.all_voters();
  for (const NodeId id : voters - node.memory.votes_granted - node.memory.votes_refused) order.push_back(id);
  for (const NodeId id : node.memory.votes_refused) order.push_back(id);
  const auto count = static_cast<float>(order.size());
  const float pitch = std::min(stage.u(20), stage.u(124) / count);
  const float radius = pitch * 0.42F;
  const float y = shape.center.y - shape.ring - stage.u(13);
  const float left = shape.badge.left + 2;
  const int needed = raft::explain::votes_needed(stage.world(), shape.id);
  TextStyle letter = stage.type(Size::Small, theme.text);
  letter.align = Align::Center;
  letter.anchor = Anchor::Middle;
  letter.zoom =
      std::max(letter.zoom * stage.less(0.8F), radius * 1.05F / (text_points(Size::Small) * stage.panel.view.text_scale));
  for (std::size_t i = 0; i < order.size(); ++i) {
    const Point at{left + pitch * (static_cast<float>(i) + 0.5F), y};
    const bool granted = node.memory.votes_granted.contains(order[i]);
    const bool refused = node.memory.votes_refused.contains(order[i]);
    stage.canvas().circle(at, radius, granted ? stage.tone(theme.node_stroke, shape.id) : theme.node_fill);
    stage.canvas().ring(at, radius, {stage.tone(refused ? theme.text_quiet : theme.node_stroke, shape.id), 1.5F});
    if (refused) stage.canvas().line(at + Point{-radius, radius}, at + Point{radius, -radius}, {with_alpha(theme.danger, 0.7F), 2});
    letter.color = granted ? theme.node_fill : stage.tone_of_text(theme.text, shape.id);
    letter.max_width = radius * 2.2F;
    const bool readable = radius > (stage.panel.state.room ? stage.panel.units(8) : 6.5F);
    if (readable && stage.world().name(order[i]).size() <= 2)
      stage.canvas().text(at, stage.world().name(order[i]), letter);
  }
  if (stage.panel.view.asks()) return;  // how many it needs may be what is asked
  TextStyle words = stage.type(Size::Small, stage.tone_of_text(theme.text, shape.id), Face::SansBold);
  words.anchor = Anchor::Middle;
  std::string so_far = raft::explain::joint_votes(stage.panel.view.words, stage.world(), shape.id);
  const bool joint = !so_far.empty();  // §6: two majorities, not one of all
  if (!joint) {
    so_far = stage.panel.text("ui.stored_on_count", {{"n", node.memory.votes_granted.count()}, {"total", needed}});
  }
  stage.taken.push_back(stage.canvas().text({left + pitch * count + stage.u(6), y}, so_far, words));
  if (joint) return;
  const float notch = left + pitch * static_cast<float>(needed);
  stage.canvas().line({notch, y - radius - stage.u(4)}, {notch, y + radius + stage.u(2)},
                      {stage.tone(theme.text, shape.id), std::max(2.0F, stage.u(2))});
}

bool crashes_now(const Stage& stage, NodeId node) {
  const raft::sim::Event& event = stage.panel.view.run.event();
  if (!stage.at_event() || !event.intervention) return false;
  const auto* crash = std::get_if<raft::sim::Crash>(&*event.intervention);
  return crash != nullptr && crash->nodes.contains(node);
}

/// What was in memory goes up in smoke.
void draw_smoke(Stage& stage, const NodeShape& shape) {
  for (int i = 0; i < 3; ++i) {
    const float grown = stage.u(5.0F + 6 * static_cast<float>(i));
    const Color color = mixed(stage.theme().text_quiet, stage.theme().stage, 0.25F * static_cast<float>(i));
    stage.canvas().ring(shape.center, shape.ring + grown, {color, stage.u(2.4F)}, Dash::Dotted);
  }
}

/// Role, commit index, timers, votes; more where a rule about the disk is off.
void draw_what_is_lost(Stage& stage, const NodeShape& shape) {
  Label label{.text = raft::explain::lost_in_a_crash(stage.panel.view.words, stage.world()), .style = stage.type(Size::Small, stage.theme().text_quiet),
              .border = stage.theme().text_quiet,
              .about = {shape.ring_box(), shape.plate}};
  label.style.align = Align::Center;
  const float away = shape.ring + std::max(stage.u(34), stage.panel.units(34));  // above the word "down"
  const std::array<Point, 2> places{shape.center + Point{0, away}, shape.center + Point{0, -away}};
  draw_label(stage, places, label);
}

void draw_down(Stage& stage, const NodeShape& shape) {
  const Color color = stage.tone(stage.theme().text_quiet, shape.id);
  stage.canvas().ring(shape.center, shape.radius, {color, stage.u(1.6F)});
  const float in = shape.radius * 0.76F;
  const float out = shape.radius * 1.14F;
  for (const Point way :
       {Point{-0.707F, -0.707F}, Point{0.707F, -0.707F}, Point{-0.707F, 0.707F}, Point{0.707F, 0.707F}}) {
    stage.canvas().line(shape.center + way * in, shape.center + way * out, {color, stage.u(3)});
  }
}

/// What is paused believes what it believed, and does nothing: two bars, as on a player.
void draw_paused(Stage& stage, const NodeShape& shape) {
  const Theme& theme = stage.theme();
  const Point at = shape.center + Point{shape.ring * 0.72F, shape.ring * 0.72F};
  const float size = std::max(stage.u(11), 9.0F);
  stage.canvas().circle(at, size, theme.node_fill);
  stage.canvas().ring(at, size, {theme.node_stroke, std::max(1.5F, stage.u(1.8F))});
  for (const float side : {-1.0F, 1.0F}) {
    const float x = at.x + side * size * 0.28F;
    stage.canvas().line({x, at.y - size * 0.42F}, {x, at.y + size * 0.42F}, {theme.node_stroke, size * 0.26F});
  }
}

void draw_circle(Stage& stage, const NodeShape& shape, const Machine& machine) {
  const Theme& theme = stage.theme();
  const Canvas& canvas = stage.canvas();
  const Color stroke = stage.tone(theme.node_stroke, shape.id);
  if (!machine.up) {
    draw_down(stage, shape);
    return;
  }
  if (raft::sim::is_learner(machine.node)) {
    const float side = shape.radius * 0.88F;
    canvas.rect({shape.center.x - side, shape.center.y - side, shape.center.x + side, shape.center.y + side},
                theme.node_fill, {stroke, stage.u(1.8F)}, stage.u(9));
    return;
  }
  canvas.circle(shape.center, shape.radius - 1, theme.node_fill);
  switch (machine.node.memory.role) {
    case Role::Follower: canvas.ring(shape.center, shape.radius, {stroke, stage.u(1.8F)}); break;
    case Role::Candidate: canvas.ring(shape.center, shape.radius - 1, {stroke, stage.u(3)}, Dash::Dashed); break;
    case Role::PreCandidate: canvas.ring(shape.center, shape.radius - 1, {stroke, stage.u(2.6F)}, Dash::Dotted); break;
    case Role::Leader: canvas.ring(shape.center, shape.radius - stage.u(1.5F), {stroke, stage.u(5.5F)}); break;
  }
}

/// What stands under the name.
std::string word_key(const Machine& machine) {
  if (!machine.up) return "stage.down";
  if (machine.paused) return "stage.paused";
  if (raft::sim::is_learner(machine.node)) return "stage.learner";
  return std::string("role.") + raft::role_name(machine.node.memory.role);
}

bool asks_for_votes(const Machine& machine) {
  const Role role = machine.node.memory.role;
  return machine.up && (role == Role::Candidate || role == Role::PreCandidate);
}

void draw_words(Stage& stage, const NodeShape& shape, const Machine& machine) {
  const Theme& theme = stage.theme();
  TextStyle name =
      stage.type(Size::Display, stage.tone_of_text(machine.up ? theme.text : theme.text_quiet, shape.id), Face::SansBold);
  name.zoom = std::max(stage.scene.unit / stage.panel.view.text_scale, 0.4F);
  name.align = Align::Center;
  name.anchor = Anchor::Middle;
  const float room = shape.radius * 1.62F;
  const float width = stage.canvas().text_width(machine.name, name);
  if (width > room) name.zoom *= std::max(room / width, 0.37F);
  name.max_width = room;
  stage.canvas().text(shape.center + Point{0, is_small(stage) ? 0 : -stage.u(7)}, machine.name, name);

  const bool leads = machine.up && machine.node.memory.role == Role::Leader;
  TextStyle word = stage.type(Size::Small, stage.tone_of_text(leads ? theme.text : theme.text_quiet, shape.id),
                              leads ? Face::SansBold : Face::Sans);
  word.align = Align::Center;
  word.anchor = Anchor::Middle;
  word.zoom = std::max(word.zoom * stage.less(0.88F), 0.8F);
  const std::string& role = stage.panel.text(word_key(machine));
  const float wide = stage.canvas().text_width(role, word);
  const bool too_wide = stage.panel.state.room && wide > shape.radius * 1.8F;
  if (is_small(stage) || too_wide) {  // no room inside: beside the crown or the tally, and none for a follower
    word.align = Align::Left;
    if (machine.up && !machine.paused && !leads && !raft::sim::is_learner(machine.node)) return;
    const float y = shape.center.y - shape.ring - stage.u(9);
    const float gap = leads ? stage.u(22) : 0;
    for (const float x : {shape.center.x + gap, shape.center.x - gap - wide}) {  // the crown says it too
      const Rect box = stage.canvas().measure({x, y}, role, word);
      const auto covers = [&](const NodeShape& node) {
        return overlaps(node.id == shape.id ? node.plate : node.block, box);
      };
      if (box.right > stage.scene.area.right - 2 || std::any_of(stage.scene.nodes.begin(), stage.scene.nodes.end(), covers)) continue;
      stage.taken.push_back(stage.canvas().text({x, y}, role, word));
      break;
    }
    return;
  }
  if (!stage.panel.state.room && wide > shape.radius * 1.42F) word.zoom *= shape.radius * 1.42F / wide;
  stage.canvas().text(shape.center + Point{0, stage.u(17)}, role, word);
}

void draw_node(Stage& stage, const NodeShape& shape) {
  const Machine& machine = stage.world().machine(shape.id);
  const Theme& theme = stage.theme();
  if (crashes_now(stage, shape.id)) draw_smoke(stage, shape);
  const bool selected =
      stage.panel.state.selection.kind == Selection::Kind::Node && stage.panel.state.selection.node == shape.id;
  const bool hovered =
      stage.panel.state.hovered.kind == Selection::Kind::Node && stage.panel.state.hovered.node == shape.id;
  const bool touched = stage.hit.kind == Hit::Kind::Node && stage.hit.node == shape.id;
  if (hovered || touched)
    stage.canvas().ring(shape.center, shape.ring + stage.u(3), {theme.accent_soft, stage.u(5)});
  if (selected)
    stage.canvas().ring(shape.center, shape.ring + stage.u(3), {theme.accent, std::max(2.0F, stage.u(2.2F))});
  const bool leads = machine.up && machine.node.memory.role == Role::Leader;
  if (machine.up && leads) draw_heartbeat_ring(stage, shape, machine);
  if (machine.up && !leads) draw_election_ring(stage, shape, machine);
  draw_circle(stage, shape, machine);
  draw_words(stage, shape, machine);
  if (leads) {
    const Point crown = shape.center + Point{0, -shape.ring - stage.u(9)};
    stage.canvas().crown(crown, stage.u(26), stage.tone(theme.node_stroke, shape.id));
    stage.taken.push_back({crown.x - stage.u(14), crown.y - stage.u(13), crown.x + stage.u(14), crown.y + stage.u(9)});
  }
  if (asks_for_votes(machine)) draw_tally(stage, shape, machine.node);
  if (machine.up && machine.paused) draw_paused(stage, shape);
  const Rect circle = shape.ring_box();
  stage.taken.push_back(circle);
  stage.taken.push_back(shape.plate);
  stage.canvas().note(DrawnKind::Mark, "node", circle);
  stage.canvas().note(DrawnKind::Mark, "plate", shape.plate);
  if (shape.badge.width() > 0) stage.taken.push_back(shape.badge);
}

}  // namespace

void draw_beside_nodes(Stage& stage) {
  const NodeId first = raft::explain::first_to_time_out(stage.world(), stage.world().all_nodes());
  for (const NodeShape& shape : stage.scene.nodes) {
    const Machine& machine = stage.world().machine(shape.id);
    const bool touched = stage.hit.kind == Hit::Kind::Node && stage.hit.node == shape.id;
    const bool first_to_end = shape.id == first && !stage.panel.view.asks();
    if (machine.up && (touched || first_to_end)) draw_time_left(stage, shape, machine);
    if (crashes_now(stage, shape.id)) draw_what_is_lost(stage, shape);
  }
}

void draw_nodes(Stage& stage) {
  stage.cards = card_words(stage);
  for (const NodeShape& shape : stage.scene.nodes) {
    draw_node(stage, shape);
    draw_plate(stage, shape);
  }
}

}  // namespace ui
