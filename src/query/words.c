/* Finding the documents that words of a query stand in, and what to rank them by. */
#include "query/query.h"

#include "base/words.h"

#include <string.h>

/* How much a word of the same family counts against the one that was typed, and a heading below
 * the one that was named. */
static const double relative = 0.8, narrower = 0.35;

enum { MOST_WORDS = 64, MOST_RELATIVES = 200 };

str query_words(arena *memory, str text)
{
    arena scratch = {0};
    buf joined = {0};
    word_list words = words_of(&scratch, text);
    for (size_t i = 0; i < words.count; i++) {
        if (i)
            buf_add_byte(&joined, ' ');
        buf_add(&joined, words.items[i].folded);
    }
    str copy = {arena_copy(memory, buf_str(&joined)), joined.length};
    buf_free(&joined);
    arena_free(&scratch);
    return copy;
}

str query_term(arena *memory, enum index_kind kind, str value)
{
    buf term = {0};
    buf_add_byte(&term, (char)kind);
    buf_add(&term, index_cut(value));
    str copy = {arena_copy(memory, buf_str(&term)), term.length};
    buf_free(&term);
    return copy;
}

/* What is looked for under one leaf. */
struct looked_for {
    str words[MOST_WORDS];
    size_t count;
    str joined; /* the two words of "post-operative" as one; empty: they are no such */
};

static struct looked_for read_leaf(arena *memory, const query_leaf *leaf)
{
    struct looked_for l = {.count = 0};
    word_list words = words_of(memory, str_of(leaf->text));
    while (l.count < words.count && l.count < MOST_WORDS) {
        l.words[l.count] = index_cut(words.items[l.count].folded);
        l.count++;
    }
    if (words.count == 2 && words.items[1].gap == '-' && !leaf->quoted && leaf->near < 0) {
        buf both = {0};
        buf_add(&both, l.words[0]);
        buf_add(&both, l.words[1]);
        l.joined = (str){arena_copy(memory, buf_str(&both)), both.length};
        buf_free(&both);
    }
    return l;
}

/* True when words mean their families: looked for everywhere, and not quoted. */
static bool is_loose(const query_leaf *leaf)
{
    return leaf->tag->argument == INDEX_ALL_FIELDS && !leaf->quoted && leaf->near < 0;
}

/* Terms with their weights. */
struct term_list {
    arena *memory;
    str *terms;
    double *factors;
    size_t count, factor_count;
};

static void add_term(struct term_list *list, enum index_kind kind, str value, double factor)
{
    str term = query_term(list->memory, kind, value);
    for (size_t i = 0; i < list->count; i++)
        if (str_equal(list->terms[i], term))
            return;
    *(str *)arena_append(list->memory, &list->terms, &list->count, sizeof *list->terms) = term;
    *(double *)arena_append(list->memory, &list->factors, &list->factor_count,
                            sizeof *list->factors) = factor;
}

/* The word itself, the same with a hyphen in it, and, `loose`, its family. */
static osler_status add_word(struct term_list *list, const query_context *where, str one,
                             bool loose, osler_error *error)
{
    add_term(list, INDEX_WORD, one, 1);
    add_term(list, INDEX_JOINED, one, 1);
    if (!loose)
        return OSLER_OK;
    buf key = {0};
    str *family;
    size_t count;
    index_family_key(where->analyzer, &key, one);
    osler_status status =
        index_get_family(where->index, list->memory, buf_str(&key), &family, &count, error);
    buf_free(&key);
    for (size_t i = 0; status == OSLER_OK && i < count && i < MOST_RELATIVES; i++)
        add_term(list, INDEX_WORD, family[i], relative);
    return status;
}

/* The documents of one word. */
static osler_status find_word(const query_context *where, const query_leaf *leaf, str one,
                              index_set *out, osler_error *error)
{
    unsigned fields = leaf->tag->argument;
    if (leaf->quoted)
        return index_add_term(where->index, out, query_term(where->memory, INDEX_WORD, one), fields,
                              error);
    struct term_list list = {.memory = where->memory};
    osler_status status = add_word(&list, where, one, is_loose(leaf), error);
    for (size_t i = 0; status == OSLER_OK && i < list.count; i++)
        status = index_add_term(where->index, out, list.terms[i], fields, error);
    return status;
}

/* The documents of a word that may go on. */
static osler_status find_prefix(const query_context *where, const query_leaf *leaf, str one,
                                index_set *out, osler_error *error)
{
    return index_add_prefix(where->index, out, query_term(where->memory, INDEX_WORD, one),
                            leaf->tag->argument, error);
}

static index_phrase phrase_of(const struct looked_for *l, const query_leaf *leaf)
{
    return (index_phrase){.words = l->words,
                          .count = l->count,
                          .fields = leaf->tag->argument,
                          .prefix = leaf->prefix,
                          .near = leaf->near};
}

/* All the words, wherever they stand. */
static osler_status find_each(query_sets *sets, const query_leaf *leaf, const struct looked_for *l,
                              index_set *out, osler_error *error)
{
    osler_status status = OSLER_OK;
    for (size_t i = 0; status == OSLER_OK && i < l->count; i++) {
        index_set one = query_set_take(sets);
        bool last = i + 1 == l->count;
        status = leaf->prefix && last ? find_prefix(sets->where, leaf, l->words[i], &one, error)
                                      : find_word(sets->where, leaf, l->words[i], &one, error);
        if (i == 0)
            index_set_or(out, &one);
        else
            index_set_and(out, &one);
        query_set_give(sets, one);
    }
    return status;
}

/* A phrase; without quotes its words alone will do where the library has no such phrase. */
osler_status query_find_words(query_sets *sets, query_leaf *leaf, index_set *out,
                              osler_error *error)
{
    const query_context *where = sets->where;
    struct looked_for l = read_leaf(where->memory, leaf);
    index_number any;
    if (l.count == 1 && leaf->prefix)
        return find_prefix(where, leaf, l.words[0], out, error);
    if (l.count == 1)
        return find_word(where, leaf, l.words[0], out, error);
    index_phrase phrase = phrase_of(&l, leaf);
    osler_status status = index_add_phrase(where->index, out, &phrase, error);
    if (status == OSLER_OK && l.joined.length && leaf->prefix)
        status = find_prefix(where, leaf, l.joined, out, error);
    else if (status == OSLER_OK && l.joined.length)
        status = find_word(where, leaf, l.joined, out, error);
    if (status != OSLER_OK || leaf->quoted || leaf->near >= 0 || index_set_next(out, 0, &any))
        return status;
    leaf->note = "no such phrase: its words";
    return find_each(sets, leaf, &l, out, error);
}

static index_asked *new_asked(const query_context *where, query_positive *out, unsigned fields)
{
    index_asked *asked = arena_append(where->memory, &out->items, &out->count, sizeof *out->items);
    asked->fields = fields;
    return asked;
}

static void add_terms(const query_context *where, query_positive *out, const struct term_list *list,
                      unsigned fields)
{
    index_asked *asked = new_asked(where, out, fields);
    asked->terms = list->terms;
    asked->factors = list->factors;
    asked->count = list->count;
}

/* The phrase, if there is more than one word, and, unless it is quoted, each of them. */
static osler_status add_words(const query_context *where, const query_leaf *leaf,
                              query_positive *out, osler_error *error)
{
    struct looked_for *l = arena_alloc(where->memory, sizeof *l);
    *l = read_leaf(where->memory, leaf);
    if (l->count > 1 || leaf->prefix) {
        index_phrase *phrase = arena_alloc(where->memory, sizeof *phrase);
        *phrase = phrase_of(l, leaf);
        new_asked(where, out, leaf->tag->argument)->phrase = phrase;
    }
    if (l->joined.length)
        l->words[l->count++] = l->joined;
    osler_status status = OSLER_OK;
    bool alone = l->count == 1 && !leaf->prefix, each = !leaf->quoted && leaf->near < 0;
    for (size_t i = 0; status == OSLER_OK && i + leaf->prefix < l->count && (alone || each); i++) {
        struct term_list list = {.memory = where->memory};
        if (leaf->quoted)
            add_term(&list, INDEX_WORD, l->words[i], 1);
        else
            status = add_word(&list, where, l->words[i], is_loose(leaf), error);
        add_terms(where, out, &list, leaf->tag->argument);
    }
    return status;
}

/* The heading, and less those below it; one that stands for words counts beside them. */
static void add_heading(const query_context *where, const query_leaf *leaf, query_positive *out)
{
    struct term_list list = {.memory = where->memory};
    str text = str_of(leaf->text), name = str_trim(str_part(text, 0, str_find(text, '/')));
    const mesh_descriptor *d = mesh_find(name);
    if (!leaf->mapped) {
        add_term(&list, INDEX_HEADING_NAME, query_words(where->memory, d ? str_of(d->name) : name),
                 1);
        if (d)
            add_term(&list, INDEX_HEADING, str_of(d->ui), 1);
    }
    if (d && leaf->tag->argument & HEADING_EXPLODE)
        add_term(&list, INDEX_ANCESTOR, str_of(d->ui), narrower);
    if (list.count)
        add_terms(where, out, &list, INDEX_ALL_FIELDS);
}

osler_status query_add_positive(const query_context *where, const query_leaf *leaf,
                                query_positive *out, osler_error *error)
{
    if (leaf->tag->kind == QUERY_WORDS)
        return add_words(where, leaf, out, error);
    if (leaf->tag->kind == QUERY_HEADING)
        add_heading(where, leaf, out);
    return OSLER_OK;
}
