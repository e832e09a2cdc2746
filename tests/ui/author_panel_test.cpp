// The author's panel: it keeps to its column at every size, and what is clicked and typed becomes what the app is asked.
#include <doctest/doctest.h>

#include "tests/ui/window.h"
#include "ui/drawn.h"
#include "ui/layout.h"

namespace ui::test {

using raft::explain::Language;

namespace {

AuthorView a_draft() {
  AuthorView author;
  author.steps = {{"Two candidates", "A and B run out of patience at the same moment, and nobody knows of the other.", true, true, false, false},
                  {"A step whose name is so long that it can stand in no column of any window", "", false, false, true, true}};
  author.title = {"A split vote", "选票被瓜分"};
  author.say = {"A and B run out of patience at the same moment.", "A 和 B 同时超时。"};
  author.note = {"Slowly. " + std::string(300, 'x'), ""};
  author.pace = "1/20";
  author.statements = {{2, "do timeout A", false}, {3, "until votes A = 2 and votes B = 2 and votes C = 0 and votes D = 0 within 1s", true},
                       {4, "ask en: Will term 1 have a leader? \\ answer leader_in_term 1 != none within 300ms", false}};
  author.next_at_end = false;
  author.failed_statement = 3;
  author.failure = "1: expected votes A = 2, but it is 1";
  author.text = "walkthrough 1\ncluster A B C D\n";
  author.path = "/course/a_split_vote.walk";
  author.list = AuthorList::Waits;
  author.suggestions = {{"until role A = leader within 2s", "", "until role A = leader within 2s"}, {"for 50ms", "", "for 50ms"}};
  return author;
}

template <typename Wanted>
const Wanted* asked_of_author(const Actions& actions) {
  for (const Action& action : actions) {
    const auto* author = std::get_if<Author>(&action);
    if (author == nullptr) continue;
    if (const auto* found = std::get_if<Wanted>(&author->what)) return found;
  }
  return nullptr;
}

/// Clicks along the middle of the panel from top to bottom until something of the kind is asked for.
template <typename Wanted>
std::optional<Wanted> click_for(Window& window, const Played& played, Size2 size, float x) {
  const Rect panel = make_layout({.width = size.width, .height = size.height, .author = true}).author;
  for (float y = panel.top + 100; y < panel.bottom; y += 8) {
    const Actions actions = window.click(played, size, {panel.left + x, y});
    if (const Wanted* found = asked_of_author<Wanted>(actions)) return *found;
  }
  return std::nullopt;
}

}  // namespace

TEST_CASE("The author's panel and the whole text are drawn at every size, in both languages and themes") {
  Window window;
  const AuthorView author = a_draft();
  window.author = &author;
  for (const int nodes : {1, 5, 11}) {
    Played played(nodes);
    played.play_a_while();
    for (const Size2 size : {Size2{1280, 720}, Size2{1920, 1080}, Size2{3840, 2160}}) {
      for (const Language language : {Language::English, Language::Chinese}) {
        window.language = language;
        window.theme = language == Language::English ? ThemeName::Paper : ThemeName::Ink;
        for (const bool text : {false, true}) {
          window.state.author.text_open = text;
          const FrameResult result = window.frame(played, size);
          CHECK(result.actions.empty());
          const ImDrawData* data = ImGui::GetDrawData();
          const Rect panel = make_layout({.width = size.width, .height = size.height, .nodes = nodes, .author = true}).author;
          for (int i = 0; i < data->CmdListsCount; ++i) {
            const ImDrawList* list = data->CmdLists[i];
            if (list->_OwnerName == nullptr || std::string_view(list->_OwnerName).find("/author") == std::string_view::npos) continue;
            for (const ImDrawCmd& command : list->CmdBuffer) {
              if (command.ElemCount == 0) continue;
              CHECK(command.ClipRect.x >= panel.left - 1);
              CHECK(command.ClipRect.w <= panel.bottom + 1);
            }
            int outside = 0;
            for (const ImDrawVert& vertex : list->VtxBuffer) outside += vertex.pos.x < panel.left - 1.5F || vertex.pos.x > panel.right + 1.5F;
            CHECK(outside == 0);
          }
        }
      }
    }
  }
}

TEST_CASE("A suggestion that is clicked is written down; a wait says itself how one comes there") {
  Window window;
  AuthorView author = a_draft();
  author.failure.clear();
  window.author = &author;
  const Played played(5);
  const auto wait = click_for<InsertStatements>(window, played, {1920, 1080}, 60);
  REQUIRE(wait);
  CHECK(wait->text == "until role A = leader within 2s");
  CHECK(wait->says_how_to_come);
}

TEST_CASE("A draft that was never saved is offered where it can be seen, however long the step that is open") {
  Window window;
  AuthorView author = a_draft();
  author.draft_found = true;
  author.list = AuthorList::None;
  author.failure.clear();
  window.author = &author;
  const Played played(5);
  for (int i = 0; i < 3; ++i) window.frame(played, {1280, 720});
  CHECK(window.state.author.scroll.offset == 0);
  CHECK(click_for<RestoreDraft>(window, played, {1280, 720}, 60));
}

TEST_CASE("A step that is dragged lands where the line shows it: one edit; let go where it was or outside it stays") {
  Window window;
  AuthorView author = a_draft();
  author.list = AuthorList::None;
  author.failure.clear();
  author.steps = {{"First", "", false, false, false, false}, {"Second", "", false, false, false, false}, {"Third", "", false, false, false, false}};
  author.current = 2;  // its fields stand below the others
  window.state.author.shown_step = 2;  // and are not scrolled to
  window.author = &author;
  const Played played(5);
  const Size2 size{1920, 1080};
  const auto row_of = [&](const std::string& name) {
    const Drawn drawn = window.drawn(played, size);
    for (const DrawnItem& item : drawn) {
      if (item.kind == DrawnKind::Text && item.what == name && item.panel.find("author") != std::string::npos) return item.box;
    }
    FAIL("not drawn: " << name);
    return Rect{};
  };
  const auto drag = [&](Point from, Point to) {
    Actions actions;
    window.point(played, size, from, false, actions);
    for (const Point at : {from, Point{from.x, (from.y + to.y) / 2}, to}) window.point(played, size, at, true, actions);
    CHECK(actions.empty());
    for (int i = 0; i < 2; ++i) window.point(played, size, to, false, actions);
    return actions;
  };
  window.frame(played, size);
  const Point first = row_of("First").center();
  const Point second = row_of("Second").center();
  const Actions down = drag(first, second + Point{0, 20});
  const auto* edit = asked_of_author<EditDraft>(down);
  REQUIRE(edit != nullptr);
  REQUIRE(std::holds_alternative<raft::walkthrough::MoveStep>(edit->edit));
  CHECK(std::get<raft::walkthrough::MoveStep>(edit->edit).step == 0);
  CHECK(std::get<raft::walkthrough::MoveStep>(edit->edit).to == 1);
  CHECK(down.size() == 1);  // it is not selected as well
  const Actions up = drag(row_of("Third").center(), first + Point{0, -16});
  const auto* moved = asked_of_author<EditDraft>(up);
  REQUIRE(moved != nullptr);
  CHECK(std::get<raft::walkthrough::MoveStep>(moved->edit).step == 2);
  CHECK(std::get<raft::walkthrough::MoveStep>(moved->edit).to == 0);
  CHECK(drag(first, first + Point{0, 12}).empty());
  CHECK(drag(first, second + Point{-900, 20}).empty());
  CHECK(window.click(played, size, second).size() == 1);  // a click selects as ever

  for (const Point let_go : {second + Point{0, 20}, first}) {  // over another row, and over its own
    Actions dropped;
    window.point(played, size, first, false, dropped);
    for (const Point at : {first, second, let_go}) window.point(played, size, at, true, dropped);
    window.frame(played, size, {{.key = Key::Escape}});
    for (const bool is_down : {true, false, false}) window.point(played, size, let_go, is_down, dropped);
    CHECK(dropped.empty());
    CHECK_FALSE(window.state.author.drag);
  }
}

TEST_CASE("What the mouse holds is let go when its panel is not seen any more, or has fewer steps") {
  const Played played(5);
  AuthorView author = a_draft();
  author.steps = {{"First", "", false, false, false, false}, {"Second", "", false, false, false, false}};
  AuthorView shorter = author;
  shorter.steps.pop_back();
  const auto holds_second = [] { return AuthorState::Drag{.step = 1, .from = 0, .moved = true}; };
  for (const AuthorView* next : {static_cast<const AuthorView*>(nullptr), static_cast<const AuthorView*>(&shorter)}) {
    Window window;
    window.author = &author;
    window.mouse_down = true;
    window.mouse = {usual_size.width - 100, 200};  // above both steps: there it would land
    window.frame(played, usual_size);
    window.state.author.drag = holds_second();
    window.frame(played, usual_size);
    CHECK(window.state.author.drag);
    window.author = next;
    window.mouse_down = false;
    CHECK(window.frame(played, usual_size).actions.empty());
    CHECK_FALSE(window.state.author.drag);
  }
  // The stage under the home screen; the diagram when it is closed.
  Window window;
  window.state.diagram.open = true;
  window.state.stage.tool = Tool::Cut;
  window.frame(played, usual_size);
  window.mouse_down = true;
  window.state.stage.pressing = true;
  window.state.stage.stroke = {{100, 100}, {700, 500}};
  window.state.diagram.drag = {.kind = DiagramDrag::Kind::Pressed};
  window.state.library_open = true;
  CHECK(window.frame(played, usual_size).actions.empty());
  window.state.library_open = false;
  window.mouse_down = false;
  for (int i = 0; i < 2; ++i) CHECK(window.frame(played, usual_size).actions.empty());
  CHECK(window.state.stage.stroke.empty());
  // So large a diagram leaves the stage no room.
  window.state.stage.pressing = true;
  window.state.stage.dragged = window.state.stage.grabbed = raft::node_at(0);
  window.state.stage.placed[raft::node_at(0)] = {0.1F, 0.1F};
  window.state.diagram_height = 5000;
  window.frame(played, {640, 360});
  CHECK_FALSE(window.state.stage.pressing);
  CHECK(window.state.stage.placed.empty());  // it goes back to its own place
  window.state.diagram.drag = {.kind = DiagramDrag::Kind::Pressed};
  window.state.diagram.open = false;
  window.frame(played, usual_size);
  CHECK(window.state.diagram.drag.kind == DiagramDrag::Kind::None);
}

TEST_CASE("A field that is emptied is taken when it is left; what Enter is refused for stays, and is given up when it is left") {
  Played played(3);
  played.play_a_while();
  Window window;
  AuthorView author = a_draft();
  author.list = AuthorList::None;
  author.suggestions.clear();
  window.author = &author;
  FieldState& field = window.state.field;
  const auto begin = [&] {
    field = {.id = "pace0"};
    for (int i = 0; i < 4 && !field.begun; ++i) window.frame(played, usual_size);
    REQUIRE(field.begun);
  };
  begin();  // it is empty
  const Actions left = window.click(played, usual_size, {400, 300});
  const auto* edit = asked_of_author<EditDraft>(left);
  REQUIRE(edit != nullptr);
  CHECK(std::get<raft::walkthrough::SetPace>(edit->edit).pace.empty());
  CHECK(field.id.empty());

  begin();
  window.type("slowly");
  window.frame(played, usual_size);
  window.enter_down = true;
  const Actions entered = window.frame(played, usual_size).actions;
  window.enter_down = false;
  REQUIRE(asked_of_author<EditDraft>(entered) != nullptr);
  field.taken = false;  // the app refuses it
  for (int i = 0; i < 3; ++i) window.frame(played, usual_size);
  CHECK(field.id == "pace0");
  CHECK(std::string(field.text.data()) == "slowly");
  CHECK(field.begun);
  CHECK(asked_of_author<EditDraft>(window.click(played, usual_size, {400, 300})) == nullptr);
  CHECK(field.id.empty());

  begin();
  window.type("1/10");
  window.frame(played, usual_size);
  window.enter_down = true;
  REQUIRE(asked_of_author<EditDraft>(window.frame(played, usual_size).actions) != nullptr);
  window.enter_down = false;
  window.frame(played, usual_size);
  CHECK(field.id.empty());  // nobody refuses it
}

TEST_CASE("A step that is clicked is selected") {
  Window window;
  AuthorView author = a_draft();
  author.list = AuthorList::None;
  author.failure.clear();
  author.current = 1;
  window.author = &author;
  const Played played(5);
  const auto selected = click_for<SelectStep>(window, played, {1920, 1080}, 60);
  REQUIRE(selected);
  CHECK(selected->step == 0);
}

}  // namespace ui::test
