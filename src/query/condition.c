/* What a condition typed by somebody means, and which records may be about it. */
#include "query/concept.h"

#include "base/error.h"
#include "base/limits.h"
#include "base/words.h"
#include "query/collect.h"
#include "query/query.h"

#include <string.h>

enum { LONGEST_TERM = 8, MOST_WORDS = 64 };

static concept *new_concept(const concept_resolver *r, concept_list *out, str query)
{
    concept *c = arena_append(r->memory, &out->items, &out->count, sizeof *out->items);
    c->query = arena_copy(r->memory, query);
    return c;
}

/* Add the profile or the heading that `text` names; false when there is none. */
static bool add_known(const concept_resolver *r, str text, concept_list *out)
{
    const mesh_descriptor *heading = mesh_find(text);
    concept made = {.query = arena_copy(r->memory, text)};
    if (!concept_of_profile(r->memory, &made, text, heading)) {
        if (!heading)
            return false;
        concept_of_heading(r->memory, &made, heading);
    }
    *new_concept(r, out, text) = made;
    return true;
}

static bool is_joint(str one)
{
    static const char *const joints[] = {"a",   "an", "and", "as", "at",  "by", "due",
                                         "for", "in", "of",  "on", "the", "to", "with"};
    for (size_t i = 0; i < sizeof joints / sizeof *joints; i++)
        if (str_is(one, joints[i]))
            return true;
    return false;
}

/* Whether any record has the phrase, in any of its forms. */
static osler_status occurs(const concept_resolver *r, str text, bool *out, osler_error *error)
{
    concept_list probe = {0};
    index_set sure, perhaps;
    collector g;
    index_number any;
    concept *c = new_concept(r, &probe, text);
    concept_of_words(r->memory, c, text);
    concept_prepare(r->memory, &probe);
    osler_status status = collect_open(&g, r->index, r->analyzer, &probe, error);
    sure = index_set_new(r->index, r->memory);
    perhaps = index_set_new(r->index, r->memory);
    if (status == OSLER_OK)
        status = collect_find(&g, r->memory, c, &sure, &perhaps, error);
    if (status == OSLER_OK && !index_set_next(&sure, 0, &any))
        status = collect_confirm(&g, &sure, &perhaps, 1, error);
    *out = index_set_next(&sure, 0, &any);
    collect_close(&g);
    return status;
}

/* Words that are in no vocabulary: one phrase when the library has it, else each by itself. */
static osler_status add_words(const concept_resolver *r, str text, concept_list *out,
                              const char **unknown, osler_error *error)
{
    bool there = false;
    osler_status status = occurs(r, text, &there, error);
    if (status != OSLER_OK)
        return status;
    if (there) {
        concept_of_words(r->memory, new_concept(r, out, text), text);
        return OSLER_OK;
    }
    str rest = query_words(r->memory, text), one;
    while (str_next_field(&rest, ' ', &one)) {
        if (is_joint(one))
            continue;
        status = occurs(r, one, &there, error);
        if (status == OSLER_OK && !there) {
            *unknown = arena_copy(r->memory, one);
            status = fail(error, OSLER_ENOTFOUND, 0,
                          "'%.80s' is neither in the vocabulary nor in any record of this library",
                          *unknown);
        }
        if (status != OSLER_OK)
            return status;
        concept_of_words(r->memory, new_concept(r, out, one), one);
    }
    return OSLER_OK;
}

/* The text of the words from `from` to before `to`; empty when there are none. */
static str span(str text, const word_list *words, size_t from, size_t to)
{
    if (from >= to)
        return (str){0};
    size_t start = words->items[from].offset;
    return str_part(text, start, words->items[to - 1].offset + words->items[to - 1].length - start);
}

/* The longest known term that begins with word `from`: its number of words. */
static size_t longest_known(const concept_resolver *r, str text, const word_list *words,
                            size_t from)
{
    size_t most = words->count - from < LONGEST_TERM ? words->count - from : LONGEST_TERM;
    for (size_t length = most; length > 0; length--) {
        concept probe = {0};
        str part = span(text, words, from, from + length);
        const mesh_descriptor *heading = mesh_find(part);
        if (heading || concept_of_profile(r->memory, &probe, part, NULL))
            return length;
    }
    return 0;
}

/* Words of which nothing is known, if there are any. */
static osler_status add_span(const concept_resolver *r, str text, concept_list *out,
                             const char **unknown, osler_error *error)
{
    return text.length ? add_words(r, text, out, unknown, error) : OSLER_OK;
}

static osler_status add_parts(const concept_resolver *r, str text, concept_list *out,
                              const char **unknown, osler_error *error)
{
    word_list words = words_of(r->memory, text);
    if (!words.count || words.count > MOST_WORDS)
        return fail(error, OSLER_EUSAGE, 0, "expected a condition of 1 to %d words", MOST_WORDS);
    osler_status status = OSLER_OK;
    size_t from = 0; /* the first word that nothing is known of yet */
    for (size_t at = 0; status == OSLER_OK && at < words.count;) {
        bool joint = is_joint(words.items[at].folded);
        size_t length = joint ? 0 : longest_known(r, text, &words, at);
        if (!length && !joint) {
            at++;
            continue;
        }
        status = add_span(r, span(text, &words, from, at), out, unknown, error);
        if (status == OSLER_OK && length)
            add_known(r, span(text, &words, at, at + length), out);
        at += length ? length : 1;
        from = at;
    }
    if (status == OSLER_OK)
        status = add_span(r, span(text, &words, from, words.count), out, unknown, error);
    if (status == OSLER_OK && !out->count)
        status = fail(error, OSLER_EUSAGE, 0, "there is no word to look for in '%.80s'",
                      arena_copy(r->memory, text));
    return status;
}

osler_status concept_resolve(const concept_resolver *r, str text, bool disease, concept_list *out,
                             const char **unknown, osler_error *error)
{
    *unknown = NULL;
    text = str_trim(text);
    if (text.length > LIMIT_QUERY)
        return fail(error, OSLER_ELIMIT, 0, "the condition is longer than %d bytes", LIMIT_QUERY);
    size_t before = out->count;
    bool all = false;
    if (add_known(r, text, out))
        return OSLER_OK;
    concept_list parts = {0};
    osler_status status = add_parts(r, text, &parts, unknown, error);
    if (status != OSLER_OK && status != OSLER_ENOTFOUND)
        return status;
    /* What the library has word for word is looked for so, if no part of it is known. */
    bool known = false;
    for (size_t i = 0; i < parts.count; i++)
        known |= parts.items[i].headings.count > 0;
    if (status == OSLER_OK && !known && parts.count > 1) {
        status = occurs(r, text, &all, error);
        if (status == OSLER_OK && all) {
            concept_of_words(r->memory, new_concept(r, out, text), text);
            parts.count = 0;
        }
    }
    for (size_t i = 0; status == OSLER_OK && i < parts.count; i++)
        *new_concept(r, out, str_of(parts.items[i].query)) = parts.items[i];
    for (size_t i = before; i < out->count; i++)
        out->items[i].disease |= disease && !out->items[i].headings.count;
    return status;
}

size_t concept_suggest(arena *memory, str text, const char **out, size_t most)
{
    mesh_suggestion near[8];
    mesh_suggestion_list list = {near, 0, most < 8 ? most : 8};
    list.count = mesh_suggest(memory, text, near, list.most);
    concept_suggest_profiles(memory, &list, text);
    for (size_t i = 0; i < list.count; i++)
        out[i] = near[i].term;
    return list.count;
}
