/* The search index in the library: it follows what becomes of the records. */
#include "support.h"

#include "check.h"
#include "index/index.h"
#include "index/segment.h"
#include "store/facts.h"

#include <stdio.h>
#include <string.h>

/* The living documents with the term. */
static uint64_t count(store *s, enum index_kind kind, const char *value)
{
    struct index *all;
    char term[64];
    uint64_t found = 0;
    int length = snprintf(term, sizeof term, "%c%s", kind, value);
    CHECK(store_begin_reading(s, NULL) == OSLER_OK);
    CHECK(store_index(s, &all, NULL) == OSLER_OK);
    CHECK(index_count_term(all, (str){term, (size_t)length}, INDEX_ALL_FIELDS, &found, NULL) ==
          OSLER_OK);
    store_rollback(s);
    return found;
}

static index_facts facts_of(store *s, int64_t citation)
{
    struct index *all;
    index_number document = 0;
    index_facts facts = {0};
    CHECK(store_begin_reading(s, NULL) == OSLER_OK);
    CHECK(store_index(s, &all, NULL) == OSLER_OK);
    CHECK(index_find_citation(all, 0, citation, &document, NULL) == OSLER_OK);
    CHECK(index_get_facts(all, document, &facts, NULL) == OSLER_OK);
    store_rollback(s);
    return facts;
}

static void check_sound(store *s)
{
    CHECK(store_verify(s, no_damage, NULL, NULL) == OSLER_OK);
}

TEST(the_index_follows_new_changed_deleted_and_revived_records)
{
    store *s = open_new();
    osler_record r = trial("990000001", "A trial of rest.", 20200101);
    put(s, &r);
    CHECK(count(s, INDEX_WORD, "rest") == 1);
    r = trial("990000001", "A trial of walking.", 20210101);
    put(s, &r);
    CHECK(count(s, INDEX_WORD, "rest") == 0 && count(s, INDEX_WORD, "walking") == 1);
    bury(s, "990000001", 0);
    CHECK(count(s, INDEX_WORD, "walking") == 0);
    check_sound(s);
    put(s, &r);
    CHECK(count(s, INDEX_WORD, "walking") == 1);
    close_sound(s);
}

TEST(facts_are_those_of_record_and_appraisal)
{
    store *s = open_new();
    osler_record r = trial("990000001", "A trial of rest.", 20200101);
    put(s, &r);
    index_facts f = facts_of(s, 1);
    CHECK(f.citation == 1 && f.pmid == 990000001 && f.date == 20200500 && f.year == 2020);
    CHECK(f.recency == 20200501 && f.revised == 20200101 && f.entered == 0);
    CHECK_TEXT(osler_design_code(f.design), "randomized-trial");
    CHECK(f.confidence == 5000 && f.n == 105 && f.flags == 0 && f.traits == 0);
    CHECK(f.modifiers == (facts_modifier("cluster") | facts_modifier("double-blind")));
    CHECK(count(s, INDEX_DESIGN, "randomized-trial") == 1);
    close_sound(s);
}

/* Bits stand in libraries: every flag and modifier has one, and no two have the same. */
TEST(every_flag_and_modifier_has_a_bit)
{
    uint32_t seen = 0;
#define MODIFIER(name, code)                                                                       \
    CHECK(facts_modifier(code) && !(seen & facts_modifier(code)));                                 \
    seen |= facts_modifier(code);
#include "appraise/designs.def"
#define TYPE_FLAG(ui, name, flag) CHECK(facts_flag(flag));
#define LINK_FLAG(type, flag, target) CHECK(facts_flag(flag) || !*(flag));
#define TITLE_FLAG(start, flag) CHECK(facts_flag(flag));
#include "appraise/flags.def"
    for (unsigned i = 0; i < 32; i++) {
        const char *flag = facts_flag_name(i), *code = facts_modifier_code(i);
        CHECK(!flag || facts_flag(flag) == UINT32_C(1) << i);
        CHECK(!code || facts_modifier(code) == UINT32_C(1) << i);
    }
    CHECK(facts_flag("none") == 0 && !facts_flag_name(32));
}

TEST(headings_above_are_indexed)
{
    store *s = open_new();
    osler_heading headings[] = {{.ui = "D018781", .name = "Tension-Type Headache", .major = true},
                                {.name = "Migraine Disorders"}};
    osler_record r = trial("990000001", "A trial of rest.", 20200101);
    r.headings = (osler_heading_list){headings, 2};
    put(s, &r);
    CHECK(count(s, INDEX_ANCESTOR, "D018781") == 1 && count(s, INDEX_ANCESTOR, "D008881") == 1);
    CHECK(count(s, INDEX_ANCESTOR, "D020773") == 1); /* Headache Disorders */
    CHECK(count(s, INDEX_ANCESTOR, "D001241") == 0);
    close_sound(s);
}

TEST(a_notice_changes_the_flags_of_its_target_in_the_index)
{
    store *s = open_new();
    osler_correction link = {.type = "RetractionOf", .pmid = "990000001", .source = "J Test"};
    osler_record target = trial("990000001", "An invented trial.", 0);
    osler_record notice = trial("990000002", "Retraction of an invented trial.", 0);
    notice.corrections = (osler_correction_list){&link, 1};
    for (int round = 0; round < 2; round++) { /* whichever comes first */
        put(s, round ? &notice : &target);
        CHECK(count(s, INDEX_FLAG, "retracted") == 0);
        put(s, round ? &target : &notice);
        CHECK(count(s, INDEX_FLAG, "retracted") == 1);
        CHECK(facts_of(s, id_of(s, "990000001")).flags == facts_flag("retracted"));
        CHECK(facts_of(s, id_of(s, "990000002")).flags == 0);
        check_sound(s);
        bury(s, "990000002", 0);
        CHECK(count(s, INDEX_FLAG, "retracted") == 0);
        CHECK(facts_of(s, id_of(s, "990000001")).flags == 0);
        bury(s, "990000001", 0);
        check_sound(s);
    }
    store_close(s);
    remove_folder();
}

/* Many small transactions: segments are merged, and dead ones left behind. */
TEST(segments_stay_few)
{
    enum { RECORDS = 300 };
    store *s = open_new();
    for (int i = 0; i < RECORDS; i++) {
        char pmid[16], title[64];
        snprintf(pmid, sizeof pmid, "%d", 990000001 + i % 200);
        snprintf(title, sizeof title, "Invented record of round %d", i / 200);
        osler_record r = trial(pmid, title, 20200101 + i / 200);
        CHECK(put(s, &r) == (i < 200 ? STORE_NEW : STORE_UPDATED));
    }
    CHECK(number(s, "SELECT count(*) FROM index_segment") < 7 * 4);
    CHECK(number(s, "SELECT count(DISTINCT number >> 36) FROM index_chunk") ==
          number(s, "SELECT count(*) FROM index_segment"));
    CHECK(count(s, INDEX_WORD, "round") == 200 && count(s, INDEX_WORD, "1") == 100);
    close_sound(s);
}

TEST(many_records_of_one_transaction_are_found_by_identifier_before_it_ends)
{
    store *s = open_new();
    store_change change;
    store_arrival arrival = {.origin = begin(s)};
    osler_record r = trial("990000001", "A work of the invented author", 0);
    r.doi = "10.5555/One";
    CHECK(store_put(s, &r, &appraisal, &arrival, &change, NULL) == OSLER_OK);
    r = trial(NULL, "A work of the invented author", 0);
    r.doi = "10.5555/ONE";
    CHECK(store_put(s, &r, &appraisal, &arrival, &change, NULL) == OSLER_OK);
    CHECK(change == STORE_OLDER);
    end(s, arrival.origin);
    CHECK(number(s, "SELECT count(*) FROM citation") == 1);
    r.volume = "2";
    CHECK(put(s, &r) == STORE_OLDER); /* now from a segment */
    close_sound(s);
}

/* Lengthen the only chunk of facts: its last document again and again. */
static void lengthen_facts(store *s, size_t more)
{
    static const char where[] = "(number >> 32 & 15) = ?2";
    char sql[128];
    sqlite3_stmt *row;
    buf facts = {0};
    snprintf(sql, sizeof sql, "SELECT data FROM index_chunk WHERE ?1 IS NULL AND %s", where);
    CHECK(sqlite3_prepare_v2(s->db, sql, -1, &row, NULL) == SQLITE_OK);
    sqlite3_bind_int(row, 2, PART_FACTS);
    CHECK(sqlite3_step(row) == SQLITE_ROW);
    buf_add(&facts, store_column(row, 0));
    sqlite3_finalize(row);
    for (size_t i = 0; i < more; i++) {
        char last[SEGMENT_FACTS];
        memcpy(last, facts.data + facts.length - SEGMENT_FACTS, SEGMENT_FACTS);
        buf_add(&facts, (str){last, SEGMENT_FACTS});
    }
    snprintf(sql, sizeof sql, "UPDATE index_chunk SET data = ?1 WHERE %s", where);
    CHECK(sqlite3_prepare_v2(s->db, sql, -1, &row, NULL) == SQLITE_OK);
    sqlite3_bind_blob(row, 1, facts.data, (int)facts.length, SQLITE_STATIC);
    sqlite3_bind_int(row, 2, PART_FACTS);
    CHECK(sqlite3_step(row) == SQLITE_DONE);
    sqlite3_finalize(row);
    buf_free(&facts);
}

TEST(facts_of_more_documents_than_there_are_bury_none_of_them)
{
    store *s = open_new();
    store_change change;
    fill(s, 990000001, 20);
    lengthen_facts(s, 100000);
    store_arrival arrival = {.origin = begin(s)};
    osler_record first = trial("990000001", "A trial of rest.", 20210101);
    CHECK(store_put(s, &first, &appraisal, &arrival, &change, NULL) == OSLER_OK);
    osler_record last = trial("990000020", "A trial of walking.", 20210101);
    CHECK(store_put(s, &last, &appraisal, &arrival, &change, NULL) == OSLER_OK);
    end(s, arrival.origin);
    CHECK(number(s, "SELECT count(*) FROM index_segment WHERE tombstones = x'010008'") == 1);
    store_close(s);
    remove_folder();
}

TEST(segments_that_cannot_be_are_damage)
{
    static const char *const lies[] = {
        "UPDATE index_segment SET number = 9223372036854775807",
        "UPDATE index_segment SET number = 1 << 27",
        "UPDATE index_segment SET header = CAST(substr(header, 1, length(header) - 8)"
        " || x'0100000000000009' AS BLOB)",
        "UPDATE index_segment SET dead = CAST(x'00000000000000F0' || zeroblob(80) AS BLOB)",
        "UPDATE index_segment SET dead = CAST(x'FFFFFFFFFFFFFF7F' || zeroblob(80) AS BLOB)",
    };
    for (size_t i = 0; i < sizeof lies / sizeof *lies; i++) {
        store *s = open_new();
        osler_error error = {0};
        index_source source;
        struct index *all = NULL;
        fill(s, 990000001, 20);
        CHECK(sqlite3_exec(s->db, lies[i], 0, 0, 0) == SQLITE_OK);
        CHECK(store_begin_reading(s, NULL) == OSLER_OK);
        CHECK(store_index_source(s, &source, NULL) == OSLER_OK);
        CHECK(index_open(&all, &source, 1, &error) == OSLER_EDAMAGED);
        CHECK_TEXT(error.message, "the library is damaged: a segment of its index");
        store_rollback(s);
        store_close(s);
        remove_folder();
    }
}

/* Give the only segment the highest number there is: no other comes behind it. */
static void use_up_numbers(store *s)
{
    static const char sql[] =
        "UPDATE index_chunk SET number = number + (((1 << 27) - 2 - (number >> 36)) << 36);"
        "UPDATE index_key SET segment = (1 << 27) - 2;"
        "UPDATE index_segment SET number = (1 << 27) - 2";
    CHECK(number(s, "SELECT count(*) FROM index_segment") == 1);
    CHECK(sqlite3_exec(s->db, sql, 0, 0, 0) == SQLITE_OK);
}

TEST(what_cannot_be_flushed_cannot_be_committed)
{
    store *s = open_new();
    store_change change;
    osler_error error = {0};
    osler_record r = trial("990000002", "A trial of rest.", 0);
    fill(s, 990000001, 1);
    use_up_numbers(s);
    store_arrival arrival = {.origin = begin(s)};
    s->most_gathered = 0;
    CHECK(store_put(s, &r, &appraisal, &arrival, &change, &error) == OSLER_ELIMIT);
    CHECK_TEXT(error.message, "the search index is too large for a library");
    CHECK(store_is_lost(s));
    CHECK(store_commit(s, &error) != OSLER_OK);
    store_rollback(s);
    CHECK(!store_is_lost(s));
    CHECK(number(s, "SELECT count(*) FROM citation") == 1);
    close_sound(s);
}

TEST(documents_with_new_flags_are_flushed_too)
{
    store *s = open_new();
    osler_correction links[] = {{.type = "RetractionOf", .pmid = "990000001"},
                                {.type = "RetractionOf", .pmid = "990000002"},
                                {.type = "RetractionOf", .pmid = "990000003"}};
    osler_record notice = trial("990000099", "Retraction of invented trials.", 0);
    notice.corrections = (osler_correction_list){links, 3};
    fill(s, 990000001, 20);
    s->most_gathered = 0;
    put(s, &notice);
    CHECK(number(s, "SELECT count(*) FROM index_segment") == 5);
    CHECK(count(s, INDEX_FLAG, "retracted") == 3);
    close_sound(s);
}

static void remember(void *context, const char *sentence)
{
    if (strstr(sentence, "search index"))
        ++*(int *)context;
}

TEST(verifying_finds_an_index_that_lies)
{
    static const char *const lies[] = {
        "UPDATE index_segment SET tombstones = x'01', dead = x''",
        "DELETE FROM index_segment",
        "UPDATE integrity_flag SET flag = 'retracted'",
        "UPDATE study_design_use SET n = 106",
    };
    for (size_t i = 0; i < sizeof lies / sizeof *lies; i++) {
        osler_flag flag = {"erratum", NULL, "invented"};
        osler_record r = trial("990000001", "A trial of rest.", 0);
        store *s = open_new();
        int found = 0;
        appraisal.flags = (osler_flag_list){&flag, 1};
        put(s, &r);
        appraisal.flags.count = 0;
        CHECK(sqlite3_exec(s->db, lies[i], 0, 0, 0) == SQLITE_OK);
        CHECK(store_verify(s, remember, &found, NULL) == OSLER_OK);
        CHECK(found > 0);
        store_close(s);
        remove_folder();
    }
}
