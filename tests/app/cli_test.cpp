// The program itself: exit statuses, one line of error, files whole or not at all.
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <string>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "tests/support/program.h"

namespace app::test {

namespace {

namespace fs = std::filesystem;

/// What is run must take far longer than the moment after which the signal comes.
Result run_and_interrupt(const Folder& folder, const std::string& arguments) {
  // Once it listens to the signal (bit 2 of those it catches) it is given a moment to be at work.
  return run_shell(folder, "'" + built_program() + "' " + arguments + " & "
                           "until grep -q '^SigCgt:.*[2367abef]$' /proc/$!/status; do :; done; sleep 0.2; kill -INT $!; wait $!");
}

const std::string good = "walkthrough 1\ncluster A B C\nseed 2\nstep \"s\"\n  until leaders = 1 within 1s\n";
const std::string shipped = source_dir() + "/assets/walkthroughs/";

}  // namespace

TEST_CASE("the program is the one that was just built") { CHECK(fs::exists(built_program())); }

TEST_CASE("run: 0 when all held, and nothing on standard error") {
  const Folder folder;
  for (const char* name : {"normal_election", "sally", "bob_and_tom"}) {
    const Result result = run(folder, "run '" + shipped + name + ".walk'");
    CHECK(result.status == 0);
    CHECK(result.err.empty());
    CHECK(lines(result.out) == 1);
  }
}

TEST_CASE("run: 1 when an expectation fails, with its place") {
  const Folder folder;
  write(folder / "f.walk", good + "  expect term A = 3\n");
  const Result result = run(folder, "run f.walk");
  CHECK(result.status == 1);
  CHECK(result.err == "f.walk:6:10: expected term A = 3, but it is 1\n");
}

TEST_CASE("bad input: 2, one line, of every kind") {
  const Folder folder;
  const auto check_bad = [&folder](const std::string& arguments, const std::string& line) {
    const Result result = run(folder, arguments);
    CHECK_MESSAGE(result.status == 2, arguments);
    CHECK(result.err == line + "\n");
    CHECK(result.out.empty());
  };
  write(folder / "typo.walk", good + "  exepct safe\n");
  write(folder / "empty.walk", "");
  write(folder / "junk.walk", std::string("\x7F" "ELF\0\1\2", 7));
  fs::create_directory(folder / "dir.walk");
  write(folder / "big.walk", "");
  fs::resize_file(folder / "big.walk", std::uintmax_t{2} << 30U);  // sparse
  write(folder / "loop.walk", "walkthrough 1\ninclude loop.walk\nstep \"s\"\n");
  check_bad("run typo.walk", "typo.walk:6:3: unknown word 'exepct'; did you mean 'expect'?");
  check_bad("run missing.walk", "missing.walk: no such file");
  check_bad("run dir.walk", "dir.walk: is a folder, not a file");
  check_bad("run empty.walk", "empty.walk: the file is empty; a walkthrough starts with the line: walkthrough 1");
  check_bad("run junk.walk", "junk.walk: this is a binary file, not a walkthrough");
  check_bad("run big.walk", "big.walk: the file is larger than 1 MiB");
  check_bad("run loop.walk", "loop.walk:2:1: cannot include 'loop.walk': it includes itself");
  check_bad("run", "raftlab: FILE is required; see raftlab --help");
  check_bad("run --shiviz s typo.walk empty.walk", "raftlab: --shiviz takes one FILE at a time");
  check_bad("run --shiviz s --history s typo.walk", "raftlab: --history and --shiviz cannot be the same file");
  check_bad("explore x.walk", "x.walk: no such file");
  check_bad("explore --nodes 9", "raftlab: explore: the explorer takes 1 to 7 nodes");
  check_bad("explore --rule one_vote=off", "raftlab: explore: there is no rule 'one_vote'; raftlab help rules lists them");
  check_bad("explore --rule one_vote_per_term",
            "raftlab: explore: --rule takes NAME=off, as in --rule one_vote_per_term=off, not 'one_vote_per_term'");
  check_bad("swarm --seeds 9..3", "raftlab: swarm: --seeds is A..B with 1 <= A <= B, such as 1..1000, not '9..3'");
  check_bad("swarm --time soon", "raftlab: swarm: --time is a duration such as 150ms, 2.5ms, 1s, 20us, 2min or 1h, not 'soon'");
  check_bad("swarm --rule gravity=off", "raftlab: swarm: there is no rule 'gravity'; raftlab help rules lists them");
  check_bad("run --lang zh typo.walk", "raftlab: --lang is the language of --state, which is not asked for");
  check_bad("run --history h typo.walk empty.walk", "raftlab: --history takes one FILE at a time");
  check_bad("run --history h --trace h typo.walk", "raftlab: --trace and --history cannot be the same file");
  check_bad("help nothing", "raftlab: there is no help about 'nothing'; topics are language, keys, rules");
  CHECK(run(folder, "run --nonsense typo.walk").status == 2);
  CHECK(lines(run(folder, "run --nonsense typo.walk").err) == 1);
  CHECK(run(folder, "run typo.walk --transcript fr").status == 2);
}

TEST_CASE("of several files the worst counts, and each is played") {
  const Folder folder;
  write(folder / "good.walk", good);
  write(folder / "false.walk", good + "  expect leaders = 0\n");
  write(folder / "bad.walk", "nonsense\n");
  CHECK(run(folder, "run good.walk good.walk").status == 0);
  CHECK(run(folder, "run false.walk good.walk").status == 1);
  const Result result = run(folder, "run bad.walk false.walk good.walk");
  CHECK(result.status == 2);
  CHECK(lines(result.err) == 2);
  CHECK(result.out.find("good.walk: 1 steps") == 0);
}

TEST_CASE("check lists up to 20 errors and plays nothing; --format prints the canonical form") {
  const Folder folder;
  std::string many = good;
  for (int i = 0; i < 25; ++i) many += "nonsense\n";
  write(folder / "many.walk", many);
  write(folder / "f.walk", "walkthrough 1\n cluster   A  B\nstep \"s\"\nfor 1000us\n");
  const Result result = run(folder, "check many.walk");
  CHECK(result.status == 2);
  CHECK(lines(result.err) == 20);
  CHECK(run(folder, "check f.walk").out.empty());
  CHECK(run(folder, "check --format f.walk").out == "walkthrough 1\ncluster A B\n\nstep \"s\"\n  for 1ms\n");
}

TEST_CASE("--state speaks English, or the language of --lang, or else that of the transcript") {
  const Folder folder;
  write(folder / "f.walk", good);
  const auto state_of = [&](const std::string& options) {
    const Result result = run(folder, "run f.walk --state" + options);
    CHECK(result.status == 0);
    CHECK(result.err.empty());
    return result.out;
  };
  const std::string english = "What happens next:";
  const std::string chinese = "接下来：";
  const auto speaks = [](const std::string& text, const std::string& words) { return text.find(words) != std::string::npos; };
  CHECK(speaks(state_of(""), english));
  CHECK(speaks(state_of(" --lang zh"), chinese));
  CHECK_FALSE(speaks(state_of(" --lang zh"), english));
  CHECK(speaks(state_of(" --transcript zh"), chinese));
  CHECK(speaks(state_of(" --transcript zh --lang en"), english));
}

TEST_CASE("--hash is alone on the last line, the same every time, and another with another seed") {
  const Folder folder;
  write(folder / "f.walk", good);
  const std::string out = run(folder, "run f.walk --hash").out;
  const std::string last = out.substr(out.find_last_of('\n', out.size() - 2) + 1);
  CHECK(last.size() == 19);
  CHECK(last.starts_with("0x"));
  CHECK(run(folder, "run f.walk --hash").out == out);
  const std::string other = run(folder, "run f.walk --hash --seed 3").out;
  CHECK(other.substr(other.size() - 19) != last);
}

TEST_CASE("--trace appears whole or not at all, and what cannot be written is 3") {
  const Folder folder;
  write(folder / "f.walk", good);
  write(folder / "bad.walk", "nonsense\n");
  CHECK(run(folder, "run f.walk --trace t.jsonl").status == 0);
  CHECK(read(folder / "t.jsonl").starts_with("{\"event\":0,\"at_us\":0,\"kind\":\"start\""));
  CHECK_FALSE(fs::exists(folder / "t.jsonl.part"));
  write(folder / "keep.jsonl", "old\n");
  CHECK(run(folder, "run bad.walk --trace keep.jsonl").status == 2);
  CHECK(read(folder / "keep.jsonl") == "old\n");
  const Result nowhere = run(folder, "run f.walk --trace nowhere/t.jsonl");
  CHECK(nowhere.status == 3);
  CHECK(nowhere.err == "nowhere/t.jsonl: cannot be written: no such file or directory\n");
  CHECK(nowhere.out.empty());
  const Result full = run(folder, "run f.walk --trace /dev/full");
  CHECK(full.status == 3);
  CHECK(full.err == "/dev/full: cannot be written: no space left on device\n");
}

TEST_CASE("--shiviz writes pairs of lines: words, then the host with its vector clock") {
  const Folder folder;
  write(folder / "f.walk", good);
  CHECK(run(folder, "run f.walk --shiviz s.log").status == 0);
  const std::string log = read(folder / "s.log");
  CHECK(lines(log) > 10);
  CHECK(lines(log) % 2 == 0);
  CHECK(log.find("\nA {\"A\":1}\n") != std::string::npos);
  CHECK(run(folder, "run f.walk --shiviz no/such/folder/s.log").status == 3);
  CHECK(run(folder, "--help").out.find(R"((?<event>.*)\n(?<host>\S*) (?<clock>{.*}))") != std::string::npos);
}

TEST_CASE("--history is a line for every operation of a client, those included that got no answer") {
  const Folder folder;
  write(folder / "f.walk", good + "  do write x=1\n  settle\n  do cas x 5 6\n  settle\n  do crash A B C\n  do write x=2 to A\n");
  CHECK(run(folder, "run f.walk --history h.jsonl").status == 0);
  const std::string history = read(folder / "h.jsonl");
  CHECK(lines(history) == 3);
  CHECK(history.starts_with("{\"client\":\"c1\",\"op\":1,\"f\":\"write\",\"key\":\"x\",\"value\":\"1\""));
  CHECK(history.find("\"f\":\"cas\",\"key\":\"x\",\"value\":\"6\",\"old\":\"5\",\"result\":\"0\",\"status\":\"fail\"") !=
        std::string::npos);
  CHECK(history.find("\"op\":3,\"f\":\"write\",\"key\":\"x\",\"value\":\"2\"") != std::string::npos);
  CHECK(history.find("\"status\":\"unknown\"") != std::string::npos);
  CHECK(run(folder, "run f.walk --history nowhere/h.jsonl").status == 3);
}

TEST_CASE("standard output that is full is 3") {
  const Folder folder;
  write(folder / "f.walk", good);
  const std::string command = "cd '" + folder.path().string() + "' && '" + built_program() + "' run f.walk >/dev/full 2>.err";
  const int code = std::system(command.c_str());
  CHECK(WEXITSTATUS(code) == 3);
  CHECK(lines(read(folder / ".err")) == 1);
}

TEST_CASE("bench refuses a row that it does not have, and Ctrl-C ends it with 130 and no table") {
  const Folder folder;
  const Result unknown = run(folder, "bench --only idle nonsense");
  CHECK(unknown.status == 2);
  CHECK(unknown.err.starts_with("raftlab: bench --only: there is no 'nonsense'; there are idle, "));
  CHECK(lines(unknown.err) == 1);
  const Result stopped = run_and_interrupt(folder, "bench");
  CHECK(stopped.status == 130);
  CHECK(stopped.out.empty());
  CHECK(stopped.err == "cancelled\n");
}

TEST_CASE("Ctrl-C is 130, and leaves nothing half-written") {
  const Folder folder;
  // Ten hours of heartbeats: it is still at work when the signal comes.
  write(folder / "long.walk", "walkthrough 1\ncluster A B C D E\nstep \"s\"\n  for 900h\n");
  const Result stopped = run_and_interrupt(folder, "run long.walk --trace t.jsonl");
  CHECK(stopped.status == 130);
  CHECK(stopped.err == "cancelled\n");
  CHECK_FALSE(fs::exists(folder / "t.jsonl"));
  CHECK_FALSE(fs::exists(folder / "t.jsonl.part"));
}

TEST_CASE("explore: 0 and complete when every state within the bounds has been seen") {
  const Folder folder;
  const Result result = run(folder, "explore --nodes 2 --terms 2 --entries 1 --messages 2 --crashes 1");
  CHECK(result.status == 0);
  CHECK(result.err.empty());
  CHECK(result.out.ends_with(", complete\n"));
  const Result as_json = run(folder, "explore --nodes 2 --terms 2 --entries 1 --messages 2 --crashes 1 --json");
  CHECK(lines(as_json.out) == 1);
  CHECK(as_json.out.find("\"complete\":true") != std::string::npos);
}

TEST_CASE("explore: 1 when something breaks; the shortest way is saved, plays, and overwrites nothing") {
  const Folder folder;
  const std::string call = "explore --rule one_vote_per_term=off --terms 1 --entries 0 --messages 2";
  for (const char* name : {"one_vote_per_term.walk", "one_vote_per_term-2.walk"}) {
    const Result result = run(folder, call);
    CHECK(result.status == 1);
    CHECK(result.out.find("Election Safety, broken by C against A in term 1, after 6 steps") != std::string::npos);
    CHECK(result.out.find(std::string("saved as ") + name) != std::string::npos);
    CHECK(result.out.ends_with("depth 6, not complete: violation found\n"));
    CHECK(run(folder, std::string("run ") + name).status == 0);
  }
  CHECK(read(folder / "one_vote_per_term.walk") == read(folder / "one_vote_per_term-2.walk"));
  fs::permissions(folder.path(), fs::perms::owner_read | fs::perms::owner_exec);
  const std::string unwritable = "cd '" + folder.path().string() + "' && '" + built_program() + "' " + call + " >/dev/null 2>&1";
  const bool everything_is_writable = std::ofstream(folder / "probe").good();  // for root
  CHECK(WEXITSTATUS(std::system(unwritable.c_str())) == (everything_is_writable ? 1 : 3));
  fs::permissions(folder.path(), fs::perms::owner_all);
}

TEST_CASE("explore: a file's given states and rules are where it starts") {
  const Folder folder;
  write(folder / "f.walk",
        "walkthrough 1\ncluster A B C\nset rule candidate_log_up_to_date off\n"
        "given A term 1 vote A commit 1 log 1:a\ngiven B term 1 vote A commit 0 log 1:a\nstep \"s\"\n  expect safe\n");
  const Result result = run(folder, "explore f.walk --terms 1 --entries 0 --messages 1");
  CHECK(result.status == 1);
  CHECK(read(folder / "candidate_log_up_to_date.walk").find("given A term 1 vote A commit 1 log 1:a\n") != std::string::npos);
  CHECK(run(folder, "run candidate_log_up_to_date.walk").status == 0);
  CHECK(run(folder, "explore f.walk --rule candidate_log_up_to_date=on --terms 1 --entries 0 --messages 1").status == 0);
  CHECK(run(folder, "explore f.walk --nodes 3").status == 2);
  write(folder / "g.walk", "walkthrough 1\ncluster A B\nset impossible on\ngiven A term 2 commit 1 log 1:a\n"
                           "given B term 1 commit 1 log 1:b\nstep \"s\"\n  expect safe\n");
  CHECK(run(folder, "explore g.walk --entries 0").status == 1);
  CHECK(run(folder, "run violation.walk").status == 0);
}

TEST_CASE("explore: a rule is one word, and what follows is the file; what is far too many is refused at once") {
  const Folder folder;
  write(folder / "s.walk", "walkthrough 1\ncluster A B\nstep \"s\"\n  for 1ms\n");
  const std::string bounds = " --terms 1 --entries 0 --messages 1 --crashes 0";
  CHECK(run(folder, "explore --rule one_vote_per_term=on s.walk" + bounds).status == 0);
  for (const char* much : {"--nodes 100000000000", "--terms 2147483647"}) {
    const Result refused = run(folder, std::string("explore ") + much);
    CHECK(refused.status == 2);
    CHECK(lines(refused.err) == 1);
  }
}

TEST_CASE("explore: ends at its memory bound and says so; Ctrl-C is 130 and says how far it came") {
  const Folder folder;
  const std::string endless = "explore --terms 9 --entries 9 --messages 9 --crashes 9";
  const Result full = run(folder, endless + " --memory 16");
  CHECK(full.status == 0);
  CHECK(full.out.ends_with(", not complete: memory bound reached\n"));
  const Result stopped = run_and_interrupt(folder, endless);
  CHECK(stopped.status == 130);
  CHECK(stopped.out.ends_with(", not complete: cancelled\n"));
}

TEST_CASE("who hears no errors is given the same exit status") {
  const Folder folder;
  write(folder / "bad.walk", good + "  exepct safe\n");
  write(folder / "good.walk", good);
  const std::string program = "'" + built_program() + "' ";
  for (const char* nowhere : {"2>&-", "2>/dev/full"}) {
    CAPTURE(nowhere);
    CHECK(run_shell(folder, program + "run bad.walk " + nowhere).status == 2);
    CHECK(run_shell(folder, program + "run no.walk good.walk " + nowhere).status == 2);
    CHECK(run_shell(folder, program + "--no-such-option " + nowhere).status == 2);
  }
  CHECK(run_shell(folder, program + "run good.walk >&-").status == 3);
  CHECK(run_shell(folder, program + "run good.walk >&- 2>&-").status == 3);
}

TEST_CASE("names of files need not be UTF-8, also where they are told as JSON") {
  const Folder folder;
  write(folder / "task.walk", "walkthrough 1\ncluster A\nstep \"goal\"\n  until leader = A within 1s\n");
  write(folder / "name-\xff.walk", good);
  const Result graded = run(folder, "grade --json task.walk name-*.walk");
  CHECK(graded.status <= 2);
  CHECK(graded.err.find("terminate") == std::string::npos);
}

TEST_CASE("pictures go into a folder that is there, and take nothing of what is beside it") {
  const Folder folder;
  write(folder / "good.walk", good);
  fs::create_directory(folder / "out");
  fs::create_directory(folder / "out.part");
  write(folder / "out.part" / "mine", "mine");
  CHECK(run(folder, "render good.walk -o out --size 640x360").status == 0);
  CHECK(fs::exists(folder / "out" / "step-01.png"));
  CHECK(std::distance(fs::directory_iterator(folder / "out"), fs::directory_iterator()) == 1);
  CHECK(read(folder / "out.part" / "mine") == "mine");
  CHECK(run(folder, "render good.walk -o new --size 640x360").status == 0);
  CHECK(fs::exists(folder / "new" / "step-01.png"));
  const Result nowhere = run(folder, "render good.walk -o ''");
  CHECK(nowhere.status >= 2);
  CHECK(lines(nowhere.err) == 1);
}

TEST_CASE("help and version are printed from the tables that the program uses") {
  const Folder folder;
  for (const char* call : {"", "run ", "check ", "render ", "bench ", "explore ", "grade ", "help ", "help keys ", "list ", "swarm "}) {
    CAPTURE(call);
    const Result version = run(folder, std::string(call) + "--version");
    CHECK(version.status == 0);
    CHECK(version.out.starts_with("raftlab "));
    CHECK(lines(version.out) == 1);
  }
  for (const char* call : {"--help", "run --help", "check --help", "render --help", "help"}) {
    const Result result = run(folder, call);
    CHECK(result.status == 0);
    CHECK(result.out.find("raftlab run FILE") != std::string::npos);
  }
  const std::string language = run(folder, "help language").out;
  for (const char* word : {"partition A B | C D E", "election_timeout 150ms..300ms", "granted_vote", "leader_in_term T",
                           "one_vote_per_term", "AppendEntriesReply", "client_timeout", "reconfigure A B C", "drop every",
                           "snapshot_after off", "reads log", "InstallSnapshotReply", "pre_candidate", "linearizable",
                           "session_check"}) {
    CHECK_MESSAGE(language.find(word) != std::string::npos, word);
  }
  for (const char* state : {"idle", "timed_out", "redirected", "expired"}) CHECK_MESSAGE(language.find(state) != std::string::npos, state);
  CHECK(run(folder, "help rules").out.find("majority_needed") != std::string::npos);
  CHECK_FALSE(run(folder, "help keys").out.empty());
}

TEST_CASE("swarm: counts, the last line, a walkthrough for each failure that replays, and a history for each seed") {
  const Folder folder;
  const Result held = run(folder, "swarm --seeds 1..3 --time 10s --faults crash,drop");
  CHECK(held.status == 0);
  CHECK(held.err.empty());
  const std::string last = held.out.substr(held.out.find_last_of('\n', held.out.size() - 2) + 1);
  CHECK(last.starts_with("3 runs, "));
  CHECK(last.ends_with(" events, 0 failures\n"));

  fs::create_directory(folder / "h");
  const std::string call = "swarm --seeds 1..1 --rule consistency_check=off --history h";
  const Result bad = run(folder, call);
  CHECK(bad.status == 1);
  CHECK(bad.out.find("swarm-1-log-matching.walk") != std::string::npos);
  CHECK(fs::file_size(folder / "h/seed-1.jsonl") > 0);
  CHECK(run(folder, "run swarm-1-log-matching.walk").status == 0);
  const std::string saved = read(folder / "swarm-1-log-matching.walk");
  CHECK(run(folder, call + " --json").status == 1);  // nothing is overwritten; the same seed finds the same
  CHECK(read(folder / "swarm-1-log-matching-2.walk") == saved);
  CHECK(run(folder, "swarm --seeds 1..1 --history nowhere").status == 3);
}

TEST_CASE("swarm: Ctrl-C is 130 and says how far it came; a folder that takes nothing is 3 and nothing is called saved") {
  const Folder folder;
  const Result cancelled = run_and_interrupt(folder, "swarm --seeds 1..1000000");
  CHECK(cancelled.status == 130);
  CHECK(cancelled.err == "cancelled\n");  // and no line of progress where nobody watches
  CHECK(cancelled.out.find(" simulated s in ") != std::string::npos);
  CHECK(cancelled.out.ends_with(" failures\n"));

  const Result unsaved = run(folder, "swarm --seeds 1..1 --rule consistency_check=off --out /proc");
  CHECK(unsaved.status == 3);
  CHECK(unsaved.out.empty());
  CHECK(unsaved.err.starts_with("/proc/swarm-1-log-matching.walk: cannot be written: "));
  CHECK(run(folder, "swarm --seeds 1..1 --out nowhere").err == "nowhere: no such folder\n");
}

TEST_CASE("swarm --json: one object that says the same as the text") {
  const Folder folder;
  const Result result = run(folder, "swarm --seeds 1..1 --rule consistency_check=off --json");
  CHECK(result.status == 1);
  CHECK(lines(result.out) == 1);
  const auto json = nlohmann::json::parse(result.out);
  CHECK(json["runs"] == 1);
  CHECK(json["failures"] == 1);
  REQUIRE(json["found"].size() == 1);
  CHECK(json["found"][0]["broken"] == "Log Matching");
  CHECK(fs::exists(folder / json["found"][0]["file"].get<std::string>()));
}

}  // namespace app::test
