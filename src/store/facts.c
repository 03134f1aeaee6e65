/* The facts of a record, and the terms that come from its appraisal and from the vocabulary. */
#include "store/facts.h"

#include "base/memory.h"
#include "mesh/mesh.h"
#include "store/derive.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { BITS = 32 };

static const char *const flags[BITS] = {
#define FACTS_FLAG(bit, name) [bit] = (name),
#include "store/facts.def"
};

static const char *const modifiers[BITS] = {
#define FACTS_MODIFIER(bit, code) [bit] = (code),
#include "store/facts.def"
};

static uint32_t bit_of(const char *const names[BITS], const char *name)
{
    for (unsigned i = 0; i < BITS; i++)
        if (names[i] && strcmp(names[i], name) == 0)
            return UINT32_C(1) << i;
    return 0;
}

uint32_t facts_flag(const char *name)
{
    return bit_of(flags, name);
}

uint32_t facts_modifier(const char *code)
{
    return bit_of(modifiers, code);
}

const char *facts_flag_name(unsigned number)
{
    return number < BITS ? flags[number] : NULL;
}

const char *facts_modifier_code(unsigned number)
{
    return number < BITS ? modifiers[number] : NULL;
}

static uint32_t day_of(int year, int month, int day)
{
    return (uint32_t)year * 10000 + (uint32_t)month * 100 + (uint32_t)day;
}

uint32_t facts_day(const osler_date *date)
{
    bool sound = date && date->year > 0 && date->year < 10000 && date->month >= 0 &&
                 date->month <= 12 && date->day >= 0 && date->day <= 31;
    return sound ? day_of(date->year, date->month, date->day) : 0;
}

uint32_t facts_published(const osler_record *record)
{
    uint32_t issued = facts_day(osler_record_date(record, "issued"));
    uint32_t early = facts_day(osler_record_date(record, "epublished"));
    return !issued || (early && early < issued) ? early : issued;
}

/*
 * The date that the age of a work is counted from: the electronic one, the printed one, the first
 * of its history.  Seasons begin in March, June, September and December; a year alone is taken at
 * its middle.
 */
static uint32_t recency_of(const osler_record *record)
{
    static const char *const kinds[] = {"epublished", "issued", "history:pubmed", "history:entrez",
                                        "created"};
    const osler_date *d = NULL;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds && !(d && d->year > 0); i++)
        d = osler_record_date(record, kinds[i]);
    if (!d || d->year <= 0 || d->year >= 10000)
        return 0;
    int month = d->month >= 1 && d->month <= 12    ? d->month
                : d->season >= 1 && d->season <= 4 ? 3 * d->season
                                                   : 7;
    return day_of(d->year, month, d->day >= 1 && d->day <= 31 ? d->day : 1);
}

static uint8_t design_of(const char *code)
{
    unsigned i = 0;
    const char *there;
    while ((there = osler_design_code(i)) != NULL && strcmp(there, code ? code : "unknown") != 0)
        i++;
    return (uint8_t)i;
}

static void make_facts(index_facts *f, const osler_record *r, const osler_appraisal *a)
{
    int64_t pmid = derive_pmid(r->pmid);
    int year = osler_record_year(r);
    f->pmid = pmid <= UINT32_MAX ? (uint32_t)pmid : 0;
    f->date = facts_published(r);
    f->entered = facts_day(osler_record_date(r, "history:entrez"));
    f->revised = facts_day(osler_record_date(r, "revised"));
    f->recency = recency_of(r);
    f->year = (uint16_t)(year > 0 && year < 10000 ? year : 0);
    f->n = a->n <= 0 ? 0 : a->n < (long)UINT32_MAX ? (uint32_t)a->n : UINT32_MAX;
    f->design = design_of(a->design);
    f->confidence = (uint16_t)lround(a->confidence * 10000);
    for (size_t i = 0; i < a->flags.count; i++)
        f->flags |= facts_flag(a->flags.items[i].name);
    for (size_t i = 0; i < a->modifiers.count; i++)
        f->modifiers |= facts_modifier(a->modifiers.items[i]);
    f->traits = (uint8_t)((f->lengths[INDEX_ABSTRACT] ? FACTS_ABSTRACT : 0) |
                          (a->synthesis_of_trials ? FACTS_OF_TRIALS : 0) |
                          (a->conflicts.count ? FACTS_CONFLICTS : 0));
}

/* A heading of the vocabulary, with those above it and itself. */
struct place {
    str ui;
    const char *numbers; /* of the tree, '|' between them */
    uint16_t *above;     /* numbers of headings */
    size_t count;
};

struct named {
    const char *name; /* of a heading, or one of its tree numbers */
    size_t length;
    uint16_t number;
};

struct facts_maker {
    index_analyzer *analyzer;
    arena memory;
    struct place *places; /* in the order of the UIs */
    size_t count;
    struct named *uis, *names;
    unsigned char *seen; /* of each heading: the fields of its term in the record at hand */
    uint16_t *found;
    size_t found_count;
};

static int by_name(const void *one, const void *two)
{
    const struct named *a = one, *b = two;
    int order = str_compare((str){a->name, a->length}, (str){b->name, b->length});
    return order ? order : (a->number > b->number) - (a->number < b->number);
}

static const struct named *find_named(const struct named *items, size_t count, str name)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = str_compare((str){items[middle].name, items[middle].length}, name);
        if (order == 0)
            return &items[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static void add_above(facts_maker *m, struct place *place, uint16_t number)
{
    for (size_t i = 0; i < place->count; i++)
        if (place->above[i] == number)
            return;
    uint16_t *item = arena_append(&m->memory, &place->above, &place->count, sizeof *item);
    *item = number;
}

/* Every dot in a tree number ends that of a heading above it. */
static void add_all_above(facts_maker *m, size_t at, const struct named *numbers, size_t count)
{
    struct place *place = &m->places[at];
    str rest = str_of(place->numbers), number;
    add_above(m, place, (uint16_t)at);
    while (str_next_field(&rest, '|', &number))
        for (size_t end = 1; end <= number.length; end++) {
            if (end < number.length && number.data[end] != '.')
                continue;
            const struct named *there = find_named(numbers, count, str_part(number, 0, end));
            if (there)
                add_above(m, place, there->number);
        }
}

static void add_numbers(arena *memory, struct named **items, size_t *count,
                        const mesh_descriptor *d, uint16_t at)
{
    str rest = str_of(d->numbers), number;
    while (str_next_field(&rest, '|', &number)) {
        struct named *item = arena_append(memory, items, count, sizeof *item);
        *item = (struct named){number.data, number.length, at};
    }
}

facts_maker *facts_maker_new(void)
{
    facts_maker *m = memory_alloc(sizeof *m);
    arena memory = {0};
    struct named *numbers = NULL;
    size_t count = 0;
    m->analyzer = index_analyzer_new();
    while (m->count < UINT16_MAX && mesh_at(m->count))
        m->count++;
    m->places = arena_alloc(&m->memory, m->count * sizeof *m->places + 1);
    m->uis = arena_alloc(&m->memory, m->count * sizeof *m->uis + 1);
    m->names = arena_alloc(&m->memory, m->count * sizeof *m->names + 1);
    m->seen = arena_alloc(&m->memory, m->count + 1);
    m->found = arena_alloc(&m->memory, m->count * sizeof *m->found + 1);
    for (size_t i = 0; i < m->count; i++) {
        const mesh_descriptor *d = mesh_at(i);
        m->places[i].ui = str_of(d->ui);
        m->places[i].numbers = d->numbers;
        m->uis[i] = (struct named){d->ui, strlen(d->ui), (uint16_t)i};
        m->names[i] = (struct named){d->name, strlen(d->name), (uint16_t)i};
        add_numbers(&memory, &numbers, &count, d, (uint16_t)i);
    }
    qsort(m->uis, m->count, sizeof *m->uis, by_name);
    qsort(m->names, m->count, sizeof *m->names, by_name);
    if (count)
        qsort(numbers, count, sizeof *numbers, by_name);
    for (size_t i = 0; i < m->count; i++)
        add_all_above(m, i, numbers, count);
    arena_free(&memory);
    return m;
}

void facts_maker_free(facts_maker *m)
{
    if (!m)
        return;
    index_analyzer_free(m->analyzer);
    arena_free(&m->memory);
    memory_free(m);
}

static const struct place *place_of(const facts_maker *m, const osler_heading *heading)
{
    const struct named *there = heading->ui ? find_named(m->uis, m->count, str_of(heading->ui))
                                            : find_named(m->names, m->count, str_of(heading->name));
    return there ? &m->places[there->number] : NULL;
}

static void note_headings(facts_maker *m, const osler_record *record)
{
    m->found_count = 0;
    for (size_t i = 0; i < record->headings.count; i++) {
        const osler_heading *heading = &record->headings.items[i];
        const struct place *place = place_of(m, heading);
        bool major = heading->major;
        for (size_t k = 0; k < heading->qualifiers.count; k++)
            major |= heading->qualifiers.items[k].major;
        if (!place)
            continue;
        for (size_t k = 0; k < place->count; k++) {
            unsigned char *seen = &m->seen[place->above[k]];
            if (!*seen)
                m->found[m->found_count++] = place->above[k];
            *seen |= major ? 2 : 1;
        }
    }
}

/* The terms that the record itself does not give. */
static index_extra *make_extra(facts_maker *m, arena *memory, const osler_record *record,
                               const osler_appraisal *a, size_t *count)
{
    note_headings(m, record);
    index_extra *extra = arena_alloc(memory, (1 + a->flags.count + m->found_count) * sizeof *extra);
    extra[0] = (index_extra){INDEX_DESIGN, str_of(a->design ? a->design : "unknown"), 1};
    *count = 1;
    for (size_t i = 0; i < a->flags.count; i++)
        extra[(*count)++] = (index_extra){INDEX_FLAG, str_of(a->flags.items[i].name), 1};
    for (size_t i = 0; i < m->found_count; i++) {
        uint16_t number = m->found[i];
        extra[(*count)++] = (index_extra){INDEX_ANCESTOR, m->places[number].ui, m->seen[number]};
        m->seen[number] = 0;
    }
    return extra;
}

void facts_make_document(facts_maker *m, arena *memory, const osler_record *record,
                         const osler_appraisal *appraisal, index_document *out)
{
    size_t count;
    index_extra *extra = make_extra(m, memory, record, appraisal, &count);
    index_analyze(m->analyzer, memory, record, extra, count, out);
    make_facts(&out->facts, record, appraisal);
}
