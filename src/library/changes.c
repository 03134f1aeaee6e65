/* Comparing two records field by field, by the tables that walk a record. */
#include "library/changes.h"

#include "base/buf.h"
#include "base/memory.h"
#include "record/record.h"

#include <stdlib.h>
#include <string.h>

/* ---- A value in words -------------------------------------------------------------------------
 */

/* All lists are laid out alike: the items, then their number. */
static osler_text_list list_at(const char *member)
{
    osler_text_list list;
    memcpy(&list, member, sizeof list);
    return list;
}

static void add_struct(buf *out, const osler_shape *shape, const char *value);

static void add_member(buf *out, const osler_field *field, const char *member)
{
    osler_text_list list;
    buf before = {0};
    switch (field->kind) {
    case OSLER_TEXT: buf_add_text(&before, *(const char *const *)(const void *)member); break;
    case OSLER_MARKUP:
        markup_add_text(&before, str_of(*(const char *const *)(const void *)member));
        break;
    case OSLER_NUMBER:
        if (*(const int *)(const void *)member)
            buf_printf(&before, "%d", *(const int *)(const void *)member);
        break;
    case OSLER_FLAG:
        if (*(const bool *)member)
            buf_printf(&before, "(%s)", field->name);
        break;
    case OSLER_TEXTS:
        list = list_at(member);
        for (size_t i = 0; i < list.count; i++)
            buf_printf(&before, "%s%s", i ? "; " : "", list.items[i]);
        break;
    case OSLER_MANY:
        list = list_at(member);
        for (size_t i = 0; i < list.count; i++) {
            buf_add_text(&before, i ? "; " : "[");
            add_struct(&before, field->of,
                       (const char *)(const void *)list.items + i * field->of->size);
        }
        buf_add_text(&before, list.count ? "]" : "");
        break;
    }
    if (before.length && out->length && out->data[out->length - 1] != '[')
        buf_add_byte(out, ' ');
    buf_add(out, buf_str(&before));
    buf_free(&before);
}

static void add_struct(buf *out, const osler_shape *shape, const char *value)
{
    buf whole = {0};
    for (size_t i = 0; i < shape->count; i++)
        add_member(&whole, &shape->fields[i], value + shape->fields[i].offset);
    buf_add(out, buf_str(&whole));
    buf_free(&whole);
}

/* The items of a list, one text each; a single value is a list of one. */
static osler_text_list items_of(arena *memory, const osler_field *field, const osler_record *record)
{
    const char *member = (const char *)record + field->offset;
    osler_text_list items = {0};
    buf text = {0};
    bool many = field->kind == OSLER_MANY;
    osler_text_list list =
        many || field->kind == OSLER_TEXTS ? list_at(member) : (osler_text_list){0};
    for (size_t i = 0; i < list.count; i++) {
        buf_clear(&text);
        if (many)
            add_struct(&text, field->of,
                       (const char *)(const void *)list.items + i * field->of->size);
        else
            buf_add_text(&text, list.items[i]);
        record_add_text(memory, &items, buf_str(&text));
    }
    if (!many && field->kind != OSLER_TEXTS) {
        add_member(&text, field, member);
        record_add_text(memory, &items, buf_str(&text));
    }
    buf_free(&text);
    return items;
}

/* ---- Comparing --------------------------------------------------------------------------------
 */

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool is_same(const osler_text_list *a, const osler_text_list *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (strcmp(a->items[i], b->items[i]) != 0)
            return false;
    return true;
}

static const char **sorted(const osler_text_list *list)
{
    const char **copy = memory_alloc((list->count + 1) * sizeof *copy);
    if (list->count)
        memcpy(copy, list->items, list->count * sizeof *copy);
    qsort(copy, list->count, sizeof *copy, by_text);
    return copy;
}

/* What only one of them has, each as often as it has it more; sorted. */
static void compare_items(osler_field_change *change, arena *memory, const osler_text_list *before,
                          const osler_text_list *after)
{
    const char **a = sorted(before), **b = sorted(after);
    size_t i = 0, k = 0;
    while (i < before->count || k < after->count) {
        int order = i == before->count ? 1 : k == after->count ? -1 : strcmp(a[i], b[k]);
        if (order < 0)
            record_add_text(memory, &change->removed, str_of(a[i]));
        if (order > 0)
            record_add_text(memory, &change->added, str_of(b[k]));
        i += order <= 0;
        k += order >= 0;
    }
    memory_free(a);
    memory_free(b);
}

static void compare_field(osler_record_change *out, arena *memory, const osler_field *field,
                          const osler_record *before, const osler_record *after)
{
    osler_text_list a = items_of(memory, field, before), b = items_of(memory, field, after);
    if (is_same(&a, &b))
        return;
    osler_field_change *change = RECORD_ADD(memory, &out->fields);
    change->field = field->name;
    compare_items(change, memory, &a, &b);
}

static bool has_flag(const osler_appraisal *a, const char *name)
{
    for (size_t i = 0; i < a->flags.count; i++)
        if (strcmp(a->flags.items[i].name, name) == 0)
            return true;
    return false;
}

static void compare_flags(arena *memory, osler_text_list *out, const osler_appraisal *with,
                          const osler_appraisal *without)
{
    for (size_t i = 0; i < with->flags.count; i++)
        if (!has_flag(without, with->flags.items[i].name))
            record_add_text(memory, out, str_of(with->flags.items[i].name));
}

void changes_find(osler_record_change *out, arena *memory, const osler_record *before,
                  const osler_record *after)
{
    const osler_shape *shape = osler_record_shape();
    osler_appraisal *old, *new;
    *out = (osler_record_change){.status_before = before->status,
                                 .status_after = after->status,
                                 .indexed = !before->headings.count && after->headings.count};
    for (size_t i = 0; i < shape->count; i++)
        compare_field(out, memory, &shape->fields[i], before, after);
    osler_appraise(&old, before, NULL);
    osler_appraise(&new, after, NULL);
    out->design_before = record_text(memory, str_of(old->design));
    out->design_after = record_text(memory, str_of(new->design));
    compare_flags(memory, &out->flags_gained, new, old);
    compare_flags(memory, &out->flags_lost, old, new);
    osler_appraisal_free(old);
    osler_appraisal_free(new);
}
