/* Reading eLinkResult with libxml2's pull reader: nothing is loaded, no entity is expanded. */
#include "fetch/elink.h"

#include "base/error.h"
#include "base/limits.h"
#include "base/memory.h"

#include <libxml/xmlreader.h>
#include <stdio.h>
#include <string.h>

enum { MAX_DEPTH = 8, MAX_REPLY = LIMIT_FIELD * 4 };

struct reading {
    elink_reply *out;
    const char *wanted;       /* the name of the links */
    char path[MAX_DEPTH][24]; /* names of the open elements, the root first */
    unsigned sources;         /* of the set at hand */
    uint64_t from, to, score; /* of the link at hand */
    bool named;               /* the links at hand are those wanted */
    char problem[160];
};

void elink_reply_free(elink_reply *reply)
{
    memory_free(reply->links);
    memory_free(reply->sources);
    *reply = (elink_reply){0};
}

static void add_link(elink_reply *out, elink_link link)
{
    if (out->count == out->capacity) {
        out->capacity = out->capacity ? out->capacity * 2 : 256;
        out->links = memory_resize(out->links, out->capacity * sizeof *out->links);
    }
    out->links[out->count++] = link;
}

static void add_source(elink_reply *out, uint64_t pmid)
{
    if (out->source_count == out->source_capacity) {
        out->source_capacity = out->source_capacity ? out->source_capacity * 2 : 64;
        out->sources = memory_resize(out->sources, out->source_capacity * sizeof *out->sources);
    }
    out->sources[out->source_count++] = pmid;
}

static void on_error(void *opaque, xmlErrorPtr problem)
{
    struct reading *r = opaque;
    if (!r->problem[0] && problem && problem->message)
        snprintf(r->problem, sizeof r->problem, "%s", problem->message);
}

static bool refuse(struct reading *r, const char *problem)
{
    if (!r->problem[0])
        snprintf(r->problem, sizeof r->problem, "%s", problem);
    return false;
}

static bool is_at(const struct reading *r, int depth, const char *parent, const char *name)
{
    return depth >= 1 && depth < MAX_DEPTH && strcmp(r->path[depth], name) == 0 &&
           strcmp(r->path[depth - 1], parent) == 0;
}

/* Text directly inside the element at `depth` of the path. */
static bool take_text(struct reading *r, int depth, str text)
{
    unsigned long number = 0;
    text = str_trim(text);
    if (is_at(r, depth, "LinkSetDb", "LinkName")) {
        r->named = str_is(text, r->wanted);
    } else if (is_at(r, depth, "IdList", "Id")) {
        if (!str_number(text, &number) || !number)
            return refuse(r, "an id is no number");
        if (r->sources++)
            return refuse(r, "the links of several records are mixed");
        r->from = number;
        add_source(r->out, number);
    } else if (is_at(r, depth, "Link", "Id")) {
        if (!str_number(text, &number) || !number)
            return refuse(r, "a link leads to no number");
        r->to = number;
    } else if (is_at(r, depth, "Link", "Score")) {
        if (!str_number(text, &number))
            return refuse(r, "a score is no number");
        r->score = number;
    }
    return true;
}

static bool end_element(struct reading *r, int depth)
{
    if (!is_at(r, depth, "LinkSetDb", "Link") || !r->named || !r->to)
        return true;
    if (!r->from)
        return refuse(r, "links stand before the record they are of");
    if (r->out->count == LIMIT_LIST)
        return refuse(r, "there are too many links");
    add_link(r->out, (elink_link){r->from, r->to, r->score});
    return true;
}

static void start_element(struct reading *r, int depth, const char *name)
{
    snprintf(r->path[depth], sizeof r->path[depth], "%s", name);
    if (depth == 1 && strcmp(name, "LinkSet") == 0)
        r->sources = 0, r->from = 0;
    if (strcmp(name, "LinkSetDb") == 0)
        r->named = false;
    if (strcmp(name, "Link") == 0)
        r->to = r->score = 0;
}

static bool take_node(struct reading *r, xmlTextReaderPtr reader)
{
    int depth = xmlTextReaderDepth(reader), type = xmlTextReaderNodeType(reader);
    if (type == XML_READER_TYPE_ELEMENT && depth < MAX_DEPTH)
        start_element(r, depth, (const char *)xmlTextReaderConstName(reader));
    if (type == XML_READER_TYPE_END_ELEMENT)
        return end_element(r, depth);
    if (type == XML_READER_TYPE_TEXT || type == XML_READER_TYPE_CDATA)
        return take_text(r, depth - 1, str_of((const char *)xmlTextReaderConstValue(reader)));
    return type != XML_READER_TYPE_ENTITY_REFERENCE;
}

osler_status elink_read(elink_reply *out, str body, const char *name, osler_error *error)
{
    struct reading r = {.out = out, .wanted = name};
    size_t links = out->count, sources = out->source_count;
    if (body.length > MAX_REPLY)
        return fail(error, OSLER_ELIMIT, 0, "the reply with links is too large");
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
    if (more == 0 && strcmp(r.path[0], "eLinkResult") == 0)
        return OSLER_OK;
    out->count = links;
    out->source_count = sources;
    return fail(error, OSLER_EINPUT, 0, "the reply with links is malformed: %s",
                r.problem[0] ? r.problem : "expected an eLinkResult");
}
