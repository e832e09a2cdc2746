// All that the window keeps while a walkthrough is being written: the draft, what the panel shows of it, and where it is
// saved. An unsaved draft is written down after every edit, so that a crash loses nothing; each window has a file for it.
#pragma once

#include <array>
#include <optional>
#include <string>

#include "app/author.h"
#include "app/journal.h"
#include "raft/explain/explain.h"
#include "ui/author_view.h"

namespace app {

class AuthorDesk {
 public:
  /// `drafts`: the folder in which unsaved drafts are written down; "": nowhere. `path`: the file that the walkthrough is
  /// from. `journal`: where this one is written down already.
  /// `on_disk`: what the file at `path` held when the draft was taken from it; nullopt: there is none.
  AuthorDesk(Author author, std::string path, std::optional<std::string> on_disk, std::string drafts, Journal journal = {});

  Author& author() { return author_; }
  const Author& author() const { return author_; }

  /// The list stays open until the place or the draft changes.
  void show(ui::AuthorList list, const Session& session, const std::array<raft::explain::Words, 2>& words,
            raft::explain::Language language);
  void refuse(std::string why) { refused_ = std::move(why); }
  void close_list();
  /// Another session is on the stage, though it may stand at the same event.
  void look_again() { draft_for_.reset(); }
  /// After an edit that was done: the list closes, the draft is written down.
  void edited();
  /// Edited, and neither saved nor written down to be offered when the panel opens again.
  bool is_at_risk() const { return at_risk_; }

  /// "" or why not. `path` "": where it was; a name that is taken by another file is refused.
  [[nodiscard]] std::string save(const std::string& path, const raft::explain::Words& words);
  const std::string& path() const { return path_; }
  /// For the sheet that asks for it: where it was, or a name that is not taken. Looks into the folder.
  void suggest_path();
  /// Its own file, one that is not of the program's assets and can be written anew.
  bool has_file() const;

  /// An older draft that was never saved and belongs to no window. While it is offered here it is offered nowhere else.
  struct Found {
    Journal journal;
    std::string text;
    std::string path;  // the file that it is from; "": none
  };
  const std::optional<Found>& found() const { return found_; }
  Journal take_found();
  /// Whenever the panel opens: somebody may have left one behind since.
  void look_for_draft();
  /// Then the next one is offered, if there is one.
  void discard_found();

  const ui::AuthorView& view(const Session& session, const raft::explain::Words& words);

 private:
  void find_place(const Session& session);
  void fill_steps(const char* language);
  void fill_current();
  void fill_failure();

  Author author_;
  std::string path_;
  std::string drafts_;
  Journal journal_;
  bool at_risk_ = false;
  std::optional<std::string> on_disk_;  // what is at its path, as it was opened or saved here; nullopt: nothing
  std::optional<Found> found_;
  std::string refused_;
  Author::Place place_;  // of the session, found anew when it has moved or the draft has changed
  raft::walkthrough::RunPlace place_for_;
  std::pair<int, bool> step_for_;  // and whether it is complete
  Author::Draft draft_for_;
  raft::walkthrough::RunPlace list_for_;  // where the session stood when the list was opened
  ui::AuthorView view_;
};

/// Where unsaved drafts of walkthroughs are written down; "" if there is no such folder.
std::string draft_folder();

}  // namespace app
