/* Finding the documents that one term of a query matches. */
#include "query/query.h"

#include <osler/appraise.h>
#include <stdlib.h>
#include <string.h>

/* What every finder works with. */
struct finding {
    query_sets *sets;
    const query_context *where;
    query_leaf *leaf;
    index_set *out;
    osler_error *error;
};

enum { EITHER = 3, MAJOR = 2 }; /* fields of headings */

static osler_status add(struct finding *f, enum index_kind kind, str value, unsigned fields)
{
    return index_add_term(f->where->index, f->out, query_term(f->where->memory, kind, value),
                          fields, f->error);
}

static osler_status add_prefix(struct finding *f, enum index_kind kind, str value, unsigned fields)
{
    return index_add_prefix(f->where->index, f->out, query_term(f->where->memory, kind, value),
                            fields, f->error);
}

/* A copy in lower or upper case (ASCII), the arena's. */
static str cased(struct finding *f, str text, bool upper)
{
    char *copy = arena_alloc(f->where->memory, text.length + 1);
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        copy[i] = upper && c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
        if (!upper)
            copy[i] = char_lower(c);
    }
    return (str){copy, text.length};
}

/*
 * "smith": any Smith; "smith j": Smith J, JA, ...; in quotes exactly so.  Where the last word is
 * too long for initials it may belong to the family name or be a given name; "jane smith" is
 * tried as "smith j" too, as PubMed does with full names.
 */
static osler_status find_author(struct finding *f)
{
    unsigned role = f->leaf->tag->argument;
    str name = query_words(f->where->memory, str_of(f->leaf->text));
    bool going_on = f->leaf->prefix || role == AUTHOR_INVESTIGATOR;
    osler_status status = add(f, INDEX_AUTHOR, name, role);
    if (status == OSLER_OK && going_on)
        return add_prefix(f, INDEX_AUTHOR, name, role);
    if (status != OSLER_OK || f->leaf->quoted)
        return status;
    size_t last = name.length;
    index_number any;
    while (last > 0 && name.data[last - 1] != ' ')
        last--;
    bool initials = last > 0 && name.length - last <= 3;
    str family = {name.data, last ? last - 1 : 0};
    buf form = {0};
    buf_printf(&form, initials ? "%.*s" : "%.*s ", STR_ARG(name));
    status = add_prefix(f, INDEX_AUTHOR, buf_str(&form), role);
    if (status == OSLER_OK && last && !initials && !index_set_next(f->out, 0, &any)) {
        f->leaf->note = "taken as a full name";
        buf_clear(&form);
        buf_printf(&form, "%.*s %c", STR_ARG(family), name.data[last]);
        status = add_prefix(f, INDEX_AUTHOR, buf_str(&form), role);
        buf_clear(&form);
        buf_printf(&form, "%.*s %c", STR_ARG(str_part(name, last, name.length)), name.data[0]);
        if (status == OSLER_OK)
            status = add_prefix(f, INDEX_AUTHOR, buf_str(&form), role);
    }
    buf_free(&form);
    return status;
}

static osler_status find_journal(struct finding *f)
{
    str text = str_of(f->leaf->text), words = query_words(f->where->memory, text);
    osler_status status = f->leaf->prefix
                              ? add_prefix(f, INDEX_JOURNAL_NAME, words, INDEX_ALL_FIELDS)
                              : add(f, INDEX_JOURNAL_NAME, words, INDEX_ALL_FIELDS);
    return status == OSLER_OK ? add(f, INDEX_JOURNAL_NUMBER, cased(f, text, true), INDEX_ALL_FIELDS)
                              : status;
}

/* A heading that is asked for, perhaps with a subheading, which must stand on the same heading. */
struct asked_heading {
    str name, qualifier; /* folded words; no qualifier: empty */
    str qualifier_ui;    /* what was typed, in capitals: it may be a UI */
    unsigned fields;
};

/* Pairs of a heading, by name or UI, and the qualifier. */
static osler_status add_pairs(struct finding *f, const struct asked_heading *h, str heading)
{
    buf pair = {0};
    buf_printf(&pair, "%.*s/%.*s", STR_ARG(heading), STR_ARG(h->qualifier));
    osler_status status = add(f, INDEX_QUALIFIED, buf_str(&pair), h->fields);
    buf_clear(&pair);
    buf_printf(&pair, "%.*s/%.*s", STR_ARG(heading), STR_ARG(h->qualifier_ui));
    if (status == OSLER_OK)
        status = add(f, INDEX_QUALIFIED, buf_str(&pair), h->fields);
    buf_free(&pair);
    return status;
}

static osler_status ask_heading(struct finding *f, const struct asked_heading *h,
                                const mesh_descriptor *d)
{
    str name = d ? query_words(f->where->memory, str_of(d->name)) : h->name;
    osler_status status;
    if (h->qualifier.length) {
        status = add_pairs(f, h, name);
        return d && status == OSLER_OK ? add_pairs(f, h, str_of(d->ui)) : status;
    }
    status = add(f, INDEX_HEADING_NAME, name, h->fields);
    return d && status == OSLER_OK ? add(f, INDEX_HEADING, str_of(d->ui), h->fields) : status;
}

/* "heading", or "heading/subheading" */
static osler_status find_heading(struct finding *f)
{
    unsigned how = f->leaf->tag->argument;
    arena *memory = f->where->memory;
    str text = str_of(f->leaf->text), name = str_trim(str_part(text, 0, str_find(text, '/')));
    str qualifier = str_trim(str_part(text, str_find(text, '/') + 1, text.length));
    struct asked_heading h = {query_words(memory, name), query_words(memory, qualifier),
                              cased(f, qualifier, true), how & HEADING_MAJOR ? MAJOR : EITHER};
    const mesh_descriptor *root = mesh_find(name), *d;
    osler_status status = ask_heading(f, &h, NULL);
    if (status == OSLER_OK && !h.qualifier.length)
        status = add(f, INDEX_HEADING, root ? str_of(root->ui) : cased(f, name, true), h.fields);
    if (root && status == OSLER_OK && how & HEADING_EXPLODE && !h.qualifier.length)
        status = add(f, INDEX_ANCESTOR, str_of(root->ui), h.fields);
    for (size_t i = 0; root && status == OSLER_OK && (d = mesh_at(i)); i++)
        if (d == root ||
            (how & HEADING_EXPLODE && h.qualifier.length && mesh_levels_below(root, d) > 0))
            status = ask_heading(f, &h, d);
    if (!root && how & HEADING_EXPLODE)
        f->leaf->note = "not in the built-in vocabulary: without narrower headings";
    return status;
}

static osler_status find_qualifier(struct finding *f)
{
    str text = str_trim(str_of(f->leaf->text));
    osler_status status =
        add(f, INDEX_QUALIFIER, query_words(f->where->memory, text), INDEX_ALL_FIELDS);
    return status == OSLER_OK ? add(f, INDEX_QUALIFIER, cased(f, text, true), INDEX_ALL_FIELDS)
                              : status;
}

static osler_status add_type(struct finding *f, str name)
{
    return add(f, INDEX_TYPE, query_words(f->where->memory, name), INDEX_ALL_FIELDS);
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
    osler_status status = add_type(f, text);
    if (status == OSLER_OK)
        status = add(f, INDEX_TYPE, cased(f, text, true), INDEX_ALL_FIELDS);
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        str rest = str_of(types[i].below), below;
        if (!str_equal_ignoring_case(text, str_of(types[i].name)))
            continue;
        while (status == OSLER_OK && str_next_field(&rest, '|', &below))
            status = add_type(f, below);
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
    str text = str_of(f->leaf->text);
    osler_status status = add(f, INDEX_LANGUAGE, cased(f, text, false), INDEX_ALL_FIELDS);
    for (size_t i = 0; status == OSLER_OK && i < sizeof names / sizeof *names; i++) {
        bool code = str_equal_ignoring_case(text, str_of(names[i].code));
        if (code || str_equal_ignoring_case(text, str_of(names[i].name)))
            status = add(f, INDEX_LANGUAGE, str_of(code ? names[i].name : names[i].code),
                         INDEX_ALL_FIELDS);
    }
    return status;
}

static osler_status add_identifier(struct finding *f, const char *scheme, str value)
{
    buf term = {0};
    buf_printf(&term, "%s:%.*s", scheme, STR_ARG(value));
    osler_status status =
        add(f, INDEX_IDENTIFIER, cased(f, buf_str(&term), false), INDEX_ALL_FIELDS);
    buf_free(&term);
    return status;
}

static osler_status find_identifier(struct finding *f)
{
    static const char *const schemes[] = {"doi",      "pmcid", "pii",  "isbn",
                                          "registry", "mid",   "sici", "bookaccession",
                                          "pmcpid",   "rid",   "eid",  "pmpid"};
    str text = str_trim(str_of(f->leaf->text));
    if (f->leaf->tag->argument == IDENTIFIER_DOI)
        return add_identifier(f, "doi", text);
    if (f->leaf->tag->argument == IDENTIFIER_PMCID)
        return add_identifier(f, "pmcid", text);
    osler_status status = OSLER_OK;
    for (size_t i = 0; status == OSLER_OK && i < sizeof schemes / sizeof *schemes; i++)
        status = add_identifier(f, schemes[i], text);
    return status;
}

/* "NCT01234567", or "ClinicalTrials.gov/NCT01234567" */
static osler_status find_registry(struct finding *f)
{
    str text = str_of(f->leaf->text);
    size_t slash = str_find(text, '/');
    osler_status status = add_identifier(f, "registry", text);
    if (status == OSLER_OK && slash < text.length)
        status = add_identifier(f, "registry", str_part(text, slash + 1, text.length));
    return status;
}

/* "347-54" is known by its first page. */
static osler_status find_page(struct finding *f)
{
    str text = str_of(f->leaf->text), page = str_part(text, 0, str_find(text, '-'));
    return add(f, INDEX_PAGE, cased(f, page, false), INDEX_ALL_FIELDS);
}

static osler_status find_filter(struct finding *f)
{
    const char *text = NULL;
    query_node *node;
    index_set found;
    if (!query_filter(str_of(f->leaf->text), &text) || !text)
        return OSLER_OK;
    f->leaf->note = text;
    osler_status status = query_parse(f->where->memory, str_of(text), &node, NULL, f->error);
    if (status == OSLER_OK)
        status = query_evaluate(f->where, node, &found, NULL, f->error);
    if (status == OSLER_OK)
        index_set_or(f->out, &found);
    return status;
}

static osler_status find_design(struct finding *f)
{
    uint64_t wanted = query_designs(str_of(f->leaf->text));
    const char *code;
    osler_status status = OSLER_OK;
    for (unsigned i = 0; status == OSLER_OK && (code = osler_design_code(i)); i++)
        if (wanted >> i & 1)
            status = add(f, INDEX_DESIGN, str_of(code), INDEX_ALL_FIELDS);
    return status;
}

static osler_status find_term(struct finding *f)
{
    enum index_kind kind = (enum index_kind)f->leaf->tag->argument;
    str text = str_trim(str_of(f->leaf->text));
    return add(f, kind, cased(f, text, kind == INDEX_JOURNAL_NUMBER), INDEX_ALL_FIELDS);
}

/* Citations that a table of the store names. */
static osler_status add_asked(struct finding *f, enum store_question question)
{
    osler_status status = OSLER_OK;
    store_asked asked = {str_of(f->leaf->text), f->leaf->low, f->leaf->high};
    for (size_t i = 0; status == OSLER_OK && i < f->where->store_count; i++) {
        store_ids ids;
        status =
            store_search(f->where->stores[i], f->where->memory, question, &asked, &ids, f->error);
        for (size_t k = 0; status == OSLER_OK && k < ids.count; k++) {
            index_number document;
            status = index_find_citation(f->where->index, i, ids.items[k], &document, f->error);
            if (status == OSLER_OK)
                f->out->bits[document / 64] |= UINT64_C(1) << (document % 64);
            else if (status == OSLER_ENOTFOUND)
                status = OSLER_OK;
        }
    }
    return status;
}

/* Everything that the filter leaves. */
static osler_status find_facts(struct finding *f)
{
    index_set_add_living(f->where->index, f->out);
    return query_filter_leaf(f->where, f->leaf, false, f->out, f->error);
}

osler_status query_find_leaf(query_sets *sets, query_leaf *leaf, index_set *out, osler_error *error)
{
    struct finding f = {sets, sets->where, leaf, out, error};
    if (query_is_fact(leaf))
        return find_facts(&f);
    switch (leaf->tag->kind) {
    case QUERY_WORDS: return query_find_words(sets, leaf, out, error);
    case QUERY_AUTHOR: return find_author(&f);
    case QUERY_JOURNAL: return find_journal(&f);
    case QUERY_HEADING: return find_heading(&f);
    case QUERY_TYPE: return find_type(&f);
    case QUERY_LANGUAGE: return find_language(&f);
    case QUERY_REGISTRY: return find_registry(&f);
    case QUERY_PAGE: return find_page(&f);
    case QUERY_FILTER: return find_filter(&f);
    case QUERY_DESIGN: return find_design(&f);
    case QUERY_FLAG:
        return add(&f, INDEX_FLAG, cased(&f, str_of(leaf->text), false), INDEX_ALL_FIELDS);
    case QUERY_QUALIFIER: return find_qualifier(&f);
    case QUERY_IDENTIFIER: return find_identifier(&f);
    case QUERY_TERM: return find_term(&f);
    case QUERY_OWN: return add_asked(&f, (enum store_question)leaf->tag->argument);
    case QUERY_NUMBER: return add_asked(&f, STORE_PMID);
    case QUERY_DATE:
    case QUERY_SIZE: break;
    }
    return OSLER_OK;
}
