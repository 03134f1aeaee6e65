/* Whether two records that carry the same identifier are about the same work. */
#ifndef STORE_SAME_H
#define STORE_SAME_H

#include "base/words.h"
#include <osler/record.h>

/*
 * Abstracts of one congress share a DOI, as chapters of one book do: an identifier that works
 * share is no reason to overwrite one with the other, and what is in doubt is kept as two.
 *
 * Same are works whose titles are equal in their folded words, or share at least two distinct
 * words and four fifths of those of the longer title; words that only join others do not count,
 * and numbers, Roman ones too, and single letters ("part 2", "hepatitis B") must all be shared.
 * A missing title is equal to none.  Not the same are, whatever their titles, works with different
 * first pages or with different families of the first author, where both have one.
 */

/* A title as it is compared; the arena owns it. */
typedef struct same_title {
    const word_list *words;
    struct same_set {
        const str *items;
        size_t count;
    } distinct; /* without words that only join; none of a title too long to be compared */
} same_title;

/* The title, plain text, made ready. */
same_title same_title_of(arena *memory, str title);

bool same_titles(const same_title *a, const same_title *b);

/* True when first page or first author tell the two apart. */
bool same_is_excluded(arena *memory, const osler_record *a, const osler_record *b);

#endif
