// Editing: each edit gives the text that a careful hand would have written, keeps the comments where they are, and
// refuses what the parser would refuse.
#include "raft/walkthrough/edit.h"

#include "raft/sim/draw.h"
#include "tests/walkthrough/play.h"

namespace {

using namespace raft::walkthrough;

const std::string lesson =
    "walkthrough 1\n"
    "title en: Four\n"
    "cluster A B C\n"
    "# what the dice say\n"
    "seed 2\n"
    "\n"
    "# how it begins\n"
    "step \"one\"\n"
    "  say en: First.\n"
    "  note en: Slowly.\n"
    "  # the wait\n"
    "  until leaders = 1 within 2s  # long enough\n"
    "  expect leader = A or leader = B or leader = C\n"
    "\n"
    "step \"two\"\n"
    "  say en: Second.\n"
    "  focus A\n"
    "  do add D\n"
    "  ask en: Who?\n"
    "  answer which n: role n = leader within 1s\n"
    "\n"
    "step \"three\"\n"
    "  until role D = follower within 1s\n";

Walkthrough parsed(const std::string& text) {
  Parsed read = parse(text, "t.walk");
  REQUIRE_MESSAGE(read.errors.empty(), read.errors.front().message());
  REQUIRE(write(read.walkthrough) == text);
  return std::move(read.walkthrough);
}

std::string after(const std::string& text, const Edit& edit) {
  const Parsed result = edited(parsed(text), edit);
  return result.errors.empty() ? write(result.walkthrough) : result.errors.front().message();
}

std::string with(std::string text, const std::string& what, const std::string& by) {
  const std::size_t at = text.find(what);
  REQUIRE(at != std::string::npos);
  return text.replace(at, what.size(), by);
}

}  // namespace

TEST_CASE("steps are added, named, moved and removed, each with the comments above it") {
  CHECK(after(lesson, AddStep{1, "a \"new\" one"}) == with(lesson, "step \"two\"", "step \"a \\\"new\\\" one\"\n\nstep \"two\""));
  CHECK(after(lesson, AddStep{3, "last"}) == lesson + "\nstep \"last\"\n");
  CHECK(after(lesson, NameStep{0, "uno"}) == with(lesson, "\"one\"", "\"uno\""));
  CHECK(after(lesson, RemoveStep{0}) ==
        with(lesson, lesson.substr(lesson.find("# how it begins"), lesson.find("step \"two\"") - lesson.find("# how it begins")), ""));
  const std::string third = lesson.substr(lesson.find("\nstep \"three\""));
  const std::string first = lesson.substr(lesson.find("\n# how"), lesson.find("\nstep \"two\"") - lesson.find("\n# how"));
  CHECK(after(lesson, MoveStep{0, 1}) == with(with(lesson, first, ""), third, first + third));
}

TEST_CASE("a step that others need is not removed: the reason is told with its line") {
  CHECK(after(lesson, RemoveStep{1}) == "t.walk:16:14: there is no node 'D'; node names are A, B, C");
  CHECK(after(lesson, MoveStep{1, 2}).find("there is no node 'D'") != std::string::npos);
  CHECK(after("walkthrough 1\ncluster A\n\nstep \"s\"\n", RemoveStep{0}).find("there is no step") != std::string::npos);
}

TEST_CASE("what is said and noted goes to its place, in both languages, and away again") {
  const std::string both = with(lesson, "  say en: First.\n", "  say en: First.\n  say zh: 第一 \\# 步。\n");
  CHECK(after(lesson, SetStepText{0, Statement::Kind::Say, "zh", " 第一 # 步。\n"}) == both);
  CHECK(after(both, SetStepText{0, Statement::Kind::Say, "zh", ""}) == lesson);
  CHECK(after(lesson, SetStepText{0, Statement::Kind::Note, "en", "Fast."}) == with(lesson, "Slowly.", "Fast."));
  CHECK(after(lesson, SetStepText{2, Statement::Kind::Say, "en", "Third."}) ==
        with(lesson, "step \"three\"\n", "step \"three\"\n  say en: Third.\n"));
  CHECK(after(lesson, SetHeadText{HeadLine::Kind::Title, "en", "Five"}) == with(lesson, "Four", "Five"));
  CHECK(after(lesson, SetHeadText{HeadLine::Kind::Title, "zh", "四"}) == with(lesson, "Four\n", "Four\ntitle zh: 四\n"));
  CHECK(after(lesson, SetHeadText{HeadLine::Kind::About, "en", "All."}) == with(lesson, "Four\n", "Four\nabout en: All.\n"));
  CHECK(after(lesson, SetHeadText{HeadLine::Kind::Title, "en", ""}) == with(lesson, "title en: Four\n", ""));
}

TEST_CASE("focus, pace and hide") {
  raft::NodeSet nodes;
  nodes.add(raft::node_at(0));
  nodes.add(raft::node_at(3));
  CHECK(after(lesson, SetFocus{1, nodes}) == with(lesson, "focus A", "focus A D"));
  CHECK(after(lesson, SetFocus{1, {}}) == with(lesson, "  focus A\n", ""));
  CHECK(after(lesson, SetPace{1, "1/20"}) == with(lesson, "  focus A\n", "  focus A\n  pace 1/20\n"));
  CHECK(after(lesson, SetHidden{2, true}) == with(lesson, "\"three\"\n", "\"three\"\n  hide\n"));
}

TEST_CASE("statements are added, changed, moved and removed, their comments with them") {
  CHECK(after(lesson, AddStatements{0, 4, "expect safe\n"}) == with(lesson, "leader = C\n", "leader = C\n  expect safe\n"));
  CHECK(after(lesson, AddStatements{0, 2, "do timeout A"}) == with(lesson, "  # the wait\n", "  do timeout A\n  # the wait\n"));
  CHECK(after(lesson, AddStatements{1, 3, "ask en: x\nask zh: y\nanswer safe within 1s"}) ==
        with(lesson, "  ask en: Who?\n", "  ask en: x\n  ask zh: y\n  answer safe within 1s\n  ask en: Who?\n"));
  CHECK(after(lesson, ChangeStatement{0, 2, "until  leaders=1 within 1000ms"}) ==
        with(lesson, "until leaders = 1 within 2s  # long enough", "until leaders = 1 within 1s"));
  CHECK(after(lesson, ChangeStatement{0, 2, ""}) == with(lesson, "  # the wait\n  until leaders = 1 within 2s  # long enough\n", ""));
  CHECK(after(lesson, ChangeStatement{1, 3, ""}) ==
        with(lesson, "  ask en: Who?\n  answer which n: role n = leader within 1s\n", ""));
  CHECK(after(lesson, MoveStatement{0, 2, 3}) ==
        with(with(lesson, "  # the wait\n  until leaders = 1 within 2s  # long enough\n", ""), "leader = C\n",
             "leader = C\n  # the wait\n  until leaders = 1 within 2s  # long enough\n"));
  CHECK(after(lesson, ChangeStatement{0, 2, "until leaders = within 1s"}) ==
        "t.walk:12:19: a number is expected here, not 'within'");
}

TEST_CASE("splitting a step and merging it again is as before; texts of merged steps are both kept") {
  const std::string split = with(lesson, "  expect leader = A", "\nstep \"then\"\n  expect leader = A");
  CHECK(after(lesson, SplitStep{0, 3, "then"}) == split);
  CHECK(after(split, MergeSteps{0}) == lesson);
  const std::string merged = after(lesson, MergeSteps{0});
  CHECK(merged.find("  say en: First. Second.\n  note en: Slowly.\n  focus A\n  # the wait\n") != std::string::npos);
  CHECK(merged.find("leader = C\n  do add D\n  ask en: Who?\n") != std::string::npos);
  const std::string why = after(with(lesson, "step \"two\"", "# why\nstep \"two\""), MergeSteps{0});
  CHECK(why.find("leader = C\n  # why\n  do add D\n") != std::string::npos);
  const std::string said = "walkthrough 1\ncluster A\n\n# first\nstep \"one\"\n  for 1ms\n\n# second\nstep \"two\"\n  say en: x\n";
  const std::string commented = after(with(said, "  for 1ms", "  say en: w.  # why\n  for 1ms"), MergeSteps{0});
  CHECK(commented.find("  say en: w. x  # why\n") != std::string::npos);
  CHECK(after(said, MergeSteps{0}) == "walkthrough 1\ncluster A\n\n# first\n# second\nstep \"one\"\n  say en: x\n  for 1ms\n");
}

TEST_CASE("the hash of a session outlives a new caption, and not a new command") {
  const std::string saved = "walkthrough 1\ncluster A\n\nstep \"s\"\n  for 1ms\n\nhash 0x0000000000000001 engine 1\n# end\n";
  CHECK(after(saved, SetStepText{0, Statement::Kind::Say, "en", "x"}) == with(saved, "  for", "  say en: x\n  for"));
  CHECK(after(saved, AddStatements{0, 1, "do crash A"}) ==
        "walkthrough 1\ncluster A\n\nstep \"s\"\n  for 1ms\n  do crash A\n# end\n");
}

TEST_CASE("places of lines") {
  const Walkthrough walkthrough = parsed(lesson);
  CHECK_FALSE(place_of_line(walkthrough, 3));
  CHECK(place_of_line(walkthrough, 8)->step == 0);
  CHECK_FALSE(place_of_line(walkthrough, 8)->statement);
  CHECK(place_of_line(walkthrough, 12)->statement == 2);
  CHECK(place_of_line(walkthrough, 20)->step == 1);
  CHECK(place_of_line(walkthrough, 20)->statement == 3);
}

TEST_CASE("random edits of the shipped walkthroughs leave canonical text, or the reason why not") {
  for (const std::string& path : walkthrough_test::shipped) {
    Parsed now = parse(walkthrough_test::read_source(path), path);
    std::uint64_t state = path.size();
    const auto roll = [&state](std::size_t sides) {
      state = raft::sim::mix(state);
      return static_cast<std::size_t>(state % sides);
    };
    int done = 0;
    for (int i = 0; i < 60; ++i) {
      const std::size_t step = roll(now.walkthrough.steps.size());
      const std::size_t count = now.walkthrough.steps[step].statements.size();
      const std::size_t statement = count == 0 ? 0 : roll(count);
      Edit edit = AddStep{step, "new"};
      switch (roll(9)) {
        case 0: edit = MoveStep{step, roll(now.walkthrough.steps.size())}; break;
        case 1: edit = RemoveStep{step}; break;
        case 2: if (count > 0) edit = SplitStep{step, statement, "split"}; break;
        case 3: if (step + 1 < now.walkthrough.steps.size()) edit = MergeSteps{step}; break;
        case 4: edit = SetStepText{step, Statement::Kind::Say, "zh", "新"}; break;
        case 5: if (count > 0) edit = ChangeStatement{step, statement, ""}; break;
        case 6: edit = AddStatements{step, statement, "expect safe"}; break;
        case 7: if (count > 0) edit = MoveStatement{step, statement, roll(count)}; break;
        default: break;
      }
      Parsed next = edited(now.walkthrough, edit);
      if (!next.errors.empty()) continue;
      ++done;
      CHECK(parse(write(next.walkthrough), path).errors.empty());
      CHECK(write(canonical(next.walkthrough).walkthrough) == write(next.walkthrough));
      now = std::move(next);
    }
    CHECK(done > 20);
  }
}
