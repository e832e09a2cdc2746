// The words beside messages: what each is and carries. Placed one after the other, the most telling first, where
// they cover nothing; a label that finds no place is left out.
#include <algorithm>
#include <array>
#include <cmath>

#include "ui/panels/stage_parts.h"

namespace ui {

namespace {

/// Why a message does not move.
std::string standing_word(const Stage& stage, const raft::sim::Flight& flight) {
  if (flight.fate == raft::sim::Fate::Held) return " · " + stage.panel.text("stage.held");
  if (flight.fate == raft::sim::Fate::Waiting) return " · " + stage.panel.text("stage.waiting");
  return "";
}

struct Wanted {
  std::string text;
  std::vector<const raft::Message*> messages = {};  // one; or what one node has just sent to several
  Point at;
  Point heading;
  int rank = 0;  // lower goes first
};

bool is_about(const Wanted& wanted, const raft::Message& message) {
  return std::find(wanted.messages.begin(), wanted.messages.end(), &message) != wanted.messages.end();
}

/// With more than that a label stands beside its message or not at all.
constexpr std::size_t many_labels = 8;

std::string commands_of(const Panel& panel, const raft::AppendEntries& append) {
  std::string text;
  const std::size_t shown = std::min<std::size_t>(append.entries.size(), 3);
  for (std::size_t i = 0; i < shown; ++i) {
    if (i > 0) text += ", ";
    std::string command = raft::sim::content_text(panel.world(), append.entries[i].command);
    text += command;
  }
  if (append.entries.size() > shown) text += " +" + std::to_string(append.entries.size() - shown);
  return text;
}

int rank_of(const Stage& stage, const FlightShape& flight) {
  if (stage.hit.kind == Hit::Kind::Message && stage.hit.message == flight.id) return 0;
  const Selection& selection = stage.panel.state.selection;
  if (selection.kind == Selection::Kind::Message && selection.message == flight.id) return 1;
  switch (flight.flight->message.type()) {
    case raft::MessageType::ClientRequest:
    case raft::MessageType::ClientReply: return 3;
    case raft::MessageType::RequestVoteReply:
    case raft::MessageType::PreVoteReply: return 4;
    case raft::MessageType::RequestVote:
    case raft::MessageType::PreVote:
    case raft::MessageType::TimeoutNow:
    case raft::MessageType::InstallSnapshot: return 5;
    case raft::MessageType::InstallSnapshotReply: return 7;
    case raft::MessageType::AppendEntries: return 6;
    case raft::MessageType::AppendEntriesReply: return 7;
  }
  return 8;
}

/// The same, sent by one node at one time; or one message for itself, with no label here.
struct Broadcast {
  raft::Endpoint from;
  raft::sim::Time sent_at = 0;
  std::string label;
  std::vector<const FlightShape*> flights = {};
};

/// At the one of them that is nearest to their middle.
Wanted broadcast_label(const Stage& stage, const Broadcast& broadcast) {
  constexpr int most_names = 5;
  raft::NodeSet to;
  Wanted wanted;
  Point sum;
  for (const FlightShape* flight : broadcast.flights) {
    to.add(flight->flight->message.to.node());
    wanted.messages.push_back(&flight->flight->message);
    sum = sum + flight->at;
  }
  const Point middle = sum * (1 / static_cast<float>(broadcast.flights.size()));
  const FlightShape& central = **std::min_element(
      broadcast.flights.begin(), broadcast.flights.end(),
      [&](const FlightShape* a, const FlightShape* b) { return distance(a->at, middle) < distance(b->at, middle); });
  std::string whom;
  for (const raft::NodeId node : to) whom += (whom.empty() ? "" : ", ") + stage.world().name(node);
  if (to.count() > most_names) whom = stage.panel.text("stage.others", {{"count", std::to_string(to.count())}});
  wanted.text = endpoint_name(stage.world(), broadcast.from) + "→" + whom + "  " + broadcast.label;
  wanted.at = central.at;
  wanted.heading = central.heading;
  wanted.rank = rank_of(stage, central);
  return wanted;
}

bool leaves_node(const Stage& stage, const FlightShape& flight) {
  if (stage.panel.view.reduced_motion) return false;  // it stands half way, whatever its time
  // Where its time has brought it, not where it has been moved to from what it would cover.
  const float flown = flown_of(stage.scene, flight.lane, *flight.flight, stage.clock);
  return flight.flight->message.from.is_node() && distance(flight.lane.at(flown), flight.lane.from) < stage.mark(62) && flown < 0.5F;
}

/// What a node sends to all others has one label as long as it leaves the node: there is no room for one each. The rest
/// stays in `flights`, what is the same together.
void take_broadcasts(const Stage& stage, std::vector<const FlightShape*>& flights, std::vector<Wanted>& wanted) {
  constexpr std::size_t several = 3;
  std::vector<Broadcast> sent;
  for (const FlightShape* flight : flights) {
    const raft::Message& message = flight->flight->message;
    const bool own_label = rank_of(stage, *flight) <= 1 || !standing_word(stage, *flight->flight).empty();
    const bool alone = own_label || !message.to.is_node() || !leaves_node(stage, *flight);
    Broadcast one{message.from, flight->flight->sent_at, alone ? "" : message_label(stage.panel, message)};
    const auto same = [&](const Broadcast& b) { return !alone && b.from == one.from && b.sent_at == one.sent_at && b.label == one.label; };
    auto group = std::find_if(sent.begin(), sent.end(), same);
    if (group == sent.end()) group = sent.insert(group, std::move(one));
    group->flights.push_back(flight);
  }
  flights.clear();
  for (const Broadcast& group : sent) {
    if (group.flights.size() >= several) {
      wanted.push_back(broadcast_label(stage, group));
    } else {
      flights.insert(flights.end(), group.flights.begin(), group.flights.end());
    }
  }
}

std::vector<Wanted> wanted_labels(const Stage& stage) {
  std::vector<Wanted> wanted;
  if (const auto about = event_message(stage); about && (about->lost || !is_quiet(about->shape.flight->message))) {
    const raft::Message& message = about->shape.flight->message;
    const std::string label = label_with_ends(stage.panel, message);
    // While a step is being eased it is still under way.
    const bool over = stage.clock >= stage.panel.view.run.event().at;
    const char* what = about->lost ? "stage.lost" : "stage.arrived";
    wanted.push_back({over ? stage.panel.text(what, {{"message", label}}) : label, {&message},
                      about->shape.at, about->shape.heading, 2});
  }
  std::vector<const FlightShape*> rest;
  for (const FlightShape& flight : stage.scene.flights) {
    if (!is_quiet(flight.flight->message) || rank_of(stage, flight) <= 1) rest.push_back(&flight);
  }
  take_broadcasts(stage, rest, wanted);
  for (const FlightShape* flight : rest) {
    wanted.push_back({label_with_ends(stage.panel, flight->flight->message) + standing_word(stage, *flight->flight),
                      {&flight->flight->message}, flight->at, flight->heading, rank_of(stage, *flight)});
  }
  std::stable_sort(wanted.begin(), wanted.end(), [](const Wanted& a, const Wanted& b) { return a.rank < b.rank; });
  return wanted;
}

/// Boxes around the message, the best first: beside it across its way, then at its corners, then further off.
std::vector<Rect> places(const Stage& stage, const Wanted& wanted, float width, float height) {
  std::vector<Rect> all;
  const Point across{-wanted.heading.y, wanted.heading.x};
  for (const float away : {17.0F, 26.0F, 38.0F, 54.0F, 76.0F}) {
    constexpr float corner = 0.9F;  // clear of the message itself
    const std::array<Point, 10> ways{across,
                                     across * -1.0F,
                                     Point{0, -1},
                                     Point{0, 1},
                                     Point{1, 0},
                                     Point{-1, 0},
                                     Point{corner, -corner},
                                     Point{-corner, -corner},
                                     Point{corner, corner},
                                     Point{-corner, corner}};
    for (const Point way : ways) {
      const Point side{std::clamp(way.x * 1.6F, -1.0F, 1.0F), std::clamp(way.y * 1.6F, -1.0F, 1.0F)};
      const Point middle = wanted.at + way * stage.mark(away) + Point{side.x * width / 2, side.y * height / 2};
      all.push_back(box_around(middle, width, height));
    }
  }
  return all;
}

/// Messages that the label is as near to as to its own.
int nearer_messages(const Stage& stage, const Wanted& wanted, const Rect& box) {
  const float own = distance(nearest_in(box, wanted.at), wanted.at) + stage.mark(8);
  int count = 0;
  for (const FlightShape& other : stage.scene.flights) {
    const bool counts = !is_about(wanted, other.flight->message) && !is_quiet(other.flight->message);
    if (counts && distance(nearest_in(box, other.at), other.at) < own) ++count;
  }
  return count;
}

/// Other messages whose way, a little before and behind them, the label would lie on.
int covered_ways(const Stage& stage, const Wanted& wanted, const Rect& box) {
  return static_cast<int>(std::count_if(stage.scene.flights.begin(), stage.scene.flights.end(), [&](const FlightShape& other) {
    if (is_about(wanted, other.flight->message) || is_quiet(other.flight->message)) return false;
    return goes_through(box, other.at - other.heading * stage.mark(26), other.at + other.heading * stage.mark(22));
  }));
}

/// What a line to the message would run through.
int crossed(const Stage& stage, Point edge, Point message) {
  return static_cast<int>(std::count_if(stage.taken.begin(), stage.taken.end(), [&](const Rect& other) {
    return !other.contains(message) && goes_through(other, edge, message);
  }));
}

/// What a line from a label to its message costs by what it runs through.
float crossing_cost(const Stage& stage, Point edge, Point message) {
  return stage.mark(60) * static_cast<float>(crossed(stage, edge, message));
}

/// The same, more for plates and nodes.
float line_cost(const Stage& stage, Point edge, Point message) {
  const auto runs_through = [&](const NodeShape& node) {
    return (goes_through(node.plate, edge, message) && !node.plate.contains(message)) || goes_through(node.ring_box(), edge, message);
  };
  const auto nodes = std::count_if(stage.scene.nodes.begin(), stage.scene.nodes.end(), runs_through);
  return crossing_cost(stage, edge, message) + stage.mark(120) * static_cast<float>(nodes);
}

/// How badly a reader could take the label for something else's: the way to its message, whether it hides where that or
/// another is heading, others that are nearer, each link of others that runs under it, and what a line to it would run
/// through. In points; the least is the best.
float confusion(const Stage& stage, const Wanted& wanted, const Rect& box) {
  const Point edge = nearest_in(box, wanted.at);
  const float way = distance(edge, wanted.at);
  float sum = way + 0.1F * distance(box.center(), wanted.at);
  const Point tail = wanted.at - wanted.heading * stage.mark(26);
  const Point tip = wanted.at + wanted.heading * stage.mark(22);
  if (box.contains(tip) || goes_through(box, tail, tip)) sum += stage.mark(44);
  sum += stage.mark(40) * static_cast<float>(nearer_messages(stage, wanted, box));
  sum += stage.mark(24) * static_cast<float>(covered_ways(stage, wanted, box));
  for (const LinkShape& link : stage.scene.links) {
    const bool own = std::any_of(wanted.messages.begin(), wanted.messages.end(), [&link](const raft::Message* message) {
      return (message->from == link.a && message->to == link.b) || (message->from == link.b && message->to == link.a);
    });
    if (!own && !link.across && goes_through(box, link.from, link.to)) sum += stage.mark(16);
  }
  return sum + line_cost(stage, edge, wanted.at);
}

/// The clearest of the free places beside it; or else, unless labels crowd, the nearest free one with a line to it.
std::optional<Rect> place_of(const Stage& stage, const Wanted& wanted, bool crowded, float width, float height) {
  std::optional<Rect> clearest;
  float least = 0;
  for (const Rect box : places(stage, wanted, width, height)) {
    if (!is_free(stage, box)) continue;
    const float here = confusion(stage, wanted, box);
    if (clearest && here >= least) continue;
    clearest = box;
    least = here;
  }
  if (clearest) return clearest;
  if (crowded && wanted.rank > 2) return std::nullopt;
  const auto cost = [&](const Rect& box) { return line_cost(stage, nearest_in(box, wanted.at), wanted.at); };
  const auto is_far = [&](std::optional<Point> at) { return !at || distance(*at, wanted.at) > std::max(width, stage.mark(200)); };
  std::optional<Point> at = nearest_free(stage, wanted.at, width, height, cost);
  // Rather a line through a plate than a message without its word.
  if (is_far(at)) at = nearest_free(stage, wanted.at, width, height, [&](const Rect& box) { return crossing_cost(stage, nearest_in(box, wanted.at), wanted.at); });
  if (is_far(at)) return std::nullopt;
  return box_around(*at, width, height);
}

struct Placed {
  const Wanted* wanted = nullptr;
  TextStyle style;
  Rect box;
  std::optional<std::pair<Point, Point>> line = {};  // to its message, if that is further off
};

std::optional<std::pair<Point, Point>> line_to_message(const Stage& stage, const Wanted& wanted, const Rect& box) {
  const Point nearest = nearest_in(box, wanted.at);
  const float way = distance(nearest, wanted.at);
  const bool far = way > stage.mark(24) || (way > stage.mark(16) && nearer_messages(stage, wanted, box) > 0);
  if (!far) return std::nullopt;
  return std::pair{nearest, between(nearest, wanted.at, 1 - stage.mark(15) / way)};
}

/// Takes a place for the label; nullopt if there is none.
std::optional<Placed> place_label(Stage& stage, const Wanted& wanted, bool crowded) {
  Placed placed{&wanted, stage.type(Size::Small, stage.theme().text), {}};
  TextStyle& style = placed.style;
  style.zoom = std::min(style.zoom, 1.6F);
  style.align = Align::Center;
  style.anchor = Anchor::Middle;
  style.max_width = std::max(stage.mark(280), stage.panel.units(244));
  const float width = stage.canvas().measure({0, 0}, wanted.text, style).width() + stage.mark(10);
  const float height = stage.canvas().line_height(style) * 0.98F;
  const std::optional<Rect> place = place_of(stage, wanted, crowded, width, height);
  if (!place) return std::nullopt;
  placed.box = *place;
  placed.line = line_to_message(stage, wanted, placed.box);
  if (placed.line) {
    for (const float t : {0.25F, 0.5F, 0.75F}) {  // labels to come keep off the line, too
      const Point on = between(placed.line->first, placed.line->second, t);
      stage.taken.push_back({on.x - 2, on.y - 2, on.x + 2, on.y + 2});
    }
  }
  stage.taken.push_back(placed.box);
  return placed;
}

/// Two labels of about the same width whose lines cross change places, unless a line would then run through more: each would
/// be taken for the other's.
void untangle(const Stage& stage, std::vector<Placed>& labels) {
  const auto at_middle = [](const Rect& box, const Rect& of) {
    const Point half{box.width() / 2, box.height() / 2};
    return Rect{of.center().x - half.x, of.center().y - half.y, of.center().x + half.x, of.center().y + half.y};
  };
  for (std::size_t i = 0; i < labels.size(); ++i) {
    for (std::size_t j = i + 1; j < labels.size(); ++j) {
      Placed& a = labels[i];
      Placed& b = labels[j];
      if (!a.line || !b.line || std::abs(a.box.width() - b.box.width()) > stage.mark(8)) continue;
      if (!segments_cross(a.line->first, a.wanted->at, b.line->first, b.wanted->at)) continue;
      const Rect of_a = at_middle(a.box, b.box);
      const Rect of_b = at_middle(b.box, a.box);
      const auto cost = [&stage](const Placed& label, const Rect& box) {
        return line_cost(stage, nearest_in(box, label.wanted->at), label.wanted->at);
      };
      if (cost(a, of_a) + cost(b, of_b) > cost(a, a.box) + cost(b, b.box)) continue;
      a.box = of_a;
      b.box = of_b;
      a.line = line_to_message(stage, *a.wanted, a.box);
      b.line = line_to_message(stage, *b.wanted, b.box);
    }
  }
}

/// First the lines, then the words, so that no line runs through a word.
void draw_labels(const Stage& stage, std::span<const Placed> labels) {
  for (const Placed& label : labels) {
    if (label.line) stage.canvas().line(label.line->first, label.line->second, {stage.theme().text_quiet, 1}, Dash::Dotted);
  }
  for (const Placed& label : labels) {
    stage.canvas().rect(label.box, with_alpha(stage.theme().stage, 0.92F), label.box.height() * 0.3F);
    stage.canvas().note(DrawnKind::Label, label.wanted->text, label.box);
    stage.canvas().text(label.box.center(), label.wanted->text, label.style);
  }
}

}  // namespace

bool goes_through(const Rect& box, Point from, Point to) {
  const Point upper_right{box.right, box.top};
  const Point lower_left{box.left, box.bottom};
  return box.contains(from) || segments_cross(from, to, {box.left, box.top}, {box.right, box.bottom}) ||
         segments_cross(from, to, upper_right, lower_left);
}

std::string message_label(const Panel& panel, const raft::Message& message) {
  const std::string term = std::to_string(message.term);
  if (std::holds_alternative<raft::RequestVote>(message.body))
    return panel.text("stage.asks_vote", {{"term", term}});
  if (const auto* reply = std::get_if<raft::RequestVoteReply>(&message.body)) {
    return panel.text(reply->granted ? "stage.vote_yes" : "stage.vote_no", {{"term", term}});
  }
  if (const auto* append = std::get_if<raft::AppendEntries>(&message.body)) {
    if (append->entries.empty()) return panel.text("stage.heartbeat", {{"term", term}});
    return panel.text("stage.append", {{"commands", commands_of(panel, *append)}});
  }
  if (const auto* reply = std::get_if<raft::AppendEntriesReply>(&message.body)) {
    if (!reply->success) return panel.text("stage.append_no", {{"term", term}});
    if (is_heartbeat_reply(message)) return panel.text("stage.heartbeat_yes");
    return panel.text("stage.append_yes", {{"match", std::to_string(reply->match_index)}});
  }
  if (const auto* request = std::get_if<raft::ClientRequest>(&message.body)) {
    return panel.text("stage.client_asks", {{"command", command_text(request->command, panel.world().symbols)}});
  }
  if (const auto* ask = std::get_if<raft::PreVote>(&message.body)) {
    return panel.text("stage.asks_pre_vote", {{"term", std::to_string(ask->next_term)}});
  }
  if (const auto* pre_reply = std::get_if<raft::PreVoteReply>(&message.body)) {
    return panel.text(pre_reply->granted ? "stage.pre_vote_yes" : "stage.pre_vote_no",
                      {{"term", std::to_string(pre_reply->next_term)}});
  }
  if (message.type() == raft::MessageType::TimeoutNow) return panel.text("stage.timeout_now");
  if (const auto* snapshot = std::get_if<raft::InstallSnapshot>(&message.body)) {
    return panel.text("stage.snapshot", {{"index", std::to_string(snapshot->last.index)},
                                         {"part", std::to_string(snapshot->chunk + 1)},
                                         {"parts", std::to_string(snapshot->chunks)}});
  }
  if (const auto* installed = std::get_if<raft::InstallSnapshotReply>(&message.body)) {
    if (installed->done) return panel.text("stage.snapshot_done", {{"index", std::to_string(installed->last.index)}});
    return panel.text("stage.snapshot_next", {{"part", std::to_string(installed->next_chunk + 1)}});
  }
  const auto& reply = std::get<raft::ClientReply>(message.body);
  if (reply.status == raft::ReplyStatus::SessionExpired) return panel.text("stage.client_expired");
  if (reply.status == raft::ReplyStatus::Done) return panel.text("stage.client_done");
  if (reply.leader == raft::no_node) return panel.text("stage.client_no_leader");
  return panel.text("stage.client_not_leader", {{"leader", panel.world().name(reply.leader)}});
}

std::string label_with_ends(const Panel& panel, const raft::Message& message) {
  return endpoint_name(panel.world(), message.from) + "→" + endpoint_name(panel.world(), message.to) + "  " +
         message_label(panel, message);
}

void draw_message_labels(Stage& stage) {
  const std::vector<Wanted> all = wanted_labels(stage);
  std::vector<Placed> labels;
  for (const Wanted& wanted : all) {
    if (const std::optional<Placed> label = place_label(stage, wanted, all.size() > many_labels)) labels.push_back(*label);
  }
  untangle(stage, labels);
  draw_labels(stage, labels);
}

}  // namespace ui
