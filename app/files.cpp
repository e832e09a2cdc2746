// Files read within a limit and written under a temporary name first.
#include "app/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <filesystem>

#include "raft/core/ascii.h"

namespace app {

namespace {

std::string lower_first(std::string text) {
  if (!text.empty()) text[0] = raft::ascii::to_lower(text[0]);
  return text;
}

std::string error_text(int number) { return lower_first(std::generic_category().message(number)); }

/// Opened without waiting: a pipe that nobody writes into would be waited for until somebody does. Read with waiting.
struct Opened {
  explicit Opened(const std::string& path) : number(open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC)) {
    if (number >= 0) fcntl(number, F_SETFL, 0);
  }
  ~Opened() {
    if (number >= 0) close(number);
  }
  Opened(const Opened&) = delete;
  Opened& operator=(const Opened&) = delete;
  int number;
};

/// The number of the stream that this path is another name of; -1: none.
int own_stream(const std::string& path) {
  for (const std::string_view folder : {"/dev/fd/", "/proc/self/fd/"}) {
    if (!path.starts_with(folder)) continue;
    int number = -1;
    const char* const end = path.data() + path.size();
    const auto read = std::from_chars(path.data() + folder.size(), end, number);
    if (read.ec == std::errc() && read.ptr == end) return number;
  }
  return -1;
}

/// Where links lead to; at the latest to the name of a stream of ours.
std::string end_of_links(const std::filesystem::path& path) {
  constexpr int most_links = 40;
  std::filesystem::path end = path;
  std::error_code code;
  for (int i = 0; i < most_links && own_stream(end.string()) < 0 && std::filesystem::is_symlink(end, code); ++i) {
    end = end.parent_path() / std::filesystem::read_symlink(end, code);  // a whole path takes the place of all
  }
  return end.string();
}

}  // namespace

std::optional<std::string> read_file(const std::string& path, std::size_t max_bytes, std::string& error) {
  std::error_code code;
  const std::filesystem::file_status status = std::filesystem::status(path, code);
  if (status.type() == std::filesystem::file_type::not_found) {
    error = "no such file";
    return std::nullopt;
  }
  if (status.type() == std::filesystem::file_type::directory) {
    error = "is a folder, not a file";
    return std::nullopt;
  }
  const Opened file(path);
  std::string text;
  char buffer[1 << 16];
  ssize_t count = file.number;  // below 0: it could not be opened
  while (count >= 0 && text.size() <= max_bytes && (count = read(file.number, buffer, sizeof buffer)) > 0) {
    text.append(buffer, static_cast<std::size_t>(count));
  }
  if (count < 0) {
    error = error_text(errno);
    return std::nullopt;
  }
  if (text.empty() && status.type() == std::filesystem::file_type::fifo) {
    error = "is a pipe that nobody writes into";
    return std::nullopt;
  }
  if (text.size() > max_bytes) {
    error = "the file is larger than " + (max_bytes >> 20U > 0 ? std::to_string(max_bytes >> 20U) + " MiB"
                                                                : std::to_string(max_bytes) + " bytes");
    return std::nullopt;
  }
  return text;
}

std::string cannot_write(const std::string& path, const std::error_code& why) {
  return path + ": cannot be written: " + lower_first(why.message());
}

bool is_same_path(const std::string& one, const std::string& other) {
  std::error_code code;
  const auto whole = [&code](const std::string& path) {
    return std::filesystem::weakly_canonical(std::filesystem::absolute(path, code), code);
  };
  return !one.empty() && !other.empty() && whole(one) == whole(other);
}

bool is_same_file(const std::string& one, const std::string& other) {
  std::error_code code;
  const auto is_plain = [&code](const std::string& path) { return !std::filesystem::exists(path, code) || std::filesystem::is_regular_file(path, code); };
  return is_plain(one) && is_plain(other) && is_same_path(one, other);
}

std::string why_not_over(const char* option, const std::string& output, const std::vector<std::string>& inputs) {
  for (const std::string& input : inputs) {
    if (is_same_file(output, input)) return std::string(option) + " would overwrite " + input + "; name another file";
  }
  return "";
}

/// Standard output by its name: what is printed goes there too, one after the other.
std::FILE* open_in_place(const std::string& path) {
  const int stream = own_stream(end_of_links(path));
  if (stream < 0) return std::fopen(path.c_str(), "wb");
  const int copy = dup(stream);
  std::FILE* const file = fdopen(copy, "wb");
  if (const int why = errno; file == nullptr && copy >= 0) {
    close(copy);
    errno = why;
  }
  return file;
}

std::string AtomicFile::fail() { return cannot_write(path_, {write_error_, std::generic_category()}); }

std::string AtomicFile::open(const std::string& path) {
  path_ = path;
  std::error_code code;
  if (path.empty() || std::filesystem::is_directory(path, code)) {
    write_error_ = path.empty() ? ENOENT : EISDIR;
    return fail();
  }
  // One of our streams, a device such as /dev/full, or a pipe is written to as it is; renaming over it would replace it.
  // And what a link leads to is replaced, not the link.
  target_ = end_of_links(path);
  const bool is_special =
      own_stream(target_) >= 0 || (std::filesystem::exists(path, code) && !std::filesystem::is_regular_file(path, code));
  temporary_ = is_special ? "" : target_ + ".part";
  file_ = is_special ? open_in_place(path) : std::fopen(temporary_.c_str(), "wb");
  if (file_ != nullptr) return "";
  write_error_ = errno;
  return fail();
}

void AtomicFile::write(std::string_view text) {
  if (write_error_ == 0 && std::fwrite(text.data(), 1, text.size(), file_) != text.size()) write_error_ = errno;
}

std::string AtomicFile::commit() {
  if (std::fclose(file_) != 0 && write_error_ == 0) write_error_ = errno;
  file_ = nullptr;
  if (write_error_ == 0 && (temporary_.empty() || std::rename(temporary_.c_str(), target_.c_str()) == 0)) return "";
  if (write_error_ == 0) write_error_ = errno;
  if (!temporary_.empty()) std::remove(temporary_.c_str());
  return fail();
}

std::error_code AtomicFile::no_room() const {
  if (temporary_.empty()) return {};  // a device keeps what is written to it
  const std::string some(std::size_t{64} << 10U, '\0');
  std::FILE* const file = std::fopen(temporary_.c_str(), "ab");
  bool well = file != nullptr && std::fwrite(some.data(), 1, some.size(), file) == some.size();
  int error = errno;
  if (file != nullptr && std::fclose(file) != 0 && well) {
    well = false;
    error = errno;
  }
  return well ? std::error_code() : std::error_code(error, std::generic_category());
}

std::string AtomicFile::written_to() const {
  if (!temporary_.empty()) return temporary_;
  // A stream of ours has another number there, or none.
  return own_stream(target_) < 0 ? path_ : fmt::format("/proc/{}/fd/{}", getpid(), fileno(file_));
}

AtomicFile::~AtomicFile() {
  if (file_ == nullptr) return;
  std::fclose(file_);
  if (!temporary_.empty()) std::remove(temporary_.c_str());
}

std::string write_file_atomically(const std::string& path, std::string_view text) {
  AtomicFile file;
  if (std::string error = file.open(path); !error.empty()) return error;
  file.write(text);
  return file.commit();
}

std::string unused_path(const std::string& base, const std::string& ending) {
  std::error_code code;
  std::string path = base + ending;
  for (int i = 2; std::filesystem::exists(path, code); ++i) path = fmt::format("{}-{}{}", base, i, ending);
  return path;
}

}  // namespace app
