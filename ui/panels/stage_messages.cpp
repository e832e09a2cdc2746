// Messages in flight: a shape for each type, filled for a request, hollow for a reply, with its tail behind it and
// its point ahead. The words beside them are in stage_labels.cpp.
#include <algorithm>
#include <array>
#include <cmath>

#include "ui/panels/stage_parts.h"

namespace ui {

namespace {

using raft::MessageType;
using raft::sim::EventKind;

struct Ink {
  Color line;
  Color fill;
  Color detail;  // on the fill
};

void draw_sign(const Stage& stage, Point at, float size, bool plus, Color color) {
  const Stroke stroke{color, std::max(1.8F, size * 0.2F)};
  stage.canvas().line(at + Point{-size * 0.42F, 0}, at + Point{size * 0.42F, 0}, stroke);
  if (plus) stage.canvas().line(at + Point{0, -size * 0.42F}, at + Point{0, size * 0.42F}, stroke);
}

void draw_dotted_frame(const Stage& stage, Rect box, Stroke stroke) {
  const std::array<Point, 5> edge{Point{box.left, box.top}, Point{box.right, box.top}, Point{box.right, box.bottom},
                                  Point{box.left, box.bottom}, Point{box.left, box.top}};
  for (std::size_t i = 0; i + 1 < edge.size(); ++i) stage.canvas().line(edge[i], edge[i + 1], stroke, Dash::Dotted);
}

/// The term that the vote is about: a pre-vote asks about one that nobody is in yet.
raft::Term term_of_ballot(const raft::Message& message) {
  if (const auto* ask = std::get_if<raft::PreVote>(&message.body)) return ask->next_term;
  if (const auto* reply = std::get_if<raft::PreVoteReply>(&message.body)) return reply->next_term;
  return message.term;
}

/// A sheet with a crossed box, under a band of its term's hue.
void draw_ballot(const Stage& stage, const raft::Message& message, Point at, float size, const Ink& ink) {
  const Rect sheet{at.x - size * 0.62F, at.y - size * 0.8F, at.x + size * 0.62F, at.y + size * 0.8F};
  const Rect band{sheet.left, sheet.top, sheet.right, sheet.top + size * 0.36F};
  const auto* pre_reply = std::get_if<raft::PreVoteReply>(&message.body);
  const bool only_asks = pre_reply != nullptr || message.type() == MessageType::PreVote;
  const Stroke edge{ink.line, std::max(1.5F, size * 0.12F)};
  stage.canvas().rect(sheet, ink.fill, size * 0.15F);
  stage.canvas().rect(band, term_color(stage.theme(), term_of_ballot(message)), size * 0.15F);
  if (only_asks) {  // dissertation 9.6: nothing is promised yet
    draw_dotted_frame(stage, sheet.inset(-size * 0.16F), edge);
  } else {
    stage.canvas().frame(sheet, edge, size * 0.15F);
  }
  const Point middle{at.x, at.y + size * 0.2F};
  if (const auto* reply = std::get_if<raft::RequestVoteReply>(&message.body)) {
    draw_sign(stage, middle, size, reply->granted, ink.line);
    return;
  }
  if (pre_reply != nullptr) {
    draw_sign(stage, middle, size, pre_reply->granted, ink.line);
    return;
  }
  const float box = size * 0.3F;
  stage.canvas().frame({middle.x - box, middle.y - box, middle.x + box, middle.y + box},
                       {ink.detail, std::max(1.2F, size * 0.1F)}, 1);
  stage.canvas().cross(middle, box * 0.55F, {ink.detail, std::max(1.2F, size * 0.1F)});
}

void draw_flap(const Stage& stage, Rect box, Stroke stroke) {
  const std::array<Point, 3> flap{Point{box.left, box.top}, Point{box.center().x, box.top + box.height() * 0.55F},
                                  Point{box.right, box.top}};
  stage.canvas().polyline(flap, stroke);
}

/// Each entry looks out of its envelope as a sheet in its term's hue.
void draw_envelope(const Stage& stage, const raft::Message& message, Point at, float size, const Ink& ink) {
  const Rect box{at.x - size, at.y - size * 0.62F, at.x + size, at.y + size * 0.68F};
  const Stroke edge{ink.line, std::max(1.5F, size * 0.12F)};
  if (const auto* append = std::get_if<raft::AppendEntries>(&message.body)) {
    const auto shown = std::min<std::size_t>(append->entries.size(), 5);
    const float width = std::min(size * 0.42F, size * 1.7F / static_cast<float>(shown));
    for (std::size_t i = 0; i < shown; ++i) {
      const float x = at.x + (static_cast<float>(i) - static_cast<float>(shown - 1) / 2) * width;
      const Rect sheet{x - width * 0.36F, box.top - size * 0.5F, x + width * 0.36F, box.top + size * 0.3F};
      stage.canvas().rect(sheet.inset(-1.2F), stage.theme().stage, 1);
      stage.canvas().rect(sheet, term_color(stage.theme(), append->entries[i].term), 1);
    }
  }
  stage.canvas().rect(box, ink.fill, edge, size * 0.18F);
  if (const auto* reply = std::get_if<raft::AppendEntriesReply>(&message.body)) {
    draw_sign(stage, {box.center().x, box.center().y + size * 0.06F}, size * 0.95F, reply->success, ink.line);
    return;
  }
  draw_flap(stage, box, {ink.detail, std::max(1.5F, size * 0.11F)});
}

/// §7: a piece of a snapshot is a brick; its answer is a hollow one.
void draw_brick(const Stage& stage, const raft::Message& message, Point at, float size, const Ink& ink) {
  const Rect box{at.x - size, at.y - size * 0.6F, at.x + size, at.y + size * 0.6F};
  const Stroke edge{ink.line, std::max(1.5F, size * 0.12F)};
  stage.canvas().rect(box, ink.fill, edge, size * 0.1F);
  if (const auto* reply = std::get_if<raft::InstallSnapshotReply>(&message.body)) {
    if (reply->done) draw_sign(stage, box.center(), size * 0.9F, true, ink.line);
    return;
  }
  const auto* snapshot = std::get_if<raft::InstallSnapshot>(&message.body);
  if (snapshot != nullptr && snapshot->chunks > 1) {  // how much of it is there with this piece
    const float share = static_cast<float>(snapshot->chunk + 1) / static_cast<float>(snapshot->chunks);
    const Rect bar{box.left, box.bottom + size * 0.22F, box.right, box.bottom + size * 0.5F};
    stage.canvas().rect(bar, stage.theme().node_fill, {ink.line, 1}, 1);
    stage.canvas().rect({bar.left, bar.top, bar.left + bar.width() * share, bar.bottom}, ink.line, 1);
  }
  const Stroke joint{ink.detail, std::max(1.2F, size * 0.1F)};
  stage.canvas().line({box.left, at.y}, {box.right, at.y}, joint);
  stage.canvas().line({at.x, box.top}, {at.x, at.y}, joint);
  stage.canvas().line({at.x - size * 0.5F, at.y}, {at.x - size * 0.5F, box.bottom}, joint);
  stage.canvas().line({at.x + size * 0.5F, at.y}, {at.x + size * 0.5F, box.bottom}, joint);
}

/// Dissertation 3.10: the word to go ahead is an arrow.
void draw_go_ahead(const Stage& stage, Point at, float size, const Ink& ink) {
  const float shaft = size * 0.85F;
  stage.canvas().line(at + Point{-shaft, 0}, at + Point{size * 0.2F, 0}, {ink.line, std::max(2.5F, size * 0.3F)});
  stage.canvas().arrow_head(at + Point{size, 0}, {1, 0}, size * 0.95F, ink.line);
}

void draw_client_message(const Stage& stage, const raft::Message& message, Point at, float size, const Ink& ink) {
  stage.canvas().diamond(at, size * 0.95F, ink.fill, {ink.line, std::max(1.8F, size * 0.14F)});
  if (const auto* reply = std::get_if<raft::ClientReply>(&message.body)) {
    draw_sign(stage, at, size * 0.9F, reply->status == raft::ReplyStatus::Done, ink.line);
  }
}

/// The way flown so far.
void draw_tail(const Stage& stage, const FlightShape& flight, float alpha) {
  draw_fading_way(stage, flight.lane, flight.progress, std::min(flight.progress, 0.42F),
                  {stage.theme().message, std::max(1.5F, stage.mark(2.2F))}, alpha);
}

bool outside_focus(const Stage& stage, const raft::Message& message) {
  const auto in = [&stage](raft::Endpoint end) { return !end.is_node() || stage.in_focus(end.node()); };
  return !in(message.from) && !in(message.to);
}

/// Where the number stands that says when it arrives.
Point place_of_turn(const Stage& stage, const FlightShape& flight) { return flight.at + Point{stage.mark(17), -stage.mark(15)}; }

/// Without motion: the whole way as an arrow, its message half way, and the number of its turn to arrive.
void draw_still_flight(const Stage& stage, const FlightShape& flight, float alpha) {
  const Color ink = with_alpha(stage.theme().message, alpha * 0.7F);
  constexpr float end = 0.93F;
  stage.canvas().curve(flight.lane.from, flight.lane.bend, flight.lane.at(end), {ink, std::max(1.5F, stage.mark(1.8F))});
  stage.canvas().arrow_head(flight.lane.to, flight.lane.heading(1), stage.mark(10), ink);
  const auto turn = std::count_if(stage.scene.flights.begin(), stage.scene.flights.end(),
                                  [&flight](const FlightShape& other) { return &other <= &flight; });
  stage.canvas().pill(place_of_turn(stage, flight), std::to_string(turn),
                      stage.type(Size::Small, stage.theme().text, Face::Mono), stage.theme().raised,
                      {stage.theme().hairline, 1});
}

/// How far the shape reaches in that direction, about: what stands before it does not touch it.
float edge_towards(const raft::Message& message, float size, Point direction) {
  const MessageType type = message.type();
  const bool wide = type == MessageType::AppendEntries || type == MessageType::AppendEntriesReply ||
                    type == MessageType::InstallSnapshot || type == MessageType::InstallSnapshotReply;
  const auto* append = std::get_if<raft::AppendEntries>(&message.body);
  const bool sheets = append != nullptr && !append->entries.empty() && direction.y < 0;
  const float across = direction.x / (size * (wide ? 1.1F : 0.75F));
  const float along = direction.y / (size * (sheets ? 1.25F : 0.85F));
  return 1 / std::max(std::sqrt(across * across + along * along), 1e-4F);
}

float alpha_of(const Stage& stage, const raft::Message& message) {
  return is_quiet(message) ? stage.quiet_alpha() : outside_focus(stage, message) ? 0.5F : 1.0F;
}

void draw_flight(const Stage& stage, const FlightShape& flight) {
  if (is_hidden(stage, flight.flight->message)) return;
  const raft::Message& message = flight.flight->message;
  const bool quiet = is_quiet(message);
  const float alpha = alpha_of(stage, message);
  const float size = stage.mark(quiet ? 5 : 13);
  if (stage.panel.view.reduced_motion) {
    draw_still_flight(stage, flight, alpha);
  } else {
    const float dart = stage.mark(quiet ? 9 : 14);
    const Point tip = flight.at + flight.heading * (edge_towards(message, size, flight.heading) + dart);
    stage.canvas().dart(tip, flight.heading, dart, with_alpha(stage.theme().message, alpha));
  }
  const bool selected = stage.panel.state.selection.kind == Selection::Kind::Message &&
                        stage.panel.state.selection.message == flight.id;
  const bool touched = stage.hit.kind == Hit::Kind::Message && stage.hit.message == flight.id;
  const bool hovered = stage.panel.state.hovered == Selection{.kind = Selection::Kind::Message, .message = flight.id};
  if (selected || touched || hovered) {
    stage.canvas().ring(flight.at, size + stage.mark(6), {stage.theme().accent, selected ? 2.5F : 1.5F});
    stage.canvas().note(DrawnKind::Mark, "lit", {flight.at.x - size, flight.at.y - size, flight.at.x + size, flight.at.y + size});
  }
  draw_message_shape(stage, message, flight.at, size, !outside_focus(stage, message));
  const float reach = size * 0.8F;
  const Rect box{flight.at.x - reach, flight.at.y - reach, flight.at.x + reach, flight.at.y + reach};
  stage.canvas().note(DrawnKind::Mark, quiet ? "heartbeat" : "message", box);
}

void draw_burst(const Stage& stage, Point at) {
  stage.canvas().cross(at, stage.mark(14), {stage.theme().danger, stage.mark(3)});
  for (int i = 0; i < 8; ++i) {
    const float angle = static_cast<float>(i) * 0.7854F + 0.39F;
    const Point way{std::cos(angle), std::sin(angle)};
    stage.canvas().line(at + way * stage.mark(19), at + way * stage.mark(26), {stage.theme().danger, stage.mark(2)});
  }
}

float alpha_of(const Stage& stage, const EventMessage& about) {
  return about.lost ? 0.6F : is_quiet(about.shape.flight->message) ? stage.quiet_alpha() : 1.0F;
}

void draw_event_message(const Stage& stage) {
  const std::optional<EventMessage> about = event_message(stage);
  if (!about) return;
  const FlightShape& shape = about->shape;
  const raft::Message& message = shape.flight->message;
  const bool quiet = is_quiet(message);
  const float alpha = alpha_of(stage, *about);
  if (!about->lost) {
    stage.canvas().ring(shape.at, stage.mark(quiet ? 9 : 20),
                        {with_alpha(stage.theme().message, 0.35F * alpha), stage.mark(3)});
  }
  draw_message_shape(stage, message, shape.at, stage.mark(quiet ? 5 : 13), !about->lost);
  if (about->lost) draw_burst(stage, shape.at);
  const float reach = stage.mark(quiet ? 4.0F : 10.4F);
  const Rect box{shape.at.x - reach, shape.at.y - reach, shape.at.x + reach, shape.at.y + reach};
  stage.canvas().note(DrawnKind::Mark, quiet ? "heartbeat" : about->lost ? "lost message" : "message", box);
}

}  // namespace

bool is_reply(raft::MessageType type) {
  return type == MessageType::RequestVoteReply || type == MessageType::AppendEntriesReply ||
         type == MessageType::ClientReply || type == MessageType::PreVoteReply ||
         type == MessageType::InstallSnapshotReply;
}

bool is_quiet(const raft::Message& message) { return is_heartbeat(message) || is_heartbeat_reply(message); }

bool is_hidden(const Stage& stage, const raft::Message& message) {
  return is_quiet(message) && stage.panel.state.hide_heartbeats;
}

void draw_fading_way(const Stage& stage, const Lane& lane, float end, float length, Stroke stroke, float alpha) {
  constexpr int pieces = 10;
  for (int i = 0; i < pieces; ++i) {
    const float near = static_cast<float>(i) / pieces;
    const float far = static_cast<float>(i + 1) / pieces;
    stage.canvas().line(lane.at(end - length * near), lane.at(end - length * far),
                        {with_alpha(stroke.color, alpha * (1 - near) * 0.8F), stroke.width});
  }
}

void draw_message_shape(const Stage& stage, const raft::Message& message, Point at, float size, bool strong) {
  const Theme& theme = stage.theme();
  const bool reply = is_reply(message.type());
  const Color line = strong ? theme.message : mixed(theme.message, theme.stage, 0.4F);
  const Ink ink{line, reply ? theme.node_fill : line, theme.node_fill};
  if (is_quiet(message)) {
    const Color color = with_alpha(theme.message, stage.quiet_alpha());
    if (reply) {
      stage.canvas().ring(at, size * 0.8F, {color, std::max(1.5F, size * 0.3F)});
    } else {
      stage.canvas().circle(at, size, color);
    }
    return;
  }
  switch (message.type()) {
    case MessageType::RequestVote:
    case MessageType::PreVote:
    case MessageType::PreVoteReply:
    case MessageType::RequestVoteReply: draw_ballot(stage, message, at, size, ink); break;
    case MessageType::AppendEntries:
    case MessageType::AppendEntriesReply: draw_envelope(stage, message, at, size, ink); break;
    case MessageType::ClientRequest:
    case MessageType::ClientReply: draw_client_message(stage, message, at, size, ink); break;
    case MessageType::TimeoutNow: draw_go_ahead(stage, at, size, ink); break;
    case MessageType::InstallSnapshot:
    case MessageType::InstallSnapshotReply: draw_brick(stage, message, at, size, ink); break;
  }
}

std::optional<EventMessage> event_message(const Stage& stage) {
  const raft::sim::Event& event = stage.panel.view.run.event();
  if (!stage.at_event() || !event.flight) return std::nullopt;
  const raft::sim::Flight& flight = *event.flight;
  const bool lost = event.kind == EventKind::Lose;
  // What it brought about has left already, from the same place: only that is shown. A client says itself that it has
  // its answer.
  const bool arrived = event.kind == EventKind::Receive && event.sent.empty() && event.node != raft::no_node;
  if (!lost && (!arrived || is_hidden(stage, flight.message))) return std::nullopt;
  const auto lane = lane_between(stage.scene, flight.message.from, flight.message.to);
  if (!lane) return std::nullopt;
  const bool there = arrived && stage.clock >= event.at;
  const float flown = there ? 1 : flown_of(stage.scene, *lane, flight, stage.clock);
  EventMessage about{{flight.id, &flight, *lane, flown, lane->at(flown), {}}, lost};
  about.shape.heading = toward_receiver(stage.scene, about.shape);
  if (!lost) stand_clear(stage.scene, about.shape);
  return about;
}

void reserve_messages(Stage& stage) {
  const auto reserve = [&stage](Point at, float r) {
    stage.taken.push_back({at.x - r, at.y - r, at.x + r, at.y + r});
  };
  for (const FlightShape& flight : stage.scene.flights) {
    if (!is_hidden(stage, flight.flight->message)) reserve(flight.at, stage.mark(is_quiet(flight.flight->message) ? 6 : 14));
    if (stage.panel.view.reduced_motion && !is_hidden(stage, flight.flight->message)) reserve(place_of_turn(stage, flight), stage.mark(9));
  }
  const std::optional<EventMessage> about = event_message(stage);
  if (!about) return;
  if (about->lost || !is_quiet(about->shape.flight->message)) reserve(about->shape.at, stage.mark(about->lost ? 22 : 14));
}

/// Below all words: a line through a caption is read as part of it.
void draw_tails(const Stage& stage) {
  if (const std::optional<EventMessage> about = event_message(stage)) draw_tail(stage, about->shape, alpha_of(stage, *about));
  if (stage.panel.view.reduced_motion) return;
  for (const FlightShape& flight : stage.scene.flights) {
    if (!is_hidden(stage, flight.flight->message)) draw_tail(stage, flight, alpha_of(stage, flight.flight->message));
  }
}

void draw_messages(Stage& stage) {
  for (const bool quiet : {true, false}) {
    for (const FlightShape& flight : stage.scene.flights) {
      if (is_quiet(flight.flight->message) == quiet) draw_flight(stage, flight);
    }
  }
  draw_event_message(stage);
}

}  // namespace ui
