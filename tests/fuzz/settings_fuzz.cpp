// The reader of the settings: garbage and files from the future give the defaults, and what was read is written and
// read again as it was.
#include <sys/mman.h>
#include <unistd.h>

#include <string>
#include <string_view>

#include "app/files.h"
#include "app/settings.h"
#include "tests/fuzz/fuzz.h"

namespace {

/// A file in memory, which has a path as any other.
class MemoryFile {
 public:
  MemoryFile() : file_(memfd_create("settings", 0)) { require(file_ >= 0, "a file in memory"); }
  ~MemoryFile() { close(file_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  std::string path() const { return "/proc/self/fd/" + std::to_string(file_); }
  void set(std::string_view text) const {
    require(ftruncate(file_, 0) == 0, "emptied");
    require(pwrite(file_, text.data(), text.size(), 0) == static_cast<ssize_t>(text.size()), "written");
  }

 private:
  int file_;
};

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const MemoryFile file;
  static const std::string saved = "/dev/shm/raftlab-fuzz-" + std::to_string(getpid()) + ".json";
  file.set({reinterpret_cast<const char*>(data), size});
  const app::Settings settings = app::load_settings(file.path());
  require(settings.text_scale >= 0.5F && settings.text_scale <= 4, "a text size that can be read");
  require(app::save_settings(saved, settings).empty(), "saved");
  require(app::load_settings(saved) == settings, "what was saved is read again");
  unlink(saved.c_str());
  return 0;
}
