// The steps of a walkthrough and their statements, line by line; a question goes over several lines.
#include <algorithm>
#include <array>
#include <charconv>

#include "raft/walkthrough/commands.h"
#include "raft/walkthrough/line_table.h"
#include "raft/walkthrough/parser.h"
#include "raft/walkthrough/values.h"

namespace raft::walkthrough {

namespace {

using Kind = Statement::Kind;

class StepReader {
 public:
  StepReader(Walkthrough& walkthrough, ErrorList& errors)
      : walkthrough_(walkthrough), names_(walkthrough.names), errors_(errors) {}

  void read_line(const RawLine& raw) {
    WordReader reader(raw.text);
    line_ = raw.line;
    text_ = raw.text;
    try {
      if (!reader.at_end()) {
        if (walkthrough_.saved) reader.fail("'hash' is the last line of a session; nothing follows it");
        read(reader);
        reader.expect_end();
      }
      keep_comment(raw, reader, walkthrough_);
    } catch (const Problem& problem) {
      errors_.add({raw.line, problem.column}, problem.text);
      question_is_wrong_ = asking_;
    }
  }

  void finish() {
    close_question();
    close_focus();
  }

 private:
  Step& step() { return walkthrough_.steps.back(); }

  void read(WordReader& reader) {
    const Word word = reader.peek();
    place_ = {line_, word.column};
    if (word.kind != Word::Kind::Plain) fail_unknown(reader, word);
    if (word.text != "ask" && word.text != "answer" && word.text != "option") close_question();
    if (word.text == "step") return read_step(reader);
    if (word.text == "hash") return read_hash(reader);
    reader.next();
    if (word.text == "do") return read_do(reader);
    if (word.text == "until" || word.text == "expect") return read_condition_line(reader, word.text);
    if (word.text == "for") return add_timed(Kind::For, read_duration(reader, "for"));
    if (word.text == "events") return add_counted(Kind::Events, read_number(reader, "events", 1, 1'000'000'000));
    if (word.text == "settle") return read_settle(reader);
    if (word.text == "at") return read_at(reader);
    if (word.text == "say") return add_text(reader, Kind::Say, "say", step().say);
    if (word.text == "note") return add_text(reader, Kind::Note, "note", step().notes);
    if (word.text == "focus") return read_focus(reader);
    if (word.text == "pace") return read_pace(reader);
    if (word.text == "hide") return read_hide();
    if (word.text == "ask") return read_question_text(reader);
    if (word.text == "answer") return read_answer(reader);
    if (word.text == "option") return read_option(reader);
    fail_unknown(reader, word);
  }

  [[noreturn]] static void fail_unknown(const WordReader&, const Word& word) {
    if (is_head_word(word.text)) {
      const std::string hint = word.text == "set" ? "; in a step write: do set …" : "";
      throw Problem{word.column, "'" + word.text + "' belongs in the head, before the first step" + hint};
    }
    const auto is_command = [&word](const CommandInfo& info) { return word.text == info.name; };
    const auto table = command_table();
    if (std::any_of(table.begin(), table.end(), is_command)) {
      throw Problem{word.column, "a command stands after 'do': do " + word.text + " …"};
    }
    throw Problem{word.column, "unknown word '" + word.text + "'; " +
                                   suggestion(word.text, words_of(step_table))};
  }

  void read_step(WordReader& reader) {
    close_focus();
    reader.next();
    if (walkthrough_.steps.size() >= max_steps) reader.fail("more than 10000 steps");
    // Also when its name is wrong: what follows is read as its statements.
    walkthrough_.steps.emplace_back();
    step().place = place_;
    const Word& word = reader.peek();
    if (word.kind != Word::Kind::Quoted || word.text.empty()) {
      reader.fail("expected the name of the step in double quotes: step \"Two candidates\"");
    }
    step().name = reader.next().text;
  }

  Statement& add(Kind kind) {
    Statement statement;
    statement.kind = kind;
    statement.place = place_;
    step().statements.push_back(std::move(statement));
    return step().statements.back();
  }

  void add_timed(Kind kind, sim::Time time) { add(kind).time = time; }
  void add_counted(Kind kind, std::int64_t count) { add(kind).count = count; }

  void read_do(WordReader& reader) {
    sim::Intervention command = read_command(reader, names_);
    learn_names(command, walkthrough_.names);
    add(Kind::Do).command = std::move(command);
  }

  void read_condition_line(WordReader& reader, const std::string& word) {
    Expression condition = read_condition(reader, names_);
    sim::Time within = 0;
    if (word == "until") within = read_within(reader, "the condition of until");
    Statement& statement = add(word == "until" ? Kind::Until : Kind::Expect);
    statement.condition = std::move(condition);
    statement.time = within;
  }

  static sim::Time read_within(WordReader& reader, std::string_view after) {
    reader.expect("within", after);
    return read_duration(reader, "within");
  }

  void read_settle(WordReader& reader) {
    const sim::Time limit = reader.take("within") ? read_duration(reader, "within") : sim::Time{10} * 1'000'000;
    add_timed(Kind::Settle, limit);
  }

  /// `at 182.5ms`, `at event 41` or `at event 41 at 182.5ms`, alone or before what is done there.
  void read_at(WordReader& reader) {
    if (reader.take("event")) {
      const std::int64_t number = read_number(reader, "at event", 0, 1'000'000'000'000);
      const bool by_number_alone = !reader.take("at");
      Statement& statement = add(by_number_alone ? Kind::AtEvent : Kind::AtPlace);
      statement.count = number;
      if (!by_number_alone) statement.time = read_duration(reader, "at");
    } else {
      add_timed(Kind::AtTime, read_duration(reader, "at"));
    }
    if (!reader.at_end()) {
      if (!reader.is("do") && !reader.is("expect")) {
        reader.fail("after the place comes do or expect, or nothing, not '" + reader.peek().text + "'");
      }
      read(reader);
    }
  }

  void add_text(WordReader& reader, Kind kind, const std::string& word, Texts& texts) {
    LocalText text = read_local_text(reader, word);
    for (const LocalText& said : texts) {
      if (said.language == text.language) {
        throw Problem{place_.column, word + " " + text.language + " is said twice in this step"};
      }
    }
    texts.push_back(text);
    add(kind).text = std::move(text);
  }

  void once(bool before, const char* word) const {
    if (before) throw Problem{place_.column, std::string(word) + " is said twice in this step"};
  }

  /// It holds for the whole step, and may name a node that the step adds further down: read when the step is.
  void read_focus(WordReader& reader) {
    once(focus_.has_value(), "focus");
    focus_ = PendingFocus{line_, step().statements.size(), text_};
    add(Kind::Focus);
    while (!reader.at_end()) reader.next();
  }

  void close_focus() {
    if (!focus_) return;
    try {
      WordReader words(focus_->text);
      words.expect("focus", "the indentation");
      const NodeSet nodes = read_nodes(words, names_, "focus");
      words.expect_end();
      step().focus = nodes;
      step().statements[focus_->statement].nodes = nodes;
    } catch (const Problem& problem) {
      errors_.add({focus_->line, problem.column}, problem.text);
    }
    focus_.reset();
  }

  void read_pace(WordReader& reader) {
    once(step().pace.has_value(), "pace");
    const int column = reader.peek().column;
    const sim::Ratio pace = read_ratio(reader, "the pace");
    if (pace.numerator == 0) throw Problem{column, "the pace is more than 0"};
    step().pace = pace;
    add(Kind::Pace).pace = pace;
  }

  void read_hide() {
    once(step().hidden, "hide");
    step().hidden = true;
    add(Kind::Hide);
  }

  Question& question() { return step().questions.back(); }

  void read_question_text(WordReader& reader) {
    LocalText text = read_local_text(reader, "ask");
    text.line = line_;
    if (asking_ && answered_) close_question();
    if (!asking_) {
      step().questions.emplace_back();
      add(Kind::Ask).question = step().questions.size() - 1;
      asking_ = true;
      answered_ = false;
      asked_at_ = place_;
      question_is_wrong_ = false;
      option_counts_ = {};
    }
    for (const LocalText& said : question().texts) {
      if (said.language == text.language) throw Problem{place_.column, "ask " + text.language + " is said twice"};
    }
    question().texts.push_back(std::move(text));
  }

  void need_question(const char* word) const {
    if (!asking_) throw Problem{place_.column, std::string("'") + word + "' stands below an 'ask'"};
  }

  void read_answer(WordReader& reader) {
    need_question("answer");
    if (answered_) throw Problem{place_.column, "the question has an answer already"};
    answered_ = true;
    question().answer_line = line_;
    if (!reader.take("which")) {
      question().condition = read_condition(reader, names_);
    } else {
      const Word& word = reader.peek();
      const bool lower = word.kind == Word::Kind::Plain &&
                         word.text.find_first_not_of("abcdefghijklmnopqrstuvwxyz") == std::string::npos;
      if (!lower) reader.fail("expected a lower-case name after 'which', as in answer which n: role n = leader within 1s");
      question().kind = Question::Kind::Which;
      question().variable = reader.next().text;
      reader.expect(":", "'which " + question().variable + "'");
      question().condition = read_condition_about(reader, names_, question().variable);
    }
    question().within = read_within(reader, "the condition of answer");
  }

  /// `option LANG: TEXT when CONDITION within DURATION`. The second language's options follow in the same order
  /// and need not say the condition again.
  void read_option(WordReader& reader) {
    need_question("option");
    if (answered_ && question().kind != Question::Kind::Options) {
      throw Problem{place_.column, "the question has an answer already"};
    }
    const std::size_t when = find_when(reader);
    LocalText text = read_local_text(reader, "option", when);
    text.line = line_;
    answered_ = true;
    question().kind = Question::Kind::Options;
    std::optional<Expression> condition;
    sim::Time within = 0;
    if (reader.take("when")) {
      condition = read_condition(reader, names_);
      within = read_within(reader, "the condition of option");
    }
    place_option(std::move(text), std::move(condition), within);
  }

  /// The text of an option may say "when" itself, and so may what is quoted in its condition: what counts is the last
  /// one after which a condition stands. npos if there is none at all.
  std::size_t find_when(const WordReader& reader) const {
    constexpr std::size_t most_tries = 16;
    const std::vector<std::size_t> places = reader.places_of(" when ");
    for (std::size_t i = 0; i < places.size() && i < most_tries; ++i) {
      try {
        WordReader rest = reader.from(places[i]);
        rest.expect("when", "the option");
        read_condition(rest, names_);
        read_within(rest, "the condition");
        rest.expect_end();
        return places[i];
      } catch (const Problem&) {
        continue;  // it belongs to the text, or it is told where the line is read
      }
    }
    return places.empty() ? std::string_view::npos : places.front();
  }

  void place_option(LocalText text, std::optional<Expression> condition, sim::Time within) {
    std::size_t& count = option_counts_[text.language == "en" ? 0 : 1];
    auto& options = question().options;
    if (count == options.size()) {
      if (!condition) {
        throw Problem{place_.column, "this option has no condition: option " + text.language + ": … when CONDITION within DURATION"};
      }
      options.push_back({{}, std::move(*condition), within});
    } else if (condition && (condition_text(*condition, names_) != condition_text(options[count].condition, names_) ||
                             within != options[count].within)) {
      throw Problem{place_.column, "this option has another condition than the same option in the other language"};
    }
    options[count].texts.push_back(std::move(text));
    ++count;
  }

  void close_question() {
    if (!asking_) return;
    asking_ = false;
    if (question_is_wrong_) return;  // told already
    if (!answered_) {
      errors_.add(asked_at_, "this question has no answer; below it stands answer CONDITION within DURATION");
    } else if (question().kind == Question::Kind::Options && question().options.size() < 2) {
      errors_.add(asked_at_, "this question has only one option; it needs two or more");
    }
  }

  void read_hash(WordReader& reader) {
    close_question();
    close_focus();
    reader.next();
    SavedHash saved;
    saved.place = place_;
    const Word& word = reader.peek();
    const bool hex = word.kind == Word::Kind::Plain && word.text.size() == 18 && word.text.starts_with("0x");
    const char* end = word.text.data() + word.text.size();
    const auto result = hex ? std::from_chars(word.text.data() + 2, end, saved.hash, 16) : std::from_chars_result{};
    if (!hex || result.ec != std::errc{} || result.ptr != end) {
      reader.fail("a hash is 0x and 16 hexadecimal digits" + (reader.at_end() ? "" : ", not '" + word.text + "'"));
    }
    reader.next();
    reader.expect("engine", "the hash");
    saved.engine = static_cast<int>(read_number(reader, "the engine number", 1, 1'000'000));
    walkthrough_.saved = saved;
  }

  Walkthrough& walkthrough_;
  const Names& names_;
  ErrorList& errors_;
  int line_ = 0;
  std::string_view text_;  // of that line
  Place place_;
  bool asking_ = false;
  bool answered_ = false;
  bool question_is_wrong_ = false;
  Place asked_at_;
  struct PendingFocus {
    int line = 0;
    std::size_t statement = 0;
    std::string_view text;
  };
  std::optional<PendingFocus> focus_;
  std::array<std::size_t, 2> option_counts_{};
};

}  // namespace

void read_steps(const std::vector<RawLine>& lines, std::size_t from, Walkthrough& walkthrough, ErrorList& errors) {
  StepReader reader(walkthrough, errors);
  for (std::size_t i = from; i < lines.size() && !errors.full(); ++i) reader.read_line(lines[i]);
  reader.finish();
}

}  // namespace raft::walkthrough
