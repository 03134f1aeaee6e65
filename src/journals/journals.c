/* Names of journals: how they are compared, word by word and by a table of the irregular ones. */
#include "journals/journals.h"

#include "base/fold.h"

enum { MOST_WORDS = 48, LONGEST_NAME = 1024, LONGEST_CONTRACTION = 7, LEAST_ACRONYM = 3 };

static bool among(str word, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_is(word, list[i]))
            return true;
    return false;
}

static bool is_article(str word)
{
    static const char *const articles[] = {"the", "a",   "an", "le",  "la", "les", "der",
                                           "die", "das", "el", "los", "il", "l"};
    return among(word, articles, sizeof articles / sizeof *articles);
}

/* Words that abbreviations leave out. */
static bool joins(str word)
{
    static const char *const joining[] = {
        "of",  "and",  "for", "in",  "on",  "to",  "with", "et",   "de",   "des",   "du",  "d",
        "und", "fur",  "zur", "und", "di",  "e",   "y",    "del",  "dell", "della", "do",  "da",
        "dei", "voor", "van", "och", "for", "i",   "og",   "from", "by",   "at",    "den", "dem",
        "zum", "sur",  "aux", "au",  "na",  "til", "per",  "con",  "por",  "para"};
    return among(word, joining, sizeof joining / sizeof *joining) || is_article(word);
}

/* The name without what stands in parentheses or brackets, and without the subtitle behind ` : ` or
 * ` = ` when `whole` is not asked for. */
static void add_plain(buf *out, str name, bool whole)
{
    int depth = 0;
    for (size_t i = 0; i < name.length; i++) {
        char c = name.data[i];
        if (c == '(' || c == '[') {
            depth++;
        } else if (c == ')' || c == ']') {
            depth -= depth > 0;
            buf_add_byte(out, ' ');
        } else if (!depth && !whole && out->length && strchr(":=;/", c)) {
            return;
        } else if (c == '\'') {
            /* "l'annee", "d'anatomie": the letter is a word; "West's" is one word */
            bool elided = i && (i == 1 || name.data[i - 2] == ' ');
            if (elided)
                buf_add_byte(out, ' ');
        } else if (!depth && c == '&') {
            buf_add_text(out, " and ");
        } else if (!depth) {
            buf_add_byte(out, c);
        }
    }
}

static bool is_letter_byte(char c)
{
    return char_is_letter(c) || char_is_digit(c) || (unsigned char)c >= 0x80;
}

static bool next_word(str *rest, str *word)
{
    size_t start = 0, end;
    while (start < rest->length && !is_letter_byte(rest->data[start]))
        start++;
    end = start;
    while (end < rest->length && is_letter_byte(rest->data[end]))
        end++;
    *word = str_part(*rest, start, end - start);
    *rest = str_part(*rest, end, rest->length);
    return word->length > 0;
}

static void add_key(buf *out, str name, bool whole)
{
    buf plain = {0}, folded = {0};
    size_t start = out->length;
    add_plain(&plain, str_part(name, 0, LONGEST_NAME), whole);
    fold_add(&folded, buf_str(&plain));
    str rest = buf_str(&folded), word;
    while (next_word(&rest, &word)) {
        if (is_article(word))
            continue;
        if (out->length > start)
            buf_add_byte(out, ' ');
        buf_add(out, word);
    }
    buf_free(&plain);
    buf_free(&folded);
}

void journals_add_key(buf *out, str name)
{
    add_key(out, name, true);
}

/* -- the table ----------------------------------------------------------------------------------
 */

static bool names_one(const char *row, str key)
{
    str rest = str_of(row), name;
    while (str_next_field(&rest, '|', &name))
        if (str_equal(name, key))
            return true;
    return false;
}

static bool same_by_table(str a, str b)
{
    static const char *const rows[] = {
#define JOURNAL(names) names,
#include "journals/names.def"
#undef JOURNAL
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (names_one(rows[i], a) && names_one(rows[i], b))
            return true;
    return false;
}

/* -- word by word -------------------------------------------------------------------------------
 */

struct name_words {
    str items[MOST_WORDS];
    size_t count;
};

static void cut(struct name_words *out, str key)
{
    str word;
    out->count = 0;
    while (out->count < MOST_WORDS && str_next_field(&key, ' ', &word))
        out->items[out->count++] = word;
}

/* "natl" of "national", "dtsch" of "deutsche": the letters in their order, the first of both. */
static bool is_contraction(str shorter, str longer)
{
    size_t at = 0;
    for (size_t i = 0; i < longer.length && at < shorter.length; i++)
        at += longer.data[i] == shorter.data[at];
    return shorter.length >= 2 && shorter.length <= LONGEST_CONTRACTION &&
           shorter.data[0] == longer.data[0] && at == shorter.length;
}

static bool word_abbreviates(str a, str b)
{
    str shorter = a.length < b.length ? a : b, longer = a.length < b.length ? b : a;
    return str_starts_with(longer, shorter) || is_contraction(shorter, longer);
}

/* Word by word, where words that join may be left out on either side.  */
static bool words_agree(const struct name_words *a, const struct name_words *b)
{
    bool reached[MOST_WORDS + 1][MOST_WORDS + 1] = {{true}};
    for (size_t i = 0; i <= a->count; i++) {
        for (size_t k = 0; k <= b->count; k++) {
            if (!reached[i][k])
                continue;
            if (i < a->count && joins(a->items[i]))
                reached[i + 1][k] = true;
            if (k < b->count && joins(b->items[k]))
                reached[i][k + 1] = true;
            if (i < a->count && k < b->count && word_abbreviates(a->items[i], b->items[k]))
                reached[i + 1][k + 1] = true;
        }
    }
    return a->count && b->count && reached[a->count][b->count];
}

/* "AJOG" of "american journal obstetrics gynecology". */
static bool is_acronym(const struct name_words *acronym, const struct name_words *name)
{
    str letters = acronym->count ? acronym->items[0] : (str){0};
    size_t at = 0;
    if (acronym->count != 1 || letters.length < LEAST_ACRONYM)
        return false;
    for (size_t i = 0; i < name->count; i++) {
        if (joins(name->items[i]))
            continue;
        if (at == letters.length || name->items[i].data[0] != letters.data[at++])
            return false;
    }
    return at == letters.length;
}

static enum journals_agreement compare_keys(str a, str b)
{
    struct name_words x, y;
    if (!a.length || !b.length)
        return JOURNALS_DIFFERENT;
    if (str_equal(a, b))
        return JOURNALS_SAME;
    cut(&x, a);
    cut(&y, b);
    if (words_agree(&x, &y) || is_acronym(&x, &y) || is_acronym(&y, &x))
        return JOURNALS_POSSIBLE;
    return same_by_table(a, b) ? JOURNALS_SAME : JOURNALS_DIFFERENT;
}

/* The first of a name's sentences, "Histochemie. Histochemistry.", unless it ends in what may be an
 * abbreviation of the last word of `other`. */
static str first_sentence(str name, str other)
{
    size_t stop = str_find(name, '.'), start = stop;
    while (start && is_letter_byte(name.data[start - 1]))
        start--;
    size_t last = other.length;
    while (last && is_letter_byte(other.data[last - 1]))
        last--;
    bool whole = stop + 1 < name.length && name.data[stop + 1] == ' ' && stop - start > 2 &&
                 stop - start >= other.length - last;
    return whole ? str_part(name, 0, stop) : (str){0};
}

static enum journals_agreement compare_names(str a, str b, bool whole)
{
    buf x = {0}, y = {0};
    add_key(&x, a, whole);
    add_key(&y, b, whole);
    enum journals_agreement how = compare_keys(buf_str(&x), buf_str(&y));
    buf_free(&x);
    buf_free(&y);
    return how;
}

/* "Hepato-gastroenterology" is "Hepatogastroenterology". */
static enum journals_agreement compare_without_hyphens(str a, str b)
{
    buf x = {0}, y = {0};
    enum journals_agreement how = JOURNALS_DIFFERENT;
    for (size_t i = 0; i < a.length; i++)
        if (a.data[i] != '-')
            buf_add_byte(&x, a.data[i]);
    for (size_t i = 0; i < b.length; i++)
        if (b.data[i] != '-')
            buf_add_byte(&y, b.data[i]);
    if (x.length < a.length || y.length < b.length)
        how = compare_names(buf_str(&x), buf_str(&y), false);
    buf_free(&x);
    buf_free(&y);
    return how;
}

enum journals_agreement journals_compare(str a, str b)
{
    a = str_trim(str_part(a, 0, LONGEST_NAME));
    b = str_trim(str_part(b, 0, LONGEST_NAME));
    enum journals_agreement best = compare_names(a, b, true);
    if (best == JOURNALS_DIFFERENT)
        best = compare_names(a, b, false);
    if (best == JOURNALS_DIFFERENT)
        best = compare_without_hyphens(a, b);
    if (best == JOURNALS_DIFFERENT)
        best = compare_names(first_sentence(a, b), b, false);
    if (best == JOURNALS_DIFFERENT)
        best = compare_names(a, first_sentence(b, a), false);
    return best;
}

/* -- single words -------------------------------------------------------------------------------
 */

bool journals_has_word(str word)
{
    static const char *const words[] = {
#define WORD(word) word,
#include "journals/words.def"
#undef WORD
    };
    size_t low = 0, high = sizeof words / sizeof *words;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = str_compare(word, str_of(words[middle]));
        if (order == 0)
            return true;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return false;
}
