/* Tables of comma-, semicolon- or tab-separated values: what the parts of csv and tsv share. */
#ifndef FORMATS_CSV_CSV_H
#define FORMATS_CSV_CSV_H

#include "formats/tagged/tagged.h"

enum { CSV_COLUMNS_MOST = 4096 };

/* Where in its row a byte stands; start from CSV_AT_CELL. */
enum csv_place { CSV_AT_CELL, CSV_IN_CELL, CSV_IN_QUOTES, CSV_BEHIND_QUOTE };

/* The place behind `c`; a line end that ends the row is for the caller: csv_ends_row(). */
enum csv_place csv_step(enum csv_place place, char c, char separator);
static inline bool csv_ends_row(enum csv_place place, char c)
{
    return c == '\n' && place != CSV_IN_QUOTES;
}

/*
 * The cells of a row, without their quotation marks, in `memory` where that takes writing.  How
 * many there are, at most `most`: those behind are left out.
 */
size_t csv_cells(str *cells, size_t most, str row, char separator, arena *memory);

/* The character between the cells of `header`: the one of , ; tab | that parts it most. */
char csv_separator(str header);

/* Cut the first row off `*rest`; false when nothing is left. */
bool csv_next_row(str *rest, str *row, char separator);

/* In columns.c: what the columns stand for. */
extern const struct tagged_dialect csv_dialect;

/* The tag of csv_dialect that a column's name stands for; NULL for an unknown one. */
const char *csv_tag(str name);

/* True when these are names of columns: at least two are known, one of them says which work. */
bool csv_is_header(const str *cells, size_t count);

/* In values.c: add the value of a column, as its tag needs it; and what needs several columns. */
struct csv_values {
    void *values; /* a parser of tagged values */
    arena *memory;
    str year, month, day;
    bool dated, has_journal; /* there is a column of dates, of journals */
};
void csv_add(struct csv_values *v, const char *tag, str column, str cell);
void csv_finish(struct csv_values *v);

#endif
