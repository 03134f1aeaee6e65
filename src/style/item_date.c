/* The dates of items, from those of records. */
#include "record/dates.h"
#include "style/item.h"

struct item_date item_date_of(const osler_date *date)
{
    return (struct item_date){
        .from = {date->year, date->month, date->day, date->season},
        .to = {date->end_year, date->end_month, date->end_day, date->end_season},
        .circa = date->circa,
        .is_open = date->open_end,
        .literal = date->year ? (str){NULL, 0} : str_of(date->text),
    };
}

bool item_date_parse(arena *memory, struct item_date *out, str text)
{
    osler_date date = {0};
    (void)memory; /* a date that is understood has no text */
    if (!date_parse_any(&date, text))
        return false;
    *out = item_date_of(&date);
    return true;
}
