/* The macros of a style: found by name, followed from call to call, held within bounds. */
#include "style/style_reader.h"

#include "base/error.h"

#include <stdlib.h>

enum {
    MOST_CALL_DEPTH = 400,  /* of nested elements with the macros they call; styles reach 60 */
    MOST_ELEMENTS = 200000, /* when each call is counted as the elements of its macro */
};

static int by_name_and_line(const void *a, const void *b)
{
    const struct macro *x = *(const struct macro *const *)a, *y = *(const struct macro *const *)b;
    int order = str_compare(x->name, y->name);
    return order ? order : (x > y) - (x < y);
}

void collect_macros(struct style_reader *r, const struct element *root)
{
    for (const struct element *child = root->first; child; child = child->next) {
        if (child->name != ELEMENT_MACRO)
            continue;
        struct macro *macro = arena_append(r->memory, &r->macros, &r->macro_count, sizeof *macro);
        const str *name = value_required(&r->complaints, child, ATTRIBUTE_NAME);
        macro->name = name ? *name : (str){0};
        macro->line = child->line;
    }
    r->by_name = arena_room(r->memory, (r->macro_count + 1) * sizeof *r->by_name);
    for (size_t i = 0; i < r->macro_count; i++)
        r->by_name[i] = &r->macros[i];
    if (r->macro_count)
        qsort(r->by_name, r->macro_count, sizeof *r->by_name, by_name_and_line);
    for (size_t i = 0; i < r->macro_count; i++) {
        const struct macro *macro = r->by_name[i];
        if (r->name_count && str_equal(r->by_name[r->name_count - 1]->name, macro->name)) {
            str shown = str_part(macro->name, 0, 80);
            csl_complain(&r->complaints, macro->line,
                         "<macro>: a second macro \"%.*s\"; the one of line %u is used",
                         STR_ARG(shown), r->by_name[r->name_count - 1]->line);
        } else {
            r->by_name[r->name_count++] = macro;
        }
    }
    r->extents = arena_alloc(r->memory, (r->macro_count + 1) * sizeof *r->extents);
}

static const struct macro *find_macro(const struct style_reader *r, str name)
{
    size_t low = 0, high = r->name_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = str_compare(name, r->by_name[middle]->name);
        if (order == 0)
            return r->by_name[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

const struct macro *call_macro(struct style_reader *r, const struct element *element, str name,
                               struct node *node)
{
    const struct macro *macro = find_macro(r, name);
    if (!macro) {
        str shown = str_part(name, 0, 80);
        csl_complain(&r->complaints, element->line, "<%s>: there is no macro \"%.*s\"",
                     element_name(element), STR_ARG(shown));
        return NULL;
    }
    struct macro_call *call = arena_append(r->memory, &r->calls, &r->call_count, sizeof *call);
    *call = (struct macro_call){.node = node,
                                .caller = r->caller,
                                .callee = (unsigned)(macro - r->macros),
                                .depth = r->depth,
                                .line = element->line};
    return macro;
}

void read_macros(struct style_reader *r, const struct element *root)
{
    r->caller = 0;
    for (const struct element *child = root->first; child; child = child->next) {
        if (child->name != ELEMENT_MACRO)
            continue;
        read_nodes(r, child, &r->macros[r->caller].children);
        r->caller++;
    }
}

/* The place of the first call of `caller`: calls were noted in the order of their callers. */
static size_t first_call(const struct style_reader *r, unsigned caller)
{
    size_t low = 0, high = r->call_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (r->calls[middle].caller < caller)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Add to the caller what the callee has, all of it known. */
static osler_status take_in(struct style_reader *r, const struct macro_call *call,
                            osler_error *error)
{
    const struct macro_extent *called = &r->extents[call->callee];
    struct macro_extent *extent = &r->extents[call->caller];
    str name = str_part(r->macros[call->callee].name, 0, 80);
    extent->size += called->size;
    if (extent->depth < call->depth + called->depth)
        extent->depth = call->depth + called->depth;
    if (extent->depth > MOST_CALL_DEPTH)
        return fail(error, OSLER_ELIMIT, call->line,
                    "calling the macro \"%.*s\" nests elements deeper than %d", STR_ARG(name),
                    MOST_CALL_DEPTH);
    if (extent->size > MOST_ELEMENTS)
        return fail(error, OSLER_ELIMIT, call->line,
                    "with the macro \"%.*s\" there would be more than %d elements", STR_ARG(name),
                    MOST_ELEMENTS);
    return OSLER_OK;
}

/*
 * Add to `caller` the depth and size of all that it calls.  `level` bounds the recursion: a chain
 * of calls is at least as deep as it has macros.
 */
static osler_status follow_calls(struct style_reader *r, unsigned caller, unsigned level,
                                 osler_error *error)
{
    osler_status status = OSLER_OK;
    r->extents[caller].started = true;
    for (size_t i = first_call(r, caller); i < r->call_count && r->calls[i].caller == caller; i++) {
        const struct macro_call *call = &r->calls[i];
        const struct macro_extent *called = &r->extents[call->callee];
        str name = str_part(r->macros[call->callee].name, 0, 80);
        if (called->started && !called->ended)
            return fail(error, OSLER_EINPUT, call->line,
                        "the macro \"%.*s\" (line %u) calls itself, at last here; expected an end",
                        STR_ARG(name), r->macros[call->callee].line);
        if (level == MOST_CALL_DEPTH)
            return fail(error, OSLER_ELIMIT, call->line,
                        "calling the macro \"%.*s\" nests elements deeper than %d", STR_ARG(name),
                        MOST_CALL_DEPTH);
        if (!called->ended)
            status = follow_calls(r, call->callee, level + 1, error);
        if (status == OSLER_OK)
            status = take_in(r, call, error);
        if (status != OSLER_OK)
            return status;
    }
    r->extents[caller].ended = true;
    return OSLER_OK;
}

osler_status resolve_calls(struct style_reader *r, osler_error *error)
{
    for (size_t i = 0; i <= r->macro_count; i++) {
        if (r->extents[i].started)
            continue;
        osler_status status = follow_calls(r, (unsigned)i, 0, error);
        if (status != OSLER_OK)
            return fail_source(error, status, r->complaints.source);
    }
    for (size_t i = 0; i < r->call_count; i++)
        if (r->calls[i].node)
            r->calls[i].node->children = r->macros[r->calls[i].callee].children;
    return OSLER_OK;
}
