// A child process with its output, its exit status and its use of the processor.
#include "tests/window/process.h"

#include <csignal>
#include <fcntl.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <chrono>
#include <thread>

namespace window_test {

namespace {

std::vector<char*> pointers(std::vector<std::string>& words) {
  std::vector<char*> result;
  for (std::string& word : words) result.push_back(word.data());
  result.push_back(nullptr);
  return result;
}

std::vector<std::string> environment_of(const Start& start) {
  std::vector<std::string> variables;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    const std::string text = *variable;
    if (start.environment.count(text.substr(0, text.find('='))) == 0) variables.push_back(text);
  }
  for (const auto& [name, value] : start.environment) {
    if (value) variables.push_back(name + "=" + *value);
  }
  return variables;
}

std::string output_of(const Start& start) { return start.output.empty() ? "/dev/null" : start.output; }

}  // namespace

Process::Process(const Start& start) {
  std::vector<std::string> words = start.command;
  std::vector<std::string> variables = environment_of(start);
  const std::vector<char*> arguments = pointers(words);
  const std::vector<char*> environment = pointers(variables);
  const std::string output = output_of(start);
  id_ = fork();
  if (id_ != 0) return;
  prctl(PR_SET_PDEATHSIG, SIGKILL);  // never outlives the test
  const int file = open(output.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
  dup2(file, STDOUT_FILENO);
  dup2(file, STDERR_FILENO);
  if (file > STDERR_FILENO) close(file);
  execvpe(arguments[0], arguments.data(), environment.data());
  _exit(127);
}

Process::~Process() {
  if (id_ <= 0 || !runs()) return;
  kill(id_, SIGKILL);
  waitpid(id_, nullptr, 0);
}

bool Process::collect() {
  int status = 0;
  if (status_ || id_ <= 0 || waitpid(id_, &status, WNOHANG) != id_) return status_.has_value();
  status_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return true;
}

bool Process::runs() { return id_ > 0 && !collect(); }

std::optional<int> Process::wait(double seconds) {
  const double until = seconds_now() + seconds;
  while (!collect() && seconds_now() < until) pause_between_looks();
  return status_;
}

void Process::interrupt() {
  if (runs()) kill(id_, SIGTERM);
}

/// A copy of the test's memory (fork) would take longer than most programs that only run to their end.
int run(const Start& start) {
  std::vector<std::string> words = start.command;
  std::vector<std::string> variables = environment_of(start);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output_of(start).c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
  posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
  pid_t id = -1;
  const int error = posix_spawnp(&id, words[0].c_str(), &actions, nullptr, pointers(words).data(), pointers(variables).data());
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) return 127;
  Process process(id);
  return process.wait(deadline_s).value_or(-1);
}

void pause_between_looks() { std::this_thread::sleep_for(std::chrono::milliseconds(8)); }

double seconds_now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

}  // namespace window_test
