/* Resolving a whole list with PubMed's help: what the library has not is asked for, and compared.
 */
#include "base/error.h"
#include "base/limits.h"
#include "base/memory.h"
#include "library/online.h"
#include "library/resolver.h"
#include "record/record.h"

/* A reference, and what PubMed offers for it. */
struct listed {
    const osler_record *record;
    struct offered *offered; /* NULL: not asked for, or not answered */
};

struct osler_online_list {
    osler_resolver *resolver;
    struct listed *items;
    size_t count, next;
    struct online_reference *wanted; /* those that are asked for */
    struct offered *offered;         /* beside each */
    size_t *places;                  /* beside each: its place in the list */
    size_t wanted_count;
    arena memory;
};

void osler_online_list_new(osler_online_list **out, osler_resolver *resolver)
{
    *out = memory_alloc(sizeof **out);
    (*out)->resolver = resolver;
}

void osler_online_list_free(osler_online_list *list)
{
    if (!list)
        return;
    arena_free(&list->memory);
    memory_free(list);
}

osler_status osler_online_list_add(osler_online_list *list, const osler_record *reference,
                                   osler_error *error)
{
    if (list->count == LIMIT_LIST)
        return fail(error, OSLER_ELIMIT, 0, "more than %d references at once", LIMIT_LIST);
    osler_record *record = arena_alloc(&list->memory, sizeof *record);
    record_copy(&list->memory, record, reference);
    struct listed *one = RECORD_ADD(&list->memory, list);
    *one = (struct listed){.record = record};
    return OSLER_OK;
}

static osler_status gather_wanted(osler_online_list *list, osler_error *error)
{
    size_t room = list->count + 1;
    list->wanted = arena_alloc(&list->memory, room * sizeof *list->wanted);
    list->places = arena_alloc(&list->memory, room * sizeof *list->places);
    for (size_t i = 0; i < list->count; i++) {
        const osler_resolution *found;
        osler_status status = osler_resolve(list->resolver, list->items[i].record, &found, error);
        if (status != OSLER_OK)
            return status;
        if (found->verdict != OSLER_NOT_IN_LIBRARY)
            continue;
        list->places[list->wanted_count] = i;
        list->wanted[list->wanted_count++].record = list->items[i].record;
    }
    room = list->wanted_count + 1;
    list->offered = arena_alloc(&list->memory, room * sizeof *list->offered);
    return OSLER_OK;
}

static void keep_offered(void *context, size_t reference, const osler_record *record)
{
    osler_online_list *list = context;
    struct offered *offered = &list->offered[reference];
    if (offered->count == OFFERED_MOST)
        return;
    osler_record *copy = arena_alloc(&list->memory, sizeof *copy);
    record_copy(&list->memory, copy, record);
    offered->items[offered->count++] = copy;
}

osler_status osler_online_list_ask(osler_online_list *list, osler_progress_callback progress,
                                   void *context, osler_error *error)
{
    struct online_asker asker = {progress, context, keep_offered, list};
    list->next = list->wanted_count = 0;
    osler_status status = gather_wanted(list, error);
    if (status == OSLER_OK)
        status = online_ask(list->wanted, list->wanted_count, &asker, error);
    for (size_t i = 0; i < list->wanted_count; i++)
        if (list->wanted[i].answered)
            list->items[list->places[i]].offered = &list->offered[i];
    return status;
}

osler_status osler_online_list_next(osler_online_list *list, const osler_record **reference,
                                    const osler_resolution **out, bool *answered,
                                    osler_error *error)
{
    if (list->next == list->count)
        return OSLER_END;
    const struct listed *one = &list->items[list->next++];
    *reference = one->record;
    *answered = one->offered;
    osler_status status = osler_resolve(list->resolver, one->record, out, error);
    if (status == OSLER_OK && one->offered)
        status = resolver_consider(list->resolver, one->record, one->offered, error);
    return status;
}
