// The futures of the run: as lanes under the seek bar, from the place where each leaves its parent, and as a list.
#include "ui/panels/branches.h"

#include <imgui.h>

#include <algorithm>

#include "ui/icons.h"
#include "ui/panels/stage_parts.h"
#include "ui/panels/still.h"

namespace ui {

namespace {

constexpr float branch_row_height = 56;
constexpr float command_row_height = 30;
constexpr float list_height_max = 300;
constexpr float list_width = 330;
constexpr float still_width = 96;

const BranchView* current_of(const View& view) {
  const auto found = std::find_if(view.branches.begin(), view.branches.end(), [](const BranchView& branch) { return branch.current; });
  return found == view.branches.end() ? nullptr : &*found;
}

/// Of the whole list, in units.
float rows_height(const View& view, const UiState& state) {
  const float commands = state.branch_list.row ? 4 * command_row_height : 0;
  return static_cast<float>(view.branches.size()) * branch_row_height + commands;
}

struct BranchLane {
  const BranchView& branch;
  float y = 0;
  float from = 0;
  float to = 0;
};

void draw_lane(Panel& panel, const BranchLane& lane, float parent_y, float half) {
  const Theme& theme = panel.theme();
  const Rect reach{std::min(lane.from - panel.units(4), lane.to - panel.units(8)), lane.y - half, lane.to + panel.units(4), lane.y + half};
  const std::string tip = panel.text(lane.branch.current ? "ui.branch_here" : "ui.branch_switch", {{"branch", lane.branch.name}});
  const std::string id = "lane " + std::to_string(lane.branch.id);
  const Touch touched = touch(panel, id, reach, {.focusable = false, .tip = tip});
  const Color ink = lane.branch.current || touched.hovered ? theme.accent : theme.text_quiet;
  const float width = panel.units(lane.branch.current ? 3.5F : 2);
  panel.canvas.line({lane.from, lane.y}, {lane.to, lane.y}, {ink, width});
  if (!lane.branch.trunk) {
    panel.canvas.line({lane.from, parent_y}, {lane.from, lane.y}, {ink, panel.units(1.25F)});
    panel.canvas.circle({lane.from, parent_y}, panel.units(2.5F), ink);
  }
  panel.canvas.circle({lane.to, lane.y}, panel.units(lane.branch.current ? 3.5F : 2.5F), ink);
  if (touched.clicked && !lane.branch.current) panel.act(SelectBranch{lane.branch.id});
}

}  // namespace

void draw_branch_lanes(Panel& panel, const Rect& rect, const TimeToX& x_of) {
  const auto& branches = panel.view.branches;
  const float pitch = rect.height() / static_cast<float>(branches.size());
  std::vector<BranchLane> lanes;
  for (const BranchView& branch : branches) {
    const float y = rect.top + pitch * (static_cast<float>(lanes.size()) + 0.5F);
    lanes.push_back({branch, y, branch.trunk ? rect.left : x_of(branch.fork_at), x_of(branch.end_at)});
  }
  for (const BranchLane& lane : lanes) {
    const auto parent = std::find_if(lanes.begin(), lanes.end(), [&](const BranchLane& other) { return other.branch.id == lane.branch.parent; });
    draw_lane(panel, lane, parent == lanes.end() ? rect.top : parent->y, pitch / 2);
  }
}

void draw_branch_button(Panel& panel, const Rect& rect) {
  const BranchView* const current = current_of(panel.view);
  if (current == nullptr) return;
  BranchList& list = panel.state.branch_list;
  const ButtonStyle style{.kind = ButtonKind::Outline, .selected = list.open, .tip = panel.text("ui.branches_tip")};
  if (button(panel, "branches", rect, style)) list = {.open = !list.open};
  if (list.open) list.left = rect.left;
  // The name, and after it how many others there are: that is never cut.
  const Color ink = list.open ? panel.theme().accent : panel.theme().text;
  const float y = rect.center().y;
  const TextStyle right{.size = Size::Small, .color = panel.theme().text_quiet, .align = Align::Right, .anchor = Anchor::Middle};
  const std::string others = panel.text("ui.branch_others", {{"n", panel.view.branches.size() - 1}}) + " " + icon::caret_down;
  const Rect count = panel.canvas.text({rect.right - panel.units(8), y}, others, right);
  panel.canvas.text({rect.left + panel.units(10), y}, current->name,
                    {.size = Size::Small, .color = ink, .anchor = Anchor::Middle, .max_width = count.left - rect.left - panel.units(16)});
}

Rect branch_list_rect(const View& view, const UiState& state, const Layout& layout) {
  if (!state.branch_list.open || view.branches.empty()) return {};
  const float scale = view.text_scale;
  const float room = layout.transport.top - 12 * scale;
  const float height = std::min(room, (std::min(list_height_max, rows_height(view, state)) + 46) * scale);
  const float width = list_width * scale;
  const float left = std::clamp(state.branch_list.left, layout.transport.left, std::max(layout.transport.left, layout.transport.right - width));
  const float bottom = layout.transport.top - 6 * scale;
  return {left, bottom - height, left + width, bottom};
}

namespace {

/// Rename, compare, save, delete: under the row whose button was pressed. Returns how far down it reaches.
float draw_row_commands(Panel& panel, const BranchView& branch, float left, float right, float y) {
  const float height = panel.units(command_row_height);
  const auto one = [&](const char* id, const char* icon, const char* words, bool enabled = true, const char* tip = nullptr) {
    const Rect row{left + panel.units(24), y, right, y + height};
    y += height;
    return menu_row(panel, std::string(id), row, {.icon = icon, .label = panel.text(words), .enabled = enabled,
                                                  .tip = tip != nullptr ? std::string_view(panel.text(tip)) : std::string_view()});
  };
  UiState& state = panel.state;
  if (one("rename", icon::pencil, "ui.rename_branch")) {
    state.name_prompt = {.what = NamePrompt::For::Branch, .branch = branch.id};
    branch.name.copy(state.name_prompt.text.data(), state.name_prompt.text.size() - 1);
    state.branch_list = {};
  }
  if (one("compare", icon::columns, "compare.with_branch", !branch.current, branch.current ? "compare.is_here" : nullptr)) {
    panel.act(Compare{.branch = branch.id});
    state.branch_list = {};
  }
  if (one("save", icon::save, "ui.save_branch")) {
    panel.act(SaveRun{branch.id, ""});
    state.branch_list = {};
  }
  if (one("remove", icon::trash, "ui.remove_branch", !branch.trunk, branch.trunk ? "ui.trunk_stays" : nullptr)) {
    panel.act(RemoveBranch{branch.id});
    state.branch_list.row.reset();
  }
  return y;
}

}  // namespace

void draw_branch_list(Panel& panel) {
  const Theme& theme = panel.theme();
  const Rect& box = panel.area;
  panel.canvas.rect(box, theme.raised, {theme.hairline, 1}, panel.units(corner));
  panel.canvas.text({box.left + panel.units(14), box.top + panel.units(18)}, panel.text("ui.branches"),
                    {.face = Face::SansBold, .size = Size::Small, .color = theme.text_quiet, .anchor = Anchor::Middle});
  const Rect inside{box.left + panel.units(5), box.top + panel.units(34), box.right - panel.units(5), box.bottom - panel.units(6)};
  const float height = panel.units(branch_row_height);
  const float content = panel.units(rows_height(panel.view, panel.state));
  panel.canvas.clip(inside);
  float y = inside.top - scroll_vertically(panel, "branch list", inside, content, panel.state.branch_scroll);
  for (const BranchView& branch : panel.view.branches) {
    const float more = panel.units(34);
    const std::string id = "branch " + std::to_string(branch.id);
    const Rect picture{inside.right - more - panel.units(still_width), y, inside.right - more, y + height};
    const Rect row{inside.left, y, picture.left, y + height};
    // How a branch ends may be what is asked.
    if (branch.still != nullptr && !panel.view.asks()) draw_still(panel, picture.inset(panel.units(2)), *branch.still);
    if (menu_row(panel, id, row, {.icon = branch.current ? icon::check : icon::angle_right, .label = branch.name})) {
      panel.act(SelectBranch{branch.id});
      panel.state.branch_list = {};
    }
    const bool shown = panel.state.branch_list.row == branch.id;
    if (button(panel, id + " more", {inside.right - more, y, inside.right, y + height},
               {.icon = shown ? icon::minus : icon::bars, .tip = panel.text("ui.branch_more")})) {
      panel.state.branch_list.row = shown ? std::nullopt : std::optional<int>(branch.id);
    }
    y += height;
    if (shown) y = draw_row_commands(panel, branch, inside.left, inside.right, y);
  }
  panel.canvas.unclip();
  // A click on the window above the transport, beside the list, closes it.
  const ImVec2 mouse = ImGui::GetMousePos();
  const bool beside = !box.contains({mouse.x, mouse.y}) && mouse.y < box.bottom;
  if (beside && ImGui::IsMouseClicked(ImGuiMouseButton_Left)) panel.state.branch_list = {};
}

}  // namespace ui
