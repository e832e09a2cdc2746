// What clients were told and no order explains: the sentence names the operations.
#include "raft/check/linearizable.h"
#include "tests/explain/texts.h"
#include "tests/support/cluster.h"

namespace raft::test {

namespace {

/// A history told by hand, over the names of some world.
struct Told {
  Cluster cluster{cluster_of(3)};
  check::History history;
  sim::Time now = 0;

  Command command(CommandKind kind, int client, const std::string& key, const std::string& value) {
    Command made;
    made.kind = kind;
    made.client = static_cast<ClientId>(client);
    made.key = cluster.world.symbols.intern(key);
    if (!value.empty()) made.value = cluster.world.symbols.value(value);
    return made;
  }
  void done(CommandKind kind, int client, const std::string& key, const std::string& value, const std::string& result) {
    history.call(command(kind, client, key, value), ++now);
    history.answer(static_cast<ClientId>(client), cluster.world.symbols.value(result), ++now);
  }
  void cas(int client, const std::string& key, const std::string& expected, const std::string& value, const std::string& result) {
    Command asked = command(CommandKind::CompareAndSet, client, key, value);
    asked.expected = cluster.world.symbols.value(expected);
    history.call(asked, ++now);
    history.answer(static_cast<ClientId>(client), cluster.world.symbols.value(result), ++now);
  }
  std::string sentence(const explain::Words& words) {
    const check::Linearizability found = check::check_linearizable(history);
    REQUIRE_FALSE(found.anomalies.empty());
    std::string text = explain::anomaly_sentence(words, cluster.world, history, found.anomalies.front());
    check_finished(words, text);
    return text;
  }
};

}  // namespace

TEST_CASE("a stale read is named with the write that it should have seen, in both languages") {
  Told told;
  told.done(CommandKind::Write, 1, "x", "1", "1");
  told.done(CommandKind::Write, 1, "x", "2", "2");
  told.done(CommandKind::Read, 2, "x", "", "1");
  CHECK(told.sentence(english()) == "c2 read x = 1, after c1 had been told x = 2. Only 2 would have fitted.");
  CHECK(told.sentence(chinese()) == "c2 读到 x = 1，而此前 c1 已得知 x = 2。只有 2 才说得通。");
}

TEST_CASE("an increment that was applied twice is named") {
  Told told;
  told.done(CommandKind::Increment, 1, "n", "", "1");
  told.done(CommandKind::Increment, 2, "n", "", "3");
  CHECK(told.sentence(english()) ==
        "c2 was told that incr n made it 3, after c1 had been told n = 1. Only 2 would have fitted.");
}

TEST_CASE("a value that nobody wrote needs no earlier operation") {
  Told told;
  told.done(CommandKind::Read, 1, "x", "", "7");
  CHECK(told.sentence(english()) == "c1 read x = 7. Only an empty key would have fitted.");
}

TEST_CASE("an answer to a compare-and-set that no order explains says whether it matched") {
  Told matched;
  matched.done(CommandKind::Write, 1, "x", "1", "1");
  matched.cas(2, "x", "5", "6", "1");
  CHECK(matched.sentence(english()) == "c2 was told that cas x 5 6 matched, after c1 had been told x = 1.");
  Told missed;
  missed.done(CommandKind::Write, 1, "x", "1", "1");
  missed.cas(2, "x", "1", "2", "0");
  CHECK(missed.sentence(english()) == "c2 was told that cas x 1 2 did not match, after c1 had been told x = 1.");
}

}  // namespace raft::test
