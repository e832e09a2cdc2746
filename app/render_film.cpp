// When Next is pressed, and how long a film therefore is.
#include "app/render_film.h"

#include <algorithm>
#include <cmath>

#include "app/interrupt.h"

namespace app {

namespace {

constexpr double find_the_caption_s = 1;  // before reading starts
constexpr double see_the_end_s = 1;  // of a step, when all has come to rest

const raft::walkthrough::Walkthrough& walkthrough_of(const App& app) { return app.session().player()->walkthrough(); }

std::string failure_of(const App& app) {
  const auto& failure = app.session().player()->failure();
  return failure ? failure->message() : "";
}

std::string question_text(const ui::WalkthroughView::Question& question) {
  std::string text = question.text;
  for (const std::string& option : question.options) text += " " + option;
  return text;
}

}  // namespace

double reading_seconds(std::string_view text) {
  double characters = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool continues = (byte & 0xC0U) == 0x80;
    // In UTF-8 what starts with E3 or more is U+3000 or beyond: Chinese, as wide as two letters.
    if (!continues) characters += byte >= 0xE3 ? 2 : 1;
  }
  return characters == 0 ? 0 : find_the_caption_s + characters / read_characters_per_second;
}

FilmPresenter::FilmPresenter(App& app, int frames_per_second) : app_(app), frames_per_second_(frames_per_second) {
  const auto& steps = walkthrough_of(app_).steps;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (!steps[i].hidden) last_step_ = static_cast<int>(i);
  }
}

std::int64_t FilmPresenter::frames_in(double seconds) const {
  return static_cast<std::int64_t>(std::ceil(seconds * frames_per_second_));
}

bool FilmPresenter::next_frame() {
  ++frame_;
  if (frame_ > 0) {
    moved_ = app_.playing();
    if (!app_.playing() && frame_ >= rest_until_) {
      if (!press_next()) return false;
      moved_ = true;
    }
    app_.advance(1.0 / frames_per_second_);
  }
  if (app_.session().player()->failure()) return false;
  take_time_to_read(*app_.walkthrough_view());
  return true;
}

/// False: nothing is left to be shown.
bool FilmPresenter::press_next() {
  if (app_.go_on_with_questions()) return true;
  if (app_.session().step_at_cursor() >= last_step_) return false;
  app_.apply(ui::NextStep{});
  return true;
}

void FilmPresenter::take_time_to_read(const ui::WalkthroughView& view) {
  if (view.step != step_) {
    step_ = view.step;
    question_ = -1;
    answer_ = false;
    const std::string& heading = view.step < 0 ? view.title : view.heading;
    const std::string& text = view.step < 0 ? view.about : view.caption;
    rest_until_ = frame_ + frames_in(std::max(reading_seconds(text.empty() ? heading : text), see_the_end_s));
  }
  if (view.question && question_ != view.question->number) {
    question_ = view.question->number;
    answer_ = false;
    const double seconds = reading_seconds(question_text(*view.question)) + think_s;
    rest_until_ = std::max(rest_until_, frame_) + frames_in(seconds);
  }
  if (view.question && view.question->answers && !answer_) {
    answer_ = true;
    rest_until_ = std::max(rest_until_, frame_ + frames_in(see_the_answer_s));
  }
  if (app_.playing()) rest_until_ = std::max(rest_until_, frame_ + 1 + frames_in(see_the_end_s));
}

FilmPlan plan_film(App& app, int frames_per_second) {
  FilmPlan plan;
  const std::int64_t most = std::int64_t{longest_film_hours} * 3600 * frames_per_second;
  FilmPresenter presenter(app, frames_per_second);
  while (!interrupted() && !plan.too_long && presenter.next_frame()) plan.too_long = ++plan.frames > most;
  plan.failure = failure_of(app);
  if (plan.too_long || interrupted() || !plan.failure.empty()) return plan;
  app.session().go_to_step(static_cast<int>(walkthrough_of(app).steps.size()));
  plan.failure = failure_of(app);
  return plan;
}

}  // namespace app
