/* Ranking the evidence: resolve the condition, score every candidate, order, load what is shown. */
#include "library/library.h"

#include "appraise/appraise.h"
#include "base/error.h"
#include "base/memory.h"
#include "query/query.h"
#include "query/ranking.h"
#include "record/record.h"

#include <osler/evidence.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    MOST_SUGGESTIONS = 6,
    FEWEST_UNRANKED = 20 /* in each list of what is not ranked, where a lower limit is set */
};

/* The result and the memory of all it holds. */
struct owned {
    osler_evidence evidence; /* first: the two share an address */
    arena memory;
};

/* A ranking at work. */
struct work {
    struct owned *owned;
    library_view view;
    const osler_evidence_options *options;
    index_analyzer *analyzer;
    concept_list concepts;
    size_t of_condition; /* the first concepts; the others are the intervention's */
    scorer scorer;
    ranking ranking;
    osler_error *error;
};

static osler_status check_designs(struct work *r)
{
    str rest = str_of(r->options->designs), one;
    r->ranking.designs = r->options->designs ? 0 : UINT64_MAX;
    while (str_next_field(&rest, ',', &one)) {
        uint64_t wanted = query_designs(one);
        r->ranking.designs |= wanted;
        if (wanted)
            continue;
        buf near = {0};
        query_design_suggest(&near, one);
        osler_status status =
            fail(r->error, OSLER_EUSAGE, 0,
                 "'%.*s' is no study design, such as randomized-trial or meta-analysis%s",
                 STR_ARG(str_part(str_trim(one), 0, 60)), buf_text(&near));
        buf_free(&near);
        return status;
    }
    return OSLER_OK;
}

static osler_status check_years(const struct work *r)
{
    const osler_evidence_options *o = r->options;
    if (o->since && o->until && o->since > o->until)
        return fail(r->error, OSLER_EUSAGE, 0,
                    "the years are the wrong way round: since %d, until %d", o->since, o->until);
    return OSLER_OK;
}

/* "migraine[mh]" is a query, not a condition. */
static osler_status check_plain(const struct work *r, const char *text)
{
    str s = str_of(text);
    for (size_t at = str_find(s, '['); at < s.length;
         at += 1 + str_find(str_part(s, at + 1, s.length), '[')) {
        str inside = str_part(s, at + 1, s.length);
        size_t end = str_find(inside, ']');
        if (end < inside.length && query_tag_find(str_part(inside, 0, end)))
            return fail(r->error, OSLER_EUSAGE, 0,
                        "field tags such as [%.*s] belong to 'osler find': expected a condition or "
                        "an intervention in words",
                        STR_ARG(str_part(inside, 0, end)));
    }
    return OSLER_OK;
}

static const char *lower_copy(arena *memory, const char *text)
{
    buf b = {0};
    for (str s = str_of(text); s.length; s = str_part(s, 1, s.length))
        buf_add_byte(&b, char_lower(s.data[0]));
    const char *copy = arena_copy(memory, buf_str(&b));
    buf_free(&b);
    return copy;
}

/* The latest day on which any of the libraries changed. */
static osler_status last_change(const struct work *r, char latest[11])
{
    const osler_library *l = r->view.library;
    osler_status status = OSLER_OK;
    *latest = '\0';
    for (size_t i = 0; status == OSLER_OK && i < l->count; i++) {
        char day[11];
        status = store_last_change(l->stores[i], day, r->error);
        if (status == OSLER_OK && strcmp(day, latest) > 0)
            memcpy(latest, day, sizeof day);
    }
    return status;
}

/* Fill in the question, the scheme and the day; refuse what cannot be used. */
static osler_status set_up(struct work *r)
{
    osler_evidence *e = &r->owned->evidence;
    const osler_evidence_options *o = r->options;
    e->question = o->question ? lower_copy(&r->owned->memory, o->question) : "treatment";
    e->scheme = o->scheme ? lower_copy(&r->owned->memory, o->scheme) : "ocebm-2011";
    if (!appraise_knows_question(e->question))
        return fail(r->error, OSLER_EUSAGE, 0,
                    "'%.40s' is no question: expected treatment, harm, rare-harm, diagnosis, "
                    "prognosis, etiology, prevalence or screening",
                    e->question);
    if (strcmp(e->scheme, "ocebm-2011") != 0 && strcmp(e->scheme, "nhmrc-2009") != 0)
        return fail(r->error, OSLER_EUSAGE, 0,
                    "'%.40s' is no hierarchy: expected ocebm-2011 or nhmrc-2009", e->scheme);
    char day[11];
    osler_status status = last_change(r, day);
    if (status != OSLER_OK)
        return status;
    e->as_of = arena_copy(&r->owned->memory, str_of(o->as_of ? o->as_of : day));
    /* Only an empty library has no day of its own. */
    if (!day_read(e->as_of, &r->scorer.as_of) && (o->as_of || *e->as_of))
        return fail(r->error, OSLER_EUSAGE, 0, "'%.40s' is no day: expected YYYY-MM-DD", e->as_of);
    r->scorer.question = e->question;
    r->scorer.scheme = e->scheme;
    status = check_years(r);
    if (status == OSLER_OK)
        status = check_plain(r, e->condition);
    if (status == OSLER_OK)
        status = check_plain(r, e->intervention);
    return status == OSLER_OK ? check_designs(r) : status;
}

static osler_status resolve(struct work *r, const char *text, bool condition)
{
    const char *unknown = NULL, *near[MOST_SUGGESTIONS];
    arena *memory = &r->owned->memory;
    concept_resolver resolver = {r->view.index, r->analyzer, memory};
    osler_status status =
        concept_resolve(&resolver, str_of(text), condition, &r->concepts, &unknown, r->error);
    if (status != OSLER_ENOTFOUND)
        return status;
    size_t count = concept_suggest(memory, str_of(text), near, MOST_SUGGESTIONS);
    if (!count && unknown)
        count = concept_suggest(memory, str_of(unknown), near, MOST_SUGGESTIONS);
    for (size_t i = 0; i < count; i++)
        record_add_text(memory, &r->owned->evidence.suggestions, str_of(near[i]));
    return status;
}

/* The names of a concept in texts, to show. */
static void show_concept(struct work *r, const concept *c, bool intervention)
{
    arena *memory = &r->owned->memory;
    osler_concept *to = RECORD_ADD(memory, &r->owned->evidence.concepts);
    to->query = c->query;
    to->name = c->name;
    to->profile = c->profile;
    to->intervention = intervention;
    to->found = c->found;
    to->idf = c->idf;
    to->narrower = c->headings.count - c->roots;
    for (size_t i = 0; i < c->roots; i++) {
        struct osler_concept_heading *h = RECORD_ADD(memory, &to->headings);
        h->ui = c->headings.items[i].descriptor->ui;
        h->name = c->headings.items[i].descriptor->name;
    }
    for (size_t i = 0; i < c->phrases.count; i++)
        if (c->phrases.items[i].exact)
            record_add_text(memory, &to->terms, str_of(c->phrases.items[i].text));
}

/* Resolve what is asked for. */
static osler_status resolve_all(struct work *r)
{
    osler_evidence *e = &r->owned->evidence;
    osler_status status = resolve(r, e->condition, true);
    r->of_condition = r->concepts.count;
    if (status == OSLER_OK && e->intervention)
        status = resolve(r, e->intervention, false);
    return status;
}

static void count(struct work *r)
{
    osler_evidence *e = &r->owned->evidence;
    const ranking_counts *c = &r->ranking.counts;
    for (size_t i = 0; i < OSLER_LANES; i++)
        e->lanes[i] = (osler_lane_count){ranking_lane_name(i), c->lanes[i]};
    e->ranked = c->ranked;
    e->unscored_count = c->unscored;
    e->excluded_count = c->excluded;
    e->weak_count = c->weak;
    e->retracted_count = c->retracted;
    e->matched = e->ranked + e->unscored_count + e->excluded_count;
    e->left_out = r->ranking.left_out;
    e->undated = r->ranking.undated;
    e->estimated = r->ranking.estimated;
}

static osler_ranked_list *list_of(osler_evidence *e, enum score_place place)
{
    switch (place) {
    case SCORE_RANKED: return &e->results;
    case SCORE_UNSCORED: return &e->unscored;
    case SCORE_EXCLUDED: return &e->excluded;
    case SCORE_WEAK: break;
    }
    return &e->weak;
}

/* Which places are returned, and where they are among the documents that are read for it. */
struct kept {
    uint32_t place; /* index of it */
    index_number document;
};

static int by_document(const void *one, const void *two)
{
    const struct kept *a = one, *b = two;
    return (a->document > b->document) - (a->document < b->document);
}

/* The record of a document. */
static osler_status load(struct work *r, index_number document, store_citation **out)
{
    index_facts facts;
    *out = arena_alloc(&r->owned->memory, sizeof **out);
    store *s = r->view.library->stores[index_source_of(r->view.index, document)];
    osler_status status = index_get_facts(r->view.index, document, &facts, r->error);
    return status == OSLER_OK ? store_get(s, &r->owned->memory, facts.citation, *out, r->error)
                              : status;
}

/* Fill in `out` but for its rank. */
static osler_status show(struct work *r, index_number document, osler_ranked *out)
{
    arena *memory = &r->owned->memory;
    score_said said;
    store_citation *c;
    osler_status status = load(r, document, &c);
    if (status != OSLER_OK)
        return status;
    *out = (osler_ranked){.id = c->name, .pmid = c->record.pmid};
    status = ranking_score(&r->ranking, memory, document, out, &said, r->error);
    if (status == OSLER_OK)
        score_say(memory, out, &said, &c->record, &c->appraisal);
    return status;
}

/* The places to return, by document.  With a limit, lists of what is not ranked end too. */
static size_t choose(struct work *r, struct kept *out)
{
    size_t count = 0, in_list[SCORE_WEAK + 1] = {0};
    size_t limit = r->options->limit;
    for (size_t i = 0; i < r->ranking.places.count; i++) {
        enum score_place place = r->ranking.places.items[i].place;
        bool low = place != SCORE_RANKED && limit < FEWEST_UNRANKED;
        size_t most = low ? FEWEST_UNRANKED : limit;
        if ((place == SCORE_WEAK && !r->options->weak) || (limit && in_list[place] >= most))
            continue;
        in_list[place]++;
        out[count++] = (struct kept){(uint32_t)i, r->ranking.places.items[i].document};
    }
    if (count)
        qsort(out, count, sizeof *out, by_document);
    return count;
}

static osler_status keep_all(struct work *r)
{
    arena *scratch = &r->view.library->scratch;
    size_t all = r->ranking.places.count;
    struct kept *kept = arena_alloc(scratch, (all + 1) * sizeof *kept);
    osler_ranked *shown = arena_alloc(scratch, (all + 1) * sizeof *shown);
    size_t count = choose(r, kept);
    index_number *documents = arena_alloc(scratch, (count + 1) * sizeof *documents);
    for (size_t i = 0; i < count; i++)
        documents[i] = kept[i].document;
    osler_status status = ranking_read(&r->ranking, documents, count, r->error);
    for (size_t i = 0; status == OSLER_OK && i < count; i++)
        status = show(r, documents[i], &shown[kept[i].place]);
    for (size_t i = 0; status == OSLER_OK && i < all; i++) {
        if (!shown[i].id)
            continue;
        enum score_place place = r->ranking.places.items[i].place;
        shown[i].rank = place == SCORE_RANKED ? (unsigned)i + 1 : 0;
        *(osler_ranked *)RECORD_ADD(&r->owned->memory, list_of(&r->owned->evidence, place)) =
            shown[i];
    }
    return status;
}

/* One record, read itself: it need not be about the condition.  The ranked ones stand first, so
 * that a place is a rank. */
static osler_status keep_one(struct work *r, const char *name)
{
    arena *memory = &r->owned->memory;
    osler_library *l = r->view.library;
    int64_t id;
    size_t source = 0;
    osler_status status = store_lookup(l->stores[0], name, &id, r->error);
    while (status == OSLER_ENOTFOUND && ++source < l->count)
        status = store_lookup(l->stores[source], name, &id, NULL);
    if (status != OSLER_OK)
        return status;
    store_citation *c = arena_alloc(memory, sizeof *c);
    status = store_get(l->stores[source], memory, id, c, r->error);
    if (status != OSLER_OK)
        return status;
    osler_ranked scored = {.id = c->name, .pmid = c->record.pmid};
    enum score_place place = score_record(memory, &scored, &r->scorer, &c->record, &c->appraisal);
    index_number document;
    status = index_find_citation(r->view.index, source, id, &document, NULL);
    for (size_t i = 0; status == OSLER_OK && i < r->ranking.places.count; i++)
        if (place == SCORE_RANKED && r->ranking.places.items[i].document == document)
            scored.rank = (unsigned)i + 1;
    *(osler_ranked *)RECORD_ADD(memory, list_of(&r->owned->evidence, place)) = scored;
    return OSLER_OK;
}

static osler_status rank(struct work *r, const char *id)
{
    osler_status status = set_up(r);
    if (status == OSLER_OK)
        status = resolve_all(r);
    if (status == OSLER_OK) {
        r->ranking.index = r->view.index;
        r->ranking.analyzer = r->analyzer;
        r->ranking.memory = &r->owned->memory;
        r->ranking.scratch = &r->view.library->scratch;
        r->ranking.concepts = &r->concepts;
        r->ranking.by = &r->scorer;
        r->ranking.since = r->options->since;
        r->ranking.until = r->options->until;
        r->ranking.most = id || r->options->weak ? 0 : r->options->limit;
        status = ranking_run(&r->ranking, r->error);
    }
    if (status != OSLER_OK)
        return status;
    for (size_t i = 0; i < r->concepts.count; i++)
        show_concept(r, &r->concepts.items[i], i >= r->of_condition);
    count(r);
    return id ? keep_one(r, id) : keep_all(r);
}

static osler_status work(osler_evidence **out, osler_library *library, const char *condition,
                         const char *id, const osler_evidence_options *options, osler_error *error)
{
    static const osler_evidence_options plain = {0};
    struct owned *o = memory_alloc(sizeof *o);
    struct work r = {.owned = o, .options = options ? options : &plain, .error = error};
    o->evidence.condition = arena_copy(&o->memory, str_of(condition));
    if (r.options->intervention)
        o->evidence.intervention = arena_copy(&o->memory, str_of(r.options->intervention));
    /* One moment of the library, whatever other processes write meanwhile. */
    osler_status status = library_begin_reading(&r.view, library, error);
    r.analyzer = index_analyzer_new();
    if (status == OSLER_OK)
        status = rank(&r, id);
    ranking_end(&r.ranking);
    index_analyzer_free(r.analyzer);
    library_end_reading(&r.view);
    bool wanted = status == OSLER_OK || status == OSLER_ENOTFOUND;
    *out = wanted ? &o->evidence : NULL;
    if (!wanted)
        osler_evidence_free(&o->evidence);
    return status;
}

osler_status osler_evidence_rank(osler_evidence **out, osler_library *library,
                                 const char *condition, const osler_evidence_options *options,
                                 osler_error *error)
{
    return work(out, library, condition, NULL, options, error);
}

osler_status osler_evidence_explain(osler_evidence **out, osler_library *library,
                                    const char *condition, const char *id,
                                    const osler_evidence_options *options, osler_error *error)
{
    return work(out, library, condition, id, options, error);
}

void osler_evidence_free(osler_evidence *evidence)
{
    if (!evidence)
        return;
    arena memory = ((struct owned *)(void *)evidence)->memory;
    arena_free(&memory);
    memory_free(evidence);
}
