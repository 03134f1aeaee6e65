/* A style of any bytes: a tree that can be walked, and complaints and errors that say something. */
#include "style/tree.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void hear(void *context, const osler_error *complaint)
{
    (void)context;
    if (complaint->status == OSLER_OK || !complaint->message[0])
        abort();
}

/* Everything that is rendered, with the macros that are called, as deep as it goes. */
static size_t walk(struct nodes nodes, size_t left, unsigned depth)
{
    if (depth > 1000)
        abort();
    for (size_t i = 0; i < nodes.count && left; i++) {
        const struct node *node = nodes.items[i];
        left = walk(node->children, left - 1, depth + 1);
        for (size_t b = 0; b < node->branch_count; b++)
            left = walk(node->branches[b].children, left, depth + 1);
        if (node->kind == NODE_NAMES)
            left = walk(node->names->substitute, left, depth + 1);
        if (node->kind == NODE_TEXT_MACRO && !node->macro)
            abort();
    }
    return left;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct style *style;
    struct locale *locale;
    osler_error error = {0};
    str xml = {(const char *)data, size};
    osler_status status = style_read(&style, xml, "fuzz", hear, NULL, &error);
    if (status != OSLER_OK) {
        if (style || error.status != status || !error.message[0])
            abort();
        return 0;
    }
    arena memory = {0};
    setenv("OSLER_LOCALES", "/nonexistent", 1);
    if (!walk(style->citation.layout, 1000000, 0) || !walk(style->bibliography.layout, 1000000, 0))
        abort();
    if (locale_load(&memory, &locale, style, NULL, &error) != OSLER_OK)
        abort();
    for (unsigned number = 0; number < 130; number++)
        for (enum gender g = GENDER_NONE; g <= GENDER_FEMININE; g++)
            locale_ordinal_suffix(locale, number, g);
    arena_free(&memory);
    style_free(style);
    return 0;
}
