/* Printing what a record states of its study. */
#ifndef CLI_FACTS_H
#define CLI_FACTS_H

#include "json.h"

#include <osler/facts.h>

/* The member "facts" of one line of `osler classify --json`. */
void json_facts(struct json *j, const osler_facts *facts);

/* Indented lines, one a fact that is stated; the number of participants is left out. */
void print_facts(const osler_facts *facts);

#endif
