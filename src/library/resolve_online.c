/* Resolving a whole list with the help of PubMed and Crossref: what the library has not is asked
 * for, and compared. */
#include "base/error.h"
#include "base/limits.h"
#include "base/memory.h"
#include "library/crossref_records.h"
#include "library/online.h"
#include "library/resolver.h"
#include "match/match.h"
#include "record/record.h"

/* A reference, and what PubMed offers for it. */
struct listed {
    const osler_record *record;
    struct offered *offered; /* NULL: not asked for, or not answered */
};

/* Where a record of Crossref's goes. */
struct crossref_wish {
    struct offered *offered;
    arena *memory;
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

static osler_status keep_crossref(void *context, const osler_record *record, str original,
                                  osler_error *error)
{
    struct offered *offered = ((struct crossref_wish *)context)->offered;
    arena *memory = ((struct crossref_wish *)context)->memory;
    (void)original, (void)error;
    if (offered->count == OFFERED_MOST)
        return OSLER_OK;
    osler_record *copy = arena_alloc(memory, sizeof *copy);
    record_copy(memory, copy, record);
    offered->items[offered->count++] = copy;
    return OSLER_OK;
}

/* Whether a record of PubMed is likely the reference: then nobody else is asked. */
static bool is_in_pubmed(const osler_record *reference, const struct offered *offered)
{
    arena scratch = {0};
    bool likely = false;
    for (size_t i = 0; i < offered->count && !likely; i++) {
        struct match_comparison pair;
        match_compare(&pair, &scratch, reference, offered->items[i]);
        likely = pair.score >= CROSSREF_LIKELY;
    }
    arena_free(&scratch);
    return likely;
}

/* Crossref, for the DOIs of what PubMed lacks. */
static osler_status ask_crossref(osler_online_list *list, osler_progress_callback progress,
                                 void *context, osler_error *error)
{
    crossref_session session = {.progress = progress, .context = context};
    osler_status status = OSLER_OK;
    for (size_t i = 0; status == OSLER_OK && i < list->wanted_count; i++) {
        const osler_record *reference = list->wanted[i].record;
        struct crossref_wish wish = {&list->offered[i], &list->memory};
        if (!list->wanted[i].answered || !reference->doi ||
            is_in_pubmed(reference, &list->offered[i]))
            continue;
        status = crossref_session_ask(&session, reference->doi, keep_crossref, &wish, error);
        if (status == OSLER_ENOTFOUND)
            status = OSLER_OK;
    }
    crossref_session_end(&session);
    return status;
}

static void keep_offered(void *context, size_t reference, const osler_record *record)
{
    osler_online_list *list = context;
    struct offered *offered = &list->offered[reference];
    if (offered->count == OFFERED_MOST - 1) /* a place is kept for Crossref's */
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
    if (status == OSLER_OK)
        status = ask_crossref(list, progress, context, error);
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
