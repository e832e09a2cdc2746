// include: head lines from other files of the same folder tree.
#include <map>

#include "tests/walkthrough/play.h"

namespace {

std::string error_with(const std::map<std::string, std::string>& files, const std::string& main) {
  raft::walkthrough::ParseOptions options;
  options.include = [&files](const std::string& path, std::string& error) -> std::optional<std::string> {
    const auto found = files.find(path);
    if (found != files.end()) return found->second;
    error = "no such file";
    return std::nullopt;
  };
  const walkthrough_test::Parsed parsed = raft::walkthrough::parse(main, "dir/main.walk", options);
  return parsed.errors.empty() ? "" : parsed.errors.front().message();
}

const std::string tail = "step \"s\"\n";

}  // namespace

TEST_CASE("an included file says head lines as if they stood here") {
  raft::walkthrough::ParseOptions options;
  options.include = [](const std::string&, std::string&) { return "cluster A B\nseed 9\nset batch 2\n"; };
  const walkthrough_test::Parsed parsed =
      raft::walkthrough::parse("walkthrough 1\ninclude five.walk\n" + tail, "m.walk", options);
  REQUIRE(parsed.errors.empty());
  CHECK(parsed.walkthrough.config.node_names == std::vector<std::string>{"A", "B"});
  CHECK(parsed.walkthrough.config.seed == 9);
  CHECK(parsed.walkthrough.config.settings.core.batch == 2);
  CHECK(write(parsed.walkthrough) == "walkthrough 1\ninclude five.walk\n\n" + tail);
}

TEST_CASE("paths are relative to the file that says include") {
  CHECK(error_with({{"a/one.walk", "include two.walk\n"}, {"a/two.walk", "cluster A\n"}},
                   "walkthrough 1\ninclude a/one.walk\n" + tail)
            .empty());
}

TEST_CASE("a path may go up, but not out of the folder of the walkthrough") {
  CHECK(error_with({{"a/one.walk", "include ../two.walk\n"}, {"two.walk", "cluster A\n"}}, "walkthrough 1\ninclude a/one.walk\n" + tail).empty());
  CHECK(error_with({{"two.walk", "cluster A\n"}}, "walkthrough 1\ninclude a/b/../.././two.walk\n" + tail).empty());
  CHECK(error_with({{"a/one.walk", "include ../../two.walk\n"}}, "walkthrough 1\ninclude a/one.walk\n" + tail) ==
        "dir/a/one.walk:1:9: '../../two.walk' is outside the folder of this walkthrough; include takes a relative path inside it");
  CHECK(error_with({{"a/one.walk", "include ../a/./one.walk\n"}}, "walkthrough 1\ninclude a/one.walk\n" + tail) ==
        "dir/a/one.walk:1:1: cannot include '../a/./one.walk': it includes itself");
}

TEST_CASE("what no eye sees and a terminal obeys is refused, wherever it stands") {
  CHECK(error_with({}, "walkthrough 1\ncluster A\n" "step \"\x1b[2J\"\n") ==
        "dir/main.walk:3:7: there is an invisible control character here; a walkthrough is plain text, delete it");
  CHECK(error_with({}, "walkthrough 1\ntitle en: a \xC2\x9B\ncluster A\n" + tail) ==
        "dir/main.walk:2:13: there is an invisible control character here; a walkthrough is plain text, delete it");
  CHECK(error_with({{"x.walk", "cluster A # \x7f\n"}}, "walkthrough 1\ninclude x.walk\n" + tail) ==
        "dir/main.walk:2:1: cannot include 'x.walk': there is an invisible control character in it");
  CHECK(error_with({}, "walkthrough 1\r\n\tcluster A\r\ntitle en: \xC2\xA0\xC3\x9B\r\n" + tail).empty());
}

TEST_CASE("loops, missing files and errors inside are told with their place") {
  CHECK(error_with({{"a.walk", "include b.walk\n"}, {"b.walk", "include a.walk\n"}},
                   "walkthrough 1\ninclude a.walk\n" + tail) ==
        "dir/b.walk:1:1: cannot include 'a.walk': it includes itself");
  CHECK(error_with({}, "walkthrough 1\ninclude main.walk\n" + tail) ==
        "dir/main.walk:2:1: cannot include 'main.walk': it includes itself");
  CHECK(error_with({}, "walkthrough 1\ninclude x.walk\n" + tail) ==
        "dir/main.walk:2:1: cannot include 'x.walk': no such file");
  CHECK(error_with({{"x.walk", "cluster A\nseed q\n"}}, "walkthrough 1\ninclude x.walk\n" + tail) ==
        "dir/x.walk:2:6: a seed is a whole number from 0 to 18446744073709551615, not 'q'");
  CHECK(error_with({{"x.walk", "cluster A\nstep \"s\"\n"}}, "walkthrough 1\ninclude x.walk\n" + tail) ==
        "dir/x.walk:2:1: an included file holds lines of the head only, no steps");
  CHECK(error_with({{"x.walk", "cluster A\n"}}, "walkthrough 1\ninclude x.walk\ncluster B\n" + tail) ==
        "dir/main.walk:3:1: cluster is said twice; the first is in dir/x.walk, line 1");
}
