/* The values of CSL's attributes. */
#include "style/values.h"

#include "base/buf.h"

/* "a, b or c" of "a|b|c". */
static void add_choices(buf *out, const char *choices)
{
    str rest = str_of(choices), choice;
    bool first = true;
    while (str_next_field(&rest, '|', &choice)) {
        buf_add_text(out, first ? "" : rest.length ? ", " : " or ");
        buf_add(out, choice);
        first = false;
    }
}

unsigned value_choice(const struct complaints *complaints, const struct element *element,
                      enum attribute_name name, const char *choices)
{
    const str *given = element_attribute(element, name);
    if (!given)
        return 0;
    str value = str_trim(*given), rest = str_of(choices), choice;
    for (unsigned place = 1; str_next_field(&rest, '|', &choice); place++)
        if (str_equal(value, choice))
            return place;
    buf expected = {0};
    add_choices(&expected, choices);
    str shown = str_part(value, 0, 60);
    csl_complain(complaints, element->line, "<%s>: unknown value \"%.*s\" of %s; expected %s",
                 element_name(element), STR_ARG(shown), attribute_name(name), buf_text(&expected));
    buf_free(&expected);
    return 0;
}

bool value_flag(const struct complaints *complaints, const struct element *element,
                enum attribute_name name, bool otherwise)
{
    unsigned choice = value_choice(complaints, element, name, "true|false");
    return choice ? choice == 1 : otherwise;
}

bool value_number(const struct complaints *complaints, const struct element *element,
                  enum attribute_name name, unsigned *out)
{
    enum { MOST = 1000000 };
    const str *given = element_attribute(element, name);
    unsigned long number;
    if (!given)
        return false;
    if (str_number(str_trim(*given), &number) && number <= MOST) {
        *out = (unsigned)number;
        return true;
    }
    str shown = str_part(*given, 0, 60);
    csl_complain(complaints, element->line, "<%s>: value \"%.*s\" of %s; expected a number",
                 element_name(element), STR_ARG(shown), attribute_name(name));
    return false;
}

const str *value_required(const struct complaints *complaints, const struct element *element,
                          enum attribute_name name)
{
    const str *given = element_attribute(element, name);
    if (!given)
        csl_complain(complaints, element->line, "<%s>: no attribute %s; expected one",
                     element_name(element), attribute_name(name));
    return given;
}

bool value_next_word(str *rest, str *word)
{
    size_t start = 0, end;
    while (start < rest->length && char_is_space(rest->data[start]))
        start++;
    for (end = start; end < rest->length && !char_is_space(rest->data[end]);)
        end++;
    *word = str_part(*rest, start, end - start);
    *rest = str_part(*rest, end, rest->length);
    return word->length > 0;
}

void value_look(const struct complaints *complaints, const struct element *element,
                struct look *out)
{
    struct formatting *f = &out->formatting;
    if (!element->attribute_count)
        return;
    f->font_style =
        (uint8_t)value_choice(complaints, element, ATTRIBUTE_FONT_STYLE, "normal|italic|oblique");
    f->font_variant =
        (uint8_t)value_choice(complaints, element, ATTRIBUTE_FONT_VARIANT, "normal|small-caps");
    f->font_weight =
        (uint8_t)value_choice(complaints, element, ATTRIBUTE_FONT_WEIGHT, "normal|bold|light");
    f->decoration =
        (uint8_t)value_choice(complaints, element, ATTRIBUTE_TEXT_DECORATION, "none|underline");
    f->vertical_align =
        (uint8_t)value_choice(complaints, element, ATTRIBUTE_VERTICAL_ALIGN, "baseline|sup|sub");
    out->display = (uint8_t)value_choice(complaints, element, ATTRIBUTE_DISPLAY,
                                         "block|left-margin|right-inline|indent");
    out->text_case =
        (uint8_t)value_choice(complaints, element, ATTRIBUTE_TEXT_CASE,
                              "lowercase|uppercase|capitalize-first|capitalize-all|sentence|title");
    out->quotes = value_flag(complaints, element, ATTRIBUTE_QUOTES, false);
    out->strip_periods = value_flag(complaints, element, ATTRIBUTE_STRIP_PERIODS, false);
    out->prefix = element_value(element, ATTRIBUTE_PREFIX);
    out->suffix = element_value(element, ATTRIBUTE_SUFFIX);
    out->delimiter = element_value(element, ATTRIBUTE_DELIMITER);
    out->has_delimiter = element_attribute(element, ATTRIBUTE_DELIMITER) != NULL;
}

/* How a name option is said: a choice counted from 1 or from 0, a flag, a number, a text. */
enum option_kind { TAKES_PLACE, TAKES_PLACE_FROM_0, TAKES_FLAG, TAKES_NUMBER, TAKES_TEXT };

#define PRECEDES_CHOICES "contextual|after-inverted-name|always|never"

/* The attributes of cs:name, their names where they are inherited, and those of cs:key. */
static const struct option_row {
    uint8_t attribute, kind;
    uint32_t said;
    size_t place; /* in struct name_options */
    const char *choices;
} option_rows[] = {
#define ROW(attribute, kind, said, member, choices)                                                \
    {                                                                                              \
        ATTRIBUTE_##attribute, TAKES_##kind, said, offsetof(struct name_options, member), choices  \
    }
    ROW(AND, PLACE, NAME_AND, name_and, "text|symbol"),
    ROW(DELIMITER, TEXT, NAME_DELIMITER, delimiter, NULL),
    ROW(NAME_DELIMITER, TEXT, NAME_DELIMITER, delimiter, NULL),
    ROW(NAMES_DELIMITER, TEXT, NAMES_DELIMITER, names_delimiter, NULL),
    ROW(DELIMITER_PRECEDES_ET_AL, PLACE_FROM_0, NAME_DELIMITER_PRECEDES_ET_AL,
        delimiter_precedes_et_al, PRECEDES_CHOICES),
    ROW(DELIMITER_PRECEDES_LAST, PLACE_FROM_0, NAME_DELIMITER_PRECEDES_LAST,
        delimiter_precedes_last, PRECEDES_CHOICES),
    ROW(ET_AL_MIN, NUMBER, NAME_ET_AL_MIN, et_al_min, NULL),
    ROW(ET_AL_USE_FIRST, NUMBER, NAME_ET_AL_USE_FIRST, et_al_use_first, NULL),
    ROW(ET_AL_SUBSEQUENT_MIN, NUMBER, NAME_ET_AL_SUBSEQUENT_MIN, et_al_subsequent_min, NULL),
    ROW(ET_AL_SUBSEQUENT_USE_FIRST, NUMBER, NAME_ET_AL_SUBSEQUENT_USE_FIRST,
        et_al_subsequent_use_first, NULL),
    ROW(ET_AL_USE_LAST, FLAG, NAME_ET_AL_USE_LAST, et_al_use_last, NULL),
    ROW(FORM, PLACE_FROM_0, NAME_FORM, form, "long|short|count"),
    ROW(NAME_FORM, PLACE_FROM_0, NAME_FORM, form, "long|short|count"),
    ROW(INITIALIZE, FLAG, NAME_INITIALIZE, initialize, NULL),
    ROW(INITIALIZE_WITH, TEXT, NAME_INITIALIZE_WITH, initialize_with, NULL),
    ROW(NAME_AS_SORT_ORDER, PLACE, NAME_AS_SORT_ORDER, as_sort_order, "first|all"),
    ROW(SORT_SEPARATOR, TEXT, NAME_SORT_SEPARATOR, sort_separator, NULL),
    ROW(NAMES_MIN, NUMBER, NAME_ET_AL_MIN, et_al_min, NULL),
    ROW(NAMES_MIN, NUMBER, NAME_ET_AL_SUBSEQUENT_MIN, et_al_subsequent_min, NULL),
    ROW(NAMES_USE_FIRST, NUMBER, NAME_ET_AL_USE_FIRST, et_al_use_first, NULL),
    ROW(NAMES_USE_FIRST, NUMBER, NAME_ET_AL_SUBSEQUENT_USE_FIRST, et_al_subsequent_use_first, NULL),
    ROW(NAMES_USE_LAST, FLAG, NAME_ET_AL_USE_LAST, et_al_use_last, NULL),
#undef ROW
};

/* False when the attribute has no value that can be used. */
static bool take_option(const struct complaints *complaints, const struct element *element,
                        const struct option_row *row, struct name_options *out)
{
    void *place = (char *)out + row->place;
    unsigned choice;
    switch ((enum option_kind)row->kind) {
    case TAKES_PLACE:
    case TAKES_PLACE_FROM_0:
        choice = value_choice(complaints, element, row->attribute, row->choices);
        if (choice)
            *(uint8_t *)place = (uint8_t)(choice - (row->kind == TAKES_PLACE_FROM_0));
        return choice > 0;
    case TAKES_FLAG:
        choice = value_choice(complaints, element, row->attribute, "true|false");
        *(bool *)place = choice ? choice == 1 : *(bool *)place;
        return choice > 0;
    case TAKES_NUMBER: return value_number(complaints, element, row->attribute, place);
    case TAKES_TEXT: *(str *)place = element_value(element, row->attribute); return true;
    }
    return false;
}

void value_name_options(const struct complaints *complaints, const struct element *element,
                        struct name_options *out)
{
    out->initialize = true;
    out->delimiter = out->sort_separator = (str)STR(", ");
    for (size_t i = 0; i < sizeof option_rows / sizeof *option_rows; i++) {
        const struct option_row *row = &option_rows[i];
        if (element_attribute(element, row->attribute) &&
            take_option(complaints, element, row, out))
            out->said |= row->said;
    }
}

static uint8_t date_part_form(const struct complaints *complaints, const struct element *element,
                              enum date_part_name name)
{
    static const struct {
        const char *choices;
        uint8_t forms[4];
    } forms[] = {
        [DATE_PART_YEAR] = {"long|short", {DATE_FORM_LONG, DATE_FORM_SHORT}},
        [DATE_PART_MONTH] = {"long|short|numeric|numeric-leading-zeros",
                             {DATE_FORM_LONG, DATE_FORM_SHORT, DATE_FORM_NUMERIC,
                              DATE_FORM_NUMERIC_LEADING_ZEROS}},
        [DATE_PART_DAY] = {"numeric|numeric-leading-zeros|ordinal",
                           {DATE_FORM_NUMERIC, DATE_FORM_NUMERIC_LEADING_ZEROS, DATE_FORM_ORDINAL}},
    };
    unsigned choice = value_choice(complaints, element, ATTRIBUTE_FORM, forms[name].choices);
    return choice ? forms[name].forms[choice - 1] : DATE_FORM_DEFAULT;
}

void value_date_parts(arena *memory, const struct complaints *complaints,
                      const struct element *date, struct date_parts *out)
{
    struct date_part *parts = arena_alloc(memory, (date->child_count + 1) * sizeof *parts);
    size_t count = 0;
    for (const struct element *child = date->first; child; child = child->next) {
        if (!value_required(complaints, child, ATTRIBUTE_NAME))
            continue;
        unsigned name = value_choice(complaints, child, ATTRIBUTE_NAME, "year|month|day");
        if (!name)
            continue;
        struct date_part *part = &parts[count++];
        part->name = (uint8_t)name;
        part->form = date_part_form(complaints, child, name);
        part->range_delimiter = element_value(child, ATTRIBUTE_RANGE_DELIMITER);
        value_look(complaints, child, &part->look);
    }
    out->items = count ? parts : NULL;
    out->count = count;
}
