/*
 * Importing a reference list in plain text: its references are read, resolved against the library,
 * those that it has not fetched from PubMed when that is asked for, and kept in order as a list.
 */
#include "library/references.h"

#include "base/error.h"
#include "base/limits.h"
#include "library/own.h"
#include "library/references_online.h"
#include "record/record.h"
#include "store/lists.h"

#include <osler/resolve.h>
#include <string.h>

/* A list on its way in. */
struct references {
    osler_library *library;
    const char *path;
    const osler_import_options *options;
    osler_import_report *report;
    arena memory; /* all that follows */
    struct reference_list list;
    osler_error *error;
};

bool references_are_in(const char *format)
{
    return strcmp(format, "text") == 0 || strcmp(format, "pmids") == 0;
}

static void note_failure(struct references *r, osler_error *failure)
{
    fail_source(failure, failure->status, r->path);
    r->report->failed++;
    if (r->options->failed)
        r->options->failed(r->options->context, failure);
}

static const char *extra_of(const osler_record *record, const char *tag)
{
    for (size_t i = 0; i < record->extras.count; i++)
        if (strcmp(record->extras.items[i].tag, tag) == 0)
            return record->extras.items[i].value;
    return NULL;
}

/* As pasted; of a bare identifier, that. */
static const char *text_of(arena *memory, const osler_record *record)
{
    const char *pasted = extra_of(record, "reference");
    if (pasted || record->title)
        return pasted;
    if (!record->pmid)
        return record->doi ? record->doi : record->pmcid;
    buf text = {0};
    buf_printf(&text, "PMID %s", record->pmid);
    const char *kept = arena_copy(memory, buf_str(&text));
    buf_free(&text);
    return kept;
}

static void take_reference(struct references *r, const osler_item *item)
{
    osler_record *record = arena_alloc(&r->memory, sizeof *record);
    record_copy(&r->memory, record, item->record);
    struct reference *one = RECORD_ADD(&r->memory, &r->list);
    *one = (struct reference){.record = record,
                              .text = text_of(&r->memory, record),
                              .number = extra_of(record, "reference-number"),
                              .verdict = OSLER_NOT_IN_LIBRARY};
    if (item->remark)
        one->remark = arena_copy(&r->memory, str_of(item->remark));
}

static osler_status read_all(struct references *r, osler_reader *reader)
{
    for (;;) {
        const osler_item *item;
        osler_error failure = {0};
        osler_progress progress = {.what = r->path, .done = r->report->read};
        osler_status status = osler_reader_next(reader, &item, &failure);
        if (status == OSLER_END)
            return OSLER_OK;
        if (r->options->progress && !r->options->progress(r->options->context, &progress))
            return fail(r->error, OSLER_EINTERRUPTED, 0, "interrupted: no list was made");
        r->report->read++;
        if (status != OSLER_OK)
            note_failure(r, &failure);
        else if (item->kind == OSLER_RECORD)
            take_reference(r, item);
        if (r->list.count == LIMIT_LIST)
            return fail(r->error, OSLER_ELIMIT, 0, "a list of more than %d references", LIMIT_LIST);
    }
}

/* A part of a line of differences: no tabs or newlines. */
static void add_part(buf *out, const char *text)
{
    for (; text && *text; text++)
        buf_add_byte(out, *text == '\t' || *text == '\n' || *text == '\r' ? ' ' : *text);
}

static void take_resolution(struct references *r, struct reference *one,
                            const osler_resolution *found)
{
    buf lines = {0};
    one->verdict = found->verdict;
    one->id = found->id ? arena_copy(&r->memory, str_of(found->id)) : NULL;
    for (size_t i = 0; i < found->differences.count; i++) {
        const osler_difference *d = &found->differences.items[i];
        buf_add_text(&lines, i ? "\n" : "");
        add_part(&lines, d->field);
        buf_add_byte(&lines, '\t');
        add_part(&lines, d->given);
        buf_add_byte(&lines, '\t');
        add_part(&lines, d->record);
    }
    one->differences = lines.length ? arena_copy(&r->memory, buf_str(&lines)) : NULL;
    buf_free(&lines);
}

/* Which works of the library are they?  Those that are known already are left. */
static osler_status resolve_all(struct references *r)
{
    osler_resolver *resolver;
    osler_status status = osler_resolver_open(&resolver, r->library, r->error);
    for (size_t i = 0; status == OSLER_OK && i < r->list.count; i++) {
        const osler_resolution *found;
        struct reference *one = &r->list.items[i];
        if (one->id)
            continue;
        status = osler_resolve(resolver, one->record, &found, r->error);
        if (status == OSLER_OK)
            take_resolution(r, one, found);
    }
    osler_resolver_close(resolver);
    return status;
}

/* What PubMed has of the others; a failure there costs no list. */
static osler_status look_online(struct references *r)
{
    uint64_t fetched = 0;
    osler_status status =
        references_fetch(r->library, &r->list, r->options, &fetched, &r->report->online_failure);
    r->report->fetched = fetched;
    if (status == OSLER_EINTERRUPTED) {
        if (r->error)
            *r->error = r->report->online_failure;
        return status;
    }
    return fetched ? resolve_all(r) : OSLER_OK;
}

/* With `online`, or when the user says so. */
static bool online_is_wanted(const struct references *r)
{
    const osler_import_options *options = r->options;
    uint64_t missing = 0;
    if (options->online || !options->may_ask_pubmed)
        return options->online;
    for (size_t i = 0; i < r->list.count; i++)
        missing += r->list.items[i].verdict == OSLER_NOT_IN_LIBRARY;
    return missing && options->may_ask_pubmed(options->context, missing);
}

static void count_verdict(osler_import_report *report, osler_verdict verdict)
{
    switch (verdict) {
    case OSLER_EXACT: report->exact++; break;
    case OSLER_REPAIRABLE: report->repairable++; break;
    case OSLER_CHIMERA: report->chimeras++; break;
    case OSLER_AMBIGUOUS: report->ambiguous++; break;
    case OSLER_NOT_IN_LIBRARY: report->not_in_library++; break;
    }
}

static osler_status append(struct references *r, int64_t list, const struct reference *one)
{
    store *s = r->library->store;
    struct lists_entry entry = {.number = one->number,
                                .text = one->text,
                                .remark = one->remark,
                                .verdict = osler_verdict_name(one->verdict),
                                .differences = one->differences,
                                .record = one->record};
    osler_status status = OSLER_OK;
    if (one->id)
        status = store_lookup(s, one->id, &entry.citation, r->error);
    if (status == OSLER_OK)
        status = lists_append(s, list, &entry, r->error);
    r->report->listed += status == OSLER_OK;
    count_verdict(r->report, one->verdict);
    return status;
}

/* One transaction, one step of the journal. */
static osler_status keep_list(struct references *r)
{
    int64_t list;
    buf summary = {0};
    buf_printf(&summary, "import --list %s", r->options->list);
    osler_status status = own_start(r->library, buf_text(&summary), r->error);
    if (status == OSLER_OK)
        status = lists_new(r->library->store, r->options->list,
                           strcmp(r->path, "-") != 0 ? r->path : NULL, &list, r->error);
    for (size_t i = 0; status == OSLER_OK && i < r->list.count; i++)
        status = append(r, list, &r->list.items[i]);
    status = own_finish(r->library, status, true, r->error);
    buf_free(&summary);
    return status;
}

osler_status references_import(osler_library *library, osler_reader *reader, const char *path,
                               const osler_import_options *options, osler_import_report *report,
                               osler_error *error)
{
    struct references r = {
        .library = library, .path = path, .options = options, .report = report, .error = error};
    if (!options->list)
        return fail(error, OSLER_EUSAGE, 0,
                    "these are references in plain text: their list needs a name (--list NAME)");
    osler_status status = own_check_name("list", options->list, error);
    if (status == OSLER_OK)
        status = read_all(&r, reader);
    if (status == OSLER_OK && !r.list.count) {
        fail(error, OSLER_EINPUT, 0, "there is no reference that can be read");
        status = fail_source(error, OSLER_EINPUT, path);
    }
    if (status == OSLER_OK)
        status = resolve_all(&r);
    if (status == OSLER_OK && online_is_wanted(&r))
        status = look_online(&r);
    if (status == OSLER_OK)
        status = keep_list(&r);
    arena_free(&r.memory);
    return status;
}
