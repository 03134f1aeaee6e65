/* What the start and the end of a line say: does a reference begin or end here? */
#include "refs/cues.h"

#include "base/fold.h"
#include "base/utf8.h"

enum { START_LOOKED_AT = 160, MOST_NAME_WORDS = 4, MOST_INITIALS = 4 };

bool cue_is_letter(uint32_t c)
{
    if (c < 0x80)
        return char_is_letter((char)c);
    return fold_is_word(c) && !(c >= 0x660 && c <= 0x669) && c != 0xB2 && c != 0xB3 && c != 0xB9 &&
           !(c >= 0x2070 && c <= 0x2089);
}

bool cue_is_capital(uint32_t c)
{
    if (c < 0x80)
        return c >= 'A' && c <= 'Z';
    if (c >= 0xC0 && c <= 0xDE)
        return c != 0xD7;
    if (c >= 0x139 && c <= 0x148)
        return c % 2 == 1;
    if (c >= 0x179 && c <= 0x17E)
        return c % 2 == 1;
    if ((c >= 0x100 && c <= 0x177) || (c >= 0x1E00 && c <= 0x1EFF) || (c >= 0x218 && c <= 0x21B))
        return c % 2 == 0;
    return c == 0x178 || (c >= 0x391 && c <= 0x3AB) || (c >= 0x400 && c <= 0x42F);
}

bool cue_is_small(uint32_t c)
{
    if (c < 0x80)
        return c >= 'a' && c <= 'z';
    return c < 0x2000 && cue_is_letter(c) && !cue_is_capital(c);
}

uint32_t cue_first(str text)
{
    size_t length;
    return text.length ? utf8_decode(text, &length) : 0;
}

uint32_t cue_last(str text)
{
    size_t at = text.length, length;
    while (at && ((unsigned char)text.data[at - 1] & 0xC0) == 0x80)
        at--;
    return at ? utf8_decode(str_part(text, at - 1, text.length), &length) : 0;
}

str cue_first_word(str text)
{
    return str_part(text, 0, str_find(text, ' '));
}

bool cue_is_particle(str word)
{
    static const char *const particles[] = {
        "van",   "von",   "de",  "der", "den", "del", "della", "di",     "da",  "dos",
        "du",    "la",    "le",  "el",  "al",  "ten", "ter",   "te",     "zu",  "zur",
        "vom",   "das",   "do",  "bin", "ibn", "af",  "av",    "vander", "ver", "dal",
        "dalla", "degli", "des", "y",   "e",   "san", "st.",   "op",     "'t"};
    for (size_t i = 0; i < sizeof particles / sizeof *particles; i++)
        if (str_equal_ignoring_case(word, str_of(particles[i])))
            return true;
    return false;
}

/* True when a small letter, or one without case, is the first: no initial stands before it. */
static bool goes_on_small(str s)
{
    uint32_t next = cue_first(s);
    return cue_is_letter(next) && !cue_is_capital(next);
}

/* True when a letter or digit is the first: what ends before it is only part of a word. */
static bool goes_on(str s)
{
    uint32_t next = cue_first(s);
    return cue_is_letter(next) || (next < 0x80 && char_is_digit((char)next));
}

/* True when `c` at `at` parts initials: a stop, a hyphen, a space behind a stop. */
static bool parts_initials(str s, size_t at, uint32_t c)
{
    return at && (c == '.' || c == '-' || c == 0x2010 || c == 0x2011 ||
                  (c == ' ' && s.data[at - 1] == '.'));
}

/* The length of initials at the start of `s` ("JA", "J. A.", "J-P"), 0 when there are none. */
static size_t initials_at(str s)
{
    size_t end = 0, length;
    unsigned letters = 0;
    for (size_t at = 0; at < s.length; at += length) {
        uint32_t c = utf8_decode(str_part(s, at, s.length), &length);
        if (cue_is_capital(c)) {
            if (goes_on_small(str_part(s, at + length, s.length)))
                break;
            if (++letters > MOST_INITIALS)
                return 0;
            end = at + length;
        } else if (!parts_initials(s, at, c)) {
            break;
        } else if (c == '.') {
            end = at + length;
        }
    }
    bool cut = end && s.data[end - 1] != '.' && goes_on(str_part(s, end, s.length));
    return cut ? 0 : end;
}

/* The length of the word at the start, without the punctuation behind it. */
static size_t word_at(str s)
{
    size_t at = 0, length;
    while (at < s.length) {
        uint32_t c = utf8_decode(str_part(s, at, s.length), &length);
        if (!cue_is_letter(c) && c != '\'' && c != '-' && c != 0x2019 && c != 0x2010 && c != 0x2011)
            break;
        at += length;
    }
    return at;
}

/* Behind the comma of a family name: initials or, when `whole` ones may stand there, a given name.
 */
static bool given_behind_comma(str rest, bool whole)
{
    return initials_at(rest) || (whole && word_at(rest) > 1 && cue_is_capital(cue_first(rest)));
}

/* True when the name ends behind the first `length` bytes, which are its initials. */
static bool ends_behind_initials(str s, size_t length)
{
    uint32_t next = cue_first(str_part(s, length, s.length));
    return !next || next == ',' || next == ';' || next == ':' || next == '.' || next == ' ' ||
           s.data[length - 1] == '.';
}

/* "Smith JA", "van der Berg, J.", "Lopes da Silva FH": a family name, then initials or given. */
static bool family_first(str s)
{
    bool capital = false;
    for (unsigned words = 0; words < MOST_NAME_WORDS && s.length; words++) {
        size_t length = word_at(s);
        str word = str_part(s, 0, length), rest = str_part(s, length, s.length);
        if (!length || (!cue_is_capital(cue_first(word)) && !cue_is_particle(word)))
            return false;
        capital = capital || (cue_is_capital(cue_first(word)) && length > 1);
        if (rest.length && rest.data[0] == ',')
            return capital &&
                   given_behind_comma(str_trim(str_part(rest, 1, rest.length)), words < 2);
        if (!rest.length || rest.data[0] != ' ')
            return false;
        s = str_part(rest, 1, rest.length);
        size_t initials = initials_at(s);
        if (capital && initials)
            return ends_behind_initials(s, initials);
    }
    return false;
}

/* "J. A. Smith". */
static bool initials_first(str s)
{
    size_t length = initials_at(s);
    if (!length || s.data[length - 1] != '.')
        return false;
    str rest = str_trim(str_part(s, length, s.length));
    return cue_is_capital(cue_first(rest)) || cue_is_particle(cue_first_word(rest));
}

enum cue cue_of_start(str text)
{
    str s = str_part(text, 0, START_LOOKED_AT);
    if (family_first(s) || initials_first(s))
        return CUE_STRONG;
    uint32_t first = cue_first(s);
    return cue_is_capital(first) || (cue_is_letter(first) && !cue_is_small(first)) ? CUE_WEAK
                                                                                   : CUE_NONE;
}

static bool ends_with(str s, const char *end)
{
    size_t length = strlen(end);
    return s.length >= length &&
           str_equal_ignoring_case(str_part(s, s.length - length, length), str_of(end));
}

/* The last word of `s`. */
static str last_word(str s)
{
    size_t start = s.length;
    while (start && s.data[start - 1] != ' ')
        start--;
    return str_part(s, start, s.length);
}

enum cue cue_of_end(str text)
{
    str s = str_trim(text);
    str word = last_word(s);
    bool stopped = s.length && (s.data[s.length - 1] == '.' || s.data[s.length - 1] == ']');
    if (ends_with(word, "doi:") || ends_with(word, "p.") || ends_with(word, "pp.") ||
        ends_with(word, "vol.") || ends_with(word, "no."))
        return CUE_NONE;
    while (s.length && strchr(".)];", s.data[s.length - 1]))
        s.length--;
    if (!s.length)
        return CUE_NONE;
    bool identifier = str_contains_ignoring_case(word, (str)STR("http")) ||
                      str_contains_ignoring_case(word, (str)STR("10.")) ||
                      str_contains_ignoring_case(word, (str)STR("www."));
    if (identifier && strchr("-/_=?&,", s.data[s.length - 1]))
        return s.data[s.length - 1] == '/' ? CUE_WEAK : CUE_NONE;
    if (identifier || char_is_digit(s.data[s.length - 1]))
        return CUE_STRONG;
    if (!stopped)
        return CUE_NONE;
    /* "Smith J." ends names, not references */
    return word.length <= 2 && cue_is_capital(cue_first(word)) ? CUE_NONE : CUE_WEAK;
}

bool cue_has_year(str text)
{
    for (size_t at = 0; at + 4 <= text.length; at++) {
        const char *d = text.data + at;
        if (!char_is_digit(d[0]))
            continue;
        size_t end = at;
        while (end < text.length && char_is_digit(text.data[end]))
            end++;
        if (end - at == 4 && ((d[0] == '1' && d[1] >= '5') || (d[0] == '2' && d[1] <= '1')))
            return true;
        at = end;
    }
    return false;
}

/* Behind a number at `at`: "(3)", ":", ",", " p. " and another number. */
static bool pages_follow(str text, size_t at)
{
    bool colon = false, dash = false;
    if (at < text.length && text.data[at] == ' ')
        at++;
    if (at < text.length && text.data[at] == '(') {
        size_t close = at + str_find(str_part(text, at, 40), ')');
        at = close < text.length && text.data[close] == ')' ? close + 1 : text.length;
        colon = true;
    }
    for (unsigned steps = 0; steps < 3 && at < text.length && strchr(":,; ", text.data[at]);
         steps++)
        colon = text.data[at++] == ':' || colon;
    if (at < text.length && strchr("esSEp", text.data[at]))
        at++;
    if (at >= text.length || !char_is_digit(text.data[at]))
        return false;
    while (at < text.length && char_is_digit(text.data[at]))
        at++;
    dash = at < text.length && (text.data[at] == '-' || text.data[at] == '\xE2');
    return colon || dash;
}

bool cue_has_locator(str text)
{
    for (size_t at = 0; at < text.length; at++) {
        if (!char_is_digit(text.data[at]))
            continue;
        while (at < text.length && char_is_digit(text.data[at]))
            at++;
        if (pages_follow(text, at))
            return true;
    }
    return str_contains_ignoring_case(text, (str)STR(" pp.")) ||
           str_contains_ignoring_case(text, (str)STR(" pp ")) ||
           str_contains_ignoring_case(text, (str)STR("p. "));
}
