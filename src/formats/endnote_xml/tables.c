/* What the elements of EndNote's XML stand for; rows and types serve both ways. */
#include "formats/endnote_xml/endnote_xml.h"

#define READ(tag, field, argument)                                                                 \
    {                                                                                              \
        tag, TAGGED_##field, argument, false                                                       \
    }
#define BOTH(tag, field, argument)                                                                 \
    {                                                                                              \
        tag, TAGGED_##field, argument, true                                                        \
    }

static const struct tagged_row rows[] = {
    READ("rec-number", KEY, NULL),
    BOTH("ref-type", TYPE, NULL),
    BOTH("contributors/authors/author", NAMES, "author"),
    BOTH("contributors/secondary-authors/author", NAMES, "editor"),
    BOTH("contributors/tertiary-authors/author", NAMES, "collection-editor"),
    BOTH("contributors/translated-authors/author", NAMES, "translator"),
    READ("contributors/subsidiary-authors/author", NAMES, "translator"),
    READ("auth-address", AFFILIATION, NULL),
    BOTH("titles/title", TITLE, NULL),
    BOTH("titles/secondary-title", SECONDARY_TITLE, NULL),
    BOTH("titles/tertiary-title", SERIES, NULL),
    READ("titles/alt-title", JOURNAL_OR_SHORT, NULL),
    BOTH("titles/short-title", EXTRA, "title-short"),
    BOTH("titles/translated-title", ORIGINAL_TITLE, NULL),
    BOTH("periodical/full-title", JOURNAL, NULL),
    BOTH("periodical/abbr-1", SHORT_JOURNAL, NULL),
    BOTH("periodical/abbr-2", ISO_JOURNAL, NULL),
    READ("periodical/abbr-3", SHORT_JOURNAL, NULL),
    READ("alt-periodical/full-title", JOURNAL_OR_SHORT, NULL),
    READ("alt-periodical/abbr-1", SHORT_JOURNAL, NULL),
    READ("alt-periodical/abbr-2", SHORT_JOURNAL, NULL),
    BOTH("pages", PAGES, NULL),
    BOTH("volume", VOLUME, NULL),
    BOTH("number", ISSUE, NULL),
    READ("issue", ISSUE, NULL),
    BOTH("num-vols", EXTRA, "number-of-volumes"),
    BOTH("edition", EDITION, NULL),
    BOTH("section", EXTRA, "section"),
    BOTH("keywords/keyword", KEYWORD, NULL),
    BOTH("dates/year", YEAR, NULL),
    BOTH("dates/pub-dates/date", DATE, NULL),
    BOTH("pub-location", PLACE, NULL),
    BOTH("publisher", PUBLISHER, NULL),
    BOTH("isbn", SERIAL_NUMBER, NULL),
    BOTH("accession-num", ACCESSION, NULL),
    BOTH("call-num", EXTRA, "call-number"),
    BOTH("report-id", NUMBER, NULL),
    BOTH("electronic-resource-num", DOI, NULL),
    BOTH("abstract", ABSTRACT, NULL),
    BOTH("label", KEY, NULL),
    BOTH("notes", NOTE, NULL),
    BOTH("work-type", GENRE, NULL),
    BOTH("reviewed-item", EXTRA, "reviewed-title"),
    BOTH("urls/related-urls/url", URL, NULL),
    READ("urls/web-urls/url", URL, NULL),
    READ("urls/pdf-urls/url", URL, "pdf"),
    READ("urls/text-urls/url", URL, "text"),
    BOTH("custom1", CUSTOM, NULL),
    BOTH("custom2", PMCID, NULL),
    BOTH("custom7", ARTICLE_NUMBER, NULL),
    BOTH("remote-database-name", DATABASE, NULL),
    BOTH("remote-database-provider", PROVIDER, NULL),
    BOTH("language", LANGUAGE, NULL),
    BOTH("access-date", ACCESSED, NULL),
};

static const struct tagged_type types[] = {
#define ENDNOTE_TYPE(name, number, csl) {name, csl},
#include "formats/tagged/endnote_types.def"
#undef ENDNOTE_TYPE
};

static const int numbers[] = {
#define ENDNOTE_TYPE(name, number, csl) number,
#include "formats/tagged/endnote_types.def"
#undef ENDNOTE_TYPE
};

enum { TYPES = sizeof types / sizeof *types };

int endnote_xml_number(str name)
{
    for (size_t i = 0; i < TYPES; i++)
        if (str_is(name, types[i].code))
            return numbers[i];
    return 0;
}

const char *endnote_xml_name(int number)
{
    for (size_t i = 0; i < TYPES && number; i++)
        if (numbers[i] == number)
            return types[i].code;
    return NULL;
}

/* Extras of other formats become notes: EndNote imports no element that it does not know. */
static bool is_free(str tag)
{
    static const char *const own[] = {"custom1",        "custom2",     "custom3",  "custom4",
                                      "custom5",        "custom6",     "misc1",    "misc2",
                                      "misc3",          "caption",     "orig-pub", "research-notes",
                                      "reprint-status", "auth-address"};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (str_is(tag, own[i]))
            return true;
    return false;
}

const struct tagged_dialect endnote_xml_dialect = {
    .rows = rows,
    .row_count = sizeof rows / sizeof *rows,
    .types = types,
    .type_count = TYPES,
    .is_free = is_free,
    .expected = "elements such as <titles> and <contributors>",
    .dates = TAGGED_DATES_EDTF,
    .repeats = true,
};
