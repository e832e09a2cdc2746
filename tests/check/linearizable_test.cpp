// Histories told by hand: which can be explained, which cannot, and whom the checker names.
#include <doctest/doctest.h>

#include "raft/check/linearizable.h"
#include "tests/support/story.h"

namespace raft::history_test {

using check::Answer;
using check::check_linearizable;
using check::Linearizability;

namespace {

Answer answer_for(const Story& story) { return check_linearizable(story.history).answer; }

}  // namespace

TEST_CASE("an empty history is linearizable") { CHECK(answer_for(Story{}) == Answer::Yes); }

TEST_CASE("a key that was never written holds nothing") {
  CHECK(answer_for(Story{}.has_read(1, "")) == Answer::Yes);
  CHECK(answer_for(Story{}.has_read(1, "1")) == Answer::No);
}

TEST_CASE("a read after a write sees it") {
  CHECK(answer_for(Story{}.wrote(1, "1").has_read(2, "1")) == Answer::Yes);
  CHECK(answer_for(Story{}.wrote(1, "1").has_read(2, "")) == Answer::No);
}

TEST_CASE("a stale read is named, with the write that it should have seen and the answer that would have fitted") {
  Story story;
  story.wrote(1, "1").wrote(1, "2").wrote(3, "7", "y").has_read(2, "1");
  const Linearizability result = check_linearizable(story.history);
  REQUIRE(result.answer == Answer::No);
  CHECK(story.symbols.text(result.anomalies.front().key) == "x");
  CHECK(result.anomalies.front().operation == 3);
  CHECK(result.anomalies.front().preceded_by == 1);
  CHECK(result.anomalies.front().concurrent.empty());
  CHECK(result.anomalies.front().fitting == std::vector<Value>{Value::number(2)});
}

TEST_CASE("a write that was answered cannot be lost") {
  Story story;
  story.wrote(1, "1").wrote(2, "2").has_read(3, "2").has_read(3, "1");
  const Linearizability result = check_linearizable(story.history);
  REQUIRE(result.answer == Answer::No);
  CHECK(result.anomalies.front().operation == 3);
}

TEST_CASE("concurrent writes take effect in either order, the same for everyone") {
  for (const char* last : {"1", "2"}) {
    CHECK(answer_for(Story{}.write(1, "1").write(2, "2").answer(1).answer(2).has_read(3, last)) == Answer::Yes);
  }
  Story story;
  story.write(1, "1").write(2, "2").answer(1).answer(2).has_read(3, "1").has_read(4, "2");
  CHECK(answer_for(story) == Answer::No);
}

TEST_CASE("a read that overlaps a write may see it or not, but not first the new value and then the old") {
  CHECK(answer_for(Story{}.write(1, "1").has_read(2, "").has_read(3, "1").answer(1)) == Answer::Yes);
  Story story;
  story.write(1, "1").has_read(2, "1").read(3).answer(3, "").answer(1);
  const Linearizability result = check_linearizable(story.history);
  REQUIRE(result.answer == Answer::No);
  CHECK(result.anomalies.front().operation == 2);
  CHECK(result.anomalies.front().concurrent == std::vector<check::OperationId>{0});
  CHECK(result.anomalies.front().preceded_by == check::no_operation);  // the write itself was still under way
  CHECK(result.anomalies.front().fitting == std::vector<Value>{Value::number(1)});
}

TEST_CASE("real time counts across clients") {
  // Each client for itself could be explained: sequentially consistent, yet not linearizable.
  CHECK(answer_for(Story{}.wrote(1, "1").wrote(2, "2").has_read(1, "2")) == Answer::Yes);
  CHECK(answer_for(Story{}.wrote(1, "1").wrote(2, "2").has_read(1, "1")) == Answer::No);
}

TEST_CASE("keys are independent, and the anomaly that shows first is reported") {
  Story story;
  story.wrote(1, "1", "x").wrote(1, "2", "y").has_read(2, "1", "x").has_read(2, "2", "y");
  CHECK(answer_for(story) == Answer::Yes);
  story.wrote(3, "3", "x").has_read(1, "9", "y").has_read(1, "9", "x");
  const Linearizability result = check_linearizable(story.history);
  REQUIRE(result.answer == Answer::No);
  CHECK(story.symbols.text(result.anomalies.front().key) == "y");
}

TEST_CASE("an increment counts once") {
  Story story;
  story.incr(1).answer(1, "1").incr(2).answer(2, "2").has_read(1, "2");
  CHECK(answer_for(story) == Answer::Yes);
  // One of them was applied twice, as a retry without a session does.
  CHECK(answer_for(Story{}.incr(1).answer(1, "1").has_read(2, "2")) == Answer::No);
  CHECK(answer_for(Story{}.incr(1).answer(1, "2")) == Answer::No);
  Story twice;
  twice.incr(1).give_up(1).ask_again(1).answer(1, "2");
  const Linearizability result = check_linearizable(twice.history);
  REQUIRE(result.answer == Answer::No);
  CHECK(result.anomalies.front().fitting == std::vector<Value>{Value::number(1)});
}

TEST_CASE("a text cannot be counted up") {
  Story story;
  story.wrote(1, "sally").incr(2).answer(2, "sally").has_read(1, "sally");
  CHECK(answer_for(story) == Answer::Yes);
  CHECK(answer_for(Story{}.wrote(1, "sally").incr(2).answer(2, "1")) == Answer::No);
}

TEST_CASE("of two cas from the same value one succeeds") {
  Story both;
  both.wrote(1, "0").cas(1, "0", "1").cas(2, "0", "2").answer(1, "1").answer(2, "1");
  CHECK(answer_for(both) == Answer::No);
  Story one;
  one.wrote(1, "0").cas(1, "0", "1").cas(2, "0", "2").answer(1, "0").answer(2, "1").has_read(3, "2");
  CHECK(answer_for(one) == Answer::Yes);
  // That it did not match tells what the key cannot have held.
  Story neither;
  neither.wrote(1, "0").cas(1, "0", "1").cas(2, "0", "2").answer(1, "0").answer(2, "0");
  CHECK(answer_for(neither) == Answer::No);
}

TEST_CASE("a cas with an absent key") {
  CHECK(answer_for(Story{}.cas(1, "", "1").answer(1, "1").has_read(2, "1")) == Answer::Yes);
  CHECK(answer_for(Story{}.cas(1, "0", "1").answer(1, "1")) == Answer::No);
}

TEST_CASE("an unknown write may be seen later, once it was seen it stays, or never") {
  CHECK(answer_for(Story{}.write(1, "1").give_up(1).has_read(2, "").has_read(2, "1")) == Answer::Yes);
  CHECK(answer_for(Story{}.write(1, "1").give_up(1).has_read(2, "")) == Answer::Yes);
  CHECK(answer_for(Story{}.write(1, "1").give_up(1).has_read(2, "1").has_read(2, "")) == Answer::No);
  // It takes effect long after, over another write; but only once.
  Story late;
  late.write(1, "1").give_up(1).wrote(2, "2").has_read(2, "1");
  CHECK(answer_for(late) == Answer::Yes);
  late.wrote(2, "3").has_read(2, "1");
  CHECK(answer_for(late) == Answer::No);
}

TEST_CASE("unknown increments, too, take effect at most once each") {
  Story story;
  story.incr(1).give_up(1).incr(2).give_up(2).has_read(3, "1").incr(3).answer(3, "3");
  CHECK(answer_for(story) == Answer::Yes);
  story.has_read(3, "4");
  CHECK(answer_for(story) == Answer::No);
}

TEST_CASE("an operation that still waits may have happened") {
  CHECK(answer_for(Story{}.write(1, "1").has_read(2, "1")) == Answer::Yes);
  CHECK(answer_for(Story{}.write(1, "1").has_read(2, "").has_read(3, "1")) == Answer::Yes);
}

TEST_CASE("a refused write must not be seen, unless it was asked again") {
  CHECK(answer_for(Story{}.write(1, "1").refuse(1).has_read(2, "")) == Answer::Yes);
  CHECK(answer_for(Story{}.write(1, "1").refuse(1).has_read(2, "1")) == Answer::No);
  CHECK(answer_for(Story{}.write(1, "1").refuse(1).ask_again(1).has_read(2, "1")) == Answer::Yes);
}

TEST_CASE("a refusal that contradicts what was seen is itself to blame") {
  Story story;
  story.write(1, "1").has_read(2, "1").refuse(1);
  const Linearizability result = check_linearizable(story.history);
  REQUIRE(result.answer == Answer::No);
  CHECK(result.anomalies.front().operation == 0);
}

TEST_CASE("the operation to blame is the first that no order explains, not one that a later answer condemns") {
  // c1's increment and c2's read overlap. At the read's answer all is well; the increment's own answer is wrong.
  Story story;
  story.incr(1).has_read(2, "1").answer(1, "5");
  const Linearizability result = check_linearizable(story.history);
  REQUIRE(result.answer == Answer::No);
  CHECK(result.anomalies.front().operation == 0);
  CHECK(result.anomalies.front().concurrent == std::vector<check::OperationId>{1});
  CHECK(result.anomalies.front().fitting == std::vector<Value>{Value::number(1)});
}

TEST_CASE("undecided: more operations are open at once than the search can tell apart") {
  Story story;
  for (int i = 0; i < 255; ++i) story.write(1, std::to_string(i)).give_up(1);
  story.has_read(2, "");
  CHECK(answer_for(story) == Answer::Yes);
  story.write(1, "255").give_up(1).write(1, "256").give_up(1).has_read(2, "7");
  const Linearizability result = check_linearizable(story.history);
  CHECK(result.answer == Answer::Undecided);
  CHECK(story.symbols.text(result.undecided_key) == "x");
}

TEST_CASE("undecided: the limit of the search is reached, and another key may still say no") {
  // Forty-two moves between seven values, of which nobody knows whether they happened: which of them were used
  // up on the way to 6 cannot be told, and which could be left for what is seen next neither.
  Story story;
  story.wrote(1, "0");
  for (int from = 0; from < 7; ++from) {
    for (int to = 0; to < 7; ++to) {
      if (from != to) story.cas(1, std::to_string(from), std::to_string(to)).give_up(1);
    }
  }
  story.has_read(2, "6");
  CHECK(answer_for(story) == Answer::Yes);
  story.has_read(2, "99");
  const Linearizability result = check_linearizable(story.history);
  CHECK(result.answer == Answer::Undecided);
  const check::SearchLimits limits;
  CHECK(result.steps <= limits.steps + 60 * limits.steps_per_operation);
  story.has_read(2, "1", "y");
  CHECK(answer_for(story) == Answer::No);
}

TEST_CASE("many unknown operations of the same kind, or that nobody asks about, cost little") {
  Story story;
  for (int i = 0; i < 100; ++i) story.incr(1).give_up(1);
  for (int i = 0; i < 100; ++i) story.write(1, "v" + std::to_string(i)).give_up(1);
  for (int i = 0; i < 100; ++i) story.wrote(2, "w").has_read(3, "w");
  const Linearizability result = check_linearizable(story.history);
  CHECK(result.answer == Answer::Yes);
  CHECK(result.steps < 100'000);
}

TEST_CASE("the work for one more operation does not grow with the history, and an unchanged one costs nothing") {
  Story story;
  check::LinearizabilityChecker checker;
  const auto steps_of_next = [&] {
    const std::int64_t before = checker.check(story.history).steps;
    story.write(1, "1").read(2).answer(1).answer(2, "1").has_read(3, "1");
    CHECK(checker.check(story.history).answer == Answer::Yes);
    return checker.check(story.history).steps - before;
  };
  steps_of_next();
  const std::int64_t early = steps_of_next();
  for (int i = 0; i < 2000; ++i) story.wrote(1, std::to_string(i));
  steps_of_next();
  CHECK(steps_of_next() == early);
}

}  // namespace raft::history_test
