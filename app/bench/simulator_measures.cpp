// Rows about the simulator: how fast simulated time passes, with the five properties checked and without, and
// whether that stays so as the log grows.
#include <array>

#include "app/bench/load.h"
#include "app/bench/measure.h"

namespace app::bench {

namespace {

template <int writes_per_second, Checks checks, int seconds>
Sample simulated_speed() {
  Load load(writes_per_second, checks);
  const double taken = load.play(seconds);
  return {seconds / taken, static_cast<double>(load.events()) / taken, load.trouble()};
}

/// Several clusters one after the other: 200 s of one take a few milliseconds only.
Sample late_speed() {
  double first = 0;
  double last = 0;
  for (const int seed : {1, 2, 3, 4, 5}) {
    Load load(1, Checks::On, static_cast<std::uint64_t>(seed));
    first += load.play(200);
    load.play(1600);
    last += load.play(200);
    if (const std::string trouble = load.trouble(); !trouble.empty()) return {0, 0, trouble};
  }
  return {first / last, 0, ""};
}

constexpr const char* unit = "sim s/s";

constexpr auto simulator_rows = std::to_array<Measure>({
    {"idle", "idle, all that is checked after an event", unit, Better::More, 13'000, 22'000, 5, simulated_speed<0, Checks::On, 5000>},
    {"write", "1 write/s, checked", unit, Better::More, 13'000, 22'000, 5, simulated_speed<1, Checks::On, 5000>},
    {"idle-unchecked", "idle, unchecked", unit, Better::More, 22'000, 36'000, 5, simulated_speed<0, Checks::Off, 5000>},
    {"write-unchecked", "1 write/s, unchecked", unit, Better::More, 22'000, 36'000, 5,
     simulated_speed<1, Checks::Off, 5000>},
    {"writes", "100 writes/s, checked (stretch 6,000)", unit, Better::More, 600, 1'430, 5,
     simulated_speed<100, Checks::On, 500>},
    {"late", "1 write/s: last 200 s of 2,000 s / first 200 s", "", Better::More, 0.8, 0.95, 5, late_speed},
});

}  // namespace

std::span<const Measure> simulator_measures() { return simulator_rows; }

}  // namespace app::bench
