/* Printing what speaks for a study design. */
#include "witnesses.h"

#include "output.h"

void print_witnesses(const osler_appraisal *appraisal)
{
    for (size_t i = 0; i < appraisal->witnesses.count; i++) {
        const osler_witness *w = &appraisal->witnesses.items[i];
        printf("    %.2f  %-8s  %-24s  ", w->weight, w->source,
               w->design ? w->design : w->modifier);
        print_inert(stdout, w->cue);
        if (w->section) {
            fputs("  in ", stdout);
            print_inert(stdout, w->section);
        }
        putchar('\n');
    }
}
