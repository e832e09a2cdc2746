// What could be added where the stage stands: waits, expectations, questions, found in the run by the app. And the whole
// text of the walkthrough, to read, copy and save.
#include <imgui.h>

#include <algorithm>

#include "ui/icons.h"
#include "ui/panels/author_parts.h"
#include "ui/panels/overlay.h"

namespace ui {

namespace {

const char* title_of(AuthorList list) {
  switch (list) {
    case AuthorList::Waits: return "author.waits";
    case AuthorList::Expectations: return "author.expectations";
    case AuthorList::Questions: return "author.questions";
    case AuthorList::None: break;
  }
  return "";
}

const char* nothing_of(AuthorList list) {
  return list == AuthorList::Waits ? "author.no_waits" : list == AuthorList::Questions ? "author.no_questions" : "author.no_expectations";
}

bool draw_suggestion(AuthorPen& pen, std::size_t number, const AuthorView::Suggestion& suggestion, Face face) {
  Panel& panel = pen.panel;
  const Theme& theme = panel.theme();
  const float width = pen.width() - panel.units(16);
  const TextStyle style{.face = face, .size = Size::Small, .color = theme.text};
  const TextStyle quiet{.size = Size::Small, .color = theme.text_quiet};
  const float text = panel.canvas.measure_paragraph({0, 0}, width, suggestion.label, style).height();
  const float detail = suggestion.detail.empty() ? 0 : panel.canvas.measure_paragraph({0, 0}, width, suggestion.detail, quiet).height();
  const Rect row = pen.take(text + detail + panel.units(12));
  const Touch touched = touch(panel, "suggestion" + std::to_string(number), row);
  if (touched.hovered) panel.canvas.rect(row, theme.accent_soft, panel.units(6));
  if (touched.focused) focus_ring(panel, row, panel.units(6));
  panel.canvas.paragraph({row.left + panel.units(8), row.top + panel.units(6)}, width, suggestion.label, style);
  if (detail > 0) panel.canvas.paragraph({row.left + panel.units(8), row.top + panel.units(6) + text}, width, suggestion.detail, quiet);
  return touched.clicked;
}

}  // namespace

void draw_author_suggestions(AuthorPen& pen) {
  Panel& panel = pen.panel;
  const AuthorView& view = pen.view();
  if (view.list == AuthorList::None) return;
  line_of_text(panel, pen.take(panel.units(28)), panel.text(title_of(view.list)),
               {.face = Face::SansBold, .size = Size::Small, .color = panel.theme().accent});
  if (view.suggestions.empty()) {
    const TextStyle style{.size = Size::Small, .color = panel.theme().text_quiet};
    const std::string& text = panel.text(nothing_of(view.list));
    const float height = panel.canvas.measure_paragraph({0, 0}, pen.width(), text, style).height();
    const Rect row = pen.take(height + panel.units(8));
    panel.canvas.paragraph({row.left, row.top}, pen.width(), text, style);
  }
  const Face face = view.list == AuthorList::Questions ? Face::Sans : Face::Mono;
  for (std::size_t i = 0; i < view.suggestions.size(); ++i) {
    if (!draw_suggestion(pen, i, view.suggestions[i], face)) continue;
    pen.act(InsertStatements{view.suggestions[i].statements, view.list == AuthorList::Waits});
  }
  pen.skip(8);
  const Rect line = pen.take(panel.units(9));
  panel.canvas.line({line.left, line.top}, {line.right, line.top}, {panel.theme().hairline, 1});
}

void draw_author_text(Panel& panel) {
  const AuthorView& author = *panel.view.author;
  AuthorState& state = panel.state.author;
  const Theme& theme = panel.theme();
  const Rect sheet = overlay_sheet(panel, 880, 760);
  if (overlay_close(panel, sheet, panel.text("author.text_title"))) {
    state.text_open = false;
    panel.state.field = {};
  }
  const float side = panel.units(40);
  const float foot = sheet.bottom - panel.units(72);
  const Rect body{sheet.left + side, sheet.top + panel.units(80), sheet.right - panel.units(24), foot - panel.units(12)};
  const TextStyle style{.face = Face::Mono, .size = Size::Small, .color = theme.text};
  const float width = body.width() - panel.units(24);
  const float height = panel.canvas.measure_paragraph({0, 0}, width, author.text, style).height();
  const float up = scroll_vertically(panel, "text scroll", body, height, state.text_scroll);
  panel.canvas.clip(body);
  panel.canvas.paragraph({body.left, body.top - up}, width, author.text, style);
  panel.canvas.unclip();

  const ButtonStyle copy{.icon = icon::copy, .label = panel.text("author.copy"), .kind = ButtonKind::Outline};
  const ButtonStyle save{.icon = icon::save, .label = panel.text("author.save_as"), .kind = ButtonKind::Primary};
  const float high = panel.units(36);
  float right = sheet.right - side;
  const float save_width = button_width(panel, save) + panel.units(8);
  const bool saves = button(panel, "save text", {right - save_width, foot, right, foot + high}, save);
  right -= save_width + panel.units(8);
  const float copy_width = button_width(panel, copy) + panel.units(8);
  if (button(panel, "copy text", {right - copy_width, foot, right, foot + high}, copy)) ImGui::SetClipboardText(author.text.c_str());
  const Rect path{sheet.left + side, foot, right - copy_width - panel.units(16), foot + high};
  const FieldState& state_of_field = panel.state.field;
  const auto typed = edit_field(panel, "draft path", path, author.path, {.hint = panel.text("author.path"), .face = Face::Mono, .by_enter = true});
  const bool types = state_of_field.id == "draft path";
  if (typed && !typed->empty()) panel.act(Author{SaveDraft{*typed}});
  if (saves) panel.act(Author{SaveDraft{types ? std::string(state_of_field.text.data()) : author.path}});
}

}  // namespace ui
