/* Duplicates across files: reading all of them, then one look for the pairs. */
#include <osler/dedupe.h>
#include <osler/formats.h>

#include "base/error.h"
#include "base/memory.h"
#include "match/duplicates.h"
#include "record/record.h"

struct osler_duplicates {
    arena memory, found_memory;
    osler_duplicate_record *records;
    size_t count;
    struct duplicates found;
};

osler_duplicates *osler_duplicates_new(void)
{
    return memory_alloc(sizeof(osler_duplicates));
}

static void add_record(osler_duplicates *d, const char *path, size_t index,
                       const osler_record *record)
{
    osler_record *copy = arena_alloc(&d->memory, sizeof *copy);
    record_copy(&d->memory, copy, record);
    copy->abstract.count = 0;
    osler_duplicate_record *new =
        arena_append(&d->memory, &d->records, &d->count, sizeof *d->records);
    *new = (osler_duplicate_record){path, index, copy->pmid ? copy->pmid : copy->key, copy,
                                    d->count - 1};
}

osler_status osler_duplicates_read(osler_duplicates *d, const char *path, const char *format,
                                   size_t *failed, void (*failed_item)(const osler_error *failure),
                                   osler_error *error)
{
    osler_reader *reader;
    const osler_item *item;
    size_t index = 0;
    osler_status status = osler_reader_open(&reader, path, format, error);
    if (status != OSLER_OK)
        return status;
    for (;;) {
        osler_error failure = {0};
        status = osler_reader_next(reader, &item, &failure);
        if (status == OSLER_END)
            break;
        index++;
        if (status == OSLER_OK && item->kind == OSLER_RECORD)
            add_record(d, path, index, item->record);
        if (status == OSLER_OK)
            continue;
        ++*failed;
        if (failed_item)
            failed_item(&failure);
    }
    osler_reader_close(reader);
    return OSLER_OK;
}

void osler_duplicates_find(osler_duplicates *d)
{
    const osler_record **records = memory_alloc((d->count + 1) * sizeof *records);
    for (size_t i = 0; i < d->count; i++)
        records[i] = d->records[i].record;
    arena_clear(&d->found_memory);
    duplicates_find(&d->found, &d->found_memory, records, d->count);
    for (size_t i = 0; i < d->count; i++)
        d->records[i].first = d->found.groups[i];
    memory_free(records);
}

const osler_duplicate_record *osler_duplicates_records(const osler_duplicates *d, size_t *count)
{
    *count = d->count;
    return d->records;
}

const osler_duplicate_pair *osler_duplicates_pairs(const osler_duplicates *d, size_t *count)
{
    *count = d->found.count;
    return d->found.pairs;
}

void osler_duplicates_close(osler_duplicates *d)
{
    if (!d)
        return;
    arena_free(&d->memory);
    arena_free(&d->found_memory);
    memory_free(d);
}
