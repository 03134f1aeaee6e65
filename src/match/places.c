/* Where and when it was published: journal, year, volume, issue, pages, identifiers. */
#include "match/parts.h"

#include "base/words.h"
#include "journals/journals.h"
#include "record/identifiers.h"
#include "record/pages.h"

#include <stdlib.h>
#include <string.h>

enum { LEAST_JOURNAL = 6, NAMES = 3, PREPRINTS = 5 };

/* -- journal ------------------------------------------------------------------------------------
 */

struct journal_names {
    str items[NAMES];
};

static struct journal_names names_of(const osler_record *r)
{
    return (struct journal_names){{str_of(r->container_title), str_of(r->container_title_medline),
                                   str_of(r->container_title_iso)}};
}

static bool is_misspelled(str a, str b)
{
    buf x = {0}, y = {0};
    journals_add_key(&x, a);
    journals_add_key(&y, b);
    bool near = x.length >= LEAST_JOURNAL && y.length >= LEAST_JOURNAL &&
                match_distance(buf_str(&x), buf_str(&y), 2, false) <= 2;
    buf_free(&x);
    buf_free(&y);
    return near;
}

static enum match_agreement compare_names(str a, str b)
{
    if (!a.length || !b.length)
        return MATCH_ABSENT;
    if (journals_compare(a, b) != JOURNALS_DIFFERENT)
        return MATCH_SAME;
    return is_misspelled(a, b) ? MATCH_NEAR : MATCH_DIFFERENT;
}

static enum match_agreement compare_journals(const osler_record *reference,
                                             const osler_record *record)
{
    struct journal_names a = names_of(reference), b = names_of(record);
    enum match_agreement best = MATCH_ABSENT;
    for (size_t i = 0; i < NAMES; i++) {
        for (size_t k = 0; k < NAMES && best != MATCH_SAME; k++) {
            enum match_agreement now = compare_names(a.items[i], b.items[k]);
            best = now > best ? now : best;
        }
    }
    return best;
}

bool match_is_preprint(const osler_record *r)
{
    static const char *const servers[] = {"biorxiv", "medrxiv", "arxiv", "research square", "ssrn"};
    str name = str_of(r->container_title ? r->container_title : r->container_title_medline);
    for (size_t i = 0; i < r->publication_types.count; i++)
        if (r->publication_types.items[i].ui &&
            strcmp(r->publication_types.items[i].ui, "D000076942") == 0)
            return true;
    for (size_t i = 0; i < PREPRINTS; i++)
        if (str_contains_ignoring_case(name, str_of(servers[i])))
            return true;
    return false;
}

/* -- year ---------------------------------------------------------------------------------------
 */

static enum match_agreement compare_years(const osler_record *reference, const osler_record *record)
{
    int a = osler_record_year(reference), b = osler_record_year(record);
    const osler_date *early = osler_record_date(record, "epublished");
    if (!a || !b)
        return MATCH_ABSENT;
    if (a == b)
        return MATCH_SAME;
    /* Ahead of print there is no volume; with one the year is the volume's. */
    if (early && early->year == a && !reference->volume && !reference->pages)
        return MATCH_SAME;
    return abs(a - b) == 1 ? MATCH_NEAR : MATCH_DIFFERENT;
}

/* -- volume and issue ---------------------------------------------------------------------------
 */

static bool is_label(str term)
{
    static const char *const labels[] = {"vol",   "volume", "v",   "no", "number",
                                         "issue", "nr",     "iss", "pt", "part"};
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        if (str_is(term, labels[i]))
            return true;
    return false;
}

static void add_numbers(buf *out, arena *memory, const char *text)
{
    word_list words = words_of(memory, str_of(text));
    for (size_t i = 0; i < words.count; i++) {
        str number = words.items[i].folded;
        if (is_label(number))
            continue;
        if (str_starts_with(number, str_of("suppl")))
            number = str_of("suppl");
        while (number.length > 1 && number.data[0] == '0')
            number = str_part(number, 1, number.length);
        buf_add(out, number);
        buf_add_byte(out, ' ');
    }
}

static enum match_agreement compare_numbers(arena *memory, const char *a, const char *b)
{
    buf x = {0}, y = {0};
    add_numbers(&x, memory, a);
    add_numbers(&y, memory, b);
    enum match_agreement how = !x.length || !y.length                ? MATCH_ABSENT
                               : str_equal(buf_str(&x), buf_str(&y)) ? MATCH_SAME
                                                                     : MATCH_DIFFERENT;
    buf_free(&x);
    buf_free(&y);
    return how;
}

/* "12 Suppl 1" as the volume is volume 12, issue Suppl 1. */
static bool together_agree(arena *memory, const osler_record *a, const osler_record *b)
{
    buf x = {0}, y = {0};
    add_numbers(&x, memory, a->volume);
    add_numbers(&x, memory, a->issue);
    add_numbers(&y, memory, b->volume);
    add_numbers(&y, memory, b->issue);
    bool agree = x.length && (str_starts_with(buf_str(&y), buf_str(&x)) ||
                              str_starts_with(buf_str(&x), buf_str(&y)));
    buf_free(&x);
    buf_free(&y);
    return agree && a->volume && b->volume;
}

static bool is_supplement(const osler_record *r)
{
    return str_contains_ignoring_case(str_of(r->issue), str_of("suppl")) ||
           str_contains_ignoring_case(str_of(r->volume), str_of("suppl"));
}

/* -- pages --------------------------------------------------------------------------------------
 */

struct page_range {
    str first, last;
};

/* A page as compared: letters and digits, no zeros before it. */
static str page(arena *memory, const char *text)
{
    str letters = match_letters(memory, str_of(text));
    while (letters.length > 1 && letters.data[0] == '0')
        letters = str_part(letters, 1, letters.length);
    return letters;
}

static struct page_range pages_of(arena *memory, const osler_record *r)
{
    const char *first = r->page_first, *last = r->page_last;
    if (r->pages && (!first || !last)) {
        const char *start = NULL, *end = NULL;
        pages_expand(memory, str_of(r->pages), &start, &end);
        first = first ? first : start;
        last = last ? last : end;
    }
    if (!first)
        first = r->article_number ? r->article_number : r->pages;
    return (struct page_range){page(memory, first), page(memory, last)};
}

/* "e123" is printed as "123" too. */
static bool first_pages_agree(str a, str b)
{
    if (a.length > 1 && a.data[0] == 'e' && b.length && char_is_digit(b.data[0]))
        a = str_part(a, 1, a.length);
    else if (b.length > 1 && b.data[0] == 'e' && a.length && char_is_digit(a.data[0]))
        b = str_part(b, 1, b.length);
    return str_equal(a, b);
}

static bool is_other_number(arena *memory, str first, const osler_record *record)
{
    str number = page(memory, record->article_number), item = page(memory, record->pii);
    return (number.length && first_pages_agree(first, number)) ||
           (item.length && first_pages_agree(first, item));
}

static enum match_agreement compare_pages(arena *memory, const osler_record *reference,
                                          const osler_record *record)
{
    struct page_range a = pages_of(memory, reference), b = pages_of(memory, record);
    if (!a.first.length || !b.first.length)
        return MATCH_ABSENT;
    if (!first_pages_agree(a.first, b.first))
        return is_other_number(memory, a.first, record) ? MATCH_SAME : MATCH_DIFFERENT;
    if (!a.last.length || !b.last.length || first_pages_agree(a.last, b.last) ||
        str_equal(a.first, a.last))
        return MATCH_SAME;
    return MATCH_NEAR;
}

/* -- identifiers --------------------------------------------------------------------------------
 */

static enum match_agreement compare_texts(str a, str b)
{
    return !a.length || !b.length          ? MATCH_ABSENT
           : str_equal_ignoring_case(a, b) ? MATCH_SAME
                                           : MATCH_DIFFERENT;
}

static void compare_identifiers(enum match_agreement *fields, arena *memory, const osler_record *a,
                                const osler_record *b)
{
    fields[MATCH_PMID] = compare_texts(str_of(identifier_pmid(memory, str_of(a->pmid))),
                                       str_of(identifier_pmid(memory, str_of(b->pmid))));
    fields[MATCH_DOI] =
        compare_texts(identifier_bare_doi(str_of(a->doi)), identifier_bare_doi(str_of(b->doi)));
    fields[MATCH_PMCID] = compare_texts(str_of(identifier_pmcid(memory, str_of(a->pmcid))),
                                        str_of(identifier_pmcid(memory, str_of(b->pmcid))));
}

void match_places(struct match_comparison *out, arena *memory, const osler_record *reference,
                  const osler_record *record)
{
    enum match_agreement *fields = out->fields;
    fields[MATCH_JOURNAL] = compare_journals(reference, record);
    fields[MATCH_YEAR] = compare_years(reference, record);
    fields[MATCH_VOLUME] = compare_numbers(memory, reference->volume, record->volume);
    fields[MATCH_ISSUE] = compare_numbers(memory, reference->issue, record->issue);
    fields[MATCH_PAGE] = compare_pages(memory, reference, record);
    if (together_agree(memory, reference, record)) {
        fields[MATCH_VOLUME] = MATCH_SAME;
        fields[MATCH_ISSUE] = fields[MATCH_ISSUE] == MATCH_ABSENT ? MATCH_ABSENT : MATCH_SAME;
    }
    compare_identifiers(fields, memory, reference, record);
    out->apart = match_is_preprint(reference) != match_is_preprint(record);
    if (fields[MATCH_PAGE] == MATCH_DIFFERENT && is_supplement(reference) != is_supplement(record))
        out->apart = true;
}
