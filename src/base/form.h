/* The form under which words count as the same: singular, American spelling, no white space. */
#ifndef BASE_FORM_H
#define BASE_FORM_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/words.h"

/* Add one folded word (base/words.h) to `b` in its common form: "headaches" and "headache" give the
 * same, as do "anaemia" and "anemia". */
void form_add(buf *b, str folded);

/* Add the British spelling of a folded word that has an American one; false, and nothing added,
 * when it has none. */
bool form_add_british(buf *b, str folded);

/* The forms of all words of `text` one behind the other: "Tension-type headaches", "tension type
 * headache" and "tensiontype headache" give the same.  The arena owns it. */
str form_key(arena *memory, str text);

#endif
