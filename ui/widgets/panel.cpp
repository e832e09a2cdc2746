// What panels share: the mouse, the clock in words.
#include "ui/widgets/panel.h"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>

namespace ui {

bool Panel::has_mouse() const { return has_mouse(area); }

bool Panel::has_mouse(const Rect& rect) const {
  const ImVec2 mouse = ImGui::GetMousePos();
  return !state.mouse_rests && ImGui::IsWindowHovered(ImGuiHoveredFlags_ChildWindows | ImGuiHoveredFlags_AllowWhenBlockedByActiveItem) &&
         rect.contains({mouse.x, mouse.y}) && area.contains({mouse.x, mouse.y});
}

std::string clock_text(raft::sim::Time time) {
  const raft::sim::Time ms = std::max<raft::sim::Time>(time, 0) / 1000;
  return fmt::format("{}:{:02}.{:03}", ms / 60'000, ms / 1000 % 60, ms % 1000);
}

}  // namespace ui
