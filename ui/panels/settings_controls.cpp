// What the controls of the settings sheet look like, and what mouse and keyboard do with them.
#include "ui/panels/settings_controls.h"

#include <imgui.h>

#include <algorithm>
#include <array>
#include <string>

namespace ui {

namespace {

using raft::sim::Setting;
using raft::sim::SettingKind;
using raft::sim::SettingValue;

constexpr float field_width = 78;
constexpr float field_gap = 14;
constexpr float knob_radius = 8;

std::string name_of(Setting setting) { return raft::sim::info_of(setting).name; }

void change(Panel& panel, Setting setting, SettingValue value) {
  if (value == value_of(panel.world().settings, setting)) return;
  panel.act(Intervene{raft::sim::ChangeSetting{setting, value}, panel.origin()});
}

/// As the run has it, or as the slider that is held would have it.
SettingValue shown_value(const Panel& panel, Setting setting) {
  const auto& dragged = panel.state.settings.dragged;
  if (dragged && dragged->setting == setting) return dragged->value;
  return value_of(panel.world().settings, setting);
}

// --- numbers that can be typed ---

std::string hint_for(const Panel& panel, Setting setting) {
  switch (kind_of(setting)) {
    case SettingKind::Probability: return panel.text("ui.type_hint_percent");
    case SettingKind::Count: return panel.text("ui.type_hint_count", {{"least", 1}});
    case SettingKind::CountOrOff: return panel.text("ui.type_hint_count_off");
    default: return panel.text("ui.type_hint_duration");
  }
}

bool is_typed(const Panel& panel, Setting setting, bool second) {
  const auto& typing = panel.state.settings.typing;
  return typing && typing->setting == setting && typing->second == second;
}

void begin_typing(Panel& panel, Setting setting, bool second) {
  SettingsSheet::Typing typing{.setting = setting, .second = second};
  const std::string text = number_text(setting, number_of(setting, shown_value(panel, setting), second));
  text.copy(typing.text.data(), typing.text.size() - 1);
  panel.state.settings.typing = typing;
}

void end_typing(Panel& panel, Setting setting, bool second, raft::sim::Origin origin) {
  SettingsSheet::Typing& typing = *panel.state.settings.typing;
  const std::optional<std::int64_t> number = read_number(setting, typing.text.data());
  if (!number) {
    typing.wrong = true;
    typing.begun = false;
    return;
  }
  const SettingValue before = value_of(panel.world().settings, setting);
  const SettingValue value = with_number(setting, before, second, *number);
  if (value != before) panel.act(Intervene{raft::sim::ChangeSetting{setting, value}, origin});
  panel.state.settings.typing.reset();
}

void draw_typing(Panel& panel, Setting setting, bool second, const Rect& rect) {
  SettingsSheet::Typing& typing = *panel.state.settings.typing;
  const Theme& theme = panel.theme();
  panel.canvas.rect(rect, theme.background, {typing.wrong ? theme.danger : theme.accent, panel.units(1.5F)},
                    panel.units(6));
  push_font(Face::Mono, Size::Small, panel.view.text_scale);
  ImGui::SetCursorScreenPos({rect.left, rect.top + (rect.height() - ImGui::GetFrameHeight()) / 2});
  ImGui::PushItemWidth(rect.width());
  ImGui::PushStyleColor(ImGuiCol_FrameBg, 0U);
  if (!typing.begun) ImGui::SetKeyboardFocusHere();
  const std::string id = "##" + name_of(setting) + (second ? "2" : "1");
  const bool entered = ImGui::InputText(id.c_str(), typing.text.data(), typing.text.size(),
                                        ImGuiInputTextFlags_EnterReturnsTrue | ImGuiInputTextFlags_AutoSelectAll);
  const bool active = ImGui::IsItemActive();
  const bool left = typing.begun && !active;
  ImGui::PopStyleColor();
  ImGui::PopItemWidth();
  pop_font();
  if (typing.wrong) panel.notes.tooltip = {hint_for(panel, setting), rect};
  if (active) typing.begun = true;
  if (entered || left) end_typing(panel, setting, second, entered ? raft::sim::Origin::Key : raft::sim::Origin::Mouse);
}

void draw_number(Panel& panel, Setting setting, bool second, const Rect& rect) {
  if (is_typed(panel, setting, second)) {
    draw_typing(panel, setting, second, rect);
    return;
  }
  const Theme& theme = panel.theme();
  const SettingValue value = shown_value(panel, setting);
  const std::int64_t number = number_of(setting, value, second);
  const Touch touched =
      touch(panel, name_of(setting) + (second ? " to" : " from"), rect, {.tip = hint_for(panel, setting)});
  panel.canvas.rect(rect, touched.hovered ? theme.accent_soft : theme.background, {theme.hairline, 1}, panel.units(6));
  if (touched.focused) focus_ring(panel, rect, panel.units(6));
  std::string text = number_text(setting, number);
  if (text.empty()) text = panel.text("setting_value.off");
  panel.canvas.text(rect.center(), text,
                    {.face = Face::Mono, .size = Size::Small, .color = theme.text, .align = Align::Center,
                     .anchor = Anchor::Middle, .max_width = rect.width() - panel.units(8)});
  if (touched.focused && panel.notes.nudge != 0) {
    change(panel, setting, with_number(setting, value, second, nudged(setting, number, panel.notes.nudge)));
  }
  if (touched.clicked) begin_typing(panel, setting, second);
}

// --- sliders ---

/// Which end of a range the mouse has taken hold of.
bool takes_second(Setting setting, SettingValue value, float place) {
  if (kind_of(setting) != SettingKind::Range) return false;
  const float from = slider_place(setting, value.first);
  const float to = slider_place(setting, value.second);
  return place > (from + to) / 2;
}

void drag_slider(Panel& panel, Setting setting, const Rect& track, bool held) {
  auto& dragged = panel.state.settings.dragged;
  if (held) {
    const float place = (ImGui::GetMousePos().x - track.left) / std::max(track.width(), 1.0F);
    const SettingValue now = value_of(panel.world().settings, setting);
    if (!dragged || dragged->setting != setting) dragged = {setting, now, takes_second(setting, now, place)};
    dragged->value = with_number(setting, now, dragged->second, slider_number(setting, place));
    return;
  }
  if (!dragged || dragged->setting != setting) return;
  change(panel, setting, dragged->value);
  dragged.reset();
}

void draw_slider(Panel& panel, Setting setting, const Rect& rect) {
  const Theme& theme = panel.theme();
  const float radius = panel.units(knob_radius);
  const Rect track{rect.left + radius, rect.center().y - panel.units(2), rect.right - radius,
                   rect.center().y + panel.units(2)};
  const Touch touched = touch(panel, name_of(setting) + " slider", rect, {.focusable = false});
  drag_slider(panel, setting, track, touched.held);
  const SettingValue value = shown_value(panel, setting);
  const bool range = kind_of(setting) == SettingKind::Range;
  const auto at = [&](bool second) {
    return track.left + track.width() * slider_place(setting, number_of(setting, value, second));
  };
  const float start = range ? at(false) : track.left;
  const float end = at(range);
  panel.canvas.rect(track, theme.ring_track, panel.units(2));
  panel.canvas.rect({start, track.top, end, track.bottom}, theme.accent, panel.units(2));
  const auto knob = [&](float x, bool grabbed) {
    const Point center{x, rect.center().y};
    panel.canvas.circle(center, radius, theme.raised);
    panel.canvas.ring(center, radius - 1, {grabbed || touched.hovered ? theme.accent : theme.text_quiet, panel.units(2)});
  };
  if (range) knob(start, touched.held && !panel.state.settings.dragged->second);
  knob(end, touched.held);
}

void draw_sliders(Panel& panel, Setting setting, const Rect& rect) {
  const float field = panel.units(field_width);
  const float between_them = panel.units(field_gap);
  Rect slider{rect.left, rect.top, rect.right - field - between_them, rect.bottom};
  if (kind_of(setting) == SettingKind::Range) {
    draw_number(panel, setting, false, {rect.left, rect.top, rect.left + field, rect.bottom});
    slider.left = rect.left + field + between_them;
  }
  draw_slider(panel, setting, slider);
  draw_number(panel, setting, kind_of(setting) == SettingKind::Range,
              {rect.right - field, rect.top, rect.right, rect.bottom});
}

// --- choices ---

template <std::size_t Count>
void draw_choice(Panel& panel, Setting setting, const Rect& rect, const std::array<const char*, Count>& keys) {
  std::array<Segment, Count> all;
  for (std::size_t i = 0; i < Count; ++i) all[i] = {.label = panel.text(keys[i]), .tip = panel.text(keys[i])};
  const int now = static_cast<int>(value_of(panel.world().settings, setting).first);
  if (const std::optional<int> chosen = segments(panel, name_of(setting), rect, all, now)) {
    change(panel, setting, {*chosen, 0});
  }
}

}  // namespace

bool draw_switch(Panel& panel, std::string_view id, const Rect& rect, const SwitchStyle& style) {
  const Theme& theme = panel.theme();
  const float high = panel.units(22);
  const Rect body{rect.right - panel.units(40), rect.center().y - high / 2, rect.right, rect.center().y + high / 2};
  const Touch touched = touch(panel, id, {body.left - panel.units(44), rect.top, rect.right, rect.bottom});
  const Color off = style.danger_when_off ? theme.danger : theme.text_quiet;
  const Color ground = style.on ? theme.accent : style.danger_when_off ? theme.danger : theme.ring_track;
  panel.canvas.rect(body, ground, {style.on ? theme.accent : off, 1}, high / 2);
  const float radius = high / 2 - panel.units(3);
  const float x = style.on ? body.right - high / 2 : body.left + high / 2;
  const bool on_fill = style.on || style.danger_when_off;
  panel.canvas.circle({x, body.center().y}, radius, on_fill ? theme.text_on_fill : theme.text_quiet);
  if (touched.hovered) panel.canvas.frame(body.inset(-2), {with_alpha(theme.accent, 0.5F), 1.5F}, high / 2 + 2);
  if (touched.focused) focus_ring(panel, body.inset(-panel.units(4)), high / 2 + panel.units(4));
  panel.canvas.text({body.left - panel.units(10), body.center().y},
                    panel.text(style.on ? "setting_value.on" : "setting_value.off"),
                    {.face = style.on ? Face::Sans : Face::SansBold, .size = Size::Small,
                     .color = style.on ? theme.text_quiet : off, .align = Align::Right, .anchor = Anchor::Middle});
  const bool nudged_over = touched.focused && panel.notes.nudge != 0 && (panel.notes.nudge > 0) != style.on;
  return touched.clicked || nudged_over;
}

void draw_setting_control(Panel& panel, Setting setting, const Rect& rect) {
  switch (kind_of(setting)) {
    case SettingKind::Switch: {
      const bool on = value_of(panel.world().settings, setting).first != 0;
      if (draw_switch(panel, name_of(setting), rect, {.on = on})) change(panel, setting, {on ? 0 : 1, 0});
      return;
    }
    case SettingKind::Timers:
      draw_choice<2>(panel, setting, rect, {"setting_value.auto", "setting_value.manual"});
      return;
    case SettingKind::Reads:
      draw_choice<3>(panel, setting, rect, {"setting_value.log", "setting_value.index", "setting_value.lease"});
      return;
    default: draw_sliders(panel, setting, rect);
  }
}

}  // namespace ui
