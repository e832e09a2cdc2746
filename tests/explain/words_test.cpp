// The mechanism: reading tables, putting facts in, spacing.
#include "tests/explain/texts.h"

namespace raft::test {

namespace {

using explain::Fact;
using explain::Language;
using explain::Words;

Words parsed(std::string_view toml, Language language = Language::English) {
  std::string error;
  std::optional<Words> words = Words::parse(language, toml, error);
  REQUIRE_MESSAGE(words.has_value(), error);
  return *words;
}

std::string error_of(std::string_view toml) {
  std::string error;
  CHECK_FALSE(Words::parse(Language::English, toml, error).has_value());
  return error;
}

}  // namespace

TEST_CASE("tables inside tables become dotted keys") {
  const Words words = parsed("a = '1'\n[b]\nc = '2'\n\"d.none\" = '4'\n[b.e]\nf = '3'\n");
  CHECK(words.keys() == std::vector<std::string>{"a", "b.c", "b.d.none", "b.e.f"});
  CHECK(words.text("b.e.f") == "3");
  CHECK(words.has("b.c"));
  CHECK_FALSE(words.has("b"));
}

TEST_CASE("a text that is missing shows its key") {
  const Words words = parsed("a = '1'\n");
  CHECK(words.text("ui.nothing_of_that_name") == "ui.nothing_of_that_name");
  CHECK_FALSE(words.has("ui.nothing_of_that_name"));
}

TEST_CASE("what is wrong with a table is told with its place") {
  CHECK(error_of("a = 1\n") == "en.toml:1:5: a is not a text in quotes");
  CHECK(error_of("[x]\ny = ['1']\n").starts_with("en.toml:2:5: x.y is not"));
  CHECK(error_of("a = 'one\n").starts_with("en.toml:1:"));
  CHECK(error_of("\"b.c\" = '1'\n[b]\nc = '2'\n").find("b.c has two texts") != std::string::npos);
  CHECK(error_of("\xFF\xFE\x01\x02").starts_with("en.toml:1:"));
}

TEST_CASE("languages have codes") {
  CHECK(explain::language_from_code("zh") == Language::Chinese);
  CHECK(explain::language_from_code("en") == Language::English);
  CHECK_FALSE(explain::language_from_code("fr").has_value());
  CHECK(std::string(explain::language_code(Language::Chinese)) == "zh");
}

TEST_CASE("facts are put in by name, and a count chooses the word") {
  const Words words = parsed("t = '{n} {n|vote|votes} for {who}'\n");
  CHECK(words.fill("t", {{"n", 1}, {"who", "A"}}) == "1 vote for A");
  CHECK(words.fill("t", {{"n", 0}, {"who", "A"}}) == "0 votes for A");
  CHECK(words.fill("t", {{"n", 3}, {"who", "{n}"}}) == "3 votes for {n}");  // what a person typed is not read again
  CHECK(words.fill("t", {{"n", 2}}) == "2 votes for {who}");
}

TEST_CASE("words that open a sentence get a capital letter, names do not") {
  const Words words = parsed("t = '{x} acts.'\nu = 'So {x} acts.'\n");
  CHECK(words.fill("t", {Fact::phrase("x", "this node")}) == "This node acts.");
  CHECK(words.fill("u", {Fact::phrase("x", "this node")}) == "So this node acts.");
  CHECK(words.fill("t", {{"x", "c1"}}) == "c1 acts.");
}

TEST_CASE("Han characters stand apart from letters and digits, and from nothing else") {
  const Words words = parsed("t = '{x} 投票。'\nu = '止于{x}，完'\n", Language::Chinese);
  CHECK(words.fill("t", {{"x", "B"}}) == "B 投票。");
  CHECK(words.fill("t", {{"x", "该节点"}}) == "该节点投票。");
  CHECK(words.fill("u", {{"x", "条目 3（任期 2）"}}) == "止于条目 3（任期 2），完");
  CHECK(words.fill("u", {{"x", "B"}}) == "止于 B，完");
}

TEST_CASE("the font is built from every character of the texts") {
  CHECK(parsed("a = 'ba'\n[x]\nb = 'b的，'\n").all_characters() == "ab的，");
  CHECK(chinese().all_characters().find("领") != std::string::npos);
}

TEST_CASE("times are written in ms, long ones in s") {
  CHECK(explain::time_text(182'537) == "182.5 ms");
  CHECK(explain::time_text(182'000) == "182 ms");
  CHECK(explain::time_text(70) == "0 ms");
  CHECK(explain::time_text(12'570'000) == "12.5 s");
}

}  // namespace raft::test
