// The small menu beside what was clicked. What would do nothing is greyed, and says why when the mouse rests on it.
#include <algorithm>

#include "ui/icons.h"
#include "ui/panels/stage_parts.h"

namespace ui {

namespace {

using raft::NodeId;
using raft::NodeSet;
using raft::sim::Direction;
using raft::sim::Intervention;

struct Item {
  const char* id;
  const char* icon;
  std::string label;
  std::optional<Intervention> what;  // none: opens the prompt for a write
};

NodeSet only(NodeId node) {
  NodeSet set;
  set.add(node);
  return set;
}

std::vector<Item> node_items(const Stage& stage, NodeId node) {
  const Panel& panel = stage.panel;
  const raft::sim::Machine& machine = stage.world().machine(node);
  std::vector<Item> items;
  if (machine.up) {
    items.push_back({"crash", icon::power, panel.text("ui.crash"), raft::sim::Crash{only(node)}});
  } else {
    items.push_back({"restart", icon::power, panel.text("ui.restart"), raft::sim::Restart{only(node)}});
  }
  items.push_back({"time out", icon::hourglass, panel.text("ui.time_out"), raft::sim::FireElectionTimer{node}});
  items.push_back(
      {"heartbeats", icon::paper_plane, panel.text("ui.send_heartbeats"), raft::sim::FireHeartbeatTimer{node}});
  items.push_back({"write", icon::pencil, panel.text("ui.write_here"), std::nullopt});
  if (machine.paused) {
    items.push_back({"resume", icon::play, panel.text("ui.resume_node"), raft::sim::Resume{node}});
  } else {
    items.push_back({"pause", icon::pause, panel.text("ui.pause_node"), raft::sim::Pause{node}});
  }
  items.push_back({"hand over", icon::flag, panel.text("ui.hand_over"), raft::sim::TransferLeadership{node}});
  items.push_back({"snapshot", icon::database, panel.text("ui.snapshot_now"), raft::sim::CompactLog{node, 0}});
  items.push_back({"isolate", icon::unlink, panel.text("ui.isolate"), raft::sim::Isolate{only(node)}});
  return items;
}

std::vector<Item> message_items(const Stage& stage, raft::sim::MessageId id) {
  const Panel& panel = stage.panel;
  const raft::sim::MessagePick pick{.how = raft::sim::MessagePick::How::ById, .id = id, .pattern = {}};
  const raft::sim::Time by = stage.world().settings.latency.max;
  return {{"drop", icon::trash, panel.text("ui.drop"), raft::sim::DropMessage{pick}},
          {"deliver", icon::bolt, panel.text("ui.deliver_now"), raft::sim::DeliverMessage{pick}},
          {"delay", icon::clock, panel.text("ui.delay") + " · " + raft::explain::time_text(by),
           raft::sim::DelayMessage{pick, by}},
          {"copy", icon::copy, panel.text("ui.duplicate"), raft::sim::DuplicateMessage{pick, by / 2}}};
}

std::vector<Item> link_items(const Stage& stage, NodeId a, NodeId b) {
  const Panel& panel = stage.panel;
  const std::string& name_a = stage.world().name(a);
  const std::string& name_b = stage.world().name(b);
  const raft::sim::Network& network = stage.world().network;
  std::vector<Item> items;
  const auto one_way = [&](const char* cut_id, const char* mend_id, NodeId from, NodeId to,
                           const std::string& way) {
    if (network.is_open(from, to)) {
      items.push_back({cut_id, icon::arrow_right, panel.text("ui.cut_one_way") + "  " + way,
                       raft::sim::Cut{from, to, Direction::OneWay}});
    } else {
      items.push_back(
          {mend_id, icon::link, panel.text("ui.mend") + "  " + way, raft::sim::Mend{from, to, Direction::OneWay}});
    }
  };
  const auto hold = [&](const char* hold_id, const char* release_id, NodeId from, NodeId to, const std::string& way) {
    if (network.is_held(from, to)) {
      items.push_back({release_id, icon::play, panel.text("ui.release_link") + "  " + way, raft::sim::Release{from, to}});
    } else {
      items.push_back({hold_id, icon::pause, panel.text("ui.hold_link") + "  " + way, raft::sim::Hold{from, to}});
    }
  };
  items.push_back({"cut", icon::scissors, panel.text("ui.cut_link"), raft::sim::Cut{a, b, Direction::BothWays}});
  items.push_back({"mend", icon::link, panel.text("ui.mend"), raft::sim::Mend{a, b, Direction::BothWays}});
  one_way("cut forth", "mend forth", a, b, name_a + " → " + name_b);
  one_way("cut back", "mend back", b, a, name_b + " → " + name_a);
  hold("hold forth", "release forth", a, b, name_a + " → " + name_b);
  hold("hold back", "release back", b, a, name_b + " → " + name_a);
  return items;
}

struct Menu {
  std::string title;
  std::vector<Item> items;
  Rect beside;  // what it belongs to
};

std::optional<Menu> open_menu(const Stage& stage) {
  const StageMenu& menu = stage.panel.state.stage.menu;
  const Selection& selection = stage.panel.state.selection;
  switch (menu.kind) {
    case StageMenu::Kind::Closed: return std::nullopt;
    case StageMenu::Kind::Node: {
      if (selection != Selection{.kind = Selection::Kind::Node, .node = menu.node}) return std::nullopt;
      if (raft::index_of(menu.node) >= stage.scene.nodes.size()) return std::nullopt;
      const NodeShape& node = stage.scene.node(menu.node);
      return Menu{stage.world().name(menu.node),
                  node_items(stage, menu.node),
                  {node.center.x - node.ring, node.center.y - node.ring, node.center.x + node.ring,
                   node.center.y + node.ring}};
    }
    case StageMenu::Kind::Message: {
      if (selection != Selection{.kind = Selection::Kind::Message, .message = menu.message}) return std::nullopt;
      for (const FlightShape& flight : stage.scene.flights) {
        if (flight.id != menu.message) continue;
        const float r = stage.u(18);
        return Menu{message_label(stage, flight.flight->message),
                    message_items(stage, menu.message),
                    {flight.at.x - r, flight.at.y - r, flight.at.x + r, flight.at.y + r}};
      }
      return std::nullopt;
    }
    case StageMenu::Kind::Link: {
      if (raft::index_of(menu.other) >= stage.scene.nodes.size()) return std::nullopt;
      return Menu{stage.world().name(menu.node) + " – " + stage.world().name(menu.other),
                  link_items(stage, menu.node, menu.other),
                  {menu.at.x - 8, menu.at.y - 8, menu.at.x + 8, menu.at.y + 8}};
    }
  }
  return std::nullopt;
}

Rect place_menu(const Stage& stage, const Menu& menu) {
  const Panel& panel = stage.panel;
  float width = panel.units(120);
  for (const Item& item : menu.items)
    width = std::max(width, button_width(panel, {.icon = item.icon, .label = item.label}) + panel.units(16));
  const float height = panel.units(34 + 30 * static_cast<float>(menu.items.size()) + 6);
  const Rect area = stage.scene.area.inset(6);
  float left = menu.beside.right + panel.units(8);
  if (left + width > area.right) left = menu.beside.left - panel.units(8) - width;
  const float top =
      std::clamp(menu.beside.center().y - height / 2, area.top, std::max(area.top, area.bottom - height));
  left = std::clamp(left, area.left, std::max(area.left, area.right - width));
  return {left, top, left + width, top + height};
}

void choose(Stage& stage, const Item& item) {
  UiState& state = stage.panel.state;
  if (item.what) {
    stage.panel.act(Intervene{*item.what, raft::sim::Origin::Mouse});
  } else {
    state.write.open = true;
    state.write.to = state.stage.menu.node;
  }
  state.stage.menu = {};
}

}  // namespace

Rect menu_rect(const Stage& stage) {
  const std::optional<Menu> menu = open_menu(stage);
  return menu ? place_menu(stage, *menu) : Rect{};
}

void draw_menu(Stage& stage) {
  const std::optional<Menu> menu = open_menu(stage);
  if (!menu) {
    stage.panel.state.stage.menu = {};
    return;
  }
  Panel& panel = stage.panel;
  const Rect box = place_menu(stage, *menu);
  panel.canvas.shadow(box, panel.units(corner), panel.units(12));
  panel.canvas.rect(box, panel.theme().raised, {panel.theme().hairline, 1}, panel.units(corner));
  panel.canvas.text({box.left + panel.units(14), box.top + panel.units(18)}, menu->title,
                    {.face = Face::SansBold,
                     .size = Size::Small,
                     .color = panel.theme().text_quiet,
                     .anchor = Anchor::Middle,
                     .max_width = box.width() - panel.units(28)});
  float y = box.top + panel.units(32);
  for (const Item& item : menu->items) {
    const std::optional<raft::Reason> refused =
        item.what ? raft::sim::refusal(panel.world(), *item.what) : std::nullopt;
    const std::string why =
        refused ? raft::explain::reason_sentence(panel.view.words, panel.world(), *refused) : std::string();
    const Rect row{box.left + panel.units(5), y, box.right - panel.units(5), y + panel.units(30)};
    // A tool of the stage may have the same name; two widgets with one name take each other's clicks.
    if (menu_row(panel, std::string("menu ") + item.id, row, {.icon = item.icon, .label = item.label, .enabled = !refused, .tip = why})) {
      choose(stage, item);
    }
    y += panel.units(30);
  }
}

bool menu_row(Panel& panel, std::string_view id, Rect row, const ButtonStyle& style) {
  const Touch touched = touch(panel, id, row, {.enabled = style.enabled, .tip = style.tip});
  const Theme& theme = panel.theme();
  if (style.enabled && touched.hovered) panel.canvas.rect(row, theme.accent_soft, panel.units(5));
  if (touched.focused) focus_ring(panel, row, panel.units(5));
  const Color ink = style.enabled ? theme.text : mixed(theme.text_quiet, theme.raised, 0.45F);
  const float y = row.center().y;
  panel.canvas.text({row.left + panel.units(17), y}, style.icon,
                    {.size = Size::Small,
                     .color = style.enabled ? theme.text_quiet : ink,
                     .align = Align::Center,
                     .anchor = Anchor::Middle});
  panel.canvas.text(
      {row.left + panel.units(34), y}, style.label,
      {.size = Size::Small, .color = ink, .anchor = Anchor::Middle, .max_width = row.width() - panel.units(40)});
  return touched.clicked;
}

}  // namespace ui
