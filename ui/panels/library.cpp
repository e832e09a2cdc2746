// The start screen: walkthroughs to open, and an empty cluster to play with, as large calm cards.
#include <algorithm>
#include <array>

#include "ui/icons.h"
#include "ui/panels/overlay.h"

namespace ui {

namespace {

constexpr float edge = 40;
constexpr float card_height = 112;
constexpr float small_card_height = 80;
constexpr float card_gap = 16;

bool draw_card(Panel& panel, std::string_view id, const Rect& rect, std::string_view title, std::string_view about) {
  const Theme& theme = panel.theme();
  const Touch touched = touch(panel, id, rect);
  panel.canvas.rect(rect, touched.hovered ? theme.accent_soft : theme.panel,
                    {touched.hovered ? theme.accent : theme.hairline, 1}, panel.units(10));
  if (touched.focused) focus_ring(panel, rect, panel.units(10));
  const Rect inner = rect.inset(panel.units(18), panel.units(14));
  line_of_text(panel, {inner.left, inner.top, inner.right, inner.top + panel.units(24)}, title,
               {.face = Face::SansBold, .size = Size::Body, .color = theme.text});
  if (!about.empty()) {
    const Rect below{inner.left, inner.top + panel.units(28), inner.right, inner.bottom};
    const TextStyle style{.size = Size::Small, .color = theme.text_quiet};
    constexpr Size sizes[] = {Size::Small};
    Rect room = below;
    const float needed = panel.canvas.measure_paragraph({0, 0}, below.width(), about, style).height();
    room.bottom = std::min(room.bottom, room.top + needed);
    fitted_text(panel, room, about, style, sizes);
  }
  return touched.clicked;
}

int columns_for(const Panel& panel, float width) {
  return std::max(1, static_cast<int>((width + panel.units(card_gap)) / panel.units(280 + card_gap)));
}

constexpr float sheet_width = 960;

/// What goes wrong without a rule comes after the course.
struct Shelf {
  const char* title;
  bool rule_off;
};
constexpr std::array<Shelf, 2> shelves{{{"ui.walkthroughs", false}, {"ui.library_rules_off", true}}};

int on_shelf(const Panel& panel, const Shelf& shelf) {
  return static_cast<int>(std::count_if(panel.view.library.begin(), panel.view.library.end(),
                                        [&](const LibraryEntry& entry) { return entry.rule_off == shelf.rule_off; }));
}

/// In units: as high as what is on it.
float sheet_height(const Panel& panel) {
  const float width = std::min(panel.units(sheet_width), panel.area.width() - panel.units(32)) - panel.units(2 * edge);
  const int columns = columns_for(panel, width);
  float height = 80 + 28 + small_card_height + edge;
  for (const Shelf& shelf : shelves) {
    const int rows = (std::max(1, on_shelf(panel, shelf)) + columns - 1) / columns;
    height += 28 + static_cast<float>(rows) * (card_height + card_gap) + 12;
  }
  return height;
}

void draw_free_play(Panel& panel, Point& pen, float width) {
  constexpr std::array<int, 3> sizes{3, 5, 7};
  section_title(panel, pen, panel.text("ui.free_play"));
  pen.y += panel.units(28);
  const float gap = panel.units(card_gap);
  const float each = (width - 2 * gap) / 3;
  float left = pen.x;
  for (const int nodes : sizes) {
    const Rect rect{left, pen.y, left + each, pen.y + panel.units(small_card_height)};
    const std::string title = panel.text("ui.free_play_nodes", {{"n", nodes}});
    const std::string about =
        panel.text("ui.majority") + ": " + panel.text("ui.majority_of", {{"needed", raft::majority_of(nodes)}, {"total", nodes}});
    if (draw_card(panel, "free" + std::to_string(nodes), rect, title, about)) {
      panel.act(StartFreePlay{nodes});
      panel.state.library_open = false;
    }
    left += each + gap;
  }
  pen.y += panel.units(small_card_height + 28);
}

void draw_shelf(Panel& panel, Point& pen, float width, const Shelf& shelf) {
  if (shelf.rule_off && on_shelf(panel, shelf) == 0) return;
  section_title(panel, pen, panel.text(shelf.title));
  pen.y += panel.units(28);
  if (on_shelf(panel, shelf) == 0) {
    panel.canvas.text(pen, panel.text("ui.empty_library"),
                      {.size = Size::Small, .color = panel.theme().text_quiet, .max_width = width});
    pen.y += panel.units(40);
    return;
  }
  const int columns = columns_for(panel, width);
  const float gap = panel.units(card_gap);
  const float each = (width + gap) / static_cast<float>(columns) - gap;
  int column = 0;
  for (const LibraryEntry& entry : panel.view.library) {
    if (entry.rule_off != shelf.rule_off) continue;
    const float left = pen.x + static_cast<float>(column) * (each + gap);
    if (draw_card(panel, entry.path, {left, pen.y, left + each, pen.y + panel.units(card_height)}, entry.title,
                  entry.about)) {
      panel.act(OpenWalkthrough{entry.path});
      panel.state.library_open = false;
    }
    if (++column == columns) {
      column = 0;
      pen.y += panel.units(card_height + card_gap);
    }
  }
  if (column != 0) pen.y += panel.units(card_height + card_gap);
  pen.y += panel.units(12);
}

}  // namespace

void draw_library(Panel& panel) {
  const Rect sheet = overlay_sheet(panel, sheet_width, sheet_height(panel));
  if (overlay_close(panel, sheet, panel.text("ui.app"))) panel.state.library_open = false;
  const Rect view{sheet.left, sheet.top + panel.units(80), sheet.right, sheet.bottom - panel.units(8)};
  panel.canvas.clip(view);
  ScrollState& scroll = panel.state.overlay_scroll;
  const float offset = scroll_vertically(panel, "scroll", view, scroll.content, scroll);
  Point pen{view.left + panel.units(edge), view.top - offset};
  const float width = view.width() - panel.units(2 * edge);
  for (const Shelf& shelf : shelves) draw_shelf(panel, pen, width, shelf);
  draw_free_play(panel, pen, width);
  scroll.content = pen.y - (view.top - offset);
  panel.canvas.unclip();
}

}  // namespace ui
