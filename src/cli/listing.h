/* What find and evidence print of a record alike. */
#ifndef CLI_LISTING_H
#define CLI_LISTING_H

#include "json.h"

#include <osler/appraise.h>
#include <osler/record.h>

enum { LISTING_INDENT = 6 };

/* "  1  A title, wrapped beside its number" */
void print_numbered_title(unsigned number, const osler_record *record);

/* "randomized trial · n 105 · retracted", and the id when it is no PMID. */
void print_design(const char *id, const osler_record *record, const osler_appraisal *appraisal);

/* The flags, a comma between them; `warn` is put before and after those that stop a reading. */
void print_flags(const osler_flag_list *flags);

/* The members of a result that tell what the record is. */
void json_listing(struct json *j, const osler_record *record, const osler_appraisal *appraisal);

#endif
