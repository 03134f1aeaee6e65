/* The styles and locales of the distribution: all are read, and nothing in them is complained of.
 */
#include "base/buf.h"
#include "check.h"
#include "style/catalogue.h"
#include "style/file.h"
#include "style/locale_source.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#define PACKAGE "/usr/share/citation-style-language/"

static unsigned complaints;

static void hear(void *context, const osler_error *complaint)
{
    (void)context;
    complaints++;
    fprintf(stderr, "%s:%u: %s\n", complaint->source, complaint->line, complaint->message);
}

static void read_style(const char *path)
{
    struct style *style;
    osler_error error = {0};
    buf xml = {0};
    CHECK(file_read(&xml, path, &error) == OSLER_OK);
    CHECK(style_read(&style, buf_str(&xml), path, hear, NULL, &error) == OSLER_OK);
    CHECK_TEXT(error.message, "");
    CHECK(style && style->title && style->id);
    style_free(style);
    buf_free(&xml);
}

static void read_locale(const char *path)
{
    const struct complaints complaining = {hear, NULL, path};
    const struct element *root;
    struct locale_source source;
    arena memory = {0};
    osler_error error = {0};
    buf xml = {0};
    CHECK(file_read(&xml, path, &error) == OSLER_OK);
    CHECK(csl_xml_read(&memory, &root, buf_str(&xml), ELEMENT_LOCALE, &complaining, &error) ==
          OSLER_OK);
    CHECK_TEXT(error.message, "");
    locale_source_read(&memory, &source, root, &complaining);
    CHECK(source.term_count > 200 && source.date_text && source.date_numeric);
    buf_free(&xml);
    arena_free(&memory);
}

/* Read all files of a folder; the program is skipped when there is none. */
static unsigned read_all(const char *folder, void (*read)(const char *path))
{
    DIR *opened = opendir(folder);
    unsigned count = 0;
    if (!opened) {
        printf("SKIPPED: %s is not installed\n", folder);
        exit(77);
    }
    for (struct dirent *entry; (entry = readdir(opened));) {
        char path[500];
        size_t length = strlen(entry->d_name);
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (length < 5 || (strcmp(entry->d_name + length - 4, ".csl") != 0 &&
                           strcmp(entry->d_name + length - 4, ".xml") != 0))
            continue;
        read(path);
        count++;
    }
    closedir(opened);
    printf("%s: %u files\n", folder, count);
    return count;
}

TEST(independent_styles)
{
    CHECK(read_all(PACKAGE "styles", read_style) > 1000);
    CHECK(complaints == 0);
}

TEST(dependent_styles)
{
    CHECK(read_all(PACKAGE "styles/dependent", read_style) > 1000);
    CHECK(complaints == 0);
}

TEST(locales)
{
    CHECK(read_all(PACKAGE "locales", read_locale) > 40);
    CHECK(complaints == 0);
}

TEST(names_people_say)
{
    static const char *const names[] = {
        "vancouver", "nlm",  "ama",    "apa",     "jama",
        "bmj",       "ieee", "lancet", "harvard", "http://www.zotero.org/styles/nature-medicine",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct style *style;
        osler_error error = {0};
        CHECK(style_find(&style, names[i], hear, NULL, &error) == OSLER_OK);
        CHECK_TEXT(error.message, "");
        if (style)
            CHECK(style->citation.present);
        style_free(style);
    }
}
