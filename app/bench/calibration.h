// Two loops that have nothing to do with Raft. A figure divided by their speed can be carried to another machine.
#pragma once

namespace app::bench {

struct CalibrationLoop {
  const char* name;
  const char* what;
  double reference;  // per second, on the machine that the budgets were set on
  double (*per_second)();
};

/// An event queue: pop and push of a std::priority_queue of 64-byte events, 32 outstanding.
extern const CalibrationLoop queue_loop;

/// A set of states: an FNV-style hash of 64 bytes, inserted into an open-addressing table of 16 M slots, 8 M keys.
extern const CalibrationLoop hash_loop;

}  // namespace app::bench
