// Films and pictures of a walkthrough: the frames that were planned, the same ones every time, and nothing left behind.
#include "app/render_film.h"

#include <map>
#include <set>
#include <vector>

#include "app/progress_line.h"
#include "tests/support/program.h"

namespace app::test {

namespace {

namespace fs = std::filesystem;

const std::string filmed_story = R"(walkthrough 1
title en: Short
title zh: 短
cluster A B C
seed 2

step "Elect"
  say en: They vote.
  say zh: 投票。
  pace 1/50
  until leaders = 1 within 2s
  ask en: One?
  ask zh: 一个？
  answer leaders = 1 within 1s

step "Unseen"
  hide
  for 100ms

step "Cut"
  say en: Cut.
  say zh: 断开。
  pace 1/20
  do partition A | B C
  for 20ms
)";

constexpr int fps = 5;
const std::string small = " --size 320x240 --fps 5";

std::unique_ptr<app::App> open_story(const Folder& folder, const std::string& text = filmed_story) {
  write(folder / "s.walk", text);
  app::AppOptions options;
  options.file = (folder / "s.walk").string();
  app::App::Error error;
  std::unique_ptr<app::App> app = app::App::create(std::move(options), error);
  REQUIRE_MESSAGE(app != nullptr, error.text);
  return app;
}

std::set<std::string> names_in(const fs::path& folder) {
  std::set<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) names.insert(entry.path().filename().string());
  return names;
}

/// Whether a program is running that was told of something in `folder`.
bool somebody_works_in(const fs::path& folder) {
  for (const auto& process : fs::directory_iterator("/proc")) {
    std::error_code gone;
    const fs::path at = fs::read_symlink(process.path() / "cwd", gone);
    if (!gone && at == folder) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("a caption is shown for as long as it takes to read it, and a Chinese character counts as two letters") {
  CHECK(app::reading_seconds("") == 0);
  CHECK(app::reading_seconds("They vote.") == doctest::Approx(1 + 10 / 15.0));
  CHECK(app::reading_seconds("投票。") == doctest::Approx(1 + 6 / 15.0));
  CHECK(app::reading_seconds("A – B") == doctest::Approx(1 + 5 / 15.0));
}

TEST_CASE("a film goes through the steps that are shown, in order, each long enough to be read") {
  const Folder folder;
  const auto app = open_story(folder);
  app::FilmPresenter presenter(*app, fps);
  std::vector<int> steps;
  std::map<int, int> frames;
  std::vector<std::string> question;  // how it stands, whenever that changes
  while (presenter.next_frame()) {
    const auto view = *app->walkthrough_view();
    if (steps.empty() || steps.back() != view.step) steps.push_back(view.step);
    ++frames[view.step];
    const std::string now = !view.question ? "none" : view.question->answers ? "answered" : "asked";
    if (question.empty() || question.back() != now) question.push_back(now);
  }
  CHECK(steps == std::vector<int>{-1, 0, 2});
  CHECK(question == std::vector<std::string>{"none", "asked", "answered", "none"});
  CHECK(frames[-1] >= app::reading_seconds("Short") * fps);
  CHECK(frames[0] >= (app::reading_seconds("They vote.") + app::reading_seconds("One? yes no")) * fps);
  CHECK(frames[2] >= app::reading_seconds("Cut.") * fps);
  CHECK_FALSE(app->session().left_walkthrough());
}

TEST_CASE("the questions of one step are asked in turn, each with every answer that is right, before the next step begins") {
  const Folder folder;
  const auto app = open_story(folder, R"(walkthrough 1
cluster A B C
seed 2

step "Two"
  ask en: Which are up?
  answer which n: up n within 1s
  ask en: What holds?
  option en: A is up when up A within 1s
  option en: A is down when not up A within 1s
  option en: B is up when up B within 1s

step "After"
  for 10ms
)");
  const auto next = [&] {
    app->apply(ui::NextStep{});
    while (app->playing()) app->advance(0.1);
    return *app->walkthrough_view();
  };
  using Answers = std::optional<std::vector<int>>;
  ui::WalkthroughView view = next();
  CHECK(view.question->text == "Which are up?");
  CHECK(view.question->answers == Answers{});
  view = next();
  CHECK(view.question->text == "Which are up?");
  CHECK(view.question->answers == Answers{{0, 1, 2}});
  view = next();
  CHECK(view.step == 0);
  CHECK(view.question->text == "What holds?");
  CHECK(view.question->answers == Answers{});
  app->ui_state().choice = {0, 1, 2};  // by the person: at once its answer, too
  view = *app->walkthrough_view();
  CHECK(view.question->answers == Answers{{0, 2}});
  view = next();
  CHECK(view.step == 1);
  CHECK_FALSE(view.question);

  app->apply(ui::PreviousStep{});
  CHECK(app->walkthrough_view()->question->text == "Which are up?");

  const auto filmed = open_story(folder, read(folder / "s.walk"));
  app::FilmPresenter presenter(*filmed, fps);
  std::vector<std::string> shown;  // whenever it changes
  while (presenter.next_frame()) {
    const auto question = filmed->walkthrough_view()->question;
    const std::string now = question ? question->text + (question->answers ? " answered" : "") : "";
    if (shown.empty() || shown.back() != now) shown.push_back(now);
  }
  CHECK(shown == std::vector<std::string>{"", "Which are up?", "Which are up? answered", "What holds?", "What holds? answered", ""});
}

TEST_CASE("every frame of a film goes on by the step's pace, exactly") {
  const Folder folder;
  const auto app = open_story(folder);
  app::FilmPresenter presenter(*app, fps);
  int compared = 0;
  raft::sim::Time before = 0;
  bool played = false;  // the frame before was in the middle of a step
  while (presenter.next_frame()) {
    const raft::sim::Time clock = app->session().run().clock();
    const int step = app->session().step_at_cursor();
    if (played && app->playing()) {
      CHECK(clock - before == (step == 0 ? 4000 : 10000));  // 200 ms at 1/50 and at 1/20
      ++compared;
    }
    played = app->playing();
    before = clock;
  }
  CHECK(compared > 30);
}

TEST_CASE("a film ends where the walkthrough fails, before anything is drawn") {
  const Folder folder;
  const auto app = open_story(folder, filmed_story + "  expect leaders = 0\n");
  const app::FilmPlan plan = app::plan_film(*app, fps);
  CHECK(plan.failure.find("expected leaders = 0") != std::string::npos);
  const Result result = run(folder, "render s.walk -o x.mp4" + small);
  CHECK(result.status == 1);
  CHECK(result.err == "s.walk:26:10: expected leaders = 0, but it is 1\n");
  CHECK(names_in(folder.path()) == std::set<std::string>{"s.walk"});
}

TEST_CASE("a film is refused when it would last for days") {
  const Folder folder;
  const auto app = open_story(folder, "walkthrough 1\ncluster A\nstep \"s\"\n  pace 1/1000\n  for 1h\n");
  CHECK(app::plan_film(*app, 1).too_long);
}

TEST_CASE("a film has the size, the length and the frames that were planned, and is the same to the bit each time") {
  const Folder folder;
  const auto app = open_story(folder);
  const std::int64_t frames = app::plan_film(*app, fps).frames;
  for (const std::string ending : {"mp4", "webm", "gif"}) {
    CAPTURE(ending);
    for (const std::string name : {"a.", "b."}) {
      const Result result = run(folder, "render s.walk -o " + name + ending + small);
      REQUIRE_MESSAGE(result.status == 0, result.err);
      CHECK(result.err.empty());
    }
    CHECK(read(folder / ("a." + ending)) == read(folder / ("b." + ending)));
    const auto decoded = [&](const std::string& name) {
      return run_shell(folder, "ffmpeg -v error -i " + name + ending + " -fps_mode passthrough -f framemd5 -").out;
    };
    CHECK(decoded("a.") == decoded("b."));
    const Result probe = run_shell(folder, "ffprobe -v error -count_frames -of csv=p=0 -show_entries "
                                           "stream=width,height,nb_read_frames a." + ending);
    // A gif keeps only frames that differ from the one before.
    if (ending != "gif") CHECK(probe.out == "320,240," + std::to_string(frames) + "\n");
    const Result length = run_shell(folder, "ffprobe -v error -of csv=p=0 -show_entries format=duration a." + ending);
    CHECK(std::stod(length.out) == doctest::Approx(static_cast<double>(frames) / fps).epsilon(0.01));
  }
}

TEST_CASE("pictures: one for each step that is shown, or one for each frame") {
  const Folder folder;
  const auto app = open_story(folder);
  const std::int64_t frames = app::plan_film(*app, fps).frames;
  fs::create_directory(folder / "steps");
  write(folder / "steps/mine.txt", "kept");
  for (const std::string name : {"steps", "again"}) CHECK(run(folder, "render s.walk -o " + name + "/" + small).status == 0);
  CHECK(names_in(folder / "steps") == std::set<std::string>{"mine.txt", "step-01.png", "step-03.png"});
  for (const std::string name : {"step-01.png", "step-03.png"}) {
    CHECK(read(folder / ("steps/" + name)) == read(folder / ("again/" + name)));
  }
  CHECK(run(folder, "render s.walk -o frames --every frame" + small).status == 0);
  CHECK(static_cast<std::int64_t>(names_in(folder / "frames").size()) == frames);
  CHECK(names_in(folder.path()) == std::set<std::string>{"again", "frames", "s.walk", "steps"});
}

TEST_CASE("a cancelled render ends with 130 and leaves nothing behind, no file and no ffmpeg") {
  const Folder folder;
  write(folder / "long.walk", "walkthrough 1\ncluster A B C\nstep \"s\"\n  pace 1/1\n  for 10min\n");
  write(folder / "x.mp4", "from before");
  const std::set<std::string> before = names_in(folder.path());
  const auto cancel = [&](const std::string& output, const std::string& part, const std::string& signal) {
    // The signal comes while frames are being written: ten minutes of film take long to draw.
    const Result result = run_shell(
        folder, "'" + built_program() + "' render long.walk --size 320x240 -o " + output +
                    " & raftlab=$!; for i in $(seq 600); do [ -e " + part + " ] && break; sleep 0.1; done; kill -" + signal +
                    " $raftlab; wait $raftlab");
    CHECK(result.status == 130);
    CHECK(result.err == "cancelled\n");
    CHECK(names_in(folder.path()) == before);
    CHECK_FALSE(somebody_works_in(folder.path()));
  };
  cancel("x.mp4", "x.mp4.part", "INT");
  cancel("y.webm", "y.webm.part", "TERM");
  cancel("made/for/it --every frame", "made/for/it.part/frame-000002.png", "INT");
  CHECK(read(folder / "x.mp4") == "from before");
}

TEST_CASE("without ffmpeg a film is refused in one line, and pictures are drawn all the same") {
  const Folder folder;
  write(folder / "s.walk", filmed_story);
  const Result film = run(folder, "render s.walk -o x.mp4" + small, "PATH=/nowhere");
  CHECK(film.status == 3);
  CHECK(film.err == "x.mp4: films are made by the program ffmpeg, and there is none on the PATH; install it, or draw "
                    "pictures with -o FOLDER\n");
  CHECK(names_in(folder.path()) == std::set<std::string>{"s.walk"});
  CHECK(run(folder, "render s.walk -o pictures" + small, "PATH=/nowhere").status == 0);
  CHECK(fs::exists(folder / "pictures/step-01.png"));
}

TEST_CASE("what ffmpeg says last is why a film could not be made") {
  const Folder folder;
  write(folder / "s.walk", filmed_story);
  write(folder / "ffmpeg", "#!/bin/sh\necho something >&2\necho 'the codec is broken' >&2\nexit 1\n");
  fs::permissions(folder / "ffmpeg", fs::perms::owner_all);
  const auto film = [&] { return run(folder, "render s.walk -o x.mp4" + small, "PATH='" + folder.path().string() + "'"); };
  const Result broken = film();
  CHECK(broken.status == 3);
  CHECK(broken.err == "x.mp4: ffmpeg: the codec is broken\n");
  // Where the disk is to blame it is seldom the last thing that is said.
  write(folder / "ffmpeg", "#!/bin/sh\necho 'x.mp4: No space left on device' >&2\necho 'Conversion failed!' >&2\nexit 1\n");
  const Result full = film();
  CHECK(full.status == 3);
  CHECK(full.err == "x.mp4: cannot be written: no space left on device\n");
  CHECK(names_in(folder.path()) == std::set<std::string>{"ffmpeg", "s.walk"});
}

TEST_CASE("render: what cannot be drawn or written is one line") {
  const Folder folder;
  write(folder / "s.walk", filmed_story);
  write(folder / "file", "from before");
  write(folder / "x.mp4", "from before");
  const auto check = [&](const std::string& arguments, int status, const std::string& line) {
    const Result result = run(folder, "render " + arguments);
    CHECK_MESSAGE(result.status == status, arguments);
    CHECK(result.err == line + "\n");
  };
  check("missing.walk -o x.mp4", 2, "missing.walk: no such file");
  check("s.walk -o x.mp4 --size 321x240", 2, "raftlab: the --size of an .mp4 or .webm film is even, such as 320x240, not 321x240");
  check("s.walk -o x.mp4 --size huge", 2, "raftlab: --size is WIDTHxHEIGHT from 320x240 to 7680x4320, such as 1920x1080, not 'huge'");
  check("s.walk -o x.mp4 --fps 0", 2, "raftlab: --fps is from 1 to 120, not 0");
  check("s.walk -o x.gif --fps 60", 2, "raftlab: --fps is from 1 to 50, not 60: a gif counts in hundredths of a second");
  check("s.walk -o x.mp4 --every step", 2, "raftlab: --every step draws into a folder; a film has all frames");
  check("s.walk -o none/x.mp4" + small, 3, "none/x.mp4: cannot be written: no such file or directory");
  check("s.walk -o file" + small, 3, "file: is a file, not a folder; a film ends in .mp4, .webm or .gif");
  check("s.walk -o file/pictures" + small, 3, "file/pictures: cannot be written: not a directory");
  CHECK(read(folder / "x.mp4") == "from before");
  CHECK(read(folder / "file") == "from before");
}

TEST_CASE("progress says how much is done and how long the rest will take") {
  CHECK(app::progress_text("x.mp4", 0, 200, 0) == "x.mp4: 0 of 200, 0 %");
  CHECK(app::progress_text("x.mp4", 50, 200, 20) == "x.mp4: 50 of 200, 25 %, 1:00 left");
  CHECK(app::progress_text("x.mp4", 1, 101, 60) == "x.mp4: 1 of 101, 0 %, 1:40:00 left");
}

}  // namespace app::test
