/* Reading phrase patterns into drafts of operations. */
#include "appraise/pattern.h"

#include <stdlib.h>
#include <string.h>

enum { DEPTH = 16 };

struct compiler {
    pattern_set *set;
    const char *at;
    int depth;
    bool failed;
    pattern_needs needs; /* of words: the rarest atom that cannot be left out */
    size_t needs_any;    /* the number of words in it; SIZE_MAX: none; 0: nothing is needed */
};

/* Any sentence has what is needed. */
static void need_nothing(struct compiler *c)
{
    c->needs_any = 0;
    c->needs = (pattern_needs){{UINT64_MAX, UINT64_MAX}, 0};
}

static uint32_t emit(struct compiler *c, op_kind kind, uint32_t a, uint32_t b)
{
    pattern_set *set = c->set;
    struct pattern_draft *draft =
        arena_append(&set->drafting, &set->drafts, &set->draft_count, sizeof *draft);
    *draft = (struct pattern_draft){kind, a, b};
    return (uint32_t)(set->draft_count - 1);
}

static uint32_t here(const struct compiler *c)
{
    return (uint32_t)c->set->draft_count;
}

void pattern_class(pattern_set *set, size_t index, const char *members)
{
    str rest = str_of(members), word;
    while (str_next_field(&rest, ' ', &word)) {
        lexicon_word *entry = word.length ? lexicon_enter(set->words, word) : NULL;
        if (!entry)
            continue;
        struct pattern_class *class = &set->classes[index];
        entry->classes |= (uint64_t)1 << index;
        *(uint32_t *)arena_append(set->memory, &class->ids, &class->count, sizeof *class->ids) =
            entry->id;
    }
}

static bool is_word_byte(char c)
{
    return char_is_letter(c) || char_is_digit(c);
}

static void emit_word(struct compiler *c, str word)
{
    lexicon_word *entry = lexicon_enter(c->set->words, word);
    if (entry)
        emit(c, OP_WORD, entry->id, 0);
    else
        c->failed = true;
}

/* "letters?": with its last letter or without. */
static void emit_with_ending(struct compiler *c, str word)
{
    uint32_t split = emit(c, OP_SPLIT, here(c) + 1, 0);
    emit_word(c, word);
    uint32_t jump = emit(c, OP_JUMP, 0, 0);
    c->set->drafts[split].b = here(c);
    emit_word(c, str_part(word, 0, word.length - 1));
    c->set->drafts[jump].a = here(c);
}

/* "cross-over": the parts as words, or all of them as one. */
static void compile_word(struct compiler *c)
{
    const char *start = c->at;
    char joined[64];
    size_t length = 0, parts = 1;
    for (; is_word_byte(*c->at) || (*c->at == '-' && is_word_byte(c->at[1])); c->at++) {
        if (*c->at == '-')
            parts++;
        else if (length < sizeof joined)
            joined[length++] = *c->at;
    }
    str whole = {start, (size_t)(c->at - start)};
    if (length == sizeof joined || length == 0) {
        c->failed = true;
        return;
    }
    bool ending = *c->at == '?';
    c->at += ending;
    if (parts == 1) {
        ending ? emit_with_ending(c, whole) : emit_word(c, whole);
        return;
    }
    c->failed |= ending;
    uint32_t split = emit(c, OP_SPLIT, here(c) + 1, 0);
    str part;
    while (str_next_field(&whole, '-', &part))
        emit_word(c, part);
    uint32_t jump = emit(c, OP_JUMP, 0, 0);
    c->set->drafts[split].b = here(c);
    emit_word(c, (str){joined, length});
    c->set->drafts[jump].a = here(c);
}

static void compile_class(struct compiler *c)
{
    const char *start = ++c->at;
    while (char_is_letter(*c->at) || *c->at == '_')
        c->at++;
    str name = {start, (size_t)(c->at - start)};
    for (size_t i = 0; i < c->set->class_count; i++) {
        if (str_is(name, c->set->class_names[i])) {
            emit(c, OP_CLASS, (uint32_t)i, 0);
            return;
        }
    }
    c->failed = true;
}

static void compile_gap(struct compiler *c)
{
    op_kind kind = OP_GAP;
    if (*++c->at == '~') {
        kind = OP_NARROW_GAP;
        c->at++;
    }
    char *end;
    unsigned long most = strtoul(c->at, &end, 10);
    c->failed |= end == c->at || most == 0 || most > 40;
    c->at = end;
    emit(c, kind, (uint32_t)most, 0);
}

static void compile_alternatives(struct compiler *c);

static void compile_atom(struct compiler *c)
{
    switch (*c->at) {
    case '(':
        c->at++;
        compile_alternatives(c);
        if (*c->at == ')')
            c->at++;
        else
            c->failed = true;
        break;
    case '@': compile_class(c); break;
    case '~': compile_gap(c); break;
    case '^':
    case '$':
    case ':':
        emit(c, *c->at == '^' ? OP_BEGIN : *c->at == '$' ? OP_END : OP_COLON, 0, 0);
        c->at++;
        break;
    case '#':
        c->at++;
        if (*c->at == 'n' && !is_word_byte(c->at[1])) {
            c->at++;
            emit(c, OP_CAPTURE, 0, 0);
        } else {
            emit(c, OP_NUMBER, 0, 0);
        }
        break;
    default:
        if (is_word_byte(*c->at))
            compile_word(c);
        else
            c->failed = true;
    }
}

/* The words that the drafts from `op` on can begin with; false when that is not known. */
static bool collect_needs(const pattern_set *set, uint32_t op, pattern_needs *needs, size_t *count)
{
    const struct pattern_draft *o = op < set->draft_count ? &set->drafts[op] : NULL;
    if (!o)
        return false;
    if (o->kind == OP_SPLIT)
        return collect_needs(set, o->a, needs, count) && collect_needs(set, o->b, needs, count);
    if (o->kind == OP_JUMP)
        return collect_needs(set, o->a, needs, count);
    if (o->kind == OP_WORD) {
        pattern_needs_word(needs, o->a);
        ++*count;
        return true;
    }
    for (size_t i = 0; o->kind == OP_CLASS && i < set->classes[o->a].count; i++, ++*count)
        pattern_needs_word(needs, set->classes[o->a].ids[i]);
    return o->kind == OP_CLASS;
}

/* What the atom that begins at `op` needs: a class, a number, or words, if it is the rarest. */
static void note_needs(struct compiler *c, uint32_t op)
{
    pattern_needs needs = {{0, 0}, 0};
    size_t count = 0;
    if (c->depth != 1 || !c->needs_any)
        return;
    const struct pattern_draft *o = &c->set->drafts[op];
    if (o->kind == OP_CLASS) {
        c->needs.classes |= UINT64_C(1) << o->a;
    } else if (o->kind == OP_NUMBER || o->kind == OP_CAPTURE) {
        c->needs.classes |= PATTERN_NUMBER;
    } else if (collect_needs(c->set, op, &needs, &count) && count < c->needs_any) {
        memcpy(c->needs.words, needs.words, sizeof needs.words);
        c->needs_any = count;
    }
}

/* An atom with "?" needs a split before it: compiled after a placeholder that otherwise jumps on.
 */
static void compile_sequence(struct compiler *c)
{
    for (bool first = true; !c->failed; first = false) {
        while (*c->at == ' ')
            c->at++;
        if (!*c->at || *c->at == '|' || *c->at == ')')
            return;
        uint32_t before = emit(c, OP_JUMP, here(c) + 1, 0);
        compile_atom(c);
        if (*c->at == '?') {
            c->at++;
            c->set->drafts[before] = (struct pattern_draft){OP_SPLIT, before + 1, here(c)};
        } else if (!first) {
            note_needs(c, before + 1);
        }
    }
}

static void compile_alternatives(struct compiler *c)
{
    if (++c->depth > DEPTH) {
        c->failed = true;
        return;
    }
    uint32_t last_jump = 0; /* the jumps to the end, chained through their targets */
    for (;;) {
        uint32_t split = emit(c, OP_SPLIT, here(c) + 1, 0);
        compile_sequence(c);
        if (c->failed || *c->at != '|') {
            c->set->drafts[split] = (struct pattern_draft){OP_JUMP, split + 1, 0};
            break;
        }
        c->at++;
        if (c->depth == 1)
            need_nothing(c);
        last_jump = emit(c, OP_JUMP, last_jump, 0);
        c->set->drafts[split].b = here(c);
    }
    while (last_jump) {
        uint32_t next = c->set->drafts[last_jump].a;
        c->set->drafts[last_jump].a = here(c);
        last_jump = next;
    }
    c->depth--;
}

/* What the pattern can begin with is known: words, a class, a number. */
static bool begins_with_token(const pattern_set *set, uint32_t draft)
{
    const struct pattern_draft *o = &set->drafts[draft];
    switch (o->kind) {
    case OP_WORD:
    case OP_ONE_OF:
    case OP_CLASS:
    case OP_NUMBER:
    case OP_CAPTURE: return true;
    case OP_SPLIT: return begins_with_token(set, o->a) && begins_with_token(set, o->b);
    case OP_JUMP: return begins_with_token(set, o->a);
    case OP_BEGIN: return begins_with_token(set, draft + 1);
    case OP_GAP:
    case OP_NARROW_GAP:
    case OP_COLON:
    case OP_END:
    case OP_MATCH: break;
    }
    return false;
}

bool pattern_add(pattern_set *set, const char *source, unsigned row, unsigned places)
{
    struct compiler c = {.set = set, .at = source, .needs_any = SIZE_MAX};
    uint32_t start = here(&c);
    compile_alternatives(&c);
    c.failed |= *c.at != '\0';
    emit(&c, OP_MATCH, 0, 0);
    if (c.failed || !begins_with_token(set, start))
        return false;
    struct pattern_entry *entry =
        arena_append(&set->drafting, &set->entries, &set->entry_count, sizeof *entry);
    if (c.needs_any == SIZE_MAX)
        memset(c.needs.words, 0xFF, sizeof c.needs.words);
    *entry = (struct pattern_entry){start, (uint16_t)row, (uint16_t)places, c.needs};
    return true;
}
