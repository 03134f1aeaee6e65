/* Hashing words for tables that live in memory alone. */
#ifndef APPRAISE_HASH_H
#define APPRAISE_HASH_H

#include "base/bytes.h"
#include "base/str.h"
#include <stdint.h>
#include <string.h>

/*
 * The hash of a word of which eight bytes can be read, as those of base/words.h.  It has no branch
 * that a text could make hard to foretell.  The words of tables are known and few: the middle of
 * long ones is left out.
 */
static inline uint32_t hash_word(str s)
{
    static const uint64_t masks[] = {0,
                                     0xFF,
                                     0xFFFF,
                                     0xFFFFFF,
                                     0xFFFFFFFF,
                                     UINT64_C(0xFFFFFFFFFF),
                                     UINT64_C(0xFFFFFFFFFFFF),
                                     UINT64_C(0xFFFFFFFFFFFFFF),
                                     UINT64_MAX};
    uint64_t mask = masks[s.length < 8 ? s.length : 8];
    uint64_t head = bytes_eight(s.data) & mask;
    uint64_t tail = bytes_eight(s.data + (s.length < 8 ? 0 : s.length - 8)) & mask;
    uint64_t h = (head ^ s.length) * UINT64_C(0x9E3779B97F4A7C15);
    h = (h ^ h >> 32 ^ tail) * UINT64_C(0xD6E8FEB86659FD93);
    return (uint32_t)(h >> 32);
}

/* The same hash of any text. */
static inline uint32_t hash_text(str s)
{
    char room[8] = "";
    if (s.length >= sizeof room)
        return hash_word(s);
    if (s.length)
        memcpy(room, s.data, s.length);
    return hash_word((str){room, s.length});
}

#endif
