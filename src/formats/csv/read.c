/*
 * The formats "csv" and "tsv", read: a row of column names, then one row a record.  A piece is the
 * names, all in quotation marks, and the row, so that it can be read alone.
 */
#include "formats/csv/csv.h"
#include "formats/csv/map.h"

#include "base/error.h"
#include "base/limits.h"
#include "base/memory.h"

#include <string.h>

enum { PREAMBLE_MOST = 20 /* rows before the names: what was searched for */ };

struct cutting {
    window *input;
    size_t used;    /* bytes of the row given out last, dropped at the next call */
    char separator; /* 0 while it is not known */
    bool begun, over, complete;
    bool distrusts; /* a quotation mark without end: line ends end rows from there on */
    buf header, piece;
    struct csv_map map;
    arena memory, mapped;
};

struct csv_parser {
    void *values;
    arena memory; /* of the header */
    buf header;   /* the names that `tags` are of */
    str names[CSV_COLUMNS_MOST], cells[CSV_COLUMNS_MOST];
    const char *tags[CSV_COLUMNS_MOST];
    size_t count;
    bool has_journal;
};

static bool is_separator_line(str row, char *separator)
{
    static const str word = STR("sep=");
    row = str_trim(row);
    if (!str_starts_with_ignoring_case(row, word) || row.length > word.length + 1)
        return false;
    *separator = row.length > word.length ? row.data[word.length] : '\t';
    return true;
}

/* Among the first rows, the one with the columns' names; `*separator` is what parts them. */
static bool find_header(str head, char *separator)
{
    str cells[64], row = {"", 0};
    char given = 0;
    arena memory = {0};
    bool found = false;
    for (int i = 0; i < PREAMBLE_MOST && !found && str_next_line(&head, &row); i++) {
        if (is_separator_line(row, &given))
            continue;
        *separator = given ? given : csv_separator(row);
        size_t count = csv_cells(cells, sizeof cells / sizeof *cells, row, *separator, &memory);
        found = csv_is_header(cells, count);
    }
    arena_free(&memory);
    return found;
}

static bool recognize_csv(str head)
{
    char separator;
    return find_header(head, &separator) && separator != '\t';
}

static bool recognize_tsv(str head)
{
    char separator;
    return find_header(head, &separator) && separator == '\t';
}

static void *open_csv(window *input)
{
    struct cutting *c = memory_alloc(sizeof *c);
    c->input = input;
    return c;
}

static void *open_tsv(window *input)
{
    struct cutting *c = open_csv(input);
    c->separator = '\t';
    return c;
}

static void close_cutting(void *state)
{
    struct cutting *c = state;
    buf_free(&c->header);
    buf_free(&c->piece);
    arena_free(&c->memory);
    arena_free(&c->mapped);
    memory_free(c);
}

static osler_status configure(void *state, str text, osler_error *error)
{
    struct cutting *c = state;
    return csv_map_read(&c->map, &c->mapped, text, error);
}

static bool is_complete(const void *state)
{
    return ((const struct cutting *)state)->complete;
}

/* A mark without end: the row is its first line, and no mark is trusted from there on. */
static osler_status distrust(struct cutting *c, osler_error *error)
{
    unsigned line = c->input->line;
    str view = window_view(c->input);
    size_t end = str_find(view, '\n');
    c->distrusts = true;
    c->used = end < view.length ? end + 1 : end;
    return fail(error, OSLER_EINPUT, line,
                "a quotation mark of this row has no end; from here on every line is a row");
}

/* Go on to the end of the row; false when more of the input is needed. */
static bool find_end(const struct cutting *c, str view, size_t *at, enum csv_place *place)
{
    bool by_lines = c->distrusts || !c->header.length; /* what parts cells is not known yet */
    for (; *at < view.length; ++*at) {
        if (by_lines ? view.data[*at] == '\n' : csv_ends_row(*place, view.data[*at]))
            return true;
        *place = by_lines ? CSV_AT_CELL : csv_step(*place, view.data[*at], c->separator);
    }
    return c->input->ended;
}

/* The next row; OSLER_END when there is none. */
static osler_status next_row(struct cutting *c, str *row, osler_error *error)
{
    enum csv_place place = CSV_AT_CELL;
    size_t at = 0;
    *row = (str){"", 0};
    window_skip(c->input, c->used);
    c->used = 0;
    while (!find_end(c, window_view(c->input), &at, &place)) {
        if (at > LIMIT_RECORD && place == CSV_IN_QUOTES)
            return distrust(c, error);
        osler_status status = window_fill(c->input, error);
        if (status == OSLER_OK && at > LIMIT_RECORD)
            status =
                fail(error, OSLER_ELIMIT, c->input->line,
                     "this row is larger than %d MB, the most that is read", LIMIT_RECORD >> 20);
        c->over |= status != OSLER_OK;
        if (status != OSLER_OK)
            return status;
    }
    str view = window_view(c->input);
    if (!view.length)
        return OSLER_END;
    if (at == view.length && place == CSV_IN_QUOTES)
        return distrust(c, error);
    *row = str_part(view, 0, at);
    c->used = at + (at < view.length);
    return OSLER_OK;
}

static bool is_blank(str row, char separator)
{
    for (size_t i = 0; i < row.length; i++)
        if (!char_is_space(row.data[i]) && row.data[i] != separator && row.data[i] != '"')
            return false;
    return true;
}

/* The names again, each in quotation marks, so that what parts them is beyond doubt. */
static void take_header(struct cutting *c, const str *cells, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (i)
            buf_add_byte(&c->header, c->separator);
        buf_add_byte(&c->header, '"');
        for (size_t k = 0; k < cells[i].length; k++) {
            char ch = cells[i].data[k];
            buf_add_text(&c->header, ch == '"' ? "\"" : "");
            buf_add_byte(&c->header, ch == '\n' || ch == '\r' ? ' ' : ch);
        }
        buf_add_byte(&c->header, '"');
    }
    buf_add_byte(&c->header, '\n');
}

/* Read up to the names of the columns. */
static osler_status begin(struct cutting *c, osler_error *error)
{
    str *cells = memory_alloc(CSV_COLUMNS_MOST * sizeof *cells), row;
    char given = c->separator;
    osler_status status = OSLER_OK;
    bool found = false;
    unsigned line = c->input->line;
    c->begun = true;
    for (int i = 0; i < PREAMBLE_MOST && !found && status == OSLER_OK; i++) {
        status = next_row(c, &row, error);
        if (status != OSLER_OK || is_separator_line(row, &given))
            continue;
        c->separator = given ? given : csv_separator(row);
        arena_clear(&c->memory);
        size_t count = csv_cells(cells, CSV_COLUMNS_MOST, row, c->separator, &c->memory);
        found = csv_is_header(cells, count) || csv_map_knows(&c->map, cells, count);
        if (found)
            status = csv_map_apply(&c->map, &c->memory, cells, count, line, error);
        if (found && status == OSLER_OK)
            take_header(c, cells, count);
        c->separator = found ? c->separator : given;
    }
    memory_free(cells);
    arena_free(&c->memory);
    c->over |= status != OSLER_OK && status != OSLER_END;
    if (found || (status != OSLER_OK && status != OSLER_END))
        return status;
    c->over = true;
    return fail(error, OSLER_EINPUT, line,
                "expected a row with the names of columns, such as title, authors, year and doi; "
                "say which are which by --from csv:title=NAME,year=NAME");
}

static osler_status cut(void *state, struct piece *out, osler_error *error)
{
    struct cutting *c = state;
    str row = {"", 0};
    if (c->over)
        return OSLER_END;
    osler_status status = c->begun ? OSLER_OK : begin(c, error);
    do {
        if (status == OSLER_OK)
            status = next_row(c, &row, error);
        if (status == OSLER_END)
            c->over = c->complete = true;
        if (status != OSLER_OK)
            return status;
    } while (is_blank(row, c->separator));
    buf_clear(&c->piece);
    buf_add(&c->piece, buf_str(&c->header));
    buf_add(&c->piece, row);
    *out = (struct piece){buf_str(&c->piece), c->input->line, ""};
    return OSLER_OK;
}

static void *new_parser(void)
{
    struct csv_parser *p = memory_alloc(sizeof *p);
    p->values = tagged_new_parser(&csv_dialect);
    return p;
}

static void free_parser(void *parser)
{
    struct csv_parser *p = parser;
    tagged_free_parser(p->values);
    arena_free(&p->memory);
    buf_free(&p->header);
    memory_free(p);
}

/* Find out what the columns are, unless they are those of the row before. */
static void read_header(struct csv_parser *p, str header, char separator)
{
    if (str_equal(buf_str(&p->header), header))
        return;
    buf_clear(&p->header);
    buf_add(&p->header, header);
    arena_clear(&p->memory);
    p->count = csv_cells(p->names, CSV_COLUMNS_MOST, buf_str(&p->header), separator, &p->memory);
    p->has_journal = false;
    for (size_t i = 0; i < p->count; i++) {
        p->tags[i] = csv_tag(p->names[i]);
        p->has_journal |= p->tags[i] && str_is(str_of(p->tags[i]), "journal");
    }
}

/* Cells beyond the columns are no harm when they are empty. */
static osler_status check_count(const struct csv_parser *p, size_t count, unsigned line,
                                osler_error *error)
{
    for (size_t i = p->count; i < count; i++)
        if (p->cells[i].length)
            return fail(error, OSLER_EINPUT, line,
                        "this row has %zu cells for %zu columns: is a quotation mark missing?",
                        count, p->count);
    return OSLER_OK;
}

static osler_status parse(void *parser, arena *memory, const struct piece *piece, osler_item *out,
                          osler_error *error)
{
    struct csv_parser *p = parser;
    str rest = piece->bytes, header, column;
    osler_status status = content_check_text(piece->bytes, piece->line, error);
    if (status != OSLER_OK)
        return status;
    str_next_line(&rest, &header);
    char separator = csv_separator(header);
    read_header(p, header, separator);
    tagged_forget(p->values);
    struct csv_values v = {
        .values = p->values, .memory = tagged_scratch(p->values), .has_journal = p->has_journal};
    size_t count = csv_cells(p->cells, CSV_COLUMNS_MOST, rest, separator, v.memory);
    status = check_count(p, count, piece->line, error);
    if (status != OSLER_OK)
        return status;
    for (size_t i = 0; i < count && i < p->count; i++) {
        column = p->names[i].length ? p->names[i] : (str)STR("(no name)");
        csv_add(&v, p->tags[i], column, p->cells[i]);
    }
    csv_finish(&v);
    struct piece row = {rest, piece->line, piece->encoding};
    return tagged_make(p->values, memory, &row, out, error);
}

const struct format format_csv = {
    .recognize = recognize_csv,
    .guesses = true,
    .open = open_csv,
    .close = close_cutting,
    .configure = configure,
    .cut = cut,
    .is_complete = is_complete,
    .new_parser = new_parser,
    .free_parser = free_parser,
    .parse = parse,
};

const struct format format_tsv = {
    .recognize = recognize_tsv,
    .guesses = true,
    .open = open_tsv,
    .close = close_cutting,
    .configure = configure,
    .cut = cut,
    .is_complete = is_complete,
    .new_parser = new_parser,
    .free_parser = free_parser,
    .parse = parse,
};
