// What happened and why, in sentences, newest at the bottom and in view. A click goes to that event, as does Enter on the
// line that the arrows stand on.
#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>
#include <string_view>

#include "ui/icons.h"
#include "ui/panels/panels.h"

namespace ui {

namespace {

constexpr float header = 40;
constexpr float events_side = 16;
constexpr float event_number_width = 44;
constexpr float line_gap = 10;

TextStyle what_style(const Theme& theme, bool quiet) {
  return {.face = quiet ? Face::Sans : Face::SansBold,
          .size = Size::Small,
          .color = quiet ? theme.text_quiet : theme.text};
}
TextStyle why_style(const Theme& theme) { return {.size = Size::Small, .color = theme.text_quiet}; }

std::string why_text(const EventLine::Why& why) {
  return why.section.empty() ? why.sentence : why.sentence + " " + why.section;
}

struct TextColumn {
  float left = 0;
  float width = 0;
};

TextColumn text_column(const Panel& panel) {
  // No number is longer than that of the event one stands at.
  const float digits = panel.canvas.text_width(std::to_string(panel.view.run.position()), {.face = Face::Mono, .size = Size::Small});
  const float number = std::max(panel.units(event_number_width), digits + panel.units(14));
  const float left = panel.area.left + panel.units(events_side) + number;
  return {left, panel.area.right - panel.units(events_side + 4) - left};
}

enum class Pass { Paint, MeasureOnly };

float paragraph(const Panel& panel, Point at, float width, std::string_view text, const TextStyle& style, Pass ink) {
  const Rect box = ink == Pass::Paint ? panel.canvas.paragraph(at, width, text, style)
                                     : panel.canvas.measure_paragraph(at, width, text, style);
  return box.bottom;
}

bool is_here(const Panel& panel, const EventLine& line) { return line.number == panel.view.run.position(); }

/// The rules that decided the event one stands at, lit. Returns where they end.
float write_rules(const Panel& panel, const TextColumn& column, const EventLine& line, float top, Pass ink) {
  const Theme& theme = panel.theme();
  for (const std::string& rule : line.rules) {
    const float left = column.left + panel.units(10);
    const float bottom = paragraph(panel, {left, top}, column.width - panel.units(10), rule,
                                   {.size = Size::Small, .color = theme.accent}, ink);
    if (ink == Pass::Paint) {
      const float x = column.left + panel.units(2);
      panel.canvas.line({x, top + panel.units(3)}, {x, bottom - panel.units(3)}, {theme.accent, panel.units(3)});
    }
    top = bottom;
  }
  return top;
}

/// Writes the line's sentences from `top` on and returns where they end; measuring is the same without the ink.
float write_sentences(const Panel& panel, const TextColumn& column, const EventLine& line, float top, Pass ink) {
  const Theme& theme = panel.theme();
  Point pen{column.left, top + panel.units(line_gap / 2)};
  if (!line.quiet) {
    const TextStyle number{.face = Face::Mono, .size = Size::Small, .color = theme.text_quiet};
    const std::string at = fmt::format("{}.{} ms", line.at / 1000, line.at / 100 % 10);
    if (ink == Pass::Paint) panel.canvas.text(pen, at, number);
    pen.y += panel.canvas.line_height(number);
  }
  pen.y = paragraph(panel, pen, column.width, line.what, what_style(theme, line.quiet), ink);
  if (line.quiet) return pen.y + panel.units(line_gap / 2);
  const float indent = panel.units(10);
  for (const EventLine::Why& why : line.why) {
    const float bottom = paragraph(panel, {pen.x + indent, pen.y}, column.width - indent, why_text(why),
                                   why_style(theme), ink);
    if (ink == Pass::Paint) {
      const float x = pen.x + panel.units(2);
      panel.canvas.line({x, pen.y + panel.units(3)}, {x, bottom - panel.units(3)}, {theme.hairline, panel.units(2)});
    }
    pen.y = bottom;
  }
  if (is_here(panel, line)) pen.y = write_rules(panel, column, line, pen.y, ink);
  return pen.y + panel.units(line_gap / 2);
}

float height_of(const Panel& panel, const TextColumn& column, const EventLine& line) {
  constexpr std::size_t lines_kept = 4096;
  EventHeights& known = panel.state.event_heights;
  const float width = column.width;
  const bool other_measure = known.width != width || known.text_scale != panel.view.text_scale;
  if (other_measure || known.lines.size() > lines_kept) known = {.lines = {}, .width = width, .text_scale = panel.view.text_scale};
  // Told apart by their hash: another text as long may be broken into other lines.
  constexpr std::hash<std::string_view> hash{};
  std::size_t characters = hash(line.what);
  for (const EventLine::Why& why : line.why) characters = characters * 31 + hash(why.sentence);
  EventHeights::Line& entry = known.lines[line.number];
  const bool here = is_here(panel, line);
  if (entry.height == 0 || entry.characters != characters || entry.quiet != line.quiet || entry.here != here) {
    entry = {characters, line.quiet, here, write_sentences(panel, column, line, 0, Pass::MeasureOnly)};
  }
  return entry.height;
}

void draw_line(Panel& panel, const TextColumn& column, const EventLine& line, const Rect& rect, bool reached) {
  const Theme& theme = panel.theme();
  const Touch touched = touch(panel, fmt::format("event{}", line.number), rect, {.focusable = false});
  const bool here = is_here(panel, line);
  if (here) {
    panel.canvas.rect(rect.inset(panel.units(6), 0), theme.accent_soft, panel.units(6));
    panel.canvas.rect({rect.left + panel.units(6), rect.top + panel.units(6), rect.left + panel.units(9),
                       rect.bottom - panel.units(6)}, theme.accent, panel.units(2));
  } else if (touched.hovered || panel.state.hovered_event == line.number) {
    panel.canvas.rect(rect.inset(panel.units(6), 0), with_alpha(theme.accent_soft, 0.5F), panel.units(6));
  }
  panel.canvas.text({column.left - panel.units(10), rect.top + panel.units(line_gap / 2)},
                    std::to_string(line.number),
                    {.face = Face::Mono, .size = Size::Small, .color = theme.text_quiet, .align = Align::Right});
  write_sentences(panel, column, line, rect.top, Pass::Paint);
  if (touched.hovered) panel.notes.hovered_event = line.number;
  if (touched.hovered && line.node != raft::no_node) {
    panel.notes.hovered = {.kind = Selection::Kind::Node, .node = line.node};
  }
  if (touched.clicked && !here) panel.act(SeekEvent{line.number});
  if (!reached) return;
  focus_ring(panel, rect.inset(panel.units(6), 0), panel.units(6));
  panel.notes.hovered_event = line.number;
}

/// Only one node's: the one that is picked.
void draw_node_filter(Panel& panel, const Rect& row) {
  UiState& state = panel.state;
  const bool picked = state.selection.kind == Selection::Kind::Node && raft::index_of(state.selection.node) < panel.world().node_count();
  const std::string label = picked ? panel.text("events.only", {{"node", panel.world().name(state.selection.node)}})
                                   : panel.text("events.only_picked");
  if (check_box(panel, "only", row, label, state.events_of_picked && picked)) state.events_of_picked = !state.events_of_picked;
}

/// What is typed is looked for in all sentences up to the cursor.
void draw_event_search(Panel& panel, const Rect& row) {
  const Theme& theme = panel.theme();
  UiState& state = panel.state;
  panel.canvas.rect(row, theme.background, {theme.hairline, 1}, panel.units(6));
  push_font(Face::Sans, Size::Small, panel.view.text_scale);
  ImGui::SetCursorScreenPos({row.left, row.top + (row.height() - ImGui::GetFrameHeight()) / 2});
  ImGui::PushItemWidth(row.width());
  ImGui::PushStyleColor(ImGuiCol_FrameBg, 0U);
  if (!state.events_search_begun) ImGui::SetKeyboardFocusHere();
  state.events_search_begun = true;
  ImGui::InputText("##search", state.events_search.data(), state.events_search.size());
  ImGui::PopStyleColor();
  ImGui::PopItemWidth();
  pop_font();
  if (state.events_search[0] == '\0') {
    line_of_text(panel, row.inset(panel.units(10), 0), panel.text("events.search_hint"),
                 {.size = Size::Small, .color = theme.text_quiet});
  }
}

/// Under the title, while something is looked for. Returns where the list begins.
float draw_filters(Panel& panel) {
  const Rect& area = panel.area;
  const float top = area.top + panel.units(header);
  if (!panel.state.events_search_open) return top;
  const float left = area.left + panel.units(events_side);
  const float right = area.right - panel.units(events_side);
  const float middle = left + (right - left) * 0.58F;
  const float bottom = top + panel.units(30);
  draw_event_search(panel, {left, top, middle - panel.units(10), bottom});
  draw_node_filter(panel, {middle, top, right, bottom});
  return bottom + panel.units(6);
}

void draw_header(Panel& panel) {
  const Rect& area = panel.area;
  const Rect title =
      section_title(panel, {area.left + panel.units(events_side), area.top + panel.units(12)}, panel.text("ui.events"));
  UiState& state = panel.state;
  const Rect glass{title.right + panel.units(4), area.top + panel.units(6), title.right + panel.units(34), area.top + panel.units(34)};
  if (button(panel, "search", glass, {.icon = icon::search, .selected = state.events_search_open, .tip = panel.text("events.search")})) {
    state.events_search_open = !state.events_search_open;
    state.events_search_begun = false;
    if (!state.events_search_open) state.events_of_picked = false;
    state.events_search.fill('\0');
  }
  const std::string& label = panel.text("ui.hide_heartbeats");
  const float width = panel.canvas.text_width(label, {.size = Size::Small}) + panel.units(24);
  const float right = area.right - panel.units(events_side);
  const Rect box{std::max(right - width, area.center().x), area.top + panel.units(8), right, area.top + panel.units(32)};
  if (check_box(panel, "heartbeats", box, label, panel.state.hide_heartbeats)) {
    panel.state.hide_heartbeats = !panel.state.hide_heartbeats;
  }
}

/// With their heights, oldest first.
using ShownLines = std::vector<std::pair<const EventLine*, float>>;

ShownLines shown_lines(const Panel& panel, const TextColumn& column) {
  ShownLines lines;
  for (const EventLine& line : panel.view.found.value_or(panel.view.events)) {
    if (line.quiet && panel.state.hide_heartbeats) continue;
    lines.emplace_back(&line, height_of(panel, column, line));
  }
  return lines;
}

/// The line that the arrows stand on; at first that of the event one stands at.
std::size_t row_reached(const ShownLines& lines, std::int64_t number) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].first->number == number) return i;
  }
  return lines.size() - 1;
}

void scroll_to_row(Panel& panel, const Rect& list, const ShownLines& lines, std::size_t row) {
  float top = 0;
  for (std::size_t i = 0; i < row; ++i) top += lines[i].second;
  const float bottom = top + lines[row].second;
  ScrollState& scroll = panel.state.events_scroll;
  panel.state.events_follow = row + 1 == lines.size();
  if (top < scroll.offset) {
    scroll.go_to(std::max(0.0F, top - panel.units(grid)));
  } else if (bottom > scroll.offset + list.height()) {
    scroll.go_to(bottom - list.height() + panel.units(grid));
  }
}

/// The event one stands at is seen: all of it, or where it is higher than the list its beginning, for what happened comes
/// before why. Whoever scrolls away stays there until the cursor is moved or play begins.
float scrolled_to(Panel& panel, const Rect& list, const ShownLines& lines, float content) {
  UiState& state = panel.state;
  const std::int64_t position = panel.view.run.position();
  const bool begins_to_play = panel.view.playing && !state.events_played;
  if (begins_to_play || (position != state.events_seen && !panel.view.playing)) state.events_follow = true;
  state.events_seen = position;
  state.events_played = panel.view.playing;
  const float last = lines.back().second + panel.units(8);
  const float here = last > list.height() ? content - last - panel.units(fade_depth) : content - list.height();
  const float there = std::clamp(here, 0.0F, std::max(0.0F, content - list.height()));
  if (state.events_follow) state.events_scroll.go_to(there);
  const float before = state.events_scroll.offset;
  const float offset = scroll_vertically(panel, "scroll", list, content, state.events_scroll);
  if (offset != before) state.events_follow = std::abs(offset - there) < 1;
  return offset;
}

/// nullopt while the keyboard is elsewhere.
std::optional<std::size_t> roam_lines(Panel& panel, const Rect& list, const ShownLines& lines) {
  const Roaming keys = roam(panel, "lines", list);
  if (!keys.focused) return std::nullopt;
  const auto last = static_cast<std::ptrdiff_t>(lines.size()) - 1;
  auto row = static_cast<std::ptrdiff_t>(row_reached(lines, panel.state.events_row)) + keys.rows;
  if (keys.ends != 0) row = keys.ends < 0 ? 0 : last;
  const auto at = static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(row, 0, last));
  const EventLine& line = *lines[at].first;
  panel.state.events_row = line.number;
  if (keys.moved) scroll_to_row(panel, list, lines, at);
  if (keys.enter && !is_here(panel, line)) panel.act(SeekEvent{line.number});
  return at;
}

}  // namespace

void draw_events(Panel& panel) {
  const Theme& theme = panel.theme();
  const Rect& area = panel.area;
  panel.canvas.rect(area, theme.panel, 0);
  panel.canvas.line({area.left + 0.5F, area.top}, {area.left + 0.5F, area.bottom}, {theme.hairline, 1});
  panel.canvas.line({area.left, area.top + 0.5F}, {area.right, area.top + 0.5F}, {theme.hairline, 1});
  draw_header(panel);
  const Rect list{area.left, draw_filters(panel), area.right, area.bottom};
  const TextColumn column = text_column(panel);
  const auto lines = shown_lines(panel, column);
  if (lines.empty()) {
    const bool something = panel.view.run.position() > 0;
    const std::string& nothing = panel.text(panel.view.searching                              ? "events.searching"
                                            : something && panel.state.events_search_open ? "events.not_found"
                                            : something                                   ? "events.only_heartbeats"
                                                                                          : "ui.empty_events");
    constexpr Size sizes[] = {Size::Body, Size::Small};
    fitted_text(panel, list.inset(panel.units(events_side), panel.units(events_side)), nothing,
                {.color = theme.text_quiet}, sizes);
    return;
  }
  float content = panel.units(8);
  for (const auto& [line, height] : lines) content += height;
  const std::optional<std::size_t> reached = roam_lines(panel, list, lines);
  panel.canvas.clip(list);
  const float offset = scrolled_to(panel, list, lines, content);
  float y = list.top - offset;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto& [line, height] = lines[i];
    const Rect rect{list.left, y, list.right - panel.units(12), y + height};
    if (rect.bottom > list.top && rect.top < list.bottom) draw_line(panel, column, *line, rect, reached == i);
    y += height;
  }
  fade_edges(panel, list, offset, content);
  panel.canvas.unclip();
}

}  // namespace ui
