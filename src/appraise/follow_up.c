/* Choosing the follow-up among the spans of time of an abstract. */
#include "appraise/follow_up.h"

#include <string.h>

/* Rows below this trust name any span of time: they count in results and methods only. */
enum { SURE = 7, LONGEST = 60 };

/* Where the number that token `at` is the end of begins: "3.5 years", "6-12 months". */
static size_t start_of_number(const passage *p, size_t at)
{
    size_t start = p->tokens[at].offset;
    while (start > 0 &&
           (char_is_digit(p->text[start - 1]) ||
            (strchr(".-", p->text[start - 1]) && start > 1 && char_is_digit(p->text[start - 2]))))
        start--;
    for (size_t before; start > 1; start = before) { /* middle dots and dashes are not ASCII */
        before = start;
        while (before > 0 && (unsigned char)p->text[before - 1] >= 0x80)
            before--;
        if (before == start || before == 0 || !char_is_digit(p->text[before - 1]))
            break;
        while (before > 0 && char_is_digit(p->text[before - 1]))
            before--;
    }
    return start;
}

static int trust_of(const match *m)
{
    int trust = fact_rule_get(m->row)->detail;
    place where = m->passage->place;
    if (where == PLACE_BACKGROUND || where == PLACE_CONCLUSION || where == PLACE_OBJECTIVE)
        trust -= 4;
    return trust;
}

/* The unit behind the number; the last token of the match when it stands elsewhere. */
static size_t find_unit(const match *m)
{
    return m->number + 1 < m->passage->count ? m->number + 1 : m->number;
}

osler_fact follow_up_of(arena *memory, const reading *r)
{
    const match *best = NULL;
    for (size_t i = 0; i < r->matches.count; i++) {
        const match *m = &r->matches.items[i];
        if (!reading_is(r, i, FACT_FOLLOW_UP) || m->number >= m->to || trust_of(m) < SURE)
            continue;
        if (!best || trust_of(m) > trust_of(best))
            best = m;
    }
    if (!best)
        return (osler_fact){0};
    const passage *p = best->passage;
    size_t start = start_of_number(p, best->number);
    const token *unit = &p->tokens[find_unit(best)];
    size_t end = unit->offset + unit->length;
    if (end - start > LONGEST)
        return (osler_fact){0};
    return fact_at(memory, p, best->number,
                   arena_copy(memory, (str){p->text + start, end - start}));
}
