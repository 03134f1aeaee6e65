/* Grants in PubMed's text: number/acronym/agency/country, of which parts may be missing. */
#include "formats/nbib/nbib.h"

static const str countries[] = {
#define COUNTRY(name) STR(name),
#include "formats/nbib/countries.def"
#undef COUNTRY
};

/* Cut what follows the last slash off `*rest`. */
static str cut_last_part(str *rest)
{
    size_t start = rest->length;
    while (start && rest->data[start - 1] != '/')
        start--;
    str part = str_trim(str_part(*rest, start, rest->length));
    *rest = str_trim(str_part(*rest, 0, start ? start - 1 : 0));
    return part;
}

static str last_part(str rest)
{
    return cut_last_part(&rest);
}

static bool is_country(str s)
{
    for (size_t i = 0; i < sizeof countries / sizeof *countries; i++)
        if (str_equal_ignoring_case(s, countries[i]))
            return true;
    return false;
}

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

/*
 * NLM's codes: two capitals for an institute of the NIH and its like ("GM"), "_" at the end for
 * other funders ("WT_"), "Im" before the code of an intramural grant ("ImNIH"), and two words.
 */
static bool is_acronym(str s)
{
    if (str_is(s, "HHMI") || str_is(s, "NULL"))
        return true;
    if (s.length < 2 || s.length > 8)
        return false;
    if (s.data[s.length - 1] == '_')
        return is_capital(s.data[0]);
    if (s.length == 2)
        return is_capital(s.data[0]) && is_capital(s.data[1]);
    return str_starts_with(s, str_of("Im")) && is_capital(s.data[2]);
}

/* What stands alone is an agency, unless it has the digits of a number and nothing of a name. */
static bool is_number(str s)
{
    enum { LEAST = 5 };
    size_t digits = 0;
    for (size_t i = 0; i < s.length; i++) {
        if (s.data[i] >= 'a' && s.data[i] <= 'z')
            return false;
        digits += char_is_digit(s.data[i]);
    }
    return digits >= LEAST;
}

/* A country that is not in the list is known by an acronym two places before it. */
static bool ends_with_country(str rest)
{
    str last = cut_last_part(&rest);
    if (is_country(last))
        return true;
    cut_last_part(&rest);
    return rest.length && is_acronym(last_part(rest));
}

/* "R01 GM084875/GM/NIGMS NIH HHS/United States"; a number may hold slashes. */
void nbib_grant(nbib_parser *p, const struct nbib_value *value)
{
    str rest = value->text, number = {"", 0};
    while (rest.length && rest.data[0] == '/') /* an empty number */
        rest = str_trim(str_part(rest, 1, rest.length));
    osler_grant *grant = rest.length ? BUILDER_ADD(&p->build, &p->record->grants) : NULL;
    if (!grant)
        return;
    if (ends_with_country(rest))
        grant->country = builder_keep(&p->build, cut_last_part(&rest));
    str agency = cut_last_part(&rest);
    if (is_acronym(agency) && rest.length) { /* "R01 GM084875/GM": the agency is missing */
        grant->acronym = builder_keep(&p->build, agency);
        number = rest;
    } else if (!rest.length && is_number(agency)) {
        number = agency;
    } else {
        grant->agency = builder_keep(&p->build, agency);
        number = rest;
    }
    if (!grant->acronym && is_acronym(last_part(rest)))
        grant->acronym = builder_keep(&p->build, cut_last_part(&number));
    grant->number = builder_keep(&p->build, number);
}
