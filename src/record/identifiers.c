/* Bare identifiers: prefixes and resolver addresses are taken off, the rest is left as printed. */
#include "record/identifiers.h"

#include <string.h>

#include "base/buf.h"
#include "record/record.h"

static const str doi_prefixes[] = {STR("https://"),     STR("http://"),  STR("dx.doi.org/"),
                                   STR("www.doi.org/"), STR("doi.org/"), STR("doi:"),
                                   STR("doi ")};

static str strip_prefixes(str s)
{
    for (size_t i = 0; i < sizeof doi_prefixes / sizeof *doi_prefixes; i++) {
        if (str_starts_with_ignoring_case(s, doi_prefixes[i])) {
            s = str_trim(str_part(s, doi_prefixes[i].length, s.length));
            i = (size_t)-1; /* "doi:https://doi.org/10..." has three of them */
        }
    }
    return s;
}

str identifier_bare_doi(str text)
{
    static const str directory = STR("10.");
    static const str none = {0};
    str doi = strip_prefixes(str_trim(text));
    while (doi.length && doi.data[doi.length - 1] == '.')
        doi.length--;
    size_t slash = str_find(doi, '/');
    if (!str_starts_with(doi, directory) || slash < 5 || slash + 1 >= doi.length)
        return none;
    for (size_t i = directory.length; i < slash; i++)
        if (!char_is_digit(doi.data[i]) && doi.data[i] != '.')
            return none;
    return doi;
}

const char *identifier_doi(arena *memory, str text)
{
    str doi = identifier_bare_doi(text);
    return doi.length ? record_text(memory, doi) : NULL;
}

const char *identifier_orcid(arena *memory, str text)
{
    text = str_trim(text);
    while (text.length && text.data[text.length - 1] == '/')
        text.length--;
    size_t slash = text.length;
    while (slash && text.data[slash - 1] != '/')
        slash--;
    str code = str_trim(str_part(text, slash, text.length));
    buf orcid = {0};
    size_t digits = 0;
    bool ok = true;
    for (size_t i = 0; i < code.length && ok; i++) {
        char c = code.data[i];
        if (c == '-' || c == ' ')
            continue;
        ok = digits < 16 && (char_is_digit(c) || (digits == 15 && char_lower(c) == 'x'));
        if (digits && digits % 4 == 0)
            buf_add_byte(&orcid, '-');
        buf_add_byte(&orcid, c == 'x' ? 'X' : c);
        digits++;
    }
    const char *result = ok && digits == 16 ? arena_copy(memory, buf_str(&orcid)) : NULL;
    buf_free(&orcid);
    return result;
}

static size_t digits_at(str s)
{
    size_t digits = 0;
    while (digits < s.length && char_is_digit(s.data[digits]))
        digits++;
    return digits;
}

const char *identifier_pmcid(arena *memory, str text)
{
    static const str prefix = STR("PMC");
    text = str_trim(text);
    size_t digits = digits_at(text);
    if (digits && digits == text.length && digits <= 12) {
        buf id = {0};
        buf_printf(&id, "PMC%.*s", STR_ARG(text));
        const char *result = arena_copy(memory, buf_str(&id));
        buf_free(&id);
        return result;
    }
    for (size_t i = 0; i + prefix.length < text.length; i++) {
        str rest = str_part(text, i, text.length);
        if (!str_starts_with(rest, prefix))
            continue;
        digits = digits_at(str_part(rest, prefix.length, rest.length));
        if (digits && digits <= 12)
            return arena_copy(memory, str_part(rest, 0, prefix.length + digits));
    }
    return NULL;
}

const char *identifier_pmid(arena *memory, str text)
{
    text = str_trim(text);
    while (text.length > 1 && text.data[0] == '0')
        text = str_part(text, 1, text.length);
    if (!text.length || text.length > 12 || digits_at(text) != text.length)
        return NULL;
    return arena_copy(memory, text);
}

void identifier_each(const osler_record *record,
                     void (*each)(void *context, const char *scheme, str value), void *context)
{
    each(context, "doi", str_of(record->doi));
    each(context, "pmcid", str_of(record->pmcid));
    each(context, "pii", str_of(record->pii));
    for (size_t i = 0; i < record->identifiers.count; i++) {
        const osler_identifier *one = &record->identifiers.items[i];
        if (!one->scheme || !one->value || one->invalid || strcmp(one->scheme, "pubmed") == 0)
            continue;
        bool pmc = strcmp(one->scheme, "pmc") == 0;
        each(context, pmc ? "pmcid" : one->scheme, str_of(one->value));
    }
    for (size_t i = 0; i < record->isbn.count; i++)
        each(context, "isbn", str_of(record->isbn.items[i]));
    for (size_t i = 0; i < record->databanks.count; i++)
        for (size_t k = 0; k < record->databanks.items[i].numbers.count; k++)
            each(context, "registry", str_of(record->databanks.items[i].numbers.items[k]));
}
