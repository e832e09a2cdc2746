// Recording: whatever was done in a run, at whatever moment, is written down so that it plays again to the same hash.
#include "raft/sim/world_hash.h"
#include "raft/walkthrough/recorder.h"
#include "tests/support/random_run.h"
#include "tests/walkthrough/play.h"

namespace {

using namespace raft::sim;
using raft::NodeSet;
using raft::walkthrough::record;

raft::sim::ClusterConfig three() {
  raft::sim::ClusterConfig config;
  config.node_names = {"A", "B", "C"};
  return config;
}

/// A recording borrows: one of a run that is gone at once would be of nothing.
template <typename Run>
concept CanBeBorrowed = requires(Run&& run) { raft::walkthrough::until_cursor(std::forward<Run>(run)); };
static_assert(CanBeBorrowed<const Timeline&> && CanBeBorrowed<Timeline&> && !CanBeBorrowed<Timeline>);

void act(Timeline& timeline, const Intervention& what) { REQUIRE(!timeline.act(what, Origin::Key)); }

std::string recorded(const Timeline& timeline) { return write(record(timeline)); }

/// The text is canonical, and plays to the world in which the timeline ended.
void check_replay(const Timeline& timeline) {
  const std::string text = recorded(timeline);
  CAPTURE(text);
  CHECK(write(walkthrough_test::parse(text).walkthrough) == text);
  walkthrough_test::Player player = walkthrough_test::player_of(text);
  CHECK(walkthrough_test::play(player) == "");
  CHECK(world_hash(player.timeline().world()) == world_hash(timeline.world()));
  CHECK(player.timeline().clock() == timeline.clock());
  REQUIRE(player.timeline().acts().size() == timeline.acts().size());
  for (std::size_t i = 0; i < timeline.acts().size(); ++i) {
    CHECK(player.timeline().acts()[i].number == timeline.acts()[i].number);
    CHECK(player.timeline().acts()[i].at == timeline.acts()[i].at);
  }
}

/// Acts at random moments: at once, between two events, and just before the next.
Timeline random_session(std::uint64_t seed) {
  Timeline timeline(raft::test::random_config(seed));
  raft::test::RandomFaults faults(seed);
  for (int i = 0; i < 3'000; ++i) {
    while (const auto what = faults.maybe(timeline.world())) {
      const Time next = timeline.next_at();
      const Time width = next == never ? 1_s : next - timeline.clock();
      if (faults.pick(3) == 0) timeline.set_clock(timeline.clock() + static_cast<Time>(faults.pick(4)) * width / 3);
      (void)timeline.act(*what, Origin::Mouse);
    }
    (void)timeline.step();
  }
  if (faults.pick(2) == 0 && timeline.next_at() != never) timeline.set_clock((timeline.clock() + timeline.next_at()) / 2);
  return timeline;
}

}  // namespace

TEST_CASE("random sessions are recorded so that they play again to the same hash, at the same moments") {
  for (std::uint64_t seed = 1; seed <= raft::test::session_count(300); ++seed) {
    CAPTURE(seed);
    check_replay(random_session(seed));
  }
}

TEST_CASE("a place is written as an event, as a time, or as both where another event has that very time") {
  Timeline timeline(three());
  timeline.step();
  act(timeline, Isolate{NodeSet::first(1)});
  act(timeline, Heal{});
  timeline.set_clock(timeline.clock() + 1500);
  act(timeline, Isolate{NodeSet::first(1)});
  timeline.set_clock(timeline.next_at());
  act(timeline, Heal{});
  const std::string at = std::to_string(timeline.clock() / 1000) + "." + std::to_string(timeline.clock() % 1000 + 1000).substr(1);
  check_replay(timeline);
  const std::string text = recorded(timeline);
  CAPTURE(text);
  CHECK(text.find("at event 1\n  do isolate A\n  do heal\n  at ") != std::string::npos);
  CHECK(text.find("at event 4 at " + at) != std::string::npos);
}

TEST_CASE("a recording that ends before `drop next` has met its message replays; a walkthrough that does is told") {
  Timeline timeline(three());
  act(timeline, DropMessage{{.how = MessagePick::How::Next, .pattern = {}}});
  act(timeline, Isolate{NodeSet::first(1)});
  check_replay(timeline);
  const std::string text = recorded(timeline);
  CHECK(text.find("do drop next ") != std::string::npos);
  CHECK(text.find("\nhash ") != std::string::npos);
}

TEST_CASE("what is to hold at the end of a recording is expected there") {
  Timeline timeline(three());
  act(timeline, Isolate{NodeSet::first(1)});
  const std::string text = write(record(timeline, {.expect = {"term  A=0", "not up A"}}));
  CHECK(text.find("  do isolate A\n  expect term A = 0\n  expect not up A\n") != std::string::npos);
  CHECK(walkthrough_test::outcome(text).find(": expected not up A, but it is so") != std::string::npos);
}

TEST_CASE("the head says what differs from the defaults; a violation is allowed; given states are kept") {
  ClusterConfig config = three();
  config.learner_names = {"L"};
  config.seed = 9;
  config.settings.manual_timers = true;
  assign(config.settings, Setting::Reads, {static_cast<int>(raft::ReadMode::ReadIndex), 0});
  config.settings.core.features.noop = false;
  config.settings.core.rules.set(raft::Rule::OneVotePerTerm, false);
  config.given = {{.node = raft::node_at(0),
                   .term = 3,
                   .vote = raft::node_at(1),
                   .commit = 0,
                   .log = {{2, {raft::CommandKind::Write, "x", "1", ""}}},
                   .down = false}};
  for (const std::size_t other : {1U, 2U}) config.given.push_back({.node = raft::node_at(other), .term = 3, .vote = raft::no_node, .commit = 0, .log = {}, .down = false});
  Timeline timeline(config);
  act(timeline, FireElectionTimer{raft::node_at(1)});
  act(timeline, FireElectionTimer{raft::node_at(2)});
  while (timeline.position() < 20) REQUIRE(timeline.step());
  check_replay(timeline);
  const std::string text = recorded(timeline);
  CHECK(text.starts_with("walkthrough 1\ncluster A B C\nlearners L\nseed 9\nset reads index\nset timers manual\nset noop off\n"
                         "set rule one_vote_per_term off\nset impossible on\n"
                         "given A term 3 vote B commit 0 log 2:x=1\ngiven B term 3 vote none commit 0\n"
                         "given C term 3 vote none commit 0\nallow violation \"Election Safety\"\n\nstep"));
}

namespace {

/// Another value than the default.
SettingValue other_value(const SettingInfo& info) {
  const SettingValue usual = value_of(Settings{}, info.setting);
  switch (info.kind) {
    case SettingKind::Range: return {usual.first + 7_ms, usual.second + 9_ms};
    case SettingKind::Duration: return {usual.first + 7_ms, 0};
    case SettingKind::Probability: return {1, 8};
    case SettingKind::Count:
    case SettingKind::CountOrOff: return {usual.first + 3, 0};
    case SettingKind::Switch:
    case SettingKind::Timers: return {1 - usual.first, 0};
    case SettingKind::Reads: return {static_cast<int>(raft::ReadMode::Lease), 0};
  }
  return {};
}

/// What a run starts from is written, and read as it was.
void check_head(const ClusterConfig& config) {
  Timeline timeline(config);
  for (int i = 0; i < 400 && timeline.step(); ++i) continue;
  check_replay(timeline);
  const ClusterConfig read = walkthrough_test::parse(recorded(timeline)).walkthrough.config;
  CHECK(world_hash(make_world(read)) == world_hash(make_world(config)));
}

/// Whoever adds a field finds out here that the head must say it, and the test below set it.
[[maybe_unused]] void all_fields_are_known(const ClusterConfig& config, const LinkSettings& link) {
  [[maybe_unused]] const auto& [names, learners, seed, settings, given, clocks] = config;
  [[maybe_unused]] const auto& [timeout, heartbeat, latency, loss, duplicate, client_timeout, client_retry, disk_delay,
                                sessions, max_sessions, manual_timers, links, core] = settings;
  [[maybe_unused]] const auto& [rules, features, batch, timeout_min, slow_disk] = core;
  [[maybe_unused]] const auto& [noop, repair, pre_vote, quorum, disruptive, reads, snapshot_after] = features;
  [[maybe_unused]] const auto& [from, to, own_latency, own_loss, own_duplicate] = link;
}

}  // namespace

TEST_CASE("every field of what a run starts from is in the head: each alone, and all together") {
  using raft::node_at;
  ClusterConfig all = three();
  const auto with = [&all](auto change) {
    ClusterConfig config = three();
    change(config);
    check_head(config);
    change(all);
  };
  with([](ClusterConfig& config) { config.node_names = {"A", "B", "C", "D"}; });
  with([](ClusterConfig& config) { config.learner_names = {"L", "M"}; });
  with([](ClusterConfig& config) { config.seed = 77; });
  for (const SettingInfo& info : setting_table) {
    CAPTURE(std::string(info.name));
    with([&info](ClusterConfig& config) { assign(config.settings, info.setting, other_value(info)); });
    if (!is_of_links(info.setting)) continue;
    with([&info](ClusterConfig& config) {
      assign(config.settings, {info.setting, node_at(0), node_at(1), Direction::BothWays, other_value(info)});
      assign(config.settings, {info.setting, node_at(2), node_at(0), Direction::OneWay, value_of(Settings{}, info.setting)});
    });
  }
  for (const raft::RuleInfo& info : raft::rule_table) {
    CAPTURE(std::string(info.name));
    with([&info](ClusterConfig& config) { config.settings.core.rules.set(info.rule, false); });
  }
  with([](ClusterConfig& config) { config.clocks = {{node_at(0), {11, 10}}, {node_at(2), {2, 3}}}; });
  with([](ClusterConfig& config) {
    config.given = {{.node = node_at(1), .term = 2, .vote = node_at(0), .commit = 0, .log = {{1, {raft::CommandKind::Write, "x", "1", ""}}}, .down = true}};
  });
  CHECK(all.settings.links.size() == 3);
  check_head(all);
}

TEST_CASE("a node that joins is named where it joins, and can be named after") {
  Timeline timeline(three());
  act(timeline, ChangeSetting{Setting::Noop, {1, 0}});
  while (timeline.position() < 500 && refusal(timeline.world(), AddNode{"New"})) timeline.step();
  act(timeline, AddNode{"New"});
  const raft::NodeId joined = timeline.world().find_node("New");
  timeline.step();
  act(timeline, Crash{NodeSet::from_bits(static_cast<std::uint16_t>(1U << index_of(joined)))});
  check_replay(timeline);
  CHECK(recorded(timeline).find("do crash New") != std::string::npos);
}

TEST_CASE("recording with the cursor in the past writes the whole run") {
  Timeline timeline = random_session(3);
  const std::string text = recorded(timeline);
  timeline.seek(timeline.end());
  const std::string at_end = recorded(timeline);
  timeline.seek(timeline.end() / 2);
  CHECK(recorded(timeline) == at_end);
  CHECK(text.starts_with("walkthrough 1"));
}

TEST_CASE("until the cursor: what was done later is not in it, and it plays to where the cursor stands") {
  Timeline timeline(three());
  act(timeline, FireElectionTimer{raft::node_at(0)});
  for (int i = 0; i < 40; ++i) timeline.step();
  act(timeline, Crash{NodeSet::only(raft::node_at(1))});
  timeline.seek(20);
  const std::string text = write(record(raft::walkthrough::until_cursor(timeline)));
  CHECK(text.find("do timeout A") != std::string::npos);
  CHECK(text.find("crash") == std::string::npos);
  walkthrough_test::Player player = walkthrough_test::player_of(text);
  CHECK(walkthrough_test::play(player) == "");
  CHECK(world_hash(player.timeline().world()) == world_hash(timeline.world()));
}

TEST_CASE("a time that is not between the two events of its place is an error with both") {
  CHECK(walkthrough_test::outcome(walkthrough_test::with_steps("at event 1 at 10s")).find("10s is not between them") !=
        std::string::npos);
  CHECK(walkthrough_test::outcome(walkthrough_test::with_steps("at event 1 at 1ms")).find("1ms is not between them") !=
        std::string::npos);
}
