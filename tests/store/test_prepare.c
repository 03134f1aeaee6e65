/* Records that are prepared on other threads: what is known already, and blocks of originals. */
#include "support.h"

#include "check.h"
#include "store/prepare.h"

#include <string.h>

static const str bytes = STR("<PubmedArticle><MedlineCitation><PMID Version=\"1\">990000001</PMID>"
                             "</MedlineCitation></PubmedArticle>");

static store_change put_from(store *s, const osler_record *record, str original)
{
    store_change change = STORE_ABSENT;
    store_arrival arrival = {begin(s), 1, original};
    CHECK(store_put(s, record, &appraisal, &arrival, &change, NULL) == OSLER_OK);
    end(s, arrival.origin);
    return change;
}

/* Put bytes without reading them, in a transaction; false when they are not known. */
static bool put_known(store *s, str original, store_change *change)
{
    arena memory = {0};
    store_prepared prepared;
    store_preparer *p;
    store_arrival arrival = {.origin = begin(s)};
    CHECK(store_preparer_new(&p, s, true, NULL) == OSLER_OK);
    bool known = store_prepare_known(p, &memory, original, &prepared);
    if (known)
        CHECK(store_put_prepared(s, &prepared, &arrival, change, NULL) == OSLER_OK);
    store_preparer_free(p);
    end(s, arrival.origin);
    arena_free(&memory);
    return known;
}

TEST(the_same_bytes_are_known_without_being_read)
{
    store_change change = STORE_ABSENT;
    store *s = open_new();
    osler_record r = trial("990000001", "A trial of rest.", 20200101);
    CHECK(!put_known(s, bytes, &change));
    CHECK(put_from(s, &r, bytes) == STORE_NEW);
    CHECK(put_known(s, bytes, &change) && change == STORE_UNCHANGED);
    CHECK(!put_known(s, str_part(bytes, 0, bytes.length - 1), &change));
    CHECK(!put_known(s, str_of("PMID- 990000001"), &change));
    bury(s, "990000001", 0);
    CHECK(!put_known(s, bytes, &change)); /* to be revived, it is read */
    close_sound(s);
}

TEST(an_original_that_was_not_kept_comes_later)
{
    store_change change = STORE_ABSENT;
    store *s = open_new();
    osler_record r = trial("990000001", "A trial of rest.", 20200101);
    put_from(s, &r, bytes);
    CHECK(sqlite3_exec(s->db,
                       "UPDATE arrival SET block = NULL, start = NULL, length = NULL;"
                       "DELETE FROM original",
                       0, 0, 0) == SQLITE_OK);
    CHECK(!put_known(s, bytes, &change)); /* its preparer keeps originals */
    CHECK(put_from(s, &r, bytes) == STORE_UNCHANGED);
    CHECK(number(s, "SELECT count(*) FROM original") == 1);
    CHECK(number(s, "SELECT length FROM arrival WHERE block = 1") == (int64_t)bytes.length);
    CHECK(put_known(s, bytes, &change) && change == STORE_UNCHANGED);
    close_sound(s);
}

TEST(what_older_rules_made_is_read_again)
{
    store_change change = STORE_ABSENT;
    store *s = open_new();
    osler_record r = trial("990000001", "A trial of rest.", 20200101);
    put_from(s, &r, bytes);
    CHECK(sqlite3_exec(s->db, "UPDATE arrival SET rules = rules - 1", 0, 0, 0) == SQLITE_OK);
    CHECK(!put_known(s, bytes, &change));
    appraisal.n = 106; /* what the new rules find */
    CHECK(put_from(s, &r, bytes) == STORE_UNCHANGED);
    CHECK(number(s, "SELECT n FROM study_design") == 106);
    CHECK(number(s, "SELECT origin FROM citation") == 1);
    CHECK(number(s, "SELECT count(*) FROM version") == 0);
    CHECK(put_known(s, bytes, &change) && change == STORE_UNCHANGED);
    appraisal.n = 105;
    close_sound(s);
}

/* The worker looked before the transaction changed the record. */
static void recall(bool keep)
{
    store *s = open_new();
    arena memory = {0};
    store_prepared prepared;
    store_preparer *p;
    store_change change;
    osler_record r = trial("990000001", "A trial of rest.", 20200101);
    put_from(s, &r, bytes);
    store_arrival arrival = {.origin = begin(s)};
    CHECK(store_preparer_new(&p, s, keep, NULL) == OSLER_OK);
    CHECK(store_prepare_known(p, &memory, bytes, &prepared));
    r = trial("990000001", "A trial of walking.", 20210101);
    CHECK(store_put(s, &r, &appraisal, &arrival, &change, NULL) == OSLER_OK);
    CHECK(store_put_prepared(s, &prepared, &arrival, &change, NULL) == OSLER_OK);
    CHECK(change == STORE_UNCHANGED); /* a version already */
    CHECK(store_delete(s, "990000001", 0, &arrival, &change, NULL) == OSLER_OK);
    CHECK(store_put_prepared(s, &prepared, &arrival, &change, NULL) == OSLER_OK);
    CHECK(change == STORE_NEW); /* comes again */
    store_preparer_free(p);
    arena_free(&memory);
    end(s, arrival.origin);
    CHECK(number(s, "SELECT count(*) FROM citation WHERE title = 'A trial of rest.'") == 1);
    CHECK(number(s, "SELECT count(*) FROM version WHERE kind = 'record'") == 2);
    CHECK(number(s, "SELECT count(*) FROM original") == (keep ? 2 : 1));
    close_sound(s);
}

TEST(what_changed_meanwhile_is_recalled)
{
    recall(true);
    recall(false);
}

TEST(originals_share_a_block_unless_they_are_not_kept)
{
    for (int keep = 0; keep < 2; keep++) {
        store *s = open_new();
        arena memory = {0};
        store_prepared prepared[3], *items[3];
        store_preparer *p;
        store_change change;
        const char *pmids[] = {"990000001", "990000002", "990000003"};
        store_arrival arrival = {.origin = begin(s)};
        CHECK(store_preparer_new(&p, s, keep, NULL) == OSLER_OK);
        for (int i = 0; i < 3; i++) {
            osler_record r = trial(pmids[i], "A trial of rest.", 20200101);
            store_incoming incoming = {&r, &appraisal, bytes};
            CHECK(store_prepare(p, &memory, &memory, &incoming, &prepared[i], NULL) == OSLER_OK);
            items[i] = &prepared[i];
        }
        store_prepare_blocks(p, &memory, items, 3);
        for (int i = 0; i < 3; i++) {
            osler_record r = trial(pmids[i], "A trial of rest.", 20200101);
            prepared[i].incoming.record = &r;
            CHECK(store_put_prepared(s, &prepared[i], &arrival, &change, NULL) == OSLER_OK);
        }
        store_preparer_free(p);
        arena_free(&memory);
        end(s, arrival.origin);
        CHECK(number(s, "SELECT count(*) FROM original") == keep);
        CHECK(number(s, "SELECT count(*) FROM arrival WHERE block = 1") == (keep ? 3 : 0));
        CHECK(number(s, "SELECT count(*) FROM arrival WHERE original_digest IS NOT NULL") == 3);
        close_sound(s);
    }
}
