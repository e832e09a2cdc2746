// The walkthroughs that come with the program, and opening one from a file.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "raft/explain/explain.h"
#include "raft/walkthrough/walkthrough.h"
#include "ui/view.h"

namespace app {

/// The walkthroughs under assets/walkthroughs, with title and about in that language, in the order of a course.
std::vector<ui::LibraryEntry> list_library(raft::explain::Language language);

/// Null if the file cannot be read or played; `error` then is one line for the reader.
std::shared_ptr<const raft::walkthrough::Walkthrough> load_walkthrough(const std::string& path, std::string& error);

/// Everything the walkthrough may show in that language; fonts are built from it.
std::string texts_of(const raft::walkthrough::Walkthrough& walkthrough, raft::explain::Language language);

}  // namespace app
