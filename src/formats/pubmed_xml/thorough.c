/* The thorough way through an item: libxml2's SAX2 interface, and our own words for its errors. */
#include "formats/pubmed_xml/parser.h"

#include "base/memory.h"
#include "base/utf8.h"
#include "formats/window.h"

#include <libxml/parser.h>
#include <libxml/xmlversion.h>
#include <pthread.h>
#include <string.h>

enum {
    DICTIONARY_MOST = 4 << 20, /* bytes of names before the context is replaced */
    MOST = 64,                 /* attributes of one tag; the others are passed over */
};

static str text_of(const xmlChar *text)
{
    return str_of((const char *)text);
}

/* libxml2's signature. */
/* NOLINTNEXTLINE(readability-function-size) */
static void start_element(void *context, const xmlChar *name, const xmlChar *prefix,
                          const xmlChar *uri, int namespace_count, const xmlChar **namespaces,
                          int count, int defaulted, const xmlChar **items)
{
    (void)prefix, (void)uri, (void)namespace_count, (void)namespaces, (void)defaulted;
    struct attribute list[MOST];
    struct attributes attributes = {list, 0};
    /* Five pointers each: the name, what its namespace is, the two ends of the value. */
    for (; attributes.count < (size_t)count && attributes.count < MOST; items += 5)
        list[attributes.count++] = (struct attribute){
            text_of(items[0]), {(const char *)items[3], (size_t)(items[4] - items[3])}};
    pubmed_start_element(context, text_of(name), &attributes);
}

static void end_element(void *context, const xmlChar *name, const xmlChar *prefix,
                        const xmlChar *uri)
{
    (void)name, (void)prefix, (void)uri;
    pubmed_end_element(context);
}

static void add_characters(void *context, const xmlChar *chars, int length)
{
    pubmed_add_text(context, (str){(const char *)chars, (size_t)length}, false);
}

/* No DOCTYPE stands inside an item, but nothing is left to that. */
static void refuse_subset(void *context, const xmlChar *name, const xmlChar *external,
                          const xmlChar *system)
{
    (void)name, (void)external, (void)system;
    pubmed_fail(context, OSLER_EINPUT, 0, "a record holds a DOCTYPE");
}

static void refuse_entity(void *context, const xmlChar *name, int type, const xmlChar *external,
                          const xmlChar *system, xmlChar *content)
{
    (void)type, (void)external, (void)system, (void)content;
    pubmed_fail(context, OSLER_EINPUT, 0, "a record declares the entity %.60s", (const char *)name);
}

static void refuse_reference(void *context, const xmlChar *name)
{
    pubmed_fail(context, OSLER_EINPUT, 0, "the entity &%.60s; is not one of XML's own",
                (const char *)name);
}

static const char *text_or_nothing(const char *text)
{
    return text ? text : "";
}

/* libxml2 names a character when it stumbles over bytes that are none. */
static void take_bad_bytes(pubmed_parser *p, unsigned line, unsigned character)
{
    size_t offset;
    if (!*p->encoding && !utf8_valid(p->item, &offset))
        pubmed_fail(p, OSLER_EINPUT, p->line + window_lines(str_part(p->item, 0, offset)),
                    "bytes that are not UTF-8");
    else if (*p->encoding && !character)
        pubmed_fail(p, OSLER_EINPUT, line, "bytes that are not %s", p->encoding);
    else
        pubmed_fail(p, OSLER_EINPUT, line, "a character that XML does not allow (U+%04X)",
                    character);
}

/* Say in our own words what goes wrong most; libxml2 counts lines from the item's start. */
static void take_error(pubmed_parser *p, const xmlError *e)
{
    unsigned line = p->line + (e->line > 0 ? (unsigned)e->line - 1 : 0);
    switch (e->code) {
    case XML_ERR_TAG_NAME_MISMATCH:
        pubmed_fail(p, OSLER_EINPUT, line, "<%.40s> of line %u is ended by </%.40s>",
                    text_or_nothing(e->str1), p->line + (unsigned)(e->int1 > 0 ? e->int1 - 1 : 0),
                    text_or_nothing(e->str2));
        return;
    case XML_ERR_UNDECLARED_ENTITY:
    case XML_WAR_UNDECLARED_ENTITY:
        pubmed_fail(p, OSLER_EINPUT, line, "the entity &%.60s; is not one of XML's own",
                    text_or_nothing(e->str1));
        return;
    case XML_ERR_INVALID_ENCODING:
    case XML_I18N_CONV_FAILED: take_bad_bytes(p, line, 0); return;
    case XML_ERR_INVALID_CHAR: take_bad_bytes(p, line, (unsigned)e->int1); return;
    case XML_ERR_INTERNAL_ERROR:
        pubmed_fail(p, OSLER_ELIMIT, line, "this record exceeds a limit of the XML parser: %.*s",
                    (int)strcspn(text_or_nothing(e->message), "\n"), text_or_nothing(e->message));
        return;
    default:
        pubmed_fail(p, OSLER_EINPUT, line, "malformed XML: %.*s",
                    (int)strcspn(text_or_nothing(e->message), "\n"), text_or_nothing(e->message));
    }
}

#if LIBXML_VERSION >= 21200
static void hear_error(void *context, const xmlError *e)
#else
static void hear_error(void *context, xmlErrorPtr e)
#endif
{
    /* The item stands alone, so the prefixes that its root declares are unknown: no matter. */
    if (e->domain == XML_FROM_NAMESPACE)
        return;
    if (e->code == XML_ERR_NO_MEMORY)
        memory_out(0);
    if (e->level >= XML_ERR_ERROR || e->code == XML_WAR_UNDECLARED_ENTITY)
        take_error(context, e);
}

/* `context` is what libxml2 has yet to read. */
static int read_input(void *context, char *buffer, int size)
{
    str *rest = context;
    size_t length = rest->length < (size_t)size ? rest->length : (size_t)size;
    memcpy(buffer, rest->data, length);
    *rest = str_part(*rest, length, rest->length);
    return (int)length;
}

void pubmed_open_context(pubmed_parser *p)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, xmlInitParser);
    p->context = xmlNewParserCtxt();
    if (!p->context)
        memory_out(sizeof *p->context);
    /* The context has a handler of its own, which is filled and not replaced. */
    *p->context->sax = (xmlSAXHandler){
        .initialized = XML_SAX2_MAGIC,
        .internalSubset = refuse_subset,
        .externalSubset = refuse_subset,
        .entityDecl = refuse_entity,
        .reference = refuse_reference,
        .startElementNs = start_element,
        .endElementNs = end_element,
        .characters = add_characters,
        .ignorableWhitespace = add_characters,
        .cdataBlock = add_characters,
        .serror = hear_error,
    };
    p->context->userData = p;
}

void pubmed_close_context(pubmed_parser *p)
{
    xmlFreeParserCtxt(p->context);
    p->context = NULL;
}

void pubmed_read_thoroughly(pubmed_parser *p)
{
    /* Names of a hostile file would pile up until libxml2 refuses every further record. */
    if (xmlDictGetUsage(p->context->dict) > DICTIONARY_MOST) {
        pubmed_close_context(p);
        pubmed_open_context(p);
    }
    str rest = p->item;
    xmlDocPtr tree = xmlCtxtReadIO(p->context, read_input, NULL, &rest, NULL,
                                   *p->encoding ? p->encoding : NULL, XML_PARSE_NONET);
    xmlFreeDoc(tree); /* there is none: no handler builds it */
    if (p->error.status == OSLER_OK && !p->context->wellFormed)
        pubmed_fail(p, OSLER_EINPUT, 0, "malformed XML");
}
