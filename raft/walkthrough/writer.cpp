// The canonical form of a walkthrough: two blanks of indentation in a step, one blank line before it, every value in
// its shortest form, comments where they were.
#include <array>
#include <cstdio>
#include <map>
#include <set>

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

/// A line of the file to come, with the number that it had.
struct FileLine {
  enum class Part { Head, Step, Statement, Hash };
  Part part = Part::Head;
  int number = 0;
  std::string text;
};

/// Each comment goes with the line that it stands above or behind, wherever the writer puts that line.
class Comments {
 public:
  Comments(const std::vector<Comment>& comments, const std::vector<FileLine>& lines) {
    std::set<int> numbers;
    for (const FileLine& line : lines) numbers.insert(line.number);
    for (const Comment& comment : comments) {
      const auto line = numbers.lower_bound(comment.line);
      if (line == numbers.end()) {
        last_.push_back(&comment);
      } else {
        of_line_[*line].push_back(&comment);
      }
    }
  }

  /// What is said of this line; nothing when it is asked for again.
  std::vector<const Comment*> take(int number) {
    const auto found = of_line_.extract(number);
    return found ? found.mapped() : std::vector<const Comment*>{};
  }
  const std::vector<const Comment*>& last() const { return last_; }

 private:
  std::map<int, std::vector<const Comment*>> of_line_;
  std::vector<const Comment*> last_;
};

class FileWriter {
 public:
  explicit FileWriter(const Walkthrough& walkthrough) : walkthrough_(walkthrough), names_(walkthrough.names) {}

  std::string write() {
    collect();
    Comments comments(walkthrough_.comments, lines_);
    std::string text;
    for (const FileLine& line : lines_) text += line_text(line, comments.take(line.number));
    for (const Comment* comment : comments.last()) text += comment_text(*comment) + "\n";
    return text;
  }

 private:
  void collect() {
    using Part = FileLine::Part;
    lines_.push_back({Part::Head, walkthrough_.first_line, "walkthrough 1"});
    for (const HeadLine& head : walkthrough_.head) lines_.push_back({Part::Head, head.place.line, head_text(head)});
    for (const Step& step : walkthrough_.steps) {
      lines_.push_back({Part::Step, step.place.line, "step " + quoted(step.name)});
      for (const Statement& statement : step.statements) {
        for (NumberedLine& said : numbered_lines(step, statement, names_))
          lines_.push_back({Part::Statement, said.number, std::move(said.text)});
      }
    }
    if (!walkthrough_.saved) return;
    lines_.push_back({Part::Hash, walkthrough_.saved->place.line, hash_text(*walkthrough_.saved)});
  }

  static std::string hash_text(const SavedHash& saved) {
    std::string text;
    for (const std::string& signs : trail_comments(saved.trail)) text += "# " + signs + "\n";
    std::array<char, 32> hash{};
    std::snprintf(hash.data(), hash.size(), "0x%016llx", static_cast<unsigned long long>(saved.hash));
    return text + "hash " + hash.data() + " engine " + std::to_string(saved.engine);
  }

  static std::string comment_text(const Comment& comment) { return comment.text.empty() ? "#" : "# " + comment.text; }

  static std::string line_text(const FileLine& line, const std::vector<const Comment*>& comments) {
    const std::string indent = line.part == FileLine::Part::Statement ? "  " : "";
    std::string above;
    std::string behind;
    for (const Comment* comment : comments) {
      if (comment->line == line.number && !comment->alone) {
        behind = "  " + comment_text(*comment);
      } else {
        above += indent + comment_text(*comment) + "\n";
      }
    }
    const bool apart = line.part == FileLine::Part::Step || line.part == FileLine::Part::Hash;
    return (apart ? "\n" : "") + above + indent + line.text + behind + "\n";
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
  std::vector<FileLine> lines_;
};

}  // namespace

std::vector<std::string> statement_lines(const Step& step, const Statement& statement, const Names& names) {
  std::vector<std::string> lines;
  for (NumberedLine& said : numbered_lines(step, statement, names)) lines.push_back(std::move(said.text));
  return lines;
}

std::string write(const Walkthrough& walkthrough) { return FileWriter(walkthrough).write(); }

}  // namespace raft::walkthrough
