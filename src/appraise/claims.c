/* The tables of designs and modifiers, looked up by code and by number. */
#include "appraise/claims.h"

#include <osler/appraise.h>
#include <pthread.h>
#include <string.h>

static const struct {
    const char *code, *words, *lane;
} designs[] = {
#define DESIGN(name, code, words, lane) {code, words, lane},
#include "appraise/designs.def"
};

static const char *const modifiers[] = {
#define MODIFIER(name, code) code,
#include "appraise/designs.def"
};

struct pair {
    claim first, second;
};

static const struct pair refinements[] = {
#define REFINES(special, general) {CLAIM_##special, CLAIM_##general},
#include "appraise/designs.def"
};

static const struct pair agreements[] = {
#define GOES_WITH(design, other) {CLAIM_##design, CLAIM_##other},
#include "appraise/designs.def"
};

bool claim_is_design(claim c)
{
    return c <= CLAIM_LAST_DESIGN;
}

const char *claim_code(claim c)
{
    if (c >= CLAIM_COUNT)
        return NULL;
    return claim_is_design(c) ? designs[c].code : modifiers[c - DESIGN_COUNT];
}

const char *claim_words(claim c)
{
    return claim_is_design(c) ? designs[c].words : claim_code(c);
}

claim claim_of_design(const char *code)
{
    for (unsigned i = 0; code && i < DESIGN_COUNT; i++)
        if (strcmp(designs[i].code, code) == 0)
            return (claim)i;
    return CLAIM_none;
}

static bool has_pair(const struct pair *pairs, size_t count, claim first, claim second)
{
    for (size_t i = 0; i < count; i++)
        if (pairs[i].first == first && pairs[i].second == second)
            return true;
    return false;
}

bool claim_refines(claim special, claim general)
{
    return has_pair(refinements, sizeof refinements / sizeof *refinements, special, general);
}

bool claim_agrees(claim kept, claim other)
{
    return kept == other || claim_refines(kept, other) ||
           has_pair(agreements, sizeof agreements / sizeof *agreements, kept, other);
}

/* The first design of the lane that a design is in. */
static claim lanes[DESIGN_COUNT];

static void make_lanes(void)
{
    for (unsigned i = 0; i < DESIGN_COUNT; i++)
        while (strcmp(designs[lanes[i]].lane, designs[i].lane) != 0)
            lanes[i]++;
}

bool claim_same_lane(claim a, claim b)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, make_lanes);
    return claim_is_design(a) && claim_is_design(b) && lanes[a] == lanes[b];
}

const char *osler_design_code(unsigned index)
{
    return index < DESIGN_COUNT ? designs[index].code : NULL;
}

const char *osler_design_name(const char *code)
{
    claim c = claim_of_design(code);
    return c == CLAIM_none ? NULL : designs[c].words;
}

const char *osler_design_lane(const char *code)
{
    claim c = claim_of_design(code);
    return c == CLAIM_none ? NULL : designs[c].lane;
}
