/* Reading descriptors by SAX2: a state machine over the names of the open elements. */
#include "mesh/descriptor_xml.h"

#include "base/buf.h"
#include "base/error.h"
#include "base/memory.h"

#include <libxml/parser.h>
#include <stdio.h>
#include <string.h>

enum {
    MOST_DEPTH = 32,
    MOST_TEXT = 1 << 16, /* bytes of one text */
    MOST_DESCRIPTORS = 1 << 20,
    CHUNK = 64 << 10,
};

struct reading {
    compiled_draft *out;
    const char *names[MOST_DEPTH]; /* of the open elements; libxml2's dictionary owns them */
    size_t depth;
    buf text;
    bool permuted, preferred_concept, failed, closed;
    struct {
        buf ui, name, numbers, terms, permuted, note;
    } at; /* the descriptor at hand */
    char problem[160];
    unsigned line;
    xmlParserCtxtPtr parser;
};

static bool is_open(const struct reading *r, size_t above, const char *name)
{
    return r->depth > above && strcmp(r->names[r->depth - 1 - above], name) == 0;
}

static void refuse(struct reading *r, const char *why)
{
    if (!r->failed)
        snprintf(r->problem, sizeof r->problem, "%s", why);
    r->line = (unsigned)xmlSAX2GetLineNumber(r->parser);
    r->failed = true;
    xmlStopParser(r->parser);
}

/* The DOCTYPE names NLM's DTD, which is not loaded; nothing of it is needed. */
static void pass_subset(void *opaque, const xmlChar *name, const xmlChar *id, const xmlChar *uri)
{
    (void)opaque, (void)name, (void)id, (void)uri;
}

static void refuse_entity(void *opaque, const xmlChar *name, int type, const xmlChar *id,
                          const xmlChar *uri, xmlChar *content)
{
    (void)name, (void)type, (void)id, (void)uri, (void)content;
    refuse(opaque, "the file declares entities, which no descriptor file does");
}

static bool is_yes(const xmlChar **attributes, int count, const char *name)
{
    for (int i = 0; i < count; i++)
        if (strcmp((const char *)attributes[5 * (size_t)i], name) == 0)
            return attributes[5 * (size_t)i + 4] > attributes[5 * (size_t)i + 3] &&
                   *attributes[5 * (size_t)i + 3] == 'Y';
    return false;
}

static void begin_element(struct reading *r, const char *name, int count,
                          const xmlChar **attributes)
{
    if (r->depth == MOST_DEPTH) {
        refuse(r, "elements are nested too deeply");
        return;
    }
    r->names[r->depth++] = name;
    buf_clear(&r->text);
    if (r->depth == 1 && !is_open(r, 0, "DescriptorRecordSet"))
        refuse(r, "expected NLM's descriptor file, with DescriptorRecordSet as its root");
    else if (is_open(r, 0, "Term"))
        r->permuted = is_yes(attributes, count, "IsPermutedTermYN");
    else if (is_open(r, 0, "Concept"))
        r->preferred_concept = is_yes(attributes, count, "PreferredConceptYN");
}

/* NOLINTNEXTLINE(readability-function-size): libxml2 says what the parameters are. */
static void on_start(void *opaque, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                     int spaces, const xmlChar **space, int count, int defaulted,
                     const xmlChar **attributes)
{
    (void)prefix, (void)uri, (void)spaces, (void)space, (void)defaulted;
    begin_element(opaque, (const char *)name, count, attributes);
}

static void on_text(void *opaque, const xmlChar *text, int length)
{
    struct reading *r = opaque;
    if (r->text.length + (size_t)length > MOST_TEXT)
        refuse(r, "a text is too long");
    else
        buf_add(&r->text, (str){(const char *)text, (size_t)length});
}

/* The text as one line that nothing in it can end. */
static str plain(struct reading *r)
{
    for (size_t i = 0; i < r->text.length; i++)
        if ((unsigned char)r->text.data[i] < ' ' || r->text.data[i] == 0x7F)
            r->text.data[i] = ' ';
        else if (r->text.data[i] == '|')
            r->text.data[i] = '/';
    return str_trim(buf_str(&r->text));
}

static void set(buf *to, str text)
{
    if (!to->length)
        buf_add(to, text);
}

static void join(buf *to, str text)
{
    if (to->length)
        buf_add_byte(to, '|');
    buf_add(to, text);
}

/* The element that ends: which part of the descriptor is its text? */
static void take(struct reading *r, str text)
{
    if (!text.length)
        return;
    if (is_open(r, 0, "DescriptorUI") && is_open(r, 1, "DescriptorRecord"))
        set(&r->at.ui, text);
    else if (is_open(r, 0, "String") && is_open(r, 1, "DescriptorName") &&
             is_open(r, 2, "DescriptorRecord"))
        set(&r->at.name, text);
    else if (is_open(r, 0, "TreeNumber"))
        join(&r->at.numbers, text);
    else if (is_open(r, 0, "String") && is_open(r, 1, "Term"))
        join(r->permuted ? &r->at.permuted : &r->at.terms, text);
    else if (is_open(r, 0, "ScopeNote") && r->preferred_concept)
        set(&r->at.note, text);
}

/* Entry terms without the name itself. */
static const char *without_name(struct reading *r)
{
    buf kept = {0};
    str rest = buf_str(&r->at.terms), term;
    while (str_next_field(&rest, '|', &term))
        if (!str_equal(term, buf_str(&r->at.name)))
            join(&kept, term);
    const char *copy = arena_copy(&r->out->memory, buf_str(&kept));
    buf_free(&kept);
    return copy;
}

static void end_descriptor(struct reading *r)
{
    compiled_draft *g = r->out;
    buf *parts[] = {&r->at.ui,    &r->at.name,     &r->at.numbers,
                    &r->at.terms, &r->at.permuted, &r->at.note};
    if (!r->at.ui.length || r->at.ui.length > 15 || !r->at.name.length ||
        g->count == MOST_DESCRIPTORS) {
        refuse(r, "expected a DescriptorUI and a DescriptorName in every DescriptorRecord");
        return;
    }
    struct drafted *d = arena_append(&g->memory, &g->items, &g->count, sizeof *g->items);
    d->descriptor.ui = arena_copy(&g->memory, buf_str(&r->at.ui));
    d->descriptor.name = arena_copy(&g->memory, buf_str(&r->at.name));
    d->descriptor.numbers = arena_copy(&g->memory, buf_str(&r->at.numbers));
    d->descriptor.terms = without_name(r);
    d->descriptor.note = arena_copy(&g->memory, buf_str(&r->at.note));
    d->permuted = arena_copy(&g->memory, buf_str(&r->at.permuted));
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        buf_clear(parts[i]);
}

static void on_end(void *opaque, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    struct reading *r = opaque;
    (void)name, (void)prefix, (void)uri;
    if (r->failed || !r->depth)
        return;
    take(r, plain(r));
    if (is_open(r, 0, "DescriptorRecord") && r->depth == 2)
        end_descriptor(r);
    if (r->depth)
        r->depth--;
    r->closed = r->depth == 0;
    buf_clear(&r->text);
}

#if LIBXML_VERSION >= 21200
static void on_error(void *opaque, const xmlError *problem)
#else
static void on_error(void *opaque, xmlErrorPtr problem)
#endif
{
    struct reading *r = opaque;
    if (r->failed || !problem || problem->level < XML_ERR_ERROR)
        return;
    snprintf(r->problem, sizeof r->problem, "%.*s",
             (int)strcspn(problem->message ? problem->message : "", "\n"),
             problem->message ? problem->message : "");
    r->line = (unsigned)problem->line;
    r->failed = true;
}

static osler_status feed(struct reading *r, source *from, osler_error *error)
{
    char chunk[CHUNK];
    size_t got = 0;
    osler_status status = OSLER_OK;
    do {
        status = source_read(from, chunk, sizeof chunk, &got, error);
        if (status == OSLER_OK)
            xmlParseChunk(r->parser, chunk, (int)got, got == 0);
    } while (status == OSLER_OK && got && !r->failed);
    if (status != OSLER_OK)
        return status;
    if (!r->failed && r->closed)
        return OSLER_OK;
    fail(error, OSLER_EINPUT, r->failed ? r->line : 0, "%s",
         r->failed ? r->problem : "the file ends before its last element does: it is truncated");
    return fail_source(error, OSLER_EINPUT, source_name(from));
}

osler_status descriptor_xml_read(compiled_draft *out, source *from, osler_error *error)
{
    struct reading *r = memory_alloc(sizeof *r);
    xmlSAXHandler handler = {.initialized = XML_SAX2_MAGIC,
                             .internalSubset = pass_subset,
                             .externalSubset = pass_subset,
                             .entityDecl = refuse_entity,
                             .startElementNs = on_start,
                             .endElementNs = on_end,
                             .characters = on_text,
                             .cdataBlock = on_text,
                             .serror = on_error};
    r->out = out;
    r->parser = xmlCreatePushParserCtxt(&handler, r, NULL, 0, NULL);
    if (!r->parser)
        memory_out(sizeof *r);
    xmlCtxtUseOptions(r->parser, XML_PARSE_NONET);
    osler_status status = feed(r, from, error);
    xmlFreeDoc(r->parser->myDoc);
    xmlFreeParserCtxt(r->parser);
    buf *all[] = {&r->text,     &r->at.ui,       &r->at.name, &r->at.numbers,
                  &r->at.terms, &r->at.permuted, &r->at.note};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        buf_free(all[i]);
    memory_free(r);
    return status;
}
