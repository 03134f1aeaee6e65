/* Reading a cs:locale element: terms, date forms and options. */
#include "style/locale_source.h"

#include <pthread.h>
#include <stdlib.h>

static const str term_names[TERM_COUNT] = {
    STR(""),
#define TERM(name, csl) STR(csl),
#include "style/terms.def"
#undef TERM
};

static uint16_t terms_by_name[TERM_COUNT]; /* from place 1 */

static int by_name(const void *a, const void *b)
{
    return str_compare(term_names[*(const uint16_t *)a], term_names[*(const uint16_t *)b]);
}

static void sort_terms(void)
{
    for (unsigned i = 0; i < TERM_COUNT; i++)
        terms_by_name[i] = (uint16_t)i;
    qsort(terms_by_name + 1, TERM_COUNT - 1, sizeof *terms_by_name, by_name);
}

static bool is_joint(char c)
{
    return c == '-' || c == '_' || c == ' ';
}

/* Older styles write no_date, in-press, sub verbo. */
static bool is_same_but_joints(str a, str b)
{
    if (a.length != b.length)
        return false;
    for (size_t i = 0; i < a.length; i++)
        if (a.data[i] != b.data[i] && !(is_joint(a.data[i]) && is_joint(b.data[i])))
            return false;
    return true;
}

unsigned term_of(str name)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, sort_terms);
    unsigned low = 1, high = TERM_COUNT;
    while (low < high) {
        unsigned middle = (low + high) / 2;
        int order = str_compare(name, term_names[terms_by_name[middle]]);
        if (order == 0)
            return terms_by_name[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    for (unsigned i = 1; i < TERM_COUNT; i++)
        if (is_same_but_joints(name, term_names[i]))
            return i;
    return TERM_NONE;
}

const char *term_name(unsigned term)
{
    return term < TERM_COUNT ? term_names[term].data : "";
}

/* 0 to 99, ORDINAL_DEFAULT or NO_ORDINAL. */
static uint8_t ordinal_of(const char *name)
{
    if (strcmp(name, "ordinal") == 0)
        return ORDINAL_DEFAULT;
    unsigned long number;
    if (strncmp(name, "ordinal-", 8) == 0 && str_number(str_of(name + 8), &number) && number < 100)
        return (uint8_t)number;
    return NO_ORDINAL;
}

static uint8_t long_ordinal_of(const char *name)
{
    unsigned long number;
    if (strncmp(name, "long-ordinal-", 13) == 0 && str_number(str_of(name + 13), &number) &&
        number < LONG_ORDINAL_COUNT)
        return (uint8_t)number;
    return 0;
}

static void read_term_text(struct term *out, const struct element *element)
{
    const struct element *single = element_child(element, ELEMENT_SINGLE);
    const struct element *multiple = element_child(element, ELEMENT_MULTIPLE);
    out->single = single ? single->text : multiple ? multiple->text : element->text;
    out->multiple = multiple ? multiple->text : out->single;
}

/* False, after a complaint, when the term has no name that is known. */
static bool read_term(struct term_definition *out, const struct element *element,
                      const struct complaints *complaints)
{
    const str *name = value_required(complaints, element, ATTRIBUTE_NAME);
    unsigned term = name ? term_of(*name) : TERM_NONE;
    if (name && term == TERM_NONE)
        csl_complain(complaints, element->line, "<term>: unknown term \"%.60s\"", name->data);
    if (term == TERM_NONE)
        return false;
    unsigned form =
        value_choice(complaints, element, ATTRIBUTE_FORM, "long|short|verb|verb-short|symbol");
    const char *genders = "masculine|feminine|neuter";
    unsigned gender = value_choice(complaints, element, ATTRIBUTE_GENDER, genders);
    unsigned gender_form = value_choice(complaints, element, ATTRIBUTE_GENDER_FORM, genders);
    out->term = (uint16_t)term;
    out->form = (uint8_t)(form ? form - 1 : FORM_LONG);
    out->gender_form = (uint8_t)(gender_form % 3); /* neuter is GENDER_NONE */
    out->match = (uint8_t)value_choice(complaints, element, ATTRIBUTE_MATCH,
                                       "last-digit|last-two-digits|whole-number");
    out->ordinal = ordinal_of(term_names[term].data);
    out->long_ordinal = long_ordinal_of(term_names[term].data);
    out->text.gender = (uint8_t)(gender % 3);
    read_term_text(&out->text, element);
    return true;
}

static void read_terms(arena *memory, struct locale_source *out, const struct element *terms,
                       const struct complaints *complaints)
{
    for (const struct element *term = terms->first; term; term = term->next) {
        struct term_definition definition;
        if (!read_term(&definition, term, complaints))
            continue;
        struct term_definition *place =
            arena_append(memory, &out->terms, &out->term_count, sizeof *place);
        *place = definition;
        out->has_ordinals |= definition.ordinal != NO_ORDINAL;
    }
}

static void read_date(arena *memory, struct locale_source *out, const struct element *date,
                      const struct complaints *complaints)
{
    value_required(complaints, date, ATTRIBUTE_FORM);
    unsigned form = value_choice(complaints, date, ATTRIBUTE_FORM, "text|numeric");
    if (!form)
        return;
    struct date_parts *parts = arena_alloc(memory, sizeof *parts);
    value_look(complaints, date, &parts->look);
    value_date_parts(memory, complaints, date, parts);
    *(form == 1 ? &out->date_text : &out->date_numeric) = parts;
}

void locale_source_read(arena *memory, struct locale_source *out, const struct element *element,
                        const struct complaints *complaints)
{
    *out = (struct locale_source){
        .language = language_canonical(memory, element_value(element, ATTRIBUTE_XML_LANG))};
    for (const struct element *child = element->first; child; child = child->next) {
        switch (child->name) {
        case ELEMENT_TERMS: read_terms(memory, out, child, complaints); break;
        case ELEMENT_DATE: read_date(memory, out, child, complaints); break;
        case ELEMENT_STYLE_OPTIONS:
            out->punctuation_in_quote = (uint8_t)value_choice(
                complaints, child, ATTRIBUTE_PUNCTUATION_IN_QUOTE, "true|false");
            out->limit_day_ordinals_to_day_1 = (uint8_t)value_choice(
                complaints, child, ATTRIBUTE_LIMIT_DAY_ORDINALS_TO_DAY_1, "true|false");
            break;
        default: break;
        }
    }
}
