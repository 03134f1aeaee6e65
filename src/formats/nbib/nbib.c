/* The format "nbib": tagged lines, records apart by blank lines or by the next PMID. */
#include "formats/nbib/nbib.h"

#include "base/error.h"
#include "base/limits.h"
#include "base/memory.h"
#include "formats/entities.h"
#include "formats/format.h"

#include <string.h>

enum { TAG_COLUMN = 4 /* bytes before the dash */ };

/* Where records are cut from. */
struct cutting {
    window *input;
    size_t used; /* bytes of the record given out last, dropped at the next call */
    bool over, complete;
};

/* One line by its looks. */
enum line_kind { BLANK, TAGGED, CONTINUED, STRAY };

/*
 * "TI  - text", also "TI- text" and "TI  -text" where the tag is a known one.  A tag stands in the
 * first column only: a line of an abstract may well begin with "DNA - ".
 */
static enum line_kind look_at(str line, str *tag, str *text)
{
    size_t length = 0, dash;
    *tag = (str){"", 0};
    *text = str_trim(line);
    if (!text->length)
        return BLANK;
    if (char_is_space(line.data[0]))
        return CONTINUED;
    while (length < line.length && length < TAG_COLUMN &&
           ((line.data[length] >= 'A' && line.data[length] <= 'Z') ||
            (length && char_is_digit(line.data[length]))))
        length++;
    for (dash = length; dash < line.length && dash < TAG_COLUMN && line.data[dash] == ' ';)
        dash++;
    if (length < 2 || dash >= line.length || line.data[dash] != '-')
        return STRAY;
    *tag = str_part(line, 0, length);
    bool regular = dash == TAG_COLUMN && (dash + 1 == line.length || line.data[dash + 1] == ' ');
    if (!regular && !nbib_rule(*tag))
        return STRAY;
    *text = str_trim(str_part(line, dash + 1, line.length));
    return TAGGED;
}

/* How far the next record has been looked for. */
struct search {
    size_t at;      /* where the line at work starts */
    size_t scanned; /* up to where it has no line end */
    unsigned line;  /* of the record's start */
    bool started, has_pmid, blank, too_large;
};

/* True when the record ends before this line. */
static bool ends_before(struct search *search, str line)
{
    str tag, text;
    enum line_kind kind = look_at(line, &tag, &text);
    bool pmid = kind == TAGGED && str_is(tag, "PMID");
    if (kind == BLANK) {
        search->blank = search->started;
        return false;
    }
    if (search->started && ((search->blank && kind != CONTINUED) || (pmid && search->has_pmid)))
        return true;
    search->started = true;
    search->blank = false;
    search->has_pmid |= pmid;
    return false;
}

/* Drop what has been looked at: leading blank lines, and all of a record that is too large. */
static void drop(struct cutting *c, struct search *search)
{
    if (search->started && !search->too_large)
        return;
    window_skip(c->input, search->at);
    search->scanned -= search->at;
    search->at = 0;
    if (!search->started)
        search->line = c->input->line;
}

/* Find the end of the next record, `search->at` bytes from the window's start. */
static osler_status find_record(struct cutting *c, struct search *search, osler_error *error)
{
    for (;;) {
        drop(c, search);
        str view = window_view(c->input);
        size_t end = search->scanned + str_find(str_part(view, search->scanned, view.length), '\n');
        search->scanned = end;
        if (end == view.length && !c->input->ended) {
            if (view.length > LIMIT_RECORD) { /* one endless line */
                search->too_large = search->started = true;
                search->at = view.length;
                continue;
            }
            osler_status status = window_fill(c->input, error);
            if (status != OSLER_OK)
                return status;
            continue;
        }
        str line = str_part(view, search->at, end - search->at);
        if (search->at == view.length || ends_before(search, line))
            return OSLER_OK;
        search->at = end < view.length ? end + 1 : end;
        search->scanned = search->at;
        search->too_large |= search->started && search->at > LIMIT_RECORD;
    }
}

/* Add to the value at work, every run of white space and control characters as one space. */
static void add_collapsed(buf *b, str text)
{
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        if ((unsigned char)c > ' ' && c != 0x7F)
            buf_add_byte(b, c);
        else if (b->length && b->data[b->length - 1] != ' ')
            buf_add_byte(b, ' ');
    }
}

/* Lines that lost their indentation belong to the text before them. */
static bool is_text(str tag)
{
    static const char *const tags[] = {"AB", "AD", "OAB", "IRAD"};
    const struct nbib_rule *rule = nbib_rule(tag);
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (str_is(tag, tags[i]))
            return true;
    return rule && rule->kind == NBIB_MARKUP;
}

static void take_value(nbib_parser *p, str tag)
{
    str text = buf_str(&p->value);
    if (str_find(text, '&') < text.length) {
        buf_clear(&p->decoded);
        entities_decode(&p->decoded, text);
        text = buf_str(&p->decoded);
    }
    if (tag.length)
        nbib_take(p, tag, str_trim(text));
    buf_clear(&p->value);
}

/* Hand the tagged values of a record to the parser; how many there were. */
static size_t take_lines(nbib_parser *p, str rest, bool *too_long)
{
    str line, tag, text, open = {"", 0};
    size_t tags = 0;
    buf_clear(&p->value);
    while (str_next_line(&rest, &line) && !*too_long) {
        enum line_kind kind = look_at(line, &tag, &text);
        if (kind == TAGGED) {
            take_value(p, open);
            open = tag;
            tags++;
        } else if (kind == BLANK) {
            continue;
        } else if (kind == STRAY && !is_text(open)) {
            nbib_take(p, str_of("?"), text);
            continue;
        }
        if (p->value.length)
            add_collapsed(&p->value, str_of(" "));
        add_collapsed(&p->value, text);
        *too_long = p->value.length > LIMIT_FIELD;
    }
    take_value(p, open);
    return tags;
}

static osler_status parse_record(nbib_parser *p, arena *memory, str bytes, unsigned line,
                                 osler_error *error)
{
    bool too_long = false;
    osler_status status = content_check_text(bytes, line, error);
    if (status != OSLER_OK)
        return status;
    nbib_start(p, memory, line);
    size_t tags = take_lines(p, bytes, &too_long);
    if (too_long)
        return fail(error, OSLER_ELIMIT, line, "a field of this record is longer than %d MB",
                    LIMIT_FIELD >> 20);
    if (!tags) {
        str first = str_trim(bytes);
        first = str_trim(str_part(first, 0, str_find(first, '\n')));
        return fail(error, OSLER_EINPUT, line,
                    "expected a tag such as \"PMID- \" at the start of the line, not \"%.*s\"",
                    (int)(first.length < 100 ? first.length : 100), first.data);
    }
    nbib_finish(p);
    if (p->build.exceeded)
        return fail(error, OSLER_ELIMIT, line, "%s", p->build.exceeded);
    const osler_record *record = p->record;
    if (!record->pmid && !record->pmcid && !record->doi && !record->key &&
        !osler_record_title(record))
        return fail(error, OSLER_EINPUT, line, "this record has neither a PMID nor a title");
    return OSLER_OK;
}

static osler_status parse(void *parser, arena *memory, const struct piece *piece, osler_item *out,
                          osler_error *error)
{
    nbib_parser *p = parser;
    osler_status status = parse_record(p, memory, piece->bytes, piece->line, error);
    *out = (osler_item){.kind = OSLER_RECORD, .record = p->record};
    return status;
}

static osler_status cut(void *state, struct piece *out, osler_error *error)
{
    struct cutting *c = state;
    window_skip(c->input, c->used);
    c->used = 0;
    if (c->over)
        return OSLER_END;
    struct search search = {.line = c->input->line};
    osler_status status = find_record(c, &search, error);
    if (status != OSLER_OK) {
        c->over = true;
        return status;
    }
    if (!search.started) {
        c->over = c->complete = true;
        return OSLER_END;
    }
    c->used = search.at;
    if (search.too_large)
        return fail(error, OSLER_ELIMIT, search.line,
                    "this record is larger than %d MB, the most that is read", LIMIT_RECORD >> 20);
    str bytes = str_part(window_view(c->input), 0, search.at);
    while (bytes.length && char_is_space(bytes.data[bytes.length - 1]))
        bytes.length--;
    *out = (struct piece){bytes, search.line, ""};
    return OSLER_OK;
}

static void *open_cutting(window *input)
{
    struct cutting *c = memory_alloc(sizeof *c);
    c->input = input;
    return c;
}

static void close_cutting(void *state)
{
    memory_free(state);
}

static bool is_complete(const void *state)
{
    return ((const struct cutting *)state)->complete;
}

static void *new_parser(void)
{
    return memory_alloc(sizeof(nbib_parser));
}

static void free_parser(void *parser)
{
    nbib_parser *p = parser;
    buf_free(&p->value);
    buf_free(&p->decoded);
    memory_free(p);
}

/*
 * The first line of text has a known tag.  Other programs write notes before the first record: then
 * its PMID must look as PubMed prints it.  RIS has its own first tag, TY.
 */
static bool recognize(str head)
{
    static const str pmid = STR("PMID- "), ris = STR("TY  - ");
    enum { LINES = 40, DASH = 4 };
    str line, tag, text;
    bool first = true;
    for (int i = 0; i < LINES && str_next_line(&head, &line); i++) {
        enum line_kind kind = look_at(line, &tag, &text);
        if (str_starts_with(line, ris))
            return false;
        bool padded = line.length > DASH && line.data[DASH] == '-'; /* Copac has "TI- " */
        if (str_starts_with(line, pmid) || (first && kind == TAGGED && padded && nbib_rule(tag)))
            return true;
        first &= kind == BLANK;
    }
    return false;
}

const struct format format_nbib = {
    .recognize = recognize,
    .guesses = true,
    .open = open_cutting,
    .close = close_cutting,
    .cut = cut,
    .is_complete = is_complete,
    .new_parser = new_parser,
    .free_parser = free_parser,
    .parse = parse,
};
