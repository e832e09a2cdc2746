// The sheet of settings and rules: everything in the tables can be reached by keyboard alone and asks for its change;
// what is off is seen in every window.
#include <doctest/doctest.h>

#include <set>

#include "raft/sim/world_hash.h"
#include "tests/ui/window.h"
#include "ui/layout.h"
#include "ui/panels/settings_values.h"

namespace ui::test {

using raft::sim::ChangeRule;
using raft::sim::ChangeSetting;
using raft::sim::Setting;
using raft::sim::SettingValue;

namespace {

constexpr Size2 smallest_size{1280, 720};

struct Asked {
  std::set<raft::Rule> rules;
  std::set<Setting> settings;

  void take(const Actions& actions) {
    for (const Action& action : actions) {
      const auto* intervene = std::get_if<Intervene>(&action);
      if (intervene == nullptr) continue;
      CHECK(intervene->origin == raft::sim::Origin::Key);
      if (const auto* rule = std::get_if<ChangeRule>(&intervene->what)) rules.insert(rule->rule);
      if (const auto* setting = std::get_if<ChangeSetting>(&intervene->what)) settings.insert(setting->setting);
    }
  }
};

}  // namespace

TEST_CASE("Every setting and every rule can be changed by keyboard alone") {
  Played played(5);
  played.play_a_while();
  const std::uint64_t before = raft::sim::world_hash(played.run.world());
  Window window;
  CHECK(window.frame(played, smallest_size, {press(Key::S)}).actions.empty());
  CHECK(window.state.settings.open);
  window.frame(played, smallest_size);
  Asked asked;
  const std::size_t stops = window.state.focus.order.size();
  REQUIRE(stops > raft::rule_table.size() + raft::sim::setting_table.size());
  for (std::size_t i = 0; i < stops; ++i) {
    window.state.settings.open = true;
    window.frame(played, smallest_size, {press(Key::Tab)});
    for (const Key key : {Key::Left, Key::Right, Key::Space}) {
      asked.take(window.frame(played, smallest_size, {press(key)}).actions);
      window.state.settings.typing.reset();
    }
  }
  CHECK(asked.rules.size() == raft::rule_table.size());
  CHECK(asked.settings.size() == raft::sim::setting_table.size());
  CHECK(raft::sim::world_hash(played.run.world()) == before);
}

TEST_CASE("Back to defaults and all rules on ask for what differs, and for nothing else") {
  Played played(3);
  played.act(ChangeSetting{Setting::Loss, {1, 20}});
  played.act(ChangeSetting{Setting::Noop, {1, 0}});
  played.act(ChangeRule{raft::Rule::MajorityNeeded, false});
  Window window;
  window.state.settings.open = true;
  window.frame(played, smallest_size);
  Actions actions;
  for (int stop = 0; stop < 3; ++stop) {  // the cross, and the two buttons of the head
    window.state.settings.open = true;
    window.frame(played, smallest_size, {press(Key::Tab)});
    for (Action& action : window.frame(played, smallest_size, {press(Key::Enter)}).actions)
      actions.push_back(std::move(action));
  }
  REQUIRE(actions.size() == 3);
  for (const Action& action : actions) {
    const auto& what = std::get<Intervene>(action).what;
    if (const auto* rule = std::get_if<ChangeRule>(&what)) {
      CHECK(rule->rule == raft::Rule::MajorityNeeded);
      CHECK(rule->on);
      continue;
    }
    const auto& change = std::get<ChangeSetting>(what);
    CHECK((change.setting == Setting::Loss || change.setting == Setting::Noop));
    CHECK(change.value == default_of(change.setting));
  }
}

TEST_CASE("A rule that is off has its strip in every window, and a click there opens the sheet at it") {
  Played played(3);
  played.play_a_while();
  played.act(ChangeRule{raft::Rule::JointMajorities, false});
  Window window;
  const Layout layout =
      make_layout({.width = smallest_size.width, .height = smallest_size.height, .nodes = 3, .rules_off = true});
  REQUIRE_FALSE(is_empty(layout.rules));
  // The first chip begins after the words "Rules off".
  window.click(played, smallest_size, {160, layout.rules.center().y});
  CHECK(window.state.settings.open);
  CHECK_FALSE(window.state.settings.go_to.has_value());  // it is there
  CHECK(window.state.settings_scroll.offset > 1000);
  // Its switch has the focus: Space puts the rule on again.
  const Actions actions = window.frame(played, smallest_size, {press(Key::Space)}).actions;
  REQUIRE(actions.size() == 1);
  const auto& change = std::get<ChangeRule>(std::get<Intervene>(actions.front()).what);
  CHECK(change.rule == raft::Rule::JointMajorities);
  CHECK(change.on);
}

TEST_CASE("The strip of rules over another sheet, reached by keyboard: that sheet closes, and the settings open at the rule") {
  for (bool UiState::* sheet : {&UiState::help_open, &UiState::text_open, &UiState::steps_open}) {
    Played played(3);
    played.act(ChangeRule{raft::Rule::JointMajorities, false});
    Window window;
    window.walkthrough = WalkthroughView{};  // steps_open needs one
    window.state.*sheet = true;
    window.frame(played, smallest_size);
    window.frame(played, smallest_size, {{.key = Key::Tab, .shift = true}});
    window.frame(played, smallest_size, {press(Key::Enter)});
    for (int i = 0; i < 3; ++i) window.frame(played, smallest_size);
    CHECK_FALSE(window.state.*sheet);
    CHECK(window.state.settings.open);
    CHECK_FALSE(window.state.settings.go_to.has_value());  // it is there
    const Actions actions = window.frame(played, smallest_size, {press(Key::Space)}).actions;
    REQUIRE(actions.size() == 1);
    CHECK(std::get<ChangeRule>(std::get<Intervene>(actions.front()).what).rule == raft::Rule::JointMajorities);
  }
}

TEST_CASE("Escape closes what is typed first, then the sheet") {
  Played played(3);
  Window window;
  window.state.settings.open = true;
  window.state.settings.typing = SettingsSheet::Typing{.setting = Setting::Heartbeat};
  window.frame(played, smallest_size, {press(Key::Escape)});
  CHECK_FALSE(window.state.settings.typing.has_value());
  CHECK(window.state.settings.open);
  window.frame(played, smallest_size, {press(Key::Escape)});
  CHECK_FALSE(window.state.settings.open);
}

TEST_CASE("Typed numbers are read as a person writes them") {
  CHECK(read_number(Setting::Heartbeat, "50") == 50'000);
  CHECK(read_number(Setting::Heartbeat, " 2.5 ms ") == 2'500);
  CHECK(read_number(Setting::Heartbeat, "1s") == 1'000'000);
  CHECK(read_number(Setting::Heartbeat, "20us") == std::nullopt);  // shorter than the language allows
  CHECK(read_number(Setting::DiskDelay, "0") == 0);
  CHECK(read_number(Setting::Loss, "5") == 500);
  CHECK(read_number(Setting::Loss, "12.5 %") == 1'250);
  CHECK(read_number(Setting::Loss, "1/20") == 500);
  CHECK(read_number(Setting::Loss, "2/1") == std::nullopt);
  CHECK(read_number(Setting::SnapshotAfter, "off") == 0);
  CHECK(read_number(Setting::Batch, "0") == std::nullopt);
  for (const char* wrong : {"", "x", "1.5.2", "-3", "5 apples", "1/0", "nan", "inf", "1e400"}) {
    CAPTURE(wrong);
    for (const Setting setting : {Setting::Heartbeat, Setting::Loss, Setting::Batch}) {
      CHECK(read_number(setting, wrong) == std::nullopt);
    }
  }
}

TEST_CASE("A range never ends before it starts, and a share is as short as it can be") {
  CHECK(with_number(Setting::Latency, {10'000, 20'000}, false, 30'000) == SettingValue{30'000, 30'000});
  CHECK(with_number(Setting::Latency, {10'000, 20'000}, true, 5'000) == SettingValue{5'000, 5'000});
  CHECK(with_number(Setting::Loss, {0, 1}, false, 500) == SettingValue{1, 20});
  CHECK(with_number(Setting::Loss, {1, 20}, false, 0) == SettingValue{0, 1});
  CHECK(with_number(Setting::Heartbeat, {50'000, 0}, false, -7) == SettingValue{1'000, 0});
}

TEST_CASE("Sliders and arrows go through readable numbers, and every place has its number") {
  for (const raft::sim::SettingInfo& info : raft::sim::setting_table) {
    CAPTURE(info.name);
    if (info.kind > raft::sim::SettingKind::CountOrOff) continue;
    std::int64_t before = -1;
    for (float place = 0; place <= 1; place += 1.0F / 128) {
      const std::int64_t number = slider_number(info.setting, place);
      CHECK(number >= before);
      before = number;
      CHECK(nudged(info.setting, number, 1) > number);
      if (number > 1000) CHECK(nudged(info.setting, number, -1) < number);
      CHECK(std::abs(slider_place(info.setting, number) - place) < 0.17F);
    }
  }
}

}  // namespace ui::test
