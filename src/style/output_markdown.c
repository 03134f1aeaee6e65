/* Markdown as pandoc and GitHub read it: HTML where it has no mark of its own. */
#include "style/output_format.h"

/* True for what reads as a character reference: "&lt;", "&#38;". */
static bool begins_reference(str text)
{
    size_t i = 1;
    if (i < text.length && text.data[i] == '#')
        i++;
    size_t start = i;
    while (i < text.length && (char_is_letter(text.data[i]) || char_is_digit(text.data[i])))
        i++;
    return i > start && i < text.length && text.data[i] == ';';
}

/* Characters that could begin something in the middle of a line. */
static void add_text(buf *out, str text)
{
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        if (c == '&' ? begins_reference(str_part(text, i, text.length))
                     : c && strchr("\\`*_[]<>~^|$@#", c))
            buf_add_byte(out, '\\');
        buf_add_byte(out, c);
    }
}

static void open_link(buf *out, str address)
{
    (void)address;
    buf_add_byte(out, '[');
}

static void close_link(buf *out, str address)
{
    buf_add_text(out, "](<");
    buf_add(out, address);
    buf_add_text(out, ">)");
}

const struct format_table format_markdown = {
    .dresses =
        {
            [DRESS_ITALIC] = {"*", "*"},
            [DRESS_OBLIQUE] = {"*", "*"},
            [DRESS_STYLE_NORMAL] = {"<span style=\"font-style:normal;\">", "</span>"},
            [DRESS_SMALL_CAPS] = {"<span style=\"font-variant:small-caps;\">", "</span>"},
            [DRESS_VARIANT_NORMAL] = {"<span style=\"font-variant:normal;\">", "</span>"},
            [DRESS_BOLD] = {"**", "**"},
            [DRESS_WEIGHT_NORMAL] = {"<span style=\"font-weight:normal;\">", "</span>"},
            [DRESS_UNDERLINE] = {"<u>", "</u>"},
            [DRESS_SUP] = {"<sup>", "</sup>"},
            [DRESS_SUB] = {"<sub>", "</sub>"},
        },
    .displays =
        {
            [DISPLAY_BLOCK] = {"\n\n", "\n\n"},
            [DISPLAY_LEFT_MARGIN] = {"", " "},
            [DISPLAY_INDENT] = {"\n\n> ", ""},
        },
    .breaks_lines = true,
    .frame = {"", "", "", "\n\n"},
    .add_text = add_text,
    .open_link = open_link,
    .close_link = close_link,
};
