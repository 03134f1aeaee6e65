/* One block of a display: its paragraphs, and what each of them is. */
#include "base/limits.h"
#include "formats/pubmed_text/pubmed_text.h"

/* A block at work. */
struct block {
    nbib_parser *p;
    buf paragraph; /* on one line */
    buf authors, affiliations, abstract;
    enum { CITATION, TITLE, PEOPLE, BODY, END } next; /* what is expected */
};

static void take(struct block *b, const char *tag, str text)
{
    nbib_take(b->p, str_of(tag), str_trim(text));
}

/* Add `text` on one line, every run of white space and control characters as one space. */
static void add_line(buf *out, str text)
{
    if (out->length && out->data[out->length - 1] != ' ')
        buf_add_byte(out, ' ');
    text = str_trim(text);
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        if ((unsigned char)c > ' ' && c != 0x7F)
            buf_add_byte(out, c);
        else if (out->length && out->data[out->length - 1] != ' ')
            buf_add_byte(out, ' ');
    }
}

/* Cut the next paragraph off: lines up to a blank one. */
static bool next_paragraph(str *rest, str *paragraph)
{
    str line;
    *paragraph = (str){"", 0};
    while (str_next_line(rest, &line)) {
        if (!str_trim(line).length && paragraph->length)
            break;
        if (!str_trim(line).length)
            continue;
        const char *start = paragraph->length ? paragraph->data : line.data;
        *paragraph = (str){start, (size_t)(line.data + line.length - start)};
    }
    return paragraph->length > 0;
}

/* The authors wait for their affiliations. */
static void take_people(struct block *b)
{
    if (b->authors.length || b->affiliations.length)
        people_take_authors(b->p, buf_str(&b->authors), buf_str(&b->affiliations));
    buf_clear(&b->authors);
    buf_clear(&b->affiliations);
}

/* "[Article in Chinese]": the codes of the languages that most such articles have. */
static void take_language(struct block *b, str text)
{
    static const char *const languages[][2] = {
        {"Chinese", "chi"},  {"Japanese", "jpn"}, {"French", "fre"},     {"German", "ger"},
        {"Spanish", "spa"},  {"Russian", "rus"},  {"Portuguese", "por"}, {"Italian", "ita"},
        {"Polish", "pol"},   {"Korean", "kor"},   {"Dutch", "dut"},      {"Danish", "dan"},
        {"Swedish", "swe"},  {"Czech", "cze"},    {"Norwegian", "nor"},  {"Hungarian", "hun"},
        {"Hebrew", "heb"},   {"Turkish", "tur"},  {"Ukrainian", "ukr"},  {"Persian", "per"},
        {"Croatian", "hrv"}, {"Serbian", "srp"},  {"Romanian", "rum"},   {"Bulgarian", "bul"},
        {"Finnish", "fin"},  {"Greek", "gre"},    {"English", "eng"},    {"Arabic", "ara"},
    };
    static const str words = STR("[Article in ");
    str rest = str_part(text, words.length, text.length), all = rest, name;
    rest.length = str_find(rest, ';') < rest.length ? str_find(rest, ';') : str_find(rest, ']');
    bool known = rest.length + 1 == all.length;
    while (str_next_field(&rest, ',', &name)) {
        size_t i = 0, count = sizeof languages / sizeof *languages;
        while (i < count && !str_is(str_trim(name), languages[i][0]))
            i++;
        if (i < count)
            take(b, "LA", str_of(languages[i][1]));
        known &= i < count;
    }
    if (!known)
        take(b, "Article in", text);
}

/* "Comment in", and below it a citation a line; a long one goes on behind a line without a stop. */
static bool take_links(struct block *b, str paragraph)
{
    size_t length = 0;
    str line, rest = paragraph;
    const char *tag = citation_link(paragraph, &length);
    if (!tag || !str_next_line(&rest, &line))
        return false;
    str behind = str_trim(str_part(line, length, line.length));
    if (behind.length && behind.data[0] != ':')
        return false;
    buf one = {0};
    add_line(&one, str_part(behind, 1, behind.length));
    while (str_next_line(&rest, &line)) {
        str text = str_trim(line);
        bool ended = one.length && one.data[one.length - 1] == '.';
        bool goes_on = str_starts_with(text, str_of("doi:")) ||
                       str_starts_with(text, str_of("Epub")) ||
                       str_starts_with(text, str_of("PMID:"));
        if (ended && !goes_on) {
            take(b, tag, buf_str(&one));
            buf_clear(&one);
        }
        add_line(&one, text);
    }
    take(b, tag, buf_str(&one));
    buf_free(&one);
    return true;
}

static bool is_identifier(str line)
{
    return str_starts_with(line, str_of("PMID:")) || str_starts_with(line, str_of("PMCID:")) ||
           str_starts_with(line, str_of("DOI:"));
}

static bool is_copyright(const struct block *b, str text)
{
    enum { MOST = 700 };
    static const char *const starts[] = {"Copyright", "©", "(c) ", "Published by "};
    static const char *const words[] = {"©", "copyright", "all rights reserved", "published by"};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (text.length < MOST && str_starts_with(text, str_of(starts[i])))
            return true;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (b->abstract.length && text.length < MOST &&
            str_contains_ignoring_case(text, str_of(words[i])))
            return true;
    return false;
}

/* Paragraphs that say themselves what they are. */
static bool take_named(struct block *b, str raw, str text)
{
    static const struct {
        str start;
        const char *tag;
    } names[] = {{STR("Conflict of interest statement:"), "COIS"},
                 {STR("Publisher:"), "OAB"},
                 {STR("Collaborators:"), "IR"},
                 {STR("Author information:"), "AD"}};
    if (is_identifier(text)) {
        str line;
        while (str_next_line(&raw, &line))
            citation_take_remarks(b->p, line);
        b->next = END;
        return true;
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (!str_starts_with(text, names[i].start))
            continue;
        str value = str_part(text, names[i].start.length, text.length);
        if (str_is(str_of(names[i].tag), "IR"))
            people_take(b->p, value, "IR");
        else if (str_is(str_of(names[i].tag), "AD"))
            add_line(&b->affiliations, value);
        else
            take(b, names[i].tag, value);
        return true;
    }
    return take_links(b, raw);
}

static bool is_group(str text)
{
    enum { MOST = 120 };
    size_t stop = str_find(text, '.');
    return text.length < MOST && stop + 1 == text.length;
}

static void take_paragraph(struct block *b, str raw)
{
    str text = buf_str(&b->paragraph);
    if (b->next == TITLE) {
        take(b, "TI", text);
        b->next = PEOPLE;
        return;
    }
    if (str_starts_with(text, str_of("[Article in "))) {
        take_language(b, text);
        return;
    }
    if (b->next == PEOPLE && !is_identifier(text) && (people_are(text) || is_group(text))) {
        add_line(&b->authors, text);
        b->next = BODY;
        return;
    }
    if (!str_starts_with(text, str_of("Author information:")))
        take_people(b);
    if (take_named(b, raw, text))
        return;
    if (b->next == END)
        take(b, "text", text);
    else if (is_copyright(b, text))
        take(b, "CI", text);
    else
        add_line(&b->abstract, text);
    if (b->next == PEOPLE)
        b->next = BODY;
}

/* What stands first: a summary, the citation of an abstract, or the title of a book. */
static void take_first(struct block *b, bool alone)
{
    str text = buf_str(&b->paragraph);
    text = str_trim(str_part(text, display_number(text), text.length));
    b->next = TITLE;
    if (alone && citation_take_summary(b->p, text))
        b->next = END;
    else if (!citation_take(b->p, text)) {
        take(b, "TI", text);
        b->next = PEOPLE;
    }
}

/* Is it a citation and nothing else that the paragraph holds?  A summary starts with names. */
static bool is_summary(str paragraph, str rest)
{
    size_t start, end;
    if (!str_trim(rest).length)
        return true;
    str text = str_trim(str_part(paragraph, display_number(paragraph), paragraph.length));
    return citation_find_date(text, &start, &end) &&
           people_are(str_part(text, 0, str_find(text, '.')));
}

void block_take(nbib_parser *p, str block)
{
    struct block b = {.p = p};
    str raw, line;
    while (next_paragraph(&block, &raw) && !p->build.exceeded) {
        while (b.next == CITATION && raw.length && raw.data[0] == '#') {
            str_next_line(&raw, &line);
            take(&b, "GN", str_trim(str_part(line, 1, line.length)));
        }
        buf_clear(&b.paragraph);
        for (str rest = raw; str_next_line(&rest, &line);)
            add_line(&b.paragraph, line);
        if (b.paragraph.length > LIMIT_FIELD)
            p->build.exceeded = "this record has a paragraph that is too long";
        else if (b.next == CITATION && b.paragraph.length)
            take_first(&b, is_summary(buf_str(&b.paragraph), block));
        else if (b.paragraph.length)
            take_paragraph(&b, raw);
    }
    take_people(&b);
    take(&b, "AB", buf_str(&b.abstract));
    buf_free(&b.paragraph);
    buf_free(&b.authors);
    buf_free(&b.affiliations);
    buf_free(&b.abstract);
}
