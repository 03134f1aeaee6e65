/* Bibliographic lines for listings. */
#include "lines.h"

#include "output.h"

#include <stdlib.h>
#include <string.h>

char *plain_copy(const char *markup)
{
    size_t size = strlen(markup ? markup : "") + 1;
    char *plain = need(malloc(size));
    osler_plain_text(markup ? markup : "", plain, size);
    return plain;
}

void print_title(const osler_record *record, int indent)
{
    const char *title = osler_record_title(record);
    char *plain = plain_copy(title ? title : "(no title)");
    fputs(style_bold(), stdout);
    print_wrapped(stdout, plain, indent);
    fputs(style_end(), stdout);
    free(plain);
}

static void add(char **line, const char *text)
{
    size_t used = *line ? strlen(*line) : 0, more = strlen(text);
    *line = need(realloc(*line, used + more + 1));
    memcpy(*line + used, text, more + 1);
}

/* "Family AB", "Family Jr", or the group's name. */
static void add_name(char **line, const osler_name *name)
{
    char *plain = plain_copy(name->collective ? name->collective : name->family);
    add(line, plain);
    free(plain);
    const char *given = name->initials ? name->initials : name->given;
    if (!name->collective && given) {
        add(line, " ");
        add(line, given);
    }
    if (!name->collective && name->suffix) {
        plain = plain_copy(name->suffix);
        add(line, " ");
        add(line, plain);
        free(plain);
    }
}

void print_authors(const osler_record *record, int indent, int most)
{
    char *line = NULL;
    int count = 0;
    const char *role = osler_record_next_name(record, "author", NULL) ? "author" : "editor";
    const osler_name *name = NULL;
    while ((name = osler_record_next_name(record, role, name))) {
        if (most && count == most)
            break;
        if (count++)
            add(&line, ", ");
        add_name(&line, name);
    }
    if (count && (name || (record->names_incomplete && strcmp(role, "author") == 0)))
        add(&line, ", et al.");
    if (line)
        print_wrapped(stdout, line, indent);
    free(line);
}

static void add_date(char **line, const osler_record *record)
{
    static const char *const months[] = {"",    "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const osler_date *date = osler_record_date(record, "issued");
    char text[64];
    if (!date || !date->year)
        date = osler_record_date(record, "epublished");
    if (!date || !date->year)
        return;
    add(line, *line ? " " : "");
    if (date->text) {
        add(line, date->text);
        return;
    }
    snprintf(text, sizeof text, "%d", date->year);
    add(line, text);
    if (date->month >= 1 && date->month <= 12) {
        snprintf(text, sizeof text, " %s", months[date->month]);
        add(line, text);
    }
    if (date->day) {
        snprintf(text, sizeof text, " %d", date->day);
        add(line, text);
    }
}

/* Add `before`, `text` and `after`, unless there is no text. */
static void add_part(char **line, const char *before, const char *text, const char *after)
{
    if (!text)
        return;
    add(line, before);
    add(line, text);
    add(line, after);
}

void print_place(const osler_record *record, int indent)
{
    char *line = NULL;
    const char *container =
        record->container_title_medline ? record->container_title_medline : record->container_title;
    char *book = plain_copy(record->book_title);
    add_part(&line, "", container ? container : *book ? book : NULL, ".");
    add_date(&line, record);
    add_part(&line, ";", record->volume, "");
    add_part(&line, "(", record->issue, ")");
    if (record->page_first && record->page_last &&
        strcmp(record->page_first, record->page_last) != 0) {
        add_part(&line, ":", record->page_first, "-");
        add(&line, record->page_last);
    } else {
        add_part(&line, ":", record->pages ? record->pages : record->article_number, "");
    }
    add(&line, line ? "." : "");
    add_part(&line, " doi:", record->doi, "");
    add_part(&line, "  PMID ", record->pmid, "");
    add_part(&line, "  ", record->pmcid, "");
    const char *start = line + strspn(line, " ");
    if (*start)
        print_wrapped(stdout, start, indent);
    free(book);
    free(line);
}

static void add_cut(struct id_list *list, const char *text, size_t length)
{
    list->items = need(realloc(list->items, (list->count + 1) * sizeof *list->items));
    char *copy = need(malloc(length + 1));
    memcpy(copy, text, length);
    copy[length] = '\0';
    list->items[list->count++] = copy;
}

static void read_lines(struct id_list *list)
{
    char *line = NULL;
    size_t capacity = 0;
    while (getline(&line, &capacity, stdin) >= 0) {
        char *start = line + strspn(line, " \t\r\n");
        size_t length = strcspn(start, "\r\n");
        while (length && (start[length - 1] == ' ' || start[length - 1] == '\t'))
            length--;
        if (length && *start != '#')
            add_cut(list, start, length);
    }
    free(line);
}

void add_id(struct id_list *list, const char *id)
{
    add_cut(list, id, strlen(id));
}

void read_ids(struct id_list *list, int argc, char **argv)
{
    *list = (struct id_list){0};
    for (int i = 0; i < argc; i++) {
        if (strcmp(argv[i], "-") == 0)
            read_lines(list);
        else
            add_id(list, argv[i]);
    }
}

void free_ids(struct id_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->items[i]);
    free(list->items);
}
