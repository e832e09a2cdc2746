// The sheet of settings and rules: a rail of groups, and everything that can be set, in cards. Rows come from the
// tables of raft/sim/cluster_config.h and raft/core/rules.h, so that none can be forgotten.
#include <imgui.h>

#include <algorithm>
#include <array>

#include "ui/icons.h"
#include "ui/panels/overlay.h"
#include "ui/panels/settings_controls.h"
#include "ui/panels/settings_elections.h"
#include "ui/panels/settings_rules.h"
#include "ui/panels/settings_window.h"

namespace ui {

namespace {

using raft::sim::Setting;
using raft::sim::SettingInfo;

constexpr float rail_width = 232;
constexpr float rail_row = 36;
constexpr float stacked_below = 600;  // narrower rows have their control under the words
constexpr int rules_group = setting_group_count;
constexpr int window_group = setting_group_count + 1;
constexpr int group_count = setting_group_count + 2;

struct Group {
  const char* icon;
  const char* text;
};
constexpr std::array<Group, group_count> groups{{{icon::link, "ui.group_network"},
                                                 {icon::clock, "ui.group_time"},
                                                 {icon::sliders, "ui.group_features"},
                                                 {icon::users, "ui.group_clients"},
                                                 {icon::database, "ui.group_disk"},
                                                 {icon::shield, "ui.group_rules"},
                                                 {icon::expand, "ui.group_window"}}};

bool is_changed(const Panel& panel, Setting setting) {
  return value_of(panel.world().settings, setting) != default_of(setting);
}

int changed_in(const Panel& panel, int group) {
  if (group == rules_group) return rules_off(panel.world());
  if (group == window_group) return 0;
  return static_cast<int>(std::count_if(
      raft::sim::setting_table.begin(), raft::sim::setting_table.end(), [&](const SettingInfo& info) {
        return static_cast<int>(group_of(info.setting)) == group && is_changed(panel, info.setting);
      }));
}

void set_back(Panel& panel, Setting setting) {
  panel.act(Intervene{raft::sim::ChangeSetting{setting, default_of(setting)}, panel.origin()});
}

// --- a row ---

bool is_stacked(const Panel& panel, float width) { return width < panel.units(stacked_below); }

float words_width(const Panel& panel, float width) {
  const float inner = width - panel.units(2 * card_pad);
  return is_stacked(panel, width) ? inner : inner - panel.units(control_width + 24);
}

TextStyle help_style(const Theme& theme) { return {.size = Size::Small, .color = theme.text_quiet}; }

const std::string& about(const Panel& panel, const SettingInfo& info) {
  return panel.text(std::string("setting_about.") + info.name);
}

float row_height(const Panel& panel, const SettingInfo& info, float width) {
  const float help = panel.canvas
                         .measure_paragraph({0, 0}, words_width(panel, width), about(panel, info),
                                            help_style(panel.theme()))
                         .height();
  float height = panel.units(24 + card_title_height) + help;
  if (is_stacked(panel, width)) height += panel.units(control_height + 8);
  return std::max(height, panel.units(control_height + 24));
}

/// Behind the name of what has been changed: a press brings the default back.
void draw_way_back(Panel& panel, const SettingInfo& info, Point left_middle, float limit) {
  const std::string value =
      raft::explain::setting_value_text(panel.view.words, info.setting, default_of(info.setting));
  const std::string tip = panel.text("ui.back_to_default", {{"value", value}});
  const std::string label = panel.text("ui.default_is", {{"value", value}});
  ButtonStyle style{.icon = icon::undo, .label = label, .kind = ButtonKind::Quiet, .tip = tip};
  if (left_middle.x + button_width(panel, style) > limit) style.label = {};
  const float width = button_width(panel, style);
  const Rect place{left_middle.x, left_middle.y - panel.units(12), left_middle.x + width,
                   left_middle.y + panel.units(12)};
  if (button(panel, std::string("default ") + info.name, place, style)) set_back(panel, info.setting);
}

void draw_row(Panel& panel, const SettingInfo& info, const Rect& row) {
  const Theme& theme = panel.theme();
  const bool changed = is_changed(panel, info.setting);
  if (changed) {
    panel.canvas.rect({row.left, row.top + panel.units(8), row.left + panel.units(4), row.bottom - panel.units(8)},
                      theme.accent, panel.units(2));
  }
  const float room = words_width(panel, row.width());
  const Point at{row.left + panel.units(card_pad), row.top + panel.units(12 + card_title_height / 2)};
  const Rect name = panel.canvas.text(at, panel.text(std::string("setting.") + info.name),
                                      {.face = Face::SansBold, .size = Size::Small, .color = theme.text,
                                       .anchor = Anchor::Middle, .max_width = room, .zoom = 1.08F});
  panel.canvas.paragraph({at.x, row.top + panel.units(12 + card_title_height)}, room, about(panel, info),
                         help_style(theme));
  const float right = row.right - panel.units(card_pad);
  const float high = panel.units(control_height);
  const float top = is_stacked(panel, row.width()) ? row.bottom - panel.units(12) - high : row.center().y - high / 2;
  const float left = std::max(row.left + panel.units(card_pad), right - panel.units(control_width));
  draw_setting_control(panel, info.setting, {left, top, right, top + high});
  if (changed) draw_way_back(panel, info, {name.right + panel.units(8), at.y}, at.x + room);
}

// --- cards ---

struct CardColumn {
  Rect view;
  Point pen;  // where the next group begins
  float width = 0;
  std::array<float, group_count> tops{};  // of the groups, from the start of the content
  std::optional<float> wanted;            // what is to be scrolled to, from the start of the content
};

void draw_card(Panel& panel, const CardColumn& column, float height) {
  panel.canvas.rect({column.pen.x, column.pen.y, column.pen.x + column.width, column.pen.y + height},
                    panel.theme().panel, {panel.theme().hairline, 1}, panel.units(10));
}

void draw_divider(const Panel& panel, const CardColumn& column, float y) {
  panel.canvas.line({column.pen.x + panel.units(card_pad), y}, {column.pen.x + column.width - panel.units(card_pad), y},
                    {panel.theme().hairline, 1});
}

void draw_settings_of(Panel& panel, CardColumn& column, int group) {
  float height = 0;
  for (const SettingInfo& info : raft::sim::setting_table) {
    if (static_cast<int>(group_of(info.setting)) == group) height += row_height(panel, info, column.width);
  }
  draw_card(panel, column, height);
  bool first = true;
  for (const SettingInfo& info : raft::sim::setting_table) {
    if (static_cast<int>(group_of(info.setting)) != group) continue;
    if (!first) draw_divider(panel, column, column.pen.y);
    first = false;
    const float high = row_height(panel, info, column.width);
    draw_row(panel, info, {column.pen.x, column.pen.y, column.pen.x + column.width, column.pen.y + high});
    column.pen.y += high;
  }
}

void draw_rules(Panel& panel, CardColumn& column, float start) {
  float height = 0;
  for (const raft::RuleInfo& info : raft::rule_table) height += rule_row_height(panel, info, column.width);
  draw_card(panel, column, height);
  SettingsSheet& sheet = panel.state.settings;
  for (const raft::RuleInfo& info : raft::rule_table) {
    if (info.rule != raft::rule_table.front().rule) draw_divider(panel, column, column.pen.y);
    const float high = rule_row_height(panel, info, column.width);
    draw_rule_row(panel, info, {column.pen.x, column.pen.y, column.pen.x + column.width, column.pen.y + high});
    if (sheet.go_to == info.rule) {
      column.wanted = column.pen.y - start - panel.units(40);
      if (!panel.state.focus.seen.empty()) panel.state.focus.widget = panel.state.focus.seen.back();
    }
    column.pen.y += high;
  }
}

void draw_window_rows(Panel& panel, CardColumn& column) {
  float height = 0;
  for (int row = 0; row < window_row_count; ++row) height += window_row_height(panel, row, column.width);
  draw_card(panel, column, height);
  for (int row = 0; row < window_row_count; ++row) {
    if (row > 0) draw_divider(panel, column, column.pen.y);
    const float high = window_row_height(panel, row, column.width);
    draw_window_row(panel, row, {column.pen.x, column.pen.y, column.pen.x + column.width, column.pen.y + high});
    column.pen.y += high;
  }
}

void draw_column(Panel& panel, CardColumn& column) {
  const float start = column.pen.y;
  for (int group = 0; group < group_count; ++group) {
    const auto i = static_cast<std::size_t>(group);
    column.tops[i] = column.pen.y - start;
    if (panel.state.settings.go_to_group == group) column.wanted = column.tops[i];
    section_title(panel, {column.pen.x, column.pen.y}, panel.text(groups[i].text));
    column.pen.y += panel.units(24);
    if (group == rules_group) {
      draw_rules(panel, column, start);
    } else if (group == window_group) {
      draw_window_rows(panel, column);
    } else {
      draw_settings_of(panel, column, group);
    }
    if (group == static_cast<int>(SettingGroup::Time)) {
      column.pen.y = draw_elections(panel, {column.pen.x, column.pen.y + panel.units(12)}, column.width);
    }
    column.pen.y += panel.units(28);
  }
}

// --- the rail ---

/// The group that is read now: the last whose head has come up to the upper third.
int group_in_view(const Panel& panel, const CardColumn& column) {
  const ScrollState& scroll = panel.state.settings_scroll;
  int current = 0;
  for (int group = 0; group < group_count; ++group) {
    if (column.tops[static_cast<std::size_t>(group)] <= scroll.offset + column.view.height() / 3) current = group;
  }
  return current;
}

void draw_rail(Panel& panel, const CardColumn& column, Point at) {
  const Theme& theme = panel.theme();
  const int current = group_in_view(panel, column);
  for (int group = 0; group < group_count; ++group) {
    const auto i = static_cast<std::size_t>(group);
    const Rect row{at.x, at.y, at.x + panel.units(rail_width - 24), at.y + panel.units(rail_row)};
    const Touch touched = touch(panel, groups[i].text, row);
    if (group == current || touched.hovered) panel.canvas.rect(row, theme.accent_soft, panel.units(6));
    if (touched.focused) focus_ring(panel, row, panel.units(6));
    const float y = row.center().y;
    panel.canvas.text({row.left + panel.units(20), y}, groups[i].icon,
                      {.size = Size::Small, .color = group == current ? theme.accent : theme.text_quiet,
                       .align = Align::Center, .anchor = Anchor::Middle});
    const int changed = changed_in(panel, group);
    const float room = row.width() - panel.units(changed > 0 ? 76 : 48);
    panel.canvas.text({row.left + panel.units(38), y}, panel.text(groups[i].text),
                      {.face = group == current ? Face::SansBold : Face::Sans, .size = Size::Small,
                       .color = theme.text, .anchor = Anchor::Middle, .max_width = room});
    if (changed > 0) {
      panel.canvas.pill({row.right - panel.units(8), y}, std::to_string(changed),
                        {.face = Face::SansBold, .size = Size::Small, .color = theme.text_on_fill,
                         .align = Align::Right},
                        group == rules_group ? theme.danger : theme.accent, {});
    }
    if (touched.clicked) {
      panel.state.settings.go_to_group = group;
      panel.notes.result.animating = true;  // seen in the next frame
    }
    at.y += panel.units(rail_row + 4);
  }
}

// --- the head ---

struct SheetButton {
  const char* id;
  const char* icon;
  const char* text;
  const char* tip;  // while there is nothing to do
  bool enabled = false;
};

void draw_sheet_head(Panel& panel, const Rect& sheet) {
  if (overlay_close(panel, sheet, panel.text("ui.settings_title"))) panel.state.settings = {};
  bool any_changed = false;
  for (const SettingInfo& info : raft::sim::setting_table) any_changed = any_changed || is_changed(panel, info.setting);
  const std::array<SheetButton, 2> buttons{
      {{"defaults", icon::undo, "ui.back_to_defaults", "ui.all_default", any_changed},
       {"rules on", icon::shield, "ui.all_rules_on", "ui.all_rules_are_on", rules_off(panel.world()) > 0}}};
  const bool words = sheet.width() > panel.units(700);
  float right = sheet.right - panel.units(84);
  const float y = sheet.top + panel.units(40);
  for (const SheetButton& head : buttons) {
    ButtonStyle style{.icon = head.icon, .label = panel.text(head.text), .kind = ButtonKind::Outline,
                      .enabled = head.enabled, .tip = panel.text(head.enabled ? head.text : head.tip)};
    if (!words) style.label = {};
    const float width = button_width(panel, style);
    if (button(panel, head.id, {right - width, y - panel.units(16), right, y + panel.units(16)}, style)) {
      if (head.id == buttons[1].id) {
        turn_all_rules_on(panel);
      } else {
        for (const SettingInfo& info : raft::sim::setting_table) {
          if (is_changed(panel, info.setting)) set_back(panel, info.setting);
        }
      }
    }
    right -= width + panel.units(8);
  }
}

/// Goes to what was asked for, now that it is known where that is.
void go_to_wanted(Panel& panel, const CardColumn& column) {
  SettingsSheet& sheet = panel.state.settings;
  sheet.go_to.reset();
  sheet.go_to_group.reset();
  if (!column.wanted) return;
  ScrollState& scroll = panel.state.settings_scroll;
  scroll.go_to(std::max(0.0F, *column.wanted));
  panel.notes.result.animating = true;
}

}  // namespace

void draw_settings(Panel& panel) {
  const Theme& theme = panel.theme();
  const Rect sheet = overlay_sheet(panel, 1120, 820);
  draw_sheet_head(panel, sheet);
  const bool with_note = sheet.height() > panel.units(480);
  const float top = sheet.top + panel.units(with_note ? 100 : 76);
  if (with_note) {
    line_of_text(panel,
                 {sheet.left + panel.units(sheet_edge), sheet.top + panel.units(62), sheet.right - panel.units(sheet_edge),
                  sheet.top + panel.units(86)},
                 panel.text("ui.settings_note"), {.size = Size::Small, .color = theme.text_quiet});
  }
  panel.canvas.line({sheet.left, top - 0.5F}, {sheet.right, top - 0.5F}, {theme.hairline, 1});
  const bool with_rail = sheet.width() > panel.units(820);
  CardColumn column;
  column.view = {sheet.left + panel.units(with_rail ? sheet_edge + rail_width - 8 : 8), top, sheet.right,
                 sheet.bottom - panel.units(10)};
  const float side = panel.units(sheet.width() > panel.units(640) ? sheet_edge : 20);
  const float left = with_rail ? column.view.left + panel.units(8) : sheet.left + side;
  column.width = sheet.right - side - left;

  // Dear ImGui must know of the edge too: what has been scrolled beyond it is not under the mouse.
  ImGui::PushClipRect({column.view.left, column.view.top}, {column.view.right, column.view.bottom}, true);
  ScrollState& scroll = panel.state.settings_scroll;
  const float offset = scroll_vertically(panel, "scroll", column.view, scroll.content, scroll);
  column.pen = {left, column.view.top + panel.units(20) - offset};
  draw_column(panel, column);
  scroll.content = column.pen.y - (column.view.top - offset);
  ImGui::PopClipRect();
  panel.scrolled = nullptr;
  go_to_wanted(panel, column);
  if (with_rail) draw_rail(panel, column, {sheet.left + panel.units(sheet_edge - 12), top + panel.units(16)});
}

}  // namespace ui
