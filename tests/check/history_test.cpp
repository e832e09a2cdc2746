// What a history says of each client operation, in runs where all that can happen to one happens.
#include "raft/check/history.h"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "raft/check/linearizable.h"
#include "tests/support/aborts.h"
#include "tests/support/observed.h"
#include "tests/support/story.h"

namespace raft::history_test {

using check::Answer;
using check::check_linearizable;
using check::OperationStatus;

TEST_CASE("a write, a read, a cas that matches and one that does not, an increment, as JSON lines") {
  Observed run(three_nodes());
  run.elect(A);
  run.ask(write_command("x", "1")).run_for(100_ms);
  run.ask(read_command("x"), 2).run_for(100_ms);
  run.ask(cas_command("x", "1", "5")).run_for(100_ms);
  run.ask(cas_command("x", "1", "6")).run_for(100_ms);
  run.ask(incr_command("x")).run_for(100_ms);
  run.ask(read_command("nothing"), 2).run_for(100_ms);
  const auto lines = run.lines();
  REQUIRE(lines.size() == 6);
  CHECK(lines[0]["f"] == "write");
  CHECK(lines[0]["client"] == "c1");
  CHECK(lines[0]["op"] == 1);
  CHECK(lines[0]["value"] == "1");
  CHECK(lines[0]["old"].is_null());
  CHECK(lines[0]["status"] == "ok");
  CHECK(lines[0]["call_us"] < lines[0]["return_us"]);
  CHECK(lines[1]["f"] == "read");
  CHECK(lines[1]["client"] == "c2");
  CHECK(lines[1]["value"].is_null());
  CHECK(lines[1]["result"] == "1");
  CHECK(lines[2]["f"] == "cas");
  CHECK(lines[2]["old"] == "1");
  CHECK(lines[2]["value"] == "5");
  CHECK(lines[2]["result"] == "1");
  CHECK(lines[2]["status"] == "ok");
  CHECK(lines[3]["result"] == "0");
  CHECK(lines[3]["status"] == "fail");
  CHECK(lines[4]["f"] == "incr");
  CHECK(lines[4]["op"] == 4);
  CHECK(lines[4]["result"] == "6");
  CHECK(lines[5]["key"] == "nothing");
  CHECK(lines[5]["result"].is_null());
  CHECK(lines[5]["status"] == "ok");
  CHECK(run.answer() == Answer::Yes);
}

TEST_CASE("the members of a line come in the documented order") {
  Story story;
  story.cas(1, "0", "1", "a\"b");
  story.answer(1, "1");
  CHECK(check::history_lines(story.history, story.symbols, 9) ==
        R"({"client":"c1","op":1,"f":"cas","key":"a\"b","value":"1","old":"0","result":"1","status":"ok",)"
        R"("call_us":0,"return_us":1})"
        "\n");
}

TEST_CASE("bytes that are no text are still valid JSON") {
  Story story;
  story.wrote(1, "\xff\xfe");
  const std::string lines = check::history_lines(story.history, story.symbols, 9);
  CHECK(nlohmann::json::accept(lines));
}

TEST_CASE("lines come in the order of the ends; what still waits comes last, as unknown, and ends with the run") {
  Story story;
  story.write(1, "1").write(2, "2").write(3, "3").read(4).answer(3, "3").give_up(1).ask_again(1).answer(2, "2");
  std::vector<nlohmann::json> lines;
  std::istringstream text(check::history_lines(story.history, story.symbols, 99));
  for (std::string line; std::getline(text, line);) lines.push_back(nlohmann::json::parse(line));
  REQUIRE(lines.size() == 4);
  CHECK(lines[0]["client"] == "c3");
  CHECK(lines[1]["client"] == "c2");
  CHECK(lines[2]["client"] == "c1");
  CHECK(lines[2]["status"] == "unknown");
  CHECK(lines[2]["return_us"] == 99);
  CHECK(lines[3]["client"] == "c4");
  CHECK(lines[3]["result"].is_null());
}

TEST_CASE("told by a follower whom it asked alone: certainly not applied") {
  Observed run(three_nodes());
  run.elect(A).ask(write_command("x", "1"), 1, B).run_for(100_ms);
  CHECK(run.operation(0).status == OperationStatus::Refused);
  CHECK(run.lines()[0]["status"] == "fail");
  CHECK(run.lines()[0]["result"].is_null());
}

TEST_CASE("redirected and then answered: one operation, from the first request to the answer") {
  Observed run(three_nodes());
  run.elect(A).ask(write_command("x", "1"), 1).run_for(100_ms);
  run.act(sim::Crash{nodes({A})}).elect(B).act(sim::Restart{nodes({A})}).run_for(100_ms);
  run.ask(write_command("x", "2"), 1).run_for(200_ms);  // it still takes A for the leader
  CHECK(run.history.operations().size() == 2);
  CHECK(run.operation(1).status == OperationStatus::Ok);
  CHECK(run.operation(1).ended_at - run.operation(1).called_at > 40_ms);  // four flights
}

TEST_CASE("no answer: unknown, and it ends when the client gives up") {
  Observed run(three_nodes());
  run.elect(A).act(sim::Isolate{nodes({A})}).ask(write_command("x", "1"), 1, A).run_for(2_s);
  CHECK(run.operation(0).status == OperationStatus::Unknown);
  CHECK(run.operation(0).ended_at - run.operation(0).called_at == 1_s);
  CHECK(run.lines()[0]["status"] == "unknown");
}

TEST_CASE("a late answer to one that has given up changes nothing") {
  Observed run(three_nodes());
  run.elect(A).act(sim::Isolate{nodes({A})}).ask(write_command("x", "1"), 1, A).run_for(1'010_ms);
  run.act(sim::Heal{}).run_for(2_s);
  CHECK(run.operation(0).status == OperationStatus::Unknown);
  CHECK(run.ask(read_command("x"), 2).run_for(100_ms).lines().back()["result"] == "1");
  CHECK(run.answer() == Answer::Yes);
}

TEST_CASE("taken by a leader that was cut off, then refused on the retry: unknown, for the first may still happen") {
  Observed run(three_nodes());
  run.elect(A).act(sim::Isolate{nodes({A})}).ask(write_command("x", "1"), 1, A).run_for(1'100_ms);
  CHECK(run.operation(0).status == OperationStatus::Unknown);
  run.act(sim::Crash{nodes({A, B, C})}).act(sim::Restart{nodes({B, C})});
  run.act(sim::RetryClient{client(1)}).run_for(100_ms);  // nobody knows of a leader
  REQUIRE(run.world.client(client(1))->status == sim::ClientStatus::Failed);
  CHECK(run.operation(0).status == OperationStatus::Unknown);
  CHECK(run.operation(0).ended_at > 1'100_ms);
  CHECK(run.history.operations().size() == 1);
}

TEST_CASE("refused, while a copy of the request is still under way: unknown") {
  Observed run(three_nodes());
  run.elect(A);
  run.act(sim::DuplicateMessage{next(MessageType::ClientRequest, client(1), B), 500_ms});
  run.ask(write_command("x", "1"), 1, B).run_for(100_ms);
  REQUIRE(run.world.client(client(1))->status == sim::ClientStatus::Redirected);
  CHECK(run.operation(0).status == OperationStatus::Unknown);
  run.act(sim::Crash{nodes({A})}).elect(B).run_for(1_s);  // B leads when the copy comes, and applies it
  CHECK(run.ask(read_command("x"), 2).run_for(100_ms).lines().back()["result"] == "1");
  CHECK(run.answer() == Answer::Yes);
}

TEST_CASE("refused and asked again: the same operation, answered in the end") {
  Observed run(three_nodes());
  run.elect(A).ask(write_command("x", "1"), 1, B).run_for(100_ms);
  CHECK(run.operation(0).status == OperationStatus::Refused);
  run.act(sim::RetryClient{client(1)});
  CHECK(run.operation(0).status == OperationStatus::Waiting);
  run.run_for(100_ms);
  CHECK(run.history.operations().size() == 1);
  CHECK(run.operation(0).status == OperationStatus::Ok);
  CHECK(run.lines().size() == 1);
}

TEST_CASE("a retry without a session: applied twice, and the clients' view proves it") {
  Observed run(three_nodes());
  run.settings().client_retry = true;
  run.elect(A);
  run.act(sim::DropMessage{next(MessageType::ClientReply, A, client(1))});
  run.ask(incr_command("x"), 1).run_for(2_s);
  CHECK(run.history.operations().size() == 1);  // one operation, however often it was asked
  CHECK(run.operation(0).status == OperationStatus::Ok);
  CHECK(run.operation(0).result == Value::number(2));
  const auto result = check_linearizable(run.history);
  REQUIRE(result.answer == Answer::No);
  CHECK(result.anomalies.front().operation == 0);
  CHECK(result.anomalies.front().fitting == std::vector<Value>{Value::number(1)});
}

TEST_CASE("what a run starts from: applied entries are the first values, other entries may still happen") {
  sim::ClusterConfig config = three_nodes();
  const auto entry = [](const char* value) { return sim::GivenEntry{1, write_command("x", value)}; };
  config.given.push_back({A, 1, no_node, 1, {entry("1"), entry("2")}, false});
  config.given.push_back({B, 1, no_node, 1, {entry("1")}, false});
  config.given.push_back({C, 1, no_node, 0, {entry("1"), entry("2")}, false});
  Observed run(config);
  CHECK(run.history.first_value(run.world.symbols.intern("x")) == Value::number(1));
  CHECK(run.history.operations().size() == 1);  // entry 2, once, though two nodes hold it
  CHECK(run.lines().empty());                   // it is nobody's operation
  run.elect(A).ask(write_command("y", "1"), 1).run_for(200_ms).ask(read_command("x"), 1).run_for(200_ms);
  CHECK(run.lines().back()["result"] == "2");
  CHECK(run.answer() == Answer::Yes);
}

TEST_CASE("a copy of a history goes its own way") {
  Story story;
  story.wrote(1, "1");
  const check::History before = story.history;
  story.wrote(1, "2");
  CHECK(before.operations().size() == 1);
  CHECK(before.moments().size() == 2);
  CHECK(before.moment(1).digest == story.history.moment(1).digest);
  CHECK(before.moment(1).digest != story.history.moment(3).digest);
}

TEST_CASE("a history asserts that a call comes from a client, and from one that does not wait") {
  const auto calls = [](check::History history, ClientId client) {
    return [history, client]() mutable {
      Command command;
      command.kind = CommandKind::Read;
      command.client = client;
      history.call(command, 1);
    };
  };
  check::History history;
  CHECK_FALSE(test::aborts(calls(history, static_cast<ClientId>(max_clients))));
  CHECK(test::aborts(calls(history, no_client)));
  CHECK(test::aborts(calls(history, static_cast<ClientId>(max_clients + 1))));
  Command command;
  command.client = client(1);
  history.call(command, 1);
  CHECK(test::aborts(calls(history, client(1))));
  CHECK_FALSE(test::aborts(calls(history, client(2))));
  history.give_up(client(1), 2);
  CHECK_FALSE(test::aborts(calls(history, client(1))));
}

}  // namespace raft::history_test
