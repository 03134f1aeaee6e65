/*
 * Cutting text into folded words and sentences.  The text is lower-cased once as a whole, and the
 * words of ASCII letters and digits are views of that copy; a word that holds anything else is
 * folded character by character.
 */
#include "base/words.h"

#include "base/buf.h"
#include "base/bytes.h"
#include "base/fold.h"
#include "base/utf8.h"

#include <string.h>

enum { EIGHT = WORD_READABLE, BYTES_A_WORD = 5 };

struct cutter {
    arena *memory;
    buf folded; /* of a word that is not ASCII alone */
    word_list list;
    size_t capacity;
    str text;
    char *lower; /* the text in lower case, and eight NUL behind it */
    size_t at;   /* next byte of the text */
    uint32_t sentence;
};

/* -- words --------------------------------------------------------------------------------------
 */

/* The highest bit of each of eight bytes of lower case is set where no letter or digit stands. */
static uint64_t no_word_bytes(uint64_t bytes)
{
    /* the seven lower bits plus a number reach the highest bit from a certain byte on */
    uint64_t low = bytes & bytes_all(0x7F);
    uint64_t letter = (low + bytes_all(0x80 - 'a')) & ~(low + bytes_all(0x7F - 'z'));
    uint64_t digit = (low + bytes_all(0x80 - '0')) & ~(low + bytes_all(0x7F - '9'));
    return (~(letter | digit) | bytes) & bytes_all(0x80);
}

/* The first byte from `at` on that is no ASCII letter or digit. */
static const char *run_end(const char *at)
{
    uint64_t ends;
    while (!(ends = no_word_bytes(bytes_eight(at))))
        at += EIGHT;
    return at + __builtin_ctzll(ends) / 8;
}

static bool is_word_byte(char lower)
{
    return (lower >= 'a' && lower <= 'z') || char_is_digit(lower);
}

static uint32_t peek(const struct cutter *c, size_t at, size_t *length)
{
    *length = 0;
    return at < c->text.length ? utf8_decode(str_part(c->text, at, c->text.length), length) : 0;
}

/* A letter or digit stands at `at`. */
static bool word_at(const struct cutter *c, size_t at)
{
    size_t length;
    uint32_t codepoint = peek(c, at, &length);
    return length && fold_is_word(codepoint);
}

static bool is_apostrophe(uint32_t codepoint)
{
    return codepoint == '\'' || codepoint == 0x2019;
}

/* A word goes on at `at`, where no ASCII letter or digit stands. */
static bool goes_on(const struct cutter *c, size_t at)
{
    size_t length;
    uint32_t codepoint = peek(c, at, &length);
    if (is_apostrophe(codepoint))
        return word_at(c, at + length);
    return codepoint == 0xAD || fold_is_word(codepoint);
}

/* Make room for one more word. */
static void make_room(struct cutter *c)
{
    if (c->list.count < c->capacity)
        return;
    size_t used = c->capacity * sizeof *c->list.items;
    c->capacity *= 2;
    word *larger = arena_room(c->memory, 2 * used);
    memcpy(larger, c->list.items, used);
    c->list.items = larger;
}

/* A word that holds more than ASCII letters and digits. */
static void cut_long_way(struct cutter *c, char gap)
{
    size_t start = c->at, end = c->at;
    buf_clear(&c->folded);
    while (c->at < c->text.length) {
        size_t length;
        uint32_t codepoint = peek(c, c->at, &length);
        if (codepoint == 0xAD) { /* a soft hyphen is not a boundary */
            c->at += length;
            continue;
        }
        if (is_apostrophe(codepoint) && word_at(c, c->at + length)) {
            size_t after = c->at + length;
            bool possessive = char_lower(c->text.data[after]) == 's' && !word_at(c, after + 1);
            c->at = possessive ? after + 1 : after;
            if (possessive)
                break;
            continue;
        }
        if (!fold_is_word(codepoint))
            break;
        fold_add_codepoint(&c->folded, codepoint);
        c->at += length;
        end = c->at;
    }
    size_t size = c->folded.length;
    memset(buf_reserve(&c->folded, EIGHT), 0, EIGHT);
    c->folded.length += EIGHT;
    str folded = {arena_copy(c->memory, buf_str(&c->folded)), size};
    c->list.items[c->list.count++] =
        (word){folded, (uint32_t)start, (uint32_t)(end - start), c->sentence, gap};
}

/* -- gaps ---------------------------------------------------------------------------------------
 */

/* Words whose following full stop seldom ends a sentence. */
static bool is_abbreviation(str folded)
{
    static const char *const known[] = {"al",   "approx", "ca", "cf",  "dr", "eg",   "etc",
                                        "fig",  "ie",     "mr", "mrs", "no", "prof", "ref",
                                        "resp", "sd",     "st", "vol", "vs"};
    if (folded.length == 1 && char_is_letter(folded.data[0]))
        return true;
    if (folded.length > strlen("approx"))
        return false;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (str_is(folded, known[i]))
            return true;
    return false;
}

/* One character of a gap in plain form: '*' when it has no ASCII one, ' ' when it vanishes. */
static char plain_of(struct cutter *c, uint32_t codepoint)
{
    buf_clear(&c->folded);
    fold_add_codepoint(&c->folded, codepoint);
    if (c->folded.length != 1)
        return c->folded.length ? '*' : ' ';
    char plain = c->folded.data[0];
    return (unsigned char)plain < 0x80 ? plain : '*';
}

/* A stop and a space stood before the word at `at`: does a new sentence begin there? */
static bool begins_sentence(const struct cutter *c, char gap)
{
    const word *last = &c->list.items[c->list.count - 1];
    char next = c->text.data[c->at];
    bool lower = next >= 'a' && next <= 'z';
    return !lower && !(gap == '.' && is_abbreviation(last->folded));
}

/* Between words: find the next word, and say what stood in the gap. */
static char skip_gap(struct cutter *c)
{
    char gap = ' ';
    bool stop = false, space_after_stop = false;
    while (c->at < c->text.length) {
        char plain = c->text.data[c->at];
        size_t length = 1;
        if (char_is_letter(plain) || char_is_digit(plain))
            break;
        if ((unsigned char)plain >= 0x80) {
            uint32_t codepoint = peek(c, c->at, &length);
            if (fold_is_word(codepoint))
                break;
            plain = plain_of(c, codepoint);
        }
        if (char_is_space(plain))
            space_after_stop |= stop;
        else if (gap == ' ')
            gap = plain;
        stop |= plain == '.' || plain == '?' || plain == '!';
        c->at += length;
    }
    if (!c->list.count || !space_after_stop || c->at >= c->text.length || !begins_sentence(c, gap))
        return gap;
    c->sentence++;
    return '.';
}

static char *lower_copy(arena *memory, str text)
{
    char *lower = arena_room(memory, text.length + EIGHT);
    for (size_t i = 0; i < text.length; i++)
        lower[i] = char_lower(text.data[i]);
    memset(lower + text.length, 0, EIGHT);
    return lower;
}

static void cut(struct cutter *c)
{
    const char *text = c->text.data;
    char *lower = c->lower;
    for (size_t at = 0; at < c->text.length;) {
        char gap = text[at];
        if ((unsigned char)gap < 0x80 && is_word_byte(lower[at + 1]) && !is_word_byte(lower[at])) {
            gap = char_is_space(gap) ? ' ' : gap; /* one character: no sentence ends in it */
            at++;
        } else {
            c->at = at;
            gap = skip_gap(c);
            if ((at = c->at) >= c->text.length)
                return;
        }
        make_room(c);
        size_t end = (size_t)(run_end(lower + at) - lower);
        if (((unsigned char)lower[end] >= 0x80 || lower[end] == '\'') && goes_on(c, end)) {
            c->at = at;
            cut_long_way(c, gap);
            at = c->at;
            continue;
        }
        lower[end] = '\0';
        c->list.items[c->list.count++] =
            (word){{lower + at, end - at}, (uint32_t)at, (uint32_t)(end - at), c->sentence, gap};
        at = end;
    }
}

word_list words_of(arena *memory, str text)
{
    if (!text.length)
        return (word_list){0};
    struct cutter c = {
        .memory = memory, .text = text, .capacity = text.length / BYTES_A_WORD + EIGHT};
    c.lower = lower_copy(memory, text);
    c.list.items = arena_room(memory, c.capacity * sizeof *c.list.items);
    cut(&c);
    buf_free(&c.folded);
    return c.list;
}
