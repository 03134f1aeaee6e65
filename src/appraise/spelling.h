/* One spelling for a word that British and American English write differently. */
#ifndef APPRAISE_SPELLING_H
#define APPRAISE_SPELLING_H

#include "base/str.h"

enum { SPELLING_ROOM = 40 }; /* longer words are left alone */

/*
 * `word` (folded) in the form that cues are compared in: "randomised" -> "randomized", "centre" ->
 * "center", "paediatric" -> "pediatric".  The form need not be a word ("advised" -> "advized"):
 * both sides of a comparison are brought into it.  The result is `word` itself or stands in `room`.
 */
str spelling_american(str word, char room[SPELLING_ROOM + 4]);

#endif
