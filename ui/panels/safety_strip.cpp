// The five properties by their names, and one for what the clients were told, each with a lamp: a check in a circle
// while it holds, a cross in a square and the word when it is broken, a dashed ring while it is undecided.
#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "ui/panels/panels.h"

namespace ui {

namespace {

using raft::check::Property;

constexpr std::array<const char*, raft::check::property_count> keys{
    "election_safety", "leader_append_only", "log_matching", "leader_completeness", "state_machine_safety"};

enum class State { Holds, Broken, Undecided };

const char* words_for(State state) {
  if (state == State::Broken) return "ui.safety_broken";
  return state == State::Holds ? "ui.safety_holds" : "ui.safety_undecided";
}

struct Lamp {
  std::string id;
  std::string name;
  std::string tip;
  State state = State::Holds;
};

Lamp property_lamp(const Panel& panel, std::size_t i) {
  const State state = panel.view.safety.broken(static_cast<Property>(i)) ? State::Broken : State::Holds;
  return {.id = keys[i],
          .name = panel.text(std::string("property.") + keys[i]),
          .tip = panel.text(std::string("property_about.") + keys[i]),
          .state = state};
}

/// What the clients were told, for which their part of the run is all there is.
Lamp clients_lamp(const Panel& panel) {
  using raft::check::Answer;
  const ClientsView& clients = panel.view.clients;
  Lamp lamp{.id = "linearizability",
            .name = panel.text("property.linearizability"),
            .tip = panel.text("property_about.linearizability")};
  if (clients.answer == Answer::No) lamp = {lamp.id, lamp.name, clients.sentence, State::Broken};
  if (clients.answer == Answer::Undecided) lamp = {lamp.id, lamp.name, panel.text("ui.history_undecided"), State::Undecided};
  return lamp;
}

std::vector<Lamp> lamps_of(const Panel& panel) {
  std::vector<Lamp> lamps;
  for (std::size_t i = 0; i < keys.size(); ++i) lamps.push_back(property_lamp(panel, i));
  lamps.push_back(clients_lamp(panel));
  for (Lamp& lamp : lamps) {
    lamp.tip = lamp.name + " — " + panel.text(words_for(lamp.state)) + ". " + lamp.tip;
    if (lamp.state != State::Holds) lamp.name += " · " + panel.text(words_for(lamp.state));
  }
  return lamps;
}

void draw_sign(const Panel& panel, Point center, State state) {
  const Theme& theme = panel.theme();
  const float r = panel.units(7);
  switch (state) {
    case State::Broken:
      panel.canvas.rect({center.x - r, center.y - r, center.x + r, center.y + r}, theme.danger, 2);
      panel.canvas.cross(center, r * 0.5F, {theme.text_on_fill, panel.units(1.75F)});
      return;
    case State::Holds:
      panel.canvas.circle(center, r, theme.good);
      panel.canvas.check(center, r * 0.48F, {theme.text_on_fill, panel.units(1.75F)});
      return;
    case State::Undecided: panel.canvas.ring(center, r - 1, {theme.text_quiet, panel.units(1.75F)}, Dash::Dashed); return;
  }
}

TextStyle name_style(const Theme& theme, State state) {
  const bool broken = state == State::Broken;
  return {.face = broken ? Face::SansBold : Face::Sans, .size = Size::Small,
          .color = broken ? theme.danger : theme.text};
}

void draw_lamp(Panel& panel, const Lamp& lamp, const Rect& rect, bool with_name) {
  touch(panel, lamp.id, rect, {.focusable = false, .tip = lamp.tip});
  draw_sign(panel, {rect.left + panel.units(7), rect.center().y}, lamp.state);
  if (!with_name) return;
  line_of_text(panel, {rect.left + panel.units(20), rect.top, rect.right, rect.bottom}, lamp.name,
               name_style(panel.theme(), lamp.state));
}

/// The latest news of the clients stands in words where there is room for them.
std::string right_text(const Panel& panel) {
  if (panel.view.clients.answer == raft::check::Answer::No) return panel.view.clients.sentence;
  return panel.text("ui.safety_checked", {{"n", panel.view.safety.events_checked()}});
}

}  // namespace

void draw_safety_strip(Panel& panel) {
  const Theme& theme = panel.theme();
  const Rect& area = panel.area;
  panel.canvas.rect(area, theme.panel, 0);
  panel.canvas.line({area.left, area.top + 0.5F}, {area.right, area.top + 0.5F}, {theme.hairline, 1});
  const std::vector<Lamp> lamps = lamps_of(panel);
  const float edge = panel.units(24);
  float names = 0;
  std::vector<float> widths;
  for (const Lamp& lamp : lamps) {
    widths.push_back(panel.canvas.text_width(lamp.name, name_style(theme, lamp.state)) + panel.units(20) + 2);
    names += widths.back();
  }
  const std::string said = right_text(panel);
  const bool broken = panel.view.clients.answer == raft::check::Answer::No;
  const TextStyle style{.face = broken ? Face::SansBold : Face::Sans, .size = Size::Small,
                        .color = broken ? theme.danger : theme.text_quiet, .align = Align::Right};
  const float whole = area.width() - 2 * edge;
  const float said_width = panel.canvas.text_width(said, style) + 2;
  const auto count = static_cast<float>(lamps.size());
  const float gap = std::min(panel.units(28), (whole - names) / count);
  const bool with_names = gap >= panel.units(8);
  float left = area.left + edge;
  for (std::size_t i = 0; i < lamps.size(); ++i) {
    const float width = with_names ? widths[i] : panel.units(16);
    if (left + width > area.right - edge) break;
    draw_lamp(panel, lamps[i], {left, area.top, left + width, area.bottom}, with_names);
    left += width + (with_names ? gap : panel.units(12));
  }
  // Of what is left over: the count if it fits, a broken promise in any case.
  const float room = area.right - edge - left;
  if (said_width > room && (!broken || room < panel.units(80))) return;
  line_of_text(panel, {area.right - edge - std::min(room, said_width), area.top, area.right - edge, area.bottom}, said,
               style);
}

}  // namespace ui
