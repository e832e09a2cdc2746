// The run on one line: its terms as bands with their numbers, elections, crashes, commits and what people did as
// marks; the steps of a walkthrough with their numbers; the part that the space-time diagram shows. Its cost does not
// grow with the run: at most 2048 stretches are kept and drawn.
#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "ui/panels/branches.h"
#include "ui/panels/transport.h"

namespace ui {

namespace {

using raft::sim::EventRecord;
using raft::sim::Notable;
using raft::sim::Time;

constexpr std::size_t stretches_max = 2048;

void halve(SeekBarCache& cache) {
  std::vector<SeekBarCache::Stretch> merged;
  merged.reserve(cache.stretches.size() / 2 + 1);
  for (std::size_t i = 0; i < cache.stretches.size(); ++i) {
    if (i % 2 == 0) {
      merged.push_back(cache.stretches[i]);
    } else {
      merged.back().term = cache.stretches[i].term;
      merged.back().notable = static_cast<std::uint8_t>(merged.back().notable | cache.stretches[i].notable);
    }
  }
  cache.stretches = std::move(merged);
  cache.length *= 2;
}

void take_in(SeekBarCache& cache, const EventRecord& record) {
  while (record.at / cache.length >= static_cast<Time>(stretches_max)) halve(cache);
  const auto place = static_cast<std::size_t>(record.at / cache.length);
  cache.last_term = std::max(cache.last_term, record.term);
  const raft::Term before = cache.stretches.empty() ? 0 : cache.stretches.back().term;
  while (cache.stretches.size() <= place) cache.stretches.push_back({before, 0});
  cache.stretches[place].term = cache.last_term;
  cache.stretches[place].notable = static_cast<std::uint8_t>(cache.stretches[place].notable | record.notable);
  cache.last_at = record.at;
}

/// The bar's own geometry.
struct Bar {
  Rect band;
  Time end = 1;
  float x_of(Time time) const {
    const double share = static_cast<double>(time) / static_cast<double>(end);
    return band.left + static_cast<float>(std::clamp(share, 0.0, 1.0)) * band.width();
  }
  Time time_at(float x) const {
    const double share = std::clamp(static_cast<double>((x - band.left) / band.width()), 0.0, 1.0);
    return static_cast<Time>(share * static_cast<double>(end));
  }
};

void draw_band(const Panel& panel, const Bar& bar, Time from, Time to, raft::Term term) {
  const Theme& theme = panel.theme();
  const Rect rect{bar.x_of(from), bar.band.top, bar.x_of(to), bar.band.bottom};
  if (rect.width() < 0.5F) return;
  if (term == 0) return;
  panel.canvas.rect(rect, with_alpha(term_color(theme, term), 0.9F), 0);
  panel.canvas.line({rect.left, rect.top}, {rect.left, rect.bottom}, {theme.panel, 1});
  const std::string number = std::to_string(term);
  const TextStyle style{.face = Face::Mono, .size = Size::Small, .color = theme.text_on_fill, .anchor = Anchor::Middle};
  const float free = rect.width() - panel.canvas.text_width(number, style) - panel.units(8);
  if (free < 0) return;
  // Fewer would be the sign of another term: all of them, or none where they would run through the number.
  if (Canvas::notches_width(rect, term_notches(term)) <= free) panel.canvas.notches(rect, term_notches(term), theme.text_on_fill);
  panel.canvas.text({rect.left + panel.units(5), rect.center().y}, number, style);
}

void draw_bands(const Panel& panel, const Bar& bar, const SeekBarCache& cache, Time end) {
  Time from = 0;
  raft::Term term = 0;
  for (std::size_t i = 0; i < cache.stretches.size(); ++i) {
    if (cache.stretches[i].term == term) continue;
    const Time here = static_cast<Time>(i) * cache.length;
    draw_band(panel, bar, from, here, term);
    from = here;
    term = cache.stretches[i].term;
  }
  draw_band(panel, bar, from, std::max(from, end), term);
}

void draw_mark(const Panel& panel, float x, const Rect& band, std::uint8_t kind) {
  const Theme& theme = panel.theme();
  const float s = panel.units(4);
  const float above = band.top - panel.units(7);
  const float below = band.bottom + panel.units(7);
  switch (kind) {
    case Notable::role_change:
      panel.canvas.arrow_head({x, band.top - panel.units(2)}, {0, 1}, s * 1.8F, theme.text);
      break;
    case Notable::crash: panel.canvas.cross({x, above}, s * 0.9F, {theme.danger, panel.units(1.75F)}); break;
    case Notable::intervention: panel.canvas.diamond({x, above}, s, theme.panel, {theme.text, 1.25F}); break;
    case Notable::commit:
      panel.canvas.line({x, band.bottom + panel.units(2)}, {x, below + panel.units(1)}, {theme.good, panel.units(1.5F)});
      break;
    case Notable::truncation:
      panel.canvas.torn_edge({x, band.bottom + panel.units(1)}, {x, below + panel.units(3)}, {theme.danger, 1.25F});
      break;
    default: break;
  }
}

/// Marks of one kind keep a distance, so that a long run stays readable.
void draw_marks(const Panel& panel, const Bar& bar, const SeekBarCache& cache, std::uint8_t kind, float distance) {
  float last = -1e9F;
  for (std::size_t i = 0; i < cache.stretches.size(); ++i) {
    if ((cache.stretches[i].notable & kind) == 0) continue;
    const float x = bar.x_of(static_cast<Time>(i) * cache.length + cache.length / 2);
    if (x - last < distance) continue;
    draw_mark(panel, x, bar.band, kind);
    last = x;
  }
}

/// Where the run stops being as the one beside it.
void draw_difference_mark(const Panel& panel, const Bar& bar) {
  if (panel.view.compare == nullptr || !panel.view.compare->difference) return;
  const Theme& theme = panel.theme();
  const float x = bar.x_of(panel.view.compare->difference->at);
  panel.canvas.line({x, bar.band.top - panel.units(3)}, {x, bar.band.bottom + panel.units(3)}, {theme.accent, panel.units(2)});
  panel.canvas.text({x, bar.band.top - panel.units(9)}, panel.text("compare.differs"),
                    {.face = Face::SansBold, .size = Size::Small, .color = theme.accent, .align = Align::Center, .anchor = Anchor::Middle});
}

void draw_cursor(const Panel& panel, const Bar& bar, float x) {
  const Theme& theme = panel.theme();
  const float width = panel.units(2);
  const float reach = panel.units(7);
  const Rect stem{x - width / 2 - 1, bar.band.top - reach, x + width / 2 + 1, bar.band.bottom + panel.units(3)};  // clear of the number below
  panel.canvas.rect(stem, theme.panel, 1);
  panel.canvas.rect(stem.inset(1, 0), theme.text, 1);
  panel.canvas.circle({x, stem.top}, panel.units(5), theme.panel);
  panel.canvas.circle({x, stem.top}, panel.units(4), theme.accent);
}

struct MarkWord {
  std::uint8_t kind;
  const char* text;
};
constexpr std::array<MarkWord, 5> mark_words{{{Notable::role_change, "seek_bar.elected"},
                                              {Notable::crash, "seek_bar.crash"},
                                              {Notable::intervention, "seek_bar.act"},
                                              {Notable::commit, "seek_bar.commit"},
                                              {Notable::truncation, "seek_bar.truncation"}}};

/// The moment, its term, and the marks close by.
std::string words_at(const Panel& panel, const Bar& bar, const SeekBarCache& cache, float x) {
  const Time there = bar.time_at(x);
  std::string text = clock_text(there);
  const auto stretch_at = [&](float place) {
    const auto stretch = static_cast<std::size_t>(bar.time_at(place) / cache.length);
    return std::min(stretch, cache.stretches.size() - 1);
  };
  if (cache.stretches.empty()) return text;
  const raft::Term term = cache.stretches[stretch_at(x)].term;
  if (term > 0) text += " · " + panel.text("seek_bar.term", {{"n", term}});
  std::uint8_t near = 0;
  for (std::size_t i = stretch_at(x - panel.units(4)); i <= stretch_at(x + panel.units(4)); ++i) {
    near = static_cast<std::uint8_t>(near | cache.stretches[i].notable);
  }
  for (const MarkWord& word : mark_words) {
    if ((near & word.kind) != 0) text += " · " + panel.text(word.text);
  }
  return text;
}

/// Where a step ended; a click goes there. Numbers that would overlap are left out.
void draw_step_marks(Panel& panel, const Bar& bar) {
  const Theme& theme = panel.theme();
  const TextStyle style{.face = Face::Mono, .size = Size::Small, .color = theme.text_quiet, .align = Align::Center,
                        .anchor = Anchor::Middle, .zoom = 0.85F};
  float free_from = bar.band.left - panel.units(20);
  const int here = panel.view.walkthrough ? panel.view.walkthrough->step : -1;
  for (const StepMark& mark : panel.view.steps) {
    const float x = bar.x_of(mark.at);
    const std::string number = std::to_string(mark.step + 1);
    const float half = panel.canvas.text_width(number, style) / 2 + panel.units(3);
    panel.canvas.line({x, bar.band.top}, {x, bar.band.bottom + panel.units(4)}, {with_alpha(theme.text, 0.55F), 1});
    const float y = bar.band.bottom + panel.units(11);
    const Rect box{x - half, y - panel.units(6), x + half, y + panel.units(6)};
    if (box.left < free_from || box.bottom > panel.area.bottom) continue;
    free_from = box.right;
    const Touch touched = touch(panel, "seek step " + number, box, {.tip = panel.text("seek_bar.step", {{"n", number}})});
    panel.canvas.rect(box, touched.hovered || mark.step == here ? theme.accent_soft : theme.panel, panel.units(3));
    if (touched.focused) focus_ring(panel, box, panel.units(3));
    panel.canvas.text(box.center(), number, style);
    if (touched.clicked) panel.act(GoToStep{mark.step});
  }
}

/// What the space-time diagram shows: the bar is its map.
void draw_window_of_diagram(const Panel& panel, const Bar& bar) {
  const DiagramState& diagram = panel.state.diagram;
  if (!diagram.open || diagram.span == 0) return;
  const Rect box{bar.x_of(diagram.from) - 1, bar.band.top - panel.units(3), bar.x_of(diagram.from + diagram.span) + 1,
                 bar.band.bottom + panel.units(3)};
  panel.canvas.frame(box, {panel.theme().accent, panel.units(1.75F)}, panel.units(3));
}

float legend_width(const Panel& panel) {
  const TextStyle style{.size = Size::Small};
  float width = panel.units(16);
  for (const MarkWord& word : mark_words) width += panel.units(34) + panel.canvas.text_width(panel.text(word.text), style);
  return width;
}

}  // namespace

Rect seek_legend_rect(const Panel& panel) {
  if (!panel.notes.over_seek_bar) return {};
  const float width = std::min(legend_width(panel), panel.area.width() - panel.units(16));
  const float bottom = panel.area.top - panel.units(2);
  const float left = panel.area.center().x - width / 2;
  return {left, bottom - panel.units(30), left + width, bottom};
}

void draw_seek_legend(Panel& panel) {
  const Theme& theme = panel.theme();
  const Rect& area = panel.area;
  panel.canvas.rect(area, theme.raised, {theme.hairline, 1}, panel.units(corner));
  const TextStyle style{.size = Size::Small, .color = theme.text, .anchor = Anchor::Middle};
  float x = area.left + panel.units(18);
  for (const MarkWord& word : mark_words) {
    // As on the bar: above it or below it, here in the middle.
    const bool above = word.kind != Notable::commit && word.kind != Notable::truncation;
    const float y = area.center().y + panel.units(above ? 7 : -6);
    draw_mark(panel, x, {area.left, y, area.right, y}, word.kind);
    panel.canvas.text({x + panel.units(9), area.center().y}, panel.text(word.text), style);
    x += panel.units(34) + panel.canvas.text_width(panel.text(word.text), style);
  }
}

bool refresh(SeekBarCache& cache, const raft::sim::Timeline& run) {
  const bool same = cache.records <= run.end() + 1 && cache.records > 0 && run.record(cache.records - 1).at == cache.last_at;
  if (!same) cache = {};
  return run.visit_records(cache.records, [&cache](const EventRecord& record) { take_in(cache, record); });
}

void draw_seek_bar(Panel& panel, const Rect& rect) {
  const Theme& theme = panel.theme();
  SeekBarCache& cache = panel.state.seek_bar;
  const raft::sim::Timeline& run = panel.view.run;
  if (!refresh(cache, run)) panel.notes.result.animating = true;

  const float half = panel.units(9);
  // Other futures have their lanes in the lower part.
  const Rect lanes{rect.left, panel.view.branches.empty() ? rect.bottom : rect.top + panel.units(42), rect.right, rect.bottom};
  const Rect upper{rect.left, rect.top, rect.right, lanes.top};
  Bar bar;
  bar.band = {rect.left, upper.center().y - half, rect.right, upper.center().y + half};
  const Time played = std::max<Time>(run.known_until(), 1000);
  bar.end = played;
  for (const BranchView& branch : panel.view.branches) bar.end = std::max(bar.end, branch.end_at);
  panel.canvas.rect(bar.band, theme.background, panel.units(3));
  draw_bands(panel, bar, cache, played);
  if (lanes.height() > 0) draw_branch_lanes(panel, lanes, [&bar](Time time) { return bar.x_of(time); });
  panel.canvas.frame(bar.band, {theme.hairline, 1}, panel.units(3));
  draw_marks(panel, bar, cache, Notable::commit, panel.units(3));
  draw_marks(panel, bar, cache, Notable::truncation, panel.units(6));
  draw_marks(panel, bar, cache, Notable::role_change, panel.units(7));
  draw_marks(panel, bar, cache, Notable::intervention, panel.units(7));
  draw_marks(panel, bar, cache, Notable::crash, panel.units(7));
  draw_window_of_diagram(panel, bar);
  draw_difference_mark(panel, bar);
  // A number takes the mouse before the bar does.
  draw_step_marks(panel, bar);
  draw_cursor(panel, bar, bar.x_of(run.clock()));
  const Touch touched = touch(panel, "seek", upper);
  if (touched.focused) focus_ring(panel, upper);

  const float mouse = ImGui::GetMousePos().x;
  if (touched.hovered || touched.held) {
    const Time there = bar.time_at(mouse);
    const float x = bar.x_of(there);
    panel.canvas.line({x, bar.band.top}, {x, bar.band.bottom}, {with_alpha(theme.text, 0.6F), 1});
    panel.notes.over_seek_bar = true;
    const float above_legend = panel.area.top - panel.units(34);
    panel.notes.tooltip = {words_at(panel, bar, cache, mouse), {x, above_legend, x, panel.area.bottom}};
  }
  if (touched.held) {
    const Time there = bar.time_at(mouse);
    if (there != run.clock()) panel.act(SeekTime{there});
  }
}

}  // namespace ui
