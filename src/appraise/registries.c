/* The forms of registries.def: a prefix, then digits, letters or separators. */
#include "appraise/registries.h"

#include <string.h>

static const struct {
    const char *name, *prefix;
    size_t least, most;
    claim claim;
    double weight;
} registries[] = {
#define REGISTRY(name, prefix, least, most, claim, weight)                                         \
    {name, prefix, least, most, CLAIM_##claim, weight},
#include "appraise/registries.def"
};

enum { COUNT = sizeof registries / sizeof *registries, SEPARATORS = 4, LEAST_DIGITS = 3 };

/* The length of the number of registry `i` at the start of `text`; 0 when it is none. */
static size_t length_of(size_t i, str text)
{
    size_t start = strlen(registries[i].prefix), end = start, digits = 0;
    for (; end < text.length && end - start < registries[i].most + SEPARATORS; end++) {
        char c = text.data[end];
        if (char_is_digit(c))
            digits++;
        else if (!(char_is_letter(c) && digits == 0) && !strchr("-/ ", c) && c != 'N')
            break;
    }
    while (end > start && strchr("-/ ", text.data[end - 1]))
        end--;
    return digits < LEAST_DIGITS || end - start < registries[i].least ? 0 : end;
}

bool registry_read(registry_number *out, str text, bool whole)
{
    for (size_t i = 0; text.length && i < COUNT; i++) {
        if (!str_starts_with_ignoring_case(text, str_of(registries[i].prefix)))
            continue;
        size_t length = length_of(i, text);
        if (!length || (whole && length < text.length))
            continue;
        *out = (registry_number){str_part(text, 0, length), registries[i].name, registries[i].claim,
                                 registries[i].weight};
        return true;
    }
    return false;
}

const char *registry_prefix(unsigned index)
{
    return index < COUNT ? registries[index].prefix : NULL;
}
