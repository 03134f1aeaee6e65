/* What of a record is indexed, field by field. */
#include "store/derive.h"

#include "base/words.h"
#include "record/record.h"

#include <string.h>

size_t words_add(struct store_words *w, buf *b, str text)
{
    arena_clear(&w->cutting);
    word_list list = words_of(&w->cutting, text);
    for (size_t i = 0; i < list.count; i++) {
        if (b->length)
            buf_add_byte(b, ' ');
        buf_add(b, list.items[i].folded);
    }
    return list.count;
}

static size_t add_text(struct store_words *w, enum store_field field, const char *text)
{
    return text ? words_add(w, &w->fields[field], str_of(text)) : 0;
}

static size_t add_markup(struct store_words *w, enum store_field field, const char *markup)
{
    if (!markup || !strpbrk(markup, "<&"))
        return add_text(w, field, markup);
    buf_clear(&w->plain);
    markup_add_text(&w->plain, str_of(markup));
    return words_add(w, &w->fields[field], buf_str(&w->plain));
}

static void add_texts(struct store_words *w, enum store_field field, const osler_text_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        add_text(w, field, list->items[i]);
}

static int64_t add_sections(struct store_words *w, enum store_field field,
                            const osler_section_list *list)
{
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++)
        count += add_markup(w, field, list->items[i].text);
    return (int64_t)count;
}

static void add_identifiers(struct store_words *w, const osler_identifier_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        add_text(w, FIELD_OTHER, list->items[i].value);
}

/* Investigators and persons as subjects are no authors. */
static enum store_field field_of_role(const char *role)
{
    static const char *const others[] = {"investigator", "subject"};
    for (size_t i = 0; role && i < sizeof others / sizeof *others; i++)
        if (strcmp(role, others[i]) == 0)
            return FIELD_OTHER;
    return FIELD_AUTHORS;
}

static void add_names(struct store_words *w, const osler_name_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        const osler_name *name = &list->items[i];
        if (name->superseded)
            continue;
        enum store_field field = field_of_role(name->role);
        add_markup(w, field, name->collective);
        add_text(w, field, name->dropping_particle);
        add_text(w, field, name->non_dropping_particle);
        add_markup(w, field, name->family);
        add_text(w, field, name->initials);
        if (name->given && (!name->initials || strcmp(name->given, name->initials) != 0))
            add_text(w, field, name->given);
        add_text(w, FIELD_OTHER, name->orcid);
        for (size_t k = 0; k < name->affiliations.count; k++)
            add_markup(w, FIELD_AFFILIATIONS, name->affiliations.items[k].text);
    }
}

static void add_topics(struct store_words *w, const osler_record *r)
{
    for (size_t i = 0; i < r->keywords.count; i++)
        w->lengths.words[MEASURED_KEYWORDS] +=
            (int64_t)add_markup(w, FIELD_KEYWORDS, r->keywords.items[i].text);
    for (size_t i = 0; i < r->headings.count; i++) {
        const osler_heading *heading = &r->headings.items[i];
        add_text(w, FIELD_HEADINGS, heading->name);
        for (size_t k = 0; k < heading->qualifiers.count; k++)
            add_text(w, FIELD_HEADINGS, heading->qualifiers.items[k].name);
    }
    for (size_t i = 0; i < r->supplementaries.count; i++)
        add_text(w, FIELD_HEADINGS, r->supplementaries.items[i].name);
    w->lengths.words[MEASURED_HEADINGS] = (int64_t)r->headings.count;
    for (size_t i = 0; i < r->chemicals.count; i++) {
        add_text(w, FIELD_SUBSTANCES, r->chemicals.items[i].name);
        add_text(w, FIELD_SUBSTANCES, r->chemicals.items[i].registry_number);
    }
    add_texts(w, FIELD_SUBSTANCES, &r->genes);
}

static void add_other(struct store_words *w, const osler_record *r)
{
    add_markup(w, FIELD_OTHER, r->vernacular_title);
    add_markup(w, FIELD_OTHER, r->book_title);
    add_text(w, FIELD_OTHER, r->collection_title);
    add_text(w, FIELD_OTHER, r->pmid);
    add_text(w, FIELD_OTHER, r->pmcid);
    add_text(w, FIELD_OTHER, r->doi);
    add_text(w, FIELD_OTHER, r->key);
    add_text(w, FIELD_OTHER, r->report_number);
    add_texts(w, FIELD_OTHER, &r->isbn);
    add_identifiers(w, &r->other_ids);
    for (size_t i = 0; i < r->grants.count; i++) {
        add_text(w, FIELD_OTHER, r->grants.items[i].number);
        add_text(w, FIELD_OTHER, r->grants.items[i].agency);
    }
    for (size_t i = 0; i < r->databanks.count; i++) {
        add_text(w, FIELD_OTHER, r->databanks.items[i].name);
        add_texts(w, FIELD_OTHER, &r->databanks.items[i].numbers);
    }
}

void words_collect(struct store_words *w, const osler_record *record)
{
    for (size_t i = 0; i < FIELD_COUNT; i++)
        buf_clear(&w->fields[i]);
    w->lengths = (store_lengths){.words[MEASURED_CITATION] = 1};
    int64_t *lengths = w->lengths.words;
    lengths[MEASURED_TITLE] = (int64_t)add_markup(w, FIELD_TITLE, osler_record_title(record));
    lengths[MEASURED_ABSTRACT] = add_sections(w, FIELD_ABSTRACT, &record->abstract);
    for (size_t i = 0; i < record->other_abstracts.count; i++)
        lengths[MEASURED_OTHER_ABSTRACT] +=
            add_sections(w, FIELD_OTHER_ABSTRACT, &record->other_abstracts.items[i].sections);
    add_topics(w, record);
    for (size_t i = 0; i < MEASURED_COUNT; i++)
        w->lengths.records[i] = lengths[i] > 0;
    add_names(w, &record->names);
    add_text(w, FIELD_JOURNAL, record->container_title);
    add_text(w, FIELD_JOURNAL, record->container_title_medline);
    add_text(w, FIELD_JOURNAL, record->container_title_iso);
    add_text(w, FIELD_JOURNAL, record->publisher);
    add_other(w, record);
}

void words_free(struct store_words *w)
{
    for (size_t i = 0; i < FIELD_COUNT; i++)
        buf_free(&w->fields[i]);
    buf_free(&w->plain);
    arena_free(&w->cutting);
}
