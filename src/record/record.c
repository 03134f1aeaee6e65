/* Building records, and the questions everyone asks of them. */
#include "record/record.h"

#include "record/pack.h"

#include <string.h>

const char *record_text(arena *memory, str s)
{
    s = str_trim(s);
    return s.length ? arena_copy(memory, s) : NULL;
}

void record_add_text(arena *memory, osler_text_list *list, str s)
{
    s = str_trim(s);
    if (s.length)
        *(const char **)arena_append(memory, &list->items, &list->count, sizeof *list->items) =
            arena_copy(memory, s);
}

void record_copy(arena *memory, osler_record *to, const osler_record *from)
{
    buf packed = {0};
    record_pack(&packed, from);
    /* What was packed a moment ago unpacks. */
    osler_status status = record_unpack(memory, to, buf_str(&packed), NULL);
    (void)status;
    buf_free(&packed);
}

const osler_date *osler_record_date(const osler_record *record, const char *kind)
{
    for (size_t i = 0; i < record->dates.count; i++)
        if (record->dates.items[i].kind && strcmp(record->dates.items[i].kind, kind) == 0)
            return &record->dates.items[i];
    return NULL;
}

int osler_record_year(const osler_record *record)
{
    const osler_date *date = osler_record_date(record, "issued");
    if (!date || !date->year)
        date = osler_record_date(record, "epublished");
    return date ? date->year : 0;
}

const osler_name *osler_record_next_name(const osler_record *record, const char *role,
                                         const osler_name *previous)
{
    size_t start = previous ? (size_t)(previous - record->names.items) + 1 : 0;
    for (size_t i = start; i < record->names.count; i++) {
        const osler_name *name = &record->names.items[i];
        if (!name->superseded && name->role && strcmp(name->role, role) == 0)
            return name;
    }
    return NULL;
}

/* PubMed prints this when a publisher sent no English title. */
static bool says_nothing(const char *title)
{
    return !title || !*title || strcmp(title, "[Not Available].") == 0 ||
           strcmp(title, "[Not Available]") == 0;
}

const char *osler_record_title(const osler_record *record)
{
    if (!says_nothing(record->title))
        return record->title;
    if (record->vernacular_title)
        return record->vernacular_title;
    return record->title ? record->title : record->book_title;
}
