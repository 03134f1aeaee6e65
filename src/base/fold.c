/* Folding by ICU's NFKD and case folding; ASCII never reaches ICU. */
#include "base/fold.h"

#include "base/memory.h"
#include "base/utf8.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>

/* Letters that no decomposition reaches, and punctuation that has a plain form. */
static const struct {
    uint32_t from;
    const char *to;
} plain[] = {
    {0x00A0, " "},  {0x00AD, ""},   {0x00C6, "ae"}, {0x00D0, "d"}, {0x00D8, "o"},  {0x00DE, "th"},
    {0x00DF, "ss"}, {0x00E6, "ae"}, {0x00F0, "d"},  {0x00F8, "o"}, {0x00FE, "th"}, {0x0110, "d"},
    {0x0111, "d"},  {0x0131, "i"},  {0x0141, "l"},  {0x0142, "l"}, {0x0152, "oe"}, {0x0153, "oe"},
    {0x200B, ""},   {0x200C, ""},   {0x200D, ""},   {0x2010, "-"}, {0x2011, "-"},  {0x2012, "-"},
    {0x2013, "-"},  {0x2014, "-"},  {0x2015, "-"},  {0x2018, "'"}, {0x2019, "'"},  {0x201C, "\""},
    {0x201D, "\""}, {0x2028, " "},  {0x2029, " "},  {0x2032, "'"}, {0x2033, "\""}, {0x2060, ""},
    {0x2212, "-"},  {0xFEFF, ""},
};

static const char *plain_form(uint32_t c)
{
    size_t low = 0, high = sizeof plain / sizeof *plain;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (plain[middle].from == c)
            return plain[middle].to;
        if (plain[middle].from < c)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static void add_folded_unit(buf *b, UChar32 c)
{
    if (u_charType(c) == U_NON_SPACING_MARK || u_charType(c) == U_ENCLOSING_MARK)
        return;
    const char *form = plain_form((uint32_t)c);
    if (form)
        buf_add_text(b, form);
    else if (u_isUWhiteSpace(c))
        buf_add_byte(b, ' ');
    else
        buf_add_codepoint(b, (uint32_t)u_foldCase(c, U_FOLD_CASE_DEFAULT));
}

void fold_add_codepoint(buf *b, uint32_t codepoint)
{
    if (codepoint < 0x80) {
        buf_add_byte(b, char_lower((char)codepoint));
        return;
    }
    const char *form = plain_form(codepoint);
    if (form) {
        buf_add_text(b, form);
        return;
    }
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *nfkd = unorm2_getNFKDInstance(&status);
    UChar parts[32];
    int32_t length = U_FAILURE(status)
                         ? -1
                         : unorm2_getDecomposition(nfkd, (UChar32)codepoint, parts, 32, &status);
    if (length < 0 || U_FAILURE(status)) {
        add_folded_unit(b, (UChar32)codepoint);
        return;
    }
    for (int32_t i = 0; i < length;) {
        uint32_t c = parts[i++];
        if (c >= 0xD800 && c < 0xDC00 && i < length) /* a surrogate pair */
            c = 0x10000 + ((c - 0xD800) << 10) + (parts[i++] - 0xDC00U);
        add_folded_unit(b, (UChar32)c);
    }
}

static size_t ascii_length(str s)
{
    size_t length = 0;
    while (length < s.length && (unsigned char)s.data[length] < 0x80)
        length++;
    return length;
}

void fold_add(buf *b, str s)
{
    while (s.length) {
        size_t length = ascii_length(s);
        char *lower = length ? buf_reserve(b, length) : NULL;
        for (size_t i = 0; i < length; i++)
            lower[i] = char_lower(s.data[i]);
        b->length += length;
        s = str_part(s, length, s.length);
        if (!s.length)
            return;
        fold_add_codepoint(b, utf8_decode(s, &length));
        s = str_part(s, length, s.length);
    }
}

bool fold_is_word(uint32_t c)
{
    if (c < 0x80)
        return char_is_letter((char)c) || char_is_digit((char)c);
    return u_isalnum((UChar32)c) || (U_GET_GC_MASK((UChar32)c) & U_GC_M_MASK) != 0;
}
