// The text twin: the whole state as readable lines, to be read aloud, compared or pasted somewhere.
#include <algorithm>
#include <array>

#include "ui/icons.h"
#include "ui/panels/overlay.h"

namespace ui {

namespace {

constexpr float text_line_units = 22;

/// The lines of a text; they end where the text does.
std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(text.size(), end + 1));
  }
  return lines;
}

void draw_lines(Panel& panel, const Rect& view) {
  const Theme& theme = panel.theme();
  panel.canvas.clip(view);
  ScrollState& scroll = panel.state.text_scroll;
  const float offset = scroll_vertically(panel, "scroll", view, scroll.content, scroll);
  const float left = view.left + panel.units(40);
  const float width = view.width() - panel.units(80);
  float y = view.top - offset;
  bool opens = true;  // the first line of a group says who it is about
  for (const std::string_view line : lines_of(panel.view.state_text)) {
    const TextStyle style{.face = opens ? Face::SansBold : Face::Sans, .size = Size::Small, .color = opens ? theme.text : theme.text_quiet};
    const float indent = line.starts_with("  ") ? panel.units(16) : 0;
    const Rect box = panel.canvas.measure_paragraph({left + indent, y}, width - indent, line, style);
    if (box.bottom > view.top && y < view.bottom) panel.canvas.paragraph({left + indent, y}, width - indent, line, style);
    y += std::max(box.height(), panel.units(line.empty() ? text_line_units / 2 : text_line_units - 4)) + panel.units(2);
    opens = line.empty();
  }
  scroll.content = y - (view.top - offset) + panel.units(16);
  panel.canvas.unclip();
}

}  // namespace

void draw_state_text(Panel& panel) {
  const Rect sheet = overlay_sheet(panel, 820, 780);
  if (overlay_close(panel, sheet, panel.text("twin.title"))) panel.state.text_open = false;
  const Rect view{sheet.left, sheet.top + panel.units(72), sheet.right, sheet.bottom - panel.units(64)};
  draw_lines(panel, view);
  panel.canvas.line({sheet.left, view.bottom}, {sheet.right, view.bottom}, {panel.theme().hairline, 1});
  struct Choice {
    const char* id;
    const char* text;
    const char* icon;
    Action action;
  };
  const std::array<Choice, 3> choices{{{"copy state", "twin.copy_state", icon::copy, CopyState{}},
                                       {"copy run", "twin.copy_run", icon::copy, CopyRun{}},
                                       {"paste run", "twin.paste_run", icon::folder_open, PasteRun{}}}};
  float left = sheet.left + panel.units(40);
  for (const Choice& choice : choices) {
    const ButtonStyle style{.icon = choice.icon, .label = panel.text(choice.text), .kind = ButtonKind::Outline};
    const float width = button_width(panel, style);
    const Rect place{left, view.bottom + panel.units(14), left + width, view.bottom + panel.units(50)};
    if (button(panel, choice.id, place, style)) panel.act(choice.action);
    left += width + panel.units(12);
  }
}

}  // namespace ui
