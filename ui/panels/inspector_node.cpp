// A node from the inside, in the boxes of Figure 2: on disk, in memory, and what only a leader keeps.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "ui/icons.h"
#include "ui/panels/inspector.h"

namespace ui {

namespace {

using raft::NodeId;
using raft::Role;

void write_node_actions(Sheet& sheet, NodeId node) {
  Panel& panel = sheet.panel();
  const bool up = panel.world().machine(node).up;
  const std::array<SheetAction, 3> actions{{
      up ? SheetAction{"crash", icon::power, "ui.crash", raft::sim::Crash{raft::NodeSet::only(node)}}
         : SheetAction{"restart", icon::repeat, "ui.restart", raft::sim::Restart{raft::NodeSet::only(node)}},
      {"time_out", icon::clock, "ui.time_out", raft::sim::FireElectionTimer{node}},
      {"isolate", icon::unlink, "ui.isolate", raft::sim::Isolate{raft::NodeSet::only(node)}},
  }};
  const ButtonStyle write{.icon = icon::pencil, .label = panel.text("ui.write"), .kind = ButtonKind::Outline,
                          .tip = panel.text("ui.write_here")};
  // One row where the words have room in it, otherwise two.
  const float gap = panel.units(6);
  float needed = button_width(panel, write) + 3 * gap;
  for (const SheetAction& action : actions) needed += button_width(panel, style_of(panel, action));
  const int in_row = needed <= sheet.width() ? 4 : 2;
  const float spare = in_row == 4 ? (sheet.width() - needed) / 4 : 0;
  const float half = (sheet.width() - gap) / 2;
  Rect row;
  float left = 0;
  for (int i = 0; i < 4; ++i) {
    if (i % in_row == 0) {
      sheet.skip(6);
      row = sheet.take_row(30);
      left = row.left;
    }
    const bool last = i == 3;
    const float own = last ? button_width(panel, write) : button_width(panel, style_of(panel, actions[static_cast<std::size_t>(i)]));
    const Rect place{left, row.top, left + (in_row == 4 ? own + spare : half), row.bottom};
    left = place.right + gap;
    if (!last) {
      draw_sheet_action(panel, place, actions[static_cast<std::size_t>(i)]);
    } else if (button(panel, "write", place, write)) {
      panel.state.write.open = true;
      panel.state.write.to = node;
    }
  }
}

std::string node_name(const Panel& panel, NodeId node) {
  return node == raft::no_node ? panel.text("ui.nobody") : panel.world().name(node);
}

std::string role_text(const Panel& panel, const raft::sim::Machine& machine) {
  if (!machine.up) return panel.text("ui.down");
  if (machine.paused) return panel.text("stage.paused");
  if (raft::sim::is_learner(machine.node)) return panel.text("stage.learner");
  return panel.text(std::string("role.") + raft::role_name(machine.node.memory.role));
}

std::string timer_text(const Panel& panel, const raft::sim::Timer& timer) {
  if (!timer.running()) return panel.text("ui.timer_off");
  return time_left_text(panel, timer.fires_at);
}

void write_disk(Sheet& sheet, const raft::sim::Machine& machine, const raft::sim::Event* changed) {
  const Panel& panel = sheet.panel();
  const raft::Durable& disk = machine.node.durable;
  sheet.title(panel.text("ui.durable"), panel.text("ui.durable_about"));
  sheet.term_row("currentTerm", disk.current_term, changed && changed->before.term != disk.current_term);
  sheet.row("votedFor", node_name(panel, disk.voted_for), changed && changed->before.vote != disk.voted_for);
  const bool log_changed =
      changed && (changed->before.last != disk.log.last_index() || changed->effects.deleted_from != 0);
  sheet.row("log[]", disk.log.last_index() == 0 ? panel.text("ui.log_empty") : entry_text(panel, disk.log.last()),
            log_changed);
  if (disk.log.base().index > 0) sheet.row(panel.text("ui.snapshot"), entry_text(panel, disk.log.base()));
  const raft::Configuration& configuration = machine.node.configuration;
  if (configuration == raft::Configuration{panel.world().all_nodes(), {}, {}}) return;
  sheet.row(panel.text("ui.configuration"), configuration_text(panel.world(), configuration));
  if (configuration.learners.empty()) return;
  sheet.row(panel.text("ui.learners"),
            raft::explain::node_list(panel.view.words, panel.world(), configuration.learners));
}

/// One of its reasons is of this code, and about `about` if that is given.
bool says(const raft::sim::Event* event, raft::ReasonCode code, NodeId about = raft::no_node) {
  if (event == nullptr) return false;
  return std::any_of(event->reasons.begin(), event->reasons.end(), [&](const raft::Reason& reason) {
    return reason.code == code && (about == raft::no_node || reason.operands[0].node() == about);
  });
}

/// The event has moved what the leader keeps of this follower.
bool moves_progress(const raft::sim::Event* event, NodeId follower) {
  using Code = raft::ReasonCode;
  for (const Code code : {Code::FollowerMatches, Code::WalkedBack, Code::SkippedTerm, Code::SendsSnapshot, Code::Resent}) {
    if (says(event, code, follower)) return true;
  }
  return says(event, Code::WonElection);
}

void write_memory(Sheet& sheet, const raft::sim::Machine& machine, const raft::sim::Event* changed) {
  const Panel& panel = sheet.panel();
  const raft::Volatile& memory = machine.node.memory;
  sheet.title(panel.text("ui.volatile"), panel.text("ui.volatile_about"));
  sheet.row("commitIndex", std::to_string(memory.commit_index), changed && changed->before.commit != memory.commit_index);
  sheet.row("lastApplied", std::to_string(memory.last_applied),
            changed && changed->before.applied != memory.last_applied);
  sheet.row(panel.text("ui.role"), role_text(panel, machine), changed && changed->before.role != memory.role);
  using Code = raft::ReasonCode;
  sheet.row(panel.text("ui.believes_leader"), node_name(panel, memory.leader),
            says(changed, Code::RecognizedLeader) || says(changed, Code::WonElection) || says(changed, Code::StartedElection));
  if (memory.role == Role::Candidate || memory.role == Role::PreCandidate) {
    const auto& words = panel.view.words;
    sheet.row(panel.text("ui.votes_granted"), raft::explain::node_list(words, panel.world(), memory.votes_granted),
              says(changed, Code::CountedVote) || says(changed, Code::CountedPreVote) || says(changed, Code::VotedForItself));
    if (!memory.votes_refused.empty()) {
      sheet.row(panel.text("ui.votes_refused"), raft::explain::node_list(words, panel.world(), memory.votes_refused),
                says(changed, Code::VoteRefused));
    }
  }
  if (memory.role != Role::Leader) sheet.row(panel.text("ui.election_timer"), timer_text(panel, machine.election));
  if (machine.heartbeat.running()) sheet.row(panel.text("ui.heartbeat_timer"), timer_text(panel, machine.heartbeat));
}

/// nextIndex[] and matchIndex[], a row for every follower.
void write_leader(Sheet& sheet, const raft::NodeState& node, const raft::sim::Event* changed) {
  Panel& panel = sheet.panel();
  const Theme& theme = panel.theme();
  sheet.title(panel.text("ui.leader_only"), panel.text("ui.leader_only_about"));
  const auto line = [&](std::string_view name, std::string_view next, std::string_view match, bool head, bool moved) {
    const Rect rect = sheet.take_row(22);
    sheet.row_ground(rect, moved);
    const TextStyle quiet{.size = Size::Small, .color = theme.text_quiet};
    TextStyle number{.face = Face::Mono, .size = Size::Small, .color = theme.text, .align = Align::Right};
    if (head) number = {.size = Size::Small, .color = theme.text_quiet, .align = Align::Right};
    const float third = rect.width() / 3;
    line_of_text(panel, {rect.left, rect.top, rect.left + third, rect.bottom}, name,
                 head ? quiet : TextStyle{.face = Face::SansBold, .size = Size::Small, .color = theme.text});
    line_of_text(panel, {rect.left + third, rect.top, rect.left + 2 * third, rect.bottom}, next, number);
    line_of_text(panel, {rect.left + 2 * third, rect.top, rect.right, rect.bottom}, match, number);
  };
  line(panel.text("ui.follower_column"), "nextIndex", "matchIndex", true, false);
  for (const NodeId peer : node.peers()) {
    const raft::Progress& progress = node.leading.progress[raft::index_of(peer)];
    line(panel.world().name(peer), std::to_string(progress.next_index), std::to_string(progress.match_index), false, moves_progress(changed, peer));
  }
}

/// §8: whose last answer is remembered.
void write_sessions(Sheet& sheet, const std::vector<raft::Session>& sessions) {
  if (sessions.empty()) return;
  const Panel& panel = sheet.panel();
  sheet.title(panel.text("ui.sessions"));
  for (const raft::Session& session : sessions) {
    sheet.row("c" + std::to_string(static_cast<int>(session.client)),
              panel.text("ui.session_last", {{"serial", session.last_serial}}));
  }
}

void write_store(Sheet& sheet, const raft::KeyValueStore& store) {
  const Panel& panel = sheet.panel();
  const raft::Symbols& symbols = panel.world().symbols;
  sheet.title(panel.text("ui.store"));
  if (store.empty()) sheet.paragraph(panel.text("ui.store_empty"), true);
  for (const auto& [key, value] : store) sheet.row(symbols.text(key), symbols.value_text(value));
}

}  // namespace

void write_node(Sheet& sheet, NodeId id) {
  Panel& panel = sheet.panel();
  const raft::sim::Machine& machine = panel.world().machine(id);
  const raft::sim::Event& event = panel.view.run.event();
  const raft::sim::Event* changed = event.node == id && panel.view.run.position() > 0 ? &event : nullptr;
  sheet.headline(machine.name, role_text(panel, machine));
  write_node_actions(sheet, id);
  write_disk(sheet, machine, changed);
  if (machine.up) {
    write_memory(sheet, machine, changed);
    if (machine.node.memory.role == Role::Leader) write_leader(sheet, machine.node, changed);
    write_store(sheet, machine.node.memory.machine.store);
    write_sessions(sheet, machine.node.memory.machine.sessions);
  } else {
    sheet.skip(8);
    sheet.paragraph(panel.text("role_about.down"), true);
  }
}

}  // namespace ui
