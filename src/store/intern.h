/* Numbers in place of what repeats: the rows of the tables string, journal, heading and type. */
#ifndef STORE_INTERN_H
#define STORE_INTERN_H

#include "base/buf.h"
#include <osler/base.h>
#include <stdint.h>

enum intern_table { INTERN_STRING, INTERN_HEADING, INTERN_TYPE, INTERN_JOURNAL, INTERN_TABLES };

/* What is known by heart of one table, so that SQLite is asked once.  Bounded: a full one is
 * forgotten.  Start from zeroes. */
struct interned {
    struct intern_slot *slots;
    size_t capacity, count;
    buf keys; /* one behind the other */
};

void intern_forget(struct interned *known);
void intern_free(struct interned *known);

#endif
