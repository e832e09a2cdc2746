// Where the texts, walkthroughs and icons are: beside the installed program, above the built one, or in the source.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "raft/explain/explain.h"

namespace app {

/// The folder of the assets; "" if there is none.
std::string asset_folder();

/// The path of an asset, as "text/en.toml"; it need not exist.
std::string asset_path(const std::string& name);

/// On error nullopt, and one line in `error`.
std::optional<std::string> read_asset(const std::string& name, std::string& error);

/// Names of the assets in a folder (and below it) that end so, sorted: "walkthroughs/sally.walk".
std::vector<std::string> list_assets(const std::string& folder, const std::string& ending);

/// The texts of a language.
std::optional<raft::explain::Words> read_words(raft::explain::Language language, std::string& error);

}  // namespace app
