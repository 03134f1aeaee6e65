/* Importing a file: reader, appraisal, store; one transaction for the whole file. */
#include "library/library.h"

#include "appraise/appraise.h"
#include "base/error.h"

enum { REPORT_EVERY = 256 }; /* records between two calls of the progress callback */

/* One import at work. */
struct import {
    osler_library *library;
    osler_reader *reader;
    const char *path;
    const osler_import_options *options;
    osler_import_report *report;
    store_origin origin;
    arena memory;            /* of one record's appraisal */
    osler_error first_error; /* of the first item that failed */
    osler_error *error;
};

static void count(osler_import_report *report, store_change change)
{
    switch (change) {
    case STORE_NEW: report->added++; break;
    case STORE_UPDATED: report->updated++; break;
    case STORE_UNCHANGED: report->unchanged++; break;
    case STORE_OLDER: report->older++; break;
    case STORE_REMOVED: report->deleted++; break;
    case STORE_ABSENT: report->deletions_of_unknown++; break;
    }
}

static osler_status note_failure(struct import *i, const osler_error *error)
{
    if (!i->report->failed++)
        i->first_error = *error;
    if (i->options->failed)
        i->options->failed(i->options->context, error);
    return OSLER_OK;
}

/* A record too large for a library fails alone; any other failure is the library's. */
static osler_status put_item(struct import *i, const osler_item *item)
{
    store *s = i->library->store;
    store_change change;
    osler_error error = {0};
    osler_status status;
    store_arrival arrival = {.origin = i->origin.id, .line = item->line};
    if (!i->options->forget_original)
        arrival.original = (str){item->original, item->original_length};
    if (item->kind == OSLER_DELETION) {
        status = store_delete(s, item->pmid, item->pmid_version, &arrival, &change, &error);
    } else {
        osler_appraisal appraisal;
        arena_clear(&i->memory);
        appraise(&i->memory, &appraisal, item->record, NULL);
        status = store_put(s, item->record, &appraisal, &arrival, &change, &error);
    }
    if (status == OSLER_OK) {
        count(i->report, change);
    } else if (status == OSLER_ELIMIT) {
        fail_source(&error, status, i->path);
        status = note_failure(i, &error);
    } else if (i->error) {
        *i->error = error;
    }
    return status;
}

static bool go_on(const struct import *i)
{
    osler_progress progress = {.what = i->path, .done = i->report->read};
    uint64_t size = osler_reader_size(i->reader), position = osler_reader_position(i->reader);
    if (!i->options->progress)
        return true;
    if (position && position < size) /* a guess that grows better; enough for a bar */
        progress.total = (uint64_t)((double)progress.done / (double)position * (double)size);
    return i->options->progress(i->options->context, &progress);
}

static osler_status interrupted(struct import *i)
{
    fail(i->error, OSLER_EINTERRUPTED, 0, "interrupted: nothing of this file was imported");
    return fail_source(i->error, OSLER_EINTERRUPTED, i->path);
}

/* Items one after the other; failed ones are noted, any other failure ends the import. */
static osler_status put_items(struct import *i)
{
    for (;;) {
        const osler_item *item;
        osler_error error = {0};
        if (i->report->read % REPORT_EVERY == 0 && !go_on(i))
            return interrupted(i);
        osler_status status = osler_reader_next(i->reader, &item, &error);
        if (status == OSLER_END)
            return go_on(i) ? OSLER_OK : interrupted(i);
        i->report->read++;
        if (status == OSLER_OK)
            status = put_item(i, item);
        else if (go_on(i)) /* a failure may stand for much input: ask at each */
            status = note_failure(i, &error);
        else
            status = interrupted(i);
        if (status != OSLER_OK)
            return status;
    }
}

static osler_status finish(struct import *i)
{
    const osler_import_report *r = i->report;
    if (r->failed && r->failed == r->read) { /* nothing sound in it */
        if (i->error)
            *i->error = i->first_error;
        return i->first_error.status;
    }
    i->origin.format = r->format;
    i->origin.added = (int64_t)r->added;
    i->origin.updated = (int64_t)r->updated;
    i->origin.unchanged = (int64_t)(r->unchanged + r->older);
    i->origin.deleted = (int64_t)r->deleted;
    i->origin.failed = (int64_t)r->failed;
    osler_status status = store_origin_finish(i->library->store, &i->origin, i->error);
    return status == OSLER_OK ? store_commit(i->library->store, i->error) : status;
}

osler_status osler_library_import(osler_library *library, const char *path,
                                  const osler_import_options *options, osler_import_report *report,
                                  osler_error *error)
{
    static const osler_import_options defaults = {0};
    struct import i = {
        .library = library,
        .path = path,
        .options = options ? options : &defaults,
        .report = report,
        .origin = {.kind = "file", .name = path, .expected = -1},
        .error = error,
    };
    *report = (osler_import_report){0};
    osler_status status = osler_reader_open(&i.reader, path, i.options->format, error);
    if (status != OSLER_OK)
        return status;
    report->format = i.origin.format = osler_reader_format(i.reader);
    status = store_begin(library->store, error);
    if (status == OSLER_OK)
        status = store_origin_add(library->store, &i.origin, error);
    if (status == OSLER_OK)
        status = put_items(&i);
    if (status == OSLER_OK)
        status = finish(&i);
    if (status != OSLER_OK)
        store_rollback(library->store);
    osler_reader_close(i.reader);
    arena_free(&i.memory);
    return status;
}
