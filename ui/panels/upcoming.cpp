// What happens next: all that is due, soonest first, with the time to go. A click plays up to it; the buttons at the right
// do it now, or keep it from happening.
#include <fmt/format.h>

#include <algorithm>

#include "ui/icons.h"
#include "ui/layout.h"
#include "ui/panels/diagram_parts.h"

namespace ui {

namespace {

using What = raft::sim::Upcoming::What;
using raft::sim::Intervention;

constexpr float upcoming_side = 20;
constexpr float action_width = 24;

Selection selection_of(const raft::sim::Upcoming& due) {
  if (due.message != raft::sim::no_message) return {.kind = Selection::Kind::Message, .message = due.message};
  if (due.node != raft::no_node) return {.kind = Selection::Kind::Node, .node = due.node};
  return {};
}

struct Choice {
  const char* id;
  const char* icon;
  const char* text;
  Intervention what;
};

std::vector<Choice> choices_of(const raft::sim::Upcoming& due) {
  switch (due.what) {
    case What::MessageEnds: {
      const raft::sim::MessagePick pick = pick_message(due.message);
      return {{"deliver", icon::bolt, "ui.deliver_now", raft::sim::DeliverMessage{pick}},
              {"drop", icon::scissors, "ui.drop", raft::sim::DropMessage{pick}}};
    }
    case What::ElectionTimer: return {{"fire", icon::bolt, "upcoming_panel.fire", raft::sim::FireElectionTimer{due.node}}};
    case What::HeartbeatTimer: return {{"fire", icon::bolt, "upcoming_panel.fire", raft::sim::FireHeartbeatTimer{due.node}}};
    case What::ClientTimeout:
    case What::DiskWrite:
    case What::Nothing:
    case What::Full: return {};
  }
  return {};
}

/// The message's own shape; an hourglass for a timer.
void draw_sign(Panel& panel, const raft::sim::Upcoming& due, Point at) {
  const raft::sim::Flight* flight = panel.world().network.find(due.message);
  if (flight != nullptr) {
    Stage stage{.panel = panel, .scene = {}, .hit = {}};
    draw_message_shape(stage, flight->message, at, panel.units(is_quiet(flight->message) ? 4 : 7), true);
    return;
  }
  const char* sign = due.what == What::HeartbeatTimer ? icon::paper_plane : due.what == What::DiskWrite ? icon::save : icon::hourglass;
  panel.canvas.text(at, sign, {.size = Size::Small, .color = panel.theme().text_quiet, .align = Align::Center, .anchor = Anchor::Middle});
}

/// A message as it is called on the stage, for whole sentences have no room here; what else is due as a sentence.
std::string words_of(Panel& panel, const UpcomingLine& line) {
  const raft::sim::Flight* flight = panel.world().network.find(line.what.message);
  if (flight == nullptr) return line.sentence;
  return label_with_ends(panel, flight->message);
}

/// Returns their left edge.
float draw_choices(Panel& panel, const raft::sim::Upcoming& due, const Rect& row) {
  float right = row.right;
  for (const Choice& choice : choices_of(due)) {
    const std::optional<raft::Reason> refused = raft::sim::refusal(panel.world(), choice.what);
    const std::string tip = refused ? raft::explain::reason_sentence(panel.view.words, panel.world(), *refused) : panel.text(choice.text);
    const Rect place{right - panel.units(action_width), row.top + 1, right, row.bottom - 1};
    if (button(panel, fmt::format("{} {}", choice.id, due.sequence), place, {.icon = choice.icon, .enabled = !refused, .tip = tip})) {
      panel.act(Intervene{choice.what, panel.origin()});
    }
    right = place.left;
  }
  return right;
}

void draw_row(Panel& panel, const UpcomingLine& line, const Rect& row) {
  const Theme& theme = panel.theme();
  const Selection what = selection_of(line.what);
  const bool known = what.kind != Selection::Kind::Nothing;
  const float right = draw_choices(panel, line.what, row);
  const Rect play{row.left, row.top, right, row.bottom};
  const Touch touched = touch(panel, fmt::format("due{}", line.what.sequence), play);
  const float reach = panel.units(8);
  const Rect ground{row.left - reach, row.top, row.right + reach, row.bottom};
  if (touched.hovered || (known && panel.state.hovered == what)) panel.canvas.rect(ground, with_alpha(theme.accent_soft, 0.8F), panel.units(5));
  if (touched.focused) focus_ring(panel, ground, panel.units(5));

  const float y = row.center().y;
  draw_sign(panel, line.what, {row.left + panel.units(8), y});
  const float time_right = row.left + panel.units(78);
  const raft::sim::Time left = std::max<raft::sim::Time>(0, line.what.at - panel.view.run.clock());
  panel.canvas.text({time_right, y}, raft::explain::time_text(left),
                    {.face = Face::Mono, .size = Size::Small, .color = theme.text_quiet, .align = Align::Right, .anchor = Anchor::Middle});
  line_of_text(panel, {time_right + panel.units(8), row.top, right - panel.units(2), row.bottom}, words_of(panel, line),
               {.size = Size::Small, .color = theme.text});
  if ((touched.hovered || touched.focused) && known) panel.notes.hovered = what;
  if (touched.clicked) panel.act(PlayUntil{line.what.at});
}

}  // namespace

void draw_upcoming(Panel& panel) {
  const Theme& theme = panel.theme();
  const Rect& area = panel.area;
  panel.canvas.rect(area, theme.panel, 0);
  panel.canvas.line({area.left + 0.5F, area.top}, {area.left + 0.5F, area.bottom}, {theme.hairline, 1});
  panel.canvas.line({area.left, area.top + 0.5F}, {area.right, area.top + 0.5F}, {theme.hairline, 1});
  const Rect title =
      section_title(panel, {area.left + panel.units(upcoming_side), area.top + panel.units(11)}, panel.text("ui.upcoming"));
  const Rect hint{title.right + panel.units(12), area.top, area.right - panel.units(upcoming_side),
                  area.top + panel.units(upcoming_head)};
  const TextStyle quiet{.size = Size::Small, .color = theme.text_quiet, .align = Align::Right};
  if (!panel.view.asks() && hint.width() > panel.canvas.text_width(panel.text("upcoming_panel.hint"), quiet)) {
    line_of_text(panel, hint, panel.text("upcoming_panel.hint"), quiet);
  }
  // As high as whole rows: at rest none is cut to a sliver.
  const Rect list{area.left, area.top + panel.units(upcoming_head), area.right, area.bottom - panel.units(8)};
  if (panel.view.upcoming.empty() || panel.view.asks()) {
    line_of_text(panel,
                 {list.left + panel.units(upcoming_side), list.top, list.right - panel.units(upcoming_side),
                  list.top + panel.units(upcoming_row)},
                 panel.text(panel.view.asks() ? "upcoming_panel.asks" : "ui.empty_upcoming"),
                 {.size = Size::Small, .color = theme.text_quiet});
    return;
  }
  panel.canvas.clip(list);
  const float content = panel.units(upcoming_row * static_cast<float>(panel.view.upcoming.size()));
  const float offset = scroll_vertically(panel, "scroll", list, content, panel.state.upcoming_scroll);
  float y = list.top - offset;
  for (const UpcomingLine& line : panel.view.upcoming) {
    const Rect row{list.left + panel.units(upcoming_side), y, list.right - panel.units(14), y + panel.units(upcoming_row)};
    if (row.bottom > list.top && row.top < list.bottom) draw_row(panel, line, row);
    y += panel.units(upcoming_row);
  }
  fade_edges(panel, list, offset, content);
  panel.canvas.unclip();
}

}  // namespace ui
