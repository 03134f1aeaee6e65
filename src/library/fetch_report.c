/* The report of a fetch: one arena, filled as things happen. */
#include "library/fetch_report.h"

#include "base/buf.h"
#include "base/memory.h"
#include "base/utf8.h"

#include <string.h>

static const struct remark {
    const char *element, *sentence;
} remarks[] = {
#define REMARK(element, sentence) {#element, sentence},
#include "library/search_remarks.def"
#undef REMARK
};

static const char *keep(fetch_report *report, const char *text)
{
    buf sound = {0};
    buf_add_repaired(&sound, str_of(text));
    const char *copy = arena_copy(&report->memory, buf_str(&sound));
    buf_free(&sound);
    return copy;
}

fetch_report *fetch_report_new(const char *query)
{
    fetch_report *report = memory_alloc(sizeof *report);
    if (query)
        report->shown.query = keep(report, query);
    return report;
}

void osler_fetch_report_free(osler_fetch_report *report)
{
    if (!report)
        return;
    fetch_report *whole = (fetch_report *)report;
    arena_free(&whole->memory);
    memory_free(whole);
}

void fetch_report_warn(fetch_report *report, const char *sentence)
{
    osler_text_list *list = &report->shown.warnings;
    const char **item =
        arena_append(&report->memory, &list->items, &list->count, sizeof *list->items);
    *item = keep(report, sentence);
}

static void add_remark(fetch_report *report, const esearch_remark *remark)
{
    buf sentence = {0};
    const char *pattern = "PubMed says: %s";
    for (size_t i = 0; i < sizeof remarks / sizeof *remarks; i++)
        if (strcmp(remark->kind, remarks[i].element) == 0)
            pattern = remarks[i].sentence;
    const char *gap = strstr(pattern, "%s");
    buf_add(&sentence, (str){pattern, (size_t)(gap - pattern)});
    buf_add_text(&sentence, remark->text);
    buf_add_text(&sentence, gap + 2);
    fetch_report_warn(report, buf_text(&sentence));
    buf_free(&sentence);
}

void fetch_report_add_search(fetch_report *report, const esearch_reply *reply)
{
    report->shown.count = reply->count;
    report->shown.translation = reply->translation ? keep(report, reply->translation) : NULL;
    for (size_t i = 0; i < reply->remark_count; i++)
        if (reply->count || strcmp(reply->remarks[i].text, "No items found.") != 0)
            add_remark(report, &reply->remarks[i]);
}

bool fetch_report_wants_spelling(const esearch_reply *reply)
{
    for (size_t i = 0; i < reply->remark_count; i++)
        if (strcmp(reply->remarks[i].kind, "PhraseNotFound") == 0)
            return true;
    return reply->count == 0;
}

void fetch_report_suggest(fetch_report *report, const char *query)
{
    if (!str_equal_ignoring_case(str_of(query), str_trim(str_of(report->shown.query))))
        report->shown.suggestion = keep(report, query);
}

void fetch_report_add_problem(fetch_report *report, uint64_t pmid, osler_fetch_trouble trouble,
                              const char *message)
{
    osler_fetch_problem_list *list = &report->shown.problems;
    osler_fetch_problem *problem =
        arena_append(&report->memory, &list->items, &list->count, sizeof *list->items);
    *problem = (osler_fetch_problem){pmid, trouble, keep(report, message)};
    switch (trouble) {
    case OSLER_FETCH_MISSING: report->shown.missing++; break;
    case OSLER_FETCH_FAILED: report->shown.failed++; break;
    case OSLER_FETCH_UNEXPECTED: report->shown.unexpected++; break;
    }
}
