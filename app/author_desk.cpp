// The draft as texts for the panel; saving it, and writing it down against a crash.
#include "app/author_desk.h"

#include <algorithm>
#include <filesystem>

#include "app/asset_store.h"
#include "app/files.h"
#include "app/settings.h"
#include "app/user_folders.h"
#include "app/walkthrough_file.h"
#include "raft/core/ascii.h"
#include "raft/walkthrough/values.h"

namespace app {

using namespace raft::walkthrough;
namespace fs = std::filesystem;
using ui::AuthorList;
using ui::AuthorView;

namespace {

bool has(const Step& step, Statement::Kind kind) {
  return std::any_of(step.statements.begin(), step.statements.end(), [kind](const Statement& s) { return s.kind == kind; });
}

/// In that language alone: a caption that is missing is shown as missing.
std::string only_in(const Texts& texts, std::string_view language) {
  const auto found = std::find_if(texts.begin(), texts.end(), [language](const LocalText& t) { return t.language == language; });
  return found != texts.end() ? found->text : std::string();
}

AuthorView::Texts both(const Texts& texts) { return {only_in(texts, "en"), only_in(texts, "zh")}; }

/// "a_split_vote"
std::string file_name_of(const std::string& title) {
  std::string name;
  for (const char c : title) {
    if (raft::ascii::is_alnum(c)) {
      name += raft::ascii::to_lower(c);
    } else if (!name.empty() && name.back() != '_') {
      name += '_';
    }
  }
  while (!name.empty() && name.back() == '_') name.pop_back();
  return name.empty() ? "walkthrough" : name;
}

const char* words_of(QuestionIdea::About about) {
  using About = QuestionIdea::About;
  switch (about) {
    case About::WillLead: return "author_question.will_lead";
    case About::TermHasLeader: return "author_question.term_has_leader";
    case About::WhoLeads: return "author_question.who_leads";
    case About::WhoStands: return "author_question.who_stands";
    case About::Committed: return "author_question.committed";
    case About::Answered: return "author_question.answered";
    case About::WhichLeads: return "author_question.which_leads";
  }
  return "";
}

std::vector<raft::explain::Fact> facts_of(const QuestionIdea& idea) {
  if (idea.names.empty() || idea.about == QuestionIdea::About::WhichLeads) return {};
  return {{"what", idea.names.front()}};
}

std::string option_text(const raft::explain::Words& words, const QuestionIdea& idea, std::size_t option) {
  if (option < idea.names.size()) return words.fill("author_question.leads", {{"what", idea.names[option]}});
  return words.text("author_question.nobody");
}

std::string question_lines(const QuestionIdea& idea, const std::array<raft::explain::Words, 2>& words) {
  std::string text;
  for (const raft::explain::Words& table : words) {
    text += std::string("ask ") + raft::explain::language_code(table.language()) + ": " +
            free_text(table.fill(words_of(idea.about), facts_of(idea))) + "\n";
  }
  if (idea.conditions.size() == 1) return text + "answer " + idea.conditions.front();
  for (std::size_t i = 0; i < idea.conditions.size(); ++i) {
    std::string when = " when " + idea.conditions[i];
    for (const raft::explain::Words& table : words) {
      text += std::string("option ") + raft::explain::language_code(table.language()) + ": " + free_text(option_text(table, idea, i)) + when + "\n";
      when.clear();
    }
  }
  return text;
}

std::string answer_text(const Author::Question& question, const raft::explain::Words& words, const Names& names) {
  const QuestionIdea& idea = question.idea;
  if (idea.conditions.size() > 1) {
    return question.asked.options.empty() ? words.text("ui.none") : option_text(words, idea, question.asked.options.front());
  }
  if (idea.conditions.front().starts_with("which")) {
    return question.asked.nodes.empty() ? words.text("ui.none") : names.list(question.asked.nodes);
  }
  return words.text(question.asked.yes ? "ui.yes" : "ui.no");
}

/// How the files are called in which drafts are written down.
constexpr const char* draft_kind = "draft";

/// The first line of a draft that is written down: the file that it is from.
constexpr std::string_view origin_mark = "# draft of ";

std::string origin_line(const std::string& path) {
  std::error_code ignored;
  return path.empty() ? "" : std::string(origin_mark) + fs::absolute(path, ignored).string() + "\n";
}

/// Takes that line off the text.
std::string take_origin(std::string& text) {
  if (!text.starts_with(origin_mark)) return "";
  const std::size_t end = std::min(text.find('\n'), text.size());
  std::string path = text.substr(origin_mark.size(), end - origin_mark.size());
  text.erase(0, end + 1);
  return path;
}

}  // namespace

std::string draft_folder() {
  const std::string settings = settings_path();
  return settings.empty() ? "" : fs::path(settings).parent_path().string();
}

AuthorDesk::AuthorDesk(Author author, std::string path, std::optional<std::string> on_disk, std::string drafts, Journal journal)
    : author_(std::move(author)),
      path_(std::move(path)),
      drafts_(std::move(drafts)),
      journal_(std::move(journal)),
      on_disk_(std::move(on_disk)) {
  look_for_draft();
}

void AuthorDesk::look_for_draft() {
  while (!drafts_.empty() && !found_) {
    Found found;
    std::time_t when = 0;
    std::optional<Journal> journal = Journal::left_behind(drafts_, draft_kind, found.text, when);
    if (!journal) return;
    found.path = take_origin(found.text);
    found.journal = std::move(*journal);
    const bool on_desk = found.text == author_.text();
    if (found.text.empty() || (on_desk && journal_.is_open())) {
      found.journal.remove();  // nothing, or written down twice
    } else if (on_desk) {
      journal_ = std::move(found.journal);
      at_risk_ = false;
    } else {
      found_ = std::move(found);
    }
  }
}

Journal AuthorDesk::take_found() {
  Journal journal = std::move(found_->journal);
  found_.reset();
  return journal;
}

void AuthorDesk::show(AuthorList list, const Session& session, const std::array<raft::explain::Words, 2>& words,
                      raft::explain::Language language) {
  view_.list = list;
  list_for_ = session.run().place();
  view_.suggestions.clear();
  refused_.clear();
  if (list == AuthorList::Waits) {
    for (std::string& line : author_.waits(session)) view_.suggestions.push_back({line, "", line});
  }
  if (list == AuthorList::Expectations) {
    for (std::string& fact : author_.expectations(session)) view_.suggestions.push_back({fact, "", "expect " + fact});
  }
  if (list != AuthorList::Questions) return;
  const raft::explain::Words& shown = words[static_cast<std::size_t>(language)];
  for (const Author::Question& question : author_.questions(session)) {
    view_.suggestions.push_back({shown.fill(words_of(question.idea.about), facts_of(question.idea)),
                                 shown.fill("author.answer", {{"answer", answer_text(question, shown, author_.draft().names)}}),
                                 question_lines(question.idea, words)});
  }
}

void AuthorDesk::close_list() {
  view_.list = AuthorList::None;
  view_.suggestions.clear();
  refused_.clear();
}

void AuthorDesk::edited() {
  close_list();
  at_risk_ = !author_.saved();
  if (drafts_.empty()) return;
  if (!at_risk_) return journal_.remove();
  std::string error = journal_.rewrite(drafts_, draft_kind, origin_line(path_) + author_.text());
  at_risk_ = !error.empty();
  if (at_risk_) refused_ = std::move(error);
}

bool AuthorDesk::has_file() const {
  std::error_code ignored;
  if (path_.empty() || (fs::exists(path_, ignored) && !fs::is_regular_file(path_, ignored))) return false;
  const fs::path own = fs::weakly_canonical(asset_path("walkthroughs"), ignored);
  const fs::path from_there = fs::weakly_canonical(path_, ignored).lexically_relative(own);
  return from_there.empty() || *from_there.begin() == "..";
}

std::string AuthorDesk::save(const std::string& path, const raft::explain::Words& words) {
  std::string target = path.empty() ? path_ : path;
  if (fs::path(target).extension() != walkthrough_ending) target += walkthrough_ending;
  std::error_code ignored;
  const bool own = target == path_ && has_file();
  if (!own && fs::exists(target, ignored)) return words.fill("ui.file_exists", {{"path", target}});
  if (own && fs::exists(target, ignored) && text_at(target) != on_disk_) return words.fill("author.changed_elsewhere", {{"path", target}});
  fs::create_directories(fs::path(target).parent_path(), ignored);
  if (std::string error = write_file_atomically(target, author_.text()); !error.empty()) return error;
  path_ = target;
  on_disk_ = author_.text();
  author_.mark_saved();
  edited();
  return "";
}

void AuthorDesk::suggest_path() {
  view_.path = path_;
  if (has_file()) return;
  std::string path = path_of_name(file_name_of(only_in(author_.draft().titles, "en")));
  path.resize(path.size() - std::string_view(walkthrough_ending).size());
  view_.path = unused_path(path, walkthrough_ending);
}

void AuthorDesk::discard_found() {
  if (found_) found_->journal.remove();
  found_.reset();
  look_for_draft();
}

void AuthorDesk::find_place(const Session& session) {
  // A step that takes no time begins and ends at the same event.
  const std::pair step{session.step_at_cursor(), session.step_complete_at_cursor()};
  if (session.run().place() == place_for_ && step == step_for_ && draft_for_ == author_.shared_draft()) return;
  place_for_ = session.run().place();
  step_for_ = step;
  draft_for_ = author_.shared_draft();
  place_ = author_.place_of(session);
}

void AuthorDesk::fill_steps(const char* language) {
  const Walkthrough& draft = author_.draft();
  view_.steps.clear();
  for (const Step& step : draft.steps) {
    view_.steps.push_back({step.name, text_in(step.say, language), has(step, Statement::Kind::Expect), !step.questions.empty(),
                           step.hidden, false});
  }
  view_.current = static_cast<int>(std::min(place_.step, draft.steps.size() - 1));
}

void AuthorDesk::fill_current() {
  const Walkthrough& draft = author_.draft();
  const Step& step = draft.steps[static_cast<std::size_t>(view_.current)];
  view_.title = both(draft.titles);
  view_.about = both(draft.abouts);
  view_.say = both(step.say);
  view_.note = both(step.notes);
  view_.pace = step.pace ? ratio_text(*step.pace) : "";
  view_.focus = step.focus;
  view_.hidden = step.hidden;
  view_.statements.clear();
  view_.next_at_end = true;
  for (std::size_t i = 0; i < step.statements.size(); ++i) {
    if (!is_done(step.statements[i].kind)) continue;
    std::string text;
    for (const std::string& line : statement_lines(step, step.statements[i], draft.names)) text += (text.empty() ? "" : AuthorView::line_break) + line;
    const bool next = view_.next_at_end && place_.statement <= i;  // the first that has not begun
    if (next) view_.next_at_end = false;
    view_.statements.push_back({i, std::move(text), next});
  }
}

void AuthorDesk::fill_failure() {
  view_.failure.clear();
  view_.failed_statement.reset();
  if (!author_.failure()) return;
  const Diagnostic& failure = *author_.failure();
  view_.failure = failure.text;
  const std::optional<StepPlace> place = place_of_line(author_.draft(), failure.line);
  if (!place || failure.line == 0) return;
  view_.steps[place->step].failed = true;
  view_.failure = std::to_string(place->step + 1) + ": " + failure.text;
  if (static_cast<int>(place->step) == view_.current) view_.failed_statement = place->statement;
}

const AuthorView& AuthorDesk::view(const Session& session, const raft::explain::Words& words) {
  if (view_.list != AuthorList::None && session.run().place() != list_for_) close_list();  // what it offers was so there
  find_place(session);
  fill_steps(raft::explain::language_code(words.language()));
  fill_current();
  fill_failure();
  view_.refused = refused_;
  view_.can_undo = author_.can_undo();
  view_.can_redo = author_.can_redo();
  view_.text = author_.text();
  view_.unsaved = !author_.saved();
  view_.draft_found = found_.has_value();
  return view_;
}

}  // namespace app
