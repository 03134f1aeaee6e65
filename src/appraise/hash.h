/* Hashing words for tables that live in memory alone: the value depends on the machine. */
#ifndef APPRAISE_HASH_H
#define APPRAISE_HASH_H

#include "base/str.h"
#include <stdint.h>
#include <string.h>

static inline uint64_t hash_bytes(const char *bytes, size_t count)
{
    uint64_t value = 0;
    memcpy(&value, bytes, count);
    return value;
}

/* The words of tables are known and few: nobody can aim at them, a few steps mix well enough. */
static inline uint32_t hash_word(str s)
{
    uint64_t head = 0, tail = 0, h = s.length;
    const char *at = s.data, *end = at + s.length;
    for (; end - at > 16; at += 8)
        h = (h ^ hash_bytes(at, 8)) * UINT64_C(0x9E3779B97F4A7C15);
    size_t left = (size_t)(end - at);
    if (left >= 8) {
        head = hash_bytes(at, 8);
        tail = hash_bytes(end - 8, 8);
    } else if (left >= 4) {
        head = hash_bytes(at, 4);
        tail = hash_bytes(end - 4, 4);
    } else if (left) {
        head = (uint64_t)(unsigned char)at[0] << 8 | (unsigned char)at[left / 2];
        tail = (unsigned char)end[-1];
    }
    h = (h ^ head) * UINT64_C(0x9E3779B97F4A7C15);
    h = (h ^ tail ^ h >> 32) * UINT64_C(0xD6E8FEB86659FD93);
    return (uint32_t)(h >> 32);
}

#endif
