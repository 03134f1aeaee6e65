/* Rendering the elements of a style for one item in one place. */
#ifndef STYLE_RENDER_H
#define STYLE_RENDER_H

#include "style/item.h"
#include "style/output.h"
#include "style/tree.h"

/* The variables that a rendering asked for to print and that were absent, each once.  Those behind
 * a test for them, and those of cs:substitute that another stood in for, are not missed. */
enum { MISSING_MOST = 16 };
struct missing {
    enum variable items[MISSING_MOST];
    size_t count;
};

/* How far the names and the date of a cite have been made longer so that it is told apart. */
enum { SHAPE_LISTS = 4, SHAPE_GIVEN = 64 };
enum given_level { GIVEN_AS_STYLE, GIVEN_INITIALS, GIVEN_FULL };
struct name_shape {
    unsigned shown;       /* at least so many names are printed; 0: as the style says */
    unsigned count;       /* of `given` */
    const uint8_t *given; /* level of each name by its place; missing ones are GIVEN_AS_STYLE */
};
struct cite_shape {
    struct name_shape lists[SHAPE_LISTS]; /* of the name lists of a cite, in order of rendering */
    bool condition;                       /* disambiguate="true" holds */
    str year_suffix;                      /* "a", or empty */
};

/* What the rendering of a part found.  A group whose variables are all absent disappears. */
enum found {
    FOUND_NOTHING, /* no variable was asked for (terms, values) */
    FOUND_ABSENT,  /* variables were asked for; none had content */
    FOUND_CONTENT, /* at least one had */
};

/* What one rendering may cost at most: nested elements, and elements in all. */
enum { RENDER_DEPTH = 512, RENDER_STEPS = 250000 };

/* What render_names() says of a name list it rendered, so that disambiguation knows how far it can
 * go. */
struct name_extent {
    unsigned total, shown; /* names in the list; those printed (without "et al.") */
    const struct item_names *names;
    const struct name_options *options; /* resolved; lent by r->memory */
    const struct names_node *node;
};

struct render {
    const struct style *style;
    const struct locale *locale;
    const struct area *area; /* citation or bibliography */
    arena *memory;           /* for the output */
    const struct item *item;

    /* the cite, or zero in a bibliography */
    str locator;
    unsigned locator_label; /* a term; TERM_PAGE unless the cite says */
    enum position position;
    bool near_note;
    bool suppress_author;                 /* the first cs:names that has content prints nothing */
    bool author_only;                     /* the first cs:names that has content stands alone */
    unsigned citation_number;             /* 0: none */
    unsigned first_reference_note_number; /* 0: none */
    struct cite_shape shape;

    /* the work in progress */
    bool sorting; /* a sort key is being made: names in sort order, dates as digits */
    const struct name_options *sort_names;
    unsigned name_lists;         /* name lists rendered so far */
    struct name_extent *extents; /* room for SHAPE_LISTS, filled by place; NULL: nobody asks */
    uint64_t suppressed[(VARIABLE_COUNT + 63) / 64]; /* printed by cs:substitute already */
    const struct node *substituting;     /* the cs:names around a cs:substitute, or NULL */
    const struct names_node *name_parts; /* whose cs:name-part holds in a cs:substitute, or NULL */
    bool year_suffix_printed; /* by cs:text or behind a year; false when a rendering begins */
    struct missing *missing;  /* NULL: nobody asks */
    unsigned depth, steps;
};

/* True when cs:substitute has printed the variable: it counts as empty from then on. */
bool render_is_suppressed(const struct render *r, enum variable variable);
void render_suppress(struct render *r, enum variable variable);

/* Say that the variable was asked for and absent. */
void render_miss(struct render *r, enum variable variable);

/* Forget the work in progress: another rendering begins. */
void render_begin(struct render *r);

/* The elements in order as children of a group with `look`; `*found` says what was found. */
struct output *render_nodes(struct render *r, struct nodes nodes, const struct look *look,
                            enum found *found);
struct output *render_node(struct render *r, const struct node *node, enum found *found);

/* The whole layout of the area, for one item: without the affixes of cs:layout. */
struct output *render_layout(struct render *r);

/* By choose.c: the first branch of a NODE_CHOOSE whose conditions hold, cs:else included; NULL:
 * none.
 */
const struct branch *choose_branch(const struct render *r, const struct node *choose);

/* By names.c: cs:names, with substitution. */
struct output *render_names(struct render *r, const struct node *node, enum found *found);

/* By dates.c: cs:date.  Also adds the year-suffix where the style prints none by itself:
 * `r->shape.year_suffix` behind the first year, once a rendering. */
struct output *render_date(struct render *r, const struct node *node, enum found *found);

/* The text to sort `date` by as a variable: digits that order as the dates do.  By dates.c. */
str render_date_key(arena *memory, const struct item_date *date);

/* By labels.c: the text of a TEXT or NUMBER variable here, before formatting: those of the cite
 * (locator, citation number, year-suffix, ...), page-first from the pages, those of the item.
 * Empty when it is absent or was printed by cs:substitute. */
str render_variable_text(const struct render *r, enum variable variable);

/* By labels.c: `text` of a NUMBER variable as it is printed: ranges and lists with the locale's
 * dash and ampersand, pages in the style's page-range-format. */
str render_number_text(struct render *r, enum variable variable, str text, enum number_form form);

/* By labels.c: what the cite points to.  A label in front of the text ("vol. 2", "fig. 3") counts
 * and is taken off; else `label` holds (0: page). */
void render_set_locator(struct render *r, str locator, unsigned label);

/* The language to change case by: the item's, else the style's; empty is English. */
str render_case_language(const struct render *r);

/* By labels.c: change the case of a term or a value: these are in the locale's language, and titles
 * of every language get capitals. */
void render_term_case(const struct render *r, struct output *tree, enum text_case text_case);

/* By labels.c: cs:number and cs:label. */
struct output *render_number(struct render *r, const struct node *node, enum found *found);
struct output *render_label(struct render *r, const struct node *node, enum found *found);

/* The label of a names variable or number variable in the plural or not; used by names.c too. */
struct output *render_role_label(struct render *r, const struct node *label, unsigned term,
                                 bool plural);

/* By names.c: the name options that hold for `names` here: cs:style < area < cs:names < cs:name. */
void name_options_resolve(struct name_options *out, const struct render *r,
                          const struct names_node *names);

/*
 * The text to sort an item by, for one key: variables and macros; dates as YYYYMMDD, numbers padded
 * where the variable is numeric, names in sort order.  Lent by r->memory.  Empty: no value, which
 * sorts last in both directions.
 */
str render_sort_key(struct render *r, const struct sort_key *key);

#endif
