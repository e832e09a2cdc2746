// The reader of walkthroughs: whatever the bytes are, it ends with messages that have a place, or with a walkthrough
// that its canonical form says again. A file that includes itself ends too.
#include <string>
#include <string_view>

#include "raft/walkthrough/walkthrough.h"
#include "tests/fuzz/fuzz.h"

using raft::walkthrough::Parsed;

namespace {

Parsed parse(std::string_view text) {
  raft::walkthrough::ParseOptions options;
  options.include = [text](const std::string& path, std::string& error) -> std::optional<std::string> {
    if (path.size() % 2 == 0) return std::string(text);
    error = "no such file";
    return std::nullopt;
  };
  return raft::walkthrough::parse(text, "f.walk", options);
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const Parsed parsed = parse(text);
  require(parsed.errors.size() <= 20, "more errors than were asked for");
  for (const raft::walkthrough::Diagnostic& error : parsed.errors) {
    require(!error.text.empty() && error.message().find('\n') == std::string::npos, "an error is one line");
  }
  if (!parsed.errors.empty()) return 0;
  const std::string written = write(parsed.walkthrough);
  const Parsed again = parse(written);
  require(again.errors.empty(), "the canonical form is read again");
  require(write(again.walkthrough) == written, "the canonical form is its own canonical form");
  return 0;
}
