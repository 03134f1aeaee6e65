/* print_matches: lines journal|year|volume|page|author|title|doi on stdin; for each the way it was
 * found in PubMed and the candidates, then the titles of their records. */
#include <osler/fetch.h>

#include <stdio.h>
#include <string.h>

enum { MOST = 500, FIELDS = 7 };

static void print_title(void *context, const osler_record *record)
{
    (void)context;
    printf("%s: %s\n", record->pmid, record->title);
}

/* Cut a line at its bars. */
static void cut(char *line, const char *fields[FIELDS])
{
    line[strcspn(line, "\n")] = '\0';
    for (int i = 0; i < FIELDS; i++) {
        fields[i] = line ? line : "";
        line = line ? strchr(line, '|') : NULL;
        if (line)
            *line++ = '\0';
    }
}

static int print_all(const osler_fetch_candidates *matches, size_t count)
{
    static const char *const ways[] = {"nothing", "citation", "doi", "title"};
    osler_pmids pmids = {0};
    osler_error error = {0};
    for (size_t i = 0; i < count; i++) {
        fputs(ways[matches[i].way], stdout);
        for (unsigned k = 0; k < matches[i].count; k++) {
            char text[24];
            snprintf(text, sizeof text, "%llu", (unsigned long long)matches[i].pmids[k]);
            printf(" %s", text);
            if (osler_pmids_parse(&pmids, text, strlen(text), NULL, &error) != OSLER_OK)
                return 1;
        }
        puts(matches[i].more ? " and more" : "");
    }
    osler_status status = osler_fetch_records(&pmids, NULL, print_title, &error);
    osler_pmids_free(&pmids);
    return status != OSLER_OK;
}

int main(void)
{
    static char lines[MOST][1000];
    static osler_printed_citation citations[MOST];
    static osler_fetch_candidates matches[MOST];
    osler_error error = {0};
    size_t count = 0;
    while (count < MOST && fgets(lines[count], sizeof lines[count], stdin)) {
        const char *f[FIELDS];
        cut(lines[count], f);
        citations[count++] = (osler_printed_citation){f[0], f[1], f[2], f[3], f[4], f[5], f[6]};
    }
    if (osler_fetch_match(matches, citations, count, NULL, &error) != OSLER_OK) {
        fprintf(stderr, "%s\n", error.message);
        return (int)error.status;
    }
    return print_all(matches, count);
}
