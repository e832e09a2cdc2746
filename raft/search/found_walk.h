// A run that broke a promise, as a walkthrough that shows it: `raftlab run` plays it and stamps the violation.
#pragma once

#include <string>

#include "raft/search/shrink.h"
#include "raft/walkthrough/walkthrough.h"

namespace raft::search {

walkthrough::Walkthrough walkthrough_of(const Culprit& culprit, std::uint64_t seed);

}  // namespace raft::search
