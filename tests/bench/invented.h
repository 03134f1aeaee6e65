/*
 * Invented PubMed records for measuring: record `number` of a seed has the same bytes whatever was
 * written before it, so a collection of any size can be cut into files anywhere.
 */
#ifndef BENCH_INVENTED_H
#define BENCH_INVENTED_H

#include <stdint.h>

enum {
    INVENTED_RECORD_MAX = 1 << 18,    /* No record is longer; most are a tenth of a tenth. */
    INVENTED_FIRST_PMID = 1000000000, /* Record n has this PMID + n: no real one comes near. */
    INVENTED_LAST = 1000000000,       /* The highest number: PMIDs stay below 2^31. */
};

typedef struct invented invented;

/* Ends the program when memory does. */
invented *invented_new(uint64_t seed);
void invented_free(invented *collection);

/* Writes one <PubmedArticle>, laid out as NLM's files are; returns its end. */
char *invented_write(char *at, const invented *collection, uint32_t number);

#endif
