/* A document: its works, its citations, and what is rendered again when they change. */
#include "style/document.h"
#include "base/error.h"
#include "base/memory.h"

processor *processor_new(const struct style *style, const struct locale *locale,
                         const struct output_options *options)
{
    processor *p = memory_alloc(sizeof *p);

    p->style = style;
    p->locale = locale;
    p->options = *options;
    if (!p->options.locale)
        p->options.locale = locale;
    return p;
}

static void citation_free(struct citation *citation)
{
    buf_free(&citation->text);
    arena_free(&citation->memory);
    memory_free(citation);
}

void processor_free(processor *p)
{
    if (!p)
        return;
    for (size_t i = 0; i < p->citation_count; i++)
        citation_free(p->citations[i]);
    sorting_free(p);
    disambiguate_free(p);
    bibliography_free(p);
    id_table_free(&p->work_ids);
    memory_free(p->citations);
    memory_free(p->sorted);
    memory_free(p->gathered);
    memory_free(p->changes);
    buf_free(&p->preview);
    arena_free(&p->memory);
    arena_free(&p->scratch);
    memory_free(p);
}

struct work *document_work(const processor *p, const char *id)
{
    size_t place = id_table_get(&p->work_ids, id);

    return place == SIZE_MAX ? NULL : p->works[place];
}

/* A list of pointers that grows by doubling. */
static void *make_room(void *list, size_t *capacity, size_t count)
{
    if (count <= *capacity)
        return list;
    while (*capacity < count)
        *capacity = *capacity ? *capacity * 2 : 16;
    return memory_resize(list, *capacity * sizeof(void *));
}

void processor_add_item(processor *p, const struct item *item)
{
    struct work *work = document_work(p, item->id);

    if (!work) {
        work = arena_alloc(&p->memory, sizeof *work);
        work->place = p->work_count;
        arena_append(&p->memory, &p->works, &p->work_count, sizeof *p->works);
        p->works[work->place] = work;
    }
    work->item = item;
    work->id = item->id;
    work->keys = NULL;
    work->known = NULL;
    id_table_put(&p->work_ids, item->id, work->place);
    for (size_t i = 0; i < p->citation_count; i++)
        for (size_t k = 0; k < p->citations[i]->count; k++)
            if (p->citations[i]->cites[k].work == work) {
                p->citations[i]->rendered = false;
                p->citations[i]->cites[k].keys = NULL;
            }
    p->works_changed = true;
}

void processor_include(processor *p, const char *const *ids, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct work *work = document_work(p, ids[i]);
        if (!work || work->included)
            continue;
        work->included = true;
        size_t place = p->included_count;
        arena_append(&p->memory, &p->included, &p->included_count, sizeof *p->included);
        p->included[place] = work;
    }
    p->works_changed = true;
}

void document_render_begin(struct render *r, const processor *p, const struct area *area,
                           const struct work *work, arena *memory)
{
    *r = (struct render){0};
    r->style = p->style;
    r->locale = p->locale;
    r->area = area;
    r->memory = memory;
    r->item = work->item;
    r->citation_number = work->number;
    r->locator_label = TERM_PAGE;
    r->shape = work->shape;
    if (!area->facts.prints_year_suffix && (p->style->citation.facts.prints_year_suffix ||
                                            p->style->bibliography.facts.prints_year_suffix))
        r->shape.year_suffix = (str){0}; /* cs:text prints it in the other area alone */
}

/* Have `work` in the bibliography, once.  True when it is another than in the last round. */
static bool gather(processor *p, struct work *work, size_t *count)
{
    if (work->round == p->round)
        return false;
    work->round = p->round;
    size_t order = ++*count;
    p->gathered = make_room(p->gathered, &p->gathered_capacity, order);
    p->gathered[order - 1] = work;
    bool changed = work->order != order;
    work->order = order;
    return changed;
}

/* The works of the bibliography in order of citation, then those only included.  True when they
 * are others than before, or in another order. */
static bool gather_works(processor *p)
{
    size_t count = 0;
    bool changed = false;

    p->round++;
    for (size_t i = 0; i < p->citation_count; i++)
        for (size_t k = 0; k < p->citations[i]->count; k++)
            changed |= gather(p, p->citations[i]->cites[k].work, &count);
    for (size_t i = 0; i < p->included_count; i++)
        changed |= gather(p, p->included[i], &count);
    changed |= count != p->sorted_count;
    p->sorted_count = count;
    return changed;
}

/* Works that left the bibliography have neither number nor shape. */
static void forget_others(processor *p)
{
    for (size_t i = 0; i < p->work_count; i++) {
        struct work *work = p->works[i];
        if (work->round == p->round)
            continue;
        work->order = 0;
        work->number = 0;
        work->shape = (struct cite_shape){0};
        work->shape_hash = 0;
        work->suffix_number = 0;
        disambiguate_forget(work);
    }
}

void document_settle(processor *p)
{
    bool changed = p->works_changed;

    changed |= gather_works(p);
    p->works_changed = false;
    if (!changed)
        return;
    forget_others(p);
    p->sorted = make_room(p->sorted, &p->sorted_capacity, p->sorted_count);
    if (p->sorted_count)
        memcpy(p->sorted, p->gathered, p->sorted_count * sizeof *p->sorted);
    sorting_bibliography(p);
    disambiguate(p);
    for (size_t i = 0; i < p->citation_count; i++)
        sorting_cites(p, p->citations[i]);
}

/* The citation `id`; it is probably at `expected`, or before it where one is being put in. */
static struct citation *find_citation(const processor *p, struct id_table *table, size_t expected,
                                      const char *id)
{
    for (size_t i = expected + 1; i-- > 0 && i + 1 >= expected;)
        if (i < p->citation_count && strcmp(p->citations[i]->id, id) == 0)
            return p->citations[i];
    if (!table->count)
        for (size_t i = 0; i < p->citation_count; i++)
            id_table_put(table, p->citations[i]->id, i);
    size_t place = id_table_get(table, id);
    return place == SIZE_MAX ? NULL : p->citations[place];
}

/* A new citation with copies of its cites.  NULL: `*unknown` is the id of a work not known. */
static struct citation *citation_new(processor *p, const char *id, const struct cite *cites,
                                     size_t count, const char **unknown)
{
    struct citation *citation = memory_alloc(sizeof *citation);
    arena *memory = &citation->memory;

    citation->id = arena_copy(memory, str_of(id));
    citation->cites = arena_alloc(memory, (count ? count : 1) * sizeof *citation->cites);
    citation->sorted = arena_alloc(memory, (count ? count : 1) * sizeof *citation->sorted);
    citation->count = count;
    for (size_t i = 0; i < count; i++) {
        struct placed_cite *placed = &citation->cites[i];
        placed->work = document_work(p, cites[i].id);
        if (!placed->work) {
            *unknown = cites[i].id;
            citation_free(citation);
            return NULL;
        }
        placed->cite = cites[i];
        placed->cite.id = placed->work->id;
        placed->cite.locator.data = arena_copy(memory, cites[i].locator);
        placed->cite.prefix.data = arena_copy(memory, cites[i].prefix);
        placed->cite.suffix.data = arena_copy(memory, cites[i].suffix);
    }
    return citation;
}

/* What a call of processor_cite() makes of the document, until it takes the old one's place. */
struct planned {
    struct citation *citation;
    unsigned note;
};
struct plan {
    const char *current; /* the id of the citation put in */
    struct planned *places;
    size_t count;
    struct id_table ids; /* of the present document, once it is needed */
};

static osler_status plan_places(const processor *p, struct plan *plan,
                                const struct citation_place *places, size_t count,
                                osler_error *error)
{
    for (size_t i = 0; i < count; i++) {
        struct citation *citation = find_citation(p, &plan->ids, plan->count, places[i].id);
        if (citation && strcmp(citation->id, plan->current) == 0)
            return fail(error, OSLER_EUSAGE, 0, "citation \"%s\" cannot stand beside itself",
                        places[i].id);
        if (!citation || citation->listed)
            return fail(error, OSLER_ENOTFOUND, 0, "citation \"%s\" is %s", places[i].id,
                        citation ? "named twice" : "not in the document");
        citation->listed = true;
        plan->places[plan->count++] = (struct planned){citation, places[i].note};
    }
    return OSLER_OK;
}

/* Free the citations that are not named any more and put the planned ones in their place. */
static void plan_carry_out(processor *p, const struct plan *plan)
{
    for (size_t i = 0; i < p->citation_count; i++)
        if (!p->citations[i]->listed)
            citation_free(p->citations[i]);
    p->citations = make_room(p->citations, &p->citation_capacity, plan->count);
    for (size_t i = 0; i < plan->count; i++) {
        p->citations[i] = plan->places[i].citation;
        p->citations[i]->note = plan->places[i].note;
    }
    p->citation_count = plan->count;
}

static uint64_t citation_state(const struct citation *citation)
{
    uint64_t state = document_mix(0, citation->count);

    for (size_t i = 0; i < citation->count; i++) {
        const struct placed_cite *cite = &citation->cites[i];
        state = document_mix(state, (uint64_t)cite->position << 1 | cite->near_note);
        state = document_mix(state, cite->first_note);
        state = document_mix(state, cite->work->number);
        state = document_mix(state, cite->work->shape_hash);
    }
    return state;
}

/* Render what depends on something that changed; list those with another text. */
static size_t render_changed(processor *p, const struct citation *current)
{
    size_t count = 0;
    buf text = {0};

    if (p->change_capacity < p->citation_count) {
        p->change_capacity = p->citation_count * 2;
        p->changes = memory_resize(p->changes, p->change_capacity * sizeof *p->changes);
    }
    for (size_t i = 0; i < p->citation_count; i++) {
        struct citation *citation = p->citations[i];
        uint64_t state = citation_state(citation);
        bool changed = false;
        if (!citation->rendered || citation->state != state) {
            buf_clear(&text);
            cluster_render(p, &text, citation);
            changed = !str_equal(buf_str(&text), buf_str(&citation->text));
            buf_clear(&citation->text);
            buf_add(&citation->text, buf_str(&text));
            citation->rendered = true;
            citation->state = state;
        }
        if (changed || citation == current)
            p->changes[count++] =
                (struct citation_change){citation->id, i, buf_text(&citation->text)};
    }
    buf_free(&text);
    return count;
}

osler_status processor_cite(processor *p, const struct citation_request *request,
                            const struct citation_change **changes, size_t *change_count,
                            osler_error *error)
{
    struct plan plan = {.current = request->id};
    const char *unknown = NULL;
    struct citation *citation =
        citation_new(p, request->id, request->cites, request->count, &unknown);
    osler_status status;

    if (!citation)
        return fail(error, OSLER_ENOTFOUND, 0, "no work \"%s\" is known, which \"%s\" cites",
                    unknown, request->id);
    plan.places =
        memory_alloc((request->before_count + request->after_count + 1) * sizeof *plan.places);
    for (size_t i = 0; i < p->citation_count; i++)
        p->citations[i]->listed = false;
    status = plan_places(p, &plan, request->before, request->before_count, error);
    if (status != OSLER_OK)
        goto done;
    plan.places[plan.count++] = (struct planned){citation, request->note};
    status = plan_places(p, &plan, request->after, request->after_count, error);
    if (status != OSLER_OK)
        goto done;
    plan_carry_out(p, &plan);
    sorting_cites(p, citation);
    document_settle(p);
    positions_find(p);
    *change_count = render_changed(p, citation);
    *changes = p->changes;
    citation = NULL;
done:
    if (citation)
        citation_free(citation);
    id_table_free(&plan.ids);
    memory_free(plan.places);
    return status;
}

/* Make a citation of each request.  On failure the plan has those made so far. */
static osler_status plan_document(processor *p, struct plan *plan,
                                  const struct citation_request *requests, size_t count,
                                  osler_error *error)
{
    const char *unknown = NULL;

    for (size_t i = 0; i < count; i++) {
        const struct citation_request *request = &requests[i];
        if (id_table_get(&plan->ids, request->id) != SIZE_MAX)
            return fail(error, OSLER_EINPUT, 0, "citation \"%s\" is there twice", request->id);
        struct citation *citation =
            citation_new(p, request->id, request->cites, request->count, &unknown);
        if (!citation)
            return fail(error, OSLER_ENOTFOUND, 0, "no work \"%s\" is known, which \"%s\" cites",
                        unknown, request->id);
        id_table_put(&plan->ids, citation->id, i);
        plan->places[plan->count++] = (struct planned){citation, request->note};
    }
    return OSLER_OK;
}

osler_status processor_cite_all(processor *p, const struct citation_request *requests, size_t count,
                                osler_error *error)
{
    struct plan plan = {.places = memory_alloc((count + 1) * sizeof *plan.places)};
    osler_status status = plan_document(p, &plan, requests, count, error);

    if (status == OSLER_OK) {
        for (size_t i = 0; i < p->citation_count; i++)
            p->citations[i]->listed = false;
        plan_carry_out(p, &plan);
        for (size_t i = 0; i < p->citation_count; i++)
            sorting_cites(p, p->citations[i]);
        document_settle(p);
        positions_find(p);
        render_changed(p, NULL);
    } else {
        for (size_t i = 0; i < plan.count; i++)
            citation_free(plan.places[i].citation);
    }
    id_table_free(&plan.ids);
    memory_free(plan.places);
    return status;
}

osler_status processor_preview(processor *p, const struct cite *cites, size_t count,
                               const char **text, osler_error *error)
{
    const char *unknown = NULL;
    struct citation *citation = citation_new(p, "", cites, count, &unknown);

    if (!citation)
        return fail(error, OSLER_ENOTFOUND, 0, "no work \"%s\" is known", unknown);
    for (size_t i = 0; i < count; i++) {
        struct placed_cite *cite = &citation->cites[i];
        if (cite->cite.position >= 0)
            cite->position = (enum position)cite->cite.position;
        cite->near_note = cite->cite.near_note;
    }
    document_settle(p);
    sorting_cites(p, citation);
    buf_clear(&p->preview);
    cluster_render(p, &p->preview, citation);
    *text = buf_text(&p->preview);
    citation_free(citation);
    return OSLER_OK;
}

const char *processor_citation(const processor *p, size_t index)
{
    return index < p->citation_count ? buf_text(&p->citations[index]->text) : NULL;
}

size_t processor_citations(const processor *p, const struct citation_change **out)
{
    for (size_t i = 0; i < p->citation_count; i++)
        p->changes[i] =
            (struct citation_change){p->citations[i]->id, i, buf_text(&p->citations[i]->text)};
    *out = p->changes;
    return p->citation_count;
}
