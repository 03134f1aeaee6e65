/*
 * csl_suite: run fixtures of the CSL test suite and say which pass.
 *
 *   csl_suite [--diff NAME] [--list FILE] [--reasons FILE] [DIR|FILE...]
 *
 * Without DIR or FILE: $OSLER_SHARED/data/csl/fixtures.  A line "ok NAME" or "not ok NAME" each, a
 * last one "N passed, N failed".  --diff shows what was expected of a fixture and what came.
 * --list is the ratchet: the exit code is 1 only when a fixture named in FILE fails.  --reasons:
 * the lines of FILE, "NAME REASON", say why a fixture that contradicts the locales or the
 * specification need not pass; they are printed.
 */
#include "base/buf.h"
#include "csl_fixture.h"
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SKIPPED = 77, TIME_LIMIT = 20 };

struct suite {
    arena memory;
    const char **paths;
    size_t count;
    const char *diff;       /* a fixture's name, or NULL */
    const char *list;       /* the file of those that must pass, or NULL */
    str must;               /* its content */
    str reasons;            /* the content of the file of reasons */
    unsigned passed, exact; /* exact: equal without trimming */
    unsigned failed, broken;
};

static void add_path(struct suite *suite, const char *path)
{
    const char **slot =
        arena_append(&suite->memory, &suite->paths, &suite->count, sizeof *suite->paths);

    *slot = arena_copy(&suite->memory, str_of(path));
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The fixtures of a folder, by name; or one file. */
static bool add_argument(struct suite *suite, const char *path)
{
    DIR *folder = opendir(path);
    size_t first = suite->count;
    buf name = {0};

    if (!folder) {
        add_path(suite, path);
        return access(path, R_OK) == 0;
    }
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        size_t length = strlen(entry->d_name);
        if (length < 5 || strcmp(entry->d_name + length - 4, ".txt") != 0)
            continue;
        buf_clear(&name);
        buf_printf(&name, "%s/%s", path, entry->d_name);
        add_path(suite, buf_text(&name));
    }
    closedir(folder);
    buf_free(&name);
    qsort(suite->paths + first, suite->count - first, sizeof *suite->paths, by_name);
    return true;
}

/* Run the fixture in a process of its own, so that one that crashes or hangs is one that fails. */
static str run_apart(struct suite *suite, const struct fixture *fixture, bool explain)
{
    int ends[2], status = 0;
    buf text = {0};
    ssize_t got;

    fflush(NULL);
    if (pipe(ends) != 0)
        return (str)STR("FAILED: no pipe");
    pid_t child = fork();
    if (child == 0) {
        arena memory = {0};
        close(ends[0]);
        alarm(TIME_LIMIT);
        str result = fixture_run(&memory, fixture, explain);
        bool ok = write(ends[1], result.data, result.length) == (ssize_t)result.length;
        arena_free(&memory);
        exit(!ok); /* not _exit(): a leak is looked for here */
    }
    close(ends[1]);
    while ((got = read(ends[0], buf_reserve(&text, 1 << 14), 1 << 14)) > 0)
        text.length += (size_t)got;
    close(ends[0]);
    if (child < 0 || waitpid(child, &status, 0) < 0 || status != 0) {
        buf_clear(&text);
        buf_printf(&text, "FAILED: the process ended with status %d", status);
    }
    str result = {arena_copy(&suite->memory, buf_str(&text)), text.length};
    buf_free(&text);
    return result;
}

/* The line of a list that begins with the fixture's name; empty when there is none. */
static str line_of(str list, const char *name)
{
    str line;

    while (str_next_line(&list, &line))
        if (str_is(str_part(line, 0, str_find(line, ' ')), name))
            return line;
    return (str){0};
}

/* What a fixture that fails, or passes, means. */
static void judge(struct suite *suite, const char *name, bool ok)
{
    str reason = line_of(suite->reasons, name);
    bool must = line_of(suite->must, name).length != 0;

    if (!ok && reason.length)
        printf("    %.*s\n", STR_ARG(reason));
    if (suite->list && ok && !must)
        printf("    %s passes now: add it to %s\n", name, suite->list);
    if (suite->list && !ok && must) {
        printf("    %s is listed in %s: it passed before\n", name, suite->list);
        suite->broken++;
    }
}

static void run_one(struct suite *suite, const char *path)
{
    struct fixture fixture;
    str actual, expected;

    if (!fixture_read(&suite->memory, &fixture, path)) {
        printf("not ok %s: cannot be read\n", path);
        suite->failed++;
        return;
    }
    bool shown = suite->diff && strcmp(suite->diff, fixture.name) == 0;
    if (suite->diff && !shown)
        return;
    expected = fixture.sections[SECTION_RESULT];
    if (expected.length && expected.data[expected.length - 1] == '\n')
        expected.length--;
    actual = run_apart(suite, &fixture, shown);
    bool ok = str_equal(str_trim(actual), str_trim(expected));
    ok ? suite->passed++ : suite->failed++;
    suite->exact += str_equal(actual, expected);
    printf("%s %s\n", ok ? "ok" : "not ok", fixture.name);
    if (shown)
        printf("--- expected\n%.*s\n--- actual\n%.*s\n---\n", STR_ARG(expected), STR_ARG(actual));
    judge(suite, fixture.name, ok);
}

static bool read_list(struct suite *suite, str *out, const char *path)
{
    FILE *file = path ? fopen(path, "rb") : NULL;
    buf text = {0};
    size_t got;

    if (!file)
        return path == NULL;
    do {
        got = fread(buf_reserve(&text, 1 << 14), 1, 1 << 14, file);
        text.length += got;
    } while (got);
    fclose(file);
    *out = (str){arena_copy(&suite->memory, buf_str(&text)), text.length};
    buf_free(&text);
    return true;
}

/* Take the arguments; the exit code, or -1: go on. */
static int take_arguments(struct suite *suite, int count, char **arguments)
{
    const char *shared = getenv("OSLER_SHARED");
    const char *reasons = NULL;
    buf path = {0};
    int i;

    for (i = 1; i + 1 < count; i += 2) {
        if (strcmp(arguments[i], "--diff") == 0)
            suite->diff = arguments[i + 1];
        else if (strcmp(arguments[i], "--list") == 0)
            suite->list = arguments[i + 1];
        else if (strcmp(arguments[i], "--reasons") == 0)
            reasons = arguments[i + 1];
        else
            break;
    }
    if (!read_list(suite, &suite->must, suite->list) ||
        !read_list(suite, &suite->reasons, reasons)) {
        fprintf(stderr, "csl_suite: a list cannot be read\n");
        return 2;
    }
    if (i == count && !shared) {
        printf("SKIPPED: OSLER_SHARED does not say where the fixtures of the CSL suite are\n");
        return SKIPPED;
    }
    if (i == count) {
        buf_printf(&path, "%s/data/csl/fixtures", shared);
        add_argument(suite, buf_text(&path));
    }
    buf_free(&path);
    for (; i < count; i++) {
        if (!add_argument(suite, arguments[i])) {
            fprintf(stderr, "csl_suite: %s cannot be read\n", arguments[i]);
            return 2;
        }
    }
    return -1;
}

int main(int count, char **arguments)
{
    struct suite suite = {0};
    int code = take_arguments(&suite, count, arguments);

    if (code < 0) {
        for (size_t i = 0; i < suite.count; i++)
            run_one(&suite, suite.paths[i]);
        printf("%u without trimming\n", suite.exact);
        printf("%u passed, %u failed\n", suite.passed, suite.failed);
        code = suite.list ? suite.broken != 0 : suite.failed != 0;
    }
    arena_free(&suite.memory);
    return code;
}
