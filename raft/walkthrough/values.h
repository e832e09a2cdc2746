// The small values that words stand for. What reads one goes past it, or throws a Problem and says what would be right.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "raft/core/types.h"
#include "raft/sim/cluster_config.h"
#include "raft/walkthrough/names.h"
#include "raft/walkthrough/words.h"

namespace raft::walkthrough {

/// A word or "quoted text" of at most 64 bytes.
std::string read_text(WordReader& reader, std::string_view what);
/// One word or quoted text that may be KEY=VALUE, each of which has at most so many bytes.
std::string read_command_text(WordReader& reader, std::string_view what);

/// nullopt: it is none.
std::optional<std::uint64_t> seed_of(std::string_view text);
inline constexpr const char* what_is_a_seed = "a seed is a whole number from 0 to 18446744073709551615";

std::int64_t read_number(WordReader& reader, std::string_view what, std::int64_t min, std::int64_t max);
sim::Time read_duration(WordReader& reader, std::string_view what);
/// All of a text that stands by itself.
std::variant<sim::Time, Problem> parse_duration(std::string_view text, std::string_view what);
std::string duration_text(sim::Time time);
sim::TimeRange read_range(WordReader& reader, std::string_view what);
sim::Ratio read_ratio(WordReader& reader, std::string_view what);
std::string ratio_text(sim::Ratio ratio);

NodeId read_node(WordReader& reader, const Names& names, std::string_view after);
/// One or more; stops at a word that cannot be a name of a node.
NodeSet read_nodes(WordReader& reader, const Names& names, std::string_view after);
bool looks_like_node(const Word& word);
/// A capital letter, then letters and digits.
bool is_node_name(const Word& word);
bool looks_like_client(const Word& word);
ClientId read_client(WordReader& reader);

/// KEY=VALUE, or a word that sets the key to itself; all of it may be one quoted text.
sim::CommandText read_write(WordReader& reader);
/// x=1 or sally, quoted where it must be
std::string write_text(const sim::CommandText& command);

/// How long a run may last that is written down.
inline constexpr sim::Time max_time = sim::max_duration;

}  // namespace raft::walkthrough
