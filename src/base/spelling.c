/* British and American spellings: stems and endings in one table, and the rules that need none. */
#include "base/spelling.h"

#include "base/bytes.h"

#include <pthread.h>
#include <string.h>

/* Where a row holds: inside a word that is written in the other spelling, or at the end of one that
 * is compared (spelling_key), where more can be brought together without harm. */
enum { INSIDE = 1, ENDING = 2 };

/* No ending ends in another one: a word has one of them at most. */
static const struct spelling {
    str british, american;
    unsigned where;
} spellings[] = {
    {STR("aemi"), STR("emi"), INSIDE},
    {STR("haem"), STR("hem"), INSIDE},
    {STR("paed"), STR("ped"), INSIDE},
    {STR("oedem"), STR("edem"), INSIDE},
    {STR("oesoph"), STR("esoph"), INSIDE},
    {STR("oestr"), STR("estr"), INSIDE},
    {STR("gynaec"), STR("gynec"), INSIDE},
    {STR("foet"), STR("fet"), INSIDE},
    {STR("behaviour"), STR("behavior"), INSIDE},
    {STR("tumour"), STR("tumor"), INSIDE},
    {STR("isations"), STR("izations"), ENDING},
    {STR("isation"), STR("ization"), INSIDE | ENDING},
    {STR("ising"), STR("izing"), ENDING},
    {STR("isers"), STR("izers"), ENDING},
    {STR("iser"), STR("izer"), ENDING},
    {STR("ised"), STR("ized"), INSIDE | ENDING},
    {STR("ises"), STR("izes"), ENDING},
    {STR("ise"), STR("ize"), ENDING},
    {STR("lysed"), STR("lyzed"), ENDING},
    {STR("lysing"), STR("lyzing"), ENDING},
    {STR("lyse"), STR("lyze"), ENDING},
    {STR("centres"), STR("centers"), ENDING},
    {STR("centre"), STR("center"), INSIDE | ENDING},
    {STR("centred"), STR("centered"), ENDING},
    {STR("fibre"), STR("fiber"), INSIDE},
    {STR("anaesth"), STR("anesth"), INSIDE},
    {STR("caecum"), STR("cecum"), INSIDE},
    {STR("diarrhoe"), STR("diarrhe"), INSIDE},
    {STR("leukaem"), STR("leukem"), INSIDE},
    {STR("labour"), STR("labor"), INSIDE},
    {STR("colour"), STR("color"), INSIDE},
    {STR("ageing"), STR("aging"), INSIDE},
    {STR("sulph"), STR("sulf"), INSIDE},
    {STR("enrol"), STR("enroll"), ENDING},
    {STR("enrols"), STR("enrolls"), ENDING},
    {STR("enrolment"), STR("enrollment"), ENDING},
    {STR("programmes"), STR("programs"), ENDING},
    {STR("programme"), STR("program"), ENDING},
    {STR("labelled"), STR("labeled"), ENDING},
    {STR("labelling"), STR("labeling"), ENDING},
    {STR("modelling"), STR("modeling"), ENDING},
};

enum { SPELLING_COUNT = sizeof spellings / sizeof *spellings, THREE = 3, FOUR = 4 };

enum { HEADS = 1024 };

/* The rows by a few of their letters.  Nearly every word finds no row here. */
typedef struct letter_index {
    uint8_t heads[HEADS];         /* 1 more than a row; 0: none */
    uint8_t next[SPELLING_COUNT]; /* the same, in the order of the rows */
} letter_index;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static letter_index starts[2]; /* of what stands inside words: American, British */
static letter_index ends[2];   /* of the British endings: of three letters, of four and more */

static uint32_t three_letters(const char *at)
{
    const unsigned char *b = (const unsigned char *)at;
    return (uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16;
}

static uint32_t head_of(uint32_t letters)
{
    return letters * UINT32_C(0x9E3779B1) >> 22;
}

static void add_row(letter_index *index, size_t row, uint32_t letters)
{
    index->next[row] = index->heads[head_of(letters)];
    index->heads[head_of(letters)] = (uint8_t)(row + 1);
}

/* From the last row to the first: a row is put before those of the same letters. */
static void make_indexes(void)
{
    for (size_t row = SPELLING_COUNT; row-- > 0;) {
        const struct spelling *s = &spellings[row];
        const char *last = s->british.data + s->british.length;
        if (s->where & INSIDE) {
            add_row(&starts[0], row, three_letters(s->american.data));
            add_row(&starts[1], row, three_letters(s->british.data));
        }
        if ((s->where & ENDING) && s->british.length == THREE)
            add_row(&ends[0], row, three_letters(last - THREE));
        else if (s->where & ENDING)
            add_row(&ends[1], row, bytes_four(last - FOUR));
    }
}

/* The row whose spelling stands at `at`, inside the word; NULL when none does. */
static const struct spelling *spelling_at(str folded, size_t at, bool british)
{
    if (folded.length - at < THREE)
        return NULL;
    const letter_index *index = &starts[british];
    str rest = {folded.data + at, folded.length - at};
    for (size_t row = index->heads[head_of(three_letters(rest.data))]; row;
         row = index->next[row - 1])
        if (str_starts_with(rest,
                            british ? spellings[row - 1].british : spellings[row - 1].american))
            return &spellings[row - 1];
    return NULL;
}

bool spelling_is_british(str folded)
{
    pthread_once(&once, make_indexes);
    for (size_t i = 0; i < folded.length; i++)
        if (spelling_at(folded, i, true))
            return true;
    return false;
}

static bool add_respelled(buf *b, str folded, bool british)
{
    size_t copied = 0;
    pthread_once(&once, make_indexes);
    for (size_t i = 0; i < folded.length;) {
        const struct spelling *s = spelling_at(folded, i, british);
        if (!s) {
            i++;
            continue;
        }
        buf_add(b, str_part(folded, copied, i - copied));
        buf_add(b, british ? s->american : s->british);
        i += (british ? s->british : s->american).length;
        copied = i;
    }
    buf_add(b, str_part(folded, copied, folded.length));
    return copied > 0;
}

bool spelling_add_american(buf *b, str folded)
{
    return add_respelled(b, folded, true);
}

bool spelling_add_british(buf *b, str folded)
{
    return add_respelled(b, folded, false);
}

/* -- keys ---------------------------------------------------------------------------------------
 */

static const struct spelling *ending_in(const letter_index *index, uint32_t letters, str word)
{
    for (size_t row = index->heads[head_of(letters)]; row; row = index->next[row - 1]) {
        str british = spellings[row - 1].british;
        if (word.length >= british.length &&
            memcmp(word.data + word.length - british.length, british.data, british.length) == 0)
            return &spellings[row - 1];
    }
    return NULL;
}

/* The row of the ending that `word` has in British spelling; NULL when it has none. */
static const struct spelling *ending_of(str word)
{
    const struct spelling *found = NULL;
    const char *last = word.data + word.length;
    if (word.length >= FOUR)
        found = ending_in(&ends[1], bytes_four(last - FOUR), word);
    if (!found && word.length >= THREE)
        found = ending_in(&ends[0], three_letters(last - THREE), word);
    return found;
}

static size_t replace_ending(char *word, size_t length)
{
    const struct spelling *s = ending_of((str){word, length});
    if (!s)
        return length;
    length -= s->british.length;
    memcpy(word + length, s->american.data, s->american.length);
    return length + s->american.length;
}

/* "paediatric", "anaesthesia": "ae" is never two sounds in the words that cues are made of. */
static size_t drop_ligatures(char *word, size_t length)
{
    size_t used = 0;
    for (size_t i = 0; i < length; i++)
        if (!(word[i] == 'a' && i + 1 < length && word[i + 1] == 'e'))
            word[used++] = word[i];
    return used;
}

/* "labour", "tumours"; not "four" or "hours", which are no cases of it. */
static size_t drop_u(char *word, size_t length)
{
    for (size_t i = 3; i + 2 < length && length >= 6; i++) {
        if (memcmp(word + i, "our", 3) != 0 || length - i > 5)
            continue;
        memmove(word + i + 1, word + i + 2, length - i - 2);
        return length - 1;
    }
    return length;
}

static uint64_t ligatures_in(uint64_t eight)
{
    return bytes_have_zero((eight ^ bytes_all('a')) | (eight >> 8 ^ bytes_all('e')));
}

bool spelling_has_ligature(str word)
{
    const char *last = word.data + word.length;
    if (word.length < 4)
        return word.length > 1 &&
               (memcmp(word.data, "ae", 2) == 0 || memcmp(last - 2, "ae", 2) == 0);
    if (word.length < 8)
        return ligatures_in(bytes_four(word.data)) | ligatures_in(bytes_four(last - 4));
    uint64_t found = ligatures_in(bytes_eight(last - 8));
    for (const char *at = word.data; at + 8 < last; at += 7)
        found |= ligatures_in(bytes_eight(at));
    return found;
}

/* False when drop_u() has nothing to drop. */
static bool may_have_u(str word)
{
    const char *last = word.data + word.length;
    return (last[-3] == 'o' && last[-2] == 'u') || (last[-4] == 'o' && last[-3] == 'u') ||
           (word.length > 4 && last[-5] == 'o' && last[-4] == 'u');
}

str spelling_key(str word, char room[SPELLING_ROOM + 4])
{
    pthread_once(&once, make_indexes);
    if (word.length < 4 || word.length > SPELLING_ROOM || (unsigned char)word.data[0] >= 0x80 ||
        (!spelling_has_ligature(word) && !may_have_u(word) && !ending_of(word)))
        return word;
    memcpy(room, word.data, word.length);
    size_t length = drop_u(room, drop_ligatures(room, word.length));
    return (str){room, replace_ending(room, length)};
}

/* -- from keys to words -------------------------------------------------------------------------
 */

struct others {
    arena *memory;
    str key;
    str *items;
    size_t count;
};

/* Keep `word` if it has the key, and is not there yet. */
static void add_other(struct others *o, str word)
{
    char room[SPELLING_ROOM + 4];
    bool known = str_equal(word, o->key) || spelling_has_ligature(word) ||
                 !str_equal(spelling_key(word, room), o->key);
    for (size_t i = 0; !known && i < o->count; i++)
        known = str_equal(o->items[i], word);
    if (known)
        return;
    str *other = arena_append(o->memory, &o->items, &o->count, sizeof *other);
    *other = (str){arena_copy(o->memory, word), word.length};
}

/* The word, and what drop_u() may have made it of. */
static void add_with_u(struct others *o, str word)
{
    buf longer = {0};
    add_other(o, word);
    for (size_t i = 1; i < word.length; i++) {
        if (word.data[i - 1] != 'o' || word.data[i] != 'r')
            continue;
        buf_clear(&longer);
        buf_add(&longer, str_part(word, 0, i));
        buf_add_byte(&longer, 'u');
        buf_add(&longer, str_part(word, i, word.length));
        add_other(o, buf_str(&longer));
    }
    buf_free(&longer);
}

size_t spelling_others(arena *memory, str key, str **others)
{
    struct others o = {memory, key, NULL, 0};
    buf british = {0};
    add_with_u(&o, key);
    for (size_t i = 0; i < SPELLING_COUNT; i++) {
        str end = spellings[i].american;
        if (!(spellings[i].where & ENDING) || key.length < end.length ||
            memcmp(key.data + key.length - end.length, end.data, end.length) != 0)
            continue;
        buf_clear(&british);
        buf_add(&british, str_part(key, 0, key.length - end.length));
        buf_add(&british, spellings[i].british);
        add_with_u(&o, buf_str(&british));
    }
    buf_free(&british);
    *others = o.items;
    return o.count;
}
