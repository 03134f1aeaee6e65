/* Libraries as the Osler of their time left them, of invented records: version_1.db.gz;
 * version_2.db.gz, 16 of generate_pubmed, three of them revised, in three segments of form 1;
 * version_3.db.gz, two records with tags, a note, a key and a decision. */
#include "support.h"

#include "base/buf.h"
#include "base/source.h"
#include "check.h"
#include "store/lists.h"
#include "store/own.h"
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
               "the library has the old version 1: any command that writes brings it to 4");
    CHECK(store_open(&s, path, STORE_WRITE, NULL) == OSLER_OK);
    CHECK(number(s, "PRAGMA user_version") == 4);
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
    CHECK(number(s, "PRAGMA user_version") == 4);
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

/* It has neither lists nor a journal, and no place for them. */
TEST(a_library_of_version_3_is_read_as_it_is)
{
    store *s;
    arena memory = {0};
    struct lists_rows lists;
    struct own_steps steps;
    struct own_change_list changes;
    struct own_notes notes;
    osler_text_list texts;
    int64_t list;
    unpack("tests/store/version_3.db.gz");
    CHECK(store_open(&s, path, STORE_READ, NULL) == OSLER_OK);
    CHECK(number(s, "PRAGMA user_version") == 3);
    CHECK(lists_get_all(s, &memory, 0, &lists, NULL) == OSLER_OK && lists.count == 0);
    CHECK(lists_find(s, "mine", &list, NULL) == OSLER_ENOTFOUND);
    CHECK(lists_get_names(s, &memory, 1, &texts, NULL) == OSLER_OK && texts.count == 0);
    CHECK(own_get_steps(s, &memory, 0, &steps, NULL) == OSLER_OK && steps.count == 0);
    CHECK(own_get_changes(s, &memory, 1, &changes, NULL) == OSLER_ENOTFOUND);
    CHECK(own_get_tags(s, &memory, 1, &texts, NULL) == OSLER_OK && texts.count == 1);
    CHECK(own_get_notes(s, &memory, 2, &notes, NULL) == OSLER_OK && notes.count == 1);
    CHECK_TEXT(notes.items[0].text, "read this");
    arena_free(&memory);
    store_close(s);
    remove_folder();
}

TEST(a_library_of_version_3_gets_lists_and_a_journal_without_a_copy)
{
    char copy[96];
    store *s;
    int64_t list;
    struct lists_entry entry = {.text = "An invented reference.", .verdict = "not-in-library"};
    unpack("tests/store/version_3.db.gz");
    CHECK(store_open(&s, path, STORE_WRITE, NULL) == OSLER_OK);
    CHECK(number(s, "PRAGMA user_version") == 4);
    snprintf(copy, sizeof copy, "%s.version-3", path);
    FILE *there = fopen(copy, "rb");
    CHECK(!there);
    if (there)
        fclose(there);
    CHECK(store_begin(s, NULL) == OSLER_OK);
    own_begin(s, "a test");
    CHECK(lists_new(s, "mine", NULL, &list, NULL) == OSLER_OK);
    CHECK(lists_append(s, list, &entry, NULL) == OSLER_OK);
    CHECK(own_tag(s, 1, "later", false, NULL) == OSLER_OK);
    CHECK(store_commit(s, NULL) == OSLER_OK);
    CHECK(number(s, "SELECT count(*) FROM tag WHERE tag IN ('mine', 'Mine', 'later')") == 3);
    CHECK(number(s, "SELECT count(*) FROM note WHERE text = 'read this' AND citation = 2") == 1);
    CHECK(number(s, "SELECT count(*) FROM decision WHERE value = 'notice'") == 1);
    CHECK(id_of(s, "nobody2019") == 1);
    CHECK(number(s, "SELECT count(*) FROM list_entry") == 1);
    close_sound(s);
}
