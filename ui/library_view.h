// What the home screen is shown of each walkthrough: its words, what has been done of it, and a still of its stage.
#pragma once

#include <string>
#include <vector>

#include "raft/sim/world.h"

namespace ui {

/// One moment of a walkthrough, to be drawn small.
struct Still {
  raft::sim::World world;
  raft::sim::Time clock = 0;
};

/// A walkthrough that can be opened from the home screen or the palette.
struct LibraryEntry {
  std::string path;
  std::string title;
  std::string about;
  bool rule_off = false;     // what goes wrong without one of the rules
  int chapter = -1;          // of View::chapters; -1: of none
  std::string outcome = {};  // completes "Afterwards you can explain …"; "" if nobody has said
  int steps = 0;
  int minutes = 0;           // in front of a class; 0: nobody has said
  bool lecture = false;      // part of the way for a lecture
  bool puzzle = false;
  int reached = 0;           // steps that have been seen; 0: not begun
  bool done = false;
  std::string searched = {};     // all its words in every language, in lower case
  const Still* still = nullptr;  // null until it has been made
};

}  // namespace ui
