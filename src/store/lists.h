/* The user's lists of references: each in its order, with what became of every entry. */
#ifndef STORE_LISTS_H
#define STORE_LISTS_H

#include "store/store.h"

/* An entry; see the table list_entry. */
struct lists_entry {
    unsigned position; /* set when it is read */
    const char *number, *text, *remark, *verdict, *differences;
    const osler_record *record; /* what was understood; NULL: the citation's own */
    int64_t citation;           /* 0: none of the library's */
};

/*
 * Begin a list, inside a transaction after own_begin(): an empty one, in the place of the list of
 * that name, which is removed.  OSLER_EUSAGE: not a name.
 */
OSLER_MUST_USE osler_status lists_new(store *s, const char *name, const char *source, int64_t *list,
                                      osler_error *error);
OSLER_MUST_USE osler_status lists_append(store *s, int64_t list, const struct lists_entry *entry,
                                         osler_error *error);

/* The list of that name, without regard to case.  OSLER_ENOTFOUND. */
OSLER_MUST_USE osler_status lists_find(store *s, const char *name, int64_t *list,
                                       osler_error *error);

struct lists_row {
    int64_t id, entries, resolved;
    const char *name, *made, *source;
};
struct lists_rows {
    struct lists_row *items;
    size_t count;
};
/* All lists, by name; `list` 0: all, else that one. */
OSLER_MUST_USE osler_status lists_get_all(store *s, arena *memory, int64_t list,
                                          struct lists_rows *out, osler_error *error);

struct lists_entries {
    struct lists_entry *items;
    size_t count;
};
OSLER_MUST_USE osler_status lists_get(store *s, arena *memory, int64_t list,
                                      struct lists_entries *out, osler_error *error);

/* Inside a transaction, after own_begin().  OSLER_EUSAGE: not a name, or that of another list. */
OSLER_MUST_USE osler_status lists_rename(store *s, int64_t list, const char *name,
                                         osler_error *error);
OSLER_MUST_USE osler_status lists_remove(store *s, int64_t list, osler_error *error);

/* Names of the lists in which the citation stands, sorted. */
OSLER_MUST_USE osler_status lists_get_names(store *s, arena *memory, int64_t citation,
                                            osler_text_list *out, osler_error *error);

#endif
