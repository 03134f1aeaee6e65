/* Finding styles: by name, path, id, title and what people say; the list of them. */
#include "base/buf.h"
#include "check.h"
#include "style/catalogue.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEAD "<style xmlns=\"http://purl.org/net/xbiblio/csl\" version=\"1.0\" class=\"in-text\""

static char folder[] = "/tmp/osler-styles-XXXXXX";

static const char *path_of(const char *name)
{
    static char path[200];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void write_style(const char *name, const char *head, const char *body)
{
    FILE *file = fopen(path_of(name), "w");
    CHECK(file != NULL);
    fprintf(file, "<!-- <title>no</title> -->%s>\n<info>%s</info>%s</style>\n", HEAD, head, body);
    fclose(file);
}

#define BODY "<citation><layout><text variable=\"title\"/></layout></citation>"
#define PARENT(name) "<link rel=\"independent-parent\" href=\"http://x.org/styles/" name "\"/>"

static const char *const files[] = {"vancouver.csl",
                                    "american-medical-association.csl",
                                    "the-new-england-journal-of-medicine.csl",
                                    "same-title.csl",
                                    "other-title.csl",
                                    "broken.csl",
                                    "dependent/jama.csl",
                                    "dependent/orphan.csl",
                                    "dependent/of-dependent.csl"};

static void have_files(void)
{
    static bool done;
    if (done)
        return;
    done = true;
    CHECK(mkdtemp(folder) != NULL);
    setenv("OSLER_STYLES", folder, 1);
    mkdir(path_of("dependent"), 0700);
    write_style("vancouver.csl",
                "<title>Vancouver &amp; others</title><id>http://x.org/styles/vancouver</id>"
                "<category field='medicine'/><category citation-format=\"numeric\"/>",
                BODY);
    write_style("american-medical-association.csl", "<title>American Medical\n Association</title>",
                BODY);
    write_style("the-new-england-journal-of-medicine.csl", "<title>NEJM</title>", BODY);
    write_style("same-title.csl", "<title>A Title</title>", BODY);
    write_style("other-title.csl", "<title>A Title</title>", BODY);
    write_style("broken.csl", "<title>Broken</title>", "<citation>");
    write_style("dependent/jama.csl",
                "<title>JAMA</title><id>jama-id</id>" PARENT("american-medical-association"), "");
    write_style("dependent/orphan.csl", "<title>Orphan</title>" PARENT("nowhere"), "");
    write_style("dependent/of-dependent.csl", "<title>Odd</title>" PARENT("jama"), "");
}

static void check_found(const char *name, const char *title)
{
    struct style *style;
    osler_error error = {0};
    have_files();
    CHECK(style_find(&style, name, NULL, NULL, &error) == OSLER_OK);
    CHECK_TEXT(error.message, "");
    CHECK_TEXT(style ? style->title : NULL, title);
    CHECK(style && style->citation.present);
    style_free(style);
}

static void check_failure(const char *name, osler_status status, const char *message)
{
    struct style *style;
    osler_error error = {0};
    have_files();
    CHECK(style_find(&style, name, NULL, NULL, &error) == status);
    CHECK(!style);
    CHECK_TEXT(error.message, message);
    style_free(style);
}

TEST(styles_have_many_names)
{
    check_found("vancouver", "Vancouver & others");
    check_found("Vancouver.csl", "Vancouver & others");
    check_found("nlm", "Vancouver & others");
    check_found("nlm-citation-sequence", "Vancouver & others");
    check_found("ICMJE", "Vancouver & others");
    check_found("http://www.zotero.org/styles/vancouver", "Vancouver & others");
    check_found("Vancouver & others", "Vancouver & others");
    check_found("ama", "American Medical\n Association");
    check_found("American Medical Association", "American Medical\n Association");
    check_found("nejm", "NEJM");
    check_found("New England Journal of Medicine", "NEJM");
    check_found(path_of("same-title.csl"), "A Title");
}

TEST(the_style_compiled_in_is_always_there)
{
    struct style *style;
    have_files();
    check_found("default", "NLM/Vancouver (citation-sequence, built into Osler)");
    setenv("OSLER_STYLES", "/nonexistent", 1);
    check_found("vancouver", "NLM/Vancouver (citation-sequence, built into Osler)");
    check_found("nlm", "NLM/Vancouver (citation-sequence, built into Osler)");
    check_failure(
        "apa", OSLER_ENOTFOUND,
        "no style \"apa\": no style package is installed (citation-style-language-styles); "
        "there is \"default\"");
    setenv("OSLER_STYLES", folder, 1);
    CHECK(style_find(&style, "default", NULL, NULL, NULL) == OSLER_OK);
    CHECK(!style->is_note && style->bibliography.present);
    CHECK(style->bibliography.names.et_al_min == 7);
    CHECK(style->bibliography.names.et_al_use_first == 6);
    style_free(style);
}

static void complain_never(void *context, const osler_error *complaint)
{
    (void)context;
    CHECK_TEXT(complaint->message, "");
}

TEST(the_style_compiled_in_is_without_fault)
{
    struct style *style;
    arena memory = {0};
    struct locale *locale;
    CHECK(style_find(&style, "default", complain_never, NULL, NULL) == OSLER_OK);
    CHECK(locale_load(&memory, &locale, style, NULL, NULL) == OSLER_OK);
    str text = locale_text(locale, TERM_MONTH_09, FORM_SHORT, false);
    CHECK(str_is(text, "Sep"));
    CHECK(str_is(locale_text(locale, TERM_PAGE_RANGE_DELIMITER, FORM_LONG, false), "-"));
    style_free(style);
    arena_free(&memory);
}

TEST(a_dependent_style_is_its_parent_under_its_own_name)
{
    struct style *style;
    have_files();
    CHECK(style_find(&style, "jama", NULL, NULL, NULL) == OSLER_OK);
    CHECK_TEXT(style->title, "JAMA");
    CHECK_TEXT(style->id, "jama-id");
    CHECK(style->citation.layout.count == 1);
    style_free(style);
    check_failure("orphan", OSLER_ENOTFOUND,
                  "this style depends on the style \"nowhere\", which is not installed");
    check_failure("of-dependent", OSLER_EINPUT,
                  "the style \"jama\" that it depends on has no layout");
}

TEST(what_is_not_there_is_said_with_what_is_near)
{
    check_failure("vancuver", OSLER_ENOTFOUND,
                  "no style \"vancuver\"; the nearest names are vancouver");
    check_failure("broke", OSLER_ENOTFOUND, "no style \"broke\"; the nearest names are broken");
    check_failure("A Title", OSLER_ENOTFOUND,
                  "no style \"A Title\" among the 9 installed; osler style list WORDS finds them");
    check_failure("", OSLER_EUSAGE, "the name of a style is empty; expected one as apa");
    check_failure("/nonexistent/x.csl", OSLER_ENOTFOUND, "No such file or directory");
    struct style *style;
    osler_error error = {0};
    CHECK(style_find(&style, "broken", NULL, NULL, &error) == OSLER_EINPUT);
    CHECK_TEXT(error.source, path_of("broken.csl"));
    CHECK(error.line == 2);
}

TEST(styles_are_listed_by_name_with_what_their_head_says)
{
    arena memory = {0};
    const struct style_entry *entries;
    size_t count;
    have_files();
    CHECK(style_list(&memory, &entries, &count, NULL, NULL) == OSLER_OK);
    CHECK(count == 10);
    CHECK_TEXT(entries[0].name, "default");
    CHECK_TEXT(entries[1].name, "american-medical-association");
    CHECK_TEXT(entries[1].title, "American Medical Association");
    CHECK(!entries[1].parent && !entries[1].format);
    CHECK_TEXT(entries[3].name, "jama");
    CHECK_TEXT(entries[3].parent, "american-medical-association");
    CHECK_TEXT(entries[9].name, "vancouver");
    CHECK_TEXT(entries[9].title, "Vancouver & others");
    CHECK_TEXT(entries[9].format, "numeric");
    CHECK_TEXT(entries[9].field, "medicine");
    CHECK_TEXT(entries[9].path, path_of("vancouver.csl"));
    CHECK(style_list(&memory, &entries, &count, "  MEDICAL assoc", NULL) == OSLER_OK);
    CHECK(count == 1);
    CHECK(style_list(&memory, &entries, &count, "medical zzz", NULL) == OSLER_OK);
    CHECK(count == 0);
    arena_free(&memory);
}

TEST(heads_of_any_bytes_are_read)
{
    static const char *const heads[] = {"",
                                        "<",
                                        "<!--",
                                        "<style><info><title",
                                        "<info><title>&#12;&bad; \xff\x01</title><link rel=",
                                        "<info><link rel='independent-parent' href='",
                                        "<info><category citation-format=",
                                        "<category field=\"\"/><category/>"};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        arena memory = {0};
        const struct style_entry *entries;
        size_t count;
        have_files();
        FILE *file = fopen(path_of("broken.csl"), "w");
        fputs(heads[i], file);
        fclose(file);
        CHECK(style_list(&memory, &entries, &count, "broken", NULL) == OSLER_OK);
        CHECK(count == 1 || i == 4);
        arena_free(&memory);
    }
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) /* the last test */
        unlink(path_of(files[i]));
    rmdir(path_of("dependent"));
    rmdir(folder);
}
