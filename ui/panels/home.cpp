// The home screen: the course in its chapters, what was left, a cluster of one's own, files. It fills the window;
// whatever is typed is searched for.
#include "ui/panels/home.h"

#include <imgui.h>

#include <algorithm>
#include <array>
#include <utility>

#include "raft/core/ascii.h"
#include "ui/icons.h"
#include "ui/panels/panels.h"

namespace ui {

namespace {

constexpr float head_height = 72;
constexpr float home_rail_width = 248;
constexpr float home_rail_row = 34;
constexpr float rail_needs = 1000;  // narrower windows do without
constexpr float page_edge = 32;
constexpr float content_most = 1760;

// --- what is listed ---

/// Every word of what is searched for occurs.
bool fits(const LibraryEntry& entry, std::string_view search) {
  while (!search.empty()) {
    const std::size_t space = std::min(search.find(' '), search.size());
    if (space > 0 && entry.searched.find(search.substr(0, space)) == std::string::npos) return false;
    search.remove_prefix(std::min(space + 1, search.size()));
  }
  return true;
}

/// Those whose title begins with it come before those that only speak of it.
void best_first(const Panel& panel, std::vector<int>& entries, const std::string& search) {
  std::stable_partition(entries.begin(), entries.end(), [&](int i) {
    return raft::ascii::lower(panel.view.library[static_cast<std::size_t>(i)].title).find(search) != std::string::npos;
  });
}

HomeSection found_section(const Panel& panel) {
  const std::string search = raft::ascii::lower(panel.state.home.search);
  HomeSection found;
  for (std::size_t i = 0; i < panel.view.library.size(); ++i) {
    if (fits(panel.view.library[i], search)) found.entries.push_back(static_cast<int>(i));
  }
  best_first(panel, found.entries, search);
  found.title = panel.text("home.found", {{"n", found.entries.size()}, {"text", panel.state.home.search}});
  return found;
}

}  // namespace

std::vector<HomeSection> home_sections(const Panel& panel) {
  const View& view = panel.view;
  if (!panel.state.home.search.empty()) return {found_section(panel)};
  const auto chapters = static_cast<int>(view.chapters.size());
  std::vector<HomeSection> sections;
  sections.reserve(view.chapters.size() + 2);
  for (int i = 0; i < chapters; ++i) {
    sections.push_back({panel.text("home.chapter", {{"n", i}}), view.chapters[static_cast<std::size_t>(i)], {}});
  }
  sections.push_back({"", panel.text(chapters > 0 ? "home.more" : "ui.walkthroughs"), {}});
  sections.push_back({"", panel.text("ui.library_rules_off"), {}});
  for (std::size_t i = 0; i < view.library.size(); ++i) {
    const LibraryEntry& entry = view.library[i];
    if (view.lecture_path && !entry.lecture) continue;
    const int place = entry.rule_off ? chapters + 1 : entry.chapter >= 0 && entry.chapter < chapters ? entry.chapter : chapters;
    sections[static_cast<std::size_t>(place)].entries.push_back(static_cast<int>(i));
  }
  std::erase_if(sections, [](const HomeSection& section) { return section.entries.empty(); });
  return sections;
}

namespace {

// --- typing ---

void search_for(HomeState& home, FocusState& focus, std::string search) {
  home.search = std::move(search);
  home.scroll = {.at_end = false};
  focus.widget = 0;
}

void append(std::string& text, unsigned character) {
  if (character < 0x80) {
    text += static_cast<char>(character);
  } else if (character < 0x800) {
    text += static_cast<char>(0xC0U | character >> 6U);
    text += static_cast<char>(0x80U | (character & 0x3FU));
  } else if (character < 0x10000) {
    text += static_cast<char>(0xE0U | character >> 12U);
    text += static_cast<char>(0x80U | (character >> 6U & 0x3FU));
    text += static_cast<char>(0x80U | (character & 0x3FU));
  }
}

void take_typing(Panel& panel) {
  HomeState& home = panel.state.home;
  constexpr std::size_t longest = 80;
  std::string search = home.search;
  for (const ImWchar character : ImGui::GetIO().InputQueueCharacters) {
    const bool blank_first = search.empty() && character == ' ';
    if (character >= ' ' && character != 127 && !blank_first && search.size() < longest) append(search, character);
  }
  if (panel.notes.list.erase && !search.empty()) {
    std::size_t end = search.size() - 1;
    while (end > 0 && (static_cast<unsigned char>(search[end]) & 0xC0U) == 0x80U) --end;
    search.resize(end);
  }
  if (search != home.search) search_for(home, panel.state.focus, std::move(search));
}

void take_keys(Panel& panel, const std::vector<HomeSection>& sections, const Rect& view) {
  ScrollState& scroll = panel.state.home.scroll;
  const ListKeys& keys = panel.notes.list;
  if (keys.pages != 0) {
    scroll.go_to(scroll.offset + static_cast<float>(keys.pages) * view.height() * 0.85F);
  }
  const bool searched = !panel.state.home.search.empty();
  if (keys.enter && searched && !sections.front().entries.empty()) {
    open_entry(panel, panel.view.library[static_cast<std::size_t>(sections.front().entries.front())], true);
  }
}

// --- the head ---

/// Draws from right to left; returns where the last button begins.
float draw_head_buttons(Panel& panel, const Rect& head, bool words) {
  using raft::explain::Language;
  const bool paper = panel.view.theme == ThemeName::Paper;
  const bool english = panel.view.words.language() == Language::English;
  float right = head.right - panel.units(page_edge - 8);
  const auto next = [&](const char* id, const char* sign, const std::string& label, ButtonKind kind, bool with_word) {
    ButtonStyle style{.icon = sign, .label = label, .kind = kind, .tip = label};
    if (!with_word) style.label = {};
    const float width = with_word ? button_width(panel, style) : panel.units(36);
    const Rect place{right - width, head.center().y - panel.units(18), right, head.center().y + panel.units(18)};
    right -= width + panel.units(6);
    return button(panel, id, place, style);
  };
  if (next("close", icon::cross, panel.text("ui.close"), ButtonKind::Quiet, false)) panel.state.library_open = false;
  if (next("language", icon::globe, panel.text("language.other"), ButtonKind::Quiet, words)) {
    panel.act(SetLanguage{english ? Language::Chinese : Language::English});
  }
  if (next("theme", icon::contrast, panel.text(paper ? "ui.theme_ink" : "ui.theme_paper"), ButtonKind::Quiet, false)) {
    panel.act(SetTheme{paper ? ThemeName::Ink : ThemeName::Paper});
  }
  if (next("open", icon::folder_open, panel.text("home.open_file"), ButtonKind::Outline, words)) panel.act(ShowFileDialog{});
  return right;
}

/// It always listens: no click is needed before typing.
void draw_library_search(Panel& panel, const Rect& place) {
  const Theme& theme = panel.theme();
  const std::string& search = panel.state.home.search;
  panel.canvas.rect(place, theme.background, {search.empty() ? theme.hairline : theme.accent, search.empty() ? 1 : 1.5F},
                    place.height() / 2);
  const float y = place.center().y;
  panel.canvas.text({place.left + panel.units(20), y}, icon::search,
                    {.size = Size::Small, .color = theme.text_quiet, .align = Align::Center, .anchor = Anchor::Middle});
  const float left = place.left + panel.units(38);
  const float right = place.right - panel.units(40);
  if (search.empty()) {
    line_of_text(panel, {left, place.top, right, place.bottom}, panel.text("home.search_hint"),
                 {.size = Size::Body, .color = theme.text_quiet});
    return;
  }
  const Rect typed = line_of_text(panel, {left, place.top, right, place.bottom}, search,
                                  {.size = Size::Body, .color = theme.text});
  panel.canvas.line({typed.right + 2, y - panel.units(9)}, {typed.right + 2, y + panel.units(9)}, {theme.accent, 1.5F});
  const float half = panel.units(14);
  const Point cross{place.right - panel.units(20), y};
  if (button(panel, "clear", {cross.x - half, y - half, cross.x + half, y + half},
             {.icon = icon::cross, .tip = panel.text("home.clear")})) {
    search_for(panel.state.home, panel.state.focus, "");
  }
}

void draw_paths(Panel& panel, const Rect& place) {
  const std::array<Segment, 2> paths{{{.label = panel.text("home.learner"), .tip = panel.text("home.learner_about")},
                                      {.label = panel.text("home.lecture"), .tip = panel.text("home.lecture_about")}}};
  if (const auto chosen = segments(panel, "path", place, paths, panel.view.lecture_path ? 1 : 0)) {
    panel.act(SetLecturePath{*chosen == 1});
    panel.state.home.scroll = {.at_end = false};
  }
}

void draw_home_head(Panel& panel, const Rect& head) {
  const Theme& theme = panel.theme();
  panel.canvas.rect(head, theme.panel, 0);
  panel.canvas.line({head.left, head.bottom - 0.5F}, {head.right, head.bottom - 0.5F}, {theme.hairline, 1});
  const float width = head.width() / panel.view.text_scale;
  const float y = head.center().y;
  float left = head.left + panel.units(page_edge);
  draw_mark(panel, {left + panel.units(12), y}, panel.units(24));
  left += panel.units(36);
  if (width > 720) {
    left = panel.canvas
               .text({left, y}, panel.text("ui.app"),
                     {.face = Face::SansBold, .size = Size::Large, .color = theme.text, .anchor = Anchor::Middle})
               .right;
  }
  left = std::max(left + panel.units(24), head.left + panel.units(width > rail_needs ? home_rail_width + page_edge : 0));
  float right = draw_head_buttons(panel, head, width > 1080) - panel.units(12);
  if (width > 860) {
    const float paths = panel.units(216);
    draw_paths(panel, {right - paths, y - panel.units(18), right, y + panel.units(18)});
    right -= paths + panel.units(20);
  }
  right = std::min(right, left + panel.units(560));
  draw_library_search(panel, {left, y - panel.units(20), right, y + panel.units(20)});
}

// --- the rail ---

struct RailRow {
  const char* id;
  const char* icon = nullptr;
  std::string label;
  std::string figure = {};
  bool current = false;
};

bool draw_rail_row(Panel& panel, Point& pen, float width, const RailRow& row) {
  const Theme& theme = panel.theme();
  const Rect place{pen.x, pen.y, pen.x + width, pen.y + panel.units(home_rail_row)};
  pen.y = place.bottom + panel.units(2);
  const Touch touched = touch(panel, row.id + row.label, place);
  if (row.current || touched.hovered) panel.canvas.rect(place, theme.accent_soft, panel.units(6));
  if (touched.focused) focus_ring(panel, place, panel.units(6));
  const float y = place.center().y;
  float right = place.right - panel.units(10);
  if (!row.figure.empty()) {
    right = panel.canvas
                .text({right, y}, row.figure,
                      {.face = Face::Mono, .size = Size::Small, .color = theme.text_quiet, .align = Align::Right,
                       .anchor = Anchor::Middle, .zoom = 0.9F})
                .left;
  }
  float left = place.left + panel.units(12);
  if (row.icon != nullptr) {
    panel.canvas.text({left + panel.units(8), y}, row.icon,
                      {.size = Size::Small, .color = theme.text_quiet, .align = Align::Center, .anchor = Anchor::Middle});
    left += panel.units(26);
  }
  line_of_text(panel, {left, place.top, right - panel.units(6), place.bottom}, row.label,
               {.face = row.current ? Face::SansBold : Face::Sans, .size = Size::Small, .color = theme.text});
  return touched.clicked;
}

/// The section that is read now: the last whose head has come up to the upper third.
int section_in_view(const HomeState& home, float height) {
  int current = -1;
  for (std::size_t i = 0; i < home.tops.size(); ++i) {
    if (home.tops[i] <= home.scroll.offset + height / 3) current = static_cast<int>(i);
  }
  return current;
}

void draw_recent(Panel& panel, Point& pen, float width, float bottom) {
  if (panel.view.recent.empty()) return;
  pen.y += panel.units(20);
  section_title(panel, {pen.x + panel.units(12), pen.y}, panel.text("files.recent"));
  pen.y += panel.units(22);
  for (const FilePlace& file : panel.view.recent) {
    if (pen.y + panel.units(home_rail_row) > bottom) return;
    if (draw_rail_row(panel, pen, width, {.id = file.path.c_str(), .icon = icon::file, .label = file.name})) {
      panel.act(OpenWalkthrough{file.path, true});
    }
  }
}

void draw_rail(Panel& panel, const Rect& rail, const std::vector<HomeSection>& sections) {
  const float width = rail.width() - panel.units(24);
  Point pen{rail.left + panel.units(page_edge - 12), rail.top + panel.units(24)};
  const bool searched = !panel.state.home.search.empty();
  const int current = searched ? -2 : section_in_view(panel.state.home, rail.height());
  for (std::size_t i = 0; i < sections.size() && !searched; ++i) {
    const HomeSection& section = sections[i];
    const auto done = std::count_if(section.entries.begin(), section.entries.end(), [&panel](int entry) {
      return panel.view.library[static_cast<std::size_t>(entry)].done;
    });
    const std::string figure = std::to_string(done) + "/" + std::to_string(section.entries.size());
    if (draw_rail_row(panel, pen, width, {.id = "section", .label = section.title, .figure = figure,
                                          .current = current == static_cast<int>(i)})) {
      panel.state.home.go_to = static_cast<int>(i);
      panel.notes.result.animating = true;
    }
  }
  draw_recent(panel, pen, width, rail.bottom - panel.units(16));
}

// --- the content ---

void draw_content(Panel& panel, const Rect& view, const std::vector<HomeSection>& sections) {
  HomeState& home = panel.state.home;
  const float side = panel.units(page_edge);
  const float width = std::min(view.width() - 2 * side, panel.units(content_most));
  const int wanted = std::exchange(home.go_to, -1);
  if (wanted >= 0 && wanted < static_cast<int>(home.tops.size())) home.scroll.go_to(home.tops[static_cast<std::size_t>(wanted)]);
  // Dear ImGui must know of the edge too: what has been scrolled beyond it is not under the mouse.
  ImGui::PushClipRect({view.left, view.top}, {view.right, view.bottom}, true);
  const float offset = scroll_vertically(panel, "scroll", view, home.scroll.content, home.scroll);
  panel.scrolled = &home.scroll;
  panel.scroll_view = view.inset(0, panel.units(12));
  const float start = view.top - offset;
  Point pen{view.left + std::max(side, (view.width() - width) / 2), start + panel.units(28)};
  home.tops.clear();
  if (home.search.empty()) draw_first_row(panel, pen, width);
  for (const HomeSection& section : sections) {
    home.tops.push_back(pen.y - start - panel.units(20));
    draw_section(panel, section, pen, width, view);
  }
  if (panel.view.library.empty()) {
    panel.canvas.text(pen, panel.text("ui.empty_library"), {.size = Size::Body, .color = panel.theme().text_quiet});
  }
  home.scroll.content = pen.y - start;
  ImGui::PopClipRect();
  panel.scrolled = nullptr;
}

void draw_message(Panel& panel, const Rect& view) {
  if (panel.view.message.empty()) return;
  Panel bar = panel;
  const float width = std::min(panel.units(720), view.width() - panel.units(32));
  bar.area = {view.center().x - width / 2, view.bottom - panel.units(72), view.center().x + width / 2,
              view.bottom - panel.units(20)};
  panel.canvas.shadow(bar.area, panel.units(corner), 10);
  draw_message_bar(bar);
}

}  // namespace

void draw_home(Panel& panel) {
  if (panel.on_top) take_typing(panel);
  // The strip of rules that are off keeps its place.
  const bool all_on = panel.world().settings.core.rules.all_on();
  const float top = all_on ? panel.area.top : std::max(panel.area.top, panel.notes.clear_top);
  const Rect room{panel.area.left, top, panel.area.right, panel.area.bottom};
  panel.canvas.rect(panel.area, panel.theme().background, 0);
  const std::vector<HomeSection> sections = home_sections(panel);
  const Rect head{room.left, room.top, room.right, room.top + panel.units(head_height)};
  const bool with_rail = room.width() > panel.units(rail_needs);
  const Rect rail{room.left, head.bottom, room.left + (with_rail ? panel.units(home_rail_width) : 0), room.bottom};
  const Rect view{rail.right, head.bottom, room.right, room.bottom};
  take_keys(panel, sections, view);
  draw_content(panel, view, sections);  // first, so that Tab comes to it first
  if (with_rail) draw_rail(panel, rail, sections);
  draw_home_head(panel, head);
  draw_message(panel, view);
}

}  // namespace ui
