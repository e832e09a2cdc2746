// The run in stretches and in columns.
#include "ui/diagram_index.h"

#include <algorithm>
#include <limits>

namespace ui {

namespace {

using raft::NodeId;
using raft::sim::Act;
using raft::sim::EventKind;
using raft::sim::EventRecord;
using raft::sim::Time;
using raft::sim::Timeline;

/// The same nodes, in the state in which they were left, with nothing that happened to them.
LaneBriefs carried_on(const LaneBriefs& before) {
  LaneBriefs next = before;
  for (LaneBrief& lane : next) {
    lane.notable = 0;
    lane.events = 0;
  }
  return next;
}

void add_up(LaneBriefs& into, const LaneBriefs& later) {
  for (std::size_t i = 0; i < into.size(); ++i) {
    LaneBrief sum = later[i];
    sum.notable = static_cast<std::uint8_t>(sum.notable | into[i].notable);
    const int events = static_cast<int>(into[i].events) + later[i].events;
    sum.events = static_cast<std::uint16_t>(std::min<int>(events, std::numeric_limits<std::uint16_t>::max()));
    into[i] = sum;
  }
}

void halve(DiagramIndex& index) {
  std::vector<LaneBriefs> merged;
  std::vector<Time> begins;
  merged.reserve(index.stretches.size() / 2 + 1);
  begins.reserve(index.stretches.size() / 2 + 1);
  for (std::size_t i = 0; i < index.stretches.size(); ++i) {
    if (i % 2 == 0) {
      merged.push_back(index.stretches[i]);
      begins.push_back(index.begins[i]);
    } else {
      add_up(merged.back(), index.stretches[i]);
    }
  }
  index.stretches = std::move(merged);
  index.begins = std::move(begins);
  index.length *= 2;
}

/// A record names one node; who crashed or was restarted with it is in the act.
void switch_power(LaneBriefs& lanes, const Timeline& run, std::int64_t number) {
  const auto& acts = run.acts();
  const auto at = std::lower_bound(acts.begin(), acts.end(), number,
                                   [](const Act& act, std::int64_t wanted) { return act.number < wanted; });
  if (at == acts.end() || at->number != number) return;
  const auto set = [&lanes](NodeId node, bool up) {
    LaneBrief& lane = lanes[raft::index_of(node)];
    lane.up = up;
    lane.known = true;
    if (!up) lane.role = raft::Role::Follower;
    lane.notable = static_cast<std::uint8_t>(lane.notable | raft::sim::Notable::crash);
  };
  if (const auto* crash = std::get_if<raft::sim::Crash>(&at->what)) {
    for (const NodeId node : crash->nodes) set(node, false);
  } else if (const auto* restart = std::get_if<raft::sim::Restart>(&at->what)) {
    for (const NodeId node : restart->nodes) set(node, true);
  } else if (const auto* wipe = std::get_if<raft::sim::Wipe>(&at->what)) {
    set(wipe->node, false);
  }
}

void take_in(LaneBriefs& lanes, const Timeline& run, std::int64_t number, const EventRecord& record) {
  const bool power = record.kind == EventKind::Crash || record.kind == EventKind::Restart || record.kind == EventKind::Wipe;
  if (power) switch_power(lanes, run, number);
  if (record.node == raft::no_node) return;
  LaneBrief& lane = lanes[raft::index_of(record.node)];
  lane.known = true;
  lane.notable = static_cast<std::uint8_t>(lane.notable | record.notable);
  lane.events = static_cast<std::uint16_t>(std::min<int>(lane.events + 1, std::numeric_limits<std::uint16_t>::max()));
  if (power || record.kind == EventKind::Lose) return;
  lane.term = record.term;
  lane.role = record.role;
}

/// As they were before event `number`. While the index lags far behind, only what was read lately is known.
LaneBriefs state_before(const DiagramIndex& index, const Timeline& run, std::int64_t number, std::int64_t& read) {
  const std::int64_t whole = std::min(number / index.length, static_cast<std::int64_t>(index.stretches.size()));
  LaneBriefs lanes = whole > 0 ? index.stretches[static_cast<std::size_t>(whole - 1)] : LaneBriefs{};
  const std::int64_t from = std::max(whole * index.length, number - most_records_read);
  for (std::int64_t n = from; n < number; ++n, ++read) take_in(lanes, run, n, run.record(n));
  return carried_on(lanes);
}

/// Fills the columns one after the other; each starts with what the one before has left.
class Filler {
 public:
  Filler(DiagramColumns& columns, std::size_t count, const LaneBriefs& start) : columns_(columns), count_(count) {
    columns_.columns.assign(1, start);
  }

  /// The column in which `at` lies, to be added to.
  LaneBriefs& column_at(Time at) {
    const Time inside = std::clamp<Time>(at - columns_.from, 0, columns_.span - 1);
    const auto column = static_cast<std::size_t>(static_cast<double>(inside) / static_cast<double>(columns_.span) *
                                                 static_cast<double>(count_));
    fill_to(std::min(column, count_ - 1));
    return columns_.columns.back();
  }

  void finish() { fill_to(count_ - 1); }

 private:
  void fill_to(std::size_t column) {
    while (columns_.columns.size() <= column) columns_.columns.push_back(carried_on(columns_.columns.back()));
  }

  DiagramColumns& columns_;
  std::size_t count_;
};

}  // namespace

bool refresh(DiagramIndex& index, const Timeline& run, std::int64_t rewrites) {
  const std::int64_t count = run.end() + 1;
  const bool same = index.rewrites == rewrites && index.records <= count && index.records > 0 &&
                    run.record(index.records - 1).at == index.last_at;
  if (!same) index = {};
  index.rewrites = rewrites;
  return run.visit_records(index.records, [&](const EventRecord& record) {
    if (index.records / index.length >= static_cast<std::int64_t>(DiagramIndex::stretches_max)) halve(index);
    if (index.records % index.length == 0) {
      index.stretches.push_back(index.stretches.empty() ? LaneBriefs{} : carried_on(index.stretches.back()));
      index.begins.push_back(record.at);
    }
    take_in(index.stretches.back(), run, index.records, record);
    index.last_at = record.at;
  });
}

void refresh(DiagramColumns& columns, const DiagramIndex& index, const Timeline& run, Time from, Time span,
             std::size_t count) {
  if (columns.from == from && columns.span == span && columns.columns.size() == count &&
      columns.records == index.records && columns.rewrites == index.rewrites) {
    columns.read = 0;
    return;
  }
  columns.from = from;
  columns.span = span;
  columns.records = index.records;
  columns.rewrites = index.rewrites;
  columns.read = 0;
  const std::int64_t first = run.last_event_until(from - 1) + 1;
  const std::int64_t last = run.last_event_until(from + span);
  Filler fill(columns, count, state_before(index, run, first, columns.read));
  if (last - first <= most_records_read && run.keeps_record(first)) {
    for (std::int64_t n = first; n <= last; ++n, ++columns.read) {
      const EventRecord record = run.record(n);
      take_in(fill.column_at(record.at), run, n, record);
    }
  } else {
    const auto end = std::min(static_cast<std::size_t>(last / index.length + 1), index.stretches.size());
    for (auto i = static_cast<std::size_t>(first / index.length); i < end; ++i, ++columns.read) {
      add_up(fill.column_at(index.begins[i]), index.stretches[i]);
    }
  }
  fill.finish();
}

}  // namespace ui
