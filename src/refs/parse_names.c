/*
 * Names as they are printed: "Smith JA", "Smith, J. A.", "J. A. Smith", "Smith, John A., Jr",
 * groups; with "&", "and", commas and semicolons between them.
 */
#include "record/record.h"
#include "refs/cues.h"
#include "refs/parse.h"

enum { MOST_FAMILY_WORDS = 5, MOST_GIVEN_WORDS = 4, LONGEST_INITIALS = 4, MOST_GROUP_WORDS = 16 };

/* Reading names; `at` is the next token. */
struct reading {
    struct refs_parsing *p;
    size_t at, limit;
    const char *role;
    unsigned count;
    bool full;    /* the first one has given names in full */
    bool stopped; /* the last one ended without a mark that lets others follow */
};

/* A name that was read; `end` is the token behind it. */
struct read_name {
    struct refs_span family, given, suffix;
    size_t end;
};

/* Capitals only: "JA", "J-P"; how many, 0 when it is another word. */
static unsigned capitals_in(str word)
{
    unsigned capitals = 0;
    for (size_t at = 0; at < word.length;) {
        uint32_t c = cue_first(str_part(word, at, word.length));
        if (cue_is_capital(c))
            capitals++;
        else if (c != '-' && c != 0x2010 && c != 0x2011)
            return 0;
        for (at++; at < word.length && ((unsigned char)word.data[at] & 0xC0) == 0x80;)
            at++;
    }
    return capitals;
}

static bool is_initials(const struct reading *r, size_t i)
{
    unsigned capitals = i < r->limit ? capitals_in(refs_word(r->p, i)) : 0;
    return capitals && capitals <= LONGEST_INITIALS;
}

/* True for the "A" of "A new scale ...", which begins a title. */
static bool begins_sentence(const struct reading *r, size_t i)
{
    str next = refs_word(r->p, i + 1);
    return refs_is_word(r->p, i + 1) && !refs_is_capital(r->p, i + 1) && !cue_is_particle(next) &&
           !refs_is(r->p, i + 1, "and") && !refs_is(r->p, i + 1, "et") &&
           !refs_is(r->p, i + 1, "und");
}

/* Behind the initials from `i`: "JA", "J. A.", "J A", "J.-P."; `i` itself when there are none. */
static size_t end_of_initials(const struct reading *r, size_t i)
{
    size_t end = i;
    bool alone = true;
    while (is_initials(r, end) && (end == i || alone)) {
        bool other = r->p->trained && end > i && r->p->tokens[end].label != REFS_AUTHOR &&
                     r->p->tokens[end].label != REFS_EDITOR;
        if (end > i && (other || begins_sentence(r, end) || capitals_in(refs_word(r->p, end)) != 1))
            break;
        alone = capitals_in(refs_word(r->p, end)) == 1;
        bool stop = refs_is(r->p, end + 1, ".") && refs_is_glued(r->p, end + 1);
        if (stop && (alone || (end + 2 < r->limit && !refs_is_capital(r->p, end + 2)))) {
            end += 2;
            alone = true;
        } else {
            end++;
        }
        if (refs_is_dash(r->p, end) && refs_is_glued(r->p, end) && is_initials(r, end + 1))
            end++;
    }
    return end < r->limit ? end : r->limit;
}

static bool begins_family(const struct reading *r, size_t i)
{
    str word = refs_word(r->p, i);
    if (i >= r->limit || !refs_is_word(r->p, i) || refs_has_digit(word))
        return false;
    if (refs_is_capital(r->p, i) || cue_is_particle(word))
        return true;
    for (size_t k = 1; k < word.length; k++)
        if (cue_is_capital((unsigned char)word.data[k]))
            return true; /* "deCamp", "d'Angelo", "el-Sayed" */
    return false;
}

static bool is_suffix(const struct reading *r, size_t i)
{
    static const char *const suffixes[] = {"Jr", "Sr", "II", "III", "IV", "2nd", "3rd", "4th"};
    for (size_t k = 0; i < r->limit && k < sizeof suffixes / sizeof *suffixes; k++)
        if (str_is(refs_word(r->p, i), suffixes[k]))
            return true;
    return false;
}

static void read_suffix(const struct reading *r, struct read_name *name)
{
    size_t at = name->end + refs_is(r->p, name->end, ",");
    if (!is_suffix(r, at))
        return;
    name->suffix = (struct refs_span){at, at + 1};
    name->end = at + 1;
    if (refs_is(r->p, name->end, ".") && refs_is_glued(r->p, name->end) &&
        (refs_is(r->p, name->end + 1, ",") || refs_is(r->p, name->end + 1, ";") ||
         refs_is(r->p, name->end + 1, "&")))
        name->end++;
}

static bool is_and(const struct reading *r, size_t i)
{
    static const char *const words[] = {"&", "and", "und", "et", "y"};
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        if (i < r->limit && str_is(refs_word(r->p, i), words[k]) && !refs_is(r->p, i + 1, "al"))
            return true;
    return false;
}

/* What may stand behind the last name, or between two. */
static bool ends_name(const struct reading *r, size_t i)
{
    static const char *const marks[] = {",", ";", ".", ":", "(", "[", "\xE2\x80\xA6"};
    if (i >= r->limit || is_and(r, i) || refs_is_year(r->p, i) || refs_is(r->p, i, "et"))
        return true;
    for (size_t k = 0; k < sizeof marks / sizeof *marks; k++)
        if (refs_is(r->p, i, marks[k]))
            return true;
    return false;
}

/* Behind the words of a family name that stands before initials or a comma. */
static size_t end_of_family(const struct reading *r, size_t i)
{
    size_t end = i;
    while (end < r->limit && end - i < MOST_FAMILY_WORDS) {
        bool saint = refs_is(r->p, end, "St") && refs_is(r->p, end + 1, ".");
        if (!begins_family(r, end) || is_and(r, end))
            break;
        bool particle =
            end > i && cue_is_particle(refs_word(r->p, end - 1)) && !refs_is_capital(r->p, end - 1);
        if (end > i && is_initials(r, end) && !particle)
            break;
        end += saint ? 2 : 1;
        if (refs_is_dash(r->p, end) && !refs_is_glued(r->p, end + 1) && begins_family(r, end + 1))
            end++; /* "Graven- Nielsen" */
    }
    return end;
}

/* Words that a lone letter follows in titles: "Vitamin D". */
static bool is_term(str word)
{
    static const char *const words[] = {"Vitamin", "Hepatitis", "Type",  "Group",   "Protein",
                                        "Part",    "Phase",     "Class", "Grade",   "Section",
                                        "Factor",  "Influenza", "Table", "Complex", "Appendix"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_equal_ignoring_case(word, str_of(words[i])))
            return true;
    return false;
}

/* "Smith JA", "Smith J. A." */
static bool read_family_initials(const struct reading *r, struct read_name *name)
{
    size_t family = end_of_family(r, r->at);
    if (family == r->at || (refs_word(r->p, r->at).length < 2 && family == r->at + 1))
        return false;
    size_t suffix = family;
    if (is_suffix(r, family) && !is_initials(r, family))
        family++; /* "Longini Jr IM" */
    size_t initials = end_of_initials(r, family);
    bool acronyms = family == r->at + 1 && capitals_in(refs_word(r->p, r->at)) > 1 &&
                    capitals_in(refs_word(r->p, r->at)) <= 3 &&
                    capitals_in(refs_word(r->p, family)) > 2; /* "US DEA" */
    if (initials == family || acronyms)
        return false;
    *name = (struct read_name){{r->at, suffix}, {family, initials}, {suffix, family}, initials};
    if (!name->suffix.from || name->suffix.from == name->suffix.to)
        read_suffix(r, name);
    bool two = initials - family > 1 || refs_word(r->p, family).length > 1;
    bool titled = refs_is_capital(r->p, name->end) && !is_term(refs_word(r->p, r->at));
    return ends_name(r, name->end) || two || titled ||
           (r->count && !refs_is_number(r->p, name->end));
}

/* "Smith, J. A." */
static bool read_family_comma(const struct reading *r, struct read_name *name)
{
    size_t family = end_of_family(r, r->at);
    if (family == r->at || !refs_is(r->p, family, ","))
        return false;
    size_t initials = end_of_initials(r, family + 1);
    if (initials == family + 1)
        return false;
    *name = (struct read_name){{r->at, family}, {family + 1, initials}, {0, 0}, initials};
    if (begins_family(r, name->end) && cue_is_particle(refs_word(r->p, name->end)) &&
        ends_name(r, name->end + 1) && !is_and(r, name->end))
        name->given.to = ++name->end; /* "Berg, J. van" */
    read_suffix(r, name);
    return ends_name(r, name->end) || initials - family > 2;
}

/* "J. A. Smith" */
static bool read_initials_family(const struct reading *r, struct read_name *name)
{
    size_t initials = end_of_initials(r, r->at);
    if (initials == r->at || !refs_is(r->p, initials - 1, "."))
        return false;
    size_t family = end_of_family(r, initials);
    *name = (struct read_name){{initials, family}, {r->at, initials}, {0, 0}, family};
    read_suffix(r, name);
    return family > initials && ends_name(r, name->end);
}

/* "Smith, John A." for the first, then "Mary Jones". */
static bool read_full(const struct reading *r, struct read_name *name)
{
    size_t family = end_of_family(r, r->at);
    bool first = !r->count && family > r->at && refs_is(r->p, family, ",");
    size_t at = first ? family + 1 : r->at, start = at;
    while (at < r->limit && at - start < MOST_GIVEN_WORDS && refs_is_capital(r->p, at) &&
           !refs_has_digit(refs_word(r->p, at))) {
        bool initial = capitals_in(refs_word(r->p, at)) == 1;
        at++;
        if (initial && refs_is(r->p, at, ".") && refs_is_glued(r->p, at))
            at++;
    }
    if (first) {
        *name = (struct read_name){{r->at, family}, {start, at}, {0, 0}, at};
        read_suffix(r, name);
        return at > start && at - start <= 3 && ends_name(r, name->end) &&
               refs_word(r->p, start).length > 1;
    }
    if (!r->full || at - start < 2 || !ends_name(r, at))
        return false;
    size_t last = at - 1;
    while (last > start + 1 && cue_is_particle(refs_word(r->p, last - 1)))
        last--;
    *name = (struct read_name){{last, at}, {start, last}, {0, 0}, at};
    read_suffix(r, name);
    return true;
}

static const char *kept(const struct refs_parsing *p, struct refs_span span)
{
    buf markup = {0};
    str text = refs_text(p, span);
    markup_add_plain(&markup, text);
    const char *copy = record_text(p->memory, buf_str(&markup));
    buf_free(&markup);
    return copy;
}

/* Capitals of the given names: "J. A.", "John A." give "JA". */
static const char *initials_of(arena *memory, str given)
{
    buf initials = {0};
    for (size_t at = 0; at < given.length; at++) {
        if (((unsigned char)given.data[at] & 0xC0) == 0x80)
            continue;
        uint32_t c = cue_first(str_part(given, at, given.length));
        if (cue_is_capital(c))
            buf_add_codepoint(&initials, c);
    }
    const char *copy = record_text(memory, buf_str(&initials));
    buf_free(&initials);
    return copy;
}

static void add_person(struct reading *r, const struct read_name *read)
{
    struct refs_parsing *p = r->p;
    osler_name *name = RECORD_ADD(p->memory, &p->record->names);
    name->role = r->role;
    name->family = kept(p, read->family);
    str given = refs_text(p, read->given);
    if (capitals_in(given) < 2) /* "BC" are the initials of two names, "B. C." say so themselves */
        name->given = record_text(p->memory, given);
    name->initials = initials_of(p->memory, given);
    name->suffix = kept(p, read->suffix);
    r->count++;
    r->at = read->end;
}

/* A word that groups have in their names. */
static bool is_group_word(str word)
{
    static const char *const words[] = {
        "group",        "consortium",     "investigators", "collaborators", "collaboration",
        "committee",    "network",        "society",       "association",   "organization",
        "organisation", "team",           "institute",     "academy",       "council",
        "department",   "ministry",       "centers",       "centre",        "center",
        "college",      "federation",     "foundation",    "agency",        "collaborative",
        "initiative",   "study",          "trial",         "panel",         "commission",
        "university",   "office",         "bureau",        "registry",      "program",
        "programme",    "alliance",       "task",          "board",         "working",
        "service",      "administration", "union",         "authority",     "partnership"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_equal_ignoring_case(word, str_of(words[i])))
            return true;
    return false;
}

/* A small word in the name of a group. */
static bool is_between(str word)
{
    static const char *const words[] = {"of", "the", "and", "for", "on",  "in", "de", "to",
                                        "la", "und", "et",  "fur", "des", "du", "y",  "&"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_is(word, words[i]))
            return true;
    return false;
}

/* A group up to the end of its sentence or the year behind it. */
static bool take_group(struct reading *r)
{
    size_t end = r->at, words = 0;
    bool group = false, plain = true;
    while (end < r->limit && words < MOST_GROUP_WORDS) {
        if (refs_is(r->p, end, ",") && end > r->at && is_group_word(refs_word(r->p, end - 1)))
            break;
        if (refs_is(r->p, end, ".") || refs_is(r->p, end, ";") || refs_is_year(r->p, end) ||
            refs_is(r->p, end, ":") || (refs_is(r->p, end, "(") && refs_is_year(r->p, end + 1)))
            break;
        group = group || is_group_word(refs_word(r->p, end));
        plain = plain && (!refs_is_word(r->p, end) || refs_is_capital(r->p, end) ||
                          is_between(refs_word(r->p, end)));
        words += refs_is_word(r->p, end);
        end++;
    }
    bool labeled = r->p->trained && r->p->tokens[r->at].label == REFS_AUTHOR && end > r->at &&
                   r->p->tokens[end - 1].label == REFS_AUTHOR;
    bool ends = end >= r->limit || words < MOST_GROUP_WORDS;
    bool begins = refs_is_capital(r->p, r->at) || refs_is(r->p, r->at, "the") ||
                  refs_is(r->p, r->at, "on") || refs_is(r->p, r->at, "for");
    if (!ends || !begins || !((group && plain) || labeled) || end == r->at)
        return false;
    osler_name *name = RECORD_ADD(r->p->memory, &r->p->record->names);
    name->role = r->role;
    while (end > r->at + 1 && refs_is(r->p, end - 1, ","))
        end--;
    name->collective = kept(r->p, (struct refs_span){r->at, end});
    r->count++;
    r->at = end;
    return true;
}

/* "et al", "and others": the end of the names. */
static bool take_others(struct reading *r)
{
    size_t at = r->at;
    while (at < r->limit &&
           (refs_is(r->p, at, ",") || refs_is(r->p, at, ";") || refs_is(r->p, at, "[") ||
            refs_is(r->p, at, "(") || refs_is(r->p, at, "and") || refs_is(r->p, at, "&")))
        at++;
    if ((refs_is(r->p, at, "et") && refs_is(r->p, at + 1, "al")) ||
        (refs_is(r->p, at, "u") && refs_is(r->p, at + 2, "a")))
        at += 2 + refs_is(r->p, at, "u");
    else if (refs_is(r->p, at, "others") && at > r->at)
        at++;
    else
        return false;
    while (at < r->limit && (refs_is(r->p, at, ".") || refs_is(r->p, at, "]")))
        at++;
    r->p->record->names_incomplete = true;
    r->at = at;
    return true;
}

static bool take_name(struct reading *r)
{
    struct read_name name;
    if (read_family_initials(r, &name) || read_family_comma(r, &name) ||
        read_initials_family(r, &name)) {
        add_person(r, &name);
        return true;
    }
    if (read_full(r, &name)) {
        r->full = true;
        add_person(r, &name);
        return true;
    }
    return false;
}

/* Over what parts names; false when no name can follow. */
static bool pass_separator(struct reading *r)
{
    size_t start = r->at;
    while (r->at < r->limit && (refs_is(r->p, r->at, ",") || refs_is(r->p, r->at, ";") ||
                                refs_is(r->p, r->at, "\xE2\x80\xA6") || is_and(r, r->at)))
        r->at++;
    while (r->at > start && r->at + 1 < r->limit && refs_is(r->p, r->at, ".") &&
           refs_is(r->p, r->at + 1, "."))
        r->at++; /* "..., Jones, K." */
    return r->at > start;
}

size_t refs_take_names(struct refs_parsing *p, size_t from, size_t limit, const char *role)
{
    struct reading r = {.p = p, .at = from, .limit = limit, .role = role};
    while (r.at < limit && r.p->record->names.count < 100000) {
        size_t start = r.at;
        if (r.count && (take_others(&r) || !pass_separator(&r)))
            break;
        if (take_others(&r))
            break;
        if (!take_name(&r) && !take_group(&r)) {
            r.at = start;
            break;
        }
    }
    return r.at;
}
