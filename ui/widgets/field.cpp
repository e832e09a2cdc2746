// The one place where text is typed into a line. Dear ImGui edits it; its frame and its hint are ours.
#include <imgui.h>

#include <algorithm>

#include "ui/widgets/widgets.h"

namespace ui {

namespace {

constexpr float line_height = 40;  // of a field that is as high as its line, at most

}  // namespace

bool text_field(Panel& panel, std::string_view id, const Rect& rect, std::span<char> text, const FieldStyle& style) {
  const Theme& theme = panel.theme();
  const float radius = panel.units(6);
  panel.canvas.rect(rect, theme.background, {style.wrong ? theme.danger : theme.accent, 1.5F}, radius);
  const float line = std::min(rect.height(), panel.units(line_height));
  push_font(style.face, style.size, panel.view.text_scale);
  ImGui::SetCursorScreenPos({rect.left + panel.units(2), rect.top + (line - ImGui::GetFrameHeight()) / 2});
  ImGui::PushItemWidth(rect.width() - panel.units(4));
  ImGui::PushStyleColor(ImGuiCol_FrameBg, 0U);
  ImGui::PushStyleColor(ImGuiCol_Text, theme.text);
  if ((panel.on_top || !panel.notes.overlay) && !ImGui::IsAnyItemActive()) ImGui::SetKeyboardFocusHere();
  const std::string name = "##" + std::string(id);
  const ImGuiInputTextFlags flags =
      ImGuiInputTextFlags_EnterReturnsTrue | (style.select_all ? ImGuiInputTextFlags_AutoSelectAll : 0);
  const bool entered = ImGui::InputText(name.c_str(), text.data(), text.size(), flags);
  ImGui::PopStyleColor(2);
  ImGui::PopItemWidth();
  pop_font();
  if (text.front() == '\0' && !style.hint.empty()) {
    panel.canvas.text({rect.left + panel.units(12), rect.center().y}, style.hint,
                      {.face = style.face, .size = style.size, .color = theme.text_quiet, .anchor = Anchor::Middle,
                       .max_width = rect.width() - panel.units(24)});
  }
  return entered;
}

}  // namespace ui
