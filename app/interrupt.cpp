// SIGINT and SIGTERM set a flag; whoever works looks at it.
#include "app/interrupt.h"

#include <csignal>

namespace app {

namespace {

volatile std::sig_atomic_t signalled = 0;
extern "C" void note_interrupt(int) { signalled = 1; }

}  // namespace

void watch_for_interrupt() {
  std::signal(SIGINT, note_interrupt);
  std::signal(SIGTERM, note_interrupt);
}
bool interrupted() { return signalled != 0; }

}  // namespace app
