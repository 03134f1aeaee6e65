/* The forms of words (base/form.h) that a ranking looks for, numbered from 1. */
#ifndef QUERY_FORMS_H
#define QUERY_FORMS_H

#include "base/arena.h"
#include "base/str.h"
#include <stdint.h>

/* Start from `form_table l = {.memory = ...};`. */
typedef struct form_table {
    arena *memory; /* owns all of it */
    struct {
        str *items; /* the form of number n is items[n - 1] */
        size_t count;
    } forms;
    bool *made; /* of number n made[n - 1]: two words that a phrase has apart, no word of it */
    size_t made_count;
    uint32_t *slots; /* an open hash of numbers */
    size_t size;     /* of the hash: a power of two */
} form_table;

/* The number of a form, which is added when it is new. */
uint32_t form_table_add(form_table *l, str form);

/* The same for a form that is put together of two: "tensiontype" for "tension type". */
uint32_t form_table_add_made(form_table *l, str form);

/* The number of a form; 0: it is not looked for. */
uint32_t form_table_find(const form_table *l, str form);

/* The same for two words that a hyphen joins, without it, folded: "headaches" of "head-aches".
 * Their plural ends in s; no other spelling is known again, and no form that was put together: the
 * phrase that it is of is found by its words. */
uint32_t form_table_find_joined(const form_table *l, str joined);

static inline str form_table_get(const form_table *l, uint32_t number)
{
    return l->forms.items[number - 1];
}

#endif
