// The tools of the stage: the small toolbar, and what the mouse does with each of them. Menus are in
// stage_menu.cpp.
#include <imgui.h>

#include <algorithm>
#include <array>

#include "ui/icons.h"
#include "ui/panels/stage_parts.h"

namespace ui {

namespace {

using raft::NodeSet;
using raft::sim::Intervention;

void act(Stage& stage, const Intervention& what) {
  if (!raft::sim::refusal(stage.world(), what)) stage.panel.act(Intervene{what, stage.panel.origin()});
}

struct ToolButton {
  const char* id;
  const char* icon;
  const char* text;
  const char* tip;
};

constexpr std::array<ToolButton, 6> tools{{
    {"select", icon::hand_pointer, "ui.tool_select", "ui.click_node_hint"},
    {"cut", icon::scissors, "ui.tool_cut", "ui.tool_cut_hint"},
    {"lasso", icon::users, "ui.tool_lasso", "ui.tool_lasso_hint"},
    {"heal", icon::link, "ui.heal", "ui.heal_all"},
    {"write", icon::pencil, "ui.write", "ui.write_hint"},
    {"predict", icon::lightbulb, "ui.tool_predict", "ui.tool_predict_hint"},
}};

/// Words beside the icons only where the stage has room for them.
bool has_words(const Panel& panel) {
  return panel.area.height() > panel.units(520) && panel.area.width() > panel.units(1000);
}

ButtonStyle style_of(const Panel& panel, std::size_t i) {
  ButtonStyle style{.icon = tools[i].icon, .tip = panel.text(tools[i].tip)};
  if (has_words(panel)) style.label = panel.text(tools[i].text);
  return style;
}

void press_tool(Stage& stage, std::size_t i) {
  UiState& state = stage.panel.state;
  state.stage.menu = {};
  switch (i) {
    case 3: act(stage, raft::sim::Heal{}); break;
    case 4:
      state.write.open = !state.write.open;
      state.write.to = raft::no_node;
      break;
    case 5: stage.panel.act(ToggleGuessing{}); break;
    default: state.stage.tool = static_cast<Tool>(i);
  }
  if (i <= 3) state.stage.new_islands.clear();
}

// --- cutting ---

/// The directions that a stroke cuts: both, or with Alt the one that runs from its left to its right.
struct CutWay {
  raft::NodeId from;
  raft::NodeId to;
  raft::sim::Direction direction;
};

std::vector<CutWay> cut_by(const Scene& scene, Point start, Point end, bool one_way) {
  std::vector<CutWay> cuts;
  for (const LinkShape& link : scene.links) {
    if (!segments_cross(start, end, link.from, link.to)) continue;
    if (!link.a_to_b && !link.b_to_a) continue;
    const Point along = end - start;
    const Point to_a = link.from - start;
    const bool a_is_left = along.x * to_a.y - along.y * to_a.x < 0;
    const auto direction = one_way ? raft::sim::Direction::OneWay : raft::sim::Direction::BothWays;
    cuts.push_back(a_is_left ? CutWay{link.a, link.b, direction} : CutWay{link.b, link.a, direction});
  }
  return cuts;
}

void finish_cut(Stage& stage) {
  const std::vector<Point>& stroke = stage.panel.state.stage.stroke;
  if (stroke.size() < 2) return;
  for (const CutWay& cut : cut_by(stage.scene, stroke.front(), stroke.back(), ImGui::GetIO().KeyAlt)) {
    act(stage, raft::sim::Cut{cut.from, cut.to, cut.direction});
  }
}

// --- islands ---

NodeSet lassoed(const Stage& stage) {
  NodeSet nodes;
  const std::vector<Point>& stroke = stage.panel.state.stage.stroke;
  if (stroke.size() < 3) return nodes;
  for (const NodeShape& node : stage.scene.nodes) {
    if (inside(stroke, node.center)) nodes.add(node.id);
  }
  return nodes;
}

/// One more island; the nodes in none of them are together.
void finish_lasso(Stage& stage) {
  StageState& state = stage.panel.state.stage;
  const NodeSet fresh = lassoed(stage);
  if (fresh.empty()) return;
  if (stage.world().network.all_open()) state.new_islands.clear();
  for (NodeSet& island : state.new_islands) island = island - fresh;
  state.new_islands.push_back(fresh);
  raft::sim::Partition partition;
  NodeSet rest = stage.world().all_nodes();
  for (const NodeSet island : state.new_islands) {
    const NodeSet here = island & stage.world().all_nodes();  // others may have been there when it was drawn
    if (!here.empty()) partition.islands.push_back(here);
    rest = rest - island;
  }
  if (!rest.empty()) partition.islands.push_back(rest);
  act(stage, partition);
}

// --- selecting and moving ---

void click(Stage& stage) {
  UiState& state = stage.panel.state;
  const Selection before = state.selection;
  state.stage.menu = {};
  state.write.open = false;
  const Hit& hit = stage.hit;
  switch (hit.kind) {
    case Hit::Kind::Node:
      state.selection = {.kind = Selection::Kind::Node, .node = hit.node};
      state.stage.menu = {.kind = StageMenu::Kind::Node, .node = hit.node};
      break;
    case Hit::Kind::Message:
      state.selection = {.kind = Selection::Kind::Message, .message = hit.message};
      state.stage.menu = {.kind = StageMenu::Kind::Message, .message = hit.message, .at = state.stage.pressed};
      break;
    case Hit::Kind::Link: {
      const LinkShape& link = stage.scene.links[hit.link];
      state.selection = {.kind = Selection::Kind::Link, .node = link.a, .other = link.b};
      state.stage.menu = {
          .kind = StageMenu::Kind::Link, .node = link.a, .other = link.b, .at = state.stage.pressed};
      break;
    }
    case Hit::Kind::Barrier: {
      const LinkShape& link = stage.scene.links[hit.link];
      act(stage, raft::sim::Mend{link.a, link.b, raft::sim::Direction::BothWays});
      break;
    }
    case Hit::Kind::Client:
      state.selection = {.kind = Selection::Kind::Client, .client = hit.client};
      state.stage.menu = {.kind = StageMenu::Kind::Client, .client = hit.client, .at = state.stage.pressed};
      break;
    case Hit::Kind::Nothing: state.selection = {}; break;
  }
  if (state.selection != before) state.inspector_scroll = {.at_end = false};  // of something else one sees the top first
}

void drag_node(Stage& stage, Point mouse) {
  StageState& state = stage.panel.state.stage;
  const Rect area = stage.scene.area;
  const float margin = stage.scene.node(*state.dragged).ring + 4;
  const Point at{std::clamp(mouse.x, area.left + margin, area.right - margin),
                 std::clamp(mouse.y, area.top + margin, area.bottom - margin)};
  state.placed[*state.dragged] = {(at.x - area.left) / area.width(), (at.y - area.top) / area.height()};
  state.menu = {};
}

/// The second press of a double click: the node goes to its own place, and the menu that the first has opened closes.
void put_back(Stage& stage) {
  StageState& state = stage.panel.state.stage;
  state.placed.erase(stage.hit.node);
  state.grabbed.reset();
  state.menu = {};
  state.puts_back = true;
}

void press(Stage& stage, Point mouse) {
  StageState& state = stage.panel.state.stage;
  state.pressing = true;
  state.pressed = mouse;
  state.stroke.clear();
  state.dragged.reset();
  state.puts_back = false;
  if (state.tool == Tool::Select) {
    if (stage.hit.kind == Hit::Kind::Node) state.grabbed = stage.hit.node;
    if (stage.hit.kind == Hit::Kind::Node && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)) put_back(stage);
  } else {
    state.stroke.push_back(mouse);
  }
}

void hold(Stage& stage, Point mouse) {
  StageState& state = stage.panel.state.stage;
  const bool moved = distance(mouse, state.pressed) > click_reach;
  if (state.tool == Tool::Select) {
    if (moved && state.grabbed && !state.dragged) {
      state.dragged = state.grabbed;
      const auto placed = state.placed.find(*state.dragged);
      state.placed_before = placed == state.placed.end() ? std::nullopt : std::optional(placed->second);
    }
    if (state.dragged) drag_node(stage, mouse);
  } else if (state.tool == Tool::Cut && (moved || state.stroke.size() > 1)) {  // also back to where it began
    state.stroke = {state.pressed, mouse};
  } else if (!state.stroke.empty() && distance(mouse, state.stroke.back()) > 3) {
    state.stroke.push_back(mouse);
  }
}

void release(Stage& stage, Point mouse) {
  StageState& state = stage.panel.state.stage;
  const bool stayed = distance(mouse, state.pressed) <= click_reach;
  if (state.tool == Tool::Select && stayed && !state.dragged && !state.puts_back) click(stage);
  if (state.tool != Tool::Select && state.stroke.size() < 2) click(stage);
  if (state.tool == Tool::Cut) finish_cut(stage);
  if (state.tool == Tool::Lasso) finish_lasso(stage);
  state.pressing = false;
  state.dragged.reset();
  state.grabbed.reset();
  state.stroke.clear();
}

}  // namespace

Rect toolbar_rect(const Panel& panel) {
  float width = panel.units(8);
  for (std::size_t i = 0; i < tools.size(); ++i)
    width += std::max(button_width(panel, style_of(panel, i)), panel.units(32));
  const Point corner_at{panel.area.left + panel.units(10), panel.area.top + panel.units(10)};
  return {corner_at.x, corner_at.y, corner_at.x + width + panel.units(10), corner_at.y + panel.units(36)};
}

void draw_toolbar(Stage& stage, Rect toolbar) {
  Panel& panel = stage.panel;
  panel.canvas.shadow(toolbar, panel.units(corner), panel.units(5));
  panel.canvas.rect(toolbar, panel.theme().raised, {panel.theme().hairline, 1}, panel.units(corner));
  float x = toolbar.left + panel.units(4);
  for (std::size_t i = 0; i < tools.size(); ++i) {
    ButtonStyle style = style_of(panel, i);
    if (i == 3) {
      const float line = x + panel.units(4.5F);
      panel.canvas.line({line, toolbar.top + panel.units(8)}, {line, toolbar.bottom - panel.units(8)},
                        {panel.theme().hairline, 1});
      x += panel.units(10);
      style.enabled = !stage.world().network.all_open();
    }
    style.selected = i < 3 ? static_cast<Tool>(i) == panel.state.stage.tool
                           : (i == 4 && panel.state.write.open) || (i == 5 && panel.view.guess.has_value());
    if (i == 5 && panel.view.guided() && !panel.view.walkthrough->left) {
      style.enabled = false;
      style.tip = panel.text("ui.tool_predict_not_here");
    }
    const float width = std::max(button_width(panel, style), panel.units(32));
    const Rect place{x, toolbar.top + panel.units(4), x + width, toolbar.bottom - panel.units(4)};
    if (button(panel, tools[i].id, place, style)) press_tool(stage, i);
    x += width;
  }
}

Selection hovered_by(const Hit& hit) {
  if (hit.kind == Hit::Kind::Node) return {.kind = Selection::Kind::Node, .node = hit.node};
  if (hit.kind == Hit::Kind::Message) return {.kind = Selection::Kind::Message, .message = hit.message};
  return {};
}

void point_at(Stage& stage) {
  const Selection hovered = hovered_by(stage.hit);
  const ImVec2 mouse = ImGui::GetMousePos();
  if (stage.panel.state.stage.menu.kind == StageMenu::Kind::Closed) explain_part(stage, {mouse.x, mouse.y});
  if (hovered != Selection{}) {
    stage.panel.notes.hovered = hovered;
  } else if (stage.hit.kind == Hit::Kind::Barrier && !stage.panel.view.read_only && !stage.panel.state.stage.pressing) {
    const Point at = stage.scene.links[stage.hit.link].barrier;
    const float reach = stage.u(barrier_reach);
    stage.panel.notes.tooltip = {stage.panel.text("stage.click_mends"), {at.x - reach, at.y - reach, at.x + reach, at.y + reach}};
  }
}

void handle_mouse(Stage& stage) {
  StageState& state = stage.panel.state.stage;
  const ImVec2 at = ImGui::GetMousePos();
  const Point mouse{at.x, at.y};
  if (stage.free) point_at(stage);
  if (stage.free && ImGui::IsMouseClicked(ImGuiMouseButton_Left)) press(stage, mouse);
  if (!state.pressing) return;
  if (ImGui::IsMouseDown(ImGuiMouseButton_Left)) {
    hold(stage, mouse);
  } else {
    release(stage, mouse);
  }
}

void draw_gesture(Stage& stage) {
  const StageState& state = stage.panel.state.stage;
  if (state.stroke.size() < 2) return;
  const Stroke ink{stage.theme().accent, std::max(2.0F, stage.u(2.5F))};
  if (state.tool == Tool::Lasso) {
    stage.canvas().polyline(state.stroke, ink);
    stage.canvas().line(state.stroke.back(), state.stroke.front(), {ink.color, 1.5F}, Dash::Dotted);
    for (const raft::NodeId node : lassoed(stage)) {
      stage.canvas().ring(stage.scene.node(node).center, stage.scene.node(node).ring + stage.u(3), ink);
    }
    return;
  }
  stage.canvas().line(state.stroke.front(), state.stroke.back(), ink, Dash::Dashed);
  for (const CutWay& cut : cut_by(stage.scene, state.stroke.front(), state.stroke.back(), ImGui::GetIO().KeyAlt)) {
    const NodeShape& from = stage.scene.node(cut.from);
    const NodeShape& to = stage.scene.node(cut.to);
    const Point along = (to.center - from.center) * (1 / std::max(distance(from.center, to.center), 1.0F));
    stage.canvas().line(from.center + along * from.ring, to.center - along * to.ring, {stage.theme().barrier, 2});
    if (cut.direction == raft::sim::Direction::OneWay) {
      stage.canvas().arrow_head(to.center - along * to.ring, along, stage.u(12), stage.theme().barrier);
    }
  }
}

}  // namespace ui
