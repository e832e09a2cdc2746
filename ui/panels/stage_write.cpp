// The prompt for a client's write: one line, sent with Enter, with a sentence under it while it cannot be sent. It
// proposes another value for each request, so that Enter alone writes.
#include <algorithm>
#include <string>
#include <utility>

#include "raft/walkthrough/words.h"
#include "ui/icons.h"
#include "ui/panels/stage_parts.h"

namespace ui {

namespace {

constexpr std::size_t most_bytes = 64;  // bytes of a key or a value

struct Parsed {
  raft::sim::CommandText command;
  const char* error = nullptr;  // a key of the texts
};

std::string trimmed(const std::string& text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// `key=value`; a single word is a key set to its own name.
Parsed parse(const std::string& typed) {
  const std::string text = trimmed(typed);
  const std::size_t sign = text.find('=');
  Parsed parsed;
  parsed.command.kind = raft::CommandKind::Write;
  parsed.command.key = trimmed(text.substr(0, sign));
  parsed.command.value = sign == std::string::npos ? parsed.command.key : trimmed(text.substr(sign + 1));
  const auto spaced = [](const std::string& word) { return word.find_first_of(" \t") != std::string::npos; };
  if (parsed.command.key.empty() || parsed.command.value.empty()) parsed.error = "ui.error_write_empty";
  if (spaced(parsed.command.key) || spaced(parsed.command.value)) parsed.error = "ui.error_write_empty";
  if (raft::walkthrough::control_character(text) != std::string::npos) parsed.error = "ui.error_write_empty";  // pasted; no file takes it
  if (parsed.command.key.size() > most_bytes || parsed.command.value.size() > most_bytes)
    parsed.error = "ui.error_write_long";
  return parsed;
}

Rect place_prompt(const Stage& stage) {
  const Panel& panel = stage.panel;
  const raft::NodeId to = panel.state.write.to;
  const Rect area = stage.scene.area.inset(8);
  const float width = panel.units(280);
  const float height = panel.units(112);
  Point at{stage.scene.client_lane.right, stage.scene.client_lane.center().y - height / 2};
  if (raft::index_of(to) < stage.scene.nodes.size()) {
    const NodeShape& node = stage.scene.node(to);
    at = {node.center.x + node.ring + panel.units(8), node.center.y - height / 2};
    if (at.x + width > area.right) at.x = node.center.x - node.ring - panel.units(8) - width;
  }
  at.x = std::clamp(at.x, area.left, std::max(area.left, area.right - width));
  at.y = std::clamp(at.y, area.top, std::max(area.top, area.bottom - height));
  return {at.x, at.y, at.x + width, at.y + height};
}

void propose(Panel& panel) {
  WritePrompt& write = panel.state.write;
  if (std::exchange(write.begun, true) || write.text[0] != '\0') return;
  const std::size_t asked = panel.view.history != nullptr ? panel.view.history->operations().size() : 0;
  const std::string text = "x=" + std::to_string(asked + 1);
  std::copy(text.begin(), text.end(), write.text.begin());
}

void send(Panel& panel, const raft::sim::ClientAsk& ask, raft::sim::Origin origin) {
  panel.act(Intervene{ask, origin});
  panel.state.write.open = false;
  panel.state.write.text.fill('\0');
}

}  // namespace

Rect write_prompt_rect(const Stage& stage) { return stage.panel.state.write.open ? place_prompt(stage) : Rect{}; }

void draw_write_prompt(Stage& stage) {
  Panel& panel = stage.panel;
  WritePrompt& write = panel.state.write;
  if (!write.open) {
    write.begun = false;
    return;
  }
  propose(panel);
  const Theme& theme = panel.theme();
  const Rect box = place_prompt(stage);
  panel.canvas.shadow(box, panel.units(corner), panel.units(12));
  panel.canvas.rect(box, theme.raised, {theme.hairline, 1}, panel.units(corner));
  const Rect inner = box.inset(panel.units(12));
  const bool to_node = raft::index_of(write.to) < stage.scene.nodes.size();
  const std::string title = to_node ? panel.text("ui.write_to", {{"node", stage.world().name(write.to)}})
                                    : panel.text("ui.write_to_leader");
  panel.canvas.text({inner.left, inner.top + panel.units(7)}, title,
                    {.face = Face::SansBold,
                     .size = Size::Small,
                     .color = theme.text,
                     .anchor = Anchor::Middle,
                     .max_width = inner.width()});
  const float top = inner.top + panel.units(20);
  const float button_left = inner.right - panel.units(72);
  const Rect field{inner.left, top, button_left - panel.units(8), top + panel.units(34)};
  const bool entered = text_field(panel, "write", field, write.text, {.face = Face::Mono, .select_all = true});
  const Parsed parsed = parse(write.text.data());
  const raft::sim::ClientAsk ask{parsed.command, to_node ? write.to : raft::no_node, raft::no_client};
  const std::optional<raft::Reason> refused = raft::sim::refusal(panel.world(), ask);
  const bool ready = parsed.error == nullptr && !refused;
  const bool pressed = button(panel, "send", {button_left, top, inner.right, top + panel.units(34)},
                              {.label = panel.text("ui.send"), .kind = ButtonKind::Primary, .enabled = ready});
  const bool blank = write.text[0] == '\0';
  std::string hint = panel.text("ui.write_hint");
  if (refused) hint = raft::explain::reason_sentence(panel.view.words, panel.world(), *refused);
  if (!blank && parsed.error != nullptr) hint = panel.text(parsed.error);
  const bool wrong = refused || (!blank && parsed.error != nullptr);
  panel.canvas.text({inner.left, inner.bottom - panel.units(8)}, hint,
                    {.size = Size::Small,
                     .color = wrong ? theme.danger : theme.text_quiet,
                     .anchor = Anchor::Middle,
                     .max_width = inner.width()});
  if (ready && (entered || pressed)) send(panel, ask, entered ? raft::sim::Origin::Key : panel.origin());
}

}  // namespace ui
