/* Changes of a record for people and as JSON. */
#include "changes.h"

#include "output.h"

#include <string.h>

static bool differs(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "") != 0;
}

/* What stands between two words; nothing before the first. */
static void print_gap(FILE *out, bool *any)
{
    fputs(*any ? "; " : "", out);
    *any = true;
}

void print_change_words(FILE *out, const osler_record_change *c)
{
    bool any = false;
    for (size_t i = 0; i < c->flags_gained.count; i++) {
        print_gap(out, &any);
        fprintf(out, "%s", c->flags_gained.items[i]);
    }
    for (size_t i = 0; i < c->flags_lost.count; i++) {
        print_gap(out, &any);
        fprintf(out, "no longer %s", c->flags_lost.items[i]);
    }
    if (c->indexed) {
        print_gap(out, &any);
        fputs("newly indexed", out);
    }
    if (differs(c->status_before, c->status_after)) {
        print_gap(out, &any);
        fputs("status ", out);
        print_inert(out, c->status_before ? c->status_before : "none");
        fputs(" to ", out);
        print_inert(out, c->status_after ? c->status_after : "none");
    }
    if (differs(c->design_before, c->design_after)) {
        print_gap(out, &any);
        fprintf(out, "study design %s to %s", c->design_before, c->design_after);
    }
    for (size_t i = 0; i < c->fields.count; i++) {
        if (i == 0)
            print_gap(out, &any);
        fprintf(out, "%s%s", i ? ", " : "changed: ", c->fields.items[i].field);
    }
}

static void print_items(const osler_text_list *list, const char *sign)
{
    enum { SHOWN = 8, COLUMNS = 160 };
    for (size_t i = 0; i < list->count && i < SHOWN; i++) {
        printf("      %s ", sign);
        print_cut(stdout, list->items[i], COLUMNS);
        putchar('\n');
    }
    if (list->count > SHOWN)
        printf("      %s and %zu more\n", sign, list->count - SHOWN);
}

void print_change_fields(const osler_record_change *c)
{
    for (size_t i = 0; i < c->fields.count; i++) {
        const osler_field_change *field = &c->fields.items[i];
        printf("    %s%s\n", field->field,
               field->removed.count || field->added.count ? "" : " (in another order)");
        print_items(&field->removed, "-");
        print_items(&field->added, "+");
    }
}

void json_change(struct json *j, const osler_record_change *c)
{
    json_texts(j, "flags_gained", &c->flags_gained);
    json_texts(j, "flags_lost", &c->flags_lost);
    json_bool(j, "indexed", c->indexed);
    json_text(j, "status_before", c->status_before);
    json_text(j, "status_after", c->status_after);
    json_text(j, "design_before", c->design_before);
    json_text(j, "design_after", c->design_after);
    json_open_array(j, "fields");
    for (size_t i = 0; i < c->fields.count; i++) {
        json_open_object(j, NULL);
        json_text(j, "field", c->fields.items[i].field);
        json_texts(j, "removed", &c->fields.items[i].removed);
        json_texts(j, "added", &c->fields.items[i].added);
        json_close_object(j);
    }
    json_close_array(j);
}
