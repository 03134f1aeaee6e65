/* Plain text: no dress, blocks on lines of their own. */
#include "style/output_format.h"

const struct format_table format_plain = {
    .displays =
        {
            [DISPLAY_BLOCK] = {"\n", "\n"},
            [DISPLAY_LEFT_MARGIN] = {"", " "},
            [DISPLAY_INDENT] = {"\n    ", ""},
        },
    .breaks_lines = true,
    .frame = {"", "", "", "\n"},
    .add_text = buf_add,
};
