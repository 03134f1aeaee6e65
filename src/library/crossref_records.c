/* From Crossref's CSL-JSON to a record, and from there into the library. */
#include "library/crossref_records.h"

#include "base/buf.h"
#include "base/error.h"
#include "record/identifiers.h"

#include <string.h>

enum { LONGEST_TAG = 300 };

/* The bytes of a tag of JATS at the start of `s`, of which abstracts are made there; else 0.  Cut
 * out whole, it leaves JSON as sound as it was. */
static size_t jats_tag(str s)
{
    static const char *const starts[] = {"<jats:", "</jats:"};
    s = str_part(s, 0, LONGEST_TAG);
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (str_starts_with(s, str_of(starts[i])) && str_find(s, '>') < s.length)
            return str_find(s, '>') + 1;
    return 0;
}

/* Crossref's texts are those of XML deposits, with entities, which CSL-JSON does not know.  None of
 * them can be a part of JSON's own syntax. */
static void decode(buf *out, str body)
{
    static const struct {
        const char *entity;
        char byte;
    } known[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}};
    for (size_t i = 0; i < body.length;) {
        size_t length = jats_tag(str_part(body, i, body.length));
        if (length) {
            buf_add_byte(out, ' ');
            i += length;
            continue;
        }
        char byte = body.data[i];
        length = 1;
        for (size_t k = 0; byte == '&' && length == 1 && k < sizeof known / sizeof *known; k++) {
            if (!str_starts_with(str_part(body, i, 5), str_of(known[k].entity)))
                continue;
            byte = known[k].byte;
            length = strlen(known[k].entity);
        }
        buf_add_byte(out, byte);
        i += length;
    }
}

osler_status crossref_record(crossref *c, const char *doi, crossref_taker take, void *context,
                             osler_error *error)
{
    str body;
    osler_reader *reader;
    const osler_item *item;
    osler_status status = crossref_get(c, doi, &body, error);
    if (status != OSLER_OK)
        return status;
    buf text = {0};
    decode(&text, body);
    status = osler_reader_open_bytes(&reader, text.data, text.length, crossref_host(c), "csl-json",
                                     error);
    if (status != OSLER_OK) {
        buf_free(&text);
        return status;
    }
    status = osler_reader_next(reader, &item, error);
    if (status == OSLER_OK && item->kind == OSLER_RECORD && item->record->doi)
        status = take(context, item->record, buf_str(&text), error);
    else if (status == OSLER_OK || status == OSLER_END)
        status = fail(error, OSLER_EINPUT, 0, "the reply is not the record of %.200s", doi);
    osler_reader_close(reader);
    buf_free(&text);
    return status;
}

static void count(store_origin *origin, store_change change)
{
    origin->added = change == STORE_NEW;
    origin->updated = change == STORE_UPDATED;
    origin->unchanged = change == STORE_UNCHANGED || change == STORE_OLDER;
}

osler_status crossref_store(void *context, const osler_record *record, str original,
                            osler_error *error)
{
    struct crossref_stored *to = context;
    store *s = to->library->store;
    osler_appraisal *appraisal;
    buf name = {0};
    buf_printf(&name, "%s doi:%s", to->host, record->doi);
    store_origin origin = {
        .kind = "fetch", .name = buf_text(&name), .format = "csl-json", .expected = 1};
    osler_status status = store_begin(s, error);
    if (status == OSLER_OK)
        status = store_origin_add(s, &origin, error);
    store_arrival arrival = {.origin = origin.id, .original = original};
    osler_appraise(&appraisal, record, NULL);
    if (status == OSLER_OK)
        status = store_put(s, record, appraisal, &arrival, &to->change, error);
    osler_appraisal_free(appraisal);
    count(&origin, to->change);
    if (status == OSLER_OK)
        status = store_get_name(s, store_last_put(s), to->id, error);
    if (status == OSLER_OK)
        status = store_origin_finish(s, &origin, error);
    if (status == OSLER_OK)
        status = store_commit(s, error);
    if (status != OSLER_OK)
        store_rollback(s);
    buf_free(&name);
    return status;
}

static bool session_goes_on(void *state, uint64_t retries)
{
    const crossref_session *s = state;
    osler_progress progress = {.what = "Crossref", .done = s->asked, .retries = retries};
    return !s->progress || s->progress(s->context, &progress);
}

osler_status crossref_session_ask(crossref_session *s, const char *doi, crossref_taker take,
                                  void *context, osler_error *error)
{
    arena memory = {0};
    const char *bare = identifier_doi(&memory, str_of(doi));
    osler_status status = OSLER_OK;
    if (!bare)
        status = fail(error, OSLER_ENOTFOUND, 0, "'%.200s' is no DOI", doi);
    if (status == OSLER_OK && !s->service)
        status = crossref_open(&s->service, session_goes_on, s, error);
    if (status == OSLER_OK)
        status = crossref_record(s->service, bare, take, context, error);
    if (status == OSLER_EINPUT || status == OSLER_ELIMIT)
        status = OSLER_ENOTFOUND;
    s->asked++;
    arena_free(&memory);
    return status;
}

void crossref_session_end(crossref_session *s)
{
    crossref_close(s->service);
    s->service = NULL;
}
