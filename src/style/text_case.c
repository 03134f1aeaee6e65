/* Text case: a tree of texts is read as one running text, word by word. */
#include "style/text_case.h"
#include "base/limits.h"
#include "base/utf8.h"

#include <unicode/ucasemap.h>
#include <unicode/uchar.h>

/*
 * A text of the tree.  Its new text is built as changes come, from left to right: `taken` bytes of
 * the old one have been copied or replaced.
 */
struct piece {
    struct output *leaf;
    str text;
    char *made;
    size_t length, taken;
    bool fixed; /* its case is not ours to change */
    bool apart; /* no word goes on from the piece before it */
};

enum { FEW_PIECES = 16, LONGEST_STOP_WORD = 16 };

struct running {
    arena *memory;
    struct piece *pieces;
    size_t count, room;
    const char *locale; /* for ICU: "tr", "lt", ... or "" */
    bool apart;         /* of the next piece */
};

/* Words whose title-case form is lower case, sorted.  Two-letter particles of names are among them.
 */
static const char *const stop_words[] = {
    "a",       "about",      "above",   "across",    "afore",   "after",
    "against", "al",         "along",   "alongside", "amid",    "amidst",
    "among",   "amongst",    "an",      "and",       "anenst",  "apropos",
    "apud",    "around",     "as",      "aside",     "astride", "at",
    "athwart", "atop",       "barring", "before",    "behind",  "below",
    "beneath", "beside",     "besides", "between",   "beyond",  "but",
    "by",      "c",          "ca",      "circa",     "de",      "despite",
    "down",    "during",     "et",      "except",    "for",     "forenenst",
    "from",    "given",      "in",      "inside",    "into",    "lest",
    "like",    "modulo",     "near",    "next",      "nor",     "notwithstanding",
    "of",      "off",        "on",      "onto",      "or",      "out",
    "over",    "per",        "plus",    "pro",       "qua",     "sans",
    "since",   "so",         "than",    "the",       "through", "throughout",
    "thru",    "thruout",    "till",    "to",        "toward",  "towards",
    "under",   "underneath", "until",   "unto",      "up",      "upon",
    "v",       "van",        "versus",  "via",       "von",     "vs",
    "with",    "within",     "without", "yet",
};

static bool is_stop_word(str word)
{
    size_t low = 0, high = sizeof stop_words / sizeof *stop_words;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = str_compare(word, str_of(stop_words[middle]));
        if (order == 0)
            return true;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return false;
}

/* ---- the pieces ---- */

/* Small capitals, raised, lowered and undecorated text of a field keeps its case. */
static bool keeps_case(const struct output *part)
{
    if (part->nocase || part->verbatim)
        return true;
    return part->markup && part->look &&
           (part->look->formatting.font_variant || part->look->formatting.vertical_align);
}

static void add_piece(struct running *run, struct output *leaf, bool fixed)
{
    if (run->count == run->room) {
        size_t room = run->room * 2;
        struct piece *pieces = arena_room(run->memory, room * sizeof *pieces);
        memcpy(pieces, run->pieces, run->count * sizeof *pieces);
        run->pieces = pieces;
        run->room = room;
    }
    run->pieces[run->count++] =
        (struct piece){.leaf = leaf, .text = leaf->text, .fixed = fixed, .apart = run->apart};
    run->apart = false;
}

static void gather(struct running *run, struct output *part, bool fixed, unsigned depth)
{
    if (depth > LIMIT_DEPTH)
        return;
    fixed = fixed || keeps_case(part);
    if (part->text.length) {
        add_piece(run, part, fixed);
        return;
    }
    const struct look *look = part->look;
    for (struct output *child = part->first; child; child = child->next) {
        const struct look *dress = child->look;
        if ((look && look->delimiter.length) || (dress && (dress->prefix.length || dress->quotes)))
            run->apart = true;
        gather(run, child, fixed, depth + 1);
        if (dress && (dress->suffix.length || dress->quotes))
            run->apart = true;
    }
}

/* Replace `length` bytes at `offset` of the piece; offsets come in rising order. */
static void replace(struct running *run, struct piece *piece, size_t offset, size_t length,
                    str replacement)
{
    if (!piece->made)
        piece->made = arena_room(run->memory, piece->text.length * 3 + 16);
    size_t kept = offset - piece->taken;
    memcpy(piece->made + piece->length, piece->text.data + piece->taken, kept);
    piece->length += kept;
    memcpy(piece->made + piece->length, replacement.data, replacement.length);
    piece->length += replacement.length;
    piece->taken = offset + length;
}

static void finish(struct running *run)
{
    for (size_t i = 0; i < run->count; i++) {
        struct piece *piece = &run->pieces[i];
        if (!piece->made)
            continue;
        replace(run, piece, piece->text.length, 0, (str){"", 0});
        piece->leaf->text = (str){piece->made, piece->length};
    }
}

/* ---- letters ---- */

/* Change the case of `length` bytes at `offset`; longer results than there is room for are none. */
static void map_case(struct running *run, struct piece *piece, size_t offset, size_t length,
                     bool upper)
{
    str old = str_part(piece->text, offset, length);
    size_t room = old.length * 3 + 8;
    char few[96];
    char *made = room <= sizeof few ? few : arena_room(run->memory, room);
    size_t i = 0;
    for (; i < old.length && (unsigned char)old.data[i] < 0x80; i++) {
        char c = old.data[i];
        bool changes = upper ? c >= 'a' && c <= 'z' : c >= 'A' && c <= 'Z';
        made[i] = changes ? (char)(c ^ 0x20) : c;
    }
    size_t made_length = i;
    if (i < old.length || *run->locale) {
        UErrorCode status = U_ZERO_ERROR;
        UCaseMap *map = ucasemap_open(run->locale, 0, &status);
        int32_t count = upper ? ucasemap_utf8ToUpper(map, made, (int32_t)room, old.data,
                                                     (int32_t)old.length, &status)
                              : ucasemap_utf8ToLower(map, made, (int32_t)room, old.data,
                                                     (int32_t)old.length, &status);
        ucasemap_close(map);
        if (U_FAILURE(status))
            return;
        made_length = (size_t)count;
    }
    str changed = {made, made_length};
    if (!str_equal(changed, old))
        replace(run, piece, offset, length, changed);
}

/* Capitalize the letter of `length` bytes at `offset`. */
static void capitalize(struct running *run, struct piece *piece, size_t offset, size_t length)
{
    if (*run->locale) {
        map_case(run, piece, offset, length, true);
        return;
    }
    size_t decoded;
    uint32_t letter = utf8_decode(str_part(piece->text, offset, length), &decoded);
    uint32_t title = letter < 0x80 ? letter - ('a' - 'A') : (uint32_t)u_totitle((UChar32)letter);
    char made[4];
    if (title != letter)
        replace(run, piece, offset, length, (str){made, utf8_encode(title, made)});
}

static void map_all(struct running *run, bool upper)
{
    for (size_t i = 0; i < run->count; i++)
        if (!run->pieces[i].fixed)
            map_case(run, &run->pieces[i], 0, run->pieces[i].text.length, upper);
}

/* ---- words ---- */

enum kind { KIND_OTHER, KIND_LOWER, KIND_UPPER, KIND_LETTER, KIND_DIGIT, KIND_APOSTROPHE };

static enum kind kind_of(uint32_t c)
{
    if (c < 0x80) {
        if (c >= 'a' && c <= 'z')
            return KIND_LOWER;
        if (c >= 'A' && c <= 'Z')
            return KIND_UPPER;
        if (c >= '0' && c <= '9')
            return KIND_DIGIT;
        return c == '\'' ? KIND_APOSTROPHE : KIND_OTHER;
    }
    if (c == 0x2019 || c == 0x02BC)
        return KIND_APOSTROPHE;
    if (u_islower((UChar32)c))
        return KIND_LOWER;
    if (u_isupper((UChar32)c) || u_istitle((UChar32)c))
        return KIND_UPPER;
    if (u_isdigit((UChar32)c))
        return KIND_DIGIT;
    int8_t type = u_charType((UChar32)c);
    return u_isalpha((UChar32)c) || type == U_NON_SPACING_MARK || type == U_COMBINING_SPACING_MARK
               ? KIND_LETTER
               : KIND_OTHER;
}

/*
 * A word: letters, digits and apostrophes, and full stops between letters ("u.s").  What stood
 * before it decides on its capital.
 */
struct word {
    size_t piece, offset, first_length; /* its first character */
    size_t end_piece, end;              /* behind its last character */
    unsigned characters;
    bool starts_lower, starts_upper, has_lower, has_upper_inside, particle;
    bool touches_fixed, is_greek; /* one Greek letter: "α-synuclein" */
    bool is_first;                /* of the text */
    bool opens;                   /* behind a colon, question or exclamation mark */
    bool after_hyphen, before_hyphen;
    bool after_symbol, before_symbol; /* "#tag", "@home"; "c++" */
    char text[LONGEST_STOP_WORD];     /* when it is ASCII and short */
    size_t text_length;               /* above LONGEST_STOP_WORD: no stop word */
};

struct reader {
    struct running *run;
    size_t piece, offset;
    bool any; /* a word was read */
    bool opens, hyphen, symbol;
    bool stops_part; /* full stops end words: "u.s" is two */
};

/* The next character's code point without taking it; 0 at the end of the text. */
static uint32_t peek(struct reader *reader, size_t *length)
{
    struct running *run = reader->run;
    while (reader->piece < run->count && reader->offset == run->pieces[reader->piece].text.length) {
        reader->piece++;
        reader->offset = 0;
    }
    if (reader->piece == run->count)
        return 0;
    str text = run->pieces[reader->piece].text;
    unsigned char c = (unsigned char)text.data[reader->offset];
    if (c < 0x80) {
        *length = 1;
        return c ? c : ' ';
    }
    return utf8_decode(str_part(text, reader->offset, text.length), length);
}

static bool is_hyphen(uint32_t c)
{
    return c == '-' || c == 0x2010 || c == 0x2011;
}

static bool is_opening(uint32_t c)
{
    return c == '(' || c == '[' || c == '{' || c == '"' || c == '\'' ||
           (c >= 0x2018 && c <= 0x201F) || c == 0xAB || c == 0xBB || c == ' ' || c == 0xA0;
}

/* Note what a character between words says of the word to come. */
static void pass(struct reader *reader, uint32_t c)
{
    if (c == ':' || c == '?' || c == '!')
        reader->opens = true;
    else if (!is_opening(c))
        reader->opens = false;
    reader->hyphen = is_hyphen(c);
    reader->symbol = c == '#' || c == '@' || c == '&';
}

/* Take one character of `kind` into the word. */
static void take(struct reader *reader, struct word *word, uint32_t c, size_t length)
{
    enum kind kind = kind_of(c);
    struct piece *piece = &reader->run->pieces[reader->piece];
    if (!word->characters) {
        word->piece = reader->piece;
        word->offset = reader->offset;
        word->first_length = length;
        word->starts_lower = kind == KIND_LOWER;
        word->starts_upper = kind == KIND_UPPER;
        word->is_greek = c >= 0x370 && c < 0x400;
    } else {
        word->has_upper_inside = word->has_upper_inside || kind == KIND_UPPER;
        word->is_greek = false;
    }
    word->has_lower = word->has_lower || kind == KIND_LOWER;
    word->touches_fixed = word->touches_fixed || piece->fixed;
    word->particle = word->particle || (word->characters == 1 && kind == KIND_APOSTROPHE);
    word->characters++;
    if (c < 0x80 && word->text_length < LONGEST_STOP_WORD)
        word->text[word->text_length] = char_lower((char)c);
    word->text_length += c < 0x80 ? 1 : LONGEST_STOP_WORD;
    reader->offset += length;
    word->end_piece = reader->piece;
    word->end = reader->offset;
}

/* True when the reader stands on a full stop or an apostrophe between two letters. */
static bool joins(struct reader *reader, uint32_t c, size_t length)
{
    if (c != '.' || reader->stops_part)
        return kind_of(c) != KIND_OTHER;
    str text = reader->run->pieces[reader->piece].text;
    str rest = str_part(text, reader->offset + length, text.length);
    size_t next_length;
    if (!rest.length)
        return false;
    enum kind next = kind_of(utf8_decode(rest, &next_length));
    return next == KIND_LOWER || next == KIND_UPPER || next == KIND_LETTER;
}

/* Read the next word.  False at the end. */
static bool next_word(struct reader *reader, struct word *word)
{
    *word = (struct word){0};
    size_t length = 0;
    for (uint32_t c; (c = peek(reader, &length)); reader->offset += length) {
        if (reader->offset == 0 && reader->run->pieces[reader->piece].apart)
            reader->hyphen = false;
        enum kind kind = kind_of(c);
        if (kind != KIND_OTHER)
            break;
        pass(reader, c);
    }
    word->is_first = !reader->any;
    word->opens = reader->opens;
    word->after_hyphen = reader->hyphen;
    reader->any = true;
    word->after_symbol = reader->symbol;
    reader->opens = reader->hyphen = reader->symbol = false;
    for (uint32_t c; (c = peek(reader, &length)); take(reader, word, c, length)) {
        if (!joins(reader, c, length))
            break;
        if (word->characters && reader->offset == 0 && reader->run->pieces[reader->piece].apart)
            break;
    }
    if (!word->characters)
        return false;
    uint32_t behind = peek(reader, &length);
    word->before_hyphen = is_hyphen(behind);
    word->before_symbol = behind == '+' || behind == '#';
    return true;
}

static void capitalize_word(struct running *run, const struct word *word)
{
    struct piece *piece = &run->pieces[word->piece];
    bool symbol = word->after_symbol || (word->is_greek && !*run->locale);
    if (word->starts_lower && !symbol && !piece->fixed)
        capitalize(run, piece, word->offset, word->first_length);
}

/* Lower the letters of a word from its character `skip` on. */
static void lower_word(struct running *run, const struct word *word, size_t skip)
{
    for (size_t i = word->piece; i <= word->end_piece; i++) {
        struct piece *piece = &run->pieces[i];
        size_t start = i == word->piece ? word->offset + skip : 0;
        size_t end = i == word->end_piece ? word->end : piece->text.length;
        if (!piece->fixed && end > start)
            map_case(run, piece, start, end - start, false);
    }
}

/* ---- the cases ---- */

static void capitalize_first(struct running *run)
{
    struct reader reader = {.run = run};
    struct word word;
    if (next_word(&reader, &word) && !word.has_upper_inside)
        capitalize_word(run, &word);
}

static void capitalize_all(struct running *run)
{
    struct reader reader = {.run = run, .stops_part = true};
    struct word word;
    while (next_word(&reader, &word))
        if (!word.has_upper_inside)
            capitalize_word(run, &word);
}

/*
 * True when the text is in capitals: no small letter, and words enough that it is no abbreviation
 * or name ("UK", "PLOS ONE", "OC 1").
 */
static bool is_in_capitals(struct running *run)
{
    struct reader reader = {.run = run};
    struct word word;
    unsigned words = 0;
    while (next_word(&reader, &word)) {
        if (word.has_lower && !word.touches_fixed)
            return false;
        words += word.starts_upper && word.has_upper_inside;
    }
    return words >= 3;
}

static void sentence(struct running *run)
{
    bool capitals = is_in_capitals(run);
    struct reader reader = {.run = run};
    struct word word;
    while (next_word(&reader, &word)) {
        if (word.is_first && word.starts_lower && !word.has_upper_inside)
            capitalize_word(run, &word);
        else if (capitals)
            lower_word(run, &word, word.is_first ? word.first_length : 0);
        else if (!word.is_first && word.starts_upper && !word.has_upper_inside)
            lower_word(run, &word, 0);
    }
}

/* True when the word, in small letters, stays so in the middle of a title, or at its end. */
static bool stays_small(const struct word *word, bool last)
{
    if (word->touches_fixed || word->particle)
        return true;
    if (word->before_hyphen && !word->after_hyphen)
        return false;
    if (word->characters == 1)
        return !word->before_symbol;
    return !last && word->text_length <= LONGEST_STOP_WORD &&
           is_stop_word((str){word->text, word->text_length});
}

static void title_word(struct running *run, const struct word *word, bool last)
{
    bool leads = word->is_first || word->opens;
    if (!word->starts_lower || word->has_upper_inside)
        return;
    if (leads ? !word->touches_fixed || word->is_first : !stays_small(word, last))
        capitalize_word(run, word);
}

/* Words in capitals stay: acronyms are more than titles that shout, and other processors keep them
 * too. */
static void title(struct running *run)
{
    struct reader reader = {.run = run, .stops_part = true};
    struct word word, next;
    bool more = next_word(&reader, &word);
    while (more) {
        more = next_word(&reader, &next);
        title_word(run, &word, !more);
        word = next;
    }
}

/* ---- languages ---- */

static bool language_is(str language, const char *code)
{
    return language.length >= 2 && char_lower(language.data[0]) == code[0] &&
           char_lower(language.data[1]) == code[1] &&
           (language.length == 2 || !char_is_letter(language.data[2]));
}

/* The languages whose letters change by rules of their own. */
static const char *locale_of(str language)
{
    static const char *const special[] = {"tr", "az", "lt", "el"};
    for (size_t i = 0; i < sizeof special / sizeof *special; i++)
        if (language_is(language, special[i]))
            return special[i];
    return "";
}

void case_apply(arena *memory, struct output *tree, enum text_case text_case, str language)
{
    if (!tree || text_case == CASE_NONE)
        return;
    if (text_case == CASE_TITLE && language.length && !language_is(language, "en"))
        return;
    struct piece few[FEW_PIECES];
    struct running run = {
        .memory = memory, .pieces = few, .room = FEW_PIECES, .locale = locale_of(language)};
    gather(&run, tree, false, 0);
    switch (text_case) {
    case CASE_NONE: break;
    case CASE_LOWER: map_all(&run, false); break;
    case CASE_UPPER: map_all(&run, true); break;
    case CASE_CAPITALIZE_FIRST: capitalize_first(&run); break;
    case CASE_CAPITALIZE_ALL: capitalize_all(&run); break;
    case CASE_SENTENCE: sentence(&run); break;
    case CASE_TITLE: title(&run); break;
    }
    finish(&run);
}

str case_text(arena *memory, str text, enum text_case text_case, str language)
{
    struct output leaf = {.text = text};
    case_apply(memory, &leaf, text_case, language);
    return leaf.text;
}

/* ---- periods ---- */

/* A period before a small letter is no abbreviation's: that of "example.org" stays. */
static str without_periods(arena *memory, str text)
{
    if (str_find(text, '.') == text.length)
        return text;
    char *made = arena_room(memory, text.length + 1);
    size_t length = 0;
    for (size_t i = 0; i < text.length; i++)
        if (text.data[i] != '.' ||
            (i + 1 < text.length && text.data[i + 1] >= 'a' && text.data[i + 1] <= 'z'))
            made[length++] = text.data[i];
    return (str){made, length};
}

static void strip(arena *memory, struct output *part, unsigned depth)
{
    if (depth > LIMIT_DEPTH || part->verbatim)
        return;
    part->text = without_periods(memory, part->text);
    for (struct output *child = part->first; child; child = child->next)
        strip(memory, child, depth + 1);
}

void strip_periods(arena *memory, struct output *tree)
{
    if (tree)
        strip(memory, tree, 0);
}
