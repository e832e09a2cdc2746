// The small parts of the core: node sets, shared sequences, logs, values and commands as text, the tables of
// reasons and messages. What a node does with them is in tests/paper.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstring>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "raft/sim/draw.h"
#include "tests/support/nodes.h"

namespace raft::test {

TEST_CASE("a node set iterates in the order of the nodes' numbers") {
  const NodeSet set = set_of({E, A, C});
  std::vector<NodeId> seen;
  for (const NodeId node : set) seen.push_back(node);
  CHECK(seen == std::vector<NodeId>{A, C, E});
  CHECK(set.count() == 3);
  CHECK(set.contains(C));
  CHECK_FALSE(set.contains(B));
  CHECK_FALSE(set.contains(no_node));
}

TEST_CASE("node sets: union, intersection, difference, first n") {
  CHECK((set_of({A, B}) | set_of({B, C})) == set_of({A, B, C}));
  CHECK((set_of({A, B}) & set_of({B, C})) == set_of({B}));
  CHECK((set_of({A, B}) - set_of({B, C})) == set_of({A}));
  CHECK(NodeSet::first(3) == set_of({A, B, C}));
  CHECK(NodeSet::first(0).empty());
  CHECK(NodeSet::first(max_nodes).count() == static_cast<int>(max_nodes));
  NodeSet set = set_of({A});
  set.remove(B);
  set.remove(A);
  CHECK(set.empty());
}

TEST_CASE("majorities") {
  const int majority[] = {1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6};
  for (int n = 0; n <= 11; ++n) CHECK(majority_of(n) == majority[n]);
}

TEST_CASE("a chunked vector behaves as a vector, through its chunk borders") {
  ChunkedVector<int> numbers;
  std::vector<int> expected;
  for (int i = 0; i < 1000; ++i) {
    numbers.push_back(i);
    expected.push_back(i);
    if (i % 97 == 96) {
      const std::size_t size = expected.size() - static_cast<std::size_t>(i % 71);
      numbers.shrink(size);
      expected.resize(size);
    }
    REQUIRE(numbers.size() == expected.size());
  }
  for (std::size_t i = 0; i < expected.size(); ++i) CHECK(numbers[i] == expected[i]);
  numbers.shrink(5000);  // never grows
  CHECK(numbers.size() == expected.size());
  numbers.shrink(0);
  CHECK(numbers.empty());
  CHECK(numbers.chunk_count() == 0);
}

TEST_CASE("copies of a chunked vector share and do not disturb each other") {
  ChunkedVector<int> original;
  for (int i = 0; i < 200; ++i) original.push_back(i);
  ChunkedVector<int> copy = original;
  copy.edit(3) = 33;
  copy.push_back(200);
  copy.shrink(150);
  copy.push_back(-1);
  original.push_back(777);
  CHECK(original[3] == 3);
  CHECK(original[150] == 150);
  CHECK(original[200] == 777);
  CHECK(original.size() == 201);
  CHECK(copy[3] == 33);
  CHECK(copy[150] == -1);
  CHECK(copy.size() == 151);
}

TEST_CASE("a shrunk sequence that grows again does not bring old elements back") {
  ChunkedVector<int> numbers;
  for (int i = 0; i < 70; ++i) numbers.push_back(i);
  const ChunkedVector<int> before = numbers;
  numbers.shrink(10);
  numbers.push_back(-5);
  CHECK(numbers[10] == -5);
  CHECK(before[10] == 10);
  CHECK(numbers.size() == 11);
}

TEST_CASE("many copies of a chunked vector, each going its own way, are as many vectors") {
  struct Twin {
    ChunkedVector<int> chunked;
    std::vector<int> plain;
  };
  std::vector<Twin> twins;
  twins.reserve(8);  // none moves while it is worked on
  twins.resize(1);
  for (; twins[0].plain.size() < 9'000; twins[0].plain.push_back(0)) twins[0].chunked.push_back(0);
  std::uint64_t bits = 1;
  const auto pick = [&bits](std::size_t below) { return (bits = sim::mix(bits)) % below; };
  for (int i = 1; i < 20'000; ++i) {
    Twin& twin = twins[pick(twins.size())];
    const std::size_t size = twin.plain.size();
    const auto kind = pick(200);
    if (kind == 0) {
      const Twin copy = twin;
      if (twins.size() < 8) {
        twins.push_back(copy);
      } else {
        twins[pick(twins.size())] = copy;
      }
    } else if (kind == 1) {
      const std::size_t kept = size - pick(std::min<std::size_t>(size, pick(2) == 0 ? 5'000 : 100) + 1);
      twin.chunked.shrink(kept);
      twin.plain.resize(kept);
    } else if (kind == 2) {
      const std::size_t dropped = pick(std::min<std::size_t>(size, 300) + 1);
      twin.chunked.drop_front(dropped);
      twin.plain.erase(twin.plain.begin(), twin.plain.begin() + static_cast<std::ptrdiff_t>(dropped));
    } else if (kind < 20 && size > 0) {
      const std::size_t place = pick(size);
      twin.chunked.edit(place) = i;
      twin.plain[place] = i;
    } else {
      twin.chunked.push_back(i);
      twin.plain.push_back(i);
    }
    REQUIRE(twin.chunked.size() == twin.plain.size());
    if (i % 1'000 != 0) continue;
    for (const Twin& each : twins) {
      bool same = true;
      for (std::size_t at = 0; at < each.plain.size(); ++at) same = same && each.chunked[at] == each.plain[at];
      REQUIRE(same);
    }
  }
}

TEST_CASE("a log counts from 1; before the first entry stands term 0") {
  Log log;
  CHECK(log.last() == EntryId{0, 0});
  CHECK(log.term_at(0) == 0);
  for (Term term = 1; term <= 100; ++term) log.append(entry_for(term, term));
  CHECK(log.last() == EntryId{100, 100});
  CHECK(log.at(1).term == 1);
  CHECK(log.id_at(64) == EntryId{64, 64});
  log.truncate_from(65);
  CHECK(log.last_index() == 64);
  log.append(entry_for(65, 7));
  CHECK(log.last() == EntryId{65, 7});
  log.truncate_from(1);
  CHECK(log.last() == EntryId{0, 0});
}

TEST_CASE("§5.4.1 up to date is a total order of last entries") {
  const EntryId ids[] = {{0, 0}, {1, 1}, {5, 1}, {2, 2}, {3, 2}, {1, 3}};
  for (std::size_t i = 0; i < std::size(ids); ++i) {
    for (std::size_t j = 0; j < std::size(ids); ++j) CHECK(at_least_as_up_to_date(ids[i], ids[j]) == (i >= j));
  }
}

TEST_CASE("values: a text that reads as a number in its shortest form is one") {
  Symbols symbols;
  const auto kind = [&symbols](std::string_view text) { return symbols.value(text).kind(); };
  for (const char* text : {"0", "7", "-12", "1152921504606846975", "-1152921504606846975"}) {
    CAPTURE(std::string(text));
    CHECK(kind(text) == Value::Kind::Number);
    CHECK(symbols.value_text(symbols.value(text)) == text);
  }
  for (const char* text : {"", "007", "1e3", "+1", "-0", "0x10", "1.5", " 1", "1 ", "sally", "--1", "-", "1152921504606846976",
                           "-1152921504606846976", "99999999999999999999999"}) {
    CAPTURE(std::string(text));
    CHECK(kind(text) == Value::Kind::Text);
    CHECK(symbols.value_text(symbols.value(text)) == text);
  }
  CHECK(symbols.value_text(Value{}).empty());
  CHECK(Value::number(-1).number() == -1);
  CHECK(Value::number(0) != Value{});
  CHECK(Value::text(SymbolId{0}) != Value::number(0));
}

TEST_CASE("symbols: one id for one text; copies keep what they know") {
  Symbols symbols;
  const SymbolId x = symbols.intern("x");
  CHECK(symbols.intern("y") != x);
  CHECK(symbols.intern("x") == x);
  Symbols copy = symbols;
  const SymbolId z = copy.intern("z");
  CHECK(copy.text(z) == "z");
  CHECK(symbols.size() == 2);
  CHECK(symbols.text(z) == "?");
  CHECK(symbols.intern("other") == z);  // the same number, another text: they have parted
  CHECK(copy.text(z) == "z");
}

TEST_CASE("copies of symbols that go different ways number their own texts, whoever was first") {
  Symbols base;
  base.intern("a");
  Symbols first = base;
  CHECK(first.intern("b") == SymbolId{1});
  CHECK(first.intern("c") == SymbolId{2});
  CHECK(base.size() == 1);
  CHECK(base.text(SymbolId{1}) == "?");

  Symbols again = base;  // the same once more, as when a part of a run is played again
  CHECK(again.intern("b") == SymbolId{1});
  CHECK(again.size() == 2);
  CHECK(again.intern("a") == SymbolId{0});

  Symbols other = again;  // a text that `first` has too, but at another place
  CHECK(other.intern("d") == SymbolId{2});
  CHECK(other.intern("c") == SymbolId{3});
  CHECK(again.intern("c") == SymbolId{2});
  for (const Symbols* symbols : {&first, &again}) {
    CHECK(symbols->text(SymbolId{2}) == "c");
    CHECK(symbols->size() == 3);
  }
  CHECK(other.text(SymbolId{1}) == "b");
  CHECK(other.text(SymbolId{2}) == "d");
}

TEST_CASE("commands as text") {
  Symbols symbols;
  const SymbolId x = symbols.intern("x");
  const SymbolId sally = symbols.intern("sally");
  Command command{CommandKind::Write, no_client, x, 0, 0, Value::number(1), {}};
  CHECK(command_text(command, symbols) == "x=1");
  command = {CommandKind::Write, no_client, sally, 0, 0, symbols.value("sally"), {}};
  CHECK(command_text(command, symbols) == "sally");
  command = {CommandKind::Write, no_client, sally, 0, 0, symbols.value("bob"), {}};
  CHECK(command_text(command, symbols) == "sally=bob");
  command = {CommandKind::CompareAndSet, no_client, x, 0, 0, Value::number(2), Value::number(1)};
  CHECK(command_text(command, symbols) == "cas x 1 2");
  command = {CommandKind::Read, no_client, x, 0, 0, {}, {}};
  CHECK(command_text(command, symbols) == "read x");
  command = {CommandKind::Increment, no_client, x, 0, 0, {}, {}};
  CHECK(command_text(command, symbols) == "incr x");
  CHECK(command_text(Command{}, symbols) == "noop");
}

TEST_CASE("the table of reasons: names are unique and lower case, sections are of the paper, operands are named") {
  // Two numbers: the paper; from 3.8, 4.1, 4.2.1 and so on: the dissertation.
  const std::set<std::string_view> sections = {"",    "2",    "3.8",   "3.10",  "4.1",   "4.2.1", "4.2.2", "4.2.3", "5.1", "5.2",   "5.3",
                                               "5.4.1", "5.4.2", "6",   "6.2",   "6.3",   "6.4",   "6.4.1", "7",   "8",     "9.6"};
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < reason_count; ++i) {
    const auto code = static_cast<ReasonCode>(i);
    const ReasonInfo& info = reason_info(code);
    CAPTURE(std::string(info.name));
    CHECK(info.code == code);
    CHECK(names.insert(info.name).second);
    CHECK(std::string_view(info.name).find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string_view::npos);
    CHECK(sections.count(info.section) == 1);
    CHECK(reason_from_name(info.name) == code);
    std::set<std::string_view> operands;
    for (std::size_t k = 0; k < info.operand_count; ++k) {
      CHECK_FALSE(info.operands[k].name.empty());
      CHECK(operands.insert(info.operands[k].name).second);
    }
  }
  CHECK_FALSE(reason_from_name("because").has_value());
}

TEST_CASE("a reason carries the operands that its row in the table names") {
  const ReasonInfo& info = reason_info(ReasonCode::LogIsBehind);
  REQUIRE(info.operand_count == 2);
  CHECK(info.operands[0].kind == OperandKind::LogEntry);
  CHECK(info.operands[0].name == "theirs");
  const Reason reason{ReasonCode::LogIsBehind, {EntryId{5, 2}, EntryId{4, 3}}};
  CHECK(reason.operands[0].entry() == EntryId{5, 2});
  CHECK(reason.operands[1].entry() == EntryId{4, 3});
  CHECK(Reason{ReasonCode::VoteRefused, {no_node}}.operands[0].node() == no_node);
}

TEST_CASE("message types have names and are found by them") {
  for (std::size_t i = 0; i < message_type_count; ++i) {
    const auto type = static_cast<MessageType>(i);
    CHECK(message_type_from_name(message_type_name(type)) == type);
  }
  CHECK_FALSE(message_type_from_name("requestvote").has_value());
  CHECK(Message{A, B, 1, AppendEntries{}}.type() == MessageType::AppendEntries);
  CHECK(is_heartbeat(Message{A, B, 1, AppendEntries{}}));
  CHECK_FALSE(is_heartbeat(Message{A, B, 1, AppendEntries{{0, 0}, 0, {entry_for(1, 1)}}}));
  CHECK_FALSE(is_heartbeat(Message{A, B, 1, RequestVote{}}));
}

TEST_CASE("an endpoint is a node, a client or nobody") {
  const Endpoint node = B;
  CHECK(node.is_node());
  CHECK_FALSE(node.is_client());
  CHECK(node.node() == B);
  CHECK(node.client() == no_client);
  const Endpoint client = ClientId{99};
  CHECK(client.is_client());
  CHECK_FALSE(client.is_node());
  CHECK(client.client() == ClientId{99});
  const Endpoint nobody;
  CHECK_FALSE(nobody.is_node());
  CHECK_FALSE(nobody.is_client());
  CHECK(nobody.node() == no_node);
}

TEST_CASE("effects start empty with every step") {
  Node node;
  node.leader().ask(c1, write(1));
  node.receive(B, 1, AppendEntriesReply{true, 0, 1});
  CHECK_FALSE(node.effects.applied.empty());
  node.receive(B, 1, AppendEntriesReply{true, 0, 1});
  CHECK(node.effects.applied.empty());
  CHECK(node.effects.messages.empty());
  CHECK(node.effects.appended_from == 0);
}

TEST_CASE("every decision leaves a reason: no input of the protocol is handled in silence") {
  const Message::Body bodies[] = {RequestVote{{1, 1}},        RequestVoteReply{true},
                                  RequestVoteReply{false},    AppendEntries{},
                                  AppendEntriesReply{true, 0, 0}, AppendEntriesReply{false, 5, 0},
                                  ClientRequest{write(1)}};
  for (int role = 0; role < 3; ++role) {
    for (const Message::Body& body : bodies) {
      for (const Term term : {1, 2, 3}) {
        Node node(5);
        node.term(1).log({1});
        if (role == 1) node.candidate();
        if (role == 2) node.leader();
        const bool from_client = std::holds_alternative<ClientRequest>(body);
        node.receive(from_client ? Endpoint(c1) : Endpoint(B), from_client ? 0 : term, body);
        CAPTURE(role);
        CAPTURE(body.index());
        CAPTURE(term);
        CHECK_FALSE(node.effects.reasons.empty());
      }
    }
  }
}

}  // namespace raft::test
