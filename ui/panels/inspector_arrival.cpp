// "What will B decide?": asked of the message that is selected, answered as it would be if the message arrived now. Closed
// until somebody asks, and again as soon as one goes elsewhere: nobody who is to guess is told.
#include "ui/icons.h"
#include "ui/panels/inspector.h"

namespace ui {

namespace {

/// Why it is not told, as a key; null if it may be.
const char* why_it_is_hidden(const View& view) {
  if (view.asks()) return "upcoming_panel.asks";
  return view.guess ? "arrival.predict_first" : nullptr;
}

ArrivalAsked asked_here(const View& view, raft::sim::MessageId message) {
  return {message, view.run.position(), view.rewrites};
}

std::string question_of(const Panel& panel, raft::Endpoint to) {
  const std::string name = raft::sim::endpoint_name(panel.world(), to);
  return to.is_client() ? panel.text("arrival.ask_client", {{"client", name}})
                        : panel.text("arrival.ask", {{"node", name}});
}

void write_arrival_answer(Sheet& sheet, raft::sim::MessageId message) {
  const Panel& panel = sheet.panel();
  const raft::sim::Time clock = panel.view.run.clock();
  const raft::explain::ArrivalAnswer answer =
      raft::explain::explain_arrival(panel.view.words, panel.world(), message, clock);
  sheet.skip(8);
  sheet.paragraph(answer.opening);
  for (const raft::explain::ExplainedReason& why : answer.reasons) sheet.because(why.sentence, why.section);
  if (!answer.sends.empty()) sheet.paragraph(answer.sends);
}

}  // namespace

void forget_arrival(Panel& panel) {
  const Selection& selected = panel.state.selection;
  ArrivalAsked& asked = panel.state.arrival;
  const bool is_here = selected.kind == Selection::Kind::Message && asked == asked_here(panel.view, selected.message);
  if (!is_here || why_it_is_hidden(panel.view) != nullptr) asked = {};
}

void write_arrival(Sheet& sheet, const raft::sim::Flight& flight) {
  Panel& panel = sheet.panel();
  ArrivalAsked& asked = panel.state.arrival;
  const char* hidden = why_it_is_hidden(panel.view);
  const bool open = asked.message == flight.id;
  sheet.skip(6);
  const std::string tip = hidden != nullptr ? panel.text(hidden) : std::string();
  if (button(panel, "arrival", sheet.take_row(30),
             {.icon = icon::question_circle, .label = question_of(panel, flight.message.to),
              .kind = ButtonKind::Outline, .enabled = hidden == nullptr, .selected = open, .tip = tip})) {
    asked = open ? ArrivalAsked{} : asked_here(panel.view, flight.id);
  }
  if (open) write_arrival_answer(sheet, flight.id);
}

}  // namespace ui
