// What shows that a recording is under way, and the question what is to become of one that a crash has left behind.
#include <algorithm>

#include "ui/icons.h"
#include "ui/panels/overlay.h"
#include "ui/panels/recording.h"

namespace ui {

namespace {

std::string mark_text(const View& view) {
  return view.words.fill("ui.recording", {{"n", view.recording.actions},
                                          {"time", clock_text(std::max<raft::sim::Time>(0, view.run.clock() - view.recording.since))}});
}

TextStyle mark_style(const Theme& theme) {
  return {.face = Face::SansBold, .size = Size::Small, .color = theme.text, .anchor = Anchor::Middle};
}

constexpr float before_text = 28;

}  // namespace

float recording_width(const View& view, const Canvas& canvas) {
  const float scale = canvas.text_scale();
  return canvas.text_width(mark_text(view), mark_style(canvas.theme())) + (before_text + 12) * scale;
}

void draw_recording(Panel& panel, const Rect& rect) {
  const Theme& theme = panel.theme();
  const Touch touched = touch(panel, "recording", rect, {.tip = panel.text("ui.stop_recording")});
  panel.canvas.rect(rect, touched.hovered ? theme.accent_soft : theme.raised, {theme.danger, 1.5F}, panel.units(corner));
  if (touched.focused) focus_ring(panel, rect);
  const float y = rect.center().y;
  panel.canvas.circle({rect.left + panel.units(16), y}, panel.units(5.5F), theme.danger);
  panel.canvas.text({rect.left + panel.units(before_text), y}, mark_text(panel.view), mark_style(theme));
  if (touched.clicked) panel.act(ToggleRecording{});
}

Rect recording_mark_rect(const View& view, const Layout& layout, const Canvas& canvas) {
  if (!view.recording.on) return {};
  const float scale = canvas.text_scale();
  const float right = layout.stage.right - 12 * scale;
  const float top = layout.stage.top + 12 * scale;
  return {right - recording_width(view, canvas), top, right, top + 32 * scale};
}

void draw_recording_mark(Panel& panel) { draw_recording(panel, panel.area); }

bool asks_about_recovery(const View& view, const UiState& state) { return view.recovered && !state.recovery_put_off; }

void draw_recovery(Panel& panel) {
  const Theme& theme = panel.theme();
  const Rect sheet = overlay_sheet(panel, 640, 244);
  if (overlay_close(panel, sheet, panel.text("ui.recovered"))) {
    panel.state.recovery_put_off = true;
    return;
  }
  const Rect inner = sheet.inset(panel.units(40), 0);
  const std::string about = panel.text("recovery.about", {{"n", panel.view.recovered->actions}, {"when", panel.view.recovered->when}});
  constexpr Size sizes[] = {Size::Body, Size::Small};
  fitted_text(panel, {inner.left, sheet.top + panel.units(76), inner.right, sheet.bottom - panel.units(84)}, about,
              {.size = Size::Body, .color = theme.text}, sizes);
  const float top = sheet.bottom - panel.units(68);
  const float bottom = top + panel.units(36);
  float left = inner.left;
  const auto one = [&](const char* id, const char* icon, const char* words, ButtonKind kind) {
    const ButtonStyle style{.icon = icon, .label = panel.text(words), .kind = kind};
    const float width = button_width(panel, style);
    const bool pressed = button(panel, id, {left, top, left + width, bottom}, style);
    left += width + panel.units(12);
    return pressed;
  };
  if (one("open", icon::folder_open, "ui.recovered_open", ButtonKind::Primary)) panel.act(OpenRecovered{});
  if (one("discard", icon::trash, "ui.recovered_discard", ButtonKind::Outline)) panel.act(DiscardRecovered{});
  if (one("later", icon::clock, "ui.recovered_later", ButtonKind::Quiet)) panel.state.recovery_put_off = true;
}

}  // namespace ui
