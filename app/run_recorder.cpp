// Follows the branch that is acted on, and writes down what is done on it as it is done.
#include "app/run_recorder.h"

#include <algorithm>

#include "app/user_folders.h"

namespace app {

using raft::check::Property;
using raft::sim::Timeline;
using raft::walkthrough::Names;
using raft::walkthrough::RunPlace;
using raft::walkthrough::StepNames;

namespace {

const raft::check::Oracles& oracles_of(const Session& session, raft::check::BranchId id) {
  const raft::check::Branch* const branch = session.branches().find(id);
  return branch != nullptr ? branch->run.oracles() : session.player()->oracles();
}

/// What a player would stop at.
std::vector<Property> broken_in(const raft::check::Oracles& oracles) {
  std::vector<Property> broken;
  for (const raft::check::Violation& violation : oracles.violations()) {
    const bool known = std::find(broken.begin(), broken.end(), violation.property) != broken.end();
    if (!known && oracles.counts(violation)) broken.push_back(violation.property);
  }
  return broken;
}

}  // namespace

std::string journal_folder() { return state_folder() + "/recordings"; }

void RunRecorder::start(const Session& session) {
  go_on(session, session.run().place(), Journal());
}

void RunRecorder::go_on(const Session& session, RunPlace begins, Journal journal) {
  on_ = true;
  begins_ = begins;
  subject_ = session.branches().current_id();
  journal_ = std::move(journal);
  written_ = {};
}

void RunRecorder::stop() {
  on_ = false;
  journal_.remove();
}

void RunRecorder::leave() {
  on_ = false;
  journal_ = Journal();
}

RunRecorder::Safe RunRecorder::safe(const Session& session) const {
  if (!on_ || actions(session) == 0) return Safe::NothingToKeep;
  if (!journal_.is_open()) return Safe::None;
  const bool all = written_.branch == subject_ && written_.acts == session.run_of(subject_).acts().size();
  return all ? Safe::All : Safe::Part;
}

int RunRecorder::actions(const Session& session) const {
  const auto& acts = session.run_of(subject_).acts();
  return static_cast<int>(std::count_if(acts.begin(), acts.end(), [this](const auto& act) { return act.number > begins_.event; }));
}

/// Whoever goes back to the event after which it began may act earlier than the moment at which it began.
RunPlace RunRecorder::begins(const Session& session) const {
  const Timeline& run = session.run_of(subject_);
  if (run.end() <= begins_.event) return begins_;
  return {begins_.event, std::min(begins_.clock, run.record(begins_.event + 1).at)};
}

void RunRecorder::follow_branch(const Session& session) {
  const raft::check::Branches& branches = session.branches();
  const raft::check::BranchId before = subject_;
  if (branches.current() != nullptr || branches.find(subject_) == nullptr) subject_ = branches.current_id();
  if (subject_ == before) return;
  const raft::check::Branch* const now = branches.find(subject_);
  const bool known = before == raft::check::trunk || branches.find(before) != nullptr;
  const std::int64_t common = known ? branches.common_events(before, subject_) : now != nullptr ? now->fork : 0;
  if (begins_.event <= common) return;
  begins_ = {common, session.run_of(subject_).record(common).at};
}

std::string RunRecorder::rewrite(const Session& session, std::vector<Property> broken, const StepNames& names) {
  const Timeline& run = session.run_of(subject_);
  const raft::walkthrough::RecordOptions options{.chapters = chapters_from(run.acts(), begins(session), names), .names = names};
  const std::string text = raft::walkthrough::journal({run.config(), run.acts(), run.end(), 0}, raft::walkthrough::names_at_end(run), broken, options);
  written_ = {};  // until it is there
  std::string error = journal_.rewrite(journal_folder(), recording_kind, text);
  if (error.empty()) written_ = {subject_, run.acts().size(), std::move(broken)};
  return error;
}

std::string RunRecorder::keep_up(const Session& session, const StepNames& names) {
  if (!on_) return "";
  follow_branch(session);
  const Timeline& run = session.run_of(subject_);
  const bool same = journal_.is_open() && written_.branch == subject_ && written_.acts <= run.acts().size();
  if (same && written_.acts == run.acts().size()) return "";
  if (!journal_.is_open() && actions(session) == 0) return "";
  std::vector<Property> broken = broken_in(oracles_of(session, subject_));
  if (!same || broken != written_.broken) return rewrite(session, std::move(broken), names);
  std::string lines;
  const Names nodes = Names::of(run.world());
  for (; written_.acts < run.acts().size(); ++written_.acts) lines += journal_lines(run.acts()[written_.acts], nodes);
  std::string error = journal_.append(lines);
  if (!error.empty()) written_.branch.reset();  // the next time all of it is written
  return error;
}

}  // namespace app
