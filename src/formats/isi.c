/* The format "isi": Web of Science's tagged text (.ciw), from PT to ER, lists on indented lines. */
#include "formats/tagged/tagged.h"

#include <string.h>

#define READ(tag, field, argument)                                                                 \
    {                                                                                              \
        tag, TAGGED_##field, argument, false                                                       \
    }
#define BOTH(tag, field, argument)                                                                 \
    {                                                                                              \
        tag, TAGGED_##field, argument, true                                                        \
    }

static const struct tagged_row rows[] = {
    BOTH("PT", TYPE, NULL),
    BOTH("AU", NAMES, "author"),
    READ("BA", NAMES, "author"),
    BOTH("AF", FULL_NAMES, "author"),
    READ("BF", FULL_NAMES, "author"),
    READ("CA", GROUPS, "author"),
    READ("GP", GROUPS, "author"),
    BOTH("BE", NAMES, "editor"),
    READ("ED", NAMES, "editor"),
    BOTH("TI", TITLE, NULL),
    READ("FT", ORIGINAL_TITLE, NULL),
    BOTH("SO", JOURNAL, NULL),
    BOTH("SE", SERIES, NULL),
    BOTH("LA", LANGUAGE, NULL),
    BOTH("DT", GENRE, NULL),
    BOTH("DE", KEYWORD, NULL),
    READ("ID", KEYWORD, NULL),
    BOTH("AB", ABSTRACT, NULL),
    BOTH("CR", REFERENCE, NULL),
    BOTH("PU", PUBLISHER, NULL),
    BOTH("PI", PLACE, NULL),
    BOTH("SN", SERIAL_NUMBER, NULL),
    BOTH("EI", SERIAL_NUMBER, "Electronic"),
    BOTH("BN", SERIAL_NUMBER, "ISBN"),
    BOTH("J9", SHORT_JOURNAL, NULL),
    BOTH("JI", ISO_JOURNAL, NULL),
    BOTH("PD", DATE, NULL),
    BOTH("PY", YEAR, NULL),
    BOTH("VL", VOLUME, NULL),
    BOTH("IS", ISSUE, NULL),
    BOTH("BP", FIRST_PAGE, NULL),
    READ("PS", PAGES, NULL),
    BOTH("EP", LAST_PAGE, NULL),
    BOTH("AR", ARTICLE_NUMBER, NULL),
    BOTH("DI", DOI, NULL),
    BOTH("UR", URL, NULL),
    BOTH("UT", ACCESSION, NULL),
    BOTH("PM", PMID, NULL),
    BOTH("NT", NOTE, NULL),
};

/* The last row is for all types without a row. */
static const struct tagged_type types[] = {
    {"B", "book"},   {"S", "chapter"},         {"C", "paper-conference"},
    {"P", "patent"}, {"J", "article-journal"},
};

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool look(str line, str *tag, str *text)
{
    static const str mark = STR("\xEF\xBB\xBF");
    if (str_starts_with(line, mark))
        line = str_part(line, mark.length, line.length);
    if (line.length < 2 || !is_capital(line.data[0]) ||
        (!is_capital(line.data[1]) && !char_is_digit(line.data[1])) ||
        (line.length > 2 && !char_is_space(line.data[2])))
        return false;
    *tag = str_part(line, 0, 2);
    *text = str_trim(str_part(line, 2, line.length));
    return true;
}

/* FN, VR and EF are the file's, not a record's. */
static bool is_of_file(str tag)
{
    return str_is(tag, "FN") || str_is(tag, "VR") || str_is(tag, "EF");
}

/* A record goes from PT to ER, where both stand. */
static enum tagged_step step(struct tagged_search *search, str line)
{
    str tag = {"", 0}, text;
    bool tagged = look(line, &tag, &text);
    bool type = tagged && str_is(tag, "PT"), end = tagged && str_is(tag, "ER");
    bool outside = tagged && is_of_file(tag);
    if (!search->started && (!tagged || outside || end))
        return TAGGED_OUTSIDE;
    if (search->started && (search->ended || outside || (type && search->has_type)))
        return TAGGED_BEHIND;
    search->started = true;
    search->has_type |= type;
    search->ended |= end;
    return TAGGED_INSIDE;
}

/* The file's name of its format first; or a record's type, one letter, before other tags. */
static bool recognize(str head)
{
    str line, tag, text, next;
    do
        if (!str_next_line(&head, &line))
            return false;
    while (!str_trim(line).length);
    if (!look(line, &tag, &text) || !text.length || text.data[0] == '-')
        return false;
    bool more = str_next_line(&head, &line) && look(line, &next, &line) &&
                (!line.length || line.data[0] != '-');
    return more && (str_is(tag, "FN") || (str_is(tag, "PT") && text.length == 1));
}

static bool is_free(str tag)
{
    return tag.length == 2 && is_capital(tag.data[0]) &&
           (is_capital(tag.data[1]) || char_is_digit(tag.data[1])) && !is_of_file(tag) &&
           !str_is(tag, "PT") && !str_is(tag, "ER");
}

static const struct tagged_dialect isi = {
    .rows = rows,
    .row_count = sizeof rows / sizeof *rows,
    .types = types,
    .type_count = sizeof types / sizeof *types,
    .step = step,
    .look = look,
    .is_free = is_free,
    .before_tag = "",
    .behind_tag = " ",
    .expected = "lines such as \"TI The title\" between \"PT J\" and \"ER\"",
    .dates = TAGGED_DATES_WORDS,
};

static void *open_isi(window *input)
{
    return tagged_open(input, &isi);
}

static void *new_parser(void)
{
    return tagged_new_parser(&isi);
}

const struct format format_isi = {
    .recognize = recognize,
    .guesses = true,
    .open = open_isi,
    .close = tagged_close,
    .cut = tagged_cut,
    .is_complete = tagged_is_complete,
    .new_parser = new_parser,
    .free_parser = tagged_free_parser,
    .parse = tagged_parse,
};

static void write_record(buf *out, const osler_record *record)
{
    tagged_write(out, record, &isi);
    buf_add_text(out, "ER\n");
}

const struct writer writer_isi = {
    .write = write_record, .head = "FN Osler\nVR 1.0\n", .between = "\n", .tail = "\nEF\n"};
