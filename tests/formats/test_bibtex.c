/* BibTeX and BibLaTeX: finding entries, their fields, names, LaTeX, and the way back. */
#include "base/arena.h"
#include "check.h"
#include "support.h"

#include <stdio.h>
#include <string.h>

static arena memory;

static osler_record read_one(const char *text)
{
    return support_record(&memory, str_of(text), "bibtex");
}

static void check_story(const char *text, const char *expected)
{
    buf story = support_story(str_of(text), NULL);
    CHECK_TEXT(story.data, expected);
    buf_free(&story);
}

/* `record` in `format`; lent until the next call. */
static const char *written(const osler_record *record, const char *format)
{
    static buf text;
    osler_writer *writer;
    buf_clear(&text);
    CHECK(osler_writer_new(&writer, format, NULL) == OSLER_OK);
    buf_add_text(&text, osler_writer_write(writer, record, NULL));
    osler_writer_free(writer);
    return buf_text(&text);
}

static void check_title(const char *latex, const char *expected)
{
    char text[400];
    snprintf(text, sizeof text, "@book{k, title = {%s}}", latex);
    osler_record record = read_one(text);
    CHECK_TEXT(record.title, expected);
}

static void check_author(const char *names, const char *expected)
{
    char text[400];
    snprintf(text, sizeof text, "@book{k, author = {%s}}", names);
    osler_record record = read_one(text);
    buf got = support_names(&record);
    CHECK_TEXT(buf_text(&got), expected);
    buf_free(&got);
}

TEST(latex_becomes_text)
{
    check_title("M{\\\"u}ller \\'{e} \\v{s} \\c c \\o\\ \\ss{} \\\"\\i{}", "Müller é š ç ø ß ï");
    check_title("a -- b --- c ``d'' e~f \\& \\%", "a – b — c “d” e\xC2\xA0"
                                                  "f &amp; %");
    check_title("\\emph{E. coli} \\textbf{b} {\\it c} d", "<i>E. coli</i> <b>b</b> <i>c</i> d");
    check_title("The {HIV} of {\\\"O}st", "The <span class=\"nocase\">HIV</span> of Öst");
    check_title("$\\beta_2 < x^{3}$", "β<sub>2</sub> &lt; x<sup>3</sup>");
    check_title("\\unknown \\strange{kept}", "\\unknown kept");
}

TEST(names_have_parts)
{
    check_author("Roe, Ann and Bo Doe", "author Roe, Ann; author Doe, Bo");
    osler_record record = read_one("@book{k, author = {Ludwig van Loon and {The Wool Group} and "
                                   "Doe, Jr, Jo and family=Berg, given=Ans, prefix=van den and "
                                   "others}}");
    CHECK(record.names.count == 4 && record.names_incomplete);
    CHECK_TEXT(record.names.items[0].non_dropping_particle, "van");
    CHECK_TEXT(record.names.items[0].family, "Loon");
    CHECK_TEXT(record.names.items[1].collective, "The Wool Group");
    CHECK_TEXT(record.names.items[2].suffix, "Jr");
    CHECK_TEXT(record.names.items[3].non_dropping_particle, "van den");
}

TEST(macros_and_parts_are_joined)
{
    osler_record record =
        read_one("@string{w = \"Journal of\" # { Wool}} @article(k, journal = w # "
                 "\" and Yarn\", year = 2004, month = jun)");
    CHECK_TEXT(record.container_title, "Journal of Wool and Yarn");
    CHECK(record.dates.count == 1 && record.dates.items[0].month == 6);
}

TEST(entries_inherit)
{
    osler_record record =
        read_one("@incollection{c, title = {Part}, crossref = {p}, xdata = {x}}\n"
                 "@book{p, title = {Whole}, subtitle = {All}, publisher = {P}, date = {2012}}\n"
                 "@xdata{x, location = {Town}}");
    CHECK_TEXT(record.title, "Part");
    CHECK_TEXT(record.container_title, "Whole: All");
    CHECK_TEXT(record.publisher, "P");
    CHECK_TEXT(record.publisher_place, "Town");
    check_story("@book{a, pmid = {990000001}, crossref = {b}}\n"
                "@book{b, pmid = {990000002}, crossref = {a}}",
                "record 990000001 at 1\n"
                "  the entry inherits from itself by its crossref or xdata: it is read without "
                "what it inherits\n"
                "record 990000002 at 2\n"
                "  the entry inherits from itself by its crossref or xdata: it is read without "
                "what it inherits\n"
                "complete\n");
}

TEST(repeated_keys_are_told)
{
    check_story("@book{k, pmid = 990000001}\n@book{j, pmid = 990000002}\n"
                "@book{K, pmid = 990000003}\n@book{, pmid = 990000004}\n"
                "@book{, pmid = 990000005}\n@book{k, pmid = 990000006}",
                "record 990000001 at 1\nrecord 990000002 at 2\nrecord 990000003 at 3\n"
                "  the key k was used before, on line 1\n"
                "record 990000004 at 4\nrecord 990000005 at 5\nrecord 990000006 at 6\n"
                "  the key k was used before, on line 1\ncomplete\n");
}

TEST(missing_parents_are_told)
{
    check_story("@inbook{a, pmid = 990000001, crossref = {jones}}\n"
                "@book{b, pmid = 990000002, xdata = {x, no}}\n"
                "@xdata{x, xdata = {nor}, title = {T}}\n@book{b, pmid = 990000003, crossref = c}",
                "record 990000001 at 1\n  refers to the entry jones, which is not in the file\n"
                "record 990000002 at 2\n  refers to the entry no, which is not in the file; "
                "refers to the entry nor, which is not in the file\n"
                "record 990000003 at 4\n  the key b was used before, on line 2\ncomplete\n");
    /* What was not read may have been it. */
    check_story("@inbook{a, pmid = 990000001, crossref = {jones}}\n@book{jones, title = {T}",
                "malformed input at 2: the file ends inside this entry: it is truncated\n"
                "record 990000001 at 1\n  refers to the entry jones, which is not among the "
                "entries read with it\nnot complete\n");
}

TEST(long_keys_are_cut_between_characters)
{
    buf story = support_story((str)STR("@book{a, crossref = {123456789 123456789 123456789 "
                                       "123456789 123456789 123456789\u00E9 more}}"),
                              NULL);
    CHECK(strstr(story.data, " 123456789, which is not in the file"));
    buf_free(&story);
}

TEST(other_keys_are_keys)
{
    osler_record record = read_one("@inbook{c, title = {Part}, crossref = {w2}}\n"
                                   "@book{w, title = {Whole}, publisher = {P}, ids = {w1, w2}}");
    CHECK_TEXT(record.container_title, "Whole");
    CHECK_TEXT(record.publisher, "P");
    /* An entry whose own key it is comes before those. */
    record = support_record(&memory,
                            (str)STR("@xdata{w, title = {Whole}, ids = {w2}}\n"
                                     "@xdata{w2, title = {Own}}\n@book{c, xdata = {w2}}"),
                            "bibtex");
    CHECK_TEXT(record.title, "Own");
}

TEST(broken_entries_are_passed)
{
    check_story("@book{a, title = {unclosed,\n year = 2000}\n@book{b, pmid = 990000001}\n"
                "@misc{c, title}\n@misc{d, pmid = {990000002} year = 2001}\n@book{e, title = {x",
                "malformed input at 1: the entry has no closing brace before the next one starts\n"
                "record 990000001 at 3\n"
                "malformed input at 4: a field should stand here (name = {value}), not \"title\"\n"
                "record 990000002 at 5\n"
                "malformed input at 6: the file ends inside this entry: it is truncated\n"
                "not complete\n");
    check_story("@book{a, title = {x})\n@book(b, title = {x}}\n@preamble{ \"{\" }\n"
                "@book{c, pmid = 990000001}",
                "malformed input at 1: the entry starts with { and must end with }, not \")\"\n"
                "malformed input at 2: the entry starts with ( and must end with ), not \"}\"\n"
                "malformed input at 3: the preamble is not closed before the next entry starts\n"
                "record 990000001 at 4\ncomplete\n");
}

TEST(unknown_fields_are_kept)
{
    osler_record record = read_one("@strange{k, title = {T}, groups = {\\a {b}}}");
    CHECK(record.extras.count == 2);
    CHECK_TEXT(written(&record, "bibtex"),
               "@strange{k,\n  title = {T},\n  groups = {\\a {b}}\n}\n");
}

/* True when both objects of JSON have the same members, in whatever order. */
static bool same_members(const char *a, const char *b)
{
    size_t start = 1, depth = 0;
    bool quoted = false;
    if (strlen(a) != strlen(b))
        return false;
    for (size_t i = 1; a[i]; i++) {
        quoted ^= a[i] == '"' && a[i - 1] != '\\';
        depth += !quoted && strchr("{[", a[i]);
        bool ends = !quoted && !depth && strchr(",}", a[i]);
        depth -= !quoted && depth && strchr("}]", a[i]);
        if (!ends)
            continue;
        char member[4096];
        snprintf(member, sizeof member, "%.*s", (int)(i - start), a + start);
        if (!strstr(b, member))
            return false;
        start = i + 1;
    }
    return true;
}

/* Every field of every row, out and back in both dialects. */
TEST(what_goes_out_comes_back)
{
    static const char json[] =
        "{\"id\":\"k1\",\"type\":\"%s\",\"title\":\"<i>E</i> {x} 5\\\\%% & <span "
        "class=\\\"nocase\\\">HIV</span> \xC3\xB6\xC5\xA1\xCE\xB2 \xE2\x80\x93 a--b ''c'' "
        "H<sub>2</sub>\",\"title-short\":\"E_x\",\"original-title\":\"Ursprung\","
        "\"container-title\":\"Yarn "
        "#1\",\"container-title-short\":\"Y\",\"collection-title\":\"S\","
        "\"volume\":\"7\",\"issue\":\"3\",\"number\":\"e5\",\"collection-number\":\"9\",\"page\":"
        "\"S1-S9, 12\",\"chapter-number\":\"4\",\"edition\":\"2\",\"number-of-volumes\":\"3\","
        "\"number-of-pages\":\"99\",\"part-number\":\"1\",\"version\":\"1.2\",\"publisher\":\"P & "
        "Q\",\"publisher-place\":\"Town\",\"genre\":\"G\",\"medium\":\"print\",\"event-title\":"
        "\"E\",\"event-place\":\"V\",\"original-publisher\":\"OP\",\"original-publisher-place\":"
        "\"OL\",\"status\":\"forthcoming\",\"DOI\":\"10.9999/a_b(c)\",\"PMID\":\"990000001\","
        "\"PMCID\":\"PMC990000001\",\"ISBN\":\"123, 456\",\"ISSN\":\"1234-5678\",\"URL\":"
        "\"http://example.org/~a_b?c=%%7B#d\",\"language\":\"de\",\"keyword\":\"a, "
        "b\",\"abstract\":"
        "\"A b.\",\"note\":\"N\",\"annote\":\"An\",\"call-number\":\"C\",\"archive\":\"Ar\","
        "\"author\":[{\"family\":\"van der Roe\",\"given\":\"Ann\"},{\"family\":\"Loon\",\"given\":"
        "\"L\",\"non-dropping-particle\":\"van\"},{\"family\":\"Humboldt\",\"given\":\"A\","
        "\"dropping-particle\":\"von\"},{\"family\":\"Doe\",\"given\":\"J\",\"suffix\":\"Jr\"},"
        "{\"literal\":\"Salt and Wool, Group\"},{\"family\":\"Plato\"}],\"editor\":[{\"family\":"
        "\"Ed\",\"given\":\"X\"}],\"translator\":[{\"family\":\"Tr\",\"given\":\"X\"}],"
        "\"container-author\":[{\"family\":\"Ca\",\"given\":\"X\"}],\"composer\":[{\"family\":"
        "\"Co\",\"given\":\"X\"}],\"issued\":{\"date-parts\":[[2004,6,14]]},\"accessed\":{"
        "\"date-parts\":[[2021,1,2]]},\"event-date\":{\"date-parts\":[[2003,6],[2003,7]]},"
        "\"original-date\":{\"date-parts\":[[1999]]}}";
    static const char *const types[] = {
        "article-journal", "chapter",           "book", "thesis",  "report",  "webpage",
        "patent",          "article-newspaper", "song", "dataset", "article", "document"};
    static const char *const dialects[] = {"bibtex", "biblatex"};
    for (size_t i = 0; i < 2 * sizeof types / sizeof *types; i++) {
        char text[4096], before[8192];
        snprintf(text, sizeof text, json, types[i / 2]);
        osler_record record = support_record(&memory, str_of(text), "csl-json");
        snprintf(before, sizeof before, "%s", written(&record, "csl-json"));
        osler_record again = read_one(written(&record, dialects[i % 2]));
        const char *after = written(&again, "csl-json");
        CHECK(same_members(before, after));
        if (!same_members(before, after))
            CHECK_TEXT(after, before);
    }
}

/* Old files are in Windows-1252: what is not UTF-8 is read as that, and the reader says so. */
TEST(bytes_that_are_not_utf8_are_guessed)
{
    static const char text[] = "@book{a,\n title = {Caf\xE9}}";
    arena own = {0};
    osler_record record = support_record(&own, (str)STR(text), "bibtex");
    CHECK_TEXT(record.title, "Caf\u00E9");
    arena_free(&own);
}
