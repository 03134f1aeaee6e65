/*
 * How fast references find their records:
 *
 *     bench_resolve [--rounds N] LIBRARY FILE
 *
 * Resolves the references of FILE (any format) against LIBRARY in four states: as they are, without
 * identifiers, with a letter of the title changed as well, and of works that the library does not
 * have.  Prints references a second of processor time on one core (median of the rounds), verdicts,
 * and peak memory.
 */
#include "base/arena.h"
#include "record/record.h"

#include <osler/formats.h>
#include <osler/library.h>
#include <osler/resolve.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum { MOST = 5000, MOST_ROUNDS = 31, STATES = 4, VERDICTS = 5 };
static const char *const states[STATES] = {"as it is", "no identifiers", "and a wrong title letter",
                                           "not in the library"};

struct bench {
    arena memory;
    osler_record *items[STATES];
    size_t count;
    osler_resolver *resolver;
    unsigned verdicts[VERDICTS];
};

static void must(osler_status status, const osler_error *error)
{
    if (status == OSLER_OK)
        return;
    fprintf(stderr, "bench_resolve: %s\n", error->message);
    exit(1);
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* The middle letter of the title becomes another. */
static const char *misspelled(arena *memory, const char *title)
{
    size_t length = strlen(title), at = length / 2;
    char *made = arena_alloc(memory, length + 1);
    memcpy(made, title, length);
    while (made[at] && !char_is_letter(made[at]))
        at++;
    if (made[at])
        made[at] = made[at] == 'x' ? 'y' : 'x';
    return made;
}

/* The record in its four states: the last has the words in another order and another place. */
static void add(struct bench *b, const osler_record *record)
{
    size_t at = b->count++;
    for (size_t k = 0; k < STATES; k++) {
        osler_record *r = &b->items[k][at];
        record_copy(&b->memory, r, record);
        if (k) {
            r->pmid = r->pmcid = r->doi = NULL;
            r->identifiers.count = 0;
        }
        if (k >= 2 && r->title)
            r->title = misspelled(&b->memory, r->title);
        if (k == 3) {
            r->volume = r->pages = r->page_first = "9999";
            r->names.count = 0;
        }
    }
}

static void read_all(struct bench *b, const char *path)
{
    osler_error error = {0};
    osler_reader *reader;
    const osler_item *item;
    osler_status status;
    for (size_t k = 0; k < STATES; k++)
        b->items[k] = arena_alloc(&b->memory, MOST * sizeof *b->items[k]);
    must(osler_reader_open(&reader, path, NULL, &error), &error);
    while (b->count < MOST && (status = osler_reader_next(reader, &item, &error)) != OSLER_END)
        if (status == OSLER_OK && item->kind == OSLER_RECORD)
            add(b, item->record);
    osler_reader_close(reader);
}

static double run(struct bench *b, size_t state)
{
    osler_error error = {0};
    double start = now();
    memset(b->verdicts, 0, sizeof b->verdicts);
    for (size_t i = 0; i < b->count; i++) {
        const osler_resolution *r;
        must(osler_resolve(b->resolver, &b->items[state][i], &r, &error), &error);
        b->verdicts[r->verdict]++;
    }
    return now() - start;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static void measure(struct bench *b, size_t state, unsigned rounds)
{
    double times[MOST_ROUNDS];
    for (unsigned i = 0; i < rounds; i++)
        times[i] = run(b, state);
    qsort(times, rounds, sizeof *times, by_size);
    printf("| %s | %.0f |", states[state], (double)b->count / times[rounds / 2]);
    for (unsigned v = 0; v < VERDICTS; v++)
        printf(" %u |", b->verdicts[v]);
    putchar('\n');
}

int main(int argc, char **argv)
{
    struct bench b = {0};
    osler_error error = {0};
    osler_library *library;
    struct rusage usage;
    unsigned rounds = 5;
    int at = 1;
    if (argc > 3 && strcmp(argv[1], "--rounds") == 0) {
        rounds = (unsigned)strtoul(argv[2], NULL, 10);
        at = 3;
    }
    if (at + 2 != argc || !rounds || rounds > MOST_ROUNDS) {
        fputs("usage: bench_resolve [--rounds N] LIBRARY FILE\n", stderr);
        return 2;
    }
    read_all(&b, argv[at + 1]);
    must(osler_library_open(&library, argv[at], OSLER_LIBRARY_READ, &error), &error);
    must(osler_resolver_open(&b.resolver, library, &error), &error);
    printf("%zu references, median of %u rounds\n\n", b.count, rounds);
    printf("| reference | a second | exact | repairable | chimera | ambiguous | not in library |\n"
           "|---|---|---|---|---|---|---|\n");
    for (size_t k = 0; k < STATES; k++)
        measure(&b, k, rounds);
    getrusage(RUSAGE_SELF, &usage);
    printf("\npeak memory %ld MB\n", usage.ru_maxrss / 1024);
    osler_resolver_close(b.resolver);
    osler_library_close(library);
    arena_free(&b.memory);
    return 0;
}
