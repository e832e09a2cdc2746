// `raftlab [FILE]`: opens the window.

#include "app/app.h"
#include "app/cli.h"
#include "app/files.h"
#include "app/interrupt.h"
#include "app/memory.h"
#include "app/standard_streams.h"

namespace app {

namespace {

/// What becomes of a recording that could not be saved. Only what is on disk can be offered again.
const char* what_is_left(RunRecorder::Safe safe) {
  using Safe = RunRecorder::Safe;
  switch (safe) {
    case Safe::NothingToKeep: return "";
    case Safe::All: return "; the recording is offered again at the next start";
    case Safe::Part: return "; the recording could be kept only in part, which is offered again at the next start";
    case Safe::None: return "; the recording is lost";
  }
  return "";
}

int save_at_exit(App& app) {
  const App::Ending ending = app.end();
  if (!ending.saved_to.empty()) print(ending.saved_to + ": the recording is saved\n");
  if (!ending.why_not.empty()) complain(ending.why_not + what_is_left(ending.safe));
  if (!ending.trace_trouble.empty()) complain(ending.trace_trouble);
  if (ending.loses_draft) complain("the walkthrough that was being written could be kept nowhere, and is lost");
  return ending.why_not.empty() && !ending.loses_draft && ending.trace_trouble.empty() ? exit_held : exit_surroundings;
}

}  // namespace

int open_window(const WindowRequest& request) {
  AppOptions options;
  options.file = request.file;
  options.trace_path = request.trace;
  options.record_path = request.record;
  options.look_for_recovered = true;
  Memory memory;
  options.memory = &memory;
  options.settings = memory.settings();
  options.progress = memory.progress();
  if (request.language) options.settings.language = *request.language;
  if (request.theme) options.settings.theme = *request.theme;

  if (!request.record.empty()) {
    AtomicFile there;  // better now than at the end
    if (const std::string why = there.open(request.record); !why.empty()) {
      complain(why);
      return exit_surroundings;
    }
  }
  App::Error error;
  const std::unique_ptr<App> app = App::create(std::move(options), error);
  if (app == nullptr) {
    complain(error.text);
    return error.exit_status;
  }
  Screen screen;
  screen.prepare_fonts = [&app](float scale) { return app->prepare_fonts(scale); };
  screen.frame = [&app](const FrameInput& input) { return app->frame(input); };
  screen.must_end = interrupted;
  watch_for_interrupt();
  std::string why_not;
  const WindowOptions window{.title = "Raftlab", .place = memory.progress().window};
  const WindowResult result = run_window(window, screen, &why_not);
  app->remember_all();
  if (result == WindowResult::Closed) {
    const int status = save_at_exit(*app);
    return status == exit_held && interrupted() ? exit_cancelled : status;
  }
  complain(why_not + "; to play it without a window: raftlab run FILE --transcript en");
  return exit_surroundings;
}

}  // namespace app
