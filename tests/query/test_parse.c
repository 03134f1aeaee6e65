/* Queries as they are understood, and what is said about those that are not. */
#include "check.h"
#include "query/query.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What the parser makes of `text`, or "COLUMN: message".  Lent until the next call. */
static const char *parsed(const char *text)
{
    static buf out;
    arena memory = {0};
    osler_error error = {0};
    query_node *node;
    buf_clear(&out);
    osler_status status = query_parse(&memory, str_of(text), &node, NULL, &error);
    if (status == OSLER_OK)
        query_print(&out, node);
    else
        buf_printf(&out, "%u: %s", error.column, error.message);
    CHECK(status == OSLER_OK || error.message[0]);
    arena_free(&memory);
    return buf_text(&out);
}

static const struct {
    const char *query, *tree;
} rows[] = {
    {"", "all[records]"},
    {"  ", "all[records]"},
    {"aspartame", "aspartame[all]"},
    {"aspartame zebra", "aspartame[all] AND zebra[all]"},
    {"\"aspartame zebra\"", "\"aspartame zebra\"[all]"},
    {"zebr*", "zebr*[all]"},
    {"zebra AND lion", "zebra[all] AND lion[all]"},
    {"zebra and lion", "zebra[all] AND lion[all]"},
    {"zebra OR lion", "zebra[all] OR lion[all]"},
    {"zebra NOT lion", "zebra[all] NOT lion[all]"},
    {"zebra AND NOT lion", "zebra[all] NOT lion[all]"},
    {"NOT lion", "NOT lion[all]"},
    {"zebra OR lion AND bear", "(zebra[all] OR lion[all]) AND bear[all]"},
    {"zebra OR (lion AND bear)", "zebra[all] OR (lion[all] AND bear[all])"},
    {"((zebra))", "zebra[all]"},
    {"the zebra of lions", "zebra[all] AND lions[all]"},
    {"neck ache[ti]", "neck ache[ti]"},
    {"\"neck ache\"[Title]", "\"neck ache\"[ti]"},
    {"neck[TI] lion [ tiab ]", "neck[ti] AND lion[tiab]"},
    {"lion[Title/Abstract]", "lion[tiab]"},
    {"lion[MeSH Terms]", "lion[mh]"},
    {"lion[MeSH  Major Topic]", "lion[majr]"},
    {"Smith J[Author]", "Smith J[au]"},
    {"Smith J[1au]", "Smith J[1au]"},
    {"\"randomized controlled trial\"[Publication Type]", "\"randomized controlled trial\"[pt]"},
    {"2019:2024[dp]", "2019:2024[dp]"},
    {"2019 : 2024[Date - Publication]", "2019:2024[dp]"},
    {"\"2019/01/01\"[dp] : \"2020/12/31\"[dp]", "\"2019/01/01\":\"2020/12/31\"[dp]"},
    {"\"2019/01/01\"[PDAT] : \"3000\"[PDAT]", "\"2019/01/01\":\"3000\"[dp]"},
    {"2019/03/01[dp]", "2019/03/01[dp]"},
    {"lion 2019[dp]", "lion[all] AND 2019[dp]"},
    {"lion 2019:2020[dp] bear", "lion[all] AND 2019:2020[dp] AND bear[all]"},
    {"year:2019", "2019[dp]"},
    {"year:2019:2021", "2019:2021[dp]"},
    {"100:200[pmid]", "100:200[pmid]"},
    {"12345678 23456789", "12345678[pmid] OR 23456789[pmid]"},
    {"pmid:12", "12[pmid]"},
    {"10.1016/S0140-6736(05)67371-2[doi]", "10.1016/S0140-6736(05)67371-2[doi]"},
    {"(10.1000/a[doi])", "10.1000/a[doi]"},
    {"doi:10.1000/xyz", "10.1000/xyz[doi]"},
    {"n:>100", "n:>100"},
    {"n:100:200 lion", "n:100:200 AND lion[all]"},
    {"flag:retracted", "retracted[flag]"},
    {"tag:\"to read\"", "\"to read\"[tag]"},
    {"design:randomized-trial", "randomized-trial[design]"},
    {"hasabstract[filter]", "hasabstract[filter]"},
    {"lion[ti] bear[ti] OR wolf[ti] NOT fox[ti]",
     "((lion[ti] AND bear[ti]) OR wolf[ti]) NOT fox[ti]"},
    /* automatic term mapping */
    {"migraine", "\"Migraine Disorders\"[mh] OR migraine[all]"},
    {"\"migraine\"", "\"migraine\"[all]"},
    {"migrain*", "migrain*[all]"},
    {"migraine[ti]", "migraine[ti]"},
    {"tension headaches", "\"Tension-Type Headache\"[mh] OR (tension[all] AND headaches[all])"},
    {"tension headache zebra",
     "(\"Tension-Type Headache\"[mh] OR (tension[all] AND headache[all])) AND zebra[all]"},
    {"lion OR chronic migraine",
     "lion[all] OR (chronic[all] AND (\"Migraine Disorders\"[mh] OR migraine[all]))"},
    /* what FTS5 would read as syntax is words here */
    {"title : lion", "1: a range needs a field, as in 2019:2024[dp]"},
    {"NEAR lion", "NEAR[all] AND lion[all]"},
    {"lion-bear", "lion-bear[all]"},
    {"lion^2", "lion^2[all]"},
    /* errors, with their column */
    {"lion[]", "5: a field tag is missing between [ and ]"},
    {"%", "1: there is no letter and no digit in '%'"},
    {"lion AND %", "10: there is no letter and no digit in '%'"},
    {"lion & bear", "lion[all] AND bear[all]"},
    {"#1 AND #2", "1: there is no search history that '#1' could mean"},
    {"*ion", "1: a '*' stands for the end of a word only, as in migrain*"},
    {"\"li*n bear\"", "1: a '*' stands for the end of a word only, as in migrain*"},
    {"2020:2010[dp]", "1: the range 2020:2010 ends before it begins"},
    {"n:200:100", "3: the range 200:100 ends before it begins"},
    {"hasabstract", "hasabstract[filter]"},
    {"lion hasabstract", "lion[all] AND hasabstract[filter]"},
    {"lion clinical trial[filter]", "lion[all] AND clinical trial[filter]"},
    {"free full text[sb]", "1: there is no filter 'free full text'; there are hasabstract, humans, "
                           "english, medline, clinicaltrial, review, ..."},
    {"lion systematic reviews[design]", "lion[all] AND systematic reviews[design]"},
    {"design:RCT", "RCT[design]"},
    {"design:cohrt",
     "8: 'cohrt' is no study design, such as randomized-trial; 'cohort' is near it"},
    {"smith j*[au]", "smith j*[au]"},
    {"s j*[au]", "1: at least 3 letters must stand before '*'"},
    {"lion[xx]", "5: there is no field [xx]; near it: [ti], [tiab], [au], [ta], [dp], [mh], [pt]"},
    {"lion[tiba]", "5: there is no field [tiba]; near it: [tiab]"},
    {"lion[titel]", "5: there is no field [titel]; near it: [ti]"},
    {"lion[tiab:~3]", "lion[tiab:~3]"},
    {"\"b c\"[ti :~2]", "\"b c\"[ti:~2]"},
    {"lion[tiab:~x]", "5: [tiab:~x] is no proximity: expected a field of words and a number, as in "
                      "\"hip pain\"[tiab:~3]"},
    {"lion[xx:~3]", "5: [xx:~3] is no proximity: expected a field of words and a number, as in "
                    "\"hip pain\"[tiab:~3]"},
    {"(lion", "1: this parenthesis is not closed"},
    {"lion)", "5: this parenthesis was not opened"},
    {"lion ()", "6: there is nothing between these parentheses"},
    {"\"lion", "1: this quotation mark is not closed"},
    {"lion AND", "9: a term must stand behind AND"},
    {"OR lion", "1: a term must stand before OR"},
    {"lion OR OR bear", "9: a term must stand here"},
    {"(lion OR)", "9: a term must stand behind OR"},
    {"[ti]", "1: a field needs a term before it, as in pain[ti]"},
    {"lion[ti", "5: this bracket is not closed"},
    {"(lion)[ti]", "7: a field cannot stand behind a parenthesis; give it to each term"},
    {"2019:2020", "1: a range needs a field, as in 2019:2024[dp]"},
    {"a:b[ti]", "\"a:b\"[ti]"},
    {"1:2[ti]", "1: [ti] takes no range"},
    {"lion[dp]", "1: 'lion' is no date: expected YYYY, YYYY/MM or YYYY/MM/DD"},
    {"2019/13[dp]", "1: '2019/13' is no date: expected YYYY, YYYY/MM or YYYY/MM/DD"},
    {"li*", "1: at least 3 letters must stand before '*'"},
    {"lion*[mh]", "1: [mh] takes no '*'"},
    {"n:many", "3: 'many' is no size: expected n:100, n:>100, n:<=100 or n:100:200"},
    {"x[pmid]", "1: 'x' is no number of digits alone"},
    {"good[filter]", "1: there is no filter 'good'; there are hasabstract, humans, english, "
                     "medline, clinicaltrial, review, ..."},
};

TEST(queries_are_understood)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *tree = parsed(rows[i].query);
        if (strcmp(tree, rows[i].tree) != 0)
            fprintf(stderr, "query: %s\n", rows[i].query);
        CHECK_TEXT(tree, rows[i].tree);
    }
}

TEST(what_may_surprise_is_noted)
{
    static const struct {
        const char *query, *note;
    } noted[] = {
        {"lion or bear", "'or' in lower case is a word, no operator: write OR"},
        {"\"lion\" not \"bear\"", "'not' in lower case is a word, no operator: write NOT"},
        {"C++", "'C++' is searched as 'c'"},
        {"lion OR bear", NULL},
        {"or", NULL},
        {"lions or bears[ti]", "'or' in lower case is a word, no operator: write OR"},
        {"the lion", NULL},
    };
    for (size_t i = 0; i < sizeof noted / sizeof *noted; i++) {
        arena memory = {0};
        query_node *node;
        osler_text_list notes = {0};
        CHECK(query_parse(&memory, str_of(noted[i].query), &node, &notes, NULL) == OSLER_OK);
        CHECK(notes.count == (noted[i].note != NULL));
        if (notes.count)
            CHECK_TEXT(notes.items[0], noted[i].note);
        arena_free(&memory);
    }
}

TEST(designs_have_many_names)
{
    static const char *const same[][2] = {{"rct", "randomized-trial"},
                                          {"Randomised controlled trials", "randomized-trial"},
                                          {"systematic review", "systematic-review"},
                                          {"Systematic-Reviews", "systematic-review"},
                                          {"meta analyses", "meta-analysis"},
                                          {"case study", "case-report"}};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        CHECK(query_designs(str_of(same[i][0])) &&
              query_designs(str_of(same[i][0])) == query_designs(str_of(same[i][1])));
    uint64_t reviews = query_designs(str_of("reviews"));
    CHECK(reviews & query_designs(str_of("narrative-review")));
    CHECK(reviews & query_designs(str_of("umbrella-review")));
    CHECK(!(reviews & query_designs(str_of("rct"))));
    CHECK(!query_designs(str_of("")) && !query_designs(str_of("lion")));
}

TEST(what_is_printed_reads_the_same)
{
    for (size_t i = 1; i < sizeof rows / sizeof *rows; i++) {
        char *tree = strdup(parsed(rows[i].query));
        if (tree[0] < '0' || tree[0] > '9')
            if (strcmp(tree, "all[records]") != 0)
                CHECK_TEXT(parsed(tree), tree);
        free(tree);
    }
}

TEST(depth_and_length_are_limited)
{
    buf b = {0};
    for (int i = 0; i < 1000; i++)
        buf_add_byte(&b, '(');
    buf_add_text(&b, "lion");
    for (int i = 0; i < 1000; i++)
        buf_add_byte(&b, ')');
    CHECK_TEXT(parsed(buf_text(&b)), "65: more than 64 parentheses stand inside each other");
    buf_clear(&b);
    for (int i = 0; i < 20000; i++)
        buf_add_text(&b, "x OR ");
    buf_add_text(&b, "x");
    CHECK_TEXT(parsed(buf_text(&b)), "50001: the query has more than 10000 terms");
    buf_clear(&b);
    for (int i = 0; i < 300000; i++)
        buf_add_text(&b, "x");
    CHECK_TEXT(parsed(buf_text(&b)), "0: the query is longer than 262144 bytes");
    buf_free(&b);
}

TEST(any_bytes_are_a_query_or_an_error)
{
    static const char *const pieces[] = {"lion",
                                         "migraine",
                                         "\"",
                                         "(",
                                         ")",
                                         "[ti]",
                                         "[",
                                         "]",
                                         "[dp]",
                                         ":",
                                         "*",
                                         "AND ",
                                         "OR ",
                                         "NOT ",
                                         " ",
                                         "2019",
                                         "n:",
                                         "year:",
                                         "10.1/a(b",
                                         "[mh]",
                                         "tension headache",
                                         "\xC3",
                                         "\xE2\x80\x9C",
                                         "[pmid]",
                                         "99999999999999999999",
                                         ">",
                                         "/",
                                         "-",
                                         "\x01",
                                         "the ",
                                         "[au]",
                                         "Smith J"};
    unsigned state = 12345;
    for (int round = 0; round < 400; round++) {
        buf b = {0};
        for (unsigned i = 0; i < 1 + state % 13; i++) {
            state = state * 1103515245U + 12345U;
            buf_add_text(&b, pieces[(state >> 16) % (sizeof pieces / sizeof *pieces)]);
        }
        state = state * 1103515245U + 12345U;
        CHECK(parsed(buf_text(&b))[0] != '\0');
        buf_free(&b);
    }
}
