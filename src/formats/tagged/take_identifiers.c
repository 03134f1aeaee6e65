/* Identifiers, wherever databases put them: in their tags, in addresses, in fields of their own
 * use. */
#include "formats/tagged/take.h"

#include "record/identifiers.h"

#include <string.h>

static void add_doi(struct taking *t, const struct tagged_value *value, str text)
{
    str doi = identifier_bare_doi(text);
    size_t end = 0;
    while (end < doi.length && !char_is_space(doi.data[end]))
        end++;
    const char *kept = builder_keep(&t->build, identifier_bare_doi(str_part(doi, 0, end)));
    if (kept && !t->record->doi) {
        t->record->doi = kept;
        tagged_add_identifier(t, "doi", kept);
        if (end < doi.length)
            tagged_keep_value(t, value);
    } else if (!kept || !str_equal_ignoring_case(str_of(kept), str_of(t->record->doi))) {
        tagged_keep_value(t, value);
    }
}

void tagged_take_doi(struct taking *t, const struct tagged_value *value)
{
    add_doi(t, value, tagged_line(t, value->text));
}

static bool add_pmid(struct taking *t, str text)
{
    const char *pmid = identifier_pmid(t->memory, text);
    if (!pmid || strcmp(pmid, "0") == 0 || (t->record->pmid && strcmp(pmid, t->record->pmid) != 0))
        return false;
    if (!t->record->pmid)
        tagged_add_identifier(t, "pubmed", pmid);
    t->record->pmid = pmid;
    t->record->pmid_version = 1;
    return true;
}

static bool add_pmcid(struct taking *t, str text)
{
    const char *pmcid = identifier_pmcid(t->memory, text);
    if (!pmcid || (t->record->pmcid && strcmp(pmcid, t->record->pmcid) != 0))
        return false;
    if (!t->record->pmcid)
        tagged_add_identifier(t, "pmc", pmcid);
    t->record->pmcid = pmcid;
    return true;
}

/* "PMID: 990000001", "PUBMED 990000001" */
static bool take_named_pmid(struct taking *t, str text)
{
    static const str names[] = {STR("PMID"), STR("PUBMED"), STR("MEDLINE")};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (!str_starts_with_ignoring_case(text, names[i]))
            continue;
        str rest = str_part(text, names[i].length, text.length);
        while (rest.length && (rest.data[0] == ':' || rest.data[0] == ' '))
            rest = str_part(rest, 1, rest.length);
        while (rest.length && rest.data[rest.length - 1] == '.')
            rest.length--;
        return add_pmid(t, rest);
    }
    return false;
}

void tagged_take_pmid(struct taking *t, const struct tagged_value *value)
{
    str text = tagged_line(t, value->text);
    if (text.length && !add_pmid(t, text) && !take_named_pmid(t, text))
        tagged_keep_value(t, value);
}

void tagged_take_pmcid(struct taking *t, const struct tagged_value *value)
{
    static const str prefix = STR("PMC");
    str text = tagged_line(t, value->text);
    if (!str_starts_with_ignoring_case(text, prefix) || !add_pmcid(t, text))
        tagged_keep_value(t, value);
}

void tagged_take_accession(struct taking *t, const struct tagged_value *value)
{
    str text = tagged_line(t, value->text);
    if (!text.length || take_named_pmid(t, text))
        return;
    if (!t->accession.length)
        t->accession = text;
    else if (!str_equal(t->accession, text))
        tagged_keep_value(t, value);
}

/* A field that databases use as they like: only an identifier in it is understood. */
void tagged_take_custom(struct taking *t, const struct tagged_value *value)
{
    str text = tagged_line(t, value->text);
    if (take_named_pmid(t, text))
        return;
    if (identifier_bare_doi(text).length)
        add_doi(t, value, text);
    else
        tagged_keep_value(t, value);
}

/* What the address says the record is: its page in PubMed or PubMed Central. */
static void look_at_address(struct taking *t, str url)
{
    static const str pages[] = {STR("ncbi.nlm.nih.gov/pubmed/"), STR("pubmed.ncbi.nlm.nih.gov/"),
                                STR("ncbi.nlm.nih.gov/pmc/articles/PMC"),
                                STR("pmc.ncbi.nlm.nih.gov/articles/PMC")};
    enum { PMIDS = 2 };
    for (size_t p = 0; p < sizeof pages / sizeof *pages; p++) {
        for (size_t i = 0; i + pages[p].length < url.length; i++) {
            str rest = str_part(url, i, url.length);
            if (!str_starts_with(rest, pages[p]))
                continue;
            size_t end = pages[p].length;
            while (end < rest.length && char_is_digit(rest.data[end]))
                end++;
            str number = str_part(rest, pages[p].length, end - pages[p].length);
            bool whole = end == rest.length || rest.data[end] == '/';
            if (whole && p < PMIDS && !t->record->pmid)
                add_pmid(t, number);
            else if (whole && p >= PMIDS && !t->record->pmcid)
                add_pmcid(t, number);
            return;
        }
    }
}

static void add_url(struct taking *t, str url)
{
    static const str ncbi = STR(".nih.gov/");
    const osler_text_list *urls = &t->record->urls;
    if (str_contains_ignoring_case(url, ncbi))
        look_at_address(t, url);
    for (size_t i = 0; i < urls->count; i++)
        if (str_is(url, urls->items[i]))
            return;
    builder_add_text(&t->build, &t->record->urls, url);
}

/* One address, or several apart by white space or semicolons. */
void tagged_take_url(struct taking *t, const struct tagged_value *value)
{
    static const str address = STR("http");
    str rest = tagged_line(t, value->text);
    if (rest.length && !str_contains_ignoring_case(rest, (str)STR("://")) && value->row->argument) {
        tagged_keep_value(t, value); /* of links, only addresses */
        return;
    }
    while (rest.length) {
        size_t end = 0, next;
        do {
            while (end < rest.length && rest.data[end] != ' ' && rest.data[end] != ';')
                end++;
            next = end;
            while (next < rest.length && (rest.data[next] == ' ' || rest.data[next] == ';'))
                next++;
            if (next == rest.length || str_starts_with(str_part(rest, next, 4), address))
                break;
            end = next;
        } while (end < rest.length);
        add_url(t, str_part(rest, 0, end));
        rest = str_part(rest, next, rest.length);
    }
}

static bool is_pubmeds(str name)
{
    static const str pubmed = STR("pubmed"), medline = STR("medline");
    return str_contains_ignoring_case(name, pubmed) || str_contains_ignoring_case(name, medline) ||
           str_is(name, "NLM");
}

void tagged_finish_identifiers(struct taking *t)
{
    osler_record *r = t->record;
    static const str resolver = STR("doi.org/");
    str provider = str_trim(t->provider.text);
    bool pubmed = is_pubmeds(str_of(t->database));
    r->database = t->database;
    if (t->accession.length) {
        bool taken = (pubmed || is_pubmeds(provider)) && add_pmid(t, t->accession);
        taken |= str_equal(t->accession, str_of(r->pmid)); /* an address has said so */
        if (!taken)
            tagged_add_identifier(t, "accession", builder_keep(&t->build, t->accession));
        else if (r->database && strcmp(r->database, "PubMed") == 0)
            r->database = NULL; /* it has said whose number that is */
    }
    for (size_t i = 0; i < r->urls.count && !r->doi; i++) {
        str url = str_of(r->urls.items[i]);
        if (str_contains_ignoring_case(url, resolver) && identifier_bare_doi(url).length)
            add_doi(t, &(struct tagged_value){0}, url);
    }
}
