/* A library in a folder of its own and invented records, for the tests of store/. */
#include "support.h"

#include "check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

char folder[32], path[64];

static void in_new_folder(void)
{
    strcpy(folder, "/tmp/osler-test-store-XXXXXX");
    if (!mkdtemp(folder))
        abort();
    snprintf(path, sizeof path, "%s/lib/library.db", folder);
}

void remove_folder(void)
{
    char command[96];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    if (system(command) != 0)
        abort();
}

store *open_new(void)
{
    store *s = NULL;
    osler_error error = {0};
    in_new_folder();
    osler_status status = store_open(&s, path, STORE_CREATE, &error);
    CHECK_TEXT(error.message, "");
    if (status != OSLER_OK)
        abort();
    return s;
}

int64_t begin(store *s)
{
    store_origin origin = {.kind = "file", .name = "invented.xml", .expected = -1};
    CHECK(store_begin(s, NULL) == OSLER_OK);
    CHECK(store_origin_add(s, &origin, NULL) == OSLER_OK);
    return origin.id;
}

void end(store *s, int64_t origin)
{
    store_origin done = {.id = origin, .format = "pubmed-xml", .expected = -1, .added = 1};
    CHECK(store_origin_finish(s, &done, NULL) == OSLER_OK);
    CHECK(store_commit(s, NULL) == OSLER_OK);
}

static osler_date dates[2];
static osler_publication_type type = {"D016449", "Randomized Controlled Trial"};

/* An invented record; `revised` is YYYYMMDD, or 0. */
osler_record trial(const char *pmid, const char *title, int revised)
{
    osler_record r = {.pmid = pmid, .pmid_version = pmid ? 1 : 0, .title = title};
    dates[0] = (osler_date){.kind = "issued", .year = 2020, .month = 5};
    dates[1] = (osler_date){.kind = "revised",
                            .year = revised / 10000,
                            .month = revised / 100 % 100,
                            .day = revised % 100};
    r.dates = (osler_date_list){dates, revised ? 2 : 1};
    r.publication_types = (osler_publication_type_list){&type, 1};
    return r;
}

static const char *modifiers[] = {"cluster", "double-blind"};
osler_appraisal appraisal = {
    .design = "randomized-trial",
    .confidence = 0.5,
    .modifiers = {modifiers, 2},
    .n = 105,
    .n_kind = "randomized",
    .n_sentence = "We randomized 105 participants.",
};

store_change put(store *s, const osler_record *record)
{
    store_change change = STORE_ABSENT;
    osler_error error = {0};
    int64_t origin = begin(s);
    store_arrival arrival = {origin, 7, STR("<PubmedArticle>invented</PubmedArticle>")};
    osler_status status = store_put(s, record, &appraisal, &arrival, &change, &error);
    CHECK_TEXT(error.message, "");
    CHECK(status == OSLER_OK);
    end(s, origin);
    return change;
}

store_change bury(store *s, const char *pmid, int version)
{
    store_change change = STORE_NEW;
    int64_t origin = begin(s);
    store_arrival arrival = {.origin = origin};
    CHECK(store_delete(s, pmid, version, &arrival, &change, NULL) == OSLER_OK);
    end(s, origin);
    return change;
}

void no_damage(void *context, const char *sentence)
{
    (void)context;
    CHECK_TEXT(sentence, "no damage");
}

void close_sound(store *s)
{
    CHECK(store_verify(s, no_damage, NULL, NULL) == OSLER_OK);
    store_close(s);
    remove_folder();
}

int64_t number(store *s, const char *sql)
{
    sqlite3_stmt *row;
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_ENABLE_VIEW, 1, NULL); /* as people read it */
    CHECK(sqlite3_prepare_v2(s->db, sql, -1, &row, NULL) == SQLITE_OK);
    int64_t result = sqlite3_step(row) == SQLITE_ROW ? sqlite3_column_int64(row, 0) : -1;
    sqlite3_finalize(row);
    return result;
}

int64_t id_of(store *s, const char *name)
{
    int64_t id;
    return store_lookup(s, name, &id, NULL) == OSLER_OK ? id : 0;
}

void fill(store *s, int first, int count)
{
    store_change change;
    store_arrival arrival = {.origin = begin(s),
                             .original = STR("<PubmedArticle>invented</PubmedArticle>")};
    for (int i = first; i < first + count; i++) {
        char pmid[16], title[64];
        snprintf(pmid, sizeof pmid, "%d", i);
        snprintf(title, sizeof title, "Invented record %d about headache and rest.", i);
        osler_record r = trial(pmid, title, 20200101);
        CHECK(store_put(s, &r, &appraisal, &arrival, &change, NULL) == OSLER_OK);
    }
    end(s, arrival.origin);
}
