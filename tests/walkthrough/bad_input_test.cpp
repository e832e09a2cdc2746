// Bad input: one line that says where, what is wrong and what would be right.
#include "tests/walkthrough/play.h"

namespace {

struct Bad {
  const char* text;
  const char* message;
};

// The head; each text is a whole file.
const Bad heads[] = {
    {"", "t.walk: the file is empty; a walkthrough starts with the line: walkthrough 1"},
    {" \n\t\n", "t.walk: the file is empty; a walkthrough starts with the line: walkthrough 1"},
    {"cluster A B\nstep \"x\"\n", "t.walk:1:1: a walkthrough starts with the line: walkthrough 1"},
    {"walkthrough 2\ncluster A\nstep \"x\"\n",
     "t.walk:1:13: the version of the language is a whole number from 1 to 1, not '2'"},
    {"walkthrough 1\nstep \"x\"\n", "t.walk:1:1: there is no cluster; write for example: cluster A B C"},
    {"walkthrough 1\nclutser A B\nstep \"x\"\n", "t.walk:2:1: unknown word 'clutser' in the head; did you mean 'cluster'?"},
    {"walkthrough 1\ncluster A B C D E F G H I J K L\nstep \"x\"\n",
     "t.walk:2:31: a cluster has 1 to 11 voters, and 'L' is the 12th"},
    {"walkthrough 1\ncluster A B A\nstep \"x\"\n", "t.walk:2:13: node 'A' is in the cluster twice"},
    {"walkthrough 1\ncluster a b\nstep \"x\"\n",
     "t.walk:2:9: 'a' is no name of a node: a capital letter, then letters and digits, as in A or N1"},
    {"walkthrough 1\ncluster A\nwalkthrough 1\nstep \"x\"\n", "t.walk:3:1: 'walkthrough 1' is said twice; it is the first line alone"},
    {"walkthrough 1\ncluster A\ncluster B\nstep \"x\"\n", "t.walk:3:1: cluster is said twice; the first is in line 2"},
    {"walkthrough 1\ncluster A\nlearners F A\nstep \"x\"\n", "t.walk:3:1: node 'A' is a voter and a learner"},
    {"walkthrough 1\ncluster A\nseed x\nstep \"x\"\n",
     "t.walk:3:6: a seed is a whole number from 0 to 18446744073709551615, not 'x'"},
    {"walkthrough 1\ncluster A\nset latncy 1ms..2ms\nstep \"x\"\n",
     "t.walk:3:5: there is no setting 'latncy'; did you mean 'latency'?"},
    {"walkthrough 1\ncluster A\nset latency 20ms..10ms\nstep \"x\"\n",
     "t.walk:3:13: the range '20ms..10ms' ends before it starts"},
    {"walkthrough 1\ncluster A\nset heartbeat 50\nstep \"x\"\n",
     "t.walk:3:15: heartbeat is a duration such as 150ms, 2.5ms, 1s, 20us, 2min or 1h, not '50'"},
    {"walkthrough 1\ncluster A\nset loss 3/2\nstep \"x\"\n", "t.walk:3:10: loss is at most 1"},
    {"walkthrough 1\ncluster A\nset pre_vote yes\nstep \"x\"\n", "t.walk:3:14: pre_vote is on or off, not 'yes'"},
    {"walkthrough 1\ncluster A\nset impossible yes\nstep \"x\"\n", "t.walk:3:16: impossible is on or off"},
    {"walkthrough 1\ncluster A\nset reads cache\nstep \"x\"\n",
     "t.walk:3:11: reads are log, index or lease, not 'cache'"},
    {"walkthrough 1\ncluster A\nset snapshot_after 0\nstep \"x\"\n",
     "t.walk:3:20: snapshot_after is off, or is a whole number from 1 to 1000000, not '0'"},
    {"walkthrough 1\ncluster A\nset clock A 0\nstep \"x\"\n", "t.walk:3:13: a clock does not stand still"},
    {"walkthrough 1\ncluster A\nset clock A\nstep \"x\"\n",
     "t.walk:3:12: the rate of a clock is a fraction such as 1/20"},
    {"walkthrough 1\ncluster A\nset clock B 2\nstep \"x\"\n", "t.walk:3:11: there is no node 'B'; node names are A"},
    {"walkthrough 1\ncluster A\nset clock A 2\nset clock A 3\nstep \"x\"\n",
     "t.walk:4:1: set clock A is said twice; the first is in line 3"},
    {"walkthrough 1\ncluster A B\nset latency A -> B 1ms\nset latency A -> B 2ms\nstep \"x\"\n",
     "t.walk:4:1: set latency A -> B is said twice; the first is in line 3"},
    {"walkthrough 1\ncluster A B\nset latency A -> C 1ms\nstep \"x\"\n",
     "t.walk:3:18: there is no node 'C'; node names are A, B"},
    {"walkthrough 1\ncluster A B\nset loss A B 3/2\nstep \"x\"\n", "t.walk:3:14: loss is at most 1"},
    {"walkthrough 1\ncluster A\nset rule majority_neded off\nstep \"x\"\n",
     "t.walk:3:10: there is no rule 'majority_neded'; did you mean 'majority_needed'?"},
    {"walkthrough 1\ntitle fr: x\ncluster A\nstep \"x\"\n",
     "t.walk:2:7: expected a language after 'title': title en: … or title zh: …"},
    {"walkthrough 1\ncluster A\ninclude ../x.walk\nstep \"x\"\n",
     "t.walk:3:9: '../x.walk' is outside the folder of this walkthrough; include takes a relative path inside it"},
    {"walkthrough 1\ncluster A\nallow violation \"Log Machting\"\nstep \"x\"\n",
     "t.walk:3:17: there is no property 'Log Machting'; it is one of: \"Election Safety\", \"Leader Append-Only\", \"Log "
     "Matching\", \"Leader Completeness\", \"State Machine Safety\", \"Term Monotonicity\", \"Vote Stability\", "
     "\"Commit Monotonicity\", \"Index Bounds\", \"Configuration Order\", \"Role Transitions\", \"Liveness\""},
    {"walkthrough 1\ncluster A B\n", "t.walk:2:1: there is no step; write for example: step \"The first election\""},
    {"walkthrough 1\ncluster A B\nstep x\n",
     "t.walk:3:6: expected the name of the step in double quotes: step \"Two candidates\""},
};

// Statements of a step; the first is on line 5.
const Bad bad_statements[] = {
    {"crash A", "t.walk:5:1: a command stands after 'do': do crash …"},
    {"exepct safe", "t.walk:5:1: unknown word 'exepct'; did you mean 'expect'?"},
    {"set latency 1ms..2ms", "t.walk:5:1: 'set' belongs in the head, before the first step; in a step write: do set …"},
    {"do crush A", "t.walk:5:4: there is no command 'crush'; did you mean 'crash'?"},
    {"do crash", "t.walk:5:9: expected a node after 'crash'; node names are A, B, C"},
    {"do crash D", "t.walk:5:10: there is no node 'D'; node names are A, B, C"},
    {"do crash A A", "t.walk:5:12: node 'A' is named twice"},
    {"do crash A unsynched", "t.walk:5:12: unexpected 'unsynched': the line should end before it"},
    {"do wipe A B", "t.walk:5:11: unexpected 'B': the line should end before it"},
    {"do set clock A 0", "t.walk:5:16: a clock does not stand still"},
    {"do add d", "t.walk:5:8: 'd' is no name of a node: a capital letter, then letters and digits, as in A or N1"},
    {"do add", "t.walk:5:7: expected the name of a node after 'add'"},
    {"do remove D", "t.walk:5:11: there is no node 'D'; node names are A, B, C"},
    {"do reconfigure A B A", "t.walk:5:20: node 'A' is named twice"},
    {"do reconfigure A B C D E F G H I J K L",
     "t.walk:5:38: a cluster has 1 to 11 voters, and 'L' is the 12th"},
    {"do open", "t.walk:5:8: expected a client: c1, c2, …, c99"},
    {"do cut A A", "t.walk:5:10: a node has no link to itself"},
    {"do partition A | A B", "t.walk:5:18: node 'A' is on two islands"},
    {"do drop RequestVot A -> B", "t.walk:5:9: there is no type of message 'RequestVot'; did you mean 'RequestVote'?"},
    {"do drop PreVote c1 -> B", "t.walk:5:9: this message goes from a node to a node"},
    {"do drop RequestVote A B", "t.walk:5:23: expected '->' after the sender, not 'B'"},
    {"do drop RequestVote c1 -> A", "t.walk:5:9: this message goes from a node to a node"},
    {"do set latency A -> A 1ms", "t.walk:5:21: a node has no link to itself"},
    {"do set latency A -> 1ms", "t.walk:5:21: there is no node '1ms'; node names are A, B, C"},
    {"do set latency A 1ms", "t.walk:5:18: there is no node '1ms'; node names are A, B, C"},
    {"do set latency A -> B", "t.walk:5:22: latency is a duration such as 150ms, 2.5ms, 1s, 20us, 2min or 1h"},
    {"do set latency A -> B 20ms..10ms", "t.walk:5:23: the range '20ms..10ms' ends before it starts"},
    {"do set loss A B defualt", "t.walk:5:17: loss is a fraction such as 1/20, not 'defualt'"},
    {"do set heartbeat A B 10ms",
     "t.walk:5:18: heartbeat is a duration such as 150ms, 2.5ms, 1s, 20us, 2min or 1h, not 'A'"},
    {"do set latency c1 -> A 1ms",
     "t.walk:5:16: latency is a duration such as 150ms, 2.5ms, 1s, 20us, 2min or 1h, not 'c1'"},
    {"do drop every AppendEntries A -> B when",
     "t.walk:5:40: expected what a message carries; it is one of: entries, entry_term, message_term"},
    {"do drop every AppendEntries A -> B when entrys > 0",
     "t.walk:5:41: unknown word 'entrys' for what a message carries; did you mean 'entries'?"},
    {"do drop every AppendEntries A -> B when term A = 1",
     "t.walk:5:41: unknown word 'term' for what a message carries; it is one of: entries, entry_term, message_term"},
    {"do drop every AppendEntries A -> B when entries",
     "t.walk:5:48: expected = != < <= > or >= after entries"},
    {"do drop every AppendEntries A -> B when entries > many",
     "t.walk:5:51: entries is a whole number from 0 to 1000000000, not 'many'"},
    {"do drop every AppendEntries A -> B when entries > 0 and",
     "t.walk:5:56: expected what a message carries; it is one of: entries, entry_term, message_term"},
    {"do drop every AppendEntries A -> B when (entries > 0",
     "t.walk:5:53: expected ')' after the condition in parentheses"},
    {"do drop every AppendEntries A -> B when entries > 0 > 1", "t.walk:5:53: unexpected '>': the line should end before it"},
    {"do drop AppendEntries A -> B when entries > 0", "t.walk:5:30: unexpected 'when': the line should end before it"},
    {"do hold A B", "t.walk:5:11: expected '->' after the first node, not 'B'"},
    {"do write", "t.walk:5:9: expected the command: a word or \"quoted text\""},
    {"do write \"=x\"", "t.walk:5:10: a command is KEY=VALUE or a word, and a key holds no '='"},
    {"do write x=1 on A",
     "t.walk:5:14: unexpected 'on'; after the command comes to NODE or by CLIENT"},
    {"do write x=1 by c100", "t.walk:5:17: there is no client 'c100'; clients are c1, c2, …, c99"},
    {"do heal A", "t.walk:5:9: unexpected 'A': the line should end before it"},
    {"until leaders = 1", "t.walk:5:18: expected 'within' after the condition of until"},
    {"until leaders = 1 within 5", "t.walk:5:26: within is a duration such as 150ms, 2.5ms, 1s, 20us, 2min or 1h, not '5'"},
    {"for 1.23456789ms", "t.walk:5:5: for is a duration such as 150ms, 2.5ms, 1s, 20us, 2min or 1h, not '1.23456789ms'"},
    {"for 1001h", "t.walk:5:5: '1001h' is longer than 1000 simulated hours"},
    {"at 10ms crash A", "t.walk:5:9: after the place comes do or expect, or nothing, not 'crash'"},
    {"events 0", "t.walk:5:8: events is a whole number from 1 to 1000000000, not '0'"},
    {"expect trem A = 1", "t.walk:5:8: unknown word 'trem' for the condition; did you mean 'term'?"},
    {"expect term D = 1", "t.walk:5:13: there is no node 'D'; node names are A, B, C"},
    {"expect term A", "t.walk:5:14: expected = != < <= > or >= after term A, which is a number"},
    {"expect up B = true", "t.walk:5:13: '=' has nothing to compare: a fact is written alone, as in up B, or after not, as in not up B"},
    {"until not safe = true within 1s", "t.walk:5:16: '=' has nothing to compare: a fact is written alone, as in up B, or after not, as in not up B"},
    {"expect log A = 1:x", "t.walk:5:16: a log, as in [1:x=1 2:sally], is expected here, not '1'"},
    {"settle 5s", "t.walk:5:8: unexpected '5s': the line should end before it"},
    {"expect term A = B", "t.walk:5:17: a number is expected here, not 'B'"},
    {"expect leader = 1", "t.walk:5:17: there is no node '1'; node names are A, B, C"},
    {"expect role A = laeder", "t.walk:5:17: unknown word 'laeder' for a role; did you mean 'leader'?"},
    {"expect role A < leader", "t.walk:5:15: '<' compares numbers; a role is = or !="},
    {"expect role A = learnr", "t.walk:5:17: unknown word 'learnr' for a role; did you mean 'learner'?"},
    {"expect linearisable", "t.walk:5:8: unknown word 'linearisable' for the condition; did you mean 'linearizable'?"},
    {"expect term A = 1 = 2", "t.walk:5:19: a comparison has two sides; join two comparisons with and"},
    {"expect (term A = 1", "t.walk:5:19: expected ')' after the condition in parentheses"},
    {"expect all n up n", "t.walk:5:14: expected ':' after 'all n', not 'up'"},
    {"expect count n: up n", "t.walk:5:21: expected = != < <= > or >= after count n: up n, which is a number"},
    {"expect happened granted_vot A", "t.walk:5:17: unknown word 'granted_vot' for a reason; did you mean 'granted_vote'?"},
    {"expect stored \"x=1 = 2", "t.walk:5:15: the quoted text is not closed by '\"'"},
    {"expect safe;", "t.walk:5:12: unexpected ';'; text that is not a plain word stands in double quotes"},
    {"pace 0", "t.walk:5:6: the pace is more than 0"},
    {"say en: a\nsay en: b", "t.walk:6:1: say en is said twice in this step"},
    {"say en:", "t.walk:5:8: there is no text after 'say en:'"},
    {"answer safe within 1s", "t.walk:5:1: 'answer' stands below an 'ask'"},
    {"ask en: x?", "t.walk:5:1: this question has no answer; below it stands answer CONDITION within DURATION"},
    {"ask en: x?\noption en: y", "t.walk:6:1: this option has no condition: option en: … when CONDITION within DURATION"},
    {"ask en: x?\noption en: y when safe within 1s", "t.walk:5:1: this question has only one option; it needs two or more"},
    {"hash 0x12 engine 1", "t.walk:5:6: a hash is 0x and 16 hexadecimal digits, not '0x12'"},
    {"hash 0x0123456789abcdef engine 1\nexpect safe", "t.walk:6:1: 'hash' is the last line of a session; nothing follows it"},
};

}  // namespace

TEST_CASE("every error of the head is one line that says where and what would be right") {
  for (const Bad& bad : heads) CHECK(walkthrough_test::error_of(bad.text) == bad.message);
}

TEST_CASE("every error of a statement is one line that says where and what would be right") {
  for (const Bad& bad : bad_statements)
    CHECK(walkthrough_test::error_of(walkthrough_test::with_steps(bad.text)) == bad.message);
}

TEST_CASE("columns count characters, not bytes") {
  CHECK(walkthrough_test::error_of(walkthrough_test::with_steps("do write 选举 by x")) ==
        "t.walk:5:16: there is no client 'x'; clients are c1, c2, …, c99");
}

TEST_CASE("a word that is too long is quoted by its beginning, in whole characters") {
  const auto said_of = [](const std::string& word) {
    return walkthrough_test::error_of(walkthrough_test::with_steps("do " + word)).substr(0, 140);
  };
  const std::string before = "t.walk:5:4: there is no command '";
  CHECK(said_of(std::string(1'000'000, 'x')).starts_with(before + std::string(99, 'x') + "…'; "));
  std::string words;
  for (int i = 0; i < 33; ++i) words += "选";
  CHECK(said_of(words + "举举举").starts_with(before + words + "…'"));
  CHECK(said_of("xx" + words).starts_with(before + "xx" + words.substr(0, 96) + "…'"));
  CHECK(said_of(std::string(99, 'x')).starts_with(before + std::string(99, 'x') + "'; "));
  CHECK(said_of(std::string(100, 'x')).starts_with(before + std::string(99, 'x') + "…'; "));
}

TEST_CASE("a word of nothing but punctuation marks is cut, too") {
  const std::string marks = "do \"" + std::string(1'000'000, '!') + "\"";
  const std::string error = walkthrough_test::error_of(walkthrough_test::with_steps(marks));
  CHECK(error.starts_with("t.walk:5:4: there is no command '!!!"));
  CHECK(error.find("!…!") != std::string::npos);
  CHECK(error.size() < 2'000);
}

TEST_CASE("what is not text is refused as a whole") {
  CHECK(walkthrough_test::error_of(std::string("walkthrough 1\n\0x", 16)) ==
        "t.walk: this is a binary file, not a walkthrough");
  CHECK(walkthrough_test::error_of("walkthrough 1\nti\xFFtle\n") == "t.walk:2:3: this is not UTF-8 text");
  CHECK(walkthrough_test::error_of("walkthrough 1\n\xC0\xAF") == "t.walk:2:1: this is not UTF-8 text");
  CHECK(walkthrough_test::error_of(std::string((1U << 20U) + 1, 'x')) == "t.walk: the file is larger than 1 MiB");
}

TEST_CASE("keys and values have at most 64 bytes") {
  const std::string longest(64, 'k');
  CHECK(walkthrough_test::error_of(walkthrough_test::with_steps("do write " + longest + "=" + longest)).empty());
  CHECK(walkthrough_test::error_of(walkthrough_test::with_steps("do write " + longest + "k")) ==
        "t.walk:5:10: the command has 65 bytes; at most 64 are allowed");
  // Each of them, also where a condition names both.
  const std::string both = longest + "=" + std::string(64, 'v');
  CHECK(walkthrough_test::error_of(walkthrough_test::with_steps("expect stored \"" + both + "\" = 0")).empty());
  CHECK(walkthrough_test::error_of(walkthrough_test::with_steps("expect log A = [1:\"" + both + "\"]")).empty());
  CHECK(walkthrough_test::error_of(walkthrough_test::with_steps("expect stored \"" + both + "v\" = 0")).find("has 65 bytes") !=
        std::string::npos);
}

TEST_CASE("a file has at most 10000 steps") {
  std::string text = "walkthrough 1\ncluster A\n";
  for (int i = 0; i < 10'000; ++i) text += "step \"s\"\n";
  CHECK(walkthrough_test::error_of(text).empty());
  CHECK(walkthrough_test::error_of(text + "step \"s\"\n") == "t.walk:10003:6: more than 10000 steps");
}

TEST_CASE("check goes on after an error and lists at most 20, in the order of the lines") {
  std::string lines;
  for (int i = 0; i < 30; ++i) lines += "expect nonsense\n";
  const walkthrough_test::Parsed parsed = walkthrough_test::parse(walkthrough_test::with_steps(lines), 20);
  REQUIRE(parsed.errors.size() == 20);
  for (int i = 0; i < 20; ++i) CHECK(parsed.errors[static_cast<std::size_t>(i)].line == 5 + i);
}

TEST_CASE("ten thousand parentheses are an error, not a crash") {
  const std::string many(10'000, '(');
  CHECK(walkthrough_test::error_of(walkthrough_test::with_steps("expect " + many)).find("nested more than 64 deep") !=
        std::string::npos);
  std::string nots;
  for (int i = 0; i < 10'000; ++i) nots += "not ";
  CHECK(
      walkthrough_test::error_of(walkthrough_test::with_steps("expect " + nots + "safe")).find("nested more than 64 deep") !=
      std::string::npos);
}

TEST_CASE("a given state that Raft never reaches is refused, unless the file says set impossible on") {
  const auto given = [](const std::string& lines) { return "walkthrough 1\ncluster A B C\n" + lines + "step \"s\"\n"; };
  const std::string hint = "; Raft never reaches this (to show it all the same: set impossible on)";
  CHECK(walkthrough_test::error_of(given("given A term 2 log 1:x 2:y\ngiven B term 2 log 1:x 2:y\n")).empty());
  CHECK(walkthrough_test::error_of(given("given A term 1 log 1:x 2:y\n")) ==
        "t.walk:3:1: node A: its log holds an entry of term 2, but its term is 1" + hint);
  CHECK(walkthrough_test::error_of(given("given A term 2 log 2:x 1:y\ngiven B term 2\n")) ==
        "t.walk:3:1: node A: the terms of its log go down" + hint);
  CHECK(walkthrough_test::error_of(given("given A term 1 log 1:x\ngiven B term 1 log 1:y\n")) ==
        "t.walk:4:1: node B: its entry 1 differs from that of A, but an entry of the same index and term follows or is "
        "there" + hint);
  CHECK(walkthrough_test::error_of(given("given A term 1 vote B\n")) ==
        "t.walk:3:1: node A: it voted for B in term 1, but B is in term 0" + hint);
  CHECK(walkthrough_test::error_of(given("given A term 3 log 3:x\n")) ==
        "t.walk:3:1: node A: its log holds an entry of term 3, but only 1 node has reached that term, so it had no "
        "leader" + hint);
  CHECK(walkthrough_test::error_of(given("given A term 1 commit 1 log 1:x\ngiven B term 1\n")) ==
        "t.walk:3:1: node A: entry 1 is committed but stored on only 1 node" + hint);
  // The leader of term 2 appended to one log alone.
  CHECK(walkthrough_test::error_of(given("given A term 2 log 1:x 2:y\ngiven B term 2 log 2:z\n")) ==
        "t.walk:4:1: node B: its first entry of term 2 is entry 1, but that of A is entry 2" + hint);
  // x was committed in term 1, and z comes from a leader of term 2 that had not got it.
  CHECK(walkthrough_test::error_of(given("given A term 1 commit 1 log 1:x\ngiven B term 2 log 1:x\ngiven C term 2 log 2:z\n")) ==
        "t.walk:3:1: node A: entry 1 is committed, but C holds an entry of the later term 2 and not this one" + hint);
  // Figure 8: x may be committed as late as w is, and z is older than that; a later entry than w would be too late.
  CHECK(walkthrough_test::error_of(given("given A term 3 commit 1 log 1:x 3:w\ngiven B term 3 log 1:x 3:w\ngiven C term 3 log 2:z\n")).empty());
  CHECK(walkthrough_test::error_of(given("given A term 4 commit 1 log 1:x 3:w\ngiven B term 4 log 1:x 3:w\ngiven C term 4 log 2:z 4:z\n"))
            .find("C holds an entry of the later term 4") != std::string::npos);
  CHECK(walkthrough_test::error_of(given("set impossible on\ngiven A term 1 log 1:x 2:y\n")).empty());
  CHECK(walkthrough_test::error_of(given("given A commit 1\n")) ==
        "t.walk:3:1: commit 1 is beyond the log, which ends at 0");
}
