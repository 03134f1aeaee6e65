/*
 * Where numbered references begin.  Every number that could open a reference is a candidate; the
 * sequence of numbers that follow each other and stand best wins.  So a year or a volume at the
 * start of a wrapped line is no number.
 */
#include "refs/cues.h"
#include "refs/split.h"

#include "base/utf8.h"

enum { MOST_DIGITS = 4, VALUES = 10000, MOST_MISSING = 3, MOST_INSIDE = 200000 };

/* How numbers are printed. */
enum form { STOP, CLOSE, ROUND, SQUARE, COLON, BARE, RAISED, FORMS };

struct candidate {
    struct refs_start start;
    unsigned value;
    float weight, score;
    size_t before; /* plus 1; 0: none */
};

/* The candidates of one form. */
struct candidates {
    struct candidate *items;
    size_t count;
};

/* The digit that a raised one stands for, or -1. */
static int raised(uint32_t c)
{
    if (c == 0xB9)
        return 1;
    if (c == 0xB2 || c == 0xB3)
        return (int)(c - 0xB0);
    return c == 0x2070 || (c >= 0x2074 && c <= 0x2079) ? (int)(c - 0x2070) : -1;
}

static bool read_raised(str s, unsigned *value, size_t *length)
{
    unsigned digits = 0;
    *value = 0;
    *length = 0;
    while (*length < s.length && digits < MOST_DIGITS) {
        size_t bytes;
        int digit = raised(utf8_decode(str_part(s, *length, s.length), &bytes));
        if (digit < 0)
            break;
        *value = *value * 10 + (unsigned)digit;
        *length += bytes;
        digits++;
    }
    return digits > 0;
}

/* The form of a number in brackets, which `close` must end. */
static enum form form_in_brackets(char open, char close)
{
    if (open == '[')
        return close == ']' ? SQUARE : FORMS;
    return close == ')' ? ROUND : FORMS;
}

/* The form of a number without brackets before it, by what stands behind it: a mark, then `next`.
 */
static enum form form_by_mark(char mark, char next)
{
    switch (mark) {
    case '.': return char_is_digit(next) ? FORMS : STOP;
    case ')': return CLOSE;
    case ':': return COLON;
    case ' ': return BARE;
    default: return FORMS;
    }
}

/* The byte at `at`; past the end a space. */
static char byte_at(str s, size_t at)
{
    return at < s.length ? s.data[at] : ' ';
}

/* The form of the number at the start of `s`, its value and its length; FORMS when there is none.
 */
static enum form read_number(str s, unsigned *value, size_t *length)
{
    if (read_raised(s, value, length))
        return RAISED;
    char open = byte_at(s, 0);
    bool bracket = open == '[' || open == '(';
    size_t at = bracket, digits = 0;
    *value = 0;
    for (; at < s.length && char_is_digit(s.data[at]) && digits <= MOST_DIGITS; at++, digits++)
        *value = *value * 10 + (unsigned)(s.data[at] - '0');
    if (!digits || digits > MOST_DIGITS || !*value)
        return FORMS;
    char mark = byte_at(s, at), next = byte_at(s, at + 1);
    *length = at + 1;
    if (bracket)
        return form_in_brackets(open, mark);
    *length += mark == '.' && next == ')'; /* "1.)" */
    return form_by_mark(mark, next);
}

/* How well a reference begins at `at` of a line; 0: not at all. */
static float weigh(const struct refs_lines *lines, const struct refs_start *start, enum form form)
{
    const struct refs_line *line = &lines->items[start->line];
    str rest = str_trim(str_part(line->text, start->at + start->length, line->text.length));
    enum cue begins = cue_of_start(rest);
    uint32_t first = cue_first(rest);
    if (start->inside) {
        str before = str_trim(str_part(line->text, 0, start->at));
        return begins == CUE_STRONG && cue_of_end(before) != CUE_NONE ? 0.5F : 0;
    }
    if (form == BARE && begins == CUE_NONE)
        return 0;
    bool opens = line->after_blank || !start->line ||
                 cue_of_end(lines->items[start->line - 1].text) != CUE_NONE;
    float weight = 1.0F +
                   (begins == CUE_STRONG ? 0.6F
                    : begins == CUE_WEAK ? 0.3F
                                         : 0.0F) +
                   (opens ? 0.3F : 0.0F);
    if (char_is_digit((char)first) && first < 0x80)
        weight -= 0.4F; /* "12. 345-50" ends a reference */
    return cue_is_small(first) ? weight - 0.5F : weight;
}

static void add(arena *memory, struct candidates *all, const struct refs_lines *lines,
                struct refs_start start)
{
    unsigned value;
    size_t length;
    str s = str_part(lines->items[start.line].text, start.at, 2 * MOST_DIGITS + 8);
    enum form form = read_number(s, &value, &length);
    if (form == FORMS || (start.inside && (form == BARE || form == COLON)))
        return;
    start.length = length;
    float weight = weigh(lines, &start, form);
    if (weight <= 0)
        return;
    struct candidate *c = arena_append(memory, &all[form].items, &all[form].count, sizeof *c);
    *c = (struct candidate){.start = start, .value = value, .weight = weight};
}

/* Every number at the start of a line, and inside one behind the end of a sentence. */
static void gather(arena *memory, struct candidates *all, const struct refs_lines *lines)
{
    size_t inside = 0;
    for (size_t i = 0; i < lines->count; i++) {
        str text = lines->items[i].text;
        add(memory, all, lines, (struct refs_start){.line = i});
        for (size_t at = 1; at + 1 < text.length && inside < MOST_INSIDE; at++) {
            char c = text.data[at];
            if (text.data[at - 1] != ' ' || !(c == '[' || c == '(' || char_is_digit(c)))
                continue;
            inside++;
            add(memory, all, lines, (struct refs_start){.line = i, .at = at, .inside = true});
        }
    }
}

/* What the sequence loses where `missing` numbers are not there. */
static float loss(unsigned missing)
{
    return missing ? 0.4F + 0.6F * (float)missing : 0;
}

/* The best sequence that ends with each candidate; the best of all, plus 1; 0 for none. */
static size_t find_best(struct candidates *all, size_t *last)
{
    size_t best = 0; /* plus 1 */
    memset(last, 0, VALUES * sizeof *last);
    for (size_t i = 0; i < all->count; i++) {
        struct candidate *c = &all->items[i];
        float score = c->value == 1 ? 0 : -0.3F;
        if (c->value == 1 && best && all->items[best - 1].score > 1) { /* a new list */
            score = all->items[best - 1].score - 1;
            c->before = best;
        }
        for (unsigned gap = 1; gap <= MOST_MISSING + 1 && gap < c->value; gap++) {
            size_t before = last[c->value - gap];
            if (before && all->items[before - 1].score - loss(gap - 1) > score) {
                score = all->items[before - 1].score - loss(gap - 1);
                c->before = before;
            }
        }
        c->score = score + c->weight;
        size_t same = last[c->value];
        if (!same || all->items[same - 1].score <= c->score)
            last[c->value] = i + 1;
        if (!best || all->items[best - 1].score < c->score)
            best = i + 1;
    }
    return best;
}

/* A list is numbered when its numbers begin where it begins, or with 1. */
static bool is_credible(const struct candidates *all, enum form form, size_t count,
                        const struct candidate *first)
{
    bool opens = !first->start.line && !first->start.at;
    if (count == 1)
        return opens && form != BARE && form != RAISED && first->weight >= 1.3F &&
               (form == SQUARE || first->value < 1500) && all->count;
    return opens || (first->value <= 2 && form != BARE) || count > 4;
}

size_t refs_find_numbered(struct refs_start **out, arena *memory, const struct refs_lines *lines)
{
    struct candidates all[FORMS] = {{NULL, 0}};
    size_t *last = arena_alloc(memory, VALUES * sizeof *last);
    size_t ends[FORMS], chosen = FORMS;
    gather(memory, all, lines);
    for (size_t form = 0; form < FORMS; form++) {
        ends[form] = find_best(&all[form], last);
        if (ends[form] && (chosen == FORMS || all[form].items[ends[form] - 1].score >
                                                  all[chosen].items[ends[chosen] - 1].score))
            chosen = form;
    }
    if (chosen == FORMS)
        return 0;
    const struct candidate *items = all[chosen].items, *first = NULL;
    size_t count = 0;
    for (size_t at = ends[chosen]; at; at = first->before) {
        first = &items[at - 1];
        count++;
    }
    if (!is_credible(&all[chosen], (enum form)chosen, count, first))
        return 0;
    *out = arena_alloc(memory, count * sizeof **out);
    size_t place = count;
    for (size_t at = ends[chosen]; at; at = items[at - 1].before)
        (*out)[--place] = items[at - 1].start;
    return count;
}
