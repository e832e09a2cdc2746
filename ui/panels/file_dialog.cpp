// The dialog for opening and saving: places, the folder's rows, and a field that finds, names and takes paths.
// It lists what the app has listed and asks for the rest.
#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "raft/core/ascii.h"
#include "ui/icons.h"
#include "ui/panels/overlay.h"

namespace ui {

namespace {

constexpr float sheet_width = 840;
constexpr float sheet_height = 600;
constexpr float places_width = 184;
constexpr float file_row_height = 32;
constexpr float name_field_height = 36;
constexpr float size_width = 80;
constexpr float date_width = 128;
constexpr float places_need = 640;  // narrower sheets show the folder alone

struct Dialog {
  Panel& panel;
  const FileDialogView& view;
  FileDialogState& state;

  std::string typed() const { return state.text.data(); }
  bool saves() const { return view.purpose == FilePurpose::SaveAs; }
  /// A path is gone to, not looked for in this folder.
  bool is_path() const { return typed().find('/') != std::string::npos || typed().starts_with("~"); }

  void put(std::string_view text) const {
    const std::size_t length = std::min(text.size(), state.text.size() - 1);
    state.text.fill('\0');
    std::memcpy(state.text.data(), text.data(), length);
    ++state.field;
  }

  /// The rows that are shown: all, or those that what is typed is a part of.
  std::vector<int> rows() const {
    const std::string part = saves() || is_path() ? "" : raft::ascii::lower(typed());
    std::vector<int> found;
    for (int i = 0; i < static_cast<int>(view.rows.size()); ++i) {
      if (raft::ascii::lower(view.rows[static_cast<std::size_t>(i)].name).find(part) != std::string::npos) found.push_back(i);
    }
    return found;
  }

  const FileRow& row(int index) const { return view.rows[static_cast<std::size_t>(index)]; }
  std::string path_of(int index) const { return (view.folder == "/" ? "" : view.folder) + "/" + row(index).name; }

  void take(int index) const {
    if (row(index).is_folder) {
      panel.act(ListFolder{path_of(index)});
    } else {
      panel.act(ChooseFile{row(index).name});
    }
  }
};

/// A new opening, or a new folder, begins at its top.
void begin(const Dialog& dialog) {
  FileDialogState& state = dialog.state;
  const bool new_opening = state.opened != dialog.view.opened;
  if (new_opening) dialog.put(dialog.saves() ? dialog.view.suggested_name : "");
  if (!new_opening && state.folder == dialog.view.folder) return;
  if (!new_opening && !dialog.saves()) dialog.put("");
  state.opened = dialog.view.opened;
  state.folder = dialog.view.folder;
  state.chosen = -1;
  state.scroll = {.at_end = false};
}

void ask_for_parent(const Dialog& dialog) {
  const std::size_t slash = dialog.view.folder.rfind('/');
  if (dialog.view.folder == "/" || slash == std::string::npos) return;
  dialog.panel.act(ListFolder{slash == 0 ? "/" : dialog.view.folder.substr(0, slash)});
}

// --- keys ---

void choose_row(const Dialog& dialog, int index) {
  dialog.state.chosen = index;
  if (dialog.saves() && index >= 0 && !dialog.row(index).is_folder) dialog.put(dialog.row(index).name);
}

void move_choice(const Dialog& dialog, const std::vector<int>& rows, int by) {
  if (rows.empty() || by == 0) return;
  const auto at = std::find(rows.begin(), rows.end(), dialog.state.chosen);
  const int last = static_cast<int>(rows.size()) - 1;
  const int from = at == rows.end() ? (by > 0 ? -1 : last + 1) : static_cast<int>(at - rows.begin());
  choose_row(dialog, rows[static_cast<std::size_t>(std::clamp(from + by, 0, last))]);
}

void enter(const Dialog& dialog, const std::vector<int>& rows) {
  const bool chosen = std::find(rows.begin(), rows.end(), dialog.state.chosen) != rows.end();
  if (dialog.saves()) {
    if (chosen && dialog.row(dialog.state.chosen).is_folder) {
      dialog.take(dialog.state.chosen);
    } else {
      dialog.panel.act(ChooseFile{dialog.typed()});
    }
    return;
  }
  if (dialog.is_path() || rows.empty()) {
    dialog.panel.act(ChooseFile{dialog.typed()});
  } else if (chosen) {
    dialog.take(dialog.state.chosen);
  } else if (!dialog.typed().empty()) {
    dialog.take(rows.front());
  }
}

void take_keys(const Dialog& dialog, const std::vector<int>& rows) {
  const ListKeys& keys = dialog.panel.notes.list;
  move_choice(dialog, rows, keys.rows);
  if (keys.parent) ask_for_parent(dialog);
  if (keys.enter && dialog.view.replaces.empty()) enter(dialog, rows);
}

// --- what is seen ---

std::string size_text(std::int64_t bytes) {
  if (bytes < 1024) return fmt::format("{} B", bytes);
  if (bytes < 1'048'576) return fmt::format("{:.1f} KB", static_cast<double>(bytes) / 1024);
  return fmt::format("{:.1f} MB", static_cast<double>(bytes) / (1024 * 1024));
}

/// The folder, and the way up from it.
void draw_folder_line(const Dialog& dialog, const Rect& line) {
  Panel& panel = dialog.panel;
  const float side = line.height();
  const std::string tip = panel.text("files.parent");
  if (button(panel, "parent", {line.left, line.top, line.left + side, line.bottom},
             {.icon = icon::level_up, .kind = ButtonKind::Outline, .enabled = dialog.view.folder != "/", .tip = tip})) {
    ask_for_parent(dialog);
  }
  // The end of a long path says more than its beginning.
  const Rect place{line.left + side + panel.units(12), line.top, line.right, line.bottom};
  const TextStyle style{.face = Face::Mono, .size = Size::Small, .color = panel.theme().text};
  std::string shown = dialog.view.folder;
  while (panel.canvas.text_width(shown, style) > place.width()) {
    const std::size_t slash = shown.find('/', shown.starts_with("…") ? 4 : 1);
    if (slash == std::string::npos) break;
    shown = "…" + shown.substr(slash);
  }
  line_of_text(panel, place, shown, style);
}

void draw_places(const Dialog& dialog, const Rect& column) {
  Panel& panel = dialog.panel;
  Point pen{column.left, column.top};
  const auto draw = [&](const char* title, const char* sign, const std::vector<FilePlace>& places, bool files) {
    if (places.empty()) return;
    section_title(panel, pen, panel.text(title));
    pen.y += panel.units(24);
    for (const FilePlace& place : places) {
      const Rect row{column.left, pen.y, column.right, pen.y + panel.units(file_row_height)};
      if (row.bottom > column.bottom) return;
      const Touch touched = touch(panel, place.path, row, {.tip = place.path});
      const bool here = !files && place.path == dialog.view.folder;
      if (touched.hovered || here) panel.canvas.rect(row, panel.theme().accent_soft, panel.units(6));
      if (touched.focused) focus_ring(panel, row, panel.units(6));
      panel.canvas.text({row.left + panel.units(18), row.center().y}, sign,
                        {.size = Size::Small, .color = panel.theme().text_quiet, .align = Align::Center,
                         .anchor = Anchor::Middle});
      line_of_text(panel, {row.left + panel.units(34), row.top, row.right - panel.units(8), row.bottom}, place.name,
                   {.size = Size::Small, .color = panel.theme().text});
      if (touched.clicked && files) panel.act(ChooseFile{place.path});
      if (touched.clicked && !files) panel.act(ListFolder{place.path});
      pen.y = row.bottom;
    }
    pen.y += panel.units(16);
  };
  draw("files.places", icon::folder, dialog.view.folders, false);
  if (!dialog.saves()) draw("files.recent", icon::history, dialog.view.recent, true);
}

void draw_row(const Dialog& dialog, int index, const Rect& rect) {
  Panel& panel = dialog.panel;
  const Theme& theme = panel.theme();
  const FileRow& row = dialog.row(index);
  const Touch touched = touch(panel, row.name, rect, {.focusable = false});
  const bool chosen = dialog.state.chosen == index;
  if (chosen || touched.hovered) panel.canvas.rect(rect, theme.accent_soft, panel.units(6));
  if (chosen) panel.canvas.frame(rect, {theme.accent, 1}, panel.units(6));
  panel.canvas.text({rect.left + panel.units(20), rect.center().y}, row.is_folder ? icon::folder : icon::file,
                    {.size = Size::Small, .color = row.is_folder ? theme.text_quiet : theme.accent,
                     .align = Align::Center, .anchor = Anchor::Middle});
  const bool wide = rect.width() > panel.units(size_width + date_width + 200);
  const float right = rect.right - panel.units(wide ? size_width + date_width + 24 : 12);
  line_of_text(panel, {rect.left + panel.units(40), rect.top, right, rect.bottom}, row.name,
               {.size = Size::Small, .color = theme.text});
  const TextStyle figures{.face = Face::Mono, .size = Size::Small, .color = theme.text_quiet, .align = Align::Right,
                          .anchor = Anchor::Middle, .zoom = 0.92F};
  if (wide) panel.canvas.text({rect.right - panel.units(12), rect.center().y}, row.changed, figures);
  if (wide && !row.is_folder) {
    panel.canvas.text({rect.right - panel.units(24 + date_width), rect.center().y}, size_text(row.bytes), figures);
  }
  if (!touched.clicked) return;
  // The second click of a double one finds it chosen.
  if (chosen && (row.is_folder || !dialog.saves())) {
    dialog.take(index);
  } else {
    choose_row(dialog, index);
  }
}

void draw_rows(const Dialog& dialog, const Rect& list, const std::vector<int>& rows) {
  Panel& panel = dialog.panel;
  panel.canvas.rect(list, panel.theme().panel, {panel.theme().hairline, 1}, panel.units(8));
  const Rect view = list.inset(panel.units(4));
  if (rows.empty()) {
    const bool searched = !dialog.saves() && !dialog.typed().empty();
    line_of_text(panel, view, panel.text(searched ? "files.none_found" : "files.empty"),
                 {.size = Size::Small, .color = panel.theme().text_quiet, .align = Align::Center});
    return;
  }
  const float high = panel.units(file_row_height);
  ScrollState& scroll = dialog.state.scroll;
  const auto chosen = std::find(rows.begin(), rows.end(), dialog.state.chosen);
  if (panel.notes.list.rows != 0 && chosen != rows.end()) {
    const float top = static_cast<float>(chosen - rows.begin()) * high;
    scroll.go_to(std::clamp(scroll.offset, std::max(0.0F, top + high - view.height()), top));
  }
  panel.canvas.clip(view);
  const float offset =
      scroll_vertically(panel, "rows", view, static_cast<float>(rows.size()) * high, scroll);
  const bool scrolls = scroll.content > view.height() + 0.5F;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const float top = view.top + static_cast<float>(i) * high - offset;
    if (top + high < view.top || top > view.bottom) continue;
    draw_row(dialog, rows[i], {view.left, top, view.right - (scrolls ? panel.units(16) : 0), top + high});
  }
  panel.canvas.unclip();
}

/// In the place of the field: which file would be lost.
void draw_question(const Dialog& dialog, const Rect& line) {
  Panel& panel = dialog.panel;
  const std::string keep = panel.text("files.keep");
  const std::string replace = panel.text("files.replace");
  const ButtonStyle keep_style{.label = keep, .kind = ButtonKind::Outline};
  const ButtonStyle replace_style{.label = replace, .kind = ButtonKind::Primary};
  const float replace_left = line.right - button_width(panel, replace_style) - panel.units(16);
  const float keep_left = replace_left - button_width(panel, keep_style) - panel.units(24);
  line_of_text(panel, {line.left, line.top, keep_left - panel.units(12), line.bottom},
               panel.text("files.exists", {{"name", dialog.view.replaces}}),
               {.face = Face::SansBold, .size = Size::Body, .color = panel.theme().text});
  const std::string name = dialog.typed();
  if (button(panel, "keep", {keep_left, line.top, replace_left - panel.units(8), line.bottom}, keep_style)) {
    panel.act(ListFolder{dialog.view.folder});
  }
  FocusState& focus = panel.state.focus;
  if (focus.seen.empty()) return;
  const std::uint32_t keep_widget = focus.seen.back();
  if (button(panel, "replace", {replace_left, line.top, line.right, line.bottom}, replace_style)) {
    panel.act(ChooseFile{name, true});
  }
  // Who only presses Enter loses nothing.
  if (focus.widget != focus.seen.back()) focus.widget = keep_widget;
}

void draw_field(const Dialog& dialog, const Rect& line, const std::vector<int>& rows) {
  Panel& panel = dialog.panel;
  const std::string label = panel.text(dialog.saves() ? "files.save" : "files.open");
  const ButtonStyle style{.label = label, .kind = ButtonKind::Primary};
  const float left = line.right - std::max(panel.units(96), button_width(panel, style));
  text_field(panel, "name" + std::to_string(dialog.state.field), {line.left, line.top, left - panel.units(8), line.bottom},
             dialog.state.text, {.hint = panel.text(dialog.saves() ? "files.name_hint" : "files.find_hint")});
  if (button(panel, "choose", {left, line.top, line.right, line.bottom}, style)) enter(dialog, rows);
}

}  // namespace

void draw_file_dialog(Panel& panel) {
  const Dialog dialog{panel, *panel.view.files, panel.state.files};
  begin(dialog);
  take_keys(dialog, dialog.rows());
  const std::vector<int> rows = dialog.rows();
  const Rect sheet = overlay_sheet(panel, sheet_width, sheet_height);
  const bool closed = overlay_close(panel, sheet, panel.text(dialog.saves() ? "files.save_title" : "files.open_title"));
  if (closed) panel.act(CloseFileDialog{});
  Rect inner{sheet.left + panel.units(sheet_edge), sheet.top + panel.units(76), sheet.right - panel.units(sheet_edge),
             sheet.bottom - panel.units(28)};
  const Rect field{inner.left, inner.bottom - panel.units(name_field_height), inner.right, inner.bottom};
  inner.bottom = field.top - panel.units(12);
  if (!dialog.view.error.empty()) {
    const Rect line{inner.left, inner.bottom - panel.units(20), inner.right, inner.bottom};
    line_of_text(panel, line, dialog.view.error, {.size = Size::Small, .color = panel.theme().danger});
    inner.bottom = line.top - panel.units(8);
  }
  if (inner.width() >= panel.units(places_need)) {
    draw_places(dialog, {inner.left, inner.top, inner.left + panel.units(places_width), inner.bottom});
    inner.left += panel.units(places_width + 16);
  }
  draw_folder_line(dialog, {inner.left, inner.top, inner.right, inner.top + panel.units(file_row_height)});
  draw_rows(dialog, {inner.left, inner.top + panel.units(file_row_height + 8), inner.right, inner.bottom}, rows);
  if (dialog.view.replaces.empty()) {
    draw_field(dialog, field, rows);
  } else {
    draw_question(dialog, field);
  }
}

}  // namespace ui
