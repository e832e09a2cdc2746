// Locks, whole rewrites under another name, and appended lines.
#include "app/journal.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <utility>
#include <vector>

#include "app/files.h"
#include "app/walkthrough_file.h"
#include "raft/walkthrough/walkthrough.h"

namespace app {

namespace {

bool write_all(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(file, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

bool lock(int file) { return ::flock(file, LOCK_EX | LOCK_NB) == 0; }

std::string failed(const std::string& path) { return cannot_write(path, {errno, std::generic_category()}); }

}  // namespace

Journal::Journal(Journal&& other) noexcept : path_(std::move(other.path_)), file_(std::exchange(other.file_, -1)) {}

Journal& Journal::operator=(Journal&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(file_, other.file_);
  return *this;
}

Journal::~Journal() { close(); }

void Journal::close() {
  if (file_ >= 0) ::close(file_);
  file_ = -1;
}

std::string Journal::rewrite(const std::string& folder, std::string_view kind, std::string_view text) {
  if (!is_open()) {
    std::error_code code;
    std::filesystem::create_directories(folder, code);
    path_ = unused_path(folder + "/" + std::string(kind) + "-" + std::to_string(::getpid()), walkthrough_ending);
  }
  const std::string part = path_ + ".part";
  const int file = ::open(part.c_str(), O_CREAT | O_WRONLY | O_TRUNC | O_APPEND | O_CLOEXEC, 0600);
  if (file < 0) return failed(path_);
  // Locked before it has its name: nobody takes it for one that was left behind.
  if (!lock(file) || !write_all(file, text) || ::rename(part.c_str(), path_.c_str()) != 0) {
    std::string why = failed(path_);
    ::close(file);
    ::unlink(part.c_str());
    return why;
  }
  close();
  file_ = file;
  return "";
}

std::string Journal::append(std::string_view text) { return write_all(file_, text) ? "" : failed(path_); }

void Journal::remove() {
  if (is_open()) ::unlink(path_.c_str());
  close();
}

std::optional<Journal> Journal::left_behind(const std::string& folder, std::string_view kind, std::string& text, std::time_t& when) {
  std::vector<std::string> paths;
  std::error_code code;
  for (const auto& entry : std::filesystem::directory_iterator(folder, code)) {
    const bool of_kind = entry.path().filename().string().starts_with(kind);
    if (of_kind && entry.path().extension() == walkthrough_ending) paths.push_back(entry.path().string());
  }
  std::sort(paths.begin(), paths.end());
  for (const std::string& path : paths) {
    Journal journal;
    journal.path_ = path;
    journal.file_ = ::open(path.c_str(), O_RDWR | O_APPEND | O_CLOEXEC);
    struct stat now{};
    struct stat named{};
    if (!journal.is_open() || !lock(journal.file_)) continue;
    // Its owner may have written it anew, or removed it, while we were asking.
    if (::fstat(journal.file_, &now) != 0 || ::stat(path.c_str(), &named) != 0 || now.st_ino != named.st_ino) continue;
    std::string why;
    const std::optional<std::string> read = read_file(path, raft::walkthrough::max_file_bytes, why);
    if (!read) continue;
    text = read->substr(0, read->rfind('\n') + 1);
    when = now.st_mtime;
    return journal;
  }
  return std::nullopt;
}

}  // namespace app
