/* The fields of a record that are indexed word by word, in the order of their positions. */
#include "index/analyze.h"

#include "record/record.h"

#include <string.h>

/* Texts behind the layout. */
static size_t add(index_analyzer *a, enum index_field field, const char *text)
{
    return text ? analyze_add_text(a, &(analyze_text){.field = field}, str_of(text)) : 0;
}

static void add_markup(index_analyzer *a, enum index_field field, const char *markup)
{
    analyze_add_markup(a, &(analyze_text){.field = field}, markup);
}

static void add_all(index_analyzer *a, enum index_field field, const osler_text_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        add(a, field, list->items[i]);
}

static bool says(const char *text, const char *what)
{
    return text && str_contains_ignoring_case(str_of(text), str_of(what));
}

static size_t add_sections(index_analyzer *a, enum index_field field,
                           const osler_section_list *list)
{
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++) {
        const osler_section *s = &list->items[i];
        analyze_text what = {.field = field, .topic = true};
        if (says(s->category, "CONCLUSION") || says(s->label, "CONCLUSION"))
            what.traits = INDEX_CONCLUSIONS;
        what.harms = says(s->label, "ADVERSE") || says(s->label, "SAFETY");
        count += analyze_add_markup(a, &what, s->text);
    }
    return count;
}

/* Lengths beyond what the facts hold count as the greatest. */
static uint16_t length_of(size_t words)
{
    return words < UINT16_MAX ? (uint16_t)words : UINT16_MAX;
}

/* Titles, keywords and abstracts: the texts of the layout. */
static void add_topic(index_analyzer *a, const osler_record *r, uint16_t *lengths)
{
    const analyze_text title = {.field = INDEX_TITLE, .topic = true, .title = true},
                       keyword = {.field = INDEX_KEYWORDS, .topic = true, .title = true},
                       vernacular = {.field = INDEX_OTHER,
                                     .topic = true,
                                     .title = true,
                                     .traits = INDEX_VERNACULAR};
    lengths[INDEX_TITLE] = length_of(analyze_add_markup(a, &title, osler_record_title(r)));
    analyze_add_markup(a, &vernacular, r->vernacular_title);
    size_t count = 0;
    for (size_t i = 0; i < r->keywords.count; i++)
        count += analyze_add_markup(a, &keyword, r->keywords.items[i].text);
    lengths[INDEX_KEYWORDS] = length_of(count);
    lengths[INDEX_ABSTRACT] = length_of(add_sections(a, INDEX_ABSTRACT, &r->abstract));
    count = 0;
    for (size_t i = 0; i < r->other_abstracts.count; i++)
        count += add_sections(a, INDEX_OTHER_ABSTRACT, &r->other_abstracts.items[i].sections);
    lengths[INDEX_OTHER_ABSTRACT] = length_of(count);
    a->layout.end = a->next;
}

static void add_headings(index_analyzer *a, const osler_record *r)
{
    for (size_t i = 0; i < r->headings.count; i++) {
        const osler_heading *heading = &r->headings.items[i];
        add(a, INDEX_HEADINGS, heading->name);
        for (size_t k = 0; k < heading->qualifiers.count; k++)
            add(a, INDEX_HEADINGS, heading->qualifiers.items[k].name);
    }
    for (size_t i = 0; i < r->supplementaries.count; i++)
        add(a, INDEX_HEADINGS, r->supplementaries.items[i].name);
}

/* Investigators and persons as subjects are no authors. */
static enum index_field field_of(const osler_name *name)
{
    bool other = name->role &&
                 (strcmp(name->role, "investigator") == 0 || strcmp(name->role, "subject") == 0);
    return other ? INDEX_OTHER : INDEX_AUTHORS;
}

/* The names that belong to the field; among the others, ORCIDs of all. */
static void add_names(index_analyzer *a, const osler_name_list *list, enum index_field field)
{
    for (size_t i = 0; i < list->count; i++) {
        const osler_name *name = &list->items[i];
        if (name->superseded)
            continue;
        if (field_of(name) == field) {
            add_markup(a, field, name->collective);
            add(a, field, name->dropping_particle);
            add(a, field, name->non_dropping_particle);
            add_markup(a, field, name->family);
            add(a, field, name->initials);
            if (name->given && (!name->initials || strcmp(name->given, name->initials) != 0))
                add(a, field, name->given);
        }
        if (field == INDEX_OTHER)
            add(a, field, name->orcid);
    }
}

static void add_affiliations(index_analyzer *a, const osler_name_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        for (size_t k = 0; !list->items[i].superseded && k < list->items[i].affiliations.count; k++)
            add_markup(a, INDEX_AFFILIATIONS, list->items[i].affiliations.items[k].text);
}

static void add_substances(index_analyzer *a, const osler_record *r)
{
    for (size_t i = 0; i < r->chemicals.count; i++) {
        add(a, INDEX_SUBSTANCES, r->chemicals.items[i].name);
        add(a, INDEX_SUBSTANCES, r->chemicals.items[i].registry_number);
    }
    add_all(a, INDEX_SUBSTANCES, &r->genes);
}

static void add_journal(index_analyzer *a, const osler_record *r)
{
    add(a, INDEX_JOURNAL, r->container_title);
    add(a, INDEX_JOURNAL, r->container_title_medline);
    add(a, INDEX_JOURNAL, r->container_title_iso);
    add(a, INDEX_JOURNAL, r->publisher);
}

static void add_other(index_analyzer *a, const osler_record *r)
{
    add_names(a, &r->names, INDEX_OTHER);
    add_markup(a, INDEX_OTHER, r->book_title);
    add(a, INDEX_OTHER, r->collection_title);
    add(a, INDEX_OTHER, r->pmid);
    add(a, INDEX_OTHER, r->pmcid);
    add(a, INDEX_OTHER, r->doi);
    add(a, INDEX_OTHER, r->key);
    add(a, INDEX_OTHER, r->report_number);
    add_all(a, INDEX_OTHER, &r->isbn);
    for (size_t i = 0; i < r->other_ids.count; i++)
        add(a, INDEX_OTHER, r->other_ids.items[i].value);
    for (size_t i = 0; i < r->grants.count; i++) {
        add(a, INDEX_OTHER, r->grants.items[i].number);
        add(a, INDEX_OTHER, r->grants.items[i].agency);
    }
    for (size_t i = 0; i < r->databanks.count; i++) {
        add(a, INDEX_OTHER, r->databanks.items[i].name);
        add_all(a, INDEX_OTHER, &r->databanks.items[i].numbers);
    }
}

void analyze_words(index_analyzer *a, const osler_record *record, uint16_t *lengths)
{
    add_topic(a, record, lengths);
    /* Behind the layout fields come in their order (document.h). */
    add_headings(a, record);
    add_names(a, &record->names, INDEX_AUTHORS);
    add_affiliations(a, &record->names);
    add_journal(a, record);
    add_substances(a, record);
    add_other(a, record);
}
