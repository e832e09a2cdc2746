// One sentence that needs an answer: an error, or why an action did nothing. It floats where it covers no node: over the
// logs or the diagram, above the caption; where there is neither, over the transport.
#include <algorithm>

#include "ui/icons.h"
#include "ui/panels/panels.h"

namespace ui {

namespace {

constexpr float width_max = 720;
constexpr float message_side = 44;

TextStyle message_style(const Theme& theme) { return {.size = Size::Body, .color = theme.text}; }

}  // namespace

Rect message_bar_rect(const View& view, const Layout& layout, const Canvas& canvas) {
  const std::string& shown = view.busy ? view.busy->text : view.message;
  if (shown.empty()) return {};
  const float scale = canvas.text_scale();
  const float most = std::min(width_max * scale, layout.stage.width() - 32 * scale);
  const float text_room = most - 2 * message_side * scale;
  const float needed = canvas.text_width(shown, message_style(canvas.theme())) + 2;
  const float width = std::min(needed, text_room) + 2 * message_side * scale;
  const Rect text = canvas.measure_paragraph({0, 0}, width - 2 * message_side * scale, shown,
                                             message_style(canvas.theme()));
  const float left = layout.stage.center().x - width / 2;
  const bool nothing_between = is_empty(layout.log) && is_empty(layout.diagram);
  const float bottom = (nothing_between ? layout.transport.bottom : layout.caption.top) - 6 * scale;
  const float height = std::min(text.height() + 20 * scale, layout.stage.height() - 24 * scale);
  return {left, bottom - height, left + width, bottom};
}

namespace {

/// How far it is, and the button that stops it.
void draw_busy(Panel& panel, const BusyView& busy) {
  const Theme& theme = panel.theme();
  const Rect& box = panel.area;
  panel.canvas.rect(box, theme.raised, {theme.hairline, 1}, panel.units(corner));
  panel.canvas.text({box.left + panel.units(message_side) / 2, box.center().y}, icon::hourglass,
                    {.size = Size::Body, .color = theme.accent, .align = Align::Center, .anchor = Anchor::Middle});
  line_of_text(panel, {box.left + panel.units(message_side), box.top, box.right - panel.units(message_side), box.bottom},
               busy.text, message_style(theme));
  const float left = box.left + panel.units(corner);
  const float right = box.right - panel.units(corner);
  panel.canvas.line({left, box.bottom - panel.units(3)}, {left + (right - left) * busy.part, box.bottom - panel.units(3)},
                    {theme.accent, panel.units(2)});
  const float half = panel.units(14);
  const Point at{box.right - panel.units(message_side) / 2, box.center().y};
  if (button(panel, "stop", {at.x - half, at.y - half, at.x + half, at.y + half},
             {.icon = icon::stop, .tip = panel.text("palette.stop")})) {
    panel.act(StopRunning{});
  }
}

}  // namespace

void draw_message_bar(Panel& panel) {
  if (panel.view.busy) {
    draw_busy(panel, *panel.view.busy);
    return;
  }
  const Theme& theme = panel.theme();
  const Rect box = panel.area;
  const bool good = panel.view.message_is_good;
  const Color sign = good ? theme.good : theme.danger;
  panel.canvas.rect(box, theme.raised, {theme.hairline, 1}, panel.units(corner));
  const Rect edge{box.left, box.top, box.left + panel.units(4), box.bottom};
  panel.canvas.rect(edge.inset(0, panel.units(corner)), sign, panel.units(2));
  panel.canvas.text({box.left + panel.units(message_side) / 2 + panel.units(2), box.center().y},
                    good ? icon::check : icon::warning,
                    {.size = Size::Body, .color = sign, .align = Align::Center, .anchor = Anchor::Middle});
  const Rect room{box.left + panel.units(message_side), box.top + panel.units(8), box.right - panel.units(message_side),
                  box.bottom - panel.units(8)};
  constexpr Size sizes[] = {Size::Body, Size::Small};
  fitted_text(panel, room, panel.view.message, message_style(theme), sizes);
  const float half = panel.units(14);
  const Point at{box.right - panel.units(message_side) / 2, box.center().y};
  if (button(panel, "dismiss", {at.x - half, at.y - half, at.x + half, at.y + half},
             {.icon = icon::cross, .tip = panel.text("ui.dismiss")})) {
    panel.act(DismissMessage{});
  }
}

}  // namespace ui
