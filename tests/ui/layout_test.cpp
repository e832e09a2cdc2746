// The layout: at every size the panels fill the window, side by side, and what must be seen has room.
#include "ui/layout.h"

#include <doctest/doctest.h>

#include <array>
#include <vector>

namespace ui::test {

using ui::Layout;
using ui::LayoutInput;
using ui::make_layout;
using ui::Rect;

namespace {

std::vector<Rect> panels_of(const Layout& layout) {
  std::vector<Rect> panels;
  for (const Rect& rect : {layout.top_bar, layout.rules, layout.stage, layout.log, layout.diagram, layout.inspector, layout.upcoming, layout.events, layout.author, layout.legend, layout.safety,
                           layout.caption, layout.transport}) {
    if (!ui::is_empty(rect)) panels.push_back(rect);
  }
  return panels;
}

bool overlap(const Rect& a, const Rect& b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

void check_tiling(const LayoutInput& input) {
  CAPTURE(input.width);
  CAPTURE(input.height);
  CAPTURE(input.text_scale);
  CAPTURE(input.nodes);
  CAPTURE(input.room);
  const Layout layout = make_layout(input);
  const std::vector<Rect> panels = panels_of(layout);
  float area = 0;
  for (std::size_t i = 0; i < panels.size(); ++i) {
    CHECK(panels[i].left >= 0);
    CHECK(panels[i].top >= 0);
    CHECK(panels[i].right <= input.width);
    CHECK(panels[i].bottom <= input.height);
    area += panels[i].width() * panels[i].height();
    for (std::size_t j = i + 1; j < panels.size(); ++j) CHECK_FALSE(overlap(panels[i], panels[j]));
  }
  CHECK(area == doctest::Approx(input.width * input.height));
  CHECK_FALSE(ui::is_empty(layout.stage));
  CHECK_FALSE(ui::is_empty(layout.caption));
  CHECK_FALSE(ui::is_empty(layout.transport));
}

constexpr std::array<std::array<float, 2>, 6> screen_sizes{
    {{1280, 720}, {1600, 900}, {1920, 1080}, {2560, 1080}, {3840, 2160}, {1080, 1920}}};

}  // namespace

TEST_CASE("The panels fill the window and do not overlap, at every size, scale and number of nodes") {
  for (const auto& [width, height] : screen_sizes) {
    for (const float scale : {0.8F, 1.0F, 1.42F, 2.0F}) {
      for (int nodes = 1; nodes <= 11; ++nodes) {
        for (const bool room : {false, true}) {
          for (const bool rules_off : {false, true}) {
            for (const bool author : {false, true}) {
              check_tiling({.width = width, .height = height, .text_scale = room ? scale * 2 : scale, .nodes = nodes,
                            .room = room, .author = author, .legend = rules_off, .rules_off = rules_off});
            }
          }
        }
      }
    }
  }
}

TEST_CASE("The smallest window still has everything, for eleven nodes too") {
  const Layout layout = make_layout({.width = 1280, .height = 720, .nodes = 11});
  CHECK_FALSE(ui::is_empty(layout.top_bar));
  CHECK_FALSE(ui::is_empty(layout.inspector));
  CHECK_FALSE(ui::is_empty(layout.events));
  CHECK_FALSE(ui::is_empty(layout.safety));
  CHECK(layout.stage.height() >= 200);
  // A row for every node, in the part of the log table that is left for rows.
  CHECK(layout.log_row >= 18);
  CHECK(layout.log.height() >= 11 * layout.log_row + ui::log_header + ui::log_bare_footer);
}

TEST_CASE("The strip of rules that are off has its place in every window, and only then") {
  for (const auto& [width, height] : screen_sizes) {
    for (const bool room : {false, true}) {
      LayoutInput input{.width = width, .height = height, .text_scale = room ? 2.0F : 1.0F, .room = room};
      CHECK(ui::is_empty(make_layout(input).rules));
      input.rules_off = true;
      CHECK(make_layout(input).rules.width() == width);
      CHECK(make_layout(input).rules.height() >= 28 * input.text_scale);
    }
  }
}

TEST_CASE("Splitters move their edge, and never take the stage away") {
  const LayoutInput start{.width = 1600, .height = 900};
  for (const float dragged : {1.0F, 150.0F, 400.0F, 5000.0F}) {
    LayoutInput input = start;
    input.log_height = dragged;
    input.right_width = dragged;
    check_tiling(input);
    const Layout layout = make_layout(input);
    CHECK(layout.stage.width() >= 600);
    CHECK(layout.stage.height() >= 150);
  }
  LayoutInput taller = start;
  taller.log_height = make_layout(start).log.height() + 40;
  CHECK(make_layout(taller).log.height() == doctest::Approx(taller.log_height));
}

TEST_CASE("Back, Next and the caption stay where they are, whatever is dragged and however many nodes there are") {
  const Layout one = make_layout({.width = 1600, .height = 900, .nodes = 1});
  const Layout other = make_layout({.width = 1600, .height = 900, .nodes = 11, .right_width = 500, .log_height = 400});
  CHECK(one.caption == other.caption);
  CHECK(one.transport == other.transport);
}

TEST_CASE("Back and Next stay where they are when branches get their lanes, and the caption is as high as before") {
  for (const float height : {640.0F, 720.0F, 900.0F, 1080.0F}) {
    const Layout before = make_layout({.width = 1280, .height = height});
    const Layout after = make_layout({.width = 1280, .height = height, .branches = true});
    CAPTURE(height);
    CHECK(after.buttons_middle == before.buttons_middle);
    CHECK(after.caption.height() == before.caption.height());
    CHECK(after.transport.height() == before.transport.height() + 24);
    CHECK(after.buttons_middle + ui::caption_button / 2 <= after.caption.bottom);
  }
  // In a low window they go as far as the caption reaches.
  const Layout low = make_layout({.width = 1280, .height = 600, .branches = true});
  CHECK(low.buttons_middle + ui::caption_button / 2 <= low.caption.bottom);
}

TEST_CASE("In room mode the side panels are away and the stage is as wide as the window") {
  const Layout layout = make_layout({.width = 1600, .height = 900, .text_scale = 2, .room = true});
  CHECK(ui::is_empty(layout.inspector));
  CHECK(ui::is_empty(layout.events));
  CHECK(ui::is_empty(layout.top_bar));
  CHECK(layout.stage.width() == 1600);
}

TEST_CASE("Two runs of many nodes have all of a low window for their stages") {
  LayoutInput input{.width = 1280, .height = 720, .nodes = 9, .compare = true};
  for (const int nodes : {6, 7, 11}) {
    input.nodes = nodes;
    CHECK(is_empty(make_layout(input).log));
    CHECK(make_layout(input).stage.height() > 350);
  }
  input.nodes = 9;
  CHECK(is_empty(make_layout(input).log));
  CHECK(is_empty(make_layout(input).other_log));
  CHECK(make_layout(input).other_stage.height() > 350);
  input.nodes = 5;
  CHECK_FALSE(is_empty(make_layout(input).log));
  input.nodes = 9;
  input.height = 1080;
  CHECK_FALSE(is_empty(make_layout(input).other_log));
  input.log_height = 900;  // dragged as high as can be: it stays, and can be dragged down again
  CHECK_FALSE(is_empty(make_layout(input).other_log));
  CHECK(make_layout(input).other_stage.height() > 270);
  input.log_height = 0;
  input.height = 720;
  input.compare = false;
  CHECK_FALSE(is_empty(make_layout(input).log));
}

TEST_CASE("While a walkthrough is written its panel has the right column, wide enough to type in") {
  const Layout layout = make_layout({.width = 1280, .height = 720, .author = true});
  CHECK(layout.author.width() >= 400);
  CHECK(ui::is_empty(layout.inspector));
  CHECK(ui::is_empty(layout.events));
}

}  // namespace ui::test
