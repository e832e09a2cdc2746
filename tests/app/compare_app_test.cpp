// Two runs side by side in the whole program, and what the stage says of clients.
#include "app/app.h"

#include <algorithm>
#include <cctype>

#include <doctest/doctest.h>

#include "tests/app/running.h"
#include "ui/scene.h"

namespace app::test {

TEST_CASE("app: two runs are compared as long as there are two") {
  Running running({});
  App& app = *running.app;
  branch_off(app);
  app.apply(ui::Compare{});
  CHECK(shows(compared(running), "Branch 2"));
  CHECK(shows(compared(running), "Main"));

  // Whoever goes to the one on the right finds the one that they left there.
  app.apply(ui::SelectBranch{0});
  CHECK(shows(compared(running), "Branch 2"));
  app.apply(ui::RemoveBranch{1});
  CHECK(compared(running).empty());

  // The panel of the author takes the place, with a run of its own; and the other way round.
  branch_off(app);
  app.apply(ui::Compare{});
  CHECK_FALSE(compared(running).empty());
  app.apply(ui::Author{ui::ToggleAuthor{}});
  CHECK(compared(running).empty());
  CHECK(app.author() != nullptr);
  app.apply(ui::Compare{.nodes = 5});
  CHECK_FALSE(compared(running).empty());
  CHECK(app.author() == nullptr);
}

TEST_CASE("app: what the other run did is told of the one that is there now") {
  Running running({});
  App& app = *running.app;
  branch_off(app);
  const auto told_of_e = [](const std::vector<std::string>& texts) {
    return std::any_of(texts.begin(), texts.end(), [](const std::string& text) { return text.starts_with("E's countdown ends."); });
  };
  // Of five nodes E is the first to stand; with pre-vote there is no E, and it differs at the same event.
  app.apply(ui::Compare{.nodes = 5});
  const std::vector<std::string> five = compared(running);
  CHECK(shows(five, "With 5 nodes"));
  CHECK(shows(five, "≠ First difference at 0:00.227"));
  CHECK(told_of_e(five));
  app.apply(ui::Compare{.toggled = raft::sim::Setting::PreVote});
  const std::vector<std::string> pre_vote = compared(running);
  CHECK(shows(pre_vote, "With: Pre-vote"));
  CHECK(shows(pre_vote, "≠ First difference at 0:00.227"));
  CHECK_FALSE(told_of_e(pre_vote));
}

TEST_CASE("app: in a lecture hall the first difference is told in full, and who voted for whom stands on every card, of five nodes and of nine") {
  for (const int nodes : {5, 9}) {
    CAPTURE(nodes);
    Running running({});
    running.renderer = OffscreenRenderer::open(1280, 720, 1);
    REQUIRE(running.renderer.has_value());
    App& app = *running.app;
    app.apply(ui::StartFreePlay{nodes});
    app.ui_state().room = true;
    while (raft::sim::current_leader(app.session().run().world()) == raft::no_node) app.apply(ui::StepForward{ui::Stride::Event});
    // In the other run there is no leader yet that would take it.
    app.apply(ui::Intervene{raft::sim::ClientAsk{.command = {.key = "x", .value = "1", .expected = {}}}, raft::sim::Origin::Key});
    for (int i = 0; i < 80; ++i) app.apply(ui::StepForward{ui::Stride::Event});
    app.apply(ui::Compare{.toggled = raft::sim::Setting::PreVote});
    run_out(running);
    const ui::Drawn drawn = drawn_by(running);
    const raft::sim::World& world = app.session().run().world();
    const std::string vote = "→ " + world.name(world.node(raft::node_at(1)).durable.voted_for);
    int votes = 0;
    int terms = 0;
    bool differs = false;
    for (const ui::DrawnItem& item : drawn) {
      if (item.kind != ui::DrawnKind::Text) continue;
      CAPTURE(item.what);
      if (item.panel.find("compare") != std::string::npos) CHECK_FALSE(item.cut);
      differs = differs || (item.panel.find("compare") != std::string::npos && item.what.find("asks first whether") != std::string::npos);
      if (item.panel.find("stage") == std::string::npos) continue;
      votes += item.what.ends_with(vote) && !item.cut ? 1 : 0;
      terms += (item.what == "T1" || item.what == "Term 1") && !item.cut ? 1 : 0;
    }
    CHECK(differs);
    // The marks of nodes that differ cover no node's name and no leader's word.
    int marks = 0;
    for (const ui::DrawnItem& mark : drawn) {
      if (mark.what != "differs") continue;
      ++marks;
      for (const ui::DrawnItem& item : drawn) {
        const bool name = item.kind == ui::DrawnKind::Text && (item.what.size() == 1 || item.what == "leader") && item.panel == mark.panel;
        CAPTURE(item.what);
        if (name && std::isupper(static_cast<unsigned char>(item.what[0])) != 0) CHECK_FALSE(ui::overlaps(mark.box.inset(3), item.box));
        if (name && item.what == "leader") CHECK_FALSE(ui::overlaps(mark.box, item.box));
      }
    }
    CHECK(marks > 0);
    CHECK(votes == 2 * nodes);
    CHECK(terms == 2 * nodes);
  }
}

TEST_CASE("app: a client's read stands with its value, and an answer that fits no order of events is marked where it was given") {
  Running running(from_library("read_the_latest.walk"));
  running.renderer = OffscreenRenderer::open(1280, 900, 1);  // room for all that is to be said of a client
  App& app = *running.app;
  int stale = -1;
  const int steps = app.walkthrough_view()->step_count;
  for (int step = 0; step < steps && stale < 0; ++step) {
    app.apply(ui::GoToStep{step});
    while (app.go_on_with_questions()) {
    }
    if (app.session().linearizability().answer == raft::check::Answer::No) stale = step;
  }
  REQUIRE(stale >= 0);
  for (const bool room : {false, true}) {
    app.ui_state().room = room;
    const std::vector<std::string> texts = texts_shown(running, "stage");
    CHECK(shows(texts, "read x → 1"));
    std::string all;
    for (const std::string& text : texts) all += text + " ";
    CHECK(all.find("not linearizable ") != std::string::npos);
    CHECK(all.find("was not linearizable ") == std::string::npos);
  }
  // What the same client asks afterwards is another question, and rightly answered.
  app.ui_state().room = false;
  running.renderer = OffscreenRenderer::open(1920, 1200, 1);
  app.apply(ui::GoToStep{steps - 1});
  while (app.go_on_with_questions()) {
  }
  const std::vector<std::string> texts = texts_shown(running, "stage");
  CHECK(shows(texts, "read x → 2"));
  for (const std::string& text : texts) CHECK(text.find("linearizable") == std::string::npos);

  // In Chinese, where there are no spaces to break it at, it is whole as well.
  app.apply(ui::GoToStep{stale});
  while (app.go_on_with_questions()) {
  }
  app.apply(ui::SetLanguage{raft::explain::Language::Chinese});
  running.renderer = OffscreenRenderer::open(1280, 720, 1);
  for (const bool room : {false, true}) {
    app.ui_state().room = room;
    running.frame();
    const ui::Drawn drawn = drawn_by(running);
    const auto mark = std::find_if(drawn.begin(), drawn.end(), [](const ui::DrawnItem& item) { return item.what == "非线性一致"; });
    REQUIRE(mark != drawn.end());
    CHECK_FALSE(mark->cut);
  }
}

}  // namespace app::test
