// The one designed layout. It thinks in points at text scale 1 ("units"), so that large type in a small window
// and small type in a small window get the same answers.
#include "ui/layout.h"

#include <algorithm>
#include <cmath>

namespace ui {

namespace {

constexpr float row_max = 32;
constexpr float row_good = 22;
constexpr float row_min = 18;
constexpr float row_least = 14;
constexpr float stage_min = 200;
constexpr float stage_least = 150;
constexpr float splitter_reach = 4;
constexpr float diagram_around = 40 + 22 + 6;  // its header, its axis, its foot
constexpr float diagram_row_good = 36;
constexpr float diagram_row_min = 17;
constexpr float room_for_log = 520;  // in room mode

float top_bar_height(const LayoutInput& input, float units_high) {
  return input.room || units_high < 400 ? 0 : 48;
}

/// Never left out: what is seen without it would be taken for Raft.
float rules_height(const LayoutInput& input) { if (!input.rules_off) return 0;
  return input.room ? 28 : 36; }

constexpr float branch_lanes = 24;  // under the seek bar

float transport_height(const LayoutInput& input) {
  if (input.room) return 40;
  return input.branches ? 64 + branch_lanes : 64;
}

float caption_height(const LayoutInput& input, float units_high) {
  if (input.room) return input.rules_off || input.compare ? 80 : 104;  // one or two lines that can be read from the last row
  if (units_high >= 840) return 112;
  if (units_high >= 640) return 96;
  return 72;
}

/// Below the upper edge of the caption: where Back and Next are with and without branches, as far as the caption reaches.
float buttons_middle(const LayoutInput& input, float units_high) {
  const float height = caption_height(input, units_high);
  const float lower = input.branches && !input.room ? branch_lanes : 0;
  return std::min(height / 2 + lower, std::max(height / 2, height - caption_button / 2 - 4));
}

float safety_height(const LayoutInput& input, float units_high) { return input.room || units_high < 560 ? 0 : 32; }

float right_width(const LayoutInput& input, float units_wide) {
  if (input.room || input.compare || units_wide < 760) return 0;
  const float least = input.author || input.legend ? 320 : 280;
  if (units_wide < 1000) return least;
  const float most = std::max(320.0F, units_wide * 0.45F);
  if (input.right_width > 0) return std::clamp(input.right_width / input.text_scale, least, most);
  return std::clamp(std::round(units_wide * 0.25F / 8) * 8, input.author ? 400.0F : 320.0F, 480.0F);
}

struct LogSize {
  float height = 0;
  float row = 0;
  bool legend = true;
};

/// Rows as high as they like, within their share; then without the legend; then none at all.
LogSize log_size(const LayoutInput& input, float units_high) {
  if (input.room && units_high < room_for_log) return {};
  const auto rows = static_cast<float>(std::max(1, input.nodes));
  const float around = log_header + log_footer;
  const float bare = log_header + log_bare_footer;
  const float most = std::max(0.0F, units_high - stage_min);

  const float share = std::max(units_high * 0.42F, std::min(units_high * 0.52F, row_good * rows + around));
  float wanted = std::clamp((share - around) / rows, row_min, row_max) * rows + around;
  if (input.log_height > 0) wanted = std::max(input.log_height / input.text_scale, row_min + bare);
  wanted = std::min(wanted, most);
  if ((wanted - around) / rows >= row_least) return {wanted, std::min((wanted - around) / rows, row_max), true};
  if (input.log_height == 0) {
    wanted = std::min(row_min * rows + bare, most);
    if (wanted < row_least * rows + bare) wanted = std::min(row_least * rows + bare, units_high - stage_least);
  }
  const float row = (wanted - bare) / rows;
  if (row < row_least - 0.01F) return {};  // the plates on the stage say it too
  return {wanted, std::min(row, row_max), false};
}

constexpr float compare_head = 78;  // names, and the first difference in up to two lines

/// Two runs of many nodes need all of a low window for their stages; their cards say what the table of logs would.
LogSize log_beside_stages(const LayoutInput& input, float units_high) {
  constexpr int few_nodes = 5;
  constexpr float stage_of_many = 280;
  if (!input.compare || input.nodes <= few_nodes) return log_size(input, units_high);
  const LogSize dragged = log_size(input, units_high);
  if (units_high - compare_head - dragged.height >= stage_of_many) return dragged;
  if (input.log_height == 0) return {};
  // One that was dragged too high is as high as it can be.
  LayoutInput most = input;
  most.log_height = (units_high - compare_head - stage_of_many) * input.text_scale;
  return most.log_height > 0 ? log_size(most, units_high) : LogSize{};
}

/// All of the middle where the stage would have no room beside it.
float diagram_height(const LayoutInput& input, float units_high) {
  if (!input.diagram) return 0;
  const float rows = static_cast<float>(std::max(1, input.nodes)) + 1;  // the clients take about one
  const float least = diagram_around + rows * diagram_row_min;
  if (units_high - least < stage_least) return units_high;
  float wanted = std::clamp(diagram_around + rows * diagram_row_good, least, std::max(least, units_high * 0.56F));
  if (input.diagram_height > 0) wanted = std::max(input.diagram_height / input.text_scale, least);
  return std::min(wanted, units_high - stage_least);
}

/// In a low window what is picked needs the room more than what comes after the next event.
bool gives_way(const LayoutInput& input, float units_high) { return input.picked && units_high < 600; }

float upcoming_height(const LayoutInput& input, float units_high) {
  const float rows = units_high >= 760 ? 6.0F : units_high >= 600 ? 4.0F : gives_way(input, units_high) ? 1.0F : 2.0F;
  return upcoming_head + rows * upcoming_row + 8;
}

/// This run on the left, the other on the right.
void split_for_compare(Layout& layout, float head) {
  const float middle = std::round(layout.stage.right / 2);
  layout.compare = {layout.stage.left, layout.stage.top, layout.stage.right, layout.stage.top + head};
  layout.stage.top = layout.compare.bottom;
  layout.other_stage = {middle, layout.stage.top, layout.stage.right, layout.stage.bottom};
  layout.stage.right = middle;
  if (is_empty(layout.log)) return;
  layout.other_log = {middle, layout.log.top, layout.log.right, layout.log.bottom};
  layout.log.right = middle;
}

}  // namespace

Layout make_layout(const LayoutInput& input) {
  const float scale = input.text_scale;
  const float wide = input.width / scale;
  const float high = input.height / scale;
  // Whole points, so that hairlines stay sharp.
  const auto points = [scale](float units) { return std::round(units * scale); };

  Layout layout;
  const float bar = points(top_bar_height(input, high));
  const float top = bar + points(rules_height(input));
  const float transport_top = input.height - points(transport_height(input));
  const float caption_top = transport_top - points(caption_height(input, high));
  const float safety_top = caption_top - points(safety_height(input, high));
  layout.top_bar = {0, 0, input.width, bar};
  layout.rules = {0, bar, input.width, top};
  layout.transport = {0, transport_top, input.width, input.height};
  layout.caption = {0, caption_top, input.width, transport_top};
  layout.buttons_middle = points(buttons_middle(input, high)) + caption_top;
  layout.safety = {0, safety_top, input.width, caption_top};

  const float middle = input.width - points(right_width(input, wide));
  const LogSize log = input.diagram ? LogSize{} : log_beside_stages(input, (safety_top - top) / scale);
  const float diagram = input.diagram ? diagram_height(input, (safety_top - top) / scale) : 0;
  const float log_top = std::max(top, safety_top - points(std::max(log.height, diagram)));
  layout.log_row = std::floor(log.row * scale);
  layout.log_legend = log.legend;
  layout.stage = {0, top, middle, log_top};
  (input.diagram ? layout.diagram : layout.log) = {0, log_top, middle, safety_top};

  const float side = (safety_top - top) / scale;
  const float upcoming = points(upcoming_height(input, side));
  const float share = gives_way(input, side) ? 0.64F : side < 600 ? 0.5F : 0.58F;
  const float upcoming_top = top + std::round((safety_top - top - upcoming) * share / 8) * 8;
  const float events_top = upcoming_top + upcoming;
  layout.inspector = {middle, top, input.width, upcoming_top};
  layout.upcoming = {middle, upcoming_top, input.width, events_top};
  layout.events = {middle, events_top, input.width, safety_top};
  if (input.author || input.legend) {
    (input.author ? layout.author : layout.legend) = {middle, top, input.width, safety_top};
    layout.inspector = layout.upcoming = layout.events = {};
  }

  if (input.compare) {
    layout.inspector = layout.upcoming = layout.events = layout.legend = {};
    split_for_compare(layout, points(compare_head));
  }

  const float reach = splitter_reach * scale;
  if (!is_empty(layout.stage) && log_top < safety_top) layout.log_splitter = {0, log_top - reach, middle, log_top + reach};
  if (middle < input.width) layout.right_splitter = {middle - reach, top, middle + reach, safety_top};
  return layout;
}

}  // namespace ui
