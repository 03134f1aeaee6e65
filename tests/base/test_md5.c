/* MD5 against the answers that RFC 1321 gives, however the bytes come in. */
#include "base/md5.h"

#include "check.h"

#include <string.h>

TEST(the_answers_of_the_standard)
{
    static const struct {
        const char *text, *digest;
    } known[] = {
        {"", "d41d8cd98f00b204e9800998ecf8427e"},
        {"a", "0cc175b9c0f1b6a831c399e269772661"},
        {"abc", "900150983cd24fb0d6963f7d28e17f72"},
        {"message digest", "f96b697d7cb7938d525a2f31aaf161d0"},
        {"abcdefghijklmnopqrstuvwxyz", "c3fcd3d76192e4007dfb496cca67e13b"},
        {"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
         "d174ab98d277d9f5a5611c2c9f419d9f"},
        {"12345678901234567890123456789012345678901234567890123456789012345678901234567890",
         "57edf4a22be3c955ac49da2e2107b67a"},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        str text = str_of(known[i].text);
        for (size_t step = 1; step <= 64; step++) {
            char hex[MD5_HEX];
            md5 m;
            md5_begin(&m);
            for (size_t at = 0; at < text.length; at += step)
                md5_add(&m, str_part(text, at, step));
            md5_end(&m, hex);
            CHECK_TEXT(hex, known[i].digest);
        }
    }
}

TEST(every_length_around_a_block)
{
    static const struct {
        size_t length;
        const char *digest;
    } known[] = {
        {55, "04364420e25c512fd958a70738aa8f72"},  {56, "668a72d5ba17f08e62dabcafad6db14b"},
        {57, "693037871c4a9d3d8685018905cb530a"},  {63, "7dc2ca208106a2f703567bdff99d8981"},
        {64, "c1bb4f81d892b2d57947682aeb252456"},  {65, "1bc932052302d074bdec39795fe00cf6"},
        {119, "ab347a5f68c8a443cfcddc633f12c24f"}, {120, "fb98667f98096de92620b64f46e1c5b5"},
        {127, "a0b28c1da68705c2ff883fe279b72753"}, {128, "d69cb61a6ee87200676eb0d4b90edbcb"},
        {129, "3926841d393c00c3f36260e5ace10dc1"},
    };
    char bytes[130];
    memset(bytes, 'x', sizeof bytes);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        char hex[MD5_HEX];
        md5 m;
        md5_begin(&m);
        md5_add(&m, (str){bytes, known[i].length});
        md5_end(&m, hex);
        CHECK_TEXT(hex, known[i].digest);
    }
}
