// Questions of predict mode as sentences.
#include "app/guessing.h"

#include "raft/core/command.h"

namespace app {

using raft::explain::Words;
using raft::walkthrough::GuessKind;
using raft::walkthrough::Prediction;

namespace {

std::string name_of(const Words& words, const raft::sim::World& world, raft::NodeId node) {
  return node == raft::no_node ? words.text("guess.nobody") : world.name(node);
}

/// The command of the entry of that term at that index, wherever it is stored.
std::string entry_text(const Words& words, const raft::sim::World& world, raft::Index index, raft::Term term) {
  if (term == 0) return words.text("guess.neither");
  for (const raft::sim::Machine& machine : world.machines) {
    const raft::Log& log = machine.node.durable.log;
    if (log.base().index >= index || log.last_index() < index || log.term_at(index) != term) continue;
    const std::string command = raft::command_text(log.at(index).command, world.symbols);
    return words.fill("guess.entry", {{"command", command}, {"term", term}});
  }
  return words.text("guess.neither");
}

std::vector<std::string> options_of(const Words& words, const raft::sim::World& world, const Prediction& asked) {
  std::vector<std::string> options;
  if (asked.kind == GuessKind::WhoWins) {
    for (const raft::NodeId node : asked.nodes) options.push_back(name_of(words, world, node));
  } else if (asked.kind == GuessKind::WhatSurvives) {
    for (const raft::Term term : asked.terms) options.push_back(entry_text(words, world, asked.index, term));
  } else {
    options = {words.text("ui.yes"), words.text("ui.no")};
  }
  return options;
}

std::string question_text(const Words& words, const raft::sim::World& world, const Prediction& asked) {
  return words.fill(std::string("guess.") + guess_kind_name(asked.kind),
                    {{"node", name_of(words, world, asked.node)},
                     {"other", name_of(words, world, asked.other)},
                     {"term", asked.term},
                     {"index", asked.index}});
}

/// The why is the winner's. Of another node that was taken for it: whether it stood at all, and how many votes it had. ""
/// if nothing is to be added.
std::string why_not_the_guessed(const Words& words, const raft::sim::World& world, const Prediction& asked, std::size_t guessed) {
  if (asked.kind != GuessKind::WhoWins || guessed == asked.answer || guessed >= asked.nodes.size()) return {};
  const raft::NodeId node = asked.nodes[guessed];
  if (node == raft::no_node) return {};
  const std::optional<int> votes = asked.votes[guessed];
  if (!votes) return words.fill("guess.did_not_stand", {{"node", world.name(node)}, {"term", asked.term}});
  // §6: it takes two majorities.
  const bool joint = world.node(node).configuration.joint();
  return words.fill(joint ? "guess.too_few_of_both" : "guess.too_few_votes", {{"node", world.name(node)}, {"n", *votes}});
}

}  // namespace

void Guessing::toggle() {
  on_ = !on_;
  question_.reset();
  last_kind_.reset();
}

bool Guessing::asks(const raft::sim::Timeline& run) {
  if (!on_ || question_) return false;
  const std::int64_t now = run.position();
  if (now < asked_at_) asked_at_ = now - events_between;  // another run, or its past
  if (now - asked_at_ < events_between) return false;
  question_ = raft::walkthrough::predict(run.world(), run.event(), last_kind_);
  if (!question_) return false;
  guessed_.reset();
  last_kind_ = question_->kind;
  asked_at_ = now;
  return true;
}

void Guessing::guess(int option) {
  if (!question_ || guessed_) return;
  guessed_ = option;
  Score& score = scores_[static_cast<std::size_t>(question_->kind)];
  ++score.asked;
  if (option == static_cast<int>(question_->answer)) ++score.right;
}

std::optional<ui::GuessView> Guessing::view(const Words& words, const raft::sim::World& world) const {
  if (!on_) return std::nullopt;
  ui::GuessView view;
  view.all.concept_name = words.text("guess.all");
  for (std::size_t i = 0; i < scores_.size(); ++i) {
    view.all.right += scores_[i].right;
    view.all.asked += scores_[i].asked;
    if (scores_[i].asked == 0) continue;
    const std::string key = std::string("guess_kind.") + guess_kind_name(static_cast<GuessKind>(i));
    view.by_concept.push_back({words.text(key), scores_[i].right, scores_[i].asked});
  }
  if (!question_) return view;
  view.question = question_text(words, world, *question_);
  view.options = options_of(words, world, *question_);
  view.guessed = guessed_;
  if (!guessed_) return view;
  view.answer = static_cast<int>(question_->answer);
  for (const Prediction::Why& why : question_->why) {
    if (!view.why.empty() && words.language() == raft::explain::Language::English) view.why += " ";
    view.why += raft::explain::reason_sentence(words, world, why.reason, why.self);
  }
  const std::string own = why_not_the_guessed(words, world, *question_, static_cast<std::size_t>(*guessed_));
  if (!own.empty() && !view.why.empty() && words.language() == raft::explain::Language::English) view.why += " ";
  view.why += own;
  return view;
}

}  // namespace app
