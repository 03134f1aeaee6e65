/* Looks at tokens one by one, then at the reference as a whole. */
#include "refs/features.h"

#include "base/utf8.h"

/* What a token looks like; marks follow by their first byte. */
enum shape {
    SHAPE_NONE, /* before the beginning, behind the end */
    SHAPE_INITIAL,
    SHAPE_INITIALS, /* two or three capitals */
    SHAPE_CAPITALS,
    SHAPE_SHORT_NAME, /* a capital and one or two small letters */
    SHAPE_NAME,
    SHAPE_HYPHENATED, /* a name with a hyphen */
    SHAPE_LETTER,     /* one small letter */
    SHAPE_SHORT,      /* two or three small letters */
    SHAPE_LOWER,
    SHAPE_MIXED,
    SHAPE_FOREIGN, /* begins with a character that is not ASCII */
    SHAPE_DIGIT,
    SHAPE_TWO_DIGITS,
    SHAPE_THREE_DIGITS,
    SHAPE_YEAR,
    SHAPE_FOUR_DIGITS,
    SHAPE_FIVE_DIGITS,
    SHAPE_MORE_DIGITS,
    SHAPE_DIGITS_LETTERS,
    SHAPE_YEAR_LETTER,
    SHAPE_LETTERS_DIGITS,
    SHAPE_DOI,
    SHAPE_URL,
    SHAPE_DASH,
    SHAPE_OPEN_QUOTE,
    SHAPE_CLOSE_QUOTE,
    SHAPE_OTHER_MARK,
    SHAPE_MARKS, /* + the character, of ASCII punctuation, minus '!' */
};

enum part_kind {
    PART_LOWER = 1,
    PART_INITIALS = 2,
    PART_JOURNAL = 4,
    PART_SURNAME = 8,
    PART_NUMBER = 16
};

/* Kinds of names that a word is a word of, as in lexicon.inc. */
enum lexicon { LEXICON_JOURNAL = 1, LEXICON_SURNAME = 2 };

/* A word of the lexicon; sorted by hash. */
static const struct {
    uint32_t hash;
    uint8_t kinds;
} lexicon[] = {
#include "refs/lexicon.inc"
};

enum { LEXICON_COUNT = sizeof lexicon / sizeof *lexicon };

static uint8_t lexicon_find(uint32_t hash)
{
    size_t low = 0, high = LEXICON_COUNT;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (lexicon[middle].hash < hash)
            low = middle + 1;
        else
            high = middle;
    }
    return low < LEXICON_COUNT && lexicon[low].hash == hash ? lexicon[low].kinds : 0;
}

/* FNV-1a of the text in lower case (ASCII); the recipe computes the same. */
static uint32_t hash_of(str text)
{
    uint32_t hash = 2166136261U;
    for (size_t i = 0; i < text.length; i++)
        hash = (hash ^ (unsigned char)char_lower(text.data[i])) * 16777619U;
    return hash;
}

static bool is_year(str text)
{
    return text.length >= 4 && ((memcmp(text.data, "20", 2) == 0 && text.data[2] <= '3') ||
                                (text.data[0] == '1' && text.data[1] >= '7'));
}

/* The shape of a word all of capitals, or without one. */
static uint8_t shape_of_case(bool capitals, size_t length)
{
    if (capitals)
        return length == 1 ? SHAPE_INITIAL : length <= 3 ? SHAPE_INITIALS : SHAPE_CAPITALS;
    return length == 1 ? SHAPE_LETTER : length <= 3 ? SHAPE_SHORT : SHAPE_LOWER;
}

static uint8_t shape_of_word(str text)
{
    unsigned char first = (unsigned char)text.data[0];
    size_t upper = 0, letters = 0;
    for (size_t i = 0; i < text.length; i++) {
        upper += text.data[i] >= 'A' && text.data[i] <= 'Z';
        letters += char_is_letter(text.data[i]) || (unsigned char)text.data[i] >= 0x80;
    }
    if (first >= 0x80)
        return SHAPE_FOREIGN;
    if (upper == letters || upper == 0)
        return shape_of_case(upper > 0, text.length);
    if (first < 'A' || first > 'Z')
        return SHAPE_MIXED;
    if (str_find(text, '-') < text.length)
        return SHAPE_HYPHENATED;
    return upper > 1 ? SHAPE_MIXED : text.length <= 3 ? SHAPE_SHORT_NAME : SHAPE_NAME;
}

static uint8_t shape_of_mark(str text)
{
    char c = text.data[0];
    if (text.length == 1 && c >= '!' && c <= '~')
        return c == '-' ? SHAPE_DASH : (uint8_t)(SHAPE_MARKS + (c - '!'));
    size_t length;
    uint32_t codepoint = utf8_decode(text, &length);
    if (codepoint >= 0x2010 && codepoint <= 0x2015)
        return SHAPE_DASH;
    if (codepoint == 0x201c || codepoint == 0x2018 || codepoint == 0xab || codepoint == 0x201e)
        return SHAPE_OPEN_QUOTE;
    if (codepoint == 0x201d || codepoint == 0x2019 || codepoint == 0xbb)
        return SHAPE_CLOSE_QUOTE;
    return SHAPE_OTHER_MARK;
}

static uint8_t shape_of(const struct token *token)
{
    static const uint8_t digits[] = {SHAPE_DIGIT,        SHAPE_DIGIT,       SHAPE_TWO_DIGITS,
                                     SHAPE_THREE_DIGITS, SHAPE_FOUR_DIGITS, SHAPE_FIVE_DIGITS};
    str text = token->text;
    switch (token->kind) {
    case TOKEN_WORD: return shape_of_word(text);
    case TOKEN_NUMBER:
        if (text.length == 4 && is_year(text))
            return SHAPE_YEAR;
        return text.length < sizeof digits ? digits[text.length] : SHAPE_MORE_DIGITS;
    case TOKEN_CODE:
        if (text.length == 5 && is_year(text) && char_is_letter(text.data[4]))
            return SHAPE_YEAR_LETTER;
        return char_is_digit(text.data[0]) ? SHAPE_DIGITS_LETTERS : SHAPE_LETTERS_DIGITS;
    case TOKEN_MARK: return shape_of_mark(text);
    default: return token->kind == TOKEN_DOI ? SHAPE_DOI : SHAPE_URL;
    }
}

static bool is_shape(const struct token_view *view, char mark)
{
    return view->shape == SHAPE_MARKS + (mark - '!');
}

static bool is_any(const struct token_view *view, const char *marks)
{
    for (; *marks; marks++)
        if (is_shape(view, *marks))
            return true;
    return false;
}

static bool is_word(const struct token_view *view)
{
    return view->shape >= SHAPE_INITIAL && view->shape <= SHAPE_FOREIGN;
}

static bool is_number(const struct token_view *view)
{
    return view->shape >= SHAPE_DIGIT && view->shape <= SHAPE_LETTERS_DIGITS;
}

static bool is_initial(const struct token_view *view)
{
    return view->shape == SHAPE_INITIAL || view->shape == SHAPE_INITIALS;
}

/* A number by its size: 0 to 4 as they are, then by growing steps. */
static uint8_t by_size(size_t number)
{
    return (uint8_t)(number < 5 ? number : number < 7 ? 5 : number < 11 ? 6 : number < 21 ? 7 : 8);
}

static void view_token(struct token_view *view, const struct token *token)
{
    str text = token->text;
    view->shape = shape_of(token);
    view->spaced = token->spaced;
    if (token->kind != TOKEN_WORD && token->kind != TOKEN_MARK) {
        view->word = view->prefix = view->suffix = view->shape;
        return;
    }
    view->word = hash_of(text);
    view->prefix = hash_of(str_part(text, 0, 3)) + 1;
    view->suffix = hash_of(str_part(text, text.length > 3 ? text.length - 3 : 0, 3)) + 2;
    view->lexicon = token->kind == TOKEN_WORD ? lexicon_find(view->word) : 0;
}

/* A stop that ends a sentence: not one behind an initial or inside of something. */
static bool ends_sentence(const struct token_view *views, size_t count, size_t i)
{
    if (i == 0 || !is_any(&views[i], ".?!") || (i + 1 < count && !views[i + 1].spaced))
        return false;
    return !is_initial(&views[i - 1]) && views[i - 1].shape != SHAPE_LETTER;
}

/* What is told by what came before: quotation marks, brackets, sentences. */
static void view_state(struct token_view *views, size_t count)
{
    uint8_t sentence = 0;
    bool quoted = false;
    int depth = 0;
    for (size_t i = 0; i < count; i++) {
        struct token_view *view = &views[i];
        if (is_any(view, ")]") && depth)
            depth--;
        if (view->shape == SHAPE_CLOSE_QUOTE)
            quoted = false;
        view->quoted = quoted;
        view->bracketed = depth > 0;
        view->sentence = sentence;
        view->index = (uint8_t)(i < 7 ? i : 7);
        view->position = (uint8_t)(i * 10 / count);
        if (view->shape == SHAPE_OPEN_QUOTE)
            quoted = true;
        else if (is_shape(view, '"'))
            quoted = !quoted;
        if (is_any(view, "(["))
            depth++;
        if (sentence < 5 && ends_sentence(views, count, i))
            sentence++;
    }
}

/* Where the first year stands, and on which side of it each token. */
static void view_year(struct token_view *views, size_t count)
{
    size_t year = 0;
    while (year < count && views[year].shape != SHAPE_YEAR &&
           views[year].shape != SHAPE_YEAR_LETTER)
        year++;
    if (year == count)
        return;
    unsigned style = (year * 2 < count) | (unsigned)views[year].bracketed << 1;
    for (size_t i = 0; i < count; i++)
        views[i].year = (uint8_t)((i < year ? 1 : i == year ? 2 : 3) | style << 2);
}

/* What comes: numbers, sentence ends, initials. */
static void view_ahead(struct token_view *views, size_t count)
{
    size_t number = count + 20, stop = count + 20;
    for (size_t i = count; i-- > 0;) {
        views[i].number_ahead = by_size(number - i > count - i ? 99 : number - i);
        views[i].stop_ahead = by_size(stop - i > count - i ? 99 : stop - i);
        if (is_number(&views[i]))
            number = i;
        if (ends_sentence(views, count, i))
            stop = i;
        unsigned behind = 0, ahead = 0;
        for (size_t k = 1; k <= 6; k++) {
            ahead += i + k < count && is_initial(&views[i + k]);
            behind += i >= k && is_initial(&views[i - k]);
        }
        views[i].initials = (uint8_t)((ahead < 3 ? ahead : 3) | (behind < 3 ? behind : 3) << 2);
    }
}

static bool ends_part(const struct token_view *view)
{
    return is_any(view, ".,;:?!()[]\"") || view->shape == SHAPE_OPEN_QUOTE ||
           view->shape == SHAPE_CLOSE_QUOTE || view->shape == SHAPE_DOI || view->shape == SHAPE_URL;
}

/* What the words from `start` to `end` are like. */
static void view_part(struct token_view *views, size_t count, size_t start, size_t end)
{
    unsigned kind = 0;
    size_t words = 0, journal = 0, surname = 0;
    for (size_t i = start; i < end; i++) {
        words += is_word(&views[i]);
        journal += (views[i].lexicon & LEXICON_JOURNAL) != 0;
        surname += (views[i].lexicon & LEXICON_SURNAME) != 0;
        kind |= views[i].shape == SHAPE_LOWER ? PART_LOWER : 0;
        kind |= is_initial(&views[i]) ? PART_INITIALS : 0;
        kind |= is_number(&views[i]) ? PART_NUMBER : 0;
    }
    kind |= words && journal == words ? PART_JOURNAL : 0;
    kind |= surname ? PART_SURNAME : 0;
    for (size_t i = start; i < end; i++) {
        views[i].part_length = by_size(words);
        views[i].part_kind = (uint8_t)kind;
        views[i].part_before = start ? views[start - 1].shape : SHAPE_NONE;
        views[i].part_end = end < count ? views[end].shape : SHAPE_NONE;
        views[i].part_after = end + 1 < count ? views[end + 1].shape : SHAPE_NONE;
    }
}

static void view_parts(struct token_view *views, size_t count)
{
    uint8_t index = 0;
    for (size_t start = 0, i = 0; i <= count; i++) {
        if (i < count)
            views[i].part_index = index;
        if (i < count && !ends_part(&views[i]))
            continue;
        if (start < i) {
            view_part(views, count, start, i);
            index = index < 15 ? (uint8_t)(index + 1) : 15;
        }
        start = i + 1;
    }
}

struct token_view *features_view(arena *memory, const struct token *tokens, size_t count)
{
    struct token_view *views = arena_alloc(memory, (count + 1) * sizeof *views);
    for (size_t i = 0; i < count; i++)
        view_token(&views[i], &tokens[i]);
    view_state(views, count);
    view_year(views, count);
    view_ahead(views, count);
    view_parts(views, count);
    return views;
}

static inline uint32_t mix(uint32_t a, uint32_t b, uint32_t c, uint32_t row)
{
    uint64_t hash = (a + UINT64_C(0x9e3779b97f4a7c15) * (row + 1)) * UINT64_C(0xff51afd7ed558ccd);
    hash = (hash ^ hash >> 32 ^ b) * UINT64_C(0xc4ceb9fe1a85ec53);
    hash = (hash ^ hash >> 29 ^ c) * UINT64_C(0x94d049bb133111eb);
    return (uint32_t)(hash >> 32);
}

size_t features_at(uint32_t out[FEATURES_MOST], const struct token_view *views, size_t count,
                   size_t i)
{
    static const struct token_view none = {0};
    const struct token_view *window[7];
    size_t n = 0;
    for (size_t k = 0; k < 7; k++)
        window[k] = i + k >= 3 && i + k - 3 < count ? &views[i + k - 3] : &none;
#define AT(offset, member) ((uint32_t)window[3 + (offset)]->member)
#define FEATURE(a, b, c) out[n] = mix(a, b, c, (uint32_t)n), n++;
#include "refs/features.def"
#undef FEATURE
#undef AT
    return n;
}

unsigned features_edge(const struct token_view *views, size_t i)
{
    const struct token_view *before = &views[i - 1];
    if (is_shape(before, '.'))
        return views[i].spaced ? 0 : 1;
    if (is_shape(before, ','))
        return 2;
    if (is_shape(before, ';'))
        return 3;
    if (is_shape(before, ':'))
        return 4;
    if (is_any(before, ")]"))
        return 5;
    if (before->shape == SHAPE_CLOSE_QUOTE || is_any(before, "\"?!"))
        return 6;
    if (!is_word(before))
        return is_number(before) ? 7 : 8;
    return is_word(&views[i]) ? 9 : is_number(&views[i]) ? 10 : 11;
}
