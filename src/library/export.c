/* Works of the library as one text in an output format. */
#include "library/library.h"

#include "base/buf.h"
#include "base/error.h"
#include "base/memory.h"
#include "formats/outgoing.h"
#include "record/cited.h"
#include "record/record.h"
#include "store/own.h"

#include <osler/export.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { PART = 64 /* works that are handed on together */ };

/* A work that is to be written. */
struct chosen {
    const char *id;
    size_t place; /* in the order in which works came */
};

struct osler_export {
    osler_library *library;
    osler_export_options options;
    struct outgoing outgoing;
    arena ids;
    struct chosen *chosen;
    size_t count, next;
    bool begun, ended, interrupted;
    arena scratch;
    buf text;
    arena keys; /* citation keys that have been written */
    const char **slots;
    size_t key_count, width; /* of `slots`; a power of two */
    osler_export_report report;
    struct carried_tally tally;
    osler_left_out *left_out;
};

osler_status osler_export_open(osler_export **out, osler_library *library,
                               const osler_export_options *options, osler_error *error)
{
    *out = NULL;
    osler_export *e = memory_alloc(sizeof *e);
    osler_status status = outgoing_open(&e->outgoing, options->to, options->profile, error);
    if (status != OSLER_OK) {
        memory_free(e);
        return status;
    }
    e->library = library;
    e->options = *options;
    e->width = 64;
    e->slots = memory_alloc(e->width * sizeof *e->slots);
    e->left_out = memory_alloc(CARRIED_ROWS_MOST * sizeof *e->left_out);
    *out = e;
    return OSLER_OK;
}

void osler_export_close(osler_export *e)
{
    if (!e)
        return;
    arena_free(&e->ids);
    arena_free(&e->keys);
    arena_free(&e->scratch);
    buf_free(&e->text);
    memory_free(e->slots);
    memory_free(e->left_out);
    memory_free(e);
}

static void choose(osler_export *e, const char *id)
{
    size_t place = e->count;
    struct chosen *chosen = arena_append(&e->ids, &e->chosen, &e->count, sizeof *chosen);
    *chosen = (struct chosen){arena_copy(&e->ids, str_of(id)), place};
}

osler_status osler_export_add(osler_export *e, const char *id, osler_error *error)
{
    osler_citation *citation;
    osler_status status = osler_library_get(e->library, id, &citation, error);
    if (status != OSLER_OK)
        return status;
    if (citation->deleted)
        status = fail(error, OSLER_ENOTFOUND, 0, "'%s' was deleted by PubMed", id);
    else
        choose(e, citation->id);
    osler_citation_free(citation);
    return status;
}

osler_status osler_export_add_query(osler_export *e, const char *query, uint64_t *found,
                                    void (*notes)(void *context, const char *sentence),
                                    void *context, osler_error *error)
{
    osler_find_result *result;
    osler_find_options how = {.limit = e->options.limit, .ids_only = true};
    how.order = e->options.order == OSLER_EXPORT_BY_DATE ? OSLER_FIND_DATE : OSLER_FIND_RELEVANCE;
    *found = 0;
    osler_status status = osler_find(&result, e->library, query, &how, error);
    if (status != OSLER_OK)
        return status;
    *found = result->count;
    for (size_t i = 0; notes && i < result->notes.count; i++)
        notes(context, result->notes.items[i]);
    for (size_t i = 0; i < result->results.count; i++)
        choose(e, result->results.items[i].id);
    osler_find_result_free(result);
    return OSLER_OK;
}

/* PMIDs by number, before what has none. */
static int by_id(const void *one, const void *two)
{
    const struct chosen *a = one, *b = two;
    size_t x = strlen(a->id), y = strlen(b->id);
    bool digits = char_is_digit(*a->id), others = char_is_digit(*b->id);
    int order = digits != others ? (digits ? -1 : 1) : (x > y) - (x < y);
    order = order ? order : strcmp(a->id, b->id);
    return order ? order : (a->place > b->place) - (a->place < b->place);
}

static int by_place(const void *one, const void *two)
{
    const struct chosen *a = one, *b = two;
    return (a->place > b->place) - (a->place < b->place);
}

/* Each work once, in the order asked for. */
static void arrange(osler_export *e)
{
    size_t kept = 0;
    if (!e->count)
        return;
    qsort(e->chosen, e->count, sizeof *e->chosen, by_id);
    for (size_t i = 0; i < e->count; i++)
        if (!kept || strcmp(e->chosen[kept - 1].id, e->chosen[i].id) != 0)
            e->chosen[kept++] = e->chosen[i];
    e->count = kept;
    if (e->options.order != OSLER_EXPORT_BY_PMID)
        qsort(e->chosen, e->count, sizeof *e->chosen, by_place);
}

static bool has_flag(const osler_appraisal *appraisal, const char *name)
{
    for (size_t i = 0; i < appraisal->flags.count; i++)
        if (strcmp(appraisal->flags.items[i].name, name) == 0)
            return true;
    return false;
}

/* A copy of a list with one more item, zeroed at its end. */
static void *with_one_more(arena *memory, const void *items, size_t *count, size_t size)
{
    char *more = arena_alloc(memory, (*count + 1) * size);
    if (*count)
        memcpy(more, items, *count * size);
    ++*count;
    return more;
}

/* What only the library knows: a notice says that the work is retracted, or of concern. */
static void mark(osler_export *e, osler_record *record, const osler_appraisal *appraisal)
{
    const char *known = cited_mark(record);
    bool retracted = has_flag(appraisal, "retracted") || has_flag(appraisal, "withdrawn");
    e->report.marked += retracted;
    if (retracted && (!known || strcmp(known, "RETRACTED: ") != 0)) {
        osler_publication_type_list *types = &record->publication_types;
        types->items =
            with_one_more(&e->scratch, types->items, &types->count, sizeof *types->items);
        types->items[types->count - 1] = (osler_publication_type){.name = "Retracted Publication"};
    } else if (!known && has_flag(appraisal, "concern")) {
        osler_correction_list *links = &record->corrections;
        links->items =
            with_one_more(&e->scratch, links->items, &links->count, sizeof *links->items);
        links->items[links->count - 1] = (osler_correction){.type = "ExpressionOfConcernIn"};
    }
}

/* The slot of a key: where it stands, or the free one where it would. */
static size_t slot_of(const osler_export *e, str key)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < key.length; i++)
        hash = (hash ^ (unsigned char)char_lower(key.data[i])) * UINT64_C(1099511628211);
    size_t slot = (size_t)(hash ^ hash >> 29) & (e->width - 1);
    while (e->slots[slot] && !str_equal_ignoring_case(str_of(e->slots[slot]), key))
        slot = (slot + 1) & (e->width - 1);
    return slot;
}

static void widen(osler_export *e)
{
    const char **before = e->slots;
    size_t width = e->width;
    e->width *= 2;
    e->slots = memory_alloc(e->width * sizeof *e->slots);
    for (size_t i = 0; i < width; i++)
        if (before[i])
            e->slots[slot_of(e, str_of(before[i]))] = before[i];
    memory_free(before);
}

/* A key that another work of this text has already: "roe2019", then "roe2019-2". */
static void make_unique(osler_export *e, osler_record *record)
{
    buf key = {0};
    if (!record->key)
        return;
    buf_add_text(&key, record->key);
    for (unsigned n = 2; e->slots[slot_of(e, buf_str(&key))]; n++) {
        buf_clear(&key);
        buf_printf(&key, "%s-%u", record->key, n);
    }
    const char *kept = arena_copy(&e->keys, buf_str(&key));
    e->slots[slot_of(e, buf_str(&key))] = kept;
    record->key = kept;
    buf_free(&key);
    if (++e->key_count * 2 > e->width)
        widen(e);
}

/* The key that the user has the work go by (osler_library_set_key()), before the one it came with.
 */
static osler_status use_key(osler_export *e, const char *id, osler_record *record,
                            osler_error *error)
{
    int64_t citation;
    const char *key = NULL;
    store *s = e->library->store;
    osler_status status = store_lookup(s, id, &citation, NULL);
    if (status == OSLER_OK)
        status = own_get_key(s, &e->scratch, citation, &key, error);
    else if (status == OSLER_ENOTFOUND) /* it is of a library beside */
        status = OSLER_OK;
    if (key)
        record->key = key;
    return status;
}

static osler_status write_one(osler_export *e, const char *id, osler_error *error)
{
    osler_citation *citation;
    osler_status status = osler_library_get(e->library, id, &citation, error);
    if (status != OSLER_OK) {
        e->report.failed++;
        return status;
    }
    osler_record record = *citation->record;
    arena_clear(&e->scratch);
    status = use_key(e, citation->id, &record, error);
    if (status != OSLER_OK) {
        osler_citation_free(citation);
        e->report.failed++;
        return status;
    }
    mark(e, &record, citation->appraisal);
    make_unique(e, &record);
    outgoing_write(&e->outgoing, &e->scratch, &e->text, &record, &e->tally);
    e->report.written++;
    osler_citation_free(citation);
    return OSLER_OK;
}

static osler_status go_on(osler_export *e, osler_error *error)
{
    osler_progress progress = {.what = "export", .done = e->next, .total = e->count};
    if (e->interrupted ||
        (e->options.progress && !e->options.progress(e->options.context, &progress))) {
        e->interrupted = true;
        return fail(error, OSLER_EINTERRUPTED, 0, "interrupted");
    }
    return OSLER_OK;
}

/* The works of one part; the first has nothing before it. */
static osler_status write_part(osler_export *e, const char **text, size_t *length,
                               osler_error *error)
{
    osler_status status = OSLER_OK;
    const char *between = e->outgoing.writer->between;
    size_t skipped = !e->report.written && between ? strlen(between) : 0;
    buf_clear(&e->text);
    for (int i = 0; i < PART && e->next < e->count; i++) {
        status = write_one(e, e->chosen[e->next].id, error);
        if (status != OSLER_OK && e->text.length) {
            e->report.failed--; /* it is told by the next call, when its turn comes again */
            break;
        }
        e->next++;
        if (status != OSLER_OK)
            return status;
    }
    *text = e->text.data + skipped;
    *length = e->text.length - skipped;
    return OSLER_OK;
}

/* A part of the text that is the document's own; false when it has no such part. */
static bool give(const char *part, const char **text, size_t *length)
{
    *text = part;
    *length = part ? strlen(part) : 0;
    return *length > 0;
}

osler_status osler_export_next(osler_export *e, const char **text, size_t *length,
                               osler_error *error)
{
    give(NULL, text, length);
    osler_status status = go_on(e, error);
    if (status != OSLER_OK)
        return status;
    if (!e->begun) {
        e->begun = true;
        arrange(e);
        if (give(e->outgoing.writer->head, text, length))
            return OSLER_OK;
    }
    if (e->next < e->count)
        return write_part(e, text, length, error);
    if (!e->ended) {
        e->ended = true;
        if (give(e->outgoing.writer->tail, text, length))
            return OSLER_OK;
    }
    return OSLER_END;
}

osler_export_report osler_export_get_report(const osler_export *e)
{
    osler_export_report report = e->report;
    report.left_out.items = e->left_out;
    report.left_out.count = carried_tell(&e->tally, e->left_out);
    return report;
}
