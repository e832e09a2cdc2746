// The author's panel: the steps of the walkthrough that is being written, the current one open, and what can be added
// at the place where the stage stands. What it edits is the text; the app plays it again after every edit.
#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "ui/icons.h"
#include "ui/panels/author_parts.h"

namespace ui {

namespace {

constexpr float author_margin = 16;
constexpr float author_row_height = 48;

float draw_tools(Panel& panel, float top) {
  const AuthorView& author = *panel.view.author;
  const Theme& theme = panel.theme();
  const float y = top + panel.units(24);
  const float half = panel.units(16);
  const Rect word = section_title(panel, {panel.area.left + panel.units(author_margin), y - panel.units(7)}, panel.text("author.title"));
  float right = panel.area.right - panel.units(8);
  const auto tool = [&](const char* id, const char* icon, const char* tip, bool enabled) {
    const Rect rect{right - 2 * half, y - half, right, y + half};
    right = rect.left - panel.units(2);
    return button(panel, id, rect, {.icon = icon, .enabled = enabled, .tip = panel.text(tip)});
  };
  if (tool("close author", icon::cross, "author.close", true)) panel.act(Author{ToggleAuthor{}});
  if (tool("text", icon::list, "author.show_text", true)) panel.state.author.text_open = true;
  if (tool("save draft", icon::save, "author.save", true)) panel.act(Author{SaveDraft{}});
  if (tool("redo", icon::repeat, "author.redo", author.can_redo)) panel.act(Author{RedoEdit{}});
  if (tool("undo", icon::undo, "author.undo", author.can_undo)) panel.act(Author{UndoEdit{}});
  const char* state = author.unsaved ? "author.unsaved" : "author.saved";
  line_of_text(panel, {word.right + panel.units(12), y - half, right, y + half}, panel.text(state),
               {.size = Size::Small, .color = theme.text_quiet});
  return top + panel.units(48);
}

struct Adding {
  const char* id;
  const char* icon;
  const char* label;
  const char* tip;
  AuthorList list;
};

/// What can be added where the stage stands.
float draw_adding(Panel& panel, float top) {
  constexpr std::array<Adding, 4> all{{
      {"pause here", icon::pause, "author.pause", "author.pause_tip", AuthorList::Waits},
      {"expect", icon::check, "author.expect", "author.expect_tip", AuthorList::Expectations},
      {"ask", icon::question_circle, "author.ask", "author.ask_tip", AuthorList::Questions},
      {"new step", icon::plus, "author.new_step", "author.new_step_tip", AuthorList::None},
  }};
  const float left = panel.area.left + panel.units(author_margin);
  const float gap = panel.units(8);
  const float width = (panel.area.width() - panel.units(2 * author_margin) - gap) / 2;
  const float height = panel.units(36);
  const AuthorList shown = panel.view.author->list;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const float x = left + static_cast<float>(i % 2) * (width + gap);
    const std::size_t row = i / 2;
    const float y = top + static_cast<float>(row) * (height + gap);
    const bool chosen = all[i].list != AuthorList::None && shown == all[i].list;
    const bool pressed = button(panel, all[i].id, {x, y, x + width, y + height},
                                {.icon = all[i].icon, .label = panel.text(all[i].label), .kind = ButtonKind::Outline,
                                 .selected = chosen, .tip = panel.text(all[i].tip)});
    if (!pressed) continue;
    if (all[i].list == AuthorList::None) {
      panel.act(Author{NewStepHere{}});
    } else {
      panel.act(Author{ShowSuggestions{chosen ? AuthorList::None : all[i].list}});
      panel.state.author.scroll.go_to(0);  // it opens at the top
    }
  }
  return top + 2 * height + 2 * gap;
}

/// An older draft that was never saved is offered, as long as nobody has decided.
void draw_found_draft(AuthorPen& pen) {
  Panel& panel = pen.panel;
  if (!pen.view().draft_found) return;
  const Rect box = pen.take(panel.units(96));
  panel.canvas.rect(box, panel.theme().accent_soft, panel.units(corner));
  const Rect inner = box.inset(panel.units(12));
  panel.canvas.paragraph({inner.left, inner.top}, inner.width(), panel.text("author.draft_found"),
                         {.size = Size::Small, .color = panel.theme().text});
  const float top = inner.bottom - panel.units(32);
  const ButtonStyle restore{.label = panel.text("author.restore"), .kind = ButtonKind::Primary};
  const float width = button_width(panel, restore) + panel.units(16);
  if (button(panel, "restore", {inner.left, top, inner.left + width, inner.bottom}, restore)) pen.act(RestoreDraft{true});
  const ButtonStyle discard{.label = panel.text("author.discard"), .kind = ButtonKind::Quiet};
  const float left = inner.left + width + panel.units(8);
  if (button(panel, "discard", {left, top, left + button_width(panel, discard) + panel.units(16), inner.bottom}, discard)) {
    pen.act(RestoreDraft{false});
  }
  pen.skip(8);
}

void draw_marks(Panel& panel, const AuthorView::Step& step, const Rect& rect) {
  float right = rect.right - panel.units(12);
  const auto mark = [&](bool shown, const char* icon, const char* tip, Color color) {
    if (!shown) return;
    const Rect place{right - panel.units(16), rect.top, right, rect.bottom};
    panel.canvas.text(place.center(), icon,
                      {.size = Size::Small, .color = color, .align = Align::Center, .anchor = Anchor::Middle});
    if (panel.has_mouse(place)) panel.notes.tooltip = {panel.text(tip), place};
    right = place.left - panel.units(6);
  };
  const Theme& theme = panel.theme();
  mark(step.failed, icon::warning, "author.mark_failed", theme.danger);
  mark(step.hidden, icon::eye_slash, "author.mark_hidden", theme.text_quiet);
  mark(step.asks, icon::question_circle, "author.mark_asks", theme.text_quiet);
  mark(step.expects, icon::check, "author.mark_expects", theme.text_quiet);
}

/// True while the row is taken along by the mouse.
bool is_dragged(const Panel& panel, int number, const Touch& touched) {
  std::optional<AuthorState::Drag>& drag = panel.state.author.drag;
  const float y = ImGui::GetMousePos().y;
  if (touched.held && !drag) drag = AuthorState::Drag{.step = number, .from = y};
  if (!drag || drag->step != number || drag->dropped) return false;
  drag->moved = drag->moved || std::abs(y - drag->from) > click_reach;
  return drag->moved;
}

/// Whoever drags to the upper or lower end of the list comes to what lies beyond.
void scroll_while_dragging(Panel& panel, const Rect& list) {
  const float edge = panel.units(24);
  const float y = ImGui::GetMousePos().y;
  ScrollState& scroll = panel.state.author.scroll;
  const float by = y < list.top + edge ? -panel.units(8) : y > list.bottom - edge ? panel.units(8) : 0;
  if (by == 0) return;
  scroll.go_to(std::clamp(scroll.offset + by, 0.0F, std::max(0.0F, scroll.content - list.height())));
  panel.notes.result.animating = true;
}

/// A line where the dragged step would land: at the nearest of the edges between steps. Outside the panel it stays.
void draw_landing(const AuthorPen& pen, const Rect& list, const std::vector<float>& edges) {
  Panel& panel = pen.panel;
  std::optional<AuthorState::Drag>& drag = panel.state.author.drag;
  if (!drag) return;
  const ImVec2 mouse = ImGui::GetMousePos();
  const auto nearest = std::min_element(edges.begin(), edges.end(), [&](float a, float b) { return std::abs(a - mouse.y) < std::abs(b - mouse.y); });
  const auto edge = static_cast<int>(nearest - edges.begin());
  const int to = edge > drag->step ? edge - 1 : edge;
  const bool lands = drag->moved && !drag->dropped && to != drag->step && panel.area.contains({mouse.x, mouse.y});
  if (ImGui::IsMouseDown(ImGuiMouseButton_Left)) {
    if (drag->moved && !drag->dropped) scroll_while_dragging(panel, list);
    if (!lands) return;
    const Color color = panel.theme().accent;
    panel.canvas.circle({pen.left + panel.units(4), *nearest}, panel.units(4), color);
    panel.canvas.line({pen.left + panel.units(4), *nearest}, {pen.right, *nearest}, {color, panel.units(2.5F)});
    return;
  }
  if (lands) pen.act(EditDraft{raft::walkthrough::MoveStep{static_cast<std::size_t>(drag->step), static_cast<std::size_t>(to)}});
  drag.reset();
}

void draw_step_row(AuthorPen& pen, int number) {
  Panel& panel = pen.panel;
  const Theme& theme = panel.theme();
  const AuthorView::Step& step = pen.view().steps[static_cast<std::size_t>(number)];
  const bool current = number == pen.view().current;
  const Rect row = pen.take(panel.units(author_row_height));
  const Touch touched = touch(panel, "step" + std::to_string(number), row, {.tip = panel.text("author.drag_tip")});
  if (current) panel.canvas.rect(row, theme.accent_soft, panel.units(corner));
  if (!current && touched.hovered) panel.canvas.rect(row, theme.background, panel.units(corner));
  const bool dragged = is_dragged(panel, number, touched);
  if (dragged) panel.canvas.frame(row, {theme.accent, panel.units(1.5F)}, panel.units(corner));
  if (touched.focused) focus_ring(panel, row);
  const float names = row.left + panel.units(40);
  const float marks = row.right - panel.units(96);
  panel.canvas.text({row.left + panel.units(28), row.center().y}, std::to_string(number + 1),
                    {.face = Face::Mono, .size = Size::Small, .color = current ? theme.accent : theme.text_quiet,
                     .align = Align::Right, .anchor = Anchor::Middle});
  line_of_text(panel, {names, row.top + panel.units(4), marks, row.top + panel.units(26)}, step.name,
               {.face = Face::SansBold, .size = Size::Small, .color = theme.text});
  line_of_text(panel, {names, row.top + panel.units(24), row.right - panel.units(8), row.top + panel.units(44)},
               step.caption.empty() ? panel.text("author.no_caption") : step.caption,
               {.size = Size::Small, .color = theme.text_quiet});
  draw_marks(panel, step, {row.left, row.top, row.right, row.top + panel.units(26)});
  const bool was_moved = panel.state.author.drag && panel.state.author.drag->moved;
  if (touched.clicked && !was_moved) pen.act(SelectStep{number});
}

void draw_failure(AuthorPen& pen) {
  Panel& panel = pen.panel;
  const std::string& said = pen.view().refused.empty() ? pen.view().failure : pen.view().refused;
  if (said.empty()) return;
  const float width = pen.width() - panel.units(44);
  const TextStyle style{.size = Size::Small, .color = panel.theme().danger};
  const float height = panel.canvas.measure_paragraph({0, 0}, width, said, style).height() + panel.units(16);
  const Rect box = pen.take(height);
  panel.canvas.text({box.left + panel.units(16), box.top + panel.units(16)}, icon::warning,
                    {.size = Size::Small, .color = panel.theme().danger, .align = Align::Center,
                     .anchor = Anchor::Middle});
  panel.canvas.paragraph({box.left + panel.units(36), box.top + panel.units(8)}, width, said, style);
}

}  // namespace

void draw_author(Panel& panel) {
  const Theme& theme = panel.theme();
  panel.canvas.rect(panel.area, theme.panel, 0);
  panel.canvas.line({panel.area.left + 0.5F, panel.area.top}, {panel.area.left + 0.5F, panel.area.bottom}, {theme.hairline, 1});
  float top = draw_tools(panel, panel.area.top);
  top = draw_adding(panel, top);
  panel.canvas.line({panel.area.left, top}, {panel.area.right, top}, {theme.hairline, 1});

  AuthorState& state = panel.state.author;
  const Rect list{panel.area.left, top + 1, panel.area.right, panel.area.bottom};
  const float up = scroll_vertically(panel, "author scroll", list, state.scroll.content, state.scroll);
  ImGui::PushClipRect({list.left, list.top}, {list.right, list.bottom}, true);  // the mouse keeps to it too
  AuthorPen pen{panel, list.left + panel.units(author_margin), list.right - panel.units(author_margin),
                list.top + panel.units(8) - up};
  const float start = pen.y;
  draw_found_draft(pen);
  draw_failure(pen);
  draw_author_suggestions(pen);
  std::vector<float> edges{pen.y};
  for (int i = 0; i < static_cast<int>(panel.view.author->steps.size()); ++i) {
    const float row = pen.y;
    draw_step_row(pen, i);
    if (i == panel.view.author->current) draw_author_step(pen);
    if (i == panel.view.author->current && state.shown_step != i) {
      // What has become current is brought into view, its fields too where there is room; an offer above is not hidden.
      state.shown_step = i;
      if (row < list.top || (pen.y > list.bottom && !panel.view.author->draft_found)) {
        state.scroll.go_to(std::max(0.0F, row - start - panel.units(8)));
        panel.notes.result.animating = true;
      }
    }
    edges.push_back(pen.y);
  }
  draw_landing(pen, list, edges);
  draw_author_head(pen);
  const float content = pen.y - start + panel.units(24);
  if (content != state.scroll.content) panel.notes.result.animating = true;
  state.scroll.content = content;
  ImGui::PopClipRect();
}

}  // namespace ui
