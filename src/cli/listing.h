/* What find and evidence print of a record alike. */
#ifndef CLI_LISTING_H
#define CLI_LISTING_H

#include "json.h"

#include <osler/appraise.h>
#include <osler/record.h>

enum { LISTING_INDENT = 6 };

/* "  1  randomized trial · n 105 · retracted", and below it title, authors and place; the id where
 * there is no PMID. */
void print_numbered(unsigned number, const char *id, const osler_record *record,
                    const osler_appraisal *appraisal);

/* The flags, a comma between them; those that must not be overlooked in color. */
void print_flags(const osler_flag_list *flags);

/* The members of a result that tell what the record is. */
void json_listing(struct json *j, const osler_record *record, const osler_appraisal *appraisal);

#endif
