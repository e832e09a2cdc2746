// A message with its fields, and an entry of a log: where it is stored, and why it is or is not committed.
#include <algorithm>
#include <array>

#include "raft/core/overloaded.h"
#include "ui/icons.h"
#include "ui/panels/inspector.h"

namespace ui {

namespace {

std::string yes_no(const Panel& panel, bool yes) { return panel.text(yes ? "ui.yes" : "ui.no"); }

void write_append(Sheet& sheet, const raft::AppendEntries& append) {
  const Panel& panel = sheet.panel();
  sheet.row("prevLog", entry_text(panel, append.prev_log));
  sheet.row("leaderCommit", std::to_string(append.leader_commit));
  if (append.entries.empty()) {
    sheet.row("entries[]", panel.text("ui.no_entries"));
    return;
  }
  sheet.title(panel.text("ui.entries"));
  raft::Index index = append.prev_log.index;
  for (const raft::Entry& entry : append.entries) {
    ++index;
    sheet.row(entry_text(panel, {index, entry.term}), raft::sim::content_text(panel.world(), entry.command));
  }
}

void write_client_reply(Sheet& sheet, const raft::ClientReply& reply) {
  const Panel& panel = sheet.panel();
  if (reply.status == raft::ReplyStatus::Done) {
    sheet.row(panel.text("ui.result"), panel.world().symbols.value_text(reply.result));
    return;
  }
  if (reply.status == raft::ReplyStatus::SessionExpired) {
    sheet.row(panel.text("ui.result"), panel.text("stage.client_expired"));
    return;
  }
  const bool known = reply.leader != raft::no_node;
  sheet.row(panel.text("ui.leader"), known ? panel.world().name(reply.leader) : panel.text("ui.nobody"));
}

/// §5.3: what a refusal says of the conflict; without fast repair, that it says nothing.
void write_append_reply(Sheet& sheet, const raft::AppendEntriesReply& reply) {
  const Panel& panel = sheet.panel();
  sheet.row("success", yes_no(panel, reply.success));
  if (reply.success) {
    sheet.row(panel.text("ui.match"), std::to_string(reply.match_index));
    return;
  }
  const bool told = reply.conflict.index != 0;
  const std::string& nothing = panel.text("ui.not_told");
  sheet.row("prevLogIndex", std::to_string(reply.prev_index));
  if (told && reply.conflict.term > 0) {
    sheet.term_row("conflictTerm", reply.conflict.term);
  } else {
    sheet.row("conflictTerm", told ? panel.text("ui.log_too_short") : nothing);
  }
  sheet.row("conflictIndex", told ? std::to_string(reply.conflict.index) : nothing);
}

void write_fields(Sheet& sheet, const raft::Message::Body& body) {
  const Panel& panel = sheet.panel();
  std::visit(raft::Overloaded{
                 [&](const raft::RequestVote& request) { sheet.row("lastLog", entry_text(panel, request.last_log)); },
                 [&](const raft::RequestVoteReply& reply) { sheet.row("voteGranted", yes_no(panel, reply.granted)); },
                 [&](const raft::AppendEntries& append) { write_append(sheet, append); },
                 [&](const raft::AppendEntriesReply& reply) { write_append_reply(sheet, reply); },
                 [&](const raft::ClientRequest& request) {
                   sheet.row(panel.text("ui.command"), raft::command_text(request.command, panel.world().symbols));
                 },
                 [&](const raft::ClientReply& reply) { write_client_reply(sheet, reply); },
                 [&](const raft::PreVote& ask) {
                   sheet.term_row("nextTerm", ask.next_term);
                   sheet.row("lastLog", entry_text(panel, ask.last_log));
                 },
                 [&](const raft::PreVoteReply& reply) {
                   sheet.term_row("nextTerm", reply.next_term);
                   sheet.row("voteGranted", yes_no(panel, reply.granted));
                 },
                 [&](const raft::TimeoutNow&) {},
                 [&](const raft::InstallSnapshot& snapshot) {
                   sheet.row("lastIncluded", entry_text(panel, snapshot.last));
                   sheet.row(panel.text("ui.part"),
                             std::to_string(snapshot.chunk + 1) + " / " + std::to_string(snapshot.chunks));
                 },
                 [&](const raft::InstallSnapshotReply& reply) {
                   sheet.row("lastIncluded", entry_text(panel, reply.last));
                   sheet.row(panel.text("ui.installed"), yes_no(panel, reply.done));
                   if (!reply.done) sheet.row(panel.text("ui.next_part"), std::to_string(reply.next_chunk + 1));
                 },
             },
             body);
}

void write_message_actions(Sheet& sheet, raft::sim::MessageId id) {
  const raft::sim::MessagePick pick{.how = raft::sim::MessagePick::How::ById, .id = id, .pattern = {}};
  const std::array<SheetAction, 2> actions{{
      {"drop", icon::trash, "ui.drop", raft::sim::DropMessage{pick}},
      {"deliver", icon::bolt, "ui.deliver_now", raft::sim::DeliverMessage{pick}},
  }};
  write_action_rows(sheet, actions);
}

}  // namespace

void write_message(Sheet& sheet, const raft::sim::Flight& flight) {
  Panel& panel = sheet.panel();
  const raft::Message& message = flight.message;
  const std::string type = raft::is_heartbeat(message) ? "Heartbeat" : raft::message_type_name(message.type());
  const std::string way = name_of(panel.world(), message.from) + " → " + name_of(panel.world(), message.to);
  sheet.headline(way, panel.text("message.name." + type));
  sheet.paragraph(panel.text("message.about." + type), true);
  write_message_actions(sheet, flight.id);
  write_arrival(sheet, flight);
  sheet.title(panel.text("ui.message"));
  if (!message.from.is_client()) sheet.term_row("term", message.term);
  write_fields(sheet, message.body);
  // While a question is open nothing tells of what comes.
  const std::string refusal = panel.view.asks() ? "" : raft::explain::explain_refusal(panel.view.words, panel.world(), message);
  const bool steps_down = !message.to.is_client() && message.term > panel.world().node(message.to.node()).durable.current_term;
  if (!refusal.empty()) sheet.because(refusal, steps_down ? "§5.1" : "§5.3");
  sheet.title(panel.text("ui.in_flight"));
  sheet.row(panel.text("ui.sent_at"), clock_text(flight.sent_at));
  if (!panel.view.asks()) sheet.row(panel.text("ui.arrives_at"), clock_text(flight.arrives_at));
}

void write_entry(Sheet& sheet, raft::NodeId node, raft::Index index) {
  Panel& panel = sheet.panel();
  const raft::sim::World& world = panel.world();
  const raft::Log& log = world.node(node).durable.log;
  sheet.headline(panel.text("ui.entry") + " " + std::to_string(index), world.name(node));
  const raft::explain::EntryAnswer answer = raft::explain::explain_entry(panel.view.words, world, node, index);
  sheet.paragraph(answer.sentence);
  if (index < log.first_index() || index > log.last_index()) return;
  const raft::Entry& entry = log.at(index);
  sheet.skip(4);
  sheet.row(panel.text("ui.command"), raft::sim::content_text(world, entry.command));
  sheet.term_row(panel.text("ui.term"), entry.term);
  const bool committed = answer.committed_here;
  sheet.row(panel.text("ui.committed"), yes_no(panel, committed));
  sheet.row(panel.text("ui.applied"), yes_no(panel, index <= world.node(node).memory.last_applied));
  sheet.row(panel.text("ui.stored_on"), raft::explain::node_list(panel.view.words, world, answer.stored_on) + "  (" +
                                            panel.text("ui.stored_on_count", {{"n", answer.stored_on.count()},
                                                                              {"total", world.node_count()}}) + ")");
}

}  // namespace ui
