/* Citation styles for others: listed, described, checked. */
#include "base/arena.h"
#include "base/error.h"
#include "base/memory.h"
#include "style/catalogue.h"
#include "style/file.h"

#include <osler/style.h>
#include <stdlib.h>
#include <string.h>

struct style_listing {
    osler_style_list list; /* first: what the caller holds */
    arena memory;
};

osler_status osler_style_find_all(osler_style_list **out, const char *words, osler_error *error)
{
    struct style_listing *listing = memory_alloc(sizeof *listing);
    const struct style_entry *entries;
    size_t count;
    *out = NULL;
    osler_status status = style_list(&listing->memory, &entries, &count, words, error);
    if (status != OSLER_OK) {
        osler_style_list_free(&listing->list);
        return status;
    }
    osler_style_entry *items = arena_alloc(&listing->memory, (count + 1) * sizeof *items);
    for (size_t i = 0; i < count; i++)
        items[i] = (osler_style_entry){
            .name = entries[i].name,
            .title = entries[i].title,
            .path = entries[i].path,
            .parent = entries[i].parent,
            .format = entries[i].format,
            .field = entries[i].field,
        };
    listing->list = (osler_style_list){items, count};
    *out = &listing->list;
    return OSLER_OK;
}

void osler_style_list_free(osler_style_list *list)
{
    struct style_listing *listing = (void *)list;
    if (!listing)
        return;
    arena_free(&listing->memory);
    memory_free(listing);
}

struct shown_style {
    osler_style style; /* first: what the caller holds */
    struct style *read;
};

/* What the lower of two levels says of names holds. */
static unsigned said_number(const struct style *style, uint32_t said, size_t place)
{
    const struct name_options *levels[] = {&style->bibliography.names, &style->names};
    for (unsigned i = 0; i < 2; i++)
        if (levels[i]->said & said)
            return *(const unsigned *)(const void *)((const char *)levels[i] + place);
    return 0;
}

osler_status osler_style_get(osler_style **out, const char *name, osler_error *error)
{
    struct style *style;
    *out = NULL;
    osler_status status = style_find(&style, name, NULL, NULL, error);
    if (status != OSLER_OK)
        return status;
    struct shown_style *shown = memory_alloc(sizeof *shown);
    shown->read = style;
    shown->style = (osler_style){
        .title = style->title,
        .short_title = style->title_short,
        .id = style->id,
        .format = style->citation_format,
        .language = style->default_locale,
        .is_note = style->is_note,
        .has_bibliography = style->bibliography.present,
        .et_al_min = said_number(style, NAME_ET_AL_MIN, offsetof(struct name_options, et_al_min)),
        .et_al_use_first = said_number(style, NAME_ET_AL_USE_FIRST,
                                       offsetof(struct name_options, et_al_use_first)),
    };
    *out = &shown->style;
    return OSLER_OK;
}

void osler_style_free(osler_style *style)
{
    struct shown_style *shown = (void *)style;
    if (!shown)
        return;
    style_free(shown->read);
    memory_free(shown);
}

/* Complaints are heard part by part of the style, and told by line. */
struct hearing {
    arena memory;
    struct heard {
        osler_error complaint;
        size_t place;
    } * items;
    size_t count;
};

static void hear(void *context, const osler_error *complaint)
{
    enum { MOST = 10000 };
    struct hearing *hearing = context;
    if (hearing->count == MOST)
        return;
    size_t place = hearing->count;
    struct heard *heard =
        arena_append(&hearing->memory, &hearing->items, &hearing->count, sizeof *heard);
    *heard = (struct heard){*complaint, place};
}

static int by_source_and_line(const void *a, const void *b)
{
    const struct heard *x = a, *y = b;
    int order = strcmp(x->complaint.source, y->complaint.source);
    if (order)
        return order;
    if (x->complaint.line != y->complaint.line)
        return x->complaint.line < y->complaint.line ? -1 : 1;
    return (x->place > y->place) - (x->place < y->place);
}

osler_status osler_style_check(const char *name,
                               void (*complained)(void *context, const osler_error *complaint),
                               void *context, osler_error *error)
{
    struct hearing hearing = {0};
    struct style *style = NULL;
    buf xml = {0};
    osler_status status;
    if (strcmp(name, "-") == 0) {
        status = file_read(&xml, name, error);
        if (status == OSLER_OK)
            status = style_read(&style, buf_str(&xml), "standard input", hear, &hearing, error);
    } else {
        status = style_find(&style, name, hear, &hearing, error);
    }
    if (hearing.count)
        qsort(hearing.items, hearing.count, sizeof *hearing.items, by_source_and_line);
    for (size_t i = 0; i < hearing.count && complained; i++)
        complained(context, &hearing.items[i].complaint);
    buf_free(&xml);
    style_free(style);
    arena_free(&hearing.memory);
    return status;
}
