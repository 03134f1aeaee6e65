/* Authors: the same people, whatever is printed of their names. */
#include "match/parts.h"

#include "base/words.h"
#include "record/record.h"

#include <string.h>

enum { MOST_AUTHORS = 500, SHORT = 3, LONG = 8 };

/* A person as compared. */
struct person {
    str family;   /* letters alone, without particles */
    str whole;    /* with them */
    str plain;    /* whole, with "ae", "oe", "ue" as one letter */
    str initials; /* lower case */
    str given;    /* letters alone; empty when only initials are printed */
    str printed;  /* all of it, letters alone */
    bool accented;
};

struct people {
    struct person *items;
    size_t count;
    size_t groups;
};

static str plain_of(arena *memory, const char *markup)
{
    buf plain = {0};
    markup_add_text(&plain, str_of(markup));
    str made = {arena_copy(memory, buf_str(&plain)), plain.length};
    buf_free(&plain);
    return made;
}

/* German and Nordic vowels are printed in two ways: "Mueller", "Muller" for "Müller". */
static str without_digraphs(arena *memory, str letters)
{
    char *made = arena_alloc(memory, letters.length + 1);
    size_t length = 0;
    for (size_t i = 0; i < letters.length; i++) {
        char c = letters.data[i];
        bool second =
            c == 'e' && length && strchr("aou", made[length - 1]) && i + 1 < letters.length;
        if (!second)
            made[length++] = c;
    }
    return (str){made, length};
}

static str first_letters(arena *memory, str given)
{
    buf letters = {0};
    word_list words = words_of(memory, given);
    for (size_t i = 0; i < words.count; i++) {
        str folded = words.items[i].folded;
        size_t length = folded.length > 0;
        while (length < folded.length && ((unsigned char)folded.data[length] & 0xC0) == 0x80)
            length++;
        buf_add(&letters, str_part(folded, 0, length));
    }
    str made = {arena_copy(memory, buf_str(&letters)), letters.length};
    buf_free(&letters);
    return made;
}

/* "JM" and "J.-M." are initials; "Jo" and "Jean M" are names. */
static bool is_initials(str given)
{
    size_t run = 0;
    for (size_t i = 0; i < given.length; i++) {
        char c = given.data[i];
        run = c >= 'a' && c <= 'z' ? run + 1 : 0;
        if (run || (unsigned char)c >= 0x80)
            return false;
    }
    return true;
}

static bool is_particle(str term)
{
    static const char *const particles[] = {"van", "von", "de",  "der", "den", "del", "della",
                                            "di",  "da",  "dos", "du",  "la",  "le",  "ten",
                                            "ter", "zu",  "zur", "af",  "al",  "el",  "d"};
    for (size_t i = 0; i < sizeof particles / sizeof *particles; i++)
        if (str_is(term, particles[i]))
            return true;
    return false;
}

/* The family name behind its particles. */
static str without_particles(arena *memory, str family)
{
    word_list words = words_of(memory, family);
    size_t at = 0;
    while (at + 1 < words.count && is_particle(words.items[at].folded))
        at++;
    size_t start = words.count ? words.items[at].offset : 0;
    return match_letters(memory, str_part(family, start, family.length));
}

static void make_person(struct person *out, arena *memory, const osler_name *name)
{
    str family = plain_of(memory, name->family);
    buf whole = {0};
    buf_add_text(&whole, name->dropping_particle);
    buf_add_byte(&whole, ' ');
    buf_add_text(&whole, name->non_dropping_particle);
    buf_add_byte(&whole, ' ');
    buf_add(&whole, family);
    out->whole = match_letters(memory, buf_str(&whole));
    out->family = without_particles(memory, family);
    for (size_t i = 0; i < family.length; i++)
        out->accented = out->accented || (unsigned char)family.data[i] >= 0x80;
    out->plain = without_digraphs(memory, out->whole);
    str given = str_of(name->given);
    out->initials = match_letters(memory, str_of(name->initials));
    bool printed = given.length && !is_initials(given);
    if (!out->initials.length)
        out->initials = printed ? first_letters(memory, given) : match_letters(memory, given);
    if (printed)
        out->given = match_letters(memory, given);
    buf_add(&whole, name->initials ? str_of(name->initials) : given);
    out->printed = match_letters(memory, buf_str(&whole));
    buf_free(&whole);
}

static bool is_author(const osler_name *name)
{
    return !name->superseded && (!name->role || strcmp(name->role, "author") == 0);
}

static void make_people(struct people *out, arena *memory, const osler_record *record)
{
    const osler_name_list *list = &record->names;
    *out = (struct people){arena_alloc(memory, (list->count + 1) * sizeof *out->items), 0, 0};
    for (size_t i = 0; i < list->count && out->count < MOST_AUTHORS; i++) {
        const osler_name *name = &list->items[i];
        if (!is_author(name))
            continue;
        if (name->family && *name->family)
            make_person(&out->items[out->count++], memory, name);
        else
            out->groups++;
    }
}

/* -- two persons --------------------------------------------------------------------------------
 */

/* Both begin alike, and the fewer are among the more, in their order ("II" for "IuIu"); or one side
 * has none. */
static bool initials_agree(str a, str b)
{
    str fewer = a.length < b.length ? a : b, more = a.length < b.length ? b : a;
    size_t found = 0;
    for (size_t i = 0; i < more.length && found < fewer.length; i++)
        found += more.data[i] == fewer.data[found];
    return !fewer.length || (fewer.data[0] == more.data[0] && found == fewer.length);
}

static enum match_agreement compare_families(const struct person *a, const struct person *b)
{
    if (str_equal(a->whole, b->whole) || str_equal(a->family, b->family) ||
        (a->accented != b->accented && str_equal(a->plain, b->plain)))
        return MATCH_SAME;
    size_t length = a->whole.length < b->whole.length ? a->whole.length : b->whole.length;
    size_t most = length >= LONG ? 2 : length >= SHORT ? 1 : 0;
    return most && match_distance(a->whole, b->whole, most, false) <= most ? MATCH_NEAR
                                                                           : MATCH_DIFFERENT;
}

static enum match_agreement compare_given(const struct person *a, const struct person *b)
{
    bool both = a->given.length && b->given.length;
    if (both && str_equal(a->given, b->given))
        return MATCH_SAME;
    if (!initials_agree(a->initials, b->initials))
        return MATCH_DIFFERENT;
    if (!both || str_starts_with(a->given, b->given) || str_starts_with(b->given, a->given))
        return MATCH_SAME;
    /* "Jean M" and "Jean Marie": what is printed of each goes as far as the first name. */
    size_t shared = 0;
    while (shared < a->given.length && shared < b->given.length &&
           a->given.data[shared] == b->given.data[shared])
        shared++;
    return shared >= SHORT ? MATCH_SAME : MATCH_NEAR;
}

static enum match_agreement compare_persons(const struct person *a, const struct person *b)
{
    if (str_equal(a->printed, b->printed))
        return MATCH_SAME;
    enum match_agreement families = compare_families(a, b);
    enum match_agreement given = compare_given(a, b);
    if (families == MATCH_SAME)
        return given == MATCH_SAME ? MATCH_SAME : MATCH_NEAR;
    return families == MATCH_NEAR && given != MATCH_DIFFERENT ? MATCH_NEAR : MATCH_DIFFERENT;
}

/* -- two lists ----------------------------------------------------------------------------------
 */

/* What stands for names left out. */
static bool leaves_out(const osler_record *reference)
{
    static const char *const signs[] = {"et al", "and others",     "and colleagues", "u. a.",
                                        "u.a.",  ", \xE2\x80\xA6", ", . . .",        ", ...",
                                        "& al",  "et coll"};
    if (reference->names_incomplete)
        return true;
    for (size_t i = 0; i < reference->extras.count; i++) {
        const osler_extra *extra = &reference->extras.items[i];
        if (!extra->tag || strcmp(extra->tag, "reference") != 0)
            continue;
        for (size_t k = 0; k < sizeof signs / sizeof *signs; k++)
            if (str_contains_ignoring_case(str_of(extra->value), str_of(signs[k])))
                return true;
    }
    return false;
}

/* How many persons of `a` stand, in their order, in `b`: the same, and those with a typing error.
 */
static void count_shared(const struct people *a, const struct people *b, size_t *same, size_t *near)
{
    size_t at = 0;
    *same = *near = 0;
    for (size_t i = 0; i < a->count; i++) {
        for (size_t k = at; k < b->count; k++) {
            enum match_agreement how = compare_persons(&a->items[i], &b->items[k]);
            bool namesake =
                how == MATCH_NEAR && compare_given(&a->items[i], &b->items[k]) == MATCH_DIFFERENT;
            if (how == MATCH_DIFFERENT || (namesake && i != k))
                continue;
            *same += how == MATCH_SAME;
            *near += how == MATCH_NEAR;
            at = k + 1;
            break;
        }
    }
}

static enum match_agreement compare_lists(const struct people *a, const struct people *b,
                                          bool incomplete)
{
    size_t same, near;
    count_shared(a, b, &same, &near);
    bool all = same == a->count && (a->count == b->count || incomplete);
    if (all)
        return MATCH_SAME;
    if (!same && !near) {
        struct people reversed = *b;
        size_t found = 0;
        for (size_t i = 0; i < a->count && a->count <= reversed.count; i++)
            for (size_t k = 0; k < b->count; k++)
                found += compare_persons(&a->items[i], &b->items[k]) == MATCH_SAME;
        return found ? MATCH_NEAR : MATCH_DIFFERENT;
    }
    size_t fewer = a->count < b->count ? a->count : b->count;
    return (same + near) * 3 >= fewer ? MATCH_NEAR : MATCH_DIFFERENT;
}

void match_authors(struct match_comparison *out, arena *memory, const osler_record *reference,
                   const osler_record *record)
{
    struct people a, b;
    make_people(&a, memory, reference);
    make_people(&b, memory, record);
    out->fields[MATCH_AUTHORS] = out->fields[MATCH_FIRST_AUTHOR] = MATCH_ABSENT;
    if (!a.count || !b.count)
        return;
    bool incomplete = leaves_out(reference);
    out->fields[MATCH_FIRST_AUTHOR] = compare_persons(&a.items[0], &b.items[0]);
    out->fields[MATCH_AUTHORS] = compare_lists(&a, &b, incomplete || record->names_incomplete);
    if (out->fields[MATCH_AUTHORS] == MATCH_SAME && out->fields[MATCH_FIRST_AUTHOR] != MATCH_SAME)
        out->fields[MATCH_AUTHORS] = MATCH_NEAR;
}
