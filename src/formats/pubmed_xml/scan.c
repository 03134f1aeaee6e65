/*
 * The quick way through an item: nearly all of PubMed's records are well-formed and plain, and for
 * those a look at each byte is enough.  Whatever is not as plain as that (a comment, a prefix, an
 * unusual attribute) or not well-formed is left to libxml2, so that both ways give the same record
 * and only one of them finds words for what is wrong.
 */
#include "formats/pubmed_xml/parser.h"

#include "base/utf8.h"

#include <string.h>

enum {
    LONGEST = 1 << 20, /* bytes of an item: far below what makes libxml2 refuse */
    DEEPEST = 100,     /* nested elements; the same */
    ATTRIBUTES = 8,    /* of one tag */
    BLOCK = 64,        /* bytes that compilers look at with vectors */
};

/* The last byte of the item is '>', which is part of no name and no value: nothing runs over it. */
struct scan {
    pubmed_parser *p;
    const char *at, *end;
    str open[DEEPEST]; /* the names of the open elements */
    unsigned depth;
};

enum { NAME_START = 1, NAME = 2, VALUE = 4, SPACE = 8 };

/* What a byte may be.  Names beyond ASCII, and those with a prefix, are not plain. */
static unsigned char kinds[256];

void pubmed_prepare_scan(void)
{
    for (unsigned c = 0; c < 256; c++) {
        bool letter = char_is_letter((char)c) || c == '_';
        if (letter)
            kinds[c] |= NAME_START;
        if (letter || char_is_digit((char)c) || c == '-' || c == '.')
            kinds[c] |= NAME;
        if (c >= ' ' && c != '<' && c != '>' && c != '&')
            kinds[c] |= VALUE;
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r')
            kinds[c] |= SPACE;
    }
}

static bool is_a(char c, unsigned char kind)
{
    return kinds[(unsigned char)c] & kind;
}

/* Whether no byte is a control character or begins "]]"; `*high` gets the bits of all of them. */
static bool is_plain_block(const char *bytes, unsigned char *high)
{
    unsigned char bad = 0, all = 0;
    for (size_t i = 0; i < BLOCK; i++) {
        unsigned char c = (unsigned char)bytes[i];
        bad |= (unsigned char)(((c < ' ') & (c != '\t') & (c != '\n') & (c != '\r')) |
                               ((c == ']') & (bytes[i + 1] == ']')));
        all |= c;
    }
    *high |= all;
    return !bad;
}

/* U+FFFE and U+FFFF are valid UTF-8, but no characters of XML. */
static bool has_noncharacter(str s)
{
    for (size_t at; (at = str_find(s, '\xEF')) < s.length; s = str_part(s, at + 1, s.length))
        if (s.length - at > 2 && s.data[at + 1] == '\xBF' && (unsigned char)s.data[at + 2] >= 0xBE)
            return true;
    return false;
}

/* Whether all bytes are characters of XML, and no CDATA section ends. */
static bool is_plain(str item)
{
    unsigned char high = 0;
    size_t at = 0;
    for (; item.length - at > BLOCK; at += BLOCK)
        if (!is_plain_block(item.data + at, &high))
            return false;
    char last[BLOCK + 1];
    memset(last, ' ', sizeof last);
    memcpy(last, item.data + at, item.length - at);
    if (!is_plain_block(last, &high))
        return false;
    return !(high & 0x80) || (utf8_valid(item, NULL) && !has_noncharacter(item));
}

/* Lines are indented by many spaces, which go by eight at a time. */
static void skip_space(struct scan *s)
{
    static const char spaces[8] = {' ', ' ', ' ', ' ', ' ', ' ', ' ', ' '};
    const char *at = s->at; /* in a register, here and below: nothing else can change it */
    while (is_a(*at, SPACE)) {
        at++;
        while ((size_t)(s->end - at) >= sizeof spaces && memcmp(at, spaces, sizeof spaces) == 0)
            at += sizeof spaces;
    }
    s->at = at;
}

static bool take_name(struct scan *s, str *name)
{
    const char *at = s->at;
    if (!is_a(*at, NAME_START))
        return false;
    while (is_a(*at, NAME))
        at++;
    *name = (str){s->at, (size_t)(at - s->at)};
    s->at = at;
    return true;
}

/* name="value" */
static bool take_attribute(struct scan *s, struct attributes *attributes, struct attribute *list)
{
    static const str declaration = STR("xmlns");
    struct attribute *new = &list[attributes->count];
    if (attributes->count == ATTRIBUTES || !take_name(s, &new->name) || *s->at++ != '=')
        return false;
    char quote = *s->at++;
    const char *at = s->at;
    if (quote != '"' && quote != '\'')
        return false;
    while (*at != quote && is_a(*at, VALUE))
        at++;
    if (*at != quote)
        return false;
    new->value = (str){s->at, (size_t)(at - s->at)};
    s->at = at + 1;
    for (size_t i = 0; i < attributes->count; i++)
        if (str_equal(list[i].name, new->name))
            return false;
    attributes->count++;
    return !str_equal(new->name, declaration);
}

static bool take_start_tag(struct scan *s)
{
    struct attribute list[ATTRIBUTES];
    struct attributes attributes = {list, 0};
    str name;
    s->at++;
    if (!take_name(s, &name))
        return false;
    while (is_a(*s->at, SPACE)) {
        skip_space(s);
        if (*s->at != '>' && *s->at != '/' && !take_attribute(s, &attributes, list))
            return false;
    }
    bool empty = *s->at == '/';
    s->at += empty;
    if (*s->at++ != '>' || s->depth == DEEPEST)
        return false;
    pubmed_start_element(s->p, name, &attributes);
    if (empty)
        pubmed_end_element(s->p);
    else
        s->open[s->depth++] = name;
    return true;
}

static bool take_end_tag(struct scan *s)
{
    str name = s->open[s->depth - 1];
    s->at += 2;
    if ((size_t)(s->end - s->at) <= name.length || !pubmed_same_name(s->at, name))
        return false;
    s->at += name.length;
    skip_space(s);
    if (*s->at++ != '>')
        return false;
    s->depth--;
    pubmed_end_element(s->p);
    return true;
}

/* The character that "#38" or "#x26" stands for; 0 when it is none of XML. */
static uint32_t numbered(str name)
{
    bool hexadecimal = name.length > 1 && name.data[1] == 'x';
    uint32_t value = 0;
    size_t i = 1 + hexadecimal;
    if (name.length <= i || name.length > i + 7)
        return 0;
    for (; i < name.length; i++) {
        char c = char_lower(name.data[i]);
        bool letter = hexadecimal && c >= 'a' && c <= 'f';
        if (!char_is_digit(c) && !letter)
            return 0;
        value = value * (hexadecimal ? 16 : 10) + (uint32_t)(letter ? c - 'a' + 10 : c - '0');
    }
    bool valid = (value >= 0x20 && value < 0xD800) || (value >= 0xE000 && value < 0xFFFE) ||
                 (value >= 0x10000 && value <= 0x10FFFF) || value == '\t' || value == '\n' ||
                 value == '\r';
    return valid ? value : 0;
}

/* The reference at the start of `*rest`. */
static bool take_reference(struct scan *s, str *rest)
{
    static const struct {
        str name;
        char c;
    } entities[] = {{STR("amp"), '&'},
                    {STR("lt"), '<'},
                    {STR("gt"), '>'},
                    {STR("quot"), '"'},
                    {STR("apos"), '\''}};
    str name = str_part(*rest, 1, 10);
    name = str_part(name, 0, str_find(name, ';'));
    if (name.length + 1 >= rest->length || rest->data[name.length + 1] != ';' || !name.length)
        return false;
    uint32_t value = name.data[0] == '#' ? numbered(name) : 0;
    for (size_t i = 0; i < sizeof entities / sizeof *entities; i++)
        if (str_equal(entities[i].name, name))
            value = (unsigned char)entities[i].c;
    char bytes[4];
    if (value)
        pubmed_add_text(s->p, (str){bytes, utf8_encode(value, bytes)}, false);
    *rest = str_part(*rest, name.length + 2, rest->length);
    return value != 0;
}

/* Text up to the next tag. */
static bool take_text(struct scan *s)
{
    if (s->at == s->end)
        return false;
    if (!pubmed_takes_text(s->p))
        skip_space(s);
    if (*s->at == '<')
        return true;
    const char *next = memchr(s->at, '<', (size_t)(s->end - s->at));
    if (!next)
        return false;
    str rest = {s->at, (size_t)(next - s->at)};
    s->at = next;
    while (rest.length) {
        size_t plain = str_find(rest, '&');
        if (plain)
            pubmed_add_text(s->p, str_part(rest, 0, plain), true);
        rest = str_part(rest, plain, rest.length);
        if (rest.length && !take_reference(s, &rest))
            return false;
    }
    return true;
}

bool pubmed_scan(pubmed_parser *p)
{
    str item = p->item;
    struct scan s = {.p = p, .at = item.data, .end = item.data + item.length};
    if (*p->encoding || item.length < 3 || item.length > LONGEST || item.data[0] != '<' ||
        item.data[item.length - 1] != '>' || !is_plain(item))
        return false;
    do {
        bool ends = s.at[1] == '/';
        if (ends ? !s.depth || !take_end_tag(&s) : !take_start_tag(&s))
            return false;
        if (p->error.status != OSLER_OK)
            return true;
        if (s.depth && !take_text(&s))
            return false;
    } while (s.depth);
    return s.at == s.end;
}
