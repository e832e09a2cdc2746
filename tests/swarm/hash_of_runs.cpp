// A program of its own: plays the golden runs and prints their hashes, one a line. hash_everywhere.sh builds it
// with every compiler there is, unoptimised and optimised, and compares what it says.
#include <cinttypes>
#include <cstdio>

#include "tests/support/golden_runs.h"

int main() {
  for (const raft::test::GoldenRun& run : raft::test::golden_runs()) {
    std::printf("0x%016" PRIx64 " %s\n", raft::test::hash_of(run), run.name);
  }
  return 0;
}
