// Editing a walkthrough as pure functions: one goes in with what is wanted, another comes out, as clean as one written
// by hand. Nothing is half edited: what the parser would refuse is refused here, and the old one is still there.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "raft/walkthrough/walkthrough.h"

namespace raft::walkthrough {

// Steps and statements are counted from 0; statements as in Step::statements.
struct AddStep { std::size_t before = 0; std::string name; };  // `before` may be the number of steps
struct RemoveStep { std::size_t step = 0; };
struct MoveStep { std::size_t step = 0; std::size_t to = 0; };  // where it stands afterwards
struct NameStep { std::size_t step = 0; std::string name; };
/// The statement becomes the first of a step of its own, with all that follow it.
struct SplitStep { std::size_t step = 0; std::size_t statement = 0; std::string name; };
/// With the next one, whose texts are added to its own.
struct MergeSteps { std::size_t step = 0; };
/// Of the head; "" takes it away.
struct SetHeadText { HeadLine::Kind kind = HeadLine::Kind::Title; std::string language; std::string text; };
/// What is said (or noted) in a step; "" takes it away.
struct SetStepText { std::size_t step = 0; Statement::Kind kind = Statement::Kind::Say; std::string language; std::string text; };
struct SetFocus { std::size_t step = 0; NodeSet nodes; };  // none: no focus
struct SetPace { std::size_t step = 0; std::string pace; };  // as written, 1/20; "": none
struct SetHidden { std::size_t step = 0; bool hidden = false; };
/// Statements in the language; a question has several lines. `before` may be the number of statements.
struct AddStatements { std::size_t step = 0; std::size_t before = 0; std::string text; };
struct ChangeStatement { std::size_t step = 0; std::size_t statement = 0; std::string text; };  // "" takes it away
struct MoveStatement { std::size_t step = 0; std::size_t statement = 0; std::size_t to = 0; };

using Edit = std::variant<AddStep, RemoveStep, MoveStep, NameStep, SplitStep, MergeSteps, SetHeadText, SetStepText,
                          SetFocus, SetPace, SetHidden, AddStatements, ChangeStatement, MoveStatement>;

/// Plays or checks something, in its turn; a text, the focus or the pace is said of the whole step.
bool is_done(Statement::Kind kind);

/// `edit` must name steps and statements that there are. With errors the walkthrough in the result is of no use; their
/// lines are those of the text as it would have been. The hash of a saved session does not outlive a change of its run.
Parsed edited(const Walkthrough& walkthrough, const Edit& edit, const ParseOptions& options = {});

/// The canonical form, read again: the places in it are those of that text.
Parsed canonical(const Walkthrough& walkthrough, const ParseOptions& options = {});

/// The step and the statement that stand on a line; the step alone for its first line; nothing for the head.
struct StepPlace {
  std::size_t step = 0;
  std::optional<std::size_t> statement;
};
std::optional<StepPlace> place_of_line(const Walkthrough& walkthrough, int line);

}  // namespace raft::walkthrough
