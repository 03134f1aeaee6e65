/* Printing a query as it was understood. */
#include "query/query.h"

#include <string.h>

/* What was quoted stays so: unquoted, words may be found apart. */
static bool needs_quotes(const query_leaf *leaf)
{
    return leaf->quoted || strchr(leaf->text, ':') != NULL;
}

static void print_leaf(buf *b, const query_leaf *leaf)
{
    bool quotes = needs_quotes(leaf);
    if (leaf->tag->kind == QUERY_SIZE) {
        buf_printf(b, "n:%s", leaf->text);
        if (leaf->to)
            buf_printf(b, ":%s", leaf->to);
        return;
    }
    buf_printf(b, "%s%s%s%s", quotes ? "\"" : "", leaf->text, leaf->prefix ? "*" : "",
               quotes ? "\"" : "");
    if (leaf->to)
        buf_printf(b, ":%s%s%s", quotes ? "\"" : "", leaf->to, quotes ? "\"" : "");
    if (leaf->near >= 0)
        buf_printf(b, "[%s:~%d]", leaf->tag->name, leaf->near);
    else
        buf_printf(b, "[%s]", leaf->tag->name);
}

/* The operator in words; before the first item only a NOT is said. */
static const char *between(query_operator join, bool first)
{
    static const char *const words[] = {" AND ", " OR ", " NOT "};
    return first ? join == QUERY_NOT ? "NOT " : "" : words[join];
}

/* True when the items need no parentheses to be read from left to right. */
static bool is_uniform(const query_node *node)
{
    for (size_t i = 2; i < node->count; i++)
        if (node->items[i].join != node->items[1].join || node->items[i].join == QUERY_NOT)
            return false;
    return node->count < 2 || node->items[0].join != QUERY_NOT;
}

static void print_inner(buf *b, const query_node *node)
{
    bool inner = !node->leaf && node->count > 1;
    if (inner)
        buf_add_byte(b, '(');
    query_print(b, node);
    if (inner)
        buf_add_byte(b, ')');
}

void query_print(buf *b, const query_node *node)
{
    if (node->leaf) {
        print_leaf(b, node->leaf);
        return;
    }
    if (!node->count)
        buf_add_text(b, "all[records]");
    bool uniform = is_uniform(node);
    for (size_t i = 2; !uniform && i < node->count; i++)
        buf_add_byte(b, '(');
    for (size_t i = 0; i < node->count; i++) {
        buf_add_text(b, between(node->items[i].join, i == 0));
        print_inner(b, node->items[i].node);
        if (!uniform && i > 0 && i + 1 < node->count)
            buf_add_byte(b, ')');
    }
}
