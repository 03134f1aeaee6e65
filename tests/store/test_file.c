/* The library as a file: hostile bytes, other writers, full disks, versions. */
#include "support.h"

#include "check.h"
#include "store/migrate.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void write_file(const char *name, const void *bytes, size_t size)
{
    FILE *file = fopen(name, "wb");
    if (!file || fwrite(bytes, 1, size, file) != size || fclose(file) != 0)
        abort();
}

static char *read_library(size_t *size)
{
    FILE *file = fopen(path, "rb");
    char *bytes = malloc(4 << 20);
    *size = file && bytes ? fread(bytes, 1, 4 << 20, file) : 0;
    if (!*size || *size == 4 << 20)
        abort();
    fclose(file);
    return bytes;
}

/* The library with other bytes, and no log beside it. */
static void replace_library(const void *bytes, size_t size)
{
    char log[80];
    snprintf(log, sizeof log, "%s-wal", path);
    remove(log);
    snprintf(log, sizeof log, "%s-shm", path);
    remove(log);
    write_file(path, bytes, size);
}

static osler_status open_status(store_mode mode, osler_error *error)
{
    store *s = NULL;
    *error = (osler_error){0};
    osler_status status = store_open(&s, path, mode, error);
    CHECK((status == OSLER_OK) == (s != NULL));
    store_close(s);
    return status;
}

static void ignore(void *context, const char *sentence)
{
    (void)sentence;
    ++*(int *)context;
}

/* Use all of what may be a damaged library; whatever comes of it, it must not crash. */
static int use(void)
{
    int findings = 0;
    store *s;
    osler_error error;
    if (store_open(&s, path, STORE_WRITE, &error) != OSLER_OK)
        return 1;
    for (int64_t id = 1; id < 5; id++) {
        arena memory = {0};
        store_citation citation;
        findings += store_get(s, &memory, id, &citation, &error) != OSLER_OK;
        arena_free(&memory);
    }
    int64_t id;
    findings += store_lookup(s, "990000003", &id, &error) != OSLER_OK;
    if (store_verify(s, ignore, &findings, &error) != OSLER_OK)
        findings++;
    osler_record r = trial("990000002", "Changed.", 20260101);
    store_change change;
    store_arrival arrival = {.origin = 1};
    if (store_begin(s, &error) != OSLER_OK ||
        store_put(s, &r, &appraisal, &arrival, &change, &error) != OSLER_OK ||
        store_delete(s, "990000001", 0, &arrival, &change, &error) != OSLER_OK ||
        store_commit(s, &error) != OSLER_OK)
        findings++;
    store_close(s);
    return findings;
}

TEST(what_is_no_library_is_refused)
{
    osler_error error;
    store *s = open_new();
    store_close(s);
    char noise[20000];
    unsigned long state = 7;
    for (size_t i = 0; i < sizeof noise; i++)
        noise[i] = (char)((state = state * 6364136223846793005UL + 1442695040888963407UL) >> 56);
    replace_library(noise, sizeof noise);
    CHECK(open_status(STORE_CREATE, &error) == OSLER_EDAMAGED);
    CHECK_TEXT(error.message, "this file is not an Osler library");
    CHECK_TEXT(error.source, path);
    replace_library("PK", 2);
    CHECK(open_status(STORE_CREATE, &error) == OSLER_EDAMAGED);
    replace_library("", 0);
    CHECK(open_status(STORE_READ, &error) == OSLER_ENOTFOUND);
    CHECK(open_status(STORE_WRITE, &error) == OSLER_ENOTFOUND);
    CHECK(open_status(STORE_CREATE, &error) == OSLER_OK);
    remove(path);
    sqlite3 *other;
    sqlite3_open(path, &other);
    CHECK(sqlite3_exec(other, "CREATE TABLE t(x); INSERT INTO t VALUES(1)", 0, 0, 0) == SQLITE_OK);
    sqlite3_close(other);
    CHECK(open_status(STORE_CREATE, &error) == OSLER_EDAMAGED);
    CHECK_TEXT(error.message, "this is an SQLite file, but not an Osler library");
    remove(path);
    CHECK(open_status(STORE_READ, &error) == OSLER_ENOTFOUND);
    CHECK(open_status(STORE_WRITE, &error) == OSLER_ENOTFOUND);
    remove(path);
    CHECK(mkdir(path, 0700) == 0);
    CHECK(open_status(STORE_CREATE, &error) == OSLER_ELIBRARY);
    remove_folder();
}

TEST(a_place_that_cannot_be_written_is_named)
{
    store *s = NULL;
    osler_error error = {0};
    CHECK(store_open(&s, "/proc/osler/library.db", STORE_CREATE, &error) == OSLER_ELIBRARY);
    CHECK(strstr(error.message, "folder") && strcmp(error.source, "/proc/osler/library.db") == 0);
    CHECK(store_open(&s, "/proc/library.db", STORE_CREATE, &error) == OSLER_ELIBRARY);
    CHECK(strstr(error.message, "cannot"));
    CHECK(store_open(&s, "", STORE_CREATE, &error) == OSLER_EUSAGE);
}

TEST(damage_at_any_place_is_a_finding_and_no_crash)
{
    enum { FLIPS = 250 };
    store *s = open_new();
    fill(s, 990000001, 12);
    store_close(s);
    size_t size;
    char *bytes = read_library(&size);
    int noticed = 0;
    for (size_t i = 0; i < FLIPS; i++) {
        size_t at = i < 100 ? i : (i * 2654435761UL) % size; /* every byte of the header */
        char old = bytes[at];
        bytes[at] = (char)(old ^ (1 << i % 8));
        replace_library(bytes, size);
        noticed += use() != 0;
        bytes[at] = old;
    }
    CHECK(noticed > FLIPS / 20);
    replace_library(bytes, size);
    CHECK(use() == 0);
    free(bytes);
    remove_folder();
}

TEST(a_cut_library_is_a_finding_and_no_crash)
{
    osler_error error;
    store *s = open_new();
    fill(s, 990000001, 12);
    store_close(s);
    size_t size;
    char *bytes = read_library(&size);
    for (size_t part = 1; part < 40; part++) {
        replace_library(bytes, size * part / 40);
        int findings = use();
        CHECK(findings > 0 || part > 35); /* the last pages may be empty ones */
    }
    replace_library(bytes, 50);
    CHECK(open_status(STORE_READ, &error) == OSLER_EDAMAGED);
    free(bytes);
    remove_folder();
}

TEST(a_trigger_in_a_foreign_file_does_not_act)
{
    store *s = open_new();
    fill(s, 990000001, 1);
    store_close(s);
    sqlite3 *other;
    sqlite3_open(path, &other);
    CHECK(sqlite3_exec(other,
                       "CREATE TRIGGER t AFTER UPDATE ON citation BEGIN DELETE FROM note; END;"
                       "INSERT INTO note VALUES(1, 1, 'x', 'mine')",
                       0, 0, 0) == SQLITE_OK);
    sqlite3_close(other);
    CHECK(store_open(&s, path, STORE_WRITE, NULL) == OSLER_OK);
    osler_record r = trial("990000001", "Changed.", 20260101);
    CHECK(put(s, &r) == STORE_UPDATED);
    CHECK(number(s, "SELECT count(*) FROM note") == 1);
    close_sound(s);
}

static void sleep_ms(long ms)
{
    struct timespec pause = {ms / 1000, ms % 1000 * 1000000};
    nanosleep(&pause, NULL);
}

/* A process that writes to the library for `ms`; back when it has begun. */
static pid_t start_writer(long ms)
{
    int ready[2];
    char c;
    if (pipe(ready) != 0)
        abort();
    pid_t child = fork();
    if (child == 0) {
        store *s;
        bool ok = store_open(&s, path, STORE_WRITE, NULL) == OSLER_OK;
        int64_t origin = ok ? begin(s) : 0;
        ok = write(ready[1], "x", 1) == 1 && ok;
        sleep_ms(ms);
        if (ok)
            end(s, origin);
        if (ok)
            store_close(s);
        _exit(ok ? 0 : 1);
    }
    CHECK(read(ready[0], &c, 1) == 1);
    close(ready[0]);
    close(ready[1]);
    return child;
}

static void wait_for(pid_t child)
{
    int how;
    CHECK(waitpid(child, &how, 0) == child && WIFEXITED(how) && WEXITSTATUS(how) == 0);
}

TEST(a_second_writer_waits_or_says_that_it_is_locked)
{
    store *s = open_new(), *reader;
    osler_error error = {0};
    pid_t child = start_writer(300);
    fill(s, 990000001, 1);
    CHECK(number(s, "SELECT count(*) FROM origin") == 2);
    wait_for(child);
    child = start_writer(700);
    sqlite3_busy_timeout(s->db, 100);
    CHECK(store_begin(s, &error) == OSLER_ELOCKED);
    /* Where the system tells, the process is named: check_locked.sh. */
    CHECK(strstr(error.message, " is writing to the library; waited 5 seconds") != NULL);
    CHECK_TEXT(error.source, path);
    CHECK(store_open(&reader, path, STORE_READ, NULL) == OSLER_OK); /* readers need not wait */
    CHECK(number(reader, "SELECT count(*) FROM origin") == 2);
    store_close(reader);
    wait_for(child);
    close_sound(s);
}

TEST(two_that_create_the_library_at_once_both_get_it)
{
    store *s = open_new();
    store_close(s);
    for (int round = 0; round < 20; round++) {
        remove_folder();
        pid_t children[3];
        for (int i = 0; i < 3; i++) {
            children[i] = fork();
            if (children[i] == 0) {
                osler_error error = {0};
                bool ok = store_open(&s, path, STORE_CREATE, &error) == OSLER_OK;
                CHECK_TEXT(error.message, "");
                if (ok)
                    fill(s, 990000001 + i, 1);
                if (ok)
                    store_close(s);
                _exit(ok ? 0 : 1);
            }
        }
        for (int i = 0; i < 3; i++)
            wait_for(children[i]);
        CHECK(store_open(&s, path, STORE_WRITE, NULL) == OSLER_OK);
        CHECK(number(s, "SELECT count(*) FROM citation") == 3);
        store_close(s);
    }
    remove_folder();
}

TEST(a_file_that_may_not_grow_keeps_what_it_has)
{
    store *s = open_new();
    fill(s, 990000001, 5);
    store_close(s);
    struct stat about;
    CHECK(stat(path, &about) == 0);
    pid_t child = fork();
    if (child == 0) {
        struct rlimit limit = {(rlim_t)about.st_size + 100000, (rlim_t)about.st_size + 100000};
        osler_error error = {0};
        store_change change;
        signal(SIGXFSZ, SIG_IGN);
        if (setrlimit(RLIMIT_FSIZE, &limit) != 0 ||
            store_open(&s, path, STORE_WRITE, NULL) != OSLER_OK)
            _exit(2);
        store_arrival arrival = {.origin = begin(s)};
        osler_status status = OSLER_OK;
        for (int i = 0; status == OSLER_OK && i < 200000; i++) {
            char pmid[16];
            snprintf(pmid, sizeof pmid, "%d", 991000000 + i);
            osler_record r = trial(pmid, "Too much.", 0);
            status = store_put(s, &r, &appraisal, &arrival, &change, &error);
        }
        if (status == OSLER_OK)
            status = store_commit(s, &error);
        store_close(s);
        _exit(status == OSLER_ELIBRARY && strstr(error.message, "file-size limit") &&
                      error.source[0]
                  ? 0
                  : 1);
    }
    wait_for(child);
    CHECK(store_open(&s, path, STORE_WRITE, NULL) == OSLER_OK);
    CHECK(number(s, "SELECT count(*) FROM citation") == 5);
    close_sound(s);
}

TEST(an_older_version_is_migrated_after_a_copy_was_made)
{
    static const store_step steps[] = {
        {.to = STORE_VERSION + 1, .sql = "ALTER TABLE citation ADD COLUMN second TEXT"},
        {.to = STORE_VERSION + 2,
         .sql = "ALTER TABLE citation ADD COLUMN third TEXT; UPDATE citation SET third = 'made'"},
    };
    char copy[96];
    osler_error error;
    store *s = open_new();
    fill(s, 990000001, 3);
    CHECK(store_migrate(s, steps, 2, NULL) == OSLER_OK);
    CHECK(number(s, "PRAGMA user_version") == 6);
    CHECK(number(s, "SELECT count(*) FROM citation WHERE third = 'made' AND second IS NULL") == 3);
    CHECK(store_migrate(s, steps, 2, NULL) == OSLER_OK); /* nothing to do */
    store_close(s);
    CHECK(open_status(STORE_WRITE, &error) == OSLER_EDAMAGED);
    CHECK_TEXT(error.message,
               "the library has version 6, this Osler knows versions up to 4: use a newer Osler");
    CHECK(open_status(STORE_READ, &error) == OSLER_EDAMAGED);
    snprintf(copy, sizeof copy, "%s.version-4", path);
    CHECK(store_open(&s, copy, STORE_WRITE, NULL) == OSLER_OK);
    CHECK(number(s, "SELECT count(*) FROM citation") == 3);
    close_sound(s);
}

TEST(a_migration_that_fails_changes_nothing)
{
    static const store_step steps[] = {
        {.to = STORE_VERSION + 1, .sql = "ALTER TABLE citation ADD COLUMN second TEXT"},
        {.to = STORE_VERSION + 2, .sql = "ALTER TABLE nowhere ADD COLUMN third TEXT"}};
    store *s = open_new();
    fill(s, 990000001, 3);
    CHECK(store_migrate(s, steps, 2, NULL) == OSLER_EDAMAGED);
    CHECK(number(s, "PRAGMA user_version") == 4);
    CHECK(number(s, "SELECT count(*) FROM pragma_table_info('citation') WHERE name = 'second'") ==
          0);
    close_sound(s);
}

TEST(what_is_compressed_comes_back)
{
    struct compressor c = {0};
    buf packed = {0}, back = {0};
    char random[40000];
    unsigned long state = 7;
    for (size_t i = 0; i < sizeof random; i++)
        random[i] = (char)('a' + (state = state * 6364136223846793005UL + 1) % 61);
    const str texts[] = {str_of(""),
                         str_of("x"),
                         {random, sizeof random},
                         str_of("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
                         str_of("<PubmedArticle><MedlineCitation Status=\"MEDLINE\">")};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        for (enum compress_what what = COMPRESS_RECORD; what <= COMPRESS_ORIGINAL; what++) {
            buf_clear(&packed);
            buf_clear(&back);
            compress_add(&c, what, &packed, texts[i]);
            CHECK(compress_expand(&c, what, &back, buf_str(&packed)));
            CHECK(str_equal(buf_str(&back), texts[i]));
            for (size_t cut = 0; cut < packed.length && cut < 40; cut++)
                CHECK(!compress_expand(&c, what, &back, str_part(buf_str(&packed), 0, cut)));
        }
    CHECK(!compress_expand(&c, COMPRESS_RECORD, &back, str_of("no frame of zstd")));
    static const char huge[] = "\x28\xB5\x2F\xFD\xE0\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x7F\x01\x00";
    CHECK(!compress_expand(&c, COMPRESS_RECORD, &back, (str){huge, sizeof huge - 1}));
    buf_free(&packed);
    buf_free(&back);
    compress_close(&c);
}
