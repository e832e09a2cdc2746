// Junk: whatever the bytes are, the parser ends with a message that has a place, or with a walkthrough.
#include <algorithm>
#include <filesystem>

#include "raft/sim/draw.h"
#include "tests/walkthrough/play.h"

namespace {

/// Bytes changed, doubled, removed; lines swapped for other lines.
std::string mutated(const std::string& text, std::uint64_t seed) {
  std::string result = text;
  std::uint64_t state = seed;
  const auto roll = [&state](std::size_t sides) {
    state = raft::sim::mix(state);
    return static_cast<std::size_t>(state % sides);
  };
  for (std::size_t i = 0; i <= roll(6); ++i) {
    if (result.size() < 40) result += text.substr(0, 40);
    const std::size_t at = roll(result.size());
    switch (roll(5)) {
      case 0: result[at] = static_cast<char>(roll(256)); break;
      case 1: result.erase(at, 1 + roll(12)); break;
      case 2: result.insert(at, result.substr(roll(result.size()), 1 + roll(40))); break;
      case 3: result.insert(at, 1, "\"()[]:#\\\n*->="[roll(13)]); break;
      default: result.resize(std::max<std::size_t>(at, 20)); break;
    }
  }
  return result;
}

void check_parsed(const std::string& text) {
  const walkthrough_test::Parsed parsed = walkthrough_test::parse(text, 20);
  CHECK(parsed.errors.size() <= 20);
  for (const raft::walkthrough::Diagnostic& error : parsed.errors) {
    CHECK(error.file == "t.walk");
    CHECK_FALSE(error.text.empty());
    CHECK(error.message().find('\n') == std::string::npos);
    CHECK((error.line == 0) == (error.column == 0));
  }
  if (!parsed.errors.empty()) return;
  const std::string written = write(parsed.walkthrough);
  CHECK(walkthrough_test::error_of(written) == "");
  CHECK(write(walkthrough_test::parse(written).walkthrough) == written);
}

}  // namespace

TEST_CASE("mutated walkthroughs never crash the parser and always give lines with a place") {
  for (const std::string& path : walkthrough_test::shipped) {
    const std::string text = walkthrough_test::read_source(path);
    for (std::uint64_t seed = 1; seed <= 1500; ++seed) check_parsed(mutated(text, seed * 77));
  }
}

TEST_CASE("nor do those of the features, in which every command stands") {
  for (const auto& file : std::filesystem::directory_iterator(source_dir() + "/tests/golden/features")) {
    if (file.path().extension() != ".walk") continue;
    const std::string name = "tests/golden/features/" + file.path().filename().string();
    CAPTURE(name);
    const std::string text = walkthrough_test::read_source(name);
    for (std::uint64_t seed = 1; seed <= 400; ++seed) check_parsed(mutated(text, seed * 31));
  }
}

TEST_CASE("binary junk of every length is refused") {
  for (std::size_t length = 1; length <= 300; ++length) {
    std::string junk;
    for (std::size_t i = 0; i < length; ++i) junk += static_cast<char>(raft::sim::mix(length * 1000 + i));
    const walkthrough_test::Parsed parsed = walkthrough_test::parse(junk, 20);
    CHECK_FALSE(parsed.errors.empty());
  }
}

TEST_CASE("a file of 1 MiB on one line, and one of empty lines, are read, or refused with a place") {
  check_parsed("walkthrough 1\ncluster A\nstep \"s\"\nexpect " + std::string((1U << 20U) - 100, 'x'));
  check_parsed("walkthrough 1\ncluster A\nstep \"s\"\n" + std::string((1U << 20U) - 100, '\n'));
  check_parsed("walkthrough 1\ncluster A\nstep \"s\"\nsay en: " + std::string((1U << 20U) - 100, '\"'));
}
