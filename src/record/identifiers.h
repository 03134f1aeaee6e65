/* Identifiers in their bare form, from the forms that sources print. */
#ifndef RECORD_IDENTIFIERS_H
#define RECORD_IDENTIFIERS_H

#include "base/arena.h"
#include <osler/record.h>

/*
 * The part of `text` that is its DOI, as identifier_doi() has it: what printed DOIs are read by,
 * wherever they stand.  Empty when `text` is no DOI; `text` owns it.
 */
str identifier_bare_doi(str text);

/*
 * A DOI without "doi:", resolver address and final stop, its letters as printed; NULL when `text`
 * is no DOI (10.PREFIX/SUFFIX; ISO 26324).  DOIs may hold <, >, ;, parentheses and capitals.
 */
const char *identifier_doi(arena *memory, str text);

/* "0000-0002-1825-0097" from a URL or from 16 digits with or without dashes; NULL when none. */
const char *identifier_orcid(arena *memory, str text);

/* "PMC1234567" from "PMC1234567.2", "pmc-id: PMC1234567;...", "1234567"; NULL when none. */
const char *identifier_pmcid(arena *memory, str text);

/* The digits of a PMID, without leading zeros; NULL when `text` is not a number of 1 to 12 digits.
 */
const char *identifier_pmid(arena *memory, str text);

/*
 * Call `each` for every identifier of the record but its PMID and those that are marked invalid:
 * "doi", "pmcid", "pii", "isbn", "registry" (of data banks), and other schemes as they are named.
 * Values are as printed, lent by the record, perhaps empty; one may come twice.
 */
void identifier_each(const osler_record *record,
                     void (*each)(void *context, const char *scheme, str value), void *context);

#endif
