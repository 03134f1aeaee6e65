/* What the start and the end of a line say: does a reference begin or end here? */
#ifndef REFS_CUES_H
#define REFS_CUES_H

#include "base/str.h"
#include <stdint.h>

enum cue { CUE_NONE, CUE_WEAK, CUE_STRONG };

/* Whether `text` begins as references do: strong with a name and initials, weak with a capital. */
enum cue cue_of_start(str text);

/* Whether `text` ends as references do: strong with pages, a year or an identifier. */
enum cue cue_of_end(str text);

/* A letter of any script, a capital, a letter that is no capital. */
bool cue_is_letter(uint32_t c);
bool cue_is_capital(uint32_t c);
bool cue_is_small(uint32_t c);

/* The code point that `text` starts or ends with; 0 when it is empty. */
uint32_t cue_first(str text);
uint32_t cue_last(str text);

/* A year from 1500 to 2100 without digits around it, anywhere in `text`. */
bool cue_has_year(str text);

/* Volume and pages, whichever way they are printed: "12:34", "12(3), 45-67", "pp. 3-9". */
bool cue_has_locator(str text);

/* The first word of `text`, up to white space. */
str cue_first_word(str text);

/* "van", "de", "von", ...: what may stand small before a family name. */
bool cue_is_particle(str word);

#endif
