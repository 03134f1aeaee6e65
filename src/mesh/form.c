/* Common forms of words: number and spelling. */
#include "mesh/form.h"

#include <string.h>

static bool ends_in(str s, const char *end)
{
    size_t length = strlen(end);
    return s.length >= length && memcmp(s.data + s.length - length, end, length) == 0;
}

/* Add `word` in the singular.  The rules need not give a real word, only the same one always. */
static void add_singular(buf *b, str plural)
{
    static const struct {
        const char *many, *one;
        size_t shortest;
    } rules[] = {
        {"ies", "y", 5},   {"aches", "ache", 5}, {"yses", "ysis", 6}, {"ches", "ch", 6},
        {"shes", "sh", 5}, {"sses", "ss", 6},    {"xes", "x", 5},     {"ss", "ss", 2},
        {"us", "us", 2},   {"is", "is", 2},      {"s", "", 4},
    };
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        if (plural.length < rules[i].shortest || !ends_in(plural, rules[i].many))
            continue;
        buf_add(b, str_part(plural, 0, plural.length - strlen(rules[i].many)));
        buf_add_text(b, rules[i].one);
        return;
    }
    buf_add(b, plural);
}

/* British spellings of words that medicine uses, as they stand inside longer words. */
static const struct {
    const char *british, *american;
} spellings[] = {
    {"aemi", "emi"},           {"haem", "hem"},       {"paed", "ped"},        {"oedem", "edem"},
    {"oesoph", "esoph"},       {"oestr", "estr"},     {"gynaec", "gynec"},    {"foet", "fet"},
    {"behaviour", "behavior"}, {"tumour", "tumor"},   {"isation", "ization"}, {"ised", "ized"},
    {"centre", "center"},      {"fibre", "fiber"},    {"anaesth", "anesth"},  {"caecum", "cecum"},
    {"diarrhoe", "diarrhe"},   {"leukaem", "leukem"}, {"labour", "labor"},    {"colour", "color"},
    {"ageing", "aging"},       {"sulph", "sulf"},
};

/* Add `folded` with every spelling of one side in the other's; true when there was one. */
static bool add_respelled(buf *b, str folded, bool american)
{
    bool changed = false;
    while (folded.length) {
        size_t used = 0;
        for (size_t i = 0; !used && i < sizeof spellings / sizeof *spellings; i++) {
            str from = str_of(american ? spellings[i].british : spellings[i].american);
            if (str_starts_with(folded, from)) {
                buf_add_text(b, american ? spellings[i].american : spellings[i].british);
                used = from.length;
            }
        }
        if (!used)
            buf_add_byte(b, folded.data[0]);
        changed |= used > 0;
        folded = str_part(folded, used ? used : 1, folded.length);
    }
    return changed;
}

void form_add(buf *b, str folded)
{
    buf american = {0};
    add_respelled(&american, folded, true);
    add_singular(b, buf_str(&american));
    buf_free(&american);
}

bool form_add_british(buf *b, str folded)
{
    for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++)
        if (str_contains_ignoring_case(folded, str_of(spellings[i].british)))
            return false;
    size_t start = b->length;
    bool changed = add_respelled(b, folded, false);
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
