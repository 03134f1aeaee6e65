/* The witnesses of an appraisal, one a line, as show and classify print them. */
#ifndef CLI_WITNESSES_H
#define CLI_WITNESSES_H

#include <osler/appraise.h>

/* Weight, source, what it speaks for, what was seen and in which section. */
void print_witnesses(const osler_appraisal *appraisal);

#endif
