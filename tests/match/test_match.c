/* Pairs of records: what is the same, what differs, and what is another work. */
#include "check.h"
#include "journals/journals.h"
#include "match/match.h"
#include "match/parts.h"
#include "record/record.h"

static arena memory; /* of all tests; reachable to the end */

static osler_record paper(const char *title, const char *family)
{
    osler_record r = {.title = title,
                      .container_title = "Journal of invented neurology",
                      .volume = "12",
                      .issue = "3",
                      .pages = "347-54"};
    osler_name *name = RECORD_ADD(&memory, &r.names);
    *name = (osler_name){.role = "author", .family = family, .initials = "AB"};
    osler_date *date = RECORD_ADD(&memory, &r.dates);
    *date = (osler_date){.kind = "issued", .year = 2019};
    return r;
}

static const char *const title = "Wool against cold hands in people who knit by night";

static struct match_comparison pair_of(const osler_record *a, const osler_record *b)
{
    struct match_comparison pair;
    match_compare(&pair, &memory, a, b);
    return pair;
}

TEST(distance)
{
    str a = str_of("headache"), b = str_of("haedache"), c = str_of("headaches and more");
    CHECK(match_distance(a, a, 3, false) == 0);
    CHECK(match_distance(a, b, 3, false) == 1);
    CHECK(match_distance(a, c, 3, false) == 4);
    CHECK(match_distance(a, c, 3, true) == 0);
    CHECK(match_distance(str_of(""), str_of("ab"), 3, false) == 2);
}

TEST(same)
{
    osler_record a = paper(title, "Müller"), b = paper(title, "Mueller");
    a.title = "WOOL AGAINST <i>COLD</i> HANDS in people who knit by night.";
    a.pages = "347-354";
    struct match_comparison pair = pair_of(&a, &b);
    CHECK(pair.one && pair.score > 0.99);
    CHECK(pair.fields[MATCH_TITLE] == MATCH_SAME);
    CHECK(pair.fields[MATCH_AUTHORS] == MATCH_SAME);
    CHECK(pair.fields[MATCH_PAGE] == MATCH_SAME);
    CHECK(pair.fields[MATCH_DOI] == MATCH_ABSENT);
}

/* A reference may be an identifier and no more. */
TEST(identifiers_alone)
{
    osler_record a = {.pmid = "990000001"}, b = paper(title, "Yarnwell");
    b.pmid = "990000001";
    b.doi = "10.5555/yarn.1";
    struct match_comparison pair = pair_of(&a, &b);
    CHECK(pair.one && pair.score > 0.9);
    a.pmid = "990000002";
    CHECK(!pair_of(&a, &b).one);
    a = (osler_record){.doi = "10.5555/YARN.1"};
    CHECK(pair_of(&a, &b).one);
    a.title = "Felting wool by hand in villages of the far north";
    CHECK(!pair_of(&a, &b).one);
}

TEST(errors)
{
    osler_record a = paper("Wool agianst cold hands in people who knit by night", "Yarnwell");
    osler_record b = paper(title, "Yarnwel");
    a.volume = "13";
    struct match_comparison pair = pair_of(&a, &b);
    CHECK(pair.one);
    CHECK(pair.fields[MATCH_TITLE] == MATCH_NEAR);
    CHECK(pair.fields[MATCH_AUTHORS] == MATCH_NEAR);
    CHECK(pair.fields[MATCH_VOLUME] == MATCH_DIFFERENT);
    CHECK(pair.fields[MATCH_YEAR] == MATCH_SAME);
}

TEST(others)
{
    osler_record b = paper(title, "Yarnwell"), a = paper(title, "Yarnwell");
    a.title = "Erratum: Wool against cold hands in people who knit by night";
    a.pages = "401";
    CHECK(!pair_of(&a, &b).one);
    a.title = "Wool against cold hands in people who knit by night II";
    CHECK(!pair_of(&a, &b).one);
    a = paper(title, "Quite");
    a.names.items[0].initials = "Z";
    CHECK(!pair_of(&a, &b).one);
    CHECK(pair_of(&a, &b).fields[MATCH_AUTHORS] == MATCH_DIFFERENT);
    a = paper(title, "Yarnwell");
    a.container_title = "bioRxiv";
    a.volume = a.issue = a.pages = NULL;
    CHECK(!pair_of(&a, &b).one);
}

TEST(journals)
{
    static const struct {
        const char *a, *b;
        bool same;
    } pairs[] = {
        {"N Engl J Med", "The New England Journal of Medicine", true},
        {"J. Neurol. Neurosurg. Psychiatry", "Journal of neurology, neurosurgery, and psychiatry",
         true},
        {"BMJ", "British Medical Journal", true},
        {"Proc Natl Acad Sci U S A",
         "Proceedings of the National Academy of Sciences of the United States of America", true},
        {"Lancet", "Lancet (London, England)", true},
        {"Dtsch Med Wochenschr", "Deutsche medizinische Wochenschrift (1946)", true},
        {"Am J Obstet Gynecol", "American journal of obstetrics & gynecology", true},
        {"Pain", "Pain medicine", false},
        {"Spine", "The spine journal", false},
        {"Headache", "The journal of headache and pain", false},
        {"J Neurol", "Journal of neurosurgery", false},
        {"", "Pain", false},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        CHECK((journals_compare(str_of(pairs[i].a), str_of(pairs[i].b)) != JOURNALS_DIFFERENT) ==
              pairs[i].same);
    CHECK(journals_has_word(str_of("neurol")) && journals_has_word(str_of("zool")));
    CHECK(!journals_has_word(str_of("smith")) && !journals_has_word(str_of("")));
}

TEST(keys)
{
    struct match_keys keys, others;
    osler_record a = paper(title, "Yarnwell"), b = paper("WOOL against cold hands in dogs", "X");
    a.doi = "10.9999/ABC";
    match_make_keys(&keys, &memory, &a);
    match_make_keys(&others, &memory, &b);
    CHECK(keys.count == 5 && str_is(keys.keys[0], "doi:10.9999/abc"));
    CHECK(others.count == 4 && str_equal(keys.keys[3], others.keys[2]));
}
