/* Titles and abstracts of the invented records: which words, and how they are written. */
#include "invented_paper.h"

enum place { place_aim, place_methods, place_results, place_end };

static const struct {
    enum design_code design;
    enum place place;
    const char *text;
} sentences[] = {
#define SENTENCE(code, place, text) {design_##code, place_##place, text},
#include "invented_designs.def"
};

enum { SENTENCES = sizeof sentences / sizeof *sentences };

static uint32_t text_piece(paper *made, const char *text)
{
    if (made->text_count == sizeof made->texts / sizeof *made->texts)
        return PIECE(empty, 0);
    made->texts[made->text_count] = text;
    return PIECE(text, made->text_count++);
}

/* Puts a phrase at a free place; bursts: what is said once is said again. */
static void scatter(paper *made, const char *text, unsigned times)
{
    uint32_t piece = text_piece(made, text);
    for (unsigned i = 0; i < times && made->abstract_count; i++)
        made->abstract[draw_below(&made->draw, (unsigned)made->abstract_count)] = piece;
}

static void into_title(paper *made, const char *text)
{
    uint32_t piece = text_piece(made, text);
    uint32_t *place = &made->title[draw_below(&made->draw, (unsigned)made->title_count)];
    if (*place == PIECE(empty, 0))
        *place = piece;
}

static unsigned times_said(draw *from, unsigned most)
{
    unsigned times = 1;
    while (times < most && draw_below(from, 2))
        times++;
    return times;
}

static void place_phrases(paper *made)
{
    const invented *from = made->from;
    uint64_t bits = 0;
    for (size_t i = 0; i < from->phrase_count; i++) {
        const phrase *one = &from->phrases[i];
        bool own =
            one->theme == made->theme || one->theme == theme_any ||
            (one->theme == theme_clinic && made->theme != theme_lab && made->theme != theme_public);
        bits = i % 4 ? bits >> 16 : draw_next(&made->draw);
        if ((bits & 0xffff) >= (own ? one->share : one->elsewhere))
            continue;
        scatter(made, one->text, times_said(&made->draw, own ? 8 : 3));
        if (!made->has_abstract || draw_chance(&made->draw, own ? 2000 : 700))
            into_title(made, one->text);
    }
}

static void place_topics(paper *made)
{
    const invented *from = made->from;
    const topic *topics[2] = {made->condition, made->intervention};
    for (int i = 0; i < 2; i++) {
        if (!topics[i])
            continue;
        scatter(made, topics[i]->text, times_said(&made->draw, 9));
        if (draw_chance(&made->draw, 7000))
            into_title(made, topics[i]->text);
    }
    if (draw_chance(&made->draw, 300)) /* In passing. */
        scatter(made,
                from->conditions[draw_below(&made->draw, (unsigned)from->condition_count)].text, 1);
    for (size_t i = 0; i < made->heading_count; i++) {
        const topic *known = made->headings[i].known;
        if (!known || !known->text || known == made->condition || known == made->intervention)
            continue;
        scatter(made, known->text, times_said(&made->draw, 5));
        if (made->headings[i].major)
            into_title(made, known->text);
    }
}

/* One in six is of the subject's own words, one in three was said before, one in thirty is a
 * number; the others are those of the language. */
static uint32_t draw_piece(paper *made, const uint32_t *before, size_t count)
{
    uint64_t bits = draw_next(&made->draw);
    unsigned at = bits & 255;
    if (at < 42) {
        unsigned a = bits >> 8 & 63, b = bits >> 14 & 63;
        uint32_t rank = (uint32_t)(mix(made->subject * 64u + (a < b ? a : b)) >> 32);
        return made->from->words.common + (rank >> 16) % ((rank & 7) < 2 ? 20000u : 3000u);
    }
    if (at < 128 && count > 8) {
        uint32_t again = before[(bits >> 8 & 0xffff) % count];
        if (again >> PIECE_SHIFT == piece_word && again >= made->from->words.common)
            return again;
    }
    if (at >= 248)
        return PIECE(number, bits >> 8 & 0xffffff);
    return vocabulary_draw(&made->from->words, &made->draw);
}

static void fill(paper *made, uint32_t *pieces, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (pieces[i] == PIECE(empty, 0))
            pieces[i] = draw_piece(made, pieces, i);
}

/* Lengths: most abstracts between 80 and 320 words. */
void paper_words(paper *made)
{
    made->title_count = 5 + draw_below(&made->draw, 6) + draw_below(&made->draw, 6);
    made->abstract_count = 0;
    if (made->has_abstract)
        made->abstract_count = 25 + draw_below(&made->draw, 130) +
                               draw_below(&made->draw, made->year < 1990 ? 70 : 210);
    for (size_t i = 0; i < made->title_count; i++)
        made->title[i] = PIECE(empty, 0);
    for (size_t i = 0; i < made->abstract_count; i++)
        made->abstract[i] = PIECE(empty, 0);
    place_topics(made);
    place_phrases(made);
    fill(made, made->title, made->title_count);
    fill(made, made->abstract, made->abstract_count);
}

/* Shares, P values, intervals, plain numbers. */
static char *put_value(char *at, uint32_t bits)
{
    unsigned value = bits >> 4 & 0xfffff;
    switch (bits & 15) {
    case 0:
        at = PUT(at, "(p = 0.0");
        at = put_digits(at, value % 100, 2);
        *at++ = ')';
        return at;
    case 1:
        at = PUT(at, "(95% CI ");
        at = put_number(at, value % 3);
        *at++ = '.';
        at = put_digits(at, value % 100, 2);
        at = PUT(at, "-");
        at = put_number(at, 3 + value % 5);
        *at++ = '.';
        at = put_digits(at, value / 128 % 100, 2);
        *at++ = ')';
        return at;
    case 2:
    case 3:
    case 4:
        at = put_number(at, value % 100);
        *at++ = '.';
        at = put_digits(at, value / 128 % 10, 1);
        *at++ = '%';
        return at;
    case 5:
        at = put_number(at, value % 90);
        at = PUT(at, " ± ");
        at = put_number(at, value / 128 % 12);
        return at;
    case 6:
        at = PUT(at, "(n = ");
        at = put_number(at, value % 300);
        *at++ = ')';
        return at;
    default: return put_number(at, 1 + (value >> 4 & 1023) % (1u << (value & 15) % 11));
    }
}

static char *put_piece(char *at, const paper *from, uint32_t piece)
{
    uint32_t which = piece & ((1u << PIECE_SHIFT) - 1);
    switch (piece >> PIECE_SHIFT) {
    case piece_word: return put_word(at, &from->from->words, which);
    case piece_text: return put_text(at, from->texts[which]);
    default: return put_value(at, which);
    }
}

char *put_title(char *at, paper *from)
{
    char *start = at;
    bool kind = *designs[from->design].title && draw_chance(&from->draw, 7000);
    for (size_t i = 0; i < from->title_count; i++) {
        if (i)
            *at++ = ' ';
        bool cursive = i == 2 && from->number % 17 == 0;
        if (cursive)
            at = PUT(at, "<i>");
        at = put_piece(at, from, from->title[i]);
        if (cursive)
            at = PUT(at, "</i>");
    }
    put_capital(start, at);
    if (kind) {
        at = PUT(at, ": ");
        at = put_text(at, designs[from->design].title);
    }
    return at;
}

static char *put_registration(char *at, const paper *from)
{
    at = PUT(at, "NCT");
    return put_digits(at, from->number % 100000000, 8);
}

/* What a $x of a sentence stands for; see invented_designs.def. */
static char *put_variable(char *at, paper *from, char which)
{
    draw *random = &from->draw;
    switch (which) {
    case 'n': return put_number(at, from->people);
    case 'a': return put_number(at, (from->people + 1) / 2);
    case 'b': return put_number(at, from->people / 2);
    case 'k': return put_number(at, draw_between(random, 3, 60));
    case 'y': return put_number(at, from->year - draw_between(random, 1, 5));
    case 'm': return put_number(at, from->months);
    case 'g': return put_number(at, draw_between(random, 18, 88));
    case 's':
        at = put_number(at, draw_between(random, 2, 96));
        *at++ = '.';
        at = put_digits(at, draw_below(random, 10), 1);
        *at++ = '%';
        return at;
    case 'p':
        at = draw_below(random, 2) ? PUT(at, "P = 0.") : PUT(at, "p &lt; 0.");
        return put_digits(at, draw_between(random, 1, 99), 3);
    case 'r':
        at = PUT(at, "odds ratio 1.");
        at = put_digits(at, draw_below(random, 100), 2);
        at = PUT(at, ", 95% CI 0.");
        at = put_digits(at, draw_below(random, 100), 2);
        at = PUT(at, " to 2.");
        return put_digits(at, draw_below(random, 100), 2);
    case 'c': return put_text(at, from->condition ? from->condition->text : "this disorder");
    case 'i':
        return put_text(at, from->intervention ? from->intervention->text : "the intervention");
    default: return put_registration(at, from);
    }
}

static char *put_sentence(char *at, paper *from, const char *text)
{
    char *start = at;
    for (; *text; text++)
        if (*text == '$')
            at = put_variable(at, from, *++text);
        else
            *at++ = *text;
    put_capital(start, at);
    return at;
}

static char *put_design(char *at, paper *from, enum place place)
{
    int count = 0, first = 0;
    for (int i = 0; i < SENTENCES; i++) {
        if (sentences[i].design != from->design || sentences[i].place != place)
            continue;
        if (!count++)
            first = i;
    }
    if (!count)
        return at;
    at = put_sentence(at, from,
                      sentences[first + (int)draw_below(&from->draw, (unsigned)count)].text);
    *at++ = ' ';
    return at;
}

/* Words from `at` to `end`, as sentences of 10 to 30 words. */
static char *put_words(char *at, paper *from, size_t first, size_t end)
{
    while (first < end) {
        uint64_t bits = draw_next(&from->draw);
        size_t count = 10 + bits % 21, comma = 5 + (bits >> 32) % 24;
        if (first + count + 5 > end)
            count = end - first;
        char *start = at;
        for (size_t i = 0; i < count; i++, first++) {
            at = put_piece(at, from, from->abstract[first]);
            if (i == comma && i + 1 < count)
                *at++ = ',';
            *at++ = ' ';
        }
        put_capital(start, at);
        at[-1] = '.';
        *at++ = ' ';
    }
    return at;
}

char *put_section(char *at, paper *from, unsigned section, unsigned sections)
{
    size_t first = from->abstract_count * section / sections;
    size_t end = from->abstract_count * (section + 1) / sections;
    char *start = at;
    for (unsigned place = place_aim; place <= place_end; place++)
        if (place * sections / 4 == section) {
            at = put_design(at, from, (enum place)place);
            size_t part = sections == 1 ? (end - first) / (4 - place) : end - first;
            at = put_words(at, from, first, first + part);
            first += part;
        }
    at = put_words(at, from, first, end);
    return at > start ? at - 1 : at; /* Without the last space. */
}
