/* Asking the PMC ID Converter, and reading its JSON. */
#include "fetch/idconv.h"

#include "base/buf.h"
#include "base/error.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/memory.h"
#include "fetch/limiter.h"
#include "fetch/service.h"

enum { LONGEST_ID = 2000 };

struct idconv {
    service *service;
};

/* NCBI states no limit of its own for it: the one of the E-utilities without a key. */
static const service_plan plan = {
    .variable = "OSLER_IDCONV_URL",
    .home = "https://pmc.ncbi.nlm.nih.gov/tools/idconv/api/v1/articles/",
    .path = "/tools/idconv/api/v1/articles/",
    .kind = "idconv",
    .gap = LIMITER_GAP,
};

osler_status idconv_open(idconv **out, idconv_keep_going keep_going, void *state,
                         osler_error *error)
{
    service *opened;
    *out = NULL;
    osler_status status = service_open(&opened, &plan, keep_going, state, error);
    if (status != OSLER_OK)
        return status;
    *out = memory_alloc(sizeof **out);
    (*out)->service = opened;
    return OSLER_OK;
}

void idconv_close(idconv *c)
{
    if (!c)
        return;
    service_close(c->service);
    memory_free(c);
}

/* ---- The reply --------------------------------------------------------------------------------
 */

/* A text or a number; NULL for anything else, and for what could not stand in a line. */
static const char *text_of(const struct json_value *record, const char *key, arena *memory)
{
    const struct json_value *value = json_member(record, key);
    if (!value || (value->kind != JSON_IS_TEXT && value->kind != JSON_IS_NUMBER))
        return NULL;
    str text = str_trim(value->text);
    for (size_t i = 0; i < text.length; i++)
        if ((unsigned char)text.data[i] <= ' ' || text.data[i] == 0x7F)
            return NULL;
    return text.length && text.length <= LONGEST_ID ? arena_copy(memory, text) : NULL;
}

static bool is_pmid(const char *text)
{
    unsigned long number;
    return text && str_number(str_of(text), &number) && number;
}

static bool is_pmcid(const char *text)
{
    unsigned long number;
    return text && str_starts_with(str_of(text), str_of("PMC")) &&
           str_number(str_of(text + 3), &number);
}

static void take_record(idconv_row *row, const struct json_value *record, arena *memory)
{
    const char *pmid = text_of(record, "pmid", memory), *pmcid = text_of(record, "pmcid", memory);
    const char *doi = text_of(record, "doi", memory);
    row->pmid = is_pmid(pmid) ? pmid : NULL;
    row->pmcid = is_pmcid(pmcid) ? pmcid : NULL;
    row->doi = doi && str_starts_with(str_of(doi), str_of("10.")) ? doi : NULL;
    row->found = row->pmid || row->pmcid || row->doi;
}

/* The row asked for under this name, and for one that stands there twice the next. */
static void give_record(idconv_row *rows, size_t count, const struct json_value *record,
                        arena *memory)
{
    const char *asked = text_of(record, "requested-id", memory);
    const struct json_value *status = json_member(record, "status");
    if (!asked || (status && str_is(status->text, "error")))
        return;
    for (size_t i = 0; i < count; i++)
        if (!rows[i].found && str_equal_ignoring_case(str_of(rows[i].asked), str_of(asked)))
            take_record(&rows[i], record, memory);
}

osler_status idconv_read(idconv_row *rows, size_t count, str body, arena *memory,
                         osler_error *error)
{
    struct json_stream stream = {.text = body};
    const struct json_value *value;
    if (body.length > LIMIT_FIELD)
        return fail(error, OSLER_ELIMIT, 0, "the reply of the ID converter is too large");
    osler_status status = json_next(&stream, memory, &value, error);
    if (status != OSLER_OK)
        return fail(error, OSLER_EINPUT, 0, "the reply of the ID converter is no JSON");
    const struct json_value *records = json_member(value, "records");
    const struct json_value *said = json_member(value, "status");
    if (!records || records->kind != JSON_IS_ARRAY || (said && !str_is(said->text, "ok")))
        return fail(error, OSLER_EINPUT, 0,
                    "the reply of the ID converter says no records (expected \"records\")");
    for (const struct json_value *record = records->first; record; record = record->next)
        give_record(rows, count, record, memory);
    return OSLER_OK;
}

/* ---- The request ------------------------------------------------------------------------------
 */

osler_status idconv_ask(idconv *c, idconv_kind kind, idconv_row *rows, size_t count, arena *memory,
                        osler_error *error)
{
    static const char *const kinds[] = {
        [IDCONV_PMID] = "pmid", [IDCONV_PMCID] = "pmcid", [IDCONV_DOI] = "doi"};
    buf ids = {0};
    for (size_t i = 0; i < count; i++)
        buf_printf(&ids, "%s%s", i ? "," : "", rows[i].asked);
    service_begin(c->service);
    service_add(c->service, "format", str_of("json"));
    service_add(c->service, "versions", str_of("no"));
    service_add(c->service, "idtype", str_of(kinds[kind]));
    service_add(c->service, "ids", buf_str(&ids));
    buf_free(&ids);
    osler_status status = service_get(c->service, "", "{", error);
    if (status == OSLER_OK)
        status = idconv_read(rows, count, service_body(c->service), memory, error);
    if (status != OSLER_EINPUT && status != OSLER_ELIMIT && status != OSLER_ENOTFOUND)
        return status;
    if (error)
        error->status = OSLER_ENETWORK;
    return fail_source(error, OSLER_ENETWORK, service_host(c->service));
}
