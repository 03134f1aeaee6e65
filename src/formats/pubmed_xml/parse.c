/* One item of PubMed XML through libxml2's SAX2 interface, by the rules of elements.def. */
#include "formats/pubmed_xml/parser.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "formats/entities.h"
#include "formats/window.h"

#include <libxml/xmlversion.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum {
    SLOTS = 1024,              /* of the table: a power of two, several times the rules */
    DICTIONARY_MOST = 4 << 20, /* bytes of names before the parser is replaced */
};

/*
 * Names are interned by libxml2: one pointer a name.  The table is closed (nothing is added after
 * it is built) and half empty, so that a look-up ends soon.
 */
struct name_table {
    struct {
        const xmlChar *name;
        const struct rule *rule;
    } slots[SLOTS];
    struct {
        const xmlChar *name;
        enum text_tag tag;
    } tags[8];
};

static size_t slot_of(unsigned char context, const xmlChar *name)
{
    uintptr_t key = (uintptr_t)name;
    return (size_t)((key >> 3) * 0x9E3779B1U + (key >> 13) + (size_t)context * 0x85EBCA6BU) % SLOTS;
}

static void build_names(pubmed_parser *p)
{
    static const struct {
        const char *name;
        enum text_tag tag;
    } tags[8] = {{"b", TEXT_B},
                 {"i", TEXT_I},
                 {"u", TEXT_U},
                 {"sub", TEXT_SUB},
                 {"sup", TEXT_SUP},
                 {"math", TEXT_MATH},
                 {"annotation", TEXT_DROPPED},
                 {"annotation-xml", TEXT_DROPPED}};
    struct name_table *names = p->names;
    memset(names, 0, sizeof *names);
    for (unsigned i = 0; i < pubmed_rule_count; i++) {
        const struct rule *rule = &pubmed_rules[i];
        const xmlChar *name = xmlDictLookup(p->context->dict, (const xmlChar *)rule->element, -1);
        size_t slot = slot_of(rule->context, name);
        while (names->slots[slot].name)
            slot = (slot + 1) % SLOTS;
        names->slots[slot].name = name;
        names->slots[slot].rule = rule;
    }
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        names->tags[i].name = xmlDictLookup(p->context->dict, (const xmlChar *)tags[i].name, -1);
        names->tags[i].tag = tags[i].tag;
    }
}

static const struct rule *find_rule(const pubmed_parser *p, unsigned char context,
                                    const xmlChar *name)
{
    size_t slot = slot_of(context, name);
    for (; p->names->slots[slot].name; slot = (slot + 1) % SLOTS)
        if (p->names->slots[slot].name == name && p->names->slots[slot].rule->context == context)
            return p->names->slots[slot].rule;
    return NULL;
}

static enum text_tag find_tag(const pubmed_parser *p, const xmlChar *name)
{
    for (size_t i = 0; i < sizeof p->names->tags / sizeof *p->names->tags; i++)
        if (p->names->tags[i].name == name)
            return p->names->tags[i].tag;
    return TEXT_OTHER;
}

void pubmed_fail(pubmed_parser *p, osler_status status, unsigned line, const char *format, ...)
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

/* Once a limit is exceeded nothing more is taken, and the record fails. */
static void check_limits(pubmed_parser *p)
{
    if (p->build.exceeded)
        pubmed_fail(p, OSLER_ELIMIT, 0, "%s", p->build.exceeded);
}

const char *pubmed_keep(pubmed_parser *p, str text)
{
    const char *kept = builder_keep(&p->build, text);
    check_limits(p);
    return kept;
}

void *pubmed_add(pubmed_parser *p, void *list, size_t size)
{
    void *item = builder_add(&p->build, list, size);
    check_limits(p);
    return item;
}

/* Most values are kept as they stand. */
static bool is_regular(str value)
{
    for (size_t i = 0; i < value.length; i++)
        if (value.data[i] == '&' ||
            (char_is_space(value.data[i]) && (value.data[i] != ' ' || value.data[i - 1] == ' ')))
            return false;
    return true;
}

/*
 * As texts are kept: white space collapsed, and entities that were encoded twice decoded.  Without
 * entity replacement an ampersand arrives as "&#38;" in attributes, and only there.
 */
static const char *keep_value(pubmed_parser *p, str value)
{
    static const str reference = STR("&#38;");
    value = str_trim(value);
    if (is_regular(value))
        return pubmed_keep(p, value);
    buf collapsed = {0}, decoded = {0};
    char previous = ' ';
    while (value.length) {
        bool ampersand = str_starts_with(value, reference);
        char c = value.data[0];
        if (char_is_space(c))
            c = ' ';
        if (c != ' ' || previous != ' ')
            buf_add_byte(&collapsed, c);
        previous = c;
        value = str_part(value, ampersand ? reference.length : 1, value.length);
    }
    entities_decode(&decoded, buf_str(&collapsed));
    const char *kept = pubmed_keep(p, str_trim(buf_str(&decoded)));
    buf_free(&collapsed);
    buf_free(&decoded);
    return kept;
}

static const xmlChar **find_attribute(const struct attributes *attributes, const char *name)
{
    const xmlChar **at = attributes->items;
    for (int i = 0; i < attributes->count; i++, at += 5)
        if (strcmp((const char *)at[0], name) == 0)
            return at;
    return NULL;
}

static str attribute_value(const xmlChar **attribute)
{
    return (str){(const char *)attribute[3], (size_t)(attribute[4] - attribute[3])};
}

const char *pubmed_attribute(pubmed_parser *p, const struct attributes *attributes,
                             const char *name)
{
    const xmlChar **attribute = find_attribute(attributes, name);
    return attribute ? keep_value(p, attribute_value(attribute)) : NULL;
}

bool pubmed_attribute_is(const struct attributes *attributes, const char *name, const char *value)
{
    const xmlChar **attribute = find_attribute(attributes, name);
    return attribute && str_is(str_trim(attribute_value(attribute)), value);
}

static void take_attributes(pubmed_parser *p, const struct rule *rule,
                            const struct attributes *attributes)
{
    for (size_t i = 0; i < PUBMED_ATTRIBUTES && rule->attributes[i].kind != ATTRIBUTE_NONE; i++) {
        const struct attribute_rule *a = &rule->attributes[i];
        char *member = (char *)p->objects[a->object] + a->offset;
        if (a->kind == ATTRIBUTE_YES)
            *(bool *)member = pubmed_attribute_is(attributes, a->name, "Y");
        else if (!*(const char **)(void *)member)
            *(const char **)(void *)member = pubmed_attribute(p, attributes, a->name);
    }
}

/* False when the item of this rule could not be made. */
static bool make_item(pubmed_parser *p, const struct rule *rule)
{
    if (!rule->item_size)
        return true;
    void *item = pubmed_add(p, (char *)p->objects[rule->owner] + rule->list, rule->item_size);
    p->objects[rule->object] = item;
    return item != NULL;
}

/* libxml2's signature. */
/* NOLINTNEXTLINE(readability-function-size) */
static void start_element(void *context, const xmlChar *name, const xmlChar *prefix,
                          const xmlChar *uri, int namespace_count, const xmlChar **namespaces,
                          int count, int defaulted, const xmlChar **items)
{
    pubmed_parser *p = context;
    (void)prefix, (void)uri, (void)namespace_count, (void)namespaces, (void)defaulted;
    if (p->error.status != OSLER_OK)
        return;
    const struct rule *open = p->depth ? p->rules[p->depth - 1] : NULL;
    if (!p->passed_over && open && open->collects != NOTHING) {
        p->inside++;
        text_open(&p->text, find_tag(p, name));
        return;
    }
    const struct rule *rule =
        p->passed_over ? NULL : find_rule(p, open ? open->opens : pubmed_document, name);
    if (!rule || p->depth == PUBMED_DEEPEST) {
        p->passed_over++;
        return;
    }
    struct attributes attributes = {items, count};
    if (!make_item(p, rule))
        return;
    p->rules[p->depth++] = rule;
    take_attributes(p, rule, &attributes);
    if (rule->start)
        rule->start(p, rule, &attributes);
    if (rule->collects != NOTHING)
        text_start(&p->text, rule->collects == MARKED);
}

static void store_text(pubmed_parser *p, const struct rule *rule, str text)
{
    char *member = (char *)p->objects[rule->object] + rule->offset;
    const char **target = (const char **)(void *)member;
    const char *kept = rule->appends || !*target ? pubmed_keep(p, text) : NULL;
    if (kept && rule->appends)
        target = pubmed_add(p, member, sizeof *target);
    if (kept && target)
        *target = kept;
}

/* An element without content leaves no item. */
static void drop_empty_item(pubmed_parser *p, const struct rule *rule)
{
    const char *item = p->objects[rule->object];
    for (size_t i = 0; i < rule->item_size; i++)
        if (item[i])
            return;
    char *list = (char *)p->objects[rule->owner] + rule->list;
    --*(size_t *)(void *)(list + offsetof(osler_text_list, count));
}

static void end_element(void *context, const xmlChar *name, const xmlChar *prefix,
                        const xmlChar *uri)
{
    pubmed_parser *p = context;
    (void)name, (void)prefix, (void)uri;
    if (p->error.status != OSLER_OK)
        return;
    if (p->passed_over) {
        p->passed_over--;
        return;
    }
    if (p->inside) {
        p->inside--;
        text_close(&p->text);
        return;
    }
    const struct rule *rule = p->rules[--p->depth];
    str text = rule->collects == NOTHING ? (str){"", 0} : text_finish(&p->text);
    if (rule->stores)
        store_text(p, rule, text);
    if (rule->end && p->error.status == OSLER_OK)
        rule->end(p, rule, text);
    if (rule->item_size && p->error.status == OSLER_OK)
        drop_empty_item(p, rule);
}

static void add_characters(void *context, const xmlChar *chars, int length)
{
    pubmed_parser *p = context;
    if (p->error.status != OSLER_OK || p->passed_over || !p->depth ||
        p->rules[p->depth - 1]->collects == NOTHING)
        return;
    text_add(&p->text, (str){(const char *)chars, (size_t)length});
    if (p->text.text.length > LIMIT_FIELD)
        pubmed_fail(p, OSLER_ELIMIT, 0, "<%s> of this record is longer than %d MB",
                    p->rules[p->depth - 1]->element, LIMIT_FIELD >> 20);
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

static int read_input(void *context, char *buffer, int size)
{
    pubmed_parser *p = context;
    size_t length = p->input.length < (size_t)size ? p->input.length : (size_t)size;
    memcpy(buffer, p->input.data, length);
    p->input = str_part(p->input, length, p->input.length);
    return (int)length;
}

static void open_context(pubmed_parser *p)
{
    xmlFreeParserCtxt(p->context);
    p->context = xmlNewParserCtxt();
    if (!p->context)
        memory_out(sizeof *p->context);
    /* The context has a handler of its own, which is filled and not replaced. */
    *p->context->sax = p->handler;
    p->context->userData = p;
    build_names(p);
}

pubmed_parser *pubmed_parser_new(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, xmlInitParser);
    pubmed_parser *p = memory_alloc(sizeof *p);
    p->names = memory_alloc(sizeof *p->names);
    p->handler = (xmlSAXHandler){
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
    open_context(p);
    return p;
}

void pubmed_parser_free(pubmed_parser *p)
{
    if (!p)
        return;
    xmlFreeParserCtxt(p->context);
    buf_free(&p->text.text);
    memory_free(p->names);
    memory_free(p);
}

static void reset(pubmed_parser *p, arena *memory)
{
    p->record = builder_start(&p->build, memory);
    p->parts = (struct parts){.role = "author"};
    memset(p->objects, 0, sizeof p->objects);
    p->objects[OBJECT_record] = p->record;
    p->objects[OBJECT_parts] = &p->parts;
    p->objects[OBJECT_date_parts] = &p->date_parts;
    p->sections = NULL;
    p->copyright = NULL;
    p->collectives = p->collective = NULL;
    p->collective_count = 0;
    p->is_book = p->deletion = false;
    p->depth = p->passed_over = p->inside = 0;
    p->error = (osler_error){0};
    /* Names of a hostile file would pile up until libxml2 refuses every further record. */
    if (xmlDictGetUsage(p->context->dict) > DICTIONARY_MOST)
        open_context(p);
}

osler_status pubmed_parse(pubmed_parser *p, arena *memory, str item, unsigned line,
                          const char *encoding, osler_error *error)
{
    reset(p, memory);
    p->item = p->input = item;
    p->line = line;
    p->encoding = encoding;
    xmlDocPtr tree = xmlCtxtReadIO(p->context, read_input, NULL, p, NULL,
                                   *encoding ? encoding : NULL, XML_PARSE_NONET);
    xmlFreeDoc(tree); /* there is none: no handler builds it */
    if (p->error.status == OSLER_OK && !p->context->wellFormed)
        pubmed_fail(p, OSLER_EINPUT, 0, "malformed XML");
    if (p->error.status == OSLER_OK)
        pubmed_finish(p);
    check_limits(p);
    if (p->error.status != OSLER_OK && error)
        *error = p->error;
    return p->error.status;
}
