/* Integrity flags of a record, and what it says of others. */
#include "support.h"

#include "appraise/appraise.h"
#include "check.h"

#include <string.h>

static const osler_flag *flag_of(const osler_appraisal *a, const char *name)
{
    for (size_t i = 0; i < a->flags.count; i++)
        if (strcmp(a->flags.items[i].name, name) == 0)
            return &a->flags.items[i];
    return NULL;
}

TEST(links_flag_and_name_the_other_record)
{
    static const struct {
        const char *type, *flag;
    } cases[] = {
        {"RetractionIn", "retracted"},
        {"RetractionOf", "retraction-notice"},
        {"RetractedandRepublishedIn", "retracted"},
        {"ExpressionOfConcernIn", "concern"},
        {"ExpressionOfConcernFor", "concern-notice"},
        {"ErratumIn", "erratum"},
        {"ErratumFor", "erratum-notice"},
        {"UpdateIn", "superseded"},
        {"CorrectedandRepublishedIn", "superseded"},
        {"CorrectedandRepublishedFrom", "republished"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        arena memory = {0};
        osler_appraisal a;
        osler_record *record = invent(&memory, "Mats for back pain", NULL);
        appraise(&memory, &a, record, NULL);
        CHECK(a.flags.count == 0);
        invent_link(&memory, record, cases[i].type, "990000001");
        appraise(&memory, &a, record, NULL);
        CHECK(a.flags.count == 1);
        const osler_flag *flag = flag_of(&a, cases[i].flag);
        CHECK(flag && flag->pmid && strcmp(flag->pmid, "990000001") == 0);
        CHECK(flag && strstr(flag->reason, "Invent J"));
        arena_free(&memory);
    }
}

TEST(other_links_flag_nothing)
{
    static const char *const types[] = {"CommentIn", "CommentOn",     "Cites",
                                        "UpdateOf",  "RepublishedIn", "AssociatedDataset"};
    arena memory = {0};
    osler_appraisal a;
    osler_record *record = invent(&memory, "Mats for back pain", NULL);
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        invent_link(&memory, record, types[i], "990000001");
    appraise(&memory, &a, record, NULL);
    CHECK(a.flags.count == 0);
    arena_free(&memory);
}

TEST(types_and_titles_flag)
{
    static const struct {
        const char *title, *type, *journal, *flag;
    } cases[] = {
        {"Mats", "D016441", NULL, "retracted"},
        {"Mats", "D016440", NULL, "retraction-notice"},
        {"Mats", "Retraction Notice", NULL, "retraction-notice"},
        {"Mats", "D000075742", NULL, "concern-notice"},
        {"Mats", "D016425", NULL, "erratum-notice"},
        {"Mats", "D016438", NULL, "duplicate"},
        {"Mats", "D016439", NULL, "republished"},
        {"Mats", "D000076942", NULL, "preprint"},
        {"RETRACTED: Mats for back pain", "", NULL, "retracted"},
        {"Retracted Article: Mats for back pain", "", NULL, "retracted"},
        {"WITHDRAWN: Mats for back pain", "", "Invent J", "retracted"},
        {"WITHDRAWN: Mats for back pain", "", "The Cochrane database of systematic reviews",
         "withdrawn"},
        {"Retraction Note: Mats for back pain", "", NULL, "retraction-notice"},
        {"Expression of Concern: Mats for back pain", "", NULL, "concern-notice"},
        {"Corrigendum to \"Mats for back pain\"", "", NULL, "erratum-notice"},
        {"Correction: Mats for back pain", "", NULL, "erratum-notice"},
        {"Mats for back pain", "", "medRxiv : the preprint server for health sciences", "preprint"},
        {"Correction of a malocclusion", "", NULL, NULL},
        {"Retraction of upper canines", "", NULL, NULL},
        {"Retractor use in neck surgery", "", NULL, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        arena memory = {0};
        osler_appraisal a;
        osler_record *record = invent(&memory, cases[i].title, NULL);
        record->container_title = cases[i].journal;
        invent_types(&memory, record, cases[i].type);
        appraise(&memory, &a, record, &(osler_appraise_options){.without_pt = true});
        CHECK(a.flags.count == (cases[i].flag ? 1 : 0));
        CHECK(!cases[i].flag || osler_appraisal_has_flag(&a, cases[i].flag));
        arena_free(&memory);
    }
}

TEST(a_flag_comes_once_with_the_other_record)
{
    arena memory = {0};
    osler_appraisal a;
    osler_record *record = invent(&memory, "RETRACTED: Mats", NULL);
    invent_types(&memory, record, "D016441");
    invent_link(&memory, record, "RetractionIn", NULL);
    invent_link(&memory, record, "RetractionIn", "990000002");
    appraise(&memory, &a, record, NULL);
    CHECK(a.flags.count == 1);
    CHECK_TEXT(a.flags.items[0].pmid, "990000002");
    arena_free(&memory);
}

TEST(the_history_tells_of_a_retraction)
{
    arena memory = {0};
    osler_appraisal a;
    osler_record *record = invent(&memory, "Mats", NULL);
    osler_date date = {.kind = "history:retracted", .year = 2024};
    record->dates = (osler_date_list){&date, 1};
    appraise(&memory, &a, record, NULL);
    CHECK(osler_appraisal_has_flag(&a, "retracted"));
    arena_free(&memory);
}

TEST(notices_speak_of_their_articles)
{
    static const struct {
        const char *type, *flag;
    } cases[] = {
        {"RetractionOf", "retracted"},
        {"ExpressionOfConcernFor", "concern"},
        {"ErratumFor", "erratum"},
        {"UpdateOf", "superseded"},
        {"RetractionIn", "retraction-notice"},
        {"CorrectedandRepublishedFrom", "superseded"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        arena memory = {0};
        appraise_statement_list list = {0};
        osler_record *record = invent(&memory, "Mats", NULL);
        record->pmid = "990000009";
        invent_link(&memory, record, cases[i].type, "990000001");
        invent_link(&memory, record, cases[i].type, "990000009"); /* itself */
        invent_link(&memory, record, cases[i].type, "99x");
        invent_link(&memory, record, cases[i].type, NULL);
        invent_link(&memory, record, "CommentOn", "990000001");
        appraise_statements(&memory, &list, record);
        CHECK(list.count == 1);
        CHECK(list.count && strcmp(list.items[0].pmid, "990000001") == 0);
        CHECK(list.count && strcmp(list.items[0].flag, cases[i].flag) == 0);
        CHECK(list.count && strcmp(list.items[0].by_pmid, "990000009") == 0);
        arena_free(&memory);
    }
}
