/* The names of one variable in a row: delimiters, "and", "et al.". */
#include "style/names_list.h"
#include "base/utf8.h"

static const str space = STR(" ");

unsigned names_shown(const struct render *r, const struct name_options *options,
                     const struct item_names *names, const struct name_shape *shape)
{
    size_t count = names->count + (names->incomplete ? 1 : 0);
    unsigned minimum = options->et_al_min;
    unsigned first = options->et_al_use_first;
    bool said = options->said & NAME_ET_AL_USE_FIRST;

    if (r->position != POSITION_FIRST) {
        if (options->said & NAME_ET_AL_SUBSEQUENT_MIN)
            minimum = options->et_al_subsequent_min;
        if (options->said & NAME_ET_AL_SUBSEQUENT_USE_FIRST) {
            first = options->et_al_subsequent_use_first;
            said = true;
        }
    }
    if (!said || !minimum || count < minimum || first > minimum)
        return (unsigned)names->count;
    if (options->et_al_use_last && minimum > 2 && first > minimum - 2)
        first = minimum - 2; /* or nothing would be left out before the last */
    if (shape && shape->shown > first)
        first = shape->shown;
    return first < names->count ? first : (unsigned)names->count;
}

static enum given_level level_of(const struct name_shape *shape, size_t index)
{
    return shape && index < shape->count ? (enum given_level)shape->given[index] : GIVEN_AS_STYLE;
}

static void add_text(struct name_dress *dress, struct output *list, str text)
{
    if (text.length)
        output_add(list, output_leaf(dress->r->memory, text, NULL));
}

/* Does the word ("and", "et al.") want a space before it?  Not "等". */
static bool wants_space_before(str word)
{
    size_t length;

    return letter_unspaced(utf8_decode(word, &length)) <= 0;
}

/* What a word between two names wants around it. */
struct spaces {
    bool before, after;
};

/* "和" stands without spaces; Hebrew's "ו" is written together with the word behind it; a term with
 * a typographic space of its own says by that how it is spaced. */
static struct spaces spaces_around(str word)
{
    struct spaces spaces = {true, true};

    for (size_t i = 0, length; i < word.length; i += length) {
        uint32_t letter = utf8_decode(str_part(word, i, SIZE_MAX), &length);
        if (letter >= 0x2000 && letter <= 0x200B)
            return (struct spaces){false, false};
        spaces.after = letter_unspaced(letter) <= 0;
    }
    if (str_is(word, "ו"))
        spaces.after = false;
    spaces.before = wants_space_before(word);
    return spaces;
}

/* Does the delimiter stand before the last name, or before "et al."?  `inverted`: the
 * name that precedes is. */
static bool delimiter_precedes(enum delimiter_precedes rule, bool contextual, bool inverted)
{
    switch (rule) {
    case PRECEDES_ALWAYS: return true;
    case PRECEDES_NEVER: return false;
    case PRECEDES_AFTER_INVERTED: return inverted;
    case PRECEDES_CONTEXTUAL: break;
    }
    return contextual;
}

/* The list as it grows. */
struct growing {
    struct name_dress *dress;
    const struct item_names *names;
    const struct name_shape *shape;
    struct output *list;
};

static void add_name(struct growing *g, size_t index)
{
    struct output *name =
        name_person(g->dress, &g->names->items[index], index == 0, level_of(g->shape, index));
    name->number = (unsigned)index;
    output_add(g->list, name);
}

static bool is_inverted(const struct growing *g, size_t index)
{
    return name_is_inverted(g->dress->options, &g->names->items[index], index == 0,
                            level_of(g->shape, index));
}

/* What stands before the last name of a list that is printed whole. */
static void add_last_delimiter(struct growing *g, size_t last)
{
    const struct name_options *options = g->dress->options;
    str word = options->name_and == AND_SYMBOL
                   ? (str)STR("&")
                   : locale_text(g->dress->r->locale, TERM_AND, FORM_LONG, false);

    if (options->name_and == AND_NONE || !word.length) {
        add_text(g->dress, g->list, options->delimiter);
        return;
    }
    /* A group behind several names is set apart from the persons, whatever the style says. */
    bool is_group = g->names->items[last].literal.length && last > 1;
    bool delimited = is_group || delimiter_precedes(options->delimiter_precedes_last, last > 1,
                                                    is_inverted(g, last - 1));
    struct spaces spaces = spaces_around(word);
    if (delimited)
        add_text(g->dress, g->list, options->delimiter);
    else if (spaces.before)
        add_text(g->dress, g->list, space);
    add_text(g->dress, g->list, word);
    if (spaces.after)
        add_text(g->dress, g->list, space);
}

static void add_et_al(struct growing *g, size_t shown)
{
    struct render *r = g->dress->r;
    const struct names_node *node = g->dress->node;
    unsigned term = node->et_al_term ? node->et_al_term : TERM_ET_AL;
    str text = locale_text(r->locale, term, FORM_LONG, false);

    if (!text.length)
        return;
    bool delimited = delimiter_precedes(g->dress->options->delimiter_precedes_et_al, shown > 1,
                                        is_inverted(g, shown - 1));
    if (delimited)
        add_text(g->dress, g->list, g->dress->options->delimiter);
    else if (wants_space_before(text))
        add_text(g->dress, g->list, space);
    struct output *et_al = output_leaf(r->memory, text, &node->et_al);
    et_al->role = ROLE_ET_AL;
    output_add(g->list, et_al);
}

/* The list with "et al." behind it: the formatting and the affixes of cs:name hold for all of it,
 * and for each name in it. */
static struct output *abbreviated(struct growing *g, size_t shown)
{
    const struct look *look = g->dress->name;

    add_et_al(g, shown);
    if (!look ||
        (formatting_is_plain(&look->formatting) && !look->prefix.length && !look->suffix.length))
        return g->list;
    struct output *whole = output_group(g->dress->r->memory, look);
    output_add(whole, g->list);
    return whole;
}

struct output *names_list(struct name_dress *dress, const struct item_names *names,
                          const struct name_shape *shape)
{
    size_t shown = names_shown(dress->r, dress->options, names, shape);
    bool whole = shown == names->count && !names->incomplete;
    struct growing g = {dress, names, shape, output_group(dress->r->memory, NULL)};
    str delimiter = dress->r->sorting ? (str)STR("\t") : dress->options->delimiter;

    g.list->role = ROLE_NAME_LIST;
    for (size_t i = 0; i < shown; i++) {
        if (whole && i && i + 1 == shown && !dress->r->sorting)
            add_last_delimiter(&g, i);
        else if (i)
            add_text(dress, g.list, delimiter);
        add_name(&g, i);
    }
    if (!shown || whole)
        return g.list;
    if (dress->options->et_al_use_last && !names->incomplete && names->count - shown >= 2) {
        add_text(dress, g.list, delimiter);
        if (!dress->r->sorting)
            add_text(dress, g.list, (str)STR("… "));
        add_name(&g, names->count - 1);
        return g.list;
    }
    return dress->r->sorting ? g.list : abbreviated(&g, shown);
}
