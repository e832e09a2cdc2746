// A teacher makes a lesson in the window, by mouse and keys, and never touches its text.
#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "tests/support/tree.h"
#include "tests/window/story.h"
#include "ui/icons.h"

using namespace window_test;
using ui::Point;
using ui::Rect;

namespace {

Rect panel(Bench& bench) { return {bench.twin().stage().right, 48, Display::width, Display::height}; }

/// Chooses from one of the lists at the top of the panel.
void choose(Bench& bench, const char* list, const std::string& line) {
  bench.click_text(list, panel(bench));
  bench.see();
  bench.click_on(line, panel(bench));
  bench.see();
}

/// Types into the field below a label.
void fill(Bench& bench, const char* label, const std::string& text) {
  const Rect words = bench.find(bench.words(label), panel(bench));
  bench.click({words.left + 24, words.bottom + 20});
  bench.see();
  bench.type(text);
  bench.see();
  bench.key("Return");
  bench.see();
}

/// The message lies where it can be clicked on: delivers it now.
void deliver(Bench& bench, const std::string& from, const std::string& to) {
  const raft::sim::World& world = bench.twin().world();
  const ui::Scene scene = bench.twin().scene();
  for (const ui::FlightShape& flight : scene.flights) {
    const raft::Message& message = world.network.find(flight.id)->message;
    if (message.from != raft::Endpoint(node_named(bench, from)) || message.to != raft::Endpoint(node_named(bench, to))) continue;
    bench.click(flight.at);
    bench.see();
    bench.click_text("ui.deliver_now", bench.twin().stage());
    bench.see();
    return;
  }
  FAIL("no such message");
}

void step_until(Bench& bench, const std::function<bool(const raft::sim::World&)>& so) {
  for (int events = 0; events < 400 && !so(bench.twin().world()); ++events) bench.key("Right");
  REQUIRE(so(bench.twin().world()));
  bench.see();
}

int votes(const raft::sim::World& world, int node) {
  return world.node(raft::node_at(static_cast<std::size_t>(node))).memory.votes_granted.count();
}

}  // namespace

TEST_CASE("the split vote is played, paused, captioned and saved; the text is as one written by hand") {
  setenv("XDG_DATA_HOME", kept_by("author", "data").c_str(), 1);  // the twin offers the path that the window offers
  Bench bench({.name = "author"});
  start_free_play(bench, 5);
  bench.key("a");
  bench.see();
  for (const char* key : {"5", "k", "1", "t", "2", "t"}) {
    bench.key(key);
    bench.see();
  }
  deliver(bench, "A", "C");
  deliver(bench, "B", "D");
  choose(bench, "author.expect", "vote C = A");
  step_until(bench, [](const raft::sim::World& world) { return votes(world, 0) == 2 && votes(world, 1) == 2; });
  choose(bench, "author.pause", "until votes A = 2 and votes B = 2 within 1s");
  bench.keep_picture("step");
  bench.click_text("author.new_step", panel(bench));
  bench.see();
  step_until(bench, [](const raft::sim::World& world) { return raft::sim::current_leader(world) != raft::no_node; });
  const std::string leader = bench.twin().world().name(raft::sim::current_leader(bench.twin().world()));
  choose(bench, "author.pause", "until role " + leader + " = leader within 2s");
  choose(bench, "author.expect", "leader_in_term 1 = none");
  fill(bench, "author.say_en", "Random timeouts settle it in the next term.");
  bench.keep_picture("caption");

  bench.click_on(ui::icon::save, panel(bench));
  bench.see();
  bench.keep_picture("text");
  const std::string text = bench.twin().draft();
  CHECK(text ==
        "walkthrough 1\ncluster A B C D E\n\n"
        "step \"Step 1\"\n  do crash E\n  do timeout A\n  do timeout B\n  do deliver RequestVote A -> C\n  do deliver RequestVote B -> D\n"
        "  expect vote C = A\n  until votes A = 2 and votes B = 2 within 1s\n\n"
        "step \"Step 2\"\n  say en: Random timeouts settle it in the next term.\n  until role " + leader + " = leader within 2s\n"
        "  expect leader_in_term 1 = none\n");
  const std::string path = kept_by("author", "data") + "/raftlab/walkthrough.walk";
  bench.click_on(bench.words("author.save_as"), {0, Display::height / 2, Display::width, Display::height});
  bench.until("the file", [&path] { return std::filesystem::exists(path); });
  std::ifstream file(path);
  const std::string saved{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  CHECK(saved == text);
  CHECK(run(Start{.command = {built_program(), "run", path}, .environment = {}, .output = kept("author-run.log")}) == 0);
  setenv("XDG_DATA_HOME", kept("twins").c_str(), 1);
}
