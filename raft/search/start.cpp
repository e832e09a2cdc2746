// What can be explored, from which states, and the symmetry of a start.
#include "raft/search/start.h"

#include <algorithm>
#include <numeric>

namespace raft::search {

sim::ClusterConfig first_start(std::size_t nodes) {
  sim::ClusterConfig config;
  for (std::size_t i = 0; i < nodes; ++i) config.node_names.emplace_back(1, static_cast<char>('A' + i));
  return config;
}

Term last_term(const Options& options) {
  Term highest = 0;
  for (const sim::GivenNode& given : options.start.given) highest = std::max(highest, given.term);
  return highest + options.bounds.terms;
}

std::size_t node_count(const sim::ClusterConfig& config) {
  return config.node_names.size() + config.learner_names.size();
}

Index longest_log(const Options& options) {
  std::size_t longest = 0;
  for (const sim::GivenNode& given : options.start.given) longest = std::max(longest, given.log.size());
  const Features& features = options.start.settings.core.features;
  const bool noop = features.noop || options.bounds.changes > 0;
  const std::int32_t each = options.change_by == ChangeBy::JointConsensus ? 2 : 1;
  return static_cast<Index>(longest) + options.bounds.entries + (noop ? options.bounds.terms : 0) +
         each * options.bounds.changes;
}

namespace {

/// How many configurations can come up.
std::size_t most_configurations(const Options& options) {
  if (options.bounds.changes == 0) return 1;
  const std::size_t voters = options.start.node_names.size();
  const std::size_t learners = options.start.learner_names.size();
  std::size_t of_one = std::size_t{1} << voters;  // each voter is in or out, each learner may become a voter as well
  for (std::size_t i = 0; i < learners; ++i) of_one *= 3;
  if (options.change_by == ChangeBy::OneNode) return of_one;
  const std::size_t sets = std::size_t{1} << (voters + learners);
  return (options.bounds.changes == 1 ? 2 * sets : (sets - 1) * sets) << learners;
}

std::size_t most_commands_of(const Options& options) {
  std::size_t given = 0;
  for (const sim::GivenNode& node : options.start.given) given += node.log.size();
  return 1 + given + static_cast<std::size_t>(longest_log(options)) + most_configurations(options);
}

}  // namespace

std::optional<std::string> refusal(const Options& options) {
  const Bounds& bounds = options.bounds;
  const Features& features = options.start.settings.core.features;
  const sim::Settings& settings = options.start.settings;
  const std::size_t nodes = node_count(options.start);
  if (nodes < 1 || nodes > max_explored_nodes) return "the explorer takes 1 to 7 nodes";
  const bool by_log = features.reads == ReadMode::ThroughLog;
  if (features.pre_vote || features.check_quorum || features.ignore_disruptive || !by_log) {
    return "pre_vote, check_quorum, ignore_disruptive and reads other than log go by clocks, and the explorer has none";
  }
  if (features.snapshot_after != 0 || settings.disk_delay != 0 || settings.sessions) {
    return "the explorer knows nothing of snapshots, slow disks and sessions: snapshot_after, disk_delay and sessions must "
           "be off";
  }
  if (bounds.changes < 0 || bounds.changes > 20) return "changes must be 0 to 20";
  if (bounds.terms < 0 || last_term(options) > max_explored_term) return "terms must be 0 or more and end at term 200";
  if (bounds.entries < 0 || longest_log(options) > max_explored_index) return "entries must be 0 or more, and logs end at index 60";
  if (most_commands_of(options) > max_commands) {
    return "more configurations and commands could come up than the explorer numbers: fewer nodes, changes or entries";
  }
  if (bounds.messages < 1 || bounds.messages > max_messages_in_flight) return "messages must be 1 to 12";
  if (bounds.crashes < 0 || bounds.crashes > 200) return "crashes must be 0 to 200";
  if (bounds.duplicates < 0 || bounds.duplicates > 200) return "duplicates must be 0 to 200";
  if (bounds.drops < unlimited || bounds.drops > 200) return "drops must be 0 to 200, or unlimited";
  return std::nullopt;
}

const char* outcome_text(Outcome outcome) {
  switch (outcome) {
    case Outcome::Running: return "running";
    case Outcome::Complete: return "complete";
    case Outcome::Violated: return "violation found";
    case Outcome::MemoryBound: return "not complete: memory bound reached";
    case Outcome::Cancelled: return "not complete: cancelled";
  }
  return "";
}

namespace {

constexpr std::size_t max_renamings = 120;
constexpr std::size_t movable_in_large_groups = 5;

bool same(View a, View b) { return std::equal(a.begin(), a.end(), b.begin(), b.end()); }

bool leaves_as_it_is(const Renaming& renaming, const std::vector<View>& nodes, View past, Commands& commands) {
  Bytes bytes;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    rename(NodeView{nodes[i]}, nodes.size(), renaming, commands, bytes);
    if (!same(bytes.view(), nodes[renaming[i]])) return false;
  }
  rename(past, renaming, commands, bytes);
  return same(bytes.view(), past);
}

}  // namespace

Symmetry symmetry_of(const std::vector<View>& nodes, View past, Commands& commands) {
  Symmetry symmetry;
  Renaming renaming{};
  std::iota(renaming.begin(), renaming.end(), std::uint8_t{0});
  const auto end = renaming.begin() + static_cast<std::ptrdiff_t>(nodes.size());
  do {
    if (leaves_as_it_is(renaming, nodes, past, commands)) symmetry.push_back(renaming);
  } while (std::next_permutation(renaming.begin(), end));
  if (symmetry.size() > max_renamings) {
    std::erase_if(symmetry, [&nodes](const Renaming& one) {
      for (std::size_t i = movable_in_large_groups; i < nodes.size(); ++i) {
        if (one[i] != i) return true;
      }
      return false;
    });
  }
  return symmetry;
}

namespace {

Renaming no_renaming() {
  Renaming same{};
  std::iota(same.begin(), same.end(), std::uint8_t{0});
  return same;
}

}  // namespace

sim::ClusterConfig explored_start(const Options& options) {
  sim::ClusterConfig config = options.start;
  config.settings.manual_timers = true;
  // A world that is asked for a change turns it on.
  if (options.bounds.changes > 0) config.settings.core.features.noop = true;
  return config;
}

Start make_start(const Options& options, const Historian& historian) {
  const sim::World world = sim::make_world(explored_start(options));
  Start start{.commands = Commands(world), .nodes = {}, .past = {}, .symmetry = {no_renaming()}};
  start.commands.name_client_commands(
      static_cast<std::size_t>(std::max(longest_log(options), options.bounds.entries)));
  start.nodes.resize(world.node_count());
  std::vector<NodeView> nodes;
  std::vector<View> views;
  for (const NodeId id : world.all_nodes()) {
    Bytes& bytes = start.nodes[index_of(id)];
    encode(world.node(id), world.machine(id).up ? Power::Up : Power::Down, world.node_count(), start.commands, bytes);
    nodes.push_back({bytes.view()});
    views.push_back(bytes.view());
  }
  start.past = historian.first(nodes);
  Bytes past;
  encode(start.past, past);
  if (options.merge_symmetric) start.symmetry = symmetry_of(views, past.view(), start.commands);
  return start;
}

}  // namespace raft::search
