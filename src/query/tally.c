/* Counting values over a set of documents. */
#include "query/tally.h"

#include <osler/appraise.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { YEARS = 10000, DESIGNS = 256 };

void tally_start(tally *t, arena *memory, const index *i, const index_set *set)
{
    *t = (tally){.memory = memory, .without = index_set_new(i, memory)};
    index_set_or(&t->without, set);
}

static tally_value *add(tally *t, str value)
{
    tally_value *v = arena_append(t->memory, &t->values.items, &t->values.count, sizeof *v);
    v->value = (str){arena_copy(t->memory, value), value.length};
    return v;
}

static void take_out(index_set *set, index_number document)
{
    set->bits[document / 64] &= ~(UINT64_C(1) << (document % 64));
}

/* Count by a number below `most` that the facts give; 0 of years is none. */
static osler_status count_facts(tally *t, index *i, const index_set *set, bool years,
                                tally_value *counts, osler_error *error)
{
    index_number document = 0;
    for (; index_set_next(set, document, &document); document++) {
        index_facts facts;
        osler_status status = index_get_facts(i, document, &facts, error);
        if (status != OSLER_OK)
            return status;
        unsigned number = years ? facts.year % YEARS : facts.design;
        if (years && !number)
            continue;
        take_out(&t->without, document);
        if (!counts[number].count++)
            counts[number].example = document;
    }
    return OSLER_OK;
}

osler_status tally_years(tally *t, index *i, const index_set *set, osler_error *error)
{
    tally_value *counts = arena_alloc(t->memory, YEARS * sizeof *counts);
    osler_status status = count_facts(t, i, set, true, counts, error);
    for (unsigned year = 1; status == OSLER_OK && year < YEARS; year++) {
        char text[8];
        if (!counts[year].count)
            continue;
        counts[year].value = (str){text, (size_t)snprintf(text, sizeof text, "%u", year)};
        counts[year].value = add(t, counts[year].value)->value;
        t->values.items[t->values.count - 1] = counts[year];
    }
    return status;
}

osler_status tally_designs(tally *t, index *i, const index_set *set, osler_error *error)
{
    tally_value *counts = arena_alloc(t->memory, DESIGNS * sizeof *counts);
    osler_status status = count_facts(t, i, set, false, counts, error);
    const char *code;
    for (unsigned n = 0; status == OSLER_OK && n < DESIGNS && (code = osler_design_code(n)); n++) {
        if (!counts[n].count)
            continue;
        counts[n].value = str_of(code);
        add(t, counts[n].value);
        t->values.items[t->values.count - 1] = counts[n];
    }
    return status;
}

/* A walk through the terms of a kind. */
struct walk {
    tally *tally;
    index *index;
    const index_set *set;
    const tally_kind *kind;
    osler_status status;
    osler_error *error;
};

static osler_status count_term(struct walk *w, str term)
{
    index_cursor *c;
    index_number document = 0;
    tally_value found = {.value = str_part(term, 1, term.length)};
    osler_status status = index_cursor_open(&c, w->index, term, w->error);
    while (status == OSLER_OK && index_set_next(w->set, document, &document)) {
        index_number next;
        status = index_cursor_seek(c, document, &next, w->error);
        bool there = status == OSLER_OK && index_set_has(w->set, next) &&
                     (!w->kind->once || index_set_has(&w->tally->without, next));
        if (there && !found.count++)
            found.example = next;
        if (there)
            take_out(&w->tally->without, next);
        document = status == OSLER_OK ? next + 1 : document;
    }
    index_cursor_close(c);
    if (found.count) {
        found.value = add(w->tally, found.value)->value;
        w->tally->values.items[w->tally->values.count - 1] = found;
    }
    return status == OSLER_END ? OSLER_OK : status;
}

static bool count_each(void *context, str term, uint64_t df)
{
    struct walk *w = context;
    (void)df;
    if (!w->kind->takes || w->kind->takes(str_part(term, 1, term.length)))
        w->status = count_term(w, term);
    return w->status == OSLER_OK;
}

osler_status tally_terms(tally *t, index *i, const index_set *set, const tally_kind *kind,
                         osler_error *error)
{
    char prefix = (char)kind->kind;
    struct walk w = {t, i, set, kind, OSLER_OK, error};
    osler_status status = index_each_term(i, (str){&prefix, 1}, count_each, &w, error);
    return w.status == OSLER_OK ? status : w.status;
}

static int by_count(const void *one, const void *two)
{
    const tally_value *a = one, *b = two;
    int order = (a->count < b->count) - (a->count > b->count);
    return order ? order : str_compare(a->value, b->value);
}

void tally_order(tally *t)
{
    if (t->values.count)
        qsort(t->values.items, t->values.count, sizeof *t->values.items, by_count);
}
