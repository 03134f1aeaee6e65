/* Reading, renaming and removing lists of references. */
#include "store/lists.h"

#include "base/memory.h"
#include "library/own.h"
#include "record/record.h"

#include <osler/lists.h>
#include <string.h>

/* The result and the memory of all it holds. */
struct owned {
    osler_lists lists; /* first: the two share an address */
    arena memory;
};

static osler_status fill_lists(osler_library *library, struct owned *o, int64_t list,
                               osler_error *error)
{
    struct lists_rows rows;
    osler_status status = lists_get_all(library->store, &o->memory, list, &rows, error);
    if (status != OSLER_OK)
        return status;
    o->lists.items = arena_alloc(&o->memory, (rows.count + 1) * sizeof *o->lists.items);
    o->lists.count = rows.count;
    for (size_t i = 0; i < rows.count; i++) {
        const struct lists_row *row = &rows.items[i];
        o->lists.items[i] = (osler_list){row->name, row->made, row->source, (uint64_t)row->entries,
                                         (uint64_t)row->resolved};
    }
    return OSLER_OK;
}

/* "year\t2005\t2006", one a line. */
static void read_differences(arena *memory, osler_difference_list *out, const char *text)
{
    str rest = str_of(text), line;
    while (str_next_line(&rest, &line)) {
        str field = {"", 0}, given = {"", 0};
        str_next_field(&line, '\t', &field);
        str_next_field(&line, '\t', &given);
        osler_difference *d = RECORD_ADD(memory, out);
        *d = (osler_difference){arena_copy(memory, field), arena_copy(memory, given),
                                arena_copy(memory, line)};
    }
}

static osler_status fill_entry(osler_library *library, arena *memory,
                               const struct lists_entry *from, osler_list_entry *to,
                               osler_error *error)
{
    *to = (osler_list_entry){
        .position = from->position,
        .number = from->number,
        .text = from->text,
        .remark = from->remark,
        .verdict = from->verdict,
        .record = from->record,
    };
    if (from->differences)
        read_differences(memory, &to->differences, from->differences);
    if (!from->citation)
        return OSLER_OK;
    store_citation *citation = arena_alloc(memory, sizeof *citation);
    osler_status status = store_get(library->store, memory, from->citation, citation, error);
    to->id = citation->name;
    to->flags = citation->appraisal.flags;
    if (!to->record)
        to->record = &citation->record;
    return status;
}

static osler_status fill_entries(osler_library *library, struct owned *o, int64_t list,
                                 osler_error *error)
{
    struct lists_entries entries;
    osler_status status = lists_get(library->store, &o->memory, list, &entries, error);
    if (status != OSLER_OK)
        return status;
    o->lists.entries = arena_alloc(&o->memory, (entries.count + 1) * sizeof *o->lists.entries);
    o->lists.entry_count = entries.count;
    for (size_t i = 0; status == OSLER_OK && i < entries.count; i++)
        status = fill_entry(library, &o->memory, &entries.items[i], &o->lists.entries[i], error);
    return status;
}

static osler_status finish_reading(osler_library *library, osler_status status, osler_lists **out)
{
    store_rollback(library->store);
    if (status != OSLER_OK) {
        osler_lists_free(*out);
        *out = NULL;
    }
    return status;
}

osler_status osler_library_lists(osler_library *library, osler_lists **out, osler_error *error)
{
    struct owned *o = memory_alloc(sizeof *o);
    *out = &o->lists;
    osler_status status = store_begin_reading(library->store, error);
    if (status == OSLER_OK)
        status = fill_lists(library, o, 0, error);
    return finish_reading(library, status, out);
}

osler_status osler_library_list(osler_library *library, const char *name, osler_lists **out,
                                osler_error *error)
{
    int64_t list = 0;
    struct owned *o = memory_alloc(sizeof *o);
    *out = &o->lists;
    osler_status status = store_begin_reading(library->store, error);
    if (status == OSLER_OK)
        status = lists_find(library->store, name, &list, error);
    if (status == OSLER_OK)
        status = fill_lists(library, o, list, error);
    if (status == OSLER_OK)
        status = fill_entries(library, o, list, error);
    return finish_reading(library, status, out);
}

void osler_lists_free(osler_lists *lists)
{
    struct owned *o = (struct owned *)lists;
    if (!o)
        return;
    arena_free(&o->memory);
    memory_free(o);
}

osler_status osler_library_rename_list(osler_library *library, const char *name, const char *to,
                                       osler_error *error)
{
    int64_t list;
    buf summary = {0};
    buf_printf(&summary, "list rename %s %s", name, to);
    osler_status status = own_start(library, buf_text(&summary), error);
    if (status == OSLER_OK)
        status = lists_find(library->store, name, &list, error);
    if (status == OSLER_OK)
        status = lists_rename(library->store, list, to, error);
    status = own_finish(library, status, true, error);
    buf_free(&summary);
    return status;
}

osler_status osler_library_remove_list(osler_library *library, const char *name, osler_error *error)
{
    int64_t list;
    buf summary = {0};
    buf_printf(&summary, "list rm %s", name);
    osler_status status = own_start(library, buf_text(&summary), error);
    if (status == OSLER_OK)
        status = lists_find(library->store, name, &list, error);
    if (status == OSLER_OK)
        status = lists_remove(library->store, list, error);
    status = own_finish(library, status, true, error);
    buf_free(&summary);
    return status;
}
