/* The item of a record: record/cited.c says which field becomes which variable. */
#include "base/buf.h"
#include "record/cited.h"
#include "record/pages.h"
#include "record/record.h"
#include "style/item.h"

#include <string.h>

struct making {
    arena *memory;
    struct item *item;
    buf work;
};

static void set_text(void *context, enum variable variable, str text)
{
    const struct making *m = context;
    item_set_text(m->memory, m->item, variable, text);
}

static void set_dates(const struct making *m, const osler_record *record)
{
    static const enum variable variables[] = {VARIABLE_ISSUED,        VARIABLE_AVAILABLE_DATE,
                                              VARIABLE_ACCESSED,      VARIABLE_EVENT_DATE,
                                              VARIABLE_ORIGINAL_DATE, VARIABLE_SUBMITTED};
    for (size_t i = 0; i < sizeof variables / sizeof *variables && record->dates.count; i++) {
        const osler_date *date = cited_date(record, variables[i]);
        if (!date)
            continue;
        struct item_date made = item_date_of(date);
        item_set_date(m->memory, m->item, variables[i], &made);
    }
}

/* `markup` as rich text that stays. */
static str rich(struct making *m, const char *text)
{
    str markup = str_of(text);
    if (str_find(markup, '&') == markup.length && str_find(markup, '<') == markup.length)
        return markup;
    buf_clear(&m->work);
    markup_add_rich(&m->work, markup);
    return (str){arena_copy(m->memory, buf_str(&m->work)), m->work.length};
}

static struct item_name name_of(struct making *m, const osler_name *name)
{
    if (name->collective)
        return (struct item_name){.literal = rich(m, name->collective)};
    char room[CITED_ROOM];
    osler_name known = *name;
    if (name->given && name->initials && strcmp(name->given, name->initials) == 0)
        known.given = NULL; /* a reference that prints "Davies KE" means two names */
    str given = cited_given(&known, room);
    struct item_name out = {
        .family = rich(m, name->family),
        .given = {arena_copy(m->memory, given), given.length},
        .suffix = rich(m, name->suffix),
        .dropping_particle = str_of(name->dropping_particle),
        .non_dropping_particle = str_of(name->non_dropping_particle),
        .comma_suffix = name->comma_suffix,
        .static_ordering = name->static_ordering,
    };
    if (!name->unparsed)
        item_name_parse(m->memory, &out);
    return out;
}

static bool same(const char *a, const char *b)
{
    return a && b && strcmp(a, b) == 0;
}

/* The names of each role, in printed order. */
static void set_names(struct making *m, const osler_record *record)
{
    bool done[VARIABLE_COUNT] = {[VARIABLE_NONE] = true};
    const osler_name *all = record->names.items;
    size_t count = record->names.count;
    struct item_name *items = arena_room(m->memory, count * sizeof *items);
    for (size_t first = 0; first < count; first++) {
        if (first && same(all[first].role, all[first - 1].role))
            continue;
        enum variable variable = cited_role(all[first].role);
        if (done[variable])
            continue;
        done[variable] = true;
        size_t used = 0;
        for (size_t i = first; i < count; i++)
            if (!all[i].superseded && same(all[i].role, all[first].role))
                items[used++] = name_of(m, &all[i]);
        bool incomplete = record->names_incomplete && variable == VARIABLE_AUTHOR;
        item_set_names(m->memory, m->item, variable, (struct item_names){items, used, incomplete});
    }
}

/* Where the journal's title in full is not known, its abbreviation stands for it. */
static void complete_container(const struct making *m)
{
    if (!item_text(m->item, VARIABLE_CONTAINER_TITLE).length)
        item_set_text(m->memory, m->item, VARIABLE_CONTAINER_TITLE,
                      item_text(m->item, VARIABLE_CONTAINER_TITLE_SHORT));
}

/* "S12-8" as "S12-S18": what the first page lends the last one, letters and all, which styles
 * that print pages in full would not see.  Digits alone are theirs. */
static void complete_pages(const struct making *m)
{
    str printed = item_text(m->item, VARIABLE_PAGE);
    size_t dash = str_find(printed, '-');
    str last = str_trim(str_part(printed, dash + 1, printed.length));
    if (!dash || !last.length || !char_is_letter(printed.data[0]))
        return;
    for (size_t i = 0; i < last.length; i++)
        if (!char_is_digit(last.data[i]))
            return;
    str first = str_trim(str_part(printed, 0, dash));
    const char *full = pages_expand_last(m->memory, first, last);
    if (!full || !char_is_letter(*full))
        return;
    buf text = {0};
    buf_printf(&text, "%.*s-%s", (int)first.length, first.data, full);
    item_set_text(m->memory, m->item, VARIABLE_PAGE,
                  (str){arena_copy(m->memory, buf_str(&text)), text.length});
    buf_free(&text);
}

void item_from_record(arena *memory, struct item *out, const osler_record *record)
{
    struct making m = {memory, out, {0}};
    const char *id = record->key ? record->key : record->pmid ? record->pmid : record->doi;
    *out = (struct item){
        .id = arena_copy(memory, str_of(id)),
        .type = work_type_of(str_of(cited_type(record))),
        .mark = cited_mark(record),
    };
    cited_texts(record, set_text, &m);
    complete_container(&m);
    complete_pages(&m);
    set_dates(&m, record);
    set_names(&m, record);
    if (record->key) /* a list of someone's own, where notes hold what had no field */
        item_read_note(memory, out);
    item_complete(out);
    buf_free(&m.work);
}
