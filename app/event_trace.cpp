// A line is in the file before the next event happens.
#include "app/event_trace.h"

#include <cerrno>
#include <system_error>

#include "app/files.h"

namespace app {

std::string EventTrace::open(const std::string& path) {
  path_ = path;
  file_.reset(open_in_place(path));
  return is_open() ? "" : cannot_write(path, {errno, std::generic_category()});
}

void EventTrace::write(const std::string& line) {
  if (!is_open()) return;
  if (std::fwrite(line.data(), 1, line.size(), file_.get()) == line.size() && std::fflush(file_.get()) == 0) return;
  trouble_ = cannot_write(path_, {errno, std::generic_category()});
  file_.reset();
}

}  // namespace app
