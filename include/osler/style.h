/**
 * @file
 * Citation styles (CSL 1.0.2): which there are, and what is wrong with one.
 */
#ifndef OSLER_STYLE_H
#define OSLER_STYLE_H

#include <osler/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A style that is installed, or the one that is built in. */
typedef struct osler_style_entry {
    const char *name;   /**< What to call it by: "vancouver". */
    const char *title;  /**< For people: "Vancouver". */
    const char *path;   /**< Its file; "" for the one built in. */
    const char *parent; /**< The style it is another name of, or NULL. */
    const char *format; /**< "numeric", "author-date", "author", "label", "note", or NULL. */
    const char *field;  /**< The first field it says it is for ("medicine"), or NULL. */
} osler_style_entry;

typedef struct osler_style_list {
    const osler_style_entry *items;
    size_t count;
} osler_style_list;

/**
 * The styles whose name or title holds all of `words` (separated by spaces, in any case), by name;
 * NULL: all.  You own `*out`: osler_style_list_free().
 */
OSLER_API OSLER_MUST_USE osler_status osler_style_find_all(osler_style_list **out,
                                                           const char *words, osler_error *error);
/** Accepts NULL. */
OSLER_API void osler_style_list_free(osler_style_list *list);

/** What a style says of itself. */
typedef struct osler_style {
    const char *title, *short_title; /**< Or NULL. */
    const char *id;                  /**< Usually an address; or NULL. */
    const char *format;              /**< As in osler_style_entry. */
    const char *language;            /**< The one it asks for ("en-GB"), or NULL. */
    bool is_note;                    /**< Its citations are footnotes. */
    bool has_bibliography;
    unsigned et_al_min, et_al_use_first; /**< In the bibliography; 0: all names are printed. */
} osler_style;

/**
 * The style that `name` means: a name ("vancouver", "ama"), a file or an id.  A style that is
 * another name of its parent has the parent's rules.  You own `*out`: osler_style_free().
 * OSLER_ENOTFOUND: the error names near ones; OSLER_EINPUT: it is broken.
 */
OSLER_API OSLER_MUST_USE osler_status osler_style_get(osler_style **out, const char *name,
                                                      osler_error *error);
/** Accepts NULL. */
OSLER_API void osler_style_free(osler_style *style);

/**
 * Read the style that `name` means ("-": standard input) and call `complained` for each thing in
 * it that CSL does not know or that cannot be used, by line: where, and what was expected.
 * Anything but OSLER_OK: it cannot be read at all, or is broken beyond use.
 */
OSLER_API OSLER_MUST_USE osler_status
osler_style_check(const char *name, void (*complained)(void *context, const osler_error *complaint),
                  void *context, osler_error *error);

#ifdef __cplusplus
}
#endif

#endif
