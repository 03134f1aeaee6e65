/* What the parts of parsing a reference share: its tokens, and where its fields were found. */
#ifndef REFS_PARSE_H
#define REFS_PARSE_H

#include "refs/label.h"
#include "refs/refs.h"

/* Tokens `from` up to `to`; empty when they are equal. */
struct refs_span {
    size_t from, to;
};

struct refs_parsing {
    arena *memory;
    osler_record *record;
    str text;
    struct refs_token *tokens;
    size_t count;
    size_t core;  /* tokens before the first identifier or address */
    size_t tail;  /* where date, volume and pages begin behind the titles; else `core` */
    bool trained; /* the labels say more than the usual order */
    struct refs_span authors, title, container, date, volume, issue, pages;
    struct refs_span editors;
    bool pages_are_range, in_book;
    bool *covered; /* tokens that a field has taken */
};

/* Tokens by their place; past the end they are empty. */
str refs_word(const struct refs_parsing *p, size_t i);
bool refs_is(const struct refs_parsing *p, size_t i, const char *text); /* ignoring ASCII case */
bool refs_is_number(const struct refs_parsing *p, size_t i);
bool refs_has_digit(str word);
bool refs_is_year(const struct refs_parsing *p, size_t i); /* "1998", "2001a" */
bool refs_is_dash(const struct refs_parsing *p, size_t i);
bool refs_is_capital(const struct refs_parsing *p, size_t i); /* a word with a capital first */
bool refs_is_word(const struct refs_parsing *p, size_t i);    /* letters, no mark */
bool refs_is_glued(const struct refs_parsing *p, size_t i);   /* no white space before it */
str refs_text(const struct refs_parsing *p, struct refs_span span);

/* Take out identifiers, addresses and the day of access: everything behind `core`. */
void refs_take_identifiers(struct refs_parsing *p);

/* Find date, volume, issue and pages by their grammar; what it finds needs no labels. */
void refs_find_locator(struct refs_parsing *p);
void refs_find_date(struct refs_parsing *p);

/* Names from token `from` up to `limit`, added to the record with `role`; where they end. */
size_t refs_take_names(struct refs_parsing *p, size_t from, size_t limit, const char *role);

/* Tell the title from the journal or book that holds it. */
void refs_find_titles(struct refs_parsing *p);

/* Everything else by its labels. */
void refs_take_labeled(struct refs_parsing *p);

/* A token has been used, with all others of the span. */
void refs_cover(struct refs_parsing *p, struct refs_span span);

/* The text of a span as markup, without punctuation at its ends; NULL when it is empty. */
const char *refs_markup(const struct refs_parsing *p, struct refs_span span);

/* Text without punctuation around it; a stop of an abbreviation stays. */
str refs_bare(str text);

/* The type of the work, by what is known of it. */
const char *refs_type(const struct refs_parsing *p);

#endif
