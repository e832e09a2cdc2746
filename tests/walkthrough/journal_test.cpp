// What is written while a session is not over, and how a replay finds the first event that differs.
#include "raft/sim/world_hash.h"
#include "raft/walkthrough/recorder.h"
#include "raft/walkthrough/trail.h"
#include "tests/support/random_run.h"
#include "tests/walkthrough/play.h"

namespace {

using namespace raft::sim;
using raft::MessageType;
using raft::walkthrough::Names;
using raft::walkthrough::RecordOptions;

/// `next_rules`: also `drop next` and its kin, some of which still wait for their message at the end.
Timeline random_session(std::uint64_t seed, int actions, bool next_rules = false) {
  Timeline timeline(raft::test::random_config(seed));
  raft::test::RandomFaults faults(seed);
  while (static_cast<int>(timeline.acts().size()) < actions && timeline.end() < 20'000) {
    while (const auto what = faults.maybe(timeline.world())) {
      const Time next = timeline.next_at();
      const Time width = next == never ? 1_s : next - timeline.clock();
      if (faults.pick(3) == 0) timeline.set_clock(timeline.clock() + static_cast<Time>(faults.pick(4)) * width / 3);
      (void)timeline.act(*what, Origin::Mouse);
    }
    if (next_rules && faults.pick(40) == 0) {
      const MessageType type = faults.pick(2) == 0 ? MessageType::AppendEntries : MessageType::InstallSnapshotReply;
      const MessagePick next{.how = MessagePick::How::Next, .pattern = {.types = MessagePattern::Types::One, .type = type, .from = {}, .to = {}}};
      const std::array<Intervention, 4> acts{DropMessage{next}, DeliverMessage{next}, DelayMessage{next, 30_ms}, DuplicateMessage{next, 5_ms}};
      (void)timeline.act(acts[faults.pick(acts.size())], Origin::Mouse);
    }
    if (!timeline.step()) break;
  }
  return timeline;
}

std::vector<raft::check::Property> broken_until(const Timeline& run, std::int64_t event) {
  Timeline again = run;
  again.seek(0);
  raft::check::Oracles oracles(again.world());
  while (again.position() < event && again.step()) oracles.observe(again.world(), again.event());
  std::vector<raft::check::Property> broken;
  for (const auto& violation : oracles.violations()) {
    if (oracles.counts(violation)) broken.push_back(violation.property);
  }
  return broken;
}

std::string trailed(const Timeline& timeline) {
  return write(raft::walkthrough::record(timeline, RecordOptions{.trail = true}));
}

}  // namespace

TEST_CASE("a journal is a walkthrough after every act that is added to it, and comes to the same world") {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    CAPTURE(seed);
    const Timeline timeline = random_session(seed, 30);
    const auto& acts = timeline.acts();
    if (acts.size() < 3) continue;
    Timeline whole = timeline;
    whole.seek(whole.end());
    const Names names = Names::of(whole.world());
    const std::size_t first = acts.size() / 2;
    const raft::walkthrough::RunPlace begins{acts[first].number - 1, acts[first].at};
    const RecordOptions options{.chapters = raft::walkthrough::chapters_from(acts, begins)};
    const auto broken = broken_until(timeline, acts.back().number);
    const std::span<const Act> some(acts.data(), first + 1);
    std::string text = raft::walkthrough::journal({timeline.config(), some, 0, 0}, names, broken, options);
    for (std::size_t i = first + 1; i < acts.size(); ++i) text += raft::walkthrough::journal_lines(acts[i], names);
    CAPTURE(text);
    walkthrough_test::Player player = walkthrough_test::player_of(text);
    REQUIRE(walkthrough_test::play(player) == "");
    whole.seek(acts.back().number);
    CHECK(player.timeline().position() == whole.position());
    CHECK(world_hash(player.timeline().world()) == world_hash(whole.world()));
  }
}

TEST_CASE("what came before a recording is its hidden first step") {
  const Timeline timeline = random_session(2, 20);
  const auto& acts = timeline.acts();
  REQUIRE(acts.size() > 4);
  const RecordOptions options{.chapters = raft::walkthrough::chapters_from(acts, {acts[3].number, acts[3].at})};
  const std::string text = write(raft::walkthrough::record(timeline, options));
  CAPTURE(text);
  const raft::walkthrough::Walkthrough read = walkthrough_test::parse(text).walkthrough;
  REQUIRE(read.steps.size() == 2);
  CHECK(read.steps[0].hidden);
  CHECK_FALSE(read.steps[1].hidden);
  const auto dos = [](const raft::walkthrough::Step& step) {
    return std::count_if(step.statements.begin(), step.statements.end(), [](const auto& statement) { return statement.kind == raft::walkthrough::Statement::Kind::Do; });
  };
  CHECK(dos(read.steps[0]) == 4);
  CHECK(dos(read.steps[1]) == static_cast<std::ptrdiff_t>(acts.size()) - 4);
  walkthrough_test::Player player = walkthrough_test::player_of(text);
  CHECK(walkthrough_test::play(player) == "");
  CHECK(write(read) == text);
}

TEST_CASE("random sessions of 200 acts replay to their hash, also after seeking about at random") {
  int waiting = 0;
  std::uint64_t full = 0;  // some run out of events before: they are played as well, and not counted
  const std::uint64_t count = raft::test::session_count(1'000);
  for (std::uint64_t seed = 1; full < count && seed <= 2 * count; ++seed) {
    CAPTURE(seed);
    Timeline timeline = random_session(seed, 200, true);
    waiting += timeline.world().network.next_rules.empty() ? 0 : 1;
    full += timeline.acts().size() >= 200 ? 1 : 0;
    const std::uint64_t hash = world_hash(timeline.world());
    raft::test::RandomFaults picks(seed + 1000);
    for (int i = 0; i < 20; ++i) timeline.seek(static_cast<std::int64_t>(picks.pick(static_cast<std::uint64_t>(timeline.end()) + 1)));
    timeline.seek(timeline.end());
    CHECK(world_hash(timeline.world()) == hash);
    const std::string text = trailed(timeline);
    CHECK(write(walkthrough_test::parse(text).walkthrough) == text);
    walkthrough_test::Player player = walkthrough_test::player_of(text);
    CHECK(walkthrough_test::play(player) == "");
    CHECK(world_hash(player.timeline().world()) == hash);
  }
  CHECK(full == count);
  CHECK(waiting > 0);
}

TEST_CASE("a session that does not come to its hash names the first event that differs") {
  const Timeline timeline = random_session(3, 20);
  REQUIRE(timeline.end() > 150);
  const std::string text = trailed(timeline);
  // As if another program had made event 100 otherwise: all signs from there on are others.
  raft::walkthrough::Walkthrough other = walkthrough_test::parse(text).walkthrough;
  REQUIRE(other.saved->trail.every == 1);
  std::string& signs = other.saved->trail.signs;
  for (std::size_t i = 99; i < signs.size(); ++i) signs[i] = signs[i] == 'A' ? 'B' : 'A';
  other.saved->hash ^= 1;
  const std::string why = walkthrough_test::outcome(write(other));
  CAPTURE(why);
  CHECK(why.find("expected hash 0x") != std::string::npos);
  CHECK(why.find("; event 100 (") != std::string::npos);
  CHECK(why.find("is the first that differs") != std::string::npos);
  const raft::walkthrough::Walkthrough same = walkthrough_test::parse(text).walkthrough;
  CHECK(where_it_leaves(same.saved->trail, timeline, Names::of(timeline.world())) == "");
  // Signs alone decide nothing.
  other.saved->hash ^= 1;
  CHECK(walkthrough_test::outcome(write(other)) == "");
}

TEST_CASE("a long run leaves a sign for every so many events") {
  CHECK(raft::walkthrough::trail_spacing(16'384) == 1);
  CHECK(raft::walkthrough::trail_spacing(16'385) == 2);
  CHECK(raft::walkthrough::trail_spacing(1'000'000) == 64);
  Timeline timeline(raft::test::cluster_of(5));
  while (timeline.end() < 20'000) timeline.step();
  raft::walkthrough::Walkthrough other = walkthrough_test::parse(trailed(timeline)).walkthrough;
  CHECK(other.saved->trail.every == 2);
  CHECK(other.saved->trail.signs.size() == 10'000);
  for (std::size_t i = 2'000; i < 10'000; ++i) other.saved->trail.signs[i] = other.saved->trail.signs[i] == 'A' ? 'B' : 'A';
  other.saved->hash ^= 1;
  CHECK(walkthrough_test::outcome(write(other)).find("the first event that differs is one of 4001 to 4002") !=
        std::string::npos);
}
