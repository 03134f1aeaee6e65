/* Finding styles: by name, file, id or title, among the installed ones and the one compiled in. */
#ifndef STYLE_CATALOGUE_H
#define STYLE_CATALOGUE_H

#include "style/tree.h"

/*
 * The style that `name` means: a path (with a slash or ending in .csl), an id (URL), a file name
 * ("apa", "vancouver"), another name (names.def), what people say ("ama", "nlm", "jama"), or a
 * title when one style alone has it.  A dependent style gives its parent with its own title.
 * "default" and, where no style package is installed, "vancouver" and "nlm" give the one compiled
 * in.  Searched: $XDG_DATA_HOME/osler/styles, /usr/share/citation-style-language/styles; or the
 * folder $OSLER_STYLES alone when that is set.  OSLER_ENOTFOUND names the nearest names.
 * style_free() the result.
 */
osler_status style_find(struct style **out, const char *name, style_complaint complain,
                        void *context, osler_error *error);

/* The installed styles whose name or title holds all words of `words` (NULL: all), by name. */
struct style_entry {
    const char *name, *title, *path, *parent; /* parent: of a dependent style, else NULL */
    const char *format, *field;               /* categories, or NULL */
};
osler_status style_list(arena *memory, const struct style_entry **out, size_t *count,
                        const char *words, osler_error *error);

#endif
