/* Which of many records are one work: blocks of records that share a key, pairs, groups. */
#include "match/duplicates.h"

#include "base/memory.h"
#include "match/match.h"
#include "match/parts.h"

#include <stdlib.h>
#include <string.h>

/* Blocks above this many records are compared with near neighbours alone: never all with all. */
enum { BLOCK_MOST = 40, NEIGHBOURS = 6, SCRATCH_PAIRS = 64 };

struct entry {
    uint64_t hash;
    uint32_t record;
    uint8_t rank; /* the key's place: identifiers first */
};

struct search {
    const osler_record *const *records;
    size_t *groups;
    const char **pmids; /* of a group's first record: the one PMID of the group, or NULL */
    struct duplicates *out;
    arena *memory;
    arena scratch;
    size_t judged;
};

static const char *pmid_of(const osler_record *record)
{
    return record->pmid && *record->pmid ? record->pmid : NULL;
}

static bool is_protocol(arena *scratch, const osler_record *record)
{
    str title = match_letters(scratch, str_of(record->title));
    return title.length && strstr(title.data, "protocol");
}

/* The number of a Cochrane review ("CD006362"), which all its versions share; else empty. */
static str review_number(arena *scratch, const osler_record *record)
{
    const char *given = record->article_number ? record->article_number
                        : record->pages        ? record->pages
                                               : record->page_first;
    str number = match_letters(scratch, str_of(given));
    bool is_one = number.length >= 8 && number.data[0] == 'c' && number.data[1] == 'd';
    for (size_t i = 2; is_one && i < 8; i++)
        is_one = number.data[i] >= '0' && number.data[i] <= '9';
    return is_one ? str_part(number, 0, 8) : str_of("");
}

static bool are_versions(arena *scratch, const osler_record *a, const osler_record *b)
{
    str one = review_number(scratch, a), other = review_number(scratch, b);
    int year = osler_record_year(a), second = osler_record_year(b);
    return one.length && str_equal(one, other) && year && second && year != second;
}

/* Title, journal, volume, page and year agree: however their sources print the names. */
static bool is_exact(const struct match_comparison *c)
{
    const enum match_agreement *f = c->fields;
    return !c->apart && f[MATCH_TITLE] == MATCH_SAME && f[MATCH_JOURNAL] >= MATCH_NEAR &&
           f[MATCH_VOLUME] == MATCH_SAME && f[MATCH_PAGE] == MATCH_SAME &&
           f[MATCH_YEAR] >= MATCH_NEAR;
}

/* All but the title: a title that each source translates by itself, or two short works on one
 * page. */
static bool is_other_title(const struct match_comparison *c)
{
    const enum match_agreement *f = c->fields;
    return f[MATCH_JOURNAL] >= MATCH_NEAR && f[MATCH_VOLUME] == MATCH_SAME &&
           f[MATCH_PAGE] == MATCH_SAME && f[MATCH_YEAR] == MATCH_SAME &&
           f[MATCH_FIRST_AUTHOR] >= MATCH_NEAR && f[MATCH_AUTHORS] >= MATCH_NEAR;
}

osler_duplicate_verdict duplicates_judge(const char **reason, double *score, arena *scratch,
                                         const osler_record *a, const osler_record *b)
{
    struct match_comparison c;
    match_compare(&c, scratch, a, b);
    *score = c.score;
    *reason = "two works";
    enum match_agreement title = c.fields[MATCH_TITLE];
    bool near = title >= MATCH_NEAR && c.fields[MATCH_AUTHORS] != MATCH_DIFFERENT;
    if (near && match_is_preprint(a) != match_is_preprint(b)) {
        *reason = "preprint and article";
        return OSLER_DUPLICATE_LINKED;
    }
    if (c.title >= 0.6 && c.fields[MATCH_AUTHORS] != MATCH_DIFFERENT &&
        is_protocol(scratch, a) != is_protocol(scratch, b)) {
        *reason = "protocol and result";
        return OSLER_DUPLICATE_LINKED;
    }
    if (are_versions(scratch, a, b)) {
        *reason = "versions of a review";
        return OSLER_DUPLICATE_LINKED;
    }
    const char *one = pmid_of(a), *other = pmid_of(b);
    bool two_pmids = one && other && strcmp(one, other) != 0;
    bool one_work = c.one || is_exact(&c);
    if (one_work && !two_pmids) {
        *reason = "one work";
        return OSLER_DUPLICATE_MERGE;
    }
    if (one_work || is_other_title(&c) || (near && !c.apart && c.score > 0.2)) {
        *reason = two_pmids ? "alike, with two PMIDs" : "alike, but not in all that tells a work";
        return OSLER_DUPLICATE_REVIEW;
    }
    return OSLER_DUPLICATE_NOT;
}

static size_t group_of(struct search *s, size_t record)
{
    while (s->groups[record] != record) {
        s->groups[record] = s->groups[s->groups[record]];
        record = s->groups[record];
    }
    return record;
}

static void add_pair(struct search *s, size_t a, size_t b, osler_duplicate_verdict verdict,
                     const char *reason, double score)
{
    struct duplicates *out = s->out;
    osler_duplicate_pair *pair =
        arena_append(s->memory, &out->pairs, &out->count, sizeof *out->pairs);
    *pair = (osler_duplicate_pair){a, b, verdict, reason, score};
}

static void compare(struct search *s, size_t a, size_t b)
{
    const char *reason;
    double score;
    size_t one = group_of(s, a), other = group_of(s, b);
    if (one == other)
        return;
    if (++s->judged % SCRATCH_PAIRS == 0)
        arena_clear(&s->scratch);
    osler_duplicate_verdict verdict =
        duplicates_judge(&reason, &score, &s->scratch, s->records[a], s->records[b]);
    if (verdict == OSLER_DUPLICATE_NOT)
        return;
    const char *pmid = s->pmids[one], *second = s->pmids[other];
    if (verdict == OSLER_DUPLICATE_MERGE && pmid && second && strcmp(pmid, second) != 0) {
        verdict = OSLER_DUPLICATE_REVIEW;
        reason = "their groups have two PMIDs";
    }
    if (verdict == OSLER_DUPLICATE_MERGE) {
        size_t first = one < other ? one : other;
        s->groups[one] = s->groups[other] = first;
        s->pmids[first] = pmid ? pmid : second;
    }
    add_pair(s, a < b ? a : b, a < b ? b : a, verdict, reason, score);
}

static uint64_t hash_of(str key)
{
    uint64_t hash = 14695981039346656037u;
    for (size_t i = 0; i < key.length; i++)
        hash = (hash ^ (unsigned char)key.data[i]) * 1099511628211u;
    return hash;
}

/* Identifiers, then place, title and author. */
static uint8_t rank_of(str key)
{
    static const char *const schemes[] = {"pmid:", "doi:", "pmcid:", "place:", "start:", "end:"};
    enum { SCHEMES = sizeof schemes / sizeof *schemes };
    for (unsigned i = 0; i < SCHEMES; i++)
        if (key.length > strlen(schemes[i]) && !memcmp(key.data, schemes[i], strlen(schemes[i])))
            return (uint8_t)i;
    return SCHEMES;
}

static int order_of_entries(const void *left, const void *right)
{
    const struct entry *a = left, *b = right;
    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    if (a->hash != b->hash)
        return a->hash < b->hash ? -1 : 1;
    return (a->record > b->record) - (a->record < b->record);
}

static int order_of_pairs(const void *left, const void *right)
{
    const osler_duplicate_pair *a = left, *b = right;
    if (a->a != b->a)
        return a->a < b->a ? -1 : 1;
    if (a->b != b->b)
        return a->b < b->b ? -1 : 1;
    return (int)b->verdict - (int)a->verdict;
}

/* Each pair once; uncertain ones whose records came into one group after all are left out. */
static void tidy_pairs(struct search *s)
{
    struct duplicates *out = s->out;
    size_t kept = 0;
    if (out->count)
        qsort(out->pairs, out->count, sizeof *out->pairs, order_of_pairs);
    for (size_t i = 0; i < out->count; i++) {
        osler_duplicate_pair *pair = &out->pairs[i];
        bool again = kept && out->pairs[kept - 1].a == pair->a && out->pairs[kept - 1].b == pair->b;
        bool settled =
            pair->verdict == OSLER_DUPLICATE_REVIEW && group_of(s, pair->a) == group_of(s, pair->b);
        if (!again && !settled)
            out->pairs[kept++] = *pair;
    }
    out->count = kept;
}

static void compare_block(struct search *s, const struct entry *block, size_t count)
{
    size_t reach = count <= BLOCK_MOST ? count : NEIGHBOURS;
    for (size_t i = 0; i < count; i++)
        for (size_t k = i + 1; k < count && k - i <= reach; k++)
            compare(s, block[i].record, block[k].record);
}

static size_t make_entries(struct search *s, struct entry *entries, size_t count)
{
    size_t made = 0;
    for (size_t i = 0; i < count; i++) {
        struct match_keys keys;
        arena_clear(&s->scratch);
        match_make_keys(&keys, &s->scratch, s->records[i]);
        for (size_t k = 0; k < keys.count; k++)
            entries[made++] =
                (struct entry){hash_of(keys.keys[k]), (uint32_t)i, rank_of(keys.keys[k])};
    }
    return made;
}

void duplicates_find(struct duplicates *out, arena *memory, const osler_record *const *records,
                     size_t count)
{
    *out = (struct duplicates){0};
    out->groups = arena_alloc(memory, (count + 1) * sizeof *out->groups);
    struct search s = {.records = records, .groups = out->groups, .out = out, .memory = memory};
    s.pmids = arena_alloc(memory, (count + 1) * sizeof *s.pmids);
    for (size_t i = 0; i < count; i++) {
        out->groups[i] = i;
        s.pmids[i] = pmid_of(records[i]);
    }
    struct entry *entries = memory_alloc((count * MATCH_KEYS + 1) * sizeof *entries);
    size_t made = make_entries(&s, entries, count);
    qsort(entries, made, sizeof *entries, order_of_entries);
    for (size_t i = 0, end; i < made; i = end) {
        for (end = i + 1; end < made && entries[end].hash == entries[i].hash; end++)
            ;
        compare_block(&s, entries + i, end - i);
    }
    memory_free(entries);
    for (size_t i = 0; i < count; i++)
        out->groups[i] = group_of(&s, i);
    tidy_pairs(&s);
    arena_free(&s.scratch);
}
