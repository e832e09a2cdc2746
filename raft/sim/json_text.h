// JSON as text.
#pragma once

#include <string>

namespace raft::sim {

/// Always valid: keys, values and names of files may hold any bytes, and those that are no UTF-8 are replaced. `indent` -1:
/// in one line.
template <typename Json>
std::string json_text(const Json& json, int indent = -1) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

}  // namespace raft::sim
