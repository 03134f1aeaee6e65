/**
 * @file
 * The user's own data of a library: tags, notes, citation keys; and the journal by which every
 * change of it can be taken back.
 *
 * No import and no fetch changes any of it.  Each call that changes something is one transaction
 * and one step of the journal.  Of a library with others beside it, this is the first one's.
 */
#ifndef OSLER_OWN_H
#define OSLER_OWN_H

#include <osler/library.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A note on a work. */
typedef struct osler_note {
    const char *written; /**< When, as "2026-11-20T09:30:00Z". */
    const char *text;    /**< UTF-8; may have several lines. */
} osler_note;

typedef struct osler_note_list {
    osler_note *items;
    size_t count;
} osler_note_list;

/** What the user set of a work: "rating" or "file". */
typedef struct osler_setting {
    const char *field;
    const char *value; /**< UTF-8; given to osler_library_set(), NULL takes it away. */
} osler_setting;

typedef struct osler_setting_list {
    osler_setting *items;
    size_t count;
} osler_setting_list;

/** What the user has said of one work.  Everything in it is owned by it. */
typedef struct osler_own {
    const char *id;              /**< The work's: its PMID, or "osler:17". */
    const char *key;             /**< The citation key that it goes by; NULL: none yet. */
    osler_text_list tags;        /**< Sorted. */
    osler_text_list lists;       /**< Names of the lists in which it stands, sorted. */
    osler_note_list notes;       /**< The oldest first. */
    osler_setting_list settings; /**< Sorted by field. */
} osler_own;

/** Of the work that `id` names, as osler_library_get() knows it.  You own `*out`:
 *  osler_own_free().  OSLER_ENOTFOUND when the library has none. */
OSLER_API OSLER_MUST_USE osler_status osler_library_own(osler_library *library, const char *id,
                                                        osler_own **out, osler_error *error);
/** Accepts NULL. */
OSLER_API void osler_own_free(osler_own *own);

/** Tags for some works: "+rct" adds, "-unread" takes away. */
typedef struct osler_tagging {
    const char *const *tags;
    size_t tag_count;
    const char *const *ids; /**< As osler_library_get() knows them. */
    size_t id_count;
} osler_tagging;

/** What was changed by tagging. */
typedef struct osler_tag_report {
    uint64_t works;   /**< Named; one that was named twice counts twice. */
    uint64_t added;   /**< Tags. */
    uint64_t removed; /**< The same. */
} osler_tag_report;

/**
 * Change tags, all or nothing; with `dry_run` nothing, but the report is the same.  Tags are
 * compared without regard to case.  OSLER_ENOTFOUND: a work is not in the library; OSLER_EUSAGE:
 * not a tag.
 */
OSLER_API OSLER_MUST_USE osler_status osler_library_tag(osler_library *library,
                                                        const osler_tagging *taggings, size_t count,
                                                        bool dry_run, osler_tag_report *report,
                                                        osler_error *error);

/** A tag, and how many works have it. */
typedef struct osler_tag {
    const char *name;
    uint64_t count;
} osler_tag;

/** All tags, sorted.  Everything in it is owned by it. */
typedef struct osler_tags {
    osler_tag *items;
    size_t count;
} osler_tags;

/** You own `*out`: osler_tags_free(). */
OSLER_API OSLER_MUST_USE osler_status osler_library_tags(osler_library *library, osler_tags **out,
                                                         osler_error *error);
/** Accepts NULL. */
OSLER_API void osler_tags_free(osler_tags *tags);

/**
 * Set fields of the work that `id` names, all or nothing; the record itself is not changed.
 * "rating" takes 1 to 5, "file" the path of the user's copy.  OSLER_EUSAGE: there is no such field
 * or it cannot have the value.
 */
OSLER_API OSLER_MUST_USE osler_status osler_library_set(osler_library *library, const char *id,
                                                        const osler_setting *settings, size_t count,
                                                        osler_error *error);

/** Add a note to the work that `id` names.  OSLER_EUSAGE: it is empty or not UTF-8. */
OSLER_API OSLER_MUST_USE osler_status osler_library_add_note(osler_library *library, const char *id,
                                                             const char *text, osler_error *error);

/** Remove the `number`-th note of a work, 1 is the oldest.  OSLER_ENOTFOUND: it has none such. */
OSLER_API OSLER_MUST_USE osler_status osler_library_remove_note(osler_library *library,
                                                                const char *id, size_t number,
                                                                osler_error *error);

/**
 * Have the work go by `key` from now on; its former keys still name it.  OSLER_EUSAGE: the key
 * names another work, or cannot be one.
 */
OSLER_API OSLER_MUST_USE osler_status osler_library_set_key(osler_library *library, const char *id,
                                                            const char *key, osler_error *error);

/**
 * Give each of these works a key for good, unless it has one: the family name of the first author
 * in plain small letters and the year, with letters where that names another work already
 * (smith2020, smith2020a, ...).
 */
OSLER_API OSLER_MUST_USE osler_status osler_library_pin_keys(osler_library *library,
                                                             const char *const *ids, size_t count,
                                                             osler_error *error);

/** A step of the journal: what one call changed. */
typedef struct osler_step {
    uint64_t number;
    const char *made;    /**< When, as "2026-11-20T09:30:00Z". */
    const char *summary; /**< "tag +rct -unread". */
    uint64_t changes;
    uint64_t undoes; /**< The step that it took back; 0: none. */
    uint64_t undone; /**< The step that took it back; 0: none. */
} osler_step;

/** One change of a step. */
typedef struct osler_step_change {
    const char *what;    /**< "tag", "note", "key", "decision", "list". */
    const char *id;      /**< The work's; NULL: it concerns none. */
    const char *subject; /**< The tag, the key, "key" for the key it goes by, ... */
    const char *before;  /**< NULL: it was not there. */
    const char *after;   /**< NULL: it is gone. */
} osler_step_change;

/** Steps, or the changes of one.  Everything in it is owned by it. */
typedef struct osler_log {
    osler_step *steps; /**< The last first. */
    size_t step_count;
    osler_step_change *changes; /**< In their order. */
    size_t change_count;
} osler_log;

/** The last `most` steps; 0: all.  You own `*out`: osler_log_free(). */
OSLER_API OSLER_MUST_USE osler_status osler_library_log(osler_library *library, size_t most,
                                                        osler_log **out, osler_error *error);
/** The changes of one step.  You own `*out`: osler_log_free().  OSLER_ENOTFOUND: no such step. */
OSLER_API OSLER_MUST_USE osler_status osler_library_log_step(osler_library *library, uint64_t step,
                                                             osler_log **out, osler_error *error);
/** Accepts NULL. */
OSLER_API void osler_log_free(osler_log *log);

/**
 * Take back all that a step changed, as a step of its own, so that it can be taken back too.
 * `*step` 0: the last that neither is taken back nor takes one back; `*step` then says which it
 * was.  OSLER_ENOTFOUND: there is none; OSLER_EUSAGE: it is taken back already, or something that
 * it changed was changed again.
 */
OSLER_API OSLER_MUST_USE osler_status osler_library_undo(osler_library *library, uint64_t *step,
                                                         osler_error *error);

#ifdef __cplusplus
}
#endif

#endif
