// Where the mouse and the keyboard's focus are; tooltips. Nothing here knows what a widget looks like.
#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "ui/widgets/widgets.h"

namespace ui {

namespace {

constexpr double tooltip_delay_s = 0.45;

void ask_for_tooltip(Panel& panel, std::uint32_t id, const Rect& rect, std::string_view tip) {
  panel.notes.over_widget = true;
  HoverState& hover = panel.state.hover;
  if (hover.widget != id) hover = {id, panel.view.real_seconds};
  hover.dismissed = hover.dismissed || ImGui::IsAnyMouseDown();
  // Whoever has clicked knows what is there, and has not asked what lay under it.
  const bool just_clicked = panel.state.clicked_at == panel.state.mouse_at;
  if (tip.empty() || hover.dismissed || just_clicked) return;
  if (panel.view.real_seconds - hover.since >= tooltip_delay_s) {
    panel.notes.tooltip = {std::string(tip), rect};
  } else {
    panel.notes.result.animating = true;  // until the mouse has rested
  }
}

bool take_focus(Panel& panel, std::uint32_t id, const Rect& rect) {
  if (panel.notes.overlay && !panel.on_top) return false;
  panel.state.focus.seen.push_back(id);
  panel.state.focus.seen_places.push_back(rect);
  return panel.state.focus.widget == id;
}

void scroll_into_view(Panel& panel, const Rect& rect) {
  if (panel.scrolled == nullptr) return;
  const float above = panel.scroll_view.top - rect.top;
  const float below = rect.bottom - panel.scroll_view.bottom;
  if (above <= 0 && below <= 0) return;
  panel.scrolled->offset += above > 0 ? -above - panel.units(grid) : below + panel.units(grid);
  panel.scrolled->at_end = false;
  panel.notes.result.animating = true;  // seen in the next frame
}

}  // namespace

Touch touch(Panel& panel, std::string_view id, const Rect& rect, const TouchOptions& options) {
  Touch result;
  if (rect.width() < 1 || rect.height() < 1) return result;
  ImGui::SetCursorScreenPos({rect.left, rect.top});
  ImGui::PushID(id.data(), id.data() + id.size());
  const bool clicked = ImGui::InvisibleButton("", {rect.width(), rect.height()});
  const std::uint32_t number = ImGui::GetID("");
  ImGui::PopID();
  result.hovered = !panel.state.mouse_rests && ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenDisabled);
  if (result.hovered) ask_for_tooltip(panel, number, rect, options.tip);
  if (!options.enabled) return result;
  result.held = ImGui::IsItemActive();
  result.clicked = clicked;
  if (options.focusable && take_focus(panel, number, rect)) {
    result.focused = true;
    if (panel.state.focus.moved) scroll_into_view(panel, rect);
    result.clicked = result.clicked || panel.notes.activate;
  }
  return result;
}

void rests_on(Panel& panel, std::string_view id, const Rect& rect, std::string_view tip) {
  ask_for_tooltip(panel, ImGui::GetID(id.data(), id.data() + id.size()), rect, tip);
}

Roaming roam(Panel& panel, std::string_view id, const Rect& rect) {
  Roaming result;
  if (!take_focus(panel, ImGui::GetID(id.data(), id.data() + id.size()), rect)) return result;
  panel.notes.arrows_inside = true;
  const ListKeys& list = panel.notes.list;
  result = {.focused = true, .rows = list.rows, .columns = list.columns, .ends = list.ends, .enter = panel.notes.activate};
  result.moved = panel.state.focus.moved || result.rows != 0 || result.columns != 0 || result.ends != 0;
  return result;
}

void focus_ring(const Panel& panel, const Rect& rect, float radius) {
  panel.canvas.frame(rect.inset(1), {panel.theme().accent, panel.units(2)}, radius);
}

void move_focus(FocusState& focus, bool backwards) {
  if (focus.order.empty()) return;
  const auto here = std::find(focus.order.begin(), focus.order.end(), focus.widget);
  const auto count = static_cast<std::ptrdiff_t>(focus.order.size());
  std::ptrdiff_t next = backwards ? count - 1 : 0;
  if (here != focus.order.end()) next = (here - focus.order.begin() + (backwards ? count - 1 : 1)) % count;
  focus.widget = focus.order[static_cast<std::size_t>(next)];
  focus.moved = true;
}

void move_focus_towards(FocusState& focus, Point direction) {
  const auto found = std::find(focus.order.begin(), focus.order.end(), focus.widget);
  if (found == focus.order.end()) {
    move_focus(focus, direction.x + direction.y < 0);
    return;
  }
  const Rect here = focus.places[static_cast<std::size_t>(found - focus.order.begin())];
  const bool sideways = direction.x != 0;
  float least = 0;
  std::optional<std::size_t> best;
  for (std::size_t i = 0; i < focus.order.size(); ++i) {
    const Rect& there = focus.places[i];
    const Point away = there.center() - here.center();
    const float along = away.x * direction.x + away.y * direction.y;
    // Beside, not only a little further: a row's next card does not stand below this one.
    const float reach = sideways ? (here.width() + there.width()) / 2 : (here.height() + there.height()) / 2;
    if (along < reach * 0.5F) continue;
    const float gap = sideways ? std::max(there.top - here.bottom, here.top - there.bottom)
                               : std::max(there.left - here.right, here.left - there.right);
    const float across = std::abs(sideways ? away.y : away.x);
    const float cost = along + std::max(gap, 0.0F) * 4 + across * 0.25F;
    if (!best || cost < least) {
      best = i;
      least = cost;
    }
  }
  if (!best) return;
  focus.widget = focus.order[*best];
  focus.moved = true;
}

void draw_tooltip(const Canvas& canvas, const TooltipRequest& tooltip, float width, float height) {
  if (tooltip.text.empty()) return;
  const Theme& theme = canvas.theme();
  const float pad = 8 * canvas.text_scale();
  const TextStyle style{.size = Size::Small, .color = theme.text};
  const float widest = std::min(360 * canvas.text_scale(), width - 4 * pad);
  const float text_width = std::min(widest, canvas.text_width(tooltip.text, style) + 1);
  const Rect measured = canvas.measure_paragraph({0, 0}, text_width, tooltip.text, style);
  const float box_width = text_width + 2 * pad;
  const float box_height = measured.height() + 1.5F * pad;
  Rect box;
  box.left = std::clamp(tooltip.anchor.center().x - box_width / 2, pad, std::max(pad, width - box_width - pad));
  box.top = tooltip.anchor.bottom + pad;
  if (box.top + box_height > height - pad) box.top = std::max(pad, tooltip.anchor.top - pad - box_height);
  box.right = box.left + box_width;
  box.bottom = box.top + box_height;
  canvas.shadow(box, corner * 0.75F, 6);
  canvas.rect(box, theme.raised, {theme.hairline, 1}, corner * 0.75F);
  canvas.paragraph({box.left + pad, box.top + 0.75F * pad}, text_width, tooltip.text, style);
}

}  // namespace ui
