/* Keys to sort items by: what a cs:key means for an item, and the order of texts in a language. */
#include "style/sort_keys.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "style/citation_label.h"
#include "style/numbers.h"
#include "style/render.h"
#include <unicode/uchar.h>
#include <unicode/ucol.h>
#include <unicode/utf16.h>

struct collation {
    UCollator *collator; /* NULL: ICU has no data; then bytes decide */
    UChar *units;        /* room for a text */
    size_t capacity;
};

struct collation *collation_new(const char *language)
{
    UErrorCode status = U_ZERO_ERROR;
    struct collation *collation = memory_alloc(sizeof *collation);

    collation->collator = ucol_open(language ? language : "en", &status);
    if (U_FAILURE(status))
        return collation;
    ucol_setStrength(collation->collator, UCOL_PRIMARY);
    ucol_setAttribute(collation->collator, UCOL_NUMERIC_COLLATION, UCOL_ON, &status);
    return collation;
}

void collation_free(struct collation *collation)
{
    if (!collation)
        return;
    if (collation->collator)
        ucol_close(collation->collator);
    memory_free(collation->units);
    memory_free(collation);
}

/* The text without its punctuation in UTF-16, in the collation's room. */
static int32_t letters_of(struct collation *collation, str text)
{
    size_t used = 0;

    if (collation->capacity < text.length) {
        collation->capacity = text.length * 2;
        collation->units =
            memory_resize(collation->units, collation->capacity * sizeof *collation->units);
    }
    for (size_t i = 0, length; i < text.length; i += length) {
        uint32_t c = utf8_decode(str_part(text, i, text.length), &length);
        if (!u_ispunct((UChar32)c))
            U16_APPEND_UNSAFE(collation->units, used, c);
    }
    return (int32_t)used;
}

str collation_key(arena *memory, struct collation *collation, str text)
{
    enum { FIRST_ROOM = 256 };
    uint8_t first[FIRST_ROOM];

    if (!text.length)
        return (str){0};
    if (!collation->collator)
        return (str){arena_copy(memory, text), text.length};
    int32_t used = letters_of(collation, text);
    int32_t need = ucol_getSortKey(collation->collator, collation->units, used, first, FIRST_ROOM);
    uint8_t *key = arena_room(memory, (size_t)need + 1);
    if (need <= FIRST_ROOM)
        memcpy(key, first, (size_t)need);
    else
        ucol_getSortKey(collation->collator, collation->units, used, key, need);
    return (str){(const char *)key, (size_t)need};
}

int sort_key_compare(str a, str b, bool descending)
{
    if (!a.length || !b.length)
        return (a.length == 0) - (b.length == 0);
    int order = str_compare(a, b);
    return descending ? -order : order;
}

/* The text of a tree, punctuation put right as in print, without markup. */
static str plain_text(struct render *r, const struct output *tree)
{
    buf text = {0};

    output_write_plain(&text, tree, r->locale);
    str trimmed = str_trim(buf_str(&text));
    str copy = {arena_copy(r->memory, trimmed), trimmed.length};
    buf_free(&text);
    return copy;
}

/* A names variable called by cs:key: the long form of all names, each in sort order. */
static str names_key(struct render *r, enum variable variable)
{
    struct names_node *names = arena_alloc(r->memory, sizeof *names);
    struct node *node = arena_alloc(r->memory, sizeof *node);
    enum variable *variables = arena_alloc(r->memory, sizeof *variables);
    enum found found;

    *variables = variable;
    names->variables = variables;
    names->variable_count = 1;
    names->has_name = true;
    names->options.said = NAME_FORM | NAME_AS_SORT_ORDER;
    names->options.form = NAME_FORM_LONG;
    names->options.as_sort_order = SORT_ORDER_ALL;
    node->kind = NODE_NAMES;
    node->names = names;
    struct output *tree = render_node(r, node, &found);
    return tree ? plain_text(r, tree) : (str){0};
}

static str variable_key(struct render *r, enum variable variable)
{
    const struct item_date *date;
    str text;

    switch ((int)variable_kind(variable)) {
    case VARIABLE_KIND_NAMES: return names_key(r, variable);
    case VARIABLE_KIND_DATE:
        date = item_date(r->item, variable);
        return date ? render_date_key(r->memory, date) : (str){0};
    default: break;
    }
    text = render_variable_text(r, variable);
    if (!text.length && variable == VARIABLE_CITATION_LABEL)
        return citation_label(r->memory, r->item);
    if (text.length && memchr(text.data, '<', text.length))
        return plain_text(r, output_rich(r->memory, text, NULL));
    return text;
}

str render_sort_key(struct render *r, const struct sort_key *key)
{
    bool sorting = r->sorting;
    const struct name_options *names = r->sort_names;
    enum found found;
    str text;

    render_begin(r);
    r->sorting = true;
    r->sort_names = &key->names;
    if (key->macro)
        text = plain_text(r, render_nodes(r, key->macro->children, NULL, &found));
    else
        text = variable_key(r, key->variable);
    r->sorting = sorting;
    r->sort_names = names;
    return text;
}
