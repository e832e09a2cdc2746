// The reader of the texts: a table of words that is not one gives one line, and a sentence made from what it does give
// never reads beyond its operands.
#include <string>
#include <string_view>

#include "raft/explain/explain.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using raft::explain::Words;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  std::string error;
  const std::optional<Words> words = Words::parse(raft::explain::Language::English, text, error);
  require(words.has_value() == error.empty(), "words or an error");
  require(error.find('\n') == std::string::npos, "an error is one line");
  return 0;
}
