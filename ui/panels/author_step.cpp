// The fields of the step that is open in the author's panel, and those of the walkthrough itself.
#include <algorithm>

#include "ui/icons.h"
#include "ui/panels/author_parts.h"

namespace ui {

namespace {

using raft::walkthrough::HeadLine;
using Kind = raft::walkthrough::Statement::Kind;

/// As lessons are to be made: one sentence that can be read while something moves.
constexpr std::size_t longest_caption = 90;

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::size_t current_step(const AuthorPen& pen) { return static_cast<std::size_t>(pen.view().current); }

void draw_label(AuthorPen& pen, std::string_view label, std::string_view right = {}, bool warn = false) {
  Panel& panel = pen.panel;
  pen.skip(4);
  const Rect row = pen.take(panel.units(20));
  line_of_text(panel, row, label, {.size = Size::Small, .color = panel.theme().text_quiet});
  line_of_text(panel, {row.center().x, row.top, row.right, row.bottom}, right,
               {.face = Face::Mono, .size = Size::Small, .color = warn ? panel.theme().danger : panel.theme().text_quiet,
                .align = Align::Right});
}

/// A label and a field under it, as high as its text. Returns what was typed.
std::optional<std::string> draw_text(AuthorPen& pen, const std::string& id, const char* label, const std::string& value,
                                     bool counts) {
  Panel& panel = pen.panel;
  const std::size_t length = characters(value);
  draw_label(pen, panel.text(label), counts && length > 0 ? std::to_string(length) + " / " + std::to_string(longest_caption) : "",
             counts && length > longest_caption);
  const Rect field = pen.take(field_height(panel, pen.width(), value, Face::Sans));
  return edit_field(panel, id, field, value, {.hint = panel.text("author.empty"), .wrong = counts && length > longest_caption});
}

void draw_next_mark(const AuthorPen& pen) {
  const Panel& panel = pen.panel;
  const Color color = panel.theme().accent;
  panel.canvas.circle({pen.left + panel.units(3), pen.y}, panel.units(3), color);
  panel.canvas.line({pen.left + panel.units(6), pen.y}, {pen.right, pen.y}, {color, panel.units(1.5F)});
}

/// A statement of several lines, which is edited as one.
std::string in_lines(std::string text) {
  constexpr std::string_view between = AuthorView::line_break;
  for (std::size_t at = 0; (at = text.find(between, at)) != std::string::npos;) text.replace(at, between.size(), "\n");
  return text;
}

void draw_statement(AuthorPen& pen, const AuthorView::Statement& statement) {
  Panel& panel = pen.panel;
  const std::size_t step = current_step(pen);
  if (statement.next) draw_next_mark(pen);
  const float width = pen.width() - panel.units(32);
  const std::string id = "statement" + std::to_string(step) + "." + std::to_string(statement.index);
  const bool failed = pen.view().failed_statement == statement.index;
  const std::string lines = in_lines(statement.text);
  const Rect row = pen.take(field_height(panel, width, lines, Face::Mono));
  const Rect field{row.left, row.top + panel.units(1), row.left + width, row.bottom - panel.units(1)};
  // A question is edited as one line.
  if (auto text = edit_field(panel, id, field, statement.text, {.face = Face::Mono, .shown = lines, .wrong = failed, .plain = true})) {
    pen.act(EditDraft{raft::walkthrough::ChangeStatement{step, statement.index, in_lines(std::move(*text))}});
  }
  const Rect cross{row.right - panel.units(28), row.top + panel.units(2), row.right, row.top + panel.units(30)};
  if (button(panel, "remove " + id, cross, {.icon = icon::cross, .tip = panel.text("author.remove")})) {
    pen.act(EditDraft{raft::walkthrough::ChangeStatement{step, statement.index, ""}});
  }
}

void draw_statements(AuthorPen& pen) {
  draw_label(pen, pen.panel.text("author.statements"));
  for (const AuthorView::Statement& statement : pen.view().statements) draw_statement(pen, statement);
  const std::string id = "add" + std::to_string(current_step(pen));
  if (pen.view().next_at_end) draw_next_mark(pen);
  pen.skip(2);
  const Rect row = pen.take(pen.panel.units(32));
  if (auto text = edit_field(pen.panel, id, row, "", {.hint = pen.panel.text("author.add_statement"), .face = Face::Mono})) {
    pen.act(InsertStatements{in_lines(std::move(*text)), false});
  }
}

void draw_step_texts(AuthorPen& pen) {
  const AuthorView& view = pen.view();
  const std::size_t step = current_step(pen);
  const std::string id = std::to_string(step);
  if (auto text = draw_text(pen, "name" + id, "author.name", view.steps[step].name, false); text && !text->empty()) {
    pen.act(EditDraft{raft::walkthrough::NameStep{step, *text}});
  }
  const auto set = [&](const std::string& field, const char* label, Kind kind, const char* language, const std::string& value) {
    if (auto text = draw_text(pen, field + id, label, value, kind == Kind::Say)) {
      pen.act(EditDraft{raft::walkthrough::SetStepText{step, kind, language, *text}});
    }
  };
  set("say en", "author.say_en", Kind::Say, "en", view.say.en);
  set("say zh", "author.say_zh", Kind::Say, "zh", view.say.zh);
  draw_statements(pen);
  set("note en", "author.note_en", Kind::Note, "en", view.note.en);
  set("note zh", "author.note_zh", Kind::Note, "zh", view.note.zh);
}

/// The nodes as buttons: pressed ones are in the spotlight.
void draw_focus(AuthorPen& pen) {
  Panel& panel = pen.panel;
  draw_label(pen, panel.text("author.focus"));
  const float size = panel.units(32);
  const float gap = panel.units(4);
  float x = pen.left;
  float top = pen.take(size).top;
  for (const raft::NodeId node : panel.world().all_nodes()) {
    const std::string& name = panel.world().name(node);
    const ButtonStyle style{.label = name, .kind = ButtonKind::Outline, .selected = pen.view().focus.contains(node)};
    const float width = std::max(size, button_width(panel, style));
    if (x + width > pen.right) {
      x = pen.left;
      pen.y += gap;
      top = pen.take(size).top;
    }
    if (button(panel, "focus" + name, {x, top, x + width, top + size}, style)) {
      raft::NodeSet nodes = pen.view().focus;
      if (nodes.contains(node)) {
        nodes.remove(node);
      } else {
        nodes.add(node);
      }
      pen.act(EditDraft{raft::walkthrough::SetFocus{current_step(pen), nodes}});
    }
    x += width + gap;
  }
}

void draw_pace_and_hide(AuthorPen& pen) {
  Panel& panel = pen.panel;
  draw_label(pen, panel.text("author.pace"));
  const Rect row = pen.take(panel.units(32));
  const Rect pace{row.left, row.top, row.left + panel.units(96), row.bottom};
  const std::size_t step = current_step(pen);
  const std::optional<std::string> typed = edit_field(panel, "pace" + std::to_string(step), pace, pen.view().pace,
                                                      {.hint = "1/20", .face = Face::Mono, .tip = panel.text("author.pace_tip")});
  if (typed) pen.act(EditDraft{raft::walkthrough::SetPace{step, *typed}});
  const Rect hide{pace.right + panel.units(16), row.top, row.right, row.bottom};
  if (check_box(panel, "hide", hide, panel.text("author.hide"), pen.view().hidden)) {
    pen.act(EditDraft{raft::walkthrough::SetHidden{step, !pen.view().hidden}});
  }
}

void draw_step_buttons(AuthorPen& pen) {
  Panel& panel = pen.panel;
  const int step = pen.view().current;
  const int count = static_cast<int>(pen.view().steps.size());
  pen.skip(8);
  const Rect row = pen.take(panel.units(36));
  const ButtonStyle play{.icon = icon::play, .label = panel.text("author.play"), .kind = ButtonKind::Outline,
                         .tip = panel.text("author.play_tip")};
  const float width = button_width(panel, play) + panel.units(8);
  if (button(panel, "play step", {row.left, row.top, row.left + width, row.bottom}, play)) pen.act(PlayDraft{step});
  float right = row.right;
  const auto tool = [&](const char* id, const char* icon, const char* tip, bool enabled) {
    const Rect rect{right - panel.units(36), row.top, right, row.bottom};
    right = rect.left - panel.units(2);
    return button(panel, id, rect, {.icon = icon, .enabled = enabled, .tip = panel.text(tip)});
  };
  const auto at = static_cast<std::size_t>(step);
  if (tool("delete step", icon::trash, "author.delete", count > 1)) pen.act(EditDraft{raft::walkthrough::RemoveStep{at}});
  if (tool("merge", icon::link, "author.merge", step + 1 < count)) pen.act(EditDraft{raft::walkthrough::MergeSteps{at}});
  const auto next = std::find_if(pen.view().statements.begin(), pen.view().statements.end(), [](const auto& s) { return s.next; });
  const bool splits = next != pen.view().statements.end() && next != pen.view().statements.begin();
  if (tool("split", icon::scissors, "author.split", splits)) {
    pen.act(EditDraft{raft::walkthrough::SplitStep{at, next->index, panel.text("author.step_name", {{"n", step + 2}})}});
  }
  if (tool("move down", icon::angle_down, "author.down", step + 1 < count)) {
    pen.act(EditDraft{raft::walkthrough::MoveStep{at, at + 1}});
  }
  if (tool("move up", icon::angle_up, "author.up", step > 0)) pen.act(EditDraft{raft::walkthrough::MoveStep{at, at - 1}});
  pen.skip(12);
}

}  // namespace

void draw_author_step(AuthorPen& pen) {
  const float left = pen.left;
  pen.left += pen.panel.units(8);
  draw_step_texts(pen);
  draw_focus(pen);
  draw_pace_and_hide(pen);
  draw_step_buttons(pen);
  pen.left = left;
}

void draw_author_head(AuthorPen& pen) {
  const auto set = [&pen](const char* id, const char* label, HeadLine::Kind kind, const char* language, const std::string& value) {
    if (auto text = draw_text(pen, id, label, value, true)) {
      pen.act(EditDraft{raft::walkthrough::SetHeadText{kind, language, *text}});
    }
  };
  pen.skip(8);
  const Rect word = pen.take(pen.panel.units(24));
  section_title(pen.panel, {word.left, word.center().y - pen.panel.units(7)}, pen.panel.text("author.head"));
  set("title en", "author.title_en", HeadLine::Kind::Title, "en", pen.view().title.en);
  set("title zh", "author.title_zh", HeadLine::Kind::Title, "zh", pen.view().title.zh);
  set("about en", "author.about_en", HeadLine::Kind::About, "en", pen.view().about.en);
  set("about zh", "author.about_zh", HeadLine::Kind::About, "zh", pen.view().about.zh);
  pen.skip(8);
}

}  // namespace ui
