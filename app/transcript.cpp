// A walkthrough as a story to read, for `run --transcript`.
#include "app/transcript.h"

#include <algorithm>

#include <fmt/format.h>

namespace app {

using raft::ReasonCode;
using raft::sim::Event;
using raft::sim::EventKind;
using raft::walkthrough::Asked;
using raft::walkthrough::Question;

namespace {

/// What every heartbeat brings about in a cluster at rest.
bool is_routine(ReasonCode code) {
  switch (code) {
    case ReasonCode::LogMatches:
    case ReasonCode::TimerReset:
    case ReasonCode::SentHeartbeats:
    case ReasonCode::Resent:
    case ReasonCode::FollowerMatches:
    case ReasonCode::AlreadyStored:
    case ReasonCode::OldReplyIgnored: return true;
    default: return false;
  }
}

bool changes_something(const Event& event) {
  if (event.intervention) return true;
  const auto sends_again = [](const raft::Reason& reason) { return reason.code == ReasonCode::Resent; };
  switch (event.kind) {
    case EventKind::Heartbeat: return std::any_of(event.reasons.begin(), event.reasons.end(), sends_again);
    case EventKind::Receive:
      if (is_heartbeat(event.flight->message) || is_heartbeat_reply(event.flight->message)) {
        return !std::all_of(event.reasons.begin(), event.reasons.end(),
                            [](const raft::Reason& reason) { return is_routine(reason.code); });
      }
      return true;
    default: return true;  // a lost heartbeat too: it is why somebody will stand for election
  }
}

bool is_worth_a_sentence(ReasonCode code) {
  return code != ReasonCode::TimerReset && code != ReasonCode::LogMatches && code != ReasonCode::SentHeartbeats;
}

}  // namespace

std::string event_in_words(const raft::explain::Words& words, const raft::sim::World& after, const Event& event) {
  std::string text = raft::explain::event_sentence(words, after, event);
  const bool chinese = words.language() == raft::explain::Language::Chinese;
  for (const raft::explain::ExplainedReason& why : raft::explain::explain_reasons(words, after, event)) {
    if (!is_worth_a_sentence(why.reason.code)) continue;
    text += chinese ? "" : " ";
    text += why.sentence;
    if (!why.section.empty()) text += chinese ? "（" + why.section + "）" : " (" + why.section + ")";
  }
  return text;
}

std::string answer_in_words(const raft::explain::Words& words, const raft::walkthrough::Walkthrough& walkthrough,
                            const Asked& asked) {
  switch (asked.question->kind) {
    case Question::Kind::YesNo: return words.text(asked.yes ? "ui.yes" : "ui.no");
    case Question::Kind::Which:
      return asked.nodes.empty() ? words.text("phrase.nobody") : walkthrough.names.list(asked.nodes);
    case Question::Kind::Options: break;
  }
  std::string text;
  for (const std::size_t option : asked.options) {
    text += (text.empty() ? "" : "; ") +
            text_in(asked.question->options[option].texts, raft::explain::language_code(words.language()));
  }
  return text.empty() ? words.text("phrase.none_of_them") : text;
}

Transcript::Transcript(const raft::explain::Words& words, const raft::walkthrough::Walkthrough& walkthrough)
    : words_(words), walkthrough_(walkthrough), language_(raft::explain::language_code(words.language())) {
  const std::string& title = text_in(walkthrough.titles, language_);
  if (!title.empty()) text_ += title + "\n";
  const std::string& about = text_in(walkthrough.abouts, language_);
  if (!about.empty()) text_ += about + "\n";
  for (const raft::RuleInfo& rule : raft::rule_table) {
    if (walkthrough.config.settings.core.rules.on(rule.rule)) continue;
    text_ += words.fill("event.rule_off", {{"off", words.text(std::string("rule_off.") + rule.name)}}) + "\n";
  }
}

void Transcript::begin_step(int index) {
  const raft::walkthrough::Step& step = walkthrough_.steps[static_cast<std::size_t>(index)];
  hidden_ = step.hidden;
  if (hidden_) return;
  text_ += fmt::format("\n{}. {}\n", index + 1, step.name);
  const std::string& caption = text_in(step.say, language_);
  if (!caption.empty()) text_ += "   " + caption + "\n";
}

/// What is tried again and again in vain (a message across a cut, an entry for a node that is down, a question to it) is
/// told once, until somebody intervenes.
bool Transcript::is_said_already(const Event& event) {
  if (event.intervention) {
    repeated_.clear();
    return false;
  }
  std::string what = fmt::format("{} {}", event_kind_name(event.kind), static_cast<int>(event.node));
  switch (event.kind) {
    case EventKind::Lose: {
      const raft::Message& message = event.flight->message;
      what += fmt::format(" {} {} {} {}", message_type_name(message.type()), is_heartbeat(message),
                          message.from.code(), message.to.code());
      break;
    }
    case EventKind::Heartbeat:
      for (const raft::Reason& reason : event.reasons) {
        if (reason.code != ReasonCode::Resent) continue;
        for (const raft::Operand& operand : reason.operands) what += fmt::format(" {}", operand.number);
      }
      break;
    case EventKind::AskAgain: what += fmt::format(" {}", event.before.term); break;
    default: return false;
  }
  return !repeated_.insert(what).second;
}

void Transcript::add_event(const raft::sim::World& after, const Event& event) {
  if (hidden_ || event.kind == EventKind::Start || !changes_something(event) || is_said_already(event)) return;
  text_ += fmt::format("   {:>10} ms  {}\n", fmt::format("{:.3f}", static_cast<double>(event.at) / 1000),
                       event_in_words(words_, after, event));
}

void Transcript::add_broken(std::int64_t event, raft::check::Property property) {
  if (hidden_) return;
  text_ += "   ! " + words_.fill("ui.safety_violated_at", {{"property", property_title(words_, property)}, {"n", event}}) + "\n";
}

void Transcript::add_question(const Asked& asked) {
  if (hidden_) return;
  text_ += "   ? " + text_in(asked.question->texts, language_) + "\n";
  if (asked.question->kind == Question::Kind::Options) {
    for (const raft::walkthrough::Option& option : asked.question->options) {
      text_ += "     - " + text_in(option.texts, language_) + "\n";
    }
  }
  text_ += "   = " + answer_in_words(words_, walkthrough_, asked) + "\n";
}

}  // namespace app
