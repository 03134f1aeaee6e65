/* One pair compared as a whole: the evidence of its fields, added up. */
#include "match/parts.h"

#include <math.h>

/* What a field's agreement says, in natural logarithms of how much more likely one work is. */
struct weight {
    double different, near, same;
};
static const struct weight weights[MATCH_FIELD_COUNT] = {
    [MATCH_PMID] = {-3, 0, 9},         [MATCH_DOI] = {-2, 0, 9},
    [MATCH_PMCID] = {-3, 0, 9},        [MATCH_AUTHORS] = {-9, 1.5, 3},
    [MATCH_FIRST_AUTHOR] = {-1, 1, 2}, [MATCH_JOURNAL] = {-3, 1, 2},
    [MATCH_YEAR] = {-2.5, -0.5, 1.5},  [MATCH_VOLUME] = {-2.5, 0, 2},
    [MATCH_ISSUE] = {-1, 0, 1},        [MATCH_PAGE] = {-3.5, 2, 4},
};

/* Of any two records by far the most are two works. */
static const double before = -9;

/* Pairs that agree less than this in where they were published are two works, however alike. */
static const double least_place = -2.4, least_place_of_near = -1.1;

static double evidence(const struct match_comparison *c, enum match_field field)
{
    const struct weight *w = &weights[field];
    switch (c->fields[field]) {
    case MATCH_SAME: return w->same;
    case MATCH_NEAR: return w->near;
    case MATCH_DIFFERENT: return w->different;
    case MATCH_ABSENT: break;
    }
    return 0;
}

enum { FULL_TITLE = 40, LEAST_TITLE = 20 };

/* A long title says more than "Editorial". */
static double title_evidence(const struct match_comparison *c, size_t letters)
{
    double most = 2 + 8 * (double)(letters < FULL_TITLE ? letters : FULL_TITLE) / FULL_TITLE;
    switch (c->fields[MATCH_TITLE]) {
    case MATCH_SAME: return most;
    case MATCH_NEAR: return most * (1 - (1 - c->title) * 3);
    case MATCH_DIFFERENT: return -8;
    case MATCH_ABSENT: break;
    }
    return 0;
}

static double place_evidence(const struct match_comparison *c)
{
    double sum = 0;
    for (enum match_field f = MATCH_JOURNAL; f <= MATCH_PAGE; f++)
        sum += evidence(c, f);
    /* A review that is brought up to date keeps its article number. */
    if (c->fields[MATCH_PAGE] == MATCH_SAME && c->fields[MATCH_YEAR] == MATCH_DIFFERENT &&
        c->fields[MATCH_ISSUE] == MATCH_DIFFERENT && c->fields[MATCH_VOLUME] != MATCH_SAME)
        sum -= weights[MATCH_PAGE].same;
    return sum;
}

/* A reference that is an identifier and nothing else means its work. */
static const double alone = 5;

static bool any_identifier(const struct match_comparison *c)
{
    return c->fields[MATCH_PMID] == MATCH_SAME || c->fields[MATCH_DOI] == MATCH_SAME ||
           c->fields[MATCH_PMCID] == MATCH_SAME;
}

static bool is_identifier_alone(const struct match_comparison *c)
{
    for (enum match_field f = MATCH_TITLE; f < MATCH_FIELD_COUNT; f++)
        if (c->fields[f] != MATCH_ABSENT)
            return false;
    return any_identifier(c);
}

/* Without a title, as chemists cite: journal, volume, page and author tell the work. */
static bool is_one_by_place(const struct match_comparison *c)
{
    enum match_agreement first = c->fields[MATCH_FIRST_AUTHOR];
    return c->fields[MATCH_JOURNAL] >= MATCH_NEAR && c->place >= 6 &&
           (first == MATCH_SAME || first == MATCH_NEAR) &&
           c->fields[MATCH_AUTHORS] != MATCH_DIFFERENT;
}

static bool is_one(const struct match_comparison *c, size_t letters)
{
    enum match_agreement title = c->fields[MATCH_TITLE], authors = c->fields[MATCH_AUTHORS];
    bool identified = any_identifier(c);
    if (title == MATCH_DIFFERENT || authors == MATCH_DIFFERENT)
        return false;
    if (c->apart && !(identified && title == MATCH_SAME))
        return false;
    if (title == MATCH_ABSENT)
        return is_one_by_place(c) || (identified && c->place > -1 && c->score > 0.5);
    double least = title == MATCH_SAME ? least_place : least_place_of_near;
    if (letters < LEAST_TITLE && c->fields[MATCH_PAGE] != MATCH_SAME && !identified)
        return false;
    if (authors == MATCH_ABSENT && !identified)
        least = 1;
    if (identified)
        least -= 4;
    return c->place >= least && c->score > 0.5;
}

/* Two parts of one work do not begin on the same page: there a number is a typing error. */
static bool is_same_place(const struct match_comparison *c)
{
    return c->fields[MATCH_PAGE] == MATCH_SAME && c->fields[MATCH_YEAR] == MATCH_SAME &&
           c->fields[MATCH_VOLUME] == MATCH_SAME && c->fields[MATCH_JOURNAL] == MATCH_SAME &&
           c->fields[MATCH_AUTHORS] == MATCH_SAME;
}

static void compare_titles(struct match_comparison *out, arena *memory, const osler_record *a,
                           const osler_record *b, size_t *letters)
{
    struct match_title given, of, other;
    struct match_likeness best, vernacular;
    match_title_make(&given, memory, a->title);
    match_title_make(&of, memory, b->title);
    match_titles(&best, &given, &of);
    if (!best.same && b->vernacular_title) {
        match_title_make(&other, memory, b->vernacular_title);
        match_titles(&vernacular, &given, &other);
        best = vernacular.share > best.share ? vernacular : best;
    }
    *letters = given.joined.length;
    out->title = best.share;
    out->truncated = best.truncated;
    bool parts = best.parts && best.share >= 0.5 && !is_same_place(out);
    out->apart = out->apart || (best.notices && best.share >= 0.5) || parts;
    out->fields[MATCH_TITLE] = !given.joined.length || !of.joined.length ? MATCH_ABSENT
                               : best.same                               ? MATCH_SAME
                               : best.share >= 0.8                       ? MATCH_NEAR
                                                                         : MATCH_DIFFERENT;
}

void match_compare(struct match_comparison *out, arena *memory, const osler_record *reference,
                   const osler_record *record)
{
    size_t letters;
    *out = (struct match_comparison){0};
    match_places(out, memory, reference, record);
    match_authors(out, memory, reference, record);
    compare_titles(out, memory, reference, record, &letters);
    out->place = place_evidence(out);
    double sum = before + title_evidence(out, letters) + out->place;
    for (enum match_field f = 0; f <= MATCH_FIRST_AUTHOR; f++)
        sum += f == MATCH_TITLE ? 0 : evidence(out, f);
    if (out->apart)
        sum -= 6;
    if (is_identifier_alone(out))
        sum += alone;
    out->score = 1 / (1 + exp(-sum));
    out->one = is_one(out, letters);
}
