/* Bytes of UTF-16 and of Windows-1252 as UTF-8, in parts: what a part leaves unfinished is held. */
#include "formats/decode.h"

#include "base/utf8.h"

enum { FIRST_C1 = 0x80, LAST_C1 = 0x9F, SURROGATE = 0xD800, LOW = 0xDC00, BEHIND = 0xE000 };

/* Windows-1252 between 0x80 and 0x9F; elsewhere it is Latin-1. */
static const uint16_t windows_1252[] = {
    0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};

enum encoding decode_recognize(str head)
{
    unsigned char a = head.length > 1 ? (unsigned char)head.data[0] : 'x';
    unsigned char b = head.length > 1 ? (unsigned char)head.data[1] : 'x';
    if (a == 0xFE && b == 0xFF)
        return ENCODING_UTF16_BE;
    if (a == 0xFF && b == 0xFE)
        return ENCODING_UTF16_LE;
    if (!a && b && b < FIRST_C1)
        return ENCODING_UTF16_BE;
    return a && a < FIRST_C1 && !b ? ENCODING_UTF16_LE : ENCODING_BYTES;
}

static uint32_t unit_at(str bytes, size_t at, enum encoding encoding)
{
    unsigned char a = (unsigned char)bytes.data[at], b = (unsigned char)bytes.data[at + 1];
    return encoding == ENCODING_UTF16_BE ? (uint32_t)a << 8 | b : (uint32_t)b << 8 | a;
}

static size_t decode_utf16(buf *out, str bytes, enum encoding encoding, bool last)
{
    size_t at = 0;
    while (at + 2 <= bytes.length) {
        uint32_t c = unit_at(bytes, at, encoding);
        if (c >= SURROGATE && c < LOW) {
            if (at + 4 > bytes.length && !last)
                return at;
            uint32_t low = at + 4 <= bytes.length ? unit_at(bytes, at + 2, encoding) : 0;
            bool pair = low >= LOW && low < BEHIND;
            c = pair ? 0x10000 + ((c - SURROGATE) << 10) + (low - LOW) : UTF8_REPLACEMENT;
            at += pair ? 2 : 0;
        } else if (c >= LOW && c < BEHIND) {
            c = UTF8_REPLACEMENT;
        }
        buf_add_codepoint(out, c);
        at += 2;
    }
    if (last && at < bytes.length) {
        buf_add_codepoint(out, UTF8_REPLACEMENT);
        at = bytes.length;
    }
    return at;
}

/* What is UTF-8 stays; a byte that is not is a character of Windows-1252. */
static size_t decode_guessed(buf *out, str bytes, bool last, size_t *first)
{
    enum { LONGEST = 4 };
    for (size_t at = 0, valid;;) {
        str rest = str_part(bytes, at, bytes.length);
        if (utf8_valid(rest, &valid)) {
            buf_add(out, rest);
            return bytes.length;
        }
        buf_add(out, str_part(rest, 0, valid));
        at += valid;
        if (!last && bytes.length - at < LONGEST)
            return at;
        unsigned char c = (unsigned char)bytes.data[at++];
        if (*first == DECODE_NONE)
            *first = out->length;
        buf_add_codepoint(out, c <= LAST_C1 ? windows_1252[c - FIRST_C1] : c);
    }
}

size_t decode(buf *out, str bytes, enum encoding encoding, bool last, size_t *first)
{
    *first = DECODE_NONE;
    if (encoding == ENCODING_GUESSED)
        return decode_guessed(out, bytes, last, first);
    return decode_utf16(out, bytes, encoding, last);
}
