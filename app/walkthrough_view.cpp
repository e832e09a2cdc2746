// The walkthrough at the cursor as texts in one language; drawing them is the caption panel's business.
#include "app/walkthrough_view.h"

#include <algorithm>

#include "raft/walkthrough/words.h"

namespace app {

using raft::walkthrough::Asked;
using raft::walkthrough::Player;
using raft::walkthrough::Question;
using raft::walkthrough::Step;
using raft::walkthrough::text_in;

namespace {

using QuestionView = ui::WalkthroughView::Question;

QuestionView yes_or_no(const Asked& asked, const raft::explain::Words& words) {
  QuestionView view;
  view.options = {words.text("ui.yes"), words.text("ui.no")};
  view.answers.emplace(1, asked.yes ? 0 : 1);
  return view;
}

QuestionView which_node(const Asked& asked, const Player& player, const raft::explain::Words& words) {
  QuestionView view;
  view.options = player.walkthrough().names.nodes;
  view.options.push_back(words.text("ui.none"));
  std::vector<int>& answers = view.answers.emplace();
  for (const raft::NodeId node : asked.nodes) answers.push_back(static_cast<int>(raft::index_of(node)));
  if (answers.empty()) answers.push_back(static_cast<int>(view.options.size()) - 1);
  return view;
}

QuestionView one_of(const Asked& asked, const char* language) {
  QuestionView view;
  for (const raft::walkthrough::Option& option : asked.question->options) {
    view.options.push_back(text_in(option.texts, language));
  }
  view.answers.emplace(asked.options.begin(), asked.options.end());
  return view;
}

std::vector<const Asked*> asked_by(const Player& player, int step) {
  std::vector<const Asked*> questions;
  for (const Asked& asked : player.asked()) {
    if (static_cast<int>(asked.step) == step) questions.push_back(&asked);
  }
  return questions;
}

std::optional<QuestionView> question_of(const Player& player, int step, const QuestionShown& shown,
                                        const raft::explain::Words& words) {
  const std::vector<const Asked*> questions = asked_by(player, step);
  if (questions.empty()) return std::nullopt;
  const int number = std::min(shown.number, static_cast<int>(questions.size()) - 1);
  const Asked* found = questions[static_cast<std::size_t>(number)];
  const char* language = raft::explain::language_code(words.language());
  QuestionView view;
  switch (found->question->kind) {
    case Question::Kind::YesNo: view = yes_or_no(*found, words); break;
    case Question::Kind::Which: view = which_node(*found, player, words); break;
    case Question::Kind::Options: view = one_of(*found, language); break;
  }
  view.text = text_in(found->question->texts, language);
  view.number = number;
  if (!shown.answered) view.answers.reset();
  return view;
}

std::string in_a_list(const std::vector<std::string>& names, const raft::explain::Words& words) {
  return raft::walkthrough::joined(names, words.text("puzzle.and_then"));
}

/// What may be done, and how often: as the assignment's lines `allow do` say.
std::string limits_of(const raft::walkthrough::Walkthrough& puzzle, const raft::explain::Words& words) {
  std::vector<std::string> parts;
  for (const raft::walkthrough::AllowedCommands& line : puzzle.allowed_commands) {
    const std::string names = in_a_list(line.names, words);
    const char* most = line.names.size() > 1 ? "puzzle.at_most_together" : "puzzle.at_most";
    parts.push_back(line.most == 0 ? names : words.fill(most, {{"commands", names}, {"n", line.most}}));
  }
  return parts.empty() ? "" : words.fill("puzzle.limits", {{"commands", raft::walkthrough::joined(parts, words.text("puzzle.and_group"))}});
}

/// Once the stage of a puzzle is set, its next goal takes the place of the caption.
void show_goal(const Session& session, const raft::explain::Words& words, ui::WalkthroughView& view) {
  const raft::walkthrough::Walkthrough& puzzle = *session.assignment();
  const std::size_t total = session.goals_in_all();
  const std::size_t reached = session.goals_reached();
  view.seeks_goal = true;
  view.ended = false;  // the stage is over, the puzzle is not
  view.limits = limits_of(puzzle, words);
  if (reached == total) {
    view.heading = text_in(puzzle.titles, raft::explain::language_code(words.language()));
    view.caption = words.text("puzzle.solved");
    return;
  }
  const char* language = raft::explain::language_code(words.language());
  view.heading = words.fill("puzzle.goal", {{"n", reached + 1}, {"total", total}, {"task", text_in(puzzle.goals, language)}});
  view.caption = text_in(puzzle.steps[first_goal(puzzle) + reached].say, language);
}

bool has_clients(const raft::walkthrough::Walkthrough& walkthrough) {
  const auto is_of_client = [](const raft::walkthrough::Statement& statement) {
    return statement.kind == raft::walkthrough::Statement::Kind::Do &&
           (std::holds_alternative<raft::sim::ClientAsk>(statement.command) ||
            std::holds_alternative<raft::sim::OpenSession>(statement.command));
  };
  return std::any_of(walkthrough.steps.begin(), walkthrough.steps.end(), [&](const Step& step) {
    return std::any_of(step.statements.begin(), step.statements.end(), is_of_client);
  });
}

}  // namespace

int asked_in_step(const Session& session, int step) {
  return session.player() == nullptr ? 0 : static_cast<int>(asked_by(*session.player(), step).size());
}

std::string forbidden_sentence(const raft::walkthrough::Forbidden& forbidden, const raft::explain::Words& words) {
  using Why = raft::walkthrough::Forbidden::Why;
  switch (forbidden.why) {
    case Why::Rules: return words.text("puzzle.no_rules");
    case Why::Setting: return words.text("puzzle.no_settings");
    case Why::Command: return words.fill("puzzle.no_command", {{"command", forbidden.command}});
    case Why::TooMany: break;
  }
  return words.fill("puzzle.too_many", {{"commands", in_a_list(forbidden.allowed.names, words)}, {"n", forbidden.allowed.most}});
}

std::optional<ui::WalkthroughView> view_walkthrough(const Session& session, const raft::explain::Words& words,
                                                    const QuestionShown& shown) {
  const Player* player = session.player();
  if (player == nullptr) return std::nullopt;
  const char* language = raft::explain::language_code(words.language());
  const raft::walkthrough::Walkthrough& walkthrough = player->walkthrough();
  ui::WalkthroughView view;
  view.title = text_in(walkthrough.titles, language);
  view.about = text_in(walkthrough.abouts, language);
  view.step = session.step_at_cursor();
  view.step_count = static_cast<int>(walkthrough.steps.size());
  view.step_complete = session.step_complete_at_cursor();
  view.ended = player->ended() || session.last_step_complete();
  view.left = session.left_walkthrough();
  view.has_clients = has_clients(walkthrough);
  if (session.assignment() != nullptr) view.about = text_in(walkthrough.goals, language);
  // A step has one name, in the language that the file was written in first.
  const bool named = walkthrough.titles.empty() || walkthrough.titles.front().language == language;
  for (const Step& step : walkthrough.steps) {
    const std::string& said = text_in(step.say, language);
    view.steps.push_back({named || said.empty() ? step.name : said, step.hidden, !step.questions.empty()});
  }
  if (view.step < 0) return view;
  const Step& step = walkthrough.steps[static_cast<std::size_t>(view.step)];
  if (named) view.heading = step.name;
  view.caption = text_in(step.say, language);
  view.note = text_in(step.notes, language);
  view.focus = step.focus;
  if (!view.left) view.question = question_of(*player, view.step, shown, words);  // it is about the walkthrough's own run
  if (session.assignment() != nullptr && (view.left || view.ended)) show_goal(session, words, view);
  return view;
}

}  // namespace app
