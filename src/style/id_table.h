/* From the names of things to their places in a list. */
#ifndef STYLE_ID_TABLE_H
#define STYLE_ID_TABLE_H

#include <stddef.h>
#include <stdint.h>

/* Start from zeroed memory, end with id_table_free(). */
struct id_table {
    struct id_slot *slots;
    size_t capacity, count;
};

/* The place of `id`; SIZE_MAX when it is not there. */
size_t id_table_get(const struct id_table *table, const char *id);

/* Put `id` in at `place`, or move it there; the text is lent as long as it is in the table. */
void id_table_put(struct id_table *table, const char *id, size_t place);

void id_table_clear(struct id_table *table);
void id_table_free(struct id_table *table);

#endif
