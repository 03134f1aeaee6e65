/* Gathering witnesses from publication types, headings, registry numbers and phrases. */
#include "appraise/witnesses.h"

#include "appraise/keys.h"
#include "appraise/registries.h"
#include "appraise/rules.h"
#include "base/buf.h"

#include <pthread.h>
#include <string.h>

static const struct {
    const char *ui, *name;
    claim design, modifier;
    double weight;
} types[] = {
#define PUBLICATION_TYPE(ui, name, design, modifier, weight)                                       \
    {ui, name, CLAIM_##design, CLAIM_##modifier, weight},
#include "appraise/publication_types.def"
};

static const struct {
    const char *name, *known;
} aliases[] = {
#define ALSO_CALLED(name, known) {name, known},
#include "appraise/publication_types.def"
};

static const struct {
    const char *ui, *name;
    claim claim;
    double weight;
} headings[] = {
#define HEADING(ui, name, claim, weight) {ui, name, CLAIM_##claim, weight},
#include "appraise/mesh_designs.def"
};

static const struct {
    const char *nlm_id, *abbreviation, *title;
    claim claim;
    double weight;
} journals[] = {
#define JOURNAL(nlm_id, abbreviation, title, claim, weight)                                        \
    {nlm_id, abbreviation, title, CLAIM_##claim, weight},
#include "appraise/journals.def"
};

enum {
    TYPE_COUNT = sizeof types / sizeof *types,
    HEADING_COUNT = sizeof headings / sizeof *headings,
    MOST_OF_A_KIND = 3,
};

_Static_assert((int)TYPE_COUNT <= (int)KEYS_ROWS && (int)HEADING_COUNT <= (int)KEYS_ROWS,
               "more rows than keys hold");

/* Made once, then only read. */
static pthread_once_t once = PTHREAD_ONCE_INIT;
static keys type_uis, type_names, heading_uis, heading_names;

static void make_keys(void)
{
    for (unsigned i = 0; i < TYPE_COUNT; i++) {
        keys_add(&type_uis, types[i].ui, i);
        keys_add(&type_names, types[i].name, i);
    }
    for (unsigned i = 0; i < HEADING_COUNT; i++) {
        keys_add(&heading_uis, headings[i].ui, i);
        keys_add(&heading_names, headings[i].name, i);
    }
}

static const double MODIFIER_BY_TYPE = 0.95;
/* One sentence on a search: narrative reviews have it too, but seldom name several databases. */
static const double SEARCH_ALONE = 0.50;

/* A witness that says nothing new, or one of many of its kind, is left out. */
static void add(arena *memory, testimony *t, witness w)
{
    size_t alike = 0;
    if (w.claim == CLAIM_none)
        return;
    for (size_t i = 0; i < t->count; i++) {
        witness *other = &t->items[i];
        if (other->claim != w.claim || other->source != w.source)
            continue;
        alike++;
        if (strcmp(other->cue, w.cue) != 0)
            continue;
        if (other->weight < w.weight)
            *other = w;
        return;
    }
    if (alike >= MOST_OF_A_KIND)
        for (size_t i = 0; i < t->count; i++) {
            witness *other = &t->items[i];
            if (other->claim == w.claim && other->source == w.source && other->weight < w.weight) {
                *other = w;
                return;
            }
        }
    else
        *(witness *)arena_append(memory, &t->items, &t->count, sizeof w) = w;
}

/* -- publication types --------------------------------------------------------------------------
 */

/* Sources without UIs like the plural: "Validation Studies", "Reviews". */
static unsigned type_by_plural(str name)
{
    if (name.length <= 7 ||
        !str_equal_ignoring_case(str_part(name, name.length - 7, 7), str_of("Studies")))
        return keys_find(&type_names, str_part(name, 0, name.length - 1));
    buf single = {0};
    buf_add(&single, str_part(name, 0, name.length - 3));
    buf_add_byte(&single, 'y');
    unsigned found = keys_find(&type_names, buf_str(&single));
    buf_free(&single);
    return found;
}

static unsigned type_by_name(str name)
{
    for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++)
        if (str_equal_ignoring_case(name, str_of(aliases[i].name)))
            name = str_of(aliases[i].known);
    unsigned found = keys_find(&type_names, name);
    if (found == KEYS_NONE && name.length > 4 && char_lower(name.data[name.length - 1]) == 's')
        found = type_by_plural(name);
    return found;
}

/* The first row of the UI; KEYS_NONE when no row has it. */
static unsigned row_of_ui(const keys *uis, const char *ui)
{
    unsigned found = ui ? keys_find(uis, str_of(ui)) : KEYS_NONE;
    return found != KEYS_NONE && str_is(uis->text[found], ui) ? found : KEYS_NONE;
}

static unsigned type_index(const osler_publication_type *type)
{
    unsigned found = row_of_ui(&type_uis, type->ui);
    if (found != KEYS_NONE || !type->name)
        return found;
    return type_by_name(str_trim(str_of(type->name)));
}

static void hear_types(arena *memory, testimony *t, const osler_record *record)
{
    buf cue = {0};
    for (size_t i = 0; i < record->publication_types.count; i++) {
        const osler_publication_type *type = &record->publication_types.items[i];
        unsigned k = type_index(type);
        t->has_types = true;
        if (k == KEYS_NONE)
            continue;
        buf_clear(&cue);
        buf_add_text(&cue, type->name ? type->name : types[k].name);
        if (type->ui && *type->ui) {
            buf_add_text(&cue, " (");
            buf_add_text(&cue, type->ui);
            buf_add_byte(&cue, ')');
        }
        const char *text = arena_copy(memory, buf_str(&cue));
        add(memory, t,
            (witness){.claim = types[k].design,
                      .source = SOURCE_PT,
                      .weight = types[k].weight,
                      .cue = text});
        add(memory, t,
            (witness){.claim = types[k].modifier,
                      .source = SOURCE_PT,
                      .weight = MODIFIER_BY_TYPE,
                      .cue = text});
        bool opinion = types[k].design == CLAIM_opinion;
        bool letter = strcmp(types[k].name, "Letter") == 0;
        t->letter |= letter;
        t->commentary |= opinion && !letter;
    }
    buf_free(&cue);
}

/* -- headings -----------------------------------------------------------------------------------
 */

static bool is_heading(const osler_heading *h, const char *ui, const char *name)
{
    if (h->ui && *h->ui)
        return strcmp(h->ui, ui) == 0;
    return h->name && str_equal_ignoring_case(str_of(h->name), str_of(name));
}

static void hear_headings(arena *memory, testimony *t, const osler_record *record)
{
    bool animals = false, humans = false;
    t->indexed = record->headings.count > 0;
    for (size_t i = 0; i < record->headings.count; i++) {
        const osler_heading *h = &record->headings.items[i];
        animals |= is_heading(h, "D000818", "Animals");
        humans |= is_heading(h, "D006801", "Humans");
        bool by_ui = h->ui && *h->ui;
        const keys *known = by_ui ? &heading_uis : &heading_names;
        unsigned k = by_ui ? row_of_ui(known, h->ui) : keys_find(known, str_of(h->name));
        for (; k != KEYS_NONE; k = keys_next(known, k))
            add(memory, t,
                (witness){.claim = headings[k].claim,
                          .source = SOURCE_MESH,
                          .weight = headings[k].weight,
                          .cue = headings[k].name});
    }
    t->animals_only = animals && !humans;
    if (t->animals_only)
        add(memory, t,
            (witness){.claim = CLAIM_animal,
                      .source = SOURCE_MESH,
                      .weight = 0.90,
                      .cue = "Animals without Humans"});
}

/* -- registry numbers ---------------------------------------------------------------------------
 */

static void hear_number(arena *memory, testimony *t, str text, bool whole)
{
    registry_number found;
    if (registry_read(&found, text, whole))
        add(memory, t,
            (witness){.claim = found.claim,
                      .source = SOURCE_REGISTRY,
                      .weight = found.weight,
                      .cue = arena_copy(memory, found.number)});
}

static void hear_registries(arena *memory, testimony *t, const osler_record *record)
{
    for (size_t i = 0; i < record->databanks.count; i++) {
        const osler_databank *bank = &record->databanks.items[i];
        for (size_t k = 0; k < bank->numbers.count; k++)
            hear_number(memory, t, str_of(bank->numbers.items[k]), true);
    }
    for (size_t i = 0; i < t->text.count; i++) {
        const passage *p = &t->text.items[i];
        for (size_t k = 0; k < p->count; k++) {
            const char *first = p->text + p->tokens[k].offset;
            if (p->tokens[k].lead && char_is_letter(*first))
                hear_number(memory, t, (str){first, strnlen(first, REGISTRY_LONGEST)}, false);
        }
    }
}

/* -- journals -----------------------------------------------------------------------------------
 */

static bool is_text(const char *text, const char *wanted)
{
    return text && str_equal_ignoring_case(str_trim(str_of(text)), str_of(wanted));
}

static bool is_in_journal(const osler_record *record, size_t i)
{
    str title = str_trim(str_of(record->container_title ? record->container_title : ""));
    if (str_starts_with_ignoring_case(title, str_of("The ")))
        title = str_part(title, 4, title.length - 4);
    return is_text(record->nlm_id, journals[i].nlm_id) ||
           is_text(record->container_title_medline, journals[i].abbreviation) ||
           str_equal_ignoring_case(title, str_of(journals[i].abbreviation)) ||
           str_equal_ignoring_case(title, str_of(journals[i].title));
}

/* "Mats for back pain (Protocol)": the journal's own way to say it. */
static bool ends_with_protocol(const testimony *t)
{
    const passage *p = t->text.count ? &t->text.items[0] : NULL;
    if (!p || p->place != PLACE_TITLE || !p->count)
        return false;
    const token *last = &p->tokens[p->count - 1];
    return str_equal_ignoring_case((str){p->text + last->offset, last->length}, str_of("protocol"));
}

/* The indexers tag what else such a journal prints: an editorial is none of its reviews. */
static void hear_journal(arena *memory, testimony *t, const osler_record *record)
{
    bool review = false;
    for (size_t i = 0; i < t->count; i++)
        review |= t->items[i].source == SOURCE_PT && t->items[i].claim == CLAIM_narrative_review;
    if (t->commentary || t->letter || (t->has_types && t->indexed && !review))
        return;
    for (size_t i = 0; i < sizeof journals / sizeof *journals; i++)
        if (is_in_journal(record, i))
            add(memory, t,
                (witness){.claim = ends_with_protocol(t) ? CLAIM_protocol : journals[i].claim,
                          .source = SOURCE_JOURNAL,
                          .weight = journals[i].weight,
                          .cue = journals[i].abbreviation});
}

/* -- phrases ------------------------------------------------------------------------------------
 */

/* The weights of the places where a cue can stand. */
static double weight_of(const rule *r, place where)
{
    bool action = rule_is_action(r), told = strchr(r->places, 'R') != NULL;
    double weight = where == PLACE_TITLE || where == PLACE_DESIGN || where == PLACE_LABEL ? 0.90
                    : where == PLACE_METHODS || (where == PLACE_UNLABELED && action)      ? 0.70
                    : where == PLACE_RESULTS && told                                      ? 0.60
                                                                                          : 0.45;
    weight *= r->strength;
    return weight > 0.90 ? 0.90 : weight;
}

static bool holds_class(const match *m, unsigned word_class)
{
    uint64_t classes = 0;
    for (size_t i = m->from; i < m->to; i++)
        classes |= m->passage->tokens[i].classes;
    return classes & rules_class(word_class);
}

static bool guards(const rule *guard, const match *by, const match *cue)
{
    bool title = cue->passage->place == PLACE_TITLE;
    switch (guard->scope) {
    case SCOPE_OVERLAP:
        return by->passage == cue->passage && by->from < cue->to && cue->from < by->to;
    case SCOPE_SENTENCE:
        return by->passage == cue->passage &&
               by->passage->tokens[by->from].sentence == cue->passage->tokens[cue->from].sentence;
    case SCOPE_TITLE: return title;
    case SCOPE_ABSTRACT: return !title;
    case SCOPE_RECORD: return true;
    case SCOPE_HEARSAY: return !title && !holds_class(cue, CLASS_chance);
    }
    return false;
}

static bool is_guarded(const testimony *t, const match *cue, claim c)
{
    for (size_t i = 0; i < t->matches.count; i++) {
        const match *m = &t->matches.items[i];
        const rule *r = rule_get(m->row);
        if (r->kind == RULE_GUARD && r->claim == c && guards(r, m, cue))
            return true;
    }
    return false;
}

/* A cue that opens the title, and says that the rest is somebody else's study. */
static bool opens_title(const match *m)
{
    return m->passage->place == PLACE_TITLE && m->from == 0;
}

/* The sentences of an abstract that speak for a synthesis, joined: repeating one says no more. */
struct joining {
    const passage *passage;
    uint32_t sentence;
    double best, doubt; /* of this sentence; of those before */
};

/* How many databases the sentence of `m` names; three are three or more. */
static unsigned databases_named(const match *m)
{
    const passage *p = m->passage;
    uint32_t known[3] = {0}, sentence = p->tokens[m->from].sentence;
    uint64_t class = rules_class(CLASS_database);
    unsigned count = 0;
    for (size_t i = m->from; i < p->count && p->tokens[i].sentence == sentence && count < 3; i++) {
        uint32_t id = p->tokens[i].id;
        if ((p->tokens[i].classes & class) && id != known[0] && id != known[1])
            known[count++] = id;
    }
    return count;
}

static void join_sentence(struct joining *j, const match *m, double weight)
{
    uint32_t sentence = m->passage->tokens[m->from].sentence;
    if (m->passage != j->passage || sentence != j->sentence)
        *j = (struct joining){m->passage, sentence, 0, j->doubt * (1 - j->best)};
    if (weight > SEARCH_ALONE && holds_class(m, CLASS_database) &&
        databases_named(m) < (m->passage->place == PLACE_METHODS ? 2 : 3))
        weight = SEARCH_ALONE;
    if (weight > j->best)
        j->best = weight;
}

static void hear_phrases(arena *memory, testimony *t)
{
    struct joining synthesis = {.doubt = 1};
    for (size_t i = 0; i < t->matches.count; i++) {
        const match *m = &t->matches.items[i];
        const rule *r = rule_get(m->row);
        if (r->kind != RULE_CUE || m->from >= m->to || is_guarded(t, m, r->claim))
            continue;
        const passage *p = m->passage;
        bool title = p->place == PLACE_TITLE;
        t->commentary |= r->claim == CLAIM_opinion && opens_title(m);
        t->by_chance |= r->claim == CLAIM_randomized_trial && holds_class(m, CLASS_chance);
        if (!title && claim_same_lane(r->claim, CLAIM_systematic_review))
            join_sentence(&synthesis, m, weight_of(r, p->place));
        t->searched |=
            !title && r->claim == CLAIM_systematic_review && holds_class(m, CLASS_database);
        add(memory, t,
            (witness){.claim = r->claim,
                      .source = title ? SOURCE_TITLE : SOURCE_ABSTRACT,
                      .weight = weight_of(r, p->place),
                      .cue = text_quote(memory, p, m->from, m->to),
                      .section = p->label,
                      .design_section = p->place == PLACE_DESIGN});
    }
    t->synthesis = 1 - synthesis.doubt * (1 - synthesis.best);
}

static void count_people(testimony *t)
{
    uint64_t class = rules_class(CLASS_people);
    for (size_t i = 0; i < t->text.count; i++) {
        const passage *p = &t->text.items[i];
        for (size_t k = 0; p->place != PLACE_TITLE && k < p->count; k++)
            t->people += (p->tokens[k].classes & class) != 0;
    }
}

void testimony_of(arena *memory, testimony *out, const osler_record *record,
                  const osler_appraise_options *options)
{
    const pattern_set *patterns = rules_patterns();
    pthread_once(&once, make_keys);
    *out = (testimony){.text = text_of(memory, rules_words(), record)};
    if (!options || !options->without_pt)
        hear_types(memory, out, record);
    if (!options || !options->without_mesh)
        hear_headings(memory, out, record);
    for (size_t i = 0; i < out->text.count; i++)
        patterns_match(patterns, memory, &out->matches, &out->text.items[i]);
    hear_phrases(memory, out);
    hear_registries(memory, out, record);
    hear_journal(memory, out, record);
    count_people(out);
}
