/* Dates as sources print them: "2015 Oct-Dec", "Winter 2016-2017", "1998 Dec-1999 Jan". */
#ifndef RECORD_DATES_H
#define RECORD_DATES_H

#include "base/str.h"
#include <osler/record.h>

/*
 * Fill the parts of `date` (year to end_season) from `text`; its kind and text stay as they are.
 * The first (16..20)dd anywhere is the year.  True when the parts say all that the text says.
 */
bool date_parse(osler_date *date, str text);

/*
 * The same for dates in digits: 20150131, 2015/01/31, 2015-1-31, 2015/01/31 06:00, 201501, 2015.
 * False (and no part is set) when `text` is nothing of the kind.
 */
bool date_parse_digits(osler_date *date, str text);

/*
 * Dates in any writing: EDTF levels 0 and 1 ("2004-06?", "2004/2005", "2004-21"), "14 June 2004",
 * "6/14/2004", "Spring 2004", "44 BC"; sets circa and open_end too.  False (and nothing is set)
 * when `text` says more or less than a date.
 */
bool date_parse_any(osler_date *date, str text);

/* Month 1 to 12; 13 to 32 are the seasons of EDTF and of CSL before it; others are none. */
void date_split_month(int number, int *month, int *season);

/* The month (1 to 12) that `word` names in English, whole or shortened ("Sept."); 0 when none. */
int date_month(str word);

/* The season (1 spring to 4 winter) that `word` names; 0 when none. */
int date_season(str word);

#endif
