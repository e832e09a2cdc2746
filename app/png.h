// A picture as a PNG file. Reading pictures and choosing names are not done here.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>

namespace app {

// RGBA, 8 bits a channel, top row first. "" if it cannot be encoded.
std::string encode_png(int width, int height, std::span<const std::uint8_t> rgba);

// The file appears whole or not at all. An error comes back as one line, `FILE: what is wrong`.
std::optional<std::string> write_png(const std::filesystem::path&, int width, int height,
                                     std::span<const std::uint8_t> rgba);

}  // namespace app
