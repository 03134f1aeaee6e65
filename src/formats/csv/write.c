/*
 * The formats "csv" and "tsv", written: always the same columns, in the order of columns.def, and
 * "extras" behind them, where what has no column stands as lines "tag: value".  Several values are
 * apart by semicolons, or by line ends where they may hold some.
 *
 * A cell that starts with = + - or @ would be run as a formula by spreadsheet programs: it gets an
 * apostrophe before it, as one types it there, and the reader takes that off again.
 */
#include "formats/csv/csv.h"
#include "formats/writer.h"

#include <string.h>

static const char *const written[] = {
#define WRITTEN(name, field, argument) name,
#define COLUMN(name, field, argument)
#define ALIAS(name, tag)
#include "formats/csv/columns.def"
#undef WRITTEN
#undef COLUMN
#undef ALIAS
};

enum { WRITTEN_COUNT = sizeof written / sizeof *written };

struct output {
    buf cells[WRITTEN_COUNT + 1]; /* the last one: extras */
};

/* Texts with semicolons of their own stand on lines. */
static const char *between(const char *tag)
{
    static const char *const lines[] = {"notes", "url", "accession number"};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        if (strcmp(lines[i], tag) == 0)
            return "\n";
    return "; ";
}

static void put_value(void *context, const char *tag, str text)
{
    struct output *o = context;
    size_t i = 0;
    while (i < WRITTEN_COUNT && strcmp(written[i], tag) != 0)
        i++;
    buf *cell = &o->cells[i];
    if (cell->length)
        buf_add_text(cell, i < WRITTEN_COUNT ? between(tag) : "\n");
    if (i == WRITTEN_COUNT)
        buf_printf(cell, "%s: ", tag);
    for (size_t k = 0; k < text.length; k++)
        buf_add_byte(cell, (unsigned char)text.data[k] < ' ' ? ' ' : text.data[k]);
}

/* True when a spreadsheet would take it for a formula, or the reader for one with its apostrophe.
 */
static bool needs_guard(str cell)
{
    size_t marks = 0;
    while (marks < cell.length && cell.data[marks] == '\'')
        marks++;
    return marks < cell.length && strchr("=+-@", cell.data[marks]);
}

static void add_cell(buf *out, str cell, char separator)
{
    bool quotes = needs_guard(cell);
    for (size_t i = 0; i < cell.length && !quotes; i++)
        quotes = cell.data[i] == separator || cell.data[i] == '"' || cell.data[i] == '\n';
    if (!quotes) {
        buf_add(out, cell);
        return;
    }
    buf_add_text(out, needs_guard(cell) ? "\"'" : "\"");
    for (size_t i = 0; i < cell.length; i++) {
        buf_add_text(out, cell.data[i] == '"' ? "\"" : "");
        buf_add_byte(out, cell.data[i]);
    }
    buf_add_byte(out, '"');
}

static void write_row(buf *out, const osler_record *record, char separator)
{
    struct output o = {0};
    tagged_write_values(record, &csv_dialect, put_value, &o);
    for (size_t i = 0; i <= WRITTEN_COUNT; i++) {
        if (i)
            buf_add_byte(out, separator);
        add_cell(out, buf_str(&o.cells[i]), separator);
        buf_free(&o.cells[i]);
    }
    buf_add_byte(out, '\n');
}

static void write_csv(buf *out, const osler_record *record)
{
    write_row(out, record, ',');
}

static void write_tsv(buf *out, const osler_record *record)
{
    write_row(out, record, '\t');
}

#define WRITTEN(name, field, argument) name ","
#define COLUMN(name, field, argument)
#define ALIAS(name, tag)
const struct writer writer_csv = {
    .write = write_csv,
    .head =
#include "formats/csv/columns.def"
        "extras\n",
};
#undef WRITTEN

#define WRITTEN(name, field, argument) name "\t"
const struct writer writer_tsv = {
    .write = write_tsv,
    .head =
#include "formats/csv/columns.def"
        "extras\n",
};
#undef WRITTEN
#undef COLUMN
#undef ALIAS
