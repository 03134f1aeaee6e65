/* Random queries give what going through all records one by one gives. */
#include "check.h"
#include "random.h"

#include "base/words.h"
#include "query/query.h"

#include <osler/find.h>

enum { RECORDS = 200, QUERIES = 600 };

/* One record as words, field by field. */
struct plain {
    word_list title, abstract, keywords[4];
    size_t keyword_count;
    const invented *row;
};

static bool equal(str a, const char *b)
{
    return str_is(a, b);
}

/* The words of `phrase` stand one behind the other, in one sentence. */
static bool has_phrase(const word_list *text, const word_list *phrase, bool prefix)
{
    for (size_t at = 0; at + phrase->count <= text->count; at++) {
        bool there = true;
        for (size_t i = 0; there && i < phrase->count; i++) {
            str wanted = phrase->items[i].folded, found = text->items[at + i].folded;
            there = prefix && i + 1 == phrase->count ? str_starts_with(found, wanted)
                                                     : str_equal(found, wanted);
            there &= text->items[at + i].sentence == text->items[at].sentence;
        }
        if (there)
            return true;
    }
    return false;
}

/* Two words in any order with at most `most` words between them. */
static bool are_near(const word_list *text, const char *one, const char *two, size_t most)
{
    for (size_t i = 0; i < text->count; i++)
        for (size_t k = 0; k < text->count; k++) {
            size_t from = i < k ? i : k, to = i < k ? k : i;
            uint32_t apart = text->items[to].sentence - text->items[from].sentence;
            if (i != k && to - from - 1 + apart <= most && equal(text->items[i].folded, one) &&
                equal(text->items[k].folded, two))
                return true;
        }
    return false;
}

/* A query, and what it says of a record. */
struct asked {
    buf text;
    bool matches[RECORDS];
};

struct world {
    random_source random;
    struct plain records[RECORDS];
};

static bool in_title_or_abstract(const struct plain *p, const word_list *phrase, bool prefix,
                                 bool title_only)
{
    bool there = has_phrase(&p->title, phrase, prefix);
    if (!title_only)
        there |= has_phrase(&p->abstract, phrase, prefix);
    for (size_t i = 0; !title_only && i < p->keyword_count; i++)
        there |= has_phrase(&p->keywords[i], phrase, prefix);
    return there;
}

static const char *some_word(struct world *w)
{
    return random_words[random_below(&w->random, RANDOM_WORDS)];
}

static void ask_phrase(struct world *w, struct asked *a, bool prefix, bool title_only)
{
    buf phrase = {0};
    buf_add_text(&phrase, some_word(w));
    if (random_below(&w->random, 2))
        buf_printf(&phrase, " %s", some_word(w));
    if (prefix)
        phrase.length = phrase.length > 4 ? phrase.length - 1 : phrase.length;
    if (phrase.data[phrase.length - 1] == ' ')
        phrase.length--;
    word_list words = words_of(&w->random.memory, buf_str(&phrase));
    prefix &= words.items[words.count - 1].folded.length >= QUERY_SHORTEST_PREFIX;
    buf_printf(&a->text, "\"%s%s\"[%s]", buf_text(&phrase), prefix ? "*" : "",
               title_only ? "ti" : "tiab");
    for (size_t i = 0; i < RECORDS; i++)
        a->matches[i] = in_title_or_abstract(&w->records[i], &words, prefix, title_only);
    buf_free(&phrase);
}

static void ask_near(struct world *w, struct asked *a)
{
    const char *one = "migraine", *two = random_below(&w->random, 2) ? "pain" : "chronic";
    unsigned most = random_below(&w->random, 6);
    buf_printf(&a->text, "\"%s %s\"[ti:~%u]", one, two, most);
    for (size_t i = 0; i < RECORDS; i++)
        a->matches[i] = are_near(&w->records[i].title, one, two, most);
}

static void ask_year(struct world *w, struct asked *a)
{
    int from = 2000 + (int)random_below(&w->random, 20),
        to = from + (int)random_below(&w->random, 5);
    buf_printf(&a->text, "%d:%d[dp]", from, to);
    for (size_t i = 0; i < RECORDS; i++)
        a->matches[i] = w->records[i].row->year >= from && w->records[i].row->year <= to;
}

static void ask_author(struct world *w, struct asked *a)
{
    bool smith = random_below(&w->random, 2);
    buf_add_text(&a->text, smith ? "Smith[au]" : "\"J Headache Pain\"[ta]");
    for (size_t i = 0; i < RECORDS; i++)
        a->matches[i] = strstr(smith ? w->records[i].row->authors : w->records[i].row->journal,
                               smith ? "Smith " : "Headache") != NULL;
}

static void ask_heading(struct world *w, struct asked *a)
{
    bool major = random_below(&w->random, 2);
    buf_add_text(&a->text, major ? "acupuncture therapy[majr:noexp]" : "\"Headache\"[mh:noexp]");
    for (size_t i = 0; i < RECORDS; i++) {
        const char *headings = w->records[i].row->headings;
        a->matches[i] =
            headings && (major ? strstr(headings, "D015670*") : strstr(headings, "D006261"));
    }
}

static void ask_one(struct world *w, struct asked *a)
{
    switch (random_below(&w->random, 7)) {
    case 0: ask_phrase(w, a, false, false); break;
    case 1: ask_phrase(w, a, true, false); break;
    case 2: ask_phrase(w, a, false, true); break;
    case 3: ask_near(w, a); break;
    case 4: ask_year(w, a); break;
    case 5: ask_author(w, a); break;
    default: ask_heading(w, a); break;
    }
}

/* A term, or two queries in parentheses with an operator between them. */
static void ask(struct world *w, struct asked *a, unsigned depth)
{
    static const char *const operators[] = {" AND ", " OR ", " NOT "};
    *a = (struct asked){0};
    if (!depth || !random_below(&w->random, 3)) {
        ask_one(w, a);
        return;
    }
    struct asked *left = arena_alloc(&w->random.memory, 2 * sizeof *left), *right = left + 1;
    unsigned operator= random_below(&w->random, 3);
    ask(w, left, depth - 1);
    ask(w, right, depth - 1);
    bool bare = random_below(&w->random, 2); /* the left side goes on from left to right */
    buf_printf(&a->text, bare ? "%s%s(%s)" : "(%s)%s(%s)", buf_text(&left->text),
               operators[operator], buf_text(&right->text));
    for (size_t i = 0; i < RECORDS; i++)
        a->matches[i] = operator== 0 ? left->matches[i] && right->matches[i] :
                        operator== 1 ? left->matches[i] || right->matches[i]
                                     : left->matches[i] && !right->matches[i];
    buf_free(&left->text);
    buf_free(&right->text);
}

static void read_records(struct world *w, const invented *rows)
{
    for (size_t i = 0; i < RECORDS; i++) {
        struct plain *p = &w->records[i];
        p->row = &rows[i];
        p->title = words_of(&w->random.memory, str_of(rows[i].title));
        p->abstract = words_of(&w->random.memory, str_of(rows[i].abstract));
        str rest = str_of(rows[i].keywords), one;
        while (p->keyword_count < 4 && str_next_field(&rest, '|', &one))
            p->keywords[p->keyword_count++] = words_of(&w->random.memory, one);
    }
}

static void check_query(struct world *w, osler_library *library, struct asked *a)
{
    osler_find_result *found = NULL;
    osler_error error = {0};
    osler_find_options how = {.ids_only = true, .count_terms = random_below(&w->random, 2)};
    size_t expected = 0;
    bool same = osler_find(&found, library, buf_text(&a->text), &how, &error) == OSLER_OK;
    for (size_t i = 0; i < RECORDS; i++)
        expected += a->matches[i];
    same = same && found->count == expected && found->results.count == expected;
    for (size_t i = 0; same && i < expected; i++) {
        unsigned long pmid = strtoul(found->results.items[i].id, NULL, 10);
        same = pmid - 990000000 < RECORDS && a->matches[pmid - 990000000];
    }
    if (!same)
        fprintf(stderr, "%s\n  found %d, expected %zu %s\n", a->text.data,
                found ? (int)found->count : -1, expected, error.message);
    CHECK(same);
    osler_find_result_free(found);
}

TEST(random_queries_find_what_a_plain_search_finds)
{
    struct world *w = calloc(1, sizeof *w);
    invented_library l;
    w->random.state = 42;
    invented *rows = random_records(&w->random, RECORDS);
    invented_open(&l, rows, RECORDS);
    read_records(w, rows);
    for (size_t i = 0; i < QUERIES; i++) {
        struct asked a;
        ask(w, &a, 3);
        check_query(w, l.library, &a);
        buf_free(&a.text);
    }
    invented_close(&l);
    arena_free(&w->random.memory);
    free(w);
}
