// Numbers beside the logs, in columns of one width at every size.
#include "ui/panels/log_columns.h"

#include <algorithm>
#include <array>

namespace ui {

namespace {

constexpr float number_width = 64;
constexpr std::array<const char*, 3> numbers{"log_columns.commit", "log_columns.match", "log_columns.next"};
constexpr float numbers_width = number_width * static_cast<float>(numbers.size());
constexpr float store_least = 120;
constexpr float store_most = 240;

TextStyle cell_style(const Panel& panel, const Rect& rect) {
  const float line = text_points(Size::Small) * panel.view.text_scale;
  return {.face = Face::Mono, .size = Size::Small, .color = panel.theme().text,
          .zoom = std::clamp(rect.height() / line, 0.75F, 1.0F)};
}

void draw_in_column(const Panel& panel, const Rect& rect, std::size_t column, std::string_view text) {
  TextStyle style = cell_style(panel, rect);
  style.align = Align::Right;
  style.anchor = Anchor::Middle;
  const float right = rect.left + panel.units(number_width * static_cast<float>(column + 1) - 16);
  panel.canvas.text({right, rect.center().y}, text, style);
}

std::string store_text(const Panel& panel, const raft::KeyValueStore& store) {
  std::string text;
  for (const auto& [key, value] : store) {
    text += (text.empty() ? "" : "  ") + panel.world().symbols.text(key) + "=" + panel.world().symbols.value_text(value);
  }
  return text;
}

}  // namespace

float log_columns_width(const Panel& panel, float room, float wanted) {
  const float left = room - wanted;
  if (left >= panel.units(numbers_width + store_least)) {
    return std::min(left, panel.units(numbers_width + store_most));
  }
  return left >= panel.units(numbers_width) ? panel.units(numbers_width) : 0;
}

void draw_log_column_titles(const Panel& panel, const Rect& rect) {
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const float right = rect.left + panel.units(number_width * static_cast<float>(i + 1) - 16);
    panel.canvas.text({right, rect.center().y}, panel.text(numbers[i]),
                      {.face = Face::SansBold, .size = Size::Small, .color = panel.theme().text_quiet,
                       .align = Align::Right, .anchor = Anchor::Middle, .zoom = 0.85F});
  }
  const float left = rect.left + panel.units(numbers_width);
  if (rect.right - left < panel.units(store_least)) return;
  panel.canvas.text({left, rect.center().y}, panel.text("log_columns.store"),
                    {.face = Face::SansBold, .size = Size::Small, .color = panel.theme().text_quiet,
                     .anchor = Anchor::Middle, .max_width = rect.right - left, .zoom = 0.85F});
}

void draw_log_columns(Panel& panel, const Rect& rect, raft::NodeId node, raft::NodeId leader) {
  const raft::sim::Machine& machine = panel.world().machine(node);
  // The commit index and the store are in its memory: while it is down it has none, which is not 0.
  draw_in_column(panel, rect, 0, machine.up ? std::to_string(machine.node.memory.commit_index) : "–");
  if (leader != raft::no_node) {
    const raft::Progress& progress = panel.world().node(leader).leading.progress[raft::index_of(node)];
    draw_in_column(panel, rect, 1, std::to_string(progress.match_index));
    draw_in_column(panel, rect, 2, std::to_string(progress.next_index));
  }
  const Rect store{rect.left + panel.units(numbers_width), rect.top, rect.right, rect.bottom};
  if (!machine.up || store.width() < panel.units(store_least)) return;
  line_of_text(panel, store, store_text(panel, machine.node.memory.machine.store), cell_style(panel, rect));
}

}  // namespace ui
