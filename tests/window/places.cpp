// Looks at what the twin shows; goes on event by event until there is something to look at.
#include "tests/window/places.h"

#include <doctest/doctest.h>

#include <optional>

namespace window_test {

using ui::Hit;
using ui::Point;

bool hits_around(const ui::Scene& scene, Point at, const Hit& wanted) {
  for (const Point by : {Point{0, 0}, Point{2, 0}, Point{-2, 0}, Point{0, 2}, Point{0, -2}}) {
    if (!(ui::hit_test(scene, at + by) == wanted)) return false;
  }
  return true;
}

namespace {

std::optional<Point> free_place_on(const ui::Scene& scene, std::size_t number) {
  const ui::LinkShape& link = scene.links[number];
  for (float t = 0.2F; t < 0.8F; t += 0.02F) {
    const Point at = ui::between(link.from, link.to, t);
    const bool alone = hits_around(scene, at, {.kind = Hit::Kind::Link, .link = number});
    if (alone && at.x > scene.client_lane.right && at.y > scene.area.top + 60) return at;
  }
  return std::nullopt;
}

}  // namespace

ui::FlightShape find_flight(Bench& bench) {
  for (int i = 0; i < 60; ++i) {
    if (bench.twin().world().network.in_flight() > 0) {
      const ui::Scene scene = bench.twin().scene();
      for (const ui::FlightShape& flight : scene.flights) {
        const Hit wanted{.kind = Hit::Kind::Message, .message = flight.id};
        if (flight.progress > 0.2F && flight.progress < 0.8F && hits_around(scene, flight.at, wanted)) return flight;
      }
    }
    bench.key("Right");
  }
  FAIL("no message to click on within 60 events");
  return {};
}

LinkPlace find_open_link(Bench& bench) {
  const ui::Scene scene = bench.twin().scene();
  for (std::size_t i = 0; i < scene.links.size(); ++i) {
    const ui::LinkShape& link = scene.links[i];
    if (!link.a_to_b || !link.b_to_a) continue;
    if (const auto at = free_place_on(scene, i)) return {link, *at};
  }
  FAIL("no link lies free");
  return {};
}

Point find_place_on(Bench& bench, raft::NodeId a, raft::NodeId b) {
  const ui::Scene scene = bench.twin().scene();
  for (std::size_t i = 0; i < scene.links.size(); ++i) {
    if (scene.links[i].a != a || scene.links[i].b != b) continue;
    if (const auto at = free_place_on(scene, i)) return *at;
  }
  FAIL("the link does not lie free");
  return {};
}

}  // namespace window_test
