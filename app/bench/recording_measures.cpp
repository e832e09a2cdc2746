// Rows about the record of a run: what it costs to be able to go back to any event, and how long going there takes.
#include <algorithm>
#include <array>

#include "app/bench/load.h"
#include "app/bench/measure.h"
#include "raft/check/checked_run.h"

namespace app::bench {

namespace {

/// Both in one run, in turns, so that a busy machine slows both alike.
template <int writes_per_second, int seconds>
Sample recording_ratio() {
  Load plain(writes_per_second, Checks::Off);
  RecordedLoad recorded(writes_per_second);
  double without = 0;
  double with = 0;
  constexpr int slices = 10;
  for (int slice = 1; slice <= slices; ++slice) {
    without += plain.play(seconds / slices);
    with += recorded.play_until(raft::sim::Time{seconds / slices} * slice * 1'000'000);
  }
  return {without / with, static_cast<double>(recorded.timeline().end()) / with, plain.trouble()};
}

template <int writes_per_second, int events>
Sample bytes_per_message() {
  const double before = heap_bytes();
  RecordedLoad load(writes_per_second);
  load.play_events(events);
  return {(heap_bytes() - before) / static_cast<double>(load.timeline().world().last_message), 0, ""};
}

constexpr std::int64_t long_run = 1'000'000;
enum class Percentile : int { Median = 50, Slow = 99 };

/// Milliseconds to go to an event of a long run, from wherever one is.
template <Percentile percentile>
Sample seek() {
  RecordedLoad load(100);
  load.play_events(long_run);
  std::vector<double> taken;
  std::uint64_t random = 1;
  while (taken.size() < 500 && !cancelled()) {
    random = random * 6364136223846793005U + 1442695040888963407U;
    const double start = processor_seconds();
    load.timeline().seek(static_cast<std::int64_t>((random >> 33U) % static_cast<std::uint64_t>(long_run)));
    taken.push_back((processor_seconds() - start) * 1000);
  }
  if (taken.empty()) return {};
  std::sort(taken.begin(), taken.end());
  return {taken[taken.size() * static_cast<std::size_t>(percentile) / 100], 0, ""};
}

Sample long_run_memory() {
  const double before = heap_bytes();
  RecordedLoad load(100);
  load.play_events(long_run);
  return {(heap_bytes() - before) / 1e6, 0, ""};
}

/// The most that a window holds of an idle run (its record, what is checked, the clients' history) while it plays on as
/// long again, by the most that it held until then. Checkpoints come and go within their budget: hence the most.
Sample growth_of_memory() {
  constexpr std::int64_t part = 4'000'000;
  constexpr std::int64_t between_looks = 10'000;
  const double before = heap_bytes();
  raft::check::CheckedRun run(workload());
  const auto most_until = [&](std::int64_t end) {
    double most = 0;
    while (run.timeline().end() < end && !cancelled() && run.step()) {
      if (run.timeline().end() % between_looks == 0) most = std::max(most, heap_bytes() - before);
    }
    return most;
  };
  const double first = most_until(part);
  return {most_until(2 * part) / first, 0, ""};
}

constexpr auto recording_rows = std::to_array<Measure>({
    {"recording", "1 write/s recorded / not recorded", "", Better::More, 0.5, 0.8, 5, recording_ratio<1, 2000>},
    {"recording-writes", "100 writes/s recorded / not recorded", "", Better::More, 0.5, 0.8, 5, recording_ratio<100, 200>},
    {"memory", "memory of the record, 1 write/s", "B/message", Better::Less, 200, 200, 1, bytes_per_message<1, 200'000>},
    {"memory-writes", "memory of the record, 100 writes/s", "B/message", Better::Less, 200, 200, 1,
     bytes_per_message<100, 200'000>},
    {"seek", "go to any of 1,000,000 events, median", "ms", Better::Less, 5, 5, 1, seek<Percentile::Median>},
    {"seek-slow", "go to any of 1,000,000 events, 99 of 100", "ms", Better::Less, 16, 16, 1, seek<Percentile::Slow>},
    {"long-run", "memory of 1,000,000 events, 100 writes/s", "MB", Better::Less, 128, 128, 1, long_run_memory},
    {"memory-flat", "memory of 8,000,000 idle events / of the first half", "", Better::Less, 1.05, 1.05, 1, growth_of_memory},
});

}  // namespace

std::span<const Measure> recording_measures() { return recording_rows; }

}  // namespace app::bench
