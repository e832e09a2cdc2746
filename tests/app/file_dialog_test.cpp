// The file dialog without its picture: what is listed, which file is meant, and what is said when there is none.
#include "app/file_dialog.h"

#include <unistd.h>

#include "app/asset_store.h"
#include "tests/support/program.h"

namespace app::test {

namespace {

using app::FileDialog;
using ui::FilePurpose;
namespace fs = std::filesystem;

const raft::explain::Words& words(raft::explain::Language language = raft::explain::Language::English) {
  static std::string error;
  static const auto english = app::read_words(raft::explain::Language::English, error);
  static const auto chinese = app::read_words(raft::explain::Language::Chinese, error);
  return language == raft::explain::Language::English ? *english : *chinese;
}

/// A folder with what a person's folder has.
struct Shelf {
  Folder folder;
  FileDialog dialog;

  explicit Shelf(FilePurpose purpose = FilePurpose::Open) {
    write(folder / "sally.walk", "walkthrough 1\n");
    write(folder / "Bob.walk", "walkthrough 1\ncluster A\n");
    write(folder / "notes.txt", "no walkthrough");
    write(folder / ".hidden.walk", "walkthrough 1\n");
    fs::create_directory(folder / "week 2");
    fs::create_directory(folder / ".git");
    dialog.open(purpose, "mine", {});
    dialog.go_to(folder.path().string());
  }

  std::vector<std::string> names() {
    std::vector<std::string> all;
    for (const ui::FileRow& row : dialog.view(words()).rows) all.push_back(row.name + (row.is_folder ? "/" : ""));
    return all;
  }
  const std::string& error() { return dialog.view(words()).error; }
};

}  // namespace

TEST_CASE("file dialog: folders first, then walkthroughs, whatever their case; nothing hidden, nothing else") {
  Shelf shelf;
  CHECK(shelf.names() == std::vector<std::string>{"week 2/", "Bob.walk", "sally.walk"});
  const ui::FileRow& bob = shelf.dialog.view(words()).rows[1];
  CHECK(bob.bytes == 24);
  CHECK(bob.changed.size() == std::string("2026-11-28 19:40").size());
}

TEST_CASE("file dialog: a folder is entered, and its parent; the path stays a plain one") {
  Shelf shelf;
  CHECK_FALSE(shelf.dialog.choose("week 2", false).has_value());
  CHECK(shelf.dialog.view(words()).folder == (shelf.folder / "week 2").string());
  CHECK(shelf.names().empty());
  shelf.dialog.go_to(shelf.dialog.view(words()).folder + "/..");
  CHECK(shelf.dialog.view(words()).folder == shelf.folder.path().string());
  shelf.dialog.go_to("/");
  CHECK(shelf.dialog.view(words()).folder == "/");
}

TEST_CASE("file dialog: a name is found with or without its ending, and so is a path") {
  Shelf shelf;
  const std::string sally = (shelf.folder / "sally.walk").string();
  CHECK(shelf.dialog.choose("sally.walk", false) == sally);
  CHECK(shelf.dialog.choose("sally", false) == sally);
  CHECK(shelf.dialog.choose(sally, false) == sally);
  CHECK(shelf.dialog.choose("week 2/../sally.walk", false) == sally);
}

TEST_CASE("file dialog: what is not there is said in a sentence, in the language of the window") {
  Shelf shelf;
  CHECK_FALSE(shelf.dialog.choose("nobody", false).has_value());
  CHECK(shelf.error() == "There is no walkthrough nobody here.");
  CHECK(shelf.dialog.view(words(raft::explain::Language::Chinese)).error == "这里没有演示 nobody。");
  CHECK_FALSE(shelf.dialog.choose("", false).has_value());
  CHECK(shelf.error() == "Type a name first.");
  shelf.dialog.say((shelf.folder / "x.walk").string() + ":2:1: unknown word");
  CHECK(shelf.error() == "x.walk:2:1: unknown word");
  shelf.dialog.go_to((shelf.folder / "gone").string());
  CHECK(shelf.error().starts_with("There is no folder "));
  shelf.dialog.go_to((shelf.folder / "notes.txt").string());
  CHECK(shelf.error().ends_with(" is a file, not a folder."));
}

TEST_CASE("file dialog: a folder that may not be read is said to be one") {
  if (geteuid() == 0) {
    // Nothing is forbidden to this user: only a folder that vanishes can be tried.
    Shelf shelf;
    fs::remove(shelf.folder / "week 2");
    shelf.dialog.go_to((shelf.folder / "week 2").string());
    CHECK(!shelf.error().empty());
    return;
  }
  Shelf shelf;
  fs::permissions(shelf.folder / "week 2", fs::perms::none);
  shelf.dialog.go_to((shelf.folder / "week 2").string());
  CHECK(shelf.error().ends_with(" may not be read."));
  fs::permissions(shelf.folder / "week 2", fs::perms::owner_all);
}

TEST_CASE("file dialog: to save, the ending is added, and a file that would be lost is asked about first") {
  Shelf shelf(FilePurpose::SaveAs);
  CHECK(shelf.dialog.view(words()).suggested_name == "mine");
  CHECK(shelf.dialog.choose("mine", false) == (shelf.folder / "mine.walk").string());
  CHECK_FALSE(shelf.dialog.choose("sally", false).has_value());
  CHECK(shelf.dialog.view(words()).replaces == "sally.walk");
  CHECK(read(shelf.folder / "sally.walk") == "walkthrough 1\n");
  CHECK(shelf.dialog.choose("sally", true) == (shelf.folder / "sally.walk").string());
  CHECK(shelf.dialog.view(words()).replaces.empty());
}

TEST_CASE("file dialog: it opens again where it was, with the files opened last") {
  Shelf shelf;
  const int opened = shelf.dialog.view(words()).opened;
  shelf.dialog.close();
  CHECK_FALSE(shelf.dialog.is_open());
  shelf.dialog.open(FilePurpose::Open, "", {"/a/b.walk"});
  CHECK(shelf.dialog.view(words()).folder == shelf.folder.path().string());
  CHECK(shelf.dialog.view(words()).opened == opened + 1);
  REQUIRE(shelf.dialog.view(words()).recent.size() == 1);
  CHECK(shelf.dialog.view(words()).recent[0].name == "b.walk");
}

}  // namespace app::test
