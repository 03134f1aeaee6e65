/* The field tags: finding one, naming those near to a wrong one; the filters. */
#include "query/query.h"

#include "base/fold.h"

#include <string.h>

static const query_tag tags[] = {
#define IN(field) (1U << INDEX_##field)
#define TAG(name, kind, argument, aliases) {name, QUERY_##kind, argument, aliases},
#include "query/tags.def"
#undef TAG
#undef IN
};

/* The tag in lower case with single spaces; at most the size of `out`. */
static str common_form(str text, char *out, size_t size)
{
    size_t length = 0;
    bool space = false;
    for (size_t i = 0; i < text.length && length + 2 < size; i++) {
        if (char_is_space(text.data[i])) {
            space = length > 0;
            continue;
        }
        if (space)
            out[length++] = ' ';
        space = false;
        out[length++] = char_lower(text.data[i]);
    }
    return (str){out, length};
}

const query_tag *query_tag_find(str text)
{
    char form[64];
    str wanted = common_form(text, form, sizeof form);
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        if (str_is(wanted, tags[i].name))
            return &tags[i];
        str rest = str_of(tags[i].aliases), alias;
        while (str_next_field(&rest, '|', &alias))
            if (alias.length && str_equal(alias, wanted))
                return &tags[i];
    }
    return NULL;
}

bool query_tag_is_near(str text)
{
    return str_find(text, '~') < text.length;
}

bool query_tag_find_near(str text, const query_tag **out, int *near)
{
    enum { MOST_BETWEEN = 1000 };
    unsigned long number;
    size_t tilde = str_find(text, '~');
    if (tilde == 0 || text.data[tilde - 1] != ':')
        return false;
    *out = query_tag_find(str_part(text, 0, tilde - 1));
    if (!*out || (*out)->kind != QUERY_WORDS ||
        !str_number(str_part(text, tilde + 1, text.length), &number) || number > MOST_BETWEEN)
        return false;
    *near = (int)number;
    return true;
}

/* How far the tag is from what was typed, by its name or an alias; above 2: not near. */
static unsigned distance_of(const query_tag *tag, str wanted)
{
    unsigned limit = wanted.length > 3 ? 2 : 1, best = 3;
    unsigned distance = mesh_distance(wanted, str_of(tag->name), limit);
    if (distance <= limit)
        best = distance;
    str rest = str_of(tag->aliases), alias;
    while (str_next_field(&rest, '|', &alias)) {
        distance = alias.length > 3 ? mesh_distance(wanted, alias, 2) : 3;
        if (distance < best)
            best = distance;
    }
    return best;
}

void query_tag_suggest(buf *b, str text)
{
    char form[64];
    str wanted = common_form(text, form, sizeof form);
    unsigned nearest = 3, found = 0;
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (distance_of(&tags[i], wanted) < nearest)
            nearest = distance_of(&tags[i], wanted);
    for (size_t i = 0; nearest < 3 && i < sizeof tags / sizeof *tags && found < 4; i++)
        if (distance_of(&tags[i], wanted) == nearest)
            buf_printf(b, "%s[%s]", found++ ? ", " : "", tags[i].name);
    if (!found)
        buf_add_text(b, "[ti], [tiab], [au], [ta], [dp], [mh], [pt]");
}

bool query_filter(str name, const char **query)
{
    static const struct {
        const char *name, *query;
    } filters[] = {
#define FILTER(filter, text) {filter, text},
#include "query/filters.def"
#undef FILTER
    };
    char form[64];
    str typed = common_form(name, form, sizeof form);
    size_t length = 0;
    for (size_t i = 0; i < typed.length; i++) /* PubMed writes them with and without spaces */
        if (typed.data[i] != ' ')
            form[length++] = typed.data[i];
    for (size_t i = 0; i < sizeof filters / sizeof *filters; i++) {
        if (str_is((str){form, length}, filters[i].name)) {
            *query = filters[i].query;
            return true;
        }
    }
    return false;
}
