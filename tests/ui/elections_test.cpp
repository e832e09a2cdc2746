// The card of the settings that tells how long clusters like this one take to elect a leader.
#include <doctest/doctest.h>

#include "tests/ui/window.h"

namespace ui::test {

using raft::explain::Language;

namespace {

constexpr Size2 sheet_size{1280, 1600};

struct TimerSheet {
  std::string text;  // all of it, without spaces
  int bars = 0;
  bool whole = true;  // nothing is cut, and every character is in a font
};

std::string squeezed(std::string text) {
  std::erase(text, ' ');
  return text;
}

/// Played to the end.
raft::sim::ElectionTimes times_of(const Played& played, int seeds) {
  raft::sim::ElectionTimes times(raft::sim::fresh_cluster(played.run.world()), seeds);
  while (times.advance(100'000)) {
  }
  return times;
}

/// The sheet of settings, scrolled to the timers.
TimerSheet sheet_of_timers(Window& window, const Played& played) {
  window.state.settings.open = true;
  window.state.settings.go_to_group = 1;
  window.frame(played, sheet_size);
  TimerSheet sheet;
  for (const DrawnItem& item : window.drawn(played, sheet_size)) {
    if (item.panel.find("settings") == std::string::npos) continue;
    if (item.what == "election bar") ++sheet.bars;
    if (item.kind != DrawnKind::Text) continue;
    sheet.text += squeezed(item.what);
    sheet.whole = sheet.whole && !item.cut && !item.missing_glyph;
  }
  return sheet;
}

bool sheet_says(const TimerSheet& sheet, const std::string& words) {
  return sheet.text.find(squeezed(words)) != std::string::npos;
}

}  // namespace

TEST_CASE("Nothing is measured until somebody asks, by mouse or by keyboard; then it can be stopped") {
  const Played played(3);
  Window window;
  const TimerSheet before = sheet_of_timers(window, played);
  CHECK(sheet_says(before, "Time to a leader"));
  CHECK(sheet_says(before, "a message to all and their answers take 20 ms – 40 ms"));
  CHECK(before.bars == 0);
  CHECK(before.whole);
  const auto pressed = [&]() -> std::optional<bool> {
    const std::size_t stops = window.state.focus.order.size();
    for (std::size_t i = 0; i < stops; ++i) {
      window.state.settings.open = true;
      window.frame(played, sheet_size, {press(Key::Tab)});
      const Actions actions = window.frame(played, sheet_size, {press(Key::Enter)}).actions;
      window.state.settings.typing.reset();
      if (const auto* asked = the_only<MeasureElections>(actions)) return asked->on;
    }
    return std::nullopt;
  };
  CHECK(pressed() == true);
  raft::sim::ElectionTimes times(raft::sim::fresh_cluster(played.run.world()), 100);
  times.advance(5000);
  REQUIRE_FALSE(times.complete());
  window.elections = &times;
  window.state.focus = {};
  CHECK(sheet_says(sheet_of_timers(window, played), " of 100 clusters so far"));
  CHECK(pressed() == false);
}

TEST_CASE("What has been measured is drawn and told, in both languages") {
  Window window;
  for (const Language language : {Language::English, Language::Chinese}) {
    window.language = language;
    const bool english = language == Language::English;
    raft::sim::ClusterConfig config = cluster(5);
    const Played played(config);
    const raft::sim::ElectionTimes times = times_of(played, 100);
    window.elections = &times;
    const TimerSheet stable = sheet_of_timers(window, played);
    CHECK(stable.whole);
    CHECK(stable.bars > 5);
    const std::string median = raft::explain::time_text(*times.percentile(50));
    CHECK(sheet_says(stable, english ? "Half of them have a leader within " + median : "一半集群在 " + median));
    CHECK(sheet_says(stable, english ? "Stable: elections are rarely in vain" : "稳定：选举很少落空"));
    CHECK_FALSE(sheet_says(stable, english ? "clusters so far" : "已完成"));

    config.settings.election_timeout = {150'000, 150'000};
    const Played alike(config);
    const raft::sim::ElectionTimes never = times_of(alike, 5);
    window.elections = &never;
    const TimerSheet nobody = sheet_of_timers(window, alike);
    CHECK(nobody.whole);
    CHECK(nobody.bars == 0);
    CHECK(sheet_says(nobody, english ? "No leader is elected" : "选不出领导者"));
    CHECK(sheet_says(nobody, english ? "100.0 % of the first elections" : "100.0 % 没有选出"));
  }
}

}  // namespace ui::test
