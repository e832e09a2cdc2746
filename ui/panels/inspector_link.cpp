// A link, one direction after the other: open, cut or held, how messages fly on it, and which do.
#include <array>

#include "ui/icons.h"
#include "ui/panels/inspector.h"
#include "ui/panels/stage_parts.h"

namespace ui {

namespace {

using raft::NodeId;
using raft::sim::Flight;
using raft::sim::Network;
using raft::sim::Setting;

constexpr std::size_t flights_listed = 10;

/// As the link has it of its own, or as all links have it.
void write_link_setting(Sheet& sheet, NodeId from, NodeId to, Setting setting, const char* name) {
  const Panel& panel = sheet.panel();
  const raft::sim::Settings& settings = panel.world().settings;
  const raft::sim::LinkSettings* own = raft::sim::find_link(settings, from, to);
  const std::optional<raft::sim::SettingValue> value = own != nullptr ? raft::sim::own_value(*own, setting) : std::nullopt;
  const std::string text =
      raft::explain::setting_value_text(panel.view.words, setting, value.value_or(value_of(settings, setting)));
  sheet.row(panel.text(name), value ? panel.text("link_sheet.own", {{"value", text}}) : text);
}

std::string passage_text(const Panel& panel, NodeId from, NodeId to) {
  const Network& network = panel.world().network;
  if (network.is_open(from, to)) return panel.text("link_sheet.open");
  return panel.text("link_sheet.cut_since", {{"since", raft::explain::time_text(network.cut_since(from, to))}});
}

bool is_on(const Flight& flight, NodeId from, NodeId to) {
  return flight.message.from == raft::Endpoint(from) && flight.message.to == raft::Endpoint(to);
}

/// When it comes, or what it waits for. One that will be lost looks like any other.
std::string when_it_comes(const Panel& panel, const Flight& flight) {
  if (flight.fate == raft::sim::Fate::Held) return panel.text("stage.held");
  if (flight.fate == raft::sim::Fate::Waiting) return panel.text("stage.waiting");
  if (panel.view.asks()) return "";  // nothing tells of what comes
  return time_left_text(panel, flight.arrives_at);
}

/// A click looks at the message itself.
void write_flight(Sheet& sheet, const Flight& flight) {
  Panel& panel = sheet.panel();
  const Selection message{.kind = Selection::Kind::Message, .message = flight.id};
  const Rect rect = sheet.take_row(24);
  const Touch touched = touch(panel, "flight" + std::to_string(flight.id), rect);
  if (touched.hovered || panel.state.hovered == message) {
    panel.canvas.rect(rect.inset(-panel.units(8), 0), panel.theme().accent_soft, panel.units(5));
  }
  if (touched.focused) focus_ring(panel, rect, panel.units(5));
  if (touched.hovered) panel.notes.hovered = message;
  if (touched.clicked) panel.state.selection = message;
  const std::string when = when_it_comes(panel, flight);
  const float right = panel.canvas.text_width(when, {.face = Face::Mono, .size = Size::Small});
  const std::string label = message_label(panel, flight.message);
  line_of_text(panel, {rect.left, rect.top, rect.right - right - panel.units(8), rect.bottom}, label,
               {.size = Size::Small, .color = panel.theme().text});
  line_of_text(panel, {rect.right - right, rect.top, rect.right, rect.bottom}, when,
               {.face = Face::Mono, .size = Size::Small, .color = panel.theme().text_quiet});
}

void write_flights(Sheet& sheet, NodeId from, NodeId to) {
  const Panel& panel = sheet.panel();
  const Network& network = panel.world().network;
  std::size_t found = 0;
  for (const raft::sim::Flight& flight : network.flights()) {
    if (!is_on(flight, from, to)) continue;
    if (found++ < flights_listed) write_flight(sheet, flight);
  }
  if (found == 0) sheet.paragraph(panel.text("link_sheet.nothing"), true);
  if (found > flights_listed) {
    sheet.paragraph(panel.text("link_sheet.more", {{"n", static_cast<std::int64_t>(found - flights_listed)}}), true);
  }
}

/// Standing rules that drop what goes this way.
void write_dropped(Sheet& sheet, NodeId from, NodeId to) {
  const Panel& panel = sheet.panel();
  const std::vector<raft::sim::DropEvery>& dropped = panel.world().network.dropped;
  const std::vector<std::string> phrases = raft::explain::dropped_phrases(panel.view.words, panel.world());
  for (std::size_t i = 0; i < dropped.size(); ++i) {
    const raft::sim::MessagePattern& pattern = dropped[i].pattern;
    const bool goes_this_way = (pattern.any_from || pattern.from == raft::Endpoint(from)) &&
                               (pattern.any_to || pattern.to == raft::Endpoint(to));
    if (goes_this_way) sheet.row(panel.text("link_sheet.dropped"), phrases[i]);
  }
}

void write_way(Sheet& sheet, NodeId from, NodeId to) {
  const Panel& panel = sheet.panel();
  const raft::sim::World& world = panel.world();
  sheet.title(world.name(from) + " → " + world.name(to));
  sheet.row(panel.text("link_sheet.passage"), passage_text(panel, from, to));
  if (world.network.is_held(from, to)) sheet.row(panel.text("link_sheet.held"), panel.text("link_sheet.in_tray"));
  write_link_setting(sheet, from, to, Setting::Latency, "link_sheet.latency");
  write_link_setting(sheet, from, to, Setting::Loss, "link_sheet.loss");
  write_link_setting(sheet, from, to, Setting::Duplicate, "link_sheet.copies");
  write_dropped(sheet, from, to);
  sheet.skip(4);
  write_flights(sheet, from, to);
}

const char* state_of(const Network& network, NodeId a, NodeId b) {
  const bool forth = network.is_open(a, b);
  const bool back = network.is_open(b, a);
  if (forth && back) return "link_sheet.open";
  return forth || back ? "ui.link_cut_one_way" : "ui.link_cut";
}

}  // namespace

void write_link(Sheet& sheet, NodeId a, NodeId b) {
  const Panel& panel = sheet.panel();
  const raft::sim::World& world = panel.world();
  sheet.headline(world.name(a) + " – " + world.name(b), panel.text(state_of(world.network, a, b)));
  const std::array<SheetAction, 2> actions{{
      {"cut", icon::scissors, "ui.cut_link", raft::sim::Cut{a, b, raft::sim::Direction::BothWays}},
      {"mend", icon::link, "ui.mend", raft::sim::Mend{a, b, raft::sim::Direction::BothWays}},
  }};
  write_action_rows(sheet, actions);
  write_way(sheet, a, b);
  write_way(sheet, b, a);
}

}  // namespace ui
