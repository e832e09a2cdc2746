// The words for the marks of the log table; as many as there is room for.
#include <array>

#include "ui/panels/log_cell.h"

namespace ui {

void draw_log_legend(const Panel& panel, const Rect& rect) {
  const Theme& theme = panel.theme();
  const TextStyle style{.size = Size::Small, .color = theme.text_quiet, .anchor = Anchor::Middle};
  const float y = rect.center().y;
  const float h = panel.units(6);
  float x = rect.left + panel.units(24);
  const float right = rect.right - panel.units(24);
  const auto word = [&](const char* key, float sign_width, auto&& draw_sign) {
    const std::string& text = panel.text(key);
    const float width = sign_width + panel.units(7) + panel.canvas.text_width(text, style) + panel.units(18);
    if (x + width - panel.units(18) > right) return;
    draw_sign(Rect{x, y - h, x + sign_width, y + h});
    panel.canvas.text({x + sign_width + panel.units(7), y}, text, style);
    x += width;
  };
  const Color ink = theme.text_quiet;
  word("legend.committed", panel.units(18), [&](const Rect& box) {
    panel.canvas.rect(box, with_alpha(ink, 0.34F), {ink, 1.5F}, 3);
    const std::array<Point, 3> fold{Point{box.right, box.bottom - h}, Point{box.right, box.bottom},
                                    Point{box.right - h, box.bottom}};
    panel.canvas.polygon(fold, ink);
  });
  word("legend.stored", panel.units(18), [&](const Rect& box) {
    panel.canvas.hatch(box.inset(1), {with_alpha(ink, 0.6F), 1}, panel.units(5));
    panel.canvas.frame(box, {ink, 1}, 3);
  });
  word("legend.on_its_way", panel.units(18), [&](const Rect& box) {
    draw_log_cell(panel, box, {.state = CellState::OnItsWay});
  });
  word("ui.commit_index", panel.units(18), [&](const Rect& box) {
    panel.canvas.line({box.left, y}, {box.right, y}, {theme.text, panel.units(1.75F)});
    panel.canvas.line({box.right, y - 3}, {box.right, y + 3}, {theme.text, panel.units(1.75F)});
  });
  word("legend.applied", panel.units(12), [&](const Rect& box) {
    panel.canvas.line({box.left, y}, {box.right, y}, {theme.text_quiet, panel.units(2.25F)});
  });
  word("legend.match_index", panel.units(6), [&](const Rect& box) {
    const Stroke stroke{theme.text, panel.units(1.5F)};
    panel.canvas.line({box.right, box.top}, {box.right, box.bottom}, stroke);
    panel.canvas.line({box.left, box.top}, {box.right, box.top}, stroke);
    panel.canvas.line({box.left, box.bottom}, {box.right, box.bottom}, stroke);
  });
  word("legend.next_index", panel.units(8), [&](const Rect& box) {
    panel.canvas.arrow_head({box.right, y}, {1, 0}, panel.units(8), theme.accent);
  });
}

}  // namespace ui
