// What a film of a walkthrough shows, frame by frame: the window's own playback, with somebody who presses Next as
// soon as everything could be read. No pictures and no files here.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "app/app.h"

namespace app {

/// How long a caption needs. Subtitles for adults run at up to 17 characters a second, in Chinese at 9; a little less
/// here, because the stage is to be looked at as well. A wide character counts as two.
inline constexpr double read_characters_per_second = 15;
double reading_seconds(std::string_view text);
inline constexpr double think_s = 3;             // about a question, once it has been read
inline constexpr double see_the_answer_s = 2.5;

/// Film time is counted in frames; in each of them the run goes on by pace / fps.
class FilmPresenter {
 public:
  FilmPresenter(App& app, int frames_per_second);

  /// Goes on to the next frame, the first one included. False: the film is over, or the walkthrough has failed.
  bool next_frame();
  /// The frame that next_frame() has come to may differ from the one before.
  bool moved() const { return moved_; }

 private:
  bool press_next();
  void take_time_to_read(const ui::WalkthroughView& view);
  std::int64_t frames_in(double seconds) const;

  App& app_;
  int frames_per_second_;
  int last_step_ = -1;  // that is shown
  std::int64_t frame_ = -1;
  std::int64_t rest_until_ = 0;  // frame: Next is not pressed before it
  bool moved_ = true;
  // What has been taken into account.
  int step_ = -2;
  int question_ = -1;  // of the step's, the one that is shown
  bool answer_ = false;
};

/// A film is at most this long.
inline constexpr int longest_film_hours = 12;

struct FilmPlan {
  std::int64_t frames = 0;
  std::string failure;    // of the walkthrough, with its place
  bool too_long = false;
};

/// Plays the film without drawing it, and what is hidden after its end. Ends early when the program is interrupted.
FilmPlan plan_film(App& app, int frames_per_second);

}  // namespace app
