/* Osler's inline markup: a fixed set of tags and three entities. */
#include "record/record.h"

#include <string.h>

static const str tags[] = {STR("i"), STR("b"), STR("u"), STR("sub"), STR("sup")};
static const str nocase = STR("span class=\"nocase\"");

static const struct {
    str entity;
    char plain;
} entities[] = {{STR("&lt;"), '<'}, {STR("&gt;"), '>'}, {STR("&amp;"), '&'}};

void markup_add_plain(buf *b, str plain)
{
    for (size_t i = 0; i < plain.length; i++) {
        switch (plain.data[i]) {
        case '<': buf_add_text(b, "&lt;"); break;
        case '>': buf_add_text(b, "&gt;"); break;
        case '&': buf_add_text(b, "&amp;"); break;
        default: buf_add_byte(b, plain.data[i]);
        }
    }
}

/* The length of the entity at the start of `s` and its plain character, or 0. */
static size_t entity_at(str s, char *plain)
{
    for (size_t i = 0; i < sizeof entities / sizeof *entities; i++) {
        if (str_starts_with(s, entities[i].entity)) {
            *plain = entities[i].plain;
            return entities[i].entity.length;
        }
    }
    return 0;
}

void markup_add_text(buf *b, str markup)
{
    while (markup.length) {
        size_t plain = 0, taken;
        char c;
        while (plain < markup.length && markup.data[plain] != '<' && markup.data[plain] != '&')
            plain++;
        buf_add(b, str_part(markup, 0, plain));
        markup = str_part(markup, plain, markup.length);
        if (!markup.length)
            return;
        if (markup.data[0] == '<') {
            size_t close = str_find(markup, '>');
            taken = close < markup.length ? close + 1 : close;
        } else if ((taken = entity_at(markup, &c))) {
            buf_add_byte(b, c);
        } else {
            buf_add_byte(b, '&');
            taken = 1;
        }
        markup = str_part(markup, taken, markup.length);
    }
}

/* The number of the tag whose name is `name`; -1 when it is not one of ours. */
static int tag_number(str name)
{
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (str_equal(name, tags[i]))
            return (int)i;
    return -1;
}

enum { DEEPEST = 32, SPAN = 100 };

/* The tags that are open, innermost last. */
struct open_tags {
    int items[DEEPEST];
    size_t count;
};

/* Follow one tag, given without its angle brackets; false when it may not stand here. */
static bool follow_tag(struct open_tags *open, str tag)
{
    bool end = tag.length && tag.data[0] == '/';
    str name = end ? str_part(tag, 1, tag.length) : tag;
    bool span = end ? str_is(name, "span") : str_equal(name, nocase);
    int number = span ? SPAN : tag_number(name);
    if (number < 0)
        return false;
    if (end)
        return open->count && open->items[--open->count] == number;
    if (open->count == DEEPEST)
        return false;
    open->items[open->count++] = number;
    return true;
}

bool markup_valid(str s)
{
    struct open_tags open = {{0}, 0};
    while (s.length) {
        char c;
        size_t taken = 1;
        if (s.data[0] == '<') {
            size_t close = str_find(s, '>');
            if (close == s.length || !follow_tag(&open, str_part(s, 1, close - 1)))
                return false;
            taken = close + 1;
        } else if (s.data[0] == '>') {
            return false;
        } else if (s.data[0] == '&') {
            taken = entity_at(s, &c);
            if (!taken)
                return false;
        }
        s = str_part(s, taken, s.length);
    }
    return open.count == 0;
}

static const str rich_tags[] = {STR("<i>"),    STR("</i>"),   STR("<b>"),
                                STR("</b>"),   STR("<sub>"),  STR("</sub>"),
                                STR("<sup>"),  STR("</sup>"), STR("<span class=\"nocase\">"),
                                STR("</span>")};

/* The length of a tag that CSL has too, at the start of `markup`; 0 for <u>. */
static size_t rich_tag(str markup)
{
    for (size_t i = 0; i < sizeof rich_tags / sizeof *rich_tags; i++)
        if (str_starts_with(markup, rich_tags[i]))
            return rich_tags[i].length;
    return 0;
}

void markup_add_rich(buf *b, str markup)
{
    while (markup.length) {
        size_t plain = str_find(markup, '<');
        markup_add_text(b, str_part(markup, 0, plain));
        markup = str_part(markup, plain, markup.length);
        buf_add(b, str_part(markup, 0, rich_tag(markup)));
        markup = str_part(markup, str_find(markup, '>') + 1, markup.length);
    }
}

/* The length of what may stay as it is at the start of `rich`, a tag that closes `open`'s last or
 * opens another; 0 when it is plain text. */
static size_t follow_rich_tag(struct open_tags *open, str rich)
{
    size_t length = rich_tag(rich);
    struct open_tags before = *open;
    if (length && follow_tag(open, str_part(rich, 1, length - 2)))
        return length;
    *open = before;
    return 0;
}

static void add_rich(buf *b, str rich, bool with_tags)
{
    struct open_tags open = {{0}, 0};
    size_t start = b->length;
    str rest = rich;
    while (rest.length) {
        size_t plain = str_find(rest, '<');
        markup_add_plain(b, str_part(rest, 0, plain));
        rest = str_part(rest, plain, rest.length);
        size_t tag = rest.length && with_tags ? follow_rich_tag(&open, rest) : 0;
        buf_add(b, str_part(rest, 0, tag));
        if (rest.length && !tag)
            markup_add_plain(b, str_part(rest, tag++, 1));
        rest = str_part(rest, tag, rest.length);
    }
    if (!open.count)
        return;
    b->length = start; /* a tag that does not end: none of them is one */
    add_rich(b, rich, false);
}

void markup_add_from_rich(buf *b, str rich)
{
    add_rich(b, rich, true);
}

size_t osler_plain_text(const char *markup, char *out, size_t size)
{
    buf plain = {0};
    markup_add_text(&plain, str_of(markup));
    size_t length = plain.length;
    if (size) {
        size_t kept = length < size ? length : size - 1;
        while (kept < length && kept && ((unsigned char)plain.data[kept] & 0xC0) == 0x80)
            kept--;
        if (kept)
            memcpy(out, plain.data, kept);
        out[kept] = '\0';
    }
    buf_free(&plain);
    return length;
}
