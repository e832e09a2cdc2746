// The top bar: whose picture this is, what is open, and how the window looks.
#include <algorithm>
#include <vector>

#include "ui/icons.h"
#include "ui/keys.h"
#include "ui/panels/recording.h"

namespace ui {

namespace {

struct BarItem {
  const char* id;
  Command command;  // its key stands in the tooltip
  ButtonStyle style;
  Action action;         // or
  bool* flag = nullptr;  // is turned over
};

std::string tip_of(const Panel& panel, const BarItem& item) {
  for (const KeyBinding& binding : key_table()) {
    if (binding.command == item.command) return panel.text(binding.text) + "  (" + key_name(binding) + ")";
  }
  return {};
}

std::vector<BarItem> items_of(Panel& panel) {
  using raft::explain::Language;
  const View& view = panel.view;
  const bool english = view.words.language() == Language::English;
  const bool paper = view.theme == ThemeName::Paper;
  const auto quiet = [](const char* icon, std::string_view label) { return ButtonStyle{.icon = icon, .label = label}; };
  std::vector<BarItem> items;
  items.push_back({"library", Command::Library, quiet(icon::book, panel.text("ui.library")), {},
                   &panel.state.library_open});
  items.push_back({"record", Command::Record, quiet(icon::circle, panel.text("ui.record")), ToggleRecording{}});
  items.push_back({"settings", Command::SettingsSheet, quiet(icon::sliders, panel.text("ui.settings")), {},
                   &panel.state.settings.open});
  items.push_back({"author", Command::Author, quiet(icon::pencil, panel.text("author.button")), Author{ToggleAuthor{}}});
  items.back().style.selected = view.author != nullptr;
  items.push_back({"legend", Command::Legend, quiet(icon::map_signs, panel.text("ui.legend")), {},
                   &panel.state.legend_open});
  items.push_back({"help", Command::Help, quiet(icon::keyboard, panel.text("ui.keys")), {},
                   &panel.state.help_open});
  items.push_back({"theme", Command::NextTheme,
                   quiet(icon::contrast, panel.text(paper ? "ui.theme_ink" : "ui.theme_paper")),
                   SetTheme{paper ? ThemeName::Ink : ThemeName::Paper}});
  items.push_back({"language", Command::NextLanguage, quiet(icon::globe, panel.text("language.other")),
                   SetLanguage{english ? Language::Chinese : Language::English}});
  return items;
}

void draw_text_size(Panel& panel, float right, float width) {
  const float step = 1.125F;
  const float scale = panel.view.text_scale;
  const float y = panel.area.center().y;
  const float half = panel.units(16);
  const Rect smaller{right - 2 * width, y - half, right - width, y + half};
  const Rect larger{right - width, y - half, right, y + half};
  if (button(panel, "smaller", smaller, {.label = "A−", .enabled = scale > 0.8F, .tip = panel.text("ui.smaller")})) {
    panel.act(SetTextScale{scale / step});
  }
  if (button(panel, "larger", larger, {.label = "A+", .enabled = scale < 2, .tip = panel.text("ui.larger")})) {
    panel.act(SetTextScale{scale * step});
  }
}

std::string title_of(const Panel& panel) {
  if (!panel.view.walkthrough) {
    return panel.text("ui.free_play") + "  ·  " + panel.text("ui.free_play_nodes", {{"n", panel.world().node_count()}});
  }
  const std::string& title = panel.view.walkthrough->title;
  return title.empty() ? panel.text("author.untitled") : title;
}

TextStyle title_style(const Panel& panel) { return {.size = Size::Body, .color = panel.theme().text_quiet}; }

void draw_title(Panel& panel, float left, float right) {
  const float y = panel.area.center().y;
  line_of_text(panel, {left, y - panel.units(12), right, y + panel.units(12)}, title_of(panel), title_style(panel));
}

/// Then its button is the sign that a recording is under way, which says how much it has: it gives up nothing.
bool shows_recording(const Panel& panel, const BarItem& item) {
  return item.command == Command::Record && panel.view.recording.on;
}

float item_width(const Panel& panel, const BarItem& item, float icon_width) {
  if (shows_recording(panel, item)) return recording_width(panel.view, panel.canvas);
  return item.style.label.empty() ? icon_width : button_width(panel, item.style);
}

/// Buttons keep their icons and give up their words, those first whose icon says most, until all takes no more than `room`.
void shorten(const Panel& panel, std::vector<BarItem>& items, float room, float icon_width) {
  float all = 0;
  for (const BarItem& item : items) all += item_width(panel, item, icon_width);
  for (const Command command : {Command::Help, Command::NextTheme, Command::SettingsSheet, Command::Author, Command::Legend,
                                Command::Record, Command::Library, Command::NextLanguage}) {
    if (all <= room) return;
    const auto item = std::find_if(items.begin(), items.end(), [command](const BarItem& one) { return one.command == command; });
    if (item == items.end() || shows_recording(panel, *item)) continue;
    all += icon_width - item_width(panel, *item, icon_width);
    item->style.label = {};
  }
}

}  // namespace

void draw_mark(const Panel& panel, Point center, float size) {
  // Three nodes that agree: the sign of the program.
  const Canvas& canvas = panel.canvas;
  const Stroke stroke{panel.theme().accent, panel.units(1.75F)};
  const Point top = center + Point{0, -size * 0.42F};
  const Point left = center + Point{-size * 0.46F, size * 0.38F};
  const Point right = center + Point{size * 0.46F, size * 0.38F};
  canvas.line(top, left, stroke);
  canvas.line(top, right, stroke);
  canvas.line(left, right, stroke);
  canvas.circle(left, size * 0.17F, panel.theme().accent);
  canvas.circle(right, size * 0.17F, panel.theme().accent);
  canvas.circle(top, size * 0.24F, panel.theme().accent);
}

void draw_top_bar(Panel& panel) {
  const Theme& theme = panel.theme();
  const Rect& area = panel.area;
  panel.canvas.rect(area, theme.panel, 0);
  panel.canvas.line({area.left, area.bottom - 0.5F}, {area.right, area.bottom - 0.5F}, {theme.hairline, 1});

  const float y = area.center().y;
  draw_mark(panel, {area.left + panel.units(28), y}, panel.units(20));
  const Rect word = panel.canvas.text({area.left + panel.units(48), y}, panel.text("ui.app"),
                                      {.face = Face::SansBold, .size = Size::Body, .color = theme.text,
                                       .anchor = Anchor::Middle, .zoom = 1.15F});

  std::vector<BarItem> items = items_of(panel);
  const float gap = panel.units(4);
  const float small = panel.units(36);
  // The title is said nowhere else in the window, what a button does also in its tooltip.
  const float title_width = panel.canvas.text_width(title_of(panel), title_style(panel)) + 2;
  const float around = 2 * small + gap * static_cast<float>(items.size() + 1) + panel.units(60);
  shorten(panel, items, area.right - word.right - around - std::max(title_width, panel.units(200)), small);

  float right = area.right - panel.units(12);
  for (auto item = items.rbegin(); item != items.rend(); ++item) {
    if (item->flag) item->style.selected = *item->flag;
    const std::string tip = tip_of(panel, *item);
    item->style.tip = tip;
    const float width = item_width(panel, *item, small);
    const Rect place{right - width, y - panel.units(16), right, y + panel.units(16)};
    if (shows_recording(panel, *item)) {
      draw_recording(panel, place);
    } else if (button(panel, item->id, place, item->style)) {
      if (item->flag) {
        *item->flag = !*item->flag;
      } else {
        panel.act(item->action);
      }
    }
    right -= width + gap;
    if (std::string_view(item->id) == "theme") {
      draw_text_size(panel, right, small);
      right -= 2 * small + gap;
    }
  }
  const float line_x = word.right + panel.units(16);
  panel.canvas.line({line_x, y - panel.units(10)}, {line_x, y + panel.units(10)}, {theme.hairline, 1});
  draw_title(panel, line_x + panel.units(16), right - panel.units(16));
}

}  // namespace ui
