/* What `osler list` and `osler import` print of the references of a list. */
#include "entries.h"

#include "lines.h"
#include "listing.h"
#include "output.h"

#include <string.h>

void write_list_entry(struct json *j, const osler_list_entry *entry)
{
    json_open_object(j, NULL);
    json_integer(j, "position", entry->position);
    json_text(j, "number", entry->number);
    json_text(j, "text", entry->text);
    json_text(j, "verdict", entry->verdict);
    json_text(j, "id", entry->id);
    json_open_array(j, "flags");
    for (size_t i = 0; i < entry->flags.count; i++)
        json_text(j, NULL, entry->flags.items[i].name);
    json_close_array(j);
    json_text(j, "remark", entry->remark);
    json_open_array(j, "differences");
    for (size_t i = 0; i < entry->differences.count; i++) {
        const osler_difference *d = &entry->differences.items[i];
        json_open_object(j, NULL);
        json_text(j, "field", d->field);
        json_text(j, "given", d->given);
        json_text(j, "record", d->record);
        json_close_object(j);
    }
    json_close_array(j);
    if (entry->record)
        json_record(j, "record", entry->record);
    json_close_object(j);
}

void print_list_entry(const osler_list_entry *entry)
{
    bool pmid = entry->id && entry->id[strspn(entry->id, "0123456789")] == '\0';
    char position[16];
    snprintf(position, sizeof position, "%u", entry->position);
    printf("%3s  ", position);
    if (entry->number && strcmp(entry->number, position) != 0) {
        putchar('(');
        print_inert(stdout, entry->number);
        fputs(")  ", stdout);
    }
    fputs(entry->verdict, stdout);
    if (entry->id)
        printf("  %s%s", pmid ? "PMID " : "", entry->id);
    if (entry->flags.count) {
        fputs(" \xC2\xB7 ", stdout);
        print_flags(&entry->flags);
    }
    if (entry->remark) {
        fputs(" \xC2\xB7 ", stdout);
        print_inert(stdout, entry->remark);
    }
    putchar('\n');
    for (size_t i = 0; i < entry->differences.count; i++) {
        const osler_difference *d = &entry->differences.items[i];
        fputs("       ", stdout);
        print_inert(stdout, d->field);
        fputs(": ", stdout);
        print_inert(stdout, *d->given ? d->given : "(none)");
        fputs(", in the record ", stdout);
        print_inert(stdout, *d->record ? d->record : "(none)");
        putchar('\n');
    }
    if (entry->text)
        print_wrapped(stdout, entry->text, 5);
    else if (entry->record)
        print_title(entry->record, 5);
}
