// Every step that can be taken next. What is in flight after it is in in_flight.cpp.
#include "raft/search/successors.h"

#include <algorithm>
#include <cassert>

namespace raft::search {

namespace {

constexpr std::uint64_t node_salt = 1;
constexpr std::uint64_t message_salt = 2;
constexpr std::uint64_t past_salt = 3;

bool terms_persist(const Options& options) { return options.start.settings.core.rules.on(Rule::TermAndLogPersisted); }

/// Terms never go back, and stale messages say nothing but a term.
bool may_order_by_term(const Options& options) {
  const Rules& rules = options.start.settings.core.rules;
  return (terms_persist(options) || options.bounds.crashes == 0) && rules.on(Rule::RejectStaleTerm) &&
         rules.on(Rule::CountOnlyCurrentVotes) && rules.on(Rule::StepDownOnHigherTerm);
}

}  // namespace

Successors::Successors(const Options& options)
    : bounds_(options.bounds),
      nodes_(node_count(options.start)),
      last_term_(last_term(options)),
      order_by_term_(options.order_by_term && may_order_by_term(options)),
      names_by_place_(terms_persist(options)),
      historian_({.crashes = bounds_.crashes,
                  .terms_persist = terms_persist(options),
                  .follow_appliers = !options.start.settings.core.rules.all_on(),
                  .forget = options.forget_past}),
      relevance_({.rules = options.start.settings.core.rules,
                  .batches_are_full = longest_log(options) <= options.start.settings.core.batch,
                  .last_term = last_term_,
                  .drop = options.drop_dead_messages}),
      start_(make_start(options, historian_)),
      node_ids_(node_salt, start_.symmetry,
                [this](View view, const Renaming& renaming, Bytes& bytes) {
                  rename(NodeView{view}, nodes_, renaming, start_.commands, bytes);
                }),
      message_ids_(message_salt, start_.symmetry,
                   [this](View view, const Renaming& renaming, Bytes& bytes) {
                     rename(MessageView{view}, renaming, start_.commands, bytes);
                   }),
      past_ids_(past_salt, start_.symmetry,
                [this](View view, const Renaming& renaming, Bytes& bytes) {
                  rename(view, renaming, start_.commands, bytes);
                }),
      moves_(explored_start(options).settings.core, nodes_, options.change_by, start_.commands, node_ids_, message_ids_),
      sums_(start_.symmetry.size()),
      sums_without_messages_(start_.symmetry.size()) {
  for (std::size_t i = 0; i < nodes_; ++i) first_.nodes[i] = node_ids_.intern(start_.nodes[i].view());
  first_.past = intern(start_.past);
}

Interner::Id Successors::intern(const Past& past) {
  encode(past, bytes_);
  const Interner::Id id = past_ids_.intern(bytes_.view());
  if (id == past_facts_.size()) {
    past_facts_.push_back({past.entries, past.crashes, past.duplicates, past.changes, past.level,
                           historian_.keeps_up_to(past)});
  }
  return id;
}

const std::vector<Successor>& Successors::of(const State& state) {
  state_ = state;
  found_.clear();
  violation_.reset();
  if (restart_what_crashed()) return found_;
  deliver_messages();
  duplicate_messages();
  for (std::size_t i = 0; i < nodes_ && !violation_; ++i) let_node_act(i);
  return found_;
}

/// A crashed node that stays down does nothing, and neither does one that is left alone. So a crash is of use only
/// for its restart, and between the two nothing needs to happen: it could as well happen before or after.
bool Successors::restart_what_crashed() {
  for (std::size_t i = 0; i < nodes_; ++i) {
    if (node(state_.nodes[i]).power() != Power::Crashed) continue;
    step_ = {.kind = StepKind::Restart, .node = static_cast<std::uint8_t>(i)};
    step_node(StepKind::Restart, i, moves_.move(state_.nodes[i], StepKind::Restart));
    return true;
  }
  return false;
}

/// True if an equal message stands before it: delivering either is the same.
bool Successors::is_copy(std::size_t place) const {
  const auto begin = state_.messages.begin();
  return std::find(begin, begin + static_cast<std::ptrdiff_t>(place), state_.messages[place]) !=
         begin + static_cast<std::ptrdiff_t>(place);
}

void Successors::deliver_messages() {
  for (std::size_t place = 0; place < state_.message_count && !violation_; ++place) {
    if (is_copy(place)) continue;
    const Interner::Id id = state_.messages[place];
    const std::size_t to = index_of(message(id).to());
    if (node(state_.nodes[to]).power() != Power::Up) continue;  // that would be to lose it
    step_ = {.kind = StepKind::Deliver, .node = static_cast<std::uint8_t>(to), .message = id};
    step_node(StepKind::Deliver, to, moves_.deliver(state_.nodes[to], id), static_cast<int>(place));
  }
}

/// With the network full the copy would take the place of another message: those choices are explored as well.
void Successors::duplicate_messages() {
  if (past_facts_[state_.past].duplicates >= bounds_.duplicates) return;
  for (std::size_t place = 0; place < state_.message_count && !violation_; ++place) {
    if (is_copy(place)) continue;
    const Interner::Id id = state_.messages[place];
    step_ = {.kind = StepKind::Duplicate,
             .node = static_cast<std::uint8_t>(index_of(message(id).to())),
             .message = id};
    next_ = state_;
    decode(past_ids_.view(state_.past), past_);
    past_.duplicates += 1;
    next_.past = intern(past_);
    candidates_.assign(state_.messages.begin(), state_.messages.begin() + state_.message_count);
    candidates_.push_back(id);
    put_in_flight();
  }
}

void Successors::let_node_act(std::size_t index) {
  const Interner::Id id = state_.nodes[index];
  const NodeView before = node(id);
  const auto take = [&](StepKind kind) {
    const Move move = moves_.move(id, kind);
    if (moves_.does_nothing(id, move)) return;
    step_ = {.kind = kind, .node = static_cast<std::uint8_t>(index)};
    step_node(kind, index, move);
  };
  const bool below_level = before.term() < past_facts_[state_.past].level;
  if (before.power() == Power::Down) {
    if (!below_level) take(StepKind::Restart);
    return;
  }
  if (before.role() == Role::Leader) {
    if (below_level) return;
    // Also the repetition of what was lost. What is in flight already is not sent again (gather_messages), so a
    // heartbeat that adds nothing leads to the same state and costs nothing.
    take(StepKind::Heartbeat);
    if (!violation_) write_to(index);
    if (!violation_) change_members(index);
  } else if (before.term() < last_term_) {
    // A candidate that only asks again sends nothing new: that is what duplicates are for.
    take(StepKind::Timeout);
  }
  if (!violation_ && !below_level) crash(index);
}

/// Commands differ in their names only. While terms persist, a leader makes one entry for each place of its term, so
/// a command can be named after its place, and the order in which leaders of different terms were asked is
/// forgotten. A term that is led twice makes two entries for one place: then names follow the order of asking.
void Successors::write_to(std::size_t index) {
  const PastFacts& facts = past_facts_[state_.past];
  if (facts.entries >= bounds_.entries) return;
  const Interner::Id id = state_.nodes[index];
  const auto nth = static_cast<std::size_t>(names_by_place_ ? node(id).last() + 1 : facts.entries + 1);
  const CommandNumber command = start_.commands.number_of_client_command(nth);
  step_ = {.kind = StepKind::Write, .node = static_cast<std::uint8_t>(index), .command = command};
  step_node(StepKind::Write, index, moves_.write(id, command));
}

/// A world takes the operator's wish to the leader of the highest term.
bool Successors::is_current_leader(std::size_t index) const {
  const Term term = node(state_.nodes[index]).term();
  for (std::size_t i = 0; i < nodes_; ++i) {
    const NodeView other = node(state_.nodes[i]);
    if (other.leads() && other.term() > term) return false;
  }
  return true;
}

void Successors::change_members(std::size_t index) {
  if (past_facts_[state_.past].changes >= bounds_.changes || !is_current_leader(index)) return;
  const Interner::Id id = state_.nodes[index];
  for (const CommandNumber wanted : moves_.wanted_by_leader(id)) {
    const Move move = moves_.change(id, wanted);
    if (moves_.does_nothing(id, move)) continue;  // the leader refuses
    step_ = {.kind = StepKind::Change, .node = static_cast<std::uint8_t>(index), .command = wanted};
    step_node(StepKind::Change, index, move);
    if (violation_) return;
  }
}

void Successors::crash(std::size_t index) {
  if (past_facts_[state_.past].crashes >= bounds_.crashes) return;
  const Interner::Id id = state_.nodes[index];
  const Move crashed = moves_.move(id, StepKind::Crash);
  if (moves_.move(crashed.after, StepKind::Restart).after == id) return;  // it has nothing to lose
  step_ = {.kind = StepKind::Crash, .node = static_cast<std::uint8_t>(index)};
  step_node(StepKind::Crash, index, crashed);
}

void Successors::step_node(StepKind kind, std::size_t index, const Move& move, int received) {
  const Term term = node(move.after).term();
  const Term level = past_facts_[state_.past].level;
  if (term < level) return;
  next_ = state_;
  next_.nodes[index] = move.after;
  if (term > level && order_by_term_) raise_level(term);
  for (std::size_t i = 0; i < nodes_; ++i) views_[i] = node(next_.nodes[i]);
  if (breaks(index, move)) return;
  const bool spends = kind == StepKind::Write || kind == StepKind::Crash || kind == StepKind::Change;
  if (spends || move.news.any()) renew_past(move);
  if (violation_) return;
  forget_past();
  gather_messages(index, move, received);
  put_in_flight();
}

/// What one look at the logs tells.
bool Successors::breaks(std::size_t index, const Move& move) {
  if (move.leader_deleted_from != 0) {
    const NodeView before = node(state_.nodes[index]);
    const auto from = static_cast<Index>(move.leader_deleted_from);
    violation_ = check::Violation{.property = check::Property::LeaderAppendOnly, .node = before.id(),
                                  .term = before.term(), .entry = {from, before.term_at(from)}};
  } else if (move.log_changed) {
    violation_ = check_log_matching({views_.data(), nodes_}, node_at(index));
  }
  return violation_.has_value();
}

void Successors::renew_past(const Move& move) {
  decode(past_ids_.view(next_.past), past_);
  if (step_.kind == StepKind::Write) past_.entries += 1;
  if (step_.kind == StepKind::Crash) past_.crashes += 1;
  if (step_.kind == StepKind::Change) past_.changes += 1;
  violation_ = historian_.record(past_, {views_.data(), nodes_}, move.news);
  if (!violation_) next_.past = intern(past_);
}

void Successors::raise_level(Term level) {
  const std::uint64_t key = std::uint64_t{next_.past} << 32U | std::uint64_t{0xFFFF} << 16U |
                            static_cast<std::uint64_t>(level);
  if (const std::uint32_t known = forgotten_.find(key); known != IdMap::none) {
    next_.past = known;
  } else {
    decode(past_ids_.view(next_.past), past_);
    past_.level = static_cast<std::uint8_t>(level);
    next_.past = intern(past_);
    forgotten_.insert(key, next_.past);
  }
  for (std::size_t i = 0; i < nodes_; ++i) {
    if (node(next_.nodes[i]).term() < level) next_.nodes[i] = retired(next_.nodes[i]);
  }
}

/// What a node below the level was about to do or to vote is over. It acts again when a message lifts it.
Interner::Id Successors::retired(Interner::Id id) {
  constexpr Interner::Id unknown = 0xFFFFFFFF;
  if (retired_.size() <= id) retired_.resize(node_ids_.size(), unknown);
  if (retired_[id] == unknown) {
    retire(node(id), bytes_);
    const Interner::Id after = node_ids_.intern(bytes_.view());
    retired_[id] = after;
  }
  return retired_[id];
}

void Successors::forget_past() {
  const PastFacts& facts = past_facts_[next_.past];
  Outlook outlook{max_explored_term, max_explored_term};
  const bool may_crash = facts.crashes < bounds_.crashes;
  for (std::size_t i = 0; i < nodes_; ++i) historian_.look(views_[i], may_crash, outlook);
  if (outlook.lead <= facts.keeps_up_to) return;
  const std::uint64_t key = std::uint64_t{next_.past} << 32U | static_cast<std::uint64_t>(outlook.lead) << 16U |
                            static_cast<std::uint64_t>(outlook.commit);
  if (const std::uint32_t known = forgotten_.find(key); known != IdMap::none) {
    next_.past = known;
    return;
  }
  decode(past_ids_.view(next_.past), past_);
  historian_.forget(past_, outlook);
  next_.past = intern(past_);
  forgotten_.insert(key, next_.past);
}

Step Successors::describe(const StepCode& code) const {
  Step step{.kind = code.kind, .node = node_at(code.node), .message = {}, .command = code.command};
  if (code.kind == StepKind::Deliver || code.kind == StepKind::Duplicate) {
    const View view = message_ids_.view(code.message);
    step.message.assign(view.begin(), view.end());
  }
  return step;
}

std::uint64_t Successors::memory() const {
  return node_ids_.memory() + message_ids_.memory() + past_ids_.memory() + moves_.memory() + forgotten_.memory() +
         past_facts_.capacity() * sizeof(PastFacts);
}

}  // namespace raft::search
