/* Rankings, cut short or not, agree with a slow model that scores the plain documents. */
#include "base/memory.h"
#include "check.h"
#include "index/index.h"
#include "memory_library.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* -- the model ------------------------------------------------------------------------------- */

static const double weights[] = {3, 1, 0.5, 1.5, 2, 1, 0.05, 0.5, 1, 0.2};
static const double lengths_held[] = {0.5, 0.75, 0.75, 0.5, 0.3, 0, 0, 0, 0, 0};

/* The sums that the averages are made of. */
static index_sums sums_of(const plain_library *l)
{
    index_sums sums = {0};
    for (size_t k = 0; k < l->count; k++) {
        const plain_document *d = &l->documents[k];
        sums.documents += !d->dead;
        for (unsigned f = 0; f < INDEX_MEASURED; f++) {
            sums.with[f] += !d->dead && d->facts.lengths[f];
            sums.words[f] += d->dead ? 0 : d->facts.lengths[f];
        }
    }
    return sums;
}

static double norm(const index_sums *sums, const plain_document *d, unsigned field)
{
    if (field >= INDEX_MEASURED)
        return 1;
    double average =
        sums->words[field] ? (double)sums->words[field] / (double)sums->with[field] : 1;
    return 1 + lengths_held[field] * (d->facts.lengths[field] / average - 1);
}

/* The weighed frequency of one thing in a document; negative when it has nothing of it. */
static double weigh(const index_sums *sums, const plain_document *d, const index_asked *asked)
{
    double sum = 0;
    bool any = false;
    for (size_t k = 0; k < (asked->phrase ? 1 : asked->count); k++) {
        bool word = asked->phrase || asked->terms[k].data[0] == INDEX_WORD;
        index_posting p =
            asked->phrase ? plain_phrase(d, asked->phrase) : plain_posting(d, asked->terms[k]);
        double factor = asked->phrase ? 1 : asked->factors[k], part = 0;
        if (word)
            p.fields &= asked->fields;
        any = any || p.fields;
        for (unsigned f = 0; word && f < INDEX_FIELDS; f++)
            if (p.fields >> f & 1)
                part += weights[f] * p.times[f] / norm(sums, d, f);
        if (!word && p.fields && asked->terms[k].data[0] == INDEX_HEADING)
            part = (p.fields & 2 ? 4 : 1.5) / norm(sums, d, INDEX_HEADINGS);
        else if (!word && p.fields)
            part = 1;
        sum += factor * part;
    }
    return any ? sum : -1;
}

struct model_entry {
    const plain_document *document;
    double score;
    bool has;
};

static int compare_numbers(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int compare_entries(const void *left, const void *right)
{
    const struct model_entry *a = left, *b = right;
    int64_t one = llround(a->score * 1e4), other = llround(b->score * 1e4);
    const index_facts *f = &a->document->facts, *g = &b->document->facts;
    int order = compare_numbers(other, one);
    order = order ? order : compare_numbers(g->year, f->year);
    order = order ? order : compare_numbers(f->pmid == 0, g->pmid == 0);
    order = order ? order : compare_numbers(f->pmid, g->pmid);
    order =
        order ? order : compare_numbers((int64_t)a->document->source, (int64_t)b->document->source);
    return order ? order : compare_numbers(f->citation, g->citation);
}

/* All that is to be found, best first. */
static size_t rank_model(const plain_library *l, const index_ranking *r,
                         struct model_entry *entries)
{
    index_sums sums = sums_of(l);
    size_t count = 0;
    for (size_t k = 0; k < l->count; k++)
        entries[k] = (struct model_entry){.document = &l->documents[k]};
    for (size_t a = 0; a < r->count; a++) {
        double n = 0, all = (double)sums.documents;
        double *weighed = memory_alloc((l->count + 1) * sizeof *weighed);
        for (size_t k = 0; k < l->count; k++) {
            weighed[k] = l->documents[k].dead ? -1 : weigh(&sums, &l->documents[k], &r->asked[a]);
            n += weighed[k] >= 0;
        }
        double idf = log(1 + (all - n + 0.5) / (n + 0.5));
        for (size_t k = 0; k < l->count; k++) {
            if (weighed[k] < 0)
                continue;
            entries[k].has = true;
            entries[k].score += idf * weighed[k] / (1.2 + weighed[k]) * 2.2;
        }
        memory_free(weighed);
    }
    for (size_t k = 0; k < l->count; k++)
        if (r->within ? index_set_has(r->within, (index_number)k) : entries[k].has)
            entries[count++] = entries[k];
    if (count)
        qsort(entries, count, sizeof *entries, compare_entries);
    return r->most && r->most < count ? r->most : count;
}

/* -- random questions ------------------------------------------------------------------------ */

struct asker {
    plain_library library;
    index *index;
    plain_random random;
    arena memory;
};

static unsigned pick_fields(struct asker *x)
{
    static const unsigned masks[] = {INDEX_ALL_FIELDS, INDEX_ALL_FIELDS,
                                     1U << INDEX_TITLE | 1U << INDEX_ABSTRACT, 1U << INDEX_TITLE,
                                     1U << INDEX_KEYWORDS | 1U << INDEX_OTHER};
    return masks[plain_next(&x->random, 5)];
}

static void pick_phrase(struct asker *x, index_asked *out)
{
    const plain_library *l = &x->library;
    index_phrase *phrase = arena_alloc(&x->memory, sizeof *phrase);
    str *words = arena_alloc(&x->memory, 3 * sizeof *words);
    const plain_text *t = &l->documents[plain_next(&x->random, (uint32_t)l->count)].texts[0];
    phrase->words = words;
    phrase->count = 1 + plain_next(&x->random, 3);
    phrase->count = phrase->count < t->count ? phrase->count : t->count;
    uint32_t from = plain_next(&x->random, t->count - (uint32_t)phrase->count + 1);
    for (size_t k = 0; k < phrase->count; k++)
        words[k] = str_of(plain_word(&x->memory, t->words[from + k]));
    phrase->near =
        plain_next(&x->random, 3) || phrase->count == 1 ? -1 : (int)plain_next(&x->random, 5);
    phrase->prefix = phrase->near < 0 && plain_next(&x->random, 3) == 0;
    if (phrase->prefix)
        words[phrase->count - 1].length = 2;
    phrase->fields = out->fields;
    out->phrase = phrase;
}

static void pick_asked(struct asker *x, index_asked *out)
{
    *out = (index_asked){.fields = pick_fields(x)};
    if (plain_next(&x->random, 5) == 0) {
        pick_phrase(x, out);
        return;
    }
    size_t most = plain_next(&x->random, 3) ? 1 : 5;
    out->count = plain_next(&x->random, 20) ? 1 + plain_next(&x->random, (uint32_t)most) : 0;
    str *terms = arena_alloc(&x->memory, 6 * sizeof *terms);
    double *factors = arena_alloc(&x->memory, 6 * sizeof *factors);
    for (size_t k = 0; k < out->count; k++) {
        static const char *const others[] = {"hD003", "hD007", "tD001", "hD019", "x?"};
        terms[k] =
            plain_next(&x->random, 6)
                ? plain_library_term(&x->memory, plain_next(&x->random, x->library.vocabulary + 2))
                : str_of(others[plain_next(&x->random, 5)]);
        factors[k] = k ? 0.25 * plain_next(&x->random, 5) : 1;
    }
    out->terms = terms;
    out->factors = factors;
}

static void pick_within(struct asker *x, index_set *set)
{
    uint32_t share = 1 + plain_next(&x->random, 40);
    *set = index_set_new(x->index, &x->memory);
    for (size_t k = 0; k < x->library.count; k++)
        if (!x->library.documents[k].dead && plain_next(&x->random, share) == 0)
            set->bits[k / 64] |= UINT64_C(1) << (k % 64);
}

/* Ask one question in both ways; false when an answer is not the model's. */
static bool ask(struct asker *x, index_ranking *r, const char *what)
{
    struct model_entry *model = memory_alloc((x->library.count + 1) * sizeof *model);
    size_t expected = rank_model(&x->library, r, model);
    bool same = true;
    for (int way = 0; way < 2; way++) {
        index_result *results = NULL;
        size_t count = 0;
        r->exhaustive = way;
        bool ok = index_rank(x->index, &x->memory, r, &results, &count, NULL) == OSLER_OK &&
                  count == expected;
        for (size_t k = 0; k < count && ok; k++) {
            double score = (double)llround(model[k].score * 1e4) / 1e4;
            ok = results[k].document == model[k].document->number && results[k].score == score;
            if (!ok)
                fprintf(stderr, "%s, place %zu: document %u %.5f, expected %u %.5f\n", what, k,
                        results[k].document, results[k].score, model[k].document->number, score);
        }
        if (!ok)
            fprintf(stderr, "%s (%s): %zu results, expected %zu\n", what,
                    way ? "exhaustive" : "pruned", count, expected);
        same = same && ok;
    }
    memory_free(model);
    return same;
}

static void ask_many(const plain_size *size, unsigned questions)
{
    static const size_t mosts[] = {1, 3, 20, 20, 20, 100, 0};
    struct asker x = {.random = {size->seed}};
    bool same = true;
    plain_library_make(&x.library, size);
    CHECK(index_open(&x.index, x.library.sources, x.library.source_count, NULL) == OSLER_OK);
    for (unsigned k = 0; k < questions && same; k++) {
        char what[64];
        index_set within;
        index_asked asked[7];
        index_ranking r = {.asked = asked, .most = mosts[plain_next(&x.random, 7)]};
        r.count =
            plain_next(&x.random, 4) ? 1 + plain_next(&x.random, 3) : plain_next(&x.random, 8);
        for (size_t a = 0; a < r.count; a++)
            pick_asked(&x, &asked[a]);
        if (plain_next(&x.random, 2)) {
            pick_within(&x, &within);
            r.within = &within;
        }
        snprintf(what, sizeof what, "library %llu, question %u", (unsigned long long)size->seed, k);
        same = ask(&x, &r, what);
        arena_clear(&x.memory);
    }
    CHECK(same);
    index_close(x.index);
    arena_free(&x.memory);
    plain_library_free(&x.library);
}

TEST(one_segment)
{
    ask_many(&(plain_size){31, 900, 1, 1, 120, 0}, 150);
}

TEST(dead_documents)
{
    ask_many(&(plain_size){32, 900, 1, 3, 80, 20}, 150);
}

TEST(several_sources)
{
    ask_many(&(plain_size){33, 1000, 3, 4, 200, 5}, 150);
}

TEST(many_blocks)
{
    ask_many(&(plain_size){34, 5000, 1, 2, 500, 3}, 60);
}

TEST(few_words)
{
    ask_many(&(plain_size){35, 400, 2, 1, 8, 10}, 150);
}

TEST(small_libraries)
{
    for (uint64_t seed = 100; seed < 140; seed++)
        ask_many(&(plain_size){seed, 1 + seed % 10, 1 + seed % 2, 1 + seed % 3, 10, 10}, 10);
}

/* True when only their citations tell two documents apart. */
static bool ties(const plain_library *l, index_number a, index_number b)
{
    const index_facts *f = &l->documents[a].facts, *g = &l->documents[b].facts;
    return f->year == g->year && f->pmid == g->pmid;
}

/* The same documents in one source and in two. */
TEST(a_library_in_two_ranks_as_in_one)
{
    plain_library one, two;
    index *a, *b;
    arena memory = {0};
    plain_library_make(&one, &(plain_size){41, 800, 1, 1, 60, 10});
    plain_library_make(&two, &(plain_size){41, 800, 2, 2, 60, 10});
    CHECK(index_open(&a, one.sources, one.source_count, NULL) == OSLER_OK);
    CHECK(index_open(&b, two.sources, two.source_count, NULL) == OSLER_OK);
    for (uint32_t number = 0; number < 60; number += 5) {
        str terms[] = {plain_library_term(&memory, number), plain_library_term(&memory, 2)};
        double factors[] = {1, 0.5};
        index_asked asked = {terms, 2, factors, NULL, INDEX_ALL_FIELDS};
        index_ranking r = {.asked = &asked, .count = 1, .most = 50};
        index_result *left, *right;
        size_t left_count, right_count;
        CHECK(index_rank(a, &memory, &r, &left, &left_count, NULL) == OSLER_OK);
        CHECK(index_rank(b, &memory, &r, &right, &right_count, NULL) == OSLER_OK);
        CHECK(left_count == right_count && left_count > 0);
        for (size_t k = 0; k < left_count && k < right_count; k++)
            CHECK(left[k].score == right[k].score &&
                  (left[k].document == right[k].document ||
                   ties(&one, left[k].document, right[k].document)));
    }
    index_close(a);
    index_close(b);
    arena_free(&memory);
    plain_library_free(&one);
    plain_library_free(&two);
}
