/* Rendering the elements of a style for one item: texts, groups, macros, conditions. */
#include "style/render.h"
#include "style/citation_label.h"
#include "style/numbers.h"
#include "style/text_case.h"

bool render_is_suppressed(const struct render *r, enum variable variable)
{
    return r->suppressed[variable / 64] >> variable % 64 & 1;
}

void render_suppress(struct render *r, enum variable variable)
{
    r->suppressed[variable / 64] |= (uint64_t)1 << variable % 64;
}

void render_miss(struct render *r, enum variable variable)
{
    struct missing *missing = r->missing;

    if (!missing || r->sorting || missing->count == MISSING_MOST)
        return;
    for (size_t i = 0; i < missing->count; i++)
        if (missing->items[i] == variable)
            return;
    missing->items[missing->count++] = variable;
}

/* Another variable whose text is the short form of this one. */
static enum variable short_form(enum variable variable)
{
    switch ((int)variable) {
    case VARIABLE_TITLE: return VARIABLE_TITLE_SHORT;
    case VARIABLE_CONTAINER_TITLE: return VARIABLE_CONTAINER_TITLE_SHORT;
    default: return VARIABLE_NONE;
    }
}

static enum output_link link_of(enum variable variable)
{
    switch ((int)variable) {
    case VARIABLE_URL: return LINK_URL;
    case VARIABLE_DOI: return LINK_DOI;
    case VARIABLE_PMID: return LINK_PMID;
    case VARIABLE_PMCID: return LINK_PMCID;
    default: return LINK_NONE;
    }
}

static enum output_role role_of(enum variable variable)
{
    switch ((int)variable) {
    case VARIABLE_CITATION_NUMBER: return ROLE_CITATION_NUMBER;
    case VARIABLE_YEAR_SUFFIX: return ROLE_YEAR_SUFFIX;
    case VARIABLE_LOCATOR: return ROLE_LOCATOR;
    default: return ROLE_NONE;
    }
}

/* Apply what the look asks of the texts themselves; keys to sort by need none of it. */
static void dress(struct render *r, struct output *tree, const struct look *look)
{
    if (r->sorting)
        return;
    if (look->strip_periods)
        strip_periods(r->memory, tree);
    if (look->text_case)
        case_apply(r->memory, tree, look->text_case, render_case_language(r));
}

/* An identifier: printed as it is, with its link. */
static struct output *identifier(struct render *r, const struct node *node, str text)
{
    struct output *leaf = output_leaf(r->memory, text, &node->look);

    leaf->verbatim = true;
    leaf->link = link_of(node->variable);
    return leaf;
}

/* A label, with the year-suffix behind it. */
static struct output *label_text(struct render *r, const struct node *node, str text)
{
    str suffix = r->shape.year_suffix;
    struct output *tree;

    if (!suffix.length || r->year_suffix_printed || r->sorting)
        return output_rich(r->memory, text, &node->look);
    tree = output_group(r->memory, &node->look);
    output_add(tree, output_rich(r->memory, text, NULL));
    struct output *leaf = output_leaf(r->memory, suffix, NULL);
    leaf->role = ROLE_YEAR_SUFFIX;
    output_add(tree, leaf);
    r->year_suffix_printed = true;
    return tree;
}

static struct output *text_variable(struct render *r, const struct node *node, enum found *found)
{
    enum variable variable = node->variable;
    enum variable brief = node->form ? short_form(variable) : VARIABLE_NONE;
    str text = {0};

    if (brief && !render_is_suppressed(r, variable))
        text = render_variable_text(r, brief);
    if (!text.length)
        text = render_variable_text(r, variable);
    if (!text.length && variable == VARIABLE_CITATION_LABEL)
        text = citation_label(r->memory, r->item);
    /* A year-suffix is a matter of the style: none is as good as one to a group around. */
    *found = text.length || variable == VARIABLE_YEAR_SUFFIX ? FOUND_CONTENT : FOUND_ABSENT;
    if (!text.length) {
        render_miss(r, variable);
        return NULL;
    }
    if (link_of(variable) != LINK_NONE && !r->sorting)
        return identifier(r, node, text);
    if (variable_kind(variable) == VARIABLE_KIND_NUMBER)
        text = render_number_text(r, variable, text, NUMBER_NUMERIC);
    if (variable == VARIABLE_YEAR_SUFFIX)
        r->year_suffix_printed = true;

    struct output *tree = variable == VARIABLE_CITATION_LABEL
                              ? label_text(r, node, text)
                              : output_rich(r->memory, text, &node->look);
    tree->role = role_of(variable);
    tree->numeral = variable_kind(variable) == VARIABLE_KIND_NUMBER && number_is_one(text);
    dress(r, tree, &node->look);
    return tree;
}

/* A term or a value: no variable is asked for. */
static struct output *fixed_text(struct render *r, const struct node *node, str text)
{
    if (!text.length)
        return NULL;
    struct output *tree = output_rich(r->memory, text, &node->look);
    if (node->kind == NODE_TEXT_TERM)
        tree->role = ROLE_TERM;
    if (r->sorting)
        return tree;
    if (node->look.strip_periods)
        strip_periods(r->memory, tree);
    render_term_case(r, tree, node->look.text_case);
    return tree;
}

/* cs:group and a macro print nothing when they asked for variables and none had content.  What
 * they print is content to a group around them, be it a term alone. */
static struct output *group(struct render *r, const struct node *node, enum found *found)
{
    struct output *tree = render_nodes(r, node->children, &node->look, found);

    if (*found == FOUND_ABSENT || output_is_empty(tree))
        return NULL;
    /* Other processors leave the case of a macro's texts to the macro, and styles rely on it. */
    if (node->kind == NODE_TEXT_MACRO && node->look.strip_periods && !r->sorting)
        strip_periods(r->memory, tree);
    *found = FOUND_CONTENT;
    return tree;
}

/* What two neighbours found together: content before absence before nothing. */
static enum found found_both(enum found a, enum found b)
{
    return a > b ? a : b;
}

/* Render the nodes into `tree`; the chosen branch of cs:choose stands among its neighbours. */
static enum found add_nodes(struct render *r, struct output *tree, struct nodes nodes)
{
    enum found found = FOUND_NOTHING;

    if (r->depth >= RENDER_DEPTH)
        return found;
    r->depth++;
    for (size_t i = 0; i < nodes.count; i++) {
        const struct node *node = nodes.items[i];
        enum found here = FOUND_NOTHING;
        if (node->kind == NODE_CHOOSE) {
            const struct branch *branch = choose_branch(r, node);
            if (branch)
                here = add_nodes(r, tree, branch->children);
        } else {
            output_add(tree, render_node(r, node, &here));
        }
        found = found_both(found, here);
    }
    r->depth--;
    return found;
}

struct output *render_nodes(struct render *r, struct nodes nodes, const struct look *look,
                            enum found *found)
{
    struct output *tree = output_group(r->memory, look);

    *found = add_nodes(r, tree, nodes);
    return tree;
}

struct output *render_node(struct render *r, const struct node *node, enum found *found)
{
    *found = FOUND_NOTHING;
    if (++r->steps > RENDER_STEPS)
        return NULL;
    switch ((enum node_kind)node->kind) {
    case NODE_TEXT_VARIABLE: return text_variable(r, node, found);
    case NODE_TEXT_TERM:
        return fixed_text(r, node, locale_text(r->locale, node->term, node->form, node->plural));
    case NODE_TEXT_VALUE: return fixed_text(r, node, node->value);
    case NODE_DATE: return render_date(r, node, found);
    case NODE_NUMBER: return render_number(r, node, found);
    case NODE_NAMES: return render_names(r, node, found);
    case NODE_LABEL: return render_label(r, node, found);
    case NODE_GROUP:
    case NODE_TEXT_MACRO: return group(r, node, found);
    case NODE_CHOOSE: return render_nodes(r, (struct nodes){&node, 1}, NULL, found);
    }
    return NULL;
}

void render_begin(struct render *r)
{
    memset(r->suppressed, 0, sizeof r->suppressed);
    r->name_lists = 0;
    r->substituting = NULL;
    r->name_parts = NULL;
    r->year_suffix_printed = false;
    r->depth = r->steps = 0;
}

struct output *render_layout(struct render *r)
{
    enum found found;

    render_begin(r);
    struct output *tree = render_nodes(r, r->area->layout, NULL, &found);
    if (!r->author_only)
        return tree;
    tree = output_find(tree, ROLE_NAMES);
    return tree ? output_copy(r->memory, tree) : output_group(r->memory, NULL);
}
