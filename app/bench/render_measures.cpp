// Rows about films: short walkthroughs are rendered into files that nobody keeps. These are of real time, since most
// of the work is done by other threads and programs.
#include <array>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <system_error>

#include <fmt/format.h>
#include <unistd.h>

#include "app/asset_store.h"
#include "app/bench/measure.h"
#include "app/cli.h"
#include "app/platform.h"
#include "app/render.h"
#include "app/video_process.h"

namespace app::bench {

namespace {

struct Film {
  RenderFigures figures;
  std::string absent;
  std::string failed;
};

/// "" if films can be made here.
std::string what_is_missing() {
  std::string why_not;
  if (!OffscreenRenderer::open(320, 240, 1, &why_not)) return why_not;
  VideoProcess ffmpeg;
  return ffmpeg.start({"ffmpeg", "-version"}) == VideoProcess::Started::Yes ? "" : "there is no ffmpeg";
}

/// Hardly a frame is like the one before it, and many messages fly in each.
constexpr std::string_view eleven_in_motion = R"(walkthrough 1
title en: Eleven nodes
cluster A B C D E F G H I J K
seed 4

step "An election"
  say en: Eleven nodes elect a leader.
  pace 1/10
  for 1s

step "Two writes"
  say en: They store what a client asks for.
  pace 1/10
  do write x=1
  for 200ms
  do write y=2
  for 800ms
)";

/// A name that no other process uses, and nothing under it afterwards.
class PassingFile {
 public:
  explicit PassingFile(const char* ending)
      : path_((std::filesystem::temp_directory_path(code_) / fmt::format("raftlab-bench-{}{}", getpid(), ending)).string()) {}
  ~PassingFile() { std::filesystem::remove(path_, code_); }
  PassingFile(const PassingFile&) = delete;
  PassingFile& operator=(const PassingFile&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::error_code code_;
  std::string path_;
};

Film film_of(const std::string& walkthrough) {
  Film film;
  film.absent = what_is_missing();
  if (!film.absent.empty()) return film;
  const PassingFile output(".mp4");
  RenderRequest request;
  request.file = walkthrough;
  request.output = output.path();
  request.every = RenderRequest::Every::Frame;
  if (render(request, &film.figures) != exit_held) film.failed = "the film was not rendered";
  return film;
}

// One film serves two rows.

const Film& film_of_one_node() {
  static const Film once = film_of(asset_path("walkthroughs/one_node.walk"));
  return once;
}

const Film& film_in_motion() {
  static const Film once = [] {
    const PassingFile walkthrough(".walk");
    std::ofstream(walkthrough.path()) << eleven_in_motion;
    return film_of(walkthrough.path());
  }();
  return once;
}

template <const Film& (*film)()>
Sample real_time() {
  const RenderFigures& figures = film().figures;
  return {.figure = figures.wall_s > 0 ? figures.film_s / figures.wall_s : 0,
          .failed = film().failed,
          .absent = film().absent};
}

template <const Film& (*film)()>
Sample own_share() {
  return {.figure = 100 * film().figures.own_share(), .failed = film().failed, .absent = film().absent};
}

constexpr auto render_rows = std::to_array<Measure>({
    {"render", "film of 1920x1080 at 30 frames a second", "real time", Better::More, 0.5, 0.5, 1, real_time<film_of_one_node>},
    {"render-own", "of that, neither OpenGL nor ffmpeg's pipe", "%", Better::Less, 10, 10, 1, own_share<film_of_one_node>},
    {"render-eleven", "the same, of 11 nodes always in motion", "real time", Better::More, 0.5, 0.5, 1, real_time<film_in_motion>},
    {"render-eleven-own", "of that, neither OpenGL nor ffmpeg's pipe", "%", Better::Less, 10, 10, 1, own_share<film_in_motion>},
});

}  // namespace

std::span<const Measure> render_measures() { return render_rows; }

}  // namespace app::bench
