// A recording of what is done in the window: from where, on which branch, and its journal. Saving it is done by the
// app (app_recording.cpp).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/journal.h"
#include "app/session.h"
#include "raft/walkthrough/recorder.h"

namespace app {

class RunRecorder {
 public:
  bool on() const { return on_; }
  void start(const Session& session);
  /// Goes on with one that was left behind, in the journal in which it was.
  void go_on(const Session& session, raft::walkthrough::RunPlace begins, Journal journal);
  /// After every action. "" or one line: why the journal could not be written.
  [[nodiscard]] std::string keep_up(const Session& session, const raft::walkthrough::StepNames& names);
  /// How much of what is recorded would be offered at the next start.
  enum class Safe : unsigned char { NothingToKeep, All, Part, None };
  Safe safe(const Session& session) const;
  /// What people have done since it began.
  int actions(const Session& session) const;
  /// Where it began, as a place of the run that is recorded.
  raft::walkthrough::RunPlace begins(const Session& session) const;
  /// What is recorded: the branch on which one stands; back on the walkthrough, what was tried last.
  raft::check::BranchId subject() const { return subject_; }
  /// It has been saved, or is not wanted.
  void stop();
  /// It could not be saved: what its journal has is offered at the next start.
  void leave();

 private:
  struct Written {
    std::optional<raft::check::BranchId> branch;  // nullopt: nothing yet
    std::size_t acts = 0;
    std::vector<raft::check::Property> broken;
  };

  void follow_branch(const Session& session);
  [[nodiscard]] std::string rewrite(const Session& session, std::vector<raft::check::Property> broken, const raft::walkthrough::StepNames& names);

  bool on_ = false;
  raft::walkthrough::RunPlace begins_;
  raft::check::BranchId subject_ = raft::check::trunk;
  Journal journal_;
  Written written_;
};

/// Where recordings under way are kept, and how their journals are called.
std::string journal_folder();
inline constexpr const char* recording_kind = "recording";

}  // namespace app
