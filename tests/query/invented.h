/* A library of invented records in a folder of its own, for the tests of find and evidence. */
#ifndef QUERY_INVENTED_H
#define QUERY_INVENTED_H

#include "appraise/appraise.h"
#include "library/library.h"
#include "mesh/mesh.h"
#include "record/record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* An invented record; every text is optional. */
typedef struct invented {
    const char *pmid, *title, *abstract;
    const char *headings; /* "D018781* D026301 D006261/Q000139": '*' major, '/' subheading */
    const char *types;    /* "D016449 D016428" */
    const char *keywords; /* '|' between them */
    const char *authors;  /* "Family AB|..." */
    const char *journal;
    const char *retraction; /* PMID of a retraction notice */
    int year, month;        /* month 0: May; -1: not known */
} invented;

typedef struct invented_library {
    char folder[64], path[96];
    osler_library *library;
} invented_library;

static inline void invented_add_headings(arena *memory, osler_record *r, const char *headings)
{
    str rest = str_of(headings), one;
    while (str_next_field(&rest, ' ', &one)) {
        osler_heading *h = RECORD_ADD(memory, &r->headings);
        size_t slash = str_find(one, '/');
        h->major = one.data[one.length - 1] == '*';
        str ui = str_part(one, 0, slash < one.length ? slash : one.length - h->major);
        const mesh_descriptor *d = mesh_by_ui(ui);
        h->ui = arena_copy(memory, ui);
        h->name = d ? d->name : "Humans";
        if (slash < one.length) {
            osler_qualifier *q = RECORD_ADD(memory, &h->qualifiers);
            q->ui = arena_copy(memory, str_part(one, slash + 1, 7));
            q->name = strcmp(q->ui, "Q000139") == 0 ? "chemically induced" : "therapy";
            q->major = h->major;
            h->major = false;
        }
    }
}

static inline void invented_add_types(arena *memory, osler_record *r, const char *types)
{
    static const struct {
        const char *ui, *name;
    } names[] = {{"D016449", "Randomized Controlled Trial"},
                 {"D002363", "Case Reports"},
                 {"D016428", "Journal Article"},
                 {"D017418", "Meta-Analysis"},
                 {"D017065", "Practice Guideline"},
                 {"D016454", "Review"},
                 {"D000078182", "Systematic Review"},
                 {"D016440", "Retraction of Publication"}};
    str rest = str_of(types), one;
    while (str_next_field(&rest, ' ', &one)) {
        osler_publication_type *t = RECORD_ADD(memory, &r->publication_types);
        t->ui = arena_copy(memory, one);
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
            if (str_is(one, names[i].ui))
                t->name = names[i].name;
    }
}

static inline void invented_add_authors(arena *memory, osler_record *r, const char *authors)
{
    str rest = str_of(authors), one;
    while (str_next_field(&rest, '|', &one)) {
        size_t space = str_find(one, ' ');
        osler_name *name = RECORD_ADD(memory, &r->names);
        name->role = "author";
        name->family = arena_copy(memory, str_part(one, 0, space));
        name->initials = arena_copy(memory, str_part(one, space + 1, one.length));
    }
}

static inline osler_record invented_record(arena *memory, const invented *from)
{
    osler_record r = {.pmid = from->pmid, .pmid_version = from->pmid ? 1 : 0};
    str rest = str_of(from->keywords), one;
    r.title = from->title;
    r.container_title = r.container_title_medline = from->journal ? from->journal : "Invent J";
    osler_date *date = RECORD_ADD(memory, &r.dates);
    *date = (osler_date){.kind = "issued",
                         .year = from->year < 0 ? 0
                                 : from->year   ? from->year
                                                : 2020,
                         .month = from->month < 0 ? 0
                                  : from->month   ? from->month
                                                  : 5};
    if (from->abstract) {
        osler_section *s = RECORD_ADD(memory, &r.abstract);
        s->text = from->abstract;
    }
    while (str_next_field(&rest, '|', &one)) {
        osler_keyword *k = RECORD_ADD(memory, &r.keywords);
        k->text = arena_copy(memory, one);
    }
    invented_add_headings(memory, &r, from->headings);
    invented_add_types(memory, &r, from->types);
    invented_add_authors(memory, &r, from->authors);
    if (from->retraction) {
        osler_correction *c = RECORD_ADD(memory, &r.corrections);
        c->type = "RetractionIn";
        c->pmid = from->retraction;
        c->source = "Invent J 2021;1:1";
    }
    return r;
}

static inline void invented_put(store *s, const invented *rows, size_t count)
{
    store_origin origin = {.kind = "file", .name = "invented", .expected = -1};
    arena memory = {0};
    if (store_begin(s, NULL) != OSLER_OK || store_origin_add(s, &origin, NULL) != OSLER_OK)
        abort();
    for (size_t i = 0; i < count; i++) {
        store_arrival arrival = {.origin = origin.id};
        store_change change;
        osler_appraisal appraisal;
        osler_record record = invented_record(&memory, &rows[i]);
        appraise(&memory, &appraisal, &record, NULL);
        if (store_put(s, &record, &appraisal, &arrival, &change, NULL) != OSLER_OK)
            abort();
    }
    if (store_origin_finish(s, &origin, NULL) != OSLER_OK || store_commit(s, NULL) != OSLER_OK)
        abort();
    arena_free(&memory);
}

static inline void invented_open(invented_library *l, const invented *rows, size_t count)
{
    strcpy(l->folder, "/tmp/osler-test-query-XXXXXX");
    if (!mkdtemp(l->folder))
        abort();
    snprintf(l->path, sizeof l->path, "%s/library.db", l->folder);
    if (osler_library_open(&l->library, l->path, OSLER_LIBRARY_WRITE, NULL) != OSLER_OK)
        abort();
    invented_put(l->library->store, rows, count);
}

static inline void invented_close(invented_library *l)
{
    char command[96];
    osler_library_close(l->library);
    snprintf(command, sizeof command, "rm -rf '%s'", l->folder);
    if (system(command) != 0)
        abort();
}

#endif
