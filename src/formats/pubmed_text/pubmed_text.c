/* The format "pubmed-text": PubMed's Abstract and Summary displays, blocks with running numbers. */
#include "formats/pubmed_text/pubmed_text.h"

#include "base/error.h"
#include "base/limits.h"
#include "base/memory.h"
#include "formats/format.h"

/* Where blocks are cut from. */
struct cutting {
    window *input;
    size_t used; /* bytes of the block given out last, dropped at the next call */
    bool over, complete;
};

/* How far the next block has been looked for. */
struct search {
    size_t at;      /* where the line at work starts */
    size_t scanned; /* up to where it has no line end */
    unsigned line;  /* of the block's start */
    bool started, blank, has_pmid, numbered, too_large;
};

/* True when `text` holds "PMID:". */
static bool has_pmid(str text)
{
    static const str word = STR("PMID:");
    for (size_t i = 0; i < text.length; i++) {
        i += str_find(str_part(text, i, text.length), 'P');
        if (str_starts_with(str_part(text, i, text.length), word))
            return true;
    }
    return false;
}

/*
 * True when the block ends before this line: a number behind a blank line, where the PMID has been
 * or a citation begins (abstracts have numbered paragraphs); a user's remark before the next one.
 */
static bool ends_before(struct search *search, str line)
{
    size_t start, end, number = display_number(line);
    bool begins = number && (search->has_pmid || citation_find_date(line, &start, &end));
    bool remark = line.length && line.data[0] == '#';
    if (!str_trim(line).length) {
        search->blank = search->started;
        return false;
    }
    if (search->started && search->numbered &&
        ((search->blank && begins) || (search->blank && remark && search->has_pmid)))
        return true;
    search->started = true;
    search->blank = false;
    search->numbered |= number > 0;
    search->has_pmid |= has_pmid(line);
    return false;
}

/* Drop what has been looked at: leading blank lines, and all of a block that is too large. */
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

/* Find the end of the next block, `search->at` bytes from the window's start. */
static osler_status find_block(struct cutting *c, struct search *search, osler_error *error)
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

static osler_status cut(void *state, struct piece *out, osler_error *error)
{
    struct cutting *c = state;
    window_skip(c->input, c->used);
    c->used = 0;
    if (c->over)
        return OSLER_END;
    struct search search = {.line = c->input->line};
    osler_status status = find_block(c, &search, error);
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

static osler_status parse(void *parser, arena *memory, const struct piece *piece, osler_item *out,
                          osler_error *error)
{
    nbib_parser *p = parser;
    osler_status status = content_check_text(piece->bytes, piece->line, error);
    if (status != OSLER_OK)
        return status;
    nbib_start(p, memory, piece->line);
    block_take(p, piece->bytes);
    nbib_finish(p);
    if (p->build.exceeded)
        return fail(error, OSLER_ELIMIT, piece->line, "%s", p->build.exceeded);
    osler_record *record = p->record;
    if (!record->pmid && !record->container_title_medline)
        return fail(error, OSLER_EINPUT, piece->line,
                    "expected a citation such as \"1. J Pain. 2008 Aug;9(8):667-77.\", or a PMID");
    if (!record->container_title_medline)
        record->csl_type = "document";
    *out = (osler_item){.kind = OSLER_RECORD, .record = record};
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

/* A line of its own, "PMID: 12", behind a blank line: as the Abstract display ends its blocks. */
static bool has_pmid_line(str rest)
{
    static const str word = STR("PMID: ");
    bool blank = false;
    for (str line; str_next_line(&rest, &line);) {
        if (blank && str_starts_with(line, word))
            return true;
        blank |= !str_trim(line).length;
    }
    return false;
}

/*
 * "1: Long V. ..." with a PMID somewhere is the Summary display; "1. J Pain. 2008 Aug;..." with a
 * line for its PMID the Abstract display.  Lists of references have names before the date.
 */
static bool recognize(str head)
{
    str rest = head, line;
    while (str_next_line(&rest, &line))
        if (str_trim(line).length && line.data[0] != '#')
            break;
    size_t start, end, number = display_number(line);
    if (!number)
        return false;
    if (line.data[number - 1] == ':')
        return has_pmid(head);
    return citation_find_date(line, &start, &end) &&
           !people_are(str_part(line, number, str_find(str_part(line, number, start), '.'))) &&
           has_pmid_line(rest);
}

const struct format format_pubmed_text = {
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
