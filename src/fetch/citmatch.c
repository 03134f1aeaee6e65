/* The lines of ECitMatch, and the queries that look for a citation in PubMed's search. */
#include "fetch/citmatch.h"

#include <stdio.h>
#include <string.h>

enum {
    MAX_FIELD = 300,   /* bytes of a field in a line */
    MAX_WORDS = 12,    /* of a title in a query */
    FEW_WORDS = 5,     /* the longest ones, with the author and the year beside them */
    LEAST_WORDS = 3,   /* a title of fewer says too little on its own */
    SHORTEST_WORD = 3, /* bytes */
    LONGEST_WORD = 40,
};

/* Words that stand in so many titles that PubMed's search leaves them out (its help, "stopwords"),
 * as far as they have three letters and more. */
static const char *const stop_words[] = {
    "about",   "again",  "all",     "almost", "also",   "although", "always",  "among", "and",
    "another", "any",    "are",     "been",   "before", "being",    "between", "both",  "but",
    "can",     "could",  "did",     "does",   "done",   "due",      "during",  "each",  "either",
    "enough",  "etc",    "for",     "found",  "from",   "had",      "has",     "have",  "having",
    "here",    "how",    "into",    "its",    "just",   "may",      "might",   "most",  "mostly",
    "must",    "nearly", "not",     "our",    "should", "show",     "some",    "such",  "than",
    "that",    "the",    "their",   "theirs", "them",   "then",     "there",   "these", "they",
    "this",    "those",  "through", "thus",   "upon",   "use",      "used",    "using", "various",
    "very",    "was",    "were",    "what",   "when",   "which",    "while",   "with",  "within",
    "without", "would",
};

/* ---- ECitMatch --------------------------------------------------------------------------------
 */

bool citmatch_is_askable(const citmatch_citation *c)
{
    int said = (c->volume.length != 0) + (c->page.length != 0) + (c->author.length != 0);
    return (c->journal.length || c->year.length) &&
           said + (c->journal.length != 0) + (c->year.length != 0) >= 3;
}

/* The field without what separates fields and lines, white space collapsed. */
static void add_field(buf *out, str text)
{
    bool gap = false;
    size_t start = out->length;
    for (size_t i = 0; i < text.length && out->length - start < MAX_FIELD; i++) {
        char c = text.data[i];
        if (c == '|' || (unsigned char)c <= ' ' || c == 0x7F) {
            gap = out->length > start;
            continue;
        }
        if (gap)
            buf_add_byte(out, ' ');
        gap = false;
        buf_add_byte(out, c);
    }
    buf_add_byte(out, '|');
}

void citmatch_add_line(buf *out, const citmatch_citation *c, unsigned key)
{
    add_field(out, c->journal);
    add_field(out, c->year);
    add_field(out, c->volume);
    add_field(out, c->page);
    add_field(out, c->author);
    buf_printf(out, "%u|\r", key);
}

bool citmatch_read_line(str line, unsigned *key, citmatch_answer *answer, unsigned long *pmid)
{
    str fields[7] = {{0}};
    unsigned long number;
    line = str_trim(line);
    for (int i = 0; i < 6; i++)
        if (!str_next_field(&line, '|', &fields[i]))
            return false;
    fields[6] = str_trim(line);
    if (!str_number(str_trim(fields[5]), &number) || number > 1000000)
        return false;
    *key = (unsigned)number;
    *pmid = 0;
    *answer = CITMATCH_NONE;
    if (str_number(fields[6], pmid) && *pmid)
        *answer = CITMATCH_ONE;
    else if (str_starts_with_ignoring_case(fields[6], str_of("AMBIGUOUS")))
        *answer = CITMATCH_SEVERAL;
    return true;
}

/* ---- ESearch ----------------------------------------------------------------------------------
 */

static bool is_stop_word(str word)
{
    for (size_t i = 0; i < sizeof stop_words / sizeof *stop_words; i++)
        if (str_equal_ignoring_case(word, str_of(stop_words[i])))
            return true;
    return false;
}

static bool is_word_byte(char c)
{
    return char_is_letter(c) || char_is_digit(c) || (unsigned char)c >= 0x80;
}

/* The next word that says something; words with an apostrophe are passed over, since the index may
 * hold them with it or without. */
static bool next_word(str *rest, str *word)
{
    while (rest->length) {
        size_t length = 0;
        while (length < rest->length &&
               (is_word_byte(rest->data[length]) || rest->data[length] == '\''))
            length++;
        *word = str_part(*rest, 0, length);
        *rest = str_part(*rest, length ? length : 1, rest->length);
        if (length >= SHORTEST_WORD && length <= LONGEST_WORD &&
            !memchr(word->data, '\'', length) && !is_stop_word(*word))
            return true;
    }
    return false;
}

struct title {
    str words[MAX_WORDS];
    size_t count;
};

static struct title title_of(str text)
{
    struct title title = {.count = 0};
    str word;
    while (title.count < MAX_WORDS && next_word(&text, &word))
        title.words[title.count++] = word;
    return title;
}

/* Keep the `most` longest words, in their order. */
static void shorten(struct title *title, size_t most)
{
    while (title->count > most) {
        size_t shortest = 0;
        for (size_t i = 1; i < title->count; i++)
            if (title->words[i].length <= title->words[shortest].length)
                shortest = i;
        for (size_t i = shortest; i + 1 < title->count; i++)
            title->words[i] = title->words[i + 1];
        title->count--;
    }
}

static void add_words(buf *out, const struct title *title)
{
    for (size_t i = 0; i < title->count; i++)
        buf_printf(out, "%s%.*s[ti]", i ? " AND " : "", STR_ARG(title->words[i]));
}

/* A year stands in print a year before or after that of the record often enough. */
static void add_year(buf *out, str text)
{
    unsigned long year;
    if (str_number(text, &year) && year > 1500 && year < 3000)
        buf_printf(out, " AND %lu:%lu[dp]", year - 1, year + 1);
}

/* "Zeta AB" as a phrase would want these very initials: the family name alone. */
static void add_author(buf *out, str text)
{
    str name = str_trim(text);
    size_t end = name.length;
    while (end && name.data[end - 1] != ' ')
        end--;
    if (end > 1)
        name = str_trim(str_part(name, 0, end));
    if (!name.length || name.length > MAX_FIELD)
        return;
    buf_add_text(out, " AND ");
    for (size_t i = 0; i < name.length; i++)
        buf_add_byte(out, is_word_byte(name.data[i]) || strchr("-' ", name.data[i]) ? name.data[i]
                                                                                    : ' ');
    buf_add_text(out, "[au]");
}

static bool add_doi(buf *out, str doi)
{
    if (!doi.length || doi.length > MAX_FIELD || memchr(doi.data, '"', doi.length))
        return false;
    buf_printf(out, "\"%.*s\"[doi]", STR_ARG(doi));
    return true;
}

bool citmatch_make_query(buf *out, const citmatch_citation *c, int step)
{
    struct title title = title_of(c->title);
    buf_clear(out);
    if (step == CITMATCH_BY_DOI)
        return add_doi(out, c->doi);
    if (title.count < LEAST_WORDS)
        return false;
    if (step == CITMATCH_BY_WORDS) {
        if (!c->author.length && !c->year.length)
            return false;
        shorten(&title, FEW_WORDS);
    }
    add_words(out, &title);
    if (step == CITMATCH_BY_WORDS) {
        add_author(out, c->author);
        add_year(out, c->year);
    }
    return true;
}
