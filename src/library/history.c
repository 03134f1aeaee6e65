/* The versions of a record, each held against the one that was current before it. */
#include "store/history.h"

#include "base/buf.h"
#include "base/error.h"
#include "base/memory.h"
#include "library/changes.h"
#include "library/history.h"
#include "library/library.h"
#include "record/record.h"

#include <stdio.h>
#include <string.h>

struct owned {
    osler_history history; /* first: the two are freed by one address */
    arena memory;
};

void osler_history_free(osler_history *history)
{
    if (!history)
        return;
    struct owned *owned = (struct owned *)(void *)history;
    arena_free(&owned->memory);
    memory_free(owned);
}

/* ---- Versions ---------------------------------------------------------------------------------
 */

static long day_of(const osler_record *record)
{
    const osler_date *date = osler_record_date(record, "revised");
    return date ? date->year * 10000L + date->month * 100L + date->day : 0;
}

/* True when `record` came although `current` is newer (as store_put() decides it). */
static bool is_older(const osler_record *record, const osler_record *current)
{
    if (record->pmid_version != current->pmid_version)
        return record->pmid_version < current->pmid_version;
    long a = day_of(record), b = day_of(current);
    return a && b && a < b;
}

static const char *day_text(arena *memory, const osler_record *record)
{
    long day = day_of(record);
    char text[64];
    if (!day)
        return NULL;
    snprintf(text, sizeof text, "%04ld-%02ld-%02ld", day / 10000, day / 100 % 100, day % 100);
    return arena_copy(memory, str_of(text));
}

static const char *plain_title(arena *memory, const osler_record *record)
{
    buf text = {0};
    markup_add_text(&text, str_of(osler_record_title(record)));
    const char *copy = arena_copy(memory, buf_str(&text));
    buf_free(&text);
    return copy;
}

static void tell(struct owned *out, const history_versions *versions)
{
    const osler_record *current = NULL;
    osler_history *h = &out->history;
    for (size_t i = 0; i < versions->count; i++) {
        const history_version *v = &versions->items[i];
        osler_version_seen *seen =
            arena_append(&out->memory, &h->items, &h->count, sizeof *h->items);
        *seen = (osler_version_seen){.number = (unsigned)v->number,
                                     .seen = v->started,
                                     .origin = v->name,
                                     .deletion = v->deletion,
                                     .current = v->current,
                                     .has_original = v->has_original};
        if (v->deletion)
            continue;
        seen->status = v->record->status;
        seen->revised = day_text(&out->memory, v->record);
        seen->older = !v->current && current && is_older(v->record, current);
        if (current && !seen->older)
            changes_find(&seen->change, &out->memory, current, v->record);
        if (!seen->older)
            current = v->record;
    }
    h->title = current ? plain_title(&out->memory, current) : "";
}

/* The store that has the record, and its number there. */
static osler_status find(osler_library *library, const char *id, store **s, int64_t *number,
                         osler_error *error)
{
    size_t at = 0;
    osler_status status = store_lookup(library->store, id, number, error);
    while (status == OSLER_ENOTFOUND && ++at < library->count)
        status = store_lookup(library->stores[at], id, number, error);
    *s = library->stores[status == OSLER_OK ? at : 0];
    return status;
}

osler_status osler_library_history(osler_library *library, const char *id, osler_history **out,
                                   osler_error *error)
{
    store *s;
    int64_t number;
    store_citation citation;
    history_versions versions;
    *out = NULL;
    osler_status status = find(library, id, &s, &number, error);
    if (status != OSLER_OK)
        return status;
    struct owned *owned = memory_alloc(sizeof *owned);
    status = store_begin_reading(s, error);
    if (status == OSLER_OK)
        status = store_get(s, &owned->memory, number, &citation, error);
    if (status == OSLER_OK)
        status = history_get(s, &owned->memory, number, &versions, error);
    store_rollback(s);
    if (status != OSLER_OK) {
        osler_history_free(&owned->history);
        return status;
    }
    owned->history.id = arena_copy(&owned->memory, str_of(citation.name));
    tell(owned, &versions);
    *out = &owned->history;
    return OSLER_OK;
}

osler_status osler_library_get_original(osler_library *library, const char *id, unsigned number,
                                        char **bytes, size_t *length, osler_error *error)
{
    store *s;
    int64_t citation;
    buf out = {0};
    *bytes = NULL;
    *length = 0;
    osler_status status = find(library, id, &s, &citation, error);
    if (status == OSLER_OK)
        status = history_get_original(s, citation, number, &out, error);
    if (status == OSLER_OK) {
        *bytes = memory_alloc(out.length + 1);
        *length = out.length;
        if (out.length)
            memcpy(*bytes, out.data, out.length);
    }
    buf_free(&out);
    return status;
}

void osler_history_free_bytes(char *bytes)
{
    memory_free(bytes);
}

/* ---- Differences ------------------------------------------------------------------------------
 */

struct comparison {
    store *s;
    const char *since;
    int64_t origin;
    arena memory;
    bool (*each)(void *context, const osler_difference *difference);
    void *context;
};

/* Whether what this version came from belongs to the time, or the origin, that is asked about. */
static bool is_after(const struct comparison *c, const history_version *v)
{
    return c->origin ? v->origin == c->origin : strcmp(v->started, c->since) >= 0;
}

/* The version that was current before, and the last of all. */
static void find_ends(const struct comparison *c, const history_versions *versions,
                      const history_version **before, const history_version **last)
{
    *before = *last = NULL;
    for (size_t i = 0; i < versions->count; i++) {
        const history_version *v = &versions->items[i];
        if (v->deletion || v->current)
            *last = v;
        if (is_after(c, v))
            continue;
        if (!v->deletion && *before && (*before)->record && is_older(v->record, (*before)->record))
            continue;
        *before = v;
    }
    if (!*last && versions->count)
        *last = &versions->items[versions->count - 1];
}

static osler_status compare_one(struct comparison *c, int64_t id, bool *go_on, osler_error *error)
{
    store_citation citation;
    history_versions versions;
    const history_version *before, *last;
    osler_difference d = {.kind = OSLER_DIFFERENCE_NEW};
    arena_clear(&c->memory);
    osler_status status = store_get(c->s, &c->memory, id, &citation, error);
    if (status == OSLER_OK)
        status = history_get(c->s, &c->memory, id, &versions, error);
    if (status != OSLER_OK)
        return status;
    find_ends(c, &versions, &before, &last);
    d.id = citation.name;
    d.title = plain_title(&c->memory, &citation.record);
    d.when = last ? last->started : citation.origin_date;
    if (citation.deleted)
        d.kind = OSLER_DIFFERENCE_DELETED;
    else if (before && before->record)
        d.kind = OSLER_DIFFERENCE_CHANGED;
    if (d.kind == OSLER_DIFFERENCE_CHANGED)
        changes_find(&d.change, &c->memory, before->record, &citation.record);
    /* Seen and gone again, or changed and back: there is nothing to tell. */
    bool told = d.kind == OSLER_DIFFERENCE_DELETED   ? before && !before->deletion
                : d.kind == OSLER_DIFFERENCE_CHANGED ? d.change.fields.count > 0
                                                     : true;
    *go_on = !told || c->each(c->context, &d);
    return OSLER_OK;
}

osler_status history_compare(store *s, const char *since, int64_t origin,
                             bool (*each)(void *context, const osler_difference *difference),
                             void *context, osler_error *error)
{
    struct comparison c = {
        .s = s, .since = since, .origin = origin, .each = each, .context = context};
    arena memory = {0};
    history_ids ids = {0};
    bool go_on = true;
    osler_status status = store_begin_reading(s, error);
    if (status == OSLER_OK)
        status = history_get_changed(s, &memory, since, origin, &ids, error);
    for (size_t i = 0; status == OSLER_OK && go_on && i < ids.count; i++)
        status = compare_one(&c, ids.items[i], &go_on, error);
    store_rollback(s);
    arena_free(&memory);
    arena_free(&c.memory);
    return status;
}

/* "2026-11-20" or "2026-11-20T09:30:00Z". */
static bool is_moment(const char *text)
{
    static const char pattern[] = "0000-00-00T00:00:00Z";
    size_t length = strlen(text);
    if (length != 10 && length != 20)
        return false;
    for (size_t i = 0; i < length; i++)
        if (pattern[i] == '0' ? !char_is_digit(text[i]) : text[i] != pattern[i])
            return false;
    return true;
}

osler_status osler_library_diff(osler_library *library, const char *since,
                                bool (*each)(void *context, const osler_difference *difference),
                                void *context, osler_error *error)
{
    if (!is_moment(since))
        return fail(error, OSLER_EUSAGE, 0,
                    "'%.40s' is no date (expected 2026-11-20 or 2026-11-20T09:30:00Z)", since);
    return history_compare(library->store, since, 0, each, context, error);
}
