// The library: in the order of the course, with a still for each; and `raftlab list`.
#include "app/library.h"

#include <set>

#include <nlohmann/json.hpp>

#include "app/still_maker.h"
#include "tests/support/program.h"

namespace app::test {

namespace {

using raft::explain::Language;

std::shared_ptr<const raft::walkthrough::Walkthrough> parsed(const std::string& text) {
  raft::walkthrough::Parsed result = raft::walkthrough::parse(text, "t.walk");
  REQUIRE(result.errors.empty());
  return std::make_shared<const raft::walkthrough::Walkthrough>(std::move(result.walkthrough));
}

std::string in_lower_case(std::string text) {
  for (char& c : text) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  return text;
}

}  // namespace

TEST_CASE("library: chapters come in their order, then what is about a rule that is off; every file once") {
  const app::Library library;
  int chapter = 0;
  bool rule_off = false;
  std::set<std::string> names;
  for (const app::LibraryItem& item : library.items()) {
    CHECK(names.insert(item.name).second);
    CHECK_FALSE((rule_off && !item.rule_off));
    rule_off = item.rule_off;
    if (item.chapter >= 0) CHECK(item.chapter >= chapter);
    chapter = std::max(chapter, item.chapter);
  }
  CHECK(library.named("sally") != nullptr);
  CHECK(library.find(library.named("sally")->path) == library.named("sally"));
  CHECK(library.find("/elsewhere/sally.walk") == nullptr);
  CHECK(library.named("broken/step_down_on_higher_term") != nullptr);
  CHECK(library.chapters(Language::Chinese).size() == library.chapters(Language::English).size());
}

TEST_CASE("library: an entry has its words in the language, and is found by those of both") {
  const app::Library library;
  const auto english = library.entries(Language::English);
  const auto chinese = library.entries(Language::Chinese);
  REQUIRE(english.size() == chinese.size());
  for (std::size_t i = 0; i < english.size(); ++i) {
    CHECK(english[i].path == chinese[i].path);
    CHECK(english[i].title != chinese[i].title);
    CHECK(english[i].searched == chinese[i].searched);
    CHECK(english[i].searched.find(in_lower_case(chinese[i].title)) != std::string::npos);
    CHECK(english[i].steps > 0);
    if (english[i].chapter >= 0) CHECK_FALSE(english[i].outcome.empty());
  }
}

TEST_CASE("library: stills are made a little at a time, one for each walkthrough") {
  app::Library library;
  int turns = 1;
  while (library.make_stills()) ++turns;
  CHECK(turns > static_cast<int>(library.items().size()));  // several turns for each
  for (const app::LibraryItem& item : library.items()) {
    REQUIRE_MESSAGE(item.still != nullptr, item.name);
    CHECK(item.still->world.node_count() > 0);
  }
  CHECK_FALSE(library.make_stills());
}

TEST_CASE("library: the still is of the step at which most can be seen") {
  app::StillMaker maker(parsed(R"(walkthrough 1
cluster A B C
seed 2
step "one"
  until leaders = 1 within 2s
step "two"
  do partition A | B C
  do write x=1 to A
step "three"
  do heal
  settle
)"));
  while (maker.play(50)) {
  }
  CHECK(raft::sim::islands(maker.still().world).size() == 2);
}

TEST_CASE("list: a line for each walkthrough under its chapter, in either language") {
  const Folder folder;
  const app::Library library;
  for (const char* language : {"en", "zh"}) {
    const Result result = run(folder, std::string("list --lang ") + language);
    CHECK(result.status == 0);
    CHECK(result.err.empty());
    std::size_t found = 0;
    std::istringstream table(result.out);
    for (std::string line; std::getline(table, line);) found += line.find(".walk ") != std::string::npos ? 1 : 0;
    CHECK(found == library.items().size());
    const Language which = *raft::explain::language_from_code(language);
    for (const std::string& chapter : library.chapters(which)) {
      CHECK(result.out.find("\n" + chapter + "\n") != std::string::npos);
    }
  }
}

TEST_CASE("list --json: every member of every walkthrough, and paths that can be played") {
  const Folder folder;
  const Result result = run(folder, "list --json");
  CHECK(result.status == 0);
  const auto list = nlohmann::json::parse(result.out, nullptr, false);
  REQUIRE(list.is_array());
  CHECK(list.size() == app::Library().items().size());
  for (const auto& one : list) {
    CAPTURE(one.dump());
    CHECK(std::filesystem::exists(folder / one["path"].get<std::string>()));
    CHECK(one["title"].is_string());
    CHECK(one["chapter"].is_string());
    CHECK(one["outcome"].is_string());
    CHECK(one["steps"].get<int>() > 0);
    CHECK(one["questions"].is_number_unsigned());
    CHECK(one["simulated_ms"].is_number());  // 0 where all is done at once
    CHECK(one["seconds"].get<double>() > 0);
    CHECK(one["lecture"].is_boolean());
    CHECK((one["lecture_minutes"].is_null() || one["lecture_minutes"].get<int>() > 0));
    CHECK(one["seconds"].get<double>() < 300);  // nobody has to sit through five minutes of watching
  }
  const auto sally = std::find_if(list.begin(), list.end(), [](const auto& one) { return one["title"] == "Sally"; });
  REQUIRE(sally != list.end());
  CHECK((*sally)["steps"] == 10);
  CHECK((*sally)["questions"] == 1);
}

TEST_CASE("list: other words are refused in one line") {
  const Folder folder;
  const Result result = run(folder, "list sally");
  CHECK(result.status == 2);
  CHECK(lines(result.err) == 1);
}

}  // namespace app::test
