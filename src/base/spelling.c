/* British and American spellings: stems and endings in one table, and the rules that need none. */
#include "base/spelling.h"

#include "base/bytes.h"

#include <pthread.h>
#include <string.h>

/* Where a row holds: inside a word that is written in the other spelling, or at the end of one that
 * is compared (spelling_key), where more can be brought together without harm. */
enum { INSIDE = 1, ENDING = 2 };

/* Of two endings that both fit, the upper one counts. */
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

/* A set of a few letters each, with false positives, by which nearly every word is seen to be in no
 * need of the table. */
typedef struct letter_set {
    uint64_t bits[16];
} letter_set;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static letter_set starts[2]; /* of what stands inside words: American, British */
static letter_set ends[2];   /* of the British endings: of three letters, of four and more */

static uint32_t hash_letters(uint32_t letters)
{
    return letters * UINT32_C(0x9E3779B1) >> 22;
}

static uint32_t three_letters(const char *at)
{
    const unsigned char *b = (const unsigned char *)at;
    return (uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16;
}

static void add_letters(letter_set *set, uint32_t letters)
{
    uint32_t h = hash_letters(letters);
    set->bits[h >> 6] |= UINT64_C(1) << (h & 63);
}

static bool has_letters(const letter_set *set, uint32_t letters)
{
    uint32_t h = hash_letters(letters);
    return set->bits[h >> 6] >> (h & 63) & 1;
}

static void make_sets(void)
{
    for (size_t i = 0; i < SPELLING_COUNT; i++) {
        const struct spelling *s = &spellings[i];
        if (s->where & INSIDE) {
            add_letters(&starts[0], three_letters(s->american.data));
            add_letters(&starts[1], three_letters(s->british.data));
        }
        const char *last = s->british.data + s->british.length;
        if ((s->where & ENDING) && s->british.length == THREE)
            add_letters(&ends[0], three_letters(last - THREE));
        else if (s->where & ENDING)
            add_letters(&ends[1], bytes_four(last - FOUR));
    }
}

/* The row whose spelling stands at `at`, inside the word; NULL when none does. */
static const struct spelling *spelling_at(str folded, size_t at, bool british)
{
    if (folded.length - at < THREE ||
        !has_letters(&starts[british], three_letters(folded.data + at)))
        return NULL;
    str rest = str_part(folded, at, folded.length);
    for (size_t i = 0; i < SPELLING_COUNT; i++) {
        str wanted = british ? spellings[i].british : spellings[i].american;
        if ((spellings[i].where & INSIDE) && wanted.data[0] == rest.data[0] &&
            str_starts_with(rest, wanted))
            return &spellings[i];
    }
    return NULL;
}

bool spelling_is_british(str folded)
{
    pthread_once(&once, make_sets);
    for (size_t i = 0; i < folded.length; i++)
        if (spelling_at(folded, i, true))
            return true;
    return false;
}

static bool add_respelled(buf *b, str folded, bool british)
{
    size_t copied = 0;
    pthread_once(&once, make_sets);
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

static bool may_have_ending(str word)
{
    const char *last = word.data + word.length;
    return word.length >= THREE &&
           (has_letters(&ends[0], three_letters(last - THREE)) ||
            (word.length >= FOUR && has_letters(&ends[1], bytes_four(last - FOUR))));
}

/* The row of the ending that `word` has in British spelling; NULL when it has none. */
static const struct spelling *ending_of(str word)
{
    if (!may_have_ending(word))
        return NULL;
    for (size_t i = 0; i < SPELLING_COUNT; i++) {
        str british = spellings[i].british;
        if ((spellings[i].where & ENDING) && word.length >= british.length &&
            memcmp(word.data + word.length - british.length, british.data, british.length) == 0)
            return &spellings[i];
    }
    return NULL;
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

/* False when drop_ligatures() has nothing to drop. */
static bool may_have_ligature(str word)
{
    const char *last = word.data + word.length;
    if (word.length < 8)
        return ligatures_in((uint64_t)bytes_four(word.data) | (uint64_t)bytes_four(last - 4) << 32);
    uint64_t found = ligatures_in(bytes_eight(last - 8));
    for (const char *at = word.data; at + 8 < last; at += 7)
        found |= ligatures_in(bytes_eight(at));
    return found;
}

/* What drop_u() may drop stands near the end. */
static bool has_u(str word)
{
    for (size_t back = 3; back <= 5 && back < word.length; back++)
        if (memcmp(word.data + word.length - back, "our", 3) == 0)
            return true;
    return false;
}

str spelling_key(str word, char room[SPELLING_ROOM + 4])
{
    pthread_once(&once, make_sets);
    if (word.length < 4 || word.length > SPELLING_ROOM || (unsigned char)word.data[0] >= 0x80 ||
        (!may_have_ligature(word) && !has_u(word) && !ending_of(word)))
        return word;
    memcpy(room, word.data, word.length);
    size_t length = drop_u(room, drop_ligatures(room, word.length));
    return (str){room, replace_ending(room, length)};
}
