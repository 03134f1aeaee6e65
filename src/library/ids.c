/* PMID, PMCID and DOI of works: from the library, then from the PMC ID Converter. */
#include "library/library.h"

#include "base/error.h"
#include "base/memory.h"
#include "fetch/idconv.h"
#include "record/identifiers.h"
#include <osler/links.h>

#include <string.h>

struct owned {
    osler_ids_list shown; /* first: a pointer to one is a pointer to the other */
    arena memory;
};

struct converting {
    arena *memory;
    osler_ids *items;
    size_t count, done;
    const osler_links_options *options;
};

static bool keep_going(void *state, uint64_t retries)
{
    const struct converting *c = state;
    osler_progress progress = {
        .what = "ID converter", .done = c->done, .total = c->count, .retries = retries};
    return !c->options->progress || c->options->progress(c->options->context, &progress);
}

/* ---- What the id itself and the library say ---------------------------------------------------
 */

/* An id of one of the three kinds. */
static void read_id(arena *memory, osler_ids *ids)
{
    str text = str_trim(str_of(ids->asked));
    ids->source = OSLER_IDS_UNKNOWN;
    ids->doi = identifier_doi(memory, text);
    if (ids->doi)
        return;
    if (str_starts_with_ignoring_case(text, str_of("PMC")))
        ids->pmcid = identifier_pmcid(memory, text);
    else if (str_starts_with_ignoring_case(text, str_of("pmid:")))
        ids->pmid = identifier_pmid(memory, str_trim(str_part(text, 5, text.length)));
    else
        ids->pmid = identifier_pmid(memory, text);
    if (!ids->pmid && !ids->pmcid)
        ids->source = OSLER_IDS_INVALID;
}

static const char *kept(arena *memory, const char *text)
{
    return text ? arena_copy(memory, str_of(text)) : NULL;
}

static osler_status ask_library(struct converting *c, osler_library *library, osler_ids *ids,
                                osler_error *error)
{
    osler_citation *citation;
    osler_status status = OSLER_ENOTFOUND;
    if (library)
        status = osler_library_get(library, ids->asked, &citation, error);
    if (status == OSLER_ENOTFOUND || status == OSLER_EUSAGE)
        return OSLER_OK;
    if (status != OSLER_OK)
        return status;
    const osler_record *record = citation->record;
    ids->pmid = kept(c->memory, record->pmid);
    ids->pmcid = record->pmcid ? identifier_pmcid(c->memory, str_of(record->pmcid)) : NULL;
    ids->doi = record->doi ? identifier_doi(c->memory, str_of(record->doi)) : NULL;
    ids->source = OSLER_IDS_LIBRARY;
    osler_citation_free(citation);
    return OSLER_OK;
}

/* ---- The converter ----------------------------------------------------------------------------
 */

/* What the converter is asked by. */
static const char *key_of(const osler_ids *ids, idconv_kind kind)
{
    if (ids->source == OSLER_IDS_INVALID || (ids->pmid && ids->pmcid && ids->doi))
        return NULL;
    if (kind == IDCONV_PMID)
        return ids->pmid;
    if (kind == IDCONV_PMCID)
        return ids->pmid ? NULL : ids->pmcid;
    /* A comma would end the id in the list of a request. */
    return ids->pmid || ids->pmcid || !ids->doi || strchr(ids->doi, ',') ? NULL : ids->doi;
}

/* A record of the library keeps what it says; the converter adds what it lacks. */
static void take_row(osler_ids *ids, const idconv_row *row)
{
    if (!row->found)
        return;
    bool more = (!ids->pmid && row->pmid) || (!ids->pmcid && row->pmcid) || (!ids->doi && row->doi);
    ids->pmid = ids->pmid ? ids->pmid : row->pmid;
    ids->pmcid = ids->pmcid ? ids->pmcid : row->pmcid;
    ids->doi = ids->doi ? ids->doi : row->doi;
    if (more || ids->source == OSLER_IDS_UNKNOWN)
        ids->source = OSLER_IDS_CONVERTER;
}

/* One request for ids of one kind, from `*at` on. */
static osler_status ask_batch(struct converting *c, idconv *service, idconv_kind kind, size_t *at,
                              osler_error *error)
{
    idconv_row rows[IDCONV_BATCH] = {{0}};
    osler_ids *items[IDCONV_BATCH];
    size_t count = 0, bytes = 0;
    for (; *at < c->count && count < IDCONV_BATCH; ++*at) {
        const char *key = key_of(&c->items[*at], kind);
        size_t length = key ? strlen(key) + 1 : 0;
        if (!key || length > IDCONV_BYTES)
            continue;
        if (bytes + length > IDCONV_BYTES)
            break;
        bytes += length;
        items[count] = &c->items[*at];
        rows[count++].asked = key;
    }
    if (!count)
        return OSLER_OK;
    c->done = *at;
    osler_status status = idconv_ask(service, kind, rows, count, c->memory, error);
    for (size_t i = 0; status == OSLER_OK && i < count; i++)
        take_row(items[i], &rows[i]);
    return status;
}

static osler_status ask_converter(struct converting *c, osler_error *error)
{
    idconv *service;
    osler_status status = idconv_open(&service, keep_going, c, error);
    for (int kind = IDCONV_PMID; status == OSLER_OK && kind <= IDCONV_DOI; kind++)
        for (size_t at = 0; status == OSLER_OK && at < c->count;)
            status = ask_batch(c, service, (idconv_kind)kind, &at, error);
    idconv_close(service);
    return status;
}

osler_status osler_convert_ids(osler_ids_list **out, osler_library *library, const char *const *ids,
                               size_t count, const osler_links_options *options, osler_error *error)
{
    static const osler_links_options defaults;
    struct owned *owned = memory_alloc(sizeof *owned);
    struct converting c = {
        .memory = &owned->memory, .count = count, .options = options ? options : &defaults};
    *out = &owned->shown;
    c.items = arena_alloc(c.memory, (count + 1) * sizeof *c.items);
    osler_status status = OSLER_OK;
    for (size_t i = 0; status == OSLER_OK && i < count; i++) {
        c.items[i].asked = arena_copy(c.memory, str_of(ids[i]));
        read_id(c.memory, &c.items[i]);
        status = ask_library(&c, library, &c.items[i], error);
    }
    owned->shown = (osler_ids_list){c.items, count};
    return status == OSLER_OK && c.options->online ? ask_converter(&c, error) : status;
}

void osler_ids_free(osler_ids_list *list)
{
    if (!list)
        return;
    struct owned *owned = (struct owned *)(void *)list;
    arena_free(&owned->memory);
    memory_free(owned);
}
