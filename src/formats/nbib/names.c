/* Names in PubMed's text: the full form (FAU), then the short one (AU), then what belongs to it. */
#include "formats/nbib/nbib.h"
#include "record/identifiers.h"

#include <string.h>

static osler_name *last_name(nbib_parser *p)
{
    return p->record->names.count ? &p->record->names.items[p->record->names.count - 1] : NULL;
}

static osler_name *add_name(nbib_parser *p, const char *role)
{
    osler_name *name = BUILDER_ADD(&p->build, &p->record->names);
    p->full = NULL;
    if (!name)
        return NULL;
    name->role = role;
    if (strcmp(role, "investigator") == 0)
        name->group = builder_keep(&p->build, str_of(p->group));
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
        p->record->names_incomplete |= value->text.length > 0;
        return;
    }
    osler_name *name = add_name(p, value->argument);
    if (!name)
        return;
    size_t comma = str_find(value->text, ',');
    str given = str_trim(str_part(value->text, comma + 1, value->text.length));
    str family = str_trim(str_part(value->text, 0, comma));
    name->family = builder_keep_markup(&p->build, family);
    p->family = builder_keep(&p->build, family);
    name->given = builder_keep(&p->build, given);
    take_affiliation(p, name);
    p->full = name;
}

/* How long the initial at the start of `s` is: a letter, or several that write one of another
 * script. */
static size_t initial_at(str s)
{
    static const str several[] = {STR("Shch"), STR("Dzh"), STR("Ch"), STR("Dj"), STR("Dz"),
                                  STR("Gh"),   STR("Ia"),  STR("Ie"), STR("Iu"), STR("Kh"),
                                  STR("Ph"),   STR("Sh"),  STR("Th"), STR("Ts"), STR("Ya"),
                                  STR("Ye"),   STR("Yu"),  STR("Zh")};
    for (size_t i = 0; i < sizeof several / sizeof *several; i++)
        if (str_starts_with(s, several[i]))
            return several[i].length;
    return char_is_digit(s.data[0]) || (s.data[0] >= 'a' && s.data[0] <= 'z') ? 0 : 1;
}

/* "JA" of "Smith JA Jr": capitals, also with hyphens, of any script; "IuA". */
static bool is_initials(str word)
{
    if (!word.length || word.length > 12)
        return false;
    while (word.length) {
        size_t length = initial_at(word);
        if (!length)
            return false;
        word = str_part(word, length, word.length);
    }
    return true;
}

/* Behind a known family name: any short word with a capital, but not the given name itself. */
static bool is_initials_of(str word, str given)
{
    size_t small = 0, longest = 0;
    if (is_initials(word))
        return true;
    if (!word.length || word.length > 12 || (word.length > 2 && str_equal(word, given)))
        return false;
    for (size_t i = 0; i < word.length; i++) {
        if (char_is_digit(word.data[i]) || word.data[i] == '_')
            return false;
        small = word.data[i] >= 'a' && word.data[i] <= 'z' ? small + 1 : 0;
        longest = small > longest ? small : longest;
    }
    return longest <= 3 && !(word.data[0] >= 'a' && word.data[0] <= 'z');
}

static bool is_suffix(str word)
{
    static const char *const suffixes[] = {"Jr",  "Sr",  "1st", "2nd", "3rd", "4th", "5th",
                                           "6th", "Jr.", "Sr.", "II",  "III", "IV",  "VI"};
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
        if (str_is(word, suffixes[i]))
            return true;
    return false;
}

/* "Henry V", "Paul I": a suffix only where the initials have been said, and no more than three. */
static bool is_roman_letter(str word, str family, str before)
{
    if ((!str_is(word, "I") && !str_is(word, "V")) || before.length > 3)
        return false;
    for (size_t i = 0; i < family.length; i++)
        if (family.data[i] >= 'a' && family.data[i] <= 'z')
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

/* What a short name says. */
struct short_name {
    str family, initials, suffix;
};

/* "Smith JA Jr" alone: read from its end. */
static struct short_name read_short_name(str text)
{
    struct short_name name = {text, {"", 0}, {"", 0}};
    str rest = text, last = cut_last(&rest), before = rest;
    str initials = cut_last(&before);
    if (before.length && is_initials(initials) &&
        (is_suffix(last) || is_roman_letter(last, before, initials))) {
        name.suffix = last;
        name.family = rest;
        last = cut_last(&rest);
    }
    if (rest.length && is_initials(last)) {
        name.initials = last;
        name.family = rest;
    }
    return name;
}

/* The same beside the full name, whose family name says where the initials begin. */
static struct short_name read_beside(str text, str family, str given)
{
    str rest = str_part(text, family.length, text.length);
    if (!family.length || !str_starts_with_ignoring_case(text, family) ||
        (rest.length && rest.data[0] != ' '))
        return read_short_name(text);
    struct short_name name = {family, {"", 0}, {"", 0}};
    rest = str_trim(rest);
    str initials = str_part(rest, 0, str_find(rest, ' '));
    str suffix = str_trim(str_part(rest, initials.length, rest.length));
    /* "J A" as other programs write it is all initials. */
    bool apart =
        suffix.length == 1 && is_initials(suffix) && !str_is(suffix, "V") && !str_is(suffix, "I");
    if (!is_initials_of(initials, given))
        return name;
    name.initials = apart ? rest : initials;
    name.suffix = apart ? name.suffix : suffix;
    return name;
}

/* The short form says what is initials and what is suffix; the full form holds both at its end. */
static void complete_name(nbib_parser *p, osler_name *name, struct short_name known)
{
    buf initials = {0};
    for (str word; str_next_field(&known.initials, ' ', &word);)
        buf_add(&initials, word);
    name->initials = builder_keep(&p->build, buf_str(&initials));
    buf_free(&initials);
    name->suffix = builder_keep_markup(&p->build, known.suffix);
    str given = str_of(name->given), suffix = known.suffix;
    if (!suffix.length || given.length < suffix.length + 2)
        return;
    size_t end = given.length - suffix.length;
    if (given.data[end - 1] == ' ' && str_equal(str_part(given, end, suffix.length), suffix))
        name->given = builder_keep(&p->build, str_trim(str_part(given, 0, end)));
}

/* "Long V", "Smith JA Jr" */
void nbib_short_name(nbib_parser *p, const struct nbib_value *value)
{
    osler_name *name = last_name(p);
    bool waiting = p->full && p->full == name && strcmp(name->role, value->argument) == 0;
    p->full = NULL;
    if (is_nobody(value->text)) {
        p->record->names_incomplete |= value->text.length > 0;
        return;
    }
    if (waiting) {
        complete_name(p, name, read_beside(value->text, str_of(p->family), str_of(name->given)));
        return;
    }
    name = add_name(p, value->argument);
    if (!name)
        return;
    struct short_name known = read_short_name(value->text);
    name->family = builder_keep_markup(&p->build, known.family);
    name->initials = builder_keep(&p->build, known.initials);
    name->given = name->initials; /* no more is known of it */
    name->suffix = builder_keep_markup(&p->build, known.suffix);
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
                            ? identifier_orcid(p->build.memory, id)
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
