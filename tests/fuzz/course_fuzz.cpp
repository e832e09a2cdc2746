// The reader of the course: chapters, or one line with a place.
#include <string>
#include <string_view>

#include "app/course.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string error;
  const auto chapters = app::parse_course(std::string_view(reinterpret_cast<const char*>(data), size), error);
  require(chapters.has_value() == error.empty(), "chapters or an error");
  require(error.find('\n') == std::string::npos, "an error is one line");
  require(error.empty() || (error[0] >= '0' && error[0] <= '9'), "an error has a place");
  return 0;
}
