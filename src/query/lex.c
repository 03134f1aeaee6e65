/* Cutting a query into tokens. */
#include "query/lex.h"

#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

osler_status query_fail(osler_error *error, unsigned column, const char *format, ...)
{
    char message[sizeof error->message];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    fail(error, OSLER_EUSAGE, 0, "%s", message);
    if (error)
        error->column = column;
    return OSLER_EUSAGE;
}

static bool ends_word(char c)
{
    return char_is_space(c) || c == '(' || c == ')' || c == '[' || c == ']' || c == '"';
}

/* Names that may stand before a colon. */
static bool is_field(str name)
{
    static const char *const fields[] = {"n",    "flag", "year", "tag",  "design",
                                         "pmid", "doi",  "key",  "list", "rating"};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (str_equal_ignoring_case(name, str_of(fields[i])))
            return true;
    return false;
}

/* Typographic quotes count as quotes: queries are pasted from documents. */
static size_t quote_at(str query, size_t at)
{
    str rest = str_part(query, at, 3);
    if (rest.length && rest.data[0] == '"')
        return 1;
    bool curly = str_is(rest, "\xE2\x80\x9C") || str_is(rest, "\xE2\x80\x9D");
    return curly ? 3 : 0;
}

/* The star at the end is cut off already; a DOI may hold one. */
static osler_status check_star(const token *t, osler_error *error)
{
    size_t star = str_find(t->text, '*');
    if (star == t->text.length || str_starts_with(t->text, (str)STR("10.")))
        return OSLER_OK;
    return query_fail(error, t->column, "a '*' stands for the end of a word only, as in migrain*");
}

static osler_status cut_phrase(str query, size_t *at, token *out, osler_error *error)
{
    size_t start = *at + quote_at(query, *at), end = start;
    while (end < query.length && !quote_at(query, end))
        end++;
    if (end >= query.length)
        return query_fail(error, out->column, "this quotation mark is not closed");
    out->kind = TOKEN_PHRASE;
    out->text = str_trim(str_part(query, start, end - start));
    *at = end + quote_at(query, end);
    if (out->text.length && out->text.data[out->text.length - 1] == '*') {
        out->prefix = true;
        out->text.length--;
    }
    if (!out->text.length)
        return query_fail(error, out->column, "there is nothing between these quotation marks");
    return check_star(out, error);
}

static osler_status cut_tag(str query, size_t *at, token *out, osler_error *error)
{
    size_t length = str_find(str_part(query, *at, query.length), ']');
    if (*at + length >= query.length)
        return query_fail(error, out->column, "this bracket is not closed");
    out->kind = TOKEN_TAG;
    out->text = str_trim(str_part(query, *at + 1, length - 1));
    *at += length + 1;
    if (!out->text.length)
        return query_fail(error, out->column, "a field tag is missing between [ and ]");
    return OSLER_OK;
}

/* The end of a DOI: parentheses may stand in it, if they are closed in it. */
static size_t doi_end(str query, size_t at)
{
    int open = 0;
    for (; at < query.length; at++) {
        char c = query.data[at];
        if (char_is_space(c) || c == '[' || c == '"' || (c == ')' && open == 0))
            break;
        open += c == '(' ? 1 : c == ')' ? -1 : 0;
    }
    return at;
}

static size_t word_end(str query, size_t at)
{
    if (str_starts_with(str_part(query, at, 3), (str)STR("10.")))
        return doi_end(query, at);
    bool number = char_is_digit(query.data[at]);
    size_t end = at;
    while (end < query.length && !ends_word(query.data[end]) && !quote_at(query, end)) {
        if (query.data[end] == ':' && (number || end == at))
            break; /* the colon of a range is a token of its own */
        end++;
        if (query.data[end - 1] == ':' && is_field(str_part(query, at, end - 1 - at)))
            break;
    }
    return end;
}

static void cut_word(str query, size_t *at, token *out)
{
    size_t end = word_end(query, *at);
    out->text = str_part(query, *at, end - *at);
    out->kind = TOKEN_WORD;
    bool more = end < query.length && !char_is_space(query.data[end]) && query.data[end] != '[';
    *at = end;
    if (out->text.data[out->text.length - 1] == ':' && more) {
        out->text.length--;
        if (is_field(out->text))
            out->kind = TOKEN_FIELD;
        else
            out->text.length++;
    }
    if (str_is(out->text, "AND"))
        out->kind = TOKEN_AND;
    else if (str_is(out->text, "OR"))
        out->kind = TOKEN_OR;
    else if (str_is(out->text, "NOT"))
        out->kind = TOKEN_NOT;
    if (out->kind == TOKEN_WORD && out->text.data[out->text.length - 1] == '*') {
        out->prefix = true;
        out->text.length--;
    }
}

osler_status token_next(str query, size_t *at, token *out, osler_error *error)
{
    while (*at < query.length && char_is_space(query.data[*at]))
        ++*at;
    *out = (token){.kind = TOKEN_END, .column = (unsigned)*at + 1};
    if (*at >= query.length)
        return OSLER_OK;
    if (quote_at(query, *at))
        return cut_phrase(query, at, out, error);
    char c = query.data[*at];
    if (c == '[')
        return cut_tag(query, at, out, error);
    if (c == ']')
        return query_fail(error, out->column, "this bracket was not opened");
    if (c == '(' || c == ')' || c == ':') {
        out->kind = c == '(' ? TOKEN_OPEN : c == ')' ? TOKEN_CLOSE : TOKEN_COLON;
        out->text = str_part(query, (*at)++, 1);
        return OSLER_OK;
    }
    cut_word(query, at, out);
    return out->kind == TOKEN_WORD ? check_star(out, error) : OSLER_OK;
}
