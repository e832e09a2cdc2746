// The command palette: a line to type, what may come next in it, and what the chosen line would do. What is offered is
// decided by the app; here it is drawn, chosen and taken.
#include <imgui.h>

#include <algorithm>

#include "ui/icons.h"
#include "ui/panels/panels.h"

namespace ui {

namespace {

constexpr float width_units = 680;
constexpr float field_units = 56;
constexpr float row_units = 30;
constexpr float footer_units = 62;
constexpr int most_rows = 9;

int row_count(const View& view) { return static_cast<int>(view.palette.rows.size()); }
int chosen_row(const Palette& palette, const View& view) { return std::clamp(palette.row, 0, std::max(0, row_count(view) - 1)); }

/// Puts a line into the field, which keeps a copy of its own while it has the keyboard.
int on_field(ImGuiInputTextCallbackData* data) {
  auto& palette = *static_cast<Palette*>(data->UserData);
  if (!palette.fill) return 0;
  data->DeleteChars(0, data->BufTextLen);
  data->InsertChars(0, palette.fill->c_str());
  data->CursorPos = data->BufTextLen;
  data->ClearSelection();
  palette.fill.reset();
  return 0;
}

/// True if the line was changed.
bool draw_command_field(Panel& panel, const Rect& field) {
  Palette& palette = panel.state.palette;
  push_font(Face::Mono, Size::Body, panel.view.text_scale);
  ImGui::SetCursorScreenPos({field.left, field.top + (field.height() - ImGui::GetFrameHeight()) / 2});
  ImGui::PushItemWidth(field.width());
  ImGui::PushStyleColor(ImGuiCol_FrameBg, 0U);
  if (!ImGui::IsAnyItemActive()) ImGui::SetKeyboardFocusHere();
  const std::string before = palette.text.data();
  ImGui::InputText("##palette", palette.text.data(), palette.text.size(),
                   ImGuiInputTextFlags_CallbackAlways | ImGuiInputTextFlags_CallbackCompletion, on_field, &palette);
  ImGui::PopStyleColor();
  ImGui::PopItemWidth();
  pop_font();
  return before != palette.text.data();
}

/// A wave under what cannot be read, from there to the end.
void underline_error(const Panel& panel, const Rect& field) {
  const PaletteView& offered = panel.view.palette;
  if (offered.error_column == 0) return;
  const std::string_view typed = panel.state.palette.text.data();
  std::size_t byte = 0;
  for (int column = 1; byte < typed.size() && column < offered.error_column; ++column) {
    do ++byte;
    while (byte < typed.size() && (static_cast<unsigned char>(typed[byte]) & 0xC0U) == 0x80U);
  }
  const TextStyle style{.face = Face::Mono};
  const float start = field.left + ImGui::GetStyle().FramePadding.x;
  const float left = start + panel.canvas.text_width(typed.substr(0, byte), style);
  const float right = std::max(left + panel.units(9), start + panel.canvas.text_width(typed, style));
  const float y = field.center().y + panel.units(13);
  panel.canvas.line({left, y}, {std::min(right, field.right), y}, {panel.theme().danger, panel.units(2)}, Dash::Dotted);
}

void draw_top(Panel& panel, const Rect& area) {
  const Theme& theme = panel.theme();
  panel.canvas.text({area.left + panel.units(28), area.center().y}, icon::search,
                    {.size = Size::Body, .color = theme.accent, .align = Align::Center, .anchor = Anchor::Middle});
  const Rect field{area.left + panel.units(44), area.top, area.right - panel.units(16), area.bottom};
  Palette& palette = panel.state.palette;
  const bool filled = palette.fill.has_value();
  if (draw_command_field(panel, field)) {
    palette.row = 0;
    if (!filled) palette.recalled = -1;
    palette.scroll.go_to(0);
    panel.notes.result.animating = true;  // what is offered for it is seen in the next frame
  }
  if (palette.text[0] == '\0') {
    const float left = field.left + ImGui::GetStyle().FramePadding.x + panel.units(2);
    line_of_text(panel, {left, field.top, field.right, field.bottom}, panel.text("palette.empty"),
                 {.size = Size::Body, .color = theme.text_quiet});
  }
  underline_error(panel, field);
}

/// Where the words of a row end and what it does begins.
constexpr float words_share = 0.42F;

/// True when it is clicked.
bool draw_row(Panel& panel, const PaletteRow& row, int number, const Rect& place) {
  const Theme& theme = panel.theme();
  Palette& palette = panel.state.palette;
  const Touch touched = touch(panel, "row" + std::to_string(number), place, {.focusable = false});
  const bool chosen = number == chosen_row(palette, panel.view);
  if (chosen || touched.hovered) panel.canvas.rect(place, chosen ? theme.accent_soft : theme.panel, panel.units(6));
  const bool grey = !row.why_not.empty();
  const Color ink = grey ? with_alpha(theme.text_quiet, 0.75F) : theme.text;
  float right = place.right - panel.units(12);
  if (!row.hint.empty()) {
    const TextStyle style{.face = Face::Mono, .size = Size::Small, .color = theme.text_quiet, .align = Align::Right, .anchor = Anchor::Middle};
    right = panel.canvas.text({right, place.center().y}, row.hint, style).left - panel.units(12);
  }
  const float left = place.left + panel.units(12);
  const float middle = left + (place.right - left) * words_share;
  const std::string line = row.complete ? row.line : row.line + " …";
  const Rect words = line_of_text(panel, {left, place.top, row.is_typed ? middle : right, place.bottom}, line,
                                  {.face = row.is_typed ? Face::Mono : Face::Sans, .size = Size::Small, .color = ink});
  if (row.is_typed) {
    const float start = std::max(middle + panel.units(8), words.right + panel.units(8));
    line_of_text(panel, {start, place.top, right, place.bottom}, grey ? row.why_not : row.says,
                 {.size = Size::Small, .color = theme.text_quiet});
  }
  return touched.clicked;
}

/// The whole sentence of the chosen line, or what is wrong with what is typed.
void draw_footer(Panel& panel, const Rect& area) {
  const Theme& theme = panel.theme();
  const PaletteView& offered = panel.view.palette;
  panel.canvas.line({area.left, area.top}, {area.right, area.top}, {theme.hairline, 1});
  const Rect inner = area.inset(panel.units(18), panel.units(6));
  const float keys_top = inner.bottom - panel.units(18);
  std::string sentence;
  Color color = theme.text;
  if (!offered.rows.empty()) {
    const PaletteRow& row = offered.rows[static_cast<std::size_t>(chosen_row(panel.state.palette, panel.view))];
    sentence = row.why_not.empty() ? row.says : panel.text("palette.would_do_nothing", {{"why", row.why_not}});
    if (!row.why_not.empty()) color = theme.text_quiet;
  }
  if (!offered.error.empty()) {
    sentence = offered.error;
    color = theme.danger;
  }
  line_of_text(panel, {inner.left, inner.top, inner.right, keys_top}, sentence, {.size = Size::Small, .color = color});
  line_of_text(panel, {inner.left, keys_top, inner.right, inner.bottom}, panel.text("palette.keys"),
               {.size = Size::Small, .color = theme.text_quiet, .zoom = 0.92F});
}

void take(Panel& panel, int row) {
  panel.act(PaletteEnter{panel.state.palette.text.data(), row});
  panel.notes.result.animating = true;
}

void draw_rows(Panel& panel, const Rect& area) {
  Palette& palette = panel.state.palette;
  const float row_height = panel.units(row_units);
  const int count = row_count(panel.view);
  const int chosen = chosen_row(palette, panel.view);
  ScrollState& scroll = palette.scroll;
  scroll.content = row_height * static_cast<float>(count);
  if (palette.show_row) {
    const float top = row_height * static_cast<float>(chosen);
    scroll.go_to(std::clamp(scroll.offset, top + row_height - area.height(), top));
    palette.show_row = false;
  }
  panel.canvas.clip(area);
  const float offset = scroll_vertically(panel, "scroll", area, scroll.content, scroll);
  for (int i = static_cast<int>(offset / row_height); i < count; ++i) {
    const float top = area.top + row_height * static_cast<float>(i) - offset;
    if (top >= area.bottom) break;
    const Rect place{area.left + panel.units(6), top, area.right - panel.units(12), top + row_height};
    if (draw_row(panel, panel.view.palette.rows[static_cast<std::size_t>(i)], i, place)) take(panel, i);
  }
  panel.canvas.unclip();
}

}  // namespace

Rect palette_rect(const View& view, const Layout& layout, float width) {
  const float scale = view.text_scale;
  const float wide = std::min(width_units * scale, width - 32 * scale);
  const float top = layout.stage.top + 8 * scale;
  const float room = layout.transport.top - top - (field_units + footer_units + 20) * scale;
  const int fit = std::max(1, static_cast<int>(room / (row_units * scale)));
  const int rows = std::min({most_rows, row_count(view), fit});
  const float high = (field_units + footer_units + row_units * static_cast<float>(rows) + (rows > 0 ? 8.0F : 0.0F)) * scale;
  const float left = std::round((width - wide) / 2);
  return {left, top, left + std::round(wide), top + std::round(high)};
}

void draw_palette(Panel& panel) {
  const Theme& theme = panel.theme();
  const Rect& area = panel.area;
  Palette& palette = panel.state.palette;
  panel.canvas.rect(area, theme.raised, {theme.accent, panel.units(1.5F)}, panel.units(corner));
  const Rect top{area.left, area.top, area.right, area.top + panel.units(field_units)};
  const Rect footer{area.left, area.bottom - panel.units(footer_units), area.right, area.bottom};
  draw_top(panel, top);
  if (row_count(panel.view) > 0) {
    panel.canvas.line({area.left, top.bottom}, {area.right, top.bottom}, {theme.hairline, 1});
    draw_rows(panel, {area.left, top.bottom + panel.units(4), area.right, footer.top - panel.units(4)});
  }
  draw_footer(panel, footer);
  if (palette.entered) take(panel, chosen_row(palette, panel.view));
  palette.entered = false;
  const ImVec2 mouse = ImGui::GetMousePos();
  if (ImGui::IsMouseClicked(ImGuiMouseButton_Left) && !area.contains({mouse.x, mouse.y})) palette.open = false;
}

namespace {

void recall(Palette& palette, int by) {
  const int last = static_cast<int>(palette.history.size()) - 1;
  palette.recalled = std::clamp(palette.recalled + by, -1, last);
  palette.fill = palette.recalled < 0 ? "" : palette.history[static_cast<std::size_t>(palette.recalled)];
}

}  // namespace

void open_palette(UiState& state, const std::string& line) {
  Palette& palette = state.palette;
  palette.open = true;
  palette.text.fill('\0');
  line.copy(palette.text.data(), palette.text.size() - 1);
  palette.row = 0;
  palette.recalled = -1;
  palette.fill = line;
  palette.scroll = {.at_end = false};
  state.stage.menu = {};
  state.focus.widget = 0;
}

bool palette_takes(Palette& palette, const View& view, const KeyPress& press) {
  const int row = chosen_row(palette, view);
  const int last = std::max(0, row_count(view) - 1);
  // Above the first line lies what was done before, as in a terminal.
  const bool recalls = palette.recalled >= 0 || (row == 0 && !palette.history.empty());
  palette.show_row = true;
  switch (press.key) {
    case Key::Escape: return false;
    case Key::Up:
      if (recalls) {
        recall(palette, 1);
      } else {
        palette.row = std::max(0, row - 1);
      }
      return true;
    case Key::Down:
      if (palette.recalled >= 0) {
        recall(palette, -1);
      } else {
        palette.row = std::min(last, row + 1);
      }
      return true;
    case Key::PageUp: palette.row = std::max(0, row - most_rows + 1); return true;
    case Key::PageDown: palette.row = std::min(last, row + most_rows - 1); return true;
    case Key::Tab:
      if (row_count(view) == 0) return true;
      palette.fill = view.palette.rows[static_cast<std::size_t>(row)].line;
      if (!view.palette.rows[static_cast<std::size_t>(row)].complete) *palette.fill += ' ';
      return true;
    case Key::Enter: palette.entered = !press.repeat; return true;
    default: return !press.ctrl || press.key == Key::K;
  }
}

}  // namespace ui
