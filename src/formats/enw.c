/* The format "enw": EndNote's export, lines such as "%T text" with records apart by blank lines. */
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
    BOTH("0", TYPE, NULL),           BOTH("F", KEY, NULL),
    BOTH("A", NAMES, "author"),      BOTH("+", AFFILIATION, NULL),
    BOTH("E", NAMES, "editor"),      BOTH("Y", NAMES, "collection-editor"),
    BOTH("?", NAMES, "translator"),  READ("H", NAMES, "translator"),
    BOTH("T", TITLE, NULL),          BOTH("(", ORIGINAL_TITLE, NULL),
    BOTH("J", JOURNAL, NULL),        BOTH("B", SECONDARY_TITLE, NULL),
    BOTH("S", SERIES, NULL),         BOTH("D", YEAR, NULL),
    BOTH("8", DATE, NULL),           BOTH("[", ACCESSED, NULL),
    BOTH("V", VOLUME, NULL),         BOTH("N", ISSUE, NULL),
    BOTH("P", PAGES, NULL),          BOTH("7", EDITION, NULL),
    BOTH("I", PUBLISHER, NULL),      BOTH("C", PLACE, NULL),
    BOTH("@", SERIAL_NUMBER, NULL),  BOTH("R", DOI, NULL),
    BOTH("2", PMCID, NULL),          BOTH("M", ACCESSION, NULL),
    BOTH("1", CUSTOM, NULL),         BOTH("~", DATABASE, NULL),
    BOTH("W", PROVIDER, NULL),       BOTH("G", LANGUAGE, NULL),
    BOTH("9", GENRE, NULL),          BOTH("X", ABSTRACT, NULL),
    BOTH("K", KEYWORD, NULL),        BOTH("Z", NOTE, NULL),
    READ("O", NOTE, NULL),           BOTH("U", URL, NULL),
    READ(">", URL, "link"),          BOTH("!", EXTRA, "title-short"),
    BOTH("L", EXTRA, "call-number"), BOTH("6", EXTRA, "number-of-volumes"),
    BOTH("&", EXTRA, "section"),     BOTH("*", EXTRA, "reviewed-title"),
};

static const struct tagged_type types[] = {
#define ENDNOTE_TYPE(name, number, csl) {name, csl},
#include "formats/tagged/endnote_types.def"
#undef ENDNOTE_TYPE
};

static bool look(str line, str *tag, str *text)
{
    static const str mark = STR("\xEF\xBB\xBF");
    if (str_starts_with(line, mark))
        line = str_part(line, mark.length, line.length);
    if (line.length < 2 || line.data[0] != '%' || line.data[1] <= ' ' || line.data[1] >= 0x7F ||
        (line.length > 2 && !char_is_space(line.data[2])))
        return false;
    *tag = str_part(line, 1, 1);
    *text = str_trim(str_part(line, 2, line.length));
    return true;
}

/*
 * A record goes to the blank line before the next one, which starts with its type, its title or an
 * author; or to the next type.  Abstracts may have blank lines.
 */
static enum tagged_step step(struct tagged_search *search, str line)
{
    str tag, text;
    if (!look(line, &tag, &text)) {
        search->blank |= search->started && !str_trim(line).length;
        return search->started ? TAGGED_INSIDE : TAGGED_OUTSIDE;
    }
    bool type = tag.data[0] == '0', title = tag.data[0] == 'T';
    bool starts = type || !search->has_type || (search->has_title && (title || tag.data[0] == 'A'));
    if (search->started && ((search->blank && starts) || (type && search->has_type)))
        return TAGGED_BEHIND;
    search->started = true;
    search->blank = false;
    search->has_type |= type;
    search->has_title |= title;
    return TAGGED_INSIDE;
}

/* The first line of text has a tag, and the type, title or authors come soon. */
static bool recognize(str head)
{
    enum { LINES = 40, ENOUGH = 2 };
    str line, tag, text;
    int known = 0;
    bool main = false;
    for (int i = 0; i < LINES && str_next_line(&head, &line); i++) {
        if (!look(line, &tag, &text)) {
            if (!known && str_trim(line).length)
                return false;
            continue;
        }
        known++;
        main |= strchr("0TA", tag.data[0]) != NULL;
    }
    return main && known >= ENOUGH;
}

static bool is_free(str tag)
{
    return tag.length == 1 && tag.data[0] > ' ' && tag.data[0] < 0x7F && tag.data[0] != '0';
}

static const struct tagged_dialect enw = {
    .rows = rows,
    .row_count = sizeof rows / sizeof *rows,
    .types = types,
    .type_count = sizeof types / sizeof *types,
    .step = step,
    .look = look,
    .is_free = is_free,
    .before_tag = "%",
    .behind_tag = " ",
    .expected = "lines such as \"%T The title\" behind \"%0 Journal Article\"",
    .dates = TAGGED_DATES_EDTF,
    .repeats = true,
};

static void *open_enw(window *input)
{
    return tagged_open(input, &enw);
}

static void *new_parser(void)
{
    return tagged_new_parser(&enw);
}

const struct format format_enw = {
    .recognize = recognize,
    .guesses = true,
    .open = open_enw,
    .close = tagged_close,
    .cut = tagged_cut,
    .is_complete = tagged_is_complete,
    .new_parser = new_parser,
    .free_parser = tagged_free_parser,
    .parse = tagged_parse,
};

static void write_record(buf *out, const osler_record *record)
{
    tagged_write(out, record, &enw);
}

const struct writer writer_enw = {.write = write_record, .between = "\n"};
