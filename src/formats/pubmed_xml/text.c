/* The text collector. */
#include "formats/pubmed_xml/text.h"

#include "formats/entities.h"

enum { WRITTEN = 0x80, DEEPEST_SHOWN = 24 /* base: markup_valid() allows 32 */ };

static const char *const names[] = {"", "b", "i", "u", "sub", "sup", "", ""};

void text_start(text_collector *t, bool markup)
{
    buf_clear(&t->text);
    t->lent = (str){"", 0};
    t->markup = markup;
    t->space = t->fresh = t->ampersand = false;
    t->math = t->dropped = t->shown = t->depth = 0;
}

static void flush_space(text_collector *t)
{
    if (t->space && t->text.length && t->text.data[t->text.length - 1] != ' ')
        buf_add_byte(&t->text, ' ');
    t->space = t->fresh = false;
}

enum { BLOCK = 32 /* bytes that compilers look at with vectors */ };

/* Whether the block, and the byte behind it, can be copied as they are. */
static bool is_plain_block(const char *bytes)
{
    unsigned char hit = 0;
    for (size_t i = 0; i < BLOCK; i++) {
        unsigned char c = (unsigned char)bytes[i], next = (unsigned char)bytes[i + 1];
        /* '<' and '>' differ by this bit; as two comparisons they are not made with vectors. */
        hit |= (unsigned char)((c < ' ') | ((c | 2) == '>') | (c == '&') |
                               ((c == ' ') & (next <= ' ')));
    }
    return !hit;
}

/*
 * How many bytes from `at` on can be copied as they are.  A single space between two words can, so
 * that a line of text is one copy.
 */
static size_t plain_length(const char *at, const char *end)
{
    static const bool special[256] = {[0] = true,   ['\t'] = true, ['\n'] = true, ['\r'] = true,
                                      [' '] = true, ['<'] = true,  ['>'] = true,  ['&'] = true};
    const char *c = at;
    if (c < end && *c != ' ')
        while (end - c > BLOCK && is_plain_block(c))
            c += BLOCK;
    for (; c < end; c++) {
        if (!special[(unsigned char)*c])
            continue;
        if (*c != ' ' || c == at || c + 1 == end || (unsigned char)c[1] <= ' ')
            break;
    }
    return (size_t)(c - at);
}

static void add_character(buf *b, uint32_t value, bool markup)
{
    if (markup && (value == '<' || value == '>' || value == '&'))
        buf_add_text(b, value == '<' ? "&lt;" : value == '>' ? "&gt;" : "&amp;");
    else
        buf_add_codepoint(b, value);
}

static void add_special(text_collector *t, char c)
{
    if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
        t->space = !t->fresh;
        return;
    }
    flush_space(t);
    t->ampersand |= c == '&';
    add_character(&t->text, (unsigned char)c, t->markup);
}

static void add(text_collector *t, str chars)
{
    const char *at = chars.data, *end = chars.data + chars.length;
    while (at < end) {
        size_t length = plain_length(at, end);
        if (length) {
            flush_space(t);
            buf_add(&t->text, (str){at, length});
        } else {
            add_special(t, *at);
            length = 1;
        }
        at += length;
    }
}

/* What was lent is no longer all. */
static void settle(text_collector *t)
{
    str lent = t->lent;
    t->lent = (str){"", 0};
    if (lent.length)
        add(t, lent);
}

void text_add(text_collector *t, str chars)
{
    settle(t);
    if (!t->dropped)
        add(t, chars);
}

void text_lend(text_collector *t, str chars)
{
    if (t->lent.length || t->text.length || t->space || t->depth)
        text_add(t, chars);
    else
        t->lent = chars;
}

/* White space at the tags of a formula is layout. */
static void skip_layout(text_collector *t)
{
    if (t->math) {
        t->space = false;
        t->fresh = true;
    }
}

void text_open(text_collector *t, enum text_tag tag)
{
    unsigned char entry = (unsigned char)tag;
    settle(t);
    skip_layout(t);
    if (tag == TEXT_MATH) {
        if (t->math++ == 0)
            flush_space(t);
        t->fresh = true;
    } else if (tag == TEXT_DROPPED) {
        t->dropped++;
    } else if (tag != TEXT_OTHER && t->markup && !t->dropped && t->shown < DEEPEST_SHOWN) {
        flush_space(t);
        buf_add_byte(&t->text, '<');
        buf_add_text(&t->text, names[tag]);
        buf_add_byte(&t->text, '>');
        t->shown++;
        entry |= WRITTEN;
    }
    if (t->depth < TEXT_DEEPEST)
        t->open[t->depth] = entry;
    t->depth++;
}

/* Close a tag that was written; one that holds nothing is taken back. */
static void close_written(text_collector *t, const char *name)
{
    str text = buf_str(&t->text), tag = str_of(name);
    str end = str_part(text, text.length - tag.length - 1, text.length);
    t->shown--;
    if (text.length >= tag.length + 2 && text.data[text.length - tag.length - 2] == '<' &&
        str_starts_with(end, tag) && end.data[tag.length] == '>') {
        t->text.length -= tag.length + 2;
        return;
    }
    buf_add_text(&t->text, "</");
    buf_add(&t->text, tag);
    buf_add_byte(&t->text, '>');
}

void text_close(text_collector *t)
{
    if (!t->depth || t->depth-- > TEXT_DEEPEST)
        return;
    unsigned char entry = t->open[t->depth];
    skip_layout(t);
    if (entry & WRITTEN)
        close_written(t, names[entry & ~WRITTEN]);
    else if (entry == TEXT_MATH)
        t->fresh = --t->math > 0;
    else if (entry == TEXT_DROPPED)
        t->dropped--;
}

/*
 * Publishers send "&amp;lt;" for "&lt;": decode once more where the result is a known entity.
 */
static void decode_again(text_collector *t)
{
    const str start = str_of(t->markup ? "&amp;" : "&");
    buf decoded = {0};
    for (str rest = buf_str(&t->text); rest.length;) {
        size_t plain = str_find(rest, '&');
        buf_add(&decoded, str_part(rest, 0, plain));
        rest = str_part(rest, plain, rest.length);
        if (!rest.length)
            break;
        str name = str_starts_with(rest, start) ? str_part(rest, start.length, 12) : (str){"", 0};
        size_t end = str_find(name, ';');
        uint32_t value = end < name.length ? entity_value(str_part(name, 0, end)) : 0;
        if (!value)
            buf_add_byte(&decoded, '&');
        else
            add_character(&decoded, value, t->markup);
        rest = str_part(rest, value ? start.length + end + 1 : 1, rest.length);
    }
    buf_clear(&t->text);
    buf_add(&t->text, buf_str(&decoded));
    buf_free(&decoded);
}

str text_finish(text_collector *t)
{
    str lent = str_trim(t->lent);
    if (lent.length && plain_length(lent.data, lent.data + lent.length) == lent.length)
        return lent;
    settle(t);
    /* A tag or formula that held nothing leaves the space before it. */
    while (t->text.length && t->text.data[t->text.length - 1] == ' ')
        t->text.length--;
    if (t->ampersand)
        decode_again(t);
    return buf_str(&t->text);
}
