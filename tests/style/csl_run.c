/* Running a fixture of the CSL test suite: what a document of its citations comes to. */
#include "base/buf.h"
#include "csl_fixture.h"
#include "style/processor.h"
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

/* A fixture being run. */
struct run {
    arena *memory;
    const struct fixture *fixture;
    bool explain;
    struct style *style;
    struct locale *locale;
    processor *processor;
    struct item_list items;
    const char **ids; /* of the works, each once, in their order */
    size_t id_count;
    buf out;
    osler_error error;
};

/* A citation of the document as its reader has it. */
struct shown {
    const char *id, *text;
    bool is_new;
};

static osler_status unfit(struct run *run, const char *what)
{
    run->error = (osler_error){.status = OSLER_EINPUT};
    snprintf(run->error.message, sizeof run->error.message, "%s", what);
    return OSLER_EINPUT;
}

static void complain(void *context, const osler_error *complaint)
{
    const struct run *run = context;

    if (run->explain)
        fprintf(stderr, "%s: line %u: %s\n", run->fixture->name, complaint->line,
                complaint->message);
}

static str copy_text(const struct run *run, const char *text)
{
    str s = str_of(text);

    s.data = arena_copy(run->memory, s);
    return s;
}

/* A string, or a number written out; empty when it is neither. */
static str text_of(const struct run *run, const json_t *value)
{
    char digits[32];

    if (json_is_integer(value)) {
        snprintf(digits, sizeof digits, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
        return copy_text(run, digits);
    }
    return json_is_string(value) ? copy_text(run, json_string_value(value)) : (str){0};
}

static json_t *load(str text)
{
    json_error_t error;

    return json_loadb(text.data, text.length, JSON_ALLOW_NUL, &error);
}

static struct cite cite_of(const struct run *run, const json_t *json)
{
    const json_t *position = json_object_get(json, "position");
    str locator = text_of(run, json_object_get(json, "locator"));

    while (locator.length && char_is_space(locator.data[locator.length - 1]))
        locator.length--;
    return (struct cite){
        .id = text_of(run, json_object_get(json, "id")).data,
        .locator = locator,
        .label = term_of(text_of(run, json_object_get(json, "label"))),
        .prefix = text_of(run, json_object_get(json, "prefix")),
        .suffix = text_of(run, json_object_get(json, "suffix")),
        .suppress_author = json_is_true(json_object_get(json, "suppress-author")),
        .author_only = json_is_true(json_object_get(json, "author-only")),
        .position = json_is_integer(position) ? (int)json_integer_value(position) : -1,
        .near_note = json_is_true(json_object_get(json, "near-note")),
    };
}

static struct cite *cites_of(const struct run *run, const json_t *json, size_t *count)
{
    *count = json_array_size(json);
    struct cite *cites = arena_alloc(run->memory, (*count + 1) * sizeof *cites);
    for (size_t i = 0; i < *count; i++)
        cites[i] = cite_of(run, json_array_get(json, i));
    return cites;
}

/* [["CITATION-1", 2], ...] */
static struct citation_place *places_of(const struct run *run, const json_t *json, size_t *count)
{
    *count = json_array_size(json);
    struct citation_place *places = arena_alloc(run->memory, (*count + 1) * sizeof *places);
    for (size_t i = 0; i < *count; i++) {
        const json_t *pair = json_array_get(json, i);
        places[i].id = text_of(run, json_array_get(pair, 0)).data;
        places[i].note = (unsigned)json_integer_value(json_array_get(pair, 1));
    }
    return places;
}

/* Add citations rendered one by one, without a document, a line each. */
static osler_status run_previews(struct run *run, const json_t *citations)
{
    for (size_t i = 0; i < json_array_size(citations); i++) {
        size_t count;
        const char *text;
        struct cite *cites = cites_of(run, json_array_get(citations, i), &count);
        osler_status status = processor_preview(run->processor, cites, count, &text, &run->error);
        if (status != OSLER_OK)
            return status;
        if (i)
            buf_add_byte(&run->out, '\n');
        buf_add_text(&run->out, text);
    }
    return OSLER_OK;
}

/* Add one citation of all works, in the order of the bibliography. */
static osler_status run_all(struct run *run)
{
    const struct bibliography_entry *entries;
    size_t count = processor_bibliography(run->processor, &entries);
    bool sorted = count != 0;
    const char *text;

    if (!sorted)
        count = run->id_count;
    struct cite *cites = arena_alloc(run->memory, (count + 1) * sizeof *cites);
    for (size_t i = 0; i < count; i++) {
        cites[i].id = sorted ? entries[i].id : run->ids[i];
        cites[i].position = -1;
    }
    osler_status status = processor_preview(run->processor, cites, count, &text, &run->error);
    if (status == OSLER_OK)
        buf_add_text(&run->out, text);
    return status;
}

static const struct shown *shown_find(const struct shown *shown, size_t count, const char *id)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(shown[i].id, id) == 0)
            return &shown[i];
    return NULL;
}

/* The document after a step: the places in order, with the texts that were told so far. */
static struct shown *next_shown(const struct run *run, const struct shown *shown, size_t count,
                                const struct citation_place *places, size_t place_count)
{
    struct shown *next = arena_alloc(run->memory, (place_count + 1) * sizeof *next);

    for (size_t i = 0; i < place_count; i++) {
        const struct shown *old = shown_find(shown, count, places[i].id);
        next[i].id = places[i].id;
        next[i].text = old ? old->text : "";
    }
    return next;
}

/* One step of CITATIONS: [citation, before, after].  The document becomes `*shown`. */
static osler_status run_step(struct run *run, const json_t *step, struct shown **shown,
                             size_t *shown_count)
{
    const json_t *citation = json_array_get(step, 0);
    const json_t *properties = json_object_get(citation, "properties");
    const char *id = text_of(run, json_object_get(citation, "citationID")).data;
    unsigned note = (unsigned)json_integer_value(json_object_get(properties, "noteIndex"));
    const struct citation_change *changes;
    size_t count, before_count, after_count, change_count;
    struct cite *cites = cites_of(run, json_object_get(citation, "citationItems"), &count);
    struct citation_place *before = places_of(run, json_array_get(step, 1), &before_count);
    struct citation_place *after = places_of(run, json_array_get(step, 2), &after_count);
    struct citation_request request = {
        id ? id : "", note, cites, count, before, after, before_count, after_count,
    };
    osler_status status =
        processor_cite(run->processor, &request, &changes, &change_count, &run->error);
    if (status != OSLER_OK)
        return status;

    size_t all = before_count + 1 + after_count;
    struct citation_place *places = arena_alloc(run->memory, all * sizeof *places);
    if (before_count)
        memcpy(places, before, before_count * sizeof *before);
    places[before_count].id = id ? id : "";
    if (after_count)
        memcpy(places + before_count + 1, after, after_count * sizeof *after);
    struct shown *next = next_shown(run, *shown, *shown_count, places, all);
    for (size_t i = 0; i < change_count; i++) {
        if (changes[i].index >= all)
            return unfit(run, "a change was told of a citation that is not there");
        next[changes[i].index].text = copy_text(run, changes[i].text).data;
        next[changes[i].index].is_new = true;
    }
    *shown = next;
    *shown_count = all;
    return OSLER_OK;
}

static osler_status run_document(struct run *run, const json_t *steps)
{
    struct shown *shown = NULL;
    size_t count = 0;

    for (size_t i = 0; i < json_array_size(steps); i++) {
        osler_status status = run_step(run, json_array_get(steps, i), &shown, &count);
        if (status != OSLER_OK)
            return status;
    }
    for (size_t i = 0; i < count; i++)
        buf_printf(&run->out, "%s%s[%zu] %s", i ? "\n" : "", shown[i].is_new ? ">>" : "..", i,
                   shown[i].text);
    return OSLER_OK;
}

static void run_bibliography(struct run *run)
{
    const struct bibliography_entry *entries;
    size_t count = processor_bibliography(run->processor, &entries);

    buf_clear(&run->out);
    buf_add_text(&run->out, processor_bibliography_start(run->processor));
    for (size_t i = 0; i < count; i++)
        buf_add_text(&run->out, entries[i].text);
    buf_add_text(&run->out, processor_bibliography_end(run->processor));
}

/* The ids of all works; one that comes twice counts once. */
static void find_ids(struct run *run)
{
    run->ids = arena_alloc(run->memory, (run->items.count + 1) * sizeof *run->ids);
    for (size_t i = 0; i < run->items.count; i++) {
        bool seen = false;
        for (size_t k = 0; k < run->id_count; k++)
            seen = seen || strcmp(run->ids[k], run->items.items[i].id) == 0;
        if (!seen)
            run->ids[run->id_count++] = run->items.items[i].id;
    }
}

/* BIBENTRIES: lists of ids that are the bibliography's, one after the other. */
static void include_lists(struct run *run, const json_t *lists)
{
    for (size_t i = 0; i < json_array_size(lists); i++) {
        const json_t *list = json_array_get(lists, i);
        size_t count = json_array_size(list);
        const char **ids = arena_alloc(run->memory, (count + 1) * sizeof *ids);
        for (size_t k = 0; k < count; k++)
            ids[k] = text_of(run, json_array_get(list, k)).data;
        processor_include(run->processor, ids, count);
    }
}

static osler_status run_citations(struct run *run)
{
    const struct fixture *fixture = run->fixture;
    json_t *lists = load(fixture->sections[SECTION_BIBENTRIES]);
    json_t *steps = load(fixture->sections[SECTION_CITATIONS]);
    json_t *citations = load(fixture->sections[SECTION_CITATION_ITEMS]);
    osler_status status;

    if (steps) {
        status = run_document(run, steps);
    } else {
        if (lists)
            include_lists(run, lists);
        else
            processor_include(run->processor, run->ids, run->id_count);
        status = citations ? run_previews(run, citations) : run_all(run);
    }
    json_decref(lists);
    json_decref(steps);
    json_decref(citations);
    return status;
}

static osler_status run_sections(struct run *run)
{
    const struct fixture *fixture = run->fixture;
    struct output_options options = {.format = OUTPUT_HTML};
    str mode = str_trim(fixture->sections[SECTION_MODE]);
    osler_status status = style_read(&run->style, str_trim(fixture->sections[SECTION_CSL]),
                                     fixture->name, complain, run, &run->error);
    if (status == OSLER_OK)
        status = locale_load(run->memory, &run->locale, run->style, NULL, &run->error);
    if (status == OSLER_OK)
        status = items_from_json(run->memory, &run->items, fixture->sections[SECTION_INPUT],
                                 fixture->name, &run->error);
    if (status != OSLER_OK)
        return status;
    options.locale = run->locale;
    run->processor = processor_new(run->style, run->locale, &options);
    for (size_t i = 0; i < run->items.count; i++)
        processor_add_item(run->processor, &run->items.items[i]);
    find_ids(run);
    status = run_citations(run);
    if (status == OSLER_OK && str_starts_with(mode, (str)STR("bibliography")))
        run_bibliography(run);
    return status;
}

str fixture_run(arena *memory, const struct fixture *fixture, bool explain)
{
    struct run run = {.memory = memory, .fixture = fixture, .explain = explain};

    if (run_sections(&run) != OSLER_OK) {
        buf_clear(&run.out);
        buf_printf(&run.out, "FAILED: line %u: %s", run.error.line, run.error.message);
    }
    str text = {arena_copy(memory, buf_str(&run.out)), run.out.length};
    buf_free(&run.out);
    processor_free(run.processor);
    style_free(run.style);
    return text;
}
