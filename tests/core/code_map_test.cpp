// The map of the code in README.md is drawn from the code: who includes whom, folder by folder.
#include <doctest/doctest.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include "tests/support/tree.h"

namespace {

namespace fs = std::filesystem;

constexpr std::array code_rooms = {"raft/core", "raft/sim", "raft/check", "raft/explain", "raft/walkthrough",
                              "raft/search", "ui", "app"};

std::string text_of(const fs::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::set<std::string> rooms_included_by(const std::string& folder) {
  std::set<std::string> included;
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(source_dir()) / folder)) {
    if (entry.path().extension() != ".h" && entry.path().extension() != ".cpp") continue;
    const std::string text = text_of(entry.path());
    for (const char* room : code_rooms) {
      if (room != folder && text.find(std::string("#include \"") + room + "/") != std::string::npos) included.insert(room);
    }
  }
  return included;
}

std::string map_of_the_code() {
  std::string map;
  for (const char* folder : code_rooms) {
    std::string line = folder;
    line.resize(18, ' ');
    const std::set<std::string> included = rooms_included_by(folder);
    bool first = true;
    for (const char* room : code_rooms) {
      if (!included.contains(room)) continue;
      line += std::string(first ? "includes " : ", ") + room;
      first = false;
    }
    map += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  }
  return map;
}

}  // namespace

TEST_CASE("the map in README.md is that of the #include lines") {
  const std::string map = map_of_the_code();
  CAPTURE(map);
  CHECK(text_of(fs::path(source_dir()) / "README.md").find("```\n" + map + "```\n") != std::string::npos);
}
