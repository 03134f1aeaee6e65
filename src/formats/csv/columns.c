/* The columns of tables: their names in many programs, and what they stand for. */
#include "base/buf.h"
#include "formats/csv/csv.h"

#include <string.h>

#define WRITTEN(name, field, argument) {name, TAGGED_##field, argument, true},
#define COLUMN(name, field, argument) {name, TAGGED_##field, argument, false},
#define ALIAS(name, tag)
static const struct tagged_row rows[] = {
#include "formats/csv/columns.def"
};
#undef WRITTEN
#undef COLUMN
#undef ALIAS

static const struct {
    const char *name, *tag;
} names[] = {
#define WRITTEN(name, field, argument) {name, name},
#define COLUMN(name, field, argument) {name, name},
#define ALIAS(name, tag) {name, tag},
#include "formats/csv/columns.def"
#undef WRITTEN
#undef COLUMN
#undef ALIAS
};

/*
 * Programs call an article what CSL calls a preprint, and an article in a journal a review.  The
 * last row is for all types without a row.
 */
static const struct tagged_type types[] = {
    {"article-journal", "article-journal"},
    {"article", "article-journal"},
    {"review", "article-journal"},
    {"preprint", "article"},
#define TYPE(name, csl) {csl, csl},
#include "record/types.def"
#undef TYPE
    {"journal article", "article-journal"},
    {"journalarticle", "article-journal"},
    {"journal-article", "article-journal"},
    {"jour", "article-journal"},
    {"j", "article-journal"},
    {"editorial", "article-journal"},
    {"letter", "article-journal"},
    {"magazinearticle", "article-magazine"},
    {"newspaperarticle", "article-newspaper"},
    {"b", "book"},
    {"inbook", "chapter"},
    {"incollection", "chapter"},
    {"booksection", "chapter"},
    {"book chapter", "chapter"},
    {"book-chapter", "chapter"},
    {"chap", "chapter"},
    {"inproceedings", "paper-conference"},
    {"proceedings", "paper-conference"},
    {"conference paper", "paper-conference"},
    {"conferencepaper", "paper-conference"},
    {"conference proceedings", "paper-conference"},
    {"proceedings paper", "paper-conference"},
    {"conf", "paper-conference"},
    {"phdthesis", "thesis"},
    {"mastersthesis", "thesis"},
    {"dissertation", "thesis"},
    {"thes", "thesis"},
    {"techreport", "report"},
    {"rprt", "report"},
    {"computerprogram", "software"},
    {"encyclopediaarticle", "entry-encyclopedia"},
    {"dictionaryentry", "entry-dictionary"},
    {"blogpost", "post-weblog"},
    {"forumpost", "post"},
    {"misc", "document"},
    {"gen", "document"},
    {"document", "document"},
};

/* Lower case; signs between words are one space, and none stand at the ends. */
static str plain_name(char *room, size_t most, str name)
{
    size_t length = 0;
    for (size_t i = 0; i < name.length; i++) {
        char c = name.data[i];
        bool counts = char_is_letter(c) || char_is_digit(c) || (unsigned char)c >= 0x80;
        if (length >= most)
            return (str){"", 0}; /* no name that is known is so long */
        if (counts)
            room[length++] = char_lower(c);
        else if (length && room[length - 1] != ' ')
            room[length++] = ' ';
    }
    return str_trim((str){room, length});
}

const char *csv_tag(str name)
{
    enum { NAME_MOST = 64 };
    char room[NAME_MOST];
    str plain = plain_name(room, sizeof room, name);
    for (size_t i = 0; i < sizeof names / sizeof *names && plain.length; i++)
        if (str_is(plain, names[i].name))
            return names[i].tag;
    return NULL;
}

bool csv_is_header(const str *cells, size_t count)
{
    size_t known = 0;
    bool says_which = false;
    for (size_t i = 0; i < count; i++) {
        const char *tag = csv_tag(cells[i]);
        known += tag != NULL;
        says_which |= tag && (strcmp(tag, "title") == 0 || strcmp(tag, "doi") == 0 ||
                              strcmp(tag, "pmid") == 0);
    }
    return known > 1 && says_which;
}

/* Every other tag is a column without a meaning here: it stays what it is. */
static bool is_free(str tag)
{
    const char *known = csv_tag(tag);
    return !known || tagged_row_of(&csv_dialect, str_of(known))->field == TAGGED_EXTRA;
}

const struct tagged_dialect csv_dialect = {
    .rows = rows,
    .row_count = sizeof rows / sizeof *rows,
    .types = types,
    .type_count = sizeof types / sizeof *types,
    .is_free = is_free,
    .expected = "cells under columns such as title, authors and year",
    .dates = TAGGED_DATES_EDTF,
    .repeats = true,
};
