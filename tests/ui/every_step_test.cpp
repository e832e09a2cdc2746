// The whole program, drawn without a window, over every step of every walkthrough that comes with it, at four sizes and
// in both languages: no text is cut by its panel, none lies on another, no mark covers a word, and every character has a
// glyph.
#include <doctest/doctest.h>
#include <imgui.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "app/app.h"
#include "app/asset_store.h"
#include "app/font_files.h"
#include "tests/ui/window.h"
#include "ui/layout.h"
#include "ui/scene.h"

namespace ui::test {

using raft::explain::Language;

namespace {

struct Sight {
  Size2 size;
  Language language{};
};

std::string content_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream content;
  content << file.rdbuf();
  return content.str();
}

std::vector<std::string> walkthrough_paths() {
  std::vector<std::string> paths;
  for (const std::string& name : app::list_assets("walkthroughs", ".walk")) paths.push_back(app::asset_path(name));
  return paths;
}

/// One context with all that any walkthrough may say in its fonts; drawing needs no graphics card.
class Program {
 public:
  explicit Program(const std::vector<std::string>& paths, float text_scale = 1, float room = 1) {
    ImGui::SetCurrentContext(context_);
    ImGui::GetIO().IniFilename = nullptr;
    ImGui::GetIO().BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;
    std::string characters = words_of(Language::English).all_characters() +
                             words_of(Language::Chinese).all_characters();
    for (const std::string& path : paths) characters += content_of(path);
    static const FontFiles fonts = app::find_fonts();
    build_fonts(fonts, 1, text_scale * room, characters);
    app::AppOptions options;
    options.file = paths.front();
    options.settings.text_scale = text_scale;
    app::App::Error error;
    app_ = app::App::create(std::move(options), error);
    REQUIRE_MESSAGE(app_ != nullptr, error.text);
  }
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;
  ~Program() { ImGui::DestroyContext(context_); }

  app::App& app() { return *app_; }

  /// What the frame has drawn.
  Drawn frame(Size2 size) {
    ImGuiIO& io = ImGui::GetIO();
    io.DisplaySize = {size.width, size.height};
    io.DeltaTime = 1.0F / 60;
    Drawn drawn;
    app_->ui_state().drawn = &drawn;
    ImGui::NewFrame();
    app_->frame({.elapsed_s = 0, .width = size.width, .height = size.height, .keys = {}, .dropped_files = {}});
    ImGui::Render();
    app_->ui_state().drawn = nullptr;
    return drawn;
  }

 private:
  ImGuiContext* context_ = ImGui::CreateContext();
  std::unique_ptr<app::App> app_;
};

/// "Raftlab/stage_0F3A" is the stage.
std::string panel_of(const DrawnItem& item) {
  const std::size_t from = item.panel.rfind('/') == std::string::npos ? 0 : item.panel.rfind('/') + 1;
  return item.panel.substr(from, item.panel.rfind('_') - from);
}

bool scrolls_down(const std::string& panel) { return panel == "inspector" || panel == "events" || panel == "upcoming"; }

/// More than a hairline of both.
bool lies_on(const Rect& a, const Rect& b) {
  const Rect both = shared(a, b);
  return both.width() > 1.5F && both.height() > 1.5F;
}

/// A plate holds its own words.
bool holds(const Rect& outer, const Rect& inner) {
  return inner.left >= outer.left && inner.right <= outer.right && inner.top >= outer.top && inner.bottom <= outer.bottom;
}

/// The box is in a corner that the circle leaves free.
bool beside_circle(const Rect& circle, const Rect& box) {
  const Point middle = circle.center();
  const Point nearest{std::clamp(middle.x, box.left, box.right), std::clamp(middle.y, box.top, box.bottom)};
  return distance(nearest, middle) > circle.width() / 2 - 2;
}

/// What is wrong with a frame, each once: "kind panel: words".
class Faults {
 public:
  std::map<std::string, std::string> found;  // what, and where it was met first
  std::map<std::string, int> counts;         // by kind
  std::set<std::string> cut;                 // shortened on purpose

  void look_at(const Drawn& drawn, const std::string& where) {
    where_ = where;
    for (const DrawnItem& item : drawn) look_at(item);
    for (std::size_t i = 0; i < drawn.size(); ++i) {
      for (std::size_t j = i + 1; j < drawn.size(); ++j) look_at(drawn[i], drawn[j]);
    }
  }

 private:
  void add(const std::string& kind, const DrawnItem& item, const std::string& more = "") {
    ++counts[kind];
    std::ostringstream text;
    text << kind << " [" << panel_of(item) << "] " << item.what << more;
    std::ostringstream place;
    place << where_ << " at " << item.box.left << "," << item.box.top;
    found.emplace(text.str(), place.str());
  }

  void look_at(const DrawnItem& item) {
    const std::string panel = panel_of(item);
    if (item.kind == DrawnKind::Text) {
      if (item.missing_glyph) add("glyph", item);
      if (item.cut) cut.insert(panel + ": " + item.what);
    }
    const Rect seen = shared(item.box, item.clip);
    const bool across = item.box.left < item.clip.left - 1 || item.box.right > item.clip.right + 1;
    const bool down = item.box.top < item.clip.top - 1 || item.box.bottom > item.clip.bottom + 1;
    const bool away = seen.width() <= 0 || seen.height() <= 0;
    if (item.kind == DrawnKind::Mark && item.what == "heartbeat") return;
    if (panel == "log" && across && !down) return;  // it scrolls
    if (scrolls_down(panel) && !across) return;
    if (scrolls_down(panel) && away) return;
    if (across || down) add("outside", item);
  }

  void look_at(const DrawnItem& below, const DrawnItem& above) {
    if (below.panel != above.panel) return;
    const Rect a = shared(below.box, below.clip);
    const Rect b = shared(above.box, above.clip);
    if (!lies_on(a, b)) return;
    const auto is = [](const DrawnItem& item, DrawnKind kind) { return item.kind == kind; };
    if (is(below, DrawnKind::Text) && is(above, DrawnKind::Text)) return add("text on text", above, " | " + below.what);
    if (is(below, DrawnKind::Label) && is(above, DrawnKind::Label))
      return add("label on label", above, " | " + below.what);
    // A label's own words come after its ground.
    if (is(below, DrawnKind::Text) && is(above, DrawnKind::Label)) return add("label on text", above, " | " + below.what);
    if (is(below, DrawnKind::Mark) && is(above, DrawnKind::Label)) {
      if (below.what != "heartbeat" && below.what != "streak" && !holds(a, b) && !(below.what == "node" && beside_circle(a, b))) add("label on mark", above, " | " + below.what);
      return;
    }
    if (is(above, DrawnKind::Mark) && above.what != "node" && above.what != "plate") {
      if (is(below, DrawnKind::Text) && above.what == "message") return add("mark on text", above, " | " + below.what);
      if (below.what == "plate" && above.what == "message") return add("message on plate", above);
      if (below.what == "node" && above.what == "message" && !beside_circle(a, b)) return add("message on node", above);
    }
    if (is(below, DrawnKind::Mark) && is(above, DrawnKind::Mark)) {
      const bool both_stand = (below.what == "node" || below.what == "plate") &&
                              (above.what == "node" || above.what == "plate");
      if (below.what == "message" && above.what == "message") add("message on message", above);
      if (both_stand) add("node on node", above, " | " + below.what);
    }
  }

  std::string where_;
};

void report(const Faults& faults) {
  for (const auto& [what, where] : faults.found) MESSAGE(what << "  in " << where);
  for (const auto& [kind, count] : faults.counts) MESSAGE(kind << ": " << count);
}

const char* code(Language language) { return raft::explain::language_code(language); }

void look_at_step(Program& program, int step, const Sight& sight, const std::string& name, Faults& faults) {
  program.app().apply(SetLanguage{sight.language});
  program.frame(sight.size);  // sizes are found in the first frame, the second shows them
  std::ostringstream where;
  where << name << " step " << step + 1 << " " << sight.size.width << " " << code(sight.language);
  faults.look_at(program.frame(sight.size), where.str());
}

std::vector<Sight> all_sights() {
  std::vector<Sight> sights;
  for (const Size2 size : all_sizes) {
    for (const Language language : {Language::English, Language::Chinese}) sights.push_back({size, language});
  }
  return sights;
}

bool says(const Drawn& drawn, const std::string& text) {
  return std::any_of(drawn.begin(), drawn.end(), [&text](const DrawnItem& item) { return item.kind == DrawnKind::Text && item.what == text; });
}

}  // namespace

TEST_CASE("Once a rule is on again, what was broken without it is told of as past") {
  const std::vector<std::string> paths{app::asset_path("walkthroughs/read_the_latest.walk")};
  Program program(paths);
  program.app().apply(OpenWalkthrough{paths.front()});
  program.app().session().go_to_step(5);
  CHECK(says(program.frame({1600, 900}), "Linearizable · broken"));
  program.app().session().go_to_step(10);
  const Drawn later = program.frame({1600, 900});
  CHECK(says(later, "Linearizable · was broken"));
  CHECK_FALSE(says(later, "Linearizable · broken"));
}

TEST_CASE("The words of a cut lie on no other link, though messages fly beside its barrier") {
  const std::vector<std::string> paths{source_dir() + "/tests/legibility/moments/m16.walk"};
  Program program(paths);
  program.app().apply(OpenWalkthrough{paths.front()});
  program.app().session().go_to_step(0);
  const Size2 size{1280, 720};
  program.frame(size);
  const Drawn drawn = program.frame(size);
  const raft::sim::Timeline& run = program.app().session().run();
  const Rect area = make_layout({.width = size.width, .height = size.height, .nodes = 4}).stage;
  const Scene scene = make_scene({.world = run.world(), .clock = run.clock(), .stage = program.app().ui_state().stage, .area = area, .keep_clear = {}, .has_clients = true});
  int cuts = 0;
  for (const DrawnItem& item : drawn) {
    if (item.kind != DrawnKind::Label || item.what.find("cut") == std::string::npos) continue;
    ++cuts;
    for (const LinkShape& link : scene.links) {
      if (link.has_barrier()) continue;
      CAPTURE(item.what);
      CHECK_FALSE(segments_cross(link.from, link.to, {item.box.left, item.box.top}, {item.box.right, item.box.bottom}));
      CHECK_FALSE(segments_cross(link.from, link.to, {item.box.right, item.box.top}, {item.box.left, item.box.bottom}));
    }
  }
  CHECK(cuts == 2);
}

TEST_CASE("In room mode the words of every panel are at least 1/36 of the height") {
  const std::vector<std::string> paths = walkthrough_paths();
  for (const Size2 size : {all_sizes[0], all_sizes[2]}) {
    Program program(paths, 1, room_factor(size.height, 1));
    for (const std::string& path : paths) {
      program.app().apply(OpenWalkthrough{path});
      program.app().ui_state().room = true;
      const int last = static_cast<int>(program.app().session().player()->walkthrough().steps.size()) - 1;
      program.app().session().go_to_step(last / 2);
      program.frame(size);
      const Drawn drawn = program.frame(size);
      // The ink of a line is three quarters of its type's height and more.
      for (const DrawnItem& item : drawn) {
        if (item.kind != DrawnKind::Text || panel_of(item) == "stage") continue;  // the stage grows with its nodes
        CAPTURE(item.what);
        CAPTURE(path);
        CHECK(item.box.height() / 0.76F / 1.21F >= size.height / 36 - 0.5F);
      }
    }
  }
}

TEST_CASE("In every walkthrough no text is cut off, covered, or without a glyph, and nothing leaves its panel") {
  const std::vector<std::string> paths = walkthrough_paths();
  REQUIRE(paths.size() > 30);
  Program program(paths);
  const std::vector<Sight> sights = all_sights();
  Faults faults;
  std::int64_t frames = 0;
  for (const std::string& path : paths) {
    program.app().apply(OpenWalkthrough{path});
    const std::string name = path.substr(path.rfind('/') + 1);
    const int steps = static_cast<int>(program.app().session().player()->walkthrough().steps.size());
    program.app().apply(ToggleRecording{});  // its sign is wider than its button
    for (const Sight& sight : sights) {
      look_at_step(program, -1, sight, name, faults);
      ++frames;
    }
    program.app().apply(ToggleRecording{});
    for (int step = 0; step < steps; ++step) {
      program.app().session().go_to_step(step);
      for (const Sight& sight : sights) {
        look_at_step(program, step, sight, name, faults);
        ++frames;
      }
    }
  }
  report(faults);
  CHECK(frames > 3'000);
  // On a crowded stage a message may have to pass over a word, or over another where their ways cross.
  constexpr std::array<std::string_view, 3> passes{"mark on text", "message on plate", "message on message"};
  CHECK(faults.counts["message on message"] * 40 <= frames);
  CHECK((faults.counts["mark on text"] + faults.counts["message on plate"]) * 500 <= frames);
  for (const auto& fault : faults.counts) {
    const std::string& kind = fault.first;
    CAPTURE(kind);
    if (std::find(passes.begin(), passes.end(), kind) == passes.end()) CHECK(fault.second == 0);
  }
  // What does not fit ends in an ellipsis, and is said in full by a tooltip; a caption has none to need it.
  for (const std::string& text : faults.cut) {
    CAPTURE(text);
    CHECK_FALSE(text.starts_with("caption"));
    CHECK_FALSE(text.starts_with("top bar"));  // nothing else in the window says what is open
    CHECK_FALSE(text.starts_with("safety"));
  }
  MESSAGE(frames << " frames; " << faults.cut.size() << " different texts end in an ellipsis");
}

}  // namespace ui::test
