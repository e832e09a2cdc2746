// Takes an app that nobody sees through a walkthrough and hands the pictures on. When Next is pressed is decided in
// render_film.cpp; files are written by video_file.cpp and png_folder.cpp.
#include "app/render.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>

#include "app/app.h"
#include "app/cli.h"
#include "app/interrupt.h"
#include "app/png.h"
#include "app/png_folder.h"
#include "app/progress_line.h"
#include "app/render_film.h"
#include "app/standard_streams.h"
#include "app/video_file.h"

namespace app {

namespace {

using Clock = std::chrono::steady_clock;

struct Picture {
  const std::vector<std::uint8_t>& pixels;
  std::int64_t number = 0;  // from 0: of the frame, or of the step
  bool again = false;       // the same as the one before
};

/// Takes a picture; "" or why it cannot.
using Put = std::function<std::string(const Picture&)>;

Screen screen_of(App& app) {
  Screen screen;
  screen.prepare_fonts = [&app](float scale) { return app.prepare_fonts(scale); };
  screen.frame = [&app](const FrameInput& input) { return app.frame(input); };
  return screen;
}

/// The layout is made for windows 900 points high; larger pictures are drawn with more pixels per point.
float points_scale(const RenderRequest& request) {
  return std::max(1.0F, static_cast<float>(request.height) / 900.0F);
}

int shown_steps(const App& app) {
  const auto& steps = app.session().player()->walkthrough().steps;
  return static_cast<int>(std::count_if(steps.begin(), steps.end(), [](const auto& step) { return !step.hidden; }));
}

class Render {
 public:
  Render(const RenderRequest& request, OffscreenRenderer& renderer, RenderFigures& figures)
      : request_(request), renderer_(renderer), figures_(figures) {}

  /// The steps that are shown, each at its end. "" or what went wrong.
  std::string draw_steps(App& app, const Put& put);
  std::string draw_film(App& app, std::int64_t frames, const Put& put);

 private:
  std::string put_timed(const Put& put, const Picture& picture);
  void show_progress(ProgressLine& line, std::int64_t done, std::int64_t total) const {
    line.show([&] { return progress_text(request_.output, done, total, line.seconds()); });
  }

  const RenderRequest& request_;
  OffscreenRenderer& renderer_;
  RenderFigures& figures_;
  std::vector<std::uint8_t> pixels_;
};

std::string Render::put_timed(const Put& put, const Picture& picture) {
  const Clock::time_point started = Clock::now();
  std::string error = put(picture);
  figures_.output_s += std::chrono::duration<double>(Clock::now() - started).count();
  if (!picture.again) ++figures_.drawn;
  return error;
}

std::string Render::draw_steps(App& app, const Put& put) {
  const Screen screen = screen_of(app);
  const auto& steps = app.session().player()->walkthrough().steps;
  ProgressLine line;
  for (std::size_t step = 0; step < steps.size() && !interrupted(); ++step) {
    app.session().go_to_step(static_cast<int>(step));
    if (const auto& failure = app.session().player()->failure()) return failure->message();
    if (steps[step].hidden) continue;
    // Fonts and sizes are found in the first frame, the second shows them.
    renderer_.draw(screen, {.picture = false}, pixels_);
    renderer_.draw(screen, {}, pixels_);
    if (std::string error = put_timed(put, {pixels_, static_cast<std::int64_t>(step)}); !error.empty()) return error;
    show_progress(line, static_cast<std::int64_t>(step) + 1, static_cast<std::int64_t>(steps.size()));
  }
  return "";
}

std::string Render::draw_film(App& app, std::int64_t frames, const Put& put) {
  const Screen screen = screen_of(app);
  ProgressLine line;
  FilmPresenter presenter(app, request_.frames_per_second);
  renderer_.draw(screen, {.picture = false}, pixels_);
  bool moving = true;
  for (std::int64_t frame = 0; !interrupted() && presenter.next_frame(); ++frame) {
    const bool again = !moving && !presenter.moved();
    if (!again) moving = renderer_.draw(screen, {}, pixels_) == NextFrame::AtOnce;
    if (std::string error = put_timed(put, {pixels_, frame, again}); !error.empty()) return error;
    show_progress(line, frame + 1, frames);
  }
  return "";
}

/// One picture a step or a frame, in a folder.
std::string render_folder(Render& render, const RenderRequest& request, App& app, std::int64_t pictures) {
  PngFolder folder;
  if (std::string error = folder.open(request.output); !error.empty()) return error;
  const bool steps = request.every == RenderRequest::Every::Step;
  const std::string kind = steps ? "step" : "frame";
  // Names in the order of the alphabet are in the order of time.
  const auto digits = std::max<std::size_t>(steps ? 2 : 6, std::to_string(pictures).size());
  std::string png;
  const Put put = [&](const Picture& picture) -> std::string {
    if (!picture.again) png = encode_png(request.width, request.height, picture.pixels);
    if (png.empty()) return request.output + ": the picture could not be encoded";
    return folder.write(fmt::format("{}-{:0{}}.png", kind, picture.number + 1, digits), png);
  };
  std::string error = steps ? render.draw_steps(app, put) : render.draw_film(app, pictures, put);
  if (!error.empty() || interrupted()) return error;
  return folder.commit();
}

/// `painter`, an app of its own, draws the pictures from which a gif takes its colours.
std::string render_video(Render& render, const RenderRequest& request, VideoFormat format, App& app, App& painter,
                         std::int64_t frames) {
  const int palette_frames = format == VideoFormat::Gif ? shown_steps(app) : 0;
  VideoFile video;
  std::string error = video.open({.path = request.output,
                                  .format = format,
                                  .width = request.width,
                                  .height = request.height,
                                  .frames_per_second = request.frames_per_second,
                                  .palette_frames = palette_frames});
  const Put put = [&video](const Picture& picture) { return video.write(picture.pixels); };
  if (error.empty() && palette_frames > 0) error = render.draw_steps(painter, put);
  if (error.empty()) error = render.draw_film(app, frames, put);
  if (error.empty() && !interrupted()) error = video.commit();
  return error;
}

std::unique_ptr<App> open_app(const RenderRequest& request, App::Error& error) {
  AppOptions options;
  options.file = request.file;
  options.settings.language = request.language.value_or(raft::explain::Language::English);
  options.settings.theme = request.theme.value_or(ui::ThemeName::Paper);
  return App::create(std::move(options), error);
}

int fail(int status, const std::string& text) {
  complain(text);
  return status;
}

int say_figures(const RenderRequest& request, const RenderFigures& figures) {
  std::string text = fmt::format("{}: {} pictures, {} drawn, in {:.1f} s\n", request.output, figures.pictures, figures.drawn, figures.wall_s);
  if (figures.film_s > 0) text += fmt::format("{:.1f} s of film: {:.2f} times real time\n", figures.film_s, figures.film_s / figures.wall_s);
  return print(text + fmt::format("OpenGL {:.1f} s, output {:.1f} s, everything else {:.1f} %\n", figures.opengl_s, figures.output_s,
                                  100 * figures.own_share()));
}

}  // namespace

int render(const RenderRequest& request, RenderFigures* wanted) {
  watch_for_interrupt();
  App::Error error;
  const std::unique_ptr<App> rehearsal = open_app(request, error);
  if (rehearsal == nullptr) return fail(error.exit_status, error.text);
  const FilmPlan plan = plan_film(*rehearsal, request.frames_per_second);
  if (interrupted()) return fail(exit_cancelled, "cancelled");
  if (!plan.failure.empty()) return fail(exit_failed, plan.failure);
  if (plan.too_long) {
    return fail(exit_bad_input, fmt::format("{}: the film would last more than {} hours; a faster pace makes it shorter",
                                            request.file, longest_film_hours));
  }
  const std::unique_ptr<App> app = open_app(request, error);
  if (app == nullptr) return fail(error.exit_status, error.text);

  const std::optional<VideoFormat> format = video_format_of(request.output);
  const bool film = format || request.every == RenderRequest::Every::Frame;
  // In motion nobody sees the difference, which costs half of the speed.
  const int samples = film ? 0 : 4;
  std::string why_not;
  std::optional<OffscreenRenderer> renderer =
      OffscreenRenderer::open(request.width, request.height, points_scale(request), &why_not, samples);
  if (!renderer) return fail(exit_surroundings, why_not);

  RenderFigures figures;
  const Clock::time_point started = Clock::now();
  Render render(request, *renderer, figures);
  figures.pictures = film ? plan.frames : shown_steps(*app);
  const std::string failure = format ? render_video(render, request, *format, *app, *rehearsal, plan.frames)
                                     : render_folder(render, request, *app, figures.pictures);
  if (interrupted()) return fail(exit_cancelled, "cancelled");
  if (!failure.empty()) return fail(exit_surroundings, failure);
  figures.film_s = !film ? 0 : static_cast<double>(plan.frames) / request.frames_per_second;
  figures.wall_s = std::chrono::duration<double>(Clock::now() - started).count();
  figures.opengl_s = renderer->seconds_in_opengl();
  if (wanted != nullptr) *wanted = figures;
  return request.stats ? say_figures(request, figures) : exit_held;
}

}  // namespace app
