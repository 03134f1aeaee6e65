/*
 * Particles and suffixes of names that came as family and given only.
 *
 *   quotation marks       `"van Happen"`: the part is taken as it is, without the marks
 *   before the family     small words, with a capital behind them: "van der Zwaag", and what an
 *                         apostrophe or a hyphen joins: "d'Alembert", "al-Ghazali"; without a
 *                         capital known particles only: "de la cruz".  They are non-dropping: who
 *                         writes them there wants them with the family name
 *   behind the given      small words that are known particles: "Jacques de".  They are dropping.
 *                         Other small words are given names ("Xiao ming")
 *   behind a comma        in given: the suffix ("John, III"); a mark forces a comma before it
 *                         ("John,! Jr.").  Small words there are a title that belongs to the
 *                         family name ("Aline, abbe d'"): dropping
 *
 * A family name without a given one stays whole.  Words with a capital are never particles ("La
 * Tour", "Van den Bosch").
 */
#include "base/utf8.h"
#include "style/item.h"

#include <unicode/uchar.h>

static const str apostrophe = STR("\xE2\x80\x99"), left_quote = STR("\xE2\x80\x98");

/* The length of an apostrophe at the start of `s`, or 0. */
static size_t apostrophe_at(str s)
{
    if (s.length && s.data[0] == '\'')
        return 1;
    return str_starts_with(s, apostrophe) || str_starts_with(s, left_quote) ? 3 : 0;
}

static bool starts_small(str word)
{
    size_t length = apostrophe_at(word);
    word = str_part(word, length, word.length);
    return word.length && u_islower((UChar32)utf8_decode(word, &length));
}

static bool starts_with_capital(str word)
{
    size_t length;
    if (!word.length)
        return false;
    UChar32 first = (UChar32)utf8_decode(word, &length);
    return u_isupper(first) || u_istitle(first);
}

/*
 * The length of a small prefix that an apostrophe or a hyphen joins to a capital, the joint
 * included: 2 in "d'Alembert", 3 in "al-Ghazali"; 0 when there is none.
 */
static size_t joined_prefix(str word)
{
    enum { LONGEST = 8 }; /* in bytes: "dell'", "'s-" */
    if (!starts_small(word))
        return 0;
    size_t at = apostrophe_at(word);
    while (at < word.length && at <= LONGEST) {
        str rest = str_part(word, at, word.length);
        size_t length = rest.data[0] == '-' ? 1 : apostrophe_at(rest);
        at += length ? length : 1;
        if (length && starts_with_capital(str_part(word, at, word.length)))
            return at;
    }
    return 0;
}

/* `"quoted"` as `quoted`; true when it was. */
static bool unquote(str *part)
{
    if (part->length < 2 || part->data[0] != '"' || part->data[part->length - 1] != '"')
        return false;
    *part = str_part(*part, 1, part->length - 2);
    return true;
}

static str word_at(str text, size_t at)
{
    str rest = str_part(text, at, text.length);
    return str_part(rest, 0, str_find(rest, ' '));
}

/* The bytes of small words (with the space behind them) before the first other word. */
static size_t small_words_before(str family)
{
    size_t at = 0;
    for (;;) {
        str word = word_at(family, at);
        size_t end = at + word.length;
        if (end == family.length)
            return at + joined_prefix(word);
        size_t joined = joined_prefix(word);
        if (joined)
            return at + joined;
        if (word.length && !starts_small(word))
            return at;
        at = end + 1;
    }
}

static bool has_capital(str text)
{
    for (size_t at = 0, length; at < text.length; at += length) {
        UChar32 c = (UChar32)utf8_decode(str_part(text, at, text.length), &length);
        if (u_isupper(c) || u_istitle(c))
            return true;
    }
    return false;
}

/* Particles that stand behind given names, without those that are also initials. */
static const char *const particles[] = {
    "'s",  "'t",     "aan",   "abu", "af",  "al",   "am",    "an",    "as",    "auf",
    "aus", "av",     "bei",   "ben", "bin", "d'",   "da",    "dal",   "dalla", "das",
    "de",  "de'",    "degli", "dei", "del", "dela", "della", "delle", "dello", "dem",
    "den", "der",    "des",   "di",  "do",  "dos",  "du",    "el",    "et",    "het",
    "ibn", "il",     "im",    "in",  "l'",  "la",   "las",   "le",    "les",   "lo",
    "los", "lou",    "op",    "s'",  "te",  "ten",  "ter",   "uit",   "v.",    "v.d.",
    "van", "vander", "vd",    "ver", "vom", "von",  "zu",    "zum",   "zur",
};

static bool is_particle(str word)
{
    size_t at = 0;
    char plain[12];
    size_t used = 0;
    while (at < word.length && used + 1 < sizeof plain) {
        size_t length = apostrophe_at(str_part(word, at, word.length));
        plain[used++] = length ? '\'' : word.data[at];
        at += length ? length : 1;
    }
    if (at < word.length)
        return false;
    for (size_t i = 0; i < sizeof particles / sizeof *particles; i++)
        if (str_is((str){plain, used}, particles[i]))
            return true;
    return false;
}

/* The same for a family name without any capital, "de la cruz": particles that are known. */
static size_t particles_before(str family)
{
    size_t at = 0;
    for (;;) {
        str word = word_at(family, at);
        if (at + word.length == family.length || !is_particle(word))
            return at;
        at += word.length + 1;
    }
}

static bool apostrophe_ends(str particle)
{
    size_t length = particle.length;

    return (length && particle.data[length - 1] == '\'') ||
           (length > 3 && apostrophe_at(str_part(particle, length - 3, 3)) == 3);
}

static void split_family(struct item_name *name)
{
    str family = name->family;
    if (family.data[0] >= 'A' && family.data[0] <= 'Z')
        return;
    size_t length = has_capital(family) ? small_words_before(family) : particles_before(family);
    if (!length)
        return;
    str particle = str_trim(str_part(family, 0, length));
    if (particle.length < length && apostrophe_ends(particle))
        particle.length++; /* "de' Medici": the space was meant */
    name->non_dropping_particle = particle;
    name->family = str_trim(str_part(family, length, family.length));
}

static void split_given(struct item_name *name)
{
    str given = name->given;
    size_t start = given.length; /* of the particles */
    while (start) {
        size_t at = start;
        while (at && given.data[at - 1] != ' ')
            at--;
        if (!at || !is_particle(str_part(given, at, start - at)))
            break;
        start = at - 1;
    }
    if (start == given.length || !start)
        return;
    name->dropping_particle = str_trim(str_part(given, start, given.length));
    name->given = str_trim(str_part(given, 0, start));
}

/* True for what stands behind a name although it is written small. */
static bool is_small_suffix(str text)
{
    static const char *const suffixes[] = {"jr", "jr.", "sr", "sr.", "esq", "esq.", "fils"};
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
        if (str_is(text, suffixes[i]))
            return true;
    return false;
}

static void split_suffix(struct item_name *name)
{
    size_t comma = str_find(name->given, ',');
    if (comma == name->given.length)
        return;
    str behind = str_part(name->given, comma + 1, name->given.length);
    bool forced = behind.length && behind.data[0] == '!';
    behind = str_trim(str_part(behind, forced, behind.length));
    if (!forced && starts_small(behind) && !is_small_suffix(behind)) {
        if (name->dropping_particle.length)
            return;
        name->dropping_particle = behind;
        name->given = str_part(name->given, 0, comma + 1); /* the comma stays before the title */
        return;
    }
    name->suffix = behind;
    name->comma_suffix = forced;
    name->given = str_trim(str_part(name->given, 0, comma));
}

void item_name_parse(arena *memory, struct item_name *name)
{
    (void)memory; /* all parts are views of what was given */
    if (name->literal.length)
        return;
    bool particles_given = name->dropping_particle.length || name->non_dropping_particle.length;
    bool quoted = unquote(&name->given);
    if (!quoted && !name->suffix.length && name->given.length)
        split_suffix(name);
    if (!quoted && !particles_given && !name->dropping_particle.length && name->given.length)
        split_given(name);
    if (!unquote(&name->family) && !particles_given && name->family.length && name->given.length)
        split_family(name);
}
