// The five properties by their names, and one for what the clients were told, each with a lamp: a check in a circle
// while it holds, a cross in a square and the word when it is broken, a dashed ring while it is undecided. Of all else
// that is checked only what is broken has a lamp. What was broken before every rule was on again, and not since, is told
// of quietly.
#include <algorithm>
#include <string>
#include <tuple>
#include <vector>

#include "ui/panels/panels.h"
#include "ui/panels/violations.h"

namespace ui {

namespace {

using raft::check::Breach;
using raft::check::Property;

enum class State { Holds, Broken, WasBroken, Undecided };

const char* words_for(State state) {
  if (state == State::Broken) return "ui.safety_broken";
  if (state == State::WasBroken) return "ui.safety_was_broken";
  return state == State::Holds ? "ui.safety_holds" : "ui.safety_undecided";
}

struct Lamp {
  std::string id;
  std::string name;
  std::string tip;
  State state = State::Holds;
  std::string said = {};   // how it stands, without a full stop
  std::string state_word = {};  // behind its name where there is room; "" while it holds
};

State broken_or_past(bool past) { return past ? State::WasBroken : State::Broken; }

/// `breach`: null while the promise holds.
Lamp property_lamp(const Panel& panel, Property property, const Breach* breach) {
  const std::string key = raft::explain::as_key(raft::check::property_name(property));
  return {.id = key,
          .name = raft::explain::property_title(panel.view.words, property),
          .tip = panel.text("property_about." + key),
          .state = breach != nullptr ? broken_or_past(breach->past) : State::Holds};
}

std::string broken_by_event(const Panel& panel, const Breach& breach) {
  return panel.text(breach.past ? "ui.safety_was_violated_at" : "ui.safety_violated_at",
                    {{"property", raft::explain::property_title(panel.view.words, breach.violation.property)}, {"n", breach.violation.event}});
}

/// What the clients were told, for which their part of the run is all there is.
Lamp clients_lamp(const Panel& panel) {
  using raft::check::Answer;
  const ClientsView& clients = panel.view.clients;
  Lamp lamp{.id = "linearizability",
            .name = panel.text("property.linearizability"),
            .tip = panel.text("property_about.linearizability")};
  if (clients.answer == Answer::No) lamp = {lamp.id, lamp.name, clients.sentence, broken_or_past(clients.past)};
  if (clients.answer == Answer::Undecided) lamp = {lamp.id, lamp.name, panel.text("ui.history_undecided"), State::Undecided};
  return lamp;
}

std::vector<Lamp> lamps_of(const Panel& panel, const std::vector<Breach>& broken) {
  std::vector<Lamp> lamps;
  for (const raft::check::PropertyInfo& info : raft::check::property_table) {
    const auto found = std::find_if(broken.begin(), broken.end(), [&info](const Breach& one) { return one.violation.property == info.property; });
    const Breach* breach = found == broken.end() ? nullptr : &*found;
    if (breach == nullptr && !raft::check::is_of_figure_3(info.property)) continue;
    lamps.push_back(property_lamp(panel, info.property, breach));
    if (breach != nullptr) lamps.back().said = broken_by_event(panel, *breach);
  }
  lamps.push_back(clients_lamp(panel));
  const std::string& stop = panel.text("phrase.full_stop");
  for (Lamp& lamp : lamps) {
    if (lamp.said.empty()) lamp.said = lamp.name + " — " + panel.text(words_for(lamp.state));
    lamp.tip = lamp.said + stop + " " + lamp.tip;
    if (lamp.state != State::Holds) lamp.state_word = " · " + panel.text(words_for(lamp.state));
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
    case State::WasBroken:
      panel.canvas.frame({center.x - r, center.y - r, center.x + r, center.y + r}, {theme.text_quiet, panel.units(1.75F)}, 2);
      panel.canvas.cross(center, r * 0.45F, {theme.text_quiet, panel.units(1.75F)});
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

void draw_lamp(Panel& panel, const Lamp& lamp, const Rect& rect, const std::string& name) {
  touch(panel, lamp.id, rect, {.focusable = false, .tip = lamp.tip});
  draw_sign(panel, {rect.left + panel.units(7), rect.center().y}, lamp.state);
  if (name.empty()) return;
  line_of_text(panel, {rect.left + panel.units(20), rect.top, rect.right, rect.bottom}, name, name_style(panel.theme(), lamp.state));
}

enum class Names { WithStates, All, OfTheBroken, None };

bool is_broken(const Lamp& lamp) { return lamp.state == State::Broken || lamp.state == State::WasBroken; }

std::string name_of(const Lamp& lamp, Names names) {
  switch (names) {
    case Names::WithStates: return lamp.name + lamp.state_word;
    case Names::All: return lamp.name;
    case Names::OfTheBroken: return is_broken(lamp) ? lamp.name + lamp.state_word : "";
    case Names::None: return "";
  }
  return "";
}

float lamp_width(const Panel& panel, const Lamp& lamp, Names names) {
  const std::string name = name_of(lamp, names);
  if (name.empty()) return panel.units(16);
  return panel.canvas.text_width(name, name_style(panel.theme(), lamp.state)) + panel.units(20) + 2;
}

float width_with(const Panel& panel, const std::vector<Lamp>& lamps, Names names) {
  float width = 0;
  for (const Lamp& lamp : lamps) width += lamp_width(panel, lamp, names);
  return width;
}

/// What is broken keeps its name longest; `beside` is kept free for the sentence, which names what it is about.
Names names_that_fit(const Panel& panel, const std::vector<Lamp>& lamps, float room, float beside) {
  const float gaps = static_cast<float>(lamps.size()) * panel.units(8);
  const auto fits = [&](Names names, float free) { return width_with(panel, lamps, names) + gaps <= free; };
  for (const Names names : {Names::WithStates, Names::All}) {
    if (fits(names, room - beside)) return names;
  }
  const bool several = std::count_if(lamps.begin(), lamps.end(), is_broken) > 1;
  if (fits(Names::OfTheBroken, room - beside) || (several && fits(Names::OfTheBroken, room))) return Names::OfTheBroken;
  return Names::None;
}

struct Said {
  std::string text;
  State state = State::Holds;
};

/// What one of the lamps that are not lit means stands in words where there is room for them: what is broken now before
/// what was, and what the clients were told before what the nodes did.
Said right_text(const Panel& panel, const std::vector<Breach>& broken) {
  // What Figure 3 promises says more to the reader than what it rests on.
  const auto rank = [](const Breach& one) {
    return std::tuple(one.past, !raft::check::is_of_figure_3(one.violation.property), one.violation.event);
  };
  const auto first = std::min_element(broken.begin(), broken.end(), [&rank](const Breach& a, const Breach& b) { return rank(a) < rank(b); });
  const ClientsView& clients = panel.view.clients;
  if (clients.answer == raft::check::Answer::No) {
    if (!clients.past || first == broken.end() || first->past) return {clients.sentence, broken_or_past(clients.past)};
  }
  if (first != broken.end()) return {broken_by_event(panel, *first), broken_or_past(first->past)};
  return {panel.text("ui.safety_checked", {{"n", panel.view.oracles.safety().events_checked()}}), State::Holds};
}

}  // namespace

void draw_safety_strip(Panel& panel) {
  const Theme& theme = panel.theme();
  const Rect& area = panel.area;
  panel.canvas.rect(area, theme.panel, 0);
  panel.canvas.line({area.left, area.top + 0.5F}, {area.right, area.top + 0.5F}, {theme.hairline, 1});
  const std::vector<Breach> breaches_here = breaches(panel.view);
  const std::vector<Lamp> lamps = lamps_of(panel, breaches_here);
  const float edge = panel.units(24);
  const float whole = area.width() - 2 * edge;
  const bool broken = std::any_of(lamps.begin(), lamps.end(), is_broken);
  const Said said = right_text(panel, breaches_here);
  const bool now = said.state == State::Broken;
  const TextStyle style{.face = now ? Face::SansBold : Face::Sans, .size = Size::Small,
                        .color = now ? theme.danger : theme.text_quiet, .align = Align::Right};
  const float said_width = panel.canvas.text_width(said.text, style) + 2;
  // What broke a promise is said nowhere else.
  const float beside = broken ? said_width : 0;
  const Names names = names_that_fit(panel, lamps, whole, beside);
  const float width_of_all = width_with(panel, lamps, names);
  const float gap = std::clamp((whole - beside - width_of_all) / static_cast<float>(lamps.size()), panel.units(8), panel.units(28));
  float left = area.left + edge;
  for (const Lamp& lamp : lamps) {
    const float width = lamp_width(panel, lamp, names);
    if (left + width > area.right - edge) break;
    draw_lamp(panel, lamp, {left, area.top, left + width, area.bottom}, name_of(lamp, names));
    left += width + gap;
  }
  // Of what is left over: the count if it fits, a broken promise in any case.
  const float room = area.right - edge - left;
  if (said_width > room && (!broken || room < panel.units(80))) return;
  line_of_text(panel, {area.right - edge - std::min(room, said_width), area.top, area.right - edge, area.bottom},
               said.text, style);
}

}  // namespace ui
