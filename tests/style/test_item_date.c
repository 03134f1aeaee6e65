/* Dates as EDTF and as people write them. */
#include "base/buf.h"
#include "check.h"
#include "style/item.h"

static void add_day(buf *out, const struct item_day *day)
{
    buf_printf(out, "%d", day->year);
    if (day->month)
        buf_printf(out, "-%d", day->month);
    if (day->day)
        buf_printf(out, "-%d", day->day);
    if (day->season)
        buf_printf(out, " season %d", day->season);
}

static const char *read(const char *text)
{
    static buf out;
    arena memory = {0};
    struct item_date date;
    buf_clear(&out);
    if (item_date_parse(&memory, &date, str_of(text))) {
        add_day(&out, &date.from);
        if (date.to.year)
            buf_add_text(&out, " to ");
        if (date.to.year)
            add_day(&out, &date.to);
        buf_add_text(&out, date.is_open ? " open" : "");
        buf_add_text(&out, date.circa ? " circa" : "");
    } else {
        buf_add_text(&out, "no date");
    }
    arena_free(&memory);
    return buf_text(&out);
}

TEST(edtf_days)
{
    CHECK_TEXT(read("2004"), "2004");
    CHECK_TEXT(read(" 2004-06 "), "2004-6");
    CHECK_TEXT(read("2004-06-14"), "2004-6-14");
    CHECK_TEXT(read("2004-06-14T23:59:59Z"), "2004-6-14");
    CHECK_TEXT(read("0079-08-24"), "79-8-24");
    CHECK_TEXT(read("-0043-03-15"), "-44-3-15"); /* the year 0 is 1 BC */
    CHECK_TEXT(read("0000"), "-1");
    CHECK_TEXT(read("Y-17000"), "-17001");
    CHECK_TEXT(read("Y12024"), "12024");
    CHECK_TEXT(read("2004-21"), "2004 season 1");
    CHECK_TEXT(read("2004-24"), "2004 season 4");
    CHECK_TEXT(read("2004-30"), "2004 season 2");
}

TEST(edtf_qualifications)
{
    CHECK_TEXT(read("2004-06?"), "2004-6 circa");
    CHECK_TEXT(read("1850~"), "1850 circa");
    CHECK_TEXT(read("1850-02-03%"), "1850-2-3 circa");
    CHECK_TEXT(read("2004-XX"), "2004");
    CHECK_TEXT(read("2004-06-XX"), "2004-6");
    CHECK_TEXT(read("2004-XX-XX"), "2004");
    CHECK_TEXT(read("201X"), "no date");
}

TEST(edtf_ranges)
{
    CHECK_TEXT(read("2004/2005"), "2004 to 2005");
    CHECK_TEXT(read("2004-06-14/2004-07-01"), "2004-6-14 to 2004-7-1");
    CHECK_TEXT(read("1987/.."), "1987 open");
    CHECK_TEXT(read("1987-02/"), "1987-2 open");
    CHECK_TEXT(read("1987~/1990"), "1987 to 1990 circa");
    CHECK_TEXT(read("../1987"), "no date");
}

TEST(people_write_words)
{
    CHECK_TEXT(read("14 June 2004"), "2004-6-14");
    CHECK_TEXT(read("June 14, 2004"), "2004-6-14");
    CHECK_TEXT(read("2004 Jun 14"), "2004-6-14");
    CHECK_TEXT(read("Sept. 2004"), "2004-9");
    CHECK_TEXT(read("Spring 2004"), "2004 season 1");
    CHECK_TEXT(read("Fall 1999-Winter 2000"), "1999 season 3 to 2000 season 4");
    CHECK_TEXT(read("May-June 2004"), "2004-5 to 2004-6");
    CHECK_TEXT(read("14-16 June 2004"), "2004-6-14 to 2004-6-16");
    CHECK_TEXT(read("June 14-16, 2004"), "2004-6-14 to 2004-6-16");
    CHECK_TEXT(read("1999-2000"), "1999 to 2000");
    CHECK_TEXT(read("2004-13"), "2004 to 2013");
    CHECK_TEXT(read("1 May 2004 - 2 June 2005"), "2004-5-1 to 2005-6-2");
}

TEST(people_write_digits)
{
    CHECK_TEXT(read("6/14/2004"), "2004-6-14");
    CHECK_TEXT(read("14/6/2004"), "2004-6-14");
    CHECK_TEXT(read("5/6/2004"), "2004-5-6");
    CHECK_TEXT(read("14.6.2004"), "2004-6-14");
    CHECK_TEXT(read("5. 6. 2004"), "2004-6-5");
    CHECK_TEXT(read("2004/6/14"), "2004-6-14");
    CHECK_TEXT(read("2004/06"), "2004-6");
    CHECK_TEXT(read("06/2004"), "2004-6");
    CHECK_TEXT(read("14/14/2004"), "no date");
    CHECK_TEXT(read("1/2/3/2004"), "no date");
}

TEST(people_write_about)
{
    CHECK_TEXT(read("c. 1850"), "1850 circa");
    CHECK_TEXT(read("circa June 1850"), "1850-6 circa");
    CHECK_TEXT(read("ca. 44 BC"), "-44 circa");
    CHECK_TEXT(read("[1965]"), "1965");
    CHECK_TEXT(read("[1965?]"), "1965 circa");
    CHECK_TEXT(read("44 B.C."), "-44");
    CHECK_TEXT(read("AD 79"), "79");
    CHECK_TEXT(read("79 CE"), "79");
}

TEST(what_is_no_date)
{
    CHECK_TEXT(read(""), "no date");
    CHECK_TEXT(read("in press"), "no date");
    CHECK_TEXT(read("Cambridge 2004"), "no date");
    CHECK_TEXT(read("2004-33-01"), "no date");
    CHECK_TEXT(read("2004-06-32"), "no date");
    CHECK_TEXT(read("99999999999999999999 BC"), "no date");
    CHECK_TEXT(read("/"), "no date");
}
