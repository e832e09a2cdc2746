// What the files of the home screen share. Not for use outside ui/panels/home*.cpp.
#pragma once

#include <string>
#include <vector>

#include "ui/widgets/widgets.h"

namespace ui {

/// A chapter, or what stands outside the course.
struct HomeSection {
  std::string over;   // in small capitals above the title; "" for none
  std::string title;
  std::vector<int> entries;  // of View::library
};

/// What is listed now, in its order: by the path that was chosen, or what fits what is searched for.
std::vector<HomeSection> home_sections(const Panel& panel);

// --- home_cards.cpp ---

inline constexpr float card_gap = 20;

/// Continue, or begin; beside it an empty cluster. Moves `pen` below them.
void draw_first_row(Panel& panel, Point& pen, float width);
/// A section's cards. Moves `pen` below them. Nothing outside `view` is drawn.
void draw_section(Panel& panel, const HomeSection& section, Point& pen, float width, const Rect& view);
void open_entry(Panel& panel, const LibraryEntry& entry, bool resume);

}  // namespace ui
