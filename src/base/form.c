/* Common forms of words: number and spelling. */
#include "base/form.h"

#include "base/spelling.h"

/* Add `word` in the singular.  The rules need not give a real word, only the same one always. */
static void add_singular(buf *b, str plural)
{
    static const struct {
        str many, one;
        size_t shortest;
    } rules[] = {
        {STR("ies"), STR("y"), 5},   {STR("aches"), STR("ache"), 5}, {STR("yses"), STR("ysis"), 6},
        {STR("ches"), STR("ch"), 6}, {STR("shes"), STR("sh"), 5},    {STR("sses"), STR("ss"), 6},
        {STR("xes"), STR("x"), 5},   {STR("ss"), STR("ss"), 2},      {STR("us"), STR("us"), 2},
        {STR("is"), STR("is"), 2},   {STR("s"), STR(""), 4},
    };
    bool many = plural.length && plural.data[plural.length - 1] == 's';
    for (size_t i = 0; many && i < sizeof rules / sizeof *rules; i++) {
        size_t stem = plural.length - rules[i].many.length;
        if (plural.length < rules[i].shortest ||
            !str_equal(str_part(plural, stem, plural.length), rules[i].many))
            continue;
        buf_add(b, str_part(plural, 0, stem));
        buf_add(b, rules[i].one);
        return;
    }
    buf_add(b, plural);
}

void form_add(buf *b, str folded)
{
    if (!spelling_is_british(folded)) {
        add_singular(b, folded);
        return;
    }
    buf american = {0};
    spelling_add_american(&american, folded);
    add_singular(b, buf_str(&american));
    buf_free(&american);
}

bool form_add_british(buf *b, str folded)
{
    if (spelling_is_british(folded))
        return false;
    size_t start = b->length;
    bool changed = spelling_add_british(b, folded);
    if (!changed)
        b->length = start;
    return changed;
}

str form_key(arena *memory, str text)
{
    arena scratch = {0};
    buf key = {0};
    word_list words = words_of(&scratch, text);
    for (size_t i = 0; i < words.count; i++)
        form_add(&key, words.items[i].folded);
    str copy = {arena_copy(memory, buf_str(&key)), key.length};
    buf_free(&key);
    arena_free(&scratch);
    return copy;
}
