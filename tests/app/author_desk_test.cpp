// Drafts on disk: written down after every edit, found again, saved where nothing else is.
#include "app/author_desk.h"

#include <filesystem>
#include <set>

#include "app/asset_store.h"
#include "app/walkthrough_file.h"
#include "tests/support/program.h"
#include "tests/walkthrough/play.h"

namespace app::test {

namespace {

using app::Author;
using app::Session;
using namespace raft::walkthrough;

std::string step_called(std::size_t n) { return "Step " + std::to_string(n); }

Session begun_from(const std::string& head) {
  Parsed parsed = parse("walkthrough 1\ncluster A B C D\n" + head + "\nstep \"Step 1\"\n", "draft.walk");
  REQUIRE(parsed.errors.empty());
  return Session::of_walkthrough(std::make_shared<const Walkthrough>(std::move(parsed.walkthrough)));
}

/// What lies in a folder, by the start of the name.
std::set<std::string> texts_in(const Folder& folder, const std::string& start) {
  std::set<std::string> texts;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
    if (entry.path().filename().string().starts_with(start)) texts.insert(read(entry.path()));
  }
  return texts;
}

}  // namespace

TEST_CASE("an unsaved draft is written down after every edit, found again after a crash, and gone once it is saved") {
  const Folder folder;
  std::string error;
  const auto english = read_words(raft::explain::Language::English, error);
  REQUIRE(english);
  std::string unsaved;
  {
    app::AuthorDesk desk(Author::of(begun_from("seed 247\n"), {}, step_called), "", std::nullopt, folder.path().string());
    CHECK_FALSE(desk.found());
    REQUIRE(desk.author().apply(NameStep{0, "begun"}) == "");
    desk.edited();
    unsaved = desk.author().text();
    CHECK(texts_in(folder, "draft") == std::set{unsaved});
  }  // as after a crash: nobody has saved it
  app::AuthorDesk next(Author::of(begun_from("seed 7\n"), {}, step_called), "", std::nullopt, folder.path().string());
  REQUIRE(next.found());
  CHECK(next.found()->text == unsaved);
  // Whoever goes on without deciding loses nothing: each draft has a file of its own.
  REQUIRE(next.author().apply(NameStep{0, "another"}) == "");
  next.edited();
  CHECK(texts_in(folder, "draft") == std::set{unsaved, next.author().text()});
  next.discard_found();
  CHECK(texts_in(folder, "draft") == std::set{next.author().text()});

  const std::string path = (folder / "lesson").string();
  CHECK(next.save(path, *english) == "");
  CHECK(read(path + ".walk") == next.author().text());
  CHECK(texts_in(folder, "draft").empty());
  CHECK(next.author().saved());
  // A file that is somebody else's is not overwritten.
  write(folder / "other.walk", "mine");
  const std::string other = (folder / "other.walk").string();
  CHECK(next.save(other, *english) == english->fill("ui.file_exists", {{"path", other}}));
  CHECK(read(folder / "other.walk") == "mine");
  CHECK(next.save("", *english) == "");
}

TEST_CASE("a draft without a file of its own is to be saved where recordings lie, one from a file there") {
  const Folder folder;
  setenv("XDG_DATA_HOME", folder.path().c_str(), 1);
  std::string error;
  const auto english = read_words(raft::explain::Language::English, error);
  REQUIRE(english);
  const Session session = begun_from("title en: My lesson\n");
  const auto offered = [&](const std::string& path) {
    app::AuthorDesk desk(Author::of(session, {}, step_called), path, app::text_at(path), "");
    desk.suggest_path();
    return desk.view(session, *english).path;
  };
  const auto made = folder / "raftlab/my_lesson.walk";
  CHECK(offered("") == made.string());
  CHECK(offered(asset_path("walkthroughs") + "/sally.walk") == made.string());  // the program's own stay as they are
  CHECK(offered((folder / "mine.walk").string()) == (folder / "mine.walk").string());
  std::filesystem::create_directories(folder / "raftlab");
  write(made, "mine");
  CHECK(offered("") == (folder / "raftlab/my_lesson-2.walk").string());
  unsetenv("XDG_DATA_HOME");
}

TEST_CASE("two windows write two drafts down, and one that a crash has left is offered to one of them") {
  const Folder folder;
  write(folder / "draft.walk", "walkthrough 1\ncluster A B C\nstep \"left behind\"\n");  // as it was called once
  app::AuthorDesk first(Author::of(begun_from("seed 1\n"), {}, step_called), "", std::nullopt, folder.path().string());
  app::AuthorDesk second(Author::of(begun_from("seed 2\n"), {}, step_called), "", std::nullopt, folder.path().string());
  REQUIRE(first.found());
  CHECK_FALSE(second.found());
  REQUIRE(first.author().apply(NameStep{0, "of the first"}) == "");
  first.edited();
  REQUIRE(second.author().apply(NameStep{0, "of the second"}) == "");
  second.edited();
  const std::set<std::string> texts = texts_in(folder, "draft");
  CHECK(texts.size() == 3);
  CHECK(texts.contains(first.author().text()));
  CHECK(texts.contains(second.author().text()));
  // Neither is offered to a third window: their own still work on them.
  CHECK_FALSE(app::AuthorDesk(Author::of(begun_from("seed 3\n"), {}, step_called), "", std::nullopt, folder.path().string()).found());
  // Who goes on with it writes it down where it lies.
  app::AuthorDesk goes_on(Author::of(begun_from("seed 4\n"), {}, step_called), "", std::nullopt, folder.path().string(), first.take_found());
  REQUIRE(goes_on.author().apply(NameStep{0, "gone on with"}) == "");
  goes_on.edited();
  CHECK(read(folder / "draft.walk") == goes_on.author().text());
}

}  // namespace app::test
