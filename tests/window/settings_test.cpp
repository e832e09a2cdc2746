// A rule is switched off by mouse, in the sheet that a key opens: it happens in the run, and stays red. Values of settings.
#include <doctest/doctest.h>

#include "tests/window/story.h"

using namespace window_test;

TEST_CASE("a rule is switched off by mouse, is recorded as such, and is named in red until it is on again") {
  Bench bench({.name = "settings"});
  start_free_play(bench, 5);
  bench.key("s");
  bench.see();
  bench.click_text("ui.group_rules", {0, 0, 320, Display::height});
  bench.see();
  bench.keep_picture("settings-rules");
  const ui::Rect title = bench.find(bench.words("paper_rule.one_vote_per_term"), whole_window);
  const ui::Rect row{title.right, title.top - 8, Display::width, title.bottom + 8};
  const Json off = bench.act([&] { bench.click_text("setting_value.on", row); });
  CHECK(off["kind"] == "setting");
  CHECK(off["origin"] == "mouse");
  CHECK(off["command"] == "set rule one_vote_per_term off");
  bench.see();
  bench.key("Escape");
  bench.see();
  bench.keep_picture("settings-strip");
  const ui::Rect strip{0, 48, Display::width, 84};
  bench.find(bench.words("ui.rules_off"), strip);

  // By the strip back to the rule, whose switch has the keyboard.
  bench.click_on(bench.words("paper_rule.one_vote_per_term") + "  §5.2", strip);
  bench.see();
  const Json on = bench.act([&] { bench.key("space"); });
  CHECK(on["origin"] == "key");
  CHECK(on["command"] == "set rule one_vote_per_term on");
  bench.see();
  bench.quit();
}

TEST_CASE("a feature is switched on by mouse, the time of a disk write is typed") {
  Bench bench({.name = "values"});
  start_free_play(bench, 3);
  bench.key("s");
  bench.see();
  const auto row_of = [&](const char* group, const char* setting) {
    bench.click_text(group, {0, 0, 320, Display::height});
    bench.see();
    const ui::Rect title = bench.find(bench.words(setting), {320, 0, Display::width, Display::height});
    return ui::Rect{title.right, title.top - 8, Display::width, title.bottom + 24};
  };
  const ui::Rect feature = row_of("ui.group_features", "setting.pre_vote");
  const Json on = bench.act([&] { bench.click_text("setting_value.off", feature); });
  CHECK(on["command"] == "set pre_vote on");
  CHECK(on["origin"] == "mouse");
  bench.see();
  bench.click_on("0 ms", row_of("ui.group_disk", "setting.disk_delay"));
  bench.see();
  bench.type("5ms");
  bench.see();
  const Json slow = bench.act([&] { bench.key("Return"); });
  CHECK(slow["command"] == "set disk_delay 5ms");
  CHECK(slow["origin"] == "key");
  bench.see();
  bench.keep_picture("slow");
  bench.quit();
}
