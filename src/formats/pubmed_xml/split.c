/* Cutting PubMed XML into items. */
#include "formats/pubmed_xml/split.h"

#include "base/error.h"
#include "base/limits.h"
#include "formats/pubmed_xml/prolog.h"

#include <stdio.h>
#include <string.h>

enum {
    LOOK = 64,              /* enough bytes to know a tag's name */
    LIMIT_PROLOG = 1 << 20, /* one comment, DOCTYPE or tag between the items */
    BLOCK = 64,             /* bytes that compilers look at with vectors */
    BESIDE = 2,             /* bytes behind them that are looked at too */
};

/*
 * The elements that are items, or hold nothing but items.  An item that meets the start of one of
 * its own or a lower level has lost its end tag.
 */
static const struct item_name {
    str name;
    int level;
    bool is_list; /* holds deleted PMIDs, each an item */
    bool in_list; /* an item only inside such a list */
} item_names[] = {
    {STR("PubmedArticle"), 0, false, false},
    {STR("PubmedBookArticle"), 0, false, false},
    {STR("DeleteCitation"), 0, true, false},
    {STR("DeleteDocument"), 0, true, false},
    {STR("MedlineCitation"), 1, false, false},
    {STR("BookDocument"), 1, false, false},
    {STR("PMID"), 2, false, true},
};

enum { ITEM_NAMES = sizeof item_names / sizeof *item_names };

static const str roots[] = {STR("PubmedArticleSet"), STR("MedlineCitationSet"),
                            STR("PubmedBookArticleSet"), STR("BookDocumentSet")};

static bool ends_name(char c)
{
    return char_is_space(c) || c == '>' || c == '/' || c == '<' || c == '=' || c == '"' ||
           c == '\'' || c == '&' || !c;
}

/* The name at the start of `s`. */
static str name_at(str s)
{
    size_t length = 0;
    while (length < s.length && length < LOOK && !ends_name(s.data[length]))
        length++;
    return str_part(s, 0, length);
}

/* True when `s`, from `start` on, begins with the whole of `name`. */
static bool is_named(str s, size_t start, str name)
{
    return s.length > start + name.length && memcmp(s.data + start, name.data, name.length) == 0 &&
           ends_name(s.data[start + name.length]);
}

/* The item whose start tag begins `s`, or NULL. */
static const struct item_name *item_at(str s)
{
    if (s.length < 2 || s.data[0] != '<' ||
        (s.data[1] != 'P' && s.data[1] != 'D' && s.data[1] != 'M' && s.data[1] != 'B'))
        return NULL;
    for (size_t i = 0; i < ITEM_NAMES; i++)
        if (is_named(s, 1, item_names[i].name))
            return &item_names[i];
    return NULL;
}

static bool is_end_tag(str s, str name)
{
    return s.length > 2 && s.data[0] == '<' && s.data[1] == '/' && is_named(s, 2, name);
}

static bool is_root_end(const splitter *s, str rest)
{
    return s->root[0] && is_end_tag(rest, str_of(s->root));
}

static void drop(splitter *s, size_t length)
{
    window_skip(s->input, length);
    s->dropped += length;
}

/* Make the window hold `length` bytes unless the input ends before. */
static osler_status need(splitter *s, size_t length, osler_error *error)
{
    osler_status status = OSLER_OK;
    while (status == OSLER_OK && !s->input->ended && window_view(s->input).length < length)
        status = window_fill(s->input, error);
    if (status != OSLER_OK)
        s->over = true;
    return status;
}

static const str closings[SPLIT_CLOSINGS] = {
    [SPLIT_COMMENT] = STR("-->"),
    [SPLIT_CDATA] = STR("]]>"),
    [SPLIT_INSTRUCTION] = STR("?>"),
    [SPLIT_TAG] = STR(">"),
};

/*
 * The end of the first closing of this kind at or behind `from`, within `most` bytes of the
 * window's start; 0 when there is none.  Searches of one kind never go back in the input: so
 * what one has searched in vain the later ones leave out, or openings that nothing closes would
 * take quadratic time.
 */
static osler_status find(splitter *s, size_t from, enum split_closing kind, size_t most,
                         size_t *end, osler_error *error)
{
    str needle = closings[kind];
    osler_status status = OSLER_OK;
    *end = 0;
    if (s->none_before[kind] > s->dropped + from)
        from = s->none_before[kind] - s->dropped;
    while (status == OSLER_OK) {
        str view = str_part(window_view(s->input), 0, most);
        size_t at = prolog_find(view, from, needle);
        bool found = at < view.length;
        /* The needle may be cut by the end of what is searched. */
        if (!found && view.length >= from + needle.length)
            at = view.length - needle.length + 1;
        from = found || at > from ? at : from;
        s->none_before[kind] = s->dropped + from;
        *end = found ? at + needle.length : 0;
        if (found || s->input->ended || view.length == most)
            return OSLER_OK;
        status = need(s, view.length + 1, error);
    }
    return status;
}

/* Where an item ends, or why it does not. */
enum ending { ENDS, CUT_BY_TAG, CUT_BY_END };

struct search {
    const struct item_name *item;
    size_t at;      /* how far the window has been searched */
    bool too_large; /* nothing is kept any more */
    enum ending ending;
};

/* Skip a comment, a CDATA section or an instruction at `at` if it has an end. */
static osler_status skip_special(splitter *s, struct search *search, osler_error *error)
{
    static const struct {
        str start;
        enum split_closing end;
    } kinds[] = {{STR("<!--"), SPLIT_COMMENT},
                 {STR("<![CDATA["), SPLIT_CDATA},
                 {STR("<?"), SPLIT_INSTRUCTION}};
    enum { KINDS = sizeof kinds / sizeof *kinds };
    str rest = str_part(window_view(s->input), search->at, LOOK);
    size_t end = 0;
    osler_status status = OSLER_OK;
    size_t i = 0;
    while (i < KINDS && !str_starts_with(rest, kinds[i].start))
        i++;
    if (i < KINDS && !search->too_large)
        status =
            find(s, search->at + kinds[i].start.length, kinds[i].end, LIMIT_RECORD, &end, error);
    search->at = end ? end : search->at + 1;
    return status;
}

/* Look at the tag at `at`; true when the item ends here, well or not. */
static osler_status look_at_tag(splitter *s, struct search *search, bool *done, osler_error *error)
{
    osler_status status = need(s, search->at + LOOK, error);
    if (status != OSLER_OK)
        return status;
    str rest = str_part(window_view(s->input), search->at, LOOK);
    char second = rest.length > 1 ? rest.data[1] : '\0';
    if (second == '!' || second == '?')
        return skip_special(s, search, error);
    const struct item_name *other = item_at(rest);
    if ((other && other->level <= search->item->level) || is_root_end(s, rest) ||
        (s->in_deletions && second == '/' && !is_end_tag(rest, search->item->name))) {
        search->ending = CUT_BY_TAG;
        *done = true;
        return OSLER_OK;
    }
    if (is_end_tag(rest, search->item->name) && str_find(rest, '>') < rest.length) {
        search->at += str_find(rest, '>') + 1;
        search->ending = ENDS;
        *done = true;
        return OSLER_OK;
    }
    search->at++;
    return OSLER_OK;
}

/* Most tags are of no interest: known by their first letter, for speed. */
static bool is_dull(const splitter *s, const char *tag)
{
    char c = tag[1] == '/' && !s->in_deletions ? tag[2] : tag[1];
    return c != 'P' && c != 'D' && c != 'M' && c != 'B' && c != '/' && c != '!' && c != '?' &&
           c != s->root[0];
}

/*
 * Whether a block of bytes can hold nothing of interest in a record: "<!", "<?", or a name that
 * begins with "Pubmed" or "Delete".  Of those names two letters are looked at, by the bits that "P"
 * and "D", "b" and "l" have in common: few others do.
 */
static bool is_dull_block(const char *bytes)
{
    unsigned char hit = 0;
    for (size_t i = 0; i < BLOCK; i++) {
        const unsigned char *b = (const unsigned char *)bytes + i;
        hit |= (unsigned char)((((b[0] & 0xEB) == 0x40) & ((b[2] & 0xF1) == 0x60)) |
                               ((b[0] == '<') & ((b[1] == '!') | (b[1] == '?'))));
    }
    return !hit;
}

/* Where to go on from `at`: most of a record is nothing but dull blocks. */
static size_t skip_dull(const splitter *s, const struct search *search, str view)
{
    static const str root = STR("Pubm");
    size_t at = search->at;
    if (search->item->level > 0 || (s->root[0] && !str_starts_with(str_of(s->root), root)))
        return at;
    while (at + BLOCK + BESIDE <= view.length && is_dull_block(view.data + at))
        at += BLOCK;
    /* The "</" of what is in the block may stand before it. */
    return at >= search->at + 2 ? at - 2 : search->at;
}

/* Search the window, filling it, for the end of the item at its start. */
static osler_status search_end(splitter *s, struct search *search, osler_error *error)
{
    osler_status status = OSLER_OK;
    bool done = false;
    while (status == OSLER_OK && !done) {
        search->too_large |= search->at > LIMIT_RECORD;
        if (search->too_large) {
            drop(s, search->at);
            search->at = 0;
        }
        str view = window_view(s->input);
        search->at = skip_dull(s, search, view);
        search->at += str_find(str_part(view, search->at, view.length), '<');
        if (search->at + 3 < view.length && is_dull(s, view.data + search->at)) {
            search->at += 2;
            continue;
        }
        if (search->at < view.length) {
            status = look_at_tag(s, search, &done, error);
            continue;
        }
        if (s->input->ended) {
            search->ending = CUT_BY_END;
            return OSLER_OK;
        }
        status = need(s, window_view(s->input).length + 1, error);
    }
    return status;
}

/* An item without content, such as `<PubmedArticle/>`, ends with its start tag. */
static osler_status search_start(splitter *s, struct search *search, osler_error *error)
{
    size_t end;
    osler_status status = find(s, 1, SPLIT_TAG, LIMIT_PROLOG, &end, error);
    if (status != OSLER_OK)
        return status;
    if (end > 1 && window_view(s->input).data[end - 2] == '/') {
        search->at = end;
        search->ending = ENDS;
        return OSLER_OK;
    }
    search->at = 1;
    return search_end(s, search, error);
}

static osler_status take_item(splitter *s, const struct item_name *item, struct piece *out,
                              osler_error *error)
{
    struct search search = {.item = item};
    unsigned line = s->input->line;
    s->started = true;
    s->complained = false;
    osler_status status = search_start(s, &search, error);
    if (status != OSLER_OK)
        return status;
    if (search.ending == ENDS && !search.too_large && search.at <= LIMIT_RECORD) {
        *out = (struct piece){str_part(window_view(s->input), 0, search.at), line, s->encoding};
        s->used = search.at;
        return OSLER_OK;
    }
    size_t left = window_view(s->input).length;
    drop(s, search.ending == CUT_BY_END ? left : search.at);
    s->over = search.ending == CUT_BY_END;
    if (search.ending == CUT_BY_END)
        return fail(error, OSLER_EINPUT, line,
                    "the file ends inside this %s, without </%s>: it is truncated",
                    s->in_deletions ? "deletion" : "record", item->name.data);
    if (search.ending == CUT_BY_TAG)
        return fail(error, OSLER_EINPUT, line,
                    "this record is truncated: line %u begins something else, expected </%s>",
                    s->input->line, item->name.data);
    return fail(error, OSLER_ELIMIT, line,
                "this record is larger than %d MB, the most that is read", LIMIT_RECORD >> 20);
}

/*
 * Complain about what stands at the window's start, once between two items; and again when as much
 * as a record may take has gone by, so that the caller of split_next() can stop an endless input.
 */
static osler_status complain(splitter *s, size_t skip, const char *what, str detail,
                             osler_error *error)
{
    osler_status status = OSLER_OK;
    if (!s->complained || s->dropped - s->complained_at > LIMIT_RECORD) {
        status = fail(error, OSLER_EINPUT, s->input->line, "%s%.*s", what,
                      (int)(detail.length < SPLIT_NAME ? detail.length : SPLIT_NAME), detail.data);
        s->complained = true;
        s->complained_at = s->dropped;
    }
    drop(s, skip);
    return status;
}

/*
 * Only encodings whose bytes below 128 are ASCII: the tags are found by their bytes.  A file that
 * says UTF-16 and can be read up to here is not in UTF-16.
 */
static osler_status take_declaration(splitter *s, size_t length, osler_error *error)
{
    static const str utf8[] = {STR("UTF-8"), STR("UTF8"), STR("US-ASCII"), STR("ASCII"),
                               STR("UTF-16")};
    static const str others[] = {STR("ISO-8859-"), STR("windows-125"), STR("KOI8-")};
    str encoding = prolog_encoding(str_part(window_view(s->input), 0, length));
    bool known = encoding.length == 0;
    s->encoding[0] = '\0';
    for (size_t i = 0; i < sizeof utf8 / sizeof *utf8; i++)
        known |= str_equal_ignoring_case(encoding, utf8[i]);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (str_starts_with_ignoring_case(encoding, others[i]) && encoding.length < SPLIT_NAME) {
            snprintf(s->encoding, sizeof s->encoding, "%.*s", STR_ARG(encoding));
            known = true;
        }
    }
    if (!known)
        return complain(s, length, "expected UTF-8, ISO-8859 or windows-125x, not the encoding ",
                        encoding, error);
    drop(s, length);
    return OSLER_OK;
}

static osler_status take_instruction(splitter *s, osler_error *error)
{
    static const str declaration = STR("<?xml");
    size_t length;
    osler_status status = find(s, 2, SPLIT_INSTRUCTION, LIMIT_PROLOG, &length, error);
    if (status != OSLER_OK)
        return status;
    if (!length)
        return complain(s, 1, "this instruction has no end: expected ?>", (str){"", 0}, error);
    str view = window_view(s->input);
    if (str_starts_with(view, declaration) && char_is_space(view.data[declaration.length]))
        return take_declaration(s, length, error);
    drop(s, length);
    return OSLER_OK;
}

static osler_status take_doctype(splitter *s, osler_error *error)
{
    static const str entity = STR("<!ENTITY");
    str subset;
    size_t length = 0, seen = 0;
    bool endless = false;
    osler_status status = OSLER_OK;
    while (status == OSLER_OK && seen < LIMIT_PROLOG) {
        str view = str_part(window_view(s->input), 0, LIMIT_PROLOG);
        seen = view.length;
        length = prolog_doctype_length(view, &subset, &endless);
        if (length || endless || s->input->ended)
            break;
        status = need(s, seen * 2, error);
    }
    if (status != OSLER_OK)
        return status;
    if (!length)
        return complain(s, 1, "this DOCTYPE has no end", (str){"", 0}, error);
    if (prolog_find(subset, 0, entity) < subset.length)
        return complain(s, length, "this DOCTYPE declares entities: they are not read",
                        (str){"", 0}, error);
    drop(s, length);
    return OSLER_OK;
}

static osler_status take_special(splitter *s, osler_error *error)
{
    static const str comment = STR("<!--");
    str view = window_view(s->input);
    if (str_starts_with(view, prolog_doctype))
        return take_doctype(s, error);
    if (!str_starts_with(view, comment))
        return complain(s, 1, "expected a record here", (str){"", 0}, error);
    size_t length;
    osler_status status = find(s, comment.length, SPLIT_COMMENT, LIMIT_PROLOG, &length, error);
    if (status != OSLER_OK)
        return status;
    if (!length)
        return complain(s, 1, "this comment has no end: expected -->", (str){"", 0}, error);
    drop(s, length);
    return OSLER_OK;
}

static osler_status take_end_tag(splitter *s, osler_error *error)
{
    size_t length;
    osler_status status = find(s, 0, SPLIT_TAG, (size_t)2 * SPLIT_NAME, &length, error);
    if (status != OSLER_OK)
        return status;
    str view = window_view(s->input), name = name_at(str_part(view, 2, SPLIT_NAME));
    if (length && s->root[0] && str_is(name, s->root)) {
        s->root[0] = '\0';
        s->in_deletions = false;
    } else if (length && s->in_deletions &&
               (str_is(name, "DeleteCitation") || str_is(name, "DeleteDocument"))) {
        s->in_deletions = false;
    } else {
        return complain(s, 2, "nothing is open that this tag could end: </", name, error);
    }
    drop(s, length);
    return OSLER_OK;
}

static bool is_root(str name)
{
    for (size_t i = 0; i < sizeof roots / sizeof *roots; i++)
        if (str_equal(name, roots[i]))
            return true;
    return false;
}

static osler_status take_root(splitter *s, osler_error *error)
{
    size_t length;
    osler_status status = find(s, 1, SPLIT_TAG, LIMIT_PROLOG, &length, error);
    if (status != OSLER_OK)
        return status;
    str view = window_view(s->input), name = name_at(str_part(view, 1, SPLIT_NAME - 1));
    if (!length || !name.length)
        return complain(s, 1, "expected a record here", (str){"", 0}, error);
    bool known = is_root(name), empty = view.data[length - 2] == '/';
    if (s->root[0] || (!known && s->started))
        return complain(s, 1, "expected <PubmedArticle> here, not <", name, error);
    if (known || !empty)
        snprintf(s->root, sizeof s->root, "%.*s", empty ? 0 : (int)name.length, name.data);
    s->started = true;
    if (!known)
        return complain(s, length, "expected the root <PubmedArticleSet>, not <", name, error);
    drop(s, length);
    return OSLER_OK;
}

static osler_status take_list(splitter *s, osler_error *error)
{
    size_t length;
    osler_status status = find(s, 1, SPLIT_TAG, LIMIT_PROLOG, &length, error);
    if (status != OSLER_OK)
        return status;
    if (!length)
        return complain(s, 1, "this tag has no end: expected >", (str){"", 0}, error);
    s->started = true;
    s->in_deletions = window_view(s->input).data[length - 2] != '/';
    drop(s, length);
    return OSLER_OK;
}

static osler_status finish(splitter *s, osler_error *error)
{
    s->over = true;
    if (s->root[0])
        return fail(error, OSLER_EINPUT, s->input->line,
                    "the file ends without </%s>: it is truncated", s->root);
    if (!s->started)
        return fail(error, OSLER_EINPUT, s->input->line,
                    "the file ends before its first element: expected <PubmedArticleSet>");
    s->complete = true;
    return OSLER_END;
}

/* Deal with whatever stands at the window's start; `*found` when it is an item. */
static osler_status step(splitter *s, struct piece *out, bool *found, osler_error *error)
{
    str view = window_view(s->input);
    if (view.data[0] != '<')
        return complain(s, str_find(view, '<'), "expected a record here, found other text",
                        (str){"", 0}, error);
    char second = view.length > 1 ? view.data[1] : '\0';
    if (second == '?')
        return take_instruction(s, error);
    if (second == '!')
        return take_special(s, error);
    if (second == '/')
        return take_end_tag(s, error);
    const struct item_name *item = item_at(view);
    if (!item || (item->in_list && !s->in_deletions))
        return take_root(s, error);
    if (item->is_list)
        return take_list(s, error);
    s->in_deletions = item->in_list;
    osler_status status = take_item(s, item, out, error);
    *found = status == OSLER_OK;
    return status;
}

osler_status split_next(splitter *s, struct piece *out, osler_error *error)
{
    drop(s, s->used);
    s->used = 0;
    for (bool found = false; !found;) {
        if (s->over)
            return OSLER_END;
        osler_status status = need(s, LOOK, error);
        if (status != OSLER_OK)
            return status;
        str view = window_view(s->input);
        size_t space = 0;
        while (space < view.length && char_is_space(view.data[space]))
            space++;
        if (space) {
            drop(s, space);
            continue;
        }
        if (!view.length)
            return finish(s, error);
        status = step(s, out, &found, error);
        if (status != OSLER_OK)
            return status;
    }
    return OSLER_OK;
}

bool split_recognize(str head)
{
    for (size_t at = 0; at < head.length; at++) {
        at += str_find(str_part(head, at, head.length), '<');
        str rest = str_part(head, at, head.length), name = name_at(str_part(rest, 1, rest.length));
        const struct item_name *item = item_at(rest);
        if ((item && !item->in_list) || is_root(name))
            return true;
        static const str begin = STR("<!DOCTYPE ");
        if (str_starts_with(rest, begin) &&
            is_root(name_at(str_trim(str_part(rest, begin.length, SPLIT_NAME)))))
            return true;
    }
    return false;
}
