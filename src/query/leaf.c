/* Finding the citations that one term of a query matches. */
#include "query/query.h"

#include "base/words.h"

#include <osler/appraise.h>
#include <string.h>

/* What every finder works with. */
struct finding {
    const query_context *where;
    query_leaf *leaf;
    store_ids *out;
    osler_error *error;
};

str query_words(arena *memory, str text)
{
    arena scratch = {0};
    buf joined = {0};
    word_list words = words_of(&scratch, text);
    for (size_t i = 0; i < words.count; i++) {
        if (i)
            buf_add_byte(&joined, ' ');
        buf_add(&joined, words.items[i].folded);
    }
    str copy = {arena_copy(memory, buf_str(&joined)), joined.length};
    buf_free(&joined);
    arena_free(&scratch);
    return copy;
}

/* Ask one question and add its answer to what was found. */
static osler_status ask(struct finding *f, enum store_question question, str text, int64_t low,
                        int64_t high)
{
    store_ids found;
    store_asked asked = {text, low, high};
    osler_status status =
        store_search(f->where->store, f->where->memory, question, &asked, &found, f->error);
    if (status == OSLER_OK)
        *f->out = store_ids_either(f->where->memory, *f->out, found);
    return status;
}

static osler_status find_phrase(struct finding *f, str words, bool prefix, store_ids *out)
{
    store_phrase phrase = {words, f->leaf->tag->argument, prefix};
    store_phrase_list one = {&phrase, 1};
    return store_search_phrases(f->where->store, f->where->memory, &one, out, f->error);
}

/* A phrase; without quotes its words alone will do where the library has no such phrase. */
static osler_status find_words(struct finding *f)
{
    str words = query_words(f->where->memory, str_of(f->leaf->text)), one;
    osler_status status = find_phrase(f, words, f->leaf->prefix, f->out);
    if (status != OSLER_OK || f->out->count || f->leaf->quoted ||
        str_find(words, ' ') == words.length)
        return status;
    f->leaf->note = "no such phrase: its words";
    bool first = true;
    while (status == OSLER_OK && str_next_field(&words, ' ', &one)) {
        store_ids found;
        status = find_phrase(f, one, f->leaf->prefix && !words.length, &found);
        if (status != OSLER_OK)
            return status;
        *f->out = first ? found : store_ids_both(f->where->memory, *f->out, found);
        first = false;
    }
    return status;
}

/*
 * "smith": any Smith; "smith j": Smith J, JA, ...; in quotes exactly so.  Where the last word is
 * too long for initials it may belong to the family name or be a given name; "jane smith" is
 * tried as "smith j" too, as PubMed does with full names.
 */
static osler_status find_author(struct finding *f)
{
    enum store_question exact = (enum store_question)f->leaf->tag->argument;
    enum store_question prefix = exact == STORE_INVESTIGATOR_PREFIX
                                     ? exact
                                     : (enum store_question)(exact + 1); /* the row below it */
    str name = query_words(f->where->memory, str_of(f->leaf->text));
    osler_status status = ask(f, exact, name, 0, 0);
    if (status != OSLER_OK || (f->leaf->quoted && !f->leaf->prefix))
        return status;
    if (f->leaf->prefix)
        return ask(f, prefix, name, 0, 0);
    size_t last = name.length;
    while (last > 0 && name.data[last - 1] != ' ')
        last--;
    bool initials = last > 0 && name.length - last <= 3;
    str family = {name.data, last ? last - 1 : 0};
    buf form = {0};
    if (initials) {
        status = ask(f, prefix, name, 0, 0);
    } else {
        buf_printf(&form, "%.*s ", STR_ARG(name));
        status = ask(f, prefix, buf_str(&form), 0, 0);
    }
    if (status == OSLER_OK && last && !initials && !f->out->count) {
        f->leaf->note = "taken as a full name";
        buf_clear(&form);
        buf_printf(&form, "%.*s %c", STR_ARG(family), name.data[last]);
        status = ask(f, prefix, buf_str(&form), 0, 0);
        buf_clear(&form);
        buf_printf(&form, "%.*s %c", STR_ARG(str_part(name, last, name.length)), name.data[0]);
        if (status == OSLER_OK)
            status = ask(f, prefix, buf_str(&form), 0, 0);
    }
    buf_free(&form);
    return status;
}

static osler_status find_journal(struct finding *f)
{
    str words = query_words(f->where->memory, str_of(f->leaf->text));
    osler_status status =
        ask(f, f->leaf->prefix ? STORE_JOURNAL_PREFIX : STORE_JOURNAL_EXACT, words, 0, 0);
    return status == OSLER_OK ? ask(f, STORE_JOURNAL_NUMBER, str_of(f->leaf->text), 0, 0) : status;
}

/* Whole years also match the year to cite: PubMed searches the print and the electronic date. */
static osler_status find_date(struct finding *f)
{
    const query_leaf *leaf = f->leaf;
    enum store_question question = (enum store_question)leaf->tag->argument;
    osler_status status = ask(f, question, (str){0}, leaf->low, leaf->high);
    bool years = leaf->low % 10000 == 0 && leaf->high % 10000 == 9999;
    if (status == OSLER_OK && years && question == STORE_PUBLISHED)
        status = ask(f, STORE_YEAR, (str){0}, leaf->low / 10000, leaf->high / 10000);
    return status;
}

/* A heading that is asked for, perhaps with a subheading, which must stand on the same heading. */
struct asked_heading {
    str name, qualifier;
    int64_t major;
};

static osler_status ask_heading(struct finding *f, const struct asked_heading *h,
                                const mesh_descriptor *d)
{
    str name = d ? str_of(d->name) : h->name;
    osler_status status = OSLER_OK;
    if (!h->qualifier.length) {
        status = ask(f, STORE_HEADING_NAME, name, h->major, 0);
        return d && status == OSLER_OK ? ask(f, STORE_HEADING_UI, str_of(d->ui), h->major, 0)
                                       : status;
    }
    buf pair = {0};
    buf_printf(&pair, "%.*s/%.*s", STR_ARG(name), STR_ARG(h->qualifier));
    status = ask(f, STORE_QUALIFIED_NAME, buf_str(&pair), h->major, 0);
    buf_clear(&pair);
    if (d)
        buf_printf(&pair, "%s/%.*s", d->ui, STR_ARG(h->qualifier));
    if (d && status == OSLER_OK)
        status = ask(f, STORE_QUALIFIED_UI, buf_str(&pair), h->major, 0);
    buf_free(&pair);
    return status;
}

/* "heading", or "heading/subheading" */
static osler_status find_heading(struct finding *f)
{
    unsigned how = f->leaf->tag->argument;
    str text = str_of(f->leaf->text), name = str_part(text, 0, str_find(text, '/'));
    struct asked_heading h = {str_trim(name),
                              str_trim(str_part(text, name.length + 1, text.length)),
                              how & HEADING_MAJOR ? 1 : 0};
    const mesh_descriptor *root = mesh_find(h.name), *d;
    osler_status status = ask_heading(f, &h, NULL);
    for (size_t i = 0; root && status == OSLER_OK && (d = mesh_at(i)); i++)
        if (d == root || (how & HEADING_EXPLODE && mesh_levels_below(root, d) > 0))
            status = ask_heading(f, &h, d);
    if (!root && how & HEADING_EXPLODE)
        f->leaf->note = "not in the built-in vocabulary: without narrower headings";
    return status;
}

static osler_status find_type(struct finding *f)
{
    static const struct {
        const char *name, *below;
    } types[] = {
#define TYPES(type, narrower) {type, narrower},
#include "query/types.def"
#undef TYPES
    };
    str text = str_trim(str_of(f->leaf->text));
    osler_status status = ask(f, STORE_TYPE_NAME, text, 0, 0);
    if (status == OSLER_OK)
        status = ask(f, STORE_TYPE_UI, text, 0, 0);
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        str rest = str_of(types[i].below), below;
        if (!str_equal_ignoring_case(text, str_of(types[i].name)))
            continue;
        while (status == OSLER_OK && str_next_field(&rest, '|', &below))
            status = ask(f, STORE_TYPE_NAME, below, 0, 0);
    }
    return status;
}

/* PubMed's codes, and the names people write. */
static osler_status find_language(struct finding *f)
{
    static const struct {
        const char *name, *code;
    } names[] = {
        {"english", "eng"}, {"german", "ger"},     {"french", "fre"},    {"spanish", "spa"},
        {"italian", "ita"}, {"portuguese", "por"}, {"russian", "rus"},   {"japanese", "jpn"},
        {"chinese", "chi"}, {"korean", "kor"},     {"dutch", "dut"},     {"polish", "pol"},
        {"swedish", "swe"}, {"danish", "dan"},     {"norwegian", "nor"}, {"finnish", "fin"},
        {"turkish", "tur"}, {"hungarian", "hun"},  {"czech", "cze"},     {"persian", "per"},
        {"arabic", "ara"},  {"hebrew", "heb"},     {"ukrainian", "ukr"}, {"croatian", "hrv"}};
    osler_status status = ask(f, STORE_LANGUAGE, str_of(f->leaf->text), 0, 0);
    for (size_t i = 0; status == OSLER_OK && i < sizeof names / sizeof *names; i++) {
        bool code = str_equal_ignoring_case(str_of(f->leaf->text), str_of(names[i].code));
        if (!code && !str_equal_ignoring_case(str_of(f->leaf->text), str_of(names[i].name)))
            continue;
        status = ask(f, STORE_LANGUAGE, str_of(code ? names[i].name : names[i].code), 0, 0);
    }
    return status;
}

/* "NCT01234567", or "ClinicalTrials.gov/NCT01234567" */
static osler_status find_registry(struct finding *f)
{
    str text = str_of(f->leaf->text);
    size_t slash = str_find(text, '/');
    osler_status status = ask(f, STORE_REGISTRY, text, 0, 0);
    if (status == OSLER_OK && slash < text.length)
        status = ask(f, STORE_REGISTRY, str_part(text, slash + 1, text.length), 0, 0);
    return status;
}

/* "347-54" is known by its first page. */
static osler_status find_page(struct finding *f)
{
    str text = str_of(f->leaf->text);
    return ask(f, STORE_PAGE, str_part(text, 0, str_find(text, '-')), 0, 0);
}

static osler_status find_filter(struct finding *f)
{
    const char *text = NULL;
    query_node *node;
    store_phrase_list unused = {0};
    if (!query_filter(str_of(f->leaf->text), &text) || !text)
        return store_search_abstracts(f->where->store, f->where->memory, f->out, f->error);
    f->leaf->note = text;
    osler_status status = query_parse(f->where->memory, str_of(text), &node, NULL, f->error);
    return status == OSLER_OK ? query_evaluate(f->where, node, f->out, &unused, f->error) : status;
}

static osler_status find_design(struct finding *f)
{
    uint64_t wanted = query_designs(str_of(f->leaf->text));
    const char *code;
    osler_status status = OSLER_OK;
    for (unsigned i = 0; status == OSLER_OK && (code = osler_design_code(i)); i++)
        if (wanted >> i & 1)
            status = ask(f, STORE_DESIGN, str_of(code), 0, 0);
    return status;
}

static osler_status find(struct finding *f)
{
    const query_leaf *leaf = f->leaf;
    str text = str_of(leaf->text);
    switch (leaf->tag->kind) {
    case QUERY_WORDS: return find_words(f);
    case QUERY_AUTHOR: return find_author(f);
    case QUERY_JOURNAL: return find_journal(f);
    case QUERY_DATE: return find_date(f);
    case QUERY_HEADING: return find_heading(f);
    case QUERY_TYPE: return find_type(f);
    case QUERY_LANGUAGE: return find_language(f);
    case QUERY_NUMBER:
        return ask(f, (enum store_question)leaf->tag->argument, text, leaf->low, leaf->high);
    case QUERY_REGISTRY: return find_registry(f);
    case QUERY_PAGE: return find_page(f);
    case QUERY_FILTER: return find_filter(f);
    case QUERY_DESIGN: return find_design(f);
    case QUERY_SIZE: return ask(f, STORE_SIZE, text, leaf->low, leaf->high);
    case QUERY_FLAG: return ask(f, STORE_FLAG, text, 0, 0);
    case QUERY_ASKED: return ask(f, (enum store_question)leaf->tag->argument, text, 0, 0);
    }
    return OSLER_OK;
}

osler_status query_find_leaf(const query_context *where, query_leaf *leaf, store_ids *out,
                             osler_error *error)
{
    struct finding f = {where, leaf, out, error};
    *out = (store_ids){0};
    osler_status status = find(&f);
    leaf->count = out->count;
    return status;
}
