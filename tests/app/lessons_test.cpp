// From one lesson to the next and back, and what is different once somebody has taken over.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/app/running.h"
#include "tests/support/program.h"

namespace app::test {

namespace {

/// The short story, played to its end.
struct AtLastStep {
  Folder folder;
  Running running;

  AtLastStep() : running(options_for(written())) { running.app->apply(ui::GoToStep{2}); }

 private:
  std::string written() const {
    write(folder / "s.walk", short_story);
    return (folder / "s.walk").string();
  }
};

}  // namespace

TEST_CASE("app: at the end of a lesson Next says which one is next, and opens it when asked again") {
  Running running(from_library("three_generals.walk"));
  App& app = *running.app;
  const auto to_the_end = [&app] {
    app.apply(ui::GoToStep{app.walkthrough_view()->step_count - 1});
    while (app.go_on_with_questions()) {
    }
    REQUIRE(app.walkthrough_view()->ended);
  };
  CHECK(app.walkthrough_view()->next_lesson.empty());
  to_the_end();
  const std::string next = app.walkthrough_view()->next_lesson;
  CHECK_FALSE(next.empty());
  CHECK(says(running, "The end. The next lesson is “" + next + "”."));
  const std::string title = app.walkthrough_view()->title;
  app.apply(ui::NextStep{});
  CHECK(app.walkthrough_view()->title == title);
  CHECK_FALSE(app.playing());
  const auto offers = [&running] {
    const std::vector<std::string> texts = texts_shown(running);
    return std::any_of(texts.begin(), texts.end(), [](const std::string& text) { return text.starts_with("The last step. Next again opens"); });
  };
  CHECK(offers());
  app.apply(ui::StepBack{ui::Stride::Event});  // something else is done: it must be asked for anew
  CHECK_FALSE(offers());
  to_the_end();
  app.apply(ui::NextStep{});
  CHECK(app.walkthrough_view()->title == title);
  app.apply(ui::NextStep{});
  CHECK(app.walkthrough_view()->title == next);
  CHECK(app.walkthrough_view()->step == -1);
  app.apply(ui::PreviousStep{});  // it was one press too many
  CHECK(app.walkthrough_view()->title != title);
  CHECK(says(running, "This is the beginning. Back again returns to the lesson before."));
  app.apply(ui::PreviousStep{});
  CHECK(app.walkthrough_view()->title == title);
  CHECK(app.walkthrough_view()->ended);
}

TEST_CASE("app: neither what Back offered makes Next leave a lesson at its end, nor the other way round") {
  Running running(from_library("three_generals.walk"));
  App& app = *running.app;
  const auto next_until_ended = [&app] {
    for (int i = 0; i < 500 && !app.walkthrough_view()->ended; ++i) {
      app.apply(ui::NextStep{});
      for (int played = 0; played < 10'000 && app.playing(); ++played) app.advance(1000);
    }
    REQUIRE(app.walkthrough_view()->ended);
  };
  next_until_ended();
  for (int i = 0; i < 50 && app.walkthrough_view()->step >= 0; ++i) app.apply(ui::NextStep{});
  REQUIRE(app.walkthrough_view()->has_lesson_before);
  const std::string second = app.walkthrough_view()->title;

  app.apply(ui::PreviousStep{});  // offers the first lesson
  next_until_ended();
  app.apply(ui::NextStep{});
  for (int i = 0; i < 50 && app.go_on_with_questions(); ++i) app.apply(ui::NextStep{});
  CHECK(app.walkthrough_view()->title == second);  // it offers the third one
  for (int i = 0; i < 50 && app.walkthrough_view()->step >= 0; ++i) app.apply(ui::PreviousStep{});
  app.apply(ui::PreviousStep{});
  CHECK(app.walkthrough_view()->title == second);
  app.apply(ui::PreviousStep{});
  CHECK(app.walkthrough_view()->title != second);
}

TEST_CASE("app: who has taken over reads so, and what came of it") {
  Running running(from_library("normal_election.walk"));
  App& app = *running.app;
  app.apply(ui::GoToStep{1});
  app.apply(ui::Intervene{raft::sim::Crash{raft::NodeSet::only(raft::node_at(0))}, raft::sim::Origin::Key});
  const std::string all = [&running] {
    std::string joined;
    for (const std::string& text : texts_shown(running, "caption")) joined += text + "\n";
    return joined;
  }();
  CAPTURE(all);
  CHECK(all.find("You have taken over. Next returns to the walkthrough.") != std::string::npos);
  CHECK(all.find("A crashes") != std::string::npos);
}

TEST_CASE("app: who has taken over plays at the speed of their own choice, and at the step's own again after Next") {
  const Folder folder;
  write(folder / "s.walk", "walkthrough 1\ntitle en: Short\ncluster A B C\nseed 2\nstep \"one\"\n  for 20ms\nstep \"two\"\n  pace 1/50\n  for 20ms\n"
                           "step \"three\"\n  pace 1/50\n  for 20ms\n");
  Running running(options_for((folder / "s.walk").string()));
  App& app = *running.app;
  running.renderer = OffscreenRenderer::open(1600, 900, 1);  // speed and branches stand side by side
  const auto shows_pace = [&running] { return shows(texts_shown(running, "transport"), "1/50x"); };
  app.apply(ui::GoToStep{0});
  app.apply(ui::NextStep{});
  CHECK(shows_pace());
  app.apply(ui::Intervene{raft::sim::Crash{raft::NodeSet::only(raft::node_at(0))}, raft::sim::Origin::Key});
  CHECK_FALSE(shows_pace());
  CHECK(shows(texts_shown(running, "transport"), "1/32x"));
  app.apply(ui::NextStep{});  // back to the walkthrough, to the end of its second step
  app.apply(ui::NextStep{});
  CHECK(shows_pace());
}

TEST_CASE("app: who has taken over at the last step is back there after Next, and goes on in no branch of their own") {
  AtLastStep story;
  Running& running = story.running;
  App& app = *running.app;
  const raft::sim::RunPlace end = app.session().run().place();
  app.apply(ui::Intervene{raft::sim::Crash{raft::NodeSet::only(raft::node_at(0))}, raft::sim::Origin::Key});
  REQUIRE(app.session().left_walkthrough());
  app.apply(ui::NextStep{});
  for (int i = 0; i < 10; ++i) running.frame();
  CHECK_FALSE(app.session().left_walkthrough());
  CHECK_FALSE(app.playing());
  CHECK(app.session().run().place() == end);
}

TEST_CASE("app: what does not come true after a lesson's end leaves one there, where one has gone on by oneself") {
  AtLastStep story;
  Running& running = story.running;
  App& app = *running.app;
  REQUIRE(app.walkthrough_view()->ended);
  const raft::sim::Time end = app.session().run().clock();
  app.apply(ui::PaletteEnter{"until leaders = 3 within 2s"});
  run_out(running);
  CHECK(app.session().left_walkthrough());
  CHECK(app.session().run().clock() == end + 2'000'000);
  CHECK(says(running, "it did not come true: leaders = 3"));
}

TEST_CASE("app: a lesson in which a client will ask for something keeps its lane free from the start, another gives it to the nodes") {
  const auto has_clients = [](const char* name) {
    const Running running(from_library(name));
    return running.app->walkthrough_view()->has_clients;
  };
  CHECK(has_clients("bob_and_tom.walk"));
  CHECK_FALSE(has_clients("normal_election.walk"));
}

}  // namespace app::test
