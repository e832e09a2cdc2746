// The reader of the settings: garbage and files from the future give the defaults, and what was read is written and
// read again as it was.
#include <nlohmann/json.hpp>

#include "app/settings.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const nlohmann::json json = nlohmann::json::parse(data, data + size, nullptr, false);
  const app::Settings settings = app::settings_from(json);
  require(settings.text_scale >= 0.5F && settings.text_scale <= 4, "a text size that can be read");
  const std::string text = app::json_of(settings).dump();
  require(app::settings_from(nlohmann::json::parse(text)) == settings, "what was saved is read again");
  return 0;
}
