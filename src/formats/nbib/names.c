/* Names in PubMed's text: the full form (FAU), then the short one (AU), then what belongs to it. */
#include "formats/nbib/nbib.h"
#include "record/identifiers.h"

#include <string.h>

static osler_name *last_name(nbib_parser *p)
{
    return p->record.names.count ? &p->record.names.items[p->record.names.count - 1] : NULL;
}

static osler_name *add_name(nbib_parser *p, const char *role)
{
    osler_name *name = BUILDER_ADD(&p->build, &p->record.names);
    p->full = NULL;
    if (!name)
        return NULL;
    name->role = role;
    if (strcmp(role, "investigator") == 0)
        name->group = p->group;
    return name;
}

/* An affiliation that stood before the names is the first author's, as in records before 2014. */
static void take_affiliation(nbib_parser *p, osler_name *name)
{
    if (!p->affiliation || strcmp(name->role, "author") != 0)
        return;
    osler_affiliation *affiliation = BUILDER_ADD(&p->build, &name->affiliations);
    if (affiliation)
        affiliation->text = p->affiliation;
    p->affiliation = NULL;
}

static bool is_nobody(str text)
{
    return !text.length || str_is(text, "et al") || str_is(text, "et al.");
}

/* "Long, Vicky" */
void nbib_full_name(nbib_parser *p, const struct nbib_value *value)
{
    if (is_nobody(value->text)) {
        p->record.names_incomplete |= value->text.length > 0;
        return;
    }
    osler_name *name = add_name(p, value->argument);
    if (!name)
        return;
    size_t comma = str_find(value->text, ',');
    str given = str_trim(str_part(value->text, comma + 1, value->text.length));
    name->family = builder_keep_markup(&p->build, str_trim(str_part(value->text, 0, comma)));
    name->given = builder_keep(&p->build, given);
    take_affiliation(p, name);
    p->full = name;
}

/* "JA" of "Smith JA Jr": capitals, also with hyphens, of any script. */
static bool is_initials(str word)
{
    if (!word.length || word.length > 12)
        return false;
    for (size_t i = 0; i < word.length; i++)
        if (char_is_digit(word.data[i]) || (word.data[i] >= 'a' && word.data[i] <= 'z'))
            return false;
    return true;
}

static bool is_suffix(str word)
{
    static const char *const suffixes[] = {"Jr",  "Sr",  "2nd", "3rd", "4th", "5th",
                                           "6th", "Jr.", "Sr.", "II",  "III", "IV"};
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
        if (str_is(word, suffixes[i]))
            return true;
    return false;
}

/* Cut the last word off `*rest`. */
static str cut_last(str *rest)
{
    size_t start = rest->length;
    while (start && rest->data[start - 1] != ' ')
        start--;
    str word = str_part(*rest, start, rest->length);
    *rest = str_trim(str_part(*rest, 0, start));
    return word;
}

/* The short form says what is initials and what is suffix; the full form holds both at its end. */
static void complete_name(nbib_parser *p, osler_name *name, str initials, str suffix)
{
    name->initials = builder_keep(&p->build, initials);
    name->suffix = builder_keep_markup(&p->build, suffix);
    if (!suffix.length || !name->given)
        return;
    str given = str_of(name->given), last = cut_last(&given);
    if (str_equal(last, suffix))
        name->given = builder_keep(&p->build, given);
}

/* "Long V", "Smith JA Jr" */
void nbib_short_name(nbib_parser *p, const struct nbib_value *value)
{
    str family = value->text, suffix = {"", 0}, initials = {"", 0};
    osler_name *name = last_name(p);
    bool waiting = p->full && p->full == name && strcmp(name->role, value->argument) == 0;
    p->full = NULL;
    if (is_nobody(family)) {
        p->record.names_incomplete |= family.length > 0;
        return;
    }
    str rest = family, last = cut_last(&rest), before = rest;
    if (rest.length && is_suffix(last) && is_initials(cut_last(&before)) && before.length) {
        suffix = last;
        family = rest;
        last = cut_last(&rest);
    }
    if (rest.length && is_initials(last)) {
        initials = last;
        family = rest;
    }
    if (waiting) {
        complete_name(p, name, initials, suffix);
        return;
    }
    name = add_name(p, value->argument);
    if (!name)
        return;
    name->family = builder_keep_markup(&p->build, family);
    name->initials = builder_keep(&p->build, initials);
    name->given = name->initials; /* no more is known of it */
    name->suffix = builder_keep_markup(&p->build, suffix);
    take_affiliation(p, name);
}

void nbib_collective(nbib_parser *p, const struct nbib_value *value)
{
    osler_name *name = value->text.length ? add_name(p, "author") : NULL;
    if (!name)
        return;
    name->collective = builder_keep_markup(&p->build, value->text);
    p->group = builder_keep(&p->build, value->text);
}

/* "ORCID: 0000-0003-3362-8200" */
void nbib_name_id(nbib_parser *p, const struct nbib_value *value)
{
    osler_name *name = last_name(p);
    if (!name || !value->text.length)
        return;
    size_t colon = str_find(value->text, ':');
    str scheme = str_part(value->text, 0, colon);
    str id = str_trim(str_part(value->text, colon + 1, value->text.length));
    const char *orcid = str_equal_ignoring_case(scheme, str_of("orcid"))
                            ? identifier_orcid(&p->build.memory, id)
                            : NULL;
    if (orcid && !name->orcid) {
        name->orcid = orcid;
        return;
    }
    osler_identifier *identifier = BUILDER_ADD(&p->build, &name->identifiers);
    if (!identifier)
        return;
    identifier->scheme = builder_lower_case(&p->build, builder_keep(&p->build, str_trim(scheme)));
    identifier->value = builder_keep(&p->build, id);
}

void nbib_affiliation(nbib_parser *p, const struct nbib_value *value)
{
    osler_name *name = last_name(p);
    if (!value->text.length)
        return;
    const char *text = builder_keep_markup(&p->build, value->text);
    if (!name || strcmp(name->role, value->argument) != 0) {
        p->affiliation = strcmp(value->argument, "author") == 0 ? text : NULL;
        return;
    }
    osler_affiliation *affiliation = BUILDER_ADD(&p->build, &name->affiliations);
    if (affiliation)
        affiliation->text = text;
}
