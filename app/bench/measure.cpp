// The table of rows, and the two meters: processor time and the heap.
#include "app/bench/measure.h"

#include <malloc.h>

#include <ctime>

#include "app/interrupt.h"

namespace app::bench {

std::vector<Measure> measures() {
  std::vector<Measure> all;
  for (const std::span<const Measure> family : {simulator_measures(), recording_measures(), growth_measures(),
                                              checker_measures(), search_measures(), frame_measures(), render_measures(),
                                              window_measures()}) {
    all.insert(all.end(), family.begin(), family.end());
  }
  return all;
}

double processor_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

double heap_bytes() {
  const auto heap = mallinfo2();  // of glibc
  return static_cast<double>(heap.uordblks + heap.hblkhd);
}

bool cancelled() { return interrupted(); }

}  // namespace app::bench
