/* Numbers in a list as people write it: "2, 3 & 5-7"; and a text that is put together from parts.
 */
#ifndef STYLE_NUMBER_LIST_H
#define STYLE_NUMBER_LIST_H

#include "base/arena.h"
#include "style/locale.h"

enum number_separator {
    SEPARATOR_NONE, /* before the first */
    SEPARATOR_DASH,
    SEPARATOR_COMMA,
    SEPARATOR_SEMICOLON,
    SEPARATOR_AMPERSAND,
    SEPARATOR_AND,       /* the word "and" */
    SEPARATOR_COMMA_AND, /* ", and" */
};

struct number_token {
    str text;                        /* without space at its ends; empty between two separators */
    size_t start, end;               /* its place in the list, spaces included */
    enum number_separator separator; /* in front of it */
};

/* Start from `struct number_list list = {text};`.  False at the end.  "\-" separates nothing. */
struct number_list {
    str text;
    size_t offset;
    enum number_separator separator;
    bool ended;
};
bool number_list_next(struct number_list *list, struct number_token *token);

/* The value of a Roman numeral in small or in capital letters; 0 when it is none. */
unsigned number_of_roman(str text);

/* A text in the making, in an arena. */
struct joined {
    arena *memory;
    char *text;
    size_t length, room;
};
void joined_add(struct joined *joined, str text);
void joined_add_unescaped(struct joined *joined, str text); /* "\-" is "-" */
void joined_add_separator(struct joined *joined, enum number_separator separator,
                          const struct locale *locale);

#endif
