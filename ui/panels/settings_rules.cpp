// What a rule says, what happens without it, which promise breaks, and its switch. Off is red.
#include "ui/panels/settings_rules.h"

#include <algorithm>
#include <bit>

#include "ui/panels/settings_controls.h"
#include "ui/panels/violations.h"

namespace ui {

namespace {

std::string breaks_text(const Panel& panel, const raft::RuleInfo& info) {
  const raft::explain::Fact property("property", panel.text("property." + raft::explain::as_key(info.breaks)));
  if (info.needs[0] == '\0') return panel.text("ui.breaks", {property});
  return panel.text("ui.breaks_only_with", {property, {"feature", panel.text("feature." + raft::explain::as_key(info.needs))}});
}

std::string off_text(const Panel& panel, const raft::RuleInfo& info) {
  return panel.text("ui.when_off") + " " + panel.text(std::string("rule_off.") + info.name) + " " +
         breaks_text(panel, info) + panel.text("phrase.full_stop");
}

TextStyle small(Color color) { return {.size = Size::Small, .color = color}; }

}  // namespace

const std::string& rule_title(const Panel& panel, const raft::RuleInfo& info) {
  return panel.text(std::string("paper_rule.") + info.name);
}

std::string rule_section(const Panel& panel, const raft::RuleInfo& info) {
  return raft::explain::section_text(panel.view.words, info.section);
}

int rules_off(const raft::sim::World& world) { return std::popcount(world.settings.core.rules.off_bits()); }

void turn_all_rules_on(Panel& panel) {
  for (const raft::RuleInfo& info : raft::rule_table) {
    if (panel.world().settings.core.rules.on(info.rule)) continue;
    panel.act(Intervene{raft::sim::ChangeRule{info.rule, true}, panel.origin()});
  }
}

float rule_row_height(const Panel& panel, const raft::RuleInfo& info, float width) {
  const float wide = width_beside_switch(panel, width);
  const auto high = [&](std::string_view text) {
    return panel.canvas.measure_paragraph({0, 0}, wide, text, small(0)).height();
  };
  return panel.units(card_title_height + 22) + high(panel.text(std::string("rule.") + info.name)) +
         high(off_text(panel, info));
}

void draw_rule_row(Panel& panel, const raft::RuleInfo& info, const Rect& row) {
  const Theme& theme = panel.theme();
  const bool on = panel.world().settings.core.rules.on(info.rule);
  if (!on) {
    panel.canvas.rect(row.inset(1, 0), with_alpha(theme.danger, 0.09F), 0);
    panel.canvas.rect({row.left, row.top, row.left + panel.units(4), row.bottom}, theme.danger, 0);
  }
  const std::vector<raft::Rule> lit = raft::explain::rules_behind(panel.world(), panel.view.run.event());
  if (std::find(lit.begin(), lit.end(), info.rule) != lit.end()) {  // it has decided the event one stands at
    panel.canvas.rect(row.inset(1, 0), theme.accent_soft, 0);
    panel.canvas.rect({row.left, row.top, row.left + panel.units(4), row.bottom}, theme.accent, 0);
  }
  const float left = row.left + panel.units(card_pad);
  const float middle = row.top + panel.units(10 + card_title_height / 2);
  const float room = width_beside_switch(panel, row.width());
  const std::string section = rule_section(panel, info);
  const TextStyle quiet{.face = Face::Mono, .size = Size::Small, .color = theme.text_quiet, .anchor = Anchor::Middle};
  const float section_width = panel.canvas.text_width(section, quiet) + panel.units(10);
  const Rect title = panel.canvas.text({left, middle}, rule_title(panel, info),
                                       {.face = Face::SansBold, .size = Size::Small,
                                        .color = on ? theme.text : theme.danger, .anchor = Anchor::Middle,
                                        .max_width = room - section_width, .zoom = 1.08F});
  panel.canvas.text({title.right + panel.units(10), middle}, section, quiet);
  Point pen{left, row.top + panel.units(10 + card_title_height)};
  pen.y = panel.canvas.paragraph(pen, room, panel.text(std::string("rule.") + info.name), small(theme.text)).bottom;
  panel.canvas.paragraph(pen, room, off_text(panel, info), small(on ? theme.text_quiet : theme.danger));
  const Rect place{row.right - panel.units(card_pad + switch_width), middle - panel.units(14),
                   row.right - panel.units(card_pad), middle + panel.units(14)};
  if (draw_switch(panel, info.name, place, {.on = on, .danger_when_off = true})) {
    panel.act(Intervene{raft::sim::ChangeRule{info.rule, !on}, panel.origin()});
  }
}

}  // namespace ui
