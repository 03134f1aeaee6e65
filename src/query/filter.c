/* What a query asks of facts: dates, sizes, ranges of PMIDs, whether there is an abstract. */
#include "query/query.h"

#include "store/facts.h"

enum { FEW_PMIDS = 1000 }; /* a range that is better looked up than tried on every document */

bool query_is_fact(const query_leaf *leaf)
{
    const char *text = "";
    switch (leaf->tag->kind) {
    case QUERY_DATE:
    case QUERY_SIZE: return true;
    case QUERY_NUMBER: return leaf->high - leaf->low >= FEW_PMIDS;
    case QUERY_FILTER: return query_filter(str_of(leaf->text), &text) && !text;
    case QUERY_WORDS:
    case QUERY_AUTHOR:
    case QUERY_JOURNAL:
    case QUERY_HEADING:
    case QUERY_TYPE:
    case QUERY_LANGUAGE:
    case QUERY_REGISTRY:
    case QUERY_PAGE:
    case QUERY_DESIGN:
    case QUERY_FLAG:
    case QUERY_QUALIFIER:
    case QUERY_IDENTIFIER:
    case QUERY_TERM:
    case QUERY_OWN: break;
    }
    return false;
}

struct test {
    const query_leaf *leaf;
    bool against;
};

static bool is_between(int64_t value, const query_leaf *leaf)
{
    return value && value >= leaf->low && value <= leaf->high;
}

/* Whole years also match the year to cite: PubMed searches the print and the electronic date. */
static bool was_published(index_date d, const query_leaf *leaf)
{
    bool years = leaf->low % 10000 == 0 && leaf->high % 10000 == 9999;
    return is_between(d.date, leaf) ||
           (years && d.year >= leaf->low / 10000 && d.year <= leaf->high / 10000);
}

static bool holds(const index_facts *facts, const query_leaf *leaf)
{
    if (leaf->tag->kind == QUERY_SIZE)
        return is_between(facts->n, leaf);
    if (leaf->tag->kind == QUERY_NUMBER)
        return is_between(facts->pmid, leaf);
    if (leaf->tag->kind == QUERY_FILTER)
        return facts->traits & FACTS_ABSTRACT;
    return is_between(leaf->tag->argument == DATE_ENTERED ? facts->entered : facts->revised, leaf);
}

static bool keep(void *context, const index_facts *facts)
{
    const struct test *t = context;
    return holds(facts, t->leaf) != t->against;
}

static bool keep_date(void *context, index_date date)
{
    const struct test *t = context;
    return was_published(date, t->leaf) != t->against;
}

osler_status query_filter_leaf(const query_context *where, const query_leaf *leaf, bool against,
                               index_set *set, osler_error *error)
{
    struct test t = {leaf, against};
    unsigned which = leaf->tag->argument;
    if (leaf->tag->kind == QUERY_DATE && which != DATE_ENTERED && which != DATE_REVISED)
        return index_filter_dates(where->index, set, keep_date, &t, error);
    return index_filter(where->index, set, keep, &t, error);
}
