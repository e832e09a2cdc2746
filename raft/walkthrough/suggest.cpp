// Choosing from the facts of a world: by whether they have changed, and by when they became true. Every suggestion is
// read by the parser and tried on the run before it is offered.
#include "raft/walkthrough/suggest.h"

#include <algorithm>
#include <array>

#include "raft/walkthrough/ahead.h"
#include "raft/walkthrough/evaluate.h"
#include "raft/walkthrough/values.h"

namespace raft::walkthrough {

namespace {

constexpr sim::Time ms = 1000;
constexpr sim::Time second = 1'000'000;

struct Candidate {
  std::string text;
  Expression condition;
};

/// Those that the parser understands and that are true.
std::vector<Candidate> candidates_of(const Facts& now) {
  const Names names = Names::of(now.world);
  std::vector<Candidate> found;
  for (std::string& text : facts_of(now)) {
    try {
      WordReader reader(text);
      Expression condition = read_condition(reader, names);
      reader.expect_end();
      if (!holds(condition, now)) continue;
      found.push_back({condition_text(condition, names), std::move(condition)});
    } catch (const Problem&) {
      continue;  // a key that conditions cannot name, longer than a word may be
    }
  }
  return found;
}

/// A limit that leaves room: at least three times what it took, in numbers that people say.
sim::Time limit_for(sim::Time took) {
  constexpr auto limits = std::to_array<sim::Time>({second, 2 * second, 5 * second, 10 * second, 20 * second, 60 * second,
                                                    600 * second, 3600 * second, 36'000 * second});
  const auto enough = std::find_if(limits.begin(), limits.end(), [took](sim::Time limit) { return limit >= 3 * took; });
  return enough != limits.end() ? *enough : took * 3;
}

/// The roundest duration of at least `least` and less than `less_than`; 0 if there is none.
sim::Time roundest(sim::Time least, sim::Time less_than) {
  constexpr auto units = std::to_array<sim::Time>({second, 500 * ms, 100 * ms, 50 * ms, 10 * ms, 5 * ms, ms, 500, 100, 50, 10, 1});
  for (const sim::Time unit : units) {
    const sim::Time rounded = (std::max<sim::Time>(least, 1) + unit - 1) / unit * unit;
    if (rounded < less_than) return rounded;
  }
  return 0;
}

/// What first comes true with event `to`, and until then has not been so since `from`.
std::vector<std::string> first_true_at(const Facts& from, const RunPlace& to) {
  const sim::Time time = to.clock - from.clock;
  std::vector<Candidate> left;
  run_ahead(from, time, [&](const Facts& facts) {
    if (facts.world.events < to.event) return false;
    left = candidates_of(facts);
    return true;
  });
  run_ahead(from, time, [&](const Facts& facts) {
    if (facts.world.events >= to.event) return true;
    std::erase_if(left, [&facts](const Candidate& candidate) { return holds(candidate.condition, facts); });
    return left.empty();
  });
  std::vector<std::string> texts;
  texts.reserve(left.size());
  for (Candidate& candidate : left) texts.push_back(std::move(candidate.text));
  return texts;
}

/// When event `to.event` happens, and when the one after it does.
std::pair<sim::Time, sim::Time> interval_of(const Facts& from, const RunPlace& to) {
  std::pair<sim::Time, sim::Time> interval{from.clock, sim::never};
  run_ahead(from, to.clock - from.clock, [&](const Facts& facts) {
    interval = {facts.world.now, sim::upcoming(facts.world).at};
    return facts.world.events >= to.event;
  });
  return interval;
}

}  // namespace

std::vector<std::string> true_now(const Facts& now, const Facts& before, std::size_t most) {
  std::vector<Candidate> candidates = candidates_of(now);
  const NodeSet known = before.world.all_nodes();
  const bool grew = known.count() < now.world.all_nodes().count();
  // What has changed comes first, and whether a term had a leader: "none" is news, though it was so before the term.
  std::stable_partition(candidates.begin(), candidates.end(), [&](const Candidate& candidate) {
    return grew || candidate.text.starts_with("leader_in_term") || !holds(candidate.condition, before);
  });
  std::vector<std::string> texts;
  for (Candidate& candidate : candidates) {
    if (texts.size() == most) break;
    if (std::find(texts.begin(), texts.end(), candidate.text) == texts.end()) texts.push_back(std::move(candidate.text));
  }
  return texts;
}

std::vector<std::string> waits(const Facts& from, const RunPlace& to, std::size_t most) {
  std::vector<std::string> lines;
  if (to.event == from.world.events && to.clock == from.clock) return lines;
  if (to.event > from.world.events) {
    const std::string within = " within " + duration_text(limit_for(to.clock - from.clock));
    for (const std::string& condition : first_true_at(from, to)) {
      if (lines.size() == most) break;
      const std::string line = "until " + condition + within;
      if (std::find(lines.begin(), lines.end(), line) == lines.end()) lines.push_back(line);
    }
  }
  const auto [happens, next] = interval_of(from, to);
  // A round number near the time that has passed, and still between the same two events.
  const sim::Time passed = to.clock - from.clock;
  const sim::Time least = std::max(happens - from.clock, passed * 3 / 4);
  const sim::Time less_than = next == sim::never ? passed * 2 : std::min(next - from.clock, passed * 5 / 4 + 1);
  if (const sim::Time time = roundest(least, less_than)) lines.push_back("for " + duration_text(time));
  if (to.event > from.world.events) lines.push_back("at event " + std::to_string(to.event));
  return lines;
}

sim::Intervention as_written(const sim::Intervention& what, const sim::World& world) {
  sim::Intervention written = what;
  std::visit(
      [&world](auto& act) {
        if constexpr (requires { act.pick; }) {
          const sim::Flight* flight = act.pick.how == sim::MessagePick::How::ById ? world.network.find(act.pick.id) : nullptr;
          if (flight == nullptr) return;
          const Message& message = flight->message;
          sim::MessagePattern pattern;
          pattern.types = is_heartbeat(message) ? sim::MessagePattern::Types::Heartbeats : sim::MessagePattern::Types::One;
          pattern.type = message.type();
          pattern.any_from = pattern.any_to = false;
          pattern.from = message.from;
          pattern.to = message.to;
          const sim::Flight* oldest = world.network.oldest(pattern);
          if (oldest != nullptr && oldest->id == flight->id) act.pick = {sim::MessagePick::How::Oldest, sim::no_message, pattern};
        }
      },
      written);
  return written;
}

namespace {

/// Not of a key that conditions cannot name, longer than a word may be.
bool can_be_asked(const QuestionIdea& idea, const Names& names) {
  try {
    question_of(idea, names);
    return true;
  } catch (const Problem&) {
    return false;
  }
}

}  // namespace

std::vector<QuestionIdea> questions(const Facts& now) {
  using About = QuestionIdea::About;
  std::vector<QuestionIdea> ideas;
  const sim::World& world = now.world;
  const Names names = Names::of(world);
  std::vector<std::string> standing;
  Term newest = 0;
  for (const NodeId id : world.all_nodes()) {
    newest = std::max(newest, world.node(id).durable.current_term);
    const Role role = world.node(id).memory.role;
    if (world.machine(id).up && (role == Role::Candidate || role == Role::PreCandidate)) standing.push_back(names.node(id));
  }
  const std::string term = std::to_string(newest);
  const bool led = sim::current_leader(world) != no_node;
  if (!standing.empty() && now.story.leader_in_term(newest) == no_node) {
    ideas.push_back({About::TermHasLeader, {term}, {"leader_in_term " + term + " != none within 1s"}});
  }
  if (standing.size() > 1) {
    QuestionIdea which{About::WhichLeads, standing, {}};
    for (const std::string& name : standing) which.conditions.push_back("leader_in_term " + term + " = " + name + " within 1s");
    which.conditions.push_back("all n: term n > " + term + " within 1s");
    ideas.push_back(std::move(which));
  }
  for (const std::string& name : standing) ideas.push_back({About::WillLead, {name}, {"role " + name + " = leader within 1s"}});
  if (!led) {
    ideas.push_back({About::WhoStands, {}, {"which n: role n = candidate and term n > " + term + " within 2s"}});
    ideas.push_back({About::WhoLeads, {}, {"which n: role n = leader within 2s"}});
  }
  for (const std::string& fact : facts_of(now)) {
    constexpr std::string_view uncommitted = "committed ";
    if (!fact.starts_with(uncommitted) || !fact.ends_with(" = 0")) continue;
    const std::string command = fact.substr(uncommitted.size(), fact.size() - uncommitted.size() - 4);
    ideas.push_back({About::Committed, {command}, {"committed " + command + " >= 1 within 1s"}});
  }
  for (std::size_t i = 0; i < world.clients.size(); ++i) {
    if (world.clients[i].status != sim::ClientStatus::Waiting) continue;
    const std::string client = "c" + std::to_string(i + 1);
    ideas.push_back({About::Answered, {client}, {"client " + client + " = ok within 2s"}});
  }
  if (led) ideas.push_back({About::WhoLeads, {}, {"which n: role n = leader and term n > " + term + " within 2s"}});
  std::erase_if(ideas, [&names](const QuestionIdea& idea) { return !can_be_asked(idea, names); });
  return ideas;
}

Question question_of(const QuestionIdea& idea, const Names& names) {
  Question question;
  for (const std::string& line : idea.conditions) {
    WordReader reader(line);
    const bool which = reader.take("which");
    if (which) {
      question.kind = Question::Kind::Which;
      question.variable = reader.next().text;
      reader.expect(":", "the variable");
    }
    Expression condition = which ? read_condition_about(reader, names, question.variable) : read_condition(reader, names);
    reader.expect("within", "the condition");
    const sim::Time within = read_duration(reader, "within");
    if (idea.conditions.size() > 1) {
      question.kind = Question::Kind::Options;
      question.options.push_back({{}, std::move(condition), within});
    } else {
      question.condition = std::move(condition);
      question.within = within;
    }
  }
  return question;
}

}  // namespace raft::walkthrough
