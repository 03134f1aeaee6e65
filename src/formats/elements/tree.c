/* One element as a small tree, by libxml2's SAX2 interface. */
#include "base/arena.h"
#include "base/error.h"
#include "base/limits.h"
#include "base/memory.h"
#include "formats/elements/elements.h"

#include <libxml/parser.h>
#include <libxml/xmlversion.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>

enum {
    DICTIONARY_MOST = 4 << 20, /* bytes of names before the context is replaced */
    TREE_MOST = 192 << 20,     /* bytes of one tree */
};

struct element_parser {
    xmlParserCtxtPtr context;
    arena memory;
    size_t spent;
    unsigned depth, line;
    struct element *root, *open;
    osler_error error;
};

__attribute__((format(printf, 4, 5))) static void complain(element_parser *p, osler_status status,
                                                           unsigned line, const char *format, ...)
{
    char message[sizeof p->error.message];
    if (p->error.status != OSLER_OK)
        return;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    fail(&p->error, status, line ? line : p->line, "%s", message);
}

/* Room in the tree; NULL once it is too large or all has failed. */
static void *room(element_parser *p, size_t size)
{
    p->spent += size;
    if (p->spent > TREE_MOST)
        complain(p, OSLER_ELIMIT, 0, "this item takes more than %d MB of memory", TREE_MOST >> 20);
    return p->error.status == OSLER_OK ? arena_alloc(&p->memory, size) : NULL;
}

static str copy(element_parser *p, const char *text, size_t length)
{
    char *kept = length ? room(p, length + 1) : NULL;
    if (!kept)
        return (str){"", 0};
    memcpy(kept, text, length);
    return (str){kept, length};
}

static str copy_name(element_parser *p, const xmlChar *name)
{
    const char *text = (const char *)name;
    return copy(p, text, strlen(text));
}

static struct element *add(element_parser *p)
{
    struct element *e = room(p, sizeof *e);
    if (!e)
        return NULL;
    e->parent = p->open;
    if (!p->open)
        p->root = e;
    else if (p->open->last)
        p->open->last->next = e;
    else
        p->open->first = e;
    if (p->open)
        p->open->last = e;
    return e;
}

/* The ampersand arrives as "&#38;" in attributes, and only there. */
static str copy_value(element_parser *p, const xmlChar *from, const xmlChar *to)
{
    static const str ampersand = STR("&#38;");
    str kept = copy(p, (const char *)from, (size_t)(to - from));
    char *write = (char *)(uintptr_t)kept.data;
    size_t length = 0;
    for (size_t i = 0; i < kept.length; i++) {
        bool reference = str_starts_with(str_part(kept, i, kept.length), ampersand);
        write[length++] = kept.data[i];
        i += reference ? ampersand.length - 1 : 0;
    }
    return str_trim((str){kept.data, length});
}

/* libxml2's signature. */
/* NOLINTNEXTLINE(readability-function-size) */
static void start_element(void *context, const xmlChar *name, const xmlChar *prefix,
                          const xmlChar *uri, int namespace_count, const xmlChar **namespaces,
                          int count, int defaulted, const xmlChar **items)
{
    (void)prefix, (void)uri, (void)namespace_count, (void)namespaces, (void)defaulted;
    element_parser *p = context;
    if (++p->depth > LIMIT_DEPTH)
        complain(p, OSLER_ELIMIT, 0, "this item is nested deeper than %d elements", LIMIT_DEPTH);
    struct element *e = p->error.status == OSLER_OK ? add(p) : NULL;
    if (!e)
        return;
    e->name = copy_name(p, name);
    p->open = e;
    struct element_attribute **last = &e->attributes;
    /* Five pointers each: the name, what its namespace is, the two ends of the value. */
    for (int i = 0; i < count; i++, items += 5) {
        struct element_attribute *attribute = room(p, sizeof *attribute);
        if (!attribute)
            return;
        attribute->name = copy_name(p, items[0]);
        attribute->value = copy_value(p, items[3], items[4]);
        *last = attribute;
        last = &attribute->next;
    }
}

static void end_element(void *context, const xmlChar *name, const xmlChar *prefix,
                        const xmlChar *uri)
{
    (void)name, (void)prefix, (void)uri;
    element_parser *p = context;
    p->depth--;
    if (p->error.status == OSLER_OK && p->open)
        p->open = p->open->parent;
}

static void add_characters(void *context, const xmlChar *chars, int length)
{
    element_parser *p = context;
    struct element *e = p->error.status == OSLER_OK && p->open ? add(p) : NULL;
    if (e)
        e->text = copy(p, (const char *)chars, (size_t)length);
}

/* No DOCTYPE stands inside an item, but nothing is left to that. */
static void refuse_subset(void *context, const xmlChar *name, const xmlChar *external,
                          const xmlChar *system)
{
    (void)name, (void)external, (void)system;
    complain(context, OSLER_EINPUT, 0, "an item holds a DOCTYPE");
}

static void refuse_reference(void *context, const xmlChar *name)
{
    complain(context, OSLER_EINPUT, 0, "the entity &%.60s; is not one of XML's own",
             (const char *)name);
}

static void take_error(element_parser *p, const xmlError *e)
{
    unsigned line = p->line + (e->line > 0 ? (unsigned)e->line - 1 : 0);
    const char *message = e->message ? e->message : "";
    if (e->domain == XML_FROM_NAMESPACE) /* the root has declared the prefixes */
        return;
    if (e->code == XML_ERR_NO_MEMORY)
        memory_out(0);
    if (e->code == XML_ERR_UNDECLARED_ENTITY || e->code == XML_WAR_UNDECLARED_ENTITY)
        complain(p, OSLER_EINPUT, line, "the entity &%.60s; is not one of XML's own",
                 e->str1 ? e->str1 : "");
    else if (e->code == XML_ERR_INTERNAL_ERROR)
        complain(p, OSLER_ELIMIT, line, "this item exceeds a limit of the XML parser: %.*s",
                 (int)strcspn(message, "\n"), message);
    else if (e->level >= XML_ERR_ERROR)
        complain(p, OSLER_EINPUT, line, "malformed XML: %.*s", (int)strcspn(message, "\n"),
                 message);
}

#if LIBXML_VERSION >= 21200
static void hear_error(void *context, const xmlError *e)
#else
static void hear_error(void *context, xmlErrorPtr e)
#endif
{
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

static void open_context(element_parser *p)
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

element_parser *elements_new_parser(void)
{
    element_parser *p = memory_alloc(sizeof *p);
    open_context(p);
    return p;
}

void elements_free_parser(void *parser)
{
    element_parser *p = parser;
    if (!p)
        return;
    xmlFreeParserCtxt(p->context);
    arena_free(&p->memory);
    memory_free(p);
}

arena *elements_memory(element_parser *p)
{
    return &p->memory;
}

osler_status elements_parse(element_parser *p, const struct element **out,
                            const struct piece *piece, osler_error *error)
{
    /* Names of a hostile file would pile up until libxml2 refuses every further item. */
    if (xmlDictGetUsage(p->context->dict) > DICTIONARY_MOST) {
        xmlFreeParserCtxt(p->context);
        open_context(p);
    }
    arena_clear(&p->memory);
    p->spent = 0;
    p->depth = 0;
    p->line = piece->line;
    p->root = p->open = NULL;
    p->error = (osler_error){0};
    if (!*piece->encoding) {
        osler_status status = content_check_text(piece->bytes, piece->line, error);
        if (status != OSLER_OK)
            return status;
    }
    str rest = piece->bytes;
    xmlDocPtr tree = xmlCtxtReadIO(p->context, read_input, NULL, &rest, NULL,
                                   *piece->encoding ? piece->encoding : NULL, XML_PARSE_NONET);
    xmlFreeDoc(tree); /* there is none: no handler builds it */
    if (!p->root || !p->context->wellFormed)
        complain(p, OSLER_EINPUT, 0, "malformed XML");
    *out = p->root;
    if (p->error.status != OSLER_OK && error)
        *error = p->error;
    return p->error.status;
}

str elements_attribute(const struct element *e, const char *name)
{
    for (const struct element_attribute *a = e->attributes; a; a = a->next)
        if (str_is(a->name, name))
            return a->value;
    return (str){"", 0};
}

static const struct element *find(const struct element *e, const char *name)
{
    while (e && !str_is(e->name, name))
        e = e->next;
    return e;
}

const struct element *elements_child(const struct element *e, const char *name)
{
    return e ? find(e->first, name) : NULL;
}

const struct element *elements_next(const struct element *e, const char *name)
{
    return find(e->next, name);
}

void elements_add_text(buf *out, const struct element *e)
{
    buf_add(out, e->text);
    for (const struct element *inside = e->first; inside; inside = inside->next)
        elements_add_text(out, inside);
}
