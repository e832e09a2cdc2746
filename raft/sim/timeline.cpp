// Playing, seeking and branching a run. What an event does is in advance.cpp and intervene.cpp.
#include "raft/sim/timeline.h"

#include <algorithm>
#include <cassert>

namespace raft::sim {

namespace {

/// What a copy of the world costs as long as it is kept.
std::size_t approximate_bytes(const World& world) {
  std::size_t bytes = sizeof(World) + world.clients.size() * sizeof(Client) + world.lost.size() * sizeof(LostCount);
  const std::size_t messages = world.network.in_flight();
  bytes += messages * sizeof(Flight) + (world.network.weight() - messages) * sizeof(Entry) + world.waits_for_disks * sizeof(DiskWrite);
  for (const Machine& machine : world.machines) {
    bytes += sizeof(Machine) + machine.node.leading.pending.size() * sizeof(PendingRequest) + machine.node.durable.log.copy_bytes() +
             machine.node.memory.machine.store.size() * sizeof(KeyValueStore::value_type);
  }
  return bytes;
}

}  // namespace

EventRecord record_of(const World& after, const Event& event) {
  EventRecord record;
  record.at = event.at;
  record.kind = event.kind;
  record.node = event.node;
  if (event.intervention) record.notable |= Notable::intervention;
  if (event.kind == EventKind::Receive) record.notable |= Notable::delivery;
  if (event.kind == EventKind::Crash || event.kind == EventKind::Restart) record.notable |= Notable::crash;
  if (event.node == no_node) return record;
  const NodeState& node = after.node(event.node);
  record.term = node.durable.current_term;
  record.role = node.memory.role;
  if (event.kind == EventKind::Lose || event.kind == EventKind::Crash) return record;
  if (node.memory.role != event.before.role) record.notable |= Notable::role_change;
  if (node.memory.commit_index > event.before.commit) record.notable |= Notable::commit;
  if (event.effects.deleted_from != 0) record.notable |= Notable::truncation;
  return record;
}

Timeline::Timeline(const ClusterConfig& config, std::size_t checkpoint_budget, std::int64_t records_kept)
    : config_(config), world_(make_world(config)), index_(records_kept), checkpoint_budget_(checkpoint_budget) {
  index_.push_back(EventRecord{});
  checkpoints_.push_back(std::make_shared<const Checkpoint>(Checkpoint{world_, approximate_bytes(world_)}));
}

void Timeline::set_clock(Time time) {
  assert(time >= world_.now);
  clock_ = std::min({time, next_at(), end_of_time});
}

const Act* Timeline::act_numbered(std::int64_t number) const {
  if (acts_.empty() || acts_.back().number < number) return nullptr;  // nearly always so while a run is being made
  const auto at = std::lower_bound(acts_.begin(), acts_.end(), number,
                                   [](const Act& act, std::int64_t wanted) { return act.number < wanted; });
  return at != acts_.end() && at->number == number ? &*at : nullptr;
}

Time Timeline::next_at() const {
  if (const Act* act = act_numbered(position() + 1)) return act->at;
  return std::max(world_.now, upcoming(world_).at);
}

bool Timeline::play_next(World& world, Event& event) const {
  if (const Act* act = act_numbered(world.events + 1)) {
    wait_until(world, act->at);
    intervene(world, act->what, act->origin, event);
    return true;
  }
  return advance(world, event);
}

bool Timeline::step() {
  if (!play_next(world_, event_)) return false;
  clock_ = world_.now;
  if (position() > end()) {
    index_.push_back(record_of(world_, event_));
    remember();
  }
  return true;
}

void Timeline::remember() {
  if (position() % interval_ != 0) return;
  checkpoints_.push_back(std::make_shared<const Checkpoint>(Checkpoint{world_, approximate_bytes(world_)}));
  checkpoint_bytes_ += checkpoints_.back()->bytes;
  keep_to_budget();
}

void Timeline::keep_to_budget() {
  while (checkpoint_bytes_ > checkpoint_budget_) {
    interval_ *= 2;
    std::erase_if(checkpoints_, [this](const auto& checkpoint) {
      const bool off_grid = checkpoint->world.events % interval_ != 0;
      if (off_grid) checkpoint_bytes_ -= checkpoint->bytes;
      return off_grid;
    });
  }
}

void Timeline::set_checkpoint_budget(std::size_t bytes) {
  checkpoint_budget_ = bytes;
  keep_to_budget();
}

const World& Timeline::checkpoint_before(std::int64_t number) const {
  const auto after = std::lower_bound(
      checkpoints_.begin(), checkpoints_.end(), number,
      [](const auto& checkpoint, std::int64_t wanted) { return checkpoint->world.events < wanted; });
  return after == checkpoints_.begin() ? (*after)->world : (*std::prev(after))->world;
}

void Timeline::seek(std::int64_t number) {
  assert(number >= 0 && number <= end());
  // From a checkpoint before the event, not at it: playing the event again gives its reasons back.
  if (number <= position() || checkpoint_before(number).events > position()) {
    world_ = checkpoint_before(number);
    event_.clear();
  }
  while (position() < number) play_next(world_, event_);
  clock_ = world_.now;
}

EventRecord Timeline::record(std::int64_t number) const {
  if (index_.keeps(number)) return index_[number];
  const std::int64_t first = number / EventIndex::block_size * EventIndex::block_size;
  // The run may have gone on since the block was replayed.
  const auto place = static_cast<std::size_t>(number - first);
  if (replayed_ == nullptr || replayed_->first != first || place >= replayed_->records.size()) {
    auto block = std::make_shared<ReplayedBlock>(ReplayedBlock{first, {}});
    block->records.reserve(static_cast<std::size_t>(EventIndex::block_size));
    replay(first, std::min(first + EventIndex::block_size - 1, end()),
           [&block](const World& world, const Event& event) { block->records.push_back(record_of(world, event)); });
    replayed_ = std::move(block);
  }
  return replayed_->records[place];
}

std::int64_t Timeline::last_notable(std::int64_t number, std::uint8_t any_of) const {
  while (number > 0) {
    const std::int64_t block = number / EventIndex::block_size;
    const std::int64_t first = block * EventIndex::block_size;
    if (index_.may_hold(block, any_of)) {
      for (; number >= first; --number) {
        if ((record(number).notable & any_of) != 0) return number;
      }
    }
    number = first - 1;
  }
  return 0;
}

std::int64_t Timeline::last_event_until(Time time) const {
  const std::int64_t first = index_.block_until(time);
  return last_that(first, std::min(first + EventIndex::block_size - 1, end()),
                   [&](std::int64_t number) { return record(number).at <= time; });
}

void Timeline::forget_future() {
  if (position() == end()) return;
  index_.shrink(position() + 1);
  replayed_.reset();
  std::erase_if(acts_, [this](const Act& act) { return act.number > position(); });
  while (checkpoints_.back()->world.events > position()) {
    checkpoint_bytes_ -= checkpoints_.back()->bytes;
    checkpoints_.pop_back();
  }
}

std::optional<Reason> Timeline::act(const Intervention& what, Origin origin) {
  if (std::optional<Reason> reason = refusal(world_, what)) return reason;
  forget_future();
  acts_.push_back({position() + 1, clock_, what, origin});
  step();
  return std::nullopt;
}

void Timeline::replay(std::int64_t first, std::int64_t last,
                      const std::function<void(const World&, const Event&)>& visit) const {
  assert(last <= end());
  if (last < first) return;
  World world = checkpoint_before(std::max<std::int64_t>(first, 0));
  Event event;
  if (first <= 0) visit(world, event);
  while (world.events < last && play_next(world, event)) {
    if (world.events >= first) visit(world, event);
  }
}

std::vector<Event> Timeline::events(std::int64_t first, std::int64_t last) const {
  std::vector<Event> found;
  replay(first, last, [&found](const World&, const Event& event) { found.push_back(event); });
  return found;
}

}  // namespace raft::sim
