// Rows about films: a short walkthrough is rendered into a file that nobody keeps. These are of real time, since most
// of the work is done by other threads and programs.
#include <array>
#include <filesystem>
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

Film rendered_film() {
  Film film;
  film.absent = what_is_missing();
  if (!film.absent.empty()) return film;
  std::error_code code;
  const std::filesystem::path path =
      std::filesystem::temp_directory_path(code) / fmt::format("raftlab-bench-{}.mp4", getpid());
  RenderRequest request;
  request.file = asset_path("walkthroughs/one_node.walk");
  request.output = path.string();
  request.every = RenderRequest::Every::Frame;
  const int status = render(request, &film.figures);
  if (status != exit_held) film.failed = "the film was not rendered";
  std::filesystem::remove(path, code);
  return film;
}

/// One film serves both rows.
const Film& film() {
  static const Film once = rendered_film();
  return once;
}

Sample real_time() {
  const RenderFigures& figures = film().figures;
  return {.figure = figures.wall_s > 0 ? figures.film_s / figures.wall_s : 0,
          .failed = film().failed,
          .absent = film().absent};
}

Sample own_share() {
  return {.figure = 100 * film().figures.own_share(), .failed = film().failed, .absent = film().absent};
}

constexpr auto render_rows = std::to_array<Measure>({
    {"render", "film of 1920x1080 at 30 frames a second", "real time", Better::More, 0.5, 0.5, 1, real_time},
    {"render-own", "of that, neither OpenGL nor ffmpeg's pipe", "%", Better::Less, 10, 10, 1, own_share},
});

}  // namespace

std::span<const Measure> render_measures() { return render_rows; }

}  // namespace app::bench
