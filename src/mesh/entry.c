/* The public face of the vocabulary: one term looked up, with all below it. */
#include "mesh/descriptor_xml.h"
#include "mesh/mesh.h"
#include "mesh/vocabulary.h"

#include "base/error.h"
#include "base/limits.h"
#include "base/memory.h"
#include "record/record.h"

#include <osler/mesh.h>
#include <stdio.h>
#include <string.h>

enum { MOST_SUGGESTIONS = 6 };

/* The entry and the memory of all it holds. */
struct owned {
    osler_mesh_entry entry; /* first: the two share an address */
    arena memory;
};

static void add_parts(arena *memory, osler_text_list *list, const char *joined)
{
    str rest = str_of(joined), part;
    while (str_next_field(&rest, '|', &part))
        record_add_text(memory, list, part);
}

static void add_heading(struct owned *o, const mesh_descriptor *d, int level)
{
    osler_descriptor *to = RECORD_ADD(&o->memory, &o->entry.headings);
    to->ui = d->ui;
    to->name = d->name;
    to->note = *d->note ? d->note : NULL;
    to->level = level;
    add_parts(&o->memory, &to->numbers, d->numbers);
    add_parts(&o->memory, &to->entry_terms, d->terms);
}

/* The first number by which `d` stands below `root`. */
static str place_of(const mesh_descriptor *root, const osler_descriptor *d)
{
    for (size_t i = 0; i < d->numbers.count; i++) {
        str rest = str_of(root->numbers), above, number = str_of(d->numbers.items[i]);
        while (str_next_field(&rest, '|', &above))
            if (str_starts_with(number, above))
                return number;
    }
    return (str){0};
}

/* Put the headings in the order of the tree: an insertion sort, as lists are short. */
static void sort_by_tree(const mesh_descriptor *root, osler_descriptor_list *list)
{
    for (size_t i = 1; i < list->count; i++) {
        osler_descriptor moved = list->items[i];
        str place = place_of(root, &moved);
        size_t at = i;
        for (; at > 0 && str_compare(place_of(root, &list->items[at - 1]), place) > 0; at--)
            list->items[at] = list->items[at - 1];
        list->items[at] = moved;
    }
}

osler_status osler_mesh_find(osler_mesh_entry **out, const char *text, osler_error *error)
{
    *out = NULL;
    if (!text || strlen(text) > LIMIT_QUERY)
        return fail(error, OSLER_ELIMIT, 0, "this is too long for a MeSH term");
    struct owned *o = memory_alloc(sizeof *o);
    const mesh_descriptor *root = mesh_find(str_of(text)), *d;
    *out = &o->entry;
    if (!root) {
        mesh_suggestion near[MOST_SUGGESTIONS];
        size_t count = mesh_suggest(&o->memory, str_of(text), near, MOST_SUGGESTIONS);
        for (size_t i = 0; i < count; i++)
            record_add_text(&o->memory, &o->entry.suggestions, str_of(near[i].term));
        return fail(error, OSLER_ENOTFOUND, 0, "the %s has no heading '%.80s'",
                    vocabulary_get()->is_loaded ? "vocabulary" : "built-in vocabulary", text);
    }
    for (size_t i = 0; (d = mesh_at(i)); i++) {
        int level = mesh_levels_below(root, d);
        if (level >= 0)
            add_heading(o, d, level);
    }
    sort_by_tree(root, &o->entry.headings);
    return OSLER_OK;
}

void osler_mesh_entry_free(osler_mesh_entry *entry)
{
    if (!entry)
        return;
    arena memory = ((struct owned *)(void *)entry)->memory;
    arena_free(&memory);
    memory_free(entry);
}

osler_status osler_mesh_update(const char *path, osler_mesh_update_report *report,
                               osler_error *error)
{
    compiled_draft g = {0};
    source *from;
    buf to = {0};
    size_t terms = 0;
    *report = (osler_mesh_update_report){0};
    if (!vocabulary_path(&to)) {
        buf_free(&to);
        return fail(error, OSLER_ECONFIG, 0,
                    "there is no place for the vocabulary: OSLER_MESH says 'builtin', or "
                    "XDG_DATA_HOME and HOME are unset");
    }
    osler_status status = source_open_file(&from, path, error);
    if (status == OSLER_OK) {
        status = descriptor_xml_read(&g, from, error);
        source_close(from);
    }
    if (status == OSLER_OK && !g.count)
        status = fail(error, OSLER_EINPUT, 0, "the file has no descriptors");
    if (status == OSLER_OK)
        status = compiled_write(buf_text(&to), &g, &terms, error);
    report->headings = g.count;
    report->terms = terms;
    snprintf(report->path, sizeof report->path, "%s", buf_text(&to));
    compiled_draft_free(&g);
    buf_free(&to);
    return status;
}
