/* A list of references as a bibliography: works of the library, and what is none, marked. */
#include "library/bibliography.h"
#include "record/record.h"

#include <osler/lists.h>
#include <stdio.h>
#include <string.h>

/* Why a reference is printed as it was understood. */
static const struct {
    const char *verdict, *sentence;
} marks[] = {
    {"not-in-library", "not in this library: printed from the reference as it was given"},
    {"ambiguous", "several records may be meant: printed from the reference as it was given"},
    {"chimera", "title and authors are of different works: printed from the reference as it was"
                " given"},
};

static const char *mark_of(arena *memory, const osler_list_entry *entry)
{
    buf text = {0};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (strcmp(entry->verdict, marks[i].verdict) == 0)
            buf_add_text(&text, marks[i].sentence);
    if (!text.length)
        buf_add_text(&text, "printed from the reference as it was given");
    if (entry->remark)
        buf_printf(&text, "; %s", entry->remark);
    const char *mark = arena_copy(memory, buf_str(&text));
    buf_free(&text);
    return mark;
}

/* The text stands for a title of which nothing was understood. */
static void add_given(osler_bibliography *b, const osler_list_entry *entry)
{
    char id[32];
    osler_record record = {0};
    buf title = {0};
    if (entry->record)
        record = *entry->record;
    if (!osler_record_title(&record) && !record.container_title && entry->text) {
        markup_add_plain(&title, str_of(entry->text));
        record = (osler_record){.title = buf_text(&title)};
    }
    snprintf(id, sizeof id, "reference-%u", entry->position);
    bibliography_add(b, &record, id,
                     &(struct bibliography_about){.remark = mark_of(&b->works, entry)});
    buf_free(&title);
}

osler_status osler_bibliography_add_list(osler_bibliography *b, osler_library *library,
                                         const char *name, uint64_t *added, osler_error *error)
{
    osler_lists *list;
    *added = 0;
    osler_status status = osler_library_list(library, name, &list, error);
    for (size_t i = 0; status == OSLER_OK && i < list->entry_count; i++) {
        const osler_list_entry *entry = &list->entries[i];
        if (entry->id)
            status = osler_bibliography_add_from(b, library, entry->id, error);
        else
            add_given(b, entry);
        *added += status == OSLER_OK;
    }
    osler_lists_free(list);
    return status;
}
