// What the home screen shows of the library, and what is remembered of a session.
#include <algorithm>
#include <filesystem>

#include "app/app.h"

namespace app {

namespace fs = std::filesystem;

std::string App::name_of(const std::string& path) const {
  if (const LibraryItem* item = library_.find(path)) return item->name;
  std::error_code code;
  return fs::absolute(path, code).lexically_normal().string();
}

void App::refresh_library() {
  library_stale_ = false;
  library_entries_ = library_.entries(settings_.language);
  chapters_ = library_.chapters(settings_.language);
  for (std::size_t i = 0; i < library_entries_.size(); ++i) {
    const auto seen = progress_.seen.find(library_.items()[i].name);
    if (seen == progress_.seen.end()) continue;
    library_entries_[i].reached = seen->second.left_at;
    library_entries_[i].done = seen->second.done;
  }
  recent_.clear();
  for (const std::string& path : progress_.recent) recent_.push_back({fs::path(path).filename().string(), path});
}

/// Where somebody left off; after a walkthrough that was seen to its end, the next of the course.
int App::continue_with() const {
  const auto& items = library_.items();
  const auto last = std::find_if(items.begin(), items.end(),
                                 [this](const LibraryItem& item) { return item.name == progress_.last; });
  const auto is_open = [this](const LibraryItem& item) {
    const auto seen = progress_.seen.find(item.name);
    return item.chapter >= 0 && (seen == progress_.seen.end() || !seen->second.done);
  };
  const auto left = progress_.seen.find(progress_.last);
  const bool to_its_end = left != progress_.seen.end() && left->second.done;
  if (last != items.end() && !to_its_end) return static_cast<int>(last - items.begin());
  auto next = std::find_if(last == items.end() ? items.begin() : last, items.end(), is_open);
  if (next == items.end()) next = std::find_if(items.begin(), items.end(), is_open);
  if (next != items.end()) return static_cast<int>(next - items.begin());
  return items.empty() ? -1 : 0;
}

/// What comes after the lesson that is open in the course, or on the lecture's path; null: nothing, or it is in neither.
const LibraryItem* App::next_lesson() const {
  const LibraryItem* const current = library_.named(open_name_);
  if (current == nullptr || current->chapter < 0) return nullptr;
  const auto& items = library_.items();
  const auto on_the_way = [this](const LibraryItem& item) { return item.chapter >= 0 && (item.lecture || !progress_.lecture_path); };
  const LibraryItem* const end = items.data() + items.size();
  const LibraryItem* const next = std::find_if(current + 1, end, on_the_way);
  return next == end ? nullptr : next;
}

/// As it is called on the home screen.
const std::string& App::title_of(const LibraryItem& item) const {
  return library_entries_[static_cast<std::size_t>(&item - library_.items().data())].title;
}

/// At its end a lesson of the course says which one is next; asked once more, that opens. False: there is none, or one is not
/// at the end.
bool App::goes_to_next_lesson() {
  const std::optional<ui::WalkthroughView> shown = walkthrough_view();
  if (!shown || !shown->ended || shown->left || author_open_) return false;
  const LibraryItem* const next = next_lesson();
  if (next == nullptr) return false;
  if (std::exchange(lesson_offered_, true)) {
    const std::string here = opened_.path;
    apply(ui::OpenWalkthrough{next->path});
    lesson_offered_ = opened_.path == here;  // it may not be left yet: asking again is all it takes
    if (!lesson_offered_) came_from_ = here;
  } else {
    say_well(words().fill("ui.next_lesson", {{"title", title_of(*next)}}));
  }
  return true;
}

/// Whoever came to a lesson by one Next too many comes back by Back, asked twice as Next was: to the end of the lesson before.
bool App::goes_back_to_lesson() {
  const std::optional<ui::WalkthroughView> shown = walkthrough_view();
  if (!shown || !shown->has_lesson_before || shown->step >= 0 || shown->left) return false;
  if (!std::exchange(lesson_offered_, true)) {
    say_well(words().text("ui.lesson_before"));
    return true;
  }
  apply(ui::OpenWalkthrough{came_from_});
  lesson_offered_ = !came_from_.empty();  // this lesson may not be left yet, or the file has gone
  if (!lesson_offered_) on(ui::GoToStep{walkthrough_view()->step_count - 1});
  return true;
}

/// True while there is something left to be done for the home screen.
bool App::tend_home() {
  bool goes_on = false;
  if (ui_state_.library_open) {
    const auto made = [this] {
      return std::count_if(library_.items().begin(), library_.items().end(),
                           [](const LibraryItem& item) { return item.still != nullptr; });
    };
    const auto before = made();
    goes_on = library_.make_stills();
    if (made() != before) library_stale_ = true;
  }
  if (!library_stale_) return goes_on;
  refresh_library();
  return true;
}

void App::note_progress() {
  const raft::walkthrough::Player* player = session_.player();
  if (open_name_.empty() || player == nullptr || author_open_) return;
  const bool puzzle = session_.assignment() != nullptr;
  const bool in_step = !session_.left_walkthrough() && session_.step_complete_at_cursor();
  if (!in_step && !puzzle) return;
  Seen seen = progress_.seen[open_name_];
  const int steps = static_cast<int>(player->walkthrough().steps.size());
  if (in_step) {
    seen.left_at = session_.step_at_cursor() + 1;
    seen.step = std::max(seen.step, seen.left_at);
  }
  // A puzzle's own steps only set its stage; what is to be done comes then.
  const bool done = puzzle ? session_.goals_reached() == session_.goals_in_all() : seen.left_at == steps;
  seen.done = seen.done || done;
  if (seen == progress_.seen[open_name_]) return;
  progress_.seen[open_name_] = seen;
  library_stale_ = true;
}

/// What was asked for on the command line is for this time only, unless one has chosen since.
Settings App::settings_to_keep() const {
  Settings keep = settings_;
  keep.room = ui_state_.room;
  keep.hide_heartbeats = ui_state_.hide_heartbeats;
  const Settings& kept = options_.memory->settings();
  if (!language_chosen_) keep.language = kept.language;
  if (!theme_chosen_) keep.theme = kept.theme;
  return keep;
}

/// True if there is something to be said about it.
bool App::remember() {
  if (options_.memory == nullptr) return false;
  options_.memory->keep(settings_to_keep());
  options_.memory->keep(progress_);
  if (!message_.empty()) return false;  // one thing after the other
  message_ = options_.memory->take_trouble(words());
  return !message_.empty();
}

void App::remember_all() {
  if (options_.memory == nullptr) return;
  if (place_) progress_.window = place_;
  progress_.right_width = ui_state_.right_width;
  progress_.log_height = ui_state_.log_height;
  remember();
  options_.memory->keep_the_rest();
}

}  // namespace app
