// A folder of pictures that appears when all of them are there. What is on them is not known here.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace app {

class PngFolder {
 public:
  PngFolder() = default;
  /// What has not been committed is taken away, folders made for it too.
  ~PngFolder();
  PngFolder(const PngFolder&) = delete;
  PngFolder& operator=(const PngFolder&) = delete;

  /// Each gives "" or one line: PATH: what is wrong. Pictures of other names that the folder has already stay.
  [[nodiscard]] std::string open(const std::string& path);
  [[nodiscard]] std::string write(const std::string& name, std::string_view png);
  [[nodiscard]] std::string commit();

 private:
  std::string asked_for_;
  std::filesystem::path folder_;
  std::filesystem::path part_;  // beside it, while pictures are being drawn
  std::vector<std::filesystem::path> made_;  // outermost first
};

}  // namespace app
