// `raftlab render`: a walkthrough as a film or as pictures, drawn off screen from simulated time.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "raft/explain/explain.h"
#include "ui/theme.h"

namespace app {

struct RenderRequest {
  /// Of pictures in a folder; a film has all frames.
  enum class Every { Step, Frame };

  std::string file;
  std::string output;  // NAME.mp4, .webm, .gif: a film; otherwise a folder of PNG
  int width = 1920;
  int height = 1080;
  int frames_per_second = 30;
  Every every = Every::Step;
  std::optional<raft::explain::Language> language;
  std::optional<ui::ThemeName> theme;
  bool stats = false;  // say how long it took
};

/// What a render cost, in seconds of real time of the main thread.
struct RenderFigures {
  std::int64_t pictures = 0;  // in the film or folder
  std::int64_t drawn = 0;     // the others are the same as the one before
  double film_s = 0;
  double wall_s = 0;          // from the first picture to the finished file
  double opengl_s = 0;
  double output_s = 0;        // the pipe to ffmpeg, or encoding and writing PNG
  /// Of the wall time: what is neither OpenGL nor the pipe.
  double own_share() const { return wall_s > 0 ? (wall_s - opengl_s - output_s) / wall_s : 0; }
};

/// Returns an exit status; why not is said on standard error, in one line.
int render(const RenderRequest& request, RenderFigures* figures = nullptr);

}  // namespace app
