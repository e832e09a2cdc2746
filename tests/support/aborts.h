// Whether something ends at an assertion: tried in a process of its own, of which nothing is left. Not for what starts threads.
#pragma once

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

namespace raft::test {

template <typename Deed>
bool aborts(Deed deed) {
  const pid_t child = fork();
  if (child == 0) {
    const int nowhere = open("/dev/null", O_RDWR);
    for (const int stream : {0, 1, 2}) dup2(nowhere, stream);
    const rlimit no_core{0, 0};
    setrlimit(RLIMIT_CORE, &no_core);
    signal(SIGABRT, SIG_DFL);  // the tests' own handler would report a failure
    deed();
    _exit(0);
  }
  int status = 0;
  return child > 0 && waitpid(child, &status, 0) == child && WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

/// Whether a constant expression can call `deed`, a lambda without captures: an assertion that fails is none.
template <typename Deed, auto = (Deed{}(), 0)>
constexpr bool is_constant(Deed) {
  return true;
}
constexpr bool is_constant(...) { return false; }

}  // namespace raft::test
