/* Bringing British spellings into the American form, by endings and a few stems. */
#include "appraise/spelling.h"

#include <string.h>

static const struct {
    str from, to;
} endings[] = {
    {STR("isations"), STR("izations")},
    {STR("isation"), STR("ization")},
    {STR("ising"), STR("izing")},
    {STR("isers"), STR("izers")},
    {STR("iser"), STR("izer")},
    {STR("ised"), STR("ized")},
    {STR("ises"), STR("izes")},
    {STR("ise"), STR("ize")},
    {STR("lysed"), STR("lyzed")},
    {STR("lysing"), STR("lyzing")},
    {STR("lyse"), STR("lyze")},
    {STR("centres"), STR("centers")},
    {STR("centre"), STR("center")},
    {STR("centred"), STR("centered")},
    {STR("enrol"), STR("enroll")},
    {STR("enrols"), STR("enrolls")},
    {STR("enrolment"), STR("enrollment")},
    {STR("programmes"), STR("programs")},
    {STR("programme"), STR("program")},
    {STR("practise"), STR("practice")},
    {STR("labelled"), STR("labeled")},
    {STR("labelling"), STR("labeling")},
    {STR("modelling"), STR("modeling")},
};

static size_t replace_ending(char *word, size_t length)
{
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        str from = endings[i].from, to = endings[i].to;
        if (length < from.length ||
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

str spelling_american(str word, char room[SPELLING_ROOM + 4])
{
    if (word.length < 4 || word.length > SPELLING_ROOM || (unsigned char)word.data[0] >= 0x80)
        return word;
    memcpy(room, word.data, word.length);
    size_t length = drop_u(room, drop_ligatures(room, word.length));
    return (str){room, replace_ending(room, length)};
}
