// The stage from back to front. What its parts look like is in stage_*.cpp, where they are is in scene.cpp.
#include "ui/panels/stage.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "ui/panels/stage_parts.h"
#include "ui/panels/violations.h"

namespace ui {

TextStyle Stage::type(Size size, Color color, Face face) const {
  const float scale = panel.view.text_scale;
  return {.face = face, .size = size, .color = color, .zoom = std::max(scene.unit / scale, smallest_zoom)};
}

bool Stage::in_focus(raft::NodeId node) const {
  const auto& walkthrough = panel.view.walkthrough;
  return !walkthrough || walkthrough->focus.empty() || walkthrough->focus.contains(node) || lit.contains(node);
}

Color Stage::tone(Color color, raft::NodeId node) const {
  const float away = panel.state.room ? outside_spotlight_in_room : outside_spotlight;
  return in_focus(node) ? color : mixed(color, theme().stage, away);
}

Color Stage::tone_of_text(Color color, raft::NodeId node) const {
  return in_focus(node) ? color : mixed(color, theme().stage, text_outside_spotlight);
}

std::string term_text(const Stage& stage, raft::Term term) {
  return stage.panel.text("ui.term_n", {{"n", std::to_string(term)}});
}

namespace {

/// What would happen if nobody did anything, while there is no leader.
void draw_status(Stage& stage, Rect toolbar) {
  if (stage.panel.view.asks() || current_leader(stage.world()) != raft::no_node || !stage.scene.islands.empty()) return;
  const std::string text = raft::explain::why_nothing_happens(stage.panel.view.words, stage.world());
  if (text.empty()) return;
  TextStyle style{.size = Size::Small, .color = stage.theme().text_quiet};
  const Rect area = stage.scene.area;
  const float width = std::min(stage.panel.units(300), area.width() * 0.27F);
  const Rect box = stage.canvas().measure_paragraph({area.right - width - 16, toolbar.top + 4}, width, text, style);
  if (std::any_of(stage.taken.begin(), stage.taken.end(), [box](Rect other) { return overlaps(box, other); }))
    return;
  stage.canvas().paragraph({box.left, box.top}, width, text, style);
  stage.taken.push_back(box);
}

/// Nodes go to a new place in a short, soft movement, and at once when nothing can be seen moving.
bool ease(Panel& panel, Scene& scene) {
  StageState& state = panel.state.stage;
  const double since = panel.view.real_seconds - state.eased_at;
  state.eased_at = panel.view.real_seconds;
  const bool jump = since <= 0 || since > 0.5 || state.eased.size() != scene.nodes.size() || state.dragged ||
                    panel.view.reduced_motion;
  const float share = jump ? 1.0F : 1.0F - std::exp(static_cast<float>(since) * -10.0F);
  bool moving = false;
  const Rect area = scene.area;
  for (NodeShape& node : scene.nodes) {
    const Point target{(node.center.x - area.left) / area.width(), (node.center.y - area.top) / area.height()};
    Point& at = state.eased[node.id];
    const Point next = between(at, target, share);
    const Point off{(next.x - target.x) * area.width(), (next.y - target.y) * area.height()};
    const bool there = jump || length(off) < 0.6F;
    at = there ? target : next;
    if (there) continue;
    moving = true;
    move_node(node, off);
  }
  return moving;
}

/// Stepping forward, what flies goes there in 300 ms; where no time passes (a picture), or backwards, at once.
raft::sim::Time eased_clock(Panel& panel) {
  constexpr double seconds = 0.3;
  StageState::Step& step = panel.state.stage.step;
  const raft::sim::Time clock = panel.view.run.clock();
  const double now = panel.view.real_seconds;
  if (clock != step.to) {
    const bool eased = step.to >= 0 && clock > step.to && !panel.view.playing;
    step = {eased ? step.to : clock, clock, now, now};
  } else if (now <= step.seen_at || now - step.since >= seconds) {
    step.from = clock;
  }
  step.seen_at = now;
  if (step.from == clock) return clock;
  panel.notes.result.animating = true;
  const double share = (now - step.since) / seconds;
  const double smooth = share * share * (3 - 2 * share);
  return step.from + static_cast<raft::sim::Time>(static_cast<double>(clock - step.from) * smooth);
}

/// A lesson without clients leaves their room to the nodes; in free play somebody may write at any time.
bool expects_clients(const View& view) {
  return !view.guided() || view.walkthrough->has_clients || !view.world().clients.empty();
}

/// Whoever has broken a promise; beside another run all, for a node that is pale here alone would seem to differ.
raft::NodeSet always_lit(const View& view) {
  if (view.compare != nullptr || view.read_only) return view.world().all_nodes();
  raft::NodeSet lit;
  for (const raft::check::Breach& breach : breaches(view)) {
    if (breach.violation.node != raft::no_node) lit.add(breach.violation.node);
  }
  return lit;
}

}  // namespace

void draw_stage_panel(Panel& panel) {
  const Rect area = panel.area;
  if (area.width() < 80 || area.height() < 80) return;
  const bool read_only = panel.view.read_only;
  const bool beside = read_only || panel.view.compare != nullptr;
  // Side by side both stages are arranged alike, and in a lecture hall the nodes need the room; the tools have their keys.
  const bool bare = beside || panel.state.room;
  const Rect toolbar = bare ? Rect{area.left, area.top + 8, area.left, area.top + 8} : toolbar_rect(panel);
  const raft::sim::Time clock = panel.view.reduced_motion ? panel.view.run.clock() : eased_clock(panel);
  const SceneInput input{.world = panel.world(),
                         .clock = clock,
                         .stage = panel.state.stage,
                         .text_scale = panel.view.text_scale,
                         .area = area,
                         .keep_clear = toolbar,
                         .reduced_motion = panel.view.reduced_motion,
                         .logs_on_plates = panel.state.room,
                         .has_clients = beside || expects_clients(panel.view)};
  Scene scene = make_scene(input);
  if (ease(panel, scene)) {
    panel.notes.result.animating = true;
    connect(scene, input);
  }
  Stage stage{.panel = panel, .scene = std::move(scene), .hit = {}, .clock = clock, .lit = always_lit(panel.view)};
  const ImVec2 mouse = ImGui::GetMousePos();
  stage.free = panel.has_mouse() && !toolbar.contains({mouse.x, mouse.y}) &&
                    !menu_rect(stage).contains({mouse.x, mouse.y}) &&
                    !write_prompt_rect(stage).contains({mouse.x, mouse.y});
  if (stage.free) {
    stage.hit = hit_test(stage.scene, {mouse.x, mouse.y});
    // What has flown on since the last frame is under the mouse no more: nobody is to see it lit for a frame. The keyboard
    // lights messages of other panels, which stay lit.
    const Selection hovered = hovered_by(stage.hit);
    const bool flown_on = panel.state.hovered.kind == Selection::Kind::Message && panel.state.focus.widget == 0;
    if (hovered != Selection{} || flown_on) panel.state.hovered = hovered;
  }
  stage.taken.push_back(toolbar.inset(-panel.units(6)));

  panel.canvas.clip(area);
  panel.canvas.rect(area, panel.theme().stage, 0);
  draw_islands(stage);
  draw_links(stage);
  draw_nodes(stage);
  draw_clients(stage);
  reserve_messages(stage);
  draw_tails(stage);
  draw_island_captions(stage);
  draw_beside_nodes(stage);
  draw_stamps(stage);
  draw_differences(stage);
  draw_network_notes(stage);
  draw_node_notes(stage);
  draw_messages(stage);
  draw_message_labels(stage);
  draw_status(stage, toolbar);
  if (read_only) {
    if (stage.free) point_at(stage);
    panel.canvas.unclip();
    return;
  }
  if (!bare) draw_toolbar(stage, toolbar);
  handle_mouse(stage);
  draw_gesture(stage);
  draw_menu(stage);
  draw_write_prompt(stage);
  panel.canvas.unclip();
}

void draw_stage(const View& view, UiState& state, Rect area, Actions& actions, bool& animating) {
  FrameNotes notes;
  notes.hovered = state.hovered;
  Panel panel{.view = view,
              .state = state,
              .notes = notes,
              .canvas = Canvas(ImGui::GetWindowDrawList(), theme(view.theme), view.text_scale, state.drawn),
              .area = area};
  draw_stage_panel(panel);
  state.hovered = notes.hovered;
  actions.insert(actions.end(), notes.result.actions.begin(), notes.result.actions.end());
  animating = animating || notes.result.animating;
  const ImVec2 size = ImGui::GetIO().DisplaySize;
  draw_tooltip(panel.canvas, notes.tooltip, size.x, size.y);
}

}  // namespace ui
