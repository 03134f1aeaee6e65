/* subsequent-author-substitute: names that the entry before had too give way to a dash. */
#include "style/subsequent_authors.h"
#include "base/memory.h"

static const char *text_of(const processor *p, const struct output *part, arena *memory)
{
    buf text = {0};

    output_write_plain(&text, part, p->locale);
    const char *copy = arena_copy(memory, buf_str(&text));
    buf_free(&text);
    return copy;
}

/* The parts of the tree that have a role, in order of printing. */
struct parts {
    arena *memory;
    struct output **items;
    size_t count;
};

static void collect(struct parts *parts, struct output *tree, enum output_role role)
{
    if (tree->role == role) {
        struct output **slot =
            arena_append(parts->memory, &parts->items, &parts->count, sizeof *slot);
        *slot = tree;
        return;
    }
    for (struct output *child = tree->first; child; child = child->next)
        collect(parts, child, role);
}

static void replace(struct output *part, str text)
{
    part->first = part->last = NULL;
    part->text = text;
    part->nocase = true;
}

/* Blank what stands between and around the name lists that were replaced by one. */
static void replace_lists(const struct parts *lists, str text)
{
    for (size_t i = 0; i < lists->count; i++)
        replace(lists->items[i], i ? (str){0} : text);
}

/* The names of an entry as printed: each by itself, and all of them without labels. */
static void remember(const processor *p, struct entry_names *names, const struct parts *lists,
                     struct output *first)
{
    arena *memory = &names->memory;
    struct parts people = {memory, NULL, 0};
    buf whole = {0};

    for (size_t i = 0; i < lists->count; i++) {
        buf_add_text(&whole, text_of(p, lists->items[i], memory));
        buf_add_byte(&whole, '\n');
    }
    if (!lists->count)
        buf_add_text(&whole, text_of(p, first, memory));
    names->whole = arena_copy(memory, buf_str(&whole));
    buf_free(&whole);
    if (p->style->bibliography.subsequent_rule < SUBSTITUTE_PARTIAL_EACH || !lists->count)
        return;
    collect(&people, lists->items[0], ROLE_NAME);
    names->each = arena_alloc(memory, (people.count + 1) * sizeof *names->each);
    for (size_t i = 0; i < people.count; i++)
        names->each[i] = text_of(p, people.items[i], memory);
    names->count = people.count;
}

/* Replace the people one by one, as many as both entries begin with; at most `most`. */
static void replace_people(processor *p, const struct parts *lists, size_t most)
{
    struct parts people = {&p->scratch, NULL, 0};

    for (size_t i = 0; i < lists->count; i++)
        collect(&people, lists->items[i], ROLE_NAME);
    for (size_t i = 0; i < people.count && i < most; i++)
        replace(people.items[i], p->style->bibliography.subsequent_author_substitute);
}

static size_t equal_people(const struct entry_names *a, const struct entry_names *b)
{
    size_t count = 0;

    while (count < a->count && count < b->count && strcmp(a->each[count], b->each[count]) == 0)
        count++;
    return count;
}

void subsequent_authors(processor *p, struct subsequent_authors *walk, struct output *entry)
{
    const struct area *area = &p->style->bibliography;
    struct output *first = output_find(entry, ROLE_NAMES);
    struct entry_names *names = &walk->entries[walk->turn], *before = &walk->entries[!walk->turn];
    struct parts lists = {&p->scratch, NULL, 0};

    walk->turn = !walk->turn;
    arena_clear(&names->memory);
    *names = (struct entry_names){.memory = names->memory};
    if (!first)
        return;
    collect(&lists, first, ROLE_NAME_LIST);
    remember(p, names, &lists, first);
    if (!before->whole)
        return;
    bool all = strcmp(names->whole, before->whole) == 0;
    if (!lists.count) {
        if (all)
            replace(first, area->subsequent_author_substitute);
        return;
    }
    switch ((enum subsequent_substitute)area->subsequent_rule) {
    case SUBSTITUTE_COMPLETE_ALL:
        if (all)
            replace_lists(&lists, area->subsequent_author_substitute);
        break;
    case SUBSTITUTE_COMPLETE_EACH: replace_people(p, &lists, all ? SIZE_MAX : 0); break;
    case SUBSTITUTE_PARTIAL_EACH: replace_people(p, &lists, equal_people(names, before)); break;
    case SUBSTITUTE_PARTIAL_FIRST:
        replace_people(p, &lists, equal_people(names, before) > 0);
        break;
    }
}

void subsequent_authors_free(struct subsequent_authors *walk)
{
    arena_free(&walk->entries[0].memory);
    arena_free(&walk->entries[1].memory);
}
