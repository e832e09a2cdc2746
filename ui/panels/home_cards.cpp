// The cards of the home screen: where to go on, a cluster of one's own, and one for each walkthrough.
#include <algorithm>
#include <array>
#include <span>

#include "ui/icons.h"
#include "ui/panels/home.h"
#include "ui/panels/still.h"

namespace ui {

namespace {

constexpr float card_least = 264;
constexpr float picture_height = 148;
constexpr float words_height = 146;
constexpr float card_radius = 12;
constexpr float first_row_height = 216;
constexpr float free_play_width = 336;
constexpr float first_row_beside = 860;  // narrower content stacks the two cards

int columns_for(const Panel& panel, float width) {
  const float each = panel.units(card_least + card_gap);
  return std::max(1, static_cast<int>((width + panel.units(card_gap)) / each));
}

void draw_ground(const Panel& panel, const Rect& card, const Touch& touched) {
  const Theme& theme = panel.theme();
  const float radius = panel.units(card_radius);
  if (touched.hovered) panel.canvas.shadow(card, radius, 10);
  panel.canvas.rect(card, theme.panel, radius);
}

/// Over what the card shows: its picture reaches the edge.
void draw_edge(const Panel& panel, const Rect& card, const Touch& touched) {
  const Theme& theme = panel.theme();
  const float radius = panel.units(card_radius);
  panel.canvas.frame(card, {touched.hovered ? theme.accent : theme.hairline, touched.hovered ? 1.5F : 1.0F}, radius);
  if (touched.focused) focus_ring(panel, card.inset(-panel.units(3)), radius + panel.units(3));
}

/// `inner` is the part of it that does not reach the card's corners: only these are round.
void draw_picture(const Panel& panel, const Rect& area, const Rect& inner, const LibraryEntry& entry) {
  panel.canvas.rect(area, panel.theme().stage, panel.units(card_radius));
  panel.canvas.rect(inner, panel.theme().stage, 0);
  if (entry.still == nullptr) return;
  panel.canvas.clip(area);
  draw_still(panel, area.inset(panel.units(6)), *entry.still);
  panel.canvas.unclip();
}

void draw_progress_line(const Panel& panel, const Rect& line, const LibraryEntry& entry) {
  panel.canvas.rect(line, panel.theme().hairline, 0);
  const float share = entry.done ? 1.0F
                                 : static_cast<float>(entry.reached) / static_cast<float>(std::max(entry.steps, 1));
  if (share > 0) {
    const float right = line.left + line.width() * std::min(share, 1.0F);
    panel.canvas.rect({line.left, line.top - panel.units(1), right, line.bottom + panel.units(1)},
                      panel.theme().accent, 0);
  }
}

std::string length_text(const Panel& panel, const LibraryEntry& entry) {
  std::string text = panel.text("home.steps", {{"n", entry.steps}});
  if (entry.minutes > 0) text += "  ·  " + panel.text("home.minutes", {{"n", entry.minutes}});
  return text;
}

std::string progress_text(const Panel& panel, const LibraryEntry& entry) {
  if (entry.done) return panel.text("home.done");
  if (entry.reached == 0) return "";
  return panel.text("home.step_of", {{"n", entry.reached}, {"total", entry.steps}});
}

void draw_foot(Panel& panel, const Rect& line, const LibraryEntry& entry) {
  const Theme& theme = panel.theme();
  TextStyle style{.size = Size::Small, .color = theme.text_quiet, .align = Align::Right, .anchor = Anchor::Middle,
                  .zoom = 0.94F};
  const std::string progress = progress_text(panel, entry);
  float right = line.right;
  if (!progress.empty()) {
    style.color = entry.done ? theme.good : theme.accent;
    right = panel.canvas.text({right, line.center().y}, progress, style).left;
    if (entry.done) right = panel.canvas.text({right - panel.units(5), line.center().y}, icon::check_circle, style).left;
  }
  style.align = Align::Left;
  style.color = theme.text_quiet;
  line_of_text(panel, {line.left, line.top, right - panel.units(8), line.bottom}, length_text(panel, entry), style);
}

/// What the card promises; where nobody has said, what the walkthrough says of itself.
std::string promise(const Panel& panel, const LibraryEntry& entry) {
  if (entry.outcome.empty()) return entry.about;
  return panel.text("home.outcome", {{"outcome", entry.outcome}});
}

void draw_words(Panel& panel, const Rect& inner, const LibraryEntry& entry) {
  const Theme& theme = panel.theme();
  const float foot = panel.units(20);
  const TextStyle bold{.face = Face::SansBold, .size = Size::Body, .color = theme.text};
  // One line or two: the phases of a crash differ only in their last words.
  const float wanted = panel.canvas.measure_paragraph({0, 0}, inner.width(), entry.title, bold).height();
  const float title = std::max(panel.units(24), std::min(wanted, 2 * panel.canvas.line_height(bold)) + 1);
  constexpr Size body[] = {Size::Body};
  fitted_text(panel, {inner.left, inner.top, inner.right, inner.top + title}, entry.title, bold, body);
  constexpr Size sizes[] = {Size::Small};
  const std::string text = promise(panel, entry);
  const TextStyle style{.size = Size::Small, .color = theme.text_quiet};
  Rect room{inner.left, inner.top + title + panel.units(4), inner.right, inner.bottom - foot - panel.units(4)};
  const float needed = panel.canvas.measure_paragraph({0, 0}, room.width(), text, style).height();
  room.bottom = std::min(room.bottom, room.top + needed + 1);
  fitted_text(panel, room, text, style, sizes);
  draw_foot(panel, {inner.left, inner.bottom - foot, inner.right, inner.bottom}, entry);
}

void draw_card(Panel& panel, const Rect& card, const LibraryEntry& entry, const Rect& view) {
  const Touch touched = touch(panel, entry.path, card);
  if (touched.clicked) open_entry(panel, entry, true);
  if (card.bottom < view.top || card.top > view.bottom) return;
  draw_ground(panel, card, touched);
  const Rect picture{card.left, card.top, card.right, card.top + panel.units(picture_height)};
  draw_picture(panel, picture, {picture.left, picture.center().y, picture.right, picture.bottom}, entry);
  draw_progress_line(panel, {card.left, picture.bottom - panel.units(1), card.right, picture.bottom}, entry);
  draw_words(panel, Rect{card.left, picture.bottom, card.right, card.bottom}.inset(panel.units(16), panel.units(12)),
             entry);
  draw_edge(panel, card, touched);
}

// --- the first row ---

void draw_continue(Panel& panel, const Rect& card) {
  const int which = panel.view.continue_with;
  if (which < 0 || which >= static_cast<int>(panel.view.library.size())) return;
  const LibraryEntry& entry = panel.view.library[static_cast<std::size_t>(which)];
  const Theme& theme = panel.theme();
  const bool begun = entry.reached > 0 && !entry.done;
  panel.canvas.rect(card, theme.panel, panel.units(card_radius));
  const bool wide = card.width() > panel.units(520);
  const float picture_width = wide ? std::min(card.width() * 0.44F, panel.units(460)) : 0;
  const Rect picture{card.right - picture_width, card.top, card.right, card.bottom};
  if (wide) draw_picture(panel, picture, {picture.left, picture.top, picture.center().x, picture.bottom}, entry);
  if (wide) panel.canvas.line({picture.left, card.top}, {picture.left, card.bottom}, {theme.hairline, 1});
  draw_edge(panel, card, {});
  const Rect inner = Rect{card.left, card.top, picture.left, card.bottom}.inset(panel.units(24), panel.units(20));
  section_title(panel, {inner.left, inner.top}, panel.text(begun ? "home.go_on" : "home.begin_here"));
  line_of_text(panel, {inner.left, inner.top + panel.units(24), inner.right, inner.top + panel.units(58)}, entry.title,
               {.face = Face::SansBold, .size = Size::Large, .color = theme.text});
  const float button_top = inner.bottom - panel.units(36);
  constexpr Size sizes[] = {Size::Body, Size::Small};
  const std::string text = promise(panel, entry);
  Rect room{inner.left, inner.top + panel.units(64), inner.right, button_top - panel.units(10)};
  const TextStyle style{.size = Size::Body, .color = theme.text_quiet};
  const float needed = panel.canvas.measure_paragraph({0, 0}, room.width(), text, style).height();
  room.bottom = std::min(room.bottom, room.top + needed + 1);
  fitted_text(panel, room, text, style, sizes);

  const std::string label = panel.text(begun ? "home.continue" : "home.begin");
  const ButtonStyle go{.icon = icon::play, .label = label, .kind = ButtonKind::Primary, .size = Size::Body};
  const float width = button_width(panel, go) + panel.units(16);
  if (button(panel, "continue", {inner.left, button_top, inner.left + width, inner.bottom}, go)) {
    open_entry(panel, entry, true);
  }
  const std::string length = begun ? progress_text(panel, entry) : length_text(panel, entry);
  line_of_text(panel, {inner.left + width + panel.units(16), button_top, inner.right, inner.bottom}, length,
               {.size = Size::Small, .color = theme.text_quiet});
}

void draw_cluster_button(Panel& panel, int nodes, const Rect& place, bool with_word) {
  const std::string label =
      with_word ? panel.text("ui.free_play_nodes", {{"n", nodes}}) : std::to_string(nodes);
  const std::string tip = panel.text("home.cluster_tip", {{"n", nodes}, {"needed", raft::majority_of(nodes)}});
  if (button(panel, "cluster" + std::to_string(nodes), place,
             {.label = label, .kind = ButtonKind::Outline, .tip = tip})) {
    panel.act(StartFreePlay{nodes});
    panel.state.library_open = false;
  }
}

void draw_free_play(Panel& panel, const Rect& card) {
  constexpr std::array<int, 3> usual{3, 5, 7};
  constexpr std::array<int, 8> others{1, 2, 4, 6, 8, 9, 10, 11};
  const Theme& theme = panel.theme();
  panel.canvas.rect(card, theme.panel, {theme.hairline, 1}, panel.units(card_radius));
  const Rect inner = card.inset(panel.units(24), panel.units(20));
  section_title(panel, {inner.left, inner.top}, panel.text("ui.free_play"));
  line_of_text(panel, {inner.left, inner.top + panel.units(24), inner.right, inner.top + panel.units(58)},
               panel.text("home.own_cluster"), {.face = Face::SansBold, .size = Size::Large, .color = theme.text});
  constexpr Size small_only[] = {Size::Small};
  fitted_text(panel, {inner.left, inner.top + panel.units(58), inner.right, inner.top + panel.units(94)},
              panel.text("home.own_cluster_about"), {.size = Size::Small, .color = theme.text_quiet}, small_only);
  const float gap = panel.units(8);
  const auto row = [&](std::span<const int> sizes, float top, float height, bool with_word) {
    const float each = (inner.width() + gap) / static_cast<float>(sizes.size()) - gap;
    float left = inner.left;
    for (const int nodes : sizes) {
      draw_cluster_button(panel, nodes, {left, top, left + each, top + height}, with_word);
      left += each + gap;
    }
  };
  const float small = panel.units(30);
  const float large = panel.units(40);
  row(usual, inner.bottom - small - gap - large, large, true);
  row(others, inner.bottom - small, small, false);
}

}  // namespace

void open_entry(Panel& panel, const LibraryEntry& entry, bool resume) {
  panel.act(OpenWalkthrough{entry.path, resume});
}

void draw_first_row(Panel& panel, Point& pen, float width) {
  const float gap = panel.units(card_gap);
  const float height = panel.units(first_row_height);
  const bool beside = width >= panel.units(first_row_beside);
  const float right = beside ? panel.units(free_play_width) : width;
  const float left = beside ? width - right - gap : width;
  draw_continue(panel, {pen.x, pen.y, pen.x + left, pen.y + height});
  if (!beside) pen.y += height + gap;
  const float x = beside ? pen.x + left + gap : pen.x;
  draw_free_play(panel, {x, pen.y, x + right, pen.y + height});
  pen.y += height + panel.units(40);
}

void draw_section(Panel& panel, const HomeSection& section, Point& pen, float width, const Rect& view) {
  const Theme& theme = panel.theme();
  if (!section.over.empty()) {
    section_title(panel, pen, section.over);
    pen.y += panel.units(20);
  }
  int minutes = 0;
  int done = 0;
  for (const int i : section.entries) {
    minutes += panel.view.library[static_cast<std::size_t>(i)].minutes;
    done += panel.view.library[static_cast<std::size_t>(i)].done ? 1 : 0;
  }
  const int count = static_cast<int>(section.entries.size());
  // What was searched for has its count in the title.
  const bool found = !panel.state.home.search.empty();
  std::string summary = found ? "" : panel.text("home.walkthroughs", {{"n", count}}) + "  ·  ";
  if (minutes > 0) summary += panel.text("home.minutes", {{"n", minutes}}) + "  ·  ";
  if (done > 0) summary += panel.text("home.done_of", {{"n", done}, {"total", count}}) + "  ·  ";
  if (!summary.empty()) summary.resize(summary.size() - std::string_view("  ·  ").size());
  const Rect head{pen.x, pen.y, pen.x + width, pen.y + panel.units(32)};
  const TextStyle quiet{.size = Size::Small, .color = theme.text_quiet, .align = Align::Right};
  const float room = panel.canvas.text_width(summary, quiet);
  const bool fits = room < width * 0.5F;
  if (fits) line_of_text(panel, {head.right - room - 1, head.top, head.right, head.bottom}, summary, quiet);
  line_of_text(panel, {head.left, head.top, head.right - (fits ? room + panel.units(16) : 0), head.bottom},
               section.title, {.face = Face::SansBold, .size = Size::Large, .color = theme.text});
  pen.y += panel.units(44);

  const int columns = columns_for(panel, width);
  const float gap = panel.units(card_gap);
  const float each = (width + gap) / static_cast<float>(columns) - gap;
  const float height = panel.units(picture_height + words_height);
  for (std::size_t i = 0; i < section.entries.size(); ++i) {
    const int column = static_cast<int>(i) % columns;
    const float left = pen.x + static_cast<float>(column) * (each + gap);
    const LibraryEntry& entry = panel.view.library[static_cast<std::size_t>(section.entries[i])];
    draw_card(panel, {left, pen.y, left + each, pen.y + height}, entry, view);
    if (column == columns - 1 || i + 1 == section.entries.size()) pen.y += height + gap;
  }
  pen.y += panel.units(28);
}

}  // namespace ui
