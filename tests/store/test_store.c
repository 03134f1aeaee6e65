/* What becomes of a record that is put into the library, and finding it again. */
#include "support.h"

#include "check.h"
#include "index/index.h"

#include <stdio.h>
#include <string.h>

/* The living documents that have the word in one of the fields. */
static int64_t hits_in(store *s, const char *word, unsigned fields)
{
    struct index *all;
    char term[64];
    uint64_t found = 0;
    int length = snprintf(term, sizeof term, "%c%s", INDEX_WORD, word);
    CHECK(store_index(s, &all, NULL) == OSLER_OK);
    CHECK(index_count_term(all, (str){term, (size_t)length}, fields, &found, NULL) == OSLER_OK);
    return (int64_t)found;
}

static int64_t hits(store *s, const char *word)
{
    return hits_in(s, word, INDEX_ALL_FIELDS);
}

static const index_sums *sums(store *s)
{
    struct index *all;
    CHECK(store_index(s, &all, NULL) == OSLER_OK);
    return index_get_sums(all);
}

static void check_title(store *s, const char *name, const char *title)
{
    arena memory = {0};
    store_citation citation;
    CHECK(store_get(s, &memory, id_of(s, name), &citation, NULL) == OSLER_OK);
    CHECK_TEXT(citation.record.title, title);
    arena_free(&memory);
}

TEST(a_new_record_is_found_again)
{
    store *s = open_new();
    osler_record r = trial("990000001", "An invented trial of <i>rest</i>.", 0);
    CHECK(put(s, &r) == STORE_NEW);
    store_close(s);
    CHECK(store_open(&s, path, STORE_READ, NULL) == OSLER_OK);
    arena memory = {0};
    store_citation c;
    CHECK(store_get(s, &memory, id_of(s, "990000001"), &c, NULL) == OSLER_OK);
    CHECK_TEXT(c.name, "990000001");
    CHECK_TEXT(c.record.title, r.title);
    CHECK_TEXT(c.appraisal.design, "randomized-trial");
    CHECK(c.appraisal.confidence == 0.5 && c.appraisal.n == 105);
    CHECK(c.appraisal.modifiers.count == 2);
    CHECK_TEXT(c.appraisal.modifiers.items[1], "double-blind");
    CHECK_TEXT(c.appraisal.n_sentence, appraisal.n_sentence);
    CHECK_TEXT(c.origin, "invented.xml");
    CHECK(strlen(c.origin_date) == 20 && c.versions == 1 && !c.deleted);
    CHECK(hits_in(s, "rest", 1 << INDEX_TITLE) == 1);
    char day[11];
    CHECK(store_last_change(s, day, NULL) == OSLER_OK && strlen(day) == 10);
    arena_free(&memory);
    store_close(s);
    CHECK(store_open(&s, path, STORE_WRITE, NULL) == OSLER_OK);
    close_sound(s);
}

/* Pages as printed, article number, and what is looked up as the page. */
TEST(what_is_no_page_is_not_looked_up_as_one)
{
    static const char *const cases[][3] = {
        {"347-54", NULL, "page = '347-54'"},
        {"[34457 words; 185 paragraphs]", NULL, "page IS NULL"},
        {"[34457 words; 185 paragraphs]", "e1234", "page = 'e1234'"},
        {NULL, NULL, "page IS NULL"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        store *s = open_new();
        osler_record r = trial("990000001", "An invented trial.", 0);
        char sql[96];
        r.pages = cases[i][0];
        r.article_number = cases[i][1];
        CHECK(put(s, &r) == STORE_NEW);
        snprintf(sql, sizeof sql, "SELECT count(*) FROM citation WHERE %s", cases[i][2]);
        CHECK(number(s, sql) == 1);
        close_sound(s);
    }
}

TEST(the_same_record_again_writes_nothing)
{
    store *s = open_new();
    osler_record r = trial("990000001", "An invented trial.", 20200101);
    CHECK(put(s, &r) == STORE_NEW);
    CHECK(put(s, &r) == STORE_UNCHANGED);
    CHECK(number(s, "SELECT count(*) FROM version") == 0);
    close_sound(s);
}

TEST(a_changed_record_keeps_its_past)
{
    store *s = open_new();
    osler_record r = trial("990000001", "An invented trial of rest.", 20200101);
    put(s, &r);
    r = trial("990000001", "An invented trial of walking.", 20210101);
    CHECK(put(s, &r) == STORE_UPDATED);
    check_title(s, "990000001", "An invented trial of walking.");
    CHECK(number(s, "SELECT number FROM version WHERE block IS NOT NULL AND data IS NOT NULL") ==
          1);
    CHECK(number(s, "SELECT number FROM arrival WHERE block IS NOT NULL") == 2);
    CHECK(hits(s, "rest") == 0 && hits(s, "walking") == 1);
    CHECK(sums(s)->words[INDEX_TITLE] == 5 && sums(s)->documents == 1);
    close_sound(s);
}

TEST(an_older_record_becomes_a_version_only)
{
    store *s = open_new();
    osler_record r = trial("990000001", "The newer one.", 20210101);
    put(s, &r);
    r = trial("990000001", "The older one.", 20200101);
    CHECK(put(s, &r) == STORE_OLDER);
    CHECK(put(s, &r) == STORE_UNCHANGED);
    check_title(s, "990000001", "The newer one.");
    CHECK(number(s, "SELECT count(*) FROM version") == 1);
    CHECK(hits(s, "older") == 0);
    r = trial("990000001", "The newest one.", 20190101);
    r.pmid_version = 2;
    CHECK(put(s, &r) == STORE_UPDATED);
    r = trial("990000001", "The first version, revised.", 20260101);
    CHECK(put(s, &r) == STORE_OLDER);
    check_title(s, "990000001", "The newest one.");
    close_sound(s);
}

TEST(medline_text_does_not_replace_xml)
{
    store *s = open_new();
    osler_publication_type bare = {NULL, "Randomized Controlled Trial"};
    osler_record r = trial("990000001", "One record.", 20210101), text = r;
    text.publication_types.items = &bare;
    put(s, &text);
    CHECK(put(s, &r) == STORE_UPDATED);
    CHECK(put(s, &text) == STORE_UNCHANGED); /* a version already */
    close_sound(s);
}

TEST(a_deleted_record_leaves_a_tombstone_and_may_come_again)
{
    store *s = open_new();
    osler_record r = trial("990000001", "A record about rest.", 20200101);
    put(s, &r);
    int64_t id = id_of(s, "990000001");
    CHECK(bury(s, "990000002", 1) == STORE_ABSENT);
    CHECK(bury(s, "990000001", 2) == STORE_ABSENT);
    CHECK(bury(s, "990000001", 1) == STORE_REMOVED);
    CHECK(bury(s, "990000001", 1) == STORE_ABSENT);
    CHECK(hits(s, "rest") == 0);
    CHECK(sums(s)->words[INDEX_TITLE] == 0 && sums(s)->documents == 0);
    CHECK(number(s, "SELECT count(*) FROM publication_type") == 0);
    arena memory = {0};
    store_citation c;
    CHECK(store_get(s, &memory, id_of(s, "990000001"), &c, NULL) == OSLER_OK && c.deleted);
    CHECK_TEXT(c.record.title, "A record about rest.");
    CHECK(store_verify(s, no_damage, NULL, NULL) == OSLER_OK);
    CHECK(put(s, &r) == STORE_NEW);
    CHECK(id_of(s, "990000001") == id && hits(s, "rest") == 1);
    CHECK(store_get(s, &memory, id, &c, NULL) == OSLER_OK && !c.deleted && c.versions == 2);
    arena_free(&memory);
    close_sound(s);
}

TEST(works_without_pmid_are_known_by_doi_pmcid_or_all_they_say)
{
    store *s = open_new();
    osler_record r = trial(NULL, "A work of the invented author.", 0);
    r.doi = "10.5555/ABC";
    CHECK(put(s, &r) == STORE_NEW);
    int64_t id = id_of(s, "10.5555/abc");
    CHECK(id && id == id_of(s, "doi:10.5555/ABC") && id == id_of(s, "https://doi.org/10.5555/aBc"));
    r.volume = "12";
    CHECK(put(s, &r) == STORE_UPDATED && id_of(s, "doi:10.5555/abc") == id);
    osler_record pubmed = trial("990000001", "A work of the invented author", 20200101);
    pubmed.doi = "10.5555/abc";
    CHECK(put(s, &pubmed) == STORE_UPDATED && id_of(s, "990000001") == id);
    r.volume = "13";
    CHECK(put(s, &r) == STORE_OLDER); /* PubMed's record stays current */
    check_title(s, "990000001", pubmed.title);
    osler_record other = trial("990000002", "A work of the invented author", 0);
    other.doi = "10.5555/abc";
    CHECK(put(s, &other) == STORE_NEW); /* two PMIDs are two records */

    osler_record pmc = trial(NULL, "In the archive.", 0);
    pmc.pmcid = "PMC990000001";
    CHECK(put(s, &pmc) == STORE_NEW);
    pmc.volume = "1";
    CHECK(put(s, &pmc) == STORE_UPDATED);
    CHECK(id_of(s, "pmc990000001") == id_of(s, "PMCID:PMC990000001") && id_of(s, "PMC990000001"));

    osler_record plain = trial(NULL, "Nothing but a title.", 0);
    CHECK(put(s, &plain) == STORE_NEW && put(s, &plain) == STORE_UNCHANGED);
    plain.volume = "1";
    CHECK(put(s, &plain) == STORE_NEW);
    close_sound(s);
}

TEST(works_that_share_a_doi_are_not_merged)
{
    store *s = open_new();
    osler_record r = trial(NULL, "Abstract 17: rest against walking in back pain", 0);
    r.doi = "10.5555/congress";
    CHECK(put(s, &r) == STORE_NEW);
    r.title = "Abstract 18: quite another matter entirely";
    CHECK(put(s, &r) == STORE_NEW);
    CHECK(put(s, &r) == STORE_UNCHANGED);
    close_sound(s);
}

/* What putting `title` does after `first`, both under one DOI and without PMID. */
static store_change put_second(const char *first, const char *title)
{
    store *s = open_new();
    osler_record r = trial(NULL, first, 0);
    r.doi = "10.1000/cong";
    CHECK(put(s, &r) == STORE_NEW);
    r.title = title;
    r.volume = "2"; /* never quite the same */
    store_change change = put(s, &r);
    CHECK(number(s, "SELECT count(*) FROM citation") == (change == STORE_NEW ? 2 : 1));
    close_sound(s);
    return change;
}

TEST(titles_that_only_resemble_each_other_are_not_merged)
{
    static const char *const others[][2] = {
        {"Prevalence of migraine in children of Norway",
         "Prevalence of headache in adults of Sweden"},
        {"Prevalence of migraine in children of Norway", "Prevalence of migraine in children"},
        {"Editorial", "Editorial: what the invented trial of rest means"},
        {"The pain of the pain, the pain", "On pain and the rest of it, in brief and in full"},
        {"Of the and in", "In the and of"},
        {"Managing invented migraine in primary care: part 1",
         "Managing invented migraine in primary care: part 2"},
        {"Managing invented migraine in primary care, part I",
         "Managing invented migraine in primary care, part II"},
        {"Prevalence of hepatitis B among pregnant women of an invented town",
         "Prevalence of hepatitis C among pregnant women of an invented town"},
        {"", "Prevalence of migraine in children of Norway"},
    };
    static const char *const same[][2] = {
        {"Editorial", "EDITORIAL."},
        {"What is that?", "What is that"},
        {"Prevalence of <i>migraine</i> in children of Norway",
         "The prevalence of migraine, in the children of Norway."},
        {"Rest or walking for invented low back pain",
         "Rest and walking in invented low-back pain"},
        {"Rest against walking for invented back pain",
         "Rest against walking for invented back pain: trial"},
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        CHECK(put_second(others[i][0], others[i][1]) == STORE_NEW);
        CHECK(put_second(others[i][1], others[i][0]) == STORE_NEW);
    }
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        CHECK(put_second(same[i][0], same[i][1]) == STORE_UPDATED);
        CHECK(put_second(same[i][1], same[i][0]) == STORE_UPDATED);
    }
}

TEST(first_page_and_first_author_part_works_of_one_title)
{
    store *s = open_new();
    osler_name name = {.role = "author", .family = "Berg", .non_dropping_particle = "van der"};
    osler_record r = trial(NULL, "Editorial", 0);
    r.doi = "10.1000/issue";
    r.pages = "347-54";
    r.names = (osler_name_list){&name, 1};
    CHECK(put(s, &r) == STORE_NEW);
    r.pages = "347-354";
    r.page_first = "347";
    name.family = "van der BERG";
    CHECK(put(s, &r) == STORE_UPDATED);
    r.names.count = 0; /* says nothing about it */
    CHECK(put(s, &r) == STORE_UPDATED);
    r.page_first = "355";
    CHECK(put(s, &r) == STORE_NEW);
    r.page_first = r.pages = NULL;
    r.names.count = 1;
    name.family = "Nobody";
    CHECK(put(s, &r) == STORE_UPDATED); /* the first of them, which names no author */
    name.family = "Somebody";
    r.page_first = "347";
    CHECK(put(s, &r) == STORE_NEW);
    close_sound(s);
}

/* More works share the DOI than are looked at: each still finds itself. */
TEST(unchanged_works_are_found_however_many_share_a_doi)
{
    enum { WORKS = 150 };
    store *s = open_new();
    for (int round = 0; round < 3; round++)
        for (int i = 0; i < WORKS; i++) {
            char title[64];
            snprintf(title, sizeof title, "Invented abstract number %d", i);
            osler_record r = trial(NULL, title, 0);
            r.doi = "10.1000/cong";
            r.pmcid = i % 2 ? "PMC990000001" : NULL;
            CHECK(put(s, &r) == (round ? STORE_UNCHANGED : STORE_NEW));
        }
    CHECK(number(s, "SELECT count(*) FROM citation") == WORKS);
    CHECK(number(s, "SELECT count(*) FROM version") == 0);
    CHECK(number(s, "SELECT count(*) FROM apart WHERE value GLOB 'digest:*'") == WORKS);
    close_sound(s);
}

/* What is stored and what is asked for are read alike, however they are printed. */
TEST(a_doi_is_found_in_every_form_that_is_printed)
{
    static const char *const forms[] = {
        "10.5555/abc",
        "10.5555/ABC.",
        "doi:10.5555/abc",
        "DOI 10.5555/abc",
        " doi: 10.5555/abc. ",
        "doi.org/10.5555/abc",
        "https://doi.org/10.5555/abc",
        "http://dx.doi.org/10.5555/abc",
        "https://www.doi.org/10.5555/Abc",
        "doi:https://www.doi.org/10.5555/abc",
    };
    size_t count = sizeof forms / sizeof *forms;
    for (size_t i = 0; i < count; i++) {
        store *s = open_new();
        osler_record r = trial(NULL, "A work of the invented author.", 0);
        r.doi = forms[i];
        CHECK(put(s, &r) == STORE_NEW);
        for (size_t k = 0; k < count; k++)
            CHECK(id_of(s, forms[k]) == 1);
        CHECK(!id_of(s, "https://www.doi.org/10.5555/other") && !id_of(s, "doi 10.5555"));
        CHECK(!id_of(s, "https://example.org/10.5555/abc"));
        close_sound(s);
    }
}

TEST(every_form_of_name_is_looked_up)
{
    store *s = open_new();
    osler_record r = trial("990000001", "A record.", 0);
    put(s, &r);
    int64_t id = id_of(s, "990000001");
    CHECK(sqlite3_exec(s->db, "INSERT INTO citation_key VALUES('smith2020', 1)", 0, 0, 0) == 0);
    CHECK(id && id_of(s, "pmid:990000001") == id && id_of(s, " PMID: 990000001 ") == id);
    CHECK(id_of(s, "osler:1") == id && id_of(s, "smith2020") == id);
    static const char *const none[] = {"",
                                       " ",
                                       "0",
                                       "osler:",
                                       "osler:2",
                                       "pmid:x",
                                       "10.",
                                       "doi:",
                                       "PMC",
                                       "99999999999999999999999",
                                       "'; DROP TABLE citation"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        osler_error error;
        CHECK(store_lookup(s, none[i], &id, &error) == OSLER_ENOTFOUND && id == 0);
    }
    close_sound(s);
}

TEST(a_notice_flags_its_target_whichever_comes_first)
{
    store *s = open_new();
    osler_flag own = {"erratum", NULL, "invented"};
    osler_correction link = {.type = "RetractionOf", .pmid = "990000001", .source = "J Test"};
    osler_record notice = trial("990000002", "Retraction of an invented trial.", 0);
    notice.corrections = (osler_correction_list){&link, 1};
    osler_record target = trial("990000001", "An invented trial.", 0);
    put(s, &notice);
    appraisal.flags = (osler_flag_list){&own, 1};
    put(s, &target);
    appraisal.flags.count = 0;
    arena memory = {0};
    store_citation c;
    CHECK(store_get(s, &memory, id_of(s, "990000001"), &c, NULL) == OSLER_OK);
    CHECK(c.appraisal.flags.count == 2);
    CHECK_TEXT(c.appraisal.flags.items[0].name, "erratum");
    CHECK_TEXT(c.appraisal.flags.items[1].name, "retracted");
    CHECK_TEXT(c.appraisal.flags.items[1].pmid, "990000002");
    CHECK(store_get(s, &memory, id_of(s, "990000002"), &c, NULL) == OSLER_OK);
    CHECK(c.appraisal.flags.count == 0);
    bury(s, "990000002", 0); /* a notice that PubMed deleted says nothing more */
    CHECK(store_get(s, &memory, id_of(s, "990000001"), &c, NULL) == OSLER_OK);
    CHECK(c.appraisal.flags.count == 1);
    put(s, &notice);
    CHECK(store_get(s, &memory, id_of(s, "990000001"), &c, NULL) == OSLER_OK);
    CHECK(c.appraisal.flags.count == 2);
    arena_free(&memory);
    close_sound(s);
}

TEST(what_is_not_committed_is_not_there)
{
    store *s = open_new();
    osler_record r = trial("990000001", "A record.", 0);
    store_change change;
    store_arrival arrival = {.origin = begin(s)};
    CHECK(store_put(s, &r, &appraisal, &arrival, &change, NULL) == OSLER_OK);
    store_rollback(s);
    CHECK(!id_of(s, "990000001"));
    arrival.origin = begin(s);
    CHECK(store_put(s, &r, &appraisal, &arrival, &change, NULL) == OSLER_OK);
    store_close(s);
    CHECK(store_open(&s, path, STORE_WRITE, NULL) == OSLER_OK);
    CHECK(!id_of(s, "990000001"));
    close_sound(s);
}

TEST(names_journals_and_headings_are_indexed)
{
    store *s = open_new();
    osler_name names[] = {{.role = "author",
                           .family = "M\xC3\xBCller-L\xC3\xBC"
                                     "denscheidt",
                           .given = "Anna Maria",
                           .initials = "AM"},
                          {.role = "author", .collective = "The Invented Group"},
                          {.role = "author", .family = "Brown", .given = "Bea"},
                          {.role = "author", .family = "Wrong", .superseded = true}};
    osler_qualifier qualifier = {"Q000628", "therapy", true, false};
    osler_heading heading = {
        .ui = "D018781", .name = "Tension-Type Headache", .qualifiers = {&qualifier, 1}};
    osler_record r = trial("990000001", "A record.", 0);
    r.names = (osler_name_list){names, 4};
    r.headings = (osler_heading_list){&heading, 1};
    r.container_title = "The Journal of Inventions";
    r.container_title_medline = "J Invent";
    put(s, &r);
    CHECK(number(s, "SELECT count(*) FROM author") == 3);
    CHECK(number(s, "SELECT major FROM mesh_heading WHERE qualifiers = 'therapy'") == 1);
    CHECK(number(s, "SELECT count(*) FROM citation c JOIN journal j ON j.id = c.journal"
                    " WHERE j.title = 'The Journal of Inventions' AND medline = 'J Invent'") == 1);
    CHECK(hits_in(s, "ludenscheidt", 1 << INDEX_AUTHORS) == 1 && hits(s, "wrong") == 0);
    CHECK(hits_in(s, "headache", 1 << INDEX_HEADINGS) == 1);
    CHECK(hits_in(s, "inventions", 1 << INDEX_JOURNAL) == 1);
    CHECK(sums(s)->words[INDEX_HEADINGS] == 1);
    close_sound(s);
}
