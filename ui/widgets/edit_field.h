// A line of text that can be edited where it stands: a click opens it, Enter or a click elsewhere takes what was typed,
// Escape leaves it as it was.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ui/widgets/widgets.h"

namespace ui {

struct EditStyle {
  std::string_view hint = {};  // shown quietly while it is empty
  Face face = Face::Sans;
  std::string_view shown = {};  // while it is not edited, if that is not the value itself
  bool wrong = false;
  bool plain = false;  // no ground until the mouse is over it
  std::string_view tip = {};
  bool by_enter = false;  // what was typed is taken by Enter alone; who goes elsewhere finds it again
};

/// Returns what was typed, once it has been taken and differs from `value`.
std::optional<std::string> edit_field(Panel& panel, std::string_view id, const Rect& rect, const std::string& value,
                                      const EditStyle& style = {});
/// How high a field is that shows all of a long text in lines.
float field_height(const Panel& panel, float width, const std::string& value, Face face);

}  // namespace ui
