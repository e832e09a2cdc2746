// The icons of the window: characters of Font Awesome 4.7. Only those listed here are drawn into the font atlas.
// A crown, a ballot and everything else that means something in Raft is drawn as a shape, not taken from a font.
#pragma once

namespace ui::icon {

// ICON(name, character)
#define RAFTLAB_ICONS(ICON)          \
  ICON(search, "\xEF\x80\x82")       \
  ICON(check, "\xEF\x80\x8C")        \
  ICON(cross, "\xEF\x80\x8D")        \
  ICON(power, "\xEF\x80\x91")        \
  ICON(gear, "\xEF\x80\x93")         \
  ICON(trash, "\xEF\x80\x94")        \
  ICON(home, "\xEF\x80\x95")         \
  ICON(clock, "\xEF\x80\x97")        \
  ICON(repeat, "\xEF\x80\x9E")       \
  ICON(lock, "\xEF\x80\xA3")         \
  ICON(flag, "\xEF\x80\xA4")         \
  ICON(book, "\xEF\x80\xAD")         \
  ICON(font, "\xEF\x80\xB1")         \
  ICON(pencil, "\xEF\x81\x80")       \
  ICON(contrast, "\xEF\x81\x82")     \
  ICON(fast_backward, "\xEF\x81\x89") \
  ICON(step_backward, "\xEF\x81\x88") \
  ICON(backward, "\xEF\x81\x8A")     \
  ICON(play, "\xEF\x81\x8B")         \
  ICON(pause, "\xEF\x81\x8C")        \
  ICON(stop, "\xEF\x81\x8D")         \
  ICON(forward, "\xEF\x81\x8E")      \
  ICON(fast_forward, "\xEF\x81\x90") \
  ICON(step_forward, "\xEF\x81\x91") \
  ICON(chevron_left, "\xEF\x81\x93") \
  ICON(chevron_right, "\xEF\x81\x94") \
  ICON(plus_circle, "\xEF\x81\x95")  \
  ICON(question_circle, "\xEF\x81\x99") \
  ICON(info_circle, "\xEF\x81\x9A")  \
  ICON(ban, "\xEF\x81\x9E")          \
  ICON(arrow_left, "\xEF\x81\xA0")   \
  ICON(arrow_right, "\xEF\x81\xA1")  \
  ICON(expand, "\xEF\x81\xA5")       \
  ICON(plus, "\xEF\x81\xA7")         \
  ICON(minus, "\xEF\x81\xA8")        \
  ICON(warning, "\xEF\x81\xB1")      \
  ICON(plane, "\xEF\x81\xB2")        \
  ICON(eye, "\xEF\x81\xAE")          \
  ICON(eye_slash, "\xEF\x81\xB0")    \
  ICON(magnet, "\xEF\x81\xB6")       \
  ICON(folder_open, "\xEF\x81\xBC")  \
  ICON(key, "\xEF\x82\x84")          \
  ICON(hand_pointer, "\xEF\x89\x9A") \
  ICON(unlock, "\xEF\x82\x9C")       \
  ICON(globe, "\xEF\x82\xAC")        \
  ICON(users, "\xEF\x83\x80")        \
  ICON(link, "\xEF\x83\x81")         \
  ICON(scissors, "\xEF\x83\x84")     \
  ICON(copy, "\xEF\x83\x85")         \
  ICON(save, "\xEF\x83\x87")         \
  ICON(bars, "\xEF\x83\x89")         \
  ICON(columns, "\xEF\x83\x9B")      \
  ICON(list, "\xEF\x80\xBA")         \
  ICON(caret_down, "\xEF\x83\x97")   \
  ICON(caret_left, "\xEF\x83\x99")   \
  ICON(caret_right, "\xEF\x83\x9A")  \
  ICON(envelope, "\xEF\x83\xA0")     \
  ICON(circle, "\xEF\x84\x91")       \
  ICON(undo, "\xEF\x83\xA2")         \
  ICON(bolt, "\xEF\x83\xA7")         \
  ICON(lightbulb, "\xEF\x83\xAB")    \
  ICON(angle_double_left, "\xEF\x84\x80")  \
  ICON(angle_double_right, "\xEF\x84\x81") \
  ICON(angle_left, "\xEF\x84\x84")   \
  ICON(angle_right, "\xEF\x84\x85")  \
  ICON(angle_up, "\xEF\x84\x86")     \
  ICON(angle_down, "\xEF\x84\x87")   \
  ICON(keyboard, "\xEF\x84\x9C")     \
  ICON(unlink, "\xEF\x84\xA7")       \
  ICON(shield, "\xEF\x84\xB2")       \
  ICON(language, "\xEF\x86\xAB")     \
  ICON(database, "\xEF\x87\x80")     \
  ICON(paper_plane, "\xEF\x87\x98")  \
  ICON(sliders, "\xEF\x87\x9E")      \
  ICON(map_signs, "\xEF\x89\xB7")    \
  ICON(server, "\xEF\x88\xB3")       \
  ICON(hourglass, "\xEF\x89\x94")  \
  ICON(folder, "\xEF\x81\xBB")     \
  ICON(file, "\xEF\x83\xB6")       \
  ICON(level_up, "\xEF\x85\x88")   \
  ICON(history, "\xEF\x87\x9A")    \
  ICON(graduation, "\xEF\x86\x9D") \
  ICON(puzzle, "\xEF\x84\xAE")     \
  ICON(check_circle, "\xEF\x81\x98")

#define RAFTLAB_ICON_CONSTANT(name, character) inline constexpr const char* name = character;
RAFTLAB_ICONS(RAFTLAB_ICON_CONSTANT)
#undef RAFTLAB_ICON_CONSTANT

/// All of them, one after the other.
#define RAFTLAB_ICON_CHARACTER(name, character) character
inline constexpr const char* all = RAFTLAB_ICONS(RAFTLAB_ICON_CHARACTER);
#undef RAFTLAB_ICON_CHARACTER

}  // namespace ui::icon
