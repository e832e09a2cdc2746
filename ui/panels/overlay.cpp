// The sheet that lies over the window.
#include "ui/panels/overlay.h"

#include <imgui.h>

#include <algorithm>

#include "ui/icons.h"

namespace ui {

Rect overlay_sheet(Panel& panel, float width, float height) {
  const Theme& theme = panel.theme();
  const Rect& area = panel.area;
  const Rect room{area.left, std::max(area.top, panel.notes.clear_top), area.right, area.bottom};
  const float w = std::min(panel.units(width), room.width() - panel.units(32));
  const float h = std::min(panel.units(height), room.height() - panel.units(32));
  const Point middle = room.center();
  const Rect sheet{std::round(middle.x - w / 2), std::round(middle.y - h / 2), std::round(middle.x + w / 2),
                   std::round(middle.y + h / 2)};
  panel.canvas.rect(area, with_alpha(theme.background, 0.78F), 0);
  panel.canvas.shadow(sheet, panel.units(14), 18);
  panel.canvas.rect(sheet, theme.raised, {theme.hairline, 1}, panel.units(14));
  return sheet;
}

bool overlay_close(Panel& panel, const Rect& sheet, std::string_view title) {
  const Theme& theme = panel.theme();
  const float y = sheet.top + panel.units(40);
  line_of_text(panel, {sheet.left + panel.units(40), y - panel.units(18), sheet.right - panel.units(80),
                       y + panel.units(18)},
               title, {.face = Face::SansBold, .size = Size::Large, .color = theme.text});
  const float half = panel.units(18);
  const Rect cross{sheet.right - panel.units(32) - half * 2, y - half, sheet.right - panel.units(32), y + half};
  const bool crossed = button(panel, "close", cross, {.icon = icon::cross, .tip = panel.text("ui.close"), .size = Size::Body});
  const ImVec2 mouse = ImGui::GetMousePos();
  const bool beside = ImGui::IsWindowHovered() && ImGui::IsMouseClicked(ImGuiMouseButton_Left) &&
                      !sheet.contains({mouse.x, mouse.y});
  return crossed || beside;
}

}  // namespace ui
