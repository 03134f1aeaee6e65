/* Blocking: from what a reference says to the few records that it can mean, by terms of the index.
 */
#include "library/candidates.h"
#include "library/differences.h"

#include "base/words.h"
#include "record/identifiers.h"
#include "record/pages.h"
#include "record/record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    MOST_WORDS = 40,   /* of a text that are looked up */
    RAREST = 4,        /* of them that are joined */
    MOST_STEPS = 4096, /* through the documents of the rarer word */
    RARE = 64,         /* documents of a word that suffices alone */
    MOST_SPELLINGS = 24,
    MOST_WORKS = 512, /* of one author */
};

/* One search at work. */
struct search {
    const library_view *view;
    arena *memory;
    struct candidates *out;
    osler_error *error;
};

static void add(struct candidates *out, index_number document)
{
    for (size_t i = 0; i < out->count; i++)
        if (out->items[i] == document)
            return;
    if (out->count < CANDIDATES_MOST)
        out->items[out->count++] = document;
}

static str term_of(arena *memory, enum index_kind kind, str value)
{
    buf b = {0};
    buf_add_byte(&b, (char)kind);
    for (size_t i = 0; i < value.length; i++)
        buf_add_byte(&b, char_lower(value.data[i]));
    str made = {arena_copy(memory, buf_str(&b)), b.length};
    buf_free(&b);
    return made;
}

/* -- lists of documents joined ------------------------------------------------------------------
 */

enum { MOST_JOINED = 4 };

/* Terms that a document must all have, the rarest first, each in some fields. */
struct joined {
    str terms[MOST_JOINED];
    size_t count;
    unsigned fields; /* bits */
};

static bool stands_in(index_cursor *cursor, unsigned fields)
{
    index_posting posting;
    index_cursor_get(cursor, &posting);
    return (posting.fields & fields) != 0;
}

/* Move all cursors to the first document >= `*at` that all have. */
static osler_status meet(index_cursor **cursors, size_t count, index_number *at, size_t *steps,
                         osler_error *error)
{
    for (size_t agreed = 0, i = 0; agreed < count; i = (i + 1) % count) {
        index_number there;
        if (++*steps > MOST_STEPS)
            return OSLER_END;
        osler_status status = index_cursor_seek(cursors[i], *at, &there, error);
        if (status != OSLER_OK)
            return status;
        agreed = there == *at ? agreed + 1 : 1;
        *at = there;
    }
    return OSLER_OK;
}

static osler_status join(struct search *s, const struct joined *j)
{
    index_cursor *cursors[MOST_JOINED] = {0};
    osler_status status = OSLER_OK;
    size_t opened = 0, steps = 0;
    index_number at = 0;
    while (status == OSLER_OK && opened < j->count) {
        status = index_cursor_open(&cursors[opened], s->view->index, j->terms[opened], s->error);
        opened += status == OSLER_OK;
    }
    while (status == OSLER_OK && opened && s->out->count < CANDIDATES_MOST) {
        status = meet(cursors, opened, &at, &steps, s->error);
        bool all = status == OSLER_OK;
        for (size_t i = 0; all && i < opened; i++)
            all = stands_in(cursors[i], j->fields);
        if (all)
            add(s->out, at);
        at++;
    }
    for (size_t i = 0; i < opened; i++)
        index_cursor_close(cursors[i]);
    return status == OSLER_END ? OSLER_OK : status;
}

/* -- identifiers --------------------------------------------------------------------------------
 */

static osler_status find_identifier(struct search *s, const char *scheme, str value)
{
    char room[300];
    if (!value.length || value.length > 255)
        return OSLER_OK;
    int length = snprintf(room, sizeof room, "%s:%.*s", scheme, STR_ARG(value));
    struct joined j = {.count = 1, .fields = ~0U};
    j.terms[0] = term_of(s->memory, INDEX_IDENTIFIER, (str){room, (size_t)length});
    return join(s, &j);
}

static osler_status find_pmid(struct search *s, const char *pmid)
{
    char name[40];
    osler_library *l = s->view->library;
    for (size_t i = 0; pmid && i < l->count; i++) {
        int64_t id;
        index_number document;
        snprintf(name, sizeof name, "pmid:%.20s", pmid);
        osler_status status = store_lookup(l->stores[i], name, &id, NULL);
        if (status == OSLER_OK)
            status = index_find_citation(s->view->index, i, id, &document, NULL);
        if (status == OSLER_OK)
            add(s->out, document);
        else if (status != OSLER_ENOTFOUND)
            return store_lookup(l->stores[i], name, &id, s->error);
    }
    return OSLER_OK;
}

static osler_status find_by_identifier(struct search *s, const osler_record *r)
{
    osler_status status = find_pmid(s, identifier_pmid(s->memory, str_of(r->pmid)));
    if (status == OSLER_OK)
        status = find_identifier(s, "doi", identifier_bare_doi(str_of(r->doi)));
    if (status == OSLER_OK)
        status = find_identifier(s, "pmcid", str_of(identifier_pmcid(s->memory, str_of(r->pmcid))));
    return status;
}

/* -- volume and page ----------------------------------------------------------------------------
 */

static osler_status find_by_place(struct search *s, const osler_record *r)
{
    const char *first = r->page_first, *last = NULL;
    if (!first && r->pages)
        pages_expand(s->memory, str_of(r->pages), &first, &last);
    first = first ? first : r->article_number;
    if (!first || !r->volume)
        return OSLER_OK;
    struct joined j = {.count = 2, .fields = ~0U};
    j.terms[0] = term_of(s->memory, INDEX_PAGE, str_trim(str_of(first)));
    j.terms[1] = term_of(s->memory, INDEX_VOLUME, str_trim(str_of(r->volume)));
    return join(s, &j);
}

/* -- words --------------------------------------------------------------------------------------
 */

struct rare_word {
    str term;
    uint64_t documents;
};

static int by_rarity(const void *a, const void *b)
{
    const struct rare_word *x = a, *y = b;
    if (x->documents != y->documents)
        return x->documents < y->documents ? -1 : 1;
    return str_compare(x->term, y->term);
}

/* The words of a text that the index has, each once, the rarest first. */
static osler_status look_up(struct search *s, str text, struct rare_word *words, size_t *count)
{
    word_list list = words_of(s->memory, text);
    *count = 0;
    for (size_t i = 0; i < list.count && *count < MOST_WORDS; i++) {
        str term = term_of(s->memory, INDEX_WORD, index_cut(list.items[i].folded));
        uint64_t documents;
        bool known = false;
        for (size_t k = 0; k < *count; k++)
            known = known || str_equal(words[k].term, term);
        if (known)
            continue;
        osler_status status = index_estimate_term(s->view->index, term, &documents, s->error);
        if (status != OSLER_OK)
            return status;
        if (documents)
            words[(*count)++] = (struct rare_word){term, documents};
    }
    qsort(words, *count, sizeof *words, by_rarity);
    return OSLER_OK;
}

/* Those that have two of the rarest words, or, when nothing has, one that is rare indeed. */
static osler_status join_pairs(struct search *s, const struct rare_word *words, size_t count)
{
    osler_status status = OSLER_OK;
    count = count < RAREST ? count : RAREST;
    for (size_t sum = 1; sum < 2 * count; sum++) {
        for (size_t a = 0; a < count && status == OSLER_OK; a++) {
            size_t b = sum - a;
            if (b <= a || b > sum || b >= count)
                continue;
            struct joined j = {{words[a].term, words[b].term}, 2, 1U << INDEX_TITLE};
            status = join(s, &j);
        }
    }
    for (size_t a = 0; a < count && status == OSLER_OK && words[a].documents <= RARE; a++) {
        struct joined j = {{words[a].term}, 1, 1U << INDEX_TITLE};
        status = join(s, &j);
    }
    return status;
}

static osler_status find_by_words(struct search *s, str text)
{
    struct rare_word words[MOST_WORDS];
    size_t count;
    osler_status status = look_up(s, text, words, &count);
    if (status != OSLER_OK || !count)
        return status;
    struct joined all = {.fields = 1U << INDEX_TITLE};
    for (size_t i = 0; i < count && i < MOST_JOINED; i++)
        all.terms[all.count++] = words[i].term;
    status = join(s, &all);
    if (status == OSLER_OK && !s->out->count)
        status = join_pairs(s, words, count);
    return status;
}

static osler_status find_by_title(struct search *s, const osler_record *r)
{
    buf plain = {0};
    markup_add_text(&plain, str_of(r->title));
    osler_status status = find_by_words(s, buf_str(&plain));
    buf_free(&plain);
    return status;
}

/* -- authors ------------------------------------------------------------------------------------
 */

struct spellings {
    arena *memory;
    str terms[MOST_SPELLINGS];
    size_t count;
};

static bool add_spelling(void *context, str term, uint64_t documents)
{
    struct spellings *s = context;
    (void)documents;
    s->terms[s->count++] = (str){arena_copy(s->memory, term), term.length};
    return s->count < MOST_SPELLINGS;
}

/* The author's name with the first initial, as a beginning of terms. */
static str beginning_of(arena *memory, const osler_name *name)
{
    buf folded = {0};
    index_author_add(&folded, name);
    str whole = buf_str(&folded);
    size_t space = whole.length;
    while (space && whole.data[space - 1] != ' ')
        space--;
    bool initials = (name->given || name->initials) && space && whole.length > space;
    str made =
        term_of(memory, INDEX_AUTHOR, str_part(whole, 0, initials ? space + 1 : whole.length));
    buf_free(&folded);
    return made;
}

/* The works of an author, rising, in `memory`. */
static osler_status works_of(struct search *s, const osler_name *name, index_numbers *out)
{
    struct spellings spellings = {.memory = s->memory};
    index_set set = index_set_new(s->view->index, s->memory);
    osler_status status = index_each_term(s->view->index, beginning_of(s->memory, name),
                                          add_spelling, &spellings, s->error);
    for (size_t i = 0; i < spellings.count && status == OSLER_OK; i++)
        status = index_add_term(s->view->index, &set, spellings.terms[i], ~0U, s->error);
    *out = (index_numbers){arena_alloc(s->memory, MOST_WORKS * sizeof *out->items), 0};
    index_number at = 0;
    while (status == OSLER_OK && out->count < MOST_WORKS && index_set_next(&set, at, &at))
        out->items[out->count++] = at++;
    return status;
}

/* The first works of `a` that are among `b` too. */
static void add_common(struct candidates *out, const index_numbers *a, const index_numbers *b)
{
    for (size_t i = 0, k = 0; i < a->count && k < b->count;) {
        if (a->items[i] == b->items[k])
            add(out, a->items[i]);
        bool first = a->items[i] <= b->items[k];
        k += b->items[k] <= a->items[i];
        i += first;
    }
}

static osler_status add_near_year(struct search *s, const index_numbers *works, int year)
{
    for (size_t i = 0; i < works->count; i++) {
        index_date date;
        osler_status status = index_get_date(s->view->index, works->items[i], &date, s->error);
        if (status != OSLER_OK)
            return status;
        if (!year || (date.year + 1 >= year && date.year <= year + 1))
            add(s->out, works->items[i]);
    }
    return OSLER_OK;
}

static osler_status find_by_author(struct search *s, const osler_record *r)
{
    const osler_name *first = osler_record_next_name(r, "author", NULL);
    const osler_name *second = first ? osler_record_next_name(r, "author", first) : NULL;
    index_numbers works, others;
    if (!first || !first->family)
        return OSLER_OK;
    osler_status status = works_of(s, first, &works);
    if (status == OSLER_OK && second && second->family) {
        status = works_of(s, second, &others);
        if (status == OSLER_OK)
            add_common(s->out, &works, &others);
    }
    if (status == OSLER_OK && !s->out->count)
        status = add_near_year(s, &works, osler_record_year(r));
    return status;
}

osler_status candidates_find(struct candidates *out, const library_view *view, arena *memory,
                             enum candidates_way way, const osler_record *reference,
                             osler_error *error)
{
    struct search s = {view, memory, out, error};
    out->count = 0;
    switch (way) {
    case CANDIDATES_BY_IDENTIFIER: return find_by_identifier(&s, reference);
    case CANDIDATES_BY_PLACE: return find_by_place(&s, reference);
    case CANDIDATES_BY_TITLE: return find_by_title(&s, reference);
    case CANDIDATES_BY_AUTHOR: return find_by_author(&s, reference);
    case CANDIDATES_BY_TEXT: return find_by_words(&s, differences_source(reference));
    case CANDIDATES_WAYS: break;
    }
    return OSLER_OK;
}
