/* Making a concept of a profile, of a heading of MeSH, or of plain words. */
#include "query/concept.h"

#include "base/form.h"
#include "base/words.h"
#include "query/query.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_ABBREVIATION = 6 };

/* A row of profiles.def. */
struct profile {
    const char *code, *name, *aliases, *headings, *headings_with_text, *terms, *abbreviations,
        *without;
};

static const struct profile profiles[] = {
#define PROFILE(code, name, aliases, headings, headings_with_text, terms, abbreviations, without)  \
    {code, name, aliases, headings, headings_with_text, terms, abbreviations, without},
#include "query/profiles.def"
#undef PROFILE
};
enum { PROFILE_COUNT = sizeof profiles / sizeof *profiles };

/* How one phrase is to be added. */
struct manner {
    double weight;
    bool exact, abbreviation, known;
};

static bool has_key(const concept *c, str key)
{
    for (size_t i = 0; i < c->phrases.count; i++)
        if (str_equal(c->phrases.items[i].key, key))
            return true;
    return false;
}

/* Terms that mean something else in this profile. */
static bool is_without(const concept *c, str key)
{
    for (size_t i = 0; i < c->without.count; i++)
        if (str_equal(c->without.items[i].key, key))
            return true;
    return false;
}

static void add_phrase(arena *memory, concept *c, str text, struct manner how)
{
    str key = form_key(memory, text);
    if (!key.length || has_key(c, key) || is_without(c, key))
        return;
    concept_phrase *p =
        arena_append(memory, &c->phrases.items, &c->phrases.count, sizeof *c->phrases.items);
    *p = (concept_phrase){.text = arena_copy(memory, text),
                          .words = query_words(memory, text),
                          .key = key,
                          .weight = how.weight,
                          .exact = how.exact,
                          .abbreviation = how.abbreviation,
                          .known = how.known};
}

static bool is_abbreviation(str term)
{
    for (size_t i = 0; i < term.length; i++)
        if (term.data[i] < 'A' || term.data[i] > 'Z')
            return false;
    return term.length >= 2 && term.length <= LONGEST_ABBREVIATION;
}

/* A name as MeSH prints it, and with what stands behind its comma in front. */
static void add_name(arena *memory, concept *c, str term, struct manner how)
{
    size_t comma = str_find(term, ',');
    how.abbreviation = is_abbreviation(term);
    how.known = true;
    if (comma < term.length) {
        buf turned = {0};
        buf_add(&turned, str_trim(str_part(term, comma + 1, term.length)));
        buf_add_byte(&turned, ' ');
        buf_add(&turned, str_part(term, 0, comma));
        add_phrase(memory, c, buf_str(&turned), how);
        buf_free(&turned);
    }
    add_phrase(memory, c, term, how);
}

static void add_names(arena *memory, concept *c, const mesh_descriptor *d, struct manner how)
{
    str rest = str_of(d->terms), term;
    add_name(memory, c, str_of(d->name), how);
    while (str_next_field(&rest, '|', &term))
        if (term.length)
            add_name(memory, c, term, how);
}

static void add_heading(arena *memory, concept *c, concept_heading heading)
{
    for (size_t i = 0; i < c->headings.count; i++)
        if (c->headings.items[i].descriptor == heading.descriptor)
            return;
    concept_heading *h =
        arena_append(memory, &c->headings.items, &c->headings.count, sizeof *c->headings.items);
    *h = heading;
}

static int by_level(const void *one, const void *two)
{
    const concept_heading *a = one, *b = two;
    int order = (a->level > b->level) - (a->level < b->level);
    return order ? order : strcmp(a->descriptor->ui, b->descriptor->ui);
}

/* Add the headings below the roots, the nearest first, and their names. */
static void explode(arena *memory, concept *c, const concept_heading *root)
{
    const mesh_descriptor *d;
    struct {
        concept_heading *items;
        size_t count;
    } below = {0};
    for (size_t i = 0; (d = mesh_at(i)); i++) {
        int level = mesh_levels_below(root->descriptor, d);
        if (level <= 0)
            continue;
        concept_heading *h = arena_append(memory, &below.items, &below.count, sizeof *below.items);
        *h = (concept_heading){d, level, root->weight, false};
    }
    if (below.count)
        qsort(below.items, below.count, sizeof *below.items, by_level);
    for (size_t i = 0; i < below.count; i++) {
        struct manner how = {.weight = root->weight * pow(CONCEPT_PER_LEVEL, below.items[i].level)};
        add_heading(memory, c, below.items[i]);
        add_names(memory, c, below.items[i].descriptor, how);
    }
}

/* Diseases, symptoms and mental disorders; everything else is done about them. */
static bool is_disease(const mesh_descriptor *d)
{
    return d->numbers[0] == 'C' || strstr(d->numbers, "|C") || strncmp(d->numbers, "F03", 3) == 0;
}

void concept_of_heading(arena *memory, concept *c, const mesh_descriptor *root)
{
    concept_heading heading = {root, 0, 1, false};
    c->name = root->name;
    c->disease = is_disease(root);
    add_heading(memory, c, heading);
    c->roots = 1;
    add_names(memory, c, root, (struct manner){.weight = 1, .exact = true});
    explode(memory, c, &heading);
}

/* Read "D026201*0.5!": UI, weight, and whether what is below it counts.  The vocabulary of another
 * year may lack it: then there is no descriptor. */
static concept_heading read_heading(str item, bool *exploded)
{
    size_t star = str_find(item, '*');
    *exploded = item.data[item.length - 1] != '!';
    concept_heading h = {.descriptor = mesh_by_ui(str_part(item, 0, star < 7 ? star : 7)),
                         .weight = star < item.length ? strtod(item.data + star + 1, NULL) : 1};
    return h;
}

/* Add the terms of a profile; "*0.5" behind one weighs it. */
static void add_terms(arena *memory, concept *c, const char *terms, bool abbreviation)
{
    str rest = str_of(terms), term;
    while (str_next_field(&rest, '|', &term)) {
        size_t star = str_find(term, '*');
        double weight = star < term.length ? strtod(term.data + star + 1, NULL) : 1;
        add_phrase(memory, c, str_part(term, 0, star),
                   (struct manner){weight, true, abbreviation, false});
    }
}

static void add_without(arena *memory, concept *c, const char *terms)
{
    str rest = str_of(terms), term;
    while (str_next_field(&rest, '|', &term)) {
        if (!term.length)
            continue;
        concept_phrase *p =
            arena_append(memory, &c->without.items, &c->without.count, sizeof *c->without.items);
        *p = (concept_phrase){.text = arena_copy(memory, term),
                              .words = query_words(memory, term),
                              .key = form_key(memory, term),
                              .weight = 1};
    }
}

static void fill(arena *memory, concept *c, const struct profile *p)
{
    str rest = str_of(p->headings), item;
    bool exploded;
    c->name = p->name;
    c->profile = p->code;
    add_without(memory, c, p->without);
    add_terms(memory, c, p->terms, false);
    add_terms(memory, c, p->abbreviations, true);
    while (str_next_field(&rest, '|', &item)) {
        concept_heading h = read_heading(item, &exploded);
        if (!h.descriptor)
            continue;
        add_heading(memory, c, h);
        c->disease |= is_disease(h.descriptor);
        if (h.weight >= 1)
            add_names(memory, c, h.descriptor, (struct manner){.weight = 1, .exact = true});
    }
    rest = str_of(p->headings_with_text);
    while (str_next_field(&rest, '|', &item)) {
        concept_heading h = read_heading(item, &exploded);
        if (!h.descriptor)
            continue;
        h.with_text = true;
        c->disease |= is_disease(h.descriptor);
        add_heading(memory, c, h);
    }
    c->roots = c->headings.count;
    rest = str_of(p->headings);
    while (str_next_field(&rest, '|', &item)) {
        concept_heading h = read_heading(item, &exploded);
        if (exploded && h.descriptor)
            explode(memory, c, &h);
    }
}

/* True when the text is the profile's code or one of its aliases. */
static bool is_called(const struct profile *p, str key)
{
    arena scratch = {0};
    bool yes = str_equal(form_key(&scratch, str_of(p->code)), key);
    str rest = str_of(p->aliases), alias;
    while (!yes && str_next_field(&rest, '|', &alias))
        yes = alias.length && str_equal(form_key(&scratch, alias), key);
    arena_free(&scratch);
    return yes;
}

bool concept_of_profile(arena *memory, concept *c, str text, const mesh_descriptor *heading)
{
    str key = form_key(memory, text);
    for (size_t i = 0; key.length && i < PROFILE_COUNT; i++) {
        if (!is_called(&profiles[i], key))
            continue;
        fill(memory, c, &profiles[i]);
        return true;
    }
    /* A heading that leads a profile means the profile: it knows more names. */
    for (size_t i = 0; heading && i < PROFILE_COUNT; i++) {
        str first =
            str_part(str_of(profiles[i].headings), 0, str_find(str_of(profiles[i].headings), '|'));
        if (!str_is(first, heading->ui))
            continue;
        fill(memory, c, &profiles[i]);
        return true;
    }
    return false;
}

void concept_suggest_profiles(arena *memory, mesh_suggestion_list *list, str text)
{
    for (size_t i = 0; i < PROFILE_COUNT; i++) {
        str rest = str_of(profiles[i].aliases), alias;
        mesh_consider(memory, list, text, str_of(profiles[i].name));
        while (str_next_field(&rest, '|', &alias))
            if (alias.length)
                mesh_consider(memory, list, text, alias);
    }
}

void concept_of_words(arena *memory, concept *c, str words)
{
    c->name = arena_copy(memory, words);
    add_phrase(memory, c, words, (struct manner){.weight = 1, .exact = true});
}
