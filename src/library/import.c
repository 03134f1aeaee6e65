/*
 * Importing a file, in one transaction: one thread cuts it into pieces, several parse, appraise and
 * prepare them, and the calling one puts them into the library in the order of the file.
 */
#include "library/library.h"

#include "appraise/appraise.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/source.h"
#include "library/nlm_files.h"
#include "library/pipeline.h"
#include "library/references.h"
#include "store/lists.h"
#include "store/own.h"
#include "store/prepare.h"

#include <stdio.h>
#include <string.h>

/* What the store made of an item. */
struct made {
    store_prepared prepared;
    bool known;  /* prepared without being parsed */
    bool broken; /* the item failed because the library did */
};

struct load {
    batch batch;
    arena documents; /* what is indexed of the batch */
    struct made made[BATCH_PIECES];
};

/* One import at work. */
struct import {
    osler_library *library;
    osler_reader *reader;
    const char *path;
    const osler_import_options *options;
    osler_import_report *report;
    store_origin origin;
    nlm_arrival nlm; /* what is known of it as one of NLM's files */
    unsigned workers;
    store_preparer **preparers; /* one a worker */
    pipeline *pipeline;
    int64_t list;            /* 0: none is made */
    buf summary;             /* of its step in the journal */
    uint64_t position;       /* of the reader, behind what has been put */
    osler_error first_error; /* of the first item that failed */
    osler_error *error;
};

/* What a worker works with. */
struct hand {
    piece_parser *parser;
    store_preparer *preparer;
};

/* The bytes of a piece as they are known again and kept: bytes that are not UTF-8 mean nothing
 * without their encoding, so that it stands before them as XML says it. */
static str original_of(arena *memory, const struct piece *piece)
{
    if (!*piece->encoding)
        return piece->bytes;
    buf b = {0};
    buf_printf(&b, "<?xml version=\"1.0\" encoding=\"%s\"?>\n", piece->encoding);
    buf_add(&b, piece->bytes);
    str original = {arena_copy(memory, buf_str(&b)), b.length};
    buf_free(&b);
    return original;
}

/* Appraised in the batch's memory, as the record is. */
static void prepare_item(const struct hand *hand, struct load *load, size_t number)
{
    osler_error error = {0};
    batch *b = &load->batch;
    struct batch_item *at = &b->items[number];
    struct made *made = &load->made[number];
    *made = (struct made){.known = false};
    if (at->failure)
        return;
    str original = original_of(&b->memory, &at->piece);
    made->known = store_prepare_known(hand->preparer, &b->memory, original, &made->prepared);
    if (made->known || !batch_parse(b, at, hand->parser) || at->item.kind == OSLER_DELETION)
        return;
    osler_appraisal *appraisal = arena_alloc(&b->memory, sizeof *appraisal);
    appraise(&b->memory, appraisal, at->item.record, NULL);
    store_incoming incoming = {at->item.record, appraisal, original};
    osler_status status = store_prepare(hand->preparer, &b->memory, &load->documents, &incoming,
                                        &made->prepared, &error);
    made->broken = status != OSLER_OK && status != OSLER_ELIMIT;
    error.line = at->piece.line;
    if (status != OSLER_OK)
        batch_fail(b, at, &error);
}

static void work_load(void *context, unsigned worker, piece_parser *parser, void *opaque)
{
    const struct import *i = context;
    struct load *load = opaque;
    struct hand hand = {parser, i->preparers[worker]};
    store_prepared *prepared[BATCH_PIECES];
    size_t count = 0;
    arena_clear(&load->documents);
    for (size_t k = 0; k < load->batch.count; k++) {
        prepare_item(&hand, load, k);
        if (!load->batch.items[k].failure)
            prepared[count++] = &load->made[k].prepared;
    }
    store_prepare_blocks(hand.preparer, &load->batch.memory, prepared, count);
}

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

static void note_failure(struct import *i, osler_error *error)
{
    fail_source(error, error->status, i->path);
    if (!i->report->failed++)
        i->first_error = *error;
    if (i->options->failed)
        i->options->failed(i->options->context, error);
}

/* A list, of which this import makes the entries. */
static osler_status start_list(struct import *i)
{
    if (!i->options->list)
        return OSLER_OK;
    buf_printf(&i->summary, "import --list %s", i->options->list);
    own_begin(i->library->store, buf_text(&i->summary));
    return lists_new(i->library->store, i->options->list, strcmp(i->path, "-") ? i->path : NULL,
                     &i->list, i->error);
}

static osler_status add_to_list(struct import *i)
{
    struct lists_entry entry = {.verdict = "imported",
                                .citation = store_last_put(i->library->store)};
    i->report->listed++;
    return lists_append(i->library->store, i->list, &entry, i->error);
}

static void tell(const struct import *i, unsigned line, const char *sentence)
{
    osler_error remark = {0};
    if (!sentence || !i->options->remarked)
        return;
    osler_status said = fail(&remark, OSLER_OK, line, "%s", sentence);
    fail_source(&remark, said, i->path);
    i->options->remarked(i->options->context, &remark);
}

/* A tombstone: what the user has of the record stays, and is spoken of. */
static osler_status put_deletion(struct import *i, const struct batch_item *at,
                                 store_arrival *arrival, store_change *change, osler_error *error)
{
    store *s = i->library->store;
    char sentence[200];
    bool own = false;
    if (!i->options->forget_original)
        arrival->original = at->piece.bytes;
    osler_status status =
        store_delete(s, at->item.pmid, at->item.pmid_version, arrival, change, error);
    if (status == OSLER_OK && *change == STORE_REMOVED)
        status = nlm_files_has_own(s, at->item.pmid, &own, error);
    snprintf(sentence, sizeof sentence,
             "PubMed has deleted %.20s: your tags, notes, keys and list entries of it are kept",
             at->item.pmid);
    tell(i, at->piece.line, own ? sentence : NULL);
    return status;
}

/* A record too large for a library fails alone; any other failure is the library's. */
static osler_status put_item(struct import *i, const struct batch_item *at, const struct made *made)
{
    store *s = i->library->store;
    store_change change = STORE_UNCHANGED;
    osler_error error = {0};
    osler_status status;
    store_arrival arrival = {.origin = i->origin.id, .line = at->piece.line};
    bool fatal = made->broken;
    i->report->read++;
    if (at->failure) {
        error = *at->failure;
        status = error.status;
    } else if (!made->known && at->item.kind == OSLER_DELETION) {
        status = put_deletion(i, at, &arrival, &change, &error);
        fatal = status != OSLER_OK;
    } else {
        status = store_put_prepared(s, &made->prepared, &arrival, &change, &error);
        fatal = status != OSLER_OK && (status != OSLER_ELIMIT || store_is_lost(s));
    }
    tell(i, at->piece.line, at->remark);
    if (status == OSLER_OK) {
        bool deletion = !made->known && at->item.kind == OSLER_DELETION;
        count(i->report, change);
        return i->list && !deletion ? add_to_list(i) : OSLER_OK;
    }
    if (!fatal)
        note_failure(i, &error);
    else if (i->error)
        *i->error = error;
    return fatal ? status : OSLER_OK;
}

static osler_status go_on(struct import *i)
{
    uint64_t size = osler_reader_size(i->reader), position = i->position;
    osler_progress progress = {
        .what = i->path, .done = i->report->read, .read = position, .size = size};
    if (position && position < size) /* a guess that grows better; enough for a bar */
        progress.total = (uint64_t)((double)progress.done / (double)position * (double)size);
    if (!i->options->progress || i->options->progress(i->options->context, &progress))
        return OSLER_OK;
    fail(i->error, OSLER_EINTERRUPTED, 0, "interrupted: nothing of this file was imported");
    return fail_source(i->error, OSLER_EINTERRUPTED, i->path);
}

/* Items one after the other; failed ones are noted, any other failure ends the import. */
static osler_status put_items(struct import *i)
{
    osler_status status = OSLER_OK;
    while (status == OSLER_OK) {
        void *opaque;
        status = go_on(i);
        if (status != OSLER_OK)
            return status;
        queue_answer answer = pipeline_next(i->pipeline, &opaque);
        if (answer == QUEUE_END)
            return OSLER_OK;
        if (answer == QUEUE_LATER)
            continue;
        struct load *load = opaque;
        for (size_t k = 0; status == OSLER_OK && k < load->batch.count; k++)
            status = put_item(i, &load->batch.items[k], &load->made[k]);
        store_take_over(i->library->store, &load->documents);
        i->position = load->batch.position;
    }
    return status;
}

static void free_load(void *opaque)
{
    struct load *load = opaque;
    arena_free(&load->documents);
}

static osler_status start_threads(struct import *i)
{
    osler_status status = OSLER_OK;
    i->workers = pipeline_workers(i->options->threads);
    i->preparers = memory_alloc(i->workers * sizeof *i->preparers);
    for (unsigned k = 0; status == OSLER_OK && k < i->workers; k++)
        status = store_preparer_new(&i->preparers[k], i->library->store,
                                    !i->options->forget_original, i->error);
    pipeline_plan plan = {.reader = i->reader,
                          .workers = i->workers,
                          .load_size = sizeof(struct load),
                          .context = i,
                          .work = work_load,
                          .free_load = free_load};
    return status == OSLER_OK ? pipeline_open(&i->pipeline, &plan, i->error) : status;
}

static void stop_threads(struct import *i)
{
    pipeline_close(i->pipeline);
    for (unsigned k = 0; k < i->workers; k++)
        store_preparer_free(i->preparers[k]);
    memory_free(i->preparers);
}

static osler_status finish(struct import *i)
{
    const osler_import_report *r = i->report;
    /* nothing sound in it; and one of NLM's files is sound, or it has not come whole */
    if (r->failed && (r->failed == r->read || i->options->complete_series)) {
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
    if (status == OSLER_OK && i->nlm.is_one)
        status = nlm_files_put(i->library->store, i->nlm.which, i->nlm.md5, i->nlm.checked,
                               i->origin.id, i->error);
    return status == OSLER_OK ? store_commit(i->library->store, i->error) : status;
}

/* Whether one of NLM's files is whole, and has its turn. */
static osler_status look_at_series(struct import *i)
{
    char sentence[200];
    osler_status status =
        nlm_arrival_look(&i->nlm, i->library->store, i->path, i->options, i->error);
    if (status != OSLER_OK || !i->nlm.is_one)
        return status;
    i->report->passed_over = i->nlm.applied;
    memcpy(i->report->imported, i->nlm.imported, sizeof i->report->imported);
    snprintf(sentence, sizeof sentence,
             "%d file%s before it %s not imported: what only they hold is lacking", i->nlm.gap,
             i->nlm.gap == 1 ? "" : "s", i->nlm.gap == 1 ? "was" : "were");
    tell(i, 0, i->nlm.gap ? sentence : NULL);
    return OSLER_OK;
}

/* Which file it is, and whether it has been here before. */
static osler_status look_back(struct import *i)
{
    source_stamp stamp;
    i->origin.is_file = source_stamp_of(i->path, &stamp);
    i->origin.size = stamp.size;
    i->origin.modified = stamp.modified;
    if (!i->options->resume || !i->origin.is_file)
        return OSLER_OK;
    osler_status status =
        store_origin_find(i->library->store, &i->origin, i->report->imported, i->error);
    i->report->passed_over = i->report->imported[0] != '\0';
    return status;
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
    osler_status status = look_back(&i);
    if (status == OSLER_OK && !report->passed_over)
        status = look_at_series(&i);
    if (status != OSLER_OK || report->passed_over)
        return status;
    status = osler_reader_open(&i.reader, path, i.options->format, error);
    if (status != OSLER_OK)
        return status;
    report->format = i.origin.format = osler_reader_format(i.reader);
    if (references_are_in(report->format)) {
        status = references_import(library, i.reader, path, i.options, report, error);
        osler_reader_close(i.reader);
        return status;
    }
    status = store_begin(library->store, error);
    if (status == OSLER_OK)
        status = store_origin_add(library->store, &i.origin, error);
    if (status == OSLER_OK)
        status = start_list(&i);
    if (status == OSLER_OK)
        status = start_threads(&i);
    if (status == OSLER_OK)
        status = put_items(&i);
    stop_threads(&i);
    report->guessed = osler_reader_guessed(i.reader);
    if (status == OSLER_OK)
        status = finish(&i);
    if (status != OSLER_OK)
        store_rollback(library->store);
    osler_reader_close(i.reader);
    buf_free(&i.summary);
    return status;
}
