/* Cutting XML into the elements that are items; what stands between them is passed over. */
#include "base/error.h"
#include "base/limits.h"
#include "formats/elements/elements.h"

#include <stdio.h>

enum { TAG_MOST = 1 << 20 /* of one tag, comment or declaration between the items */ };

static const struct {
    str opening, closing;
} passed[] = {
    {STR("<!--"), STR("-->")},
    {STR("<![CDATA["), STR("]]>")},
    {STR("<?"), STR("?>")},
};

/* How far the next item has been looked for. */
struct search {
    size_t at;     /* from the window's start */
    unsigned line; /* of the item */
    bool inside;
    size_t name; /* of the item */
};

static bool ends_name(char c)
{
    return char_is_space(c) || c == '>' || c == '/' || c == '<';
}

static str name_at(str s)
{
    size_t length = 0;
    while (length < s.length && !ends_name(s.data[length]))
        length++;
    return str_part(s, 0, length);
}

static size_t find_text(str s, size_t from, str needle)
{
    for (size_t at = from; at < s.length; at++) {
        at += str_find(str_part(s, at, s.length), needle.data[0]);
        if (at < s.length && str_starts_with(str_part(s, at, s.length), needle))
            return at;
    }
    return s.length;
}

/* The length of the tag, comment, ... at the start of `s`; 0 when its end is not there. */
static size_t markup_length(str s)
{
    for (size_t i = 0; i < sizeof passed / sizeof *passed; i++) {
        if (!str_starts_with(s, passed[i].opening))
            continue;
        size_t end = find_text(s, passed[i].opening.length, passed[i].closing);
        return end < s.length ? end + passed[i].closing.length : 0;
    }
    char quote = '\0';
    unsigned brackets = 0; /* of a DOCTYPE's own declarations */
    bool declaration = s.length > 1 && s.data[1] == '!';
    for (size_t i = 1; i < s.length; i++) {
        char c = s.data[i];
        if (quote)
            quote = c == quote ? '\0' : quote;
        else if (c == '"' || c == '\'')
            quote = c;
        else if (declaration && c == '[')
            brackets++;
        else if (declaration && c == ']' && brackets)
            brackets--;
        else if (c == '>' && !brackets)
            return i + 1;
    }
    return 0;
}

static size_t find_name(const struct element_cutter *c, str name)
{
    size_t i = 0;
    while (i < c->name_count && !str_equal(name, c->names[i]))
        i++;
    return i;
}

/* The encoding that the XML declaration names, unless what is read is UTF-8 by now. */
static void take_declaration(struct element_cutter *c, str markup)
{
    static const str word = STR("encoding"), utf8 = STR("utf-8"), utf16 = STR("utf-16");
    size_t at = find_text(markup, 0, word);
    str rest = str_part(markup, at + word.length, markup.length);
    size_t quote = 0;
    while (quote < rest.length && rest.data[quote] != '"' && rest.data[quote] != '\'')
        quote++;
    if (quote >= rest.length)
        return;
    str value = str_part(rest, quote + 1, rest.length);
    value = str_part(value, 0, str_find(value, rest.data[quote]));
    if (value.length < sizeof c->encoding && !str_equal_ignoring_case(value, utf8) &&
        !str_starts_with_ignoring_case(value, utf16))
        snprintf(c->encoding, sizeof c->encoding, "%.*s", STR_ARG(value));
}

static bool is_empty_tag(str markup)
{
    return markup.length > 2 && markup.data[markup.length - 2] == '/';
}

enum found { NOTHING_YET, ITEM_ENDS, ITEM_LOST };

/* Follow one tag outside of the items. */
static enum found follow_outside(struct element_cutter *c, struct search *search, str markup)
{
    static const str declaration = STR("<?xml ");
    bool closing = markup.length > 1 && markup.data[1] == '/';
    str name = name_at(str_part(markup, closing ? 2 : 1, markup.length));
    if (str_starts_with(markup, declaration))
        take_declaration(c, markup);
    if (!name.length || name.data[0] == '!' || name.data[0] == '?')
        return NOTHING_YET;
    if (closing) {
        c->complete |= str_is(name, c->root);
        return NOTHING_YET;
    }
    bool root = !c->root[0];
    if (root)
        snprintf(c->root, sizeof c->root, "%.*s",
                 (int)(name.length < sizeof c->root ? name.length : sizeof c->root - 1), name.data);
    c->complete |= root && is_empty_tag(markup);
    search->name = find_name(c, name);
    search->inside = search->name < c->name_count && !is_empty_tag(markup);
    return NOTHING_YET;
}

/* Follow one tag of an item. */
static enum found follow_inside(struct element_cutter *c, struct search *search, str markup)
{
    bool closing = markup.length > 1 && markup.data[1] == '/';
    str name = name_at(str_part(markup, closing ? 2 : 1, markup.length));
    if (!closing)
        return str_equal(name, c->names[search->name]) ? ITEM_LOST : NOTHING_YET;
    if (!str_equal(name, c->names[search->name]))
        return str_is(name, c->root) ? ITEM_LOST : NOTHING_YET;
    c->complete |= str_is(name, c->root);
    return ITEM_ENDS;
}

/* Drop what stands before the item. */
static void drop(struct element_cutter *c, struct search *search, size_t length)
{
    window_skip(c->input, length);
    search->at -= length;
}

/* More of the input, or why there can be none. */
static osler_status read_more(struct element_cutter *c, const struct search *search,
                              osler_error *error)
{
    size_t length = window_view(c->input).length;
    size_t most = search->inside ? (size_t)LIMIT_RECORD : (size_t)TAG_MOST;
    if (length > most || c->input->ended) {
        unsigned line = c->input->line;
        c->over = true;
        window_skip(c->input, length);
        if (c->input->ended && length <= most)
            return fail(error, OSLER_EINPUT, line,
                        search->inside ? "the file ends inside this <%.*s>: it is truncated"
                                       : "the file ends inside a tag: it is truncated%.*s",
                        search->inside ? (int)c->names[search->name].length : 0,
                        search->inside ? c->names[search->name].data : "");
        return fail(error, OSLER_ELIMIT, line,
                    "this item is larger than %zu MB, the most that is read", most >> 20);
    }
    osler_status status = window_fill(c->input, error);
    c->over |= status != OSLER_OK;
    return status;
}

/* The file has been read: it should have had the end tag of its root. */
static osler_status end(struct element_cutter *c, osler_error *error)
{
    c->over = true;
    if (c->complete)
        return OSLER_END;
    return fail(error, OSLER_EINPUT, c->input->line,
                c->root[0] ? "the file ends without </%s>: it is truncated"
                           : "no XML element stands in this file%s",
                c->root);
}

/* The next tag, `*markup`, from where the search is on.  OSLER_END: there is none. */
static osler_status next_markup(struct element_cutter *c, struct search *search, str *markup,
                                osler_error *error)
{
    size_t looked = 0;
    for (;;) {
        str view = window_view(c->input);
        search->at += str_find(str_part(view, search->at, view.length), '<');
        if (!search->inside)
            drop(c, search, search->at);
        view = window_view(c->input);
        str rest = str_part(view, search->at, view.length);
        /* Twice as much as was looked at in vain: that keeps the time linear. */
        size_t length = rest.length >= 2 * looked || c->input->ended ? markup_length(rest) : 0;
        if (length) {
            *markup = str_part(rest, 0, length);
            return OSLER_OK;
        }
        if (rest.length >= 2 * looked)
            looked = rest.length;
        if (!rest.length && c->input->ended && !search->inside)
            return OSLER_END;
        osler_status status = read_more(c, search, error);
        if (status != OSLER_OK)
            return status;
    }
}

osler_status elements_cut(struct element_cutter *c, struct piece *out, osler_error *error)
{
    struct search search = {0};
    window_skip(c->input, c->used);
    c->used = 0;
    if (c->over)
        return OSLER_END;
    for (;;) {
        str markup;
        osler_status status = next_markup(c, &search, &markup, error);
        if (status == OSLER_END)
            return end(c, error);
        if (status != OSLER_OK)
            return status;
        bool was_inside = search.inside;
        enum found found =
            was_inside ? follow_inside(c, &search, markup) : follow_outside(c, &search, markup);
        if (found == ITEM_LOST) {
            c->used = search.at;
            return fail(error, OSLER_EINPUT, search.line, "this <%.*s> has no end tag",
                        STR_ARG(c->names[search.name]));
        }
        if (!was_inside && search.inside)
            search.line = c->input->line;
        search.at += markup.length;
        if (found == ITEM_ENDS) {
            c->used = search.at;
            c->name = search.name;
            *out = (struct piece){str_part(window_view(c->input), 0, search.at), search.line,
                                  c->encoding};
            return OSLER_OK;
        }
    }
}

str elements_root(str head, str *rest)
{
    *rest = (str){"", 0};
    for (;;) {
        head = str_trim(head);
        size_t length = head.length && head.data[0] == '<' ? markup_length(head) : 0;
        if (!length)
            return (str){"", 0};
        str name = name_at(str_part(head, 1, length - 1));
        head = str_part(head, length, head.length);
        if (name.length && name.data[0] != '?' && name.data[0] != '!') {
            *rest = head;
            return name;
        }
    }
}

bool elements_has(str head, str name)
{
    for (size_t at = 0; at < head.length; at++) {
        at += str_find(str_part(head, at, head.length), '<');
        str rest = str_part(head, at + 1, head.length);
        if (str_starts_with(rest, name) && rest.length > name.length &&
            ends_name(rest.data[name.length]))
            return true;
    }
    return false;
}
