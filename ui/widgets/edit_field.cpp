// What a field looks like while it is not edited, and when what was typed is taken; text_field types.
#include "ui/widgets/edit_field.h"

#include <imgui.h>

#include <algorithm>

namespace ui {

namespace {

constexpr float padding = 8;
constexpr float least_height = 32;

TextStyle style_of(const Panel& panel, const EditStyle& style, bool quiet) {
  return {.face = style.face, .size = Size::Small, .color = quiet ? panel.theme().text_quiet : panel.theme().text};
}

void begin_editing(Panel& panel, std::string_view id, const std::string& value) {
  FieldState& field = panel.state.field;
  field = {.id = std::string(id)};
  value.copy(field.text.data(), field.text.size() - 1);
}

std::optional<std::string> draw_editing(Panel& panel, const Rect& rect, const std::string& value, const EditStyle& style) {
  FieldState& field = panel.state.field;
  const bool entered = text_field(panel, field.id, rect, field.text, {.face = style.face, .size = Size::Small, .wrong = style.wrong});
  const bool active = ImGui::IsItemActive();
  const bool left = (field.begun && !active) || field.leave;
  if (active) field.begun = true;
  if (!entered && (!left || style.by_enter)) return std::nullopt;
  std::string typed = field.text.data();
  const bool given_up = !entered && typed == field.entered;  // it has been refused
  if (entered) {
    field.taken = true;
    field.begun = false;
    field.entered = typed;
  } else {
    field = {};
  }
  if (given_up || (typed == value && !(entered && style.by_enter))) return std::nullopt;  // Escape has brought it back
  return typed;
}

}  // namespace

float field_height(const Panel& panel, float width, const std::string& value, Face face) {
  const TextStyle style{.face = face, .size = Size::Small};
  const float text = panel.canvas.measure_paragraph({0, 0}, width - 2 * panel.units(padding), value, style).height();
  return std::max(panel.units(least_height), text + panel.units(14));
}

std::optional<std::string> edit_field(Panel& panel, std::string_view id, const Rect& rect, const std::string& value,
                                      const EditStyle& style) {
  if (panel.state.field.id == id) return draw_editing(panel, rect, value, style);
  const Theme& theme = panel.theme();
  const Touch touched = touch(panel, id, rect, {.tip = style.tip});
  const bool ground = !style.plain || touched.hovered || touched.focused;
  if (ground) {
    panel.canvas.rect(rect, touched.hovered ? theme.accent_soft : theme.background,
                      {style.wrong ? theme.danger : theme.hairline, 1}, panel.units(6));
  }
  if (touched.focused) focus_ring(panel, rect, panel.units(6));
  const Rect inner = rect.inset(panel.units(padding), panel.units(7));
  if (value.empty()) {
    line_of_text(panel, inner, style.hint, style_of(panel, style, true));
  } else {
    panel.canvas.paragraph({inner.left, inner.top}, inner.width(), style.shown.empty() ? value : style.shown, style_of(panel, style, false));
  }
  const bool fits = value.size() < panel.state.field.text.size();  // what is longer would be cut
  if (touched.clicked && fits) begin_editing(panel, id, value);
  return std::nullopt;
}

}  // namespace ui
