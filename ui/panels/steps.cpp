// The steps of the walkthrough that is open, to jump to; with the speaker's note of the one at the cursor.
#include <imgui.h>

#include <algorithm>

#include "ui/icons.h"
#include "ui/panels/overlay.h"
#include "ui/panels/panels.h"

namespace ui {

namespace {

constexpr float step_row_height = 36;

void draw_row(Panel& panel, const Rect& row, int number, const WalkthroughView& walkthrough) {
  const Theme& theme = panel.theme();
  const WalkthroughView::Step& step = walkthrough.steps[static_cast<std::size_t>(number)];
  const bool current = number == walkthrough.step;
  const Touch touched = touch(panel, "step" + std::to_string(number), row);
  if (current || touched.hovered) panel.canvas.rect(row, theme.accent_soft, panel.units(6));
  if (touched.focused) focus_ring(panel, row, panel.units(6));
  const float middle = row.center().y;
  panel.canvas.text({row.left + panel.units(40), middle}, std::to_string(number + 1),
                    {.face = Face::Mono, .size = Size::Body, .color = current ? theme.accent : theme.text_quiet,
                     .align = Align::Right, .anchor = Anchor::Middle});
  line_of_text(panel, {row.left + panel.units(56), row.top, row.right - panel.units(56), row.bottom}, step.name,
               {.face = current ? Face::SansBold : Face::Sans, .size = Size::Body,
                .color = step.hidden ? theme.text_quiet : theme.text});
  const char* mark = step.hidden ? icon::eye_slash : step.asks ? icon::question_circle : nullptr;
  if (mark != nullptr) {
    panel.canvas.text({row.right - panel.units(24), middle}, mark,
                      {.size = Size::Body, .color = theme.text_quiet, .align = Align::Center, .anchor = Anchor::Middle});
  }
  if (!touched.clicked) return;
  panel.act(GoToStep{number});
  panel.state.steps_open = false;
}

/// Returns where it begins.
float draw_note(Panel& panel, const Rect& sheet, const std::string& note) {
  const float bottom = sheet.bottom - panel.units(24);
  if (note.empty()) return bottom;
  const Theme& theme = panel.theme();
  const TextStyle style{.size = Size::Body, .color = theme.text};
  const float width = sheet.width() - panel.units(2 * sheet_edge);
  const float most = sheet.height() * 0.4F;
  const float content = panel.canvas.measure_paragraph({0, 0}, width, note, style).height();
  const float height = std::min(most, content);
  const Rect text{sheet.left + panel.units(sheet_edge), bottom - height, sheet.right - panel.units(sheet_edge), bottom};
  const float top = text.top - panel.units(36);
  panel.canvas.line({text.left, top}, {text.right, top}, {theme.hairline, 1});
  section_title(panel, {text.left, top + panel.units(20)}, panel.text("ui.note"));
  panel.canvas.clip(text);
  const float up = scroll_vertically(panel, "note", text, content, panel.state.note_scroll);
  panel.canvas.paragraph({text.left, text.top - up}, width, note, style);
  panel.canvas.unclip();
  return top - panel.units(8);
}

}  // namespace

void draw_steps(Panel& panel) {
  UiState& state = panel.state;
  if (!panel.view.walkthrough) {
    state.steps_open = false;
    return;
  }
  const WalkthroughView& walkthrough = *panel.view.walkthrough;
  const auto count = static_cast<float>(walkthrough.steps.size());
  const Rect sheet = overlay_sheet(panel, 640, std::min(760.0F, 240 + step_row_height * count));
  if (overlay_close(panel, sheet, walkthrough.title)) state.steps_open = false;
  const float bottom = draw_note(panel, sheet, walkthrough.note);
  const Rect list{sheet.left + panel.units(sheet_edge - 16), sheet.top + panel.units(80), sheet.right - panel.units(24),
                  bottom};
  const float content = panel.units(step_row_height) * count;
  const float up = scroll_vertically(panel, "steps", list, content, state.steps_scroll);
  ImGui::PushClipRect({list.left, list.top}, {list.right, list.bottom}, true);  // the mouse keeps to it too
  for (int i = 0; i < static_cast<int>(count); ++i) {
    const float top = list.top - up + panel.units(step_row_height) * static_cast<float>(i);
    const Rect row{list.left, top, list.right - panel.units(16), top + panel.units(step_row_height)};
    if (row.bottom > list.top && row.top < list.bottom) draw_row(panel, row, i, walkthrough);
  }
  ImGui::PopClipRect();
}

}  // namespace ui
