// What a walkthrough from a stranger takes of memory while it is read: a multiple of its size, whatever is in it.
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <string>
#include <utility>
#include <vector>

#include "tests/support/program.h"

namespace app::test {

namespace {

#if defined(__SANITIZE_ADDRESS__)
constexpr bool limited = false;  // the sanitizer keeps terabytes for itself
#else
constexpr bool limited = true;
#endif
constexpr std::size_t at_start = std::size_t{24} << 20U;  // what the program allocates before it reads anything
constexpr rlimit no_core{0, 0};
constexpr std::size_t largest = std::size_t{1} << 20U;  // bytes; a longer file is not read at all

/// `raftlab check` of the file, with so much memory for what it allocates and no more. Its exit status, or -1: a signal.
int checked_with(std::size_t bytes, const std::filesystem::path& file) {
  const std::string path = file.string();
  const std::string program = built_program();
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    const int nowhere = open("/dev/null", O_RDWR);
    for (const int stream : {0, 1, 2}) dup2(nowhere, stream);
    const rlimit limit{bytes, bytes};
    if (limited) setrlimit(RLIMIT_DATA, &limit);
    setrlimit(RLIMIT_CORE, &no_core);
    execl(program.c_str(), "raftlab", "check", path.c_str(), static_cast<char*>(nullptr));
    _exit(127);
  }
  int code = 0;
  REQUIRE(waitpid(child, &code, 0) == child);
  return WIFEXITED(code) ? WEXITSTATUS(code) : -1;
}

std::string repeated(std::size_t size, const std::string& before, const std::string& part, const std::string& after) {
  std::string text = before;
  while (text.size() + part.size() + after.size() < size) text += part;
  return text + after;
}

const std::string head = "walkthrough 1\ncluster A B C\n";

/// Texts of about so many bytes, each long in another way.
std::vector<std::pair<std::string, std::string>> texts_of(std::size_t size) {
  const std::string step = "step \"s\"\n";
  return {
      {"comments", repeated(size, head + step, "# c\n", "for 1ms\n")},
      {"empty lines", repeated(size, head + step, "\n", "for 1ms\n")},
      {"the shortest statements", repeated(size, head + step, "settle\n", "")},
      {"comments behind statements", repeated(size, head + step, "settle#\n", "")},
      {"conditions", repeated(size, head + step, "expect up A and up B or not up C\n", "")},
      {"one condition", repeated(size, head + step + "expect up A", " and up A", "\n")},
      {"parentheses", repeated(size, head + step + "expect ", "(", "\n")},
      {"steps with captions", repeated(size, head, "step \"s\"\nsay en: a\nsay zh: b\n", "")},
      {"one long caption", repeated(size, head + step + "say en: ", "word ", "\n")},
      {"questions", repeated(size, head, "step \"s\"\nask en: q?\n  option en: a when up A within 1ms\n  option en: b when up B within 1ms\n", "")},
      {"a log", repeated(size, head + "given A term 1 log [", "1:x=1 ", "]\n" + step)},
      {"errors", repeated(size, head + step, "no\n", "")},
      {"names", repeated(size, "walkthrough 1\ncluster", " A", "\n" + step)},
      {"one word", repeated(size, head + step + "do ", "x", "\n")},
      {"bytes that are no text", repeated(size, head, "\xff\xfe", "\n")},
  };
}

}  // namespace

TEST_CASE("a walkthrough takes at most two hundred times its size to read, whatever is in it") {
  const Folder folder;
  for (const auto& named : texts_of(largest)) {
    const std::string& text = named.second;
    CAPTURE(named.first);
    REQUIRE(text.size() > largest - 100);
    REQUIRE(text.size() <= largest);
    write(folder / "large.walk", text);
    const int status = checked_with(at_start + 200 * largest, folder / "large.walk");
    CHECK((status == 0 || status == 2));
  }
  // The limit is one: with the memory for a small file alone, the largest of these fails.
  write(folder / "small.walk", head + "step \"s\"\nfor 1ms\n");
  CHECK(checked_with(at_start, folder / "small.walk") == 0);
  write(folder / "large.walk", repeated(largest, head + "step \"s\"\n", "settle\n", ""));
  CHECK((checked_with(at_start, folder / "large.walk") == 0) == !limited);
}

}  // namespace app::test
