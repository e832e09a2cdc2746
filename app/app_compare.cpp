// Two runs side by side in the window: what is compared, and how it is called.
#include "app/app.h"

namespace app {

namespace {

using raft::sim::Setting;

/// What is nearest at hand: the branch that this one left, else the latest other one.
std::optional<raft::check::BranchId> nearest_branch(const Session& session) {
  const raft::check::Branches& branches = session.branches();
  if (const raft::check::Branch* const here = branches.current(); here != nullptr && here->id != raft::check::trunk) return here->parent;
  for (auto branch = branches.all().rbegin(); branch != branches.all().rend(); ++branch) {
    if (branch->id != branches.current_id()) return branch->id;
  }
  return std::nullopt;
}

}  // namespace

void App::on(const ui::Compare& what) {
  compare_view_.difference.reset();
  ui_state_.compare_list_open = false;
  if (!what.on) {
    comparison_.reset();
    return;
  }
  if (author_open_) close_author();  // there is room for one of them
  const bool chosen = what.branch || what.toggled || what.nodes > 0;
  const std::optional<int> branch = chosen ? what.branch : nearest_branch(session_);
  if (branch && Comparison::can_stand_beside(session_, *branch)) {
    comparison_ = Comparison::with_branch(session_, *branch);
    return;
  }
  const bool changes = what.toggled || what.nodes > 0;
  if (chosen && !changes) return;  // that branch can stand beside this one no more
  // Alone there is nothing but what might have been.
  const Change change = changes ? Change{what.toggled, what.nodes} : Change{.toggled = Setting::PreVote};
  comparison_ = Comparison::with_change(session_, change);
  ui_state_.compare_list_open = !chosen;
}

/// Who changes to the branch on the right finds the one they left there.
void App::compare_after_selecting(raft::check::BranchId before) {
  if (!comparison_ || comparison_->branch() != session_.branches().current_id()) return;
  compare_view_.difference.reset();
  if (Comparison::can_stand_beside(session_, before)) comparison_ = Comparison::with_branch(session_, before);
}

std::string App::name_of_change(const Change& change) const {
  if (change.nodes > 0) return words().fill("compare.nodes", {{"n", change.nodes}});
  const bool on = value_of(session_.run().config().settings, *change.toggled).first != 0;
  return words().fill(on ? "compare.without" : "compare.with", {{"setting", words().text(std::string("setting.") + raft::sim::info_of(*change.toggled).name)}});
}

std::string App::name_of_branch(raft::check::BranchId id) const {
  for (const ui::BranchView& branch : branch_views_) {
    if (branch.id == id) return branch.name;
  }
  return words().text("compare.this_run");
}

void App::view_choices() {
  compare_view_.choices.clear();
  if (!ui_state_.compare_list_open) return;
  for (const ui::BranchView& branch : branch_views_) {
    if (branch.current) continue;
    compare_view_.choices.push_back({branch.name, {.branch = branch.id}, comparison_->branch() == branch.id});
  }
  for (const Change& change : changes_of(session_.run().config())) {
    compare_view_.choices.push_back(
        {name_of_change(change), {.toggled = change.toggled, .nodes = change.nodes}, comparison_->change() == change});
  }
}

void App::view_difference() {
  const std::optional<Comparison::Difference>& found = comparison_->first_difference();
  if (!found) return compare_view_.difference.reset();
  const DifferenceKey key{found->here.number, found->there.number, session_.generation(), runs_shown_, settings_.language};
  if (compare_view_.difference && difference_key_ == key) return;
  difference_key_ = key;
  // In the world that the event made: who has gone back before it may be in one that lacks its nodes.
  const auto sentence = [this](const raft::sim::Timeline& run, std::int64_t number) {
    std::string text;
    run.replay(number, number, [&](const raft::sim::World& after, const raft::sim::Event& event) {
      const ui::EventLine line = event_line(words(), after, event);
      text = line.why.empty() ? line.what : line.what + " " + line.why.front().sentence;
    });
    return text;
  };
  compare_view_.difference = {found->here.number, found->here.at, sentence(session_.run(), found->here.number),
                              sentence(comparison_->run().timeline(), found->there.number)};
}

const ui::CompareView* App::view_compare() {
  // The branch may have gone, or one may have come to stand on it.
  const bool gone = comparison_ && comparison_->branch() && !Comparison::can_stand_beside(session_, *comparison_->branch());
  if (gone) comparison_.reset();
  if (!comparison_) return nullptr;
  comparison_->follow(session_);
  compare_view_.name = name_of_branch(session_.branches().current_id());
  compare_view_.other_name =
      comparison_->change() ? name_of_change(*comparison_->change()) : name_of_branch(*comparison_->branch());
  compare_view_.catches_up = comparison_->catches_up();
  compare_view_.left_out = comparison_->left_out();
  compare_view_.ends_at = comparison_->ends_at();
  view_choices();
  view_difference();
  other_view_.emplace(ui::View{.run = comparison_->run().timeline(),
                               .oracles = comparison_->run().oracles(),
                               .words = words(),
                               .theme = settings_.theme,
                               .text_scale = settings_.text_scale,
                               .playing = playback_.on(),
                               .pace = std::nullopt,
                               .events = {},
                               .upcoming = {},
                               .walkthrough = std::nullopt,
                               .library = {},
                               .reduced_motion = settings_.reduced_motion,
                               .message = {},
                               .differing = comparison_->differing(session_),
                               .read_only = true,
                               .real_seconds = real_seconds_});
  compare_view_.other = &*other_view_;
  return &compare_view_;
}

}  // namespace app
