// Our own controls. Dear ImGui only tells where the mouse is and what it presses; everything that is seen is drawn
// here, so that it looks the same everywhere and follows theme and text scale.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "ui/widgets/panel.h"

namespace ui {

// --- interact.cpp ---

/// Points that a press may move and still be a click.
inline constexpr float click_reach = 4;

struct Touch {
  bool hovered = false;
  bool held = false;     // pressed and not yet released
  bool clicked = false;  // by the mouse, or by Enter or Space when it has the focus
  bool focused = false;  // the Tab key has reached it
};

struct TouchOptions {
  bool enabled = true;
  bool focusable = true;
  std::string_view tip = {};  // shown when the mouse rests; says why not, if it is not enabled
};

Touch touch(Panel& panel, std::string_view id, const Rect& rect, const TouchOptions& options = {});
/// The mouse is on something that only explains itself: its tip is shown once it has rested there.
void rests_on(Panel& panel, std::string_view id, const Rect& rect, std::string_view tip);
/// What the arrows ask for in a list or a grid that the Tab key reaches as a whole; the mouse reaches its parts.
struct Roaming {
  bool focused = false;
  bool moved = false;  // in this frame: where it stands is to be seen
  int rows = 0;
  int columns = 0;
  int ends = 0;        // to the first, less than 0, or to the last
  bool enter = false;
};
Roaming roam(Panel& panel, std::string_view id, const Rect& rect);
/// Around a widget that the Tab key has reached.
void focus_ring(const Panel& panel, const Rect& rect, float radius = corner);
/// Tab and Shift+Tab.
void move_focus(FocusState& focus, bool backwards);
/// The arrows, where widgets stand in rows and columns: to the nearest one that way.
void move_focus_towards(FocusState& focus, Point direction);
/// Draws the tooltip that was asked for; last of all.
void draw_tooltip(const Canvas& canvas, const TooltipRequest& tooltip, float width, float height);

// --- buttons.cpp ---

enum class ButtonKind {
  Quiet,    // a word or an icon; a ground appears under the mouse
  Outline,  // with a hairline
  Primary,  // the one that is most wanted
};

struct ButtonStyle {
  const char* icon = nullptr;
  std::string_view label = {};
  ButtonKind kind = ButtonKind::Quiet;
  bool enabled = true;
  bool selected = false;
  bool icon_last = false;  // "Next >"
  std::string_view tip = {};
  Size size = Size::Small;
};

/// Returns true when it is clicked.
bool button(Panel& panel, std::string_view id, const Rect& rect, const ButtonStyle& style);
float button_width(const Panel& panel, const ButtonStyle& style);

struct Segment {
  std::string_view label;
  bool enabled = true;
  std::string_view tip = {};
};
/// One of several; returns the one that is clicked.
std::optional<int> segments(Panel& panel, std::string_view id, const Rect& rect, std::span<const Segment> all,
                            int selected);
/// On or off, with a word.
bool check_box(Panel& panel, std::string_view id, const Rect& rect, std::string_view label, bool on);

// --- field.cpp ---

struct FieldStyle {
  Face face = Face::Sans;
  Size size = Size::Body;
  std::string_view hint = {};  // while nothing is typed
  bool wrong = false;          // what is typed cannot stay
  bool select_all = false;     // as it gets the keyboard: typing replaces what stands there
};
/// One line that is typed into, at the top of a field that is higher; it takes the keyboard while nothing else has it. True when Enter is pressed in it.
bool text_field(Panel& panel, std::string_view id, const Rect& rect, std::span<char> text, const FieldStyle& style);

// --- text.cpp ---

/// One line in `rect`, vertically centred; cut with an ellipsis where it is too long, and then with a tooltip.
Rect line_of_text(Panel& panel, const Rect& rect, std::string_view text, TextStyle style);
/// The largest of the sizes at which the text fits into `rect` is taken; cut in the last resort.
void fitted_text(Panel& panel, const Rect& rect, std::string_view text, TextStyle style, std::span<const Size> sizes);
bool text_fits(const Panel& panel, const Rect& rect, std::string_view text, const TextStyle& style, std::span<const Size> sizes);
/// A quiet title in spaced capitals; returns where it ends.
Rect section_title(const Panel& panel, Point at, std::string_view text);
/// A key as it is printed on a keyboard. `at` is the left middle; returns where it ends.
Rect key_cap(const Panel& panel, Point at, std::string_view name);
float key_cap_width(const Panel& panel, std::string_view name);
/// The number of a term on its hue. `at` is the left middle; the type shrinks until it is no higher than `most_height`.
Rect term_pill(const Panel& panel, Point at, raft::Term term, float most_height = 0);
/// The number with the notches that tell its term from those of the same hue.
float width_of_term(const Panel& panel, raft::Term term, const TextStyle& style);
/// In the middle of the block, the notches along its right edge.
void draw_number_of_term(const Panel& panel, const Rect& block, raft::Term term, TextStyle style);

// --- scroll.cpp ---

/// Moves `scroll` by wheel and by its bar, which is drawn at the right edge of `view`.
/// `content` is the height of what is shown. Returns by how much to move it up.
float scroll_vertically(Panel& panel, std::string_view id, const Rect& view, float content, ScrollState& scroll);
inline constexpr float fade_depth = 14;
/// Where there is more above or below, what scrolls on the ground of a panel fades out; after it has been drawn.
void fade_edges(const Panel& panel, const Rect& view, float offset, float content);
/// The same along the lower edge.
float scroll_horizontally(Panel& panel, std::string_view id, const Rect& view, float content, ScrollState& scroll);

enum class SplitterKind { MovesLeftRight, MovesUpDown };
/// Returns how far it is dragged in this frame.
float splitter(Panel& panel, std::string_view id, const Rect& rect, SplitterKind kind);

}  // namespace ui
