/*
 * How long searching takes, in a warm process and as a whole command, beside SQLite's FTS5:
 *
 *     bench_query [--osler PROGRAM] [--fts FILE.db] [--records N] [--seed N] [--rounds N]
 *                 [--only KIND] [--clock wall|cpu] LIBRARY
 *
 * LIBRARY holds the first N records of the seed (bench_ingest.py --grow N --keep LIBRARY).  With
 * --osler the whole command is timed too, its file in the page cache.  With --fts the titles and
 * abstracts of the same records go to an FTS5 table in FILE.db, made when it is not there, and are
 * ranked with bm25().  Prints a Markdown table; times are medians in ms,
 * of processor time with --clock cpu, for machines that do other things too.
 *
 * "ids" is osler_find() for the top 20, "top 20" the same with their records, "all" every hit
 * ranked and returned: an exhaustive scan, as far as the public interface has one.
 */
#include "invented.h"

#include <errno.h>
#include <fcntl.h>
#include <osler/evidence.h>
#include <osler/find.h>
#include <spawn.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

typedef struct query {
    const char *kind, *text, *fts; /* fts: the same for FTS5; NULL: it has no such thing. */
    const char *intervention;      /* Evidence only. */
} query;

static const query queries[] = {
    {"word", "patients[tiab]", "patients", NULL},
    {"word", "treatment[tiab]", "treatment", NULL},
    {"word", "pain[tiab]", "pain", NULL},
    {"word", "randomized[tiab]", "randomized", NULL},
    {"word", "hypertension[tiab]", "hypertension", NULL},
    {"word", "glioblastoma[tiab]", "glioblastoma", NULL},
    {"word", "sarcoidosis[tiab]", "sarcoidosis", NULL},
    {"word, mapped", "pain", NULL, NULL},
    {"word, mapped", "patients", NULL, NULL},
    {"heading", "humans[mh]", NULL, NULL},
    {"heading", "hypertension[mh]", NULL, NULL},
    {"heading", "pain[mh]", NULL, NULL},
    {"heading", "migraine disorders[mh]", NULL, NULL},
    {"3 words, all", "pain[tiab] treatment[tiab] patients[tiab]", "pain treatment patients", NULL},
    {"3 words, any", "pain[tiab] OR treatment[tiab] OR patients[tiab]",
     "pain OR treatment OR patients", NULL},
    {"5 words, any", "low[tiab] OR back[tiab] OR pain[tiab] OR exercise[tiab] OR randomized[tiab]",
     "low OR back OR pain OR exercise OR randomized", NULL},
    {"filter", "patients[tiab] AND 2020:2024[dp]", NULL, NULL},
    {"filter", "pain[tiab] AND design:rct", NULL, NULL},
    {"filter", "hypertension[mh] AND randomized controlled trial[pt] AND 2010:2025[dp]", NULL,
     NULL},
    {"filter, 3 words", "(pain[tiab] OR treatment[tiab] OR patients[tiab]) AND 2020:2024[dp]", NULL,
     NULL},
    {"phrase", "\"low back pain\"[tiab]", "\"low back pain\"", NULL},
    {"phrase", "\"heart failure\"[tiab]", "\"heart failure\"", NULL},
    {"title", "pain[ti]", "title:pain", NULL},
    {"prefix", "hyperten*[tiab]", "hyperten*", NULL},
    {"newest", "patients[tiab]", NULL, NULL}, /* By date. */
    {"evidence", "migraine", NULL, NULL},
    {"evidence", "tension headache", NULL, NULL},
    {"evidence", "low back pain", NULL, NULL},
    {"evidence", "hypertension", NULL, NULL},
    {"evidence", "breast cancer", NULL, NULL},
    {"evidence", "migraine", NULL, "acupuncture"},
};

enum {
    QUERIES = sizeof queries / sizeof *queries,
    MOST_ROUNDS = 101,
    MOST_WORDS = 12,
    NOT_FOUND = 3
};

typedef struct bench {
    const char *osler, *path, *fts_path, *only;
    osler_library *library;
    sqlite3 *fts;
    sqlite3_stmt *fts_top, *fts_count;
    uint64_t seed;
    uint32_t records;
    unsigned rounds;
    bool cpu;
} bench;

/* The ways to ask, each a column. */
enum way { way_ids, way_top, way_all, way_command, way_fts, WAYS };

static _Noreturn void stop(const char *what, const char *why)
{
    fprintf(stderr, "bench_query: %s: %s\n", what, why);
    exit(1);
}

/* Milliseconds: of the clock on the wall, or of this process and its children on the processor. */
static double now(const bench *b)
{
    struct timespec at;
    clock_gettime(b->cpu ? CLOCK_PROCESS_CPUTIME_ID : CLOCK_MONOTONIC, &at);
    double time = (double)at.tv_sec * 1e3 + (double)at.tv_nsec / 1e6;
    if (!b->cpu)
        return time;
    struct rusage children;
    getrusage(RUSAGE_CHILDREN, &children);
    return time + (double)(children.ru_utime.tv_sec + children.ru_stime.tv_sec) * 1e3 +
           (double)(children.ru_utime.tv_usec + children.ru_stime.tv_usec) / 1e3;
}

static void sql(sqlite3 *file, const char *text)
{
    if (sqlite3_exec(file, text, NULL, NULL, NULL) != SQLITE_OK)
        stop(text, sqlite3_errmsg(file));
}

static sqlite3_stmt *prepare(sqlite3 *file, const char *text)
{
    sqlite3_stmt *made;
    if (sqlite3_prepare_v2(file, text, -1, &made, NULL) != SQLITE_OK)
        stop(text, sqlite3_errmsg(file));
    return made;
}

/* The text between all of these tags, a space between them, in place of the record. */
static size_t texts_of(char *to, const char *record, const char *open, const char *close)
{
    char *start = to;
    for (const char *at = record; (at = strstr(at, open));) {
        at = strchr(at, '>') + 1;
        size_t length = (size_t)(strstr(at, close) - at);
        memcpy(to, at, length);
        to[length] = ' ';
        to += length + 1;
        at += length;
    }
    return (size_t)(to - start);
}

static void fts_fill(bench *b)
{
    static char record[INVENTED_RECORD_MAX + 1], text[2][INVENTED_RECORD_MAX];
    invented *collection = invented_new(b->seed);
    sql(b->fts, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
                "CREATE VIRTUAL TABLE texts USING fts5(title, abstract, content = '');"
                "INSERT INTO texts(texts, rank) VALUES ('hashsize', 67108864); BEGIN");
    sqlite3_stmt *put =
        prepare(b->fts, "INSERT INTO texts(rowid, title, abstract) VALUES (?, ?, ?)");
    for (uint32_t number = 1; number <= b->records; number++) {
        *invented_write(record, collection, number) = 0;
        size_t title = texts_of(text[0], record, "<ArticleTitle>", "</ArticleTitle>");
        size_t abstract = texts_of(text[1], record, "<AbstractText", "</AbstractText>");
        sqlite3_bind_int64(put, 1, number);
        sqlite3_bind_text(put, 2, text[0], (int)title, SQLITE_STATIC);
        sqlite3_bind_text(put, 3, text[1], (int)abstract, SQLITE_STATIC);
        if (sqlite3_step(put) != SQLITE_DONE || sqlite3_reset(put) != SQLITE_OK)
            stop("FTS5", sqlite3_errmsg(b->fts));
    }
    sqlite3_finalize(put);
    sql(b->fts, "COMMIT");
    invented_free(collection);
}

static void fts_open(bench *b)
{
    bool made = access(b->fts_path, F_OK);
    if (sqlite3_open(b->fts_path, &b->fts) != SQLITE_OK)
        stop(b->fts_path, sqlite3_errmsg(b->fts));
    sql(b->fts, "PRAGMA cache_size = -65536; PRAGMA mmap_size = 8589934592");
    if (made)
        fts_fill(b);
    b->fts_top = prepare(b->fts, "SELECT rowid FROM texts WHERE texts MATCH ?"
                                 " ORDER BY bm25(texts, 10.0, 1.0) LIMIT 20");
    b->fts_count = prepare(b->fts, "SELECT count(*) FROM texts WHERE texts MATCH ?");
}

static uint64_t ask_fts(sqlite3_stmt *statement, const char *text)
{
    uint64_t last = 0;
    sqlite3_bind_text(statement, 1, text, -1, SQLITE_STATIC);
    while (sqlite3_step(statement) == SQLITE_ROW)
        last = (uint64_t)sqlite3_column_int64(statement, 0);
    if (sqlite3_reset(statement) != SQLITE_OK)
        stop(text, sqlite3_errmsg(sqlite3_db_handle(statement)));
    return last;
}

static bool is_evidence(const query *one)
{
    return !strcmp(one->kind, "evidence");
}

static uint64_t ask_find(bench *b, const query *one, enum way way)
{
    osler_find_result *result;
    osler_error error = {0};
    osler_find_options options = {.limit = way == way_all ? 0 : 20, .ids_only = way != way_top};
    if (!strcmp(one->kind, "newest"))
        options.order = OSLER_FIND_DATE;
    if (osler_find(&result, b->library, one->text, &options, &error) != OSLER_OK)
        stop(one->text, error.message);
    uint64_t count = result->count;
    osler_find_result_free(result);
    return count;
}

static uint64_t ask_evidence(bench *b, const query *one, enum way way)
{
    osler_evidence *result;
    osler_error error = {0};
    osler_evidence_options options = {.limit = way == way_all ? 0 : 20,
                                      .intervention = one->intervention};
    osler_status status = osler_evidence_rank(&result, b->library, one->text, &options, &error);
    if (status != OSLER_OK && status != OSLER_ENOTFOUND)
        stop(one->text, error.message);
    uint64_t count = result->matched;
    osler_evidence_free(result);
    return count;
}

/* A whole command: osler with these words, what it prints thrown away. */
static void run(const bench *b, const char *const *words)
{
    extern char **environ;
    char *arguments[MOST_WORDS];
    memcpy(arguments, words, sizeof arguments); /* posix_spawn() changes none of them. */
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&files, STDOUT_FILENO, STDERR_FILENO);
    pid_t child;
    int status = 0;
    if (posix_spawn(&child, b->osler, &files, NULL, arguments, environ))
        stop(b->osler, "cannot be run");
    if (waitpid(child, &status, 0) < 0 || !WIFEXITED(status) ||
        (WEXITSTATUS(status) > 1 && WEXITSTATUS(status) != NOT_FOUND))
        stop(words[1], "the command failed");
    posix_spawn_file_actions_destroy(&files);
}

static void run_command(const bench *b, const query *one)
{
    const char *words[MOST_WORDS] = {"osler", is_evidence(one) ? "evidence" : "find", "-q",
                                     "--library", b->path};
    size_t count = 5;
    if (one->intervention) {
        words[count++] = "--for";
        words[count++] = one->intervention;
    }
    if (!strcmp(one->kind, "newest")) {
        words[count++] = "--sort";
        words[count++] = "date";
    }
    words[count] = one->text;
    run(b, words);
}

/* How many it found, where the way says so. */
static uint64_t ask(bench *b, const query *one, enum way way)
{
    switch (way) {
    case way_command: run_command(b, one); return 0;
    case way_fts: return ask_fts(b->fts_top, one->fts);
    case way_ids:
    case way_top:
    case way_all:
    case WAYS: break;
    }
    return is_evidence(one) ? ask_evidence(b, one, way) : ask_find(b, one, way);
}

static bool can_ask(const bench *b, const query *one, enum way way)
{
    switch (way) {
    case way_command: return b->osler != NULL;
    case way_fts: return b->fts && one->fts;
    case way_ids: return !is_evidence(one);
    case way_top:
    case way_all:
    case WAYS: break;
    }
    return true;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *values, size_t count)
{
    qsort(values, count, sizeof *values, by_value);
    return count ? values[count / 2] : 0;
}

/* All ways in turn, so that what else the machine does meets them alike.  A way that takes long is
 * asked less often. */
static void measure(bench *b, const query *one, double *medians, uint64_t *hits)
{
    static double times[WAYS][MOST_ROUNDS];
    size_t counts[WAYS] = {0};
    double spent[WAYS] = {0};
    for (unsigned round = 0; round <= b->rounds; round++)
        for (enum way way = 0; way < WAYS; way++) {
            if (!can_ask(b, one, way) || (round > 5 && spent[way] > 2000))
                continue;
            double start = now(b);
            uint64_t found = ask(b, one, way);
            double took = now(b) - start;
            if (way == way_top)
                *hits = found;
            spent[way] += took;
            if (round) /* The first is for warming up. */
                times[way][counts[way]++] = took;
        }
    for (enum way way = 0; way < WAYS; way++)
        medians[way] = counts[way] ? median(times[way], counts[way]) : -1;
}

static void print_time(double time)
{
    if (time < 0)
        printf(" |");
    else
        printf(" %.*f |", time < 9.95 ? 2 : time < 99.5 ? 1 : 0, time);
}

static void print_row(bench *b, const query *one)
{
    double medians[WAYS];
    uint64_t hits = 0;
    measure(b, one, medians, &hits);
    printf("| %s | ", one->kind);
    for (const char *at = one->text; *at; at++)
        if (strncmp(at, "[tiab]", 6))
            putchar(*at);
        else
            at += 5;
    if (one->intervention)
        printf(" × %s", one->intervention);
    printf(" | %llu |", (unsigned long long)hits);
    for (enum way way = 0; way < WAYS; way++)
        print_time(medians[way]);
    if (medians[way_fts] >= 0)
        printf(" %llu | %.2f |\n", (unsigned long long)ask_fts(b->fts_count, one->fts),
               medians[way_fts] / medians[way_ids]);
    else
        printf(" | |\n");
    fflush(stdout);
}

/* What starting the program costs, of which no command is free. */
static void print_version(const bench *b)
{
    static const char *const words[MOST_WORDS] = {"osler", "version"};
    double times[MOST_ROUNDS];
    for (unsigned round = 0; round < b->rounds; round++) {
        double start = now(b);
        run(b, words);
        times[round] = now(b) - start;
    }
    printf("\n`osler version` as a whole command: %.2f ms\n", median(times, b->rounds));
}

static unsigned long number_of(const char *text, unsigned long most)
{
    char *end;
    unsigned long value = strtoul(text, &end, 10);
    if (!*text || *end || value > most)
        stop(text, "is no number, or too high");
    return value;
}

static void read_options(bench *b, int count, char **arguments)
{
    int i = 1;
    for (; i + 1 < count && !strncmp(arguments[i], "--", 2); i += 2) {
        const char *value = arguments[i + 1];
        if (!strcmp(arguments[i], "--osler"))
            b->osler = value;
        else if (!strcmp(arguments[i], "--fts"))
            b->fts_path = value;
        else if (!strcmp(arguments[i], "--clock"))
            b->cpu = !strcmp(value, "cpu");
        else if (!strcmp(arguments[i], "--only"))
            b->only = value;
        else if (!strcmp(arguments[i], "--records"))
            b->records = (uint32_t)number_of(value, INVENTED_LAST);
        else if (!strcmp(arguments[i], "--seed"))
            b->seed = number_of(value, INVENTED_LAST);
        else if (!strcmp(arguments[i], "--rounds"))
            b->rounds = (unsigned)number_of(value, MOST_ROUNDS - 1);
        else
            stop(arguments[i], "is no option");
    }
    if (i + 1 != count)
        stop("usage", "bench_query [--osler PROGRAM] [--fts FILE.db] [--records N] [--seed N] "
                      "[--rounds N] [--only KIND] [--clock wall|cpu] LIBRARY");
    b->path = arguments[i];
}

int main(int count, char **arguments)
{
    static bench b = {.seed = 1, .records = 30000, .rounds = 21};
    osler_error error = {0};
    read_options(&b, count, arguments);
    if (b.fts_path)
        fts_open(&b);
    if (osler_library_open(&b.library, b.path, OSLER_LIBRARY_READ, &error) != OSLER_OK)
        stop(b.path, error.message);
    printf(
        "| kind | query | hits | ids, ms | top 20, ms | all, ms | command, ms | FTS5 top 20, ms |"
        " FTS5 hits | FTS5 / ids |\n|---|---|---:|---:|---:|---:|---:|---:|---:|---:|\n");
    for (size_t i = 0; i < QUERIES; i++)
        if (!b.only || !strncmp(queries[i].kind, b.only, strlen(b.only)))
            print_row(&b, &queries[i]);
    if (b.osler)
        print_version(&b);
    osler_library_close(b.library);
    sqlite3_finalize(b.fts_top);
    sqlite3_finalize(b.fts_count);
    sqlite3_close(b.fts);
    return 0;
}
