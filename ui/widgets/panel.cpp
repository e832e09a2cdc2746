// What panels share: the mouse, operands in texts, times in words.
#include "ui/widgets/panel.h"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>

namespace ui {

bool Panel::has_mouse() const { return has_mouse(area); }

bool Panel::has_mouse(const Rect& rect) const {
  const ImVec2 mouse = ImGui::GetMousePos();
  return ImGui::IsWindowHovered(ImGuiHoveredFlags_ChildWindows | ImGuiHoveredFlags_AllowWhenBlockedByActiveItem) &&
         rect.contains({mouse.x, mouse.y}) && area.contains({mouse.x, mouse.y});
}

std::string fill(std::string text, std::initializer_list<std::pair<std::string_view, std::string_view>> operands) {
  for (const auto& [name, value] : operands) {
    const std::string place = fmt::format("{{{}}}", name);
    for (std::size_t at = text.find(place); at != std::string::npos; at = text.find(place, at + value.size())) {
      text.replace(at, place.size(), value);
    }
  }
  return text;
}

std::string clock_text(raft::sim::Time time) {
  const raft::sim::Time ms = std::max<raft::sim::Time>(time, 0) / 1000;
  return fmt::format("{}:{:02}.{:03}", ms / 60'000, ms / 1000 % 60, ms % 1000);
}

std::string duration_text(raft::sim::Time time) {
  if (time >= 10'000'000) return fmt::format("{}.{} s", time / 1'000'000, time / 100'000 % 10);
  if (time >= 100'000 || time % 1000 == 0) return fmt::format("{} ms", time / 1000);
  return fmt::format("{}.{} ms", time / 1000, time / 100 % 10);
}

}  // namespace ui
