/* Making references with one known error each. */
#include "mutate.h"

#include "base/buf.h"
#include "record/record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const struct {
    const char *name;
    int verdict;
} mutations[MUTATIONS] = {
    {"none", 0},
    {"abbreviated journal", 0},
    {"et al.", 0},
    {"no issue, no DOI", 0},
    {"case of the title", 0},
    {"short page range", 0},
    {"typing error in the title", 1},
    {"wrong year", 1},
    {"wrong volume", 1},
    {"wrong page", 1},
    {"misspelled author", 1},
    {"author left out", 1},
    {"title cut off", 1},
    {"DOI of another paper", 1},
    {"another journal", 1},
    {"wrong issue", 1},
    {"authors of another paper", 2},
    {"title of another paper", 2},
    {"part II", 3},
    {"erratum", 3},
    {"reply", 3},
    {"congress abstract", 3},
    {"next year's report", 3},
};

const char *mutation_name(enum mutation mutation)
{
    return mutations[mutation].name;
}

int mutation_verdict(enum mutation mutation)
{
    return mutations[mutation].verdict;
}

unsigned mutate_number(uint64_t *seed, unsigned most)
{
    /* Vigna's splitmix64 */
    uint64_t z = *seed += 0x9E3779B97F4A7C15U;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return (unsigned)((z ^ (z >> 31)) % most);
}

/* The texts one behind the other. */
static const char *join(arena *memory, const char *a, const char *b, const char *c)
{
    size_t size = strlen(a) + strlen(b) + strlen(c) + 1;
    char *made = arena_alloc(memory, size);
    snprintf(made, size, "%s%s%s", a, b, c);
    return made;
}

static bool is_author(const osler_name *n)
{
    return !n->superseded && n->family && (!n->role || strcmp(n->role, "author") == 0);
}

static void take_names(arena *memory, osler_record *to, const osler_record *from)
{
    to->names = (osler_name_list){0};
    for (size_t i = 0; i < from->names.count; i++) {
        const osler_name *n = &from->names.items[i];
        if (is_author(n))
            *(osler_name *)RECORD_ADD(memory, &to->names) =
                (osler_name){.role = "author",
                             .family = n->family,
                             .initials = n->initials,
                             .given = n->initials ? NULL : n->given,
                             .suffix = n->suffix};
    }
}

/* What a reference prints: no PMID, the year alone. */
static osler_record *reference_of(arena *memory, const osler_record *r)
{
    osler_record *made = arena_alloc(memory, sizeof *made);
    *made = (osler_record){.csl_type = "article-journal",
                           .title = r->title,
                           .container_title = r->container_title,
                           .volume = r->volume,
                           .issue = r->issue,
                           .pages = r->pages,
                           .page_first = r->page_first,
                           .page_last = r->page_last,
                           .article_number = r->article_number,
                           .doi = r->doi};
    take_names(memory, made, r);
    osler_date *date = RECORD_ADD(memory, &made->dates);
    *date = (osler_date){.kind = "issued", .year = osler_record_year(r)};
    return made;
}

/* One letter of `text` left out, doubled, exchanged or replaced, inside a word; NULL: too short. */
static const char *misspell(arena *memory, uint64_t *seed, const char *text)
{
    size_t length = strlen(text);
    for (unsigned tries = 0; length >= 4 && tries < 100; tries++) {
        size_t at = 1 + mutate_number(seed, (unsigned)length - 2);
        char *made = arena_alloc(memory, length + 2);
        memcpy(made, text, length);
        if (!char_is_letter(text[at - 1]) || !char_is_letter(text[at]) ||
            !char_is_letter(text[at + 1]))
            continue;
        switch (mutate_number(seed, 4)) {
        case 0: memmove(made + at, text + at + 1, length - at); break;
        case 1: memmove(made + at + 1, text + at, length - at + 1); break;
        case 2:
            made[at] = text[at + 1];
            made[at + 1] = text[at];
            break;
        default: made[at] = (char)('a' + (text[at] + 7) % 26);
        }
        if (strcasecmp(made, text) != 0)
            return made;
    }
    return NULL;
}

static const char *other_number(arena *memory, uint64_t *seed, const char *number)
{
    char *end;
    long value = number ? strtol(number, &end, 10) : 0;
    char *made = arena_alloc(memory, 24);
    if (value <= 0 || *end)
        return NULL;
    snprintf(made, 24, "%ld", value + 1 + (long)mutate_number(seed, 9));
    return made;
}

static bool move_pages(arena *memory, uint64_t *seed, osler_record *r)
{
    const char *first = other_number(memory, seed, r->page_first);
    if (!first)
        return false;
    r->page_first = first;
    r->pages = r->page_last ? join(memory, first, "-", r->page_last) : first;
    return true;
}

static const char *upper(arena *memory, const char *text)
{
    char *made = arena_alloc(memory, strlen(text) + 1);
    for (size_t i = 0; text[i]; i++)
        made[i] = text[i] >= 'a' && text[i] <= 'z' ? (char)(text[i] - 'a' + 'A') : text[i];
    return strchr(text, '<') || strchr(text, '&') ? text : made;
}

static const char *cut_title(arena *memory, const char *title)
{
    size_t length = strlen(title), at = length * 3 / 5;
    while (at < length && title[at] != ' ')
        at++;
    if (length < 50 || at + 8 > length || strchr(title, '<'))
        return NULL;
    return arena_copy(memory, (str){title, at});
}

static bool mutate_authors(arena *memory, uint64_t *seed, enum mutation m, osler_record *r)
{
    osler_name_list *list = &r->names;
    if (m == MUTATE_AUTHOR_TYPO) {
        list->items[0].family = misspell(memory, seed, list->items[0].family);
        return list->items[0].family && !strchr(list->items[0].family, '<');
    }
    if (list->count < 4)
        return false;
    if (m == MUTATE_ET_AL) {
        r->names_incomplete = true;
        list->count = 3;
    } else {
        memmove(&list->items[1], &list->items[2], (list->count - 2) * sizeof *list->items);
        list->count--;
    }
    return true;
}

static bool mutate_title(arena *memory, uint64_t *seed, enum mutation m, osler_record *r)
{
    switch ((int)m) {
    case MUTATE_CASE: r->title = upper(memory, r->title); break;
    case MUTATE_TITLE_TYPO: r->title = misspell(memory, seed, r->title); break;
    case MUTATE_TRUNCATED_TITLE: r->title = cut_title(memory, r->title); break;
    case MUTATE_PART_TWO: r->title = join(memory, r->title, " Part II", "."); break;
    case MUTATE_ERRATUM:
        if (strncmp(r->title, "Erratum", 7) == 0)
            return false;
        r->title = join(memory, "Erratum: ", r->title, "");
        break;
    default: r->title = join(memory, "Reply to: ", r->title, ""); break;
    }
    return r->title != NULL;
}

/* Where it was published, of another work that looks alike. */
static bool move(arena *memory, uint64_t *seed, enum mutation m, osler_record *r,
                 const osler_record *other)
{
    r->doi = NULL;
    if (m == MUTATE_CONGRESS_ABSTRACT) {
        r->container_title = other->container_title;
        r->issue = "Suppl 1";
        r->volume = other_number(memory, seed, r->volume);
    } else if (m == MUTATE_NEXT_YEAR) {
        r->dates.items[0].year++;
        r->volume = other_number(memory, seed, r->volume);
    }
    return r->volume && move_pages(memory, seed, r);
}

static bool differ(const char *a, const char *b)
{
    return a && b && strcmp(a, b) != 0;
}

static bool shorten_pages(arena *memory, osler_record *r)
{
    size_t length = r->page_first ? strlen(r->page_first) : 0;
    if (!r->page_last || strlen(r->page_last) != length || length < 2 ||
        strncmp(r->page_first, r->page_last, length - 1) != 0)
        return false;
    r->pages = join(memory, r->page_first, "-", r->page_last + length - 1);
    r->page_first = r->page_last = NULL;
    return true;
}

static bool mutate_place(arena *memory, uint64_t *seed, enum mutation m, osler_record *r,
                         const osler_record *other)
{
    switch ((int)m) {
    case MUTATE_NO_ISSUE_NO_DOI: r->issue = r->doi = NULL; return true;
    case MUTATE_SHORT_PAGES: return shorten_pages(memory, r);
    case MUTATE_YEAR:
        r->dates.items[0].year += mutate_number(seed, 2) ? 1 + (int)mutate_number(seed, 4)
                                                         : -1 - (int)mutate_number(seed, 4);
        return true;
    case MUTATE_VOLUME: return (r->volume = other_number(memory, seed, r->volume)) != NULL;
    case MUTATE_ISSUE: return (r->issue = other_number(memory, seed, r->issue)) != NULL;
    case MUTATE_PAGE: return move_pages(memory, seed, r);
    case MUTATE_DOI: {
        bool other_one = r->doi && differ(r->doi, other->doi);
        r->doi = other->doi;
        return other_one;
    }
    default: {
        bool other_one = differ(r->container_title, other->container_title);
        r->container_title = other->container_title;
        return other_one;
    }
    }
}

static bool is_usable(const osler_record *r)
{
    size_t authors = 0;
    for (size_t i = 0; i < r->names.count; i++)
        authors += is_author(&r->names.items[i]);
    return r->title && strlen(r->title) >= 30 && authors && r->container_title && r->volume &&
           (r->page_first || r->article_number) && osler_record_year(r);
}

const osler_record *mutate(arena *memory, uint64_t *seed, enum mutation mutation,
                           const osler_record *record, const osler_record *other)
{
    bool done = true;
    if (!is_usable(record) || !is_usable(other))
        return NULL;
    osler_record *r = reference_of(memory, record);
    switch ((int)mutation) {
    case MUTATE_NOTHING: break;
    case MUTATE_ABBREVIATED_JOURNAL:
        r->container_title = record->container_title_medline;
        done = r->container_title != NULL;
        break;
    case MUTATE_CASE:
    case MUTATE_TITLE_TYPO:
    case MUTATE_TRUNCATED_TITLE: done = mutate_title(memory, seed, mutation, r); break;
    case MUTATE_ET_AL:
    case MUTATE_AUTHOR_TYPO:
    case MUTATE_DROPPED_AUTHOR: done = mutate_authors(memory, seed, mutation, r); break;
    case MUTATE_FOREIGN_AUTHORS:
        take_names(memory, r, other);
        done = strcmp(record->names.items[0].family ? record->names.items[0].family : "",
                      r->names.items[0].family) != 0;
        break;
    case MUTATE_FOREIGN_TITLE:
        r->title = other->title;
        r->doi = NULL;
        break;
    case MUTATE_PART_TWO:
    case MUTATE_ERRATUM:
    case MUTATE_REPLY: done = mutate_title(memory, seed, mutation, r); /* fall through */
    case MUTATE_CONGRESS_ABSTRACT:
    case MUTATE_NEXT_YEAR: done = done && move(memory, seed, mutation, r, other); break;
    default: done = mutate_place(memory, seed, mutation, r, other); break;
    }
    return done ? r : NULL;
}
