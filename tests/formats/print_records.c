/*
 * print_records [-f FORMAT] [-q] FILE...: every item of the files as one line of JSON, by the
 * tables of the fields; failures as {"failed": ...}.  What check_*.sh compare, and what times
 * reading (-q: print counts only).
 */
#include <osler/formats.h>

#include <stdio.h>
#include <string.h>

struct any_list {
    const char *items;
    size_t count;
};

static void print_text(const char *text)
{
    putchar('"');
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        if (c == '"' || c == '\\')
            printf("\\%c", c);
        else if (c < 0x20)
            printf("\\u%04x", c);
        else
            putchar(c);
    }
    putchar('"');
}

static void print_struct(const osler_shape *shape, const char *value);

static struct any_list list_at(const char *member)
{
    const osler_text_list *list = (const osler_text_list *)(const void *)member;
    return (struct any_list){(const char *)list->items, list->count};
}

static void print_list(const osler_field *field, const char *member)
{
    struct any_list list = list_at(member);
    putchar('[');
    for (size_t i = 0; i < list.count; i++) {
        if (i)
            putchar(',');
        if (field->of)
            print_struct(field->of, list.items + i * field->of->size);
        else
            print_text(((const char *const *)(const void *)list.items)[i]);
    }
    putchar(']');
}

static bool is_present(const osler_field *field, const char *member)
{
    switch (field->kind) {
    case OSLER_TEXT:
    case OSLER_MARKUP: return *(const char *const *)(const void *)member != NULL;
    case OSLER_NUMBER: return *(const int *)(const void *)member != 0;
    case OSLER_FLAG: return *(const bool *)member;
    case OSLER_TEXTS:
    case OSLER_MANY: return list_at(member).count != 0;
    }
    return false;
}

static void print_struct(const osler_shape *shape, const char *value)
{
    const char *separator = "";
    putchar('{');
    for (size_t i = 0; i < shape->count; i++) {
        const osler_field *field = &shape->fields[i];
        const char *member = value + field->offset;
        if (!is_present(field, member))
            continue;
        printf("%s\"%s\":", separator, field->name);
        separator = ",";
        switch (field->kind) {
        case OSLER_TEXT:
        case OSLER_MARKUP: print_text(*(const char *const *)(const void *)member); break;
        case OSLER_NUMBER: printf("%d", *(const int *)(const void *)member); break;
        case OSLER_FLAG: printf("true"); break;
        case OSLER_TEXTS:
        case OSLER_MANY: print_list(field, member); break;
        }
    }
    putchar('}');
}

static void print_failure(const osler_error *error)
{
    printf("{\"failed\":");
    print_text(error->message);
    printf(",\"status\":");
    print_text(osler_status_name(error->status));
    printf(",\"line\":%u}\n", error->line);
}

struct counts {
    unsigned long records, deletions, failures;
};

static void print_item(const osler_item *item, bool quiet, struct counts *counts)
{
    item->kind == OSLER_RECORD ? counts->records++ : counts->deletions++;
    if (quiet)
        return;
    if (item->kind == OSLER_RECORD) {
        print_struct(osler_record_shape(), (const char *)item->record);
        putchar('\n');
    } else {
        printf("{\"deleted\":\"%s\",\"version\":%d}\n", item->pmid, item->pmid_version);
    }
}

static void print_file(const char *path, const char *format, bool quiet, struct counts *counts)
{
    osler_reader *reader;
    osler_error error = {0};
    const osler_item *item;
    osler_status status = osler_reader_open(&reader, path, format, &error);
    if (status != OSLER_OK) {
        counts->failures++;
        print_failure(&error);
        return;
    }
    while ((status = osler_reader_next(reader, &item, &error)) != OSLER_END) {
        if (status == OSLER_OK) {
            print_item(item, quiet, counts);
            continue;
        }
        counts->failures++;
        if (!quiet)
            print_failure(&error);
    }
    if (!quiet)
        fprintf(stderr, "%s: %s, %s\n", path, osler_reader_format(reader),
                osler_reader_is_complete(reader) ? "complete" : "not complete");
    osler_reader_close(reader);
}

int main(int count, char **arguments)
{
    struct counts counts = {0};
    const char *format = NULL;
    bool quiet = false;
    for (int i = 1; i < count; i++) {
        if (strcmp(arguments[i], "-q") == 0)
            quiet = true;
        else if (strcmp(arguments[i], "-f") == 0 && i + 1 < count)
            format = arguments[++i];
        else
            print_file(arguments[i], format, quiet, &counts);
    }
    if (quiet)
        printf("%lu records, %lu deletions, %lu failures\n", counts.records, counts.deletions,
               counts.failures);
    return 0;
}
