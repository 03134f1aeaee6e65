/* Asking Crossref, and holding what it sends against what was asked for. */
#include "fetch/crossref.h"

#include "base/buf.h"
#include "base/error.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/memory.h"
#include "fetch/service.h"

#include <string.h>

enum { LONGEST_DOI = 1000, MOST_BYTES = 32 << 20 };

struct crossref {
    service *service;
};

/* Half of the five single records a second that Crossref allows anybody; what it says of its limit
 * in the header of a reply is obeyed when that is less. */
static const service_plan plan = {
    .variable = "OSLER_CROSSREF_URL",
    .home = "https://api.crossref.org/v1/",
    .path = "/v1/",
    .kind = "crossref",
    .gap = 0.40,
    .names_user = true,
    .not_found = "resource not found",
};

osler_status crossref_open(crossref **out, crossref_keep_going keep_going, void *state,
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

void crossref_close(crossref *c)
{
    if (!c)
        return;
    service_close(c->service);
    memory_free(c);
}

const char *crossref_host(const crossref *c)
{
    return service_host(c->service);
}

osler_status crossref_check(str body, const char *doi, osler_error *error)
{
    arena memory = {0};
    struct json_stream stream = {.text = body};
    const struct json_value *value;
    osler_status status = OSLER_OK;
    if (body.length > MOST_BYTES)
        return fail(error, OSLER_ELIMIT, 0, "the record of this DOI is too large");
    if (json_next(&stream, &memory, &value, error) != OSLER_OK)
        status = fail(error, OSLER_EINPUT, 0, "the reply is no JSON");
    const struct json_value *said = status == OSLER_OK ? json_member(value, "DOI") : NULL;
    if (status == OSLER_OK && (!said || said->kind != JSON_IS_TEXT ||
                               !str_equal_ignoring_case(str_trim(said->text), str_of(doi))))
        status = fail(error, OSLER_EINPUT, 0, "the reply is not the record of %.200s", doi);
    arena_free(&memory);
    return status;
}

osler_status crossref_get(crossref *c, const char *doi, str *out, osler_error *error)
{
    buf target = {0};
    *out = (str){0};
    if (strlen(doi) > LONGEST_DOI)
        return fail(error, OSLER_ENOTFOUND, 0, "no DOI is so long: %.100s...", doi);
    buf_add_text(&target, "works/");
    service_encode(&target, str_of(doi));
    buf_add_text(&target, "/transform/application/vnd.citationstyles.csl+json");
    service_begin(c->service);
    osler_status status = service_get(c->service, buf_text(&target), "{", error);
    buf_free(&target);
    if (status == OSLER_OK)
        status = crossref_check(service_body(c->service), doi, error);
    if (status == OSLER_OK)
        *out = service_body(c->service);
    return status == OSLER_OK ? status : fail_source(error, status, service_host(c->service));
}
