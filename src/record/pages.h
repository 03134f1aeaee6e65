/* Pages: first and last of what is printed, and article numbers that stand in their place. */
#ifndef RECORD_PAGES_H
#define RECORD_PAGES_H

#include "base/arena.h"
#include <osler/record.h>

/*
 * The first and the last page of `printed`, the last one expanded ("347-54": 347, 354).  Of several
 * ranges the first counts ("12-5, 17": 12, 15).  "1016.e1-6" ends on 1016.e6, "123-4S" on 124S, and
 * of three dashes the middle one parts the range ("S1-1-S1-5").  NULL for what is not there: one
 * page has no last one, and words ("suppl") have no pages.  Both belong to the arena.
 */
void pages_expand(arena *memory, str printed, const char **first, const char **last);

/*
 * The last page `printed` with what `first` lends it: 1149.e4 of "1143" and "1149.e4", 354 of "347"
 * and "54".  The arena's; NULL when it is no page.
 */
const char *pages_expand_last(arena *memory, str first, str printed);

/* True when `printed` can be a page: a Roman numeral, or a word with a digit in it. */
bool pages_is_page(str printed);

/*
 * True when `printed` (pages, or a publisher's item id) is an article number: "e12345", "eabl6449",
 * "026002", "CD001234", "1098612X251368447"; a plain number below 100000 is a page.
 */
bool pages_is_article_number(str printed);

#endif
