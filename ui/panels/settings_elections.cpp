// A histogram of times to a leader, what half and nearly all of them take, and what that says of the timeouts (§5.6).
#include "ui/panels/settings_elections.h"

#include <fmt/format.h>

#include <algorithm>

#include "raft/sim/election_times.h"
#include "ui/icons.h"
#include "ui/panels/settings_controls.h"

namespace ui {

namespace {

using raft::explain::time_text;
using raft::sim::ElectionTimes;
using raft::sim::Stability;
using raft::sim::Time;

constexpr float histogram_units = 128;
constexpr float axis_units = 24;
constexpr float sample_width = 26;  // of the mark that a line of words stands for

enum class CardPass { Paint, MeasureOnly };

/// What is written on the card, from top to bottom; measuring is the same without the ink.
struct ElectionCard {
  Panel& panel;
  Rect inner;  // its bottom is not known yet
  float y = 0;
  CardPass pass = CardPass::Paint;

  bool paints() const { return pass == CardPass::Paint; }
  void skip(float units) { y += panel.units(units); }
  void words(std::string_view text, const TextStyle& style, float indent = 0, float less = 0) {
    const Point at{inner.left + indent, y};
    const float width = inner.width() - indent - less;
    const Rect box = paints() ? panel.canvas.paragraph(at, width, text, style)
                              : panel.canvas.measure_paragraph(at, width, text, style);
    y = box.bottom;
  }
};

std::string time_range_text(raft::sim::TimeRange range) {
  return range.min == range.max ? time_text(range.min) : time_text(range.min) + " – " + time_text(range.max);
}

/// "12.5": of a hundred.
std::string percent_text(int part, int whole) {
  const int tenths = whole == 0 ? 0 : static_cast<int>(std::int64_t{1000} * part / whole);
  return fmt::format("{}.{}", tenths / 10, tenths % 10);
}

TextStyle quiet_words(const Panel& panel) { return {.size = Size::Small, .color = panel.theme().text_quiet}; }

void draw_start_and_stop(Panel& panel, const ElectionCard& card, float right) {
  const ElectionTimes* times = panel.view.elections;
  const bool under_way = times != nullptr && !times->complete();
  const bool measured = times != nullptr && times->complete();
  const ButtonStyle style{.icon = under_way ? icon::cross : icon::play,
                          .label = panel.text(under_way ? "elections.stop" : "elections.measure"),
                          .kind = ButtonKind::Outline,
                          .enabled = !measured,
                          .tip = measured ? std::string_view(panel.text("elections.measured")) : std::string_view{}};
  const Rect place{right - button_width(panel, style), card.y, right, card.y + panel.units(control_height)};
  if (button(panel, "measure elections", place, style)) panel.act(MeasureElections{!under_way});
}

void draw_election_bars(const Panel& panel, const Rect& area, const ElectionTimes::Histogram& histogram) {
  const int highest = *std::max_element(histogram.bars.begin(), histogram.bars.end());
  const float pitch = area.width() / static_cast<float>(histogram.bars.size());
  for (std::size_t i = 0; i < histogram.bars.size(); ++i) {
    if (histogram.bars[i] == 0) continue;
    const float high = area.height() * static_cast<float>(histogram.bars[i]) / static_cast<float>(highest);
    const float left = area.left + pitch * static_cast<float>(i);
    const Rect bar{left + 1, area.bottom - std::max(high, 2.0F), left + pitch - 1, area.bottom};
    panel.canvas.rect(bar, panel.theme().ring, 1);
    panel.canvas.note(DrawnKind::Mark, "election bar", bar);
  }
}

Dash dash_of_percentile(int of_hundred) { return of_hundred == 50 ? Dash::Solid : Dash::Dashed; }

void draw_percentile_mark(const Panel& panel, const Rect& area, const ElectionTimes& times, Time width, int of_hundred) {
  const std::optional<Time> time = times.percentile(of_hundred);
  if (!time) return;
  const float whole = static_cast<float>(width) * static_cast<float>(ElectionTimes::bar_count);
  const float x = area.left + area.width() * std::min(static_cast<float>(*time) / whole, 1.0F);
  panel.canvas.line({x, area.top}, {x, area.bottom}, {panel.theme().text, panel.units(2)}, dash_of_percentile(of_hundred));
}

/// Four times along the axis, and at its end that the last bar holds all that took longer.
void draw_scale_of_times(const Panel& panel, const Rect& area, Time width) {
  panel.canvas.line({area.left, area.bottom}, {area.right, area.bottom}, {panel.theme().text_quiet, 1});
  TextStyle style{.face = Face::Mono, .size = Size::Small, .color = panel.theme().text_quiet};
  constexpr int steps = 4;
  constexpr auto bars = static_cast<int>(ElectionTimes::bar_count);
  for (int i = 0; i < steps; ++i) {
    const float x = area.left + area.width() * static_cast<float>(i) / steps;
    panel.canvas.line({x, area.bottom}, {x, area.bottom + panel.units(4)}, {panel.theme().text_quiet, 1});
    panel.canvas.text({x, area.bottom + panel.units(5)}, time_text(width * i * bars / steps), style);
  }
  style.align = Align::Right;
  panel.canvas.text({area.right, area.bottom + panel.units(5)},
                    panel.text("elections.or_more", {{"time", time_text(width * (bars - 1))}}), style);
}

void write_histogram(ElectionCard& card, const ElectionTimes& times) {
  const Panel& panel = card.panel;
  const Rect area{card.inner.left, card.y, card.inner.right, card.y + panel.units(histogram_units)};
  card.skip(histogram_units + axis_units);
  if (!card.paints()) return;
  const ElectionTimes::Histogram histogram = times.histogram();
  draw_election_bars(panel, area, histogram);
  draw_percentile_mark(panel, area, times, histogram.width, 50);
  draw_percentile_mark(panel, area, times, histogram.width, 95);
  draw_scale_of_times(panel, area, histogram.width);
}

/// One of a hundredth's lines in words, behind a sample of its mark.
void write_percentile(ElectionCard& card, const ElectionTimes& times, int of_hundred, const char* key) {
  const Panel& panel = card.panel;
  const std::optional<Time> time = times.percentile(of_hundred);
  if (!time) return;
  const float middle = card.y + panel.canvas.line_height({.size = Size::Small}) / 2;
  if (card.paints()) {
    panel.canvas.line({card.inner.left, middle}, {card.inner.left + panel.units(sample_width - 8), middle},
                      {panel.theme().text, panel.units(2)}, dash_of_percentile(of_hundred));
  }
  card.words(panel.text(key, {{"time", time_text(*time)}}), {.size = Size::Small, .color = panel.theme().text},
             panel.units(sample_width));
}

const char* verdict_key(Stability stability) {
  switch (stability) {
    case Stability::Stable: return "elections.stable";
    case Stability::SplitsOften: return "elections.splits_often";
    case Stability::CannotStay: return "elections.cannot_stay";
    case Stability::NeverElects: return "elections.never_elects";
    case Stability::Unknown: break;
  }
  return "";
}

void write_result(ElectionCard& card, const ElectionTimes& times) {
  const Panel& panel = card.panel;
  const TextStyle plain{.size = Size::Small, .color = panel.theme().text};
  if (!times.complete()) {
    card.words(panel.text("elections.progress", {{"done", times.done()}, {"n", times.seeds()}}), quiet_words(panel));
  }
  if (times.done() == 0) return;
  card.skip(8);
  if (!times.times().empty()) write_histogram(card, times);
  write_percentile(card, times, 50, "elections.median");
  write_percentile(card, times, 95, "elections.nearly_all");
  if (times.without_leader() > 0) {
    card.words(panel.text("elections.without_leader", {{"n", times.without_leader()},
                                                       {"limit", time_text(ElectionTimes::limit_of(times.config()))}}), plain);
  }
  card.words(panel.text("elections.split", {{"percent", percent_text(times.split(), times.done())}}), plain);
  card.skip(8);
  const std::string verdict = panel.text(
      verdict_key(times.stability()), {{"n", times.replaced()}, {"total", static_cast<int>(times.times().size())}});
  card.words(verdict, {.face = Face::SansBold, .size = Size::Small, .color = panel.theme().text});
}

void write_elections(ElectionCard& card) {
  Panel& panel = card.panel;
  const raft::sim::ClusterConfig fresh = raft::sim::fresh_cluster(panel.world());
  card.skip(12);
  const float right = card.inner.right;
  if (card.paints()) draw_start_and_stop(panel, card, right);
  const float beside = panel.units(160);
  card.words(panel.text("elections.title"),
             {.face = Face::SansBold, .size = Size::Small, .color = panel.theme().text, .zoom = 1.08F}, 0, beside);
  card.words(panel.text("elections.about", {{"n", ElectionTimes::usual_seeds}}), quiet_words(panel), 0, beside);
  card.skip(8);
  card.words(panel.text("elections.condition", {{"broadcast", time_range_text(raft::sim::broadcast_time(fresh))},
                                                {"timeout", time_range_text(fresh.settings.election_timeout)}}),
             quiet_words(panel));
  if (panel.view.elections != nullptr) write_result(card, *panel.view.elections);
  card.skip(12);
}

}  // namespace

float draw_elections(Panel& panel, Point top_left, float width) {
  const float pad = panel.units(card_pad);
  ElectionCard card{panel, {top_left.x + pad, top_left.y, top_left.x + width - pad, top_left.y}, top_left.y, CardPass::MeasureOnly};
  write_elections(card);
  panel.canvas.rect({top_left.x, top_left.y, top_left.x + width, card.y}, panel.theme().panel, {panel.theme().hairline, 1},
                    panel.units(10));
  card.y = top_left.y;
  card.pass = CardPass::Paint;
  write_elections(card);
  return card.y;
}

}  // namespace ui
