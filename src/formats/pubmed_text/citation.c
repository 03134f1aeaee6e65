/* Citations as PubMed prints them: journal, date, volume, issue, pages, and what follows. */
#include "formats/pubmed_text/pubmed_text.h"
#include "record/dates.h"

#include <stdio.h>

static const struct {
    str words;
    const char *tag;
} links[] = {
    {STR("Comment in"), "CIN"},
    {STR("Comment on"), "CON"},
    {STR("Corrected and republished from"), "CRF"},
    {STR("Corrected and republished in"), "CRI"},
    {STR("Dataset described in"), "DDIN"},
    {STR("Erratum for"), "EFR"},
    {STR("Erratum in"), "EIN"},
    {STR("Expression of concern for"), "ECF"},
    {STR("Expression of concern in"), "ECI"},
    {STR("Original report in"), "ORI"},
    {STR("Partial retraction in"), "PRIN"},
    {STR("Partial retraction of"), "PROF"},
    {STR("Republished from"), "RPF"},
    {STR("Republished in"), "RPI"},
    {STR("Retracted and republished from"), "RRF"},
    {STR("Retracted and republished in"), "RRI"},
    {STR("Retraction in"), "RIN"},
    {STR("Retraction of"), "ROF"},
    {STR("Summary for patients in"), "SPIN"},
    {STR("Update in"), "UIN"},
    {STR("Update of"), "UOF"},
};

const char *citation_link(str text, size_t *length)
{
    for (size_t i = 0; i < sizeof links / sizeof *links; i++)
        if (str_starts_with_ignoring_case(text, links[i].words)) {
            *length = links[i].words.length;
            return links[i].tag;
        }
    return NULL;
}

static void take(nbib_parser *p, const char *tag, str text)
{
    nbib_take(p, str_of(tag), text);
}

/* An identifier of the article: "10.9999/wool [doi]". */
static void take_id(nbib_parser *p, str id, const char *scheme)
{
    buf value = {0};
    buf_add(&value, id);
    buf_printf(&value, " [%s]", scheme);
    take(p, "LID", buf_str(&value));
    buf_free(&value);
}

size_t display_number(str line)
{
    enum { DIGITS = 7 };
    size_t digits = 0;
    while (digits < line.length && char_is_digit(line.data[digits]))
        digits++;
    if (!digits || digits > DIGITS || digits >= line.length)
        return 0;
    bool spaced = digits + 1 == line.length || char_is_space(line.data[digits + 1]);
    bool colon = line.data[digits] == ':';
    return colon || (line.data[digits] == '.' && spaced) ? digits + 1 : 0;
}

/* "2008 Aug 15", "2015 Oct-Dec", "2010 Winter": its length up to a stop; 0 when it is no date. */
static size_t date_at(str s)
{
    enum { MOST = 40, YEAR = 4 };
    size_t at = 0;
    for (; at < YEAR; at++)
        if (at >= s.length || !char_is_digit(s.data[at]))
            return 0;
    if (s.data[0] != '2' && s.data[0] != '1')
        return 0;
    while (at < s.length && at < MOST) {
        size_t word = at;
        while (at < s.length && char_is_letter(s.data[at]))
            at++;
        str letters = str_part(s, word, at - word);
        if (letters.length && !date_month(letters) && !date_season(letters))
            return 0;
        if (at == s.length || s.data[at] == ';' || s.data[at] == ':' || s.data[at] == '.')
            return at;
        char c = s.data[at];
        if (c != ' ' && c != '-' && c != '/' && !char_is_digit(c))
            return 0;
        at++;
    }
    return at == s.length ? at : 0;
}

bool citation_find_date(str citation, size_t *start, size_t *end)
{
    for (size_t i = 1; i + 2 < citation.length; i++) {
        if (citation.data[i] != '.' || citation.data[i + 1] != ' ')
            continue;
        size_t length = date_at(str_part(citation, i + 2, citation.length));
        if (!length)
            continue;
        *start = i + 2;
        *end = *start + length;
        return true;
    }
    return false;
}

/* Cut off the first word, without the stop behind it. */
static str cut_word(str *rest)
{
    *rest = str_trim(*rest);
    str word = str_part(*rest, 0, str_find(*rest, ' '));
    *rest = str_part(*rest, word.length, rest->length);
    while (word.length && (word.data[word.length - 1] == '.' || word.data[word.length - 1] == ';'))
        word.length--;
    return word;
}

/* A DOI to which lost white space has joined the word behind it: "10.9999/wool.PubMed PMID: 12". */
static str without_next(str doi)
{
    static const str next = STR(".PubMed");
    size_t length = doi.length > next.length ? doi.length - next.length : 0;
    return str_equal(str_part(doi, length, next.length), next) ? str_part(doi, 0, length) : doi;
}

/* Where `words` are in `s`, at its start or behind something; its length when nowhere. */
static size_t find(str s, str words)
{
    for (size_t i = 0; i < s.length; i++) {
        i += str_find(str_part(s, i, s.length), words.data[0]);
        if (str_starts_with(str_part(s, i, s.length), words))
            return i;
    }
    return s.length;
}

/* Cut off what goes up to a stop (". ", "; "), or to the end. */
static str cut_sentence(str *rest)
{
    size_t end = 0;
    while (end < rest->length && !((rest->data[end] == '.' || rest->data[end] == ';') &&
                                   (end + 1 == rest->length || rest->data[end + 1] == ' ')))
        end++;
    str sentence = str_trim(str_part(*rest, 0, end));
    *rest = str_part(*rest, end + 1, rest->length);
    return sentence;
}

/* "[Indexed for MEDLINE]", "[PubMed - in process]"; other remarks are kept as they are. */
static void take_remark(nbib_parser *p, str remark)
{
    static const char *const meanings[][3] = {
        {"indexed for MEDLINE]", "STAT", "MEDLINE"},        {"in process]", "STAT", "In-Process"},
        {"as supplied by publisher]", "STAT", "Publisher"}, {"Review", "PT", "Review"},
        {"Online ahead of print", "PST", "aheadofprint"},
    };
    for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++) {
        str words = str_of(meanings[i][0]);
        str end = str_part(remark, remark.length - words.length, words.length);
        bool whole = words.data[words.length - 1] != ']';
        if (remark.length >= words.length && str_equal_ignoring_case(end, words) &&
            (!whole || remark.length == words.length)) {
            take(p, meanings[i][1], str_of(meanings[i][2]));
            return;
        }
    }
    take(p, "citation", remark);
}

/* A link within a line ends where PubMed's number of the work itself comes. */
static str cut_link(str *rest)
{
    static const str pmid = STR("PubMed PMID:");
    str link = str_part(*rest, 0, find(*rest, pmid));
    *rest = str_part(*rest, link.length, rest->length);
    link = str_trim(link);
    return link.length && link.data[0] == ':' ? str_trim(str_part(link, 1, link.length)) : link;
}

/* What has a word before it; false when `rest` starts with none of these. */
static bool take_named(nbib_parser *p, str *rest)
{
    static const struct {
        str word;
        const char *tag;
    } names[] = {{STR("PubMed PMID:"), "PMID"}, {STR("PubMed Central PMCID:"), "PMC"},
                 {STR("PMID:"), "PMID"},        {STR("PMCID:"), "PMC"},
                 {STR("doi:"), "doi"},          {STR("pii:"), "pii"},
                 {STR("Epub "), "DEP"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (!str_starts_with_ignoring_case(*rest, names[i].word))
            continue;
        *rest = str_part(*rest, names[i].word.length, rest->length);
        str tag = str_of(names[i].tag);
        str value = str_is(tag, "DEP") ? cut_sentence(rest) : cut_word(rest);
        if (char_is_letter(tag.data[0]) && tag.data[0] >= 'a')
            take_id(p, without_next(value), names[i].tag);
        else if (str_is(tag, "PMID") && p->record->pmid)
            take(p, "citation", value);
        else
            nbib_take(p, tag, value);
        return true;
    }
    return false;
}

void citation_take_remarks(nbib_parser *p, str text)
{
    for (str rest = str_trim(text); rest.length && !p->build.exceeded; rest = str_trim(rest)) {
        static const str pmid = STR("PubMed PMID:");
        size_t length = 0;
        const char *tag = citation_link(rest, &length);
        if (rest.data[0] == '.' || rest.data[0] == ';') {
            rest = str_part(rest, 1, rest.length);
        } else if (tag) {
            rest = str_part(rest, length, rest.length);
            take(p, tag, cut_link(&rest));
        } else if (!take_named(p, &rest)) {
            str before = rest, remark = cut_sentence(&rest);
            size_t named = find(remark, pmid);
            if (named < remark.length) {
                remark = str_trim(str_part(remark, 0, named));
                rest = str_part(before, named, before.length);
            }
            take_remark(p, remark);
        }
    }
}

/* Where a sentence ends: at a stop with white space behind it; also pages ("1016.e1-6"). */
static size_t sentence_end(str s)
{
    size_t end = 0;
    while (end < s.length &&
           !(s.data[end] == '.' && (end + 1 == s.length || s.data[end + 1] == ' ')))
        end++;
    return end;
}

/* ";9(8):667-77. doi: ..." */
static void take_location(nbib_parser *p, str rest)
{
    if (rest.length && rest.data[0] == ';') {
        rest = str_part(rest, 1, rest.length);
        size_t end = sentence_end(rest), colon = str_find(str_part(rest, 0, end), ':');
        str volume = str_trim(str_part(rest, 0, colon));
        size_t open = str_find(volume, '(');
        if (open < volume.length && volume.data[volume.length - 1] == ')') {
            take(p, "IP", str_trim(str_part(volume, open + 1, volume.length - open - 2)));
            volume = str_trim(str_part(volume, 0, open));
        }
        take(p, "VI", volume);
        rest = str_part(rest, colon, rest.length);
    }
    if (rest.length && rest.data[0] == ':') {
        rest = str_part(rest, 1, rest.length);
        size_t end = sentence_end(rest);
        take(p, "PG", str_trim(str_part(rest, 0, end)));
        rest = str_part(rest, end, rest.length);
    }
    citation_take_remarks(p, rest);
}

bool citation_take(nbib_parser *p, str citation)
{
    size_t start, end;
    if (!citation_find_date(citation, &start, &end))
        return false;
    take(p, "TA", str_trim(str_part(citation, 0, start - 2)));
    take(p, "DP", str_trim(str_part(citation, start, end - start)));
    take_location(p, str_part(citation, end, citation.length));
    return true;
}

/* Where the last sentence of `s` starts. */
static size_t last_sentence(str s)
{
    for (size_t i = s.length; i > 1; i--)
        if (s.data[i - 1] == ' ' &&
            (s.data[i - 2] == '.' || s.data[i - 2] == '?' || s.data[i - 2] == '!'))
            return i;
    return 0;
}

bool citation_take_summary(nbib_parser *p, str summary)
{
    size_t start, end;
    if (!citation_find_date(summary, &start, &end))
        return false;
    str before = str_part(summary, 0, start - 2);
    size_t journal = last_sentence(before);
    if (!journal)
        return false;
    str authors = str_part(before, 0, sentence_end(before)), title = str_part(before, 0, journal);
    if (authors.length < journal && people_are(authors)) {
        people_take(p, authors, "AU");
        title = str_part(title, authors.length + 1, title.length);
    }
    take(p, "TI", str_trim(title));
    return citation_take(p, str_part(summary, journal, summary.length));
}
