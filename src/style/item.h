/*
 * A work to be cited, as CSL sees it: a type and variables.  Made from a record of Osler or from
 * CSL-JSON.
 *
 * Texts are UTF-8 in CSL-JSON's rich text: <i> <b> <sc> <sup> <sub>, <span class="nocase">,
 * <span style="font-variant:small-caps;">; anything else in angle brackets is plain text.  No
 * entities: & and < stand for themselves (a record's &lt; has been undone).
 */
#ifndef STYLE_ITEM_H
#define STYLE_ITEM_H

#include "base/arena.h"
#include "record/variables.h"
#include <osler/record.h>

/* One person or group.  Empty views are absent parts.  Particles and suffix are told apart.  A
 * particle that ends in an apostrophe or a hyphen joins the next part, unless a space ends it. */
struct item_name {
    str family, given, suffix;
    str dropping_particle, non_dropping_particle;
    str literal;          /* a group or an unparsed name: then all of the others are empty */
    bool comma_suffix;    /* a comma stands before the suffix: "Doe, Jr." */
    bool static_ordering; /* always family first, no comma: "Mao Zedong" */
};

struct item_names {
    const struct item_name *items;
    size_t count;
    bool incomplete; /* there are more, which are not known: "et al." stands for them */
};

/* One day, month, season or year.  Years before Christ are negative; 0 is "not given". */
struct item_day {
    int year, month, day;
    int season; /* 1 spring to 4 winter, 0 none; a season has no month */
};

/* A date, or a range when `to.year` is not 0 (or is_open, a range without an end). */
struct item_date {
    struct item_day from, to;
    bool circa;
    bool is_open;
    str literal; /* to be printed as it is; then the days are empty */
};

/* The variables of one item.  Zeroed memory is an item without any. */
struct item {
    const char *id;      /* never NULL */
    enum work_type type; /* TYPE_NONE when absent or unknown */
    str language;        /* "en", "de-DE", or empty: as the item has it, ISO 639-2 made shorter */
    const char *mark;    /* what must stand before the entry, "RETRACTED: ", or NULL */
    uint8_t slots[VARIABLE_COUNT]; /* 1-based places in `values`; 0: absent */
    const void **values;
    size_t count;
};

/* The text of a TEXT or NUMBER variable as given; empty when absent or blank. */
str item_text(const struct item *item, enum variable variable);

/* NULL when absent or without a name in it. */
const struct item_names *item_names(const struct item *item, enum variable variable);

/* NULL when absent or without anything in it. */
const struct item_date *item_date(const struct item *item, enum variable variable);

/* True when the variable has content, whatever its kind. */
bool item_has(const struct item *item, enum variable variable);

/* Setting: values are copied into `memory`, which is the item's.  A later value wins. */
void item_set_text(arena *memory, struct item *item, enum variable variable, str text);
void item_set_names(arena *memory, struct item *item, enum variable variable,
                    struct item_names names);
void item_set_date(arena *memory, struct item *item, enum variable variable,
                   const struct item_date *date);

/*
 * Tell particles and suffixes apart in a name whose parts were only given as family and given
 * ("van der Vlist", "Jacques de", "John, Jr."): item_names.c says by which rules.
 */
void item_name_parse(arena *memory, struct item_name *name);

/*
 * Read a date as people write it: EDTF level 0 and 1 ("2004-06?", "2004/2005", "2004-21"), plain
 * ISO, "14 June 2004", "June 2004", "6/14/2004", "Spring 2004".  False: then it is a literal.
 */
bool item_date_parse(arena *memory, struct item_date *out, str text);

/* The date of a record; its text is the literal when it has no year.  Texts are lent. */
struct item_date item_date_of(const osler_date *date);

/*
 * The items of `json`: an array of CSL-JSON items, or one item.  `name` is for errors.
 * OSLER_EINPUT: no JSON, or not of that shape (line and column are set).  What one item has that
 * cannot be used (an unknown variable, a wrong type of value) is left out.
 */
struct item_list {
    struct item *items;
    size_t count;
};
osler_status items_from_json(arena *memory, struct item_list *out, str json, const char *name,
                             osler_error *error);

/* Take the variables that stand in the item's note out of it (item_note.c says how). */
void item_read_note(arena *memory, struct item *item);

/* Work out what follows from the variables: the language, the mark of a status. */
void item_complete(struct item *item);

/* The item of a record: the table of item_record.c says which field becomes which variable. */
void item_from_record(arena *memory, struct item *out, const osler_record *record);

#endif
