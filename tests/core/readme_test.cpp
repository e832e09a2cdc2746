// What a README names is there: a file or folder in backquotes, and whatever a link leads to. The folders whose README
// is a table of files have all of their files in it.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/tree.h"

namespace {

namespace fs = std::filesystem;

/// A path as a README names it, and where.
struct NamedPath {
  std::string readme;  // from the root
  std::size_t line = 0;
  std::string path;
};

const fs::path tree_root = source_dir();

/// Every file of the tree, from the root; what is built or hidden is none of it.
const std::vector<std::string>& tree() {
  static const std::vector<std::string> all = [] {
    std::vector<std::string> found;
    for (auto entry = fs::recursive_directory_iterator(tree_root); entry != fs::recursive_directory_iterator(); ++entry) {
      const std::string name = entry->path().filename().string();
      if (entry->is_directory() && (name == "build" || name.rfind("obj-", 0) == 0 || name[0] == '.')) {
        entry.disable_recursion_pending();
      } else if (entry->is_regular_file()) {
        found.push_back(fs::relative(entry->path(), tree_root).generic_string());
      }
    }
    return found;
  }();
  return all;
}

const std::set<std::string>& kinds_of_files() {
  static const std::set<std::string> kinds = [] {
    std::set<std::string> found;
    for (const std::string& path : tree()) found.insert(fs::path(path).extension().string());
    return found;
  }();
  return kinds;
}

/// A word that can only be a path of the tree: it has the ending of a file, a star, or is a folder. A word in capitals
/// stands for something else; what is in build/ is made.
bool is_path(const std::string& word) {
  static const std::regex letters(R"([A-Za-z0-9_./*{},-]+)");
  static const std::regex placeholder(R"((^|[^A-Za-z])[A-Z]{2,}([^A-Za-z]|$))");
  if (!std::regex_match(word, letters) || word.rfind("build/", 0) == 0 || word[0] == '/') return false;
  if (std::regex_search(word, placeholder) && word.find("README") == std::string::npos) return false;
  const fs::path path(word);
  if (word.back() == '/' || path.extension() == ".*") return true;
  if (word.find('*') != std::string::npos) return word.find_first_not_of("*./{},-") != std::string::npos;
  return path.has_extension() && path.stem().string()[0] != '.' && kinds_of_files().contains(path.extension().string());
}

std::vector<NamedPath> paths_named_in(const std::string& readme) {
  static const std::regex quoted("`([^`]+)`|\\]\\(([^)#:]+)\\)");
  std::vector<NamedPath> named;
  std::ifstream file(tree_root / readme);
  bool in_a_block = false;
  std::size_t number = 0;
  for (std::string line; std::getline(file, line);) {
    ++number;
    if (line.rfind("```", 0) == 0) in_a_block = !in_a_block;
    if (in_a_block) continue;
    for (std::sregex_iterator match(line.begin(), line.end(), quoted), end; match != end; ++match) {
      if ((*match)[2].matched) named.push_back({readme, number, (*match)[2]});
      std::istringstream words((*match)[1]);
      for (std::string word; words >> word;) {
        if (is_path(word)) named.push_back({readme, number, word});
      }
    }
  }
  return named;
}

/// `{en,zh}` and `*` as in a shell; a star stays inside a folder.
std::string pattern_of(const std::string& path) {
  std::string pattern;
  bool in_braces = false;
  for (const char c : path) {
    if (c == '*') {
      pattern += "[^/]*";
    } else if (c == '{' || c == '}') {
      in_braces = c == '{';
      pattern += in_braces ? '(' : ')';
    } else if (c == ',' && in_braces) {
      pattern += '|';
    } else {
      pattern += std::string(c == '.' ? "\\" : "") + c;
    }
  }
  return path.back() == '/' ? pattern + ".*" : pattern;
}

/// From the root, from the folder of the README, or somewhere below that.
bool is_there(const NamedPath& named) {
  const fs::path folder = fs::path(named.readme).parent_path();
  if (fs::exists(tree_root / named.path) || fs::exists(tree_root / folder / named.path)) return true;
  const std::string pattern = pattern_of(named.path);
  const std::string below = folder.empty() ? "" : folder.generic_string() + "/";
  const std::regex anywhere(pattern + "|" + below + "(.*/)?" + pattern);
  for (const std::string& path : tree()) {
    if (std::regex_match(path, anywhere)) return true;
  }
  return false;
}

std::vector<std::string> readmes() {
  std::vector<std::string> found;
  for (const std::string& path : tree()) {
    if (fs::path(path).filename() == "README.md") found.push_back(path);
  }
  return found;
}

}  // namespace

TEST_CASE("readme: every file and folder that a README names is there") {
  REQUIRE(readmes().size() > 15);
  std::size_t count = 0;
  for (const std::string& readme : readmes()) {
    for (const NamedPath& named : paths_named_in(readme)) {
      ++count;
      if (!is_there(named)) FAIL_CHECK((named.readme + ":" + std::to_string(named.line) + ": there is no " + named.path));
    }
  }
  CHECK(count > 300);
}

TEST_CASE("readme: a name that is wrong would be noticed, and what is no name is none") {
  for (const char* path : {"raft/core/stop.cpp", "cli.cc*", "nothing/", "no_such_*.h", "assets/text/{en,fr}.txt", "app.md"}) {
    CAPTURE(path);
    CHECK(is_path(path));
    CHECK_FALSE(is_there({"app/README.md", 1, path}));
  }
  // In another folder than that of the README.
  CHECK_FALSE(is_there({"tests/README.md", 1, "transitions.h"}));
  for (const char* word : {"cli", ".walk", "XX.toml", "broken/RULE.walk", "build/release/raftlab", "x=1", "fmt::fmt", "--trace"}) {
    CAPTURE(word);
    CHECK_FALSE(is_path(word));
  }
}

TEST_CASE("readme: a table of files has every file of its folder") {
  for (const char* folder : {"app", "app/bench", "raft/explain", "raft/walkthrough", "ui"}) {
    std::string pattern = "CMakeLists\\.txt|README\\.md";
    for (const NamedPath& named : paths_named_in(std::string(folder) + "/README.md")) pattern += "|" + pattern_of(named.path);
    const std::regex in_the_table(pattern);
    for (const auto& entry : fs::directory_iterator(tree_root / folder)) {
      if (!entry.is_regular_file()) continue;
      const std::string name = entry.path().filename().string();
      if (!std::regex_match(name, in_the_table)) FAIL_CHECK((std::string(folder) + "/README.md:1: lacks " + name));
    }
  }
}
