/* Copies and lists of a record, counted. */
#include "formats/builder.h"

#include "base/limits.h"
#include "record/record.h"

#include <string.h>

enum { MEMORY_MOST = 96 << 20 };

osler_record *builder_start(builder *b, arena *memory)
{
    *b = (builder){.memory = memory};
    return arena_alloc(memory, sizeof(osler_record));
}

static bool spend(builder *b, size_t size)
{
    b->spent += size;
    if (b->spent > MEMORY_MOST)
        b->exceeded = "this record takes more than 96 MB of memory, the most that is read";
    return !b->exceeded;
}

const char *builder_keep(builder *b, str text)
{
    if (!text.length || !spend(b, text.length + 1))
        return NULL;
    return arena_copy(b->memory, text);
}

const char *builder_keep_markup(builder *b, str plain)
{
    buf markup = {0};
    markup_add_plain(&markup, plain);
    const char *kept = builder_keep(b, buf_str(&markup));
    buf_free(&markup);
    return kept;
}

/* All lists of <osler/record.h> are laid out alike: the items, then their number. */
void *builder_add(builder *b, void *list, size_t size)
{
    size_t *count = (size_t *)(void *)((char *)list + offsetof(osler_text_list, count));
    if (*count >= LIMIT_LIST)
        b->exceeded = "this record has a list of more than 1000000 items, the most that is read";
    /* The list doubles at powers of two, and what it leaves is not given back. */
    bool grows = (*count & (*count - 1)) == 0;
    if (b->exceeded || !spend(b, grows ? (*count ? *count * 2 : 1) * size : 0))
        return NULL;
    return arena_append(b->memory, list, count, size);
}

void builder_add_text(builder *b, osler_text_list *list, str text)
{
    const char *kept = builder_keep(b, text);
    const char **item = kept ? BUILDER_ADD(b, list) : NULL;
    if (item)
        *item = kept;
}

const char *builder_lower_case(builder *b, const char *text)
{
    if (!text || !spend(b, strlen(text) + 1))
        return NULL;
    char *lower = arena_alloc(b->memory, strlen(text) + 1);
    for (size_t i = 0; text[i]; i++)
        lower[i] = char_lower(text[i]);
    return lower;
}
