/* Reading a query into a tree. */
#include "query/query.h"

#include "base/error.h"
#include "base/limits.h"
#include "base/words.h"
#include "query/lex.h"
#include "record/record.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum {
    LONGEST_TERM = 8,
    MOST_NOTES = 10,
    MOST_BETWEEN = 1000
}; /* words of a MeSH term that is looked for */

struct parser {
    arena *memory;
    str query;
    size_t at;
    token now; /* the token that comes next */
    unsigned terms;
    int near; /* of the tag that was read last, as in query_leaf */
    osler_text_list *notes;
    osler_error *error;
};

/* Words side by side. */
struct run {
    token *items;
    size_t count;
};

static osler_status parse_group(struct parser *p, unsigned depth, query_node **out);

__attribute__((format(printf, 2, 3))) static void note(struct parser *p, const char *format, ...)
{
    char text[200];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    for (size_t i = 0; p->notes && i < p->notes->count; i++)
        if (strcmp(p->notes->items[i], text) == 0)
            return;
    if (p->notes && p->notes->count < MOST_NOTES)
        record_add_text(p->memory, p->notes, str_of(text));
}

static osler_status advance(struct parser *p)
{
    return token_next(p->query, &p->at, &p->now, p->error);
}

static query_node *new_group(struct parser *p)
{
    return arena_alloc(p->memory, sizeof(query_node));
}

static void add_item(struct parser *p, query_node *group, query_operator join, query_node *node)
{
    query_item *item = arena_append(p->memory, &group->items, &group->count, sizeof *group->items);
    *item = (query_item){join, node};
}

/* A leaf for `t`, checked. */
static osler_status new_leaf(struct parser *p, const query_tag *tag, const token *t,
                             query_node **out)
{
    query_leaf *leaf = arena_alloc(p->memory, sizeof *leaf);
    leaf->tag = tag;
    leaf->text = arena_copy(p->memory, t->text);
    leaf->quoted = t->kind == TOKEN_PHRASE;
    leaf->prefix = t->prefix;
    leaf->column = t->column;
    leaf->near = tag->kind == QUERY_WORDS ? p->near : -1;
    *out = new_group(p);
    (*out)->leaf = leaf;
    if (++p->terms > QUERY_MOST_TERMS)
        return query_fail(p->error, t->column, "the query has more than %d terms",
                          QUERY_MOST_TERMS);
    return query_check_leaf(leaf, p->error);
}

static bool has_words(str text)
{
    arena scratch = {0};
    bool yes = words_of(&scratch, text).count > 0;
    arena_free(&scratch);
    return yes;
}

/* Words that PubMed passes over where they stand without tag and quotes. */
static bool is_stop_word(str text)
{
    static const char *const stop[] = {"a",   "an",   "and", "are", "as",   "at",  "be", "by",
                                       "for", "from", "in",  "is",  "of",   "on",  "or", "that",
                                       "the", "this", "to",  "was", "were", "with"};
    for (size_t i = 0; i < sizeof stop / sizeof *stop; i++)
        if (str_equal_ignoring_case(text, str_of(stop[i])))
            return true;
    return false;
}

/* The text of the query from the first to the last of some tokens, as one token. */
static token joined(const token *first, const token *last)
{
    token t = *first;
    t.text.length = (size_t)(last->text.data + last->text.length - first->text.data);
    t.prefix = last->prefix;
    return t;
}

/* All the words of a run, each with the tag, joined by AND. */
static osler_status add_each(struct parser *p, query_node *group, const query_tag *tag,
                             const struct run *run)
{
    osler_status status = OSLER_OK;
    bool only_stop_words = true;
    for (size_t i = 0; i < run->count; i++)
        only_stop_words &= is_stop_word(run->items[i].text);
    for (size_t i = 0; status == OSLER_OK && i < run->count; i++) {
        query_node *leaf = NULL;
        if (!has_words(run->items[i].text) ||
            (!only_stop_words && is_stop_word(run->items[i].text)))
            continue;
        status = new_leaf(p, tag, &run->items[i], &leaf);
        add_item(p, group, QUERY_AND, leaf);
    }
    return status;
}

/* The longest MeSH term that the words from `from` on make; the number of its words. */
static size_t find_term(const struct run *run, size_t from, const mesh_descriptor **out)
{
    size_t most = run->count - from < LONGEST_TERM ? run->count - from : LONGEST_TERM;
    for (size_t length = most; length > 0; length--) {
        token t = joined(&run->items[from], &run->items[from + length - 1]);
        bool plain = !is_stop_word(t.text);
        for (size_t i = from; i < from + length; i++)
            plain &= !run->items[i].prefix;
        *out = plain ? mesh_find(t.text) : NULL;
        if (*out)
            return length;
    }
    return 0;
}

/* A term of MeSH: the heading and all below it, or the words. */
static osler_status add_term(struct parser *p, query_node *group, const struct run *words,
                             const mesh_descriptor *heading)
{
    query_node *either = new_group(p), *both = new_group(p), *leaf;
    token t = words->items[0];
    t.text = str_of(heading->name);
    t.kind = TOKEN_PHRASE;
    osler_status status = new_leaf(p, query_tag_find(str_of("mh")), &t, &leaf);
    if (status == OSLER_OK)
        status = add_each(p, both, query_tag_find(str_of("all")), words);
    leaf->leaf->mapped = true;
    add_item(p, either, QUERY_AND, leaf);
    add_item(p, either, QUERY_OR, both->count == 1 ? both->items[0].node : both);
    add_item(p, group, QUERY_AND, either);
    return status;
}

static bool all_numbers(const struct run *run)
{
    unsigned long number;
    for (size_t i = 0; i < run->count; i++)
        if (run->items[i].text.length < 5 || !str_number(run->items[i].text, &number))
            return false;
    return run->count > 0;
}

/* Numbers of five digits and more, side by side, are PMIDs. */
static osler_status add_numbers(struct parser *p, query_node *group, const struct run *run)
{
    osler_status status = OSLER_OK;
    for (size_t i = 0; status == OSLER_OK && i < run->count; i++) {
        query_node *leaf = NULL;
        status = new_leaf(p, query_tag_find(str_of("pmid")), &run->items[i], &leaf);
        add_item(p, group, QUERY_OR, leaf);
    }
    return status;
}

/* A line of a search history ("#1"), or nothing but signs. */
static osler_status check_run(struct parser *p, const struct run *run)
{
    bool some = false;
    unsigned long number;
    for (size_t i = 0; i < run->count; i++) {
        const token *t = &run->items[i];
        bool line = t->text.length > 1 && t->text.data[0] == '#' &&
                    str_number(str_part(t->text, 1, t->text.length), &number);
        if (line)
            return query_fail(p->error, t->column,
                              "there is no search history that '%.*s' could mean",
                              STR_ARG(str_part(t->text, 0, 20)));
        some |= has_words(t->text);
    }
    if (some || !run->count)
        return OSLER_OK;
    return query_fail(p->error, run->items[0].column, "there is no letter and no digit in '%.*s'",
                      STR_ARG(str_part(run->items[0].text, 0, 40)));
}

/* "C++" is looked for as "c". */
static void note_signs(struct parser *p, const token *t)
{
    arena scratch = {0};
    word_list words = words_of(&scratch, t->text);
    str text = t->text;
    bool cut = words.count == 1 && words.items[0].folded.length == 1 &&
               words.items[0].length < text.length && text.length <= 20;
    if (cut)
        note(p, "'%.*s' is searched as '%.*s'", STR_ARG(text), STR_ARG(words.items[0].folded));
    arena_free(&scratch);
}

/* "hasabstract" is no word, so that it means the filter without a tag too, as in PubMed. */
static bool is_bare_filter(const token *t)
{
    const char *query = "";
    return !t->prefix && query_filter(t->text, &query) && !query;
}

/* One word that MeSH does not know. */
static osler_status add_word(struct parser *p, query_node *group, const struct run *one)
{
    query_node *leaf = NULL;
    note_signs(p, one->items);
    if (!is_bare_filter(one->items))
        return add_each(p, group, query_tag_find(str_of("all")), one);
    osler_status status = new_leaf(p, query_tag_find(str_of("filter")), one->items, &leaf);
    add_item(p, group, QUERY_AND, leaf);
    return status;
}

/* Words without a tag. */
static osler_status map_run(struct parser *p, const struct run *run, query_node **out)
{
    query_node *group = new_group(p);
    osler_status status = check_run(p, run);
    if (status != OSLER_OK)
        return status;
    if (all_numbers(run)) {
        status = add_numbers(p, group, run);
    } else {
        struct run words = {0};
        for (size_t i = 0; status == OSLER_OK && i < run->count;) {
            const mesh_descriptor *heading = NULL;
            size_t length = find_term(run, i, &heading);
            words = (struct run){&run->items[i], length ? length : 1};
            i += words.count;
            if (heading)
                status = add_term(p, group, &words, heading);
            else if (run->count == 1 || !is_stop_word(words.items[0].text))
                status = add_word(p, group, &words);
        }
    }
    *out = group->count == 1 ? group->items[0].node : group;
    return status;
}

/* A tag, with its failure when there is no such. */
static osler_status find_tag(struct parser *p, const token *t, const query_tag **out)
{
    if (query_tag_is_near(t->text) && query_tag_find_near(t->text, out, &p->near))
        return OSLER_OK;
    if (query_tag_is_near(t->text))
        return query_fail(p->error, t->column,
                          "[%.*s] is no proximity: expected a field of words and a number, as in "
                          "\"hip pain\"[tiab:~3]",
                          STR_ARG(str_part(t->text, 0, 40)));
    *out = query_tag_find(t->text);
    if (*out)
        return OSLER_OK;
    buf near = {0};
    query_tag_suggest(&near, t->text);
    osler_status status = query_fail(p->error, t->column, "there is no field [%.*s]; near it: %s",
                                     STR_ARG(str_part(t->text, 0, 40)), buf_text(&near));
    buf_free(&near);
    return status;
}

/* Tags of one value cover one word only: "migraine 2019[dp]". */
static bool covers_one_word(const query_tag *tag)
{
    switch (tag->kind) {
    case QUERY_DATE:
    case QUERY_NUMBER:
    case QUERY_LANGUAGE:
    case QUERY_PAGE:
    case QUERY_SIZE:
    case QUERY_FLAG:
    case QUERY_REGISTRY:
    case QUERY_IDENTIFIER:
    case QUERY_TERM:
    case QUERY_OWN: return true;
    case QUERY_WORDS:
    case QUERY_AUTHOR:
    case QUERY_JOURNAL:
    case QUERY_DESIGN:
    case QUERY_FILTER:
    case QUERY_HEADING:
    case QUERY_TYPE:
    case QUERY_QUALIFIER: return false;
    }
    return false;
}

/* Filters and designs have names of several words: the longest one at the end of the run is meant;
 * where there is none, all of it, to be named in the error.  The index of its first word. */
static size_t names_from(const query_tag *tag, const struct run *run)
{
    const char *query;
    bool filter = tag->kind == QUERY_FILTER;
    for (size_t i = 0; (filter || tag->kind == QUERY_DESIGN) && i < run->count; i++) {
        str name = joined(&run->items[i], &run->items[run->count - 1]).text;
        if (filter ? query_filter(name, &query) : query_designs(name) != 0)
            return i;
    }
    return 0;
}

/* "to" of a range follows a colon; with its tag, which may stand behind "from" too. */
static osler_status parse_range(struct parser *p, token *from, const query_tag *tag,
                                query_node **out)
{
    unsigned column = p->now.column;
    osler_status status = advance(p);
    if (status != OSLER_OK)
        return status;
    if (p->now.kind != TOKEN_WORD && p->now.kind != TOKEN_PHRASE)
        return query_fail(p->error, column, "a range needs its end behind the colon");
    token to = p->now;
    status = advance(p);
    if (status == OSLER_OK && p->now.kind == TOKEN_TAG) {
        status = find_tag(p, &p->now, &tag);
        if (status == OSLER_OK)
            status = advance(p);
    }
    if (status != OSLER_OK)
        return status;
    if (!tag)
        return query_fail(p->error, from->column, "a range needs a field, as in 2019:2024[dp]");
    query_leaf *leaf = arena_alloc(p->memory, sizeof *leaf);
    *leaf = (query_leaf){
        .tag = tag, .quoted = from->kind == TOKEN_PHRASE, .column = from->column, .near = -1};
    leaf->text = arena_copy(p->memory, from->text);
    leaf->to = arena_copy(p->memory, to.text);
    *out = new_group(p);
    (*out)->leaf = leaf;
    p->terms++;
    return query_check_leaf(leaf, p->error);
}

/* The words of a run under their tag. */
static osler_status add_tagged(struct parser *p, query_node *group, query_operator join,
                               const query_tag *tag, struct run *run)
{
    query_node *node = NULL;
    osler_status status;
    size_t first = covers_one_word(tag) ? run->count - 1 : names_from(tag, run);
    if (first > 0) {
        struct run before = {run->items, first};
        status = map_run(p, &before, &node);
        if (status != OSLER_OK)
            return status;
        add_item(p, group, join, node);
        join = QUERY_AND;
        *run = (struct run){&run->items[first], run->count - first};
    }
    bool early_prefix = false;
    for (size_t i = 0; i + 1 < run->count; i++)
        early_prefix |= run->items[i].prefix;
    if (early_prefix) {
        node = new_group(p);
        status = add_each(p, node, tag, run);
    } else {
        token t = joined(&run->items[0], &run->items[run->count - 1]);
        status = new_leaf(p, tag, &t, &node);
    }
    add_item(p, group, join, node);
    return status;
}

/* A word between others that looks like an operator. */
static void note_operator(struct parser *p, str text)
{
    static const char *const operators[] = {"AND", "OR", "NOT"};
    bool last = p->now.kind == TOKEN_END || p->now.kind == TOKEN_CLOSE || p->now.kind == TOKEN_TAG;
    for (size_t i = 0; !last && i < 3; i++)
        if (str_equal_ignoring_case(text, str_of(operators[i])))
            note(p, "'%.*s' in lower case is a word, no operator: write %s", STR_ARG(text),
                 operators[i]);
}

static osler_status parse_run(struct parser *p, query_node *group, query_operator join)
{
    struct run run = {0};
    osler_status status = OSLER_OK;
    while (status == OSLER_OK && p->now.kind == TOKEN_WORD) {
        token *t = arena_append(p->memory, &run.items, &run.count, sizeof *run.items);
        *t = p->now;
        status = advance(p);
        if (status == OSLER_OK && (group->count || run.count > 1))
            note_operator(p, t->text);
    }
    const query_tag *tag = NULL;
    query_node *node = NULL;
    if (status == OSLER_OK && p->now.kind == TOKEN_TAG) {
        status = find_tag(p, &p->now, &tag);
        if (status == OSLER_OK)
            status = advance(p);
    }
    if (status != OSLER_OK)
        return status;
    if (p->now.kind != TOKEN_COLON && tag)
        return add_tagged(p, group, join, tag, &run);
    bool range = p->now.kind == TOKEN_COLON;
    struct run before = {run.items, run.count - range};
    if (before.count) {
        status = map_run(p, &before, &node);
        if (status != OSLER_OK)
            return status;
        add_item(p, group, join, node);
        join = QUERY_AND;
    }
    if (!range)
        return OSLER_OK;
    status = parse_range(p, &run.items[run.count - 1], tag, &node);
    if (status == OSLER_OK)
        add_item(p, group, join, node);
    return status;
}

static osler_status parse_phrase(struct parser *p, query_node *group, query_operator join)
{
    token phrase = p->now;
    const query_tag *tag = NULL;
    query_node *node = NULL;
    osler_status status = advance(p);
    if (status == OSLER_OK && p->now.kind == TOKEN_TAG) {
        status = find_tag(p, &p->now, &tag);
        if (status == OSLER_OK)
            status = advance(p);
    }
    if (status != OSLER_OK)
        return status;
    status = p->now.kind == TOKEN_COLON
                 ? parse_range(p, &phrase, tag, &node)
                 : new_leaf(p, tag ? tag : query_tag_find(str_of("all")), &phrase, &node);
    if (status == OSLER_OK)
        add_item(p, group, join, node);
    return status;
}

/* "n:>100", "year:2019:2024", "flag:retracted" */
static osler_status parse_field(struct parser *p, query_node *group, query_operator join)
{
    const query_tag *tag = query_tag_find(p->now.text);
    unsigned column = p->now.column;
    query_node *node = NULL;
    osler_status status = advance(p);
    if (status != OSLER_OK)
        return status;
    if (p->now.kind != TOKEN_WORD && p->now.kind != TOKEN_PHRASE)
        return query_fail(p->error, column, "a value must follow this field");
    token value = p->now;
    status = advance(p);
    if (status != OSLER_OK)
        return status;
    status = p->now.kind == TOKEN_COLON ? parse_range(p, &value, tag, &node)
                                        : new_leaf(p, tag, &value, &node);
    if (status == OSLER_OK)
        add_item(p, group, join, node);
    return status;
}

static osler_status parse_parentheses(struct parser *p, unsigned depth, query_node *group,
                                      query_operator join)
{
    unsigned column = p->now.column;
    if (depth >= LIMIT_DEPTH)
        return query_fail(p->error, column, "more than %d parentheses stand inside each other",
                          LIMIT_DEPTH);
    query_node *node = NULL;
    osler_status status = advance(p);
    if (status == OSLER_OK)
        status = parse_group(p, depth + 1, &node);
    if (status != OSLER_OK)
        return status;
    if (p->now.kind != TOKEN_CLOSE)
        return query_fail(p->error, column, "this parenthesis is not closed");
    if (!node->leaf && !node->count)
        return query_fail(p->error, column, "there is nothing between these parentheses");
    status = advance(p);
    if (status == OSLER_OK && p->now.kind == TOKEN_TAG)
        return query_fail(p->error, p->now.column,
                          "a field cannot stand behind a parenthesis; give it to each term");
    add_item(p, group, join, node);
    return status;
}

static osler_status parse_operand(struct parser *p, unsigned depth, query_node *group,
                                  query_operator join)
{
    switch (p->now.kind) {
    case TOKEN_WORD: return parse_run(p, group, join);
    case TOKEN_PHRASE: return parse_phrase(p, group, join);
    case TOKEN_FIELD: return parse_field(p, group, join);
    case TOKEN_OPEN: return parse_parentheses(p, depth, group, join);
    case TOKEN_TAG:
        return query_fail(p->error, p->now.column,
                          "a field needs a term before it, as in pain[ti]");
    case TOKEN_COLON:
        return query_fail(p->error, p->now.column, "a range needs its beginning before the colon");
    case TOKEN_END:
    case TOKEN_CLOSE:
    case TOKEN_AND:
    case TOKEN_OR:
    case TOKEN_NOT: break;
    }
    return query_fail(p->error, p->now.column, "a term must stand here");
}

static bool is_operator(enum token_kind kind)
{
    return kind == TOKEN_AND || kind == TOKEN_OR || kind == TOKEN_NOT;
}

/* The operator that stands here, or the AND between terms side by side. */
static osler_status parse_operator(struct parser *p, bool first, query_operator *out)
{
    enum token_kind kind = p->now.kind;
    *out = kind == TOKEN_OR ? QUERY_OR : kind == TOKEN_NOT ? QUERY_NOT : QUERY_AND;
    if (!is_operator(kind))
        return OSLER_OK;
    if (first && kind != TOKEN_NOT)
        return query_fail(p->error, p->now.column, "a term must stand before %s",
                          kind == TOKEN_AND ? "AND" : "OR");
    osler_status status = advance(p);
    if (status == OSLER_OK && kind == TOKEN_AND && p->now.kind == TOKEN_NOT) {
        *out = QUERY_NOT; /* "a AND NOT b" */
        status = advance(p);
    }
    if (status == OSLER_OK && (p->now.kind == TOKEN_END || p->now.kind == TOKEN_CLOSE))
        return query_fail(p->error, p->now.column, "a term must stand behind %s",
                          *out == QUERY_AND  ? "AND"
                          : *out == QUERY_OR ? "OR"
                                             : "NOT");
    return status;
}

static osler_status parse_group(struct parser *p, unsigned depth, query_node **out)
{
    query_node *group = new_group(p);
    osler_status status = OSLER_OK;
    while (status == OSLER_OK && p->now.kind != TOKEN_END && p->now.kind != TOKEN_CLOSE) {
        query_operator join;
        p->near = -1;
        status = parse_operator(p, group->count == 0, &join);
        if (status == OSLER_OK)
            status = parse_operand(p, depth, group, join);
    }
    bool single = group->count == 1 && group->items[0].join != QUERY_NOT;
    *out = single ? group->items[0].node : group;
    return status;
}

osler_status query_parse(arena *memory, str text, query_node **out, osler_text_list *notes,
                         osler_error *error)
{
    *out = NULL;
    if (text.length > LIMIT_QUERY)
        return query_fail(error, 0, "the query is longer than %d bytes", LIMIT_QUERY);
    struct parser p = {.memory = memory, .query = text, .notes = notes, .error = error};
    osler_status status = advance(&p);
    if (status == OSLER_OK)
        status = parse_group(&p, 0, out);
    if (status == OSLER_OK && p.now.kind == TOKEN_CLOSE)
        status = query_fail(error, p.now.column, "this parenthesis was not opened");
    return status;
}
