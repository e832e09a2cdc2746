// Thousands of small random histories, each compared with a search that tries every order.
#include <doctest/doctest.h>

#include <algorithm>

#include "raft/check/linearizable.h"
#include "raft/sim/draw.h"
#include "tests/support/story.h"

namespace raft::history_test {

using check::Answer;
using check::check_linearizable;
using check::History;
using check::Linearizability;
using check::Operation;
using check::OperationStatus;

namespace {

// The same question, answered in the simplest way that could be right.

struct Tried {
  const Operation* operation = nullptr;
  int call = 0;
  int end = INT32_MAX;  // of its answer
  bool placed = false;
};

/// False if the answer is not the one that this place in the order would give.
bool place(const Operation& operation, Value& held) {
  const Command& command = operation.command;
  const Value before = held;
  Value result = before;
  if (command.kind == CommandKind::Write) {
    held = command.value;
    return true;
  }
  if (command.kind == CommandKind::CompareAndSet) {
    if (before == command.expected) held = command.value;
    result = Value::number(before == command.expected ? 1 : 0);
  }
  if (command.kind == CommandKind::Increment && before.kind() != Value::Kind::Text) {
    result = held = Value::number(before.kind() == Value::Kind::Number ? before.number() + 1 : 1);
  }
  return !check::is_answered(operation.status) || result == operation.result;
}

bool some_order_explains(std::vector<Tried>& all, Value held) {
  int first_end = INT32_MAX;
  for (const Tried& one : all) {
    if (!one.placed) first_end = std::min(first_end, one.end);
  }
  if (first_end == INT32_MAX) return true;  // whoever is left need not have happened
  for (Tried& one : all) {
    Value then = held;
    if (one.placed || one.call > first_end || !place(*one.operation, then)) continue;
    one.placed = true;
    const bool works = some_order_explains(all, then);
    one.placed = false;
    if (works) return true;
  }
  return false;
}

bool brute_force(const History& history) {
  std::vector<Tried> all;
  for (std::size_t i = 0; i < history.moments().size(); ++i) {
    const check::Moment& moment = history.moment(i);
    if (moment.kind != check::Moment::Kind::Call) continue;
    const Operation& operation = history.operation(moment.operation);
    if (operation.status == OperationStatus::Refused) continue;
    const bool answered = check::is_answered(operation.status);
    all.push_back({&operation, static_cast<int>(i), answered ? operation.end_moment : INT32_MAX});
  }
  return some_order_explains(all, Value{});
}

// Random stories, as lists of lines, so that a beginning of one can be told again.

struct Line {
  enum class What : std::uint8_t { Write, Read, Incr, Cas, Answer, Refuse, GiveUp, AskAgain };
  What what = What::Read;
  int client = 1;
  std::string value;
  std::string old;
};

void tell(Story& story, const Line& line) {
  switch (line.what) {
    case Line::What::Write: story.write(line.client, line.value); return;
    case Line::What::Read: story.read(line.client); return;
    case Line::What::Incr: story.incr(line.client); return;
    case Line::What::Cas: story.cas(line.client, line.old, line.value); return;
    case Line::What::Answer: story.answer(line.client, line.value); return;
    case Line::What::Refuse: story.refuse(line.client); return;
    case Line::What::GiveUp: story.give_up(line.client); return;
    case Line::What::AskAgain: story.ask_again(line.client); return;
  }
}

/// Clients of a real register, some of whose answers are then falsified.
class Teller {
 public:
  explicit Teller(std::uint64_t seed) : bits_(seed) {}

  std::vector<Line> tell_of(int clients, int operations) {
    for (int steps = 0; steps < 200 && operations > 0; ++steps) {
      const int client = 1 + pick(clients);
      Pending& pending = pending_[static_cast<std::size_t>(client)];
      if (pending.state == Pending::State::Idle) {
        call(client, pending);
        --operations;
      } else if (pending.state == Pending::State::Ended) {
        if (pick(4) == 0) again(client, pending);
        else pending.state = Pending::State::Idle;
      } else if (!pending.applied && pick(2) == 0) {
        apply(pending);
      } else if (pick(2) == 0) {
        end(client, pending);
      }
    }
    return lines_;
  }

 private:
  struct Pending {
    enum class State : std::uint8_t { Idle, Waiting, Ended };
    State state = State::Idle;
    Line line;
    bool applied = false;
    std::string result;
  };

  int pick(int n) { return static_cast<int>((bits_ = sim::mix(bits_)) % static_cast<std::uint64_t>(n)); }
  std::string value() { return pick(8) == 0 ? "t" : std::to_string(pick(3)); }

  void call(int client, Pending& pending) {
    pending = {Pending::State::Waiting, {static_cast<Line::What>(pick(4)), client, "", ""}, false, ""};
    if (pending.line.what == Line::What::Write || pending.line.what == Line::What::Cas) pending.line.value = value();
    if (pending.line.what == Line::What::Cas) pending.line.old = pick(6) == 0 ? "" : value();
    lines_.push_back(pending.line);
  }
  void apply(Pending& pending) {
    pending.applied = true;
    pending.result = held_;
    if (pending.line.what == Line::What::Write) pending.result = held_ = pending.line.value;
    if (pending.line.what == Line::What::Incr && held_ != "t") {
      pending.result = held_ = std::to_string(held_.empty() ? 1 : std::stoi(held_) + 1);
    }
    if (pending.line.what != Line::What::Cas) return;
    pending.result = held_ == pending.line.old ? "1" : "0";
    if (held_ == pending.line.old) held_ = pending.line.value;
  }
  void end(int client, Pending& pending) {
    pending.state = pending.applied ? Pending::State::Idle : Pending::State::Ended;
    if (!pending.applied) {
      lines_.push_back({pick(3) == 0 ? Line::What::Refuse : Line::What::GiveUp, client, "", ""});
      return;
    }
    if (pick(6) == 0) {
      lines_.push_back({Line::What::GiveUp, client, "", ""});
      return;
    }
    const bool is_cas = pending.line.what == Line::What::Cas;
    const bool lie = pick(4) == 0;
    const std::string lied = is_cas ? std::to_string(pick(2)) : value();
    lines_.push_back({Line::What::Answer, client, lie ? lied : pending.result, ""});
  }
  void again(int client, Pending& pending) {
    pending.state = Pending::State::Waiting;
    lines_.push_back({Line::What::AskAgain, client, "", ""});
  }

  std::uint64_t bits_;
  std::string held_;
  std::array<Pending, 8> pending_;
  std::vector<Line> lines_;
};

Story told(const std::vector<Line>& lines, std::size_t count) {
  Story story;
  for (std::size_t i = 0; i < count; ++i) tell(story, lines[i]);
  return story;
}

/// Then a beginning of the story says more than the whole: that something has certainly not happened.
bool withdraws_a_refusal(const std::vector<Line>& lines) {
  std::array<Line::What, 8> last{};
  for (const Line& line : lines) {
    Line::What& before = last[static_cast<std::size_t>(line.client)];
    if (line.what == Line::What::AskAgain && before == Line::What::Refuse) return true;
    before = line.what;
  }
  return false;
}

}  // namespace

TEST_CASE("random histories: the same answer as trying every order") {
  int yes = 0;
  int no = 0;
  for (std::uint64_t seed = 1; seed <= 20'000; ++seed) {
    CAPTURE(seed);
    const int clients = 2 + static_cast<int>(seed % 4);
    const std::vector<Line> lines = Teller(seed).tell_of(clients, 4 + static_cast<int>(seed % 5));
    const Story story = told(lines, lines.size());
    const bool expected = brute_force(story.history);
    REQUIRE(check_linearizable(story.history).answer == (expected ? Answer::Yes : Answer::No));
    ++(expected ? yes : no);
  }
  CHECK(yes > 5'000);
  CHECK(no > 3'000);
}

TEST_CASE("random histories: the operation to blame ends the shortest beginning that cannot be explained") {
  int found = 0;
  for (std::uint64_t seed = 1; seed <= 20'000; ++seed) {
    CAPTURE(seed);
    const std::vector<Line> lines = Teller(seed).tell_of(4, 8);
    const Linearizability result = check_linearizable(told(lines, lines.size()).history);
    if (result.answer != Answer::No || withdraws_a_refusal(lines)) continue;
    ++found;
    std::size_t count = 1;
    while (brute_force(told(lines, count).history)) ++count;
    const Story shortest = told(lines, count);
    const check::Moment& last = shortest.history.moment(shortest.history.moments().size() - 1);
    REQUIRE(last.operation == result.anomalies.front().operation);
    const Line end = lines[count - 1];
    if (end.what != Line::What::Answer) continue;
    for (const char* text : {"", "0", "1", "2", "3", "4", "t"}) {
      const bool is_cas = shortest.history.operation(last.operation).command.kind == CommandKind::CompareAndSet;
      if (is_cas && std::string(text) != "0" && std::string(text) != "1") continue;
      Story other = told(lines, count - 1);
      tell(other, {Line::What::Answer, end.client, text, ""});
      const Value value = other.value(text);
      const auto& fitting = result.anomalies.front().fitting;
      const bool named = std::find(fitting.begin(), fitting.end(), value) != fitting.end();
      CAPTURE(std::string(text));
      CHECK(named == brute_force(other.history));
    }
  }
  CHECK(found > 1'000);
}

namespace {

constexpr check::SearchLimits tiny_limits{.steps = 40, .steps_per_operation = 4, .narrow = 1, .wide = 2};

}  // namespace

TEST_CASE("random histories: with too little room to search the answer may be undecided, but never wrong") {
  int undecided = 0;
  for (std::uint64_t seed = 1; seed <= 10'000; ++seed) {
    CAPTURE(seed);
    const std::vector<Line> lines = Teller(seed).tell_of(5, 9);
    const Story story = told(lines, lines.size());
    const Answer answer = check_linearizable(story.history, tiny_limits).answer;
    if (answer == Answer::Undecided) {
      ++undecided;
    } else {
      REQUIRE(answer == (brute_force(story.history) ? Answer::Yes : Answer::No));
    }
  }
  CHECK(undecided > 50);
  CHECK(undecided < 5'000);
}

TEST_CASE("random histories: asked after every line, the checker says what a fresh one says") {
  for (std::uint64_t seed = 1; seed <= 1'000; ++seed) {
    CAPTURE(seed);
    const check::SearchLimits limits = seed % 2 == 0 ? check::SearchLimits{} : tiny_limits;
    const std::vector<Line> lines = Teller(seed).tell_of(4, 20);
    check::LinearizabilityChecker checker(limits);
    Story story;
    for (const Line& line : lines) {
      tell(story, line);
      const Linearizability& asked = checker.check(story.history);
      const Linearizability fresh = check_linearizable(story.history, limits);
      REQUIRE(asked.answer == fresh.answer);
      REQUIRE(asked.steps == fresh.steps);
      REQUIRE(asked.anomalies.size() == fresh.anomalies.size());
      if (!fresh.anomalies.empty()) REQUIRE(asked.anomalies.front().operation == fresh.anomalies.front().operation);
    }
    // Going back in time, and on from there another way.
    Story other = told(lines, lines.size() / 2);
    REQUIRE(checker.check(other.history).steps == check_linearizable(other.history, limits).steps);
    other.wrote(7, "9").has_read(7, "9");
    const Linearizability fresh = check_linearizable(other.history, limits);
    REQUIRE(checker.check(other.history).steps == fresh.steps);
    REQUIRE(checker.check(other.history).answer == fresh.answer);
  }
}

}  // namespace raft::history_test
