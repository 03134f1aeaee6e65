/*
 * Terms gathered in memory: for each the payloads and positions of its documents, in chunks that
 * grow, in a pool that is given back as a whole.
 */
#ifndef INDEX_GATHER_H
#define INDEX_GATHER_H

#include "base/buf.h"
#include "index/document.h"

enum { POOL_BLOCK = 2 << 20, POOL_UNIT = 8 };

/* Memory in large blocks; a place in it is a number of units, so that four bytes hold it. */
typedef struct pool {
    unsigned char **blocks;
    size_t count;
    size_t used; /* units of the last block, of POOL_BLOCK / POOL_UNIT */
} pool;

typedef struct gathered {
    pool memory;
    uint64_t seed;
    uint64_t *slots; /* upper half of the hash, and the term's place; 0: free */
    size_t slot_count, terms;
} gathered;

void gather_start(gathered *g);
void gather_free(gathered *g);
size_t gather_bytes(const gathered *g);

/* Add the entries of a document; postings keep the order in which they are added. */
void gather_add(gathered *g, const index_entry *entries, size_t count, uint32_t document);

/* The place of a term; 0 when nobody has it. */
uint32_t gather_find(const gathered *g, str term);

/* All terms rising: their places, as many as g->terms; you own it: memory_free(). */
uint32_t *gather_sorted(const gathered *g);

str gather_term(const gathered *g, uint32_t place);
uint32_t gather_df(const gathered *g, uint32_t place);

/* For each document: varint of its number minus the one before (the first: its number), payload,
 * positions.  They stay in the pool or are put together in `b`, which is cleared before. */
str gather_postings(const gathered *g, uint32_t place, buf *b);

/* Say that a term will be asked for soon. */
void gather_prefetch(const gathered *g, uint32_t place);

#endif
