/* Records as a tool shall have them: plain texts, marks where they are seen, keywords. */
#include "formats/profile.h"

#include "base/buf.h"
#include "base/error.h"
#include "record/cited.h"
#include "record/record.h"

#include <string.h>

#define PLAIN PROFILE_PLAIN
#define MARK_TITLE PROFILE_MARK_TITLE
#define HEADINGS_AS_KEYWORDS PROFILE_HEADINGS_AS_KEYWORDS
#define BARE_ISSN PROFILE_BARE_ISSN
#define NO_AFFILIATIONS PROFILE_NO_AFFILIATIONS
#define PROFILE(name, format, choices, summary) {name, format, summary, choices},
static const struct profile profiles[] = {
#include "formats/profiles.def"
};
#undef PROFILE

enum { PROFILE_COUNT = sizeof profiles / sizeof *profiles };

const char *osler_profile_name(unsigned index)
{
    return index < PROFILE_COUNT ? profiles[index].name : NULL;
}

const char *osler_profile_summary(unsigned index)
{
    return index < PROFILE_COUNT ? profiles[index].summary : NULL;
}

const char *osler_profile_format(unsigned index)
{
    return index < PROFILE_COUNT ? profiles[index].format : NULL;
}

osler_status profile_find(const struct profile **out, const char *name, osler_error *error)
{
    *out = NULL;
    for (unsigned i = 0; i < PROFILE_COUNT && !*out; i++)
        if (strcmp(profiles[i].name, name) == 0)
            *out = &profiles[i];
    return *out ? OSLER_OK : fail(error, OSLER_EFORMAT, 0, "no profile is called \"%.60s\"", name);
}

/* The raised and lowered forms that Unicode has of a character; NULL when it has none. */
static const char *shifted(char c, bool raised)
{
    static const char known[] = "0123456789+-=()";
    static const char *const up[] = {"\u2070", "\u00B9", "\u00B2", "\u00B3", "\u2074",
                                     "\u2075", "\u2076", "\u2077", "\u2078", "\u2079",
                                     "\u207A", "\u207B", "\u207C", "\u207D", "\u207E"};
    static const char *const down[] = {"\u2080", "\u2081", "\u2082", "\u2083", "\u2084",
                                       "\u2085", "\u2086", "\u2087", "\u2088", "\u2089",
                                       "\u208A", "\u208B", "\u208C", "\u208D", "\u208E"};
    const char *at = c ? strchr(known, c) : NULL;
    return at ? (raised ? up : down)[at - known] : NULL;
}

/* "10<sup>-3</sup>" needs its exponent raised, or it is another number: where all of `inner` can
 * be, it is. */
static void add_shifted(buf *out, str inner, bool raised)
{
    bool all = true;
    for (size_t i = 0; i < inner.length && all; i++)
        all = shifted(inner.data[i], raised) != NULL;
    for (size_t i = 0; i < inner.length && all; i++)
        buf_add_text(out, shifted(inner.data[i], raised));
    if (!all)
        buf_add(out, inner);
}

/* The markup of the same text without tags. */
static const char *plain(arena *memory, const char *markup)
{
    str rest = str_of(markup);
    if (str_find(rest, '<') == rest.length)
        return markup;
    buf out = {0};
    while (rest.length) {
        size_t tag = str_find(rest, '<');
        buf_add(&out, str_part(rest, 0, tag));
        rest = str_part(rest, tag, rest.length);
        bool raised = str_starts_with(rest, (str)STR("<sup>"));
        bool lowered = str_starts_with(rest, (str)STR("<sub>"));
        rest = str_part(rest, str_find(rest, '>') + 1, rest.length);
        if (!raised && !lowered)
            continue;
        size_t end = str_find(rest, '<');
        add_shifted(&out, str_part(rest, 0, end), raised);
        rest = str_part(rest, end, rest.length);
    }
    const char *copy = arena_copy(memory, buf_str(&out));
    buf_free(&out);
    return copy;
}

/* A copy of the items of a list, to be changed. */
static void *own_items(arena *memory, const void *items, size_t count, size_t size)
{
    void *own = arena_alloc(memory, count * size + 1);
    if (count)
        memcpy(own, items, count * size);
    return own;
}
#define OWN_ITEMS(memory, list)                                                                    \
    ((list)->items = own_items((memory), (list)->items, (list)->count, sizeof *(list)->items))

static void make_plain(arena *memory, osler_record *r)
{
    r->title = plain(memory, r->title);
    r->vernacular_title = plain(memory, r->vernacular_title);
    r->book_title = plain(memory, r->book_title);
    OWN_ITEMS(memory, &r->abstract);
    for (size_t i = 0; i < r->abstract.count; i++)
        r->abstract.items[i].text = plain(memory, r->abstract.items[i].text);
    OWN_ITEMS(memory, &r->keywords);
    for (size_t i = 0; i < r->keywords.count; i++)
        r->keywords.items[i].text = plain(memory, r->keywords.items[i].text);
    OWN_ITEMS(memory, &r->names);
    for (size_t i = 0; i < r->names.count; i++) {
        osler_name *name = &r->names.items[i];
        name->family = plain(memory, name->family);
        name->collective = plain(memory, name->collective);
        OWN_ITEMS(memory, &name->affiliations);
        for (size_t k = 0; k < name->affiliations.count; k++)
            name->affiliations.items[k].text = plain(memory, name->affiliations.items[k].text);
    }
}

/* A title that says so itself is not told twice. */
static void mark_title(arena *memory, osler_record *r)
{
    const char *mark = cited_mark(r);
    const char **title = r->title ? &r->title : &r->vernacular_title;
    buf text = {0};
    if (!mark || (*title && str_starts_with_ignoring_case(str_of(*title), str_of(mark))))
        return;
    buf_add_text(&text, mark);
    buf_add_text(&text, *title);
    *title = arena_copy(memory, buf_str(&text));
    buf_free(&text);
}

enum { COMPARED = 256 /* more keywords than any indexer gives are not looked through each time */ };

static void add_keyword(arena *memory, osler_record *r, const buf *text)
{
    for (size_t i = 0; i < r->keywords.count && i < COMPARED; i++)
        if (str_equal_ignoring_case(str_of(r->keywords.items[i].text), buf_str(text)))
            return;
    osler_keyword *keyword = RECORD_ADD(memory, &r->keywords);
    keyword->text = arena_copy(memory, buf_str(text));
}

/* "Wool", "Wool/therapy": a keyword for each heading and each of its qualifiers. */
static void headings_to_keywords(arena *memory, osler_record *r)
{
    osler_keyword_list before = r->keywords;
    buf text = {0};
    r->keywords = (osler_keyword_list){NULL, 0};
    for (size_t i = 0; i < before.count; i++) {
        osler_keyword *keyword = RECORD_ADD(memory, &r->keywords);
        keyword->text = before.items[i].text;
    }
    for (size_t i = 0; i < r->headings.count; i++) {
        const osler_heading *heading = &r->headings.items[i];
        for (size_t k = 0; k < heading->qualifiers.count || !k; k++) {
            buf_clear(&text);
            markup_add_plain(&text, str_of(heading->name));
            if (heading->qualifiers.count) {
                buf_add_byte(&text, '/');
                markup_add_plain(&text, str_of(heading->qualifiers.items[k].name));
            }
            add_keyword(memory, r, &text);
        }
    }
    r->headings = (osler_heading_list){NULL, 0};
    buf_free(&text);
}

osler_record profile_apply(const struct profile *profile, arena *memory, const osler_record *record)
{
    osler_record r = *record;
    unsigned choices = profile->choices;
    if (choices & PROFILE_PLAIN)
        make_plain(memory, &r);
    if (choices & PROFILE_MARK_TITLE)
        mark_title(memory, &r);
    if (choices & PROFILE_HEADINGS_AS_KEYWORDS)
        headings_to_keywords(memory, &r);
    if (choices & PROFILE_BARE_ISSN)
        r.issn_type = NULL;
    if (choices & PROFILE_NO_AFFILIATIONS) {
        OWN_ITEMS(memory, &r.names);
        for (size_t i = 0; i < r.names.count; i++)
            r.names.items[i].affiliations = (osler_affiliation_list){NULL, 0};
    }
    return r;
}
