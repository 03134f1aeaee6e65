/* What queries find in a small invented library, and in which order. */
#include "check.h"
#include "invented.h"

#include <osler/find.h>

static const invented rows[] = {
    {.pmid = "990000001",
     .title = "Acupuncture for tension-type headache: a randomized trial",
     .abstract = "Background: needles were compared with waiting. A total of 120 patients were "
                 "randomized.",
     .headings = "D018781* D015670*",
     .types = "D016449",
     .authors = "Smith JA|Probe B|Last Z",
     .journal = "Cephalalgia",
     .year = 2015},
    {.pmid = "990000002",
     .title = "Lions and migraine with aura",
     .abstract = "Lions were seen.",
     .headings = "D020325*",
     .authors = "Smithson J|Smith B",
     .year = 2019,
     .month = 7},
    {.pmid = "990000003",
     .title = "Comparison of lions",
     .abstract = "Migraine was not studied; the quick brown lion.",
     .types = "D002363",
     .keywords = "zoology|big cats",
     .authors = "Smith J",
     .journal = "J Headache Pain",
     .year = 2021},
    {.pmid = "990000004",
     .title = "Retracted lions",
     .headings = "D008881/Q000628 D006261/Q000139*",
     .authors = "M\xC3\xBCller K",
     .retraction = "990000099",
     .year = 2021,
     .month = 1},
    {.title = "Bears without a number", .authors = "Doe J", .year = 2010, .month = -1},
};

static invented_library shared;

/* The ids found, in their order, with a space behind each; "COLUMN: error" for a failure. */
static const char *found(const char *query)
{
    static char text[400];
    osler_find_result *result = NULL;
    osler_error error = {0};
    text[0] = '\0';
    osler_find_options how = {.ids_only = true};
    if (osler_find(&result, shared.library, query, &how, &error) != OSLER_OK)
        snprintf(text, sizeof text, "%u: %s", error.column, error.message);
    for (size_t i = 0; result && i < result->results.count; i++) {
        const char *id = result->results.items[i].id;
        size_t used = strlen(text);
        snprintf(text + used, sizeof text - used, "%s ",
                 strncmp(id, "99000000", 8) == 0 ? id + 8 : "bear");
    }
    osler_find_result_free(result);
    return text;
}

/* The same, in ascending order. */
static const char *found_set(const char *query)
{
    static char sorted[400];
    const char *text = found(query);
    sorted[0] = '\0';
    if (strchr(text, ':'))
        return text;
    for (const char *id = "12345"; *id; id++) {
        char one[8] = {*id, ' ', '\0'};
        if (*id == '5' ? strstr(text, "bear") != NULL : strstr(text, one) != NULL)
            strcat(sorted, one);
    }
    return sorted;
}

static const struct {
    const char *query, *ids;
} asked[] = {
    {"", "1 2 3 4 5 "},
    {"lions", "2 3 4 "},
    {"lion", "2 3 4 "},
    {"lion[all]", "2 3 4 "},
    {"lion[tiab]", "3 "},
    {"\"lion\"", "3 "},
    {"lion*", "2 3 4 "},
    {"LIONS", "2 3 4 "},
    {"muller", "4 "},
    {"M\xC3\xBCller[au]", "4 "},
    {"\"quick brown\"", "3 "},
    {"\"brown quick\"", ""},
    {"brown quick", "3 "},
    {"brown quick[ab]", "3 "},
    {"\"brown quick\"[ab]", ""},
    {"\"migraine lions\"[ti:~1]", "2 "},
    {"\"lions migraine\"[tiab:~0]", ""},
    {"\"comparison lions\"[tiab:~1]", "3 "},
    {"\"brown quick\"[tiab:~0]", "3 "},
    {"migraine studied[ab:~2]", "3 "},
    {"migraine studied[ab:~1]", ""},
    {"\"lions migr*\"[ti:~2]", "1: words near to each other take no '*'"},
    {"\"lions migraine\"[au:~2]", "17: [au:~2] is no proximity: expected a field of words and a "
                                  "number, as in \"hip pain\"[tiab:~3]"},
    {"lions[ti]", "2 3 4 "},
    {"compari-son", "3 "}, /* a hyphen that nobody writes */
    {"tensiontype", "1 "}, /* and one that is written */
    {"tension-type", "1 "},
    {"tensiontype[ti]", "1 "},
    {"\"tensiontype\"", ""},
    {"migraine[ti]", "2 "},
    {"migraine[tiab]", "2 3 "},
    {"migraine", "2 3 4 "},
    {"\"migraine\"", "2 3 4 "},
    {"migraine[mh]", "2 4 "},
    {"migraine disorders[mh:noexp]", "4 "},
    {"migraine[majr]", "2 "},
    {"migraine[majr:noexp]", ""},
    {"\"migraine disorders/therapy\"[mh]", "4 "},
    {"migraine disorders/therapy[mh]", "4 "},
    {"\"migraine disorders/therapy\"[majr]", ""},
    {"\"migraine disorders/chemically induced\"[mh]", ""}, /* the other heading has it */
    {"headache/chemically induced[majr]", "4 "},
    {"\"headache disorders/therapy\"[mh]", "4 "}, /* exploded */
    {"\"headache disorders/therapy\"[mh:noexp]", ""},
    {"therapy[sh]", "4 "},
    {"tension headache", "1 "},
    {"tension headache[mh]", "1 "},
    {"acupuncture AND headache", "1 "},
    {"lions NOT migraine[ti]", "3 4 "},
    {"NOT lions", "1 5 "},
    {"lions AND (bears OR quick)", "3 "},
    {"lions OR bears AND quick", "3 "},
    {"Smith[au]", "1 2 3 "},
    {"Smith J[au]", "1 3 "},
    {"Smith JA[au]", "1 "},
    {"\"Smith J\"[au]", "3 "},
    {"smiths*[au]", "2 "},
    {"smith j*[au]", "1 3 "},
    {"Smith[1au]", "1 3 "},
    {"Smith[lastau]", "2 3 "},
    {"Last[lastau]", "1 "},
    {"Cephalalgia[ta]", "1 "},
    {"J Headache Pain[Journal]", "3 "},
    {"2015[dp]", "1 "},
    {"2019:2021[dp]", "2 3 4 "},
    {"2019/07[dp]", "2 "},
    {"2010/01/01:2010/12/31[dp]", "5 "}, /* a year alone is its first day */
    {"2010/01/01[dp]", "5 "},
    {"2009/06/15:2010/01[dp]", "5 "},
    {"2010/01:2010/03[dp]", "5 "},
    {"2010/01/02:2010/12/31[dp]", ""},
    {"2010/02:2010/03[dp]", ""},
    {"2019/07/01:2019/07/02[dp]", "2 "},
    {"2019/07/02:2019/07/31[dp]", ""},
    {"2021/02:2021/12[dp]", "3 "},
    {"\"2019/01/01\"[dp] : \"3000\"[dp]", "2 3 4 "},
    {"year:2010", "5 "},
    {"randomized controlled trial[pt]", "1 "},
    {"clinical trial[pt]", "1 "},
    {"case reports[pt]", "3 "},
    {"zoology[ot]", "3 "},
    {"big cats[ot]", "3 "},
    {"990000002[pmid]", "2 "},
    {"990000001:990000003[pmid]", "1 2 3 "},
    {"990000001 990000004", "1 4 "},
    {"hasabstract[filter]", "1 2 3 "},
    {"hasabstract", "1 2 3 "},
    {"design:randomized-trial", "1 "},
    {"design:rct", "1 "},
    {"design:trials", "1 "},
    {"n:>100", "1 "},
    {"n:>120", ""},
    {"n:120", "1 "},
    {"n:<=200", "1 "},
    {"flag:retracted", "4 "},
    {"lions AND NOT flag:retracted", "2 3 "},
    {"tag:none", ""},
    {"unicorn", ""},
    /* what means something to FTS5 or SQL is nothing but words here */
    {"\"lions\" NEAR \"migraine\"", ""},
    {"title:lions", ""},
    {"lions' OR '1'='1[ti]", "2 3 4 "},
    {"\"%\"[au]", "1: there is no word in this term"},
    {"sm_th[au]", ""},
};

TEST(queries_find_what_they_say)
{
    invented_open(&shared, rows, sizeof rows / sizeof *rows);
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        const char *ids = found_set(asked[i].query);
        if (strcmp(ids, asked[i].ids) != 0)
            fprintf(stderr, "query: %s\n", asked[i].query);
        CHECK_TEXT(ids, asked[i].ids);
    }
    invented_close(&shared);
}

TEST(the_best_comes_first)
{
    invented_open(&shared, rows, sizeof rows / sizeof *rows);
    CHECK_TEXT(found(""), "3 4 2 1 bear ");  /* no words: by year, then PMID */
    CHECK_TEXT(found("migraine"), "2 4 3 "); /* title and heading, heading, abstract */
    invented_close(&shared);
}

TEST(deleted_citations_never_match)
{
    invented_open(&shared, rows, sizeof rows / sizeof *rows);
    store *s = shared.library->store;
    store_origin origin = {.kind = "file", .name = "deletions", .expected = -1};
    store_change change = STORE_NEW;
    CHECK(store_begin(s, NULL) == OSLER_OK);
    CHECK(store_origin_add(s, &origin, NULL) == OSLER_OK);
    store_arrival arrival = {.origin = origin.id};
    CHECK(store_delete(s, "990000001", 0, &arrival, &change, NULL) == OSLER_OK);
    CHECK(store_commit(s, NULL) == OSLER_OK);
    CHECK(change == STORE_REMOVED);
    static const char *const queries[] = {"tension headache",
                                          "990000001[pmid]",
                                          "Smith JA[au]",
                                          "2015[dp]",
                                          "design:randomized-trial",
                                          "n:120",
                                          "randomized controlled trial[pt]",
                                          "Cephalalgia[ta]"};
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++)
        CHECK_TEXT(found(queries[i]), "");
    CHECK_TEXT(found_set(""), "2 3 4 5 ");
    CHECK_TEXT(found_set("NOT lions"), "5 ");
    invented_close(&shared);
}

TEST(the_limit_cuts_the_list_but_not_the_count)
{
    invented_open(&shared, rows, sizeof rows / sizeof *rows);
    osler_find_result *result = NULL;
    osler_find_options how = {.limit = 2, .count_terms = true};
    CHECK(osler_find(&result, shared.library, "lions", &how, NULL) == OSLER_OK);
    CHECK(result->count == 3);
    CHECK(result->results.count == 2);
    CHECK_TEXT(result->understood, "lions[all]");
    CHECK(result->terms.count == 1 && result->terms.items[0].count == 3);
    CHECK(result->results.items[0].record != NULL);
    osler_find_result_free(result);
    invented_close(&shared);
}
