/* Cutting text into folded words and sentences. */
#include "base/words.h"

#include "base/buf.h"
#include "base/fold.h"
#include "base/utf8.h"

#include <string.h>

/* Words whose following full stop seldom ends a sentence. */
static bool is_abbreviation(str folded)
{
    static const char *const known[] = {"al",   "approx", "ca", "cf",  "dr", "eg",   "etc",
                                        "fig",  "ie",     "mr", "mrs", "no", "prof", "ref",
                                        "resp", "sd",     "st", "vol", "vs"};
    if (folded.length == 1 && char_is_letter(folded.data[0]))
        return true;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (str_is(folded, known[i]))
            return true;
    return false;
}

struct cutter {
    arena *memory;
    buf folded;
    word_list list;
    str text;
    size_t at; /* next byte of the text */
    uint32_t sentence;
};

static uint32_t peek(const struct cutter *c, size_t at, size_t *length)
{
    *length = 0;
    return at < c->text.length ? utf8_decode(str_part(c->text, at, c->text.length), length) : 0;
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
        size_t length;
        uint32_t codepoint = peek(c, c->at, &length);
        if (fold_is_word(codepoint))
            break;
        char plain = plain_of(c, codepoint);
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

static void cut_word(struct cutter *c, char gap)
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
    word *w = arena_append(c->memory, &c->list.items, &c->list.count, sizeof *w);
    str folded = {arena_copy(c->memory, buf_str(&c->folded)), c->folded.length};
    *w = (word){folded, (uint32_t)start, (uint32_t)(end - start), c->sentence, gap};
}

word_list words_of(arena *memory, str text)
{
    struct cutter c = {.memory = memory, .text = text};
    while (c.at < c.text.length) {
        char gap = skip_gap(&c);
        if (c.at < c.text.length)
            cut_word(&c, gap);
    }
    buf_free(&c.folded);
    return c.list;
}
