// The pictures are collected in a folder of their own: inside the one that was asked for, where there is one (it may be a
// disk by itself, and beside it others may not write), else beside it.
#include "app/png_folder.h"

#include "app/files.h"

namespace app {

namespace fs = std::filesystem;

PngFolder::~PngFolder() {
  std::error_code ignored;
  if (!part_.empty()) fs::remove_all(part_, ignored);
  // Only what is empty goes.
  for (auto folder = made_.rbegin(); folder != made_.rend(); ++folder) fs::remove(*folder, ignored);
}

std::string PngFolder::open(const std::string& path) {
  asked_for_ = path;
  std::error_code code;
  folder_ = fs::absolute(path, code).lexically_normal();
  if (path.empty() || code) return "'" + path + "': is no folder";
  if (!folder_.has_filename()) folder_ = folder_.parent_path();
  if (fs::exists(folder_, code) && !fs::is_directory(folder_, code)) {
    return path + ": is a file, not a folder; a film ends in .mp4, .webm or .gif";
  }
  for (fs::path outer = folder_.parent_path(); !fs::exists(outer, code); outer = outer.parent_path()) {
    made_.insert(made_.begin(), outer);
  }
  const fs::path base = fs::is_directory(folder_, code) ? folder_ / "pictures" : folder_;
  fs::create_directories(base.parent_path(), code);
  // What is there already is somebody else's.
  constexpr int most_tries = 1000;
  for (int i = 0; i < most_tries && part_.empty() && !code; ++i) {
    fs::path part = base;
    part += i == 0 ? std::string(".part") : "-" + std::to_string(i) + ".part";
    if (fs::create_directory(part, code)) part_ = part;
    if (code == std::errc::file_exists) code.clear();  // a file of that name
  }
  if (!part_.empty()) return "";
  return cannot_write(path, code ? code : std::make_error_code(std::errc::file_exists));
}

std::string PngFolder::write(const std::string& name, std::string_view png) {
  return write_file_atomically((part_ / name).string(), png);
}

std::string PngFolder::commit() {
  std::error_code code;
  if (!fs::exists(folder_, code)) {
    fs::rename(part_, folder_, code);
    if (code) return cannot_write(asked_for_, code);
  } else {
    for (const auto& picture : fs::directory_iterator(part_)) {
      fs::rename(picture.path(), folder_ / picture.path().filename(), code);
      if (code) return cannot_write(asked_for_, code);
    }
    fs::remove(part_, code);
  }
  part_.clear();
  made_.clear();
  return "";
}

}  // namespace app
