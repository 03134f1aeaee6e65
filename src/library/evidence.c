/* Ranking the evidence: resolve the condition, score every candidate, order, load what is shown. */
#include "library/library.h"

#include "appraise/appraise.h"
#include "base/error.h"
#include "base/memory.h"
#include "query/query.h"
#include "query/score.h"
#include "record/record.h"

#include <osler/evidence.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_SUGGESTIONS = 6 };

/* The result and the memory of all it holds. */
struct owned {
    osler_evidence evidence; /* first: the two share an address */
    arena memory;
};

/* One candidate after scoring: enough to order it. */
struct place {
    int64_t id, pmid; /* pmid 0: none */
    enum score_place place;
    double score, evidence, topic;
    int year;
    bool retracted;
    const char *lane;  /* static */
    const char *title; /* of works without a PMID, which it orders */
};

struct place_list {
    struct place *items;
    size_t count;
};

/* A ranking at work. */
struct ranking {
    struct owned *owned;
    store *store;
    const osler_evidence_options *options;
    concept_list concepts;
    size_t of_condition; /* the first concepts; the others are the intervention's */
    uint64_t designs;    /* as query_designs(): only these */
    scorer scorer;
    struct place_list places;
    arena scratch; /* for one record */
    osler_error *error;
};

static const char *const lanes[OSLER_LANES] = {"syntheses",  "trials",   "observational",
                                               "cases",      "guidance", "protocols",
                                               "background", "excluded"};

static osler_status check_designs(struct ranking *r)
{
    str rest = str_of(r->options->designs), one;
    r->designs = r->options->designs ? 0 : UINT64_MAX;
    while (str_next_field(&rest, ',', &one)) {
        uint64_t wanted = query_designs(one);
        r->designs |= wanted;
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

static osler_status check_years(const struct ranking *r)
{
    const osler_evidence_options *o = r->options;
    if (o->since && o->until && o->since > o->until)
        return fail(r->error, OSLER_EUSAGE, 0,
                    "the years are the wrong way round: since %d, until %d", o->since, o->until);
    return OSLER_OK;
}

/* "migraine[mh]" is a query, not a condition. */
static osler_status check_plain(const struct ranking *r, const char *text)
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

/* Fill in the question, the scheme and the day; refuse what cannot be used. */
static osler_status set_up(struct ranking *r)
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
    osler_status status = store_last_change(r->store, day, r->error);
    if (status != OSLER_OK)
        return status;
    e->as_of = arena_copy(&r->owned->memory, str_of(o->as_of ? o->as_of : day));
    /* Only an empty library has no day of its own. */
    if (!day_read(e->as_of, &r->scorer.as_of) && (o->as_of || *e->as_of))
        return fail(r->error, OSLER_EUSAGE, 0, "'%.40s' is no day: expected YYYY-MM-DD", e->as_of);
    r->scorer.concepts = &r->concepts;
    r->scorer.question = e->question;
    r->scorer.scheme = e->scheme;
    status = check_years(r);
    if (status == OSLER_OK)
        status = check_plain(r, e->condition);
    if (status == OSLER_OK)
        status = check_plain(r, e->intervention);
    return status == OSLER_OK ? check_designs(r) : status;
}

static osler_status resolve(struct ranking *r, const char *text, bool condition)
{
    const char *unknown = NULL, *near[MOST_SUGGESTIONS];
    arena *memory = &r->owned->memory;
    concept_resolver resolver = {r->store, memory};
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
static void show_concept(struct ranking *r, const concept *c, bool intervention)
{
    arena *memory = &r->owned->memory;
    osler_concept *to = RECORD_ADD(memory, &r->owned->evidence.concepts);
    to->query = c->query;
    to->name = c->name;
    to->profile = c->profile;
    to->intervention = intervention;
    to->found = c->ids.count;
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

/* Resolve what is asked for and find the records that may be about all of it. */
static osler_status find_candidates(struct ranking *r, store_ids *out)
{
    arena *memory = &r->owned->memory;
    osler_evidence *e = &r->owned->evidence;
    concept_resolver resolver = {r->store, memory};
    osler_status status = resolve(r, e->condition, true);
    r->of_condition = r->concepts.count;
    if (status == OSLER_OK && e->intervention)
        status = resolve(r, e->intervention, false);
    store_averages averages = {0};
    if (status == OSLER_OK)
        status = store_get_averages(r->store, &averages, r->error);
    if (status == OSLER_OK)
        concept_prepare(memory, &r->concepts);
    double *lengths = r->scorer.averages;
    lengths[MATCH_MESH_MAJOR] = lengths[MATCH_MESH_MINOR] = averages.headings;
    lengths[MATCH_TITLE] = averages.title;
    lengths[MATCH_KEYWORDS] = averages.keywords;
    lengths[MATCH_ABSTRACT] = averages.abstract;
    lengths[MATCH_OTHER_ABSTRACT] = averages.other_abstract;
    for (size_t i = 0; status == OSLER_OK && i < r->concepts.count; i++) {
        concept *c = &r->concepts.items[i];
        status = concept_find(&resolver, averages.citations, c, r->error);
        c->idf = score_round(c->idf);
        *out = i ? store_ids_both(memory, *out, c->ids) : c->ids;
        show_concept(r, c, i >= r->of_condition);
    }
    return status;
}

static bool is_wanted(const struct ranking *r, const char *design)
{
    const char *code;
    for (unsigned i = 0; i < 64 && (code = osler_design_code(i)); i++)
        if (strcmp(code, design) == 0)
            return r->designs >> i & 1;
    return !r->options->designs;
}

/* Whether the record is of the designs and the years that are asked for; counts those that are
 * not. */
static bool passes(struct ranking *r, const osler_ranked *scored, enum score_place place)
{
    const osler_evidence_options *o = r->options;
    bool wanted = is_wanted(r, scored->appraisal->design);
    bool undated = (o->since || o->until) && !scored->year;
    bool early = o->since && scored->year < o->since, late = o->until && scored->year > o->until;
    if (wanted && !undated && !early && !late)
        return true;
    r->owned->evidence.left_out += place != SCORE_WEAK;
    r->owned->evidence.undated += place != SCORE_WEAK && wanted && undated;
    return false;
}

/* Score one record in `memory`; it fills `out` but for its rank. */
static osler_status score(struct ranking *r, arena *memory, int64_t id, osler_ranked *out,
                          enum score_place *place)
{
    store_citation *c = arena_alloc(memory, sizeof *c);
    osler_status status = store_get(r->store, memory, id, c, r->error);
    if (status != OSLER_OK)
        return status;
    *out = (osler_ranked){.id = arena_copy(memory, str_of(c->name)), .pmid = c->record.pmid};
    *place = score_record(memory, out, &r->scorer, &c->record, &c->appraisal);
    return OSLER_OK;
}

static osler_status add_place(struct ranking *r, int64_t id)
{
    osler_ranked scored;
    enum score_place place;
    arena_clear(&r->scratch);
    osler_status status = score(r, &r->scratch, id, &scored, &place);
    if (status != OSLER_OK || !passes(r, &scored, place))
        return status;
    arena *memory = &r->owned->memory;
    unsigned long pmid = 0;
    if (scored.pmid && !str_number(str_of(scored.pmid), &pmid))
        pmid = 0;
    struct place *p = RECORD_ADD(memory, &r->places);
    *p = (struct place){.id = id,
                        .pmid = (int64_t)pmid,
                        .place = place,
                        .score = scored.score,
                        .evidence = scored.evidence.value,
                        .topic = scored.topic.value,
                        .year = scored.year,
                        .retracted = osler_appraisal_has_flag(scored.appraisal, "retracted"),
                        .lane = scored.lane};
    if (!pmid)
        p->title = arena_copy(memory, str_of(osler_record_title(scored.record)));
    return OSLER_OK;
}

static int falling(double a, double b)
{
    return (a < b) - (a > b);
}

/* A total order that does not depend on when a record came: score, evidence, topic, year, PMID. */
static int by_score(const void *one, const void *two)
{
    const struct place *a = one, *b = two;
    int order = (a->place > b->place) - (a->place < b->place);
    if (!order)
        order = falling(a->score, b->score);
    if (!order && a->place == SCORE_RANKED)
        order = falling(a->evidence, b->evidence);
    if (!order)
        order = falling(a->topic, b->topic);
    if (!order)
        order = falling(a->year, b->year);
    if (!order && (!a->pmid || !b->pmid))
        order = falling(a->pmid != 0, b->pmid != 0);
    if (!order)
        order = (a->pmid > b->pmid) - (a->pmid < b->pmid);
    if (!order && a->title && b->title)
        order = strcmp(a->title, b->title);
    return order ? order : (a->id > b->id) - (a->id < b->id);
}

static void count(struct ranking *r)
{
    osler_evidence *e = &r->owned->evidence;
    for (size_t i = 0; i < OSLER_LANES; i++)
        e->lanes[i].lane = lanes[i];
    for (size_t i = 0; i < r->places.count; i++) {
        const struct place *p = &r->places.items[i];
        e->ranked += p->place == SCORE_RANKED;
        e->unscored_count += p->place == SCORE_UNSCORED;
        e->excluded_count += p->place == SCORE_EXCLUDED;
        e->weak_count += p->place == SCORE_WEAK;
        e->retracted_count += p->place == SCORE_EXCLUDED && p->retracted;
        for (size_t k = 0; p->place != SCORE_WEAK && k < OSLER_LANES; k++)
            e->lanes[k].count += strcmp(lanes[k], p->lane) == 0;
    }
    e->matched = e->ranked + e->unscored_count + e->excluded_count;
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

/* Score the record again, this time to keep it. */
static osler_status keep(struct ranking *r, int64_t id, unsigned rank)
{
    osler_ranked scored;
    enum score_place place;
    arena *memory = &r->owned->memory;
    osler_status status = score(r, memory, id, &scored, &place);
    if (status != OSLER_OK)
        return status;
    scored.rank = place == SCORE_RANKED ? rank : 0;
    osler_ranked *to = RECORD_ADD(memory, list_of(&r->owned->evidence, place));
    *to = scored;
    return OSLER_OK;
}

static osler_status keep_all(struct ranking *r)
{
    osler_status status = OSLER_OK;
    size_t most = r->options->limit ? r->options->limit : r->places.count;
    for (size_t i = 0; status == OSLER_OK && i < r->places.count; i++) {
        const struct place *p = &r->places.items[i];
        if ((p->place == SCORE_RANKED && i >= most) ||
            (p->place == SCORE_WEAK && !r->options->weak))
            continue;
        status = keep(r, p->id, (unsigned)i + 1);
    }
    return status;
}

/* The ranked records stand first, so that a place is a rank. */
static osler_status keep_one(struct ranking *r, const char *name)
{
    int64_t id;
    osler_status status = store_lookup(r->store, name, &id, r->error);
    unsigned rank = 0;
    for (size_t i = 0; i < r->places.count; i++)
        if (r->places.items[i].id == id)
            rank = (unsigned)i + 1;
    return status == OSLER_OK ? keep(r, id, rank) : status;
}

static osler_status rank(struct ranking *r, const char *id)
{
    store_ids candidates = {0};
    osler_status status = set_up(r);
    if (status == OSLER_OK)
        status = find_candidates(r, &candidates);
    for (size_t i = 0; status == OSLER_OK && i < candidates.count; i++)
        status = add_place(r, candidates.items[i]);
    if (status != OSLER_OK)
        return status;
    if (r->places.count)
        qsort(r->places.items, r->places.count, sizeof *r->places.items, by_score);
    count(r);
    return id ? keep_one(r, id) : keep_all(r);
}

static osler_status work(osler_evidence **out, osler_library *library, const char *condition,
                         const char *id, const osler_evidence_options *options, osler_error *error)
{
    static const osler_evidence_options plain = {0};
    struct owned *o = memory_alloc(sizeof *o);
    struct ranking r = {
        .owned = o, .store = library->store, .options = options ? options : &plain, .error = error};
    o->evidence.condition = arena_copy(&o->memory, str_of(condition));
    if (r.options->intervention)
        o->evidence.intervention = arena_copy(&o->memory, str_of(r.options->intervention));
    /* One moment of the library, whatever other processes write meanwhile. */
    osler_status status = store_begin_reading(library->store, error);
    if (status == OSLER_OK)
        status = rank(&r, id);
    store_rollback(library->store);
    arena_free(&r.scratch);
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
