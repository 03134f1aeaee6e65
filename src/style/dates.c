/* cs:date: own and localized forms, ranges, seasons, years before 500, the year-suffix. */
#include "style/numbers.h"
#include "style/render.h"
#include "style/text_case.h"

#include <stdio.h>

enum { MOST_PARTS = 8, EARLIEST_PLAIN_YEAR = 500 };

/* The parts to print, in order, with what a localized form and its overrides have said. */
struct plan {
    struct date_part parts[MOST_PARTS];
    size_t count;
    str delimiter;
};

struct printing {
    struct render *r;
    const struct date_node *node;
    const struct plan *plan;
    struct output *group;
    bool ends_later; /* the end of the range is to come: it gets the year-suffix */
};

/* ---- which parts ---- */

static bool precision_has(enum date_precision precision, enum date_part_name name)
{
    return name == DATE_PART_YEAR || precision == DATE_PARTS_YEAR_MONTH_DAY ||
           (precision == DATE_PARTS_YEAR_MONTH && name == DATE_PART_MONTH);
}

static void override_formatting(struct formatting *out, const struct formatting *by)
{
    if (by->font_style)
        out->font_style = by->font_style;
    if (by->font_variant)
        out->font_variant = by->font_variant;
    if (by->font_weight)
        out->font_weight = by->font_weight;
    if (by->decoration)
        out->decoration = by->decoration;
    if (by->vertical_align)
        out->vertical_align = by->vertical_align;
}

static void override_part(struct date_part *out, const struct date_part *by)
{
    if (by->form != DATE_FORM_DEFAULT)
        out->form = by->form;
    if (by->range_delimiter.length)
        out->range_delimiter = by->range_delimiter;
    if (by->look.text_case)
        out->look.text_case = by->look.text_case;
    out->look.strip_periods = out->look.strip_periods || by->look.strip_periods;
    override_formatting(&out->look.formatting, &by->look.formatting);
}

static void plan_make(struct plan *plan, const struct render *r, const struct node *node)
{
    const struct date_node *date = node->date;
    const struct date_parts *parts = &date->parts;
    plan->delimiter = node->look.delimiter;
    if (date->form != DATE_NOT_LOCALIZED) {
        parts = date->form == DATE_TEXT ? &r->locale->date_text : &r->locale->date_numeric;
        plan->delimiter = parts->look.delimiter;
    }
    plan->count = 0;
    for (size_t i = 0; i < parts->count && plan->count < MOST_PARTS; i++) {
        const struct date_part *part = &parts->items[i];
        if (date->form != DATE_NOT_LOCALIZED && !precision_has(date->precision, part->name))
            continue;
        struct date_part *own = &plan->parts[plan->count++];
        *own = *part;
        if (date->form == DATE_NOT_LOCALIZED)
            continue;
        for (size_t k = 0; k < date->parts.count; k++)
            if (date->parts.items[k].name == part->name)
                override_part(own, &date->parts.items[k]);
    }
}

/* ---- the text of a part ---- */

static str number_text(arena *memory, int digits, unsigned number)
{
    char text[16];
    size_t length = (size_t)snprintf(text, sizeof text, "%0*u", digits, number);
    return (str){arena_copy(memory, (str){text, length}), length};
}

static str year_text(const struct printing *p, const struct date_part *part, int year)
{
    struct render *r = p->r;
    unsigned count = year < 0 ? 0U - (unsigned)year : (unsigned)year;
    if (part->form == DATE_FORM_SHORT && year >= 1000)
        return number_text(r->memory, 2, count % 100);
    if (year >= EARLIEST_PLAIN_YEAR)
        return number_text(r->memory, 1, count);
    str era = locale_text(r->locale, year < 0 ? TERM_BC : TERM_AD, FORM_LONG, false);
    char *text = arena_room(r->memory, era.length + 16);
    size_t length = (size_t)snprintf(text, 16, "%u", count);
    if (era.length)
        memcpy(text + length, era.data, era.length);
    return (str){text, length + era.length};
}

static str month_text(const struct printing *p, const struct date_part *part,
                      const struct item_day *day)
{
    struct render *r = p->r;
    enum term_form form = part->form == DATE_FORM_SHORT ? FORM_SHORT : FORM_LONG;
    if (day->season >= 1 && day->season <= 4)
        return locale_text(r->locale, TERM_SEASON_01 + (unsigned)day->season - 1, form, false);
    if (day->month < 1 || day->month > 12)
        return (str){"", 0};
    if (part->form == DATE_FORM_NUMERIC)
        return number_text(r->memory, 1, (unsigned)day->month);
    if (part->form == DATE_FORM_NUMERIC_LEADING_ZEROS)
        return number_text(r->memory, 2, (unsigned)day->month);
    return locale_text(r->locale, TERM_MONTH_01 + (unsigned)day->month - 1, form, false);
}

static str day_text(const struct printing *p, const struct date_part *part,
                    const struct item_day *day)
{
    struct render *r = p->r;
    if (day->day < 1 || day->day > 31)
        return (str){"", 0};
    unsigned number = (unsigned)day->day;
    if (part->form == DATE_FORM_NUMERIC_LEADING_ZEROS)
        return number_text(r->memory, 2, number);
    str digits = number_text(r->memory, 1, number);
    if (part->form != DATE_FORM_ORDINAL || (r->locale->limit_day_ordinals_to_day_1 && number != 1))
        return digits;
    const struct term *month = NULL;
    if (day->month >= 1 && day->month <= 12)
        month = locale_term(r->locale, TERM_MONTH_01 + (unsigned)day->month - 1, FORM_LONG);
    return number_format(r->memory, digits, NUMBER_ORDINAL, month ? month->gender : GENDER_NONE,
                         r->locale);
}

static str part_text(const struct printing *p, const struct date_part *part,
                     const struct item_day *day)
{
    switch ((enum date_part_name)part->name) {
    case DATE_PART_YEAR: return day->year ? year_text(p, part, day->year) : (str){"", 0};
    case DATE_PART_MONTH: return month_text(p, part, day);
    case DATE_PART_DAY: return day_text(p, part, day);
    }
    return (str){"", 0};
}

/* ---- the year-suffix ---- */

/* The suffix to print behind the year now, or nothing. */
static str suffix_due(struct render *r, enum variable variable)
{
    str none = {"", 0};
    if (!r->shape.year_suffix.length || r->year_suffix_printed || r->sorting)
        return none;
    if (variable == VARIABLE_ACCESSED && item_has(r->item, VARIABLE_ISSUED))
        return none;
    if (r->area && r->area->facts.prints_year_suffix)
        return none;
    r->year_suffix_printed = true;
    return r->shape.year_suffix;
}

/* ---- output ---- */

static void add_text(struct printing *p, str text)
{
    if (!text.length)
        return;
    output_add(p->group, output_leaf(p->r->memory, text, NULL));
}

/* The look of a part without the affixes that a range takes away. */
static const struct look *part_look(struct printing *p, const struct date_part *part, bool prefix,
                                    bool suffix)
{
    struct look *look = arena_room(p->r->memory, sizeof *look);
    *look = part->look;
    if (!prefix)
        look->prefix = (str){"", 0};
    if (!suffix)
        look->suffix = (str){"", 0};
    return look;
}

static void add_suffix(struct printing *p, struct output *group)
{
    struct render *r = p->r;
    str suffix = suffix_due(r, p->node->variable);
    if (!suffix.length)
        return;
    struct output *node = output_leaf(r->memory, suffix, NULL);
    node->role = ROLE_YEAR_SUFFIX;
    output_add(group, node);
}

static void add_part(struct printing *p, const struct date_part *part, str text,
                     const struct look *look)
{
    struct render *r = p->r;
    struct output *leaf = output_leaf(r->memory, text, part->name == DATE_PART_YEAR ? NULL : look);
    if (part->name == DATE_PART_MONTH && part->look.strip_periods)
        strip_periods(r->memory, leaf);
    case_apply(r->memory, leaf, part->look.text_case, render_case_language(r));
    if (part->name != DATE_PART_YEAR) {
        output_add(p->group, leaf);
        return;
    }
    struct output *year = output_group(r->memory, look);
    year->role = ROLE_YEAR;
    output_add(year, leaf);
    if (!p->ends_later)
        add_suffix(p, year);
    output_add(p->group, year);
}

/* Print parts `from` to `to` of the plan for `day`; the first's prefix and the last's suffix only
 * when asked for. */
struct span {
    size_t from, to;
    bool prefix, suffix;
};

/* The place of the last part printed; that of the first when none was. */
static size_t add_span(struct printing *p, struct span span, const struct item_day *day)
{
    const struct date_part *parts = p->plan->parts;
    str texts[MOST_PARTS];
    size_t first = span.to, last = span.from;
    for (size_t i = span.from; i < span.to; i++) {
        texts[i] = part_text(p, &parts[i], day);
        if (!texts[i].length)
            continue;
        if (first == span.to)
            first = i;
        last = i;
    }
    for (size_t i = first; i < span.to; i++) {
        if (!texts[i].length)
            continue;
        if (i != first)
            add_text(p, p->plan->delimiter);
        add_part(p, &parts[i], texts[i],
                 part_look(p, &parts[i], i != first || span.prefix, i != last || span.suffix));
    }
    return last;
}

/* The largest part that the plan prints and that differs; 0 when none does. */
static unsigned differing_part(const struct plan *plan, const struct item_date *date)
{
    unsigned differing = 0;
    for (size_t i = 0; i < plan->count; i++) {
        unsigned name = plan->parts[i].name;
        bool differs = name == DATE_PART_YEAR    ? date->from.year != date->to.year
                       : name == DATE_PART_MONTH ? date->from.month != date->to.month ||
                                                       date->from.season != date->to.season
                                                 : date->from.day != date->to.day;
        if (differs && (!differing || name < differing))
            differing = name;
    }
    return differing;
}

static str range_delimiter(const struct plan *plan, unsigned name)
{
    for (size_t i = 0; i < plan->count; i++)
        if (plan->parts[i].name == name && plan->parts[i].range_delimiter.length)
            return plan->parts[i].range_delimiter;
    return (str){"\xE2\x80\x93", 3};
}

static void add_range(struct printing *p, const struct item_date *date, unsigned differing)
{
    const struct plan *plan = p->plan;
    size_t start = plan->count, end = 0;
    for (size_t i = 0; i < plan->count; i++) {
        if (plan->parts[i].name < differing)
            continue;
        if (start == plan->count)
            start = i;
        end = i + 1;
    }
    bool before = false, after = false;
    for (size_t i = 0; i < plan->count; i++) {
        bool prints = part_text(p, &plan->parts[i], &date->to).length > 0;
        before = before || (i < start && prints);
        after = after || (i >= end && prints);
    }
    add_span(p, (struct span){0, start, true, true}, &date->to);
    if (before)
        add_text(p, plan->delimiter);
    p->ends_later = true;
    add_span(p, (struct span){start, end, true, false}, &date->from);
    p->ends_later = false;
    add_text(p, range_delimiter(plan, differing));
    add_span(p, (struct span){start, end, false, true}, &date->to);
    if (after)
        add_text(p, plan->delimiter);
    add_span(p, (struct span){end, plan->count, true, true}, &date->to);
}

/* True when one end of the range has no such part: then the larger part is repeated. */
static bool lacks_part(const struct printing *p, const struct item_date *date, unsigned name)
{
    for (size_t i = 0; i < p->plan->count; i++) {
        const struct date_part *part = &p->plan->parts[i];
        if (part->name == name)
            return !part_text(p, part, &date->from).length || !part_text(p, part, &date->to).length;
    }
    return true;
}

static bool is_range(const struct item_date *date)
{
    return date->to.year != 0;
}

static void add_date(struct printing *p, const struct item_date *date)
{
    unsigned differing = is_range(date) ? differing_part(p->plan, date) : 0;
    while (differing > DATE_PART_YEAR && lacks_part(p, date, differing))
        differing--;
    if (differing) {
        add_range(p, date, differing);
        return;
    }
    struct span all = {0, p->plan->count, true, !date->is_open};
    size_t last = add_span(p, all, &date->from);
    if (!date->is_open || !p->group->first)
        return;
    add_text(p, range_delimiter(p->plan, DATE_PART_YEAR));
    if (last < p->plan->count)
        add_text(p, p->plan->parts[last].look.suffix);
}

/* ---- sorting ---- */

enum { YEAR_ZERO = 5000000, KEY_DAY = 11 };

/*
 * Eleven digits that order as the days do, as text and as a number: the year from an early one on,
 * month and day.
 */
static void key_add(char *key, const struct item_day *day, bool month, bool day_too)
{
    int year = day->year < -YEAR_ZERO ? -YEAR_ZERO : day->year > 4999999 ? 4999999 : day->year;
    unsigned months = month && day->month > 0 && day->month <= 12 ? (unsigned)day->month : 0;
    unsigned days = day_too && day->day > 0 && day->day <= 31 ? (unsigned)day->day : 0;
    char digits[24];
    snprintf(digits, sizeof digits, "%07u%02u%02u", (unsigned)(YEAR_ZERO + year), months, days);
    memcpy(key, digits, KEY_DAY);
}

static str key_of(arena *memory, const struct item_date *date, bool month, bool day)
{
    if (!date->from.year)
        return (str){"", 0}; /* a literal date has no place in time */
    char *key = arena_room(memory, (size_t)2 * KEY_DAY);
    key_add(key, &date->from, month, day);
    if (is_range(date))
        key_add(key + KEY_DAY, &date->to, month, day);
    else
        memset(key + KEY_DAY, '0', KEY_DAY); /* before the ranges that begin with it */
    return (str){key, (size_t)2 * KEY_DAY};
}

str render_date_key(arena *memory, const struct item_date *date)
{
    return key_of(memory, date, true, true);
}

static str sort_text(struct render *r, const struct plan *plan, const struct item_date *date)
{
    bool month = false, day = false;
    for (size_t i = 0; i < plan->count; i++) {
        month = month || plan->parts[i].name == DATE_PART_MONTH;
        day = day || plan->parts[i].name == DATE_PART_DAY;
    }
    return key_of(r->memory, date, month, day);
}

/* ---- cs:date ---- */

/*
 * A literal date stands where the year would, in its dress: not where a style prints the month and
 * day alone.
 */
static void add_literal(struct printing *p, const struct item_date *date)
{
    struct render *r = p->r;
    size_t i = 0;
    while (i < p->plan->count && p->plan->parts[i].name != DATE_PART_YEAR)
        i++;
    if (i == p->plan->count)
        return;
    const struct look *look = part_look(p, &p->plan->parts[i], true, true);
    struct output *literal = output_group(r->memory, look);
    output_add(literal, output_rich(r->memory, date->literal, NULL));
    case_apply(r->memory, literal, look->text_case, render_case_language(r));
    add_suffix(p, literal);
    output_add(p->group, literal);
}

/* The dress of the whole date: the node's, and the locale's formatting below it. */
static const struct look *date_look(struct render *r, const struct node *node)
{
    struct look *look = arena_room(r->memory, sizeof *look);
    *look = node->look;
    look->delimiter = (str){"", 0};
    if (node->date->form == DATE_NOT_LOCALIZED)
        return look;
    const struct date_parts *parts =
        node->date->form == DATE_TEXT ? &r->locale->date_text : &r->locale->date_numeric;
    look->formatting = parts->look.formatting;
    override_formatting(&look->formatting, &node->look.formatting);
    if (!look->text_case)
        look->text_case = parts->look.text_case;
    return look;
}

struct output *render_date(struct render *r, const struct node *node, enum found *found)
{
    enum variable variable = node->date->variable;
    const struct item_date *date = item_date(r->item, variable);
    *found = FOUND_ABSENT;
    if (!date || render_is_suppressed(r, variable)) {
        render_miss(r, variable);
        return NULL;
    }
    struct plan plan;
    plan_make(&plan, r, node);
    const struct look *look = date_look(r, node);
    struct printing p = {.r = r, .node = node->date, .plan = &plan};
    p.group = output_group(r->memory, look);
    p.group->role = ROLE_DATE;
    if (r->sorting)
        add_text(&p, sort_text(r, &plan, date));
    else if (date->literal.length)
        add_literal(&p, date);
    else
        add_date(&p, date);
    if (output_is_empty(p.group))
        return NULL;
    case_apply(r->memory, p.group, look->text_case, render_case_language(r));
    *found = FOUND_CONTENT;
    return p.group;
}
