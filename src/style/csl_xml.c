/* Reading the XML of styles and locale files, by SAX, into a tree of known elements. */
#include "style/csl_xml.h"

#include "base/buf.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/utf8.h"

#include <libxml/parser.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>

enum {
    MOST_BYTES = 16 << 20, /* of a file; the largest style of all is under 300 KB */
    MOST_DEPTH = 200,      /* of elements; styles in use reach 30 */
};

#define IN(name) (UINT64_C(1) << ELEMENT_##name)
#define IN_FILE (UINT64_C(1) << ELEMENT_NONE)
#define BEARS_TEXT (UINT64_C(1) << 63)
#define IN_PERSON (IN(AUTHOR) | IN(CONTRIBUTOR) | IN(TRANSLATOR))
#define IN_AREA (IN(CITATION) | IN(BIBLIOGRAPHY))
#define IN_RENDERING                                                                               \
    (IN(MACRO) | IN(LAYOUT) | IN(GROUP) | IN(IF) | IN(ELSE_IF) | IN(ELSE) | IN(SUBSTITUTE))
#define ON_DRESSED                                                                                 \
    (IN(DATE) | IN(DATE_PART) | IN(ET_AL) | IN(GROUP) | IN(LABEL) | IN(LAYOUT) | IN(NAME) |        \
     IN(NAME_PART) | IN(NAMES) | IN(NUMBER) | IN(TEXT))
#define ON_AFFIXED                                                                                 \
    (IN(DATE) | IN(DATE_PART) | IN(GROUP) | IN(LABEL) | IN(LAYOUT) | IN(NAME) | IN(NAME_PART) |    \
     IN(NAMES) | IN(NUMBER) | IN(TEXT))
#define ON_INHERITED (IN(STYLE) | IN(CITATION) | IN(BIBLIOGRAPHY))
#define ON_NAMING (ON_INHERITED | IN(NAME))
#define ON_CONDITION (IN(IF) | IN(ELSE_IF))
#define ON_LANGUAGE                                                                                \
    (IN(STYLE) | IN(LOCALE) | IN(LINK) | IN(RIGHTS) | IN(SUMMARY) | IN(TITLE) | IN(TITLE_SHORT))

_Static_assert(ELEMENT_COUNT < 63, "a set of elements is a word");

static const struct {
    const char *name;
    uint64_t parents;
} elements[ELEMENT_COUNT] = {
    {"the file", 0},
#define ELEMENT(name, csl, parents) {csl, parents},
#include "style/elements.def"
#undef ELEMENT
};

static const struct {
    const char *name;
    uint64_t elements;
} attributes[ATTRIBUTE_COUNT] = {
    {"", 0},
#define ATTRIBUTE(name, csl, elements) {csl, elements},
#include "style/attributes.def"
#undef ATTRIBUTE
};

static const char namespace_uri[] = "http://purl.org/net/xbiblio/csl";

struct reader {
    arena *memory;
    const struct complaints *complaints;
    xmlParserCtxtPtr context;
    osler_error error; /* the first one */
    enum element_name root;
    struct element *open[MOST_DEPTH]; /* open[0] stands for the file */
    unsigned depth, skipped;          /* skipped: open elements inside of one that is left out */
    buf text;
    bool told_namespace, told_text;
};

const char *element_name(const struct element *element)
{
    return elements[element->name].name;
}

const char *attribute_name(enum attribute_name name)
{
    return attributes[name].name;
}

void csl_complain(const struct complaints *complaints, unsigned line, const char *format, ...)
{
    osler_error complaint = {0};
    char text[sizeof complaint.message];
    if (!complaints->hear)
        return;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    fail(&complaint, OSLER_EINPUT, line, "%s", text);
    fail_source(&complaint, OSLER_EINPUT, complaints->source);
    complaints->hear(complaints->context, &complaint);
}

static unsigned line_of(const struct reader *r)
{
    return r->context->input && r->context->input->line > 0 ? (unsigned)r->context->input->line : 0;
}

/* The first failure counts; parsing ends. */
__attribute__((format(printf, 4, 5))) static void give_up(struct reader *r, osler_status status,
                                                          unsigned line, const char *format, ...)
{
    char text[sizeof r->error.message];
    if (r->error.status == OSLER_OK) {
        va_list arguments;
        va_start(arguments, format);
        vsnprintf(text, sizeof text, format, arguments);
        va_end(arguments);
        fail(&r->error, status, line, "%s", text);
    }
    xmlStopParser(r->context);
}

/* Add one name of those that are expected; a long list is cut where the reader has had enough. */
static void add_choice(buf *out, const char *name, unsigned *count)
{
    enum { ENOUGH = 190 };
    if (out->length < ENOUGH)
        buf_printf(out, "%s%s", (*count)++ ? ", " : "", name);
    else if (out->data[out->length - 1] != '.')
        buf_add_text(out, " ...");
}

static void complain_of_element(struct reader *r, const char *name, const struct element *parent)
{
    buf expected = {0};
    unsigned count = 0;
    for (int i = 1; i < ELEMENT_COUNT; i++)
        if (elements[i].parents >> parent->name & 1)
            add_choice(&expected, elements[i].name, &count);
    if (count)
        csl_complain(r->complaints, line_of(r), "<%s>: unknown element <%.60s>; expected %s",
                     element_name(parent), name, buf_text(&expected));
    else
        csl_complain(r->complaints, line_of(r), "<%s>: element <%.60s>, where none is expected",
                     element_name(parent), name);
    buf_free(&expected);
}

static void complain_of_attribute(struct reader *r, const char *name, const struct element *element)
{
    buf expected = {0};
    unsigned count = 0;
    for (int i = 1; i < ATTRIBUTE_COUNT; i++)
        if (attributes[i].elements >> element->name & 1)
            add_choice(&expected, attributes[i].name, &count);
    csl_complain(r->complaints, element->line, "<%s>: unknown attribute %.60s; expected %s",
                 element_name(element), name, count ? buf_text(&expected) : "none");
    buf_free(&expected);
}

static enum element_name find_element(const char *name, const struct element *parent)
{
    for (int i = 1; i < ELEMENT_COUNT; i++)
        if (elements[i].parents >> parent->name & 1 && strcmp(elements[i].name, name) == 0)
            return i;
    return ELEMENT_NONE;
}

static enum attribute_name find_attribute(const char *name, const struct element *element)
{
    for (int i = 1; i < ATTRIBUTE_COUNT; i++)
        if (attributes[i].elements >> element->name & 1 && strcmp(attributes[i].name, name) == 0)
            return i;
    return ATTRIBUTE_NONE;
}

/* The character that "&#8212;" or "&#x2014;" at the beginning of `text` stands for, with the length
 * of the reference; 0: none. */
static uint32_t masked_character(str text, size_t *length)
{
    uint32_t c = 0;
    size_t i = 2;
    bool hex = i < text.length && text.data[i] == 'x';
    for (i += hex; i < text.length && i < 10 && text.data[i] != ';'; i++) {
        char digit = char_lower(text.data[i]);
        if (!char_is_digit(digit) && !(hex && digit >= 'a' && digit <= 'f'))
            return 0;
        c = c * (hex ? 16 : 10) + (uint32_t)(char_is_digit(digit) ? digit - '0' : digit - 'a' + 10);
    }
    *length = i + 1;
    return i < text.length && text.data[i] == ';' && c <= 0x10FFFF && (c & 0xFFFFF800) != 0xD800
               ? c
               : 0;
}

/* A copy of an attribute's value.  Some styles mask their character references ("&amp;#160;"):
 * these are read once more. */
static str copy_value(arena *memory, str value)
{
    char *copy = arena_room(memory, value.length + 1);
    size_t used = 0, length = 0;
    for (size_t i = 0; i < value.length;) {
        str rest = str_part(value, i, value.length);
        uint32_t c = 0;
        if (rest.data[0] == '&' && rest.length > 3 && rest.data[1] == '#')
            c = masked_character(rest, &length);
        if (c) {
            used += utf8_encode(c, copy + used);
            i += length;
        } else {
            copy[used++] = value.data[i++];
        }
    }
    copy[used] = '\0';
    return (str){copy, used};
}

/* libxml2 gives five pointers an attribute: name, prefix, namespace, start and end of the value. */
static void take_attributes(struct reader *r, struct element *element, int count,
                            const xmlChar **given)
{
    struct attribute *taken = count ? arena_room(r->memory, (size_t)count * sizeof *taken) : NULL;
    for (int i = 0; i < count; i++, given += 5) {
        char name[80];
        snprintf(name, sizeof name, "%s%s%s", given[1] ? (const char *)given[1] : "",
                 given[1] ? ":" : "", (const char *)given[0]);
        enum attribute_name known = find_attribute(name, element);
        if (known == ATTRIBUTE_NONE) {
            /* Schema hints of XML itself, as editors add them. */
            if (!given[1] || strcmp((const char *)given[1], "xsi") != 0)
                complain_of_attribute(r, name, element);
            continue;
        }
        str value = {(const char *)given[3], (size_t)(given[4] - given[3])};
        taken[element->attribute_count++] =
            (struct attribute){.name = known, .value = copy_value(r->memory, value)};
    }
    element->attributes = taken;
}

/* False: the element is not of CSL's namespace and is left out. */
static bool is_csl(struct reader *r, const char *name, const xmlChar *uri)
{
    if (uri && strcmp((const char *)uri, namespace_uri) == 0)
        return true;
    if (uri) {
        csl_complain(r->complaints, line_of(r),
                     "element <%.60s> of the namespace %.80s; expected %s", name, (const char *)uri,
                     namespace_uri);
        return false;
    }
    if (!r->told_namespace)
        csl_complain(r->complaints, line_of(r), "<%.60s>: no namespace; expected xmlns=\"%s\"",
                     name, namespace_uri);
    r->told_namespace = true;
    return true;
}

/* What the element is here; ELEMENT_NONE after a complaint or a failure. */
static enum element_name known_element(struct reader *r, const char *name, const xmlChar *uri)
{
    struct element *parent = r->open[r->depth];
    enum element_name known = find_element(name, parent);
    if (r->depth == 0 && known != r->root) {
        give_up(r, OSLER_EINPUT, line_of(r), "the root element is <%.60s>; expected <%s>", name,
                elements[r->root].name);
        return ELEMENT_NONE;
    }
    if (r->depth == 0 && uri && strcmp((const char *)uri, namespace_uri) != 0) {
        give_up(r, OSLER_EINPUT, line_of(r), "<%.60s> is of the namespace %.80s; expected %s", name,
                (const char *)uri, namespace_uri);
        return ELEMENT_NONE;
    }
    if (!is_csl(r, name, uri))
        return ELEMENT_NONE;
    if (known == ELEMENT_NONE)
        complain_of_element(r, name, parent);
    return known;
}

static struct element *add_element(struct reader *r, enum element_name name)
{
    struct element *parent = r->open[r->depth];
    struct element *element = arena_alloc(r->memory, sizeof *element);
    element->name = (uint8_t)name;
    element->line = line_of(r);
    *(parent->last ? &parent->last->next : &parent->first) = element;
    parent->last = element;
    parent->child_count++;
    return element;
}

/* The parameters are libxml2's. */
static void start_element(void *user, const xmlChar *local, /* NOLINT(readability-function-size) */
                          const xmlChar *prefix, const xmlChar *uri, int namespace_count,
                          const xmlChar **namespaces, int attribute_count, int default_count,
                          const xmlChar **given)
{
    struct reader *r = user;
    (void)prefix, (void)namespace_count, (void)namespaces, (void)default_count;
    if (r->skipped) {
        r->skipped++;
        return;
    }
    enum element_name known = known_element(r, (const char *)local, uri);
    if (known == ELEMENT_NONE) {
        r->skipped = 1;
        return;
    }
    if (r->depth + 1 == MOST_DEPTH) {
        give_up(r, OSLER_ELIMIT, line_of(r), "elements are nested deeper than %d", MOST_DEPTH);
        return;
    }
    struct element *element = add_element(r, known);
    take_attributes(r, element, attribute_count, given);
    r->open[++r->depth] = element;
    buf_clear(&r->text);
    r->told_text = false;
}

static void end_element(void *user, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri)
{
    struct reader *r = user;
    (void)local, (void)prefix, (void)uri;
    if (r->skipped) {
        r->skipped--;
        return;
    }
    struct element *element = r->open[r->depth--];
    if (elements[element->name].parents & BEARS_TEXT && !element->first) {
        str text = buf_str(&r->text);
        element->text = (str){arena_copy(r->memory, text), text.length};
    }
    buf_clear(&r->text);
}

static void add_characters(void *user, const xmlChar *characters, int length)
{
    struct reader *r = user;
    const struct element *element = r->open[r->depth];
    str text = {(const char *)characters, (size_t)length};
    if (r->skipped)
        return;
    if (elements[element->name].parents & BEARS_TEXT) {
        buf_add(&r->text, text);
    } else if (!r->told_text && str_trim(text).length) {
        str shown = str_part(str_trim(text), 0, 40);
        csl_complain(r->complaints, line_of(r), "<%s>: text \"%.*s\", where none is expected",
                     element_name(element), STR_ARG(shown));
        r->told_text = true;
    }
}

static void refuse_subset(void *user, const xmlChar *name, const xmlChar *external,
                          const xmlChar *system)
{
    struct reader *r = user;
    (void)name, (void)external, (void)system;
    give_up(r, OSLER_EINPUT, line_of(r), "a document type declaration; expected none");
}

static void refuse_reference(void *user, const xmlChar *name)
{
    struct reader *r = user;
    give_up(r, OSLER_EINPUT, line_of(r), "the entity &%.60s; is unknown", (const char *)name);
}

static void hear_error(void *user, xmlErrorPtr e)
{
    struct reader *r = user;
    if (e->code == XML_ERR_NO_MEMORY)
        memory_out(0);
    if (e->level < XML_ERR_ERROR || e->domain == XML_FROM_NAMESPACE ||
        e->code == XML_ERR_USER_STOP || !e->message)
        return;
    str message = str_trim(str_of(e->message));
    give_up(r, OSLER_EINPUT, e->line > 0 ? (unsigned)e->line : 0, "malformed XML: %.*s",
            STR_ARG(message));
}

static void parse(struct reader *r, str xml)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, xmlInitParser);
    r->context = xmlNewParserCtxt();
    if (!r->context)
        memory_out(sizeof *r->context);
    *r->context->sax = (xmlSAXHandler){
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
    r->context->userData = r;
    xmlDocPtr document = xmlCtxtReadMemory(r->context, xml.data, (int)xml.length, NULL, NULL,
                                           XML_PARSE_NONET | XML_PARSE_NOENT);
    xmlFreeDoc(document); /* there is none: no handler builds it */
    if (!r->context->wellFormed)
        give_up(r, OSLER_EINPUT, 0, "malformed XML");
    xmlFreeParserCtxt(r->context);
}

osler_status csl_xml_read(arena *memory, const struct element **out, str xml,
                          enum element_name root, const struct complaints *complaints,
                          osler_error *error)
{
    struct element file = {0};
    struct reader r = {.memory = memory, .complaints = complaints, .root = root, .open = {&file}};
    *out = NULL;
    if (xml.length > MOST_BYTES)
        fail(&r.error, OSLER_ELIMIT, 0, "larger than %d MiB", MOST_BYTES >> 20);
    else if (!str_trim(xml).length)
        fail(&r.error, OSLER_EINPUT, 0, "empty; expected <%s>", elements[root].name);
    else
        parse(&r, xml);
    buf_free(&r.text);
    *out = file.first;
    if (r.error.status == OSLER_OK)
        return OSLER_OK;
    fail(error, r.error.status, r.error.line, "%s", r.error.message);
    return fail_source(error, r.error.status, complaints->source);
}

const str *element_attribute(const struct element *element, enum attribute_name name)
{
    for (size_t i = 0; i < element->attribute_count; i++)
        if (element->attributes[i].name == name)
            return &element->attributes[i].value;
    return NULL;
}

str element_value(const struct element *element, enum attribute_name name)
{
    const str *value = element_attribute(element, name);
    return value ? *value : (str){0};
}

const struct element *element_child(const struct element *element, enum element_name name)
{
    for (const struct element *child = element->first; child; child = child->next)
        if (child->name == name)
            return child;
    return NULL;
}
