// One row of the table of speeds: what is measured, what was promised, and what it came to. How a row is
// measured is in the *_measures.cpp beside this file.
#pragma once

#include <span>
#include <string>
#include <vector>

namespace app::bench {

enum class Better : unsigned char { More, Less };

/// One run of a measure.
struct Sample {
  double figure = 0;            // in the measure's unit
  double steps_per_second = 0;  // events, states or operations; 0: no such thing, as for memory
  std::string failed = {};      // why the figure means nothing; "" if it does
  std::string absent = {};      // what is missing on this machine to measure it; "" if nothing is
};

struct Measure {
  const char* name;  // for --only
  const char* what;
  const char* unit;
  Better better;
  double floor;  // what is promised
  double goal;   // what is aimed at
  int runs;
  Sample (*run)();
};

// The rows, in the order of the table. A new family of rows is one more list, named in measures().
std::span<const Measure> simulator_measures();
std::span<const Measure> recording_measures();
std::span<const Measure> growth_measures();
std::span<const Measure> checker_measures();
std::span<const Measure> search_measures();
std::span<const Measure> render_measures();
std::span<const Measure> frame_measures();
std::span<const Measure> window_measures();
std::vector<Measure> measures();

/// What others do with the workload, on the machine that the budgets were set on: a scale, not a race.
struct Peer {
  const char* name;
  const char* what;
  double idle;  // simulated seconds per second of computing
  double one_write;
  double hundred_writes;
  double steps_per_second;  // messages, or the steps of a simulator
  double megabytes;
};
std::span<const Peer> peers();

/// What another program comes to that does much the same as a row, in the unit of that row.
struct Reference {
  const char* row;  // its name
  const char* name;
  const char* what;
  double figure;
};
std::span<const Reference> references();

/// Seconds of processor time that this program has used. What others do on the machine hardly matters.
double processor_seconds();

/// Bytes that are allocated on the heap now.
double heap_bytes();

/// Cancelled by the person: a long run looks at it now and then, and returns early.
bool cancelled();

}  // namespace app::bench
