// What is done to a message in the space-time diagram, by a tool or from its menu. A message that has ended already
// is met again just before its end, and then acted on; that changes what came after.
#include <algorithm>
#include <array>

#include "ui/icons.h"
#include "ui/panels/diagram.h"
#include "ui/panels/diagram_parts.h"

namespace ui {

namespace {

using raft::sim::Intervention;
using raft::sim::MessageId;

constexpr float edit_row_height = 30;
constexpr float edit_title_height = 34;

struct MenuRow {
  const char* id;
  const char* icon;
  std::string label;
  Intervention what;
};

std::array<MenuRow, 4> rows_of(const Panel& panel, MessageId id) {
  const raft::sim::MessagePick pick = pick_message(id);
  const raft::sim::Time by = panel.world().settings.latency.max;
  return {{{"drop", icon::scissors, panel.text("diagram.snip"), raft::sim::DropMessage{pick}},
           {"deliver", icon::bolt, panel.text("ui.deliver_now"), raft::sim::DeliverMessage{pick}},
           {"delay", icon::clock, panel.text("ui.delay") + " · " + raft::explain::time_text(by),
            raft::sim::DelayMessage{pick, by}},
           {"copy", icon::copy, panel.text("ui.duplicate"), raft::sim::DuplicateMessage{pick, by / 2}}}};
}

std::string refusal_text(const Panel& panel, const raft::sim::World& world, const Intervention& what) {
  const std::optional<raft::Reason> reason = raft::sim::refusal(world, what);
  return reason ? raft::explain::reason_sentence(panel.view.words, world, *reason) : std::string();
}

/// It is one of those that are kept, and both its ends are there.
bool may_have_menu(const Panel& panel, MessageId id) {
  const PastFlight* const flight = panel.state.diagram.past.find(id);
  const auto is_here = [&](raft::Endpoint end) { return !end.is_node() || panel.world().all_nodes().contains(end.node()); };
  return flight != nullptr && is_here(flight->flight.message.from) && is_here(flight->flight.message.to);
}

/// The two ends, to go to.
void draw_ends(Panel& panel, const PastFlight& flight, Rect row) {
  const float half = row.width() / 2;
  const Rect left{row.left, row.top, row.left + half, row.bottom};
  const Rect right{row.left + half, row.top, row.right, row.bottom};
  const bool sent_known = flight.sent_event > 0;
  if (button(panel, "go to sent", left, {.icon = icon::angle_left, .label = panel.text("ui.sent_at"), .enabled = sent_known,
                                         .tip = sent_known ? "" : panel.text("diagram.out_of_sight")})) {
    panel.act(SeekEvent{flight.sent_event});
  }
  const bool ended = flight.end_event > 0;
  if (button(panel, "go to end", right,
             {.icon = icon::angle_right, .label = panel.text(flight.lost ? "diagram.lost" : "ui.arrives_at"), .icon_last = true})) {
    panel.act(ended ? Action(SeekEvent{flight.end_event}) : Action(PlayUntil{flight.flight.ends_at}));
  }
}

}  // namespace

std::string phrase_of(const Panel& panel, const PastFlight& flight) {
  const raft::Message& message = flight.flight.message;
  if (tense_of(panel.state.diagram.past, flight, panel.view.run) != DiagramTense::Future) {
    return raft::explain::message_phrase(panel.view.words, panel.world(), message);
  }
  const std::string type = raft::is_heartbeat(message) ? "Heartbeat" : raft::message_type_name(message.type());
  return panel.text("message.name." + type) + " " + endpoint_name(panel.world(), message.from) + " → " +
         endpoint_name(panel.world(), message.to);
}

raft::sim::MessagePick pick_message(MessageId id) {
  return {.how = raft::sim::MessagePick::How::ById, .id = id, .pattern = {}};
}

MessageEdit plan_edit(const Panel& panel, MessageId id, const Intervention& what) {
  MessageEdit edit{.what = what, .seek_to = -1, .refusal = {}};
  const raft::sim::Timeline& run = panel.view.run;
  if (run.world().network.find(id) != nullptr) {
    edit.refusal = refusal_text(panel, run.world(), what);
    return edit;
  }
  const PastFlight* flight = panel.state.diagram.past.find(id);
  const bool has_ended = flight != nullptr && flight->end_event > 0 && flight->end_event <= run.position();
  if (!has_ended) {
    edit.refusal = panel.text("diagram.cannot_edit_future");
    return edit;
  }
  edit.seek_to = flight->end_event - 1;
  run.replay(edit.seek_to, edit.seek_to, [&](const raft::sim::World& world, const raft::sim::Event&) {
    edit.refusal = refusal_text(panel, world, what);
  });
  return edit;
}

void carry_out(Panel& panel, const MessageEdit& edit) {
  if (!edit.refusal.empty()) return;
  if (edit.seek_to >= 0) panel.act(SeekEvent{edit.seek_to});
  panel.act(Intervene{edit.what, panel.origin()});
}

Rect diagram_menu_rect(const Panel& panel) {
  const DiagramMenu& menu = panel.state.diagram.menu;
  if (!may_have_menu(panel, menu.message)) return {};
  float width = panel.units(230);
  for (const MenuRow& row : rows_of(panel, menu.message)) {
    width = std::max(width, button_width(panel, {.icon = row.icon, .label = row.label}) + panel.units(16));
  }
  const float height = panel.units(edit_title_height + 5 * edit_row_height + 12);
  const Rect& area = panel.area;
  float left = menu.at.x + panel.units(14);
  if (left + width > area.right - panel.units(6)) left = menu.at.x - panel.units(14) - width;
  left = std::clamp(left, area.left, std::max(area.left, area.right - width));
  const float bottom = std::min(menu.at.y + height / 2, area.bottom - panel.units(6));
  const float top = std::max(bottom - height, panel.units(grid));
  return {left, top, left + width, top + height};
}

void draw_diagram_menu(Panel& panel) {
  const MessageId id = panel.state.diagram.menu.message;
  const PastFlight* const flight = panel.state.diagram.past.find(id);
  const Theme& theme = panel.theme();
  const Rect& box = panel.area;
  panel.canvas.rect(box, theme.raised, {theme.hairline, 1}, panel.units(corner));
  line_of_text(panel,
               {box.left + panel.units(14), box.top + panel.units(4), box.right - panel.units(14),
                box.top + panel.units(edit_title_height)},
               phrase_of(panel, *flight), {.face = Face::SansBold, .size = Size::Small, .color = theme.text_quiet});
  float y = box.top + panel.units(edit_title_height);
  bool done = false;
  for (const MenuRow& row : rows_of(panel, id)) {
    const MessageEdit edit = plan_edit(panel, id, row.what);
    const Rect place{box.left + panel.units(5), y, box.right - panel.units(5), y + panel.units(edit_row_height)};
    const std::string tip = edit.refusal.empty() && edit.seek_to >= 0 ? panel.text("diagram.goes_back") : edit.refusal;
    if (menu_row(panel, std::string("diagram ") + row.id, place,
                 {.icon = row.icon, .label = row.label, .enabled = edit.refusal.empty(), .tip = tip})) {
      carry_out(panel, edit);
      done = true;
    }
    y += panel.units(edit_row_height);
  }
  y += panel.units(3);
  panel.canvas.line({box.left + panel.units(10), y}, {box.right - panel.units(10), y}, {theme.hairline, 1});
  draw_ends(panel, *flight,
            {box.left + panel.units(5), y + panel.units(2), box.right - panel.units(5), y + panel.units(edit_row_height)});
  if (done) panel.state.diagram.menu = {};
}

}  // namespace ui
