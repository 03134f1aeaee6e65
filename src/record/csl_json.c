/* Dates and texts of CSL-JSON, the strict and the usual. */
#include "record/csl_json.h"

#include "base/buf.h"
#include "record/dates.h"

static bool is_text(const struct json_value *value)
{
    return value && value->kind == JSON_IS_TEXT;
}

static bool is_array(const struct json_value *value)
{
    return value && value->kind == JSON_IS_ARRAY;
}

str csl_json_text(const struct json_value *value)
{
    bool has_text = value && (value->kind == JSON_IS_TEXT || value->kind == JSON_IS_NUMBER);
    return has_text ? value->text : (str){NULL, 0};
}

str csl_json_joined(arena *memory, const struct json_value *value)
{
    if (!is_array(value))
        return csl_json_text(value);
    buf joined = {0};
    for (const struct json_value *part = value->first; part; part = part->next) {
        str text = csl_json_text(part);
        if (joined.length && text.length)
            buf_add_text(&joined, ", ");
        buf_add(&joined, text);
    }
    str copy = {arena_copy(memory, buf_str(&joined)), joined.length};
    buf_free(&joined);
    return copy;
}

bool csl_json_yes(const struct json_value *value)
{
    str text = str_trim(csl_json_text(value));
    return (value && value->kind == JSON_IS_TRUE) ||
           (text.length && !str_is(text, "0") && !str_equal_ignoring_case(text, (str)STR("false")));
}

/* A part of a date: a number, or its digits as text.  0 for what is none. */
static int date_number(const struct json_value *value)
{
    enum { LONGEST = 7 };
    str text = str_trim(csl_json_text(value));
    bool negative = text.length && text.data[0] == '-';
    text = str_part(text, negative, text.length);
    text = str_part(text, 0, str_find(text, '.')); /* 2004.0 */
    unsigned long number;
    if (text.length > LONGEST || !str_number(text, &number))
        return 0;
    return negative ? -(int)number : (int)number;
}

/* One side of a range. */
struct side {
    int year, month, day, season;
};

static void read_side(struct side *side, const struct json_value *parts)
{
    *side = (struct side){.year = date_number(json_item(parts, 0))};
    date_split_month(date_number(json_item(parts, 1)), &side->month, &side->season);
    int day = date_number(json_item(parts, 2));
    if (side->month && day >= 1)
        side->day = day;
}

static void read_parts(osler_date *out, const struct json_value *parts)
{
    struct side from, to;
    bool flat = is_array(parts) && parts->first && !is_array(parts->first);
    const struct json_value *end = flat ? NULL : json_item(parts, 1);
    read_side(&from, flat ? parts : json_item(parts, 0));
    read_side(&to, end);
    out->year = from.year;
    out->month = from.month;
    out->day = from.day;
    out->season = from.season;
    out->end_year = to.year;
    out->end_month = to.month;
    out->end_day = to.day;
    out->end_season = to.season;
    out->open_end = from.year && end && !to.year;
}

static void read_season(osler_date *out, const struct json_value *value)
{
    enum { SEASONS = 4, FIRST_MONTH_NUMBER = 13 };
    int season = date_number(value);
    if (!season && is_text(value))
        season = date_season(str_trim(value->text));
    if (out->month || out->season)
        return;
    if (season >= 1 && season <= SEASONS)
        out->season = season;
    else if (season >= FIRST_MONTH_NUMBER)
        date_split_month(season, &out->month, &out->season);
}

/* The date that `text` says, or the text itself. */
static void read_text(arena *memory, osler_date *out, str text)
{
    text = str_trim(text);
    bool circa = out->circa;
    if (text.length && !date_parse_any(out, text))
        out->text = arena_copy(memory, text);
    out->circa |= circa;
}

/* Pandoc's YAML: {year: 2004, month: 6}, two of them for a range. */
static void read_members(osler_date *out, const struct json_value *from,
                         const struct json_value *to)
{
    out->year = date_number(json_member(from, "year"));
    out->month = date_number(json_member(from, "month"));
    out->day = date_number(json_member(from, "day"));
    date_split_month(out->month, &out->month, &out->season);
    read_season(out, json_member(from, "season"));
    out->circa = csl_json_yes(json_member(from, "circa"));
    out->end_year = date_number(json_member(to, "year"));
    out->end_month = date_number(json_member(to, "month"));
    out->end_day = date_number(json_member(to, "day"));
    date_split_month(out->end_month, &out->end_month, &out->end_season);
}

void csl_json_date(arena *memory, osler_date *out, const struct json_value *value)
{
    const struct json_value *first = value->kind == JSON_IS_ARRAY ? value->first : value;
    if (first && json_member(first, "year")) {
        read_members(out, first, first == value ? NULL : first->next);
        return;
    }
    if (value->kind == JSON_IS_NUMBER) {
        out->year = date_number(value);
        return;
    }
    if (value->kind != JSON_IS_OBJECT) {
        read_text(memory, out, csl_json_text(value));
        return;
    }
    str literal = str_trim(csl_json_text(json_member(value, "literal")));
    out->circa = csl_json_yes(json_member(value, "circa"));
    if (literal.length) {
        out->text = arena_copy(memory, literal);
        return;
    }
    read_parts(out, json_member(value, "date-parts"));
    if (!out->year)
        read_text(memory, out, csl_json_text(json_member(value, "raw")));
    read_season(out, json_member(value, "season"));
}
