// The network: faint links, barriers where they are cut, and the islands that a partition makes.
#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "ui/panels/stage_parts.h"

namespace ui {

namespace {

constexpr std::ptrdiff_t most_links_in_full = 21;  // of seven nodes; more are drawn fainter

/// For each direction that is cut half a bar across the link, and an arrow as its messages fly that gets no further: a tooth
/// that points against the traffic was read as the direction that is cut.
void draw_barrier(const Stage& stage, const LinkShape& link) {
  const Point along = (link.to - link.from) * (1 / std::max(distance(link.from, link.to), 1.0F));
  const Point right{-along.y, along.x};  // the side on which a's messages to b travel
  const Point middle = link.barrier;
  const bool one_way = link.a_to_b != link.b_to_a;
  const float half = stage.u(link.across ? 9.0F : one_way ? 24.0F : 17.0F);
  const Stroke stroke{stage.theme().barrier, stage.u(link.across ? 3 : 4.5F)};
  const Point a_side = link.a_to_b ? Point{} : right * half;
  const Point b_side = link.b_to_a ? Point{} : right * -half;
  stage.canvas().line(middle + a_side, middle + b_side, stroke);
  const auto tooth = [&](Point side, Point way) {
    const Point tip = middle + side * half * 0.55F - way * (stroke.width / 2);
    stage.canvas().arrow_head(tip, way, stage.u(12), stroke.color);
    if (one_way) stage.canvas().line(tip - way * stage.u(12), tip - way * stage.u(20), {stroke.color, stage.u(2.5F)});
  };
  if (one_way) stage.canvas().circle(middle, stage.u(3.5F), stroke.color);  // where the half that is open begins
  if (!link.a_to_b) tooth(right, along);
  if (!link.b_to_a) tooth(right * -1.0F, along * -1.0F);
  const float reach = stage.u(10);
  stage.canvas().note(DrawnKind::Mark, "barrier", {middle.x - reach, middle.y - reach, middle.x + reach, middle.y + reach});
}

Rect box_of(const IslandShape& island) {
  Rect box{1e9F, 1e9F, -1e9F, -1e9F};
  for (const Point p : island.outline) {
    box = {std::min(box.left, p.x), std::min(box.top, p.y), std::max(box.right, p.x), std::max(box.bottom, p.y)};
  }
  return box;
}

/// Where an island's caption may stand: on its own edge, first above, then below, then at the sides, then right beside it;
/// on the ground of another island only if it fits nowhere else, for it would be read as that one's.
std::vector<Point> caption_places(const Stage& stage, const IslandShape& island, Rect area, Rect size) {
  const Rect box = box_of(island);
  std::vector<Point> places;
  for (const float at : {0.5F, 0.35F, 0.65F, 0.2F, 0.8F}) {
    for (const float y : {box.top + 2, box.bottom - 2}) {
      places.push_back({box.left + box.width() * at, y});
    }
  }
  for (const float x : {box.right - size.width() / 2 - 3, box.left + size.width() / 2 + 3}) {
    for (const float y : {box.top + 2, box.bottom - 2}) places.push_back({x, y});
  }
  for (float y = box.top + 24; y < box.bottom - 24; y += 14) {
    for (const float at : {0.5F, 0.3F, 0.7F, 0.15F, 0.85F}) places.push_back({box.left + box.width() * at, y});
  }
  std::erase_if(places, [&](Point p) { return !inside(island.outline, p) || !area.contains(p); });
  for (const float at : {0.5F, 0.35F, 0.65F, 0.2F, 0.8F}) {
    for (const float y : {box.bottom + size.height() / 2 + 3, box.top - size.height() / 2 - 3}) {
      places.push_back({box.left + box.width() * at, y});
    }
  }
  // Whole on the stage, also where the island reaches its edge.
  for (Point& p : places) {
    p.x = std::clamp(p.x, area.left + size.width() / 2, std::max(area.left + size.width() / 2, area.right - size.width() / 2));
    p.y = std::clamp(p.y, area.top + size.height() / 2, area.bottom - size.height() / 2);
  }
  std::stable_partition(places.begin(), places.end(), [&](Point p) {
    const Rect pill = box_around(p, size.width(), size.height());
    return std::none_of(stage.scene.islands.begin(), stage.scene.islands.end(), [&](const IslandShape& other) {
      return other.nodes != island.nodes && overlaps(box_of(other), pill);
    });
  });
  return places;
}

}  // namespace

void draw_islands(Stage& stage) {
  const Theme& theme = stage.theme();
  for (const IslandShape& island : stage.scene.islands) {
    stage.canvas().polygon(island.outline, mixed(theme.island, theme.stage, 0.68F));
    stage.canvas().dotted_ground(island.outline, mixed(theme.island, theme.stage, 0.1F),
                                 std::max(9.0F, stage.u(10)));
    stage.canvas().polyline(island.outline, {theme.island, 1.5F}, true);
  }
}

void draw_links(Stage& stage) {
  const Theme& theme = stage.theme();
  const auto shown = std::count_if(stage.scene.links.begin(), stage.scene.links.end(), [](const LinkShape& link) { return !link.across; });
  const bool many = shown > most_links_in_full;
  for (std::size_t i = 0; i < stage.scene.links.size(); ++i) {
    const LinkShape& link = stage.scene.links[i];
    const bool open = link.a_to_b && link.b_to_a;
    const bool selected =
        stage.panel.state.selection == Selection{.kind = Selection::Kind::Link, .node = link.a, .other = link.b};
    const bool touched = selected || ((stage.hit.kind == Hit::Kind::Link || stage.hit.kind == Hit::Kind::Barrier) && stage.hit.link == i);
    const Color color = touched ? theme.accent : mixed(theme.hairline, theme.text_quiet, many ? 0.0F : 0.3F);
    if (link.a_to_b != link.b_to_a) {  // one direction is left: an arrow that way
      const Point from = link.a_to_b ? link.from : link.to;
      const Point to = link.a_to_b ? link.to : link.from;
      stage.canvas().line(from, to, {color, 1.5F});
      stage.canvas().arrow_head(to, to - from, stage.u(9), theme.text_quiet);
    } else if (!link.across || touched) {
      stage.canvas().line(link.from, link.to, {color, touched ? 2.5F : 1.0F}, open ? Dash::Solid : Dash::Dotted);
    }
    if (link.has_barrier() || (touched && !open)) draw_barrier(stage, link);
  }
}

/// Where the words of a cut may stand, best first: close to its barrier, on no other link and nearer to no other barrier,
/// which they would seem to be about.
std::vector<Point> cut_places(const Stage& stage, const LinkShape& cut, Rect size) {
  const auto cost = [&](Point at) {
    const Rect box = box_around(at, size.width(), size.height());
    const float away = distance(nearest_in(box, cut.barrier), cut.barrier);
    float sum = away + 0.1F * distance(at, cut.barrier);
    for (const LinkShape& link : stage.scene.links) {
      if (&link == &cut) continue;
      if (!link.across && goes_through(box, link.from, link.to)) sum += stage.u(60);
      if (link.has_barrier() && distance(nearest_in(box, link.barrier), link.barrier) < away) sum += stage.u(120);
    }
    return sum;
  };
  std::vector<std::pair<float, Point>> places;
  const Point clear{stage.u(18) + size.width() / 2, stage.u(18) + size.height() / 2};
  for (const float y : {1.0F, -1.0F, 0.5F, -0.5F, 0.0F, 1.6F, -1.6F, 2.4F, -2.4F, 3.2F}) {
    for (const float x : {0.0F, 0.5F, -0.5F, 1.0F, -1.0F, 1.3F, -1.3F}) {
      if (std::abs(y) < 1 && std::abs(x) < 1) continue;  // on the barrier itself
      const Point at = cut.barrier + Point{x * clear.x, y * clear.y};
      places.emplace_back(cost(at), at);
    }
  }
  std::stable_sort(places.begin(), places.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<Point> sorted;
  sorted.reserve(places.size());
  for (const auto& [sum, at] : places) sorted.push_back(at);
  return sorted;
}

/// In words, because an arrow alone reads as the direction that is cut. A click on them is one on the barrier.
void draw_cut_captions(Stage& stage) {
  const ImVec2 mouse = ImGui::GetMousePos();
  TextStyle style = stage.type(Size::Small, stage.theme().barrier, Face::SansBold);
  style.align = Align::Center;
  const float mark = stage.u(18);
  for (const LinkShape& link : stage.scene.links) {
    const Point at = link.barrier;
    if (link.has_barrier()) stage.taken.push_back({at.x - mark, at.y - mark, at.x + mark, at.y + mark});
  }
  for (std::size_t number = 0; number < stage.scene.links.size(); ++number) {
    const LinkShape& link = stage.scene.links[number];
    if (!link.has_barrier()) continue;
    const bool one_way = link.a_to_b != link.b_to_a;
    const raft::NodeId from = link.a_to_b ? link.b : link.a;
    const raft::NodeId to = link.a_to_b ? link.a : link.b;
    const std::string text = stage.panel.text(one_way ? "stage.cut_one_way" : "stage.cut_both_ways",
                                              {{"from", stage.world().name(from)}, {"to", stage.world().name(to)}});
    const std::vector<Point> places = cut_places(stage, link, stage.canvas().measure_pill({0, 0}, text, style));
    if (!draw_label(stage, places, {.text = text, .style = style, .border = stage.theme().barrier})) continue;
    const bool covered = stage.hit.kind != Hit::Kind::Nothing && stage.hit.kind != Hit::Kind::Link;
    if (stage.free && !covered && stage.taken.back().contains({mouse.x, mouse.y})) stage.hit = {.kind = Hit::Kind::Barrier, .link = number};
  }
}

/// Where nothing is free on the edge of its island, the place there that covers least: further off it would be taken for
/// another island's.
Point least_covering(const Stage& stage, const IslandShape& island, const std::vector<Point>& places, Rect size) {
  const auto cost = [&](Point at) {
    const Rect pill = box_around(at, size.width(), size.height());
    const auto covers = [&pill](const Rect& other) {
      const Rect both = shared(pill, other);
      return std::max(both.width(), 0.0F) * std::max(both.height(), 0.0F);
    };
    float sum = 0;
    for (const IslandShape& other : stage.scene.islands) {
      if (other.nodes != island.nodes) sum += 4 * covers(box_of(other));
    }
    for (const NodeShape& node : stage.scene.nodes) sum += 3 * (covers(node.ring_box()) + covers(node.plate));
    for (const Rect& other : stage.taken) sum += covers(other);
    return sum;
  };
  return *std::min_element(places.begin(), places.end(), [&](Point a, Point b) { return cost(a) < cost(b); });
}

void draw_island_captions(Stage& stage) {
  draw_cut_captions(stage);
  const raft::sim::World& world = stage.world();
  for (const IslandShape& island : stage.scene.islands) {
    // Whether a majority is there may be what is asked.
    const bool asks = stage.panel.view.asks();
    const bool can = asks || raft::explain::can_commit(world, island.nodes);
    const std::string text = asks ? raft::explain::quorum_count(stage.panel.view.words, world, island.nodes)
                                  : raft::explain::quorum_caption(stage.panel.view.words, world, island.nodes);
    TextStyle style = stage.type(Size::Small, stage.theme().text, Face::SansBold);
    style.align = Align::Center;
    style.zoom = std::min(style.zoom, 1.8F);
    const Rect size = stage.canvas().measure_pill({0, 0}, text, style);
    const std::vector<Point> places = caption_places(stage, island, stage.scene.area.inset(4), size);
    const auto free = std::find_if(places.begin(), places.end(), [&](Point at) { return is_free(stage, stage.canvas().measure_pill(at, text, style)); });
    const Point at = free != places.end() ? *free : least_covering(stage, island, places, size);
    draw_label_at(stage, at, {.text = text, .style = style, .border = can ? stage.theme().node_stroke : stage.theme().barrier});
  }
}

}  // namespace ui
