/*
 * What rendering makes: a tree of texts with their dress, and the text of a format made of it.
 * Punctuation where two parts meet, quotation marks inside quotation marks, italics inside italics
 * and double spaces are put right here, once, for every format.
 */
#ifndef STYLE_OUTPUT_H
#define STYLE_OUTPUT_H

#include "base/arena.h"
#include "base/buf.h"
#include "style/locale.h"
#include "style/look.h"

/* What a part of the tree is, for those who look for it afterwards. */
enum output_role {
    ROLE_NONE,
    ROLE_NAMES,     /* all that one cs:names rendered (labels too) */
    ROLE_NAME_LIST, /* the names of one variable, without label */
    ROLE_NAME,      /* one name; `number` is its 0-based place in the variable */
    ROLE_ET_AL,
    ROLE_LABEL,
    ROLE_DATE, /* all of a cs:date */
    ROLE_YEAR, /* the year in it, the year-suffix behind it within */
    ROLE_YEAR_SUFFIX,
    ROLE_CITATION_NUMBER,
    ROLE_LOCATOR,
    ROLE_TERM,  /* a cs:text of a term: "ibid." begins with a capital where a sentence begins */
    ROLE_CITE,  /* one cite of a cluster; `number` is its place */
    ROLE_AFFIX, /* a cite's own prefix or suffix */
    ROLE_MARK,  /* the mark of a retracted work */
};
enum output_link { LINK_NONE, LINK_URL, LINK_DOI, LINK_PMID, LINK_PMCID };

/*
 * A part.  Either a leaf with `text`, or children.  Around the content: the look's formatting, then
 * its quotes, then its prefix and suffix (which neither touches).  Between
 * children that have content: the look's delimiter.  The look's strip_periods and text_case have
 * been applied to the texts by whoever made the node (case_apply() works on trees).
 */
struct output {
    struct output *next, *first, *last; /* sibling; children */
    str text;                           /* of a leaf: plain UTF-8, no markup */
    const struct look *look;            /* NULL: plain.  Lent by the style or the arena */
    uint8_t role, link;
    bool nocase;   /* a <span class="nocase">, or a part that text-case must leave alone */
    bool verbatim; /* no quote or apostrophe is changed in the text, no punctuation merged inside:
                      URL, DOI */
    bool layout;   /* a cs:layout: its formatting touches its affixes too */
    bool field;    /* the root of a field's rich text: its inner punctuation stays as it is */
    bool markup;   /* the look comes from a field's markup: italics in italics are normal again */
    bool numeral;  /* one number: its suffix is spaced as the style says */
    uint8_t marks; /* with look.quotes: the typographic marks that the field had, else 0 */
    unsigned number;
};

/* Trees are used down to this depth: rendering and markup end far before. */
enum { OUTPUT_DEPTH = 1000 };

struct output *output_leaf(arena *memory, str text, const struct look *look);
struct output *output_group(arena *memory, const struct look *look);
void output_add(struct output *group, struct output *child); /* NULL is passed over */

/* True when nothing in the tree would print. */
bool output_is_empty(const struct output *tree);

/* The first part with the role, in order of printing; NULL when there is none. */
struct output *output_find(struct output *tree, enum output_role role);

/* A copy with all its parts (texts and looks are lent as before). */
struct output *output_copy(arena *memory, const struct output *tree);

/*
 * A field's rich text (see item.h) as a tree: markup becomes nodes with a look; paired " and ' and
 * the typographic quotes become nodes with look.quotes, other apostrophes U+2019.  Texts without
 * any of this become one leaf without a copy.
 */
struct output *output_rich(arena *memory, str text, const struct look *look);

enum output_format { OUTPUT_PLAIN, OUTPUT_HTML, OUTPUT_MARKDOWN, OUTPUT_RTF, OUTPUT_LATEX };

struct output_options {
    enum output_format format;
    bool links;                  /* DOI, PMID, PMCID and URL become links */
    const struct locale *locale; /* quotes, punctuation-in-quote; never NULL */
};

/* Add the tree's text in the format.  What it was given is not changed. */
void output_write(buf *out, const struct output *tree, const struct output_options *options);

/* What stands around a bibliography and around each of its entries in a format. */
struct output_frame {
    const char *start, *end, *entry_start, *entry_end;
};
const struct output_frame *output_frame(enum output_format format);

/* The text alone, for keys and comparisons: no format, punctuation put right as in print. */
void output_write_plain(buf *out, const struct output *tree, const struct locale *locale);

#endif
