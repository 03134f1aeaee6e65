/* The study designs that people mean by a code, a name, or the words they say for it. */
#include "query/query.h"

#include "base/form.h"

#include <osler/appraise.h>
#include <string.h>

static const struct {
    const char *words, *codes;
} said[] = {
#define SAID(words, codes) {words, codes},
#include "query/designs.def"
#undef SAID
};

/* The bit of a code, or the bits of a lane. */
static uint64_t bits_of(str item)
{
    const char *code;
    uint64_t bits = 0;
    bool lane = str_starts_with(item, (str)STR("lane:"));
    for (unsigned i = 0; i < 64 && (code = osler_design_code(i)); i++)
        if (lane ? str_is(str_part(item, 5, item.length), osler_design_lane(code))
                 : str_is(item, code))
            bits |= (uint64_t)1 << i;
    return bits;
}

uint64_t query_designs(str words)
{
    arena scratch = {0};
    str key = form_key(&scratch, words);
    uint64_t bits = 0;
    const char *code;
    for (unsigned i = 0; key.length && i < 64 && (code = osler_design_code(i)); i++)
        if (str_equal(key, form_key(&scratch, str_of(code))) ||
            str_equal(key, form_key(&scratch, str_of(osler_design_name(code)))))
            bits = (uint64_t)1 << i;
    for (size_t i = 0; !bits && i < sizeof said / sizeof *said; i++) {
        str rest = str_of(said[i].codes), item;
        if (str_equal(key, form_key(&scratch, str_of(said[i].words))))
            while (str_next_field(&rest, '|', &item))
                bits |= bits_of(item);
    }
    arena_free(&scratch);
    return bits;
}

void query_design_suggest(buf *b, str words)
{
    enum { FAR = 5 };
    arena scratch = {0};
    str typed = query_words(&scratch, words);
    const char *code, *best = NULL;
    unsigned nearest = FAR;
    for (unsigned i = 0; (code = osler_design_code(i)); i++) {
        str name = query_words(&scratch, str_of(code));
        unsigned limit = typed.length < 6 ? 1 : 4, distance = mesh_distance(typed, name, limit);
        bool part = typed.length > 3 &&
                    (str_starts_with(name, typed) || str_contains_ignoring_case(name, typed));
        if (distance > limit)
            distance = part ? FAR - 1 : FAR;
        if (distance < nearest) {
            nearest = distance;
            best = code;
        }
    }
    if (best)
        buf_printf(b, "; '%s' is near it", best);
    arena_free(&scratch);
}
