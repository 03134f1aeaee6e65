/* Cuts a reference into tokens: identifiers whole, words, numbers, and each mark by itself. */
#include "refs/tokens.h"

#include "base/fold.h"
#include "base/utf8.h"

/* What can be the rest of a word or number. */
enum letter { LETTER_NONE, LETTER_LOWER, LETTER_UPPER, LETTER_DIGIT, LETTER_OTHER };

static enum letter letter_at(str text, size_t at, size_t *length)
{
    *length = 1;
    if (at >= text.length)
        return LETTER_NONE;
    char c = text.data[at];
    if (char_is_digit(c))
        return LETTER_DIGIT;
    if (char_is_letter(c))
        return c >= 'a' ? LETTER_LOWER : LETTER_UPPER;
    if ((unsigned char)c < 0x80)
        return LETTER_NONE;
    uint32_t codepoint = utf8_decode(str_part(text, at, text.length - at), length);
    return fold_is_word(codepoint) ? LETTER_OTHER : LETTER_NONE;
}

static bool is_space_at(str text, size_t at, size_t *length)
{
    *length = 1;
    unsigned char c = (unsigned char)text.data[at];
    if (c < 0x80)
        return c <= ' ' || c == 0x7f;
    uint32_t codepoint = utf8_decode(str_part(text, at, text.length - at), length);
    return codepoint == 0xa0 || codepoint == 0x3000 || codepoint == 0xfeff || codepoint == 0x202f ||
           (codepoint >= 0x2000 && codepoint <= 0x200d);
}

static size_t skip_digits(str text, size_t at)
{
    while (at < text.length && char_is_digit(text.data[at]))
        at++;
    return at;
}

/* Whether a DOI begins here: "10.", four to nine digits, perhaps more behind dots, a slash. */
static bool is_doi_at(str text, size_t at)
{
    if (at + 8 > text.length || memcmp(text.data + at, "10.", 3) != 0)
        return false;
    size_t end = skip_digits(text, at + 3);
    if (end - at < 7 || end - at > 12)
        return false;
    while (end + 1 < text.length && text.data[end] == '.' && char_is_digit(text.data[end + 1]))
        end = skip_digits(text, end + 1);
    return end + 1 < text.length && text.data[end] == '/';
}

static bool is_url_at(str text, size_t at)
{
    str rest = str_part(text, at, 8);
    return str_starts_with_ignoring_case(rest, str_of("http://")) ||
           str_starts_with_ignoring_case(rest, str_of("https://")) ||
           str_starts_with_ignoring_case(rest, str_of("ftp://")) ||
           str_starts_with_ignoring_case(rest, str_of("www."));
}

/* Whether the bracket that closes at the end of a text opens in it. */
static bool is_opened(str text)
{
    char close = text.data[text.length - 1], open = close == ')' ? '(' : '[';
    int depth = 0;
    for (size_t i = 0; i < text.length; i++)
        depth += (text.data[i] == open) - (text.data[i] == close);
    return depth >= 0;
}

/* The end of an identifier without the sentence's punctuation behind it; brackets opened in it are
 * closed in it. */
static size_t drop_punctuation(str text, size_t start, size_t end)
{
    for (; end > start; end--) {
        char c = text.data[end - 1];
        if (c == ')' || c == ']') {
            if (is_opened(str_part(text, start, end - start)))
                break;
        } else if (c == '\0' || !strchr(".,;:\"'>(", c)) {
            break;
        }
    }
    return end;
}

/* Where the identifier that begins at `start` ends: at white space, quotation marks, or where
 * another one was glued to it. */
static size_t identifier_end(str text, size_t start)
{
    size_t end = start + 1, length = 1;
    while (end < text.length && !is_space_at(text, end, &length) && text.data[end] != '"') {
        str rest = str_part(text, end, 8);
        if (str_starts_with(rest, str_of("PMID:")) || str_starts_with(rest, str_of("PMCID:")) ||
            (text.data[end - 1] != '/' && text.data[end - 1] != '=' &&
             (str_starts_with(rest, str_of("http://")) ||
              str_starts_with(rest, str_of("https://")))))
            break;
        end += length;
    }
    return drop_punctuation(text, start, end);
}

/* Whether a hyphen or apostrophe at `at` (of `length` bytes) stands inside a word. */
static bool joins(str text, size_t at, size_t *length)
{
    char c = text.data[at];
    *length = 1;
    if (c == '-' || c == '\'')
        return true;
    if ((unsigned char)c < 0x80)
        return false;
    uint32_t codepoint = utf8_decode(str_part(text, at, text.length - at), length);
    return codepoint == 0x2019 || codepoint == 0x2010 || codepoint == 0x2011;
}

/*
 * A journal's name glued to the volume behind it: at least three letters, the last two small
 * ("Med16"), or any name where the number is followed as a volume is ("BMJ326, 845").
 */
static bool is_glued(str text, size_t start, size_t at)
{
    if (at - start >= 3 && text.data[at - 1] >= 'a' && text.data[at - 1] <= 'z' &&
        text.data[at - 2] >= 'a' && text.data[at - 2] <= 'z')
        return true;
    size_t end = skip_digits(text, at);
    if (end - at < 2 || end + 2 >= text.length ||
        (text.data[end] != ',' && text.data[end] != ':') || text.data[at - 1] < 'A' ||
        text.data[at - 1] > 'Z')
        return false;
    return char_is_digit(text.data[end + 1 + (text.data[end + 1] == ' ')]);
}

/* The length of a hyphen or apostrophe at `at` inside the word from `start`; 0: there is none. */
static size_t joint_at(str text, size_t start, size_t at)
{
    size_t join, next;
    if (at >= text.length || at == start || !joins(text, at, &join))
        return 0;
    enum letter behind = letter_at(text, at + join, &next);
    return behind == LETTER_NONE || (behind == LETTER_DIGIT && at - start < 2) ? 0 : join;
}

/* The end and kind of the word, number or code at `start`. */
static size_t word_end(str text, size_t start, uint8_t *kind)
{
    size_t at = start, length;
    bool digits = false, letters = false;
    for (;; at += length) {
        enum letter letter = letter_at(text, at, &length);
        if (letter == LETTER_NONE) {
            length = digits ? 0 : joint_at(text, start, at);
            if (length == 0)
                break;
        } else if (letter != LETTER_DIGIT) {
            letters = true;
        } else if (letters && !digits && is_glued(text, start, at)) {
            break;
        } else {
            digits = true;
        }
    }
    *kind = !digits ? TOKEN_WORD : letters ? TOKEN_CODE : TOKEN_NUMBER;
    return at;
}

static size_t token_end(str text, size_t start, uint8_t *kind)
{
    size_t length;
    if (is_url_at(text, start)) {
        size_t end = identifier_end(text, start);
        bool doi =
            str_contains_ignoring_case(str_part(text, start, end - start), str_of("doi.org/10."));
        *kind = doi ? TOKEN_DOI : TOKEN_URL;
        return end;
    }
    if (is_doi_at(text, start)) {
        *kind = TOKEN_DOI;
        return identifier_end(text, start);
    }
    if (letter_at(text, start, &length) != LETTER_NONE)
        return word_end(text, start, kind);
    *kind = TOKEN_MARK;
    return start + length;
}

size_t tokens_of(struct token **out, arena *memory, str text)
{
    struct token *tokens = NULL;
    size_t count = 0, at = 0, length;
    bool spaced = false;
    while (at < text.length) {
        if (is_space_at(text, at, &length)) {
            spaced = true;
            at += length;
            continue;
        }
        uint8_t kind;
        size_t end = token_end(text, at, &kind);
        struct token *token = arena_append(memory, &tokens, &count, sizeof *token);
        *token = (struct token){str_part(text, at, end - at), kind, spaced};
        spaced = false;
        at = end;
    }
    *out = tokens;
    return count;
}
