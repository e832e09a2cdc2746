// Back is exact and at once, and what is played after it is what was played before.
#include "raft/sim/world_hash.h"
#include "tests/walkthrough/play.h"

namespace {

struct Seen {
  std::vector<std::uint64_t> hashes;      // at the end of every step
  std::vector<raft::sim::Time> clocks;
  std::vector<std::size_t> asked;
};

Seen play_all(walkthrough_test::Player& player, int steps) {
  Seen seen;
  for (int step = 0; step < steps; ++step) {
    REQUIRE(player.play_to_end_of_step(step));
    seen.hashes.push_back(world_hash(player.timeline().world()));
    seen.clocks.push_back(player.timeline().clock());
    seen.asked.push_back(player.asked().size());
  }
  return seen;
}

}  // namespace

TEST_CASE("going back to any step of a shipped walkthrough, and on from there, gives the same worlds") {
  for (const std::string& path : walkthrough_test::shipped) {
    walkthrough_test::Player player = walkthrough_test::player_of(walkthrough_test::read_source(path));
    const int steps = static_cast<int>(player.walkthrough().steps.size());
    const std::uint64_t start = world_hash(player.timeline().world());
    const Seen first = play_all(player, steps);
    for (int back_to = steps - 1; back_to >= -1; --back_to) {
      player.go_to_end_of_step(back_to);
      CHECK(player.step_index() == back_to);
      CHECK(player.step_complete());
      const auto at = static_cast<std::size_t>(back_to);
      CHECK(world_hash(player.timeline().world()) == (back_to < 0 ? start : first.hashes[at]));
      CHECK(player.timeline().clock() == (back_to < 0 ? 0 : first.clocks[at]));
      CHECK(player.asked().size() == (back_to < 0 ? 0 : first.asked[at]));
      CHECK(walkthrough_test::play(player) == "");
      CHECK(world_hash(player.timeline().world()) == first.hashes.back());
      CHECK(player.asked().size() == first.asked.back());
    }
  }
}

TEST_CASE("who jumps back and then forward finds the questions that were asked up to there") {
  for (const std::string& path : walkthrough_test::shipped) {
    CAPTURE(path);
    walkthrough_test::Player player = walkthrough_test::player_of(walkthrough_test::read_source(path));
    const int steps = static_cast<int>(player.walkthrough().steps.size());
    const Seen first = play_all(player, steps);
    std::vector<raft::walkthrough::Asked> all(player.asked().begin(), player.asked().end());
    player.go_to_end_of_step(-1);
    REQUIRE(player.play_to_end_of_step(0));  // one of them is asked again, perhaps
    for (int step = 0; step < steps; ++step) {
      player.go_to_end_of_step(step);
      REQUIRE(player.asked().size() == first.asked[static_cast<std::size_t>(step)]);
      for (std::size_t i = 0; i < player.asked().size(); ++i) {
        CHECK(player.asked()[i].question == all[i].question);
        CHECK(player.asked()[i].step == all[i].step);
      }
    }
  }
}

TEST_CASE("the recorded future is kept when one goes back, and read again rather than made anew") {
  walkthrough_test::Player player = walkthrough_test::player_of(walkthrough_test::read_source(walkthrough_test::shipped[2]));
  REQUIRE(walkthrough_test::play(player) == "");
  const std::int64_t end = player.timeline().end();
  const std::size_t acts = player.timeline().acts().size();
  player.go_to_end_of_step(1);
  CHECK(player.timeline().end() == end);
  REQUIRE(walkthrough_test::play(player) == "");
  CHECK(player.timeline().end() == end);
  CHECK(player.timeline().acts().size() == acts);
}

TEST_CASE("a cursor that was moved into the past comes back before the story goes on") {
  walkthrough_test::Player player = walkthrough_test::player_of(walkthrough_test::read_source(walkthrough_test::shipped[1]));
  REQUIRE(player.play_to_end_of_step(5));
  const std::uint64_t hash = world_hash(player.timeline().world());
  const std::int64_t place = player.reached().event;
  player.seek(3);
  for (std::int64_t i = 3; i < place; ++i) CHECK(player.play_one() == walkthrough_test::Player::Progress::Event);
  CHECK(world_hash(player.timeline().world()) == hash);
  CHECK(player.timeline().clock() == player.reached().clock);
  CHECK(walkthrough_test::play(player) == "");
}

TEST_CASE("after going back, a future that was watched by the cursor alone is followed by the story") {
  walkthrough_test::Player player = walkthrough_test::player_of(walkthrough_test::read_source(walkthrough_test::shipped[2]));
  REQUIRE(walkthrough_test::play(player) == "");
  const std::uint64_t hash = world_hash(player.timeline().world());
  player.go_to_end_of_step(2);
  while (player.timeline().position() < player.timeline().end()) player.seek(player.timeline().position() + 1);
  CHECK(walkthrough_test::play(player) == "");
  CHECK(world_hash(player.timeline().world()) == hash);
}

TEST_CASE("going back clears a failure, and the same failure comes again") {
  walkthrough_test::Player player = walkthrough_test::player_of(
      walkthrough_test::with_steps("until leaders = 1 within 1s\nstep \"wrong\"\nuntil leaders = 2 within 1s"));
  const std::string message = walkthrough_test::play(player);
  CHECK(message == "t.walk:7:7: expected leaders = 2 within 1s, but it is 1");
  player.go_to_end_of_step(0);
  CHECK_FALSE(player.failure());
  CHECK(walkthrough_test::play(player) == message);
}

TEST_CASE("a copy of a player goes its own way") {
  walkthrough_test::Player player = walkthrough_test::player_of(walkthrough_test::read_source(walkthrough_test::shipped[1]));
  REQUIRE(player.play_to_end_of_step(3));
  walkthrough_test::Player copy = player;
  const std::uint64_t hash = world_hash(player.timeline().world());
  CHECK(walkthrough_test::play(copy) == "");
  CHECK(world_hash(player.timeline().world()) == hash);
  CHECK(walkthrough_test::play(player) == "");
  CHECK(world_hash(player.timeline().world()) == world_hash(copy.timeline().world()));
}
