/*
 * print_labels: references on stdin, one a line; for each its tokens, one a line: the label, how
 * sure it is, the token.  An empty line ends a reference.
 */
#include "refs/label.h"

#include <stdio.h>
#include <stdlib.h>

static const char *const names[] = {
    "other",  "number", "author", "editor",  "title",     "container", "date",
    "volume", "issue",  "pages",  "edition", "publisher", "place",     "genre",
    "doi",    "pmid",   "pmcid",  "isbn",    "url",
};
_Static_assert(sizeof names / sizeof *names == REFS_LABEL_COUNT, "a name for each label");

int main(void)
{
    static char line[REFS_LONGEST + 2];
    arena memory = {0};
    while (fgets(line, sizeof line, stdin)) {
        struct refs_token *tokens;
        size_t count;
        float sure;
        osler_error error = {0};
        str reference = str_trim(str_of(line));
        if (refs_label(&tokens, &count, &sure, &memory, reference, &error) != OSLER_OK)
            return fprintf(stderr, "%s\n", error.message), EXIT_FAILURE;
        for (size_t i = 0; i < count; i++)
            printf("%s\t%.3f\t%zu\t%.*s\n", names[tokens[i].label], (double)tokens[i].confidence,
                   (size_t)(tokens[i].text.data - line), STR_ARG(tokens[i].text));
        printf("\n");
        arena_clear(&memory);
    }
    arena_free(&memory);
    return EXIT_SUCCESS;
}
