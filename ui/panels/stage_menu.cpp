// The small menu beside what was clicked: the frequent commands, and groups with all the others. What would do nothing is
// greyed, and says why when the mouse rests on it; what needs a word more is typed in the palette.
#include <algorithm>

#include "ui/icons.h"
#include "ui/panels/stage_parts.h"

namespace ui {

namespace {

using raft::NodeId;
using raft::NodeSet;
using raft::sim::Direction;
using raft::sim::Intervention;

/// One row: a command; or a group of more rows; or a line of the palette to be completed.
struct MenuItem {
  const char* id;
  const char* icon;
  std::string label;
  std::optional<Intervention> what = {};
  std::vector<MenuItem> group = {};
  std::string typed = {};    // stands in the palette
  bool writes = false;       // opens the prompt for a write
};

MenuItem command(const char* id, const char* icon, std::string label, Intervention what) {
  return {.id = id, .icon = icon, .label = std::move(label), .what = std::move(what)};
}
MenuItem typing(const char* id, std::string label, std::string line) {
  return {.id = id, .icon = icon::keyboard, .label = std::move(label), .typed = std::move(line)};
}
MenuItem group(const char* id, const char* icon, std::string label, std::vector<MenuItem> rows) {
  return {.id = id, .icon = icon, .label = std::move(label), .group = std::move(rows)};
}

// --- a node -----------------------------------------------------------------------------------------------------

MenuItem disk_group(const Panel& panel, NodeId node) {
  return group("disk", icon::database, panel.text("menu.disk"),
               {command("unsynced", icon::power, panel.text("menu.crash_unsynced"),
                        raft::sim::Crash{NodeSet::only(node), raft::sim::Unwritten::Lost}),
                command("wipe", icon::trash, panel.text("menu.wipe"), raft::sim::Wipe{node}),
                command("snapshot", icon::database, panel.text("ui.snapshot_now"), raft::sim::CompactLog{node, 0})});
}

/// A key that somebody has written, to start from.
std::string some_key(const raft::sim::World& world) {
  for (const raft::sim::Machine& machine : world.machines) {
    for (const auto& [key, value] : machine.node.memory.machine.store) return world.symbols.text(key);
  }
  return "x";
}

MenuItem clients_group(const Stage& stage, NodeId node) {
  const Panel& panel = stage.panel;
  const std::string name = stage.world().name(node);
  const std::string key = some_key(stage.world());
  const raft::sim::CommandText read{.kind = raft::CommandKind::Read, .key = key, .value = {}, .expected = {}};
  const raft::sim::CommandText increment{.kind = raft::CommandKind::Increment, .key = "n", .value = {}, .expected = {}};
  return group("clients", icon::users, panel.text("menu.clients"),
               {command("read", icon::eye, panel.text("menu.read", {{"key", key}}),
                        raft::sim::ClientAsk{read, node, raft::no_client}),
                command("increment", icon::plus, panel.text("menu.increment", {{"key", "n"}}),
                        raft::sim::ClientAsk{increment, node, raft::no_client}),
                typing("type read", panel.text("menu.type_read"), "read " + key + " from " + name),
                typing("type cas", panel.text("menu.type_cas"), "cas " + key + " 1 2 to " + name)});
}

MenuItem members_group(const Stage& stage, NodeId node) {
  const Panel& panel = stage.panel;
  std::string members;
  for (const raft::sim::Machine& machine : stage.world().machines) members += " " + machine.name;
  std::vector<MenuItem> rows{
      command("remove", icon::minus, panel.text("menu.remove"), raft::sim::RemoveNode{node}),
      command("promote", icon::plus, panel.text("menu.promote"), raft::sim::PromoteLearner{node}),
      typing("type add", panel.text("menu.type_add"), "add "),
      typing("type learner", panel.text("menu.type_learner"), "learner "),
      typing("type reconfigure", panel.text("menu.type_reconfigure"), "reconfigure" + members)};
  return group("members", icon::users, panel.text("menu.members"), std::move(rows));
}

MenuItem clock_group(const Panel& panel, NodeId node) {
  const auto rate = [&](const char* id, const char* icon, const char* text, raft::sim::Ratio ratio) {
    return command(id, icon, panel.text(text), raft::sim::SetClock{node, ratio});
  };
  return group("clock", icon::clock, panel.text("menu.clock"),
               {command("heartbeats", icon::paper_plane, panel.text("ui.send_heartbeats"), raft::sim::FireHeartbeatTimer{node}),
                rate("clock fast", icon::forward, "menu.clock_fast", {3, 2}),
                rate("clock slow", icon::backward, "menu.clock_slow", {2, 3}),
                rate("clock right", icon::clock, "menu.clock_right", {1, 1})});
}

std::vector<MenuItem> node_items(const Stage& stage, NodeId node) {
  const Panel& panel = stage.panel;
  const raft::sim::Machine& machine = stage.world().machine(node);
  std::vector<MenuItem> items;
  if (machine.up) {
    items.push_back(command("crash", icon::power, panel.text("ui.crash"), raft::sim::Crash{NodeSet::only(node)}));
  } else {
    items.push_back(command("restart", icon::power, panel.text("ui.restart"), raft::sim::Restart{NodeSet::only(node)}));
  }
  items.push_back(command("time out", icon::hourglass, panel.text("ui.time_out"), raft::sim::FireElectionTimer{node}));
  items.push_back({.id = "write", .icon = icon::pencil, .label = panel.text("ui.write_here"), .writes = true});
  if (machine.paused) {
    items.push_back(command("resume", icon::play, panel.text("ui.resume_node"), raft::sim::Resume{node}));
  } else {
    items.push_back(command("pause", icon::pause, panel.text("ui.pause_node"), raft::sim::Pause{node}));
  }
  items.push_back(command("hand over", icon::flag, panel.text("ui.hand_over"), raft::sim::TransferLeadership{node}));
  items.push_back(command("isolate", icon::unlink, panel.text("ui.isolate"), raft::sim::Isolate{NodeSet::only(node)}));
  items.push_back(clients_group(stage, node));
  items.push_back(disk_group(panel, node));
  items.push_back(clock_group(panel, node));
  items.push_back(members_group(stage, node));
  return items;
}

// --- a message, a link, a client --------------------------------------------------------------------------------

std::vector<MenuItem> message_items(const Stage& stage, const raft::sim::Flight& flight) {
  using raft::sim::MessagePick;
  const Panel& panel = stage.panel;
  const MessagePick pick{.how = MessagePick::How::ById, .id = flight.id, .pattern = {}};
  const raft::sim::MessagePattern same{.types = raft::sim::MessagePattern::Types::One, .type = flight.message.type(),
                                       .any_from = false, .any_to = false,
                                       .from = flight.message.from, .to = flight.message.to};
  const MessagePick next{.how = MessagePick::How::Next, .id = raft::sim::no_message, .pattern = same};
  const raft::sim::Time by = stage.world().settings.latency.max;
  std::vector<MenuItem> following{
      command("drop next", icon::trash, panel.text("menu.drop_next"), raft::sim::DropMessage{next}),
      command("drop every", icon::ban, panel.text("menu.drop_every"), raft::sim::DropEvery{same, {}}),
      command("drop nothing", icon::check, panel.text("menu.drop_nothing"), raft::sim::DropNothing{})};
  if (!flight.message.from.is_client() && !flight.message.to.is_client()) {
    const NodeId from = flight.message.from.node();
    const NodeId to = flight.message.to.node();
    following.push_back(command("hold way", icon::pause, panel.text("menu.hold_way"), raft::sim::Hold{from, to}));
    following.push_back(command("release way", icon::play, panel.text("menu.release_way"), raft::sim::Release{from, to}));
  }
  return {command("drop", icon::trash, panel.text("ui.drop"), raft::sim::DropMessage{pick}),
          command("deliver", icon::bolt, panel.text("ui.deliver_now"), raft::sim::DeliverMessage{pick}),
          command("delay", icon::clock, panel.text("ui.delay") + " · " + raft::explain::time_text(by),
                  raft::sim::DelayMessage{pick, by}),
          command("copy", icon::copy, panel.text("ui.duplicate"), raft::sim::DuplicateMessage{pick, by / 2}),
          group("following", icon::list, panel.text("menu.following"), std::move(following))};
}

/// What this link alone may have.
MenuItem own_group(const Panel& panel, NodeId a, NodeId b) {
  using raft::sim::ChangeLink;
  using raft::sim::Setting;
  const auto change = [&](Setting setting, std::optional<raft::sim::SettingValue> value) {
    return ChangeLink{setting, a, b, Direction::BothWays, value};
  };
  return group("own", icon::sliders, panel.text("menu.link_own"),
               {command("slow", icon::clock, panel.text("menu.link_slow"),
                        change(Setting::Latency, raft::sim::SettingValue{80'000, 90'000})),
                command("usual latency", icon::undo, panel.text("menu.link_usual_latency"), change(Setting::Latency, {})),
                command("lossy", icon::warning, panel.text("menu.link_lossy"),
                        change(Setting::Loss, raft::sim::SettingValue{1, 2})),
                command("usual loss", icon::undo, panel.text("menu.link_usual_loss"), change(Setting::Loss, {}))});
}

std::vector<MenuItem> link_items(const Stage& stage, NodeId a, NodeId b) {
  const Panel& panel = stage.panel;
  const std::string& name_a = stage.world().name(a);
  const std::string& name_b = stage.world().name(b);
  const raft::sim::Network& network = stage.world().network;
  std::vector<MenuItem> items;
  const auto one_way = [&](const char* cut_id, const char* mend_id, NodeId from, NodeId to,
                           const std::string& way) {
    if (network.is_open(from, to)) {
      items.push_back(command(cut_id, icon::arrow_right, panel.text("ui.cut_one_way") + "  " + way,
                              raft::sim::Cut{from, to, Direction::OneWay}));
    } else {
      items.push_back(command(mend_id, icon::link, panel.text("ui.mend") + "  " + way,
                              raft::sim::Mend{from, to, Direction::OneWay}));
    }
  };
  const auto hold = [&](const char* hold_id, const char* release_id, NodeId from, NodeId to, const std::string& way) {
    if (network.is_held(from, to)) {
      items.push_back(command(release_id, icon::play, panel.text("ui.release_link") + "  " + way, raft::sim::Release{from, to}));
    } else {
      items.push_back(command(hold_id, icon::pause, panel.text("ui.hold_link") + "  " + way, raft::sim::Hold{from, to}));
    }
  };
  items.push_back(command("cut", icon::scissors, panel.text("ui.cut_link"), raft::sim::Cut{a, b, Direction::BothWays}));
  items.push_back(command("mend", icon::link, panel.text("ui.mend"), raft::sim::Mend{a, b, Direction::BothWays}));
  one_way("cut forth", "mend forth", a, b, name_a + " → " + name_b);
  one_way("cut back", "mend back", b, a, name_b + " → " + name_a);
  hold("hold forth", "release forth", a, b, name_a + " → " + name_b);
  hold("hold back", "release back", b, a, name_b + " → " + name_a);
  items.push_back(own_group(panel, a, b));
  return items;
}

std::vector<MenuItem> client_items(const Stage& stage, raft::ClientId client) {
  const Panel& panel = stage.panel;
  const std::string by = " by c" + std::to_string(static_cast<int>(client));
  const std::string key = some_key(stage.world());
  return {command("retry", icon::repeat, panel.text("menu.retry"), raft::sim::RetryClient{client}),
          typing("type write", panel.text("menu.type_write"), "write " + key + "=1" + by),
          typing("type read", panel.text("menu.type_read"), "read " + key + by),
          typing("type cas", panel.text("menu.type_cas"), "cas " + key + " 1 2" + by),
          typing("type incr", panel.text("menu.type_incr"), "incr n" + by),
          command("open session", icon::key, panel.text("menu.open_session"), raft::sim::OpenSession{client}),
          command("expire session", icon::hourglass, panel.text("menu.expire_session"), raft::sim::ExpireSession{client})};
}

struct Menu {
  std::string title;
  std::vector<MenuItem> items;
  Rect beside;  // what it belongs to
  bool in_group = false;
};

/// The middle of the link or client, for who has not clicked on it.
Point middle_of(const Stage& stage, const StageMenu& menu) {
  for (const LinkShape& link : stage.scene.links) {
    const bool is_it = (link.a == menu.node && link.b == menu.other) || (link.a == menu.other && link.b == menu.node);
    if (menu.kind == StageMenu::Kind::Link && is_it) return (link.from + link.to) * 0.5F;
  }
  for (const ClientShape& client : stage.scene.clients) {
    if (menu.kind == StageMenu::Kind::Client && client.id == menu.client) return client.center;
  }
  return stage.scene.area.center();
}

std::optional<Menu> open_menu(const Stage& stage) {
  const StageMenu& menu = stage.panel.state.stage.menu;
  const Selection& selection = stage.panel.state.selection;
  const Point at = menu.by_key ? middle_of(stage, menu) : menu.at;
  const Rect about_at{at.x - 8, at.y - 8, at.x + 8, at.y + 8};
  switch (menu.kind) {
    case StageMenu::Kind::Closed: return std::nullopt;
    case StageMenu::Kind::Node: {
      if (selection != Selection{.kind = Selection::Kind::Node, .node = menu.node}) return std::nullopt;
      if (raft::index_of(menu.node) >= stage.scene.nodes.size()) return std::nullopt;
      const NodeShape& node = stage.scene.node(menu.node);
      return Menu{stage.world().name(menu.node),
                  node_items(stage, menu.node),
                  node.ring_box()};
    }
    case StageMenu::Kind::Message: {
      if (selection != Selection{.kind = Selection::Kind::Message, .message = menu.message}) return std::nullopt;
      for (const FlightShape& flight : stage.scene.flights) {
        if (flight.id != menu.message) continue;
        const float r = stage.u(18);
        return Menu{message_label(stage.panel, flight.flight->message),
                    message_items(stage, *flight.flight),
                    {flight.at.x - r, flight.at.y - r, flight.at.x + r, flight.at.y + r}};
      }
      return std::nullopt;
    }
    case StageMenu::Kind::Link: {
      if (raft::index_of(menu.other) >= stage.scene.nodes.size()) return std::nullopt;
      return Menu{stage.world().name(menu.node) + " – " + stage.world().name(menu.other),
                  link_items(stage, menu.node, menu.other),
                  about_at};
    }
    case StageMenu::Kind::Client:
      if (stage.world().client(menu.client) == nullptr) return std::nullopt;
      return Menu{"c" + std::to_string(static_cast<int>(menu.client)),
                  client_items(stage, menu.client),
                  about_at};
  }
  return std::nullopt;
}

/// The rows of the group that is open take the place of all; the title leads back.
std::optional<Menu> shown_menu(const Stage& stage) {
  std::optional<Menu> menu = open_menu(stage);
  if (!menu) return menu;
  const int open = stage.panel.state.stage.menu.open_group;
  if (open < 0 || open >= static_cast<int>(menu->items.size())) return menu;
  MenuItem& chosen = menu->items[static_cast<std::size_t>(open)];
  if (chosen.group.empty()) return menu;
  menu->title += "  ·  " + chosen.label;
  menu->in_group = true;
  menu->items = std::vector<MenuItem>(chosen.group);
  return menu;
}

constexpr float menu_title_height = 32;
constexpr float menu_row_height = 30;

/// As many as there is room for; what is more stands in columns beside them.
int rows_of_menu(const Stage& stage, const Menu& menu) {
  const Panel& panel = stage.panel;
  const float room = stage.scene.area.height() - panel.units(menu_title_height + 8) - 12;
  const int count = static_cast<int>(menu.items.size());
  const int most = std::max(1, static_cast<int>(room / panel.units(menu_row_height)));
  const int columns = (count + most - 1) / most;
  return columns <= 1 ? count : (count + columns - 1) / columns;
}

Rect place_menu(const Stage& stage, const Menu& menu) {
  const Panel& panel = stage.panel;
  float width = std::max(panel.units(120), button_width(panel, {.icon = icon::angle_left, .label = menu.title}) + panel.units(16));
  for (const MenuItem& item : menu.items)
    width = std::max(width, button_width(panel, {.icon = item.icon, .label = item.label}) + panel.units(item.group.empty() ? 16 : 32));
  const int rows = std::max(1, rows_of_menu(stage, menu));
  const int columns = (static_cast<int>(menu.items.size()) + rows - 1) / rows;
  width *= static_cast<float>(columns);
  const float height = panel.units(menu_title_height + menu_row_height * static_cast<float>(rows) + 8);
  const Rect area = stage.scene.area.inset(6);
  float left = menu.beside.right + panel.units(8);
  if (left + width > area.right) left = menu.beside.left - panel.units(8) - width;
  const float top =
      std::clamp(menu.beside.center().y - height / 2, area.top, std::max(area.top, area.bottom - height));
  left = std::clamp(left, area.left, std::max(area.left, area.right - width));
  return {left, top, left + width, top + height};
}

/// Or, with -1, back to all groups.
void open_group(const Stage& stage, int number) {
  StageMenu& menu = stage.panel.state.stage.menu;
  menu.open_group = number;
  menu.focus_first = stage.panel.origin() == raft::sim::Origin::Key;
}

void choose(Stage& stage, const MenuItem& item, int number) {
  UiState& state = stage.panel.state;
  if (!item.group.empty()) return open_group(stage, number);
  if (item.what) stage.panel.act(Intervene{*item.what, stage.panel.origin()});
  if (item.writes) {
    state.write.open = true;
    state.write.to = state.stage.menu.node;
  }
  if (!item.typed.empty()) open_palette(state, item.typed);
  state.stage.menu = {};
}

/// A row that the arrows reach, if it does anything.
bool row_for_arrows(Panel& panel, std::string_view id, const Rect& row, const ButtonStyle& style) {
  const std::size_t seen = panel.state.focus.seen.size();
  const bool clicked = menu_row(panel, id, row, style);
  if (panel.state.focus.seen.size() > seen) panel.state.stage.menu.rows.push_back(panel.state.focus.seen.back());
  return clicked;
}

/// The first row below the title gets the keyboard's focus, where a key has opened the menu or a group of it.
void focus_first(Panel& panel, const Menu& menu) {
  StageMenu& state = panel.state.stage.menu;
  const std::size_t first = menu.in_group ? 1 : 0;
  if (!state.focus_first || state.rows.size() <= first) return;
  state.focus_first = false;
  panel.state.focus.widget = state.rows[first];
  panel.notes.result.animating = true;  // its ring is seen in the next frame
}

/// Of a group it is the way back: true if that is taken.
bool draw_menu_title(Panel& panel, const Menu& menu, const Rect& box) {
  const Rect row{box.left + panel.units(5), box.top + panel.units(4), box.right - panel.units(5), box.top + panel.units(32)};
  const ButtonStyle back{.icon = icon::angle_left, .label = menu.title, .tip = panel.text("menu.back")};
  if (menu.in_group) return row_for_arrows(panel, "menu back", row, back);
  panel.canvas.text({box.left + panel.units(14), box.top + panel.units(18)}, menu.title,
                    {.face = Face::SansBold,
                     .size = Size::Small,
                     .color = panel.theme().text_quiet,
                     .anchor = Anchor::Middle,
                     .max_width = box.width() - panel.units(28)});
  return false;
}

/// What is so already: a script may say it again, but by hand it would do nothing.
bool is_so_already(const raft::sim::World& world, const Intervention& what) {
  if (const auto* clock = std::get_if<raft::sim::SetClock>(&what)) return world.machine(clock->node).clock == clock->rate;
  const auto* change = std::get_if<raft::sim::ChangeLink>(&what);
  if (change == nullptr) return false;
  const auto has = [&](NodeId from, NodeId to) {
    const raft::sim::LinkSettings* own = raft::sim::find_link(world.settings, from, to);
    return (own == nullptr ? std::nullopt : raft::sim::own_value(*own, change->setting)) == change->value;
  };
  return has(change->from, change->to) && (change->direction == Direction::OneWay || has(change->to, change->from));
}

/// Why the row would do nothing; "": it does something.
std::string why_greyed(const Panel& panel, const MenuItem& item) {
  if (!item.what) return {};
  if (const auto refused = raft::sim::refusal(panel.world(), *item.what)) {
    return raft::explain::reason_sentence(panel.view.words, panel.world(), *refused);
  }
  return is_so_already(panel.world(), *item.what) ? panel.text("menu.so_already") : std::string();
}

}  // namespace

Rect menu_rect(const Stage& stage) {
  const std::optional<Menu> menu = shown_menu(stage);
  return menu ? place_menu(stage, *menu) : Rect{};
}

void draw_menu(Stage& stage) {
  const std::optional<Menu> menu = shown_menu(stage);
  if (!menu) {
    stage.panel.state.stage.menu = {};
    return;
  }
  Panel& panel = stage.panel;
  const Rect box = place_menu(stage, *menu);
  panel.canvas.shadow(box, panel.units(corner), panel.units(12));
  panel.canvas.rect(box, panel.theme().raised, {panel.theme().hairline, 1}, panel.units(corner));
  panel.state.stage.menu.rows.clear();
  const bool back = draw_menu_title(panel, *menu, box);
  const int rows = std::max(1, rows_of_menu(stage, *menu));
  const int columns = (static_cast<int>(menu->items.size()) + rows - 1) / rows;
  const float width = box.width() / static_cast<float>(std::max(1, columns));
  int number = 0;
  int chosen = -1;
  for (const MenuItem& item : menu->items) {
    const std::string why = why_greyed(panel, item);
    const int column = number / rows;
    const float left = box.left + width * static_cast<float>(column);
    const float y = box.top + panel.units(menu_title_height + menu_row_height * static_cast<float>(number % rows));
    const Rect row{left + panel.units(5), y, left + width - panel.units(5), y + panel.units(menu_row_height)};
    // A tool of the stage may have the same name; two widgets with one name take each other's clicks.
    const ButtonStyle style{.icon = item.icon, .label = item.label, .enabled = why.empty(), .tip = why};
    if (row_for_arrows(panel, std::string("menu ") + item.id, row, style)) chosen = number;
    if (!item.group.empty()) {
      panel.canvas.text({row.right - panel.units(12), row.center().y}, icon::angle_right,
                        {.size = Size::Small, .color = panel.theme().text_quiet, .align = Align::Center, .anchor = Anchor::Middle});
    }
    ++number;
  }
  focus_first(panel, *menu);
  if (chosen >= 0) choose(stage, menu->items[static_cast<std::size_t>(chosen)], chosen);
  if (back) open_group(stage, -1);
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
