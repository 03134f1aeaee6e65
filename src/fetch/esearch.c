/* Reading eSearchResult with libxml2's pull reader: nothing is loaded, no entity is expanded. */
#include "fetch/esearch.h"

#include "base/buf.h"
#include "base/error.h"
#include "base/limits.h"
#include "base/memory.h"

#include <libxml/xmlreader.h>
#include <stdio.h>
#include <string.h>

enum { MAX_REMARKS = 1000 };

void pmid_set_add(pmid_set *set, uint64_t pmid)
{
    if (set->count == set->capacity) {
        set->capacity = set->capacity ? set->capacity * 2 : 64;
        set->items = memory_resize(set->items, set->capacity * sizeof *set->items);
    }
    set->items[set->count++] = pmid;
}

void pmid_set_free(pmid_set *set)
{
    memory_free(set->items);
    *set = (pmid_set){0};
}

void esearch_reply_free(esearch_reply *reply)
{
    pmid_set_free(&reply->pmids);
    arena_free(&reply->memory);
    *reply = (esearch_reply){0};
}

struct reading {
    esearch_reply *out;
    char path[6][32]; /* names of the open elements, the root first */
    bool counted;
    char problem[160];
};

static void on_error(void *opaque, xmlErrorPtr problem)
{
    struct reading *r = opaque;
    if (!r->problem[0] && problem && problem->message)
        snprintf(r->problem, sizeof r->problem, "%s", problem->message);
}

static bool is_at(const struct reading *r, int depth, const char *parent, const char *name)
{
    return depth >= 1 && depth < 6 && strcmp(r->path[depth], name) == 0 &&
           (!parent || strcmp(r->path[depth - 1], parent) == 0);
}

static void add_remark(esearch_reply *out, const char *kind, str text)
{
    if (!text.length || out->remark_count >= MAX_REMARKS)
        return;
    esearch_remark *remark =
        arena_append(&out->memory, &out->remarks, &out->remark_count, sizeof *out->remarks);
    remark->kind = arena_copy(&out->memory, str_of(kind));
    remark->text = arena_copy(&out->memory, text);
}

/* Text directly inside the element at `depth` of the path. */
static bool take_text(struct reading *r, int depth, str text)
{
    unsigned long number = 0;
    text = str_trim(text);
    if (is_at(r, depth, "IdList", "Id")) {
        if (!str_number(text, &number) || !number || r->out->pmids.count >= LIMIT_LIST)
            return false;
        pmid_set_add(&r->out->pmids, number);
    } else if (depth == 1 && is_at(r, depth, "eSearchResult", "Count")) {
        if (!str_number(text, &number))
            return false;
        r->out->count = number;
        r->counted = true;
    } else if (depth == 1 && is_at(r, depth, "eSearchResult", "QueryTranslation")) {
        r->out->translation = arena_copy(&r->out->memory, text);
    } else if (depth == 2 &&
               (strcmp(r->path[1], "ErrorList") == 0 || strcmp(r->path[1], "WarningList") == 0)) {
        add_remark(r->out, r->path[2], text);
    }
    return true;
}

static bool take_node(struct reading *r, xmlTextReaderPtr reader)
{
    int depth = xmlTextReaderDepth(reader), type = xmlTextReaderNodeType(reader);
    if (type == XML_READER_TYPE_ELEMENT && depth < 6)
        snprintf(r->path[depth], sizeof r->path[depth], "%s",
                 (const char *)xmlTextReaderConstName(reader));
    if (type == XML_READER_TYPE_TEXT || type == XML_READER_TYPE_CDATA)
        return take_text(r, depth - 1, str_of((const char *)xmlTextReaderConstValue(reader)));
    return type != XML_READER_TYPE_ENTITY_REFERENCE;
}

osler_status esearch_read(esearch_reply *out, str body, osler_error *error)
{
    struct reading r = {.out = out};
    *out = (esearch_reply){0};
    if (body.length > LIMIT_FIELD)
        return fail(error, OSLER_ELIMIT, 0, "the reply to the search is too large");
    xmlTextReaderPtr reader = xmlReaderForMemory(body.data, (int)body.length, NULL, NULL,
                                                 XML_PARSE_NONET | XML_PARSE_NOCDATA);
    if (!reader)
        memory_out(body.length);
    xmlTextReaderSetStructuredErrorHandler(reader, on_error, &r);
    int more;
    while ((more = xmlTextReaderRead(reader)) == 1)
        if (!take_node(&r, reader))
            break;
    xmlFreeTextReader(reader);
    if (more == 0 && r.counted && strcmp(r.path[0], "eSearchResult") == 0)
        return OSLER_OK;
    esearch_reply_free(out);
    return fail(error, OSLER_EINPUT, 0, "the reply to the search is malformed: %s",
                r.problem[0] ? r.problem : "expected an eSearchResult with a count and PMIDs");
}

osler_status espell_read(char **out, str body, osler_error *error)
{
    buf text = {0};
    bool inside = false;
    int more;
    *out = NULL;
    if (body.length > LIMIT_FIELD)
        return fail(error, OSLER_ELIMIT, 0, "the reply to the spelling check is too large");
    xmlTextReaderPtr reader = xmlReaderForMemory(body.data, (int)body.length, NULL, NULL,
                                                 XML_PARSE_NONET | XML_PARSE_NOCDATA |
                                                     XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    if (!reader)
        memory_out(body.length);
    while ((more = xmlTextReaderRead(reader)) == 1) {
        int type = xmlTextReaderNodeType(reader);
        if (type == XML_READER_TYPE_ENTITY_REFERENCE)
            break;
        if (type == XML_READER_TYPE_ELEMENT)
            inside = strcmp((const char *)xmlTextReaderConstName(reader), "CorrectedQuery") == 0;
        else if (type == XML_READER_TYPE_END_ELEMENT)
            inside = false;
        else if (inside && (type == XML_READER_TYPE_TEXT || type == XML_READER_TYPE_CDATA))
            buf_add_text(&text, (const char *)xmlTextReaderConstValue(reader));
    }
    xmlFreeTextReader(reader);
    if (more == 0 && str_trim(buf_str(&text)).length)
        *out = memory_copy_text(buf_text(&text));
    buf_free(&text);
    return more == 0 ? OSLER_OK
                     : fail(error, OSLER_EINPUT, 0, "the reply to the spelling check is malformed");
}
