// The heads above the two stages, and the list of what the run can be compared with.
#include "ui/panels/compare.h"

#include <imgui.h>

#include <algorithm>
#include <array>

#include "ui/icons.h"
#include "ui/panels/stage_parts.h"

namespace ui {

namespace {

constexpr float compare_names_height = 40;
constexpr float choice_height = 30;
constexpr float choices_width = 300;
constexpr float compare_edge = 16;

/// At the right end of the row: a click goes there. Returns how far what stands before it may reach.
float draw_way_to_difference(Panel& panel, const Rect& row) {
  const std::optional<CompareView::Difference>& difference = panel.view.compare->difference;
  if (!difference) return row.right;
  const std::string label = panel.text("compare.first", {{"time", clock_text(difference->at)}});
  const ButtonStyle style{.label = label, .kind = ButtonKind::Outline, .tip = panel.text("compare.go_there")};
  const Rect place{row.right - button_width(panel, style) - panel.units(8), row.top, row.right, row.bottom};
  if (button(panel, "first difference", place, style)) panel.act(SeekEvent{difference->event});
  return place.left - panel.units(8);
}

/// The other run's name is a button: it opens the list.
void draw_compare_names(Panel& panel, float middle, const Rect& row) {
  const CompareView& compare = *panel.view.compare;
  const float half = panel.units(15);
  const float y = row.center().y;
  const TextStyle bold{.face = Face::SansBold, .size = Size::Small, .color = panel.theme().text};
  const float name_right = draw_way_to_difference(panel, {row.left, y - half, middle - panel.units(12), y + half});
  line_of_text(panel, {row.left + panel.units(compare_edge), row.top, name_right, row.bottom}, compare.name, bold);

  const ButtonStyle choose{.icon = icon::caret_down, .label = compare.other_name, .kind = ButtonKind::Outline,
                           .selected = panel.state.compare_list_open, .icon_last = true, .tip = panel.text("compare.choose")};
  const float left = middle + panel.units(compare_edge);
  const float close_left = row.right - panel.units(48);
  const float width = std::min(button_width(panel, choose) + panel.units(16), close_left - left - panel.units(8));
  if (button(panel, "compare with", {left, y - half, left + width, y + half}, choose)) {
    panel.state.compare_list_open = !panel.state.compare_list_open;
  }
  if (button(panel, "compare no more", {close_left, y - half, row.right - panel.units(12), y + half},
             {.icon = icon::cross, .tip = panel.text("compare.close")})) {
    panel.act(Compare{.on = false});
    panel.state.compare_list_open = false;
  }
  std::string note = compare.catches_up ? panel.text("compare.catches_up") : "";
  if (compare.left_out > 0) note = panel.text("compare.left_out", {{"n", compare.left_out}});
  if (compare.ends_at && panel.view.run.clock() > *compare.ends_at) {
    note = panel.text("compare.ends", {{"time", clock_text(*compare.ends_at)}});
  }
  const Rect rest{left + width + panel.units(12), row.top, close_left - panel.units(8), row.bottom};
  if (!note.empty()) line_of_text(panel, rest, note, {.size = Size::Small, .color = panel.theme().text_quiet});
}

float choices_height(const CompareView& compare) { return static_cast<float>(compare.choices.size()) * choice_height + 12; }

/// What each of them did instead of what the other did.
void draw_difference_row(Panel& panel, float middle, const Rect& row) {
  const CompareView& compare = *panel.view.compare;
  const float gap = panel.units(compare_edge);
  if (!compare.difference) {
    if (compare.catches_up) return;  // nobody knows yet
    line_of_text(panel, row.inset(gap, 0), panel.text("compare.alike"), {.size = Size::Small, .color = panel.theme().text_quiet});
    return;
  }
  const TextStyle plain{.size = Size::Small, .color = panel.theme().text};
  constexpr std::array<Size, 1> sizes{Size::Small};
  fitted_text(panel, {row.left + gap, row.top, middle - gap, row.bottom}, compare.difference->here, plain, sizes);
  fitted_text(panel, {middle + gap, row.top, row.right - gap, row.bottom}, compare.difference->there, plain, sizes);
}

}  // namespace

void draw_compare_heads(Panel& panel) {
  const Theme& theme = panel.theme();
  const Rect& area = panel.area;
  const float middle = std::round(area.center().x);
  const float split = area.top + panel.units(compare_names_height);
  panel.canvas.rect(area, theme.panel, 0);
  panel.canvas.line({area.left, area.bottom - 0.5F}, {area.right, area.bottom - 0.5F}, {theme.hairline, 1});
  draw_difference_row(panel, middle, {area.left, split, area.right, area.bottom - 1});
  draw_compare_names(panel, middle, {area.left, area.top, area.right, split});
  panel.canvas.line({middle, area.top}, {middle, area.bottom}, {theme.hairline, 1});
}

Rect compare_list_rect(const View& view, const UiState& state, const Layout& layout) {
  if (!state.compare_list_open || view.compare == nullptr || is_empty(layout.compare)) return {};
  const float scale = view.text_scale;
  const float left = std::round(layout.compare.center().x) + compare_edge * scale;
  const float top = layout.compare.top + compare_names_height * scale;
  const float wanted = choices_height(*view.compare) * scale;
  return {left, top, left + choices_width * scale, std::min(top + wanted, layout.transport.top - 8 * scale)};
}

void draw_compare_list(Panel& panel) {
  const Theme& theme = panel.theme();
  const Rect& box = panel.area;
  panel.canvas.rect(box, theme.raised, {theme.hairline, 1}, panel.units(corner));
  const float content = panel.units(choices_height(*panel.view.compare));
  float y = box.top + panel.units(6) - scroll_vertically(panel, "choices", box, content, panel.state.compare_scroll);
  const float inset = panel.units(5);
  ImGui::PushClipRect({box.left, box.top}, {box.right, box.bottom}, true);  // the mouse keeps to it too
  for (const CompareView::Choice& choice : panel.view.compare->choices) {
    const Rect row{box.left + inset, y, box.right - inset, y + panel.units(choice_height)};
    y = row.bottom;
    if (row.bottom <= box.top || row.top >= box.bottom) continue;
    if (!menu_row(panel, choice.name, row, {.icon = choice.chosen ? icon::check : icon::angle_right, .label = choice.name})) continue;
    panel.act(choice.what);
    panel.state.compare_list_open = false;
  }
  ImGui::PopClipRect();
  // A click beside the list closes it; the button that opened it does so itself.
  const ImVec2 mouse = ImGui::GetMousePos();
  const bool beside = !box.contains({mouse.x, mouse.y}) && (mouse.y > box.top || mouse.x < box.left);
  if (beside && ImGui::IsMouseClicked(ImGuiMouseButton_Left)) panel.state.compare_list_open = false;
}

}  // namespace ui
