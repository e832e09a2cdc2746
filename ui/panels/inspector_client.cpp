// A client from the outside: what it asked for last and what became of that, what it knows, what it asked for before.
#include <array>

#include "ui/icons.h"
#include "ui/panels/inspector.h"

namespace ui {

namespace {

using raft::check::Operation;
using raft::check::OperationStatus;
using raft::sim::Client;
using raft::sim::ClientStatus;

constexpr std::size_t lines_told = 16;
constexpr int operations_told = 10;

std::string status_text(const Panel& panel, const Client& client) {
  return panel.text(std::string("client_status.") + raft::sim::client_status_name(client.status));
}

void write_request(Sheet& sheet, const Client& client) {
  const Panel& panel = sheet.panel();
  const raft::Symbols& symbols = panel.world().symbols;
  sheet.title(panel.text("client_sheet.request"));
  if (client.opens_first) sheet.row(panel.text("client_sheet.first"), raft::command_text(client.command, symbols));
  sheet.row(panel.text("ui.command"), raft::command_text(client.opens_first ? client.next : client.command, symbols));
  sheet.row(panel.text("client_sheet.serial"), std::to_string(client.serial));
  if (client.asked != raft::no_node) {
    sheet.row(panel.text("client_sheet.asked"), panel.world().name(client.asked));
    sheet.row(panel.text("client_sheet.follows"), panel.text(client.only_that_node ? "client_sheet.that_node_only" : "ui.yes"));
  }
  sheet.row(panel.text("ui.sent_at"), clock_text(client.called_at));
  if (client.status == ClientStatus::Ok) sheet.row(panel.text("ui.result"), symbols.value_text(client.result));
  // While a question is open nothing tells of what comes.
  if (client.gives_up_at == raft::sim::never || panel.view.asks()) return;
  sheet.row(panel.text(panel.world().settings.client_retry ? "client_sheet.asks_again" : "client_sheet.gives_up"),
            time_left_text(panel, client.gives_up_at));
}

void write_knowledge(Sheet& sheet, const Client& client) {
  const Panel& panel = sheet.panel();
  const bool knows = client.known_leader != raft::no_node;
  sheet.title(panel.text("client_sheet.knows"));
  sheet.row(panel.text("ui.leader"), knows ? panel.world().name(client.known_leader) : panel.text("ui.nobody"));
  if (client.session == 0 && !panel.world().settings.sessions) return;
  sheet.row(panel.text("client_sheet.session"),
            client.session == 0 ? panel.text("stage.no_session") : std::to_string(client.session));
}

/// Sent, redirected, asked again, answered: the events of its last request, as in the list of events.
void write_story(Sheet& sheet) {
  const Panel& panel = sheet.panel();
  std::span<const EventLine> lines = panel.view.of_client;
  if (lines.empty()) return;
  if (lines.size() > lines_told) lines = lines.last(lines_told);
  sheet.title(panel.text("client_sheet.story"));
  for (const EventLine& line : lines) {
    sheet.moment(clock_text(line.at), line.what);
    for (const EventLine::Why& why : line.why) sheet.because(why.sentence, why.section);
  }
}

std::string outcome_text(const Panel& panel, const Operation& operation) {
  const bool has_result = operation.status == OperationStatus::Ok;
  if (has_result) return panel.world().symbols.value_text(operation.result);
  switch (operation.status) {
    case OperationStatus::Waiting: return panel.text("client_status.waiting");
    case OperationStatus::Mismatch: return panel.text("client_sheet.mismatch");
    case OperationStatus::Refused: return panel.text("client_status.failed");
    case OperationStatus::Ok:
    case OperationStatus::Unknown: break;
  }
  return panel.text("client_status.timed_out");
}

/// The latest first, without the one that is told above. The history knows what is still to come, too.
void write_earlier(Sheet& sheet, raft::ClientId id, raft::Serial current) {
  const Panel& panel = sheet.panel();
  if (panel.view.history == nullptr) return;
  const auto& operations = panel.view.history->operations();
  int told = 0;
  for (std::size_t i = operations.size(); i-- > 0 && told < operations_told;) {
    const Operation& operation = operations[i];
    if (operation.command.client != id || operation.command.serial >= current) continue;
    if (told++ == 0) sheet.title(panel.text("client_sheet.earlier"));
    sheet.row(raft::command_text(operation.command, panel.world().symbols), outcome_text(panel, operation));
  }
}

}  // namespace

void write_client(Sheet& sheet, raft::ClientId id) {
  const Panel& panel = sheet.panel();
  const Client& client = *panel.world().client(id);
  sheet.headline(raft::sim::endpoint_name(panel.world(), id), status_text(panel, client));
  const std::array<SheetAction, 2> actions{{
      {"retry", icon::repeat, "menu.retry", raft::sim::RetryClient{id}},
      {"open session", icon::key, "menu.open_session", raft::sim::OpenSession{id}},
  }};
  write_action_rows(sheet, actions);
  write_request(sheet, client);
  write_knowledge(sheet, client);
  write_story(sheet);
  write_earlier(sheet, id, client.serial);
}

}  // namespace ui
