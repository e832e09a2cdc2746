// Finds and reads the fonts of the window with fontconfig.
#pragma once

#include "ui/fonts.h"

namespace app {

/// A font that is not installed stays empty; the window then uses what there is.
ui::FontFiles find_fonts();

}  // namespace app
