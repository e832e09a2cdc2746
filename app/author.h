// A walkthrough that is being written in the window: what it says so far, where the next thing goes, and what can be
// taken back. It plays the draft to find out what is so; what is shown and typed is the author panel's business.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/session.h"
#include "raft/walkthrough/edit.h"
#include "raft/walkthrough/recorder.h"
#include "raft/walkthrough/suggest.h"

namespace app {

class Author {
 public:
  using Draft = std::shared_ptr<const raft::walkthrough::Walkthrough>;

  Author(Draft draft, raft::walkthrough::ParseOptions options);
  using StepName = std::function<std::string(std::size_t number)>;  // from 1
  struct Place;
  /// From the run of a session: the walkthrough that it plays, or what has been done in free play, as steps. `stands`
  /// becomes where the session stands in it.
  static Author of(const Session& session, raft::walkthrough::ParseOptions options, const StepName& name, Place* stands = nullptr);

  const raft::walkthrough::Walkthrough& draft() const { return *draft_; }
  const Draft& shared_draft() const { return draft_; }
  const std::string& text() const { return text_; }

  /// Where the next statement goes: before `statement` of `step`.
  struct Place {
    std::size_t step = 0;
    std::size_t statement = 0;
    friend bool operator==(const Place&, const Place&) = default;
  };
  Place place_of(const Session& session) const;
  /// What somebody has done by hand, up to the cursor, since the run left what the draft plays: as one edit. Where the
  /// session then stands in the draft; nullopt if nobody has done anything.
  std::optional<Place> take_over_acts(const Session& session);

  /// "" if it was done, else why not; the draft is then as it was.
  std::string apply(const raft::walkthrough::Edit& edit);
  /// Statements, at the place of the session; how to come there from the statement before is said first, unless
  /// they say it themselves. `place` becomes the place after them. No statements: only how to come there.
  std::string insert(const Session& session, const std::string& statements, bool says_how_to_come, Place& place);

  /// Begins a step of that name at the place of the session, as one edit: what has happened since the last statement
  /// belongs to the step that ends there. `place` becomes its start.
  std::string begin_step(const Session& session, const std::string& name, Place& place);

  bool can_undo() const { return !undo_.empty(); }
  bool can_redo() const { return !redo_.empty(); }
  void undo();
  void redo();

  /// The draft, played up to the place and left there: what is done next is done by hand.
  Session session_at(const Place& place) const;
  /// The draft, played to the end of the step before: Next plays the step.
  Session session_before(std::size_t step) const;
  /// All of the draft, as far as it holds.
  raft::sim::Timeline played() const { return played_->timeline(); }
  /// The first thing in the draft that does not hold, found by playing all of it (or as much as can be played in the
  /// time of a frame).
  const std::optional<raft::walkthrough::Diagnostic>& failure() const { return played_->failure(); }

  std::vector<std::string> waits(const Session& session) const;
  std::vector<std::string> expectations(const Session& session) const;
  struct Question {
    raft::walkthrough::QuestionIdea idea;
    raft::walkthrough::Asked asked;  // what running ahead has found; its `question` is not kept
  };
  std::vector<Question> questions(const Session& session) const;

  bool saved() const { return text() == saved_text_; }
  void mark_saved() { saved_text_ = text(); }
  /// It differs from the file, wherever it came from.
  void mark_unsaved() { saved_text_.clear(); }

 private:
  void take(Draft draft);
  /// After every change of the draft: its text, and what does not hold in it.
  void find_out();
  /// What is so where the session stands; nothing if the draft does not come there. Up to there nobody has acted since
  /// `here`: the draft is played on by itself.
  void at_cursor(const Session& session, const raft::walkthrough::Player& here,
                 const std::function<void(const raft::walkthrough::Facts&)>& visit) const;
  /// The last statement that had not begun at that event, in the steps up to `last_step`.
  Place place_at(std::int64_t event, int last_step) const;
  Place take_over(const raft::sim::Timeline& run, std::int64_t from, Place place, const StepName& name);
  std::optional<raft::walkthrough::Player> player_at(const Place& place) const;

  Draft draft_;
  std::string text_;
  std::optional<raft::walkthrough::Player> played_;  // all of the draft, as far as it holds: copies of it go back to a step
  raft::walkthrough::ParseOptions options_;
  std::vector<Draft> undo_;
  std::vector<Draft> redo_;
  std::string saved_text_;
};

}  // namespace app
