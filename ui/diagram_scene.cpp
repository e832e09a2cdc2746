// The geometry of the space-time diagram.
#include "ui/diagram_scene.h"

#include <algorithm>
#include <cmath>

#include "ui/panels/stage_parts.h"

namespace ui {

namespace {

using raft::sim::Time;
using raft::sim::Timeline;

constexpr float header_height = 40;
constexpr float axis_height = 22;
constexpr float heads_width = 132;
constexpr float node_row_max = 56;
constexpr float client_row_max = 24;
constexpr float foot_height = 6;
constexpr float client_share = 0.6F;  // of a node's row
constexpr std::size_t clients_least = 3;
constexpr std::size_t clients_most = 8;

/// Events per unit of width up to which messages are drawn one by one.
constexpr double near_density = 0.45;
constexpr double middle_density = 1.6;

constexpr double margin_share = 0.05;
constexpr double cursor_rest = 0.66;  // where the cursor is kept while it moves on
constexpr Time first_span = 160'000;

Time most_span(const Timeline& run) { return std::max<Time>(run.known_until() * 5 / 4, 2 * first_span); }

void keep_in_bounds(DiagramState& state, const Timeline& run) {
  state.span = std::clamp(state.span, least_span, most_span(run));
  const auto margin = static_cast<Time>(static_cast<double>(state.span) * margin_share);
  // A good part of the view stays for what comes next, never all of it.
  const Time latest = run.known_until() - state.span / 5;
  state.from = std::clamp(state.from, -margin, std::max(-margin, latest));
}

/// As many as leave the nodes roomy lanes, with those that the part that is seen knows of, so that lanes stay where they are when
/// the cursor goes back.
std::size_t clients_of(const DiagramScene& scene, const Timeline& run, const DiagramPast& past) {
  const auto nodes = static_cast<float>(run.world().node_count());
  const float left = scene.plot.height() / scene.unit - foot_height - nodes * roomy_lane;
  const auto room = static_cast<std::size_t>(std::max(left, 0.0F) / (client_share * roomy_lane));
  const std::size_t most = std::clamp(room, clients_least, clients_most);
  return std::min(std::max(run.world().clients.size(), past.clients.size()), most);
}

void place_lanes(DiagramScene& scene, const Timeline& run, std::size_t client_count) {
  const auto nodes = static_cast<float>(std::max<std::size_t>(run.world().node_count(), 1));
  const auto clients = static_cast<float>(client_count);
  const float height = scene.plot.height() - foot_height * scene.unit;
  const float row = std::min(height / (nodes + client_share * clients), node_row_max * scene.unit);
  const float client_row = std::min(client_share * row, client_row_max * scene.unit);
  float y = scene.plot.top;
  const auto add = [&](raft::Endpoint end, float row_height) {
    scene.lanes.push_back({end, {scene.area.left, y, scene.area.right, y + row_height}, y + row_height / 2});
    y += row_height;
  };
  for (std::size_t i = 0; i < client_count; ++i) add(static_cast<raft::ClientId>(i + 1), client_row);
  for (std::size_t i = 0; i < run.world().node_count(); ++i) add(raft::node_at(i), row);
}

DiagramLevel level_of(const DiagramScene& scene, const Timeline& run) {
  const auto events = static_cast<double>(run.last_event_until(scene.scale.end()) - run.last_event_until(scene.scale.from));
  const double width = scene.plot.width() / scene.unit;
  if (events <= width * near_density) return DiagramLevel::Near;
  return events <= width * middle_density ? DiagramLevel::Middle : DiagramLevel::Far;
}

/// A message on a link that is held stays near its sender, one for a paused node near its receiver.
void stand_still(const DiagramScene& scene, DiagramLine& line, Point there) {
  const raft::sim::Flight& flight = line.flight->flight;
  const float x = scene.scale.x_of(std::max(scene.clock, flight.sent_at));
  line.to = {std::max(x, line.from.x), line.from.y + (there.y - line.from.y) * progress_of(flight, scene.clock)};
}

std::optional<DiagramLine> line_of(const DiagramScene& scene, const DiagramPast& kept, const PastFlight& past, const Timeline& run) {
  const raft::sim::Flight& flight = past.flight;
  const DiagramLane* from = scene.lane_of(flight.message.from);
  const DiagramLane* to = scene.lane_of(flight.message.to);
  if (from == nullptr || to == nullptr) return std::nullopt;
  DiagramLine line{.flight = &past, .tense = tense_of(kept, past, run), .quiet = is_quiet(flight.message)};
  line.from = {scene.scale.x_of(flight.sent_at), from->y};
  // What will become of it shows when it happens, unless that has been seen already.
  const bool known = past.end_event >= 0;
  const Time arrives = std::max(flight.arrives_at, flight.sent_at);
  line.ends_at = known ? past.ended_at : raft::sim::is_doomed(flight.fate) ? arrives : flight.ends_at;
  line.dies = known && past.lost;
  float share = 1;
  if (line.dies && arrives > flight.sent_at) {
    const auto done = static_cast<double>(past.ended_at - flight.sent_at) / static_cast<double>(arrives - flight.sent_at);
    share = static_cast<float>(std::clamp(done, 0.12, 0.94));
  }
  const bool stands = flight.fate == raft::sim::Fate::Held || flight.fate == raft::sim::Fate::Waiting;
  if (!known && stands) {
    line.ends_at = scene.clock;
    stand_still(scene, line, {0, to->y});
  } else {
    line.to = {scene.scale.x_of(line.ends_at), from->y + (to->y - from->y) * share};
  }
  return line;
}

void place_lines(DiagramScene& scene, const DiagramInput& input) {
  if (scene.level == DiagramLevel::Far) return;
  const bool no_quiet = input.hide_heartbeats || scene.level == DiagramLevel::Middle;
  for (const PastFlight& flight : input.state.past.flights) {
    if (no_quiet && is_quiet(flight.flight.message)) continue;
    const std::optional<DiagramLine> line = line_of(scene, input.state.past, flight, input.run);
    if (!line || line->to.x < scene.plot.left || line->from.x > scene.plot.right) continue;
    scene.lines.push_back(*line);
  }
}

void refresh_caches(DiagramScene& scene, const DiagramInput& input) {
  DiagramState& state = input.state;
  state.work = {};
  state.work.unfinished = !refresh(state.index, input.run, input.rewrites);
  if (scene.level == DiagramLevel::Far) {
    const auto count = static_cast<std::size_t>(std::max(1.0F, scene.plot.width() / (3 * scene.unit)));
    refresh(state.columns, state.index, input.run, scene.scale.from, scene.scale.span, count);
    state.work.read = state.columns.read;
    state.work.columns = static_cast<std::int64_t>(state.columns.columns.size());
  } else {
    refresh(state.past, input.run, input.rewrites, scene.scale.from, scene.scale.end());
    state.work.replayed = state.past.replayed;
  }
}

}  // namespace

DiagramTense tense_of(const DiagramPast& past, const PastFlight& flight, const Timeline& run) {
  // Of what was sent before the events that are kept it is not known by which: before them the world knows.
  const std::int64_t sent_by = flight.sent_event >= 0 ? flight.sent_event : past.first;
  const bool sent = sent_by <= run.position() || (flight.sent_event < 0 && run.world().network.find(flight.flight.id) != nullptr);
  if (!sent) return DiagramTense::Future;
  const bool ended = flight.end_event >= 0 && flight.end_event <= run.position();
  return ended ? DiagramTense::Past : DiagramTense::OnItsWay;
}

float DiagramScale::x_of(Time time) const {
  const double share = static_cast<double>(time - from) / static_cast<double>(span);
  // Far outside is as good as outside; Dear ImGui's clipping does not like larger numbers.
  return static_cast<float>(std::clamp(left + share * (right - left), left - 20'000.0, right + 20'000.0));
}

Time DiagramScale::time_at(float x) const {
  return from + static_cast<Time>(std::llround(static_cast<double>(x - left) / (right - left) * static_cast<double>(span)));
}

Point DiagramLine::at(float x) const {
  if (to.x - from.x < 0.5F) return to;
  return between(from, to, std::clamp((x - from.x) / (to.x - from.x), 0.0F, 1.0F));
}

const DiagramLane* DiagramScene::lane_of(raft::Endpoint end) const {
  for (const DiagramLane& lane : lanes) {
    if (lane.end == end) return &lane;
  }
  return nullptr;
}

DiagramScene make_diagram(const DiagramInput& input) {
  DiagramState& state = input.state;
  if (state.span == 0) {
    state.span = first_span;
    state.from = input.run.clock() - static_cast<Time>(static_cast<double>(first_span) * cursor_rest);
  }
  follow(state, input.run);
  keep_in_bounds(state, input.run);
  DiagramScene scene;
  scene.unit = input.unit;
  scene.area = input.area;
  const Rect& area = input.area;
  const float header_bottom = area.top + header_height * input.unit;
  const float axis_bottom = header_bottom + axis_height * input.unit;
  const float heads_right = area.left + heads_width * input.unit;
  scene.header = {area.left, area.top, area.right, header_bottom};
  scene.axis = {heads_right, header_bottom, area.right, axis_bottom};
  scene.heads = {area.left, axis_bottom, heads_right, area.bottom};
  scene.plot = {heads_right, axis_bottom, area.right, area.bottom};
  scene.scale = {scene.plot.left, scene.plot.right, state.from, state.span};
  scene.clock = input.run.clock();
  scene.level = level_of(scene, input.run);
  refresh_caches(scene, input);
  place_lanes(scene, input.run, clients_of(scene, input.run, state.past));
  place_lines(scene, input);
  state.work.lines = static_cast<std::int64_t>(scene.lines.size());
  return scene;
}

DiagramHit hit_diagram(const DiagramScene& scene, const DiagramState& state, Point at) {
  if (!scene.plot.contains(at)) return {};
  const float head_reach = 9 * scene.unit;
  const float line_reach = 5 * scene.unit;
  DiagramHit best;
  float nearest = line_reach;
  for (const DiagramLine& line : scene.lines) {
    if (line.to.x < at.x - head_reach || line.from.x > at.x + head_reach) continue;
    const raft::sim::MessageId id = line.flight->flight.id;
    if (!line.dies && distance(line.to, at) < head_reach) return {.kind = DiagramHit::Kind::Head, .message = id};
    const float away = distance_to_segment(at, line.from, line.to);
    if (away >= nearest) continue;
    nearest = away;
    best = {.kind = DiagramHit::Kind::Message, .message = id};
  }
  const float mark_reach = 8 * scene.unit;
  if (scene.level != DiagramLevel::Far) {
    for (const PastEvent& event : state.past.events) {
      const DiagramLane* lane = scene.lane_of(event.lane);
      if (lane == nullptr) continue;
      const float away = distance({scene.scale.x_of(event.at), lane->y}, at);
      if (away >= std::min(mark_reach, nearest)) continue;
      nearest = away;
      best = {.kind = DiagramHit::Kind::Event, .event = event.number, .lane = event.lane};
    }
  }
  if (best.kind != DiagramHit::Kind::Nothing) return best;
  for (const DiagramLane& lane : scene.lanes) {
    if (lane.row.contains(at)) return {.kind = DiagramHit::Kind::Lane, .lane = lane.end};
  }
  return {};
}

void zoom(DiagramState& state, const Timeline& run, Time around, double factor) {
  const Time before = state.span;
  const double wanted = static_cast<double>(before) * factor;
  state.span = std::clamp(static_cast<Time>(std::min(wanted, 1e17)), least_span, most_span(run));
  // What lies under the mouse stays there.
  const double share = static_cast<double>(around - state.from) / static_cast<double>(before);
  state.from = around - static_cast<Time>(share * static_cast<double>(state.span));
  keep_in_bounds(state, run);
}

void pan(DiagramState& state, const Timeline& run, Time by) {
  state.from += by;
  keep_in_bounds(state, run);
}

void show(DiagramState& state, Time from, Time to) {
  const Time length = std::max<Time>(to - from, least_span);
  const auto margin = static_cast<Time>(static_cast<double>(length) * margin_share) + 1;
  state.from = from - margin;
  state.span = length + 2 * margin;
}

void show_all(DiagramState& state, const Timeline& run) {
  show(state, 0, run.known_until());
  keep_in_bounds(state, run);
}

void show_step(DiagramState& state, const View& view) {
  const Time clock = view.run.clock();
  Time from = std::max<Time>(0, clock - first_span / 2);
  Time to = clock + first_span / 4;
  if (view.walkthrough && !view.steps.empty()) {
    from = 0;
    to = view.run.known_until();
    for (const StepMark& mark : view.steps) {
      if (mark.step < view.walkthrough->step) from = mark.at;
      if (mark.step == view.walkthrough->step) to = mark.at;
    }
  }
  show(state, from, std::max(to, from + least_span));
  keep_in_bounds(state, view.run);
}

void follow(DiagramState& state, const Timeline& run) {
  const bool moved = state.clock != run.clock();
  state.clock = run.clock();
  if (!moved || state.span == 0) return;
  const double share = static_cast<double>(run.clock() - state.from) / static_cast<double>(state.span);
  if (share >= margin_share && share <= cursor_rest + 0.001) return;
  const double rest = share < margin_share ? 1 - cursor_rest : cursor_rest;
  state.from = run.clock() - static_cast<Time>(rest * static_cast<double>(state.span));
}

std::vector<raft::sim::MessageId> overtakers(const DiagramPast& past, raft::sim::MessageId id, Time until) {
  std::vector<raft::sim::MessageId> found;
  const PastFlight* delayed = past.find(id);
  if (delayed == nullptr) return found;
  const auto end_of_flight = [](const PastFlight& flight) {
    return flight.end_event >= 0 ? flight.ended_at : flight.flight.ends_at;
  };
  const Time own_end = end_of_flight(*delayed);
  for (const PastFlight& other : past.flights) {
    if (other.flight.id == id || !(other.flight.message.to == delayed->flight.message.to) || other.lost) continue;
    if (raft::sim::is_doomed(other.flight.fate)) continue;
    const Time end = end_of_flight(other);
    if (end >= own_end && end < until) found.push_back(other.flight.id);
  }
  return found;
}

}  // namespace ui
