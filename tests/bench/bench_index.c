/*
 * bench_index [DOCUMENTS [SEGMENTS [NAME]]]: how fast the index answers, warm, from invented
 * documents in memory.  Each line: milliseconds of processor time, the median of several runs, of
 * the ranking and of the same without cutting it short; both must give the same.  NAME picks lines
 * that begin with it.
 */
#include "base/memory.h"
#include "index/index.h"
#include "index/writer.h"
#include "memory_library.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum { PICKS = 1 << 20, VOCABULARY = 400000, RUNS = 9, TOP = 20 };

struct bench {
    arena memory;
    memory_segments *segments;
    index_source source;
    index *index;
    uint32_t documents;
    const char *name;
    bool failed;
};

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Words whose frequencies fall off as in texts: the k-th is there about 1 / k as often. */
static uint32_t *zipf_words(void)
{
    uint32_t *picks = memory_alloc(PICKS * sizeof *picks), number = 0;
    double all = 0, sum = 0;
    for (uint32_t k = 0; k < VOCABULARY; k++)
        all += 1 / (k + 3.0);
    for (uint32_t k = 0; k < PICKS; k++) {
        while (number + 1 < VOCABULARY && sum + 1 / (number + 3.0) < (k + 0.5) / PICKS * all)
            sum += 1 / (number++ + 3.0);
        picks[k] = number;
    }
    return picks;
}

static void build(struct bench *b, uint32_t segments)
{
    uint32_t *picks = zipf_words();
    plain_shape shape = {picks, PICKS, 12, 130};
    plain_random random = {2026};
    index_writer *w = index_writer_new();
    arena memory = {0};
    b->segments = memory_segments_new();
    index_sink sink = memory_segments_sink(b->segments);
    for (uint32_t k = 0, segment = 1; k < b->documents; k++) {
        plain_document d;
        index_document made;
        index_header header;
        plain_make(&d, &memory, &random, &shape);
        d.facts.citation = (int64_t)k + 1;
        plain_index(&d, &memory, &made);
        index_writer_add(w, &made);
        arena_clear(&memory);
        if (k + 1 < (uint64_t)b->documents * segment / segments)
            continue;
        memory_segments_start(b->segments);
        if (index_writer_write(w, &sink, &header, NULL) != OSLER_OK)
            abort();
        segment++;
    }
    index_writer_free(w);
    arena_free(&memory);
    memory_free(picks);
    b->source = memory_segments_source(b->segments);
}

/* A word that about `share` of all documents have. */
static str word_of(struct bench *b, double share)
{
    uint32_t low = 0, high = VOCABULARY;
    while (low + 1 < high) {
        uint32_t middle = low + (high - low) / 2;
        uint64_t n = 0;
        str term = plain_library_term(&b->memory, middle);
        if (index_count_term(b->index, term, INDEX_ALL_FIELDS, &n, NULL) != OSLER_OK)
            abort();
        if ((double)n >= share * b->documents)
            low = middle;
        else
            high = middle;
    }
    return plain_library_term(&b->memory, low);
}

static int compare_times(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/* The median time of a ranking, in milliseconds. */
static double rank(struct bench *b, index_ranking *r, bool exhaustive, index_result *out,
                   size_t *count)
{
    double times[RUNS];
    arena memory = {0};
    r->exhaustive = exhaustive;
    for (int k = 0; k < RUNS; k++) {
        index_result *results;
        double start = seconds();
        if (index_rank(b->index, &memory, r, &results, count, NULL) != OSLER_OK)
            abort();
        times[k] = (seconds() - start) * 1e3;
        memcpy(out, results, *count * sizeof *out);
        arena_clear(&memory);
    }
    arena_free(&memory);
    qsort(times, RUNS, sizeof *times, compare_times);
    return times[RUNS / 2];
}

static void compare(struct bench *b, const char *name, index_ranking *r)
{
    index_result cut[TOP], all[TOP];
    size_t cut_count, all_count;
    if (strncmp(name, b->name, strlen(b->name)) != 0)
        return;
    r->most = TOP;
    double fast = rank(b, r, false, cut, &cut_count), slow = rank(b, r, true, all, &all_count);
    bool same = cut_count == all_count;
    for (size_t k = 0; k < cut_count && same; k++)
        same = cut[k].document == all[k].document && cut[k].score == all[k].score;
    printf("%-44s %9.3f %9.3f %s\n", name, fast, slow, same ? "" : "DIFFERENT");
    b->failed = b->failed || !same;
}

/* Rank by words of these shares, each asked for on its own. */
static void compare_words(struct bench *b, const char *name, const double *shares, size_t count,
                          const index_set *within, unsigned fields)
{
    index_asked asked[24];
    static const double factor = 1;
    for (size_t k = 0; k < count; k++) {
        str *term = arena_alloc(&b->memory, sizeof *term);
        *term = word_of(b, shares[k]);
        asked[k] = (index_asked){term, 1, &factor, NULL, fields};
    }
    index_ranking r = {.asked = asked, .count = count, .within = within};
    compare(b, name, &r);
}

static void bench_words(struct bench *b, const index_set *within, const char *what)
{
    static const struct {
        const char *name;
        double shares[24];
    } queries[] = {
        {"30 %", {.3}},
        {"10 %", {.1}},
        {"3 %", {.03}},
        {"1 %", {.01}},
        {"0.1 %", {.001}},
        {"3 + 30 %", {.03, .3}},
        {"25 + 30 %", {.25, .3}},
        {"3 + 25 + 30 %", {.03, .25, .3}},
        {"20 + 25 + 30 %", {.2, .25, .3}},
        {"0.1 + 1 + 10 %", {.001, .01, .1}},
        {"1 + 2 + 3 %", {.01, .02, .03}},
        {"2 + 3 + 4 + 10 + 12 %", {.02, .03, .04, .1, .12}},
        {"1 + 2 + 3 + 4 + 5 %", {.01, .02, .03, .04, .05}},
        {"10 + 15 + 20 + 25 + 30 %", {.1, .15, .2, .25, .3}},
        {"eight of 0.1 to 10 %", {.001, .002, .005, .01, .02, .03, .05, .1}},
        {"ten of 0.1 to 30 %", {.001, .002, .005, .01, .02, .03, .05, .1, .2, .3}},
        {"twenty of 0.1 to 2 %", {.001, .002, .003, .004, .005, .006, .007, .008, .009, .01,
                                  .011, .012, .013, .014, .015, .016, .017, .018, .019, .02}},
        {"twenty of 1 to 30 %", {.01, .015, .02, .025, .03, .035, .04, .05, .06, .07,
                                 .08, .09,  .1,  .12,  .14, .16,  .18, .2,  .25, .3}},
    };
    for (size_t k = 0; k < sizeof queries / sizeof *queries; k++) {
        char name[80];
        size_t count = 0;
        while (count < 24 && queries[k].shares[count] > 0)
            count++;
        snprintf(name, sizeof name, "%s%s", queries[k].name, what);
        compare_words(b, name, queries[k].shares, count, within, INDEX_ALL_FIELDS);
    }
    static const double title[] = {.3, .1};
    char name[80];
    snprintf(name, sizeof name, "30 + 10 %% in titles and abstracts%s", what);
    compare_words(b, name, title, 2, within, 1U << INDEX_TITLE | 1U << INDEX_ABSTRACT);
}

/* Two families of six words and a heading, pooled. */
static void bench_families(struct bench *b, const index_set *within, const char *name)
{
    static const double factors[] = {1, .9, .9, .5, .5, .5, 1};
    str terms[2][7];
    for (size_t k = 0; k < 6; k++) {
        terms[0][k] = word_of(b, .05 / (double)(k * k + 1));
        terms[1][k] = word_of(b, .12 / (double)(k * k + 1));
    }
    terms[0][6] = str_of("hD001");
    terms[1][6] = str_of("hD002");
    index_asked asked[] = {{terms[0], 7, factors, NULL, INDEX_ALL_FIELDS},
                           {terms[1], 7, factors, NULL, INDEX_ALL_FIELDS}};
    index_ranking r = {.asked = asked, .count = 2, .within = within};
    compare(b, name, &r);
    r.count = 1;
    asked[0] = (index_asked){&terms[0][6], 1, factors, NULL, INDEX_ALL_FIELDS};
    compare(b, within ? "a heading, within 5 %" : "a heading, 7 %", &r);
}

static void bench_phrases(struct bench *b, const double *shares, size_t count, const char *name)
{
    str words[4];
    index_phrase phrase = {words, count, INDEX_ALL_FIELDS, false, -1};
    for (size_t k = 0; k < count; k++) {
        str term = word_of(b, shares[k]);
        words[k] = str_part(term, 1, term.length);
    }
    index_asked asked = {.phrase = &phrase, .fields = INDEX_ALL_FIELDS};
    index_ranking r = {.asked = &asked, .count = 1};
    compare(b, name, &r);
}

/* The set of documents that have all words, and the ranking of them. */
static void bench_and(struct bench *b, const double *shares, size_t count, const char *name)
{
    double times[RUNS];
    index_set sets[5];
    for (int run = 0; run < RUNS; run++) {
        arena memory = {0};
        double used = 0;
        for (size_t k = 0; k < count; k++) {
            str term = word_of(b, shares[k]);
            double start = seconds();
            sets[k] = index_set_new(b->index, run ? &memory : &b->memory);
            if (index_add_term(b->index, &sets[k], term, INDEX_ALL_FIELDS, NULL) != OSLER_OK)
                abort();
            if (k)
                index_set_and(&sets[0], &sets[k]);
            used += seconds() - start;
        }
        times[run] = used * 1e3;
        if (run + 1 < RUNS) {
            arena_free(&memory);
            continue;
        }
        qsort(times, RUNS, sizeof *times, compare_times);
        printf("%-44s %9.3f           %llu members\n", name, times[RUNS / 2],
               (unsigned long long)index_set_count(&sets[0]));
        compare_words(b, "  ranked", shares, count, &sets[0], INDEX_ALL_FIELDS);
        arena_free(&memory);
    }
}

static index_set some(struct bench *b, uint32_t one_in)
{
    plain_random random = {7};
    index_set set = index_set_new(b->index, &b->memory);
    for (index_number k = 0; k < b->documents; k++)
        if (plain_next(&random, one_in) == 0)
            set.bits[k / 64] |= UINT64_C(1) << (k % 64);
    return set;
}

static void open_index(struct bench *b)
{
    double start = seconds();
    if (index_open(&b->index, &b->source, 1, NULL) != OSLER_OK)
        abort();
    printf("opened in %.3f ms\n\n%-44s %9s %9s\n", (seconds() - start) * 1e3, "", "cut short",
           "all");
}

int main(int count, char **arguments)
{
    struct bench b = {.documents = count > 1 ? (uint32_t)atoi(arguments[1]) : 1000000};
    b.name = count > 3 ? arguments[3] : "";
    struct rusage usage;
    double start = seconds();
    build(&b, count > 2 ? (uint32_t)atoi(arguments[2]) : 8);
    printf("%u documents made in %.1f s\n", b.documents, seconds() - start);
    open_index(&b);
    index_set share = some(&b, 20), few = some(&b, 5000);
    bench_words(&b, NULL, "");
    bench_families(&b, NULL, "two families with headings");
    bench_phrases(&b, (const double[]){.1, .3}, 2, "phrase of 10 and 30 %");
    bench_phrases(&b, (const double[]){.03, .1, .05}, 3, "phrase of 3, 10 and 5 %");
    bench_and(&b, (const double[]){.3}, 1, "set of 30 %");
    bench_and(&b, (const double[]){.1, .2, .3}, 3, "set of 10 AND 20 AND 30 %");
    bench_and(&b, (const double[]){.03, .04, .05}, 3, "set of 3 AND 4 AND 5 %");
    bench_words(&b, &share, ", within 5 %");
    bench_families(&b, &share, "two families with headings, within 5 %");
    bench_words(&b, &few, ", within 0.02 %");
    getrusage(RUSAGE_SELF, &usage);
    printf("\npeak memory %ld MB, with the segments\n", usage.ru_maxrss / 1024);
    index_close(b.index);
    memory_segments_free(b.segments);
    arena_free(&b.memory);
    return b.failed;
}
