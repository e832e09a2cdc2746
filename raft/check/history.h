// What the clients saw: every operation, from its call to its answer, as an outside checker would be told.
// Whether any order of the operations explains the answers is decided in linearizable.h.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>

#include "raft/core/chunked_vector.h"
#include "raft/core/command.h"
#include "raft/sim/event.h"
#include "raft/sim/world.h"

namespace raft::check {

enum class OperationStatus : std::uint8_t {
  Waiting,   // not answered yet: it may or may not have happened
  Ok,        // answered
  Mismatch,  // a cas that was answered: the key held something else, nothing changed
  Refused,   // certainly not applied, and it never will be
  Unknown,   // given up: it may have happened, may happen later, or never
};

/// The word for it in the history's file: ok, fail or unknown.
const char* operation_status_name(OperationStatus status);

/// The place of an operation in History::operations(), in the order of the calls.
using OperationId = std::int32_t;
inline constexpr OperationId no_operation = -1;

/// One operation of a client, with all of its retries; or an entry of a given log, that of no client.
struct Operation {
  Command command;
  Value result;  // for Ok and Mismatch
  OperationStatus status = OperationStatus::Waiting;
  bool accepted = false;       // a leader has taken a request of it: only an answer can say what became of it
  sim::Time called_at = 0;
  sim::Time ended_at = 0;      // when its client was told, or stopped waiting
  std::int64_t ended_by = 0;     // the event of that
  std::int32_t end_moment = -1;  // its last end, as a place in History::moments(); -1 while it waits
};

constexpr bool is_answered(OperationStatus status) {
  return status == OperationStatus::Ok || status == OperationStatus::Mismatch;
}

/// A change of the history. Their order is the real-time order that a linearization must respect.
struct Moment {
  enum class Kind : std::uint8_t {
    Call,
    End,
    Again,  // it had ended without an answer, and its client asks again
  };
  Kind kind = Kind::Call;
  OperationId operation = no_operation;
  std::uint64_t digest = 0;  // of the history up to here: equal digests, equal histories
};

/// Cheap to copy, as Safety is; an event costs the same however long the history is. All copies belong to one thread: they
/// share their operations.
class History {
 public:
  /// For a history that is told by hand, with call() and its kin.
  History() { last_of_.fill(no_operation); }
  /// For a run, before its first event. What the nodes have applied already are the keys' first values; what
  /// else their given logs hold may still happen.
  explicit History(const sim::World& start);

  /// Call once for every event, in order.
  void observe(const sim::World& after, const sim::Event& event);

  /// The client in `command`, which must be one and must not be waiting, calls.
  OperationId call(const Command& command, sim::Time at);
  /// Its last operation ends …
  void answer(ClientId client, Value result, sim::Time at);
  void refuse(ClientId client, sim::Time at);   // … certainly not applied,
  void give_up(ClientId client, sim::Time at);  // … or nobody knows.
  /// The operation that ended without an answer goes on.
  void ask_again(ClientId client);

  const ChunkedVector<Operation>& operations() const { return operations_; }
  const Operation& operation(OperationId id) const { return operations_[static_cast<std::size_t>(id)]; }
  const ChunkedVector<Moment>& moments() const { return moments_; }
  const Moment& moment(std::size_t place) const { return moments_[place]; }

  /// What the key held before the first operation.
  Value first_value(SymbolId key) const;

 private:
  OperationId last_of(ClientId client) const { return last_of_[static_cast<std::size_t>(client)]; }
  Operation& edit(OperationId id) { return operations_.edit(static_cast<std::size_t>(id)); }
  void add_moment(Moment::Kind kind, OperationId id);
  void end(ClientId client, OperationStatus status, Value result, sim::Time at);
  void note_request(const sim::World& after, const sim::Event& event);
  void follow_client(const sim::World& after, ClientId id);

  std::int64_t event_ = 0;  // 0 while the history is told by hand
  std::shared_ptr<const KeyValueStore> first_values_ = std::make_shared<KeyValueStore>();  // copies share them
  ChunkedVector<Operation> operations_;
  ChunkedVector<Moment> moments_;
  std::array<OperationId, max_clients + 1> last_of_{};  // by client
};

/// One JSON object, without a line end, in the format that walkthroughs document.
/// `end_us`: when the run ended; then an operation that still waits is abandoned.
std::string history_line(const Operation& operation, const Symbols& symbols, sim::Time end_us);

/// Every client operation, one a line, in the order in which they ended; those that still wait come last.
std::string history_lines(const History& history, const Symbols& symbols, sim::Time end_us);

}  // namespace raft::check
