/* Reading numbers as abstracts write them, and telling counts from measurements. */
#include "appraise/numbers.h"

#include "appraise/hash.h"

#include <pthread.h>
#include <string.h>

static const struct {
    const char *text;
    int value;
} small[] = {
    {"zero", 0},     {"one", 1},      {"two", 2},        {"three", 3},     {"four", 4},
    {"five", 5},     {"six", 6},      {"seven", 7},      {"eight", 8},     {"nine", 9},
    {"ten", 10},     {"eleven", 11},  {"twelve", 12},    {"thirteen", 13}, {"fourteen", 14},
    {"fifteen", 15}, {"sixteen", 16}, {"seventeen", 17}, {"eighteen", 18}, {"nineteen", 19},
    {"twenty", 20},  {"thirty", 30},  {"forty", 40},     {"fourty", 40},   {"fifty", 50},
    {"sixty", 60},   {"seventy", 70}, {"eighty", 80},    {"ninety", 90},
};

/* Units that follow a number which is no count. */
static const char *const units[] = {
    "year",      "years",     "yr",     "yrs",     "month",   "months", "week",      "weeks",
    "wk",        "wks",       "day",    "days",    "hour",    "hours",  "h",         "hr",
    "hrs",       "min",       "mins",   "minute",  "minutes", "s",      "sec",       "second",
    "seconds",   "mg",        "g",      "kg",      "ug",      "mcg",    "ml",        "l",
    "dl",        "mm",        "cm",     "m",       "mmhg",    "hz",     "khz",       "iu",
    "percent",   "per",       "times",  "fold",    "dose",    "doses",  "session",   "sessions",
    "items",     "item",      "point",  "points",  "degrees", "gy",     "third",     "thirds",
    "quarter",   "quarters",  "half",   "tenths",  "c",       "mmol",   "nmol",      "y",
    "x",         "visits",    "cycles", "centers", "centres", "sites",  "hospitals", "clinics",
    "countries", "questions", "scales", "grams",   "kcal",    "blocks",
};

/* Words whose number is a name: "phase 3", "day 2". */
static const char *const series[] = {
    "phase",  "grade",   "stage", "type",     "level",   "day",        "days",  "week",  "weeks",
    "month",  "months",  "year",  "years",    "group",   "groups",     "arm",   "part",  "table",
    "cohort", "cycle",   "class", "category", "version", "factor",     "study", "trial", "visit",
    "step",   "version", "aged",  "age",      "chapter", "experiment", "score", "covid", "dose",
};

/* "median age of 70", "mean 12". */
static const char *const statistics[] = {"age", "aged", "ages", "median", "mean", "average"};

enum { UNIT = 1, SERIES = 2, STATISTIC = 4, SLOTS = 512 };

/* All of these words by hash. */
static struct known {
    str text;
    unsigned kinds;
    int value; /* 1 more than the number; 0: none */
} slots[SLOTS];

static struct known *slot_of(str s, uint32_t hash)
{
    uint32_t at = hash % SLOTS;
    while (slots[at].text.length && !str_equal(slots[at].text, s))
        at = (at + 1) % SLOTS;
    return &slots[at];
}

static struct known *enter(const char *text)
{
    struct known *slot = slot_of(str_of(text), hash_text(str_of(text)));
    slot->text = str_of(text);
    return slot;
}

static void enter_all(const char *const words[], size_t count, unsigned kind)
{
    for (size_t i = 0; i < count; i++)
        enter(words[i])->kinds |= kind;
}

static void fill_slots(void)
{
    enter_all(units, sizeof units / sizeof *units, UNIT);
    enter_all(series, sizeof series / sizeof *series, SERIES);
    enter_all(statistics, sizeof statistics / sizeof *statistics, STATISTIC);
    for (size_t i = 0; i < sizeof small / sizeof *small; i++)
        enter(small[i].text)->value = small[i].value + 1;
}

static const struct known *known_of(str s)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, fill_slots);
    return slot_of(s, hash_word(s));
}

static bool is_kind(str s, unsigned kind)
{
    return known_of(s)->kinds & kind;
}

static int word_value(str s)
{
    return known_of(s)->value - 1;
}

const char *number_word(unsigned index)
{
    enum { COUNT = sizeof small / sizeof *small };
    return index < COUNT ? small[index].text : index == COUNT ? "hundred" : NULL;
}

/* The word after `at` in the same sentence, or NULL. */
static const word *following(const word_list *list, size_t at)
{
    if (at + 1 >= list->count || list->items[at + 1].sentence != list->items[at].sentence)
        return NULL;
    return &list->items[at + 1];
}

static bool joins(const word *next)
{
    return next && (next->gap == ' ' || next->gap == '-');
}

/* "seven" or "seventy-five": below a hundred. */
static long read_tens(const word_list *list, size_t at, size_t *used)
{
    long value = word_value(list->items[at].folded);
    *used = value >= 0;
    const word *next = following(list, at);
    if (value >= 20 && joins(next)) {
        int unit = word_value(next->folded);
        if (unit > 0 && unit < 10) {
            *used = 2;
            return value + unit;
        }
    }
    return value;
}

/* A number in words, as far as it has been read. */
struct spelled {
    long thousands, part; /* part: below a thousand; -1: nothing yet */
};

/* Take the word at `at`, and the units that follow a ten; the words taken, 0: it does not fit. */
static size_t take_word(struct spelled *n, const word_list *list, size_t at)
{
    str s = list->items[at].folded;
    size_t taken = 1;
    if (str_is(s, "hundred") && n->part < 100) {
        n->part = n->part <= 0 ? 100 : n->part * 100;
        return 1;
    }
    if (str_is(s, "thousand") && n->part > 0 && n->thousands == 0) {
        n->thousands = n->part * 1000;
        n->part = 0;
        return 1;
    }
    long tens = read_tens(list, at, &taken);
    if (tens < 0 || (n->part > 0 && n->part % 100 != 0))
        return 0;
    n->part = (n->part < 0 ? 0 : n->part) + tens;
    return taken;
}

/* "and" joins behind a hundred or a thousand, when a number below a hundred follows. */
static bool and_joins(const struct spelled *n, const word_list *list, size_t at)
{
    size_t used;
    return (n->part >= 100 || n->thousands) && str_is(list->items[at].folded, "and") &&
           joins(following(list, at)) && read_tens(list, at + 1, &used) >= 0;
}

/* Words: sums below a hundred, "hundred" and "thousand" multiply. */
static long read_words(const word_list *list, size_t at, size_t *used)
{
    struct spelled n = {0, -1};
    size_t end = at;
    *used = 0;
    while (end < list->count && (end == at || joins(following(list, end - 1)))) {
        size_t skipped = and_joins(&n, list, end);
        size_t taken = take_word(&n, list, end + skipped);
        if (!taken)
            break;
        end += skipped + taken;
        *used = end - at;
    }
    return *used ? n.thousands + (n.part < 0 ? 0 : n.part) : -1;
}

static bool all_digits(str s)
{
    for (size_t i = 0; i < s.length; i++)
        if (!char_is_digit(s.data[i]))
            return false;
    return s.length > 0;
}

/* True when exactly a separator of thousands stands between two words. */
static bool thousands_between(const word *a, const word *b, str text)
{
    size_t from = a->offset + a->length;
    str between = str_part(text, from, b->offset - from);
    if (str_is(between, ",") || str_is(between, " ") || str_is(between, "\xC2\xA0"))
        return true;
    /* U+2000 to U+200A and U+202F: the spaces of typography */
    return between.length == 3 && (unsigned char)between.data[0] == 0xE2 &&
           (unsigned char)between.data[1] == 0x80 &&
           ((unsigned char)between.data[2] <= 0x8A || (unsigned char)between.data[2] == 0xAF);
}

static long read_digits(const word_list *list, str text, size_t at, size_t *used)
{
    const word *first = &list->items[at];
    unsigned long value;
    *used = 1;
    if (!all_digits(first->folded) || !str_number(first->folded, &value))
        return -1;
    if (first->folded.length <= 3 && value > 0)
        for (const word *last = first, *next;
             (next = following(list, at + *used - 1)) && next->folded.length == 3 &&
             all_digits(next->folded) && thousands_between(last, next, text) && *used < 3;
             last = next, (*used)++) {
            unsigned long group = 0;
            str_number(next->folded, &group);
            value = value * 1000 + group;
        }
    return value > NUMBER_LARGEST ? -1 : (long)value;
}

long number_read(const word_list *list, str text, size_t at, size_t *used)
{
    const char first = list->items[at].folded.length ? list->items[at].folded.data[0] : 0;
    *used = 1;
    if (char_is_digit(first))
        return read_digits(list, text, at, used);
    size_t taken;
    long value = char_is_letter(first) ? read_words(list, at, &taken) : -1;
    if (value >= 0)
        *used = taken;
    return value;
}

/* "median age of 70", "mean 12". */
static bool is_statistic(const word_list *list, size_t at)
{
    for (size_t back = 1; back <= 2 && back <= at; back++) {
        const word *w = &list->items[at - back];
        if (w->sentence == list->items[at].sentence && is_kind(w->folded, STATISTIC))
            return true;
        if (!str_is(w->folded, "of") && !str_is(w->folded, "was"))
            return false;
    }
    return false;
}

/* What stands right before the number makes it a part of something else, or an item's mark. */
static bool bound_before(char before, char after)
{
    return (before && strchr(".,/-:", before)) || (before == '(' && after == ')');
}

/* The same for what follows: a percentage, a decimal, a range, a ratio, a plus-minus, a degree. */
static bool bound_after(const char *end)
{
    const unsigned char *c = (const unsigned char *)end;
    if (c[0] == '%' || c[0] == '/')
        return true;
    if ((c[0] == ' ' || c[0] >= 0x80) && c[1] == '%')
        return true;
    if (c[0] && strchr(".,:-", end[0]))
        return char_is_digit(end[1]);
    if (c[0] == 0xC2) /* degree, plus-minus, middle dot */
        return c[1] == 0xB0 || c[1] == 0xB1 || c[1] == 0xB7;
    return c[0] == 0xE2 && c[1] && c[2] && char_is_digit(end[3]); /* a dash of three bytes */
}

bool number_counts(const word_list *list, str text, size_t at, size_t used)
{
    const word *first = &list->items[at], *last = &list->items[at + used - 1];
    size_t end = last->offset + last->length;
    char after[5] = "";
    for (size_t i = 0; i + 1 < sizeof after && end + i < text.length; i++)
        after[i] = text.data[end + i];
    if (first->folded.data[0] == '0' || is_statistic(list, at) || bound_after(after) ||
        bound_before(first->offset ? text.data[first->offset - 1] : ' ', after[0]))
        return false;
    const word *previous = at ? &list->items[at - 1] : NULL;
    if (previous && previous->sentence == first->sentence &&
        (first->gap == ' ' || first->gap == '-') && is_kind(previous->folded, SERIES))
        return false;
    const word *next = following(list, at + used - 1);
    return !(next && (next->gap == ' ' || next->gap == '-') && is_kind(next->folded, UNIT));
}
