/* Hashing terms.  The seed is an address, so that nobody can write words that collide; no result
 * may depend on the order of hashes. */
#ifndef INDEX_HASH_H
#define INDEX_HASH_H

#include "base/str.h"
#include "index/coding.h"

static inline uint64_t hash_step(uint64_t h, uint64_t seed, uint64_t block)
{
    /* the product of two secret sums: few pairs of blocks collide, whoever chose them */
    h += (uint64_t)((uint32_t)block + (uint32_t)seed) *
         (uint64_t)((uint32_t)(block >> 32) + (uint32_t)(seed >> 32));
    h *= UINT64_C(0x9E3779B97F4A7C15);
    return h ^ h >> 29;
}

/* The hash of a term of this kind and value. */
static inline uint64_t hash_term(uint64_t seed, char kind, str value)
{
    const unsigned char *at = (const unsigned char *)value.data;
    size_t left = value.length;
    uint64_t h = seed + (unsigned char)kind + (left << 8), last = 0;
    for (; left > 8; left -= 8, at += 8)
        h = hash_step(h, seed, coding_get_u64(at));
    if (left == 8)
        last = coding_get_u64(at);
    else if (left >= 4)
        last = coding_get_u32(at) | (uint64_t)coding_get_u32(at + left - 4) << 32;
    else
        for (; left; left--)
            last = last << 8 | *at++;
    return hash_step(h, seed, last);
}

#endif
