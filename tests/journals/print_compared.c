/* Lines of two names with a tab between them: how many pairs may be one journal; others with
 * --show. */
#include "journals/journals.h"

#include <stdio.h>

int main(int argc, char **argv)
{
    static char line[1 << 16];
    unsigned counts[3] = {0};
    bool show = argc > 1 && str_is(str_of(argv[1]), "--show");
    while (fgets(line, sizeof line, stdin)) {
        str rest = str_trim(str_of(line)), first = {0};
        if (!str_next_field(&rest, '\t', &first))
            continue;
        enum journals_agreement how = journals_compare(first, rest);
        counts[how]++;
        if (show && how == JOURNALS_DIFFERENT)
            printf("%.*s\t%.*s\n", STR_ARG(first), STR_ARG(rest));
    }
    printf("%u same, %u possible, %u different\n", counts[JOURNALS_SAME], counts[JOURNALS_POSSIBLE],
           counts[JOURNALS_DIFFERENT]);
    return 0;
}
