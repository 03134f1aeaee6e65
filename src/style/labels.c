/* cs:number and cs:label: number variables and the words that go with them. */
#include "style/number_list.h"
#include "style/numbers.h"
#include "style/render.h"
#include "style/text_case.h"

#include <stdio.h>

static str of_unsigned(const struct render *r, unsigned number)
{
    if (!number)
        return (str){"", 0};
    char digits[16];
    size_t length = (size_t)snprintf(digits, sizeof digits, "%u", number);
    return (str){arena_copy(r->memory, (str){digits, length}), length};
}

/* The first page of "442-54": what stands before the first separator. */
static str first_page(str pages)
{
    struct number_list list = {.text = pages};
    struct number_token token;
    number_list_next(&list, &token);
    return token.text;
}

str render_variable_text(const struct render *r, enum variable variable)
{
    str none = {"", 0};
    if (render_is_suppressed(r, variable))
        return none;
    if (variable == VARIABLE_LOCATOR)
        return r->locator;
    if (variable == VARIABLE_YEAR_SUFFIX)
        return r->shape.year_suffix;
    if (variable == VARIABLE_CITATION_NUMBER)
        return of_unsigned(r, r->citation_number);
    if (variable == VARIABLE_FIRST_REFERENCE_NOTE_NUMBER)
        return of_unsigned(r, r->first_reference_note_number);
    str text = item_text(r->item, variable);
    if (!text.length && variable == VARIABLE_PAGE_FIRST)
        return first_page(item_text(r->item, VARIABLE_PAGE));
    return text;
}

str render_case_language(const struct render *r)
{
    return r->item->language.length ? r->item->language : str_of(r->style->default_locale);
}

void render_set_locator(struct render *r, str locator, unsigned label)
{
    r->locator = str_trim(locator);
    r->locator_label = label ? label : TERM_PAGE;
    size_t end = str_find(r->locator, ' ');
    unsigned named = end + 1 < r->locator.length ? number_label(str_part(r->locator, 0, end)) : 0;
    if (!named)
        return;
    r->locator = str_trim(str_part(r->locator, end, r->locator.length));
    r->locator_label = named;
}

void render_term_case(const struct render *r, struct output *tree, enum text_case text_case)
{
    str language = str_of(r->locale->language);
    bool english = str_starts_with(language, (str){"en", 2});
    if (text_case == CASE_TITLE && !english)
        text_case = CASE_CAPITALIZE_ALL;
    case_apply(r->memory, tree, text_case, language);
}

/* The term that names a number variable; TERM_NONE when there is none. */
static unsigned term_of_variable(const struct render *r, enum variable variable)
{
    if (variable == VARIABLE_LOCATOR)
        return r->locator_label ? r->locator_label : TERM_PAGE;
    return term_of(str_of(variable_name(variable)));
}

str render_number_text(struct render *r, enum variable variable, str text, enum number_form form)
{
    unsigned term = term_of_variable(r, variable);
    if (form == NUMBER_NUMERIC && term == TERM_PAGE)
        return page_range_format(r->memory, text, r->style->page_range_format, r->locale);
    const struct term *noun = term ? locale_term(r->locale, term, FORM_LONG) : NULL;
    return number_format(r->memory, text, form, noun ? noun->gender : GENDER_NONE, r->locale);
}

struct output *render_number(struct render *r, const struct node *node, enum found *found)
{
    *found = FOUND_NOTHING;
    if (r->sorting && node->variable == VARIABLE_CITATION_NUMBER)
        return NULL; /* sorting is to find it; cs:text gives the order of citation instead */
    str text = render_variable_text(r, node->variable);
    *found = text.length ? FOUND_CONTENT : FOUND_ABSENT;
    if (!text.length) {
        render_miss(r, node->variable);
        return NULL;
    }
    enum number_form form = r->sorting ? NUMBER_NUMERIC : (enum number_form)node->form;
    text = render_number_text(r, node->variable, text, form);
    struct output *leaf = output_leaf(r->memory, text, &node->look);
    leaf->numeral = number_is_one(text) || (form != NUMBER_NUMERIC && text.length);
    case_apply(r->memory, leaf, node->look.text_case, render_case_language(r));
    if (node->variable == VARIABLE_LOCATOR)
        leaf->role = ROLE_LOCATOR;
    else if (node->variable == VARIABLE_CITATION_NUMBER)
        leaf->role = ROLE_CITATION_NUMBER;
    return leaf;
}

static bool is_above_one(str text)
{
    unsigned long number = 0;
    return str_number(str_trim(text), &number) ? number > 1 : number_is_plural(text);
}

struct output *render_label(struct render *r, const struct node *node, enum found *found)
{
    *found = FOUND_NOTHING;
    str text = render_variable_text(r, node->variable);
    unsigned term = term_of_variable(r, node->variable);
    if (!text.length || !term)
        return NULL;
    bool counts =
        node->variable == VARIABLE_NUMBER_OF_PAGES || node->variable == VARIABLE_NUMBER_OF_VOLUMES;
    return render_role_label(r, node, term, counts ? is_above_one(text) : number_is_plural(text));
}

struct output *render_role_label(struct render *r, const struct node *label, unsigned term,
                                 bool plural)
{
    if (label->plural != PLURAL_CONTEXTUAL)
        plural = label->plural == PLURAL_ALWAYS;
    str text = locale_text(r->locale, term, label->form, plural);
    if (!text.length)
        return NULL;
    struct output *leaf = output_leaf(r->memory, text, &label->look);
    if (label->look.strip_periods)
        strip_periods(r->memory, leaf);
    render_term_case(r, leaf, label->look.text_case);
    leaf->role = ROLE_LABEL;
    return leaf;
}
