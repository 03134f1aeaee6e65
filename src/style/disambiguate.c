/* Telling apart the cites of different works that look the same, in CSL's four steps. */
#include "style/disambiguate.h"
#include "base/memory.h"

enum { LETTERS = 26 };

static struct disambiguation *disambiguation_of(processor *p)
{
    if (!p->disambiguation) {
        p->disambiguation = memory_alloc(sizeof *p->disambiguation);
        p->disambiguation->given = given_names_new();
        p->disambiguation->added = given_names_new();
    }
    return p->disambiguation;
}

void disambiguate_forget(struct work *work)
{
    if (work->known)
        work->known->group = 0;
}

void disambiguate_free(processor *p)
{
    struct disambiguation *d = p->disambiguation;

    if (!d)
        return;
    given_names_free(d->given);
    given_names_free(d->added);
    arena_free(&d->memory);
    arena_free(&d->step);
    buf_free(&d->text);
    memory_free(d);
}

/* The shape that a draft makes; `suffix` is empty or a year-suffix. */
static struct cite_shape shape_of(const struct draft *draft, str suffix)
{
    struct cite_shape shape = {.year_suffix = suffix};

    for (unsigned i = 0; draft && i < SHAPE_LISTS; i++) {
        struct name_shape *list = &shape.lists[i];
        list->shown = draft->shown[i];
        list->given = draft->given[i];
        list->count = draft->given_count[i];
    }
    shape.condition = draft && draft->condition;
    return shape;
}

static void hear_lists(struct known_list *lists, const struct name_extent *extents, unsigned count)
{
    for (unsigned i = 0; i < SHAPE_LISTS; i++) {
        lists[i] = (struct known_list){0};
        if (i >= count || !extents[i].names)
            continue;
        const struct name_options *options = extents[i].options;
        lists[i].names = extents[i].names;
        lists[i].shown = extents[i].shown;
        lists[i].is_short = options->form == NAME_FORM_SHORT;
        lists[i].has_initials = (options->said & NAME_INITIALIZE_WITH) && options->initialize;
    }
}

/* The cite as it looks where its work was cited before: the shortest form that a reader meets. */
const char *disambiguate_text(processor *p, const struct work *work, const struct draft *draft,
                              struct known_list *lists, arena *memory)
{
    struct disambiguation *d = p->disambiguation;
    struct name_extent extents[SHAPE_LISTS] = {{0}};
    struct item item = *work->item;
    struct render r;

    document_render_begin(&r, p, &p->style->citation, work, &p->scratch);
    item.slots[VARIABLE_ACCESSED] = 0; /* the day of a visit tells no works apart */
    r.item = &item;
    r.citation_number = (unsigned)work->place + 1; /* whatever it is, it is another for each */
    r.position = POSITION_SUBSEQUENT;
    r.shape = shape_of(draft, (str){0});
    r.extents = extents;
    struct output *tree = render_layout(&r);
    if (lists)
        hear_lists(lists, extents, r.name_lists);
    buf_clear(&d->text);
    output_write_plain(&d->text, tree, p->locale);
    arena_clear(&p->scratch);
    return arena_copy(memory, buf_str(&d->text));
}

static uint64_t draft_hash(const struct draft *draft)
{
    uint64_t hash = document_mix(0, draft && draft->condition);

    for (unsigned i = 0; draft && i < SHAPE_LISTS; i++) {
        hash = document_mix(hash, draft->shown[i]);
        for (unsigned k = 0; k < draft->given_count[i]; k++)
            if (draft->given[i][k])
                hash = document_mix(hash, k << 8 | draft->given[i][k]);
    }
    return hash;
}

static bool draft_is_plain(const struct draft *draft)
{
    for (unsigned i = 0; draft && i < SHAPE_LISTS; i++) {
        if (draft->shown[i])
            return false;
        for (unsigned k = 0; k < draft->given_count[i]; k++)
            if (draft->given[i][k])
                return false;
    }
    return !draft || !draft->condition;
}

/* --- the rules of given names that hold for the whole document --- */

static bool rule_is_global(const struct area *area)
{
    return area->add_givenname && area->givenname_rule != GIVENNAME_BY_CITE;
}

static bool rule_is_primary(const struct area *area)
{
    return area->givenname_rule == GIVENNAME_PRIMARY_NAME ||
           area->givenname_rule == GIVENNAME_PRIMARY_NAME_WITH_INITIALS;
}

static bool rule_is_initials(const struct area *area)
{
    return area->givenname_rule == GIVENNAME_ALL_NAMES_WITH_INITIALS ||
           area->givenname_rule == GIVENNAME_PRIMARY_NAME_WITH_INITIALS;
}

/* The number of names of the list that the rule is about. */
static unsigned names_ruled(const struct area *area, const struct work *work, unsigned list)
{
    const struct known_list *known = &work->known->lists[list];

    if (!known->names)
        return 0;
    if (rule_is_primary(area))
        return list == 0 && known->shown ? 1 : 0;
    return known->shown;
}

static void meet_names(processor *p)
{
    const struct area *area = &p->style->citation;

    given_names_clear(p->disambiguation->given);
    for (size_t i = 0; i < p->sorted_count; i++)
        for (unsigned list = 0; list < SHAPE_LISTS; list++) {
            const struct work *work = p->sorted[i];
            for (unsigned k = 0; k < names_ruled(area, work, list); k++)
                given_names_add(p->disambiguation->given,
                                &work->known->lists[list].names->items[k]);
        }
}

static struct draft *draft_of(processor *p, struct work *work)
{
    if (!work->known->draft)
        work->known->draft = arena_alloc(&p->disambiguation->memory, sizeof(struct draft));
    return work->known->draft;
}

/* The draft as the rules for the whole document have it; no draft where they ask for nothing. */
static void reset_draft(processor *p, struct work *work)
{
    const struct area *area = &p->style->citation;
    struct known_cite *known = work->known;

    if (known->draft && !draft_is_plain(known->draft))
        *known->draft = (struct draft){0};
    for (unsigned list = 0; rule_is_global(area) && list < SHAPE_LISTS; list++)
        for (unsigned k = 0; k < names_ruled(area, work, list) && k < SHAPE_GIVEN; k++) {
            enum given_level level =
                given_names_level(p->disambiguation->given, &known->lists[list],
                                  &known->lists[list].names->items[k], rule_is_initials(area));
            if (level != GIVEN_AS_STYLE)
                draft_set_given(draft_of(p, work), list, k, level);
        }
}

/* Know the text of every cite, with the given names as the rules for the whole document have them.
 */
static void know_cites(processor *p)
{
    struct disambiguation *d = p->disambiguation;
    for (size_t i = 0; i < p->sorted_count; i++) {
        struct work *work = p->sorted[i];
        if (work->known)
            continue;
        work->known = arena_alloc(&d->memory, sizeof *work->known);
        work->known->text = disambiguate_text(p, work, NULL, work->known->lists, &d->memory);
    }
    if (!rule_is_global(&p->style->citation))
        return;
    meet_names(p);
    for (size_t i = 0; i < p->sorted_count; i++) {
        struct known_cite *known = p->sorted[i]->known;
        reset_draft(p, p->sorted[i]);
        uint64_t levels = draft_is_plain(known->draft) ? 0 : draft_hash(known->draft);
        if (levels == known->levels)
            continue;
        known->levels = levels;
        known->group = 0;
        known->text = disambiguate_text(p, p->sorted[i], known->draft, NULL, &d->memory);
    }
}

/* --- the works of one text --- */

/* "a" for 1, "z" for 26, "aa" for 27. */
static void write_suffix(char *out, size_t size, unsigned number)
{
    char letters[8];
    size_t count = 0;

    for (; number && count < sizeof letters; number = (number - 1) / LETTERS)
        letters[count++] = (char)('a' + (number - 1) % LETTERS);
    size_t used = 0;
    while (count && used + 1 < size)
        out[used++] = letters[--count];
    out[used] = '\0';
}

static void set_shape(struct work *work, unsigned suffix_number)
{
    struct known_cite *known = work->known;

    write_suffix(known->suffix, sizeof known->suffix, suffix_number);
    work->suffix_number = suffix_number;
    work->shape = shape_of(known->draft, str_of(known->suffix));
    work->shape_hash =
        document_mix(draft_is_plain(known->draft) ? 0 : draft_hash(known->draft), suffix_number);
}

/* Render with disambiguate="true"; leave it so where it tells some apart. */
static void try_condition(processor *p, struct work **works, size_t count, bool *ends)
{
    arena *memory = &p->disambiguation->step;
    const char **texts = arena_alloc(memory, count * sizeof *texts);
    bool helped = false;

    for (size_t i = 0; i < count; i++) {
        works[i]->known->draft->condition = true;
        texts[i] = disambiguate_text(p, works[i], works[i]->known->draft, NULL, memory);
        helped |= strcmp(texts[i], texts[0]) != 0;
    }
    if (helped)
        disambiguate_sort(memory, works, texts, count, ends);
    for (size_t i = 0; !helped && i < count; i++)
        works[i]->known->draft->condition = false;
    arena_clear(memory);
}

/* Take the steps in their order for works whose cites look the same. */
static void tell_apart(processor *p, struct work **works, size_t count)
{
    const struct area *area = &p->style->citation;
    bool *ends = memory_alloc(count * sizeof *ends);

    for (size_t i = 0; i < count; i++) {
        draft_of(p, works[i]);
        reset_draft(p, works[i]);
    }
    disambiguate_names(p, works, count, ends);
    for (size_t i = 0, start = 0; p->style->citation.facts.tests_disambiguate && i < count; i++) {
        if (!ends[i])
            continue;
        if (i > start)
            try_condition(p, works + start, i + 1 - start, ends + start);
        start = i + 1;
    }
    for (size_t i = 0, start = 0; i < count; i++) {
        bool alone = ends[i] && i == start;
        set_shape(works[i], area->add_year_suffix && !alone ? (unsigned)(i - start + 1) : 0);
        if (ends[i])
            start = i + 1;
    }
    memory_free(ends);
}

/* Works of one text, as a chain through the bibliography. */
struct chain {
    size_t *next; /* 1-based place of the next work of the same text; 0: the last */
    size_t *last; /* of the chain that begins here */
    bool *is_first;
};

static void make_chains(processor *p, struct chain *chain)
{
    struct id_table texts = {0};
    size_t count = p->sorted_count;

    chain->next = memory_alloc((count + 1) * sizeof *chain->next);
    chain->last = memory_alloc((count + 1) * sizeof *chain->last);
    chain->is_first = memory_alloc((count + 1) * sizeof *chain->is_first);
    for (size_t i = 0; i < count; i++) {
        const char *text = p->sorted[i]->known->text;
        size_t first = *text ? id_table_get(&texts, text) : SIZE_MAX;
        if (first == SIZE_MAX) { /* another text, or none */
            first = i;
            chain->is_first[i] = true;
            if (*text)
                id_table_put(&texts, text, i);
        } else {
            chain->next[chain->last[first]] = i + 1;
        }
        chain->last[first] = i;
    }
    id_table_free(&texts);
}

/* Tell the works of a chain apart, unless they are those of the last time in the same order. */
static void settle_chain(processor *p, const struct chain *chain, size_t first, struct work **works)
{
    uint64_t group = 0;
    size_t count = 0;

    for (size_t k = first + 1; k; k = chain->next[k - 1]) {
        works[count++] = p->sorted[k - 1];
        group = document_mix(group, p->sorted[k - 1]->place);
    }
    bool known = true;
    for (size_t i = 0; i < count; i++) {
        known &= works[i]->known->group == group;
        works[i]->known->group = group;
    }
    if (known)
        return;
    if (count > 1) {
        tell_apart(p, works, count);
        return;
    }
    reset_draft(p, works[0]);
    set_shape(works[0], 0);
}

void disambiguate(processor *p)
{
    const struct area *area = &p->style->citation;
    struct chain chain;

    if (!area->present || !p->sorted_count)
        return;
    if (!area->add_names && !area->add_givenname && !area->add_year_suffix &&
        !area->facts.tests_disambiguate)
        return;
    disambiguation_of(p);
    know_cites(p);
    make_chains(p, &chain);
    struct work **works = memory_alloc(p->sorted_count * sizeof(struct work *));
    for (size_t i = 0; i < p->sorted_count; i++)
        if (chain.is_first[i])
            settle_chain(p, &chain, i, works);
    memory_free(works);
    memory_free(chain.next);
    memory_free(chain.last);
    memory_free(chain.is_first);
}
