/* Making a record ready for matching: its words that are asked for, with their places, and its
 * headings.  The rules are those of the index (index/document.h). */
#include "query/match.h"

#include "base/buf.h"
#include "base/form.h"
#include "base/words.h"
#include "index/context.h"
#include "query/query.h"
#include "record/record.h"

#include <stdlib.h>
#include <string.h>

enum {
    MOST_LENGTH = 65535, /* that the index holds */
    BETWEEN_TEXTS = 64   /* positions that no phrase goes over */
};

/* A document being made. */
struct maker {
    arena *memory;
    match_document *out;
    const concept_list *concepts;
    arena cutting;     /* for one text */
    buf text;          /* a form, two words */
    uint32_t position; /* of the next word */
};

/* What is to be known of a text beside its field. */
struct manner {
    bool conclusions, harms;
};

static void add_token(struct maker *m, match_token token)
{
    if (!token.form)
        return;
    match_token *t = arena_append(m->memory, &m->out->tokens.items, &m->out->tokens.count,
                                  sizeof *m->out->tokens.items);
    *t = token;
}

/* The word at `at`, and the two words that begin with it if a hyphen joins them. */
static void add_word(struct maker *m, const word_list *words, const unsigned char *marks, str text,
                     size_t at)
{
    const form_table *forms = &m->concepts->forms;
    const word *w = &words->items[at];
    uint32_t position = m->position + w->sentence;
    buf_clear(&m->text);
    form_add(&m->text, w->folded);
    uint32_t form = form_table_find(forms, buf_str(&m->text));
    add_token(m, (match_token){position, form, 1, marks[at]});
    if (at + 1 == words->count || !index_is_joined(text, w + 1))
        return;
    buf_clear(&m->text);
    buf_add(&m->text, w->folded);
    buf_add(&m->text, w[1].folded);
    form = form_table_find_joined(forms, buf_str(&m->text));
    add_token(m, (match_token){position, form, 2, marks[at]});
}

/* Note where the first sentence of an abstract ends, and its last begins. */
static void note_ends(struct maker *m, enum match_field field, const word_list *words)
{
    size_t which = field == MATCH_OTHER_ABSTRACT, at = 0;
    if (field != MATCH_ABSTRACT && field != MATCH_OTHER_ABSTRACT)
        return;
    const word *last = &words->items[words->count - 1];
    while (words->items[at].sentence == 0 && at + 1 < words->count)
        at++;
    if (words->items[at].sentence == 0)
        at++;
    if (!m->out->first_sentence_end[which])
        m->out->first_sentence_end[which] = m->position + (uint32_t)at;
    at = words->count - 1;
    while (at > 0 && words->items[at - 1].sentence == last->sentence)
        at--;
    m->out->last_sentence_start[which] = m->position + (uint32_t)at + last->sentence;
}

/* The number of its words. */
static size_t add_text(struct maker *m, enum match_field field, const char *markup,
                       struct manner how)
{
    if (!markup || !*markup)
        return 0;
    buf plain = {0};
    arena_clear(&m->cutting);
    markup_add_text(&plain, str_of(markup));
    word_list words = words_of(&m->cutting, buf_str(&plain));
    context_text context = {&words, buf_text(&plain), how.harms,
                            field == MATCH_TITLE || field == MATCH_KEYWORDS};
    const unsigned char *marks = context_marks(&m->cutting, &context);
    match_text *t = arena_append(m->memory, &m->out->texts.items, &m->out->texts.count,
                                 sizeof *m->out->texts.items);
    *t = (match_text){field, match_factor(field, how.conclusions), m->out->tokens.count, 0};
    if (words.count)
        note_ends(m, field, &words);
    for (size_t i = 0; i < words.count; i++, m->position++)
        add_word(m, &words, marks, buf_str(&plain), i);
    t->count = m->out->tokens.count - t->first;
    m->position += words.count ? words.items[words.count - 1].sentence + BETWEEN_TEXTS : 0;
    buf_free(&plain);
    return words.count;
}

static bool says(const char *text, const char *what)
{
    return text && str_contains_ignoring_case(str_of(text), str_of(what));
}

static void add_sections(struct maker *m, enum match_field field,
                         const osler_section_list *sections)
{
    for (size_t i = 0; i < sections->count; i++) {
        const osler_section *s = &sections->items[i];
        struct manner how = {says(s->category, "CONCLUSION") || says(s->label, "CONCLUSION"),
                             says(s->label, "ADVERSE") || says(s->label, "SAFETY")};
        m->out->lengths[field] += (double)add_text(m, field, s->text, how);
    }
}

/* "Headache/chemically induced" and no other subheading: a harm of something. */
static bool is_harm_heading(const osler_heading *h)
{
    for (size_t i = 0; i < h->qualifiers.count; i++) {
        const osler_qualifier *q = &h->qualifiers.items[i];
        bool induced = q->ui ? strcmp(q->ui, "Q000139") == 0
                             : q->name && strcmp(q->name, "chemically induced") == 0;
        if (!induced)
            return false;
    }
    return h->qualifiers.count > 0;
}

static bool is_major(const osler_heading *h)
{
    bool major = h->major;
    for (size_t i = 0; i < h->qualifiers.count; i++)
        major |= h->qualifiers.items[i].major;
    return major;
}

static void add_heading(struct maker *m, const osler_heading *h)
{
    const concept_list *concepts = m->concepts;
    match_heading made = {.descriptor = h->ui ? mesh_by_ui(str_of(h->ui)) : NULL,
                          .text = h->name ? h->name : "",
                          .major = is_major(h),
                          .minor = !is_major(h),
                          .harm = is_harm_heading(h)};
    if (!made.descriptor) {
        made.name = concept_find_name(concepts, query_words(m->memory, str_of(h->name)));
        if (made.name == concepts->names.count)
            return;
        made.descriptor = concepts->names.items[made.name].descriptor;
    }
    if (made.descriptor)
        made.name = 0;
    match_heading *to = arena_append(m->memory, &m->out->headings.items, &m->out->headings.count,
                                     sizeof *m->out->headings.items);
    *to = made;
}

static int by_text(const void *one, const void *two)
{
    const char *const *a = one, *const *b = two;
    return strcmp(*a, *b);
}

static size_t count_distinct(const char **texts, size_t count)
{
    size_t distinct = 0;
    if (count)
        qsort(texts, count, sizeof *texts, by_text);
    for (size_t i = 0; i < count; i++)
        distinct += i == 0 || strcmp(texts[i], texts[i - 1]) != 0;
    return distinct;
}

/* Headings that stand twice count once. */
static double count_headings(arena *memory, const osler_record *record)
{
    size_t uis = 0, names = 0, count = record->headings.count;
    const char **ui = arena_alloc(memory, (count + 1) * sizeof *ui);
    const char **name = arena_alloc(memory, (count + 1) * sizeof *name);
    for (size_t i = 0; i < count; i++) {
        const osler_heading *h = &record->headings.items[i];
        if (h->ui && *h->ui)
            ui[uis++] = h->ui;
        str words = query_words(memory, str_of(h->name));
        if (words.length)
            name[names++] = words.data;
    }
    uis = count_distinct(ui, uis);
    names = count_distinct(name, names);
    return (double)(uis > names ? uis : names);
}

static void cap_lengths(match_document *d)
{
    for (size_t i = 0; i < MATCH_FIELDS; i++)
        if (d->lengths[i] > MOST_LENGTH)
            d->lengths[i] = MOST_LENGTH;
}

void match_prepare(arena *memory, match_document *out, const concept_list *concepts,
                   const osler_record *record)
{
    struct manner plain = {0};
    struct maker m = {.memory = memory, .out = out, .concepts = concepts};
    *out = (match_document){0};
    out->lengths[MATCH_TITLE] =
        (double)add_text(&m, MATCH_TITLE, osler_record_title(record), plain);
    add_text(&m, MATCH_TITLE, record->vernacular_title, plain);
    for (size_t i = 0; i < record->keywords.count; i++)
        out->lengths[MATCH_KEYWORDS] +=
            (double)add_text(&m, MATCH_KEYWORDS, record->keywords.items[i].text, plain);
    add_sections(&m, MATCH_ABSTRACT, &record->abstract);
    for (size_t i = 0; i < record->other_abstracts.count; i++)
        add_sections(&m, MATCH_OTHER_ABSTRACT, &record->other_abstracts.items[i].sections);
    for (size_t i = 0; i < record->headings.count; i++)
        add_heading(&m, &record->headings.items[i]);
    match_order_headings(out);
    out->lengths[MATCH_MESH_MAJOR] = out->lengths[MATCH_MESH_MINOR] =
        count_headings(memory, record);
    cap_lengths(out);
    arena_free(&m.cutting);
    buf_free(&m.text);
}
