/* Bare lists of PMIDs, DOIs and PMCIDs: what PubMed calls "PMID list", and people paste. */
#include "base/error.h"
#include "base/memory.h"
#include "formats/builder.h"
#include "formats/format.h"
#include "formats/writer.h"
#include "record/identifiers.h"

#include <string.h>

enum { LONGEST = 2048 };

struct cutting {
    window *input;
    size_t used;
    bool over;
};

static bool parts(char c)
{
    return char_is_space(c) || c == ',' || c == ';';
}

/* The identifier without its label: "PMID: 12", "pmid:12", "https://pubmed.ncbi.nlm.nih.gov/12/".
 */
static str without_label(str text)
{
    static const str labels[] = {STR("PMID"), STR("PMCID")},
                     addresses[] = {STR("pubmed.ncbi.nlm.nih.gov/"),
                                    STR("ncbi.nlm.nih.gov/pubmed/")};
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        if (str_starts_with_ignoring_case(text, labels[i]))
            text = str_part(text, labels[i].length, text.length);
    for (size_t at = 0; at < text.length && text.length <= LONGEST; at++) {
        str rest = str_part(text, at, text.length);
        for (size_t i = 0; i < sizeof addresses / sizeof *addresses; i++)
            if (str_starts_with(rest, addresses[i]))
                text = str_part(rest, addresses[i].length, rest.length);
    }
    while (text.length && (text.data[0] == ':' || text.data[0] == '/'))
        text = str_part(text, 1, text.length);
    while (text.length && strchr("/.", text.data[text.length - 1]))
        text.length--;
    return text;
}

/* The record that has this identifier alone; false when `text` is none. */
static bool take(osler_record *record, arena *memory, str text)
{
    static const str pmc = STR("PMC");
    str bare = without_label(text);
    size_t digits = 0;
    while (digits < bare.length && char_is_digit(bare.data[digits]))
        digits++;
    if (digits == bare.length && digits) {
        record->pmid = identifier_pmid(memory, bare);
        record->pmid_version = record->pmid != NULL;
        return record->pmid != NULL;
    }
    if (str_starts_with_ignoring_case(bare, pmc)) {
        record->pmcid = identifier_pmcid(memory, bare);
        return record->pmcid != NULL;
    }
    record->doi = identifier_doi(memory, text);
    return record->doi != NULL;
}

/* The next word of the list; a label that stands apart ("PMID: 12") is passed over. */
static str next_word(str view, size_t *at)
{
    for (;;) {
        while (*at < view.length && parts(view.data[*at]))
            ++*at;
        size_t start = *at;
        bool comment = start < view.length && view.data[start] == '#';
        while (*at < view.length && (comment ? view.data[*at] != '\n' : !parts(view.data[*at])))
            ++*at;
        str word = str_part(view, start, *at - start);
        if (!comment && (without_label(word).length || !word.length))
            return word;
    }
}

static bool recognize(str head)
{
    size_t at = 0, count = 0;
    arena memory = {0};
    bool all = true;
    while (all) {
        osler_record record = {0};
        str word = next_word(head, &at);
        if (!word.length)
            break;
        bool cut_off = at == head.length && head.length > LONGEST;
        all = cut_off || take(&record, &memory, word);
        count++;
    }
    arena_free(&memory);
    return all && count && (count > 1 || head.length < LONGEST);
}

static void *open_list(window *input)
{
    struct cutting *c = memory_alloc(sizeof *c);
    c->input = input;
    return c;
}

static void close_list(void *state)
{
    memory_free(state);
}

static osler_status cut(void *state, struct piece *out, osler_error *error)
{
    struct cutting *c = state;
    window_skip(c->input, c->used);
    c->used = 0;
    while (!c->over) {
        str view = window_view(c->input);
        size_t at = 0;
        str word = next_word(view, &at);
        bool whole = at < view.length || c->input->ended;
        if (whole && !word.length) {
            window_skip(c->input, view.length);
            c->over = c->input->ended;
        } else if (whole) {
            unsigned line =
                c->input->line + window_lines(str_part(view, 0, (size_t)(word.data - view.data)));
            c->used = at;
            if (word.length > LONGEST)
                return fail(error, OSLER_EINPUT, line, "expected a PMID, a DOI or a PMCID");
            *out = (struct piece){word, line, ""};
            return OSLER_OK;
        }
        if (!c->over) {
            if (view.length > (1 << 20)) { /* no list has such a word */
                c->over = true;
                return fail(error, OSLER_ELIMIT, c->input->line, "a word of more than 1 MB");
            }
            osler_status status = window_fill(c->input, error);
            c->over = status != OSLER_OK;
            if (c->over)
                return status;
        }
    }
    return OSLER_END;
}

static bool is_complete(const void *state)
{
    const struct cutting *c = state;
    return c->over;
}

static void *new_parser(void)
{
    return memory_alloc(sizeof(builder));
}

static void free_parser(void *parser)
{
    memory_free(parser);
}

static osler_status parse(void *parser, arena *memory, const struct piece *piece, osler_item *out,
                          osler_error *error)
{
    osler_record *record = builder_start(parser, memory);
    osler_status status = content_check_text(piece->bytes, piece->line, error);
    if (status != OSLER_OK)
        return status;
    if (!take(record, memory, piece->bytes))
        return fail(error, OSLER_EINPUT, piece->line, "\"%.*s\" is no PMID, DOI or PMCID",
                    (int)(piece->bytes.length < 60 ? piece->bytes.length : 60), piece->bytes.data);
    *out = (osler_item){.kind = OSLER_RECORD, .record = record};
    return OSLER_OK;
}

const struct format format_pmids = {
    .recognize = recognize,
    .guesses = true,
    .open = open_list,
    .close = close_list,
    .cut = cut,
    .is_complete = is_complete,
    .new_parser = new_parser,
    .free_parser = free_parser,
    .parse = parse,
};

/* The PMID, else the PMCID or the DOI; a record without any has no line. */
static void write_record(buf *out, const osler_record *record)
{
    const char *id = record->pmid ? record->pmid : record->pmcid ? record->pmcid : record->doi;
    if (!id)
        return;
    buf_add_text(out, id);
    buf_add_byte(out, '\n');
}

const struct writer writer_pmids = {.write = write_record};
