// The loops themselves. They are what they are: to make them faster would change what every ratio means.
#include "app/bench/calibration.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <queue>
#include <vector>

#include "app/bench/measure.h"

namespace app::bench {

namespace {

struct QueuedEvent {
  std::uint64_t at = 0;
  std::array<std::uint64_t, 7> rest{};
  friend bool operator<(const QueuedEvent& a, const QueuedEvent& b) { return a.at > b.at; }  // soonest first
};
static_assert(sizeof(QueuedEvent) == 64);

/// xorshift64: cheap enough not to be what is measured.
std::uint64_t next_random(std::uint64_t& state) {
  state ^= state << 13U;
  state ^= state >> 7U;
  state ^= state << 17U;
  return state;
}

/// The result of a loop goes here, so that the compiler cannot leave the loop out.
volatile std::uint64_t kept = 0;

double queue_per_second() {
  constexpr std::uint64_t outstanding = 32;
  constexpr std::uint64_t rounds = 10'000'000;
  std::uint64_t random = 88172645463325252U;
  const auto latency = [&random] { return 10'000 + next_random(random) % 5'000; };  // of the workload, in µs
  std::priority_queue<QueuedEvent> queue;
  for (std::uint64_t i = 0; i < outstanding; ++i) queue.push({.at = latency()});
  const double start = processor_seconds();
  for (std::uint64_t i = 0; i < rounds; ++i) {
    QueuedEvent event = queue.top();
    queue.pop();
    event.at += latency();
    queue.push(event);
  }
  const double taken = processor_seconds() - start;
  kept = queue.top().at;
  return static_cast<double>(rounds) / taken;
}

std::uint64_t hash_of(const std::array<std::uint64_t, 8>& words) {
  std::uint64_t hash = 14695981039346656037U;
  for (const std::uint64_t word : words) {
    hash ^= word;
    hash *= 1099511628211U;
  }
  return hash ^ (hash >> 32U);
}

double hash_per_second() {
  constexpr std::size_t slots = std::size_t{1} << 24U;
  constexpr std::uint64_t keys = 8'000'000;
  std::vector<std::uint64_t> table(slots);  // 0: free
  std::array<std::uint64_t, 8> words{};
  const double start = processor_seconds();
  for (std::uint64_t key = 1; key <= keys; ++key) {
    words[key % words.size()] += key;
    const std::uint64_t hash = hash_of(words) | 1U;
    std::size_t slot = hash >> 1U & (slots - 1);
    while (table[slot] != 0 && table[slot] != hash) slot = (slot + 1) & (slots - 1);
    table[slot] = hash;
  }
  const double taken = processor_seconds() - start;
  kept = table[1];
  return static_cast<double>(keys) / taken;
}

}  // namespace

const CalibrationLoop queue_loop{"queue", "pop and push of 64-byte events, 32 outstanding", 52.8e6, queue_per_second};
const CalibrationLoop hash_loop{"hash", "hash of 64 bytes and insert, 8 M keys in 16 M slots", 17.4e6, hash_per_second};

}  // namespace app::bench
