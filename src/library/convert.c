/*
 * Converting files: one thread cuts them into pieces, several parse and write them, and the caller
 * takes the text in the order of the input.
 */
#include <osler/convert.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/source.h"
#include "formats/outgoing.h"
#include "library/pipeline.h"

#include <string.h>

enum { TEXT_KEPT = 4 << 20 /* a larger text's memory is given back */ };

/* A batch, and the text that was made of it. */
struct load {
    batch batch;
    buf text;
    uint64_t written, deletions;
    struct carried_tally tally;
};

struct osler_conversion {
    osler_convert_options options;
    const char *const *paths;
    size_t path_count, next_path;
    struct outgoing outgoing;
    osler_convert_report report;
    struct carried_tally tally;
    osler_left_out *left_out; /* the report's */
    bool begun, ended, interrupted;

    unsigned workers;
    arena *memories; /* two a worker: for one record, and for writing it */

    osler_reader *reader; /* of the file at work; NULL between files */
    pipeline *pipeline;
    struct load *load; /* taken last */
    size_t told;       /* items of it whose failures have been looked at */
    uint64_t position; /* of the reader, behind what was taken */
    uint64_t read;     /* bytes of the files before */
    uint64_t size;     /* bytes of all files; 0 when one of them is of unknown size */
};

/* What a worker works with. */
struct hand {
    const struct outgoing *outgoing;
    piece_parser *parser;
    arena *memory, *scratch;
};

static void write_item(const struct hand *hand, struct load *load, struct batch_item *at)
{
    osler_error error = {0};
    if (at->failure)
        return;
    arena_clear(hand->memory);
    arena_clear(hand->scratch);
    if (piece_parse(hand->parser, hand->memory, &at->piece, &at->item, &error) != OSLER_OK) {
        batch_fail(&load->batch, at, &error);
    } else if (at->item.kind == OSLER_DELETION) {
        load->deletions++;
    } else {
        if (at->item.remark)
            at->remark = arena_copy(&load->batch.memory, str_of(at->item.remark));
        outgoing_write(hand->outgoing, hand->scratch, &load->text, at->item.record, &load->tally);
        load->written++;
    }
}

static void work_load(void *context, unsigned worker, piece_parser *parser, void *opaque)
{
    const osler_conversion *c = context;
    struct load *load = opaque;
    struct hand hand = {&c->outgoing, parser, &c->memories[2 * (size_t)worker],
                        &c->memories[2 * (size_t)worker + 1]};
    if (load->text.capacity > TEXT_KEPT)
        buf_free(&load->text);
    buf_clear(&load->text);
    load->written = load->deletions = 0;
    load->tally = (struct carried_tally){{0}};
    for (size_t k = 0; k < load->batch.count; k++)
        write_item(&hand, load, &load->batch.items[k]);
}

static void free_load(void *opaque)
{
    struct load *load = opaque;
    buf_free(&load->text);
}

static uint64_t size_of_all(const char *const *paths, size_t count)
{
    uint64_t size = 0;
    for (size_t i = 0; i < count; i++) {
        source_stamp stamp;
        if (!source_stamp_of(paths[i], &stamp))
            return 0;
        size += (uint64_t)stamp.size;
    }
    return size;
}

osler_status osler_conversion_open(osler_conversion **out, const char *const *paths, size_t count,
                                   const osler_convert_options *options, osler_error *error)
{
    *out = NULL;
    osler_conversion *c = memory_alloc(sizeof *c);
    osler_status status = outgoing_open(&c->outgoing, options->to, options->profile, error);
    if (status != OSLER_OK) {
        memory_free(c);
        return status;
    }
    c->options = *options;
    c->paths = paths;
    c->path_count = count;
    c->size = size_of_all(paths, count);
    c->workers = pipeline_workers(options->threads);
    c->memories = memory_alloc(2 * (size_t)c->workers * sizeof *c->memories);
    c->left_out = memory_alloc(CARRIED_ROWS_MOST * sizeof *c->left_out);
    *out = c;
    return OSLER_OK;
}

static osler_status open_file(osler_conversion *c, osler_error *error)
{
    const char *path = c->paths[c->next_path++];
    c->position = 0;
    osler_status status = osler_reader_open(&c->reader, path, c->options.from, error);
    if (status != OSLER_OK) {
        c->report.refused++;
        return status;
    }
    pipeline_plan plan = {.reader = c->reader,
                          .workers = c->workers,
                          .load_size = sizeof(struct load),
                          .context = c,
                          .work = work_load,
                          .free_load = free_load};
    return pipeline_open(&c->pipeline, &plan, error);
}

static void note_guess(osler_conversion *c, unsigned line)
{
    if (!line)
        return;
    if (!c->report.guessed++) {
        c->report.guessed_path = c->paths[c->next_path - 1];
        c->report.guessed_line = line;
    }
}

static void close_file(osler_conversion *c)
{
    pipeline_close(c->pipeline);
    c->pipeline = NULL;
    c->load = NULL;
    if (c->reader) {
        c->read += osler_reader_size(c->reader);
        note_guess(c, osler_reader_guessed(c->reader));
    }
    osler_reader_close(c->reader);
    c->reader = NULL;
}

static void tell_remark(const osler_conversion *c, const struct batch_item *item)
{
    osler_error remark = {0};
    if (!item->remark || !c->options.remarked)
        return;
    osler_status said = fail(&remark, OSLER_OK, item->piece.line, "%s", item->remark);
    fail_source(&remark, said, c->paths[c->next_path - 1]);
    c->options.remarked(c->options.context, &remark);
}

/* The next failure among the items of the load, or OSLER_OK. */
static osler_status next_failure(osler_conversion *c, osler_error *error)
{
    const batch *b = &c->load->batch;
    while (c->told < b->count) {
        const struct batch_item *item = &b->items[c->told++];
        const osler_error *failure = item->failure;
        tell_remark(c, item);
        if (!failure)
            continue;
        c->report.failed++;
        if (error)
            *error = *failure;
        return failure->status;
    }
    return OSLER_OK;
}

/* The text of the load that has just been taken; false when it has none. */
static bool take_text(osler_conversion *c, const char **text, size_t *length)
{
    const struct load *load = c->load;
    c->told = 0;
    c->report.deletions += load->deletions;
    carried_add(&c->tally, &load->tally);
    if (!load->written)
        return false;
    str taken = buf_str(&load->text);
    if (!c->report.written && c->outgoing.writer->between)
        taken = str_part(taken, strlen(c->outgoing.writer->between), taken.length);
    c->report.written += load->written;
    *text = taken.data;
    *length = taken.length;
    return true;
}

static osler_status go_on(osler_conversion *c, osler_error *error)
{
    osler_progress progress = {.what = c->paths[c->next_path - 1],
                               .done = c->report.written + c->report.failed,
                               .read = c->read + c->position,
                               .size = c->size};
    if (!c->options.progress || c->options.progress(c->options.context, &progress))
        return OSLER_OK;
    c->interrupted = true;
    close_file(c);
    return fail(error, OSLER_EINTERRUPTED, 0, "interrupted");
}

/* The next text or failure of the file at work; OSLER_END at its end. */
static osler_status next_of_file(osler_conversion *c, const char **text, size_t *length,
                                 osler_error *error)
{
    for (;;) {
        void *opaque;
        osler_status status = c->load ? next_failure(c, error) : OSLER_OK;
        if (status != OSLER_OK)
            return status;
        if (c->load)
            c->position = c->load->batch.position;
        c->load = NULL;
        status = go_on(c, error);
        if (status != OSLER_OK)
            return status;
        queue_answer answer = pipeline_next(c->pipeline, &opaque);
        if (answer == QUEUE_END)
            return OSLER_END;
        if (answer == QUEUE_LATER)
            continue;
        c->load = opaque;
        if (take_text(c, text, length))
            return OSLER_OK;
    }
}

/* A part of the text that is the document's own; false when it has no such part. */
static bool give(const char *part, const char **text, size_t *length)
{
    *text = part;
    *length = part ? strlen(part) : 0;
    return *length > 0;
}

osler_status osler_conversion_next(osler_conversion *c, const char **text, size_t *length,
                                   osler_error *error)
{
    give(NULL, text, length);
    if (c->interrupted)
        return fail(error, OSLER_EINTERRUPTED, 0, "interrupted");
    if (!c->begun) {
        c->begun = true;
        if (give(c->outgoing.writer->head, text, length))
            return OSLER_OK;
    }
    while (c->reader || c->next_path < c->path_count) {
        osler_status status = c->reader ? OSLER_OK : open_file(c, error);
        if (status == OSLER_OK)
            status = next_of_file(c, text, length, error);
        if (!c->pipeline && status != OSLER_OK) { /* not opened, or no thread */
            close_file(c);
            return status;
        }
        if (status != OSLER_END)
            return status;
        close_file(c);
    }
    if (!c->ended) {
        c->ended = true;
        if (give(c->outgoing.writer->tail, text, length))
            return OSLER_OK;
    }
    return OSLER_END;
}

osler_convert_report osler_conversion_report(const osler_conversion *conversion)
{
    osler_convert_report report = conversion->report;
    report.left_out.items = conversion->left_out;
    report.left_out.count = carried_tell(&conversion->tally, conversion->left_out);
    return report;
}

void osler_conversion_close(osler_conversion *c)
{
    if (!c)
        return;
    close_file(c);
    for (size_t k = 0; k < 2 * (size_t)c->workers; k++)
        arena_free(&c->memories[k]);
    memory_free(c->memories);
    memory_free(c->left_out);
    memory_free(c);
}
