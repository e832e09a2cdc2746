// Files of walkthroughs and of what they include. What they mean is in raft/walkthrough.
#include "app/walkthrough_file.h"

#include <algorithm>
#include <filesystem>

#include "app/files.h"

namespace app {

namespace {

namespace fs = std::filesystem;

/// Symbolic links included, nothing outside the folder of the walkthrough is read.
std::optional<std::string> read_included(const fs::path& folder, const std::string& path, std::string& error) {
  std::error_code code;
  const fs::path root = fs::weakly_canonical(folder.empty() ? "." : folder, code);
  const fs::path target = fs::weakly_canonical(root / path, code);
  const auto [root_end, target_at] = std::mismatch(root.begin(), root.end(), target.begin(), target.end());
  if (root_end != root.end()) {
    error = "it is outside the folder of this walkthrough";
    return std::nullopt;
  }
  return read_file(target.string(), raft::walkthrough::max_file_bytes, error);
}

}  // namespace

raft::walkthrough::IncludeReader include_reader(const std::string& path) {
  return [folder = fs::path(path).parent_path()](const std::string& name, std::string& why) {
    return read_included(folder, name, why);
  };
}

std::vector<std::string> files_of(const raft::walkthrough::Walkthrough& walkthrough) {
  std::vector<std::string> files{walkthrough.file};
  const fs::path folder = fs::path(walkthrough.file).parent_path();
  for (const std::string& included : walkthrough.included) files.push_back((folder / included).string());
  return files;
}

raft::walkthrough::Parsed read_walkthrough(const std::string& path, std::size_t max_errors, std::optional<std::string>* text,
                                           bool needs_steps) {
  std::string error;
  const std::optional<std::string> read = read_file(path, raft::walkthrough::max_file_bytes, error);
  if (text != nullptr) *text = read;
  if (!read) {
    raft::walkthrough::Parsed failed;
    failed.walkthrough.file = path;
    failed.errors.push_back({path, 0, 0, error});
    return failed;
  }
  raft::walkthrough::ParseOptions options;
  options.max_errors = max_errors;
  options.needs_steps = needs_steps;
  options.include = include_reader(path);
  return raft::walkthrough::parse(*read, path, options);
}

std::optional<std::string> text_at(const std::string& path) {
  std::string ignored;
  std::error_code code;
  return fs::is_regular_file(path, code) ? read_file(path, raft::walkthrough::max_file_bytes, ignored) : std::nullopt;
}

}  // namespace app
