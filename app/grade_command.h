// `raftlab grade`: homework. Which goals of an assignment do the sessions of a class reach?
#pragma once

#include <string>
#include <vector>

namespace app {

struct GradeRequest {
  std::string assignment;
  std::vector<std::string> sessions;
  bool json = false;
};
int grade_sessions(const GradeRequest& request);

}  // namespace app
