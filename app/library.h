// The walkthroughs that come with the program, and opening one from a file.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/course.h"
#include "app/still_maker.h"
#include "raft/explain/explain.h"
#include "raft/walkthrough/walkthrough.h"
#include "ui/library_view.h"

namespace app {

/// One of the shipped walkthroughs, and what the course says of it.
struct LibraryItem {
  std::string name;  // "sally", "broken/step_down_on_higher_term": what progress is kept under
  std::string path;
  std::shared_ptr<const raft::walkthrough::Walkthrough> walkthrough;
  int chapter = -1;  // -1: not in the course
  CourseText outcome;
  int minutes = 0;
  bool lecture = false;
  bool rule_off = false;
  bool puzzle = false;
  std::string searched;
  std::unique_ptr<ui::Still> still;
};

class Library {
 public:
  /// All under assets/walkthroughs, in the order of the course; then any others, and last those of the rules that can
  /// be switched off, in the order of their table.
  Library();

  const std::vector<LibraryItem>& items() const { return items_; }
  std::vector<std::string> chapters(raft::explain::Language language) const;
  /// For the window, in that language; how far each was seen is not in it.
  std::vector<ui::LibraryEntry> entries(raft::explain::Language language) const;
  /// However the path is spelled; nullptr if it is none of them.
  const LibraryItem* find(const std::string& path) const;
  const LibraryItem* named(const std::string& name) const;

  /// Goes on with the stills, a little. False when all are made.
  bool make_stills();

 private:
  void add(const std::string& asset);

  std::vector<CourseChapter> chapters_;
  std::vector<LibraryItem> items_;
  std::size_t next_still_ = 0;
  std::optional<StillMaker> maker_;
};

/// Null if the file cannot be read or played; `error` then is one line for the reader.
std::shared_ptr<const raft::walkthrough::Walkthrough> load_walkthrough(const std::string& path, std::string& error,
                                                                      std::optional<std::string>* text = nullptr);

/// Everything the walkthrough may show in that language; fonts are built from it.
std::string texts_of(const raft::walkthrough::Walkthrough& walkthrough, raft::explain::Language language);

}  // namespace app
