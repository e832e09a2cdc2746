// The canonical form: what is written says what was read, and writing it again changes nothing.
#include "raft/sim/draw.h"
#include "raft/sim/world_hash.h"
#include "tests/walkthrough/play.h"

namespace {

std::string canonical(const std::string& text) {
  const walkthrough_test::Parsed parsed = walkthrough_test::parse(text);
  REQUIRE_MESSAGE(parsed.errors.empty(), parsed.errors.front().message() << "\n" << text);
  return write(parsed.walkthrough);
}

/// Random walkthroughs from the grammar; the same number gives the same text.
class Generator {
 public:
  explicit Generator(std::uint64_t seed) : state_(seed) {}

  std::string walkthrough() {
    std::string text = "walkthrough 1\ncluster A B C D\n";
    if (chance(2)) text += "seed " + std::to_string(roll(1000)) + "\n";
    if (chance(3)) text += "title en: T " + std::to_string(roll(9)) + " \\# x\ntitle zh: 标题\n";
    if (chance(3)) text += "about en: a\nabout zh: 讲\ngoal en: g\n";
    if (chance(4)) text += "learners L M\n";
    if (chance(4)) text += "allow violation \"Log Matching\"\n";
    if (chance(4)) text += "given A term 1 commit 1 log 1:x=1\ngiven B term 1 log 1:x=1\ngiven C term 1 log 1:x=1\n";
    if (chance(3)) text += "set latency " + std::to_string(roll(9)) + "ms..20ms\n";
    if (chance(3)) text += "set rule majority_needed off\nset rule randomized_timeouts on\n";
    for (std::uint64_t i = 0; i <= roll(4); ++i) {
      text += "step \"s " + std::to_string(i) + "\"\n" + once();
      for (std::uint64_t k = roll(6); k > 0; --k) text += statement() + "\n";
    }
    return text;
  }

 private:
  std::uint64_t roll(std::uint64_t sides) {
    state_ = raft::sim::mix(state_);
    return state_ % sides;
  }
  bool chance(std::uint64_t one_in) { return roll(one_in) == 0; }
  std::string node() { return std::string(1, static_cast<char>('A' + roll(4))); }
  std::string pick(std::initializer_list<const char*> words) {
    return *(words.begin() + static_cast<std::ptrdiff_t>(roll(words.size())));
  }

  std::string pattern() {
    const std::string type = pick({"RequestVote", "RequestVoteReply", "AppendEntries", "AppendEntriesReply", "InstallSnapshot",
                                   "InstallSnapshotReply", "TimeoutNow", "PreVote", "PreVoteReply", "Heartbeat", "any"});
    if (chance(6)) return "ClientRequest c" + std::to_string(1 + roll(3)) + " -> " + node();
    if (chance(6)) return "ClientReply " + node() + " -> c1";
    return type + " " + (chance(4) ? "*" : node()) + " -> " + (chance(3) ? "*" : node());
  }
  std::string message() {
    return chance(3) ? "m" + std::to_string(1 + roll(99)) : (chance(2) ? "next " : "") + pattern();
  }
  std::string link() { return pick({"A B", "A -> B", "C -> D", "B D"}); }
  std::string client() { return chance(2) ? " by c" + std::to_string(1 + roll(9)) : ""; }
  std::string key() { return pick({"x", "sally", "\"a b\"", "k-1"}); }

  std::string command() {
    switch (roll(40)) {
      case 0: return "crash " + node() + (chance(2) ? " unsynced" : "");
      case 1: return "restart A " + pick({"B", "C D"});
      case 2: return "wipe " + node();
      case 3: return pick({"pause ", "resume ", "heartbeat ", "timeout "}) + node();
      case 4: return "snapshot " + node() + (chance(2) ? " " + std::to_string(1 + roll(9)) : "");
      case 5: return "partition A " + pick({"B", "C", "B | C"}) + " | D";
      case 6: return "isolate " + pick({"A", "A B"});
      case 7: return pick({"cut ", "mend "}) + link();
      case 8: return "heal";
      case 9: return "drop " + message();
      case 10: return "deliver " + message();
      case 11: return "delay " + message() + " " + duration();
      case 12: return "duplicate " + message() + (chance(2) ? " after " + duration() : "");
      case 13: return pick({"hold ", "release "}) + pick({"A -> B", "C -> A"});
      case 14: return "drop every " + pattern();
      case 15: return "drop every AppendEntries " + node() + " -> * when " +
                      pick({"entries > 0", "entries > 0 and (entry_term = 2 or not message_term >= 3)"});
      case 16: return "drop nothing";
      case 17: return "write " + pick({"x=1", "sally", "\"a b\"=\"c=d\"", "k=\"q\\\"r\"", "\"#\"=1"}) + (chance(2) ? " to " + node() : "") + client();
      case 18: return "read " + key() + (chance(2) ? " from " + node() : "") + client();
      case 19: return "cas " + key() + " 1 2" + client();
      case 20: return "incr " + key() + (chance(2) ? " to " + node() : "") + client();
      case 21: return pick({"retry ", "open ", "expire "}) + "c" + std::to_string(1 + roll(9));
      case 22: return "add " + pick({"E", "F"});
      case 23: return "learner " + pick({"G", "H"});
      case 24: return pick({"remove ", "promote ", "transfer "}) + node();
      case 25: return "reconfigure A B " + pick({"C", "D", "I"});
      case 26: return "set loss " + pick({"0", "1/20", "3/7"});
      case 27: return "set " + pick({"election_timeout 150ms..300ms", "heartbeat 20ms", "latency 1ms..2ms", "disk_delay 5ms",
                                     "timers manual", "batch 3", "snapshot_after 4", "snapshot_after off", "client_timeout 2s",
                                     "client_retry on", "sessions on", "max_sessions 5", "noop on", "pre_vote on",
                                     "check_quorum on", "fast_repair on", "reads index", "reads lease"});
      case 28: return "set clock " + node() + " 11/10";
      case 29: return "set rule " + pick({"majority_needed off", "one_vote_per_term on", "session_check off"});
      case 30: return "set " + pick({"latency A -> B 80ms..90ms", "loss A C 1/5"});
      default: return "timeout " + node();
    }
  }

  std::string duration() { return std::to_string(1 + roll(5000)) + pick({"us", "ms", ".5ms", "s"}); }

  std::string condition(int depth = 0) {
    if (depth < 4 && chance(3)) return condition(depth + 1) + pick({" and ", " or "}) + condition(depth + 1);
    if (depth < 4 && chance(4)) return "not (" + condition(depth + 1) + ")";
    if (depth < 4 && chance(5)) {
      const std::string variable(1, static_cast<char>('p' + depth));
      return "(" + pick({"all ", "any "}) + variable + pick({"", " in A B"}) + ": term " + variable + " = 1 or " + condition(depth + 1) + ")";
    }
    return fact();
  }

  std::string comparison() { return pick({" = ", " != ", " < ", " <= ", " > ", " >= "}); }
  std::string number() { return std::to_string(roll(9)); }

  std::string fact() {
    switch (roll(26)) {
      case 0: return "role " + node() + pick({" = ", " != "}) + pick({"leader", "follower", "candidate", "pre_candidate", "learner"});
      case 1: return "term " + node() + comparison() + pick({"term ", "votes ", "last "}) + node();
      case 2: return "(count n in A B: up n) " + pick({"=", ">"}) + " 1";
      case 3: return "log " + node() + " = " + pick({"[]", "[1:x=1 2:sally]", "[1:noop]", "log D"});
      case 4: return pick({"stored ", "committed "}) + pick({"\"x=1\"", "sally", "\"a#b\""}) + comparison() + number();
      case 5: return pick({"in_flight ", "held ", "lost "}) + pattern() + comparison() + number();
      case 6: return pick({"leader", "leader_in_term 2", "vote A", "leader_of B"}) + " = " + pick({"none", "A"});
      case 7: return "up " + node();
      case 8: return pick({"commit ", "applied ", "first ", "last ", "snapshot ", "votes "}) + node() + comparison() + number();
      case 9: return "entry " + node() + " 2 = " + pick({"\"x=1\"", "sally", "noop", "none"});
      case 10: return "entry_term " + node() + " 1 = " + pick({"2", "none"});
      case 11: return "value " + node() + " " + key() + " = " + pick({"1", "none", "\"c d\""});
      case 12: return "config " + node() + pick({" = [A B C]", " = [A B C]+[C D]", " != config A"});
      case 13: return pick({"next ", "match "}) + "A " + node() + comparison() + number();
      case 14: return "countdown " + node() + comparison() + duration();
      case 15: return "happened " + pick({"granted_vote ", "won_election ", "log_is_behind "}) + node();
      case 16: return "applications " + node() + " \"x=1\"" + comparison() + number();
      case 17: return "leaders" + comparison() + number();
      case 18: return "client c1 = " + pick({"idle", "waiting", "ok", "failed", "timed_out", "redirected", "expired"});
      case 19: return "result c2 = " + pick({"1", "none", "\"a b\""});
      case 20: return "time" + comparison() + duration();
      case 21: return pick({"safe", "linearizable"});
      case 22: return "violated " + pick({"\"Leader Completeness\"", "\"Election Safety\""});
      default: return "term " + node() + comparison() + number();
    }
  }

  std::string question() {
    const std::string end = condition() + " within " + duration();
    switch (roll(3)) {
      case 0: return "ask en: q # why?\nask zh: 问？\nanswer " + end;
      case 1: return "ask en: q?\nanswer which v: vote v = v and (" + condition() + ") within 1s";
      default:
        return "ask en: when?\noption en: only when A leads when " + end + "\noption en: x = \"y\" when value A x = \"# when \" within 1s # not \"it\"" +
               (chance(2) ? "\noption zh: 甲\noption zh: 乙" : "");
    }
  }

  /// What may stand once in a step.
  std::string once() {
    std::string text;
    if (chance(2)) text += "say en: it's \"said\" \\# here # not this\n";
    if (chance(3)) text += "say zh: 说\n";
    if (chance(3)) text += "note en: n\n";
    if (chance(3)) text += "note zh: 记\n";
    if (chance(3)) text += "focus " + node() + (chance(2) ? " E" : "") + "\n";
    if (chance(3)) text += "pace " + pick({"1/20", "2", "3/7"}) + "\n";
    if (chance(4)) text += "hide\n";
    return text + (text.find(" E\n") != std::string::npos ? "do add E\n" : "");
  }

  std::string statement() {
    switch (roll(11)) {
      case 0: return "  do " + command();
      case 1: return "until " + condition() + " within " + duration();
      case 2: return "for " + duration();
      case 3: return "events " + std::to_string(1 + roll(9));
      case 4: return chance(2) ? "settle" : "settle within " + duration();
      case 5: return "\texpect   " + condition() + (chance(3) ? " # why" : "");
      case 6: return "# a remark of its own";
      case 7: return "at " + duration() + (chance(2) ? " do heal" : "");
      case 8: return "at event " + number() + (chance(2) ? " at " + duration() : "") + (chance(2) ? " expect safe" : "");
      default: return question();
    }
  }

  std::uint64_t state_;
};

}  // namespace

TEST_CASE("generated walkthroughs: read, written and read again, they say the same") {
  for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
    const std::string once = canonical(Generator(seed).walkthrough());
    CHECK(canonical(once) == once);
  }
}

TEST_CASE("the shipped walkthroughs are in the canonical form, and their canonical form runs to the same hash") {
  for (const std::string& path : walkthrough_test::shipped) {
    const std::string text = walkthrough_test::read_source(path);
    CHECK(canonical(text) == text);
  }
}

TEST_CASE("comments, blank lines and free text keep what they say") {
  const std::string text =
      "# first\n\nwalkthrough 1   # the version\n# before\ncluster A   B\n\n\ntitle en:  It's \"odd\" \\# 5 \\\\ , ; ! # gone\n"
      "# before the step\nstep   \"a \\\"b\\\"\"\n   say zh:  你好，世界。 # 注释\n# inside\nfor 1000us\n# last\n";
  CHECK(canonical(text) ==
        "# first\nwalkthrough 1  # the version\n# before\ncluster A B\ntitle en: It's \"odd\" \\# 5 \\\\ , ; !  # gone\n"
        "\n# before the step\nstep \"a \\\"b\\\"\"\n  say zh: 你好，世界。  # 注释\n  # inside\n  for 1ms\n# last\n");
}

TEST_CASE("comments between the lines of a question stay between them, also where its lines are put in order") {
  const std::string text =
      "walkthrough 1\ncluster A B\n\nstep \"s\"\n  ask en: q\n  # above zh\n  ask zh: 问\n"
      "  option en: a when up A within 1s  # of a\n  # left out: option zh: 甲\n  option en: b when up B within 1s\n"
      "  # below\n\nstep \"t\"\n  ask en: q\n\n  # the answer\n  answer up A within 1s\n";
  const std::string written = canonical(text);
  CHECK(written.find("  # of a\n  # left out: option zh: 甲\n  option en: b") != std::string::npos);
  CHECK(written.find("  ask en: q\n  # the answer\n  answer up A") != std::string::npos);
  CHECK(canonical(written) == written);
  const std::string in_turn =
      "walkthrough 1\ncluster A B\n\nstep \"s\"\n  ask en: q\n  option en: a when up A within 1s\n"
      "  option en: b when up B within 1s  # of b\n  # the others\n  option zh: 甲\n  option zh: 乙\n";
  CHECK(canonical(in_turn) ==
        "walkthrough 1\ncluster A B\n\nstep \"s\"\n  ask en: q\n  option en: a when up A within 1s\n"
        "  # the others\n  option zh: 甲\n  option en: b when up B within 1s  # of b\n  option zh: 乙\n");
  CHECK(canonical(canonical(in_turn)) == canonical(in_turn));
}

TEST_CASE("given states are written in full") {
  CHECK(canonical("walkthrough 1\ncluster A B\ngiven A log 1:x=1 1:noop term 1 down\ngiven B term 1\nstep \"s\"\n") ==
        "walkthrough 1\ncluster A B\ngiven A term 1 vote none commit 0 log 1:x=1 1:noop down\n"
        "given B term 1 vote none commit 0\n\nstep \"s\"\n");
}

TEST_CASE("a # in quotes is no comment, also behind the text of an option; the word when may be said anywhere") {
  const std::string text =
      "walkthrough 1\ncluster A B\n\nstep \"s\"\n  ask en: when?\n"
      "  option en: only \"when\" A when value A \"#\" = \"x # when \" within 1s  # a remark\n"
      "  option en: a \\# when B when up B within 1s  # when not\n";
  CHECK(canonical(text) == text);
  const walkthrough_test::Parsed parsed = walkthrough_test::parse(text);
  const auto& options = parsed.walkthrough.steps[0].questions[0].options;
  CHECK(options[0].texts[0].text == "only \"when\" A");
  CHECK(options[1].texts[0].text == "a # when B");
  CHECK(parsed.walkthrough.comments.size() == 2);
  CHECK(walkthrough_test::error_of("walkthrough 1\ncluster A\nstep \"s\"\nask en: q\noption en: a when up B within 1s\n") ==
        "t.walk:5:22: there is no node 'B'; node names are A");
}

TEST_CASE("focus names a node that the step adds further down, and no other") {
  const std::string text = "walkthrough 1\ncluster A B\n\nstep \"s\"\n  focus A D\n  do add D\n";
  CHECK(canonical(text) == text);
  CHECK(walkthrough_test::parse(text).walkthrough.steps[0].focus.count() == 2);
  CHECK(walkthrough_test::error_of("walkthrough 1\ncluster A\nstep \"s\"\nfocus A D\nstep \"t\"\ndo add D\n") ==
        "t.walk:4:9: there is no node 'D'; node names are A");
  CHECK(walkthrough_test::error_of("walkthrough 1\ncluster A\nstep \"s\"\nfocus A\nfocus A\n") ==
        "t.walk:5:1: focus is said twice in this step");
  CHECK(walkthrough_test::error_of("walkthrough 1\ncluster A\nstep \"s\"\nfocus\n").starts_with("t.walk:4:6: "));
}

TEST_CASE("a command with = outside quotes is told how it is written") {
  CHECK(walkthrough_test::error_of("walkthrough 1\ncluster A\nstep \"s\"\nexpect stored x=1 = 1\n") ==
        "t.walk:4:19: a command with = stands in double quotes here, as in stored \"x=1\" = 2");
}
