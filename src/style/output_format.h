/* What a format is: the texts that stand around dressed parts, and how plain text is written. */
#ifndef STYLE_OUTPUT_FORMAT_H
#define STYLE_OUTPUT_FORMAT_H

#include "style/output_run.h"

/* NULL prints nothing. */
struct mark_pair {
    const char *open, *close;
};

struct format_table {
    struct mark_pair dresses[DRESS_COUNT];
    struct mark_pair displays[DISPLAY_INDENT + 1];
    bool breaks_lines; /* displays begin with a break, which is not needed where a text begins */
    struct output_frame frame;
    void (*add_text)(buf *out, str text);
    void (*open_link)(buf *out, str address); /* NULL: the format has no links */
    void (*close_link)(buf *out, str address);
};

extern const struct format_table format_plain, format_html, format_markdown, format_rtf,
    format_latex;

#endif
