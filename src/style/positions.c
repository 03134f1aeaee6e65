/* The position of each cite: first, subsequent, ibid; and how far back its work was last cited. */
#include "style/document.h"

/* The citation before the one at hand, among the notes or among those in the text. */
struct walk {
    uint64_t round;
    const struct citation *before[2]; /* in the text, in notes */
    unsigned shared;                  /* citations in the note of before[1] */
    unsigned distance;                /* near-note-distance */
};

/* ibid, or ibid-with-locator, or neither: what the locators of two cites of one work make of it. */
static enum position ibid_position(const struct cite *before, const struct cite *cite)
{
    if (!before->locator.length)
        return cite->locator.length ? POSITION_IBID_WITH_LOCATOR : POSITION_IBID;
    if (!cite->locator.length)
        return POSITION_SUBSEQUENT;
    return before->label == cite->label && str_equal(before->locator, cite->locator)
               ? POSITION_IBID
               : POSITION_IBID_WITH_LOCATOR;
}

/*
 * The cite that the first cite of `citation` may refer back to: that of the citation before, if it
 * has one cite only.  In notes, it must stand in the same note, or alone in the note before.
 */
static const struct placed_cite *cite_before(const struct walk *walk,
                                             const struct citation *citation)
{
    const struct citation *before = walk->before[citation->note > 0];

    if (!before || before->count != 1)
        return NULL;
    if (citation->note && before->note != citation->note &&
        (walk->shared > 1 || before->note + 1 != citation->note))
        return NULL;
    return before->sorted[0];
}

static void find_position(const struct walk *walk, const struct citation *citation,
                          struct placed_cite *cite, const struct placed_cite *before)
{
    struct work *work = cite->work;
    bool seen = work->cited_round == walk->round;

    cite->position = POSITION_FIRST;
    cite->near_note = false;
    cite->first_note = 0;
    if (seen) {
        cite->position = POSITION_SUBSEQUENT;
        if (before && before->work == work)
            cite->position = ibid_position(&before->cite, &cite->cite);
        cite->first_note = work->first_note;
        cite->near_note = citation->note && work->last_note && citation->note >= work->last_note &&
                          citation->note - work->last_note <= walk->distance;
    } else {
        work->cited_round = walk->round;
        work->first_note = citation->note;
        work->last_note = 0;
    }
    if (citation->note)
        work->last_note = citation->note;
    if (cite->cite.position >= 0)
        cite->position = (enum position)cite->cite.position;
    cite->near_note |= cite->cite.near_note;
}

void positions_find(processor *p)
{
    struct walk walk = {.round = ++p->round, .distance = p->style->citation.near_note_distance};

    for (size_t i = 0; i < p->citation_count; i++) {
        struct citation *citation = p->citations[i];
        const struct citation *last_note = walk.before[1];
        for (size_t k = 0; k < citation->count; k++)
            find_position(&walk, citation, citation->sorted[k],
                          k ? citation->sorted[k - 1] : cite_before(&walk, citation));
        if (citation->note)
            walk.shared = last_note && last_note->note == citation->note ? walk.shared + 1 : 1;
        walk.before[citation->note > 0] = citation;
    }
}
