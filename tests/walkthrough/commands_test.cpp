// Commands are written exactly as they are read.
#include <doctest/doctest.h>

#include "raft/walkthrough/commands.h"

namespace {

using raft::walkthrough::Names;

const Names five_names{{"A", "B", "C", "D", "E"}};

std::string read_and_written(const std::string& text) {
  const auto read = raft::walkthrough::parse_command(text, five_names);
  if (const auto* problem = std::get_if<raft::walkthrough::Problem>(&read)) return problem->text;
  return raft::walkthrough::command_text(std::get<raft::sim::Intervention>(read), five_names);
}

}  // namespace

TEST_CASE("what is typed between quotes may hold no character that nobody sees") {
  CHECK(read_and_written("write \"a\x01" "b\"") == "there is an invisible control character in the quoted text; delete it");
}

TEST_CASE("every command in its canonical form is written as it was read") {
  for (const char* text : {
           "crash A", "crash A C", "restart B", "timeout A", "heartbeat A", "partition A B | C D E", "partition A",
           "isolate A B", "cut A B", "cut A -> B", "mend A B", "mend A -> B", "heal", "drop m17",
           "drop RequestVote A -> B", "drop next AppendEntries * -> B", "deliver Heartbeat A -> *",
           "deliver any * -> *", "delay m1 20ms", "delay next AppendEntriesReply A -> B 1.5ms", "duplicate m3",
           "duplicate RequestVoteReply A -> B after 20us", "drop ClientRequest c1 -> A", "drop ClientReply A -> c2",
           "write x=1", "write sally", "write sally to A", "write x=1 to B by c3", "write \"a b\"=\"c\\\"d\"", "read x",
           "read x from A by c1", "cas x 1 2", "cas x 1 2 to A by c2", "incr x", "incr x to C", "retry c1",
           "set election_timeout 150ms..300ms", "set heartbeat 50ms", "set latency 10ms..20.5ms", "set loss 1/20",
           "set duplicate 0", "set batch 3", "set client_timeout 2s", "set client_retry on", "set timers manual",
           "set rule majority_needed off", "crash A unsynced", "crash A B unsynced", "wipe A", "pause A", "resume A",
           "hold A -> B", "release A -> B", "snapshot A", "snapshot A 7", "open c1", "expire c1", "add A", "add F",
           "remove A", "learner F", "promote B", "reconfigure A B F", "transfer B", "drop every AppendEntries A -> B",
           "drop every any * -> B", "drop nothing", "drop next InstallSnapshot A -> B", "drop PreVote * -> *",
           "deliver TimeoutNow A -> B", "delay PreVoteReply A -> B 1ms", "duplicate InstallSnapshotReply A -> B",
           "set clock A 11/10", "set clock B 2", "set noop on", "set pre_vote on", "set check_quorum on",
           "set fast_repair off", "set ignore_disruptive on", "set sessions on", "set max_sessions 3",
           "set max_sessions off", "set snapshot_after 10", "set snapshot_after off", "set disk_delay 0ms",
           "set disk_delay 500us", "set latency A -> B 80ms..90ms", "set latency A B 1ms..1ms", "set loss A -> C 1/5",
           "set loss A C default", "set duplicate B -> A 1", "set latency D -> E default",
           "drop every AppendEntries A -> B when entries > 0",
           "drop every any * -> * when not (entries = 0 or entry_term != 2) and message_term >= 3",
           "drop every any * -> * when not not entries <= 1 or message_term < 2", "set reads log", "set reads index", "set reads lease",
       }) {
    CHECK(read_and_written(text) == text);
  }
}

TEST_CASE("other spellings come out in the canonical form") {
  CHECK(read_and_written("  cut   A->B ") == "cut A -> B");
  CHECK(read_and_written("partition A B|C D E") == "partition A B | C D E");
  CHECK(read_and_written("write x = 1") == "write x=1");
  CHECK(read_and_written("write \"x=1\"") == "write x=1");
  CHECK(read_and_written("write x=x") == "write x");
  CHECK(read_and_written("crash C A") == "crash A C");
  CHECK(read_and_written("set latency 15ms") == "set latency 15ms..15ms");
  CHECK(read_and_written("set client_timeout 2000ms") == "set client_timeout 2s");
  CHECK(read_and_written("duplicate m3 after 0ms") == "duplicate m3");
  CHECK(read_and_written("hold A->B") == "hold A -> B");
  CHECK(read_and_written("set latency A->B 5ms") == "set latency A -> B 5ms..5ms");
  CHECK(read_and_written("drop every any A -> B when (entries = 1) and ((entry_term = 2))") ==
        "drop every any A -> B when entries = 1 and entry_term = 2");
  CHECK(read_and_written("reconfigure F B A") == "reconfigure F B A");  // new nodes start in this order
}

TEST_CASE("the table names every command once, and every one is read by its name") {
  std::string before;
  for (const raft::walkthrough::CommandInfo& info : raft::walkthrough::command_table()) {
    CHECK(before != info.name);
    before = info.name;
    const std::string said = read_and_written(std::string(info.name));
    CHECK(said.find("not built") == std::string::npos);
    CHECK(said.find("there is no command") == std::string::npos);
  }
}
