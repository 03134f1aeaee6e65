/* Compiling phrase patterns into a small machine, and running it over a passage. */
#include "appraise/pattern.h"

#include <stdlib.h>
#include <string.h>

typedef enum op_kind {
    OP_WORD,
    OP_CLASS,
    OP_NUMBER,
    OP_CAPTURE,
    OP_GAP,
    OP_NARROW_GAP,
    OP_SPLIT, /* first `a`, then `b` */
    OP_JUMP,
    OP_COLON,
    OP_BEGIN,
    OP_END,
    OP_MATCH,
} op_kind;

struct pattern_op {
    op_kind kind;
    uint32_t a, b;
    uint32_t next;  /* the operation after this one, jumps followed; made by patterns_finish() */
    uint64_t first; /* the marks of tokens that it can begin with, or ANYTHING; made there too */
};

/* A gap, an end: what stands there is not asked for, or not yet. */
static const uint64_t ANYTHING = UINT64_MAX;

/*
 * A set of words with false positives, to see at once that a sentence cannot hold a pattern: one
 * bit a word.
 */
typedef struct sieve {
    uint64_t bits[2];
} sieve;

static void sieve_add(sieve *s, uint32_t id)
{
    s->bits[id >> 6 & 1] |= (uint64_t)1 << (id & 63);
}

static bool sieve_meets(const sieve *a, const sieve *b)
{
    return (a->bits[0] & b->bits[0]) || (a->bits[1] & b->bits[1]);
}

/* A pattern that can begin with a word (by id), or with any number (id 0). */
struct pattern_start {
    uint32_t id;
    uint32_t op;
    unsigned row, places;
    uint64_t second; /* the marks of tokens that can come next, or ANYTHING */
    sieve needs;     /* one of these words must be in the sentence; all bits: nothing is needed */
};

enum { DEPTH = 16, MOST_IN_PARENTHESES = 14 };

struct compiler {
    pattern_set *set;
    const char *at;
    int depth;
    bool failed;
    sieve needs;      /* of the pattern: its rarest word that cannot be left out */
    size_t needs_any; /* the number of words in it; SIZE_MAX: none */
};

static uint32_t emit(struct compiler *c, op_kind kind, uint32_t a, uint32_t b)
{
    pattern_op *op = arena_append(c->set->memory, &c->set->ops, &c->set->op_count, sizeof *op);
    *op = (pattern_op){.kind = kind, .a = a, .b = b};
    return (uint32_t)(c->set->op_count - 1);
}

static uint32_t here(const struct compiler *c)
{
    return (uint32_t)c->set->op_count;
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
    c->set->ops[split].b = here(c);
    emit_word(c, str_part(word, 0, word.length - 1));
    c->set->ops[jump].a = here(c);
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
    c->set->ops[split].b = here(c);
    emit_word(c, (str){joined, length});
    c->set->ops[jump].a = here(c);
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

/* The words that the operations from `op` on can begin with; false when that is not known. */
static bool collect_needs(const pattern_set *set, uint32_t op, sieve *needs, size_t *count)
{
    const pattern_op *o = op < set->op_count ? &set->ops[op] : NULL;
    if (!o)
        return false;
    if (o->kind == OP_SPLIT)
        return collect_needs(set, o->a, needs, count) && collect_needs(set, o->b, needs, count);
    if (o->kind == OP_JUMP)
        return collect_needs(set, o->a, needs, count);
    if (o->kind == OP_WORD) {
        sieve_add(needs, o->a);
        ++*count;
        return true;
    }
    for (size_t i = 0; o->kind == OP_CLASS && i < set->classes[o->a].count; i++, ++*count)
        sieve_add(needs, set->classes[o->a].ids[i]);
    return o->kind == OP_CLASS;
}

/* Keep the atom that begins at `op` as what the pattern needs, if it is the rarest so far. */
static void note_needs(struct compiler *c, uint32_t op)
{
    sieve needs = {{0, 0}};
    size_t count = 0;
    if (c->depth != 1 || !collect_needs(c->set, op, &needs, &count) || count >= c->needs_any)
        return;
    c->needs = needs;
    c->needs_any = count;
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
            c->set->ops[before] = (pattern_op){.kind = OP_SPLIT, .a = before + 1, .b = here(c)};
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
            c->set->ops[split] = (pattern_op){.kind = OP_JUMP, .a = split + 1};
            break;
        }
        c->at++;
        if (c->depth == 1)
            c->needs_any = 0, c->needs = (sieve){{UINT64_MAX, UINT64_MAX}};
        last_jump = emit(c, OP_JUMP, last_jump, 0);
        c->set->ops[split].b = here(c);
    }
    while (last_jump) {
        uint32_t next = c->set->ops[last_jump].a;
        c->set->ops[last_jump].a = here(c);
        last_jump = next;
    }
    c->depth--;
}

static void add_start(pattern_set *set, uint32_t id, pattern_start like)
{
    for (size_t i = set->start_count; i-- > 0 && set->starts[i].op == like.op;)
        if (set->starts[i].id == id)
            return;
    pattern_start *s = arena_append(set->memory, &set->starts, &set->start_count, sizeof *s);
    *s = like;
    s->id = id;
}

/* Every word that the pattern can begin with; false when that can be any word. */
static bool collect_starts(pattern_set *set, uint32_t op, pattern_start like)
{
    const pattern_op *o = &set->ops[op];
    switch (o->kind) {
    case OP_WORD: add_start(set, o->a, like); return true;
    case OP_CLASS:
        for (size_t i = 0; i < set->classes[o->a].count; i++)
            add_start(set, set->classes[o->a].ids[i], like);
        return true;
    case OP_NUMBER:
    case OP_CAPTURE: add_start(set, 0, like); return true;
    case OP_SPLIT: return collect_starts(set, o->a, like) && collect_starts(set, o->b, like);
    case OP_JUMP: return collect_starts(set, o->a, like);
    case OP_BEGIN: return collect_starts(set, op + 1, like);
    case OP_GAP:
    case OP_NARROW_GAP:
    case OP_COLON:
    case OP_END:
    case OP_MATCH: return false;
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
    if (c.needs_any == SIZE_MAX)
        c.needs = (sieve){{UINT64_MAX, UINT64_MAX}};
    return !c.failed &&
           collect_starts(
               set, start,
               (pattern_start){.op = start, .row = row, .places = places, .needs = c.needs});
}

static int compare_starts(const void *a, const void *b)
{
    const pattern_start *x = a, *y = b;
    if (x->id != y->id)
        return x->id < y->id ? -1 : 1;
    return x->op < y->op ? -1 : x->op > y->op;
}

static uint32_t behind_jumps(const pattern_set *set, uint32_t op)
{
    while (op < set->op_count && set->ops[op].kind == OP_JUMP)
        op = set->ops[op].a;
    return op;
}

/* What an operation can begin with; those behind it are known. */
static uint64_t first_of(const pattern_set *set, const pattern_op *o)
{
    uint64_t marks = 0;
    switch (o->kind) {
    case OP_WORD: return text_mark(o->a);
    case OP_CLASS:
        for (size_t i = 0; i < set->classes[o->a].count; i++)
            marks |= text_mark(set->classes[o->a].ids[i]);
        return marks;
    case OP_NUMBER:
    case OP_CAPTURE: return TEXT_NUMBER;
    case OP_SPLIT: return set->ops[o->a].first | set->ops[o->b].first;
    case OP_JUMP: return set->ops[o->a].first;
    case OP_COLON:
    case OP_BEGIN: return set->ops[o->next].first;
    case OP_GAP:
    case OP_NARROW_GAP:
    case OP_END:
    case OP_MATCH: break;
    }
    return ANYTHING;
}

/* What can stand behind the token that a start looks at: the word `id`, or a number (0), which may
 * be a word of the pattern as well. */
static uint64_t second_of(const pattern_set *set, uint32_t op, uint32_t id)
{
    const pattern_op *o = &set->ops[op];
    switch (o->kind) {
    case OP_WORD: return !id || o->a == id ? set->ops[o->next].first : 0;
    case OP_CLASS:
        return !id || set->words->words[id].classes >> o->a & 1 ? set->ops[o->next].first : 0;
    case OP_NUMBER:
    case OP_CAPTURE: return set->ops[o->next].first;
    case OP_SPLIT: return second_of(set, o->a, id) | second_of(set, o->b, id);
    case OP_JUMP: return second_of(set, o->a, id);
    case OP_BEGIN: return second_of(set, o->next, id);
    case OP_GAP:
    case OP_NARROW_GAP:
    case OP_COLON:
    case OP_END:
    case OP_MATCH: break;
    }
    return ANYTHING;
}

/* Jumps are followed, all operations lead forward: what one begins with is known from the back. */
static void finish_ops(pattern_set *set)
{
    for (size_t i = set->op_count; i-- > 0;) {
        pattern_op *o = &set->ops[i];
        o->next = behind_jumps(set, (uint32_t)i + 1);
        if (o->kind == OP_SPLIT) {
            o->a = behind_jumps(set, o->a);
            o->b = behind_jumps(set, o->b);
        }
        o->first = first_of(set, o);
    }
}

void patterns_finish(pattern_set *set)
{
    finish_ops(set);
    for (size_t i = 0; i < set->start_count; i++) {
        pattern_start *s = &set->starts[i];
        s->op = behind_jumps(set, s->op);
        s->second = second_of(set, s->op, s->id);
    }
    qsort(set->starts, set->start_count, sizeof *set->starts, compare_starts);
    set->first = arena_alloc(set->memory, (set->words->count + 1) * sizeof *set->first);
    for (size_t i = set->start_count; i-- > 0;)
        set->first[set->starts[i].id] = (uint32_t)i + 1;
}

struct machine {
    const pattern_set *set;
    const passage *passage;
    size_t end;  /* of the sentence */
    sieve words; /* of the sentence */
    size_t to, number;
};

static bool run(struct machine *m, uint32_t op, size_t at);

/* False when the operations from `op` on cannot match at `at`. */
static bool may_begin(const struct machine *m, uint32_t op, size_t at)
{
    uint64_t first = m->set->ops[op].first;
    return first == ANYTHING || (at < m->end && (first & m->passage->tokens[at].mark));
}

/* A parenthesis closes somewhere between two tokens: "(33.5%) of". */
static bool closes_before(const passage *p, size_t at)
{
    const token *last = &p->tokens[at - 1];
    for (uint32_t i = last->offset + last->length; i < p->tokens[at].offset; i++)
        if (p->text[i] == ')' || p->text[i] == ']')
            return true;
    return false;
}

/* The token behind the parenthesis that opens before `at`; `at` when none does, or it is long. */
static size_t behind_parenthesis(const struct machine *m, size_t at)
{
    const token *tokens = m->passage->tokens;
    if (at >= m->end || (tokens[at].gap != '(' && tokens[at].gap != '['))
        return at;
    for (size_t i = at + 1; i < m->end && i <= at + MOST_IN_PARENTHESES; i++)
        if (closes_before(m->passage, i))
            return i;
    return at;
}

/* The words of a narrow gap stay within one noun phrase, the noun itself included. */
static bool is_near(const token *t, uint32_t passed)
{
    return t->gap == ' ' || t->gap == '-' || t->gap == '/' || t->gap == '\'' || t->gap == '*' ||
           (t->gap == ',' && passed);
}

static bool run_narrow(struct machine *m, uint32_t most, uint32_t next, size_t at)
{
    for (uint32_t passed = 0;; passed++, at++) {
        size_t behind = behind_parenthesis(m, at);
        if (behind >= m->end || (behind == at && !is_near(&m->passage->tokens[at], passed)))
            return false;
        at = behind;
        if (may_begin(m, next, at) && run(m, next, at))
            return true;
        const token *t = &m->passage->tokens[at];
        if (passed == most || t->number >= 10 || (t->classes & m->set->breakers))
            return false;
    }
}

static bool run_gap(struct machine *m, uint32_t most, uint32_t next, size_t at)
{
    for (uint32_t passed = 0; at <= m->end && passed <= most; passed++, at++)
        if (may_begin(m, next, at) && run(m, next, at))
            return true;
    return false;
}

/* The operations that look at one token and pass it. */
static bool takes(struct machine *m, const pattern_op *o, size_t at)
{
    if (at >= m->end)
        return false;
    const token *t = &m->passage->tokens[at];
    if (o->kind == OP_WORD)
        return t->id == o->a;
    if (o->kind == OP_CLASS)
        return t->classes >> o->a & 1;
    if (t->number >= 0 && o->kind == OP_CAPTURE)
        m->number = at;
    return t->number >= 0;
}

/* The operations that look at where they stand. */
static bool stands(const struct machine *m, op_kind kind, size_t at)
{
    if (kind == OP_BEGIN)
        return at == 0;
    if (kind == OP_END)
        return at == m->passage->count;
    return at < m->end && m->passage->tokens[at].gap == ':';
}

static bool run(struct machine *m, uint32_t op, size_t at)
{
    for (;;) {
        const pattern_op *o = &m->set->ops[op];
        switch (o->kind) {
        case OP_WORD:
        case OP_CLASS:
        case OP_CAPTURE:
        case OP_NUMBER:
            if (!takes(m, o, at++))
                return false;
            op = o->next;
            break;
        case OP_COLON:
        case OP_BEGIN:
        case OP_END:
            if (!stands(m, o->kind, at))
                return false;
            op = o->next;
            break;
        case OP_GAP: return run_gap(m, o->a, o->next, at);
        case OP_NARROW_GAP: return run_narrow(m, o->a, o->next, at);
        case OP_SPLIT:
            if (!may_begin(m, op, at))
                return false;
            if (may_begin(m, o->a, at) && run(m, o->a, at))
                return true;
            op = o->b;
            break;
        case OP_JUMP: op = o->a; break;
        case OP_MATCH: m->to = at; return true;
        }
    }
}

static void match_at(struct machine *m, arena *memory, match_list *out, size_t at, uint32_t id)
{
    const pattern_set *set = m->set;
    uint64_t next = at + 1 < m->end ? m->passage->tokens[at + 1].mark : 0;
    for (size_t i = set->first[id]; i && i <= set->start_count; i++) {
        const pattern_start *start = &set->starts[i - 1];
        if (start->id != id)
            return;
        if (!(start->places >> m->passage->place & 1) ||
            (start->second != ANYTHING && !(start->second & next)) ||
            !sieve_meets(&start->needs, &m->words))
            continue;
        m->number = SIZE_MAX;
        if (out->count >= MOST_MATCHES || !run(m, start->op, at))
            continue;
        match *found = arena_append(memory, &out->items, &out->count, sizeof *found);
        *found =
            (match){start->row, m->passage, at, m->to, m->number == SIZE_MAX ? m->to : m->number};
    }
}

static void begin_sentence(struct machine *m, size_t at)
{
    const passage *p = m->passage;
    m->words = (sieve){{0, 0}};
    for (m->end = at; m->end < p->count && p->tokens[m->end].sentence == p->tokens[at].sentence;
         m->end++)
        if (p->tokens[m->end].id)
            sieve_add(&m->words, p->tokens[m->end].id);
}

void patterns_match(const pattern_set *set, arena *memory, match_list *out, const passage *p)
{
    struct machine m = {.set = set, .passage = p};
    for (size_t i = 0; i < p->count && out->count < MOST_MATCHES; i++) {
        const token *t = &p->tokens[i];
        if (i >= m.end)
            begin_sentence(&m, i);
        if (t->number >= 0)
            match_at(&m, memory, out, i, 0);
        if (t->id)
            match_at(&m, memory, out, i, t->id);
    }
}
