// What a part of a node means, once the mouse has rested on it: crown, tally, ring, disk.
#include <optional>
#include <string>

#include "ui/panels/stage_parts.h"

namespace ui {

namespace {

using raft::Role;
using raft::sim::Machine;

struct Part {
  std::string id;
  Rect at;
  std::string text;
};

std::string badge_text(const Stage& stage, const Machine& machine) {
  if (machine.node.memory.role != Role::Leader) {
    // §6: in joint consensus two majorities, and no notch.
    const char* needed = machine.node.configuration.joint() ? "stage.tip_tally_joint" : "stage.tip_tally_needed";
    return stage.panel.text("stage.tip_tally") + (stage.panel.view.asks() ? "" : " " + stage.panel.text(needed));
  }
  return stage.panel.text("stage.tip_leader", {{"node", stage.world().name(machine.node.id)},
                                               {"term", machine.node.durable.current_term}});
}

/// "" while no timer runs that ends by itself.
std::string ring_text(const Stage& stage, const Machine& machine) {
  const bool leads = machine.node.memory.role == Role::Leader;
  const raft::sim::Timer& timer = leads ? machine.heartbeat : machine.election;
  const bool by_hand = !leads && stage.world().settings.manual_timers;
  if (!timer.running() || machine.paused || by_hand) return "";
  return stage.panel.text(leads ? "stage.tip_heartbeat" : "stage.tip_countdown",
                          {{"node", stage.world().name(machine.node.id)},
                           {"time", raft::explain::time_text(timer.fires_at - stage.panel.view.run.clock())}});
}

std::optional<Part> part_of(const Stage& stage, const NodeShape& shape, Point mouse) {
  const Machine& machine = stage.world().machine(shape.id);
  const std::string& name = stage.world().name(shape.id);
  if (shape.plate.contains(mouse)) {
    const std::string lost = raft::explain::lost_in_a_crash(stage.panel.view.words, stage.world());
    return Part{"disk " + name, shape.plate, stage.panel.text("stage.tip_disk", {{"node", name}, {"lost", lost}})};
  }
  if (!machine.up) return std::nullopt;
  if (shape.badge.contains(mouse)) return Part{"badge " + name, shape.badge, badge_text(stage, machine)};
  const float away = distance(shape.center, mouse);
  if (away <= shape.radius || away > shape.ring) return std::nullopt;
  return Part{"ring " + name, shape.ring_box(), ring_text(stage, machine)};
}

}  // namespace

void explain_part(Stage& stage, Point mouse) {
  if (stage.hit.kind == Hit::Kind::Message) return;
  for (const NodeShape& shape : stage.scene.nodes) {
    const std::optional<Part> part = part_of(stage, shape, mouse);
    if (part && !part->text.empty()) return rests_on(stage.panel, part->id, part->at, part->text);
  }
}

}  // namespace ui
