/* Lists of PMIDs as people write them. */
#include "base/buf.h"
#include "base/error.h"
#include "base/limits.h"
#include "base/memory.h"
#include "base/source.h"
#include "base/str.h"
#include <osler/fetch.h>

#include <stdio.h>

enum { HIGHEST_PMID = 999999999, MAX_LIST = 50000000, STEP = 64 << 10 };

void osler_pmids_free(osler_pmids *list)
{
    memory_free(list->items);
    *list = (osler_pmids){0};
}

static bool add(osler_pmids *list, str digits)
{
    unsigned long number;
    if (!str_number(digits, &number) || number < 1 || number > HIGHEST_PMID)
        return false;
    if (list->count == list->capacity) {
        list->capacity = list->capacity ? list->capacity * 2 : 64;
        list->items = memory_resize(list->items, list->capacity * sizeof *list->items);
    }
    list->items[list->count++] = number;
    return true;
}

/* Cut `prefix` off; ASCII case does not matter. */
static bool cut_prefix(str *s, const char *prefix)
{
    if (!str_starts_with_ignoring_case(*s, str_of(prefix)))
        return false;
    *s = str_part(*s, str_of(prefix).length, s->length);
    return true;
}

/* The PMID in a PubMed address: the digits that follow the host, up to a slash, `?` or `#`. */
static bool cut_address(str *token)
{
    static const char *const places[] = {"pubmed.ncbi.nlm.nih.gov/", "www.ncbi.nlm.nih.gov/pubmed/",
                                         "ncbi.nlm.nih.gov/pubmed/",
                                         "www.ncbi.nlm.nih.gov/m/pubmed/"};
    str rest = *token;
    bool found = false;
    if (!cut_prefix(&rest, "https://"))
        cut_prefix(&rest, "http://");
    for (size_t i = 0; i < sizeof places / sizeof *places && !found; i++)
        found = cut_prefix(&rest, places[i]);
    if (!found)
        return false;
    size_t digits = 0;
    while (digits < rest.length && char_is_digit(rest.data[digits]))
        digits++;
    if (digits < rest.length && rest.data[digits] != '/' && rest.data[digits] != '?' &&
        rest.data[digits] != '#')
        return false;
    *token = str_part(rest, 0, digits);
    return true;
}

static bool is_separator(char c)
{
    return char_is_space(c) || c == ',' || c == ';';
}

/* Cut the next token off a line; false at its end or at a comment. */
static bool next_token(str *line, str *token)
{
    size_t start = 0, end;
    while (start < line->length && is_separator(line->data[start]))
        start++;
    if (start == line->length || line->data[start] == '#')
        return false;
    for (end = start; end < line->length && !is_separator(line->data[end]);)
        end++;
    *token = str_part(*line, start, end - start);
    *line = str_part(*line, end, line->length);
    return true;
}

/* A token with a PMID in it, or a label before one.  False: neither. */
static bool take_token(osler_pmids *list, str token, bool *labeled)
{
    bool label = cut_prefix(&token, "PMID");
    if (label && token.length && (token.data[0] == ':' || token.data[0] == '-'))
        token = str_part(token, 1, token.length);
    if (*labeled && str_is(token, "-")) /* "PMID - 123", as in MEDLINE files */
        return true;
    *labeled = label && !token.length;
    if (*labeled)
        return true;
    if (!label)
        cut_address(&token);
    return add(list, token);
}

osler_status osler_pmids_parse(osler_pmids *list, const char *text, size_t length, const char *name,
                               osler_error *error)
{
    str rest = {text, length}, line, token;
    bool labeled = false;
    cut_prefix(&rest, "\xEF\xBB\xBF");
    for (unsigned number = 1; str_next_line(&rest, &line); number++) {
        while (next_token(&line, &token)) {
            int shown = token.length < 60 ? (int)token.length : 60;
            if (list->count >= MAX_LIST) {
                fail(error, OSLER_ELIMIT, number, "the list of PMIDs is too long");
                return fail_source(error, OSLER_ELIMIT, name);
            }
            if (take_token(list, token, &labeled))
                continue;
            fail(error, OSLER_EINPUT, number,
                 "'%.*s' is not a PMID (expected digits, 'PMID: 123' or a PubMed address)", shown,
                 token.data);
            return fail_source(error, OSLER_EINPUT, name);
        }
    }
    return OSLER_OK;
}

osler_status osler_pmids_read(osler_pmids *list, const char *path, osler_error *error)
{
    source *s;
    buf text = {0};
    size_t got = 1;
    osler_status status = source_open_file(&s, path, error);
    if (status != OSLER_OK)
        return status;
    while (status == OSLER_OK && got) {
        status = source_read(s, buf_reserve(&text, STEP), STEP, &got, error);
        text.length += status == OSLER_OK ? got : 0;
        if (text.length > LIMIT_RESPONSE)
            status = fail(error, OSLER_ELIMIT, 0, "the list of PMIDs is too long");
    }
    if (status == OSLER_OK)
        status = osler_pmids_parse(list, text.data, text.length,
                                   str_is(str_of(path), "-") ? "standard input" : path, error);
    source_close(s);
    buf_free(&text);
    return status;
}
