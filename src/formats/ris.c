/* The format "ris": lines such as "TI  - text" from TY to ER, in all its dialects. */
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

/*
 * The tags and what they stand for: PubMed's, Ovid's, Embase's, EBSCO's, Scopus', Web of Science's,
 * Cochrane's, EndNote's, Zotero's and Mendeley's.
 */
static const struct tagged_row rows[] = {
    BOTH("TY", TYPE, NULL),
    BOTH("ID", KEY, NULL),
    BOTH("AU", NAMES, "author"),
    READ("A1", NAMES, "author"),
    BOTH("AD", AFFILIATION, NULL),
    BOTH("A2", NAMES, "editor"),
    READ("ED", NAMES, "editor"),
    BOTH("A3", NAMES, "collection-editor"),
    BOTH("A4", NAMES, "translator"),
    BOTH("TI", TITLE, NULL),
    READ("T1", TITLE, NULL),
    READ("CT", TITLE, NULL),
    BOTH("OP", ORIGINAL_TITLE, NULL),
    BOTH("T2", SECONDARY_TITLE, NULL),
    READ("BT", BOOK_TITLE, NULL),
    READ("JF", JOURNAL, NULL),
    READ("JT", JOURNAL, NULL),
    BOTH("JO", JOURNAL_OR_SHORT, NULL),
    BOTH("J2", SHORT_JOURNAL, NULL),
    READ("J1", SHORT_JOURNAL, NULL),
    BOTH("JA", ISO_JOURNAL, NULL),
    BOTH("T3", SERIES, NULL),
    BOTH("PY", YEAR, NULL),
    READ("Y1", DATE, NULL),
    BOTH("DA", DATE, NULL),
    BOTH("Y2", ACCESSED, NULL),
    BOTH("VL", VOLUME, NULL),
    BOTH("IS", ISSUE, NULL),
    BOTH("SP", FIRST_PAGE, NULL),
    BOTH("EP", LAST_PAGE, NULL),
    BOTH("C7", ARTICLE_NUMBER, NULL),
    BOTH("ET", EDITION, NULL),
    BOTH("PB", PUBLISHER, NULL),
    BOTH("CY", PLACE, NULL),
    READ("PP", PLACE, NULL),
    BOTH("SN", SERIAL_NUMBER, NULL),
    BOTH("M1", NUMBER, NULL),
    BOTH("DO", DOI, NULL),
    BOTH("C2", PMCID, NULL),
    READ("PMID", PMID, NULL),
    READ("PMCID", PMCID, NULL),
    BOTH("AN", ACCESSION, NULL),
    BOTH("U2", CUSTOM, NULL),
    READ("U1", CUSTOM, NULL),
    READ("C3", CUSTOM, NULL),
    READ("L3", CUSTOM, NULL),
    BOTH("DB", DATABASE, NULL),
    BOTH("DP", PROVIDER, NULL),
    BOTH("LA", LANGUAGE, NULL),
    BOTH("M3", GENRE, NULL),
    READ("PT", GENRE, NULL),
    BOTH("AB", ABSTRACT, NULL),
    READ("N2", ABSTRACT, NULL),
    BOTH("KW", KEYWORD, NULL),
    BOTH("MH", HEADING, NULL),
    BOTH("N1", NOTE, NULL),
    BOTH("UR", URL, NULL),
    READ("L2", URL, "link"),
    READ("L4", URL, "link"),
    READ("LK", URL, "link"),
    BOTH("ST", EXTRA, "title-short"),
    BOTH("CN", EXTRA, "call-number"),
    BOTH("NV", EXTRA, "number-of-volumes"),
    BOTH("SE", EXTRA, "section"),
    BOTH("AV", EXTRA, "archive_location"),
};

/* The last row is for all types without a row. */
static const struct tagged_type types[] = {
    {"JOUR", "article-journal"},
    {"EJOUR", "article-journal"},
    {"ABST", "article-journal"},
    {"INPR", "article-journal"},
    {"UNPB", "article"},
    {"MGZN", "article-magazine"},
    {"NEWS", "article-newspaper"},
    {"BILL", "bill"},
    {"UNBILL", "bill"},
    {"BOOK", "book"},
    {"EBOOK", "book"},
    {"EDBOOK", "book"},
    {"CHAP", "chapter"},
    {"ECHAP", "chapter"},
    {"ANCIENT", "classic"},
    {"CLSWK", "classic"},
    {"SER", "collection"},
    {"DATA", "dataset"},
    {"AGGR", "dataset"},
    {"DBASE", "dataset"},
    {"DICT", "entry-dictionary"},
    {"ENCYC", "entry-encyclopedia"},
    {"FIGURE", "figure"},
    {"CHART", "figure"},
    {"EQUA", "figure"},
    {"ART", "graphic"},
    {"HEAR", "hearing"},
    {"INTV", "interview"},
    {"CASE", "legal_case"},
    {"STAT", "legislation"},
    {"LEGAL", "legislation"},
    {"UNPD", "manuscript"},
    {"MANSCPT", "manuscript"},
    {"MAP", "map"},
    {"MPCT", "motion_picture"},
    {"VIDEO", "motion_picture"},
    {"ADVS", "motion_picture"},
    {"MUSIC", "musical_score"},
    {"PAMP", "pamphlet"},
    {"CONF", "paper-conference"},
    {"CPAPER", "paper-conference"},
    {"PAT", "patent"},
    {"JFULL", "periodical"},
    {"PCOMM", "personal_communication"},
    {"ICOMM", "personal_communication"},
    {"BLOG", "post-weblog"},
    {"RPRT", "report"},
    {"GOVDOC", "report"},
    {"COMP", "software"},
    {"SOUND", "song"},
    {"SLIDE", "speech"},
    {"STAND", "standard"},
    {"THES", "thesis"},
    {"ELEC", "webpage"},
    {"WEB", "webpage"},
    {"GEN", "document"},
};

static bool look(str line, str *tag, str *text);
static enum tagged_step step(struct tagged_search *search, str line);

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_free(str tag)
{
    return tag.length == 2 && is_capital(tag.data[0]) &&
           (is_capital(tag.data[1]) || char_is_digit(tag.data[1])) && !str_is(tag, "TY") &&
           !str_is(tag, "ER");
}

static const struct tagged_dialect ris = {
    .rows = rows,
    .row_count = sizeof rows / sizeof *rows,
    .types = types,
    .type_count = sizeof types / sizeof *types,
    .step = step,
    .look = look,
    .is_free = is_free,
    .before_tag = "",
    .behind_tag = "  - ",
    .expected = "lines such as \"TI  - The title\" between \"TY  - JOUR\" and \"ER  - \"",
    .repeats = true,
};

/* Tags that end or begin records, beside those of the table. */
static bool is_known(str tag)
{
    return str_equal_ignoring_case(tag, (str)STR("ER")) || tagged_row_of(&ris, tag);
}

/*
 * "TI  - text"; also with fewer or more spaces, in small letters, or behind spaces where the tag is
 * a known one: a line of an abstract may well begin with "DNA - ".
 */
static bool look(str line, str *tag, str *text)
{
    static const str mark = STR("\xEF\xBB\xBF");
    enum { LONGEST = 5, SPACES_MOST = 4 };
    size_t start = str_starts_with(line, mark) ? mark.length : 0, margin = start, end, dash;
    if (line.length >= 6 && is_capital(line.data[0]) && line.data[2] == ' ' &&
        line.data[3] == ' ' && line.data[4] == '-' && line.data[5] == ' ' &&
        (is_capital(line.data[1]) || char_is_digit(line.data[1]))) {
        *tag = str_part(line, 0, 2);
        *text = str_trim(str_part(line, 6, line.length));
        return true;
    }
    while (start < line.length && line.data[start] == ' ')
        start++;
    for (end = start;
         end < line.length && end - start < LONGEST &&
         (char_is_letter(line.data[end]) || (end > start && char_is_digit(line.data[end])));)
        end++;
    for (dash = end; dash < line.length && dash - end < SPACES_MOST && line.data[dash] == ' ';)
        dash++;
    if (end - start < 2 || dash >= line.length || line.data[dash] != '-')
        return false;
    bool stops = dash + 1 == line.length || line.data[dash + 1] == ' ';
    *tag = str_part(line, start, end - start);
    *text = str_trim(str_part(line, dash + 1, line.length));
    bool regular = dash - end == 2 && end - start == 2 && stops && start == margin &&
                   is_capital(line.data[start]) &&
                   (is_capital(line.data[start + 1]) || char_is_digit(line.data[start + 1]));
    return regular || ((stops || dash - end == 2) && is_known(*tag));
}

/*
 * A record goes from TY to ER, where both stand.  Without ER it ends before the next TY, without TY
 * it starts with its first tag.  Some programs write more tags right behind ER.
 */
static enum tagged_step step(struct tagged_search *search, str line)
{
    str tag = {"", 0}, text;
    bool tagged = look(line, &tag, &text);
    bool type = tagged && str_equal_ignoring_case(tag, (str)STR("TY"));
    bool end = tagged && str_equal_ignoring_case(tag, (str)STR("ER"));
    if (!search->started && (!tagged || end))
        return TAGGED_OUTSIDE;
    if (search->started && ((search->ended && (!tagged || type || end)) ||
                            (type && (search->has_type || search->blank))))
        return TAGGED_BEHIND;
    search->started = true;
    search->has_type |= type;
    search->ended |= end;
    search->blank = !tagged && !str_trim(line).length;
    return TAGGED_INSIDE;
}

/* The first tag is TY, or ER stands behind others; notes of a database may come before. */
static bool recognize(str head)
{
    enum { LINES = 200 };
    str line, tag, text;
    bool others = false;
    for (int i = 0; i < LINES && str_next_line(&head, &line); i++) {
        if (!look(line, &tag, &text))
            continue;
        if (str_equal_ignoring_case(tag, (str)STR("TY")))
            return !text.length || char_is_letter(text.data[0]);
        if (str_equal_ignoring_case(tag, (str)STR("ER")) && others)
            return true;
        others |= tagged_row_of(&ris, tag) != NULL;
    }
    return false;
}

static void *open_ris(window *input)
{
    return tagged_open(input, &ris);
}

static void *new_parser(void)
{
    return tagged_new_parser(&ris);
}

const struct format format_ris = {
    .recognize = recognize,
    .guesses = true,
    .open = open_ris,
    .close = tagged_close,
    .cut = tagged_cut,
    .is_complete = tagged_is_complete,
    .new_parser = new_parser,
    .free_parser = tagged_free_parser,
    .parse = tagged_parse,
};

static void write_record(buf *out, const osler_record *record)
{
    tagged_write(out, record, &ris);
    buf_add_text(out, "ER  - \n");
}

const struct writer writer_ris = {.write = write_record, .between = "\n"};
