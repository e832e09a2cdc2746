// The plate under or beside a node: what its disk keeps through a crash. Clients are drawn here too.
#include <algorithm>
#include <span>
#include <string_view>
#include <vector>

#include "ui/panels/stage_parts.h"

namespace ui {

namespace {

using raft::NodeId;
using raft::sim::Machine;

/// Strokes that tell term 9 from term 1, at the right end of a pill or band.
void draw_term_strokes(const Stage& stage, Rect area, raft::Term term, Color color) {
  const int count = term_notches(term);
  for (int i = 0; i < count; ++i) {
    const float x = area.right - stage.u(7) - static_cast<float>(i) * stage.u(3.5F);
    stage.canvas().line({x, area.top + 1}, {x, area.bottom - 1}, {color, std::max(1.5F, stage.u(1.5F))});
  }
}

/// With room for its strokes.
std::string term_words(const Stage& stage, raft::Term term, bool brief) {
  const std::string text = brief ? stage.panel.text("stage.term_short", {{"n", std::to_string(term)}}) : term_text(stage, term);
  const int strokes = term_notches(term);
  return strokes > 2 ? text + "    " : strokes > 0 ? text + "   " : text;
}

/// Returns where it ends.
float draw_term(const Stage& stage, Point at, raft::Term term) {
  const Theme& theme = stage.theme();
  const TextStyle style = stage.type(Size::Small, term > 0 ? theme.text_on_fill : theme.text_quiet, Face::SansBold);
  const Color fill = term > 0 ? term_color(theme, term) : 0;  // its number is to be read outside the spotlight, too
  const Color border = term > 0 ? fill : theme.hairline;
  const Rect pill = stage.canvas().pill(at, term_words(stage, term, stage.cards.short_term), style, fill, {border, 1.2F});
  if (term_notches(term) > 0)
    draw_term_strokes(stage, pill.inset(0, pill.height() * 0.25F), term, theme.text_on_fill);
  return pill.right;
}

std::string vote_words(const Stage& stage, NodeId vote, bool brief) {
  if (vote == raft::no_node) return brief ? "–" : stage.panel.text("stage.no_vote");
  const std::string& name = stage.world().name(vote);
  return brief ? "→ " + name : stage.panel.text("stage.vote_for", {{"node", name}});
}

void draw_vote(const Stage& stage, const NodeShape& shape, Point left_middle, float room, NodeId vote) {
  if (room <= 0) return;
  const bool voted = vote != raft::no_node;
  TextStyle style =
      stage.type(Size::Small, stage.tone_of_text(voted ? stage.theme().text : stage.theme().text_quiet, shape.id));
  style.anchor = Anchor::Middle;
  style.max_width = room;
  stage.canvas().text(left_middle, vote_words(stage, vote, stage.cards.short_vote), style);
}

struct CellPlan {
  raft::Index index = 0;
  float width = 0;
};

/// "…" for the entries before those that are shown.
float room_for_dots(const Stage& stage) {
  return stage.canvas().text_width("…", stage.type(Size::Small, 0)) + stage.u(4);
}

/// The last entries that fit, newest last.
std::vector<CellPlan> plan_cells(const Stage& stage, const Machine& machine, const TextStyle& style, float room) {
  const raft::Log& log = machine.node.durable.log;
  const float pad = stage.u(stage.panel.state.room ? 8.0F : 11.0F);
  std::vector<CellPlan> cells;
  for (raft::Index index = log.last_index(); index >= log.first_index(); --index) {
    const std::string text = raft::sim::content_text(stage.world(), log.at(index).command);
    const float wanted = stage.canvas().text_width(text, style) + pad;
    const float width =
        std::clamp(wanted, stage.u(28), std::max(stage.u(64), room * (cells.empty() ? 0.62F : 0.4F)));
    const float reserve = index > log.first_index() ? room_for_dots(stage) : 0;
    if (width + reserve > room && !cells.empty()) break;
    cells.push_back({index, std::min(width, room - reserve)});
    room -= width + stage.u(3);
  }
  std::reverse(cells.begin(), cells.end());
  // What is left over goes to the cells whose words are cut.
  for (CellPlan& cell : cells) {
    const std::string text = raft::sim::content_text(stage.world(), log.at(cell.index).command);
    const float lacks = stage.canvas().text_width(text, style) + pad - cell.width;
    const float gift = std::clamp(lacks, 0.0F, std::max(0.0F, room - (cells.front().index > log.first_index() ? room_for_dots(stage) : 0)));
    cell.width += gift;
    room -= gift;
  }
  return cells;
}

/// §7: what a snapshot has replaced, as a brick with its last index, and that entry's term on its hue. Returns where it
/// ends.
float draw_snapshot_brick(const Stage& stage, const NodeShape& shape, const Rect& row, raft::EntryId last) {
  const Theme& theme = stage.theme();
  TextStyle style = stage.type(Size::Small, stage.tone_of_text(theme.text, shape.id), Face::Mono);
  style.zoom *= stage.less(0.94F);
  style.align = Align::Center;
  style.anchor = Anchor::Middle;
  const std::string text = "1–" + std::to_string(last.index);
  const std::string term = std::to_string(last.term);
  const float words = stage.canvas().text_width(text, style);
  const float hue = stage.canvas().text_width(term, style) + stage.u(7);
  const Rect brick{row.left, row.top, row.left + words + hue + stage.u(15), row.bottom};
  const Stroke edge{stage.tone(theme.node_stroke, shape.id), 1.5F};
  // Two courses under it: it is a stack of what was entries.
  for (const float down : {5.0F, 2.5F}) {
    const Rect course{brick.left + stage.u(down), brick.top + stage.u(down), brick.right, brick.bottom};
    stage.canvas().rect(course, theme.node_fill, edge, stage.u(2));
  }
  const Rect front{brick.left, brick.top, brick.right - stage.u(4), brick.bottom - stage.u(4)};
  stage.canvas().rect(front, stage.tone(committed_ground(theme), shape.id), edge, stage.u(2));
  stage.canvas().text({front.left + stage.u(4) + words / 2, front.center().y}, text, style);
  const Rect pill{front.right - stage.u(3) - hue, front.top + stage.u(3), front.right - stage.u(3), front.bottom - stage.u(3)};
  stage.canvas().rect(pill, term_color(theme, last.term), stage.u(3));
  style.color = theme.text_on_fill;
  stage.canvas().text(pill.center(), term, style);
  draw_term_strokes(stage, pill, last.term, theme.text_on_fill);
  return brick.right + stage.u(4);
}

/// What stands behind it the disk has not written yet: a crash may take it.
void draw_disk_edge(const Stage& stage, float x, const Rect& row, NodeId node) {
  const Point top{x - stage.u(2), row.top - stage.u(2)};
  stage.canvas().torn_edge(top, {top.x, row.bottom + stage.u(2)}, {stage.tone(stage.theme().danger, node), std::max(1.5F, stage.u(1.8F))});
}

TextStyle number_style(const Stage& stage, const NodeShape& shape) {
  TextStyle style = stage.type(Size::Small, stage.tone_of_text(stage.theme().text_quiet, shape.id), Face::Mono);
  style.anchor = Anchor::Middle;
  style.align = Align::Right;
  style.zoom *= stage.less(0.9F);
  return style;
}

std::string last_index_text(const raft::Log& log) { return "#" + std::to_string(log.last_index()); }

/// Returns where it stands.
Rect draw_last_index(const Stage& stage, const NodeShape& shape, Point right_middle, const raft::Log& log) {
  return stage.canvas().text(right_middle, last_index_text(log), number_style(stage, shape));
}

Rect inside(const Stage& stage, const Rect& plate) {
  const float pad = std::max(stage.u(7), 4.0F);
  return plate.inset(pad + 1, pad);
}

float gap_in_header(const Stage& stage) { return stage.panel.state.room ? stage.u(5) : stage.u(7); }

/// What the disk holds beside the log: term and vote.
void draw_plate_header(const Stage& stage, const NodeShape& shape, const Machine& machine, Rect row) {
  const raft::Log& log = machine.node.durable.log;
  if (stage.cards.number > 0 && log.last_index() > 0) draw_last_index(stage, shape, {row.right, row.center().y}, log);
  const float gap = gap_in_header(stage);
  const float left = draw_term(stage, {row.left, row.center().y}, machine.node.durable.current_term) + gap;
  draw_vote(stage, shape, {left, row.center().y}, row.right - stage.cards.number - left, machine.node.durable.voted_for);
}

void draw_log(const Stage& stage, const NodeShape& shape, const Machine& machine, Rect row) {
  const Theme& theme = stage.theme();
  const raft::Log& log = machine.node.durable.log;
  TextStyle quiet = stage.type(Size::Small, stage.tone_of_text(theme.text_quiet, shape.id));
  quiet.anchor = Anchor::Middle;
  quiet.max_width = row.width();
  if (log.last_index() == 0) {
    const std::string& whole = stage.panel.text("ui.log_empty");
    const bool fits = stage.canvas().text_width(whole, quiet) <= row.width();
    stage.canvas().text({row.left, row.center().y}, fits ? whole : stage.panel.text("stage.empty_short"), quiet);
    return;
  }
  const float end = stage.cards.number > 0 ? row.right : draw_last_index(stage, shape, {row.right, row.center().y}, log).left - stage.u(5);
  TextStyle text = stage.type(Size::Small, 0, Face::Mono);
  text.zoom *= stage.less(0.94F);
  float x = row.left;
  if (log.base().index > 0) x = draw_snapshot_brick(stage, shape, row, log.base());
  const std::vector<CellPlan> cells = plan_cells(stage, machine, text, end - x);
  if (!cells.empty() && cells.front().index > log.first_index()) {
    stage.canvas().text({x, row.center().y}, "…", quiet);
    x += room_for_dots(stage);
  }
  const raft::Index written = raft::sim::written_up_to(machine);
  for (const CellPlan& cell : cells) {
    const raft::Entry& entry = log.at(cell.index);
    draw_entry_cell(stage, {x, row.top, x + cell.width, row.bottom}, entry.term,
                    raft::sim::content_text(stage.world(), entry.command),
                    cell.index <= machine.node.memory.commit_index, shape.id);
    if (cell.index == std::max(written + 1, cells.front().index)) draw_disk_edge(stage, x, row, shape.id);
    x += cell.width + stage.u(3);
  }
}

}  // namespace

Color committed_ground(const Theme& theme) { return mixed(theme.node_stroke, theme.node_fill, 0.68F); }

void draw_entry_cell(const Stage& stage, Rect cell, raft::Term term, const std::string& text, bool committed,
                     NodeId node) {
  const Theme& theme = stage.theme();
  const Canvas& canvas = stage.canvas();
  const float radius = stage.u(3);
  const float band = stage.u(4);
  const Color border = stage.tone(committed ? theme.node_stroke : theme.text_quiet, node);
  canvas.rect(cell, committed ? stage.tone(committed_ground(theme), node) : theme.node_fill, radius);
  if (!committed) {
    const float gap = std::max(4.5F * stage.panel.view.text_scale, stage.u(4.5F));  // to be seen from the last row, too
    canvas.hatch({cell.left + 1, cell.top + band, cell.right - 1, cell.bottom - 1},
                 {mixed(theme.text_quiet, theme.node_fill, 0.45F), gap * 0.27F}, gap);
  }
  canvas.rect({cell.left, cell.top, cell.right, cell.top + band}, stage.tone(term_color(theme, term), node), 1);
  draw_term_strokes(stage, {cell.left, cell.top, cell.right + stage.u(4), cell.top + band}, term, theme.node_fill);
  canvas.frame(cell, {border, committed ? 1.5F : 1.0F}, radius);
  if (committed) {
    const float size = stage.u(5.5F);
    const Point tip{cell.right - 0.5F, cell.bottom - 0.5F};
    const Point closed[] = {tip, tip + Point{-size, 0}, tip + Point{0, -size}};
    canvas.polygon(closed, border);
  }
  TextStyle style = stage.type(Size::Small, stage.tone_of_text(theme.text, node), Face::Mono);
  style.zoom *= stage.less(0.94F);
  style.align = Align::Center;
  style.anchor = Anchor::Middle;
  style.max_width = cell.width() - stage.u(5);
  const Point middle{cell.center().x, cell.center().y + band / 2};
  if (!committed) {  // the hatching is pale behind the words, but still there: in a lecture hall they fill the cell
    const Rect words = canvas.measure(middle, text, style);
    const float half = std::max(stage.u(6), canvas.line_height(style) * 0.36F);
    canvas.rect({words.left - 2, std::max(cell.top + band, middle.y - half), words.right + 2, std::min(cell.bottom - 1, middle.y + half)},
                with_alpha(theme.node_fill, 0.72F), 2);
  }
  canvas.text(middle, text, style);
}

/// What of term, vote and number fits in one row is found out for the widest of each: the cards of a stage are written alike,
/// and a word goes only where a term or a number has another digit.
CardWords card_words(const Stage& stage) {
  if (stage.scene.nodes.empty()) return {};
  const TextStyle bold = stage.type(Size::Small, 0, Face::SansBold);
  const TextStyle plain = stage.type(Size::Small, 0);
  const TextStyle number = number_style(stage, stage.scene.nodes.front());
  struct Widest {
    float whole = 0;
    float brief = 0;
  };
  Widest term;
  Widest vote{stage.canvas().text_width(vote_words(stage, raft::no_node, false), plain), 0};
  float last = stage.canvas().text_width("#9", number);
  for (const Machine& machine : stage.world().machines) {
    const raft::Term widest = std::max(machine.node.durable.current_term, raft::Term{8});  // no digit is wider than an 8
    term.whole = std::max(term.whole, stage.canvas().measure_pill({}, term_words(stage, widest, false), bold).width());
    term.brief = std::max(term.brief, stage.canvas().measure_pill({}, term_words(stage, widest, true), bold).width());
    vote.whole = std::max(vote.whole, stage.canvas().text_width(vote_words(stage, machine.node.id, false), plain));
    vote.brief = std::max(vote.brief, stage.canvas().text_width(vote_words(stage, machine.node.id, true), plain));
    last = std::max(last, stage.canvas().text_width(last_index_text(machine.node.durable.log), number));
  }
  const float gap = gap_in_header(stage);
  float room = inside(stage, stage.scene.nodes.front().plate).width() - gap;
  CardWords words;
  if (stage.panel.state.room && term.brief + vote.brief + gap + last <= room) words.number = gap + last;
  room -= words.number;
  words.short_vote = term.whole + vote.whole > room && (term.whole + vote.brief <= room || term.brief + vote.whole > room);
  words.short_term = term.whole + (words.short_vote ? vote.brief : vote.whole) > room;
  return words;
}

void draw_plate(Stage& stage, const NodeShape& shape) {
  const Theme& theme = stage.theme();
  const Machine& machine = stage.world().machine(shape.id);
  stage.canvas().rect(shape.plate, theme.panel, {stage.tone(theme.hairline, shape.id), 1.2F}, stage.u(corner));
  const Rect inner = inside(stage, shape.plate);
  const float row = (inner.height() - stage.u(6)) / 2;
  const float header = inner.top + row * 0.46F;
  draw_plate_header(stage, shape, machine, {inner.left, header, inner.right, header});
  draw_log(stage, shape, machine, {inner.left, inner.bottom - row * 1.08F, inner.right, inner.bottom});
}

namespace {

/// Down to where what stands under a client may reach: the next client, or the end of the lane.
float client_floor(const Stage& stage, const ClientShape& shape) {
  float floor = stage.scene.client_lane.bottom;
  for (const ClientShape& other : stage.scene.clients) {
    if (other.center.y > shape.center.y) floor = std::min(floor, other.center.y - other.radius * 1.3F);
  }
  return floor;
}

struct ClientLine {
  std::string text;
  TextStyle style;
};

/// With the value that it was told: of a write there is none, and that of a compare-and-set is only whether it matched.
std::string asked_and_told(const Stage& stage, const raft::sim::Client& client) {
  std::string asked = command_text(client.command, stage.world().symbols);
  const raft::CommandKind kind = client.command.kind;
  const bool has_value = kind == raft::CommandKind::Read || kind == raft::CommandKind::Increment;
  if (!has_value || client.status != raft::sim::ClientStatus::Ok) return asked;
  const bool nothing = client.result.kind() == raft::Value::Kind::None;
  return asked + " → " + (nothing ? stage.panel.text("phrase.nothing") : stage.world().symbols.value_text(client.result));
}

/// What it asked for and how that stands; §8: first of all that its answer fits nowhere.
std::vector<ClientLine> client_lines(const Stage& stage, const raft::sim::Client& client, raft::ClientId id) {
  TextStyle command = stage.type(Size::Small, stage.theme().text, Face::Mono);
  command.zoom = std::min(command.zoom, 1.6F);
  command.align = Align::Center;
  command.max_width = stage.scene.client_lane.width() - 14;
  TextStyle status = command;
  status.face = Face::Sans;
  status.color = stage.theme().text_quiet;
  std::vector<ClientLine> lines{{asked_and_told(stage, client), command},
                                {stage.panel.text(std::string("stage.client_") + client_status_name(client.status)), status}};
  const ClientsView& clients = stage.panel.view.clients;
  if (clients.answer == raft::check::Answer::No && clients.client == id && clients.serial == client.serial) {
    TextStyle broken = status;
    broken.face = Face::SansBold;
    if (!clients.past) broken.color = stage.theme().danger;
    const auto at = clients.past ? lines.end() : lines.begin() + 1;
    lines.insert(at, {stage.panel.text(clients.past ? "stage.was_not_linearizable" : "stage.not_linearizable"), broken});
  }
  if (client.asked_again) lines.push_back({stage.panel.text("stage.client_retried"), status});
  if (stage.world().settings.sessions) {  // §8: what it asks for is applied once
    lines.push_back({client.session == 0 ? stage.panel.text("stage.no_session")
                                         : stage.panel.text("stage.session", {{"session", client.session}}), status});
  }
  return lines;
}

/// The lane does not widen with the type: lines that are too long for it go on in another, from their last space on that
/// lets the first part fit.
std::vector<ClientLine> broken_at_spaces(const Stage& stage, std::span<const ClientLine> lines) {
  std::vector<ClientLine> result;
  for (ClientLine line : lines) {
    const auto fits = [&](std::string_view text) { return stage.canvas().text_width(text, line.style) <= line.style.max_width; };
    while (!fits(line.text)) {
      std::size_t space = line.text.rfind(' ');
      while (space != std::string::npos && space > 0 && !fits(line.text.substr(0, space))) space = line.text.rfind(' ', space - 1);
      if (space == std::string::npos || space == 0) break;
      result.push_back({line.text.substr(0, space), line.style});
      line.text.erase(0, space + 1);
    }
    result.push_back(std::move(line));
  }
  return result;
}

/// As many as there is room for before the next client, in smaller type if that lets all of them stand there. Returns
/// where they stand.
Rect draw_client_words(const Stage& stage, const ClientShape& shape, const raft::sim::Client& client) {
  std::vector<ClientLine> lines = client_lines(stage, client, shape.id);
  const Point under = shape.center + Point{0, shape.radius * 1.3F + 2};
  const float floor = client_floor(stage, shape);
  float zoom = lines.front().style.zoom;
  const float least = stage.panel.state.room ? zoom : std::min(Stage::smallest_zoom, zoom);
  for (const ClientLine& line : lines) {
    const float wide = stage.canvas().text_width(line.text, line.style);
    zoom = std::min(zoom, line.style.zoom * line.style.max_width / std::max(wide, 1.0F));
  }
  const float high = stage.canvas().line_height({.size = Size::Small}) * static_cast<float>(lines.size());
  zoom = std::max(least, std::min(zoom, (floor - under.y) / high));
  for (ClientLine& line : lines) line.style.zoom = zoom;
  Rect words{under.x, under.y, under.x, under.y + 2};
  for (const ClientLine& line : broken_at_spaces(stage, lines)) {
    const Point at{under.x, words.bottom - 2};
    if (stage.canvas().measure(at, line.text, line.style).bottom > floor) break;
    const Rect box = stage.canvas().text(at, line.text, line.style);
    words = {std::min(words.left, box.left), words.top, std::max(words.right, box.right), box.bottom};
  }
  return words;
}

}  // namespace

void draw_clients(Stage& stage) {
  const Theme& theme = stage.theme();
  for (const ClientShape& shape : stage.scene.clients) {
    const raft::sim::Client& client = stage.world().clients[static_cast<std::size_t>(shape.id) - 1];
    const bool waiting = client.status == raft::sim::ClientStatus::Waiting;
    if (stage.panel.state.selection == Selection{.kind = Selection::Kind::Client, .client = shape.id}) {
      stage.canvas().diamond(shape.center, shape.radius * 1.3F + stage.u(5), 0, {theme.accent, std::max(2.0F, stage.u(2.2F))});
    }
    stage.canvas().diamond(shape.center, shape.radius * 1.3F, theme.node_fill,
                           {theme.node_stroke, waiting ? 2.5F : 1.5F});
    TextStyle name = stage.type(Size::Small, theme.text, Face::SansBold);
    name.align = Align::Center;
    name.anchor = Anchor::Middle;
    stage.canvas().text(shape.center, endpoint_name(stage.world(), shape.id), name);
    const Rect words = draw_client_words(stage, shape, client);
    const float half = shape.radius * 1.4F;
    stage.taken.push_back({shape.center.x - half, shape.center.y - half, shape.center.x + half, words.top});
    stage.taken.push_back(words);
  }
}

}  // namespace ui
