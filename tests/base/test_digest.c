/* Digests: they stand in libraries, so what they are may never change. */
#include "base/digest.h"

#include "check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *hex(const digest *d)
{
    static char text[2 * DIGEST_SIZE + 1];
    for (size_t i = 0; i < DIGEST_SIZE; i++)
        snprintf(text + 2 * i, 3, "%02x", d->bytes[i]);
    return text;
}

TEST(digests_are_what_they_always_were)
{
    static const struct {
        const char *text, *digest;
    } known[] = {
        {"", "25febe5d9e2ea3352d3383c3d604fef5"},
        {"a", "69f55ddafd58ec94ae7f6537a4571ffb"},
        {"<PubmedArticle>", "318d0f3369c2d47778242ff3e60d6377"},
        {"sixteen bytes it", "90e61298f107120891db1b5ffa27a33a"},
        {"The quick brown fox jumps over the lazy dog, and over another one.",
         "8fd74c67f417c66939e2e7f05f3c3756"},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        digest d = digest_of(str_of(known[i].text));
        CHECK_TEXT(hex(&d), known[i].digest);
    }
}

static int by_bytes(const void *a, const void *b)
{
    return memcmp(a, b, sizeof(digest));
}

/* Texts that differ in one bit, in their length, or in the order of their words. */
TEST(texts_that_differ_have_different_digests)
{
    enum { LENGTH = 100, MOST = LENGTH * 8 + LENGTH + 2 };
    static digest made[MOST];
    size_t count = 0;
    char text[LENGTH] = {0};
    for (size_t bit = 0; bit < sizeof text * 8; bit++) {
        text[bit / 8] = (char)(1U << bit % 8);
        made[count++] = digest_of((str){text, sizeof text});
        text[bit / 8] = 0;
    }
    for (size_t length = 0; length <= sizeof text; length++)
        made[count++] = digest_of((str){text, length});
    qsort(made, count, sizeof *made, by_bytes);
    for (size_t i = 1; i < count; i++)
        CHECK(!digest_equal(&made[i - 1], &made[i]));
}

/* Half of the bits change with any bit, in both halves. */
TEST(one_bit_changes_half_of_the_digest)
{
    enum { LENGTH = 48 };
    char text[LENGTH];
    unsigned changed[2] = {0};
    memset(text, 'x', sizeof text);
    digest before = digest_of((str){text, sizeof text});
    for (size_t bit = 0; bit < sizeof text * 8; bit++) {
        text[bit / 8] = (char)(text[bit / 8] ^ (1 << bit % 8));
        digest after = digest_of((str){text, sizeof text});
        text[bit / 8] = (char)(text[bit / 8] ^ (1 << bit % 8));
        for (size_t i = 0; i < DIGEST_SIZE * 8; i++)
            changed[i / 64] += ((before.bytes[i / 8] ^ after.bytes[i / 8]) >> i % 8) & 1;
    }
    for (size_t i = 0; i < 2; i++) {
        double part = changed[i] / (LENGTH * 8 * 64.0);
        CHECK(part > 0.48 && part < 0.52);
    }
}
