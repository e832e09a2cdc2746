// What happened and why, in sentences, newest at the bottom and in view. A click goes to that event.
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <string_view>

#include "ui/icons.h"
#include "ui/panels/panels.h"

namespace ui {

namespace {

constexpr float header = 40;
constexpr float side = 16;
constexpr float number_width = 44;
constexpr float gap = 10;

TextStyle what_style(const Theme& theme, bool quiet) {
  return {.face = quiet ? Face::Sans : Face::SansBold,
          .size = Size::Small,
          .color = quiet ? theme.text_quiet : theme.text};
}
TextStyle why_style(const Theme& theme) { return {.size = Size::Small, .color = theme.text_quiet}; }

std::string section_text(const std::string& section) {
  if (section.empty() || section.starts_with("§")) return section;
  return "§" + section;
}

std::string why_text(const EventLine::Why& why) {
  const std::string section = section_text(why.section);
  return section.empty() ? why.sentence : why.sentence + " " + section;
}

struct Column {
  float left = 0;
  float width = 0;
};

Column text_column(const Panel& panel) {
  const float left = panel.area.left + panel.units(side + number_width);
  return {left, panel.area.right - panel.units(side + 4) - left};
}

enum class Ink { Paint, MeasureOnly };

float paragraph(const Panel& panel, Point at, float width, std::string_view text, const TextStyle& style, Ink ink) {
  const Rect box = ink == Ink::Paint ? panel.canvas.paragraph(at, width, text, style)
                                     : panel.canvas.measure_paragraph(at, width, text, style);
  return box.bottom;
}

/// Writes the line's sentences from `top` on and returns where they end; measuring is the same without the ink.
float write_sentences(const Panel& panel, const EventLine& line, float top, Ink ink) {
  const Theme& theme = panel.theme();
  const Column column = text_column(panel);
  Point pen{column.left, top + panel.units(gap / 2)};
  if (!line.quiet) {
    const TextStyle number{.face = Face::Mono, .size = Size::Small, .color = theme.text_quiet};
    const std::string at = fmt::format("{}.{} ms", line.at / 1000, line.at / 100 % 10);
    if (ink == Ink::Paint) panel.canvas.text(pen, at, number);
    pen.y += panel.canvas.line_height(number);
  }
  pen.y = paragraph(panel, pen, column.width, line.what, what_style(theme, line.quiet), ink);
  if (line.quiet) return pen.y + panel.units(gap / 2);
  const float indent = panel.units(10);
  for (const EventLine::Why& why : line.why) {
    const float bottom = paragraph(panel, {pen.x + indent, pen.y}, column.width - indent, why_text(why),
                                   why_style(theme), ink);
    if (ink == Ink::Paint) {
      const float x = pen.x + panel.units(2);
      panel.canvas.line({x, pen.y + panel.units(3)}, {x, bottom - panel.units(3)}, {theme.hairline, panel.units(2)});
    }
    pen.y = bottom;
  }
  return pen.y + panel.units(gap / 2);
}

float height_of(const Panel& panel, const EventLine& line) {
  constexpr std::size_t lines_kept = 4096;
  EventHeights& known = panel.state.event_heights;
  const float width = text_column(panel).width;
  const bool other_measure = known.width != width || known.text_scale != panel.view.text_scale;
  if (other_measure || known.lines.size() > lines_kept) known = {.lines = {}, .width = width, .text_scale = panel.view.text_scale};
  // Told apart by their hash: another text as long may be broken into other lines.
  constexpr std::hash<std::string_view> hash{};
  std::size_t characters = hash(line.what);
  for (const EventLine::Why& why : line.why) characters = characters * 31 + hash(why.sentence);
  EventHeights::Line& entry = known.lines[line.number];
  if (entry.height == 0 || entry.characters != characters || entry.quiet != line.quiet) {
    entry = {characters, line.quiet, write_sentences(panel, line, 0, Ink::MeasureOnly)};
  }
  return entry.height;
}

void draw_line(Panel& panel, const EventLine& line, const Rect& rect) {
  const Theme& theme = panel.theme();
  const Touch touched = touch(panel, fmt::format("event{}", line.number), rect, {.focusable = false});
  const bool here = line.number == panel.view.run.position();
  if (here) {
    panel.canvas.rect(rect.inset(panel.units(6), 0), theme.accent_soft, panel.units(6));
    panel.canvas.rect({rect.left + panel.units(6), rect.top + panel.units(6), rect.left + panel.units(9),
                       rect.bottom - panel.units(6)}, theme.accent, panel.units(2));
  } else if (touched.hovered) {
    panel.canvas.rect(rect.inset(panel.units(6), 0), with_alpha(theme.accent_soft, 0.5F), panel.units(6));
  }
  panel.canvas.text({text_column(panel).left - panel.units(10), rect.top + panel.units(gap / 2)},
                    std::to_string(line.number),
                    {.face = Face::Mono, .size = Size::Small, .color = theme.text_quiet, .align = Align::Right,
                     .max_width = panel.units(number_width)});
  write_sentences(panel, line, rect.top, Ink::Paint);
  if (touched.hovered && line.node != raft::no_node) {
    panel.notes.hovered = {.kind = Selection::Kind::Node, .node = line.node};
  }
  if (touched.clicked && !here) panel.act(SeekEvent{line.number});
}

void draw_header(Panel& panel) {
  const Rect& area = panel.area;
  section_title(panel, {area.left + panel.units(side), area.top + panel.units(12)}, panel.text("ui.events"));
  const std::string& label = panel.text("ui.hide_heartbeats");
  const float width = panel.canvas.text_width(label, {.size = Size::Small}) + panel.units(24);
  const float right = area.right - panel.units(side);
  const Rect box{std::max(right - width, area.center().x), area.top + panel.units(8), right, area.top + panel.units(32)};
  if (check_box(panel, "heartbeats", box, label, panel.state.hide_heartbeats)) {
    panel.state.hide_heartbeats = !panel.state.hide_heartbeats;
  }
}

/// With their heights, oldest first.
std::vector<std::pair<const EventLine*, float>> shown_lines(const Panel& panel) {
  std::vector<std::pair<const EventLine*, float>> lines;
  for (const EventLine& line : panel.view.events) {
    if (line.quiet && panel.state.hide_heartbeats) continue;
    lines.emplace_back(&line, height_of(panel, line));
  }
  return lines;
}

}  // namespace

void draw_events(Panel& panel) {
  const Theme& theme = panel.theme();
  const Rect& area = panel.area;
  panel.canvas.rect(area, theme.panel, 0);
  panel.canvas.line({area.left + 0.5F, area.top}, {area.left + 0.5F, area.bottom}, {theme.hairline, 1});
  panel.canvas.line({area.left, area.top + 0.5F}, {area.right, area.top + 0.5F}, {theme.hairline, 1});
  draw_header(panel);
  const Rect list{area.left, area.top + panel.units(header), area.right, area.bottom};
  const auto lines = shown_lines(panel);
  if (lines.empty()) {
    constexpr Size sizes[] = {Size::Body, Size::Small};
    fitted_text(panel, list.inset(panel.units(side), panel.units(side)), panel.text("ui.empty_events"),
                {.color = theme.text_quiet}, sizes);
    return;
  }
  float content = panel.units(8);
  for (const auto& [line, height] : lines) content += height;
  panel.canvas.clip(list);
  const float offset = scroll_vertically(panel, "scroll", list, content, panel.state.events_scroll);
  float y = list.top - offset;
  for (const auto& [line, height] : lines) {
    const Rect rect{list.left, y, list.right - panel.units(12), y + height};
    if (rect.bottom > list.top && rect.top < list.bottom) draw_line(panel, *line, rect);
    y += height;
  }
  panel.canvas.unclip();
}

}  // namespace ui
