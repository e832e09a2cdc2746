// The legend: in its column beside the stage, and as a card where there is none.
#include <set>

#include "tests/ui/window.h"

namespace ui::test {

using raft::explain::Language;

TEST_CASE("Every line of the legend is read in full, in both languages") {
  for (const Language language : {Language::English, Language::Chinese}) {
    for (const Size2 size : all_sizes) {
      CAPTURE(size.width);
      Window window;
      Played played(3);
      window.language = language;
      std::set<std::string> before;
      for (const DrawnItem& item : window.drawn(played, size)) before.insert(item.what);
      window.state.legend_open = true;
      int lines = 0;
      for (const DrawnItem& item : window.drawn(played, size)) {
        if (item.kind != DrawnKind::Text || before.count(item.what) != 0) continue;
        CAPTURE(item.what);
        CHECK_FALSE(item.cut);
        ++lines;
      }
      CHECK(lines >= 20);  // some of its words are seen elsewhere, too
    }
  }
}

TEST_CASE("The legend leaves the stage in sight; where there is no column it lies over it, and is read there") {
  Played played(3);
  Window window;
  const auto words_of_panel = [&window, &played](Size2 size, const char* panel) {
    int words = 0;
    Rect around{1e9F, 1e9F, -1e9F, -1e9F};
    for (const DrawnItem& item : window.drawn(played, size)) {
      if (item.panel.find(panel) == std::string::npos || item.kind != DrawnKind::Text) continue;
      ++words;
      around = {std::min(around.left, item.box.left), std::min(around.top, item.box.top), std::max(around.right, item.box.right),
                std::max(around.bottom, item.box.bottom)};
    }
    return std::pair(words, around);
  };
  const Size2 window_size{1280, 720};
  window.state.legend_open = true;
  CHECK(words_of_panel(window_size, "legend card").first == 0);
  const auto [words, column] = words_of_panel(window_size, "legend");
  CHECK(words >= 32);
  CHECK(column.left > 1280 - 330);
  CHECK(words_of_panel(window_size, "inspector").first == 0);
  // Whoever picks something wants to read about it.
  window.state.selection = {.kind = Selection::Kind::Node, .node = raft::node_at(1)};
  CHECK(words_of_panel(window_size, "inspector").first > 0);
  CHECK_FALSE(window.state.legend_open);
  window.state.legend_open = true;  // and it can be opened again while that is picked
  CHECK(words_of_panel(window_size, "legend").first >= 32);
  CHECK(window.state.legend_open);
  window.state.room = true;
  const auto [in_room, card] = words_of_panel(window_size, "legend card");
  CHECK(in_room >= 10);
  CHECK(card.bottom <= 720);
  window.state.selection = {.kind = Selection::Kind::Node, .node = raft::node_at(2)};  // it hides nothing of that here
  CHECK(words_of_panel(window_size, "legend card").first >= 10);
  window.state.help_open = true;
  CHECK(words_of_panel(window_size, "legend card").first == 0);
}

}  // namespace ui::test
