/* Running patterns over a passage. */
#include "appraise/matching.h"

enum { MOST_IN_PARENTHESES = 14, AT_ONCE = 32 };

struct machine {
    const pattern_set *set;
    const passage *passage;
    pattern_needs *rests; /* by token: what stands from there on, of the sentence looked at */
    size_t end;           /* of that sentence */
    size_t to, number;
};

static bool run(struct machine *m, uint32_t op, size_t at);

static uint64_t mark_at(const struct machine *m, size_t at)
{
    return at < m->end ? m->passage->tokens[at].mark : TEXT_ANY;
}

/* False when the operations from `op` on cannot match at `at`. */
static bool may_begin(const struct machine *m, uint32_t op, size_t at)
{
    return m->set->ops[op].first & mark_at(m, at);
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

static bool is_choice(const pattern_set *set, const struct pattern_op *o, uint32_t id)
{
    for (size_t i = o->a; i < (size_t)o->a + o->b; i++)
        if (set->choices[i] == id)
            return true;
    return false;
}

/* The operations that look at one token and pass it. */
static bool takes(struct machine *m, const struct pattern_op *o, size_t at)
{
    if (at >= m->end)
        return false;
    const token *t = &m->passage->tokens[at];
    if (o->kind == OP_WORD)
        return t->id == o->a;
    if (o->kind == OP_ONE_OF)
        return is_choice(m->set, o, t->id);
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
        const struct pattern_op *o = &m->set->ops[op];
        switch ((op_kind)o->kind) {
        case OP_WORD:
        case OP_ONE_OF:
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
            if (!stands(m, (op_kind)o->kind, at))
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
        case OP_JUMP: return false; /* no program has any */
        case OP_MATCH: m->to = at; return true;
        }
    }
}

/* Without a branch for each of the conditions: none of them can be foretold. */
static bool may_match(const struct machine *m, const struct pattern_start *s, size_t at)
{
    const pattern_needs *has = &m->rests[at];
    uint64_t words = (s->needs.words[0] & has->words[0]) | (s->needs.words[1] & has->words[1]);
    bool here = s->places >> m->passage->place & 1;
    return (words != 0) & !(s->needs.classes & ~has->classes) & here;
}

static void try_start(struct machine *m, arena *memory, match_list *out, size_t at,
                      const struct pattern_start *start)
{
    m->number = SIZE_MAX;
    if (out->count >= MOST_MATCHES || !run(m, start->op, at))
        return;
    match *found = arena_append(memory, &out->items, &out->count, sizeof *found);
    *found = (match){start->row, m->passage, at, m->to, m->number == SIZE_MAX ? m->to : m->number};
}

/* Try the patterns that can begin with the token at `at`. */
static void match_at(struct machine *m, arena *memory, match_list *out, size_t at,
                     const pattern_group *group, const pattern_choice *choice)
{
    uint64_t next = mark_at(m, at + 1);
    uint32_t tried[AT_ONCE] = {0};
    for (uint32_t i = choice->from; i < choice->to;) {
        size_t count = 0;
        for (uint32_t end = choice->to - i > AT_ONCE ? i + AT_ONCE : choice->to; i < end; i++) {
            tried[count] = i;
            count += ((group->seconds[i] & next) != 0) & may_match(m, &group->starts[i], at);
        }
        for (size_t k = 0; k < count; k++)
            try_start(m, memory, out, at, &group->starts[tried[k]]);
    }
}

/* What stands in the sentence from the token at `at` on, and from each behind it. */
static void make_rests(struct machine *m, size_t at)
{
    const passage *p = m->passage;
    pattern_needs has = {{1, 0}, 0};
    m->end = at + 1;
    while (m->end < p->count && p->tokens[m->end].sentence == p->tokens[at].sentence)
        m->end++;
    for (size_t i = m->end; i-- > at;) {
        const token *t = &p->tokens[i];
        pattern_needs_word(&has, t->id);
        has.classes |= t->classes | (t->number >= 0 ? PATTERN_NUMBER : 0);
        m->rests[i] = has;
    }
}

void patterns_match(const pattern_set *set, arena *memory, match_list *out, const passage *p)
{
    const pattern_group *group = &set->groups[p->place == PLACE_TITLE   ? PATTERN_TITLE
                                              : p->place == PLACE_LABEL ? PATTERN_LABEL
                                                                        : PATTERN_TEXT];
    struct machine m = {.set = set, .passage = p};
    m.rests = arena_room(memory, p->count * sizeof *m.rests);
    for (size_t i = 0; i < p->count && out->count < MOST_MATCHES; i++) {
        const token *t = &p->tokens[i];
        bool ends = i + 1 == p->count || t[1].sentence != t->sentence;
        uint64_t next = ends ? TEXT_ANY : t[1].mark;
        bool number = t->number >= 0 && (group->number.seconds & next);
        bool known = group->words[t->id].seconds & next;
        if (!number && !known)
            continue;
        if (i >= m.end)
            make_rests(&m, i);
        if (number)
            match_at(&m, memory, out, i, group, &group->number);
        if (known)
            match_at(&m, memory, out, i, group, &group->words[t->id]);
    }
}
