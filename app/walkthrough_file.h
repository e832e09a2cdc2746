// A walkthrough from a file, with the files that it includes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "raft/walkthrough/walkthrough.h"

namespace app {

/// Of its name.
inline constexpr const char* walkthrough_ending = ".walk";

/// Of the files beside it and below.
raft::walkthrough::IncludeReader include_reader(const std::string& path);

/// What is wrong is in `errors`, also when the file cannot be read. `text`: gets what is in the file, if it can
/// be read.
raft::walkthrough::Parsed read_walkthrough(const std::string& path, std::size_t max_errors = 1, std::optional<std::string>* text = nullptr,
                                           bool needs_steps = true);
/// What it was read from: itself, and what it includes.
std::vector<std::string> files_of(const raft::walkthrough::Walkthrough& walkthrough);
/// Of a regular file as it is now; nullopt: there is none that can be read.
std::optional<std::string> text_at(const std::string& path);

}  // namespace app
