/* Comparing any two records: lines of the text become their fields; every answer is in its range.
 */
#include "match/match.h"
#include "record/record.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *text_of(arena *memory, str *rest)
{
    str line = {0};
    buf repaired = {0};
    if (!str_next_line(rest, &line))
        return NULL;
    buf_add_repaired(&repaired, line);
    const char *copy = record_text(memory, buf_str(&repaired));
    buf_free(&repaired);
    return copy;
}

static void fill(arena *memory, osler_record *r, str *rest)
{
    buf markup = {0};
    markup_add_plain(&markup, str_of(text_of(memory, rest)));
    r->title = record_text(memory, buf_str(&markup));
    buf_free(&markup);
    r->container_title = text_of(memory, rest);
    r->volume = text_of(memory, rest);
    r->issue = text_of(memory, rest);
    r->pages = text_of(memory, rest);
    r->doi = text_of(memory, rest);
    for (int i = 0; i < 3; i++) {
        osler_name *name = RECORD_ADD(memory, &r->names);
        *name = (osler_name){.role = "author", .given = text_of(memory, rest)};
        buf family = {0};
        markup_add_plain(&family, str_of(text_of(memory, rest)));
        name->family = record_text(memory, buf_str(&family));
        buf_free(&family);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    arena memory = {0};
    osler_record a = {0}, b = {0};
    struct match_comparison pair;
    struct match_keys keys;
    str rest = {(const char *)data, size};
    fill(&memory, &a, &rest);
    fill(&memory, &b, &rest);
    match_compare(&pair, &memory, &a, &b);
    match_make_keys(&keys, &memory, &a);
    if (!(pair.score >= 0 && pair.score <= 1 && pair.title >= 0 && pair.title <= 1) ||
        keys.count > MATCH_KEYS)
        abort();
    match_compare(&pair, &memory, &a, &a);
    if (pair.fields[MATCH_TITLE] != MATCH_ABSENT && pair.fields[MATCH_TITLE] != MATCH_SAME)
        abort();
    arena_free(&memory);
    return 0;
}
