// The space-time diagram from back to front. Where everything is is decided in ui/diagram_scene.cpp.
#include "ui/panels/diagram.h"

#include <imgui.h>

#include <algorithm>

#include "ui/panels/diagram_parts.h"

namespace ui {

bool Diagram::label(Point middle, std::string_view text, const TextStyle& style, Color ground) {
  TextStyle centered = style;
  centered.align = Align::Center;
  centered.anchor = Anchor::Middle;
  const Rect words = canvas().measure(middle, text, centered);
  const Rect box = words.inset(-u(3), 0);
  const Rect& plot = scene.plot;
  if (box.left < plot.left || box.right > plot.right || box.top < plot.top || box.bottom > plot.bottom) return false;
  if (std::any_of(taken.begin(), taken.end(), [&box](const Rect& other) { return overlaps(box, other); })) return false;
  if (ground != 0) canvas().rect(box, ground, u(4));
  canvas().text(middle, text, centered);
  taken.push_back(box);
  return true;
}

namespace {

/// What has not happened yet is paler: it may still become something else.
void draw_veil(Diagram& diagram) {
  const Rect& plot = diagram.scene.plot;
  const float x = std::clamp(diagram.cursor_x(), plot.left, plot.right);
  diagram.canvas().rect({x, plot.top, plot.right, plot.bottom}, with_alpha(diagram.theme().background, 0.62F), 0);
}

DiagramInput input_of(Panel& panel) {
  return {.run = panel.view.run,
          .state = panel.state.diagram,
          .rewrites = panel.view.rewrites,
          .unit = panel.view.text_scale,
          .hide_heartbeats = panel.state.hide_heartbeats,
          .area = panel.area};
}

}  // namespace

void draw_diagram(Panel& panel) {
  const Rect& area = panel.area;
  panel.canvas.rect(area, panel.theme().panel, 0);
  DiagramState& state = panel.state.diagram;
  const bool rewritten = state.past.rewrites != panel.view.rewrites;  // the same number may be another message's now
  Diagram diagram{.panel = panel, .scene = make_diagram(input_of(panel)), .hit = {}};
  if (rewritten || diagram.scene.level == DiagramLevel::Far) state.menu = {};
  if (rewritten) state.drag = {};
  if (state.work.unfinished) panel.notes.result.animating = true;
  const ImVec2 mouse = ImGui::GetMousePos();
  if (panel.has_mouse(diagram.scene.plot)) diagram.hit = hit_diagram(diagram.scene, state, {mouse.x, mouse.y});

  panel.canvas.clip(diagram.scene.plot);
  draw_cut_spans(diagram);
  if (diagram.scene.level == DiagramLevel::Far) {
    draw_columns(diagram);
  } else {
    draw_lanes(diagram);
  }
  draw_cut_captions(diagram);
  draw_veil(diagram);
  draw_message_lines(diagram);
  if (diagram.scene.level != DiagramLevel::Far) draw_event_marks(diagram);
  draw_due_timers(diagram);
  draw_cursor(diagram);
  draw_line_labels(diagram);
  draw_delay(diagram);
  panel.canvas.unclip();

  draw_time_axis(diagram);
  draw_lane_heads(diagram);
  draw_diagram_tools(diagram);
  handle_diagram_mouse(diagram);
  tell_of_hovered(diagram);
  panel.canvas.line({area.left, area.top + 0.5F}, {area.right, area.top + 0.5F}, {panel.theme().hairline, 1});
}

}  // namespace ui
