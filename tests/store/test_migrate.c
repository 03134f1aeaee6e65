/* Libraries as the Osler of their time left them, of invented records: version_1.db.gz;
 * version_2.db.gz, 16 of generate_pubmed, three of them revised, in three segments of form 1. */
#include "support.h"

#include "base/buf.h"
#include "base/source.h"
#include "check.h"
#include "store/prepare.h"
#include "store/segments.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A library of an older version, in the place of a new one. */
static void unpack(const char *name)
{
    source *in;
    char bytes[4096];
    size_t got = 1;
    store_close(open_new());
    FILE *out = fopen(path, "wb");
    if (!out || source_open_file(&in, name, NULL) != OSLER_OK)
        abort();
    while (got) {
        CHECK(source_read(in, bytes, sizeof bytes, &got, NULL) == OSLER_OK);
        CHECK(fwrite(bytes, 1, got, out) == got);
    }
    source_close(in);
    CHECK(fclose(out) == 0);
}

static void unpack_old(void)
{
    unpack("tests/store/version_1.db.gz");
}

/* The original of the version that `sql` gives (start, length, block), in `bytes`. */
static str original_of(store *s, const char *sql, buf *bytes)
{
    sqlite3_stmt *row;
    CHECK(sqlite3_prepare_v2(s->db, sql, -1, &row, NULL) == SQLITE_OK);
    CHECK(sqlite3_step(row) == SQLITE_ROW);
    CHECK(compress_expand(&s->compressor, COMPRESS_ORIGINAL, bytes, store_column(row, 2)));
    str original = str_part(buf_str(bytes), (size_t)sqlite3_column_int64(row, 0),
                            (size_t)sqlite3_column_int64(row, 1));
    sqlite3_finalize(row);
    return original;
}

static bool original_has(store *s, const char *sql, const char *text)
{
    buf bytes = {0};
    bool has = str_contains_ignoring_case(original_of(s, sql, &bytes), str_of(text));
    buf_free(&bytes);
    return has;
}

static void check_versions(store *s)
{
    CHECK(number(s, "SELECT count(*) FROM arrival") == 5);
    CHECK(number(s, "SELECT count(*) FROM version WHERE kind = 'record'") == 2);
    CHECK(number(s, "SELECT count(*) FROM version WHERE kind = 'deletion' AND block IS NOT NULL") ==
          2);
    CHECK(number(s, "SELECT number FROM arrival WHERE citation = 1") == 2);
    CHECK(number(s, "SELECT number FROM arrival WHERE citation = 3 AND block IS NULL") == 3);
    CHECK(original_has(s,
                       "SELECT start, length, o.data FROM arrival JOIN original o ON o.id = block"
                       " WHERE citation = 1",
                       "<ArticleTitle>An invented trial of rest, revised."));
    CHECK(original_has(s,
                       "SELECT start, length, o.data FROM version v JOIN original o ON o.id = block"
                       " WHERE citation = 1",
                       "<ArticleTitle>An invented trial of rest.<"));
}

TEST(a_library_of_version_1_is_taken_over_with_all_it_holds)
{
    store *s;
    osler_error error = {0};
    unpack_old();
    CHECK(store_open(&s, path, STORE_READ, &error) == OSLER_EDAMAGED);
    CHECK_TEXT(error.message,
               "the library has the old version 1: any command that writes brings it to 3");
    CHECK(store_open(&s, path, STORE_WRITE, NULL) == OSLER_OK);
    CHECK(number(s, "PRAGMA user_version") == 3);
    check_versions(s);
    CHECK(number(s, "SELECT count(*) FROM citation WHERE deleted = 5 AND id = 3") == 1);
    CHECK(number(s, "SELECT count(*) FROM citation WHERE first_origin = 1 AND origin = 2") == 1);
    CHECK(number(s, "SELECT count(*) FROM origin") == 5);
    CHECK(number(s, "SELECT count(*) FROM tag WHERE tag = 'mine' AND citation = 1") == 1);
    CHECK(number(s, "SELECT count(*) FROM note WHERE text = 'read this' AND citation = 2") == 1);
    CHECK(number(s, "SELECT count(*) FROM decision WHERE value = 'notice'") == 1);
    CHECK(number(s, "SELECT count(*) FROM saved_search WHERE query = 'headache'") == 1);
    CHECK(id_of(s, "nobody2019") == 1 && id_of(s, "10.5555/old.990000002") == 2);
    CHECK(id_of(s, "10.5555/old.none") == 5);
    CHECK(number(s, "PRAGMA foreign_keys") == 1);
    close_sound(s);
}

TEST(what_arrives_again_after_a_migration_is_read_anew)
{
    static const char sql[] = "SELECT start, length, o.data FROM arrival JOIN original o"
                              " ON o.id = block WHERE citation = 1";
    char renew[48];
    store *s;
    store_preparer *preparer;
    store_prepared prepared;
    arena memory = {0};
    buf bytes = {0};
    snprintf(renew, sizeof renew, "UPDATE arrival SET rules = %d", STORE_RULES);
    unpack_old();
    CHECK(store_open(&s, path, STORE_WRITE, NULL) == OSLER_OK);
    CHECK(store_preparer_new(&preparer, s, true, NULL) == OSLER_OK);
    str original = original_of(s, sql, &bytes);
    CHECK(original.length > 0);
    CHECK(!store_prepare_known(preparer, &memory, original, &prepared));
    store_preparer_free(preparer); /* it sees one moment of the library */
    CHECK(sqlite3_exec(s->db, renew, 0, 0, 0) == SQLITE_OK);
    CHECK(store_preparer_new(&preparer, s, true, NULL) == OSLER_OK);
    CHECK(store_prepare_known(preparer, &memory, original, &prepared)); /* if it had been read */
    store_preparer_free(preparer);
    store_close(s);
    buf_free(&bytes);
    arena_free(&memory);
    remove_folder();
}

static void count_finding(void *context, const char *sentence)
{
    (void)sentence;
    ++*(int *)context;
}

static int64_t documents_of(store *s, str term)
{
    arena memory = {0};
    store_ids found;
    CHECK(segments_find(s, &memory, term, 100, &found, NULL) == OSLER_OK);
    arena_free(&memory);
    return (int64_t)found.count;
}

TEST(a_library_of_version_2_is_read_as_it_is)
{
    store *s;
    arena memory = {0};
    store_citation citation;
    int findings = 0;
    unpack("tests/store/version_2.db.gz");
    CHECK(store_open(&s, path, STORE_READ, NULL) == OSLER_OK);
    CHECK(number(s, "PRAGMA user_version") == 2);
    CHECK(store_verify(s, count_finding, &findings, NULL) == OSLER_OK && findings == 0);
    CHECK(store_get(s, &memory, 2, &citation, NULL) == OSLER_OK);
    CHECK(citation.versions == 2);
    CHECK(strncmp(osler_record_title(&citation.record), "Revised: ", 9) == 0);
    CHECK(documents_of(s, (str)STR("wrevised")) == 3);
    arena_free(&memory);
    store_close(s);
    remove_folder();
}

/* With seven segments of its own an old library has so many that all are merged. */
TEST(a_library_of_version_2_is_written_to_without_a_copy)
{
    char copy[96];
    store *s;
    FILE *there;
    unpack("tests/store/version_2.db.gz");
    CHECK(store_open(&s, path, STORE_WRITE, NULL) == OSLER_OK);
    CHECK(number(s, "PRAGMA user_version") == 3);
    CHECK(number(s, "SELECT count(*) FROM packed_block") == 0);
    snprintf(copy, sizeof copy, "%s.version-2", path);
    there = fopen(copy, "rb");
    CHECK(!there);
    if (there)
        fclose(there);
    for (int i = 0; i < 8; i++)
        fill(s, 990000001 + 10 * i, 2);
    CHECK(number(s, "SELECT count(*) FROM citation") == 32);
    CHECK(number(s, "SELECT count(*) FROM index_segment") < 8);
    CHECK(documents_of(s, (str)STR("wrevised")) == 3);
    close_sound(s);
}

TEST(the_old_library_is_kept_as_a_copy)
{
    char copy[96];
    sqlite3 *old;
    sqlite3_stmt *row;
    store *s;
    unpack_old();
    CHECK(store_open(&s, path, STORE_WRITE, NULL) == OSLER_OK);
    store_close(s);
    snprintf(copy, sizeof copy, "%s.version-1", path);
    CHECK(sqlite3_open_v2(copy, &old, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK);
    CHECK(sqlite3_prepare_v2(old, "SELECT count(*) FROM packed", -1, &row, NULL) == SQLITE_OK);
    CHECK(sqlite3_step(row) == SQLITE_ROW && sqlite3_column_int(row, 0) == 5);
    sqlite3_finalize(row);
    sqlite3_close(old);
    remove_folder();
}

TEST(a_damaged_old_library_is_left_as_it_is)
{
    store *s;
    osler_error error = {0};
    sqlite3 *old;
    unpack_old();
    sqlite3_open(path, &old);
    CHECK(sqlite3_exec(old, "UPDATE packed SET data = x'78F9000102' WHERE id = 4", 0, 0, 0) == 0);
    sqlite3_close(old);
    CHECK(store_open(&s, path, STORE_WRITE, &error) == OSLER_EDAMAGED);
    CHECK_TEXT(error.message, "the library is damaged: a record cannot be inflated");
    CHECK_TEXT(error.source, path);
    sqlite3_open(path, &old);
    sqlite3_stmt *row;
    CHECK(sqlite3_prepare_v2(old, "SELECT count(*) FROM words", -1, &row, NULL) == SQLITE_OK);
    CHECK(sqlite3_step(row) == SQLITE_ROW && sqlite3_column_int(row, 0) == 4);
    sqlite3_finalize(row);
    sqlite3_close(old);
    remove_folder();
}
