// What the core requires of its callers is asserted: the small types, the log, step(). And letters, which are ASCII alone.
#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <utility>

#include "raft/core/ascii.h"
#include "tests/support/aborts.h"
#include "tests/support/nodes.h"

namespace raft::test {

TEST_CASE("bounds: a set of nodes holds nodes only") {
  static_assert(is_constant([] { return NodeSet::only(node_at(max_nodes - 1)); }));
  static_assert(!is_constant([] { return NodeSet::only(no_node); }));
  static_assert(!is_constant([] { NodeSet().add(node_at(max_nodes)); }));
  static_assert(!is_constant([] { NodeSet().remove(no_node); }));
  static_assert(!is_constant([] { return NodeSet::first(max_nodes + 1); }));
  CHECK(aborts([] { NodeSet::only(no_node); }));
  CHECK_FALSE(aborts([] { NodeSet::only(A); }));
}

TEST_CASE("bounds: an end of a message is a node, a client or nobody") {
  static_assert(Endpoint(no_client) == Endpoint());
  static_assert(Endpoint(no_node) == Endpoint());
  static_assert(!Endpoint().is_node() && !Endpoint().is_client());
  static_assert(Endpoint(static_cast<ClientId>(max_clients)).client() == static_cast<ClientId>(max_clients));
  static_assert(!is_constant([] { return Endpoint(static_cast<ClientId>(max_clients + 1)); }));
  static_assert(!is_constant([] { return Endpoint(static_cast<ClientId>(156)); }));
  static_assert(!is_constant([] { return Endpoint(node_at(max_nodes)); }));
}

TEST_CASE("bounds: a number is what two bits less than a whole word can hold") {
  static_assert(Value::number(INT64_MAX / 4).number() == INT64_MAX / 4);
  static_assert(Value::number(INT64_MIN / 4).number() == INT64_MIN / 4);
  static_assert(!is_constant([] { return Value::number(INT64_MAX); }));
  static_assert(!is_constant([] { return Value::number(INT64_MIN / 4 - 1); }));
}

TEST_CASE("bounds: a log is not cut off at or below what a snapshot stands for") {
  Log log;
  for (Index index = 1; index <= 4; ++index) log.append(entry_for(index, 1));
  log.compact(2);
  CHECK(aborts([&log] { log.truncate_from(2); }));
  CHECK(aborts([&log] { log.truncate_from(0); }));
  log.truncate_from(3);
  CHECK(log.last_index() == 2);
}

TEST_CASE("bounds: a step asserts what it requires of its input") {
  Node node;
  const auto step_with = [&node](const Input& input) {
    return [&node, input] { step(node.state, node.settings, input, node.effects); };
  };
  CHECK_FALSE(aborts(step_with({.kind = InputKind::ElectionTimeout})));
  CHECK(aborts(step_with({.kind = InputKind::Receive})));
  CHECK(aborts(step_with({.kind = InputKind::Propose})));
  CHECK(aborts(step_with({.kind = InputKind::ElectionTimeout, .local_time = -1})));
  CHECK(aborts(step_with({.kind = InputKind::ElectionTimeout, .local_time = INT64_MAX})));

  node.timeout();  // its effects hold messages: to hand one of them in again would be to read what is gone
  REQUIRE_FALSE(node.effects.messages.empty());
  CHECK(aborts(step_with({.kind = InputKind::Receive, .message = &node.effects.messages.back()})));
  const Message copy = node.effects.messages.back();
  CHECK_FALSE(aborts(step_with({.kind = InputKind::Receive, .message = &copy})));

  Node nobody(3, no_node);
  CHECK(aborts([&nobody] { step(nobody.state, nobody.settings, {.kind = InputKind::Start}, nobody.effects); }));
  Node less_than_nothing;
  less_than_nothing.settings.batch = -1;
  CHECK(aborts([&less_than_nothing] { less_than_nothing.timeout(); }));
}

TEST_CASE("bounds: a step asserts that no number of a message or of the node is near the end of numbers") {
  Node node;
  const auto receives = [&node](Term term, const Message::Body& body) {
    Message message;
    message.from = B;
    message.to = A;
    message.term = term;
    message.body = body;
    return [&node, message] { step(node.state, node.settings, {.kind = InputKind::Receive, .message = &message}, node.effects); };
  };
  constexpr std::int32_t most = max_count - 1;
  CHECK_FALSE(aborts(receives(most, RequestVote{{most, most}})));
  CHECK(aborts(receives(max_count, RequestVote{})));
  CHECK(aborts(receives(-1, RequestVote{})));
  CHECK(aborts(receives(1, RequestVote{{INT32_MAX, 1}})));
  CHECK_FALSE(aborts(receives(1, AppendEntries{.prev_log = {most - 1, 1}, .entries = {entry_for(1, 1)}})));
  CHECK(aborts(receives(1, AppendEntries{.prev_log = {most, 1}, .entries = {entry_for(1, 1)}})));
  CHECK(aborts(receives(1, AppendEntries{.prev_log = {-1, 0}, .entries = {}})));
  CHECK(aborts(receives(1, AppendEntriesReply{.match_index = INT32_MAX})));
  CHECK(aborts(receives(1, PreVote{INT32_MAX, {}})));
  CHECK(aborts(receives(1, InstallSnapshot{.last = {1, 1}, .content = nullptr})));
  CHECK(aborts(receives(1, InstallSnapshotReply{.last = {}, .next_chunk = -1})));
  node.state.durable.current_term = max_count;
  CHECK(aborts([&node] { node.timeout(); }));
}

TEST_CASE("letters are those of ASCII, and no byte beyond it is one") {
  for (int code = -128; code < 128; ++code) {
    const char c = static_cast<char>(code);
    CAPTURE(code);
    const bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    CHECK(ascii::is_alnum(c) == (letter || (c >= '0' && c <= '9')));
    CHECK(ascii::is_punct(c) == (std::string_view("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~").find(c) != std::string_view::npos));
    CHECK((ascii::to_lower(c) != c) == (c >= 'A' && c <= 'Z'));
    CHECK((ascii::to_upper(c) != c) == (c >= 'a' && c <= 'z'));
  }
}

TEST_CASE("a chunked vector that has been moved from is empty, and can be filled again") {
  ChunkedVector<int> numbers;
  for (int i = 0; i < 200; ++i) numbers.push_back(i);
  numbers.drop_front(70);
  ChunkedVector<int> moved = std::move(numbers);
  CHECK(moved.size() == 130);
  CHECK(numbers.empty());  // NOLINT(bugprone-use-after-move): that is what this is about
  numbers.push_back(7);
  CHECK(numbers.size() == 1);
  CHECK(numbers[0] == 7);
  CHECK(moved[0] == 70);
  numbers = std::move(moved);
  CHECK(numbers.size() == 130);
  CHECK(numbers[129] == 199);
  CHECK(moved.empty());  // NOLINT(bugprone-use-after-move)
  CHECK(moved.chunk_count() == 0);
  moved.push_back(1);
  CHECK(moved[0] == 1);
}

TEST_CASE("symbols that have been moved from can be used") {
  Symbols symbols;
  const SymbolId x = symbols.intern("x");
  Symbols moved = std::move(symbols);
  CHECK(moved.text(x) == "x");
  const SymbolId y = symbols.intern("y");  // NOLINT(bugprone-use-after-move)
  CHECK(symbols.text(y) == "y");
  CHECK(moved.intern("z") != x);
  moved = std::move(symbols);
  CHECK(moved.text(y) == "y");
  CHECK(symbols.intern("w") != y);  // NOLINT(bugprone-use-after-move)
}

}  // namespace raft::test
