// A rule of the paper as a row of the settings sheet, and what the strip of rules that are off shares with it.
#pragma once

#include "raft/core/rules.h"
#include "ui/widgets/widgets.h"

namespace ui {

/// "One vote per term"
const std::string& rule_title(const Panel& panel, const raft::RuleInfo& info);
/// "§5.4.2"
std::string rule_section(const Panel& panel, const raft::RuleInfo& info);
/// How many rules of the run are switched off.
int rules_off(const raft::sim::World& world);
/// Switches them all on again.
void turn_all_rules_on(Panel& panel);

/// In points; `width` is the row's.
float rule_row_height(const Panel& panel, const raft::RuleInfo& info, float width);
void draw_rule_row(Panel& panel, const raft::RuleInfo& info, const Rect& row);

}  // namespace ui
