/* Identifiers and addresses by their syntax: DOI, PMID, PMCID, ISBN, URL, the day of access. */
#include "record/dates.h"
#include "record/identifiers.h"
#include "record/record.h"
#include "refs/cues.h"
#include "refs/parse.h"

enum { LONGEST_DATE = 40, MOST_ISBN = 24 };

/* The rest of the core ends before token `i`, and before the words that announce it. */
static void cut_core(struct refs_parsing *p, size_t i)
{
    static const char *const announcing[] = {
        ":", "doi", "available", "from",   "at",  "URL", "PubMed",   "PMID", "PMCID", "Central",
        "[", "(",   "retrieved", "online", "via", "<",   "Internet", "DOI",  "in",    "arXiv"};
    if (i >= p->core)
        return;
    for (bool again = true; again && i > 0;) {
        again = false;
        for (size_t k = 0; k < sizeof announcing / sizeof *announcing; k++)
            if (refs_is(p, i - 1, announcing[k]) && !(refs_is(p, i - 1, "in") && i < 2))
                again = true;
        i -= again;
    }
    p->core = i;
}

/* Where the word at `at` of the text ends. */
static size_t word_end(str text, size_t at)
{
    while (at < text.length && text.data[at] != ' ')
        at++;
    return at;
}

/*
 * The DOI that begins at `at` of the text, joined where a line break parted it: behind a slash,
 * stop or hyphen, or before any digit, when a word that is no sentence's follows.
 */
static const char *doi_at(struct refs_parsing *p, size_t at)
{
    size_t end = word_end(p->text, at);
    str word = str_part(p->text, at, end - at);
    size_t slash = str_find(word, '/');
    buf joined = {0};
    buf_add(&joined, word);
    if (end + 1 < p->text.length && slash < word.length) {
        str next = str_part(p->text, end + 1, word_end(p->text, end + 1) - end - 1);
        char last = word.data[word.length - 1];
        bool open = !refs_has_digit(str_part(word, slash, word.length)) || last == '/' ||
                    last == '-' || last == '_';
        bool small = next.length && !cue_is_capital(cue_first(next));
        if (open && refs_has_digit(next) && (small || last == '/') && next.data[0] != '(' &&
            next.data[0] != '[' && memchr(word.data, ';', word.length) == NULL)
            buf_add(&joined, next);
    }
    const char *doi = identifier_doi(p->memory, buf_str(&joined));
    buf_free(&joined);
    return doi;
}

/* The first DOI of the text; a second one is kept among the identifiers. */
static void take_dois(struct refs_parsing *p)
{
    for (size_t i = 0; i < p->count; i++) {
        str word = refs_word(p, i);
        size_t at = 0;
        while (at + 3 < word.length && memcmp(word.data + at, "10.", 3) != 0)
            at++;
        if (at + 6 >= word.length || !char_is_digit(word.data[at + 3]) ||
            str_find(str_part(word, at, word.length), '/') == word.length - at)
            continue;
        const char *doi = doi_at(p, (size_t)(word.data - p->text.data) + at);
        if (!doi)
            continue;
        if (!p->record->doi)
            p->record->doi = doi;
        cut_core(p, i);
    }
}

/* The numbers in an address of PubMed or PubMed Central: "pubmed.ncbi.nlm.nih.gov/990000001/". */
static void take_numbers_of_address(struct refs_parsing *p, str address)
{
    static const str ncbi = STR("ncbi.nlm.nih.gov"), pubmed = STR("pubmed"), pmc = STR("PMC");
    bool known = false, of_pubmed = false;
    for (str rest = address, part; str_next_field(&rest, '/', &part);) {
        const char *number =
            of_pubmed && !p->record->pmid ? identifier_pmid(p->memory, part) : NULL;
        if (number) {
            p->record->pmid = number;
            p->record->pmid_version = 1;
        }
        if (known && str_starts_with(part, pmc) && !p->record->pmcid)
            p->record->pmcid = identifier_pmcid(p->memory, part);
        known = known || str_contains_ignoring_case(part, ncbi);
        of_pubmed = known && str_starts_with_ignoring_case(part, pubmed);
    }
}

static void take_urls(struct refs_parsing *p)
{
    static const str http = STR("http"), www = STR("www."), ftp = STR("ftp:"), doi = STR("doi.org");
    for (size_t i = 0; i < p->count; i++) {
        str word = refs_word(p, i);
        if (word.length < 8 ||
            !(str_starts_with_ignoring_case(word, http) ||
              str_starts_with_ignoring_case(word, www) || str_starts_with_ignoring_case(word, ftp)))
            continue;
        if (!str_contains_ignoring_case(word, doi) || !p->record->doi)
            record_add_text(p->memory, &p->record->urls, word);
        take_numbers_of_address(p, word);
        cut_core(p, i);
    }
}

static void take_numbers(struct refs_parsing *p)
{
    static const str pmc = STR("PMC");
    for (size_t i = 0; i < p->count; i++) {
        str word = refs_word(p, i);
        if ((refs_is(p, i, "PMID") || refs_is(p, i, "PubMed")) && !p->record->pmid) {
            size_t at = i + 1 + (refs_is(p, i + 1, ":") || refs_is(p, i + 1, "PMID"));
            at += refs_is(p, at, ":");
            if (refs_is_number(p, at)) {
                p->record->pmid = identifier_pmid(p->memory, refs_word(p, at));
                p->record->pmid_version = p->record->pmid != NULL;
                cut_core(p, i);
            }
        } else if (str_starts_with(word, pmc) && word.length > 5 && !p->record->pmcid) {
            size_t start = str_starts_with(str_part(word, 3, 3), pmc) ? 3 : 0;
            p->record->pmcid = identifier_pmcid(p->memory, str_part(word, start, word.length));
            if (p->record->pmcid)
                cut_core(p, i);
        }
    }
}

/* Over "-10", "13" and the colon that stand between "ISBN" and its number. */
static size_t pass_isbn_kind(const struct refs_parsing *p, size_t at)
{
    bool dash = refs_is(p, at, "-");
    if ((dash || refs_is(p, at, "10") || refs_is(p, at, "13")) && refs_word(p, at).length < 4)
        at += dash ? 2 : 1;
    return at + refs_is(p, at, ":");
}

/* The ISBN that begins at token `at`, added to `isbn`; how many characters it has, less hyphens. */
static size_t read_isbn(const struct refs_parsing *p, size_t at, buf *isbn)
{
    size_t digits = 0;
    for (; at < p->count && digits < 13 && isbn->length < MOST_ISBN; at++) {
        str word = refs_word(p, at);
        bool dash = refs_is_dash(p, at);
        if (!refs_has_digit(word) && !dash && !refs_is(p, at, "X"))
            break;
        buf_add(isbn, dash ? (str)STR("-") : word);
        digits += dash ? 0 : word.length;
    }
    return digits;
}

static void take_isbn(struct refs_parsing *p)
{
    for (size_t i = 0; i + 1 < p->count; i++) {
        if (!refs_is(p, i, "ISBN"))
            continue;
        buf isbn = {0};
        if (read_isbn(p, pass_isbn_kind(p, i + 1), &isbn) >= 10) {
            record_add_text(p->memory, &p->record->isbn, buf_str(&isbn));
            cut_core(p, i);
        }
        buf_free(&isbn);
    }
}

/* True for the word that announces the day of access. */
static bool announces_access(const struct refs_parsing *p, size_t i)
{
    static const char *const words[] = {"accessed", "cited",     "retrieved",
                                        "viewed",   "consulted", "assessed"};
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        if (refs_is(p, i, words[k]))
            return true;
    return false;
}

static bool ends_access(const struct refs_parsing *p, size_t i)
{
    return refs_is(p, i, "]") || refs_is(p, i, ")") || refs_is(p, i, ";") || refs_is(p, i, ".") ||
           refs_is(p, i, "from");
}

/* What stands where the day of access is written, behind the word that announces it. */
static str access_text(const struct refs_parsing *p, size_t from)
{
    while (from < p->count && (refs_is(p, from, "on") || refs_is(p, from, ":")))
        from++;
    size_t to = from;
    while (to < p->count && to - from < 6 && !ends_access(p, to))
        to++;
    str text = refs_text(p, (struct refs_span){from, to});
    while (text.length && text.data[text.length - 1] == ',')
        text.length--;
    return text;
}

/* "accessed 6 May 2016", "[cited 2014 June 4]", "Retrieved May 4, 2001, from": the day of access.
 */
static void take_access(struct refs_parsing *p)
{
    for (size_t i = 1; i + 1 < p->count; i++) {
        if (!announces_access(p, i))
            continue;
        osler_date date = {.kind = "accessed"};
        str text = access_text(p, i + 1);
        if (text.length > LONGEST_DATE || !cue_has_year(text))
            continue;
        if (!date_parse_any(&date, text))
            (void)date_parse(&date, text);
        if (date.year) {
            osler_date *kept = RECORD_ADD(p->memory, &p->record->dates);
            *kept = date;
            cut_core(p, i - (refs_is(p, i - 1, "(") || refs_is(p, i - 1, "[")));
            return;
        }
    }
}

void refs_take_identifiers(struct refs_parsing *p)
{
    p->core = p->count;
    take_dois(p);
    take_urls(p);
    take_numbers(p);
    take_isbn(p);
    take_access(p);
    while (p->core && refs_is(p, p->core - 1, ";"))
        p->core--;
}
