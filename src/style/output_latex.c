/* LaTeX in UTF-8; links need the package hyperref, underlining needs nothing. */
#include "style/output_format.h"

static void add_text(buf *out, str text)
{
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        switch (c) {
        case '\\': buf_add_text(out, "\\textbackslash{}"); break;
        case '~': buf_add_text(out, "\\textasciitilde{}"); break;
        case '^': buf_add_text(out, "\\textasciicircum{}"); break;
        case '<': buf_add_text(out, "\\textless{}"); break;
        case '>': buf_add_text(out, "\\textgreater{}"); break;
        case '"': buf_add_text(out, "\\char34{}"); break;
        case '|': buf_add_text(out, "\\textbar{}"); break;
        case '{':
        case '}':
        case '$':
        case '&':
        case '#':
        case '_':
        case '%':
            buf_add_byte(out, '\\');
            buf_add_byte(out, c);
            break;
        default: buf_add_byte(out, c);
        }
    }
}

/* In an argument of \href the characters that TeX reads must be escaped. */
static void open_link(buf *out, str address)
{
    buf_add_text(out, "\\href{");
    for (size_t i = 0; i < address.length; i++) {
        char c = address.data[i];
        if (c && strchr("%#&_\\{}~^$", c))
            buf_add_byte(out, '\\');
        buf_add_byte(out, c);
    }
    buf_add_text(out, "}{");
}

static void close_link(buf *out, str address)
{
    (void)address;
    buf_add_byte(out, '}');
}

const struct format_table format_latex = {
    .dresses =
        {
            [DRESS_ITALIC] = {"\\textit{", "}"},
            [DRESS_OBLIQUE] = {"\\textsl{", "}"},
            [DRESS_STYLE_NORMAL] = {"\\textup{", "}"},
            [DRESS_SMALL_CAPS] = {"\\textsc{", "}"},
            [DRESS_VARIANT_NORMAL] = {"\\textup{", "}"},
            [DRESS_BOLD] = {"\\textbf{", "}"},
            [DRESS_WEIGHT_NORMAL] = {"\\textmd{", "}"},
            [DRESS_UNDERLINE] = {"\\underline{", "}"},
            [DRESS_SUP] = {"\\textsuperscript{", "}"},
            [DRESS_SUB] = {"\\textsubscript{", "}"},
        },
    .displays =
        {
            [DISPLAY_BLOCK] = {"\\par ", "\\par "},
            [DISPLAY_LEFT_MARGIN] = {"", " "},
            [DISPLAY_INDENT] = {"\\par\\hspace*{2em}", "\\par "},
        },
    .breaks_lines = true,
    .frame = {"\\begin{description}\n", "\\end{description}\n", "\\item[] ", "\n"},
    .add_text = add_text,
    .open_link = open_link,
    .close_link = close_link,
};
