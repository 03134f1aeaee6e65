/*
 * The user's own data: tags, notes, citation keys; and the journal that every change of it goes
 * through, so that each can be taken back.
 */
#ifndef STORE_OWN_H
#define STORE_OWN_H

#include "store/store.h"

/*
 * What the transaction at hand changes is a step of the journal that says `summary` (lent until it
 * ends).  A step without any change leaves no trace.
 */
void own_begin(store *s, const char *summary);
int64_t own_changes(const store *s); /* so far */

/* One thing that can be changed, each kind with its own subject: see the table change. */
enum own_kind { OWN_TAG, OWN_NOTE, OWN_KEY, OWN_DECISION, OWN_LIST, OWN_KINDS };
struct own_place {
    enum own_kind kind;
    int64_t citation; /* 0: none */
    const char *subject;
};
/* NULL: it is not there.  In `memory`. */
OSLER_MUST_USE osler_status own_get(store *s, arena *memory, const struct own_place *place,
                                    const char **value, osler_error *error);
/* `value` NULL takes it away.  Writes the journal; nothing when nothing changes. */
OSLER_MUST_USE osler_status own_set(store *s, const struct own_place *place, const char *value,
                                    osler_error *error);

/* Whether users may give this name to a tag, a key or a list; else OSLER_EUSAGE.  `what` is "tag",
 * ...: a list's may hold spaces. */
OSLER_MUST_USE osler_status own_check_name(const char *what, const char *name, osler_error *error);

/* `*tag` as the library spells it, when it has it in another case.  It looks at all tags: ask once
 * for many works.  OSLER_EUSAGE: not a tag. */
OSLER_MUST_USE osler_status own_spell_tag(store *s, arena *memory, const char **tag,
                                          osler_error *error);
/* Add a tag or take it away: without regard to case, in the spelling that the library has. */
OSLER_MUST_USE osler_status own_tag(store *s, int64_t citation, const char *tag, bool remove,
                                    osler_error *error);
/* Sorted. */
OSLER_MUST_USE osler_status own_get_tags(store *s, arena *memory, int64_t citation,
                                         osler_text_list *out, osler_error *error);

/* Names with how many living citations or entries they have, sorted. */
struct own_count {
    const char *name;
    int64_t count;
};
struct own_counts {
    struct own_count *items;
    size_t count;
};
OSLER_MUST_USE osler_status own_count_tags(store *s, arena *memory, struct own_counts *out,
                                           osler_error *error);

struct own_note {
    int64_t id;
    const char *written, *text;
};
struct own_notes {
    struct own_note *items;
    size_t count;
};
/* In the order in which they were written. */
OSLER_MUST_USE osler_status own_get_notes(store *s, arena *memory, int64_t citation,
                                          struct own_notes *out, osler_error *error);
OSLER_MUST_USE osler_status own_add_note(store *s, int64_t citation, const char *text,
                                         osler_error *error);
OSLER_MUST_USE osler_status own_drop_note(store *s, int64_t citation, int64_t note,
                                          osler_error *error);

/* What the user set of a citation, sorted by field; not which key it goes by. */
struct own_setting {
    const char *field, *value;
};
struct own_settings {
    struct own_setting *items;
    size_t count;
};
OSLER_MUST_USE osler_status own_get_settings(store *s, arena *memory, int64_t citation,
                                             struct own_settings *out, osler_error *error);

/* The key that the citation goes by; NULL: none yet. */
OSLER_MUST_USE osler_status own_get_key(store *s, arena *memory, int64_t citation, const char **key,
                                        osler_error *error);
/* From now on the citation goes by `key`; those before it still name it.  OSLER_EUSAGE: it names
 * another one, or is no key. */
OSLER_MUST_USE osler_status own_set_key(store *s, int64_t citation, const char *key,
                                        osler_error *error);
/* The key that the citation goes by, for good: when it has none, `stem` with the first letters that
 * make it unlike all others: smith2020, smith2020a, ... */
OSLER_MUST_USE osler_status own_pin_key(store *s, arena *memory, int64_t citation, const char *stem,
                                        const char **key, osler_error *error);

/* A step of the journal. */
struct own_step_row {
    int64_t id, undoes, undone; /* 0: none */
    const char *made, *summary;
    int64_t changes;
};
struct own_steps {
    struct own_step_row *items;
    size_t count;
};
/* The last first; `most` 0: all. */
OSLER_MUST_USE osler_status own_get_steps(store *s, arena *memory, size_t most,
                                          struct own_steps *out, osler_error *error);

struct own_change {
    const char *kind;
    int64_t citation; /* 0: none */
    const char *subject, *before, *after;
};
struct own_change_list {
    struct own_change *items;
    size_t count;
};
/* OSLER_ENOTFOUND: there is no such step. */
OSLER_MUST_USE osler_status own_get_changes(store *s, arena *memory, int64_t step,
                                            struct own_change_list *out, osler_error *error);

/*
 * Take back all that a step changed, as a step of its own; `*step` 0: the last that neither is
 * taken back nor takes back, and `*step` says which.  OSLER_ENOTFOUND: there is none; OSLER_EUSAGE:
 * it is taken back already, or something that it changed was changed again.
 */
OSLER_MUST_USE osler_status own_undo(store *s, int64_t *step, osler_error *error);

#endif
