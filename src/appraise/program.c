/* From drafts to a program that is small and knows what each operation can begin with. */
#include "appraise/program.h"

#include <stdlib.h>
#include <string.h>

enum { MOST = UINT16_MAX };

static const uint32_t NOWHERE = UINT32_MAX; /* no draft */

/* What stands in a program while it is made. */
struct maker {
    pattern_set *set;
    uint16_t *made; /* of each draft: 1 more than its operation; 0: not yet */
    bool full;
    /* of one pattern: the tokens it begins with, and what can come behind each of them */
    uint32_t *ids;
    size_t id_count;
    uint64_t *seconds; /* by id */
    bool *seen;        /* by id */
    uint64_t after_number, after_any;
};

static uint32_t behind_jumps(const pattern_set *set, uint32_t draft)
{
    while (set->drafts[draft].kind == OP_JUMP)
        draft = set->drafts[draft].a;
    return draft;
}

/* What an operation can begin with; those behind it are made. */
static uint64_t first_of(const pattern_set *set, const struct pattern_op *o)
{
    uint64_t marks = 0;
    switch ((op_kind)o->kind) {
    case OP_WORD: return text_mark(o->a);
    case OP_ONE_OF:
        for (size_t i = 0; i < o->b; i++)
            marks |= text_mark(set->choices[o->a + i]);
        return marks;
    case OP_CLASS:
        for (size_t i = 0; i < set->classes[o->a].count; i++)
            marks |= text_mark(set->classes[o->a].ids[i]);
        return marks;
    case OP_NUMBER:
    case OP_CAPTURE: return TEXT_NUMBER;
    case OP_SPLIT: return set->ops[o->a].first | set->ops[o->b].first;
    case OP_COLON:
    case OP_BEGIN: return set->ops[o->next].first;
    case OP_GAP:
    case OP_NARROW_GAP:
    case OP_JUMP:
    case OP_END:
    case OP_MATCH: break;
    }
    return TEXT_ANYTHING;
}

static uint16_t add_op(struct maker *m, op_kind kind, uint32_t a, uint32_t b, uint32_t next)
{
    pattern_set *set = m->set;
    m->full |= set->op_count >= MOST || a > MOST || b > MOST;
    if (m->full)
        return 0;
    struct pattern_op *o = arena_append(set->memory, &set->ops, &set->op_count, sizeof *o);
    *o = (struct pattern_op){
        .a = (uint16_t)a, .b = (uint16_t)b, .next = (uint16_t)next, .kind = (uint8_t)kind};
    o->first = first_of(set, o);
    return (uint16_t)(set->op_count - 1);
}

/* The alternatives of a split that are single words with the same behind them, as choices; their
 * number.  `*rest` is the draft of the other alternatives, NOWHERE when there is none. */
static size_t add_choices(struct maker *m, uint32_t split, uint32_t *next, uint32_t *rest)
{
    pattern_set *set = m->set;
    size_t count = 0;
    bool more = true;
    *next = NOWHERE;
    for (*rest = split; more && *rest != NOWHERE;) {
        more = set->drafts[*rest].kind == OP_SPLIT;
        uint32_t one = more ? behind_jumps(set, set->drafts[*rest].a) : *rest;
        if (set->drafts[one].kind != OP_WORD)
            break;
        uint32_t behind = behind_jumps(set, one + 1);
        if (*next != NOWHERE && *next != behind)
            break;
        *next = behind;
        *(uint16_t *)arena_append(set->memory, &set->choices, &set->choice_count,
                                  sizeof *set->choices) = (uint16_t)set->drafts[one].a;
        count++;
        *rest = more ? behind_jumps(set, set->drafts[*rest].b) : NOWHERE;
    }
    return count;
}

static uint16_t make_op(struct maker *m, uint32_t draft);

static uint16_t make_split(struct maker *m, uint32_t draft)
{
    pattern_set *set = m->set;
    uint32_t next, rest;
    size_t before = set->choice_count, count = add_choices(m, draft, &next, &rest);
    if (count < 2) {
        set->choice_count = before;
        uint16_t first = make_op(m, set->drafts[draft].a);
        return add_op(m, OP_SPLIT, first, make_op(m, set->drafts[draft].b), 0);
    }
    uint16_t choice = add_op(m, OP_ONE_OF, (uint32_t)before, (uint32_t)count, make_op(m, next));
    return rest == NOWHERE ? choice : add_op(m, OP_SPLIT, choice, make_op(m, rest), 0);
}

/* The operation of a draft, after those that follow it. */
static uint16_t make_op(struct maker *m, uint32_t draft)
{
    draft = behind_jumps(m->set, draft);
    const struct pattern_draft *d = &m->set->drafts[draft];
    if (m->made[draft])
        return (uint16_t)(m->made[draft] - 1);
    uint16_t op = d->kind == OP_SPLIT   ? make_split(m, draft)
                  : d->kind == OP_MATCH ? add_op(m, OP_MATCH, 0, 0, 0)
                                        : add_op(m, d->kind, d->a, d->b, make_op(m, draft + 1));
    m->made[draft] = (uint16_t)(op + 1);
    return op;
}

static void note_id(struct maker *m, uint32_t id, uint64_t second)
{
    if (!m->seen[id])
        m->ids[m->id_count++] = id;
    m->seen[id] = true;
    m->seconds[id] |= second;
    m->after_any |= second;
    m->after_number |= id ? 0 : second;
}

/* Every token that the pattern can begin with. */
static void note_tokens(struct maker *m, uint16_t op)
{
    const pattern_set *set = m->set;
    const struct pattern_op *o = &set->ops[op];
    uint64_t second = set->ops[o->next].first;
    switch ((op_kind)o->kind) {
    case OP_WORD: note_id(m, o->a, second); break;
    case OP_ONE_OF:
        for (size_t i = 0; i < o->b; i++)
            note_id(m, set->choices[o->a + i], second);
        break;
    case OP_CLASS:
        for (size_t i = 0; i < set->classes[o->a].count; i++)
            note_id(m, set->classes[o->a].ids[i], second);
        break;
    case OP_NUMBER:
    case OP_CAPTURE: note_id(m, 0, second); break;
    case OP_SPLIT:
        note_tokens(m, o->a);
        note_tokens(m, o->b);
        break;
    case OP_BEGIN: note_tokens(m, o->next); break;
    case OP_GAP:
    case OP_NARROW_GAP:
    case OP_JUMP:
    case OP_COLON:
    case OP_END:
    case OP_MATCH: break;
    }
}

/* A start before it is put in its place. */
struct placed {
    uint32_t id;
    uint64_t second;
    struct pattern_start start;
};

struct placed_list {
    struct placed *items;
    size_t count;
};

/* A number may be a word of the pattern too ("one"), and a word a number. */
static void add_starts(struct maker *m, struct placed_list *list, const struct pattern_entry *entry)
{
    uint16_t op = make_op(m, entry->draft);
    if (m->full)
        return;
    m->id_count = 0;
    m->after_any = m->after_number = 0;
    note_tokens(m, op);
    for (size_t i = 0; i < m->id_count; i++) {
        uint32_t id = m->ids[i];
        struct placed *p = arena_append(&m->set->drafting, &list->items, &list->count, sizeof *p);
        *p = (struct placed){id,
                             id ? m->seconds[id] | m->after_number : m->after_any,
                             {op, entry->row, entry->places, entry->needs}};
        m->seconds[id] = 0;
        m->seen[id] = false;
    }
}

static int compare_placed(const void *a, const void *b)
{
    const struct placed *x = a, *y = b;
    if (x->id != y->id)
        return x->id < y->id ? -1 : 1;
    return x->start.row < y->start.row ? -1 : x->start.row > y->start.row;
}

static void fill_group(pattern_set *set, pattern_group *group, unsigned places,
                       const struct placed_list *list)
{
    uint32_t count = 0;
    group->words = arena_alloc(set->memory, (set->words->count + 1) * sizeof *group->words);
    group->seconds = arena_alloc(set->memory, list->count * sizeof *group->seconds);
    group->starts = arena_alloc(set->memory, list->count * sizeof *group->starts);
    for (size_t i = 0; i < list->count; i++) {
        const struct placed *p = &list->items[i];
        pattern_choice *choice = p->id ? &group->words[p->id] : &group->number;
        if (!(p->start.places & places))
            continue;
        if (choice->from == choice->to)
            choice->from = count;
        group->seconds[count] = p->second;
        group->starts[count] = p->start;
        choice->seconds |= p->second;
        choice->to = ++count;
    }
}

bool patterns_finish(pattern_set *set)
{
    arena *drafting = &set->drafting;
    size_t words = set->words->count + 1;
    struct maker m = {.set = set,
                      .made = arena_alloc(drafting, (set->draft_count + 1) * sizeof *m.made),
                      .ids = arena_alloc(drafting, words * sizeof *m.ids),
                      .seconds = arena_alloc(drafting, words * sizeof *m.seconds),
                      .seen = arena_alloc(drafting, words * sizeof *m.seen)};
    struct placed_list list = {0};
    for (size_t i = 0; i < set->entry_count; i++)
        add_starts(&m, &list, &set->entries[i]);
    if (list.count)
        qsort(list.items, list.count, sizeof *list.items, compare_placed);
    unsigned title = 1U << PLACE_TITLE, label = 1U << PLACE_LABEL;
    fill_group(set, &set->groups[PATTERN_TITLE], title, &list);
    fill_group(set, &set->groups[PATTERN_LABEL], label, &list);
    fill_group(set, &set->groups[PATTERN_TEXT], ~(title | label), &list);
    arena_free(drafting);
    set->drafts = NULL;
    set->entries = NULL;
    set->draft_count = set->entry_count = 0;
    return !m.full;
}
