/* The same work or another one: titles, first pages and first authors compared. */
#include "store/same.h"

#include "record/pages.h"
#include "record/record.h"

#include <string.h>

enum { MOST_WORDS = 200, MOST_ROMAN = 5 }; /* of a title that is compared; letters ("xviii") */

static bool joins(str w)
{
    static const char *const joining[] = {
        "a",       "about", "after", "an",   "and",   "are",   "as",    "at",   "be",
        "between", "but",   "by",    "de",   "der",   "des",   "die",   "du",   "el",
        "en",      "et",    "for",   "from", "has",   "have",  "how",   "in",   "into",
        "is",      "it",    "its",   "la",   "le",    "les",   "of",    "on",   "or",
        "our",     "que",   "than",  "that", "the",   "their", "these", "this", "to",
        "und",     "was",   "were",  "what", "which", "who",   "with",
    };
    for (size_t i = 0; i < sizeof joining / sizeof *joining; i++)
        if (str_equal(w, str_of(joining[i])))
            return true;
    return false;
}

static bool has(const struct same_set *set, str w)
{
    for (size_t i = 0; i < set->count; i++)
        if (str_equal(set->items[i], w))
            return true;
    return false;
}

/* Numbers and letters part the works of a series, however long the rest of their titles is. */
static bool decides(str w)
{
    bool roman = w.length <= MOST_ROMAN;
    for (size_t i = 0; i < w.length; i++) {
        if (char_is_digit(w.data[i]))
            return true;
        roman &= strchr("ivx", w.data[i]) != NULL;
    }
    return roman || w.length == 1;
}

same_title same_title_of(arena *memory, str title)
{
    word_list *words = arena_alloc(memory, sizeof *words);
    *words = words_of(memory, title);
    same_title made = {.words = words};
    if (!words->count || words->count > MOST_WORDS)
        return made;
    str *items = arena_alloc(memory, words->count * sizeof *items);
    made.distinct.items = items;
    for (size_t i = 0; i < words->count; i++) {
        str w = words->items[i].folded;
        if (!joins(w) && !has(&made.distinct, w))
            items[made.distinct.count++] = w;
    }
    return made;
}

static bool equal(const word_list *a, const word_list *b)
{
    if (!a->count || a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (!str_equal(a->items[i].folded, b->items[i].folded))
            return false;
    return true;
}

static bool decided_by(const struct same_set *set, const struct same_set *other)
{
    for (size_t i = 0; i < set->count; i++)
        if (decides(set->items[i]) && !has(other, set->items[i]))
            return true;
    return false;
}

bool same_titles(const same_title *a, const same_title *b)
{
    const struct same_set *x = &a->distinct, *y = &b->distinct;
    if (equal(a->words, b->words))
        return true;
    if (decided_by(x, y) || decided_by(y, x))
        return false;
    size_t longer = x->count > y->count ? x->count : y->count, shared = 0;
    for (size_t i = 0; i < x->count; i++)
        shared += has(y, x->items[i]);
    return shared >= 2 && shared * 5 >= longer * 4;
}

static str first_page(arena *memory, const osler_record *record)
{
    const char *first = record->page_first, *last = NULL;
    if (!first && record->pages)
        pages_expand(memory, str_of(record->pages), &first, &last);
    str page = str_trim(str_of(first));
    return pages_is_page(page) ? page : (str){0};
}

static const char *first_family(const osler_record *record)
{
    const osler_name *name = osler_record_next_name(record, "author", NULL);
    return name ? name->family : NULL;
}

static bool all_in(const word_list *some, const word_list *all)
{
    for (size_t i = 0; i < some->count; i++) {
        size_t k = 0;
        while (k < all->count && !str_equal(some->items[i].folded, all->items[k].folded))
            k++;
        if (k == all->count)
            return false;
    }
    return true;
}

static word_list family_words(arena *memory, const char *family)
{
    buf plain = {0};
    markup_add_text(&plain, str_of(family));
    word_list words = words_of(memory, buf_str(&plain));
    if (words.count > MOST_WORDS)
        words.count = MOST_WORDS;
    buf_free(&plain);
    return words;
}

/* "Berg" is "van der Berg", whose particles some sources keep in a field of their own. */
static bool families_differ(arena *memory, const char *a, const char *b)
{
    if (!a || !b)
        return false;
    word_list x = family_words(memory, a), y = family_words(memory, b);
    return x.count && y.count && !all_in(&x, &y) && !all_in(&y, &x);
}

bool same_is_excluded(arena *memory, const osler_record *a, const osler_record *b)
{
    str page = first_page(memory, a), other = first_page(memory, b);
    if (page.length && other.length && !str_equal_ignoring_case(page, other))
        return true;
    return families_differ(memory, first_family(a), first_family(b));
}
