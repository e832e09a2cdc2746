// One line to type a name into: of a branch, or of the file that a run is saved to. Enter takes it, Esc does not.
#include <imgui.h>

#include <string>

#include "ui/icons.h"
#include "ui/panels/overlay.h"

namespace ui {

namespace {

bool draw_name_field(Panel& panel, const Rect& field) {
  NamePrompt& prompt = panel.state.name_prompt;
  push_font(Face::Sans, Size::Body, panel.view.text_scale);
  panel.canvas.rect(field, panel.theme().background, {panel.theme().accent, 1.5F}, panel.units(6));
  ImGui::SetCursorScreenPos({field.left + panel.units(4), field.top + (field.height() - ImGui::GetFrameHeight()) / 2});
  ImGui::PushItemWidth(field.width() - panel.units(8));
  ImGui::PushStyleColor(ImGuiCol_FrameBg, 0U);
  ImGui::PushStyleColor(ImGuiCol_Text, panel.theme().text);
  if (panel.on_top && !ImGui::IsAnyItemActive()) ImGui::SetKeyboardFocusHere();
  const bool entered =
      ImGui::InputText("##name", prompt.text.data(), prompt.text.size(), ImGuiInputTextFlags_EnterReturnsTrue);
  ImGui::PopStyleColor(2);
  ImGui::PopItemWidth();
  pop_font();
  return entered;
}

void take_name(Panel& panel) {
  const NamePrompt prompt = panel.state.name_prompt;
  panel.state.name_prompt = {};
  if (prompt.what == NamePrompt::For::Branch) panel.act(RenameBranch{prompt.branch, prompt.text.data()});
  if (prompt.what == NamePrompt::For::File) panel.act(SaveRun{std::nullopt, prompt.text.data()});
}

}  // namespace

void draw_name_prompt(Panel& panel) {
  const Theme& theme = panel.theme();
  const bool file = panel.state.name_prompt.what == NamePrompt::For::File;
  const Rect sheet = overlay_sheet(panel, 560, 212);
  if (overlay_close(panel, sheet, panel.text(file ? "ui.save_as" : "ui.rename_branch"))) {
    panel.state.name_prompt = {};
    return;
  }
  const Rect inner = sheet.inset(panel.units(sheet_edge), 0);
  const float top = sheet.top + panel.units(80);
  const bool entered = draw_name_field(panel, {inner.left, top, inner.right, top + panel.units(38)});
  const bool blank = panel.state.name_prompt.text[0] == '\0';
  const float row = top + panel.units(56);
  const std::string_view label = panel.text(file ? "ui.save_run" : "ui.rename");
  const ButtonStyle style{.icon = file ? icon::save : icon::check, .label = label, .kind = ButtonKind::Primary, .enabled = !blank};
  const float width = button_width(panel, style);
  line_of_text(panel, {inner.left, row, inner.right - width - panel.units(16), row + panel.units(36)},
               panel.text(file ? "ui.save_as_hint" : "ui.rename_hint"), {.size = Size::Small, .color = theme.text_quiet});
  const bool pressed = button(panel, "take", {inner.right - width, row, inner.right, row + panel.units(36)}, style);
  if (!blank && (entered || pressed)) take_name(panel);
}

}  // namespace ui
