/*
 * The formats "bibtex" and "biblatex": entries with fields in LaTeX.  One reader knows both; the
 * writers differ in the names of fields and entries, and in that classic BibTeX needs ASCII.
 */
#include "formats/bibtex/bibtex.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/utf8.h"

static bool is_known_word(str word)
{
    static const char *const others[] = {"string", "comment", "preamble", "xdata", "set"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (str_equal_ignoring_case(word, str_of(others[i])))
            return true;
    return bibtex_type_of(word);
}

/* A known entry, or any with a key and a field; in a text that is not of another kind. */
static bool recognize(str head)
{
    str trimmed = str_trim(head);
    if (trimmed.length && strchr("<[{", trimmed.data[0]))
        return false;
    for (size_t at = 0; at < head.length; at++) {
        at += str_find(str_part(head, at, head.length), '@');
        struct bibtex_scan scan = {.text = head, .at = at};
        str word, key;
        if (at >= head.length || !bibtex_begin(&scan, &word))
            continue;
        if (is_known_word(word))
            return true;
        if (bibtex_key(&scan, &key) && key.length && bibtex_next(&scan) == BIBTEX_FIELD)
            return true;
    }
    return false;
}

static void *new_parser(void)
{
    return memory_alloc(sizeof(arena));
}

static void free_parser(void *parser)
{
    arena_free(parser);
    memory_free(parser);
}

static osler_status parse(void *parser, arena *memory, const struct piece *piece, osler_item *out,
                          osler_error *error)
{
    arena *scratch = parser;
    struct bibtex_entry entry = {.count = 0};
    builder build;
    size_t offset;
    if (!utf8_valid(piece->bytes, &offset) ||
        (offset = str_find(piece->bytes, '\0')) < piece->bytes.length)
        return fail(error, OSLER_EINPUT,
                    piece->line + window_lines(str_part(piece->bytes, 0, offset)),
                    "this is not UTF-8 text; save the file as UTF-8");
    arena_clear(scratch);
    if (!bibtex_read_entry(scratch, piece->bytes, &entry))
        return fail(error, OSLER_ELIMIT, piece->line,
                    "the entry has more than 4096 fields, the most that is read");
    osler_record *record = bibtex_record(&build, memory, &entry);
    if (build.exceeded)
        return fail(error, OSLER_ELIMIT, piece->line, "%s", build.exceeded);
    *out = (osler_item){.kind = OSLER_RECORD, .record = record};
    return OSLER_OK;
}

const struct format format_bibtex = {
    .recognize = recognize,
    .guesses = true,
    .open = bibtex_open,
    .close = bibtex_close,
    .cut = bibtex_cut,
    .remark = bibtex_remark,
    .is_complete = bibtex_is_complete,
    .new_parser = new_parser,
    .free_parser = free_parser,
    .parse = parse,
};
