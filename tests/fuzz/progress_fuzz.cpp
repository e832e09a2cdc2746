// The reader of the progress: garbage and files from the future give what can be used of them, and what was read is
// written and read again as it was.
#include <nlohmann/json.hpp>

#include "app/progress.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const nlohmann::json json = nlohmann::json::parse(data, data + size, nullptr, false);
  const app::Progress progress = app::progress_from(json);
  if (progress.window) require(progress.window->width >= 320 && progress.window->height >= 200, "a window to be seen");
  for (const auto& [name, seen] : progress.seen) require(seen.step >= 0 && seen.left_at >= 0, "steps count from 0");
  const std::string text = app::json_of(progress).dump();
  require(app::progress_from(nlohmann::json::parse(text)) == progress, "what was saved is read again");
  return 0;
}
