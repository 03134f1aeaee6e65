/* Which column is which field, as the user says it. */
#ifndef FORMATS_CSV_MAP_H
#define FORMATS_CSV_MAP_H

#include "base/arena.h"
#include <osler/base.h>

enum { CSV_MAPPED_MOST = 64 };

/* Start from zeroes; what it names lives in the arena it was read into. */
struct csv_map {
    struct {
        const char *tag; /* of csv_dialect */
        str column;
    } items[CSV_MAPPED_MOST];
    size_t count;
};

/* Read "title=Article Title,year=PY". */
osler_status csv_map_read(struct csv_map *map, arena *memory, str text, osler_error *error);

/* True when the map names a column among `cells`. */
bool csv_map_knows(const struct csv_map *map, const str *cells, size_t count);

/*
 * Give the columns the names of their fields.  Another column that would have gone to one of these
 * fields keeps its text under its own name.  OSLER_EINPUT when a column is not there.
 */
osler_status csv_map_apply(const struct csv_map *map, arena *memory, str *cells, size_t count,
                           unsigned line, osler_error *error);

#endif
