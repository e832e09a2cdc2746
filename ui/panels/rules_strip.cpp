// The red strip that names every rule that is switched off, with its section, in every window and every picture: what
// one sees below it is not Raft. A click opens the settings at that rule.
#include <algorithm>

#include "ui/icons.h"
#include "ui/panels/panels.h"
#include "ui/panels/settings_rules.h"

namespace ui {

namespace {

TextStyle on_red(const Theme& theme, Face face = Face::Sans) {
  return {.face = face, .size = Size::Small, .color = theme.text_on_fill, .anchor = Anchor::Middle};
}

/// In the settings; the strip is drawn over other sheets too, and they would cover them.
void open_at(Panel& panel, raft::Rule rule) {
  UiState& state = panel.state;
  state.help_open = state.text_open = state.steps_open = state.author.text_open = false;
  state.settings = {.open = true, .go_to = rule};
}

/// Draws a chip whose left middle is `at`, unless it would reach beyond `limit`. Returns its right end, or nothing.
std::optional<float> draw_chip(Panel& panel, std::string_view id, Point at, float limit, std::string_view text,
                               raft::Rule rule) {
  const Theme& theme = panel.theme();
  const float width = panel.canvas.text_width(text, on_red(theme)) + panel.units(20);
  if (at.x + width > limit) return std::nullopt;
  const Rect chip{at.x, at.y - panel.units(12), at.x + width, at.y + panel.units(12)};
  const Touch touched = touch(panel, id, chip, {.tip = panel.text("ui.rule_open_tip")});
  const float ground = touched.hovered ? 0.34F : 0.16F;
  panel.canvas.rect(chip, with_alpha(theme.text_on_fill, ground), panel.units(12));
  if (touched.focused) panel.canvas.frame(chip, {theme.text_on_fill, panel.units(2)}, panel.units(12));
  panel.canvas.text({chip.left + panel.units(10), at.y}, text, on_red(theme));
  if (touched.clicked) open_at(panel, rule);
  return chip.right;
}

}  // namespace

void draw_rules_strip(Panel& panel) {
  const Theme& theme = panel.theme();
  const Rect& area = panel.area;
  panel.canvas.rect(area, theme.danger, 0);
  const float y = area.center().y;
  float x = area.left + panel.units(20);
  x = panel.canvas.text({x, y}, icon::warning, on_red(theme)).right + panel.units(8);
  x = panel.canvas.text({x, y}, panel.text("ui.rules_off"), on_red(theme, Face::SansBold)).right + panel.units(14);

  int left_over = rules_off(panel.world());
  const float more_width =
      panel.canvas.text_width(panel.text("ui.more_rules", {{"n", 22}}), on_red(theme)) + panel.units(30);
  const float end = area.right - panel.units(20);
  for (const raft::RuleInfo& info : raft::rule_table) {
    if (panel.world().settings.core.rules.on(info.rule)) continue;
    const std::string text = rule_title(panel, info) + "  " + rule_section(panel, info);
    const float limit = left_over > 1 ? end - more_width : end;
    std::optional<float> right = draw_chip(panel, info.name, {x, y}, limit, text, info.rule);
    if (!right) {
      draw_chip(panel, "more", {x, y}, area.right, panel.text("ui.more_rules", {{"n", left_over}}), info.rule);
      return;
    }
    --left_over;
    x = *right + panel.units(8);
  }
}

}  // namespace ui
