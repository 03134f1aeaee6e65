/* Several bytes as one number, and what can be seen in all of them at once. */
#ifndef BASE_BYTES_H
#define BASE_BYTES_H

#include <stdint.h>

/* Eight (four) bytes, the first one lowest on every machine; compilers make one load of it. */
static inline uint32_t bytes_four(const char *at)
{
    const unsigned char *b = (const unsigned char *)at;
    return (uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
}

static inline uint64_t bytes_eight(const char *at)
{
    return (uint64_t)bytes_four(at) | (uint64_t)bytes_four(at + 4) << 32;
}

/* Eight times the same byte. */
static inline uint64_t bytes_all(unsigned char byte)
{
    return UINT64_C(0x0101010101010101) * byte;
}

/* Not 0 when one of the eight bytes is 0. */
static inline uint64_t bytes_have_zero(uint64_t bytes)
{
    return (bytes - bytes_all(1)) & ~bytes & bytes_all(0x80);
}

#endif
