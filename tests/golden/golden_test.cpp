// The transcripts of all shipped walkthroughs, the traces of three, and the traces of a short one for each feature
// (features/), byte by byte as they were read and found to be right Raft.
// After a change that is meant to change them: RAFTLAB_UPDATE_GOLDEN=1 rewrites the files; read the difference.
#include <sys/wait.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/support/tree.h"

namespace {

std::string read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string output_of(const std::string& arguments, const std::string& out, int status = 0) {
  // Run from the root, so that nothing in the output depends on where the tree is.
  const std::string command = "cd '" + source_dir() + "' && '" + built_program() + "' " + arguments;
  const int code = std::system(command.c_str());
  REQUIRE(WIFEXITED(code));
  REQUIRE(WEXITSTATUS(code) == status);
  return read(out);
}

const char* const how_to_update =
    "If this is meant: RAFTLAB_UPDATE_GOLDEN=1 build/release/raftlab_tests --source-file='*golden_test*', then read the "
    "difference";

void compare(const std::string& name, const std::string& made) {
  const std::string path = source_dir() + "/tests/golden/" + name;
  REQUIRE_FALSE(made.empty());
  if (const char* update = std::getenv("RAFTLAB_UPDATE_GOLDEN"); update != nullptr && std::string(update) == "1") {
    std::filesystem::create_directories(std::filesystem::path(path).parent_path());
    std::ofstream(path, std::ios::binary) << made;
  }
  const std::string wanted = read(path);
  if (made == wanted) return;
  std::istringstream made_lines(made);
  std::istringstream wanted_lines(wanted);
  std::string made_line;
  std::string wanted_line;
  for (int number = 1;; ++number) {
    const bool more_made = static_cast<bool>(std::getline(made_lines, made_line));
    const bool more_wanted = static_cast<bool>(std::getline(wanted_lines, wanted_line));
    if (more_made && more_wanted && made_line == wanted_line) continue;
    FAIL_CHECK(name << ":" << number << "\n  wanted: " << (more_wanted ? wanted_line : "(end)")
                    << "\n  made:   " << (more_made ? made_line : "(end)") << "\n  " << how_to_update);
    return;
  }
}

const std::string traced[] = {"normal_election", "sally", "bob_and_tom"};

/// "sally", "broken/vote_persisted", …: whatever is shipped.
std::vector<std::string> all_walkthroughs() {
  const std::filesystem::path folder = source_dir() + "/assets/walkthroughs";
  std::vector<std::string> names;
  for (const auto& file : std::filesystem::recursive_directory_iterator(folder)) {
    if (file.path().extension() != ".walk") continue;
    names.push_back(std::filesystem::relative(file.path(), folder).replace_extension().generic_string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

/// What somebody must still do: played alone it stops at the first goal that is not reached, with exit status 1.
bool is_puzzle(const std::string& name) { return name.starts_with("puzzles/") && !name.starts_with("puzzles/solutions/"); }

}  // namespace

TEST_CASE("golden traces of the shipped walkthroughs") {
  const std::string out = "golden_trace.jsonl";
  for (const std::string& name : traced) {
    const std::string here = (std::filesystem::current_path() / out).string();
    const std::string file = "assets/walkthroughs/" + name + ".walk";
    compare(name + ".jsonl", output_of("run " + file + " --trace '" + here + "' >/dev/null", here));
    std::remove(here.c_str());
  }
}

TEST_CASE("golden traces of one short walkthrough for each feature, all in the canonical form") {
  const std::string folder = "tests/golden/features/";
  std::vector<std::string> names;
  for (const auto& file : std::filesystem::directory_iterator(source_dir() + "/" + folder)) {
    if (file.path().extension() == ".walk") names.push_back(file.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  REQUIRE(names.size() >= 20);
  const std::string here = (std::filesystem::current_path() / "golden_feature.txt").string();
  for (const std::string& name : names) {
    CAPTURE(name);
    const std::string file = folder + name + ".walk";
    compare("features/" + name + ".jsonl", output_of("run " + file + " --trace '" + here + "' >/dev/null", here));
    CHECK(output_of("check --format " + file + " >'" + here + "'", here) == read(source_dir() + "/" + file));
    std::remove(here.c_str());
  }
}

TEST_CASE("golden transcripts of all shipped walkthroughs, in both languages") {
  const std::vector<std::string> names = all_walkthroughs();
  REQUIRE(names.size() >= 37);
  const std::string here = (std::filesystem::current_path() / "golden_transcript.txt").string();
  for (const std::string& name : names) {
    for (const std::string language : {"en", "zh"}) {
      const std::string arguments = "run assets/walkthroughs/" + name + ".walk --transcript " + language;
      compare("transcripts/" + name + "." + language + ".txt",
              output_of(arguments + " --hash >'" + here + "' 2>&1", here, is_puzzle(name) ? 1 : 0));
      std::remove(here.c_str());
    }
  }
}

TEST_CASE("a session that was recorded by mouse and keys in a window replays to the hash that the window had") {
  // Its last line is that hash: with every compiler, and in ten years.
  const std::string file = "tests/golden/recorded_in_the_window.walk";
  CHECK(read(source_dir() + "/" + file).find("\nhash 0x") != std::string::npos);
  const std::string here = (std::filesystem::current_path() / "golden_recorded.txt").string();
  output_of("run " + file + " >'" + here + "' 2>&1", here);
  CHECK(output_of("check --format " + file + " >'" + here + "'", here) == read(source_dir() + "/" + file));
  std::remove(here.c_str());
}

TEST_CASE("no golden transcript without its walkthrough") {
  const std::vector<std::string> names = all_walkthroughs();
  const std::filesystem::path folder = source_dir() + "/tests/golden/transcripts";
  for (const auto& file : std::filesystem::recursive_directory_iterator(folder)) {
    if (!file.is_regular_file()) continue;
    std::string name = std::filesystem::relative(file.path(), folder).generic_string();
    name.resize(name.find('.'));
    CHECK_MESSAGE(std::find(names.begin(), names.end(), name) != names.end(), name << ": remove the file");
  }
}
