// Folders are listed when they are entered, and names are looked up when they are chosen: nothing is watched.
#include "app/file_dialog.h"

#include <sys/stat.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <filesystem>

#include "app/asset_store.h"
#include "app/walkthrough_file.h"
#include "raft/core/ascii.h"

namespace app {

namespace {

namespace fs = std::filesystem;

/// A folder of a hundred thousand files is no place where one looks for a walkthrough.
constexpr std::size_t most_rows = 5000;

std::string home_folder() {
  const char* home = std::getenv("HOME");
  return home != nullptr ? home : "";
}

std::string moment_text(std::time_t at) {
  std::tm parts{};
  char text[32] = "";
  if (localtime_r(&at, &parts) == nullptr) return "";
  return std::strftime(text, sizeof text, "%Y-%m-%d %H:%M", &parts) > 0 ? text : "";
}

/// Nothing if it is neither a folder nor a walkthrough, or cannot be looked at.
std::optional<ui::FileRow> row_of(const fs::path& path) {
  const std::string name = path.filename().string();
  struct stat found {};
  if (name.starts_with(".") || stat(path.c_str(), &found) != 0) return std::nullopt;
  const bool is_folder = S_ISDIR(found.st_mode);
  if (!is_folder && (!S_ISREG(found.st_mode) || !name.ends_with(walkthrough_ending))) return std::nullopt;
  return ui::FileRow{name, is_folder, is_folder ? 0 : static_cast<std::int64_t>(found.st_size),
                     moment_text(found.st_mtime)};
}

bool comes_first(const ui::FileRow& a, const ui::FileRow& b) {
  if (a.is_folder != b.is_folder) return a.is_folder;
  const std::string left = raft::ascii::lower(a.name);
  const std::string right = raft::ascii::lower(b.name);
  return left != right ? left < right : a.name < b.name;
}

std::string without_last_slash(std::string path) {
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  return path;
}

}  // namespace

void FileDialog::open(ui::FilePurpose purpose, const std::string& suggested_name,
                      const std::vector<std::string>& recent) {
  open_ = true;
  view_.purpose = purpose;
  view_.suggested_name = suggested_name;
  view_.recent.clear();
  for (const std::string& path : recent) view_.recent.push_back({fs::path(path).filename().string(), path});
  ++view_.opened;
  std::error_code code;
  go_to(view_.folder.empty() ? fs::current_path(code).string() : view_.folder);
}

void FileDialog::go_to(const std::string& folder) {
  std::error_code code;
  const fs::path whole = fs::absolute(folder.empty() ? "/" : folder, code).lexically_normal();
  view_.folder = without_last_slash(whole.string());
  list();
}

void FileDialog::list() {
  view_.rows.clear();
  view_.replaces.clear();
  said_.clear();
  trouble_ = Trouble::None;
  troubled_ = view_.folder;
  std::error_code code;
  fs::directory_iterator entry(view_.folder, code);
  for (const fs::directory_iterator end; !code && entry != end && view_.rows.size() < most_rows; entry.increment(code)) {
    if (std::optional<ui::FileRow> row = row_of(entry->path())) view_.rows.push_back(std::move(*row));
  }
  std::sort(view_.rows.begin(), view_.rows.end(), comes_first);
  if (!code) return;
  trouble_ = code == std::errc::no_such_file_or_directory ? Trouble::Missing
             : code == std::errc::permission_denied       ? Trouble::NoPermission
             : code == std::errc::not_a_directory         ? Trouble::NotAFolder
                                                          : Trouble::Unreadable;
}

std::string FileDialog::path_of(const std::string& name) const {
  if (name == "~" || name.starts_with("~/")) return home_folder() + name.substr(1);
  return name.starts_with("/") ? name : (fs::path(view_.folder) / name).lexically_normal().string();
}

std::optional<std::string> FileDialog::choose(const std::string& name, bool replace) {
  view_.replaces.clear();
  said_.clear();
  trouble_ = Trouble::None;
  std::string path = path_of(name);
  std::error_code code;
  if (name.empty()) {
    trouble_ = Trouble::NoName;
    return std::nullopt;
  }
  if (fs::is_directory(path, code)) {
    go_to(path);
    return std::nullopt;
  }
  const bool saves = view_.purpose == ui::FilePurpose::SaveAs;
  if (!path.ends_with(walkthrough_ending) && (saves || !fs::exists(path, code))) path += walkthrough_ending;
  const bool exists = fs::exists(path, code);
  if (saves && exists && !replace) {
    view_.replaces = fs::path(path).filename().string();
    return std::nullopt;
  }
  if (saves || exists) return path;
  trouble_ = Trouble::NoSuchFile;
  troubled_ = name;
  return std::nullopt;
}

/// The folder is seen already: in front of every error it would leave no room for the error.
void FileDialog::say(const std::string& error) {
  const std::string folder = view_.folder + "/";
  trouble_ = Trouble::None;
  said_ = error.starts_with(folder) ? error.substr(folder.size()) : error;
}

std::string FileDialog::characters() const {
  std::string all = view_.folder + view_.suggested_name + troubled_ + said_;
  for (const ui::FileRow& row : view_.rows) all += row.name;
  for (const ui::FilePlace& file : view_.recent) all += file.name + file.path;
  return all;
}

const ui::FileDialogView& FileDialog::view(const raft::explain::Words& words) {
  view_.folders.clear();
  if (!home_folder().empty()) view_.folders.push_back({words.text("files.home"), home_folder()});
  if (!asset_folder().empty()) view_.folders.push_back({words.text("files.shipped"), asset_path("walkthroughs")});
  const auto sentence = [&](const char* key) { return words.fill(key, {{"name", troubled_}}); };
  switch (trouble_) {
    case Trouble::None: view_.error = said_; break;
    case Trouble::Missing: view_.error = sentence("files.missing"); break;
    case Trouble::NoPermission: view_.error = sentence("files.no_permission"); break;
    case Trouble::NotAFolder: view_.error = sentence("files.not_a_folder"); break;
    case Trouble::Unreadable: view_.error = sentence("files.unreadable"); break;
    case Trouble::NoSuchFile: view_.error = sentence("files.no_such_file"); break;
    case Trouble::NoName: view_.error = sentence("files.no_name"); break;
  }
  return view_;
}

}  // namespace app
