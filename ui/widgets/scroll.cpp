// Scrolling and splitters. The handle is thin and quiet until the mouse is near.
#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "ui/widgets/widgets.h"

namespace ui {

namespace {

constexpr float handle_width = 6;
constexpr float handle_min = 28;

struct Track {
  float start = 0;
  float length = 0;
  float view = 0;  // how much is seen at once
};

struct Handle {
  float start = 0;
  float length = 0;
};

Handle handle_of(const Track& track, const ScrollState& scroll, float least) {
  const float share = std::min(1.0F, track.view / std::max(scroll.content, 1.0F));
  const float length = std::clamp(track.length * share, std::min(least, track.length), track.length);
  const float most = std::max(scroll.content - track.view, 1.0F);
  return {track.start + (track.length - length) * std::clamp(scroll.offset / most, 0.0F, 1.0F), length};
}

/// Keeps the offset within the content, at its end if it was there.
void settle(ScrollState& scroll, float view, float content) {
  scroll.content = content;
  const float most = std::max(0.0F, content - view);
  scroll.offset = scroll.at_end ? most : std::clamp(scroll.offset, 0.0F, most);
}

void move_to(ScrollState& scroll, float view, float offset) {
  const float most = std::max(0.0F, scroll.content - view);
  scroll.offset = std::clamp(offset, 0.0F, most);
  scroll.at_end = scroll.offset >= most - 1;
}

void drag(ScrollState& scroll, const Track& track, const Handle& handle, float mouse) {
  if (scroll.grabbed < 0) {
    const bool on_handle = mouse >= handle.start && mouse <= handle.start + handle.length;
    scroll.grabbed = on_handle ? mouse - handle.start : handle.length / 2;
  }
  const float free = std::max(track.length - handle.length, 1.0F);
  const float share = (mouse - scroll.grabbed - track.start) / free;
  move_to(scroll, track.view, share * std::max(0.0F, scroll.content - track.view));
}

void paint(const Panel& panel, const Rect& rect, const Touch& touched) {
  const Theme& theme = panel.theme();
  const float strength = touched.held ? 0.8F : touched.hovered ? 0.6F : 0.3F;
  panel.canvas.rect(rect, with_alpha(theme.text_quiet, strength), panel.units(handle_width / 2));
}

}  // namespace

float scroll_vertically(Panel& panel, std::string_view id, const Rect& view, float content, ScrollState& scroll) {
  settle(scroll, view.height(), content);
  if (content <= view.height() + 0.5F) return scroll.offset;
  panel.scrolled = &scroll;
  panel.scroll_view = view;
  const float wheel = ImGui::GetIO().MouseWheel;
  if (wheel != 0 && panel.has_mouse(view)) move_to(scroll, view.height(), scroll.offset - wheel * panel.units(48));
  const Track track{view.top + panel.units(2), view.height() - panel.units(4), view.height()};
  const Rect reach{view.right - panel.units(handle_width + 6), view.top, view.right, view.bottom};
  const Touch touched = touch(panel, id, reach, {.focusable = false});
  Handle handle = handle_of(track, scroll, panel.units(handle_min));
  if (touched.held) {
    drag(scroll, track, handle, ImGui::GetMousePos().y);
    handle = handle_of(track, scroll, panel.units(handle_min));
  } else {
    scroll.grabbed = -1;
  }
  const float left = view.right - panel.units(handle_width + 3);
  paint(panel, {left, handle.start, left + panel.units(handle_width), handle.start + handle.length}, touched);
  return scroll.offset;
}

void fade_edges(const Panel& panel, const Rect& view, float offset, float content) {
  const float depth = std::min(panel.units(fade_depth), view.height() / 4);
  const float right = view.right - panel.units(handle_width + 4);  // the handle stays clear
  const Color ground = panel.theme().panel;
  const Color clear = with_alpha(ground, 0);
  if (offset > 1) panel.canvas.fade({view.left + 1, view.top, right, view.top + depth}, ground, clear);
  if (offset + view.height() < content - 1)
    panel.canvas.fade({view.left + 1, view.bottom - depth, right, view.bottom}, clear, ground);
}

float scroll_horizontally(Panel& panel, std::string_view id, const Rect& view, float content, ScrollState& scroll) {
  settle(scroll, view.width(), content);
  if (content <= view.width() + 0.5F) return scroll.offset;
  const ImGuiIO& io = ImGui::GetIO();
  const float wheel = io.MouseWheel - io.MouseWheelH;
  if (wheel != 0 && panel.has_mouse(view)) move_to(scroll, view.width(), scroll.offset - wheel * panel.units(72));
  const Track track{view.left + panel.units(2), view.width() - panel.units(4), view.width()};
  const Rect reach{view.left, view.bottom - panel.units(handle_width + 6), view.right, view.bottom};
  const Touch touched = touch(panel, id, reach, {.focusable = false});
  Handle handle = handle_of(track, scroll, panel.units(handle_min));
  if (touched.held) {
    drag(scroll, track, handle, ImGui::GetMousePos().x);
    handle = handle_of(track, scroll, panel.units(handle_min));
  } else {
    scroll.grabbed = -1;
  }
  const float top = view.bottom - panel.units(handle_width + 3);
  paint(panel, {handle.start, top, handle.start + handle.length, top + panel.units(handle_width)}, touched);
  return scroll.offset;
}

float splitter(Panel& panel, std::string_view id, const Rect& rect, SplitterKind kind) {
  if (rect.width() < 1 || rect.height() < 1) return 0;
  const Touch touched = touch(panel, id, rect, {.focusable = false});
  const bool up_down = kind == SplitterKind::MovesUpDown;
  if (!touched.hovered && !touched.held) return 0;
  ImGui::SetMouseCursor(up_down ? ImGuiMouseCursor_ResizeNS : ImGuiMouseCursor_ResizeEW);
  const Point middle = rect.center();
  const Rect line = up_down ? Rect{rect.left, middle.y - 1, rect.right, middle.y + 1}
                            : Rect{middle.x - 1, rect.top, middle.x + 1, rect.bottom};
  panel.canvas.rect(line, with_alpha(panel.theme().accent, touched.held ? 1.0F : 0.5F), 0);
  if (!touched.held) return 0;
  return up_down ? ImGui::GetIO().MouseDelta.y : ImGui::GetIO().MouseDelta.x;
}

}  // namespace ui
