/* Dates as tagged lines: "2019/03/12/", "2019-03-12", "MAR 12". */
#include "formats/tagged/write.h"

#include <stdio.h>

void tagged_put_year(struct putting *p, const struct tagged_row *row)
{
    char year[24];
    if (!p->issued || p->issued->year <= 0)
        return;
    snprintf(year, sizeof year, "%04d", p->issued->year);
    tagged_put_line(p, row->tag, str_of(year));
}

/* One end of a range as EDTF has it. */
static void add_edtf(buf *out, int year, int month, int day, int season)
{
    enum { BEFORE_SEASONS = 20 };
    buf_printf(out, "%04d", year);
    if (season && !month)
        buf_printf(out, "-%02d", BEFORE_SEASONS + season);
    else if (month)
        buf_printf(out, "-%02d", month);
    if (month && day)
        buf_printf(out, "-%02d", day);
}

/* What the digits do not say: the text as printed, a season, a range. */
static void add_rest(buf *out, const osler_date *date)
{
    if (date->text) {
        buf_add_text(out, date->text);
        return;
    }
    if (!date->season && !date->end_year && !date->open_end && !date->circa)
        return;
    add_edtf(out, date->year, date->month, date->day, date->season);
    buf_add_text(out, date->circa ? "~" : "");
    if (date->end_year) {
        buf_add_byte(out, '/');
        add_edtf(out, date->end_year, date->end_month, date->end_day, date->end_season);
        buf_add_text(out, date->circa ? "~" : "");
    } else if (date->open_end) {
        buf_add_text(out, "/..");
    }
}

/* "MAR 12", "MAR-APR", the year being said beside it; or all of the date. */
static void add_in_words(buf *out, const osler_date *date, int dates)
{
    static const char *const months[] = {"JAN", "FEB", "MAR", "APR", "MAY", "JUN",
                                         "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"};
    bool plain = date->month && !date->end_year && !date->text && !date->season;
    bool whole = date->month && date->end_year == date->year && date->end_month && !date->day &&
                 !date->end_day && !date->text;
    if (dates == TAGGED_DATES_WORDS && (plain || whole) && !date->circa && !date->open_end) {
        buf_add_text(out, months[(date->month - 1) % 12]);
        if (whole)
            buf_printf(out, "-%s", months[(date->end_month - 1) % 12]);
        else if (date->day)
            buf_printf(out, " %d", date->day);
        return;
    }
    add_rest(out, date);
    if (!out->length)
        add_edtf(out, date->year, date->month, date->day, 0);
}

static void put_one_date(struct putting *p, const struct tagged_row *row, const osler_date *date)
{
    buf *text = &p->work;
    if (!date || (date->year <= 0 && !date->text))
        return;
    buf_clear(text);
    if (date->year <= 0) {
        tagged_put_line(p, row->tag, str_of(date->text));
        return;
    }
    if (p->dialect->dates != TAGGED_DATES_SLASHES) {
        add_in_words(text, date, p->dialect->dates);
        tagged_put_line(p, row->tag, buf_str(text));
        return;
    }
    buf_printf(text, "%04d/", date->year);
    if (date->month)
        buf_printf(text, "%02d", date->month);
    buf_add_byte(text, '/');
    if (date->month && date->day)
        buf_printf(text, "%02d", date->day);
    buf_add_byte(text, '/');
    add_rest(text, date);
    tagged_put_line(p, row->tag, buf_str(text));
}

void tagged_put_date(struct putting *p, const struct tagged_row *row)
{
    const osler_date *d = p->issued;
    if (d && (d->month || d->season || d->end_year || d->text || d->circa || d->open_end ||
              d->year <= 0))
        put_one_date(p, row, d);
}

void tagged_put_accessed(struct putting *p, const struct tagged_row *row)
{
    put_one_date(p, row, osler_record_date(p->record, "accessed"));
}
