/*
 * Collecting the text of one element as it arrives: white space collapsed, inline markup kept or
 * dropped, MathML reduced to its text, entities that were encoded twice decoded.
 */
#ifndef FORMATS_PUBMED_XML_TEXT_H
#define FORMATS_PUBMED_XML_TEXT_H

#include "base/buf.h"

enum text_tag {
    TEXT_OTHER, /* an element of which only the text is kept */
    TEXT_B,
    TEXT_I,
    TEXT_U,
    TEXT_SUB,
    TEXT_SUP,
    TEXT_MATH,
    TEXT_DROPPED, /* an element that is left out: a MathML annotation */
};

enum { TEXT_DEEPEST = 300 }; /* libxml2 itself stops at 256 */

typedef struct text_collector {
    buf text;
    str lent;       /* all there is so far, while nothing had to be done to it */
    bool markup;    /* else plain */
    bool space;     /* white space waits for what follows it */
    bool fresh;     /* at the start of a text in a formula, where white space is nothing */
    bool ampersand; /* the text holds one, which may begin an entity */
    unsigned math, dropped, shown;
    unsigned depth;
    unsigned char open[TEXT_DEEPEST]; /* enum text_tag; with WRITTEN when the tag was written */
} text_collector;

void text_start(text_collector *t, bool markup);
void text_add(text_collector *t, str chars);

/* The same; `chars` stay where they are until the text is finished, so that it may be a view. */
void text_lend(text_collector *t, str chars);
void text_open(text_collector *t, enum text_tag tag);
void text_close(text_collector *t);

/* The finished text, lent until the next start; empty when there is none. */
str text_finish(text_collector *t);

#endif
