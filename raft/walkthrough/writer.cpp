// The canonical form of a walkthrough: two blanks of indentation in a step, one blank line before it, every value in
// its shortest form, comments where they were.
#include <algorithm>

#include "raft/walkthrough/commands.h"
#include "raft/walkthrough/parser.h"
#include "raft/walkthrough/trail.h"
#include "raft/walkthrough/values.h"

namespace raft::walkthrough {

namespace {

using Kind = Statement::Kind;

std::string local(const char* word, const LocalText& text) {
  return std::string(word) + " " + text.language + ": " + free_text(text.text);
}

std::string statement_text(const Statement& statement, const Names& names) {
  switch (statement.kind) {
    case Kind::Do: return "do " + command_text(statement.command, names);
    case Kind::Until:
      return "until " + condition_text(statement.condition, names) + " within " + duration_text(statement.time);
    case Kind::For: return "for " + duration_text(statement.time);
    case Kind::Events: return "events " + std::to_string(statement.count);
    case Kind::Settle:
      return statement.time == 10'000'000 ? "settle" : "settle within " + duration_text(statement.time);
    case Kind::Expect: return "expect " + condition_text(statement.condition, names);
    case Kind::AtTime: return "at " + duration_text(statement.time);
    case Kind::AtEvent: return "at event " + std::to_string(statement.count);
    case Kind::AtPlace: return "at event " + std::to_string(statement.count) + " at " + duration_text(statement.time);
    case Kind::Say: return local("say", statement.text);
    case Kind::Note: return local("note", statement.text);
    case Kind::Focus: return "focus " + names.list(statement.nodes);
    case Kind::Pace: return "pace " + ratio_text(statement.pace);
    case Kind::Hide: return "hide";
    case Kind::Ask: return "";
  }
  return "";
}

/// With the number that it has in the file, for the comments above it and behind it.
struct NumberedLine {
  int number = 0;
  std::string text;
};

std::vector<NumberedLine> question_lines(const Question& question, const Names& names) {
  std::vector<NumberedLine> lines;
  for (const LocalText& text : question.texts) lines.push_back({text.line, local("ask", text)});
  const std::string condition = condition_text(question.condition, names) + " within " + duration_text(question.within);
  if (question.kind == Question::Kind::YesNo) lines.push_back({question.answer_line, "answer " + condition});
  if (question.kind == Question::Kind::Which) {
    lines.push_back({question.answer_line, "answer which " + question.variable + ": " + condition});
  }
  for (const Option& option : question.options) {
    std::string when = " when " + condition_text(option.condition, names) + " within " + duration_text(option.within);
    for (const LocalText& text : option.texts) {
      lines.push_back({text.line, local("option", text) + when});
      when.clear();  // the other language does not say it again
    }
  }
  return lines;
}

std::vector<NumberedLine> numbered_lines(const Step& step, const Statement& statement, const Names& names) {
  if (statement.kind == Kind::Ask) return question_lines(step.questions[statement.question], names);
  return {{statement.place.line, statement_text(statement, names)}};
}

class FileWriter {
 public:
  explicit FileWriter(const Walkthrough& walkthrough) : walkthrough_(walkthrough), names_(walkthrough.names) {}

  std::string write() {
    line(walkthrough_.first_line, "", "walkthrough 1");
    for (const HeadLine& head : walkthrough_.head) line(head.place.line, "", head_text(head));
    for (const Step& step : walkthrough_.steps) {
      comments_before(step.place.line, "", true);
      text_ += text_.ends_with("\n\n") || after_comment_ ? "" : "\n";
      line(step.place.line, "", "step " + quoted(step.name));
      for (const Statement& statement : step.statements) {
        for (const NumberedLine& said : numbered_lines(step, statement, names_)) line(said.number, "  ", said.text);
      }
    }
    if (walkthrough_.saved) {
      char hash[32];
      std::snprintf(hash, sizeof hash, "0x%016llx", static_cast<unsigned long long>(walkthrough_.saved->hash));
      text_ += "\n";
      for (const std::string& signs : trail_comments(walkthrough_.saved->trail)) text_ += "# " + signs + "\n";
      line(walkthrough_.saved->place.line, "",
           "hash " + std::string(hash) + " engine " + std::to_string(walkthrough_.saved->engine));
    }
    comments_before(INT32_MAX, "", false);
    return text_;
  }

 private:
  void comments_before(int number, const std::string& indent, bool before_step) {
    after_comment_ = false;
    const auto& comments = walkthrough_.comments;
    while (next_comment_ < comments.size() && comments[next_comment_].line < number) {
      if (before_step && !after_comment_) text_ += "\n";
      write_comment(comments[next_comment_++], indent);
      after_comment_ = true;
    }
  }

  void write_comment(const Comment& comment, const std::string& indent) {
    text_ += indent + (comment.text.empty() ? "#" : "# " + comment.text) + "\n";
  }

  void line(int number, const std::string& indent, const std::string& said) {
    comments_before(number, indent, false);
    text_ += indent + said;
    const auto& comments = walkthrough_.comments;
    if (next_comment_ < comments.size() && comments[next_comment_].line == number && !comments[next_comment_].alone) {
      text_ += "  # " + comments[next_comment_++].text;
    }
    text_ += "\n";
  }

  std::string head_text(const HeadLine& head) const {
    switch (head.kind) {
      case HeadLine::Kind::Title: return local("title", head.text);
      case HeadLine::Kind::About: return local("about", head.text);
      case HeadLine::Kind::Goal: return local("goal", head.text);
      case HeadLine::Kind::Cluster: return "cluster " + joined(head.names, " ");
      case HeadLine::Kind::Learners: return "learners " + joined(head.names, " ");
      case HeadLine::Kind::Seed: return "seed " + std::to_string(head.seed);
      case HeadLine::Kind::Set: return command_text(head.setting, names_);
      case HeadLine::Kind::Impossible: return std::string("set impossible ") + (head.on ? "on" : "off");
      case HeadLine::Kind::Include: return "include " + quoted_if_needed(head.file);
      case HeadLine::Kind::Given: return given_text(head.given, names_);
      case HeadLine::Kind::AllowViolation:
        return "allow violation " + quoted(check::property_name(head.property));
      case HeadLine::Kind::AllowCommands:
        return "allow do " + joined(head.allowed.names, " ") +
               (head.allowed.most > 0 ? " at most " + std::to_string(head.allowed.most) : "");
    }
    return "";
  }

  const Walkthrough& walkthrough_;
  const Names& names_;
  std::string text_;
  std::size_t next_comment_ = 0;
  bool after_comment_ = false;
};

}  // namespace

std::vector<std::string> statement_lines(const Step& step, const Statement& statement, const Names& names) {
  std::vector<std::string> lines;
  for (NumberedLine& said : numbered_lines(step, statement, names)) lines.push_back(std::move(said.text));
  return lines;
}

std::string write(const Walkthrough& walkthrough) { return FileWriter(walkthrough).write(); }

}  // namespace raft::walkthrough
