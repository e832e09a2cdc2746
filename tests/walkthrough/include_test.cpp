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
