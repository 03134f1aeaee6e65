/* The insides of osler_bibliography, for the files of this folder that make one. */
#ifndef LIBRARY_BIBLIOGRAPHY_H
#define LIBRARY_BIBLIOGRAPHY_H

#include "base/buf.h"
#include "style/processor.h"
#include <osler/cite.h>
#include <osler/own.h>

/* A work: what is cited, and what else is known of it. */
struct work {
    struct item item;
    const char *annotation; /* plain text; NULL when nothing is known */
    const char *remark;     /* plain text under the entry, asked for or not; NULL: none */
    osler_text_list notes;  /* the user's, with `annotate` */
    const char *tag;        /* the first of the user's, for groups; NULL: none */
    const char *group;      /* plain text; NULL without groups */
    int group_order;        /* of its group among the groups */
};

struct osler_bibliography {
    osler_cite_options options;
    struct output_options output;
    struct style *style;
    struct locale *locale;
    processor *processor;
    arena language;       /* the locale's */
    arena works;          /* the works and all they hold */
    struct work **items;  /* in the order in which they came */
    size_t count, room;   /* of `items` */
    size_t *slots, width; /* where an id stands: 1-based places in `items`; a power of two */
    struct citation_request *cited; /* the document's citations, in order; in `works` */
    size_t cited_count;
    size_t settled; /* of `cited`, those that the processor knows */
    arena result;   /* of the last list of entries */
    osler_bibliography_list list;
};

/* Say of a work what the options ask for: its annotation and its group; its tag is known already.
 * `appraisal` may be NULL, `record` too: then only the item is known. */
void bibliography_note(osler_bibliography *b, struct work *work, const osler_record *record,
                       const osler_appraisal *appraisal);

/* Have the processor know all citations; what cannot be cited is forgotten. */
osler_status bibliography_settle(osler_bibliography *b, osler_error *error);

/* Add a work, as osler_bibliography_add() does; `id` is not NULL.  `about` says what the user has
 * said of it (osler_own), or is NULL; `remark` as in struct work. */
struct bibliography_about {
    const osler_own *own;
    const char *remark;
    const osler_appraisal *appraisal;
};
void bibliography_add(osler_bibliography *b, const osler_record *record, const char *id,
                      const struct bibliography_about *about);

#endif
