/*
 * A digest of two lanes of 64 bits.  Sixteen bytes a step, as two words of eight: each lane
 * multiplies what it has of one word by the other to 128 bits, adds the halves together, and turns
 * what it was into that, so that a factor of 0 wipes nothing out.  The lanes take the words
 * crosswise and are mixed at the end, with the length.
 */
#include "base/digest.h"

#include <stdint.h>
#include <string.h>

__extension__ typedef unsigned __int128 wide;

/* Odd numbers without pattern: digits of the square roots of 2, 3, 5 and 7. */
static const uint64_t one = 0x6A09E667F3BCC909, two = 0xBB67AE8584CAA73B,
                      three = 0x3C6EF372FE94F82B, four = 0xA54FF53A5F1D36F1;

static uint64_t word_at(const unsigned char *bytes)
{
    uint64_t word = 0;
    for (unsigned i = 0; i < 8; i++)
        word |= (uint64_t)bytes[i] << 8 * i;
    return word;
}

static uint64_t fold(uint64_t a, uint64_t b)
{
    wide product = (wide)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static uint64_t turn(uint64_t word, unsigned bits)
{
    return word << bits | word >> (64 - bits);
}

struct lanes {
    uint64_t left, right;
};

static void step(struct lanes *l, const unsigned char *bytes)
{
    uint64_t a = word_at(bytes), b = word_at(bytes + 8);
    l->left = turn(l->left, 29) + fold(l->left ^ a ^ one, b ^ two);
    l->right = turn(l->right, 31) + fold(l->right ^ b ^ three, a ^ four);
}

digest digest_of(str text)
{
    struct lanes l = {two ^ text.length, three};
    const unsigned char *at = (const unsigned char *)text.data;
    size_t left = text.length;
    for (; left >= DIGEST_SIZE; at += DIGEST_SIZE, left -= DIGEST_SIZE)
        step(&l, at);
    unsigned char rest[DIGEST_SIZE] = {0};
    if (left)
        memcpy(rest, at, left);
    step(&l, rest);
    uint64_t ends[2] = {fold(l.left ^ three, l.right ^ one),
                        fold(l.right ^ two, turn(l.left, 17) ^ four)};
    ends[0] ^= turn(l.left, 37);
    ends[1] ^= turn(l.right, 41);
    digest made;
    for (unsigned i = 0; i < DIGEST_SIZE; i++)
        made.bytes[i] = (unsigned char)(ends[i / 8] >> 8 * (i % 8));
    return made;
}

bool digest_equal(const digest *a, const digest *b)
{
    return memcmp(a->bytes, b->bytes, DIGEST_SIZE) == 0;
}
