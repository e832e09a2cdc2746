// The text is what is edited: cut into the lines of its steps and statements, each with the comments above it, changed,
// put together again and read by the parser, which knows what may stand where.
#include "raft/walkthrough/edit.h"

#include <algorithm>
#include <array>
#include <cassert>

#include "raft/core/ascii.h"
#include "raft/walkthrough/parser.h"
#include "raft/walkthrough/values.h"

namespace raft::walkthrough {

namespace {

using Kind = Statement::Kind;
using Lines = std::vector<std::string>;

/// A statement, with the comments that stand above it.
struct Block {
  Kind kind = Kind::Hide;
  std::string language;  // of a text
  Lines lines;
};

struct StepBlock {
  Lines comments;
  std::string title;
  std::vector<Block> statements;
};

std::string one_line(std::string_view text) { return trimmed(ascii::one_line(text)); }

Lines lines_in(std::string_view text) {
  Lines lines;
  for (const RawLine& raw : lines_of(text)) {
    if (const std::string line = trimmed(raw.text); !line.empty()) lines.push_back(line);
  }
  return lines;
}

constexpr int rank_of_what_is_done = 7;

/// The order in which what holds for a whole step is written: what is said, what is noted, focus, pace, hide; then what
/// is done.
int rank_of(Kind kind, std::string_view language) {
  const int second = language == "zh" ? 1 : 0;
  switch (kind) {
    case Kind::Say: return second;
    case Kind::Note: return 2 + second;
    case Kind::Focus: return 4;
    case Kind::Pace: return 5;
    case Kind::Hide: return 6;
    default: return rank_of_what_is_done;
  }
}

int rank_of(const Block& block) { return rank_of(block.kind, block.language); }

class TextBlocks {
 public:
  /// `walkthrough`: as read from its canonical form.
  explicit TextBlocks(const Walkthrough& walkthrough) {
    const std::string text = write(walkthrough);
    const std::vector<RawLine> lines = lines_of(text);
    cut(walkthrough, lines);
  }

  std::string text() const {
    std::string text;
    const auto add = [&text](const Lines& lines, const char* indent) {
      for (const std::string& line : lines) text += (indent + line).append("\n");
    };
    add(head, "");
    for (const StepBlock& step : steps) {
      text += "\n";
      add(step.comments, "");
      text += step.title + "\n";
      for (const Block& block : step.statements) add(block.lines, "  ");
    }
    if (!hash.empty()) text += "\n";
    add(hash, "");
    add(last, "");
    return text;
  }

  Lines head;
  std::vector<StepBlock> steps;
  Lines hash;
  Lines last;  // comments below everything

 private:
  void cut(const Walkthrough& walkthrough, const std::vector<RawLine>& lines) {
    std::size_t statement = 0;
    Lines comments;
    for (const RawLine& raw : lines) {
      const std::string line = trimmed(raw.text);
      if (line.empty()) continue;
      if (line[0] == '#') {
        comments.push_back(line);
        continue;
      }
      const bool begins_step = steps.size() < walkthrough.steps.size() && walkthrough.steps[steps.size()].place.line == raw.line;
      if (begins_step) {
        steps.push_back({std::move(comments), line, {}});
        statement = 0;
      } else if (steps.empty()) {
        put(head, comments, line);
      } else if (walkthrough.saved && walkthrough.saved->place.line == raw.line) {
        put(hash, comments, line);
      } else {
        const Step& step = walkthrough.steps[steps.size() - 1];
        auto& blocks = steps.back().statements;
        if (statement < step.statements.size() && step.statements[statement].place.line == raw.line) {
          const Statement& begun = step.statements[statement++];
          blocks.push_back({begun.kind, begun.text.language, {}});
        }
        put(blocks.back().lines, comments, line);
      }
      comments.clear();
    }
    last = std::move(comments);
  }

  static void put(Lines& lines, Lines& comments, const std::string& line) {
    lines.insert(lines.end(), comments.begin(), comments.end());
    lines.push_back(line);
  }
};

template <typename List>
auto at(List& list, std::size_t index) {
  return list.begin() + static_cast<std::ptrdiff_t>(index);
}

template <typename List>
void move_within(List& list, std::size_t from, std::size_t to) {
  assert(from < list.size() && to < list.size());
  if (from < to) std::rotate(at(list, from), at(list, from) + 1, at(list, to) + 1);
  if (to < from) std::rotate(at(list, to), at(list, from), at(list, from) + 1);
}

/// Replaces the one line that says this of the step, puts it where it belongs, or takes it away ("").
void set_line(StepBlock& step, Kind kind, const std::string& language, const std::string& line) {
  auto& blocks = step.statements;
  const auto found = std::find_if(blocks.begin(), blocks.end(), [&](const Block& block) {
    return block.kind == kind && block.language == language;
  });
  if (found != blocks.end()) {
    if (line.empty()) {
      blocks.erase(found);
    } else {
      found->lines.back() = line;
    }
    return;
  }
  if (line.empty()) return;
  const int rank = rank_of(kind, language);
  const auto later = std::find_if(blocks.begin(), blocks.end(), [rank](const Block& block) { return rank_of(block) > rank; });
  blocks.insert(later, {kind, language, {line}});
}

std::string title_of(const std::string& name) { return "step " + quoted(one_line(name)); }

/// After `say en: ` and its kin.
std::string text_of(const std::string& line) {
  const std::size_t colon = line.find(": ");
  return colon == std::string::npos ? std::string() : line.substr(colon + 2);
}

class Editor {
 public:
  Editor(TextBlocks& blocks, const Walkthrough& walkthrough) : blocks_(blocks), walkthrough_(walkthrough) {}

  bool changes_run() const { return changes_run_; }

  void operator()(const AddStep& edit) {
    blocks_.steps.insert(at(blocks_.steps, edit.before), {{}, title_of(edit.name), {}});
  }
  void operator()(const RemoveStep& edit) {
    changes_run_ = true;
    blocks_.steps.erase(at(blocks_.steps, edit.step));
  }
  void operator()(const MoveStep& edit) {
    changes_run_ = true;
    move_within(blocks_.steps, edit.step, edit.to);
  }
  void operator()(const NameStep& edit) { step(edit.step).title = title_of(edit.name); }

  void operator()(const SplitStep& edit) {
    auto& statements = step(edit.step).statements;
    const auto first = at(statements, edit.statement);
    StepBlock second{{}, title_of(edit.name), std::vector<Block>(first, statements.end())};
    statements.erase(first, statements.end());
    blocks_.steps.insert(at(blocks_.steps, edit.step + 1), std::move(second));
  }

  void operator()(const MergeSteps& edit) {
    StepBlock& first = step(edit.step);
    StepBlock second = std::move(step(edit.step + 1));
    blocks_.steps.erase(at(blocks_.steps, edit.step + 1));
    merge_whole(first, second, edit.step);
    const auto done_in_turn = [](const Block& block) { return is_done(block.kind); };
    if (!second.comments.empty()) {
      const auto done = std::find_if(second.statements.begin(), second.statements.end(), done_in_turn);
      if (done != second.statements.end()) {
        done->lines.insert(done->lines.begin(), second.comments.begin(), second.comments.end());
      } else {
        first.comments.insert(first.comments.end(), second.comments.begin(), second.comments.end());
      }
    }
    std::copy_if(second.statements.begin(), second.statements.end(), std::back_inserter(first.statements), done_in_turn);
  }

  void operator()(const SetHeadText& edit) {
    const char* word = edit.kind == HeadLine::Kind::Title ? "title" : edit.kind == HeadLine::Kind::About ? "about" : "goal";
    const std::string start = std::string(word) + " " + edit.language + ":";
    const std::string text = free_text(one_line(edit.text));
    const auto found = std::find_if(blocks_.head.begin(), blocks_.head.end(),
                                    [&start](const std::string& line) { return line.starts_with(start); });
    if (found != blocks_.head.end()) {
      if (text.empty()) {
        blocks_.head.erase(found);
      } else {
        *found = start + " " + text;
      }
    } else if (!text.empty()) {
      blocks_.head.insert(place_in_head(start), start + " " + text);
    }
  }

  void operator()(const SetStepText& edit) {
    const std::string text = free_text(one_line(edit.text));
    const std::string start = std::string(edit.kind == Kind::Say ? "say " : "note ") + edit.language + ": ";
    set_line(step(edit.step), edit.kind, edit.language, text.empty() ? "" : start + text);
  }
  void operator()(const SetFocus& edit) {
    set_line(step(edit.step), Kind::Focus, "", edit.nodes.empty() ? "" : "focus " + walkthrough_.names.list(edit.nodes));
  }
  void operator()(const SetPace& edit) {
    set_line(step(edit.step), Kind::Pace, "", edit.pace.empty() ? "" : "pace " + one_line(edit.pace));
  }
  void operator()(const SetHidden& edit) {
    set_line(step(edit.step), Kind::Hide, "", edit.hidden ? "hide" : "");
  }

  void operator()(const AddStatements& edit) {
    changes_run_ = true;
    auto& statements = step(edit.step).statements;
    statements.insert(at(statements, edit.before), {Kind::Do, "", lines_in(edit.text)});
  }
  void operator()(const ChangeStatement& edit) {
    changes_run_ = true;
    auto& statements = step(edit.step).statements;
    Block& block = statements[edit.statement];
    const auto is_comment = [](const std::string& line) { return line[0] == '#'; };
    Lines lines(block.lines.begin(), std::find_if_not(block.lines.begin(), block.lines.end(), is_comment));
    const Lines said = lines_in(edit.text);
    if (said.empty()) {
      statements.erase(at(statements, edit.statement));
      return;
    }
    lines.insert(lines.end(), said.begin(), said.end());
    block.lines = std::move(lines);
  }
  void operator()(const MoveStatement& edit) {
    changes_run_ = true;
    move_within(step(edit.step).statements, edit.statement, edit.to);
  }

 private:
  StepBlock& step(std::size_t index) { return blocks_.steps[index]; }

  /// Titles first, then what it is about, then all else.
  Lines::iterator place_in_head(const std::string& start) {
    static constexpr auto order = std::to_array<std::string_view>(
        {"walkthrough", "title en:", "title zh:", "about en:", "about zh:", "goal en:", "goal zh:"});
    const auto rank = [](std::string_view line) {
      const auto found = std::find_if(order.begin(), order.end(), [&](std::string_view o) { return line.starts_with(o); });
      return found - order.begin();
    };
    auto place = blocks_.head.begin();
    for (auto line = place; line != blocks_.head.end(); ++line) {
      const bool before = !line->starts_with("#") && rank(*line) < rank(start);
      if (before) place = line + 1;
    }
    return place;
  }

  /// What holds for the whole of both steps: texts one after the other, all nodes in focus, the first pace.
  void merge_whole(StepBlock& first, const StepBlock& second, std::size_t index) {
    for (const Block& block : second.statements) {
      if (block.kind != Kind::Say && block.kind != Kind::Note) continue;
      const auto same = std::find_if(first.statements.begin(), first.statements.end(), [&block](const Block& own) {
        return own.kind == block.kind && own.language == block.language;
      });
      if (same == first.statements.end()) {
        set_line(first, block.kind, block.language, block.lines.back());
        continue;
      }
      const auto text = [&](std::size_t step) {
        const Step& whole = walkthrough_.steps[step];
        return text_in(block.kind == Kind::Say ? whole.say : whole.notes, block.language);
      };
      const auto comment = [&](const Block& line, std::size_t step) { return text_of(line.lines.back()).substr(free_text(text(step)).size()); };
      const std::string between = block.language == "zh" ? "" : " ";
      const std::string line = std::string(block.kind == Kind::Say ? "say " : "note ") + block.language + ": " +
                               free_text(text(index) + between + text(index + 1)) + comment(*same, index) + comment(block, index + 1);
      set_line(first, block.kind, block.language, line);
    }
    const Step& a = walkthrough_.steps[index];
    const Step& b = walkthrough_.steps[index + 1];
    NodeSet focus = a.focus;
    for (const NodeId node : b.focus) focus.add(node);
    (*this)(SetFocus{index, focus});
    const std::optional<sim::Ratio> pace = a.pace ? a.pace : b.pace;
    (*this)(SetPace{index, pace ? ratio_text(*pace) : ""});
    (*this)(SetHidden{index, a.hidden && b.hidden});
  }

  TextBlocks& blocks_;
  const Walkthrough& walkthrough_;
  bool changes_run_ = false;
};

}  // namespace

Parsed canonical(const Walkthrough& walkthrough, const ParseOptions& options) {
  return parse(write(walkthrough), walkthrough.file, options);
}

bool is_done(Kind kind) { return rank_of(kind, "") == rank_of_what_is_done; }

Parsed edited(const Walkthrough& walkthrough, const Edit& edit, const ParseOptions& options) {
  Parsed read = canonical(walkthrough, options);
  if (!read.errors.empty()) return read;
  TextBlocks blocks(read.walkthrough);
  Editor editor(blocks, read.walkthrough);
  std::visit(editor, edit);
  if (editor.changes_run()) blocks.hash.clear();
  Parsed result = parse(blocks.text(), walkthrough.file, options);
  return result.errors.empty() ? canonical(result.walkthrough, options) : result;
}

std::optional<StepPlace> place_of_line(const Walkthrough& walkthrough, int line) {
  std::optional<StepPlace> place;
  for (std::size_t i = 0; i < walkthrough.steps.size(); ++i) {
    const Step& step = walkthrough.steps[i];
    if (step.place.line > line) break;
    place = StepPlace{i, std::nullopt};
    for (std::size_t k = 0; k < step.statements.size(); ++k) {
      if (step.statements[k].place.line <= line) place->statement = k;
    }
  }
  return place;
}

}  // namespace raft::walkthrough
