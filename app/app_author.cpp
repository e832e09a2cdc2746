// What an author asked for, carried out: the draft is edited, and played again to the place where the author was.
#include <algorithm>

#include "app/app.h"
#include "app/author_desk.h"
#include "app/files.h"
#include "app/user_folders.h"
#include "app/walkthrough_file.h"
#include "raft/walkthrough/commands.h"

namespace app {

using namespace raft::walkthrough;

namespace {

/// Texts and what holds for a whole step: the run stays as it is.
bool keeps_run(const Edit& edit) {
  return std::holds_alternative<NameStep>(edit) || std::holds_alternative<SetHeadText>(edit) ||
         std::holds_alternative<SetStepText>(edit) || std::holds_alternative<SetFocus>(edit) ||
         std::holds_alternative<SetPace>(edit) || std::holds_alternative<SetHidden>(edit);
}

/// The step to stand in after an edit.
std::size_t step_after(const Edit& edit, std::size_t count) {
  const std::size_t step = std::visit(
      [](const auto& what) -> std::size_t {
        if constexpr (requires { what.to; } && !requires { what.statement; }) {
          return what.to;
        } else if constexpr (requires { what.step; }) {
          return what.step;
        } else if constexpr (requires { what.before; }) {
          return what.before;
        } else {
          return 0;
        }
      },
      edit);
  return std::min(step, count - 1);
}

}  // namespace

/// The same cluster, the same people looking at it: only what is played is another.
void App::replay_draft(Session session) {
  if (!before_author_) before_author_ = std::move(session_);
  put_on_stage(std::move(session));
  message_.clear();
  if (author_) author_->look_again();
}

std::string App::name_of_step(std::size_t number) const { return words().fill("author.step_name", {{"n", number}}); }

void App::on(const ui::Author& what) {
  std::visit([this](const auto& action) { on(action); }, what.what);
}

void App::on(const ui::ToggleAuthor&) {
  if (author_open_) return close_author();
  if (session_.assignment() != nullptr) {
    message_ = words().text("author.no_assignment");
    return;
  }
  // What is written is another run: a recording would not know which it records.
  std::string saved_to;
  if (const std::string error = finish_recording(saved_to); !error.empty()) {
    message_ = error;
    return;
  }
  author_open_ = true;
  comparison_.reset();  // there is room for one of them
  open_desk();
  if (!saved_to.empty()) say_well(words().fill("ui.recording_saved", {{"path", saved_to}}));
}

void App::open_desk() {
  const bool same = author_ && session_.player() != nullptr && &session_.player()->walkthrough() == &author_->author().draft();
  if (same) {
    draft_at_open_ = author_->author().shared_draft();
    author_->look_for_draft();
    // While the panel was closed somebody may have acted.
    const std::optional<Author::Place> acted = author_->author().take_over_acts(session_);
    if (!acted) return;
    author_->edited();
    return replay_draft(author_->author().session_at(*acted));
  }
  ParseOptions options;
  options.include = include_reader(opened_.path);
  const auto name = [this](std::size_t number) { return name_of_step(number); };
  Author::Place stands;
  Author begun = Author::of(session_, std::move(options), name, &stands);
  const bool from_there = !opened_.is_draft || begun.text() == opened_.text;
  author_ = std::make_unique<AuthorDesk>(std::move(begun), from_there ? opened_.path : "", from_there ? opened_.text : std::nullopt,
                                         options_.memory != nullptr ? draft_folder() : "");
  const Author& author = author_->author();
  Session session = author.session_at(stands);
  draft_at_open_ = author.shared_draft();
  replay_draft(std::move(session));
}

/// Where nothing has been edited the run comes back with its future and its branches; else they stay beside the draft.
void App::close_author() {
  author_open_ = false;
  const Author& author = author_->author();
  const bool edited = author.shared_draft() != draft_at_open_ || author.can_redo();
  if (edited) saved_ = {};  // what was saved there is another run
  if (edited && !author.saved()) open_name_.clear();  // nor is it what was opened, whose progress is kept
  if (before_author_ && edited) keep_what_was_before(std::move(*before_author_));
  if (before_author_ && !edited) {
    put_on_stage(std::move(*before_author_));
    message_.clear();
    const bool writes_it = session_.player() != nullptr && &session_.player()->walkthrough() == &author.draft();
    if (writes_it) {
      author_->look_again();
    } else {
      author_.reset();
    }
  }
  before_author_.reset();
}

void App::on(const ui::EditDraft& what) {
  if (!author_) return;
  Author& author = author_->author();
  const Author::Place before = author.place_of(session_);
  const raft::sim::Time clock = session_.run().clock();
  const std::int64_t position = session_.run().position();
  const std::size_t count = author.draft().steps[before.step].statements.size();
  const std::string error = author.apply(what.edit);
  if (!error.empty()) {
    author_->refuse(error);
    ui_state_.field.taken = false;  // what was typed stays there to be mended
    return;
  }
  author_->edited();
  const auto& steps = author.draft().steps;
  if (!keeps_run(what.edit)) {
    const std::size_t step = step_after(what.edit, steps.size());
    return replay_draft(author.session_at({step, steps[step].statements.size()}));
  }
  // What is said of a whole step stands before what is done in it.
  const std::size_t moved = before.statement + steps[before.step].statements.size();
  replay_draft(author.session_at({before.step, moved > count ? moved - count : 0}));
  // What had gone by since then goes by again: nobody has acted in it.
  while (session_.run().position() < position) {
    const std::int64_t at = session_.run().position();
    session_.step_forward(ui::Stride::Event);
    if (session_.run().position() == at) break;
  }
  session_.seek_time(clock);
}

void App::on(const ui::SelectStep& what) {
  if (!author_) return;
  const auto& steps = author_->author().draft().steps;
  const std::size_t step = std::min(static_cast<std::size_t>(std::max(what.step, 0)), steps.size() - 1);
  author_->close_list();
  replay_draft(author_->author().session_at({step, steps[step].statements.size()}));
}

void App::on(const ui::NewStepHere&) {
  if (!author_) return;
  Author& author = author_->author();
  const std::string name = name_of_step(author.place_of(session_).step + 2);
  Author::Place place;
  if (const std::string error = author.begin_step(session_, name, place); !error.empty()) return author_->refuse(error);
  author_->edited();
  replay_draft(author.session_at(place));
}

void App::on(const ui::InsertStatements& what) {
  if (!author_) return;
  Author::Place place;
  const std::string error = author_->author().insert(session_, what.text, what.says_how_to_come, place);
  if (!error.empty()) {
    ui_state_.field.taken = false;
    return author_->refuse(error);
  }
  author_->edited();
  replay_draft(author_->author().session_at(place));
}

void App::on(const ui::ShowSuggestions& what) {
  playback_.stop();
  if (author_) author_->show(what.list, session_, words_, settings_.language);
}

void App::on(const ui::PlayDraft& what) {
  if (!author_) return;
  replay_draft(author_->author().session_before(static_cast<std::size_t>(std::max(what.step, 0))));
  begin_next_step();
}

void App::change_back(void (Author::*undo_or_redo)()) {
  const int step = session_.step_at_cursor();
  (author_->author().*undo_or_redo)();
  author_->edited();
  on(ui::SelectStep{step});
}

void App::on(const ui::UndoEdit&) {
  if (author_ && author_->author().can_undo()) change_back(&Author::undo);
}

void App::on(const ui::RedoEdit&) {
  if (author_ && author_->author().can_redo()) change_back(&Author::redo);
}

void App::on(const ui::SaveDraft& what) {
  if (!author_) return;
  const bool where_it_was = what.path.empty() || what.path == author_->path();
  if (where_it_was && !author_->has_file()) {
    // It has no name yet, or is one of the program's own: a name is chosen below the text.
    ui_state_.author.text_open = true;
    return;
  }
  const std::string error = author_->save(where_it_was ? "" : path_of_name(what.path), words());
  if (!error.empty()) {
    message_ = error;
    ui_state_.field.taken = false;
    return;
  }
  ui_state_.author.text_open = false;
  ui_state_.field = {};  // the path was typed, and is taken
  opened_.path = author_->path();
  opened_.text = author_->author().text();
  opened_.is_draft = true;
  open_name_ = name_of(opened_.path);
  progress_.opened_file(open_name_);
  say_well(words().fill("author.saved_as", {{"path", opened_.path}}));
}

void App::on(const ui::RestoreDraft& what) {
  if (!author_) return;
  if (!what.restore) return author_->discard_found();
  if (!author_->found() || !may_leave_draft()) return;
  const std::string path = author_->found()->path;
  ParseOptions options;
  options.include = include_reader(path);
  Parsed parsed = parse(author_->found()->text, path.empty() ? "draft.walk" : path, options);
  if (!parsed.errors.empty()) {
    message_ = parsed.errors.front().message();
    return;
  }
  if (is_assignment(parsed.walkthrough)) {
    message_ = words().text("author.no_assignment");
    return;
  }
  Author author(std::make_shared<const Walkthrough>(std::move(parsed.walkthrough)), std::move(options));
  author.mark_unsaved();
  Journal journal = author_->take_found();
  opened_.text = text_at(path);
  author_.reset();  // what lies on the desk now is left behind in its turn
  author_ = std::make_unique<AuthorDesk>(std::move(author), path, opened_.text, draft_folder(), std::move(journal));
  draft_at_open_.reset();  // from now on this is what is worked on
  opened_.path = path;
  opened_.is_draft = true;
  open_name_.clear();  // the progress of what was open before is not its own
  on(ui::SelectStep{0});
}

/// While a walkthrough is written, what is done on the stage is written down in it.
void App::write_down(const ui::Intervene& what) {
  const raft::sim::World& world = session_.run().world();
  if (const std::optional<raft::Reason> reason = raft::sim::refusal(world, what.what)) {
    message_ = raft::explain::reason_sentence(words(), world, *reason);
    return;
  }
  on(ui::InsertStatements{"do " + command_text(as_written(what.what, world), world), false});
}

const ui::AuthorView* App::author_view() {
  if (!author_ || !author_open_) return nullptr;
  if (ui_state_.author.text_open) author_->suggest_path();
  return &author_->view(session_, words());
}

}  // namespace app
