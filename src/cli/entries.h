/* What `osler list` and `osler import` print of the references of a list. */
#ifndef CLI_ENTRIES_H
#define CLI_ENTRIES_H

#include "json.h"

#include <osler/lists.h>

/* "  2  repairable  PMID 1 - the reference breaks off", below it what differs, and the text. */
void print_list_entry(const osler_list_entry *entry);

/* The same as an item of an array. */
void write_list_entry(struct json *j, const osler_list_entry *entry);

#endif
