// posix_spawn, two pipes and poll: neither side can block the other for ever.
#include "app/video_process.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

#include "app/interrupt.h"

namespace app {

namespace {

constexpr int look_again_ms = 100;  // at whether somebody has interrupted
constexpr int pipe_bytes = 1 << 20;  // if the system lets us: with the usual 64 KiB a picture changes hands 130 times
constexpr std::size_t most_complaints = std::size_t{64} << 10U;

void close_fd(int& fd) {
  if (fd >= 0) ::close(fd);
  fd = -1;
}

/// The ends of a pipe; no program started later inherits them.
struct Pipe {
  int out = -1;
  int in = -1;
  bool open() {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) return false;
    out = ends[0];
    in = ends[1];
    return true;
  }
};

int spawn(pid_t& pid, const std::vector<std::string>& command, int input, int complaints) {
  std::vector<char*> arguments;
  arguments.reserve(command.size() + 1);
  for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, complaints, STDERR_FILENO);

  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF);
  posix_spawnattr_setpgroup(&attributes, 0);
  sigset_t defaults;
  sigemptyset(&defaults);
  sigaddset(&defaults, SIGPIPE);
  posix_spawnattr_setsigdefault(&attributes, &defaults);

  const int error = ::posix_spawnp(&pid, arguments[0], &actions, &attributes, arguments.data(), environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return error;
}

}  // namespace

VideoProcess::~VideoProcess() { kill(); }

VideoProcess::Started VideoProcess::start(const std::vector<std::string>& command) {
  Pipe to;
  Pipe from;
  int error = EMFILE;
  if (to.open() && from.open()) error = spawn(pid_, command, to.out, from.in);
  close_fd(to.out);
  close_fd(from.in);
  input_ = to.in;
  complaints_ = from.out;
  if (error == 0) {
    ::fcntl(input_, F_SETFL, O_NONBLOCK);
    ::fcntl(input_, F_SETPIPE_SZ, pipe_bytes);
    ::fcntl(complaints_, F_SETFL, O_NONBLOCK);
    return Started::Yes;
  }
  pid_ = -1;
  close_input();
  close_fd(complaints_);
  return error == ENOENT ? Started::NotFound : Started::Failed;
}

void VideoProcess::close_input() { close_fd(input_); }

/// False: the program has closed its standard error, which it does by ending.
bool VideoProcess::read_complaints() {
  char buffer[4096];
  for (;;) {
    const ssize_t count = ::read(complaints_, buffer, sizeof buffer);
    if (count == 0) return false;
    if (count < 0) return errno == EAGAIN || errno == EINTR;
    said_.append(buffer, static_cast<std::size_t>(count));
    if (said_.size() > most_complaints) said_.erase(0, said_.size() - most_complaints);
  }
}

bool VideoProcess::write(std::span<const std::uint8_t> bytes) {
  while (!bytes.empty()) {
    if (interrupted()) return false;
    const ssize_t count = ::write(input_, bytes.data(), bytes.size());
    if (count > 0) {
      bytes = bytes.subspan(static_cast<std::size_t>(count));
      continue;
    }
    if (errno != EAGAIN && errno != EINTR) return false;
    pollfd both[] = {{input_, POLLOUT, 0}, {complaints_, POLLIN, 0}};
    ::poll(both, 2, look_again_ms);
    if (both[1].revents != 0 && !read_complaints()) return false;
  }
  return true;
}

bool VideoProcess::finish() {
  if (pid_ < 0) return false;
  close_input();
  while (!interrupted()) {
    pollfd one{complaints_, POLLIN, 0};
    ::poll(&one, 1, look_again_ms);
    if (one.revents != 0 && !read_complaints()) return reap();
  }
  kill();
  return false;
}

bool VideoProcess::reap() {
  close_input();
  close_fd(complaints_);
  int status = 0;
  while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

void VideoProcess::kill() {
  if (pid_ < 0) return;
  ::kill(pid_, SIGKILL);
  reap();
}

std::string VideoProcess::last_line() const {
  const std::size_t end = said_.find_last_not_of(" \r\n");
  if (end == std::string::npos) return "";
  const std::size_t newline = said_.find_last_of("\r\n", end);
  const std::size_t start = newline == std::string::npos ? 0 : newline + 1;
  return said_.substr(start, end - start + 1);
}

}  // namespace app
