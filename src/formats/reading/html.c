/* The output format "html": a page with a numbered list of works, for people. */
#include "formats/reading/reading.h"
#include "formats/writer.h"
#include "record/record.h"

/* Markup is HTML: the same tags and entities. */
static void add_markup(buf *out, str markup)
{
    buf_add(out, markup);
}

static void add_link(buf *out, str address, str label)
{
    buf_add_text(out, "<a href=\"");
    buf_add(out, address);
    buf_add_text(out, "\">");
    markup_add_plain(out, label);
    buf_add_text(out, "</a>");
}

static const struct reading_look look = {
    .entry_start = "<li>",
    .entry_end = "</li>\n",
    .strong_start = "<strong>",
    .strong_end = "</strong>",
    .journal_start = "<em>",
    .journal_end = "</em>",
    .line_break = "<br>\n",
    .abstract_start = "\n<details><summary>Abstract</summary>\n",
    .abstract_end = "</details>\n",
    .section_start = "<p>",
    .section_end = "</p>\n",
    .add_markup = add_markup,
    .add_link = add_link,
};

static void write_record(buf *out, const osler_record *record)
{
    reading_write(out, record, &look);
}

const struct writer writer_html = {
    .write = write_record,
    .head = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
            "<title>References</title>\n"
            "<style>body { max-width: 50em; margin: 2em auto; font-family: sans-serif } "
            "li { margin-bottom: 1em }</style>\n</head>\n<body>\n<ol>\n",
    .tail = "</ol>\n</body>\n</html>\n",
};
