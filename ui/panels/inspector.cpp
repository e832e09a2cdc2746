// What is selected, from the inside; with nothing selected, the cluster in short.
#include "ui/panels/inspector.h"

#include <algorithm>

namespace ui {

namespace {

constexpr float inspector_side = 20;
constexpr float fact_row_height = 23;
constexpr float name_share = 0.48F;

}  // namespace

void Sheet::headline(std::string_view name, std::string_view about) {
  const Rect rect = take_row(34);
  const Theme& theme = panel_.theme();
  TextStyle large{.face = Face::SansBold, .size = Size::Large, .color = theme.text, .anchor = Anchor::Middle,
                  .max_width = rect.width()};
  const Rect box = panel_.canvas.text({rect.left, rect.center().y}, name, large);
  const Rect rest{box.right + panel_.units(10), rect.top + panel_.units(3), rect.right, rect.bottom + panel_.units(3)};
  if (rest.width() > panel_.units(40)) {
    line_of_text(panel_, rest, about, {.size = Size::Body, .color = theme.text_quiet});
  }
}

void Sheet::title(std::string_view text, std::string_view about) {
  skip(12);
  const Rect rect = take_row(24);
  const Rect box = section_title(panel_, {rect.left, rect.top + panel_.units(3)}, text);
  const Rect rest{box.right + panel_.units(10), box.top, rect.right, box.bottom};
  if (!about.empty() && rest.width() > panel_.units(40)) {
    line_of_text(panel_, rest, about,
                 {.size = Size::Small, .color = panel_.theme().text_quiet, .align = Align::Right, .zoom = 0.9F});
  }
}

void Sheet::row_ground(const Rect& rect, bool changed) {
  if (!changed) return;
  const Theme& theme = panel_.theme();
  panel_.canvas.note(DrawnKind::Mark, "changed", rect);
  const float reach = panel_.units(8);
  panel_.canvas.rect({rect.left - reach, rect.top, rect.right + reach, rect.bottom}, theme.accent_soft, panel_.units(5));
  panel_.canvas.rect({rect.left - reach, rect.top + panel_.units(4), rect.left - reach + panel_.units(3),
                      rect.bottom - panel_.units(4)}, theme.accent, panel_.units(2));
}

Rect Sheet::named_row(std::string_view name, bool changed) {
  const Rect rect = take_row(fact_row_height);
  row_ground(rect, changed);
  const float middle = rect.left + rect.width() * name_share;
  line_of_text(panel_, {rect.left, rect.top, middle - panel_.units(8), rect.bottom}, name,
               {.size = Size::Small, .color = panel_.theme().text_quiet});
  return {middle, rect.top, rect.right, rect.bottom};
}

void Sheet::row(std::string_view name, std::string_view value, bool changed) {
  line_of_text(panel_, named_row(name, changed), value, {.face = Face::Mono, .size = Size::Small, .color = panel_.theme().text});
}

void Sheet::term_row(std::string_view name, raft::Term term, bool changed) {
  if (term <= 0) {
    row(name, "0", changed);
    return;
  }
  const Rect place = named_row(name, changed);
  term_pill(panel_, {place.left, place.center().y}, term);
}

void Sheet::names_with_terms(std::string_view name, std::span<const std::pair<std::string_view, raft::Term>> values) {
  Rect place = named_row(name, false);
  float x = place.left;
  for (const auto& [text, term] : values) {
    if (x > place.left && x + panel_.units(40) > place.right) {
      place = named_row("", false);
      x = place.left;
    }
    const Rect box = panel_.canvas.text({x, place.center().y}, text,
                                        {.face = Face::Mono, .size = Size::Small, .color = panel_.theme().text, .anchor = Anchor::Middle});
    x = term_pill(panel_, {box.right + panel_.units(5), place.center().y}, term).right + panel_.units(10);
  }
}

void Sheet::paragraph(std::string_view text, bool quiet) {
  const Theme& theme = panel_.theme();
  const Rect box = panel_.canvas.paragraph(pen_, width_, text,
                                           {.size = quiet ? Size::Small : Size::Body,
                                            .color = quiet ? theme.text_quiet : theme.text});
  pen_.y = box.bottom + panel_.units(4);
}

void Sheet::because(std::string_view sentence, std::string_view section) {
  const float indent = panel_.units(10);
  std::string text(sentence);
  if (!section.empty()) text += " " + std::string(section);
  const Rect box = panel_.canvas.paragraph({pen_.x + indent, pen_.y}, width_ - indent, text,
                                           {.size = Size::Small, .color = panel_.theme().text});
  const float x = pen_.x + panel_.units(2);
  panel_.canvas.line({x, pen_.y + panel_.units(3)}, {x, box.bottom - panel_.units(3)},
                     {panel_.theme().hairline, panel_.units(2)});
  pen_.y = box.bottom + panel_.units(4);
}

void Sheet::moment(std::string_view time, std::string_view what) {
  const Theme& theme = panel_.theme();
  const TextStyle number{.face = Face::Mono, .size = Size::Small, .color = theme.text_quiet};
  skip(4);
  panel_.canvas.text(pen_, time, number);
  pen_.y += panel_.canvas.line_height(number);
  const Rect box = panel_.canvas.paragraph(pen_, width_, what,
                                           {.face = Face::SansBold, .size = Size::Small, .color = theme.text});
  pen_.y = box.bottom + panel_.units(2);
}

void Sheet::rule() {
  skip(8);
  panel_.canvas.line({pen_.x, pen_.y}, {pen_.x + width_, pen_.y}, {panel_.theme().hairline, 1});
}

Rect Sheet::take_row(float units) {
  const Rect rect{pen_.x, pen_.y, pen_.x + width_, pen_.y + panel_.units(units)};
  pen_.y = rect.bottom;
  return rect;
}

ButtonStyle style_of(const Panel& panel, const SheetAction& action) {
  return {.icon = action.icon, .label = panel.text(action.text), .kind = ButtonKind::Outline};
}

void draw_sheet_action(Panel& panel, const Rect& rect, const SheetAction& action) {
  const std::optional<raft::Reason> refused = raft::sim::refusal(panel.world(), action.what);
  const std::string why =
      refused ? raft::explain::reason_sentence(panel.view.words, panel.world(), *refused) : std::string();
  ButtonStyle style = style_of(panel, action);
  style.enabled = !refused.has_value();
  style.tip = why;
  if (button(panel, action.id, rect, style)) panel.act(Intervene{action.what, panel.origin()});
}

void write_action_rows(Sheet& sheet, std::span<const SheetAction> actions) {
  Panel& panel = sheet.panel();
  const float gap = panel.units(6);
  const float width = (sheet.width() - gap) / 2;
  Rect row;
  for (std::size_t i = 0; i < actions.size(); ++i) {
    if (i % 2 == 0) {
      sheet.skip(6);
      row = sheet.take_row(30);
    }
    const float left = i % 2 == 0 ? row.left : row.left + width + gap;
    draw_sheet_action(panel, {left, row.top, left + width, row.bottom}, actions[i]);
  }
}

std::string time_left_text(const Panel& panel, raft::sim::Time at) {
  const raft::sim::Time left = std::max<raft::sim::Time>(0, at - panel.view.run.clock());
  return panel.text("ui.time_left", {{"time", raft::explain::time_text(left)}});
}

std::string name_of(const raft::sim::World& world, raft::Endpoint end) { return raft::sim::endpoint_name(world, end); }

std::string entry_text(const Panel& panel, raft::EntryId entry) {
  if (entry.index == 0) return panel.text("ui.none");
  return std::to_string(entry.index) + " · " + panel.text("ui.term_n", {{"n", entry.term}});
}

void draw_inspector(Panel& panel) {
  const Theme& theme = panel.theme();
  const Rect& area = panel.area;
  panel.canvas.rect(area, theme.panel, 0);
  panel.canvas.line({area.left + 0.5F, area.top}, {area.left + 0.5F, area.bottom}, {theme.hairline, 1});
  const Rect view{area.left, area.top, area.right, area.bottom - 1};
  panel.canvas.clip(view);
  ScrollState& scroll = panel.state.inspector_scroll;
  const float offset = scroll_vertically(panel, "scroll", view, scroll.content, scroll);
  const Point start{view.left + panel.units(inspector_side), view.top + panel.units(14) - offset};
  Sheet sheet(panel, start, view.width() - panel.units(2 * inspector_side));

  forget_arrival(panel);
  const Selection& selected = panel.state.selection;
  const raft::sim::World& world = panel.world();
  const raft::sim::Flight* flight =
      selected.kind == Selection::Kind::Message ? world.network.find(selected.message) : nullptr;
  const bool node_exists = raft::index_of(selected.node) < world.node_count();
  const bool other_exists = raft::index_of(selected.other) < world.node_count();
  if (selected.kind == Selection::Kind::Node && node_exists) {
    write_node(sheet, selected.node);
  } else if (selected.kind == Selection::Kind::Entry && node_exists) {
    write_entry(sheet, selected.node, selected.entry);
  } else if (selected.kind == Selection::Kind::Client && world.client(selected.client) != nullptr) {
    write_client(sheet, selected.client);
  } else if (selected.kind == Selection::Kind::Link && node_exists && other_exists) {
    write_link(sheet, selected.node, selected.other);
  } else if (flight) {
    write_message(sheet, *flight);
  } else {
    write_summary(sheet);
  }
  scroll.content = sheet.pen().y - start.y + panel.units(22);
  fade_edges(panel, view, offset, scroll.content);
  panel.canvas.unclip();
}

}  // namespace ui
