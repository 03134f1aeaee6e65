/* How a word is meant where it stands: itself, one of the harms of something, left out, absent. */
#ifndef INDEX_CONTEXT_H
#define INDEX_CONTEXT_H

#include "base/words.h"
#include "index/document.h"

/* The text at work: a title, a keyword, a section of an abstract. */
typedef struct context_text {
    const word_list *words;
    const char *text; /* that the words were cut from */
    bool harms;       /* a section on adverse events */
    bool title;       /* a title or keyword: what stands there is never a mere harm */
} context_text;

/*
 * The marks (enum index_mark) of each word of the text, as an array of the arena: what would be
 * meant by a name that begins at this word.
 */
unsigned char *context_marks(arena *memory, const context_text *text);

/* True when a hyphen, and nothing else, stands between the word `w` of the text and the one before
 * it: "tension-type". */
bool index_is_joined(str text, const word *w);

#endif
