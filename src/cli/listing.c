/* Lines of lists of records. */
#include "listing.h"

#include "lines.h"
#include "output.h"

#include <stdlib.h>
#include <string.h>

/* Flags that must not be overlooked. */
static bool is_grave(const char *flag)
{
    return strcmp(flag, "retracted") == 0 || strcmp(flag, "withdrawn") == 0 ||
           strcmp(flag, "concern") == 0;
}

void print_flags(const osler_flag_list *flags)
{
    for (size_t i = 0; i < flags->count; i++) {
        bool grave = is_grave(flags->items[i].name);
        printf("%s%s%s%s", i ? ", " : "", grave ? style_warn() : "", flags->items[i].name,
               grave ? style_end() : "");
    }
}

void print_numbered(unsigned number, const char *id, const osler_record *record,
                    const osler_appraisal *appraisal)
{
    const char *name = osler_design_name(appraisal->design);
    printf("%*u  %s", LISTING_INDENT - 2, number, name ? name : appraisal->design);
    if (appraisal->n)
        printf(" \xC2\xB7 n %ld", appraisal->n);
    if (appraisal->flags.count) {
        fputs(" \xC2\xB7 ", stdout);
        print_flags(&appraisal->flags);
    }
    if (!record->pmid) {
        fputs(" \xC2\xB7 ", stdout);
        print_inert(stdout, id);
    }
    putchar('\n');
    print_title(record, LISTING_INDENT);
    print_authors(record, LISTING_INDENT, 3);
    print_place(record, LISTING_INDENT);
}

static void json_authors(struct json *j, const osler_record *record)
{
    const osler_name *name = NULL;
    json_open_array(j, "authors");
    while ((name = osler_record_next_name(record, "author", name))) {
        if (name->collective) {
            json_plain(j, NULL, name->collective);
            continue;
        }
        char *family = plain_copy(name->family), *text;
        const char *given = name->initials ? name->initials : name->given ? name->given : "";
        size_t size = strlen(family) + strlen(given) + 2;
        text = need(malloc(size));
        snprintf(text, size, "%s%s%s", family, *given && *family ? " " : "", given);
        json_text(j, NULL, text);
        free(text);
        free(family);
    }
    json_close_array(j);
}

void json_listing(struct json *j, const osler_record *record, const osler_appraisal *appraisal)
{
    int year = osler_record_year(record);
    json_plain(j, "title", osler_record_title(record));
    json_authors(j, record);
    json_text(j, "journal",
              record->container_title_medline ? record->container_title_medline
                                              : record->container_title);
    if (year)
        json_integer(j, "year", year);
    else
        json_text(j, "year", NULL);
    json_text(j, "doi", record->doi);
    json_text(j, "design", appraisal->design);
    json_real(j, "confidence", appraisal->confidence, 3);
    if (appraisal->n)
        json_integer(j, "n", appraisal->n);
    else
        json_text(j, "n", NULL);
    json_open_array(j, "flags");
    for (size_t i = 0; i < appraisal->flags.count; i++)
        json_text(j, NULL, appraisal->flags.items[i].name);
    json_close_array(j);
}
