/* What of a record is indexed, where, and how it is meant. */
#include "check.h"
#include "index/coding.h"
#include "index/writer.h"
#include "record/record.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A record analyzed. */
struct analyzed {
    arena memory;
    index_document document;
};

static struct analyzed analyze(const osler_record *record)
{
    struct analyzed a = {0};
    index_analyzer *analyzer = index_analyzer_new();
    index_analyze(analyzer, &a.memory, record, NULL, 0, &a.document);
    index_analyzer_free(analyzer);
    return a;
}

static void drop(struct analyzed *a)
{
    arena_free(&a->memory);
}

/* What the document has of a term, as "field*times ... @position:marks ..."; "" when nothing. */
static const char *look_up(const struct analyzed *a, const char *term)
{
    static char out[600];
    size_t length = 0;
    out[0] = '\0';
    for (size_t i = 0; i < a->document.count; i++) {
        const index_entry *e = &a->document.entries[i];
        index_posting p;
        uint64_t place, at = 0;
        if (!str_is(e->term, term))
            continue;
        coding_bytes payload = coding_bytes_of(e->payload), places = coding_bytes_of(e->positions);
        CHECK(coding_get_payload(&payload, &p) && coding_left(&payload) == 0);
        for (unsigned f = 0; f < INDEX_FIELDS; f++)
            if (p.fields >> f & 1)
                length += (size_t)snprintf(out + length, sizeof out - length, "%s%u*%u",
                                           length ? " " : "", f, p.times[f]);
        while (coding_left(&places) && length < 500) {
            CHECK(coding_get_varint(&places, &place));
            at += place >> 4;
            length += (size_t)snprintf(out + length, sizeof out - length, " @%u", (unsigned)at);
            if (place & 15)
                length += (size_t)snprintf(out + length, sizeof out - length, ":%u",
                                           (unsigned)place & 15);
        }
    }
    return out;
}

static osler_section section(const char *label, const char *text)
{
    return (osler_section){.label = label, .text = text};
}

TEST(words_have_places_and_marks)
{
    osler_section sections[] = {section("METHODS", "Patients without migraine. We saw (TTH) 12."),
                                section("SAFETY", "Nausea"),
                                section("CONCLUSIONS", "It <i>helps</i>. Tension-type too.")};
    osler_keyword keywords[] = {{.text = "Migraine"}, {.text = "Migraine care"}};
    osler_record r = {.title = "Tension-type headache: <b>O</b>MT of headache",
                      .keywords = {keywords, 2},
                      .abstract = {sections, 3}};
    struct analyzed a = analyze(&r);
    CHECK_TEXT(look_up(&a, "wheadache"), "0*2 @2 @5");
    CHECK_TEXT(look_up(&a, "womt"), "0*1 @3:4");
    CHECK_TEXT(look_up(&a, "wmigraine"), "1*1 3*2 @70 @135 @203:3"); /* 5 + 1 + 64; + 1 + 64 */
    CHECK_TEXT(look_up(&a, "wcare"), "3*1 @136");
    CHECK_TEXT(look_up(&a, "wpatients"), "1*1 @201");
    CHECK_TEXT(look_up(&a, "wwe"), "1*1 @205"); /* one position between the sentences */
    CHECK_TEXT(look_up(&a, "wtth"), "1*1 @207:12");
    CHECK_TEXT(look_up(&a, "wnausea"), "1*1 @273:1");
    CHECK_TEXT(look_up(&a, "whelps"), "1*1 @339");
    CHECK_TEXT(look_up(&a, "wtype"), "0*1 1*1 @1 @342");
    CHECK_TEXT(look_up(&a, "Jtensiontype"), "0*1 1*1 @1 @342");
    CHECK(a.document.facts.lengths[INDEX_TITLE] == 6);
    CHECK(a.document.facts.lengths[INDEX_KEYWORDS] == 3);
    CHECK(a.document.facts.lengths[INDEX_ABSTRACT] == 13);
    index_layout layout;
    coding_bytes bytes = coding_bytes_of(a.document.layout);
    CHECK(coding_get_layout(&bytes, &a.memory, &layout) && layout.count == 6);
    CHECK(layout.items[0].field == INDEX_TITLE && layout.items[0].start == 0);
    CHECK(layout.items[1].field == INDEX_KEYWORDS && layout.items[1].start == 70);
    CHECK(layout.items[3].field == INDEX_ABSTRACT && layout.items[3].start == 201);
    CHECK(layout.items[3].traits == 0 && layout.items[5].traits == INDEX_CONCLUSIONS);
    CHECK(layout.first_sentence_end[0] == 204 && layout.last_sentence_start[0] == 341);
    CHECK(layout.end == 344 + 64);
    drop(&a);
}

TEST(hyphens_join_words_of_two_letters_without_digits)
{
    osler_record r = {.title = "X-ray, il-6, self-made-man, pain - relief, \xce\xb1-blocker, "
                               "pre\xe2\x80\x93post, mind/body-work"};
    struct analyzed a = analyze(&r);
    CHECK_TEXT(look_up(&a, "Jxray"), "");
    CHECK_TEXT(look_up(&a, "Jil6"), "");
    CHECK_TEXT(look_up(&a, "Jselfmade"), "0*1 @5");
    CHECK_TEXT(look_up(&a, "Jmademan"), "0*1 @6");
    CHECK_TEXT(look_up(&a, "Jpainrelief"), "");
    CHECK_TEXT(look_up(&a, "J\xce\xb1"
                           "blocker"),
               "");
    CHECK_TEXT(look_up(&a, "Jprepost"), "0*1 @12");
    CHECK_TEXT(look_up(&a, "Jmindbody"), "");
    CHECK_TEXT(look_up(&a, "Jbodywork"), "0*1 @15");
    drop(&a);
}

TEST(other_fields_stand_behind_the_layout_in_their_order)
{
    osler_affiliation home[] = {{.text = "Dept of Pain, Oslo"}};
    osler_name names[] = {
        {.family = "Doe", .initials = "JM", .given = "Jane Mary", .affiliations = {home, 1}},
        {.family = "Roe", .given = "Richard", .orcid = "0000-0002-1825-0097"},
        {.role = "investigator", .family = "Poe", .initials = "E"},
        {.family = "Old", .initials = "X", .superseded = true}};
    osler_qualifier qualifiers[] = {{.name = "therapy"}};
    osler_heading headings[] = {{.name = "Neck Pain", .qualifiers = {qualifiers, 1}}};
    osler_chemical chemicals[] = {{.name = "Aspirin", .registry_number = "R16CO5Y76E"}};
    osler_section other[] = {section(NULL, "Une phrase.")};
    osler_other_abstract others[] = {{.sections = {other, 1}}};
    osler_record r = {.title = "Pain",
                      .vernacular_title = "Schmerz",
                      .names = {names, 4},
                      .headings = {headings, 1},
                      .chemicals = {chemicals, 1},
                      .other_abstracts = {others, 1},
                      .container_title = "J Pain",
                      .doi = "10.1000/xyz"};
    struct analyzed a = analyze(&r);
    CHECK_TEXT(look_up(&a, "wschmerz"), "9*1 @65");
    CHECK_TEXT(look_up(&a, "wphrase"), "2*1 @131");
    /* each text starts 64 positions behind the last word of the one before */
    CHECK_TEXT(look_up(&a, "wpain"), "0*1 4*1 6*1 7*1 @0 @197 @655 @722");
    CHECK_TEXT(look_up(&a, "wtherapy"), "4*1 @262");
    CHECK_TEXT(look_up(&a, "wdoe"), "5*1 @327");
    CHECK_TEXT(look_up(&a, "wjane"), "5*1 @457");
    CHECK_TEXT(look_up(&a, "waspirin"), "8*1 @787");
    CHECK_TEXT(look_up(&a, "wpoe"), "9*1 @985");
    CHECK_TEXT(look_up(&a, "wold"), "");
    CHECK_TEXT(look_up(&a, "wxyz"), "9*1 @1117");
    CHECK(a.document.facts.lengths[INDEX_HEADINGS] == 1);
    CHECK(a.document.facts.lengths[INDEX_OTHER_ABSTRACT] == 2);
    drop(&a);
}

TEST(headings_are_terms)
{
    osler_qualifier therapy[] = {{.ui = "Q000628", .name = "Therapy", .major = true},
                                 {.ui = "Q000188", .name = "drug therapy"}};
    osler_qualifier induced[] = {{.ui = "Q000139", .name = "chemically induced"}};
    osler_heading headings[] = {
        {.ui = "D018781", .name = "Tension-Type Headache", .qualifiers = {therapy, 2}},
        {.ui = "D009325", .name = "Nausea", .qualifiers = {induced, 1}},
        {.name = "Adult", .major = true}};
    osler_record r = {.headings = {headings, 3}};
    struct analyzed a = analyze(&r);
    CHECK_TEXT(look_up(&a, "hD018781"), "1*1");
    CHECK_TEXT(look_up(&a, "ntension type headache"), "1*1");
    CHECK_TEXT(look_up(&a, "hD009325"), "0*1 2*1");
    CHECK_TEXT(look_up(&a, "nnausea"), "0*1 2*1");
    CHECK_TEXT(look_up(&a, "nadult"), "1*1");
    CHECK_TEXT(look_up(&a, "qD018781/Q000628"), "1*1");
    CHECK_TEXT(look_up(&a, "qD018781/therapy"), "1*1");
    CHECK_TEXT(look_up(&a, "qtension type headache/Q000188"), "0*1");
    CHECK_TEXT(look_up(&a, "qtension type headache/drug therapy"), "0*1");
    CHECK_TEXT(look_up(&a, "sQ000628"), "1*1");
    CHECK_TEXT(look_up(&a, "sdrug therapy"), "0*1");
    drop(&a);
}

TEST(names_and_numbers_are_terms)
{
    osler_name names[] = {{.family = "van \xc3\x98sterg\xc3\xa5rd", .initials = "JM"},
                          {.family = "Old", .initials = "X", .superseded = true},
                          {.family = "Roe", .given = "Richard K"},
                          {.collective = "The <i>PAIN</i> Group"},
                          {.role = "editor", .family = "Ed", .initials = "E"},
                          {.role = "investigator", .family = "Poe", .initials = "E"}};
    osler_identifier ids[] = {{.scheme = "doi", .value = "https://doi.org/10.1000/XYZ"},
                              {.scheme = "pmc", .value = "PMC123.2"},
                              {.scheme = "pubmed", .value = "990000001"},
                              {.scheme = "mid", .value = "NIHMS1", .invalid = true},
                              {.scheme = "mid", .value = "NIHMS2"}};
    osler_publication_type types[] = {{.ui = "D016449", .name = "Randomized Controlled Trial"}};
    const char *numbers[] = {"NCT00000001"}, *languages[] = {"eng", "Fre"};
    osler_databank banks[] = {{.name = "ClinicalTrials.gov", .numbers = {numbers, 1}}};
    osler_date dates[] = {{.kind = "issued", .year = 2021}};
    osler_record r = {.names = {names, 6},
                      .identifiers = {ids, 5},
                      .publication_types = {types, 1},
                      .databanks = {banks, 1},
                      .languages = {languages, 2},
                      .dates = {dates, 1},
                      .pii = "S1-2",
                      .container_title = "The Journal of Pain",
                      .container_title_iso = "J. Pain",
                      .issn = "1526-590x",
                      .nlm_id = "100898657",
                      .volume = "12A",
                      .issue = "Suppl 1",
                      .page_first = "E347",
                      .status = "MEDLINE"};
    struct analyzed a = analyze(&r);
    static const struct {
        const char *term, *fields;
    } expected[] = {{"avan ostergard jm", "0*1 1*1"},
                    {"aroe rk", "0*1"},
                    {"athe pain group", "0*1 2*1"},
                    {"apoe e", "3*1"},
                    {"aed e", ""},
                    {"aold x", ""},
                    {"ddoi:10.1000/xyz", "0*1"},
                    {"dpmcid:pmc123", "0*1"},
                    {"dpubmed:990000001", ""},
                    {"dmid:nihms1", ""},
                    {"dmid:nihms2", "0*1"},
                    {"dregistry:nct00000001", "0*1"},
                    {"dpii:s1-2", "0*1"},
                    {"tD016449", "0*1"},
                    {"trandomized controlled trial", "0*1"},
                    {"lfre", "0*1"},
                    {"leng", "0*1"},
                    {"jthe journal of pain", "0*1"},
                    {"jj pain", "0*1"},
                    {"i1526-590X", "0*1"},
                    {"i100898657", "0*1"},
                    {"v12a", "0*1"},
                    {"usuppl 1", "0*1"},
                    {"pe347", "0*1"},
                    {"Smedline", "0*1"},
                    {"y2021", "0*1"}};
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        CHECK_TEXT(look_up(&a, expected[i].term), expected[i].fields);
    buf b = {0};
    index_author_add(&b, &names[2]);
    CHECK_TEXT(buf_text(&b), "roe rk");
    buf_clear(&b);
    index_words_add(&b, (str)STR("J. P\xc3\xa4in: (Oslo)"));
    CHECK_TEXT(buf_text(&b), "j pain oslo");
    buf_free(&b);
    drop(&a);
}

TEST(extra_terms_are_added)
{
    const index_extra extra[] = {{INDEX_ANCESTOR, STR("D006261"), 3},
                                 {INDEX_DESIGN, STR("cohort"), 1},
                                 {INDEX_FLAG, STR(""), 1}};
    osler_heading headings[] = {{.ui = "D006261"}};
    osler_record r = {.headings = {headings, 1}};
    struct analyzed a = {0};
    index_analyzer *analyzer = index_analyzer_new();
    index_analyze(analyzer, &a.memory, &r, extra, 3, &a.document);
    CHECK_TEXT(look_up(&a, "xD006261"), "0*1 1*1");
    CHECK_TEXT(look_up(&a, "hD006261"), "0*1");
    CHECK_TEXT(look_up(&a, "Dcohort"), "0*1");
    CHECK_TEXT(look_up(&a, "f"), "");
    index_analyzer_free(analyzer);
    drop(&a);
}

TEST(families_share_a_key)
{
    static const char *const same[][2] = {{"migraines", "migraine"},
                                          {"tumours", "tumor"},
                                          {"randomised", "randomized"},
                                          {"anaemia", "anemia"}};
    index_analyzer *a = index_analyzer_new();
    buf one = {0}, other = {0};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        buf_clear(&one);
        buf_clear(&other);
        index_family_key(a, &one, str_of(same[i][0]));
        index_family_key(a, &other, str_of(same[i][1]));
        CHECK(one.length > 2 && str_equal(buf_str(&one), buf_str(&other)));
    }
    static const char *const alone[] = {"cases1", "2021", "\xce\xb2\xce\xb2s", ""};
    for (size_t i = 0; i < sizeof alone / sizeof *alone; i++) {
        buf_clear(&one);
        index_family_key(a, &one, str_of(alone[i]));
        CHECK(i == 2 || str_is(buf_str(&one), alone[i]));
    }
    buf_free(&one);
    buf_free(&other);
    index_analyzer_free(a);
}

TEST(long_words_are_cut_between_characters)
{
    char text[2001];
    for (size_t i = 0; i < 1000; i++)
        memcpy(text + 2 * i, "\xce\xb2", 2);
    text[2000] = '\0';
    osler_record r = {.title = text};
    struct analyzed a = analyze(&r);
    CHECK(a.document.count == 1);
    CHECK(a.document.entries[0].term.length == 1 + 254); /* LIMIT_TERM is odd */
    CHECK(index_cut((str){text, 2000}).length == 254);
    CHECK(index_cut((str){text, 200}).length == 200);
    drop(&a);
}

/* -- random records ------------------------------------------------------------------------------
 */

static const char *invent_text(arena *memory, bool markup)
{
    static const char *const pieces[] = {"pain ",
                                         "migraine ",
                                         "pain-free ",
                                         "without ",
                                         "were ",
                                         "excluded. ",
                                         "The ",
                                         "(TTH) ",
                                         "adverse ",
                                         "events; ",
                                         "D018781 ",
                                         "10.1/x ",
                                         "12 ",
                                         "Q",
                                         "\xc3\xa9",
                                         "\xcc\x81",
                                         "\xef\xb7\xba",
                                         "'s ",
                                         "\xe2\x80\x99",
                                         "- ",
                                         ". ",
                                         "  ",
                                         "\xf0\x9f\x98\x80",
                                         "\xc2\xad",
                                         "author ",
                                         "PMC12 ",
                                         "/",
                                         ":"};
    static const char *const marks[] = {"<i>", "</i>", "&lt;", "&amp;", "<sub>", "&", "<"};
    buf b = {0};
    uint64_t left = next_random() % (next_random() % 10 ? 8 : 200);
    for (; left; left--) {
        if (markup && next_random() % 6 == 0)
            buf_add_text(&b, marks[next_random() % (sizeof marks / sizeof *marks)]);
        else
            buf_add_text(&b, pieces[next_random() % (sizeof pieces / sizeof *pieces)]);
    }
    const char *text = arena_copy(memory, buf_str(&b));
    buf_free(&b);
    return text;
}

/* Fill a struct by its shape: every field of every type may be absent. */
static void invent(arena *memory, const osler_shape *shape, char *value, unsigned depth)
{
    static const char *const roles[] = {"author", "investigator", "subject", "editor"};
    for (size_t i = 0; i < shape->count; i++) {
        const osler_field *f = &shape->fields[i];
        void *member = value + f->offset;
        if (next_random() % 3 == 0)
            continue;
        switch (f->kind) {
        case OSLER_TEXT:
        case OSLER_MARKUP: {
            bool role = strcmp(f->name, "role") == 0;
            *(const char **)member =
                role ? roles[next_random() % 4] : invent_text(memory, f->kind == OSLER_MARKUP);
            break;
        }
        case OSLER_NUMBER: *(int *)member = (int)(next_random() % 3000); break;
        case OSLER_FLAG: *(bool *)member = next_random() % 2; break;
        case OSLER_TEXTS:
            for (uint64_t left = next_random() % 3; left; left--)
                record_add_text(memory, member, str_of(invent_text(memory, false)));
            break;
        case OSLER_MANY: {
            osler_text_list *list = member; /* all lists are alike */
            list->count = depth < 4 ? (size_t)(next_random() % 4) : 0;
            char *items = arena_alloc(memory, (list->count + 1) * f->of->size);
            for (size_t k = 0; k < list->count; k++)
                invent(memory, f->of, items + k * f->of->size, depth + 1);
            memcpy(&list->items, &items, sizeof items);
            break;
        }
        }
    }
}

static int compare_terms(const void *one, const void *other)
{
    const str *a = one, *b = other;
    return str_compare(*a, *b);
}

/* No term twice; payloads and positions agree; no two words at one place. */
static void check_document(const index_document *d)
{
    str *terms = calloc(d->count + 1, sizeof *terms);
    size_t places = 0;
    uint64_t last = 0;
    for (size_t i = 0; i < d->count; i++) {
        const index_entry *e = &d->entries[i];
        coding_bytes payload = coding_bytes_of(e->payload), at = coding_bytes_of(e->positions);
        uint64_t times, place, position = 0;
        unsigned fields;
        terms[i] = e->term;
        CHECK(e->term.length > 1 && e->term.length <= 256);
        CHECK(coding_skip_payload(&payload, &times, &fields) && coding_left(&payload) == 0);
        if (!coding_has_positions(e->term.data[0])) {
            CHECK(e->positions.length == 0);
            continue;
        }
        for (uint64_t k = 0; k < times; k++) {
            CHECK(coding_get_varint(&at, &place));
            CHECK(k == 0 || place >> 4 > 0);
            position += place >> 4;
            last = position > last ? position : last;
        }
        places += e->term.data[0] == INDEX_WORD ? times : 0;
        CHECK(coding_left(&at) == 0);
    }
    CHECK(places == 0 || places <= last + 1);
    qsort(terms, d->count, sizeof *terms, compare_terms);
    for (size_t i = 1; i < d->count; i++)
        CHECK(!str_equal(terms[i - 1], terms[i]));
    free(terms);
}

static bool same_documents(const index_document *one, const index_document *other)
{
    if (one->count != other->count || !str_equal(one->layout, other->layout) ||
        memcmp(one->facts.lengths, other->facts.lengths, sizeof one->facts.lengths) != 0)
        return false;
    for (size_t i = 0; i < one->count; i++)
        if (!str_equal(one->entries[i].term, other->entries[i].term) ||
            !str_equal(one->entries[i].payload, other->entries[i].payload) ||
            !str_equal(one->entries[i].positions, other->entries[i].positions))
            return false;
    return true;
}

TEST(any_record_can_be_analyzed)
{
    index_analyzer *shared = index_analyzer_new();
    index_writer *w = index_writer_new();
    memory_segments *m = memory_segments_new();
    model expected = {0};
    arena memory = {0};
    for (int64_t i = 0; i < 600; i++) {
        osler_record r = {0};
        index_document d;
        index_layout layout;
        invent(&memory, osler_record_shape(), (char *)&r, 0);
        index_analyze(shared, &memory, &r, NULL, 0, &d);
        struct analyzed alone = analyze(&r); /* what came before does not show */
        CHECK(same_documents(&d, &alone.document));
        drop(&alone);
        check_document(&d);
        coding_bytes bytes = coding_bytes_of(d.layout);
        CHECK(coding_get_layout(&bytes, &memory, &layout) && coding_left(&bytes) == 0);
        d.facts.citation = i + 1;
        index_writer_add(w, &d);
        model_add(&expected, &d);
    }
    model_sort(&expected);
    index_sink sink = memory_segments_sink(m);
    index_header header;
    osler_error error;
    int64_t number = memory_segments_start(m);
    CHECK(index_writer_write(w, &sink, &header, &error) == OSLER_OK);
    model read = model_of_segment(m, number);
    CHECK(model_same(&read, &expected) && read.count > 10000);
    model_free(&read);
    model_free(&expected);
    memory_segments_free(m);
    index_writer_free(w);
    index_analyzer_free(shared);
    arena_free(&memory);
}

TEST(an_empty_record_has_nothing)
{
    osler_record r = {0};
    struct analyzed a = analyze(&r);
    CHECK(a.document.count == 0 && a.document.layout.length == 2);
    drop(&a);
}

TEST(huge_records_are_indexed)
{
    enum { WORDS = 300000, KEYWORDS = 60000 };
    buf b = {0};
    arena memory = {0};
    osler_record r = {0};
    for (unsigned i = 0; i < WORDS; i++)
        buf_printf(&b, "w%x ", i % 200000);
    osler_section text = section(NULL, buf_text(&b));
    r.abstract = (osler_section_list){&text, 1};
    for (unsigned i = 0; i < KEYWORDS; i++) {
        osler_keyword *keyword = RECORD_ADD(&memory, &r.keywords);
        keyword->text = "pain";
    }
    index_analyzer *analyzer = index_analyzer_new();
    index_document huge, small;
    index_analyze(analyzer, &memory, &r, NULL, 0, &huge);
    CHECK(huge.count == 200001);
    check_document(&huge);
    CHECK(huge.facts.lengths[INDEX_ABSTRACT] == UINT16_MAX);
    CHECK(huge.facts.lengths[INDEX_KEYWORDS] == KEYWORDS);
    osler_record other = {.title = "Pain"};
    index_analyze(analyzer, &memory, &other, NULL, 0, &small);
    CHECK(small.count == 1);
    index_analyzer_free(analyzer);
    arena_free(&memory);
    buf_free(&b);
}
