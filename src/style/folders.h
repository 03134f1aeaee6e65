/* The folders where styles are looked for, and the heads of the styles in them. */
#ifndef STYLE_FOLDERS_H
#define STYLE_FOLDERS_H

#include "style/catalogue.h"

enum { STYLE_FOLDERS = 4 };

/* Their paths, those that come first win; the count.  $OSLER_STYLES stands alone when it is set. */
unsigned style_folders(arena *memory, const char *folders[STYLE_FOLDERS]);

/* The path of the style with that file name (without ".csl"), or NULL. */
const char *style_path(arena *memory, const char *name);

/*
 * All styles, by name: of one name only the first is there.  With `heads` also what their cs:info
 * says; without, only name and path.
 */
void style_entries(arena *memory, bool heads, const struct style_entry **out, size_t *count);

#endif
