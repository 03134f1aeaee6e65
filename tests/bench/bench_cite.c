/*
 * bench_cite [--only] [--style NAME,...] [--counts N,...]: what it costs to make a bibliography in
 * HTML of N invented works with six authors each: reading them from CSL-JSON, rendering them;
 * microseconds an entry (CPU time), peak memory.  Then (not with --only) works that are hard: one
 * with 450 authors, and many of one author in one year, listed and cited one after the other in a
 * document. bench_cite --write N: the works as CSL-JSON, for other programs. Each line is measured
 * in a process of its own.
 */
#include "base/buf.h"
#include "invented_words.h"
#include "style/catalogue.h"
#include "style/processor.h"
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { AUTHORS = 6, MOST = 16 };

/* What is invented: `works` works of `authors` authors, of one author in one year or not. */
struct plan {
    size_t works;
    unsigned authors;
    bool namesakes;
};

struct measured {
    double read, render, cite; /* CPU seconds; cite: all citations, one after the other */
    long peak;                 /* kB */
    size_t bytes;              /* of the bibliography */
};

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void must(osler_status status, const osler_error *error)
{
    if (status == OSLER_OK)
        return;
    fprintf(stderr, "bench_cite: %s\n", error->message);
    exit(1);
}

static void add_words(buf *out, const vocabulary *words, draw *from, unsigned count)
{
    char room[WORD_ROOM * 2];

    for (unsigned i = 0; i < count; i++) {
        char *end = put_word(room, words, vocabulary_draw(words, from));
        if (i == 0)
            put_capital(room, end);
        else
            buf_add_byte(out, ' ');
        buf_add(out, (str){room, (size_t)(end - room)});
    }
}

static void add_person(buf *out, uint32_t family, uint32_t given)
{
    char room[WORD_ROOM * 4];

    char *end = put_family(room, family);
    buf_printf(out, "{\"family\":\"%.*s\",", (int)(end - room), room);
    end = put_given(room, given);
    buf_printf(out, "\"given\":\"%.*s %c.\"}", (int)(end - room), room, 'A' + (int)(given % 26));
}

static void add_work(buf *out, const vocabulary *words, const struct plan *plan, size_t number)
{
    draw from = {number * 7919 + plan->authors};
    unsigned year = plan->namesakes ? 2011 : draw_between(&from, 1970, 2026);
    unsigned first = draw_between(&from, 1, 1900);

    buf_printf(out, "{\"id\":\"w%zu\",\"type\":\"article-journal\",\"title\":\"", number);
    add_words(out, words, &from, draw_between(&from, 7, 17));
    buf_add_text(out, "\",\"container-title\":\"");
    add_words(out, words, &from, 4);
    buf_add_text(out, "\",\"container-title-short\":\"");
    add_words(out, words, &from, 2);
    buf_add_text(out, "\",\"author\":[");
    for (unsigned i = 0; i < plan->authors; i++) {
        if (i)
            buf_add_byte(out, ',');
        if (plan->namesakes)
            add_person(out, 77, 5);
        else
            add_person(out, draw_below(&from, 1 << 16), draw_below(&from, 1 << 10));
    }
    buf_printf(out,
               "],\"issued\":{\"date-parts\":[[%u,%u,%u]]},\"volume\":\"%u\",\"issue\":\"%u\",",
               year, draw_between(&from, 1, 12), draw_between(&from, 1, 28),
               draw_between(&from, 1, 180), draw_between(&from, 1, 12));
    buf_printf(out, "\"page\":\"%u-%u\",\"DOI\":\"10.5555/osler.%zu\",\"PMID\":\"%zu\"}", first,
               first + draw_between(&from, 1, 20), number, 990000000 + number % 9999999);
}

static void add_works(buf *out, const struct plan *plan)
{
    vocabulary *words = malloc(sizeof *words);

    if (!words)
        exit(1);
    vocabulary_make(words);
    buf_add_text(out, "[");
    for (size_t i = 1; i <= plan->works; i++) {
        if (i > 1)
            buf_add_text(out, ",\n");
        add_work(out, words, plan, i);
    }
    buf_add_text(out, "]\n");
    free(words);
}

/* How works get into the bibliography. */
enum way { LISTED, CITED_AT_ONCE, CITED_ONE_BY_ONE };

/* Cite every work in a citation of its own: all at once, or each at the end of the document. */
static void cite_all(processor *p, const struct item_list *items, enum way way)
{
    struct citation_request *requests = calloc(items->count + 1, sizeof *requests);
    struct citation_place *before = calloc(items->count + 1, sizeof *before);
    struct cite *cites = calloc(items->count + 1, sizeof *cites);
    const struct citation_change *changes;
    osler_error error = {0};
    size_t count;

    if (!requests || !before || !cites)
        exit(1);
    for (size_t i = 0; i < items->count; i++) {
        const char *id = items->items[i].id;
        cites[i] = (struct cite){.id = id, .position = -1};
        before[i] = (struct citation_place){id, 0};
        requests[i] = (struct citation_request){
            .id = id, .cites = &cites[i], .count = 1, .before = before, .before_count = i};
        if (way == CITED_ONE_BY_ONE)
            must(processor_cite(p, &requests[i], &changes, &count, &error), &error);
    }
    if (way == CITED_AT_ONCE)
        must(processor_cite_all(p, requests, items->count, &error), &error);
    free(requests);
    free(before);
    free(cites);
}

static struct measured measure(const char *style_name, const struct plan *plan, enum way way)
{
    struct measured m = {0};
    osler_error error = {0};
    struct style *style;
    struct locale *locale;
    struct item_list items;
    const struct bibliography_entry *entries;
    arena memory = {0};
    struct rusage usage;
    buf json = {0};

    add_works(&json, plan);
    double start = now();
    must(style_find(&style, style_name, NULL, NULL, &error), &error);
    must(locale_load(&memory, &locale, style, NULL, &error), &error);
    must(items_from_json(&memory, &items, buf_str(&json), "invented", &error), &error);
    m.read = now() - start;

    start = now();
    struct output_options options = {.format = OUTPUT_HTML, .locale = locale};
    processor *p = processor_new(style, locale, &options);
    const char **ids = arena_alloc(&memory, (items.count + 1) * sizeof *ids);
    for (size_t i = 0; i < items.count; i++) {
        ids[i] = items.items[i].id;
        processor_add_item(p, &items.items[i]);
    }
    if (way != LISTED) {
        cite_all(p, &items, way);
        m.cite = now() - start;
        start = now();
    } else {
        processor_include(p, ids, items.count);
    }
    size_t count = processor_bibliography(p, &entries);
    for (size_t i = 0; i < count; i++)
        m.bytes += strlen(entries[i].text);
    m.render = now() - start;
    getrusage(RUSAGE_SELF, &usage);
    m.peak = usage.ru_maxrss;
    processor_free(p);
    style_free(style);
    arena_free(&memory);
    buf_free(&json);
    return m;
}

/* measure() in a process of its own, so that the peak of memory is its own. */
static struct measured measure_apart(const char *style, const struct plan *plan, enum way way)
{
    struct measured m = {0};
    int ends[2], status = 1;

    fflush(stdout);
    if (pipe(ends) != 0)
        exit(1);
    pid_t child = fork();
    if (child == 0) {
        m = measure(style, plan, way);
        _exit(write(ends[1], &m, sizeof m) != sizeof m);
    }
    close(ends[1]);
    bool ok = read(ends[0], &m, sizeof m) == sizeof m;
    close(ends[0]);
    if (child < 0 || waitpid(child, &status, 0) < 0 || status != 0 || !ok) {
        fprintf(stderr, "bench_cite: %s: %zu works could not be measured\n", style, plan->works);
        exit(1);
    }
    return m;
}

static void row(const char *style, const char *what, const struct plan *plan, enum way way)
{
    struct measured m = measure_apart(style, plan, way);

    printf("| %s | %s | %zu | %.3f | %.3f | %.3f | %.1f | %.1f |\n", style, what, plan->works,
           m.read, m.cite, m.render, (m.cite + m.render) * 1e6 / (double)plan->works,
           (double)m.peak / 1024);
}

static void rows(const char *style, const size_t *counts, size_t count_count, bool only)
{
    for (size_t i = 0; i < count_count; i++)
        row(style, "six authors", &(struct plan){counts[i], AUTHORS, false}, LISTED);
    if (only)
        return;
    for (unsigned authors = 450; authors <= 1800; authors *= 2) {
        char what[32];
        snprintf(what, sizeof what, "%u authors", authors);
        row(style, what, &(struct plan){1, authors, false}, LISTED);
    }
    static const char *const ways[] = {"one author, one year", "the same, cited at once",
                                       "the same, cited one by one"};
    for (enum way way = LISTED; way <= CITED_ONE_BY_ONE; way++)
        for (size_t works = 500; works <= 4000; works *= 2)
            row(style, ways[way], &(struct plan){works, 1, true}, way);
}

/* Cut a list at its commas, in place. */
static size_t cut(char *list, const char **parts)
{
    size_t count = 0;

    for (char *part = strtok(list, ","); part && count < MOST; part = strtok(NULL, ","))
        parts[count++] = part;
    return count;
}

int main(int count, char **arguments)
{
    char default_styles[] = "vancouver,apa", default_counts[] = "1000,10000,100000";
    const char *styles[MOST], *numbers[MOST];
    size_t counts[MOST];
    size_t style_count = cut(default_styles, styles), number_count = cut(default_counts, numbers);

    bool only = count > 1 && strcmp(arguments[1], "--only") == 0;

    for (int i = 1 + only; i + 1 < count; i += 2) {
        if (strcmp(arguments[i], "--style") == 0)
            style_count = cut(arguments[i + 1], styles);
        else if (strcmp(arguments[i], "--counts") == 0)
            number_count = cut(arguments[i + 1], numbers);
        if (strcmp(arguments[i], "--write") == 0) {
            struct plan plan = {strtoul(arguments[i + 1], NULL, 10), AUTHORS, false};
            buf json = {0};
            add_works(&json, &plan);
            fwrite(json.data, 1, json.length, stdout);
            buf_free(&json);
            return fflush(stdout) != 0;
        }
    }
    for (size_t i = 0; i < number_count; i++)
        counts[i] = strtoul(numbers[i], NULL, 10);
    puts("| style | works | number | reading s | citing s | rendering s | µs a work | peak MB |");
    puts("|---|---|---:|---:|---:|---:|---:|---:|");
    for (size_t i = 0; i < style_count; i++)
        rows(styles[i], counts, number_count, only);
    return 0;
}
