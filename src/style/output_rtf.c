/* Rich Text Format: ASCII, other characters as \uN with "?" for readers that know none. */
#include "style/output_format.h"

#include "base/utf8.h"

static void add_unicode(buf *out, uint32_t c)
{
    if (c > 0xFFFF) { /* a pair of surrogates; numbers are signed 16 bits */
        add_unicode(out, 0xD800 + ((c - 0x10000) >> 10));
        add_unicode(out, 0xDC00 + ((c - 0x10000) & 0x3FF));
        return;
    }
    buf_printf(out, "\\uc1\\u%d?", c > 0x7FFF ? (int)c - 0x10000 : (int)c);
}

static void add_text(buf *out, str text)
{
    for (size_t i = 0; i < text.length;) {
        size_t length;
        uint32_t c = utf8_decode(str_part(text, i, text.length), &length);
        if (c >= 0x80)
            add_unicode(out, c);
        else if (c == '\n')
            buf_add_text(out, "\\line ");
        else if (c == '\t')
            buf_add_text(out, "\\tab ");
        else {
            if (c == '\\' || c == '{' || c == '}')
                buf_add_byte(out, '\\');
            buf_add_byte(out, (char)c);
        }
        i += length;
    }
}

static void open_link(buf *out, str address)
{
    buf_add_text(out, "{\\field{\\*\\fldinst{HYPERLINK \"");
    add_text(out, address);
    buf_add_text(out, "\"}}{\\fldrslt{");
}

static void close_link(buf *out, str address)
{
    (void)address;
    buf_add_text(out, "}}}");
}

const struct format_table format_rtf = {
    .dresses =
        {
            [DRESS_ITALIC] = {"{\\i{}", "}"},
            [DRESS_OBLIQUE] = {"{\\i{}", "}"},
            [DRESS_STYLE_NORMAL] = {"{\\i0{}", "}"},
            [DRESS_SMALL_CAPS] = {"{\\scaps{}", "}"},
            [DRESS_VARIANT_NORMAL] = {"{\\scaps0{}", "}"},
            [DRESS_BOLD] = {"{\\b{}", "}"},
            [DRESS_WEIGHT_NORMAL] = {"{\\b0{}", "}"},
            [DRESS_UNDERLINE] = {"{\\ul{}", "}"},
            [DRESS_NO_DECORATION] = {"{\\ulnone{}", "}"},
            [DRESS_SUP] = {"{\\super{}", "}"},
            [DRESS_SUB] = {"{\\sub{}", "}"},
            [DRESS_BASELINE] = {"{\\nosupersub{}", "}"},
        },
    .displays =
        {
            [DISPLAY_BLOCK] = {"\\line ", "\\line "},
            [DISPLAY_LEFT_MARGIN] = {"", "\\tab "},
            [DISPLAY_INDENT] = {"\\line\\tab ", "\\line "},
        },
    .breaks_lines = true,
    .frame = {"{\\rtf1\\ansi\\deff0 ", "}", "\\pard ", "\\par\n"},
    .add_text = add_text,
    .open_link = open_link,
    .close_link = close_link,
};
