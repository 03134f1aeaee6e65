/* The order of the bibliography and of the cites in a citation: keys, collated once by ICU. */
#include "base/memory.h"
#include "style/document.h"
#include <stdlib.h>
#include <unicode/ucol.h>
#include <unicode/ustring.h>

/* What makes keys comparable byte by byte. */
struct collation {
    UCollator *collator; /* NULL: ICU has none; keys are compared as they are */
    UChar *units;
    int32_t capacity;
};

/* Cases are the same to CSL; accents are not. */
static struct collation *collation_of(processor *p)
{
    UErrorCode code = U_ZERO_ERROR;

    if (p->collation)
        return p->collation;
    p->collation = memory_alloc(sizeof *p->collation);
    p->collation->collator = ucol_open(p->locale->language, &code);
    if (U_FAILURE(code)) {
        p->collation->collator = NULL;
        return p->collation;
    }
    ucol_setStrength(p->collation->collator, UCOL_SECONDARY);
    return p->collation;
}

void sorting_free(processor *p)
{
    if (!p->collation)
        return;
    if (p->collation->collator)
        ucol_close(p->collation->collator);
    memory_free(p->collation->units);
    memory_free(p->collation);
}

/* The key of `text` in `memory`; empty for an empty text alone. */
static str collate(struct collation *collation, arena *memory, str text)
{
    UErrorCode code = U_ZERO_ERROR;
    int32_t length = 0;

    if (!text.length || !collation->collator)
        return (str){arena_copy(memory, text), text.length};
    if (collation->capacity < (int32_t)text.length) {
        collation->capacity = (int32_t)text.length * 2;
        collation->units =
            memory_resize(collation->units, (size_t)collation->capacity * sizeof(UChar));
    }
    u_strFromUTF8(collation->units, collation->capacity, &length, text.data, (int32_t)text.length,
                  &code);
    if (U_FAILURE(code))
        return (str){arena_copy(memory, text), text.length};

    uint8_t small[512];
    int32_t size =
        ucol_getSortKey(collation->collator, collation->units, length, small, sizeof small);
    uint8_t *key = arena_room(memory, (size_t)size + 1);
    if (size <= (int32_t)sizeof small)
        memcpy(key, small, (size_t)size);
    else
        ucol_getSortKey(collation->collator, collation->units, length, key, size);
    return (str){(char *)key, (size_t)size};
}

/* The keys of `work` in `area`; a citation number's stays empty, numbers are compared as such. */
static const str *make_keys(processor *p, const struct area *area, const struct work *work,
                            arena *memory)
{
    str *keys = arena_alloc(memory, (area->key_count + 1) * sizeof *keys);
    struct render r;

    for (size_t i = 0; i < area->key_count; i++) {
        if (area->keys[i].variable == VARIABLE_CITATION_NUMBER)
            continue;
        document_render_begin(&r, p, area, work, &p->scratch);
        keys[i] = collate(collation_of(p), memory, render_sort_key(&r, &area->keys[i]));
    }
    arena_clear(&p->scratch);
    return keys;
}

/* Something to be sorted. */
struct sorted {
    const struct area *area;
    const str *keys;
    size_t number; /* citation number, or order of citation */
    size_t place;  /* before sorting */
    const void *what;
};

static int compare_numbers(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

static int compare(const void *left, const void *right)
{
    const struct sorted *a = left, *b = right;
    const struct area *area = a->area;

    for (size_t i = 0; i < area->key_count; i++) {
        int sign = area->keys[i].descending ? -1 : 1;
        if (area->keys[i].variable == VARIABLE_CITATION_NUMBER) {
            int order = compare_numbers(a->number, b->number);
            if (order)
                return sign * order;
            continue;
        }
        if (!a->keys[i].length != !b->keys[i].length)
            return a->keys[i].length ? -1 : 1;
        int order = str_compare(a->keys[i], b->keys[i]);
        if (order)
            return sign * order;
    }
    return compare_numbers(a->place, b->place);
}

/* True when the one key that counts is a descending citation number. */
static bool counts_down(const struct area *area)
{
    return area->key_count && area->keys[0].variable == VARIABLE_CITATION_NUMBER &&
           area->keys[0].descending;
}

void sorting_bibliography(processor *p)
{
    const struct area *area = &p->style->bibliography;
    size_t count = p->sorted_count;

    if (area->key_count && count) {
        struct sorted *list = memory_alloc(count * sizeof *list);
        for (size_t i = 0; i < count; i++) {
            struct work *work = p->sorted[i];
            work->number = (unsigned)work->order;
            if (!work->keys)
                work->keys = make_keys(p, area, work, &p->memory);
            list[i] = (struct sorted){area, work->keys, work->order, i, work};
        }
        qsort(list, count, sizeof *list, compare);
        for (size_t i = 0; i < count; i++)
            p->sorted[i] = (struct work *)list[i].what;
        memory_free(list);
    }
    for (size_t i = 0; i < count; i++)
        p->sorted[i]->number = (unsigned)(counts_down(area) ? count - i : i + 1);
}

void sorting_cites(processor *p, const struct placed_cite **cites, size_t count)
{
    const struct area *area = &p->style->citation;
    arena memory = {0};

    if (!area->key_count || count < 2)
        return;
    struct sorted *list = arena_alloc(&memory, count * sizeof *list);
    for (size_t i = 0; i < count; i++)
        list[i] = (struct sorted){area, make_keys(p, area, cites[i]->work, &memory),
                                  cites[i]->work->number, i, cites[i]};
    qsort(list, count, sizeof *list, compare);
    for (size_t i = 0; i < count; i++)
        cites[i] = list[i].what;
    arena_free(&memory);
}
