/* Initials of given names: "Jean-Luc Marie" to "J.-L. M.", "John M.E." to "J. M. E.". */
#include "base/utf8.h"
#include "style/names_list.h"
#include <unicode/uchar.h>

struct work {
    buf *out;
    const struct initials *initials;
    str dot, gap; /* `with` without the spaces at its end, and those spaces */
    str tags;     /* opening tags that wait for the word behind them */
    bool any;     /* something was written */
    bool initial; /* the last one was an initial */
    bool hyphen;  /* a hyphen stands before the next word */
    bool within;  /* a tag alone stands between the last word and the next: they are one */
};

static bool is_upper(uint32_t letter)
{
    if (letter < 0x80)
        return letter >= 'A' && letter <= 'Z';
    return u_isupper((UChar32)letter) || u_istitle((UChar32)letter);
}

static bool is_lower(uint32_t letter)
{
    if (letter < 0x80)
        return letter >= 'a' && letter <= 'z';
    return u_islower((UChar32)letter);
}

/* True for what can be an initial: an upper-case letter, or one of a script without case. */
static bool is_capital(uint32_t letter)
{
    if (letter < 0x80)
        return letter >= 'A' && letter <= 'Z';
    return u_isalpha((UChar32)letter) && !u_islower((UChar32)letter);
}

/* The length of the first letter of `word` with the marks above and below it. */
static size_t letter_length(str word)
{
    size_t length;

    utf8_decode(word, &length);
    while (length < word.length && (unsigned char)word.data[length] >= 0x80) {
        size_t mark;
        if (!(U_GET_GC_MASK((UChar32)utf8_decode(str_part(word, length, SIZE_MAX), &mark)) &
              U_GC_M_MASK))
            break;
        length += mark;
    }
    return length;
}

/* Where the next word stands: behind a hyphen, a gap between initials, or a space. */
static void separate(struct work *w, bool initial)
{
    if (w->any) {
        if (w->hyphen && w->initials->hyphens)
            buf_add_byte(w->out, '-');
        else if (w->initial && initial)
            buf_add(w->out, w->gap);
        else
            buf_add_byte(w->out, ' ');
    }
    buf_add(w->out, w->tags);
    w->tags.length = 0;
    w->hyphen = false;
    w->any = true;
    w->initial = initial;
}

/* The initial of a word: its first letter; of "TSerendorj", where several capitals stand for one
 * sound, "Ts". */
static void add_initial(struct work *w, str word)
{
    size_t first = letter_length(word), end = first, length;

    buf_add(w->out, str_part(word, 0, first));
    while (end < word.length && is_upper(utf8_decode(str_part(word, end, SIZE_MAX), &length)))
        end += length;
    if (end == first || end == word.length ||
        !is_lower(utf8_decode(str_part(word, end, SIZE_MAX), &length)))
        return;
    for (size_t at = first; at < end; at += length) {
        uint32_t letter = utf8_decode(str_part(word, at, SIZE_MAX), &length);
        buf_add_codepoint(w->out, (uint32_t)u_tolower((UChar32)letter));
    }
}

/* The rest of a word that a tag has cut: "<b>Ma</b>ry". */
static void add_rest(struct work *w, str word)
{
    if (w->initials->initialize && w->initial)
        return;
    buf_add(w->out, w->tags);
    buf_add(w->out, word);
    w->tags.length = 0;
}

/* A word that is no initial and becomes none. */
static void add_whole(struct work *w, str word, bool dotted)
{
    if (w->initials->initialize && w->hyphen && w->any) {
        w->hyphen = false; /* "Guo-ping" is G */
        return;
    }
    separate(w, false);
    buf_add(w->out, word);
    if (dotted)
        buf_add_byte(w->out, '.');
}

/* `dotted`: a period stands behind the word, which is an abbreviation then. */
static void add_word(struct work *w, str word, bool dotted)
{
    size_t length;
    uint32_t letter = utf8_decode(word, &length);
    bool single = is_upper(letter) && letter_length(word) == word.length;

    if (w->initials->initialize && str_is(word, ","))
        return; /* of "A., M." */
    if (w->within)
        add_rest(w, word);
    else if (w->initials->initialize && !is_capital(letter)) {
        add_whole(w, word, dotted);
    } else if (dotted || single) {
        separate(w, true);
        buf_add(w->out, word);
        buf_add(w->out, w->dot);
    } else if (!w->initials->initialize) {
        add_whole(w, word, false);
    } else {
        separate(w, true);
        add_initial(w, word);
        buf_add(w->out, w->dot);
    }
}

/* A tag at the start of `rest`: its length, 0 when there is none. */
static size_t tag_length(str rest)
{
    if (rest.length < 3 || (rest.data[1] != '/' && !char_is_letter(rest.data[1])))
        return 0;
    size_t end = str_find(rest, '>');
    return end < rest.length ? end + 1 : 0;
}

static void add_tag(struct work *w, str tag)
{
    bool adjacent = w->tags.length && w->tags.data + w->tags.length == tag.data;

    if (tag.data[1] == '/' || !adjacent) {
        buf_add(w->out, w->tags);
        w->tags.length = 0;
    }
    if (tag.data[1] == '/') {
        buf_add(w->out, tag);
        return;
    }
    w->tags = (str){w->tags.length ? w->tags.data : tag.data, w->tags.length + tag.length};
}

/* The length of a separator at the start of `rest`: 0 when a word begins there. */
static size_t separator_length(str rest, bool *hyphen)
{
    size_t length;

    switch (utf8_decode(rest, &length)) {
    case '-':
    case 0x2010:
    case 0x2011: *hyphen = true; return length;
    case ' ':
    case '.':
    case 0xA0:
    case 0x202F: return length;
    default: return 0;
    }
}

static size_t word_length(str rest)
{
    bool hyphen = false;
    size_t length = 0;

    while (length < rest.length) {
        str here = str_part(rest, length, SIZE_MAX);
        if ((length && *here.data == '<' && tag_length(here)) || separator_length(here, &hyphen))
            break;
        size_t letter;
        utf8_decode(here, &letter);
        length += letter;
    }
    return length;
}

/* The length of `with` without the spaces at its end, those that do not break included. */
static size_t without_spaces(str with)
{
    static const str spaces[] = {STR(" "), STR("\u00A0"), STR("\u202F"), STR("\u2009")};
    size_t before;

    do {
        before = with.length;
        for (size_t i = 0; i < sizeof spaces / sizeof spaces[0]; i++)
            if (with.length >= spaces[i].length &&
                str_equal(str_part(with, with.length - spaces[i].length, SIZE_MAX), spaces[i]))
                with.length -= spaces[i].length;
    } while (with.length < before);
    return with.length;
}

void initials_add(buf *out, str given, const struct initials *initials)
{
    struct work w = {.out = out, .initials = initials};
    size_t dot = without_spaces(initials->with);

    w.dot = str_part(initials->with, 0, dot);
    w.gap = str_part(initials->with, dot, SIZE_MAX);
    for (size_t at = 0; at < given.length;) {
        str rest = str_part(given, at, SIZE_MAX);
        size_t length = *rest.data == '<' ? tag_length(rest) : 0;
        if (length) {
            add_tag(&w, str_part(rest, 0, length));
        } else {
            length = separator_length(rest, &w.hyphen);
            if (!length) {
                length = word_length(rest);
                bool dotted = length < rest.length && rest.data[length] == '.';
                add_word(&w, str_part(rest, 0, length), dotted);
                w.within = true;
            } else {
                w.within = false;
            }
        }
        at += length;
    }
    buf_add(out, w.tags);
}
