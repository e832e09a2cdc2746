// The head of the space-time diagram, and what the mouse and the keyboard do in it: click to go there, drag to pan, wheel
// to zoom, tools for messages, a head dragged to a later time.
#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "ui/icons.h"
#include "ui/panels/diagram.h"
#include "ui/panels/diagram_parts.h"

namespace ui {

namespace {

using raft::sim::MessageId;
using raft::sim::Time;

constexpr double wheel_step = 0.85;
constexpr double button_step = 0.6;

struct HeadButton {
  const char* id;
  const char* icon;
  const char* text;
  const char* tip;
};

constexpr std::array<HeadButton, 3> tool_buttons{{
    {"diagram select", icon::hand_pointer, "diagram.select", "diagram.select_tip"},
    {"diagram snip", icon::scissors, "diagram.snip", "diagram.snip_tip"},
    {"diagram copy", icon::copy, "ui.duplicate", "diagram.copy_tip"},
}};

/// Words beside the icons where there is room for all of them.
float draw_tools(Diagram& diagram, float left, bool words) {
  Panel& panel = diagram.panel;
  const Rect& header = diagram.scene.header;
  for (std::size_t i = 0; i < tool_buttons.size(); ++i) {
    const HeadButton& tool = tool_buttons[i];
    ButtonStyle style{.icon = tool.icon, .selected = static_cast<std::size_t>(diagram.state().tool) == i, .tip = panel.text(tool.tip)};
    if (words) style.label = panel.text(tool.text);
    const float width = std::max(button_width(panel, style), diagram.u(34));
    if (button(panel, tool.id, {left, header.top + diagram.u(6), left + width, header.bottom - diagram.u(4)}, style)) {
      diagram.state().tool = static_cast<DiagramTool>(i);
      diagram.state().menu = {};
    }
    left += width + diagram.u(2);
  }
  return left;
}

void zoom_around_cursor(Diagram& diagram, double factor) {
  const DiagramScale& scale = diagram.scene.scale;
  const Time clock = diagram.scene.clock;
  const bool seen = clock >= scale.from && clock <= scale.end();
  zoom(diagram.state(), diagram.panel.view.run, seen ? clock : scale.from + scale.span / 2, factor);
}

/// From the right edge to the left; what finds no room has a key.
void draw_view_buttons(Diagram& diagram, float least_left, bool words) {
  Panel& panel = diagram.panel;
  const Rect& header = diagram.scene.header;
  float right = header.right - diagram.u(10);
  const auto one = [&](const char* id, const ButtonStyle& style) {
    const float width = std::max(button_width(panel, style), diagram.u(34));
    if (right - width < least_left) return false;
    right -= width;
    return button(panel, id, {right, header.top + diagram.u(6), right + width, header.bottom - diagram.u(4)}, style);
  };
  if (one("diagram close", {.icon = icon::cross, .tip = panel.text("diagram.close")})) diagram.state().open = false;
  if (one("diagram wider", {.icon = icon::minus, .tip = panel.text("diagram.wider")})) zoom_around_cursor(diagram, 1 / button_step);
  if (one("diagram closer", {.icon = icon::plus, .tip = panel.text("diagram.closer")})) zoom_around_cursor(diagram, button_step);
  const bool story = panel.view.walkthrough.has_value();
  const std::string& all = panel.text("diagram.all");
  const std::string& step = panel.text(story ? "diagram.step" : "diagram.here");
  if (one("diagram all", {.icon = icon::expand, .label = words ? all : "", .tip = panel.text("diagram.all_tip")})) {
    show_all(diagram.state(), panel.view.run);
  }
  if (one("diagram step", {.icon = icon::search, .label = words ? step : "", .tip = panel.text(story ? "diagram.step_tip" : "diagram.here_tip")})) {
    show_step(diagram.state(), panel.view);
  }
  const std::string& label = panel.text("ui.hide_heartbeats");
  const float width = panel.canvas.text_width(label, {.size = Size::Small}) + diagram.u(28);
  right -= width + diagram.u(14);
  if (right < least_left) return;
  if (check_box(panel, "diagram heartbeats", {right, header.top + diagram.u(8), right + width, header.bottom - diagram.u(6)}, label,
                panel.state.hide_heartbeats)) {
    panel.state.hide_heartbeats = !panel.state.hide_heartbeats;
  }
}

void use_tool(Diagram& diagram, MessageId id, Point at) {
  Panel& panel = diagram.panel;
  const raft::sim::MessagePick pick = pick_message(id);
  MessageEdit edit;
  switch (diagram.state().tool) {
    case DiagramTool::Snip: edit = plan_edit(panel, id, raft::sim::DropMessage{pick}); break;
    case DiagramTool::Copy:
      edit = plan_edit(panel, id, raft::sim::DuplicateMessage{pick, panel.world().settings.latency.max / 2});
      break;
    case DiagramTool::Select: break;
  }
  panel.state.selection = {.kind = Selection::Kind::Message, .message = id};
  if (diagram.state().tool != DiagramTool::Select && edit.refusal.empty()) {
    carry_out(panel, edit);
    return;
  }
  // The menu also says why a tool would do nothing.
  diagram.state().menu = {id, at};
}

/// What has been played is there at once; what has not is played.
void go_to(Diagram& diagram, Time time) {
  const raft::sim::Timeline& run = diagram.panel.view.run;
  const Time played = run.known_until();
  if (time > played) {
    diagram.panel.act(PlayUntil{time});
  } else {
    diagram.panel.act(SeekTime{std::max<Time>(time, 0)});
  }
}

/// Along the axis the cursor is dragged, as far as the run has been played.
void drag_cursor(Diagram& diagram) {
  const Touch touched = touch(diagram.panel, "diagram axis", diagram.scene.axis, {.focusable = false});
  if (!touched.held) return;
  const raft::sim::Timeline& run = diagram.panel.view.run;
  const Time played = run.known_until();
  const Time there = std::clamp<Time>(diagram.scene.scale.time_at(ImGui::GetMousePos().x), 0, played);
  if (there != run.clock()) diagram.panel.act(SeekTime{there});
}

void click(Diagram& diagram, Point mouse) {
  Panel& panel = diagram.panel;
  const bool menu_was_open = diagram.state().menu.message != raft::sim::no_message;
  diagram.state().menu = {};
  const DiagramHit& hit = diagram.hit;
  if (hit.message != raft::sim::no_message) {
    use_tool(diagram, hit.message, mouse);
  } else if (hit.kind == DiagramHit::Kind::Event) {
    panel.act(SeekEvent{hit.event});
  } else if (!menu_was_open) {
    go_to(diagram, diagram.scene.scale.time_at(mouse.x));
  }
}

void finish_delay(Diagram& diagram, float x) {
  const MessageId id = diagram.state().drag.head;
  for (const DiagramLine& line : diagram.scene.lines) {
    if (line.flight->flight.id != id) continue;
    const Time by = diagram.scene.scale.time_at(x) - line.ends_at;
    if (by <= 0) return;
    const MessageEdit edit = plan_edit(diagram.panel, id, raft::sim::DelayMessage{pick_message(id), by});
    carry_out(diagram.panel, edit);
    if (!edit.refusal.empty()) diagram.state().menu = {id, line.to};
    return;
  }
}

void drag_on(Diagram& diagram, Point mouse) {
  DiagramState& state = diagram.state();
  DiagramDrag& drag = state.drag;
  if (drag.kind == DiagramDrag::Kind::Pressed && distance(mouse, drag.pressed) > click_reach) {
    drag.kind = drag.head != raft::sim::no_message ? DiagramDrag::Kind::Delay : DiagramDrag::Kind::Pan;
    state.menu = {};
  }
  if (drag.kind != DiagramDrag::Kind::Pan) return;
  const double per_point = static_cast<double>(state.span) / std::max(1.0F, diagram.scene.plot.width());
  const Time wanted = drag.from - static_cast<Time>(std::llround(static_cast<double>(mouse.x - drag.pressed.x) * per_point));
  pan(state, diagram.panel.view.run, wanted - state.from);
}

void let_go(Diagram& diagram, Point mouse) {
  const DiagramDrag drag = diagram.state().drag;
  if (drag.kind == DiagramDrag::Kind::Pressed) click(diagram, mouse);
  if (drag.kind == DiagramDrag::Kind::Delay) finish_delay(diagram, mouse.x);
  diagram.state().drag = {};
}

void turn_wheel(Diagram& diagram, float mouse) {
  const ImGuiIO& io = ImGui::GetIO();
  DiagramState& state = diagram.state();
  const auto part = [&state](float wheel) { return static_cast<Time>(static_cast<double>(state.span) * 0.08 * static_cast<double>(wheel)); };
  if (io.MouseWheelH != 0) pan(state, diagram.panel.view.run, part(-io.MouseWheelH));
  if (io.MouseWheel == 0) return;
  if (io.KeyShift) {
    pan(state, diagram.panel.view.run, part(-io.MouseWheel));
  } else {
    zoom(state, diagram.panel.view.run, diagram.scene.scale.time_at(mouse), std::pow(wheel_step, static_cast<double>(io.MouseWheel)));
  }
  diagram.panel.notes.result.animating = true;  // seen in the next frame
}

/// A click outside its plot closes the menu, and so does a message that is out of sight.
void close_menu_elsewhere(Diagram& diagram) {
  const Rect menu = diagram_menu_rect(diagram.panel);
  const ImVec2 mouse = ImGui::GetMousePos();
  const bool elsewhere = ImGui::IsMouseClicked(ImGuiMouseButton_Left) && !menu.contains({mouse.x, mouse.y}) &&
                         !diagram.scene.plot.contains({mouse.x, mouse.y});
  if (is_empty(menu) || elsewhere) diagram.state().menu = {};
}

/// Tab reaches what is on its way; Enter opens its menu.
void reach_by_keyboard(Diagram& diagram) {
  constexpr int most = 24;
  int count = 0;
  for (const DiagramLine& line : diagram.scene.lines) {
    if (line.tense != DiagramTense::OnItsWay || line.quiet || count++ == most) continue;
    const Point at = line.at(diagram.cursor_x());
    if (!diagram.scene.plot.contains(at)) continue;
    const float reach = diagram.u(9);
    const Rect box{at.x - reach, at.y - reach, at.x + reach, at.y + reach};
    const MessageId id = line.flight->flight.id;
    const Touch touched = touch(diagram.panel, "flight " + std::to_string(id), box);
    if (!touched.focused) continue;
    focus_ring(diagram.panel, box.inset(-diagram.u(3)), reach);
    diagram.panel.notes.hovered = {.kind = Selection::Kind::Message, .message = id};
    if (diagram.panel.notes.activate) use_tool(diagram, id, at);
  }
}

}  // namespace

void draw_diagram_tools(Diagram& diagram) {
  Panel& panel = diagram.panel;
  const Rect& header = diagram.scene.header;
  panel.canvas.rect(header, diagram.theme().panel, 0);
  float left = header.left + diagram.u(14);
  const bool roomy = header.width() > diagram.u(940);
  if (header.width() > diagram.u(640)) {
    const Rect title = section_title(panel, {left, header.top + diagram.u(13.5F)}, panel.text("diagram.title"));
    left = title.right + diagram.u(18);
  }
  const float tools_right = draw_tools(diagram, left, roomy);
  draw_view_buttons(diagram, tools_right + diagram.u(12), roomy);
}

void handle_diagram_mouse(Diagram& diagram) {
  reach_by_keyboard(diagram);
  drag_cursor(diagram);
  close_menu_elsewhere(diagram);
  DiagramDrag& drag = diagram.state().drag;
  const ImVec2 at = ImGui::GetMousePos();
  const Point mouse{at.x, at.y};
  const bool over = diagram.panel.has_mouse(diagram.scene.plot);
  if (over) turn_wheel(diagram, mouse.x);
  if (over && drag.kind == DiagramDrag::Kind::None && ImGui::IsMouseClicked(ImGuiMouseButton_Left)) {
    const bool on_head = diagram.hit.kind == DiagramHit::Kind::Head && diagram.state().tool == DiagramTool::Select;
    drag = {.kind = DiagramDrag::Kind::Pressed, .head = on_head ? diagram.hit.message : raft::sim::no_message, .pressed = mouse, .from = diagram.state().from};
  }
  if (drag.kind == DiagramDrag::Kind::None) return;
  if (ImGui::IsMouseDown(ImGuiMouseButton_Left)) {
    drag_on(diagram, mouse);
  } else {
    let_go(diagram, mouse);
  }
}

}  // namespace ui
