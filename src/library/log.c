/* The journal of what users changed, and taking it back. */
#include "library/own.h"

#include "base/memory.h"
#include "record/record.h"

#include <osler/own.h>

/* The result and the memory of all it holds. */
struct owned {
    osler_log log; /* first: the two share an address */
    arena memory;
};

osler_status osler_library_log(osler_library *library, size_t most, osler_log **out,
                               osler_error *error)
{
    struct own_steps steps;
    struct owned *o = memory_alloc(sizeof *o);
    *out = &o->log;
    osler_status status = own_get_steps(library->store, &o->memory, most, &steps, error);
    if (status != OSLER_OK) {
        osler_log_free(*out);
        *out = NULL;
        return status;
    }
    o->log.steps = arena_alloc(&o->memory, (steps.count + 1) * sizeof *o->log.steps);
    o->log.step_count = steps.count;
    for (size_t i = 0; i < steps.count; i++) {
        const struct own_step_row *row = &steps.items[i];
        o->log.steps[i] = (osler_step){(uint64_t)row->id,     row->made,
                                       row->summary,          (uint64_t)row->changes,
                                       (uint64_t)row->undoes, (uint64_t)row->undone};
    }
    return OSLER_OK;
}

static osler_status fill_changes(osler_library *library, struct owned *o, int64_t step,
                                 osler_error *error)
{
    struct own_change_list changes;
    osler_status status = own_get_changes(library->store, &o->memory, step, &changes, error);
    if (status != OSLER_OK)
        return status;
    o->log.changes = arena_alloc(&o->memory, (changes.count + 1) * sizeof *o->log.changes);
    for (size_t i = 0; status == OSLER_OK && i < changes.count; i++) {
        const struct own_change *row = &changes.items[i];
        osler_step_change *change = &o->log.changes[o->log.change_count++];
        *change = (osler_step_change){
            .what = row->kind, .subject = row->subject, .before = row->before, .after = row->after};
        if (row->citation)
            status = own_get_id(library, &o->memory, row->citation, &change->id, error);
    }
    return status;
}

osler_status osler_library_log_step(osler_library *library, uint64_t step, osler_log **out,
                                    osler_error *error)
{
    struct owned *o = memory_alloc(sizeof *o);
    *out = &o->log;
    osler_status status = store_begin_reading(library->store, error);
    if (status == OSLER_OK)
        status = fill_changes(library, o, (int64_t)step, error);
    store_rollback(library->store);
    if (status != OSLER_OK) {
        osler_log_free(*out);
        *out = NULL;
    }
    return status;
}

void osler_log_free(osler_log *log)
{
    struct owned *o = (struct owned *)log;
    if (!o)
        return;
    arena_free(&o->memory);
    memory_free(o);
}

osler_status osler_library_undo(osler_library *library, uint64_t *step, osler_error *error)
{
    int64_t number = (int64_t)*step;
    osler_status status = store_begin(library->store, error);
    if (status == OSLER_OK)
        status = own_undo(library->store, &number, error);
    *step = (uint64_t)number;
    return own_finish(library, status, true, error);
}
