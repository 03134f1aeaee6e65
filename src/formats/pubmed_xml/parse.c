/* One item of PubMed XML: what its elements do to the record, by the rules of elements.def. */
#include "formats/pubmed_xml/parser.h"

#include "base/error.h"
#include "base/memory.h"
#include "formats/entities.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static enum text_tag find_tag(str name)
{
    static const struct {
        str name;
        enum text_tag tag;
    } tags[] = {{STR("b"), TEXT_B},
                {STR("i"), TEXT_I},
                {STR("u"), TEXT_U},
                {STR("sub"), TEXT_SUB},
                {STR("sup"), TEXT_SUP},
                {STR("math"), TEXT_MATH},
                {STR("annotation"), TEXT_DROPPED},
                {STR("annotation-xml"), TEXT_DROPPED}};
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (str_equal(tags[i].name, name))
            return tags[i].tag;
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

static const struct attribute *find_attribute(const struct attributes *attributes, str name)
{
    for (size_t i = 0; i < attributes->count; i++)
        if (str_equal(attributes->items[i].name, name))
            return &attributes->items[i];
    return NULL;
}

static const char *keep_attribute(pubmed_parser *p, const struct attributes *attributes, str name)
{
    const struct attribute *attribute = find_attribute(attributes, name);
    return attribute ? keep_value(p, attribute->value) : NULL;
}

static bool is_yes(const struct attributes *attributes, str name)
{
    const struct attribute *attribute = find_attribute(attributes, name);
    return attribute && str_is(str_trim(attribute->value), "Y");
}

const char *pubmed_attribute(pubmed_parser *p, const struct attributes *attributes,
                             const char *name)
{
    return keep_attribute(p, attributes, str_of(name));
}

bool pubmed_attribute_is(const struct attributes *attributes, const char *name, const char *value)
{
    const struct attribute *attribute = find_attribute(attributes, str_of(name));
    return attribute && str_is(str_trim(attribute->value), value);
}

static void take_attributes(pubmed_parser *p, const struct rule *rule,
                            const struct attributes *attributes)
{
    for (size_t i = 0; i < PUBMED_ATTRIBUTES && rule->attributes[i].kind != ATTRIBUTE_NONE; i++) {
        const struct attribute_rule *a = &rule->attributes[i];
        char *member = (char *)p->objects[a->object] + a->offset;
        if (a->kind == ATTRIBUTE_YES)
            *(bool *)member = is_yes(attributes, a->name);
        else if (!*(const char **)(void *)member)
            *(const char **)(void *)member = keep_attribute(p, attributes, a->name);
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

void pubmed_start_element(pubmed_parser *p, str name, const struct attributes *attributes)
{
    if (p->error.status != OSLER_OK)
        return;
    const struct rule *open = p->depth ? p->rules[p->depth - 1] : NULL;
    if (!p->passed_over && open && open->collects != NOTHING) {
        p->inside++;
        text_open(&p->text, find_tag(name));
        return;
    }
    const struct rule *rule =
        p->passed_over ? NULL : pubmed_rule(open ? open->opens : pubmed_document, name);
    if (!rule || p->depth == PUBMED_DEEPEST) {
        p->passed_over++;
        return;
    }
    if (!make_item(p, rule))
        return;
    p->rules[p->depth++] = rule;
    take_attributes(p, rule, attributes);
    if (rule->start)
        rule->start(p, rule, attributes);
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

void pubmed_end_element(pubmed_parser *p)
{
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

void pubmed_add_text(pubmed_parser *p, str chars, bool lent)
{
    if (p->error.status != OSLER_OK || !pubmed_takes_text(p))
        return;
    if (lent)
        text_lend(&p->text, chars);
    else
        text_add(&p->text, chars);
    if (p->text.text.length > LIMIT_FIELD)
        pubmed_fail(p, OSLER_ELIMIT, 0, "<%s> of this record is longer than %d MB",
                    p->rules[p->depth - 1]->element.data, LIMIT_FIELD >> 20);
}

static void prepare(void)
{
    pubmed_prepare_rules();
    pubmed_prepare_scan();
}

pubmed_parser *pubmed_parser_new(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, prepare);
    pubmed_parser *p = memory_alloc(sizeof *p);
    pubmed_open_context(p);
    return p;
}

void pubmed_parser_free(pubmed_parser *p)
{
    if (!p)
        return;
    pubmed_close_context(p);
    buf_free(&p->text.text);
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
}

osler_status pubmed_parse(pubmed_parser *p, arena *memory, str item, unsigned line,
                          const char *encoding, osler_error *error)
{
    p->item = item;
    p->line = line;
    p->encoding = encoding;
    reset(p, memory);
    p->quick = !p->thorough && pubmed_scan(p);
    if (!p->quick) {
        reset(p, memory);
        pubmed_read_thoroughly(p);
    }
    if (p->error.status == OSLER_OK)
        pubmed_finish(p);
    check_limits(p);
    if (p->error.status != OSLER_OK && error)
        *error = p->error;
    return p->error.status;
}
