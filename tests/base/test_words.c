/* Cutting words: the fast way gives what the plain way gives, on random text. */
#include "base/buf.h"
#include "base/fold.h"
#include "base/utf8.h"
#include "base/words.h"
#include "check.h"

#include <string.h>

/* The plain way: one code point after the other, as base/words.h describes it. */
struct plain {
    str text, last;
    size_t at;
    uint32_t sentence;
    word word;
    buf folded;
    bool first;
};

static uint32_t code_at(const struct plain *p, size_t at, size_t *length)
{
    *length = 0;
    return at < p->text.length ? utf8_decode(str_part(p->text, at, p->text.length), length) : 0;
}

static bool word_at(const struct plain *p, size_t at)
{
    size_t length;
    uint32_t c = code_at(p, at, &length);
    return length && fold_is_word(c);
}

static bool is_abbreviation(str s)
{
    static const char known[] = " al approx ca cf dr eg etc fig ie mr mrs no prof ref resp sd st "
                                "vol vs ";
    buf b = {0};
    buf_printf(&b, " %.*s ", STR_ARG(s));
    bool yes = (s.length == 1 && char_is_letter(s.data[0])) ||
               (s.length && !memchr(s.data, ' ', s.length) && strstr(known, buf_text(&b)));
    buf_free(&b);
    return yes;
}

static char plain_form(uint32_t c)
{
    buf b = {0};
    fold_add_codepoint(&b, c);
    char form = b.length == 0 ? ' ' : b.length > 1 || (b.data[0] & 0x80) ? '*' : b.data[0];
    buf_free(&b);
    return form;
}

static char gap_before(struct plain *p)
{
    char gap = ' ';
    bool stop = false, space_after_stop = false;
    size_t length;
    for (; p->at < p->text.length && !word_at(p, p->at); p->at += length) {
        char form = plain_form(code_at(p, p->at, &length));
        space_after_stop |= char_is_space(form) && stop;
        if (!char_is_space(form) && gap == ' ')
            gap = form;
        stop |= form == '.' || form == '?' || form == '!';
    }
    if (p->first || !space_after_stop || p->at >= p->text.length)
        return gap;
    char next = p->text.data[p->at];
    if ((next >= 'a' && next <= 'z') || (gap == '.' && is_abbreviation(p->last)))
        return gap;
    p->sentence++;
    return '.';
}

static bool next_plain(struct plain *p)
{
    char gap = gap_before(p);
    if (p->at >= p->text.length)
        return false;
    size_t start = p->at, end = p->at, length;
    buf_clear(&p->folded);
    while (p->at < p->text.length) {
        uint32_t c = code_at(p, p->at, &length);
        bool apostrophe = (c == '\'' || c == 0x2019) && word_at(p, p->at + length);
        if (c != 0xAD && !apostrophe && !fold_is_word(c))
            break;
        p->at += length;
        if (apostrophe && char_lower(p->text.data[p->at]) == 's' && !word_at(p, p->at + 1)) {
            p->at++;
            break;
        }
        if (c == 0xAD || apostrophe)
            continue;
        fold_add_codepoint(&p->folded, c);
        end = p->at;
    }
    p->last = buf_str(&p->folded);
    p->word = (word){p->last, (uint32_t)start, (uint32_t)(end - start), p->sentence, gap};
    p->first = false;
    return true;
}

static bool same_word(const word *a, const word *b)
{
    return str_equal(a->folded, b->folded) && a->folded.data[a->folded.length] == '\0' &&
           a->offset == b->offset && a->length == b->length && a->sentence == b->sentence &&
           a->gap == b->gap;
}

static bool same_cut(arena *memory, str text)
{
    struct plain p = {.text = text, .first = true};
    word_list list = words_of(memory, text);
    size_t count = 0;
    bool same = true;
    while (same && next_plain(&p)) {
        same = count < list.count && same_word(&list.items[count], &p.word);
        count++;
    }
    buf_free(&p.folded);
    return same && count == list.count;
}

static uint32_t random_below(uint64_t *state, uint32_t bound)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*state >> 33) % bound;
}

/* Letters, what joins and parts words, ends of sentences, marks, broken bytes. */
static const str pieces[] = {
    STR(" "),
    STR(" "),
    STR("a"),
    STR("B"),
    STR("the"),
    STR("Trial"),
    STR("7"),
    STR("2020"),
    STR("-"),
    STR("'"),
    STR("'s"),
    STR("s"),
    STR("."),
    STR(". "),
    STR("? "),
    STR("! A"),
    STR("et al."),
    STR("vs"),
    STR("cross-over"),
    STR("("),
    STR("\t\r\n"),
    STR("<"),
    STR("%"),
    STR("randomization"),
    STR("@[`{/:"),
    STR("\xC3\xA9"),
    STR("\xC2\xAD"),
    STR("\xE2\x80\x99"),
    STR("\xE2\x80\x93"),
    STR("\xCC\x81"),
    STR("\xC2\xA0"),
    STR("\xC3\x9F"),
    STR("\xEF\xAC\x81"),
    STR("\xCE\xB2"),
    STR("\xE2\x89\xA5"),
    STR("\xE4\xB8\xAD"),
    STR("\xFF"),
    STR("\xC3"),
    STR("\xF0\x9D\x9F\x98"),
    {"\0", 1},
    STR("\xEF\xB7\xBA"),
    STR("\xE2\x80\x8B"),
    STR("\xC2\xB5g"),
};

enum { ASCII_PIECES = 25, ALL_PIECES = sizeof pieces / sizeof *pieces };

TEST(the_fast_way_cuts_as_the_plain_way)
{
    uint64_t state = 3;
    arena memory = {0};
    buf text = {0};
    bool same = true;
    for (int round = 0; same && round < 20000; round++) {
        uint32_t kinds = round % 3 ? ASCII_PIECES : ALL_PIECES;
        buf_clear(&text);
        for (uint32_t left = random_below(&state, 60); left; left--)
            buf_add(&text, pieces[random_below(&state, kinds)]);
        same = same_cut(&memory, buf_str(&text));
        arena_clear(&memory);
    }
    CHECK(same);
    buf_free(&text);
    arena_free(&memory);
}

TEST(every_byte_and_every_pair_is_cut_as_the_plain_way)
{
    arena memory = {0};
    bool same = true;
    for (unsigned pair = 0; same && pair < 0x10000; pair++) {
        char text[] = {'I', 't', '.', ' ', (char)(pair >> 8), (char)pair, 's', ' ', 'x'};
        same = same_cut(&memory, (str){text, sizeof text}) && same_cut(&memory, (str){text + 4, 2});
        arena_clear(&memory);
    }
    CHECK(same);
    arena_free(&memory);
}
