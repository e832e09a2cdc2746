// The two themes. The hues of terms were searched for: as far apart as they can be for normal sight and for the
// three kinds of colour-blindness, neighbours farthest; tests/ui/theme_test.cpp measures them.
#include "ui/theme.h"

namespace ui {

namespace {

constexpr Theme paper_colors{
    .background = rgb(0xF1EEE7),
    .stage = rgb(0xFAF8F3),
    .panel = rgb(0xFDFCF9),
    .raised = rgb(0xFFFFFF),
    .hairline = rgb(0xDAD5CA),
    .text = rgb(0x1F2328),
    .text_quiet = rgb(0x484D54),
    .text_on_fill = rgb(0xFFFFFF),
    .accent = rgb(0x0B7285),
    .accent_soft = rgb(0xDCEDF0),
    .node_fill = rgb(0xFFFFFF),
    .node_stroke = rgb(0x3A4048),
    .ring = rgb(0x6B7178),
    .ring_track = rgb(0xE4E0D7),
    .message = rgb(0x2B3036),
    .danger = rgb(0xC93A17),
    .good = rgb(0x2E7D4F),
    .island = rgb(0xC9C2B3),
    .barrier = rgb(0x7A3B22),
    .shadow = rgb(0x2A2519),
    .term_hues = {rgb(0x206FEC), rgb(0xE01F72), rgb(0x560888), rgb(0xAF6306), rgb(0x03553E), rgb(0xA753B1),
                  rgb(0x3B4200), rgb(0x650058)},
};

constexpr Theme ink_colors{
    .background = rgb(0x12161C),
    .stage = rgb(0x171C23),
    .panel = rgb(0x1B2129),
    .raised = rgb(0x252C36),
    .hairline = rgb(0x353E4A),
    .text = rgb(0xECE9E2),
    .text_quiet = rgb(0xBFC3C8),
    .text_on_fill = rgb(0x0C0F13),
    .accent = rgb(0x3DBBC6),
    .accent_soft = rgb(0x22414A),
    .node_fill = rgb(0x1F262F),
    .node_stroke = rgb(0xBFC4CA),
    .ring = rgb(0x98A0A9),
    .ring_track = rgb(0x303844),
    .message = rgb(0xE4E1DA),
    .danger = rgb(0xFF7A59),
    .good = rgb(0x6FCF97),
    .island = rgb(0x3C4653),
    .barrier = rgb(0xE0A58C),
    .shadow = rgb(0x000000),
    .term_hues = {rgb(0x108CFA), rgb(0xD45474), rgb(0xFCDD60), rgb(0x89F9D5), rgb(0x8179B5), rgb(0xF3A178),
                  rgb(0xBED2FF), rgb(0x987E00)},
};

constexpr Theme room_colors{
    .background = rgb(0xFFFFFF),
    .stage = rgb(0xFFFFFF),
    .panel = rgb(0xFFFFFF),
    .raised = rgb(0xFFFFFF),
    .hairline = rgb(0x8A8A86),
    .text = rgb(0x000000),
    .text_quiet = rgb(0x23272B),
    .text_on_fill = rgb(0xFFFFFF),
    .accent = rgb(0x0B7285),
    .accent_soft = rgb(0xDCEDF0),
    .node_fill = rgb(0xFFFFFF),
    .node_stroke = rgb(0x14171A),
    .ring = rgb(0x14171A),
    .ring_track = rgb(0x8F8F8B),
    .message = rgb(0x000000),
    .danger = rgb(0xC93A17),
    .good = rgb(0x2E7D4F),
    .island = rgb(0x83807A),
    .barrier = rgb(0x6E2A10),
    .shadow = rgb(0x2A2519),
    .term_hues = paper_colors.term_hues,
};

}  // namespace

const Theme& room_theme() { return room_colors; }

const Theme& theme(ThemeName name) { return name == ThemeName::Ink ? ink_colors : paper_colors; }

}  // namespace ui
