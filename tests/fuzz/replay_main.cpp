// In place of libFuzzer, for every compiler: calls the target with each file in the folders that it is given, and with
// each file cut short and with a byte changed, so that an ordinary test run visits what fuzzing has found.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "tests/fuzz/fuzz.h"

namespace {

void call(const std::string& bytes) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

void call_with_variants(const std::string& bytes) {
  call(bytes);
  constexpr std::size_t variants = 40;
  for (std::size_t i = 1; i < variants && i < bytes.size(); ++i) {
    const std::size_t at = bytes.size() * i / variants;
    call(bytes.substr(0, at));
    std::string changed = bytes;
    changed[at] = static_cast<char>(changed[at] ^ static_cast<char>(1U << i % 8));
    call(changed);
  }
}

}  // namespace

int main(int argc, char** argv) {
  int files = 0;
  for (int i = 1; i < argc; ++i) {
    for (const auto& entry : std::filesystem::directory_iterator(argv[i])) {
      if (!entry.is_regular_file()) continue;
      std::ifstream file(entry.path(), std::ios::binary);
      call_with_variants({std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()});
      ++files;
    }
  }
  std::printf("%d files\n", files);
  return files > 0 ? 0 : 1;
}
