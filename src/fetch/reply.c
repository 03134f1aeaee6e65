/* The verdict on a reply: what its body looks like, then the first row of replies.def that fits. */
#include "fetch/reply.h"

#include "base/json.h"

#include <stdio.h>
#include <string.h>

enum shape {
    ANY,
    EMPTY,
    PROLOG,
    CUT,
    ERROR,
    OTHER,
    SOUND,
    UNREACHED,
    BROKEN,
    DAMAGED,
    TOO_LARGE,
    UNTRUSTED,
    MISCONFIGURED,
};

static const struct row {
    long first, last;
    enum shape shape;
    const char *pattern;
    reply_verdict verdict;
} rows[] = {
#define REPLY(first, last, shape, pattern, class, tries, status, what)                             \
    {first, last, shape, pattern, {REPLY_##class, tries, status, what}},
#include "fetch/replies.def"
#undef REPLY
};

/* ---- What a body looks like -------------------------------------------------------------------
 */

static size_t find(str s, const char *needle, size_t start)
{
    str wanted = str_of(needle);
    for (size_t i = start; i + wanted.length <= s.length; i++) {
        const char *next = memchr(s.data + i, wanted.data[0], s.length - i - wanted.length + 1);
        if (!next)
            break;
        i = (size_t)(next - s.data);
        if (memcmp(next, wanted.data, wanted.length) == 0)
            return i;
    }
    return s.length;
}

static bool contains(str s, const char *needle)
{
    return find(s, needle, 0) < s.length;
}

/* Behind the DOCTYPE that starts at `at`, with its internal subset. */
static size_t skip_doctype(str s, size_t at)
{
    bool inside = false;
    char quote = '\0';
    for (; at < s.length; at++) {
        char c = s.data[at];
        if (quote)
            quote = c == quote ? '\0' : quote;
        else if (c == '"' || c == '\'')
            quote = c;
        else if (c == '[' || c == ']')
            inside = c == '[';
        else if (c == '>' && !inside)
            return at + 1;
    }
    return at;
}

static size_t skip_past(str s, size_t at, const char *end)
{
    size_t found = find(s, end, at);
    return found < s.length ? found + strlen(end) : s.length;
}

static bool is_name_end(char c)
{
    return char_is_space(c) || c == '>' || c == '/';
}

str reply_root(str s)
{
    static const char bom[] = "\xEF\xBB\xBF";
    size_t at = str_starts_with(s, str_of(bom)) ? 3 : 0;
    while (at < s.length) {
        str rest = str_part(s, at, s.length);
        if (char_is_space(s.data[at]))
            at++;
        else if (str_starts_with(rest, str_of("<?")))
            at = skip_past(s, at, "?>");
        else if (str_starts_with(rest, str_of("<!--")))
            at = skip_past(s, at, "-->");
        else if (str_starts_with_ignoring_case(rest, str_of("<!DOCTYPE")))
            at = skip_doctype(s, at);
        else
            break;
    }
    if (at >= s.length || s.data[at] != '<')
        return (str){0};
    size_t end = ++at;
    while (end < s.length && !is_name_end(s.data[end]))
        end++;
    return str_part(s, at, end - at);
}

/* True when `s` ends in the end tag of `root`, or is nothing but its empty-element tag. */
static bool is_closed(str s, str root)
{
    s = str_trim(s);
    if (!s.length || s.data[s.length - 1] != '>')
        return false;
    s.length--;
    if (s.length && s.data[s.length - 1] == '/')
        return str_equal(reply_root((str){s.data, s.length}), root) &&
               find(s, "<", (size_t)(root.data - s.data)) == s.length;
    s = str_trim(s);
    if (s.length < root.length + 2)
        return false;
    str tail = str_part(s, s.length - root.length - 2, root.length + 2);
    return tail.data[0] == '<' && tail.data[1] == '/' &&
           str_equal(str_part(tail, 2, root.length), root);
}

/* A document with an error in place of content.  A record that merely speaks of <ERROR> has it
 * escaped, and other documents than record sets hold no text of authors. */
static bool is_error(str body)
{
    return contains(body, "<ERROR>") && !contains(body, "<PubmedArticle>") &&
           !contains(body, "<PubmedBookArticle>");
}

static bool is_blank(str body)
{
    return str_trim(body).length == 0;
}

static bool is_prolog(str body)
{
    body = str_trim(body);
    return str_starts_with(body, str_of("<?xml")) ||
           str_starts_with(body, str_of("<!DOCTYPE Pubmed")) ||
           str_starts_with(body, str_of("<!DOCTYPE e"));
}

/* A JSON object, whole and without a member that says what went wrong. */
static enum shape shape_of_json(str body)
{
    arena memory = {0};
    struct json_stream stream = {.text = str_trim(body)};
    const struct json_value *value, *behind;
    enum shape shape = OTHER;
    if (stream.text.data[0] == '{') {
        bool whole = json_next(&stream, &memory, &value, NULL) == OSLER_OK &&
                     json_next(&stream, &memory, &behind, NULL) == OSLER_END;
        shape = !whole ? CUT : json_member(value, "error") ? OTHER : SOUND;
    }
    arena_free(&memory);
    return shape;
}

static enum shape shape_of_body(str body, const char *wanted)
{
    str root = reply_root(body);
    if (is_blank(body))
        return EMPTY;
    if (wanted && *wanted == '{')
        return shape_of_json(body);
    if (!wanted && !root.length && str_find(body, '|') < body.length &&
        str_trim(body).data[0] != '{')
        return SOUND;
    if (!wanted)
        return is_error(body) ? ERROR : OTHER;
    if (!root.length)
        return is_prolog(body) ? PROLOG : OTHER;
    if (!str_is(root, wanted))
        return is_error(body) ? ERROR : OTHER;
    if (!is_closed(body, root))
        return CUT;
    return is_error(body) ? ERROR : SOUND;
}

static enum shape shape_of(const http_reply *reply, const char *root)
{
    switch (reply->outcome) {
    case HTTP_UNREACHED:
    case HTTP_STOPPED: return UNREACHED;
    case HTTP_BROKEN: return BROKEN;
    case HTTP_DAMAGED: return DAMAGED;
    case HTTP_TOO_LARGE: return TOO_LARGE;
    case HTTP_UNTRUSTED: return UNTRUSTED;
    case HTTP_MISCONFIGURED: return MISCONFIGURED;
    case HTTP_ANSWERED: break;
    }
    return shape_of_body(buf_str(&reply->body), root);
}

/* ---- The verdict ------------------------------------------------------------------------------
 */

reply_verdict reply_classify(const http_reply *reply, const char *root)
{
    enum shape shape = shape_of(reply, root);
    str head = str_part(buf_str(&reply->body), 0, 4096);
    if (shape == SOUND && reply->status >= 200 && reply->status <= 299)
        return (reply_verdict){.class = REPLY_SOUND};
    for (size_t i = 0;; i++) { /* the last row fits everything */
        const struct row *row = &rows[i];
        if (reply->status < row->first || reply->status > row->last)
            continue;
        if (row->shape != ANY && row->shape != shape)
            continue;
        if (row->pattern[0] && !str_contains_ignoring_case(head, str_of(row->pattern)))
            continue;
        return row->verdict;
    }
}

/* The first text between `open` and `close`, or nothing. */
static str between(str s, const char *open, const char *close)
{
    size_t start = find(s, open, 0);
    if (start == s.length)
        return (str){0};
    s = str_part(s, start + strlen(open), s.length);
    return str_part(s, 0, find(s, close, 0));
}

void reply_excerpt(const http_reply *reply, char *out, size_t size)
{
    str head = str_part(buf_str(&reply->body), 0, 4096);
    static const char *const pairs[][2] = {{"<ERROR>", "</ERROR>"},
                                           {"<title>", "</title>"},
                                           {"\"error\":\"", "\""},
                                           {"\"ERROR\":\"", "\""}};
    str text = {0};
    if (reply->outcome != HTTP_ANSWERED) {
        text = str_of(reply->problem);
        head.length = 0;
    }
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs && !text.length; i++)
        text = str_trim(between(head, pairs[i][0], pairs[i][1]));
    if (!text.length && str_find(head, '<') == head.length)
        text = str_trim(head);
    size_t used = 0;
    for (size_t i = 0; i < text.length && used + 1 < size; i++) {
        char c = char_is_space(text.data[i]) ? ' ' : text.data[i];
        if (c != ' ' || (used && out[used - 1] != ' '))
            out[used++] = c;
    }
    if (size)
        out[used] = '\0';
}

void reply_redact(buf *body, const char *secret)
{
    str wanted = str_of(secret);
    if (!wanted.length)
        return;
    for (size_t i = 0; i + wanted.length <= body->length; i++) {
        str here = {body->data + i, wanted.length};
        if (char_lower(here.data[0]) != char_lower(wanted.data[0]) ||
            !str_equal_ignoring_case(here, wanted))
            continue;
        memset(body->data + i, '*', wanted.length);
        i += wanted.length - 1;
    }
}
