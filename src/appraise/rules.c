/* Compiling the rows of cues.def and sizes.def. */
#include "appraise/rules.h"

#include "appraise/numbers.h"
#include "appraise/pattern.h"

#include <pthread.h>
#include <string.h>

static const rule rows[] = {
#define CUE(claim, places, strength, pattern)                                                      \
    {RULE_CUE, CLAIM_##claim, 0, strength, 0, 0, places, pattern},
#define GUARD(claim, scope, places, pattern)                                                       \
    {RULE_GUARD, CLAIM_##claim, SCOPE_##scope, 0, 0, 0, places, pattern},
#include "appraise/cues.def"
#define SIZE(trust, kind, places, pattern)                                                         \
    {RULE_SIZE, CLAIM_none, 0, 0, trust, SIZE_##kind, places, pattern},
#include "appraise/sizes.def"
};

static const char *const class_names[] = {
#define WORDS(name, members) #name,
#include "appraise/cues.def"
};

static const char *const class_members[] = {
#define WORDS(name, members) members,
#include "appraise/cues.def"
};

/* How the numbers of registries begin: words that are worth a second look. */
static const char *const registries[] = {
#define REGISTRY(name, prefix, least, most, claim, weight) prefix,
#include "appraise/registries.def"
};

static pthread_once_t once = PTHREAD_ONCE_INIT;
static arena memory;
static lexicon words;
static pattern_set patterns;
static const rule *fault;

const rule *rule_get(unsigned row)
{
    return row < sizeof rows / sizeof *rows ? &rows[row] : NULL;
}

bool rule_is_action(const rule *r)
{
    return strpbrk(r->places, "DM") != NULL;
}

static unsigned places_of(const char *letters)
{
    static const struct {
        char letter;
        unsigned places;
    } meanings[] = {
        {'T', 1U << PLACE_TITLE},
        {'L', 1U << PLACE_LABEL},
        {'D', 1U << PLACE_DESIGN},
        {'M', 1U << PLACE_METHODS | 1U << PLACE_DESIGN | 1U << PLACE_UNLABELED},
        {'R', 1U << PLACE_RESULTS | 1U << PLACE_UNLABELED},
        {'O', 1U << PLACE_OBJECTIVE | 1U << PLACE_UNLABELED},
        {'C', 1U << PLACE_CONCLUSION | 1U << PLACE_UNLABELED},
        {'K', 1U << PLACE_BACKGROUND | 1U << PLACE_UNLABELED},
        {'G', 1U << PLACE_REGISTRATION},
        {'A', ~(1U << PLACE_TITLE | 1U << PLACE_LABEL)},
    };
    unsigned places = 0;
    for (; *letters; letters++)
        for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++)
            if (meanings[i].letter == *letters)
                places |= meanings[i].places;
    return places;
}

static void compile(void)
{
    words.memory = &memory;
    patterns = (pattern_set){
        .memory = &memory, .words = &words, .class_names = class_names, .class_count = CLASS_COUNT};
    patterns.breakers = rules_class(CLASS_breaking);
    for (size_t i = 0; i < CLASS_COUNT; i++)
        pattern_class(&patterns, i, class_members[i]);
    for (unsigned i = 0; i < sizeof rows / sizeof *rows; i++)
        if (!pattern_add(&patterns, rows[i].pattern, i, places_of(rows[i].places)) && !fault)
            fault = &rows[i];
    const char *number;
    for (unsigned i = 0; (number = number_word(i)); i++) {
        lexicon_word *entry = lexicon_enter(&words, str_of(number));
        if (entry)
            entry->counts = true;
    }
    for (size_t i = 0; i < sizeof registries / sizeof *registries; i++)
        lexicon_add_lead(&words, registries[i]);
    bool room = lexicon_finish(&words);
    if ((!patterns_finish(&patterns) || !room) && !fault)
        fault = &rows[sizeof rows / sizeof *rows - 1];
}

const pattern_set *rules_patterns(void)
{
    pthread_once(&once, compile);
    return &patterns;
}

const lexicon *rules_words(void)
{
    return rules_patterns()->words;
}

const rule *rules_fault(void)
{
    rules_patterns();
    return fault;
}
