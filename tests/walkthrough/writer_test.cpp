// The canonical form: what is written says what was read, and writing it again changes nothing.
#include "raft/sim/draw.h"
#include "raft/sim/world_hash.h"
#include "tests/walkthrough/play.h"

namespace {

std::string canonical(const std::string& text) {
  const test::Parsed parsed = test::parse(text);
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
    if (chance(3)) text += "set latency " + std::to_string(roll(9)) + "ms..20ms\n";
    if (chance(3)) text += "set rule majority_needed off\nset rule randomized_timeouts on\n";
    for (std::uint64_t i = 0; i <= roll(4); ++i) {
      text += "step \"s " + std::to_string(i) + "\"\n";
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

  std::string command() {
    switch (roll(8)) {
      case 0: return "crash " + node();
      case 1: return "partition A " + pick({"B", "C"}) + " | D";
      case 2: return "cut A -> " + pick({"B", "C", "D"});
      case 3: return "drop next " + pick({"RequestVote", "any", "Heartbeat"}) + " " + node() + " -> *";
      case 4: return "write " + pick({"x=1", "sally", "\"a b\"=\"c=d\"", "k=\"q\\\"r\""}) + (chance(2) ? " by c7" : "");
      case 5: return "delay m" + std::to_string(1 + roll(99)) + " " + duration();
      case 6: return "set loss " + pick({"0", "1/20", "3/7"});
      default: return "timeout " + node();
    }
  }

  std::string duration() { return std::to_string(1 + roll(5000)) + pick({"us", "ms", ".5ms", "s"}); }

  std::string condition(int depth = 0) {
    if (depth < 4 && chance(3)) return condition(depth + 1) + pick({" and ", " or "}) + condition(depth + 1);
    if (depth < 4 && chance(4)) return "not (" + condition(depth + 1) + ")";
    if (depth < 4 && chance(5)) return "(" + pick({"all", "any"}) + " " + std::string(1, static_cast<char>('p' + depth)) + ": term " +
                                        std::string(1, static_cast<char>('p' + depth)) + " = 1 or " +
                                        condition(depth + 1) + ")";
    switch (roll(7)) {
      case 0: return "role " + node() + pick({" = ", " != "}) + pick({"leader", "follower", "candidate"});
      case 1: return "term " + node() + pick({" = ", " < ", " >= "}) + "term " + node();
      case 2: return "(count n in A B: up n) " + pick({"=", ">"}) + " 1";
      case 3: return "log " + node() + " = " + pick({"[]", "[1:x=1 2:sally]", "[1:noop]"});
      case 4: return "stored " + pick({"\"x=1\"", "sally"}) + " <= 3";
      case 5: return "in_flight RequestVote " + node() + " -> * = 0";
      default: return "leader = " + pick({"none", "A"});
    }
  }

  std::string statement() {
    switch (roll(9)) {
      case 0: return "  do " + command();
      case 1: return "until " + condition() + " within " + duration();
      case 2: return "for " + duration();
      case 3: return "events " + std::to_string(1 + roll(9));
      case 4: return chance(2) ? "settle" : "settle within " + duration();
      case 5: return "\texpect   " + condition() + (chance(3) ? " # why" : "");
      case 6: return "# a remark of its own";
      case 7: return "ask en: q?\nanswer " + condition() + " within 1s";
      default: return "ask en: q?\nanswer which v: vote v = v within 1s";
    }
  }

  std::uint64_t state_;
};

}  // namespace

TEST_CASE("generated walkthroughs: read, written and read again, they say the same") {
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    const std::string once = canonical(Generator(seed).walkthrough());
    CHECK(canonical(once) == once);
  }
}

TEST_CASE("the shipped walkthroughs are in the canonical form, and their canonical form runs to the same hash") {
  for (const std::string& path : test::shipped) {
    const std::string text = test::read_source(path);
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

TEST_CASE("given states are written in full") {
  CHECK(canonical("walkthrough 1\ncluster A B\ngiven A log 1:x=1 1:noop term 1 down\ngiven B term 1\nstep \"s\"\n") ==
        "walkthrough 1\ncluster A B\ngiven A term 1 vote none commit 0 log 1:x=1 1:noop down\n"
        "given B term 1 vote none commit 0\n\nstep \"s\"\n");
}
