/* Checking the text of a term against its field: dates, numbers, sizes, known words. */
#include "query/query.h"

#include "base/words.h"
#include "query/lex.h"

#include <osler/appraise.h>
#include <string.h>

enum { LAST_DAY = 99991231 };

static int month_of(str name)
{
    static const char months[] = "janfebmaraprmayjunjulaugsepoctnovdec";
    for (size_t i = 0; name.length >= 3 && i < 12; i++)
        if (str_equal_ignoring_case(str_part(name, 0, 3), (str){months + 3 * i, 3}))
            return (int)i + 1;
    return 0;
}

/* "2019", "2019/03", "2019-03-15", "2019 Mar 5": the earliest and the latest day it may mean, as
 * YYYYMMDD.  Parts that are not known are 00 in the library, so that the earliest ends in 0000. */
static bool read_date(str text, int64_t *low, int64_t *high)
{
    unsigned long parts[3] = {0};
    size_t count = 0;
    arena scratch = {0};
    word_list words = words_of(&scratch, text);
    bool good = words.count >= 1 && words.count <= 3 && words.items[0].folded.length == 4;
    for (size_t i = 0; good && i < words.count; i++, count++) {
        good = str_number(words.items[i].folded, &parts[i]);
        if (!good && i == 1) {
            parts[1] = (unsigned long)month_of(words.items[i].folded);
            good = parts[1] != 0;
        }
    }
    arena_free(&scratch);
    if (!good || parts[1] > 12 || parts[2] > 31 || (count > 1 && !parts[1]) ||
        (count > 2 && !parts[2]))
        return false;
    *low = (int64_t)(parts[0] * 10000 + parts[1] * 100 + parts[2]);
    *high = count == 1 ? *low + 9999 : count == 2 ? *low + 99 : *low;
    /* As in PubMed, a date without day or month is the first of them. */
    if (parts[2] == 1)
        *low -= 1;
    if (parts[1] == 1 && parts[2] <= 1)
        *low -= 100;
    return true;
}

static osler_status reversed(const query_leaf *leaf, osler_error *error)
{
    return query_fail(error, leaf->column, "the range %.40s:%.40s ends before it begins",
                      leaf->text, leaf->to);
}

static osler_status check_date(query_leaf *leaf, osler_error *error)
{
    int64_t ignored;
    const char *end = leaf->to ? leaf->to : leaf->text;
    if (!read_date(str_of(leaf->text), &leaf->low, &ignored) ||
        !read_date(str_of(end), &ignored, &leaf->high))
        return query_fail(error, leaf->column,
                          "'%.40s%s%.40s' is no date: expected YYYY, YYYY/MM or YYYY/MM/DD",
                          leaf->text, leaf->to ? ":" : "", leaf->to ? leaf->to : "");
    return leaf->low <= leaf->high ? OSLER_OK : reversed(leaf, error);
}

static bool read_number(const char *text, int64_t *out)
{
    unsigned long number = 0;
    bool good = str_number(str_trim(str_of(text)), &number) && number < (1UL << 62);
    *out = (int64_t)number;
    return good;
}

static osler_status check_number(query_leaf *leaf, osler_error *error)
{
    leaf->high = 0;
    bool good = read_number(leaf->text, &leaf->low);
    if (good && leaf->to)
        good = read_number(leaf->to, &leaf->high);
    else
        leaf->high = leaf->low;
    if (good && leaf->low > leaf->high)
        return reversed(leaf, error);
    return good ? OSLER_OK
                : query_fail(error, leaf->column, "'%.40s' is no number of digits alone",
                             leaf->to && read_number(leaf->text, &leaf->low) ? leaf->to
                                                                             : leaf->text);
}

/* ">100", ">=100", "<100", "<=100", "100", or the beginning of a range */
static osler_status check_size(query_leaf *leaf, osler_error *error)
{
    const char *text = leaf->text;
    char sign = *text == '<' || *text == '>' ? *text++ : '=';
    bool equal = sign == '=' || *text == '=';
    if (*text == '=')
        text++;
    int64_t number, to = 0;
    if (!read_number(text, &number) || (leaf->to && (sign != '=' || !read_number(leaf->to, &to))))
        return query_fail(error, leaf->column,
                          "'%.40s' is no size: expected n:100, n:>100, n:<=100 or n:100:200",
                          leaf->text);
    leaf->low = sign == '<' ? 1 : equal ? number : number + 1;
    leaf->high = sign == '>' ? INT64_MAX : leaf->to ? to : equal ? number : number - 1;
    return leaf->to && leaf->low > leaf->high ? reversed(leaf, error) : OSLER_OK;
}

static osler_status check_design(const query_leaf *leaf, osler_error *error)
{
    if (query_designs(str_of(leaf->text)))
        return OSLER_OK;
    buf near = {0};
    query_design_suggest(&near, str_of(leaf->text));
    osler_status status =
        query_fail(error, leaf->column, "'%.40s' is no study design, such as randomized-trial%s",
                   leaf->text, buf_text(&near));
    buf_free(&near);
    return status;
}

static osler_status check_flag(const query_leaf *leaf, osler_error *error)
{
    static const char *const flags[] = {"retracted",      "withdrawn",      "retraction-notice",
                                        "concern",        "concern-notice", "erratum",
                                        "erratum-notice", "superseded",     "republished",
                                        "preprint",       "duplicate"};
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        if (str_equal_ignoring_case(str_of(leaf->text), str_of(flags[i])))
            return OSLER_OK;
    return query_fail(error, leaf->column,
                      "'%.40s' is no flag: expected retracted, withdrawn, concern, erratum, "
                      "superseded, preprint or a notice of these",
                      leaf->text);
}

/* Where '*' may stand, and behind how much. */
static osler_status check_prefix(const query_leaf *leaf, osler_error *error)
{
    enum query_kind kind = leaf->tag->kind;
    if (leaf->near >= 0)
        return query_fail(error, leaf->column, "words near to each other take no '*'");
    if (kind != QUERY_WORDS && kind != QUERY_AUTHOR && kind != QUERY_JOURNAL)
        return query_fail(error, leaf->column, "[%s] takes no '*'", leaf->tag->name);
    arena scratch = {0};
    word_list words = words_of(&scratch, str_of(leaf->text));
    size_t letters = 0; /* an author's initials are few: there the family name counts too */
    for (size_t i = kind == QUERY_AUTHOR || !words.count ? 0 : words.count - 1; i < words.count;
         i++)
        letters += words.items[i].folded.length;
    bool enough = letters >= QUERY_SHORTEST_PREFIX;
    arena_free(&scratch);
    return enough ? OSLER_OK
                  : query_fail(error, leaf->column, "at least %d letters must stand before '*'",
                               QUERY_SHORTEST_PREFIX);
}

osler_status query_check_leaf(query_leaf *leaf, osler_error *error)
{
    const char *ignored;
    enum query_kind kind = leaf->tag->kind;
    if (leaf->to && kind != QUERY_DATE && kind != QUERY_NUMBER && kind != QUERY_SIZE)
        return query_fail(error, leaf->column, "[%s] takes no range", leaf->tag->name);
    osler_status status = leaf->prefix ? check_prefix(leaf, error) : OSLER_OK;
    if (status != OSLER_OK)
        return status;
    switch (kind) {
    case QUERY_DATE: return check_date(leaf, error);
    case QUERY_NUMBER: return check_number(leaf, error);
    case QUERY_SIZE: return check_size(leaf, error);
    case QUERY_FLAG: return check_flag(leaf, error);
    case QUERY_DESIGN: return check_design(leaf, error);
    case QUERY_FILTER:
        return query_filter(str_of(leaf->text), &ignored)
                   ? OSLER_OK
                   : query_fail(error, leaf->column,
                                "there is no filter '%.40s'; there are hasabstract, humans, "
                                "english, medline, clinicaltrial, review, ...",
                                leaf->text);
    case QUERY_WORDS:
    case QUERY_AUTHOR:
    case QUERY_JOURNAL:
    case QUERY_HEADING:
    case QUERY_TYPE:
    case QUERY_LANGUAGE:
    case QUERY_REGISTRY:
    case QUERY_PAGE:
    case QUERY_QUALIFIER:
    case QUERY_IDENTIFIER:
    case QUERY_TERM:
    case QUERY_OWN: break;
    }
    arena scratch = {0};
    bool some = words_of(&scratch, str_of(leaf->text)).count > 0;
    arena_free(&scratch);
    return some ? OSLER_OK : query_fail(error, leaf->column, "there is no word in this term");
}
