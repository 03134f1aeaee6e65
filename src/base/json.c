/* A reader of JSON that goes down by recursion, no deeper than LIMIT_DEPTH. */
#include "base/json.h"

#include "base/bytes.h"
#include "base/error.h"
#include "base/limits.h"
#include "base/utf8.h"

struct reading {
    str text;
    size_t at;
    arena *memory;
    osler_error *error;
    osler_status status;
    size_t values; /* read so far */
};

static bool refuse(struct reading *r, osler_status status, const char *why)
{
    unsigned line = 1, column = 1;
    for (size_t i = 0; i < r->at && i < r->text.length; i++, column++) {
        if (r->text.data[i] != '\n')
            continue;
        line++;
        column = 0;
    }
    r->status = fail(r->error, status, line, "%s", why);
    if (r->error)
        r->error->column = column;
    return false;
}

static void skip_space(struct reading *r)
{
    while (r->at < r->text.length && (r->text.data[r->at] == ' ' || r->text.data[r->at] == '\n' ||
                                      r->text.data[r->at] == '\r' || r->text.data[r->at] == '\t'))
        r->at++;
}

/* The next character that is no space; '\0' at the end. */
static char peek(struct reading *r)
{
    skip_space(r);
    return r->at < r->text.length ? r->text.data[r->at] : '\0';
}

/* Go on to the next quotation mark, backslash or control character. */
static void skip_plain(struct reading *r)
{
    const char *data = r->text.data;
    while (r->text.length - r->at >= sizeof(uint64_t)) {
        uint64_t eight = bytes_eight(data + r->at);
        uint64_t control = (eight - bytes_all(0x20)) & ~eight & bytes_all(0x80);
        if (control | bytes_have_zero(eight ^ bytes_all('"')) |
            bytes_have_zero(eight ^ bytes_all('\\')))
            break;
        r->at += sizeof eight;
    }
    while (r->at < r->text.length && data[r->at] != '"' && data[r->at] != '\\' &&
           (unsigned char)data[r->at] >= 0x20)
        r->at++;
}

/* Four hexadecimal digits at `at`; -1 when there are none. */
static int32_t hexadecimal(const struct reading *r, size_t at)
{
    enum { DIGITS = 4 };
    int32_t value = 0;
    if (r->text.length < at + DIGITS)
        return -1;
    for (size_t i = at; i < at + DIGITS; i++) {
        char c = char_lower(r->text.data[i]);
        if (!char_is_digit(c) && (c < 'a' || c > 'f'))
            return -1;
        value = value * 16 + (char_is_digit(c) ? c - '0' : c - 'a' + 10);
    }
    return value;
}

/* The code point of the \u at r->at, surrogates paired; the place behind it is the next one. */
static bool read_code(struct reading *r, uint32_t *code)
{
    enum { ESCAPE = 6 /* \u001f */ };
    int32_t first = hexadecimal(r, r->at + 2);
    if (first < 0)
        return refuse(r, OSLER_EINPUT, "four hexadecimal digits should follow \\u");
    r->at += ESCAPE;
    *code = (uint32_t)first;
    if (first < 0xD800 || first > 0xDFFF)
        return true;
    int32_t second = -1;
    if (first < 0xDC00 && r->text.length - r->at >= ESCAPE && r->text.data[r->at] == '\\' &&
        r->text.data[r->at + 1] == 'u')
        second = hexadecimal(r, r->at + 2);
    if (second < 0xDC00 || second > 0xDFFF) {
        *code = UTF8_REPLACEMENT;
        return true;
    }
    r->at += ESCAPE;
    *code = 0x10000 + (((uint32_t)first - 0xD800) << 10) + ((uint32_t)second - 0xDC00);
    return true;
}

/* Add what the backslash at r->at means to `to`. */
static bool read_escape(struct reading *r, char **to)
{
    char c = r->at + 1 < r->text.length ? r->text.data[r->at + 1] : '\0';
    uint32_t code = 0;
    switch (c) {
    case 'b': code = '\b'; break;
    case 'f': code = '\f'; break;
    case 'n': code = '\n'; break;
    case 'r': code = '\r'; break;
    case 't': code = '\t'; break;
    case '"':
    case '\\':
    case '/': code = (uint32_t)c; break;
    case 'u':
        if (!read_code(r, &code))
            return false;
        if (code)
            *to += utf8_encode(code, *to);
        return true;
    default: return refuse(r, OSLER_EINPUT, "this backslash means nothing in JSON");
    }
    *(*to)++ = (char)code;
    r->at += 2;
    return true;
}

/* True behind the text's last character; a text must end on its line. */
static bool at_text_end(struct reading *r, bool *ended)
{
    *ended = r->at < r->text.length && r->text.data[r->at] == '"';
    if (*ended || (r->at < r->text.length && r->text.data[r->at] == '\\'))
        return true;
    return refuse(r, OSLER_EINPUT, "a text in quotation marks does not end");
}

/* Where the text that starts at `at` ends, so that there is room for it without its escapes. */
static size_t text_end(const struct reading *r, size_t at)
{
    while (at < r->text.length && r->text.data[at] != '"')
        at += r->text.data[at] == '\\' ? 2 : 1;
    return at < r->text.length ? at : r->text.length;
}

/* The text whose quotation mark is at r->at. */
static bool read_text(struct reading *r, str *out)
{
    size_t start = ++r->at;
    bool ended = false;
    skip_plain(r);
    if (!at_text_end(r, &ended))
        return false;
    *out = str_part(r->text, start, r->at - start);
    if (ended) {
        r->at++;
        return true;
    }
    char *copy = arena_room(r->memory, text_end(r, r->at) - start + 1), *to = copy;
    while (!ended) {
        size_t length = r->at - start;
        memcpy(to, r->text.data + start, length);
        to += length;
        if (!read_escape(r, &to))
            return false;
        start = r->at;
        skip_plain(r);
        if (!at_text_end(r, &ended))
            return false;
    }
    memcpy(to, r->text.data + start, r->at - start);
    to += r->at - start;
    *out = (str){copy, (size_t)(to - copy)};
    r->at++;
    return true;
}

static size_t digits_at(const struct reading *r, size_t at)
{
    size_t count = 0;
    while (at + count < r->text.length && char_is_digit(r->text.data[at + count]))
        count++;
    return count;
}

static bool read_number(struct reading *r, str *out)
{
    size_t start = r->at, at = start, digits;
    const char *data = r->text.data;
    at += data[at] == '-';
    digits = digits_at(r, at);
    bool sound = digits && (digits == 1 || data[at] != '0');
    at += digits;
    if (at < r->text.length && data[at] == '.') {
        digits = digits_at(r, at + 1);
        sound = sound && digits;
        at += digits + 1;
    }
    if (at < r->text.length && (data[at] == 'e' || data[at] == 'E')) {
        at++;
        at += at < r->text.length && (data[at] == '+' || data[at] == '-');
        digits = digits_at(r, at);
        sound = sound && digits;
        at += digits;
    }
    if (!sound)
        return refuse(r, OSLER_EINPUT, "this is no number of JSON");
    *out = str_part(r->text, start, at - start);
    r->at = at;
    return true;
}

static bool read_word(struct reading *r, struct json_value *out)
{
    static const struct {
        str word;
        enum json_kind kind;
    } words[] = {
        {STR("null"), JSON_IS_NULL}, {STR("true"), JSON_IS_TRUE}, {STR("false"), JSON_IS_FALSE}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (!str_starts_with(str_part(r->text, r->at, r->text.length), words[i].word))
            continue;
        out->kind = words[i].kind;
        r->at += words[i].word.length;
        return true;
    }
    return refuse(r, OSLER_EINPUT,
                  r->at < r->text.length ? "a value of JSON should stand here"
                                         : "the text ends before its JSON does");
}

static bool read_value(struct reading *r, struct json_value *out, unsigned depth);

static bool read_key(struct reading *r, str *key)
{
    if (peek(r) != '"')
        return refuse(r, OSLER_EINPUT,
                      "the name of a member should stand here, in quotation marks");
    if (!read_text(r, key))
        return false;
    if (peek(r) != ':')
        return refuse(r, OSLER_EINPUT, "a colon should stand behind the name of a member");
    r->at++;
    return true;
}

/* The items of an array or the members of an object, up to `close`. */
static bool read_inside(struct reading *r, struct json_value *out, char close, unsigned depth)
{
    const struct json_value **last = &out->first;
    r->at++;
    if (peek(r) == close) {
        r->at++;
        return true;
    }
    for (;;) {
        struct json_value *inside = arena_alloc(r->memory, sizeof *inside);
        if (out->kind == JSON_IS_OBJECT && !read_key(r, &inside->key))
            return false;
        if (!read_value(r, inside, depth + 1))
            return false;
        *last = inside;
        last = &inside->next;
        out->count++;
        char c = peek(r);
        if (c != close && c != ',')
            return refuse(r, OSLER_EINPUT,
                          close == ']' ? "a comma or ] should stand behind an item of an array"
                                       : "a comma or } should stand behind a member of an object");
        r->at++;
        if (c == close)
            return true;
    }
}

static bool read_value(struct reading *r, struct json_value *out, unsigned depth)
{
    if (depth > LIMIT_DEPTH)
        return refuse(r, OSLER_ELIMIT, "arrays and objects are nested too deep");
    if (r->values++ >= LIMIT_LIST)
        return refuse(r, OSLER_ELIMIT, "this has more than 1000000 values, the most that is read");
    char c = peek(r);
    if (c == '"') {
        out->kind = JSON_IS_TEXT;
        return read_text(r, &out->text);
    }
    if (c == '-' || char_is_digit(c)) {
        out->kind = JSON_IS_NUMBER;
        return read_number(r, &out->text);
    }
    if (c != '[' && c != '{')
        return read_word(r, out);
    out->kind = c == '[' ? JSON_IS_ARRAY : JSON_IS_OBJECT;
    return read_inside(r, out, c == '[' ? ']' : '}', depth);
}

static bool start(struct json_stream *s, struct reading *r)
{
    static const str mark = STR("\xEF\xBB\xBF");
    size_t offset = 0;
    if (!utf8_valid(r->text, &offset)) {
        r->at = offset;
        return refuse(r, OSLER_EINPUT, "this is not UTF-8");
    }
    if (str_starts_with(r->text, mark))
        r->at = mark.length;
    s->place = peek(r) == '[' ? JSON_AT_FIRST : JSON_ALONE;
    r->at += s->place == JSON_AT_FIRST;
    return true;
}

/* Go to the next value; false at the end, and for a failure. */
static bool go_on(struct json_stream *s, struct reading *r)
{
    char c = peek(r);
    bool in_array = s->place == JSON_AT_FIRST || s->place == JSON_IN_ARRAY;
    if (in_array && c == ']') {
        s->place = JSON_BEHIND;
        r->at++;
        skip_space(r);
    } else if (s->place == JSON_IN_ARRAY) {
        if (c != ',')
            return refuse(r, OSLER_EINPUT, "a comma or ] should stand behind an item of an array");
        r->at++;
    }
    if (s->place == JSON_BEHIND) {
        if (r->at < r->text.length)
            return refuse(r, OSLER_EINPUT, "nothing should stand behind the end of the JSON");
        r->status = OSLER_END;
        return false;
    }
    s->place = in_array ? JSON_IN_ARRAY : JSON_BEHIND;
    return true;
}

osler_status json_next(struct json_stream *s, arena *memory, const struct json_value **out,
                       osler_error *error)
{
    struct reading r = {.text = s->text, .at = s->at, .memory = memory, .error = error};
    if ((s->place != JSON_AT_START || start(s, &r)) && go_on(s, &r)) {
        struct json_value *value = arena_alloc(memory, sizeof *value);
        if (read_value(&r, value, 1))
            *out = value;
    }
    s->at = r.at;
    return r.status;
}

const struct json_value *json_member(const struct json_value *object, const char *key)
{
    const struct json_value *found = NULL;
    if (!object || object->kind != JSON_IS_OBJECT)
        return NULL;
    for (const struct json_value *m = object->first; m; m = m->next)
        if (str_is(m->key, key))
            found = m;
    return found;
}

const struct json_value *json_item(const struct json_value *array, size_t index)
{
    if (!array || array->kind != JSON_IS_ARRAY)
        return NULL;
    const struct json_value *item = array->first;
    while (item && index--)
        item = item->next;
    return item;
}
