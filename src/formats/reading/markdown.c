/* The output format "markdown": a numbered list of works in CommonMark, for people. */
#include "formats/reading/reading.h"
#include "formats/writer.h"

#include "base/str.h"

#include <string.h>

/* What means something to Markdown gets a backslash; lines do not end inside an entry. */
static void add_escaped(buf *out, str text)
{
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        if (c && strchr("\\`*_[]{}~|$^#", c))
            buf_add_byte(out, '\\');
        buf_add_byte(out, char_is_space(c) ? ' ' : c);
    }
}

/* Tags and entities mean the same in Markdown. */
static void add_markup(buf *out, str markup)
{
    while (markup.length) {
        size_t tag = str_find(markup, '<');
        add_escaped(out, str_part(markup, 0, tag));
        markup = str_part(markup, tag, markup.length);
        size_t end = str_find(markup, '>') + 1;
        buf_add(out, str_part(markup, 0, end));
        markup = str_part(markup, end, markup.length);
    }
}

static void add_link(buf *out, str address, str label)
{
    buf_add_byte(out, '[');
    for (size_t i = 0; i < label.length; i++) {
        char c = label.data[i];
        if (c == '<' || c == '>' || c == '&')
            buf_add_byte(out, '\\');
        add_escaped(out, str_part(label, i, 1));
    }
    buf_add_text(out, "](");
    buf_add(out, address);
    buf_add_byte(out, ')');
}

static const struct reading_look look = {
    .entry_start = "1. ",
    .entry_end = "\n",
    .strong_start = "**",
    .strong_end = "**",
    .journal_start = "*",
    .journal_end = "*",
    .line_break = "  \n   ",
    .add_markup = add_markup,
    .add_link = add_link,
};

static void write_record(buf *out, const osler_record *record)
{
    reading_write(out, record, &look);
}

const struct writer writer_markdown = {.write = write_record, .between = "\n"};
