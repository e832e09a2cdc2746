// What the files of the author's panel share. Not for use outside ui/panels/author*.cpp.
#pragma once

#include "ui/panels/panels.h"
#include "ui/widgets/edit_field.h"

namespace ui {

/// From top to bottom within the panel, in points.
struct AuthorPen {
  Panel& panel;
  float left = 0;
  float right = 0;
  float y = 0;

  float width() const { return right - left; }
  Rect take(float height) {
    const Rect rect{left, y, right, y + height};
    y += height;
    return rect;
  }
  void skip(float units) { y += panel.units(units); }
  const AuthorView& view() const { return *panel.view.author; }
  void act(AuthorAction what) const { panel.act(Author{std::move(what)}); }
};

// --- author_step.cpp ---
/// All that can be changed in the current step.
void draw_author_step(AuthorPen& pen);
/// Title and about, in both languages.
void draw_author_head(AuthorPen& pen);

// --- author_list.cpp ---
/// What could be added here, to choose from.
void draw_author_suggestions(AuthorPen& pen);

}  // namespace ui
