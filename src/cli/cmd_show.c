/* osler show: one record, all of it. */
#include "command.h"
#include "json.h"
#include "lines.h"
#include "output.h"
#include "searching.h"
#include "witnesses.h"

#include <osler/own.h>
#include <stdlib.h>
#include <string.h>

struct settings {
    bool json;
};

static const struct option options[] = {
    {"json", 0, NULL, "print one JSON object a line: every field of the record and its appraisal",
     OPTION_FLAG, offsetof(struct settings, json)},
    {0},
};

static void print_label(const char *label)
{
    printf("\n%s%s%s\n", style_bold(), label, style_end());
}

static void print_design(const osler_appraisal *a)
{
    const char *name = osler_design_name(a->design);
    print_label("Study design");
    printf("  %s (confidence %.2f)", name ? name : a->design, a->confidence);
    for (size_t i = 0; i < a->modifiers.count; i++)
        printf(", %s", a->modifiers.items[i]);
    putchar('\n');
    print_witnesses(a);
    for (size_t i = 0; i < a->conflicts.count; i++)
        print_wrapped(stdout, a->conflicts.items[i], 4);
    if (a->n) {
        printf("  n = %ld (%s), as the abstract says:\n", a->n, a->n_kind);
        print_wrapped(stdout, a->n_sentence, 4);
    }
    if (a->studies)
        printf("  %ld studies included\n", a->studies);
}

static void print_flags(const osler_appraisal *a)
{
    for (size_t i = 0; i < a->flags.count; i++) {
        const osler_flag *flag = &a->flags.items[i];
        printf("%s%s%s", style_warn(), flag->name, style_end());
        if (flag->reason) {
            fputs("  ", stdout);
            print_inert(stdout, flag->reason);
        }
        if (flag->pmid)
            printf("  (PMID %s)", flag->pmid);
        putchar('\n');
    }
}

static void print_abstract(const osler_record *record)
{
    if (!record->abstract.count)
        return;
    print_label("Abstract");
    for (size_t i = 0; i < record->abstract.count; i++) {
        const osler_section *section = &record->abstract.items[i];
        if (section->label) {
            fputs("  ", stdout);
            print_inert(stdout, section->label);
            putchar('\n');
        }
        char *text = plain_copy(section->text);
        print_wrapped(stdout, text, section->label ? 4 : 2);
        free(text);
    }
}

static void print_headings(const osler_record *record)
{
    if (!record->headings.count)
        return;
    print_label("MeSH headings (* major)");
    for (size_t i = 0; i < record->headings.count; i++) {
        const osler_heading *heading = &record->headings.items[i];
        printf("  %s", heading->major ? "*" : "");
        print_inert(stdout, heading->name);
        for (size_t k = 0; k < heading->qualifiers.count; k++) {
            const osler_qualifier *qualifier = &heading->qualifiers.items[k];
            fputs(qualifier->major ? "/*" : "/", stdout);
            print_inert(stdout, qualifier->name);
        }
        if (heading->ui)
            printf("  %s%s%s", style_dim(), heading->ui, style_end());
        putchar('\n');
    }
}

/* The fields that have a place of their own above the rest. */
static bool is_shown(const char *name)
{
    static const char *const shown[] = {"title", "abstract", "headings", "csl_type"};
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
        if (strcmp(shown[i], name) == 0)
            return true;
    return false;
}

static void print_struct(const osler_shape *shape, const char *value, int indent);

static void print_many(const osler_field *field, const char *member, int indent)
{
    const char *items;
    size_t count;
    memcpy(&items, member + offsetof(osler_text_list, items), sizeof items);
    memcpy(&count, member + offsetof(osler_text_list, count), sizeof count);
    for (size_t i = 0; i < count; i++) {
        printf("%*s%s", indent, "", field->name);
        if (count > 1)
            printf(" %zu", i + 1);
        putchar('\n');
        print_struct(field->of, items + i * field->of->size, indent + 2);
    }
}

static void print_value(const char *name, const char *text, int indent)
{
    char *plain = plain_copy(text);
    printf("%*s%-*s ", indent, "", 22 - indent, name);
    print_inert(stdout, plain);
    putchar('\n');
    free(plain);
}

static void print_struct(const osler_shape *shape, const char *value, int indent)
{
    for (size_t i = 0; i < shape->count; i++) {
        const osler_field *field = &shape->fields[i];
        const char *member = value + field->offset;
        if (indent == 2 && is_shown(field->name))
            continue;
        switch (field->kind) {
        case OSLER_TEXT:
        case OSLER_MARKUP:
            if (*(const char *const *)(const void *)member)
                print_value(field->name, *(const char *const *)(const void *)member, indent);
            break;
        case OSLER_NUMBER:
            if (*(const int *)(const void *)member)
                printf("%*s%-*s %d\n", indent, "", 22 - indent, field->name,
                       *(const int *)(const void *)member);
            break;
        case OSLER_FLAG:
            if (*(const bool *)member)
                printf("%*s%-*s yes\n", indent, "", 22 - indent, field->name);
            break;
        case OSLER_TEXTS: {
            const osler_text_list *list = (const void *)member;
            for (size_t k = 0; k < list->count; k++)
                print_value(field->name, list->items[k], indent);
            break;
        }
        case OSLER_MANY: print_many(field, member, indent); break;
        }
    }
}

static void print_names(const char *what, const osler_text_list *names)
{
    for (size_t i = 0; i < names->count; i++) {
        fputs(i ? ", " : what, stdout);
        print_inert(stdout, names->items[i]);
    }
    if (names->count)
        putchar('\n');
}

/* What the user has said of it. */
static void print_own(const osler_own *own)
{
    if (own->key) {
        fputs("  key    ", stdout);
        print_inert(stdout, own->key);
        putchar('\n');
    }
    print_names("  tags   ", &own->tags);
    print_names("  lists  ", &own->lists);
    for (size_t i = 0; i < own->settings.count; i++) {
        printf("  set    %s = ", own->settings.items[i].field);
        print_inert(stdout, own->settings.items[i].value);
        putchar('\n');
    }
    for (size_t i = 0; i < own->notes.count; i++) {
        printf("  note   %.10s\n", own->notes.items[i].written);
        print_wrapped(stdout, own->notes.items[i].text, 9);
    }
}

static void write_own(struct json *j, const osler_own *own)
{
    json_open_object(j, "own");
    json_text(j, "key", own->key);
    json_texts(j, "tags", &own->tags);
    json_texts(j, "lists", &own->lists);
    json_open_array(j, "notes");
    for (size_t i = 0; i < own->notes.count; i++) {
        json_open_object(j, NULL);
        json_text(j, "written", own->notes.items[i].written);
        json_text(j, "text", own->notes.items[i].text);
        json_close_object(j);
    }
    json_close_array(j);
    json_close_object(j);
}

static void print_citation(const osler_citation *citation, const osler_own *own)
{
    const osler_record *record = citation->record;
    print_title(record, 0);
    print_authors(record, 0, 0);
    print_place(record, 0);
    if (citation->deleted)
        printf("%sdeleted from PubMed%s\n", style_warn(), style_end());
    print_flags(citation->appraisal);
    print_design(citation->appraisal);
    print_abstract(record);
    print_headings(record);
    print_label("All other fields");
    print_struct(osler_record_shape(), (const char *)record, 2);
    print_label("In this library");
    printf("  %s from ", citation->origin_date ? citation->origin_date : "");
    print_inert(stdout, citation->origin);
    printf(", %u version%s\n", citation->versions, citation->versions == 1 ? "" : "s");
    if (own)
        print_own(own);
}

static void print_citation_json(const osler_citation *citation, const osler_own *own)
{
    struct json j = {stdout, false};
    json_open_object(&j, NULL);
    json_integer(&j, "osler", 1);
    json_text(&j, "id", citation->id);
    json_bool(&j, "deleted", citation->deleted);
    json_open_object(&j, "appraisal");
    json_appraisal(&j, citation->appraisal);
    json_close_object(&j);
    json_record(&j, "record", citation->record);
    json_open_object(&j, "origin");
    json_text(&j, "name", citation->origin);
    json_text(&j, "date", citation->origin_date);
    json_integer(&j, "versions", citation->versions);
    json_close_object(&j);
    if (own && (own->key || own->tags.count || own->lists.count || own->notes.count))
        write_own(&j, own);
    json_close_object(&j);
    json_end_line(&j);
}

static int show(osler_library *library, const char *id, const struct settings *settings, bool first)
{
    osler_error error = {0};
    osler_citation *citation;
    osler_own *own = NULL;
    if (osler_library_get(library, id, &citation, &error) != OSLER_OK)
        return report(&error);
    osler_status status = osler_library_own(library, citation->id, &own, &error);
    if (status != OSLER_OK && status != OSLER_ENOTFOUND) { /* it may be of a library beside it */
        osler_citation_free(citation);
        return report(&error);
    }
    if (settings->json) {
        print_citation_json(citation, own);
    } else {
        if (!first)
            puts("\n--");
        print_citation(citation, own);
    }
    osler_own_free(own);
    osler_citation_free(citation);
    return EXIT_DONE;
}

static int run(const void *opaque, int argc, char **argv)
{
    const struct settings *settings = opaque;
    osler_error error = {0};
    osler_library *library;
    struct id_list ids;
    int result = EXIT_DONE;
    if (!argc) {
        fputs("osler show: expected an id: a PMID, a DOI, PMC1234567 or osler:17\n", stderr);
        return EXIT_BAD_USAGE;
    }
    if (open_libraries(&library, &error) != OSLER_OK)
        return report(&error);
    read_ids(&ids, argc, argv);
    for (size_t i = 0; i < ids.count; i++) {
        int outcome = show(library, ids.items[i], settings, i == 0);
        result = outcome ? outcome : result;
    }
    free_ids(&ids);
    osler_library_close(library);
    return result;
}

const struct command command_show = {
    .name = "show",
    .arguments = "ID... | -",
    .summary = "Show one record, all of it",
    .details =
        "An ID is a PMID, a DOI, a PMC number, osler:17 for a work without a PMID, or a citation\n"
        "key; - reads ids from standard input, one a line.",
    .examples = "  osler show 21385086\n  osler find 'migraine[ti]' --ids | osler show -",
    .several_libraries = true,
    .options = options,
    .settings_size = sizeof(struct settings),
    .run = run,
};
