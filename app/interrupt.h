// Ctrl-C or a request to end, noticed between two pieces of work so that nothing is left half done or unsaved.
#pragma once

namespace app {

void watch_for_interrupt();
bool interrupted();

}  // namespace app
