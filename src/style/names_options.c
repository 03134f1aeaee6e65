/* The options of names: what the style, the citation or bibliography, cs:names and cs:name say. */
#include "style/names_list.h"

/* Where the value of each option stands. */
static const struct {
    enum name_option option;
    size_t offset, size;
} members[] = {
#define MEMBER(option, member)                                                                     \
    {                                                                                              \
        option, offsetof(struct name_options, member), sizeof(((struct name_options *)0)->member)  \
    }
    MEMBER(NAME_AND, name_and),
    MEMBER(NAME_DELIMITER, delimiter),
    MEMBER(NAME_DELIMITER_PRECEDES_ET_AL, delimiter_precedes_et_al),
    MEMBER(NAME_DELIMITER_PRECEDES_LAST, delimiter_precedes_last),
    MEMBER(NAME_ET_AL_MIN, et_al_min),
    MEMBER(NAME_ET_AL_USE_FIRST, et_al_use_first),
    MEMBER(NAME_ET_AL_SUBSEQUENT_MIN, et_al_subsequent_min),
    MEMBER(NAME_ET_AL_SUBSEQUENT_USE_FIRST, et_al_subsequent_use_first),
    MEMBER(NAME_ET_AL_USE_LAST, et_al_use_last),
    MEMBER(NAME_FORM, form),
    MEMBER(NAME_INITIALIZE, initialize),
    MEMBER(NAME_INITIALIZE_WITH, initialize_with),
    MEMBER(NAME_AS_SORT_ORDER, as_sort_order),
    MEMBER(NAME_SORT_SEPARATOR, sort_separator),
    MEMBER(NAMES_DELIMITER, names_delimiter),
#undef MEMBER
};

void name_options_merge(struct name_options *out, const struct name_options *said)
{
    if (!said->said)
        return;
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++)
        if (said->said & members[i].option)
            memcpy((char *)out + members[i].offset, (const char *)said + members[i].offset,
                   members[i].size);
    out->said |= said->said;
}

/* A sort key's names-min and names-use-first hold for later cites too. */
static void merge_sort_names(struct name_options *out, const struct name_options *key)
{
    name_options_merge(out, key);
    if (key->said & NAME_ET_AL_MIN)
        out->said &= ~(uint32_t)NAME_ET_AL_SUBSEQUENT_MIN;
    if (key->said & NAME_ET_AL_USE_FIRST)
        out->said &= ~(uint32_t)NAME_ET_AL_SUBSEQUENT_USE_FIRST;
}

/* `text` with one space at its end where several were written: no style means them. */
static str with_one_space(str text)
{
    static const str wide = STR("\u00A0");

    while (text.length > 1 && text.data[text.length - 1] == ' ') {
        str before = str_part(text, 0, text.length - 1);
        bool space = before.data[before.length - 1] == ' ' ||
                     (before.length >= wide.length &&
                      str_equal(str_part(before, before.length - wide.length, wide.length), wide));
        if (!space)
            break;
        text = before;
    }
    return text;
}

void name_options_resolve(struct name_options *out, const struct render *r,
                          const struct names_node *names)
{
    *out = (struct name_options){
        .initialize = true, .delimiter = STR(", "), .sort_separator = STR(", ")};
    name_options_merge(out, &r->style->names);
    if (r->area)
        name_options_merge(out, &r->area->names);
    name_options_merge(out, &names->options);
    out->sort_separator = with_one_space(out->sort_separator);
    out->initialize_with = with_one_space(out->initialize_with);
    if (r->sorting) {
        out->as_sort_order = SORT_ORDER_ALL;
        if (r->sort_names)
            merge_sort_names(out, r->sort_names);
    }
}
