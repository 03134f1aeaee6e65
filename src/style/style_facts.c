/* What the elements of an area print and test, found out once for the whole style. */
#include "style/style_facts.h"

enum { DEEPEST = 64, MOST_NODES = 100000 };

/* A walk through elements: macros may call one another without end. */
struct walk {
    struct area_facts facts;
    unsigned nodes;
};

static void look_at_conditions(struct walk *walk, const struct branch *branch)
{
    for (size_t i = 0; i < branch->count; i++)
        if (branch->conditions[i].kind == CONDITION_DISAMBIGUATE)
            walk->facts.tests_disambiguate = true;
}

static void look_at(struct walk *walk, const struct nodes *nodes, unsigned depth)
{
    if (depth > DEEPEST)
        return;
    for (size_t i = 0; i < nodes->count && walk->nodes < MOST_NODES; i++) {
        const struct node *node = nodes->items[i];
        bool prints = node->kind == NODE_TEXT_VARIABLE || node->kind == NODE_NUMBER;
        walk->nodes++;
        if (prints && node->variable == VARIABLE_YEAR_SUFFIX)
            walk->facts.prints_year_suffix = true;
        if (prints && node->variable == VARIABLE_CITATION_NUMBER)
            walk->facts.prints_number = true;
        if (node->kind == NODE_TEXT_VARIABLE && node->variable == VARIABLE_CITATION_NUMBER)
            walk->facts.texts_number = true;
        look_at(walk, &node->children, depth + 1);
        if (node->names)
            look_at(walk, &node->names->substitute, depth + 1);
        for (size_t k = 0; k < node->branch_count; k++) {
            look_at_conditions(walk, &node->branches[k]);
            look_at(walk, &node->branches[k].children, depth + 1);
        }
    }
}

static void find_facts(struct area *area)
{
    struct walk layout = {{0}, 0}, macros = {{0}, 0};

    look_at(&layout, &area->layout, 0);
    area->facts = layout.facts;
    for (size_t i = 0; i < area->key_count; i++) {
        const struct sort_key *key = &area->keys[i];
        struct walk walk = {{0}, macros.nodes};
        if (key->macro)
            look_at(&walk, &key->macro->children, 0);
        macros = walk;
        area->facts.macros_sort_by_number |= walk.facts.prints_number;
        area->facts.counts_down |= key->descending && (key->variable == VARIABLE_CITATION_NUMBER ||
                                                       walk.facts.texts_number);
    }
}

void style_find_facts(struct style *style)
{
    find_facts(&style->citation);
    find_facts(&style->bibliography);
}
