/* cs:names: the lists of names of its variables, their labels, and what stands in for them. */
#include "style/names_list.h"
#include <stdio.h>

/* The lists that one cs:names prints. */
enum { MAX_LISTS = 32 };
struct lists {
    const struct item_names *names[MAX_LISTS];
    unsigned terms[MAX_LISTS];
    unsigned count;
};

static bool name_equal(const struct item_name *a, const struct item_name *b)
{
    return str_equal(a->family, b->family) && str_equal(a->given, b->given) &&
           str_equal(a->literal, b->literal) && str_equal(a->suffix, b->suffix) &&
           str_equal(a->dropping_particle, b->dropping_particle) &&
           str_equal(a->non_dropping_particle, b->non_dropping_particle);
}

static bool names_equal(const struct item_names *a, const struct item_names *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (!name_equal(&a->items[i], &b->items[i]))
            return false;
    return true;
}

/* Editors who translated too are named once. */
static void merge_editor_translator(const struct render *r, const struct names_node *node,
                                    struct lists *lists)
{
    bool both =
        node->variable_count == 2 && lists->count == 2 &&
        ((node->variables[0] == VARIABLE_EDITOR && node->variables[1] == VARIABLE_TRANSLATOR) ||
         (node->variables[0] == VARIABLE_TRANSLATOR && node->variables[1] == VARIABLE_EDITOR));

    if (both && names_equal(lists->names[0], lists->names[1]) &&
        locale_text(r->locale, TERM_EDITORTRANSLATOR, node->label ? node->label->form : FORM_LONG,
                    false)
            .length) {
        lists->count = 1;
        lists->terms[0] = TERM_EDITORTRANSLATOR;
    }
}

static void collect(const struct render *r, const struct names_node *node, struct lists *lists)
{
    lists->count = 0;
    for (size_t i = 0; i < node->variable_count && lists->count < MAX_LISTS; i++) {
        enum variable variable = node->variables[i];
        const struct item_names *names =
            render_is_suppressed(r, variable) ? NULL : item_names(r->item, variable);
        if (!names)
            continue;
        lists->names[lists->count] = names;
        lists->terms[lists->count++] = term_of(str_of(variable_name(variable)));
    }
    if (lists->count == 2)
        merge_editor_translator(r, node, lists);
}

static bool is_plain(const struct look *look)
{
    return formatting_is_plain(&look->formatting) && !look->text_case && !look->prefix.length &&
           !look->suffix.length;
}

/* Take over cs:name, cs:et-al and cs:label of the cs:names around, as far as `names` has none. */
static void take_over(struct names_node *names, const struct names_node *own,
                      const struct names_node *around)
{
    names->options = around->options;
    name_options_merge(&names->options, &own->options);
    names->name_look = around->name_look;
    names->has_name = around->has_name;
    if (!own->label) {
        names->label = around->label;
        names->label_first = around->label_first;
    }
    if (!own->has_et_al) {
        names->et_al = around->et_al;
        names->et_al_term = around->et_al_term;
        names->has_et_al = around->has_et_al;
    }
}

/*
 * Within cs:substitute, a cs:names without cs:name is dressed as the one around it; one without
 * any child takes over that one's formatting and affixes too.  What cs:name-part says there holds
 * for all names, in macros too, that do not say otherwise.
 */
static const struct node *dressed_node(struct render *r, const struct node *node)
{
    const struct names_node *own = node->names;
    bool nameless = r->substituting && !own->has_name;
    bool family = r->name_parts && is_plain(&own->family) && !is_plain(&r->name_parts->family);
    bool given = r->name_parts && is_plain(&own->given) && !is_plain(&r->name_parts->given);

    if (!nameless && !family && !given)
        return node;
    struct node *dressed = arena_room(r->memory, sizeof *dressed);
    struct names_node *names = arena_room(r->memory, sizeof *names);
    *dressed = *node;
    *names = *own;
    dressed->names = names;
    if (nameless) {
        if (!own->has_et_al && !own->label)
            dressed->look = r->substituting->look;
        take_over(names, own, r->substituting->names);
    }
    if (family)
        names->family = r->name_parts->family;
    if (given)
        names->given = r->name_parts->given;
    return dressed;
}

/* Of a cs:name-part, what the formatting and what the affixes say; NULL for what says nothing. */
static void split_look(struct render *r, const struct look *look, const struct look **dress,
                       const struct look **affixes)
{
    bool has_affixes = look->prefix.length || look->suffix.length;

    *dress = *affixes = NULL;
    if (r->sorting)
        return;
    if (has_affixes) {
        struct look *own = arena_alloc(r->memory, sizeof *own);
        own->prefix = look->prefix;
        own->suffix = look->suffix;
        *affixes = own;
    }
    if (formatting_is_plain(&look->formatting) && !look->text_case)
        return;
    if (has_affixes) {
        struct look *own = arena_alloc(r->memory, sizeof *own);
        own->formatting = look->formatting;
        own->text_case = look->text_case;
        *dress = own;
    } else {
        *dress = look;
    }
}

/* These languages do not break a line between the two. */
static str particle_gap(const struct locale *locale)
{
    static const char *const languages[] = {"cs", "fr", "ru"};

    for (size_t i = 0; i < sizeof languages / sizeof languages[0]; i++)
        if (strncmp(locale->language, languages[i], 2) == 0)
            return (str)STR("\u00A0");
    return (str)STR(" ");
}

static void dress_up(struct name_dress *dress, struct render *r, const struct names_node *node)
{
    struct name_options *options = arena_room(r->memory, sizeof *options);

    name_options_resolve(options, r, node);
    *dress = (struct name_dress){.r = r, .node = node, .options = options};
    split_look(r, &node->family, &dress->family, &dress->family_affixes);
    split_look(r, &node->given, &dress->given, &dress->given_affixes);
    if (!r->sorting)
        dress->name = &node->name_look;
    dress->language = render_case_language(r);
    dress->particle_gap = particle_gap(r->locale);
}

static const struct name_shape *shape_of(const struct render *r)
{
    return r->name_lists < SHAPE_LISTS ? &r->shape.lists[r->name_lists] : NULL;
}

/* form="count": how many names are printed; padded where it is sorted by. */
static struct output *count_names(struct render *r, const struct name_options *options,
                                  const struct lists *lists)
{
    char digits[24];
    unsigned total = 0;

    for (unsigned i = 0; i < lists->count; i++)
        total += names_shown(r, options, lists->names[i], NULL);
    int length = snprintf(digits, sizeof digits, r->sorting ? "%08u" : "%u", total);
    str text = {digits, (size_t)length};
    return output_leaf(r->memory, (str){arena_copy(r->memory, text), text.length}, NULL);
}

/* Say how many names the list has and shows, for those who asked. */
static void note_extent(const struct name_dress *dress, const struct item_names *names,
                        const struct name_shape *shape)
{
    const struct render *r = dress->r;

    if (r->extents && r->name_lists < SHAPE_LISTS)
        r->extents[r->name_lists] = (struct name_extent){
            (unsigned)names->count, names_shown(r, dress->options, names, shape), names,
            dress->options, dress->node};
}

/* The names of one variable with its label. */
static struct output *labeled_list(struct name_dress *dress, const struct item_names *names,
                                   unsigned term)
{
    struct render *r = dress->r;
    const struct names_node *node = dress->node;
    const struct name_shape *shape = shape_of(r);
    struct output *list = names_list(dress, names, shape);

    note_extent(dress, names, shape);
    r->name_lists++;
    if (!node->label || r->sorting || output_is_empty(list))
        return list;
    struct output *label = render_role_label(r, node->label, term, names->count > 1);
    if (!label)
        return list;
    label->role = ROLE_LABEL;
    struct output *both = output_group(r->memory, NULL);
    output_add(both, node->label_first ? label : list);
    output_add(both, node->label_first ? list : label);
    return both;
}

/* The dress of cs:names, with the delimiter between the lists that was inherited. */
static const struct look *names_look(struct render *r, const struct look *look,
                                     const struct name_options *options, unsigned lists)
{
    if (lists < 2 || str_equal(look->delimiter, options->names_delimiter))
        return look;
    struct look *own = arena_room(r->memory, sizeof *own);
    *own = *look;
    own->delimiter = options->names_delimiter;
    return own;
}

static struct output *render_lists(struct render *r, const struct node *node,
                                   const struct lists *lists)
{
    struct name_dress dress;

    dress_up(&dress, r, node->names);
    const struct look *look = names_look(r, &node->look, dress.options, lists->count);
    struct output *out = output_group(r->memory, look);
    out->role = ROLE_NAMES;
    if (dress.options->form == NAME_FORM_COUNT) {
        output_add(out, count_names(r, dress.options, lists));
    } else {
        for (unsigned i = 0; i < lists->count; i++)
            output_add(out, labeled_list(&dress, lists->names[i], lists->terms[i]));
    }
    buf_free(&dress.scratch);
    return out;
}

static void suppress_printed(struct render *r, struct nodes nodes, unsigned depth);

static void suppress_node(struct render *r, const struct node *node, unsigned depth)
{
    const struct branch *branch;

    switch ((enum node_kind)node->kind) {
    case NODE_TEXT_VARIABLE:
    case NODE_NUMBER: render_suppress(r, node->variable); break;
    case NODE_DATE: render_suppress(r, node->date->variable); break;
    case NODE_NAMES:
        for (size_t i = 0; i < node->names->variable_count; i++)
            render_suppress(r, node->names->variables[i]);
        break;
    case NODE_TEXT_MACRO:
    case NODE_GROUP: suppress_printed(r, node->children, depth); break;
    case NODE_CHOOSE:
        branch = choose_branch(r, node);
        if (branch)
            suppress_printed(r, branch->children, depth);
        break;
    case NODE_TEXT_TERM:
    case NODE_TEXT_VALUE:
    case NODE_LABEL: break;
    }
}

/* Note the variables that a substitute printed: they are not printed again. */
static void suppress_printed(struct render *r, struct nodes nodes, unsigned depth)
{
    if (depth >= RENDER_DEPTH || r->steps > RENDER_STEPS)
        return;
    for (size_t i = 0; i < nodes.count; i++) {
        r->steps++;
        suppress_node(r, nodes.items[i], depth + 1);
    }
}

/* Mark the tree as what a cs:names rendered. */
static struct output *as_names(struct render *r, struct output *tree)
{
    if (tree->role != ROLE_NONE && tree->role != ROLE_NAMES) {
        struct output *group = output_group(r->memory, NULL);
        output_add(group, tree);
        tree = group;
    }
    tree->role = ROLE_NAMES;
    return tree;
}

/* The first candidate of cs:substitute that prints something. */
static struct output *substitute(struct render *r, const struct node *node, enum found *found)
{
    const struct node *around = r->substituting;
    const struct names_node *name_parts = r->name_parts;
    struct missing *missing = r->missing;
    struct nodes candidates = node->names->substitute;
    struct output *out = NULL;

    r->missing = NULL;
    r->name_parts = node->names;
    for (size_t i = 0; i < candidates.count && !out; i++) {
        enum found here = FOUND_NOTHING;
        r->substituting = candidates.items[i]->kind == NODE_TEXT_MACRO ? NULL : node;
        out = render_node(r, candidates.items[i], &here);
        if (here == FOUND_ABSENT || output_is_empty(out)) {
            out = NULL;
            continue;
        }
        if (here == FOUND_CONTENT) /* a term alone prints, but is no content to a group */
            *found = FOUND_CONTENT;
        suppress_printed(r, (struct nodes){&candidates.items[i], 1}, 0);
        out = as_names(r, out);
    }
    r->substituting = around;
    r->name_parts = name_parts;
    r->missing = missing;
    return out;
}

/* Works without names come before those with one, where a count is sorted by. */
static struct output *count_of_none(struct render *r, const struct names_node *node)
{
    static const struct lists none;
    struct name_options options;

    name_options_resolve(&options, r, node);
    return options.form == NAME_FORM_COUNT ? count_names(r, &options, &none) : NULL;
}

struct output *render_names(struct render *r, const struct node *node, enum found *found)
{
    struct lists lists;
    bool first = r->name_lists == 0;
    struct output *out = NULL;

    node = dressed_node(r, node);
    collect(r, node->names, &lists);
    *found = lists.count ? FOUND_CONTENT : FOUND_ABSENT;
    if (lists.count)
        out = render_lists(r, node, &lists);
    else if (node->names->substitute.count)
        out = substitute(r, node, found);
    if (!out && r->sorting)
        out = count_of_none(r, node->names);
    if (!out && node->names->variable_count)
        render_miss(r, node->names->variables[0]);
    if (out && first && r->suppress_author && !r->sorting) {
        r->name_lists += r->name_lists == 0; /* a title that stood in counts too */
        return NULL;
    }
    return out;
}
