// `raftlab render FILE -o FOLDER`: one picture for every step, drawn off screen.
#include <fmt/format.h>

#include <filesystem>

#include "app/app.h"
#include "app/cli.h"
#include "app/interrupt.h"
#include "app/png.h"

namespace app {

namespace {

int fail(int status, const std::string& text) {
  fmt::print(stderr, "{}\n", text);
  return status;
}

/// The frame as it settles: fonts and sizes are found in the first, the second shows them.
std::vector<std::uint8_t> draw_settled(OffscreenRenderer& renderer, const Screen& screen) {
  renderer.draw(screen, 0.0);
  return renderer.draw(screen, 0.0);
}

/// Draws every step into `folder`. Returns "" or what went wrong.
std::string draw_steps(App& app, OffscreenRenderer& renderer, const std::filesystem::path& folder) {
  Screen screen;
  screen.prepare_fonts = [&app](float scale) { return app.prepare_fonts(scale); };
  screen.frame = [&app](const FrameInput& input) { return app.frame(input); };
  const auto steps = static_cast<int>(app.session().player()->walkthrough().steps.size());
  for (int step = 0; step < steps && !interrupted(); ++step) {
    app.session().go_to_step(step);
    if (const auto& failure = app.session().player()->failure()) return failure->message();
    const std::string name = fmt::format("step-{:02}.png", step + 1);
    const std::vector<std::uint8_t> pixels = draw_settled(renderer, screen);
    const auto error = write_png((folder / name).string(), renderer.width_px(), renderer.height_px(), pixels);
    if (error) return *error;
  }
  return "";
}

}  // namespace

int render(const RenderRequest& request) {
  watch_for_interrupt();
  AppOptions options;
  options.file = request.file;
  options.remember_settings = false;
  options.settings.language = request.language.value_or(raft::explain::Language::English);
  options.settings.theme = request.theme.value_or(ui::ThemeName::Paper);
  App::Error error;
  const std::unique_ptr<App> app = App::create(std::move(options), error);
  if (app == nullptr) return fail(error.exit_status, error.text);

  std::string why_not;
  // The layout is made for windows 900 points high; larger pictures are drawn with more pixels per point.
  const float scale = std::max(1.0F, static_cast<float>(request.height) / 900.0F);
  std::optional<OffscreenRenderer> renderer =
      OffscreenRenderer::open(request.width, request.height, scale, &why_not);
  if (!renderer) return fail(exit_surroundings, why_not);

  // The folder appears when all pictures are in it.
  const std::filesystem::path folder(request.output);
  const std::filesystem::path part(folder.parent_path() / (folder.filename().string() + ".part"));
  std::error_code system_error;
  std::filesystem::remove_all(part, system_error);
  if (!std::filesystem::create_directories(part, system_error)) {
    return fail(exit_surroundings, fmt::format("{}: {}", request.output, system_error.message()));
  }
  const std::string failure = draw_steps(*app, *renderer, part);
  if (!failure.empty() || interrupted()) {
    std::filesystem::remove_all(part, system_error);
    if (interrupted()) return fail(exit_cancelled, "cancelled");
    return fail(app->session().player()->failure() ? exit_failed : exit_surroundings, failure);
  }
  std::filesystem::create_directories(folder, system_error);
  for (const auto& picture : std::filesystem::directory_iterator(part)) {
    std::filesystem::rename(picture.path(), folder / picture.path().filename(), system_error);
  }
  std::filesystem::remove_all(part, system_error);
  if (system_error) return fail(exit_surroundings, fmt::format("{}: {}", request.output, system_error.message()));
  return exit_held;
}

}  // namespace app
