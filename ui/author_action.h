// What an author can ask for.
#pragma once

#include <string>
#include <variant>

#include "raft/walkthrough/edit.h"
#include "ui/author_view.h"

namespace ui {

struct ToggleAuthor {};
struct EditDraft { raft::walkthrough::Edit edit; };
struct SelectStep { int step = 0; };  // and go to its end
struct NewStepHere {};
struct InsertStatements { std::string text; bool says_how_to_come = false; };
struct ShowSuggestions { AuthorList list = AuthorList::None; };
struct PlayDraft { int step = 0; };  // from its start
struct UndoEdit {};
struct RedoEdit {};
struct SaveDraft { std::string path; };  // "": where it was
struct RestoreDraft { bool restore = true; };  // or throw it away

using AuthorAction = std::variant<ToggleAuthor, EditDraft, SelectStep, NewStepHere, InsertStatements, ShowSuggestions,
                                  PlayDraft, UndoEdit, RedoEdit, SaveDraft, RestoreDraft>;

}  // namespace ui
