// The rules of the house that a scan of the sources can hold us to: who includes whom, what may not appear in
// raft/, what every file and folder begins with. It reads files; it judges no style that needs understanding.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/tree.h"

namespace {

namespace fs = std::filesystem;

const fs::path source_root = source_dir();
constexpr std::array searched_folders = {"raft", "ui", "app", "assets", "third_party", "tests"};
constexpr std::size_t max_lines = 450;

struct Source {
  std::string path;  // from the root
  std::vector<std::string> lines;
  std::vector<std::string> code;  // the same without comments and the insides of strings
};

bool starts_with(std::string_view text, std::string_view start) { return text.substr(0, start.size()) == start; }

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

bool is_cpp(std::string_view path) { return ends_with(path, ".h") || ends_with(path, ".cpp"); }

/// Line comments and strings only: the house style knows no other comments across lines.
std::string without_comments_and_strings(const std::string& line) {
  if (starts_with(line, "#include")) return line;
  std::string code;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line.compare(i, 2, "//") == 0) break;
    code += line[i];
    if (line[i] != '"') continue;
    for (++i; i < line.size() && line[i] != '"'; ++i) {
      if (line[i] == '\\') ++i;
    }
    code += '"';
  }
  return code;
}

std::vector<std::string> read_lines(const fs::path& path) {
  std::ifstream file(path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

std::vector<std::string> files_in_rooms() {
  std::vector<std::string> paths;
  for (const char* room : searched_folders) {
    for (const auto& entry : fs::recursive_directory_iterator(source_root / room)) {
      if (entry.is_regular_file()) paths.push_back(fs::relative(entry.path(), source_root).generic_string());
    }
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

const std::vector<Source>& sources() {
  static const std::vector<Source> all = [] {
    std::vector<Source> found;
    for (const std::string& path : files_in_rooms()) {
      if (!is_cpp(path)) continue;
      Source source{path, read_lines(source_root / path), {}};
      for (const std::string& line : source.lines) source.code.push_back(without_comments_and_strings(line));
      found.push_back(std::move(source));
    }
    return found;
  }();
  return all;
}

std::string place(const Source& source, std::size_t line) { return source.path + ":" + std::to_string(line + 1); }

void fail(const std::string& what) { FAIL_CHECK(what); }

/// What a folder may include of ours: everything that begins with one of these.
struct Layer {
  const char* folder;
  std::vector<const char*> may_include;
};

const std::vector<Layer> layers = {
    {"raft/core/", {"raft/core/"}},
    {"raft/sim/", {"raft/core/", "raft/sim/"}},
    {"raft/check/", {"raft/core/", "raft/sim/", "raft/check/"}},
    {"raft/explain/", {"raft/core/", "raft/sim/", "raft/check/", "raft/explain/"}},
    {"raft/walkthrough/", {"raft/core/", "raft/sim/", "raft/check/", "raft/explain/", "raft/walkthrough/"}},
    {"raft/search/", {"raft/"}},
    {"ui/", {"raft/", "ui/"}},
    {"app/", {"raft/", "ui/", "app/"}},
    {"tests/", {"raft/", "ui/", "app/", "tests/"}},
};

/// Headers of the system and of other people that a folder may not include.
struct Ban {
  const char* folder;
  std::vector<const char*> headers;
  const char* why;
};

const std::vector<Ban> bans = {
    {"raft/", {"random", "chrono", "ctime", "time.h", "thread", "mutex", "atomic", "future", "unordered_"},
     "raft/ is deterministic: no clock, no thread, no unordered container"},
    {"raft/", {"filesystem", "fstream", "unistd.h", "sys/", "GLFW", "glad", "GL/", "EGL/", "imgui"},
     "raft/ knows neither pixels nor the operating system"},
    {"ui/", {"GLFW", "glad", "GL/", "EGL/"}, "ui draws through Dear ImGui only"},
    {"ui/", {"filesystem", "fstream", "chrono", "ctime", "time.h", "thread", "unistd.h", "sys/"},
     "ui reads neither files nor clocks"},
};

struct Forbidden {
  const char* pattern;
  const char* why;
};

const std::vector<Forbidden> forbidden_in_raft = {
    {R"(\b(float|double)\b)", "no floating point"},
    {R"(\bunordered_(map|set|multimap|multiset)\b)", "no order by hash"},
    {R"(\b(std::)?s?rand\s*\()", "no randomness but draw.h"},
    {R"(\brandom_device\b|\bmt19937)", "no randomness but draw.h"},
    {R"(\b(std::|::)time\s*\(|\btime\s*\(\s*(nullptr|NULL|0)\s*\))", "no time of day"},
    {R"(\b(system|steady|high_resolution)_clock\b)", "no time of day"},
    {R"(\bNDEBUG\b)", "assertions stay on in every build"},
    {R"(\bthread_local\b|\bstd::thread\b|\bstd::async\b)", "no threads"},
    {R"(^\s*(inline\s+)?static\s+(?!const\b|constexpr\b)[^(]*(=|;|\{))", "no mutable globals"},
    {R"(\bstd::hash\b)", "no hash that differs between standard libraries"},
    {R"(\b__DATE__\b|\b__TIME__\b)", "no time of building"},
};

/// Not in raft/, ui/ and app/: what these answer follows the language of the system.
constexpr const char* letters_of_the_system =
    R"(\b(tolower|toupper|is(alpha|digit|space|alnum|punct|upper|lower|xdigit|print|cntrl|graph|blank))\s*\()"
    R"(|#include <(cctype|ctype\.h|cwctype|wctype\.h|locale|clocale|locale\.h)>)";

}  // namespace

TEST_CASE("source scan: includes run from left to right in the picture of the architecture") {
  const std::regex quoted("^\\s*#include \"([^\"]+)\"");
  for (const Source& source : sources()) {
    const auto layer = std::find_if(layers.begin(), layers.end(),
                                    [&](const Layer& candidate) { return starts_with(source.path, candidate.folder); });
    if (layer == layers.end()) {
      fail(source.path + ":1: a source file outside the rooms of the architecture");
      continue;
    }
    for (std::size_t i = 0; i < source.lines.size(); ++i) {
      std::smatch match;
      if (!std::regex_search(source.lines[i], match, quoted)) continue;
      const std::string included = match[1];
      const bool allowed = std::any_of(layer->may_include.begin(), layer->may_include.end(),
                                       [&](const char* start) { return starts_with(included, start); });
      if (!allowed) fail(place(source, i) + ": " + layer->folder + " must not include " + included);
    }
  }
}

TEST_CASE("source scan: raft/core includes the standard library and itself") {
  const std::regex standard("^\\s*#include <[a-z_]+>");
  for (const Source& source : sources()) {
    if (!starts_with(source.path, "raft/core/")) continue;
    for (std::size_t i = 0; i < source.lines.size(); ++i) {
      const std::string& line = source.lines[i];
      if (line.find("#include <") == std::string::npos || std::regex_search(line, standard)) continue;
      fail(place(source, i) + ": only the standard library here");
    }
  }
}

TEST_CASE("source scan: no folder includes headers that are not for it") {
  for (const Source& source : sources()) {
    for (const Ban& ban : bans) {
      if (!starts_with(source.path, ban.folder)) continue;
      for (std::size_t i = 0; i < source.code.size(); ++i) {
        for (const char* header : ban.headers) {
          if (!starts_with(source.code[i], std::string("#include <") + header)) continue;
          fail(place(source, i) + ": " + ban.why);
        }
      }
    }
  }
}

TEST_CASE("source scan: nothing in raft/ can make two runs differ") {
  std::vector<std::pair<std::regex, const char*>> rules;
  for (const Forbidden& rule : forbidden_in_raft) rules.emplace_back(std::regex(rule.pattern), rule.why);
  for (const Source& source : sources()) {
    if (!starts_with(source.path, "raft/")) continue;
    for (std::size_t i = 0; i < source.code.size(); ++i) {
      for (const auto& [pattern, why] : rules) {
        if (std::regex_search(source.code[i], pattern)) fail(place(source, i) + ": " + why);
      }
    }
  }
}

TEST_CASE("source scan: the rules for raft/ are themselves able to fail") {
  const std::array<std::string, 9> offences = {
      "double x = 0;",       "std::unordered_map<int, int> m;", "int r = rand();",    "auto t = time(nullptr);",
      "static int counter;", "#ifdef NDEBUG",                   "thread_local int i", "std::hash<int>{}(1)",
      "static std::vector<int> cache = {};"};
  for (const std::string& line : offences) {
    CAPTURE(line);
    CHECK(std::any_of(forbidden_in_raft.begin(), forbidden_in_raft.end(), [&](const Forbidden& rule) {
      return std::regex_search(line, std::regex(rule.pattern));
    }));
  }
  const std::array<std::string, 5> innocent = {"static constexpr int x = 1;", "static_assert(true);",
                                               "Time event_time(nullptr_t);", "static Value number(int n);",
                                               "const auto c = static_cast<int>(x);"};
  for (const std::string& line : innocent) {
    CAPTURE(line);
    CHECK_FALSE(std::any_of(forbidden_in_raft.begin(), forbidden_in_raft.end(), [&](const Forbidden& rule) {
      return std::regex_search(line, std::regex(rule.pattern));
    }));
  }
  CHECK(without_comments_and_strings("int x;  // a double") == "int x;  ");
  CHECK(without_comments_and_strings("f(\"a float \\\" here\");") == "f(\"\");");
}

TEST_CASE("source scan: no letter is judged by the system's language") {
  const std::regex asks_the_system(letters_of_the_system);
  for (const Source& source : sources()) {
    if (starts_with(source.path, "tests/")) continue;
    for (std::size_t i = 0; i < source.code.size(); ++i) {
      if (!std::regex_search(source.code[i], asks_the_system)) continue;
      fail(place(source, i) + ": raft/core/ascii.h knows letters, the same for everybody");
    }
  }
}

TEST_CASE("source scan: the rule for letters is itself able to fail") {
  const std::regex asks_the_system(letters_of_the_system);
  CHECK(std::regex_search("  c = std::tolower(static_cast<unsigned char>(c));", asks_the_system));
  CHECK(std::regex_search("if (isdigit (c)) return;", asks_the_system));
  CHECK(std::regex_search("#include <cctype>", asks_the_system));
  CHECK_FALSE(std::regex_search("ascii::to_lower(c) && ascii::is_digit(c) && is_space(c)", asks_the_system));
}

TEST_CASE("source scan: every source file says first what lives there") {
  for (const Source& source : sources()) {
    if (source.lines.empty() || !starts_with(source.lines[0], "//")) {
      fail(source.path + ":1: begin with a comment that says what lives here");
    }
  }
}

TEST_CASE("source scan: every header is guarded and no file grows beyond what one reads at a sitting") {
  for (const Source& source : sources()) {
    if (ends_with(source.path, ".h") &&
        std::find(source.lines.begin(), source.lines.end(), "#pragma once") == source.lines.end()) {
      fail(source.path + ":1: #pragma once is missing");
    }
    if (source.lines.size() > max_lines) {
      fail(source.path + ":" + std::to_string(source.lines.size()) + ": more than " + std::to_string(max_lines) +
           " lines");
    }
  }
}

TEST_CASE("source scan: every source file is compiled by something") {
  std::string lists;
  for (const std::string& path : files_in_rooms()) {
    const std::string name = fs::path(path).filename().string();
    if (name != "CMakeLists.txt" && !ends_with(name, ".cmake") && !ends_with(name, ".sh")) continue;
    for (const std::string& line : read_lines(source_root / path)) lists += line + "\n";
  }
  for (const Source& source : sources()) {
    if (!ends_with(source.path, ".cpp")) continue;
    if (lists.find(fs::path(source.path).filename().string()) == std::string::npos) {
      fail(source.path + ":1: no CMakeLists.txt or .cmake file names it");
    }
  }
}

TEST_CASE("source scan: the top level is as the architecture has it") {
  const std::set<std::string> allowed = {
      "raft",     "ui",      "app",  "assets",     "third_party",  "tests",         "CMakeLists.txt", "CMakePresets.json",
      "README.md", "LICENSE", ".ci",  ".gitignore", ".clang-format", ".clang-tidy", ".git",
      // Made by building or by tools, and ignored by git.
      "build", "compile_commands.json", ".cache",
      // Debian builds in the tree: its own files, what its patches replaced; and obj-x86_64-linux-gnu and the like.
      "debian", ".pc"};
  for (const auto& entry : fs::directory_iterator(source_root)) {
    const std::string name = entry.path().filename().string();
    if (allowed.count(name) == 0 && !starts_with(name, "obj-")) fail(name + ":1: not one of the entries of the top level");
  }
}

TEST_CASE("source scan: no file names a place on somebody's machine") {
  // In two parts, so that this file passes too.
  const std::array<std::string, 3> places = {std::string("/wo") + "rk/", std::string("/ho") + "me/",
                                             std::string("/ro") + "ot/"};
  for (const std::string& path : files_in_rooms()) {
    const std::vector<std::string> lines = read_lines(source_root / path);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      for (const std::string& machine_place : places) {
        if (lines[i].find(machine_place) == std::string::npos) continue;
        fail(path + ":" + std::to_string(i + 1) + ": " + machine_place);
      }
    }
  }
}

TEST_CASE("source scan: every folder with sources has a README.md of at most a page") {
  std::set<std::string> folders = {".", "assets", "third_party"};
  for (const Source& source : sources()) {
    for (fs::path folder = fs::path(source.path).parent_path(); !folder.empty(); folder = folder.parent_path()) {
      folders.insert(folder.generic_string());
    }
  }
  for (const std::string& folder : folders) {
    // The folders of tests mirror the source and are described together, in tests/README.md.
    if (starts_with(folder, "tests/")) continue;
    const fs::path readme = source_root / folder / "README.md";
    if (!fs::exists(readme)) {
      fail(folder + "/README.md:1: missing");
      continue;
    }
    if (folder != "." && read_lines(readme).size() > 80) fail(folder + "/README.md:80: longer than a page");
  }
}
