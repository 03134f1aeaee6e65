/* HTML, byte for byte as the test suite of CSL has it. */
#include "style/output_format.h"

#include "base/utf8.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

static const char no_break_space[] = "\u00A0";

static bool is_space_at(str text, size_t i, size_t *length)
{
    if (i < text.length && text.data[i] == ' ') {
        *length = 1;
        return true;
    }
    *length = sizeof no_break_space - 1;
    return str_starts_with(str_part(text, i, *length), (str){no_break_space, *length});
}

static bool is_special(unsigned char c)
{
    return c == '&' || c == '<' || c == '>' || c == ' ' || c >= 0x80;
}

/* A character that Unicode has as the superscript form of others: "²", "ª", "™". */
static bool add_superscript(buf *out, uint32_t c)
{
    if (c < 0xAA || (c > 0xBA && c < 0x2B0) ||
        u_getIntPropertyValue((UChar32)c, UCHAR_DECOMPOSITION_TYPE) != U_DT_SUPER)
        return false;
    UErrorCode status = U_ZERO_ERROR;
    UChar base[8];
    int32_t count =
        unorm2_getRawDecomposition(unorm2_getNFKCInstance(&status), (UChar32)c, base, 8, &status);
    char text[32];
    int32_t length = 0;
    u_strToUTF8(text, sizeof text, &length, base, count, &status);
    if (U_FAILURE(status) || length <= 0 || length > (int32_t)sizeof text)
        return false;
    buf_add_text(out, "<sup>");
    buf_add(out, (str){text, (size_t)length});
    buf_add_text(out, "</sup>");
    return true;
}

/* Add what begins at `i`, which is special; its length in `text`. */
static size_t add_special(buf *out, str text, size_t i)
{
    size_t first, second;
    if (is_space_at(text, i, &first)) {
        bool two = is_space_at(text, i + first, &second);
        if (two)
            buf_add_text(out, no_break_space);
        buf_add(out, two ? (str)STR(" ") : str_part(text, i, first));
        return two ? first + second : first;
    }
    switch (text.data[i]) {
    case '&': buf_add_text(out, "&#38;"); return 1;
    case '<': buf_add_text(out, "&#60;"); return 1;
    case '>': buf_add_text(out, "&#62;"); return 1;
    default: break;
    }
    size_t length;
    uint32_t c = utf8_decode(str_part(text, i, text.length), &length);
    if (!add_superscript(out, c))
        buf_add(out, str_part(text, i, length));
    return length;
}

static void add_text(buf *out, str text)
{
    size_t i = 0;
    while (i < text.length) {
        size_t end = i;
        while (end < text.length && !is_special((unsigned char)text.data[end]))
            end++;
        buf_add(out, str_part(text, i, end - i));
        i = end;
        if (i < text.length)
            i += add_special(out, text, i);
    }
}

static void open_link(buf *out, str address)
{
    buf_add_text(out, "<a href=\"");
    for (size_t i = 0; i < address.length; i++) {
        char c = address.data[i];
        if (c == '&')
            buf_add_text(out, "&#38;");
        else
            buf_add_byte(out, c);
    }
    buf_add_text(out, "\">");
}

static void close_link(buf *out, str address)
{
    (void)address;
    buf_add_text(out, "</a>");
}

const struct format_table format_html = {
    .dresses =
        {
            [DRESS_ITALIC] = {"<i>", "</i>"},
            [DRESS_OBLIQUE] = {"<em>", "</em>"},
            [DRESS_STYLE_NORMAL] = {"<span style=\"font-style:normal;\">", "</span>"},
            [DRESS_SMALL_CAPS] = {"<span style=\"font-variant:small-caps;\">", "</span>"},
            [DRESS_VARIANT_NORMAL] = {"<span style=\"font-variant:normal;\">", "</span>"},
            [DRESS_BOLD] = {"<b>", "</b>"},
            [DRESS_LIGHT] = {"<span style=\"font-weight:lighter;\">", "</span>"},
            [DRESS_WEIGHT_NORMAL] = {"<span style=\"font-weight:normal;\">", "</span>"},
            [DRESS_UNDERLINE] = {"<span style=\"text-decoration:underline;\">", "</span>"},
            [DRESS_NO_DECORATION] = {"<span style=\"text-decoration:none;\">", "</span>"},
            [DRESS_SUP] = {"<sup>", "</sup>"},
            [DRESS_SUB] = {"<sub>", "</sub>"},
            [DRESS_BASELINE] = {"<span style=\"baseline\">", "</span>"},
        },
    .displays =
        {
            [DISPLAY_BLOCK] = {"\n\n    <div class=\"csl-block\">", "</div>\n"},
            [DISPLAY_LEFT_MARGIN] = {"\n    <div class=\"csl-left-margin\">", "</div>"},
            [DISPLAY_RIGHT_INLINE] = {"<div class=\"csl-right-inline\">", "</div>\n  "},
            [DISPLAY_INDENT] = {"<div class=\"csl-indent\">", "</div>\n  "},
        },
    .frame = {"<div class=\"csl-bib-body\">\n", "</div>", "  <div class=\"csl-entry\">",
              "</div>\n"},
    .add_text = add_text,
    .open_link = open_link,
    .close_link = close_link,
};
