// PNG writing through stb_image_write, into a temporary name beside the target that is then
// renamed.
#include "app/png.h"

#include <stb_image_write.h>

#include <cassert>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <system_error>
#include <vector>

namespace app {

std::optional<std::string> write_png(const std::filesystem::path& path, int width, int height,
                                     std::span<const std::uint8_t> rgba) {
  assert(width > 0 && height > 0);
  assert(rgba.size() == static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 4);

  std::vector<char> file;
  const auto append = [](void* context, void* data, int size) {
    const char* bytes = static_cast<const char*>(data);
    static_cast<std::vector<char>*>(context)->insert(
        static_cast<std::vector<char>*>(context)->end(), bytes, bytes + size);
  };
  if (stbi_write_png_to_func(append, &file, width, height, 4, rgba.data(), width * 4) == 0) {
    return path.string() + ": the picture could not be encoded";
  }

  std::filesystem::path temporary = path;
  temporary += ".part";
  errno = 0;
  {
    std::ofstream out(temporary, std::ios::binary | std::ios::trunc);
    out.write(file.data(), static_cast<std::streamsize>(file.size()));
    out.close();
    if (!out) {
      const std::string why = errno != 0 ? std::strerror(errno) : "cannot be written";
      std::error_code ignored;
      std::filesystem::remove(temporary, ignored);
      return path.string() + ": " + why;
    }
  }
  std::error_code error;
  std::filesystem::rename(temporary, path, error);
  if (error) {
    std::error_code ignored;
    std::filesystem::remove(temporary, ignored);
    return path.string() + ": " + error.message();
  }
  return std::nullopt;
}

}  // namespace app
