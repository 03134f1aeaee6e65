/* Compiling the rows that facts are read by. */
#include "appraise/fact_rules.h"

#include "appraise/numbers.h"
#include "appraise/pattern.h"
#include "appraise/registries.h"

#include <pthread.h>

static const fact_rule rows[] = {
#define MEASURE(name, scale, pattern) {FACT_MEASURE, SCALE_##scale, name, pattern},
#define SHORT(name, scale, pattern) {FACT_SHORT, SCALE_##scale, name, pattern},
#define QUALIFIER(word) {FACT_QUALIFIER, 0, word, word},
#include "appraise/effects.def"
#define FOLLOW_UP(trust, pattern) {FACT_FOLLOW_UP, trust, NULL, pattern},
#include "appraise/follow_up.def"
#define TITLE_PART(part, pattern) {FACT_TITLE_PART, PART_##part, NULL, pattern},
#define CONTROL(comparator, pattern) {FACT_CONTROL, 0, comparator, pattern},
#include "appraise/interventions.def"
#define LABELED(kind, pattern) {FACT_LABELED, STATED_##kind, NULL, pattern},
#define SAID(kind, pattern) {FACT_SAID, STATED_##kind, NULL, pattern},
#include "appraise/statements.def"
};

static const char *const class_names[] = {
#define WORDS(name, members) #name,
#include "appraise/follow_up.def"
};

static const char *const class_members[] = {
#define WORDS(name, members) members,
#include "appraise/follow_up.def"
};

enum { ROWS = sizeof rows / sizeof *rows, CLASSES = sizeof class_names / sizeof *class_names };

static pthread_once_t once = PTHREAD_ONCE_INIT;
static arena memory;
static lexicon words;
static pattern_set patterns;
static const fact_rule *fault;

const fact_rule *fact_rule_get(unsigned row)
{
    return row < ROWS ? &rows[row] : NULL;
}

static unsigned places_of(const fact_rule *r)
{
    unsigned title = 1U << PLACE_TITLE, label = 1U << PLACE_LABEL;
    switch (r->kind) {
    case FACT_TITLE_PART:
    case FACT_CONTROL: return title;
    case FACT_LABELED: return label;
    case FACT_MEASURE:
    case FACT_SHORT:
    case FACT_QUALIFIER:
    case FACT_FOLLOW_UP:
    case FACT_SAID: break;
    }
    return ~(title | label);
}

static void compile(void)
{
    const char *text;
    words.memory = &memory;
    patterns = (pattern_set){
        .memory = &memory, .words = &words, .class_names = class_names, .class_count = CLASSES};
    for (size_t i = 0; i < CLASSES; i++)
        pattern_class(&patterns, i, class_members[i]);
    for (unsigned i = 0; i < ROWS; i++)
        if (!pattern_add(&patterns, rows[i].pattern, i, places_of(&rows[i])) && !fault)
            fault = &rows[i];
    for (unsigned i = 0; (text = number_word(i)); i++) {
        lexicon_word *entry = lexicon_enter(&words, str_of(text));
        if (entry)
            entry->counts = true;
    }
    for (unsigned i = 0; (text = registry_prefix(i)); i++)
        lexicon_add_lead(&words, text);
    bool room = lexicon_finish(&words);
    if ((!patterns_finish(&patterns) || !room) && !fault)
        fault = &rows[ROWS - 1];
}

void reading_of(arena *room, reading *out, const osler_record *record)
{
    pthread_once(&once, compile);
    *out = (reading){.text = text_of(room, &words, record)};
    for (size_t i = 0; i < out->text.count; i++)
        patterns_match(&patterns, room, &out->matches, &out->text.items[i]);
}

bool reading_is(const reading *r, size_t i, fact_kind kind)
{
    return rows[r->matches.items[i].row].kind == kind;
}

const char *fact_place(arena *room, const passage *p)
{
    if (p->place == PLACE_TITLE)
        return "title";
    return p->label ? arena_copy(room, str_of(p->label)) : "abstract";
}

osler_fact fact_at(arena *room, const passage *p, size_t at, const char *text)
{
    return (osler_fact){
        .text = text, .sentence = text_sentence(room, p, at), .place = fact_place(room, p)};
}

const fact_rule *fact_rules_fault(void)
{
    pthread_once(&once, compile);
    return fault;
}
