/* British and American spellings: stems and endings in one table, and the rules that need none. */
#include "base/spelling.h"

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

enum { SPELLING_COUNT = sizeof spellings / sizeof *spellings, SETS = 3, THREE = 3 };

/* Sets of three letters with false positives, by which nearly every word is seen to be in no need
 * of the table: the first three of what stands inside, British and American, and the last three of
 * the British endings. */
enum { BRITISH_STARTS, AMERICAN_STARTS, BRITISH_ENDS };

static pthread_once_t once = PTHREAD_ONCE_INIT;
static uint64_t sets[SETS][4];

static unsigned hash_three(const char *letters)
{
    unsigned a = (unsigned char)letters[0], b = (unsigned char)letters[1],
             c = (unsigned char)letters[2];
    return (a * 37 + b * 11 + c * 101) & 0xFF;
}

static void set_add(uint64_t set[4], const char *letters)
{
    unsigned h = hash_three(letters);
    set[h >> 6] |= UINT64_C(1) << (h & 63);
}

static bool set_has(const uint64_t set[4], const char *letters)
{
    unsigned h = hash_three(letters);
    return set[h >> 6] >> (h & 63) & 1;
}

static void make_sets(void)
{
    for (size_t i = 0; i < SPELLING_COUNT; i++) {
        const struct spelling *s = &spellings[i];
        if (s->where & INSIDE) {
            set_add(sets[BRITISH_STARTS], s->british.data);
            set_add(sets[AMERICAN_STARTS], s->american.data);
        }
        if (s->where & ENDING)
            set_add(sets[BRITISH_ENDS], s->british.data + s->british.length - THREE);
    }
}

/* The row whose spelling stands at `at`, inside the word; NULL when none does. */
static const struct spelling *spelling_at(str folded, size_t at, bool british)
{
    if (folded.length - at < THREE ||
        !set_has(sets[british ? BRITISH_STARTS : AMERICAN_STARTS], folded.data + at))
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

static size_t replace_ending(char *word, size_t length)
{
    if (length < THREE || !set_has(sets[BRITISH_ENDS], word + length - THREE))
        return length;
    for (size_t i = 0; i < SPELLING_COUNT; i++) {
        str from = spellings[i].british, to = spellings[i].american;
        if (!(spellings[i].where & ENDING) || length < from.length ||
            memcmp(word + length - from.length, from.data, from.length) != 0)
            continue;
        memcpy(word + length - from.length, to.data, to.length);
        return length - from.length + to.length;
    }
    return length;
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

/* One of the two rules, or an ending, may have something to change. */
static bool may_change(str word)
{
    bool changes = set_has(sets[BRITISH_ENDS], word.data + word.length - THREE);
    for (size_t i = 0; i + 1 < word.length; i++)
        changes |= (word.data[i] == 'a' && word.data[i + 1] == 'e') ||
                   (word.data[i] == 'o' && word.data[i + 1] == 'u');
    return changes;
}

str spelling_key(str word, char room[SPELLING_ROOM + 4])
{
    pthread_once(&once, make_sets);
    if (word.length < 4 || word.length > SPELLING_ROOM || (unsigned char)word.data[0] >= 0x80 ||
        !may_change(word))
        return word;
    memcpy(room, word.data, word.length);
    size_t length = drop_u(room, drop_ligatures(room, word.length));
    return (str){room, replace_ending(room, length)};
}
