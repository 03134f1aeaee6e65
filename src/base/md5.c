/* MD5 as RFC 1321 describes it: four rounds of sixteen steps over blocks of 64 bytes. */
#include "base/md5.h"

#include <stdio.h>
#include <string.h>

/* floor(2^32 * |sin(i + 1)|) */
static const uint32_t sines[64] = {
    0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
    0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
    0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
    0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
    0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
    0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
    0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
    0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391,
};

static uint32_t word_at(const unsigned char *bytes)
{
    return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 |
           (uint32_t)bytes[3] << 24;
}

static void take_block(uint32_t state[4], const unsigned char *block)
{
    static const unsigned turns[4][4] = {
        {7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}};
    uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
    for (unsigned i = 0; i < 64; i++) {
        unsigned round = i / 16, word = i;
        uint32_t mixed = (b & c) | (~b & d);
        if (round == 1) {
            mixed = (d & b) | (~d & c);
            word = (5 * i + 1) % 16;
        } else if (round == 2) {
            mixed = b ^ c ^ d;
            word = (3 * i + 5) % 16;
        } else if (round == 3) {
            mixed = c ^ (b | ~d);
            word = 7 * i % 16;
        }
        uint32_t sum = a + mixed + sines[i] + word_at(block + (size_t)4 * word);
        unsigned turn = turns[round][i % 4];
        a = d;
        d = c;
        c = b;
        b += sum << turn | sum >> (32 - turn);
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
}

void md5_begin(md5 *m)
{
    *m = (md5){.state = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476}};
}

void md5_add(md5 *m, str bytes)
{
    while (bytes.length) {
        size_t used = m->length % 64, part = 64 - used;
        if (part > bytes.length)
            part = bytes.length;
        memcpy(m->block + used, bytes.data, part);
        m->length += part;
        bytes = str_part(bytes, part, bytes.length);
        if (used + part == 64)
            take_block(m->state, m->block);
    }
}

void md5_end(md5 *m, char hex[MD5_HEX])
{
    static const char padding[64] = {(char)0x80};
    uint64_t bits = m->length * 8;
    char length[8];
    for (unsigned i = 0; i < 8; i++)
        length[i] = (char)(bits >> 8 * i & 0xFF);
    md5_add(m, (str){padding, 1 + (119 - m->length % 64) % 64});
    md5_add(m, (str){length, sizeof length});
    for (unsigned i = 0; i < 16; i++)
        snprintf(hex + (size_t)2 * i, 3, "%02x", (unsigned)(m->state[i / 4] >> i % 4 * 8 & 0xFF));
}
