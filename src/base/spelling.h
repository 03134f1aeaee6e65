/* British and American spellings: one table, for words that are written and words that are
 * compared. */
#ifndef BASE_SPELLING_H
#define BASE_SPELLING_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

enum { SPELLING_ROOM = 40 }; /* longer words are left alone by spelling_key() */

/* The British spelling of something stands in `folded` (a word, base/words.h). */
bool spelling_is_british(str folded);

/* Add `folded` with every British spelling in it as the American one; true when there was one. */
bool spelling_add_american(buf *b, str folded);

/* The other way round. */
bool spelling_add_british(buf *b, str folded);

/*
 * A key that a word has in both spellings: "randomised" and "randomized", "centre" and "center",
 * "paediatric" and "pediatric".  It need not be a word ("advised" -> "advized"): both sides of a
 * comparison are brought into it.  The result is `word` itself (folded) or stands in `room`.
 */
str spelling_key(str word, char room[SPELLING_ROOM + 4]);

/* "ae" stands in `word`, of which spelling_key() makes "e". */
bool spelling_has_ligature(str word);

/*
 * The other words that have the key `key`, as far as they hold no "ae"; their number.  With this a
 * table of words can be asked without making a key of each word that is looked up.
 */
size_t spelling_others(arena *memory, str key, str **others);

#endif
