/* Cites that look the same, told apart by more names and longer names, as little as is needed. */
#include "base/memory.h"
#include "style/disambiguate.h"

/* Works whose cites look the same: a part of the list at work; and where to go on. */
struct same {
    size_t start, count;
    unsigned list, name; /* the next name to try */
    unsigned level;      /* and its next level; 0: the first */
    unsigned settled;    /* names of the list shown since it last helped */
};

/* Renderings of a work that may be spent on telling it apart by its names. */
enum { MOST_RENDERINGS = 100 };

/* The sets that are still to be told apart. */
struct refining {
    processor *p;
    size_t budget; /* renderings left */
    struct work **works;
    bool *ends;
    struct same *todo;
    size_t todo_count, todo_capacity;
};

void disambiguate_sort(arena *memory, struct work **works, const char **texts, size_t count,
                       bool *ends)
{
    struct id_table classes = {0};
    size_t *next = arena_alloc(memory, count * sizeof *next); /* 1-based, of the same text */
    size_t *last = arena_alloc(memory, count * sizeof *last);
    bool *is_first = arena_alloc(memory, count * sizeof *is_first);
    struct work **ordered = arena_alloc(memory, count * sizeof *ordered);
    size_t used = 0;

    for (size_t i = 0; i < count; i++) {
        size_t first = id_table_get(&classes, texts[i]);
        if (first == SIZE_MAX) {
            first = i;
            is_first[i] = true;
            id_table_put(&classes, texts[i], i);
        } else {
            next[last[first]] = i + 1;
        }
        last[first] = i;
        ends[i] = false;
    }
    for (size_t i = 0; i < count; i++) {
        if (!is_first[i])
            continue;
        for (size_t k = i + 1; k; k = next[k - 1])
            ordered[used++] = works[k - 1];
        ends[used - 1] = true;
    }
    memcpy(works, ordered, count * sizeof *ordered);
    id_table_free(&classes);
}

static void push(struct refining *refining, struct same same)
{
    if (refining->todo_count == refining->todo_capacity) {
        refining->todo_capacity = refining->todo_capacity ? refining->todo_capacity * 2 : 16;
        refining->todo =
            memory_resize(refining->todo, refining->todo_capacity * sizeof *refining->todo);
    }
    refining->todo[refining->todo_count++] = same;
}

static const struct item_name *name_at(const struct work *work, const struct same *same)
{
    const struct item_names *names = work->known->lists[same->list].names;

    return names && same->name < names->count ? &names->items[same->name] : NULL;
}

/* The list at hand of the first work that has it, or NULL. */
static const struct known_list *list_at(const struct refining *refining, const struct same *same)
{
    if (same->list >= SHAPE_LISTS)
        return NULL;
    for (size_t i = 0; i < same->count; i++) {
        const struct known_list *list = &refining->works[same->start + i]->known->lists[same->list];
        if (list->names)
            return list;
    }
    return NULL;
}

static unsigned shown_of(const struct work *work, unsigned list)
{
    unsigned drafted = work->known->draft->shown[list];
    unsigned shown = work->known->lists[list].shown;

    return drafted > shown ? drafted : shown;
}

/* Render all of the set; true when they do not all look the same any more: then the parts are to
 * be told apart from `same` on. */
static bool split(struct refining *refining, const struct same *same)
{
    processor *p = refining->p;
    arena *memory = &p->disambiguation->step;
    struct work **works = refining->works + same->start;
    bool *ends = refining->ends + same->start;
    bool helped = false;

    if (refining->budget < same->count)
        return false;
    refining->budget -= same->count;
    const char **texts = arena_alloc(memory, same->count * sizeof *texts);
    for (size_t i = 0; i < same->count; i++) {
        texts[i] = disambiguate_text(p, works[i], works[i]->known->draft, NULL, memory);
        helped |= strcmp(texts[i], texts[0]) != 0;
    }
    if (helped) {
        disambiguate_sort(memory, works, texts, same->count, ends);
        for (size_t i = 0, start = 0; i < same->count; i++) {
            if (!ends[i])
                continue;
            struct same part = *same;
            part.start += start;
            part.count = i + 1 - start;
            if (part.count > 1)
                push(refining, part);
            start = i + 1;
        }
    }
    arena_clear(memory);
    return helped;
}

/* True when the name at hand is not the same in all works, as printed at `level`. */
static bool differ_at(const struct refining *refining, const struct same *same,
                      enum given_level level)
{
    const struct item_name *first = name_at(refining->works[same->start], same);

    for (size_t i = 1; i < same->count; i++) {
        const struct item_name *name = name_at(refining->works[same->start + i], same);
        if (!name != !first)
            return true;
        if (!name)
            continue;
        if (level != GIVEN_AS_STYLE ? given_names_differ(first, name, level)
                                    : !str_equal(first->family, name->family) ||
                                          !str_equal(first->literal, name->literal) ||
                                          given_names_differ(first, name, GIVEN_FULL))
            return true;
    }
    return false;
}

static void set_level(const struct refining *refining, const struct same *same, unsigned level)
{
    for (size_t i = 0; i < same->count; i++)
        draft_set_given(refining->works[same->start + i]->known->draft, same->list, same->name,
                        level);
}

/* Print more of the given name at hand, as little as tells apart. */
static bool expand_name(struct refining *refining, const struct same *same,
                        const struct known_list *list)
{
    unsigned least = list->is_short ? GIVEN_INITIALS : GIVEN_FULL;
    unsigned most = list->has_initials ? GIVEN_FULL : GIVEN_INITIALS;

    if (same->name >= SHAPE_GIVEN || (!list->is_short && !list->has_initials))
        return false;
    for (unsigned level = same->level ? same->level : least; level <= most; level++) {
        if (!differ_at(refining, same, list->has_initials ? level : GIVEN_FULL))
            continue;
        unsigned before = refining->works[same->start]->known->draft->given[same->list][same->name];
        struct same after = *same;
        after.level = level + 1;
        after.settled = shown_of(refining->works[same->start], same->list);
        set_level(refining, same, level);
        if (split(refining, &after))
            return true;
        set_level(refining, same, before);
    }
    return false;
}

static void set_shown(const struct refining *refining, const struct same *same, unsigned shown)
{
    for (size_t i = 0; i < same->count; i++)
        refining->works[same->start + i]->known->draft->shown[same->list] = shown;
}

/* The levels that the rules for the whole document give to the name that was added: apart from the
 * names that are shown everywhere, and from those added with it. */
static void level_added_name(const struct refining *refining, const struct same *same)
{
    struct disambiguation *d = refining->p->disambiguation;
    const struct area *area = &refining->p->style->citation;
    bool initials = area->givenname_rule == GIVENNAME_ALL_NAMES_WITH_INITIALS;

    if (!area->add_givenname || same->name >= SHAPE_GIVEN ||
        (area->givenname_rule != GIVENNAME_ALL_NAMES && !initials))
        return;
    given_names_clear(d->added);
    for (size_t i = 0; i < same->count; i++) {
        const struct item_name *name = name_at(refining->works[same->start + i], same);
        if (name)
            given_names_add(d->added, name);
    }
    for (size_t i = 0; i < same->count; i++) {
        struct known_cite *known = refining->works[same->start + i]->known;
        const struct item_name *name = name_at(refining->works[same->start + i], same);
        if (!name)
            continue;
        const struct known_list *list = &known->lists[same->list];
        enum given_level here = given_names_level(d->added, list, name, initials);
        enum given_level everywhere = given_names_level(d->given, list, name, initials);
        draft_set_given(known->draft, same->list, same->name,
                        here > everywhere ? here : everywhere);
    }
}

/* How many names all lists at hand have at most, and how many the shortest of them has. */
static unsigned longest(const struct refining *refining, const struct same *same,
                        unsigned *shortest)
{
    unsigned most = 0;

    *shortest = UINT32_MAX;
    for (size_t i = 0; i < same->count; i++) {
        const struct item_names *names =
            refining->works[same->start + i]->known->lists[same->list].names;
        unsigned count = names ? (unsigned)names->count : 0;
        most = count > most ? count : most;
        *shortest = count < *shortest ? count : *shortest;
    }
    return most;
}

/* Go through the names of one list.  True when the set was split. */
static bool refine_list(struct refining *refining, struct same *same, const struct known_list *list)
{
    const struct area *area = &refining->p->style->citation;
    bool expands = area->add_givenname && area->givenname_rule == GIVENNAME_BY_CITE;
    unsigned shortest, most = longest(refining, same, &shortest);
    unsigned shown = shown_of(refining->works[same->start], same->list);

    for (; same->name < most; same->name++, same->level = 0) {
        bool added = same->name >= shown;
        if (added && !area->add_names)
            break;
        if (added) {
            shown = same->name + 1;
            set_shown(refining, same, shown);
            level_added_name(refining, same);
            struct same after = *same;
            after.settled = shown;
            /* one name more shows nothing new as long as it is the same and "et al." stays */
            if ((shown + 1 >= shortest || differ_at(refining, same, GIVEN_AS_STYLE)) &&
                split(refining, &after))
                return true;
        }
        if (expands && expand_name(refining, same, list))
            return true;
    }
    set_shown(refining, same, same->settled);
    return false;
}

static void refine(struct refining *refining, struct same same)
{
    const struct known_list *list;

    while ((list = list_at(refining, &same))) {
        if (refine_list(refining, &same, list))
            return;
        same = (struct same){same.start, same.count, same.list + 1, 0, 0, 0};
    }
}

void disambiguate_names(processor *p, struct work **works, size_t count, bool *ends)
{
    struct refining refining = {
        .p = p, .budget = count * MOST_RENDERINGS, .works = works, .ends = ends};

    memset(ends, 0, count * sizeof *ends);
    ends[count - 1] = true;
    push(&refining, (struct same){0, count, 0, 0, 0, 0});
    while (refining.todo_count)
        refine(&refining, refining.todo[--refining.todo_count]);
    memory_free(refining.todo);
}
