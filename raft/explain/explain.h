// Events, reasons and refusals as sentences, in the reader's language. All texts come from the tables
// under assets/text; this file only puts the operands in.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "raft/core/reason.h"
#include "raft/sim/advance.h"
#include "raft/sim/event.h"
#include "raft/sim/world.h"

namespace raft::explain {

enum class Language : std::uint8_t { English, Chinese };
const char* language_code(Language language);  // en, zh
std::optional<Language> language_from_code(std::string_view code);

/// The texts of one language, by key ("reason.granted_vote", "ui.play", "role.leader").
class Words {
 public:
  /// `toml` is the content of assets/text/CODE.toml. On error returns nullopt and says why in `error`.
  static std::optional<Words> parse(Language language, std::string_view toml, std::string& error);

  Language language() const { return language_; }
  /// The text of a key; the key itself if there is none, so that a missing text is seen.
  const std::string& text(std::string_view key) const;
  bool has(std::string_view key) const;
  std::vector<std::string> keys() const;
  /// Every character that any text uses; fonts are built from it.
  std::string all_characters() const;

 private:
  Language language_ = Language::English;
  std::map<std::string, std::string, std::less<>> texts_;
};

/// "B grants its vote to A in term 2." One sentence, its operands put in; no section.
std::string reason_sentence(const Words& words, const sim::World& world, const Reason& reason);

/// What happened, in one sentence, without the why: "RequestVote from A reaches B."
std::string event_sentence(const Words& words, const sim::World& after, const sim::Event& event);

/// One thing that is due: "C's election timer ends."
std::string upcoming_sentence(const Words& words, const sim::World& world, const sim::Upcoming& upcoming);

/// An entry of a node's log: is it committed, and if not, why not and what would commit it.
struct EntryAnswer {
  bool committed_here = false;      // this node knows it committed
  bool committed_anywhere = false;  // some node knows it committed
  NodeSet stored_on;                // nodes whose log holds this entry (same index and term)
  std::vector<Reason> reasons;      // why not (yet), with operands
  std::string sentence;
};
EntryAnswer explain_entry(const Words& words, const sim::World& world, NodeId node, Index index);

/// Why this node is not leader, or not electing: "why did nothing happen?"
std::string why_nothing_happens(const Words& words, const sim::World& world);

}  // namespace raft::explain
