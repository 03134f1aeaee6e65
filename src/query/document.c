/* Making a record ready for matching: its texts as words, its headings by the vocabulary. */
#include "query/match.h"

#include "base/buf.h"
#include "base/form.h"
#include "record/record.h"

#include <string.h>

/* The weight of a conclusion against the rest of an abstract. */
static const double conclusions_factor = 1.3;

static match_text *add_text(arena *memory, match_document *d, enum match_field field,
                            const char *markup)
{
    if (!markup || !*markup)
        return NULL;
    buf plain = {0}, form = {0};
    markup_add_text(&plain, str_of(markup));
    match_text *t = arena_append(memory, &d->texts.items, &d->texts.count, sizeof *d->texts.items);
    *t = (match_text){.field = field, .factor = 1, .text = arena_copy(memory, buf_str(&plain))};
    t->words = words_of(memory, buf_str(&plain));
    t->forms = arena_alloc(memory, (t->words.count + 1) * sizeof *t->forms);
    for (size_t i = 0; i < t->words.count; i++) {
        buf_clear(&form);
        form_add(&form, t->words.items[i].folded);
        t->forms[i] = (str){arena_copy(memory, buf_str(&form)), form.length};
    }
    match_mark(memory, t);
    d->lengths[field] += (double)t->words.count;
    buf_free(&plain);
    buf_free(&form);
    return t;
}

static bool says(const char *text, const char *what)
{
    return text && str_contains_ignoring_case(str_of(text), str_of(what));
}

static void add_sections(arena *memory, match_document *d, enum match_field field,
                         const osler_section_list *sections)
{
    size_t first = d->texts.count;
    for (size_t i = 0; i < sections->count; i++) {
        const osler_section *s = &sections->items[i];
        match_text *t = add_text(memory, d, field, s->text);
        if (!t)
            continue;
        t->conclusions = says(s->category, "CONCLUSION") || says(s->label, "CONCLUSION");
        t->factor = t->conclusions && field == MATCH_ABSTRACT ? conclusions_factor : 1;
        t->harms = says(s->label, "ADVERSE") || says(s->label, "SAFETY");
    }
    if (d->texts.count == first)
        return;
    d->texts.items[first].first = true;
    d->texts.items[d->texts.count - 1].last = true;
    d->has_abstract |= field == MATCH_ABSTRACT;
}

static void add_headings(arena *memory, match_document *d, const mesh_index *vocabulary)
{
    const osler_heading_list *headings = &d->record->headings;
    d->headings = arena_alloc(memory, (headings->count + 1) * sizeof *d->headings);
    d->heading_keys = arena_alloc(memory, (headings->count + 1) * sizeof *d->heading_keys);
    for (size_t i = 0; i < headings->count; i++) {
        const osler_heading *h = &headings->items[i];
        str name = str_of(h->name);
        d->headings[i] = h->ui ? mesh_by_ui(str_of(h->ui)) : mesh_find(vocabulary, name);
        size_t comma = str_find(name, ',');
        buf turned = {0};
        if (comma < name.length) {
            buf_add(&turned, str_trim(str_part(name, comma + 1, name.length)));
            buf_add_byte(&turned, ' ');
        }
        buf_add(&turned, str_part(name, 0, comma));
        d->heading_keys[i] = form_key(memory, buf_str(&turned));
        buf_free(&turned);
    }
    d->lengths[MATCH_MESH_MAJOR] = d->lengths[MATCH_MESH_MINOR] = (double)headings->count;
}

void match_prepare(arena *memory, match_document *out, const mesh_index *vocabulary,
                   const osler_record *record)
{
    *out = (match_document){.record = record};
    add_text(memory, out, MATCH_TITLE, record->title);
    double title = out->lengths[MATCH_TITLE];
    add_text(memory, out, MATCH_TITLE, record->vernacular_title);
    if (title > 0) /* the library counts the words of the title alone */
        out->lengths[MATCH_TITLE] = title;
    for (size_t i = 0; i < record->keywords.count; i++)
        add_text(memory, out, MATCH_KEYWORDS, record->keywords.items[i].text);
    add_sections(memory, out, MATCH_ABSTRACT, &record->abstract);
    for (size_t i = 0; i < record->other_abstracts.count; i++)
        add_sections(memory, out, MATCH_OTHER_ABSTRACT, &record->other_abstracts.items[i].sections);
    add_headings(memory, out, vocabulary);
}
