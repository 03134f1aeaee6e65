/* The parts of an entry: names of fields, values in braces or quotes, numbers and macros. */
#include "formats/bibtex/bibtex.h"

#include <stdio.h>
#include <string.h>

static bool is_name(char c)
{
    return !char_is_space(c) && !strchr("={}(),\"#%", c);
}

static void skip_space(struct bibtex_scan *scan)
{
    while (scan->at < scan->text.length && char_is_space(scan->text.data[scan->at]))
        scan->at++;
}

static str name_at(struct bibtex_scan *scan)
{
    size_t start = scan->at;
    while (scan->at < scan->text.length && is_name(scan->text.data[scan->at]))
        scan->at++;
    return str_part(scan->text, start, scan->at - start);
}

bool bibtex_begin(struct bibtex_scan *scan, str *word)
{
    scan->at++;
    skip_space(scan);
    *word = name_at(scan);
    skip_space(scan);
    if (!word->length || !char_is_letter(word->data[0]) || scan->at >= scan->text.length)
        return false;
    char open = scan->text.data[scan->at];
    scan->close = open == '{' ? '}' : ')';
    scan->in_value = false;
    if (open != '{' && open != '(')
        return false;
    scan->at++;
    return true;
}

bool bibtex_key(struct bibtex_scan *scan, str *key)
{
    skip_space(scan);
    size_t start = scan->at, end = start;
    while (end < scan->text.length && !strchr(",=\"{}\n", scan->text.data[end]))
        end++;
    if (end >= scan->text.length)
        return false;
    *key = str_trim(str_part(scan->text, start, end - start));
    if (strchr("=\"{", scan->text.data[end]))
        *key = (str){"", 0}; /* a field stands where the key should */
    else if (scan->close == ')' && key->length && key->data[key->length - 1] == ')')
        *key = str_part(*key, 0, key->length - 1);
    else
        scan->at = end;
    return true;
}

bool bibtex_starts_entry(str text, size_t at)
{
    struct bibtex_scan scan = {.text = text, .at = at};
    str word;
    if (!bibtex_begin(&scan, &word))
        return false;
    for (size_t i = scan.at; i < text.length && text.data[i] != '\n'; i++) {
        if (text.data[i] == ',' || text.data[i] == '=')
            return i > scan.at;
        if (strchr("{}\"\\", text.data[i]))
            return false;
    }
    return false;
}

static enum bibtex_token broken(struct bibtex_scan *scan, const char *expected, str found)
{
    snprintf(scan->problem, sizeof scan->problem, "%s, not \"%.*s\"", expected,
             (int)(found.length < 40 ? found.length : 40), found.data);
    return BIBTEX_BROKEN;
}

/* The value up to `end` where no brace is open; each line is looked at for another entry. */
static enum bibtex_token delimited(struct bibtex_scan *scan, char end, enum bibtex_token token)
{
    size_t start = ++scan->at, depth = 0;
    str text = scan->text;
    for (size_t i = start; i < text.length; i++) {
        char c = text.data[i];
        if (c == end && !depth) {
            scan->value = str_part(text, start, i - start);
            scan->at = i + 1;
            return token;
        }
        if (c == '{') {
            depth++;
        } else if (c == '}' && depth) {
            depth--;
        } else if (c == '\n' && i + 1 < text.length && text.data[i + 1] == '@' &&
                   bibtex_starts_entry(text, i + 1)) {
            scan->at = i + 1;
            snprintf(scan->problem, sizeof scan->problem,
                     "the entry has no closing %s before the next one starts",
                     end == '"' && !depth ? "quotation mark" : "brace");
            return BIBTEX_BROKEN;
        }
    }
    scan->at = text.length;
    return BIBTEX_CUT_OFF;
}

static enum bibtex_token value(struct bibtex_scan *scan)
{
    enum bibtex_token token = BIBTEX_BARE;
    skip_space(scan);
    if (scan->at >= scan->text.length)
        return BIBTEX_CUT_OFF;
    char c = scan->text.data[scan->at];
    if (c == '{')
        token = delimited(scan, '}', BIBTEX_BRACED);
    else if (c == '"')
        token = delimited(scan, '"', BIBTEX_QUOTED);
    else
        scan->value = name_at(scan);
    if (token == BIBTEX_CUT_OFF || token == BIBTEX_BROKEN)
        return token;
    skip_space(scan);
    scan->in_value = scan->at < scan->text.length && scan->text.data[scan->at] == '#';
    scan->at += scan->in_value;
    return token;
}

enum bibtex_token bibtex_next(struct bibtex_scan *scan)
{
    if (scan->in_value)
        return value(scan);
    for (skip_space(scan); scan->at < scan->text.length && scan->text.data[scan->at] == ',';
         skip_space(scan))
        scan->at++;
    if (scan->at >= scan->text.length)
        return BIBTEX_CUT_OFF;
    size_t start = scan->at;
    if (scan->text.data[start] == scan->close) {
        scan->at++;
        return BIBTEX_END;
    }
    if (scan->text.data[start] == '%') { /* a comment to the end of the line */
        scan->at += str_find(str_part(scan->text, start, scan->text.length), '\n');
        return BIBTEX_COMMENT;
    }
    if (scan->text.data[start] == '@' && bibtex_starts_entry(scan->text, start)) {
        snprintf(scan->problem, sizeof scan->problem,
                 "the entry has no closing %s before the next one starts",
                 scan->close == '}' ? "brace" : "parenthesis");
        return BIBTEX_BROKEN;
    }
    scan->value = name_at(scan);
    skip_space(scan);
    if (scan->at >= scan->text.length)
        return BIBTEX_CUT_OFF;
    char here = scan->text.data[start];
    if (here == '}' || here == ')')
        return broken(scan,
                      scan->close == '}' ? "the entry starts with { and must end with }"
                                         : "the entry starts with ( and must end with )",
                      str_part(scan->text, start, 1));
    if (!scan->value.length)
        return broken(scan, "the name of a field should stand here",
                      str_part(scan->text, start, 1));
    if (scan->text.data[scan->at] != '=')
        return broken(scan, "a field should stand here (name = {value})", scan->value);
    scan->at++;
    scan->in_value = true;
    return BIBTEX_FIELD;
}
