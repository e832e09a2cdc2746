// Reads at the start and before it writes; writes the whole object under a temporary name.
#include "app/kept_json.h"

#include <filesystem>
#include <utility>

#include "app/files.h"
#include "app/user_folders.h"
#include "raft/sim/json_text.h"

namespace app {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_bytes = std::size_t{4} << 20U;

bool is_newer(const nlohmann::json& content) {
  const auto found = content.find("version");
  return found != content.end() && found->is_number_integer() && found->get<std::int64_t>() > KeptJson::version;
}

/// What is not known stays, also inside of what is.
void lay_over(nlohmann::json& there, const nlohmann::json& now) {
  if (!there.is_object() || !now.is_object()) {
    there = now;
    return;
  }
  for (const auto& [name, value] : now.items()) lay_over(there[name], value);
}

}  // namespace

KeptJson::KeptJson(std::string path) : path_(std::move(path)), found_(read()) {}

KeptJson::Found KeptJson::read() {
  std::error_code code;
  if (path_.empty() || !fs::exists(path_, code)) return Found::Nothing;
  std::string error;
  const std::optional<std::string> text = read_file(path_, most_bytes, error);
  if (!text) return Found::Broken;
  nlohmann::json content = nlohmann::json::parse(*text, nullptr, false);
  if (!content.is_object()) return Found::Broken;
  content_ = std::move(content);
  return is_newer(content_) ? Found::Newer : Found::Read;
}

const nlohmann::json& KeptJson::reread() {
  read();
  return content_;
}

std::string KeptJson::keep(const nlohmann::json& before, const nlohmann::json& now) {
  if (path_.empty()) return "";
  std::error_code code;
  if (read() == Found::Broken) {
    fs::rename(path_, path_ + ".broken", code);  // perhaps somebody can still mend it
    if (code) return cannot_write(path_, code);
  }
  fs::create_directories(fs::path(path_).parent_path(), code);
  for (const auto& [name, value] : now.items()) {
    const auto old = before.find(name);
    const bool same = old != before.end() && *old == value;
    if (!same || !content_.contains(name)) lay_over(content_[name], value);
  }
  if (!is_newer(content_)) content_["version"] = version;
  return write_file_atomically(path_, raft::sim::json_text(content_, 2) + "\n");
}

std::string path_in_user_folder(const char* folder, const char* fallback, const std::string& name) {
  std::string base = environment(folder);
  // What is not a whole path is to be ignored.
  if (!base.starts_with("/")) base = environment("HOME").empty() ? "" : environment("HOME") + "/" + fallback;
  return base.empty() ? "" : base + "/raftlab/" + name;
}

}  // namespace app
