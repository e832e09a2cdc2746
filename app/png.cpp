// PNG writing through stb_image_write.
#include "app/png.h"

#include <stb_image_write.h>

#include <cassert>

#include "app/files.h"

namespace app {

std::string encode_png(int width, int height, std::span<const std::uint8_t> rgba) {
  assert(width > 0 && height > 0);
  assert(rgba.size() == static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 4);
  std::string file;
  const auto append = [](void* context, void* data, int size) {
    static_cast<std::string*>(context)->append(static_cast<const char*>(data), static_cast<std::size_t>(size));
  };
  const int encoded = stbi_write_png_to_func(append, &file, width, height, 4, rgba.data(), width * 4);
  return encoded == 0 ? "" : file;
}

std::optional<std::string> write_png(const std::filesystem::path& path, int width, int height,
                                     std::span<const std::uint8_t> rgba) {
  const std::string file = encode_png(width, height, rgba);
  if (file.empty()) return path.string() + ": the picture could not be encoded";
  std::string error = write_file_atomically(path.string(), file);
  if (error.empty()) return std::nullopt;
  return error;
}

}  // namespace app
