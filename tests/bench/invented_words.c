/* The vocabulary of the invented records: pronounceable words, as many as anybody asks for. */
#include "invented_words.h"

#include <stdio.h>
#include <stdlib.h>

char *put_text(char *at, const char *text)
{
    return put_bytes(at, text, strlen(text));
}

char *put_number(char *at, uint64_t number)
{
    char digits[20];
    size_t count = 0;
    do
        digits[sizeof digits - ++count] = (char)('0' + number % 10);
    while (number /= 10);
    return put_bytes(at, digits + sizeof digits - count, count);
}

char *put_digits(char *at, uint32_t number, int width)
{
    for (int i = width; i-- > 0; number /= 10)
        at[i] = (char)('0' + number % 10);
    return at + width;
}

/* Four bytes, of which the first ones count: copied whole, which is faster. */
static const char onsets[32][4] = {"b", "c",  "d",  "f",  "g",  "h",  "j",  "k",  "l",  "m",  "n",
                                   "p", "r",  "s",  "t",  "v",  "w",  "br", "cr", "dr", "fl", "gr",
                                   "l", "pl", "pr", "st", "tr", "th", "ch", "sp", "gl", "z"};
static const char vowels[16][4] = {"a", "e", "i",  "o",  "u",  "a",  "e",  "i",
                                   "o", "y", "ai", "ea", "io", "ou", "eu", "oa"};
static const char codas[8][4] = {"", "", "", "n", "r", "s", "l", "m"};
static const char endings[32][6] = {"",     "s",  "in",  "ase",  "ine",  "al",    "ic",  "itis",
                                    "osis", "ed", "ing", "ous",  "ity",  "ate",   "ol",  "one",
                                    "oma",  "an", "ide", "emia", "id",   "ation", "or",  "ive",
                                    "1",    "2",  "-3",  "B4",   "ally", "ies",   "gen", "ment"};

static char *put_part(char *at, const char *part)
{
    memcpy(at, part, 4);
    return at + strlen(part);
}

static char *put_syllable(char *at, unsigned bits)
{
    at = put_part(at, onsets[bits & 31]);
    at = put_part(at, vowels[bits >> 5 & 15]);
    return put_part(at, codas[bits >> 9 & 7]);
}

/* Neighbors in number have nothing in common. */
static uint32_t scramble(uint32_t number)
{
    const uint32_t mask = (1u << RARE_BITS) - 1;
    number = number * 0x9e3779b1u & mask;
    number ^= number >> 15;
    return number * 0x85ebca6bu & mask;
}

char *put_rare(char *at, uint32_t number)
{
    number = scramble(number);
    at = put_syllable(at, number);
    at = put_syllable(at, number >> 12);
    return put_text(at, endings[number >> 24]);
}

char *put_name(char *at, uint32_t number)
{
    char *start = at;
    number = scramble(number);
    at = put_syllable(at, number);
    return put_capital(start, put_syllable(at, number >> 12));
}

char *put_capital(char *start, char *end)
{
    if (*start >= 'a' && *start <= 'z')
        *start = (char)(*start - 'a' + 'A');
    return end;
}

static void word_set(word *made, const char *text, size_t length)
{
    memset(made, 0, sizeof *made);
    memcpy(made->text, text, length);
    made->length = (uint8_t)length;
}

/* Short words first, as in languages; none twice. */
static void make_words(vocabulary *v)
{
    static const char common[] =
#define COMMON(words) words
#include "invented_words.def"
        ;
    enum { SEEN = 1 << 20 };
    bool *seen = calloc(SEEN, sizeof *seen);
    if (!seen)
        abort();
    unsigned count = 0;
    for (const char *at = common; *at; count++) {
        size_t length = strcspn(at, " ");
        word_set(&v->words[count], at, length);
        at += length + (at[length] == ' ');
    }
    v->common = count;
    draw from = {0x05137};
    while (count < HEAD_WORDS) {
        char text[64] = "";
        uint64_t bits = draw_next(&from);
        char *end = put_syllable(text, (unsigned)bits & 4095);
        if (count > 400 || bits >> 60 < 8)
            end = put_syllable(end, (unsigned)(bits >> 12) & 4095);
        if (bits >> 56 & 1)
            end = put_text(end, endings[bits >> 24 & 31]);
        uint64_t hash = 0;
        for (char *at = text; at < end; at++)
            hash = mix(hash ^ (unsigned char)*at);
        if (seen[hash % SEEN])
            continue;
        seen[hash % SEEN] = true;
        word_set(&v->words[count++], text, (size_t)(end - text));
    }
    free(seen);
}

/* Walker's alias method for weights of 1 / (rank + 2.7), twice that for the common words. */
static void make_alias(vocabulary *v)
{
    double *weight = malloc(HEAD_WORDS * sizeof *weight);
    uint16_t *light = malloc(HEAD_WORDS * sizeof *light),
             *heavy = malloc(HEAD_WORDS * sizeof *heavy);
    if (!weight || !light || !heavy)
        abort();
    double sum = 0;
    for (int i = 0; i < HEAD_WORDS; i++)
        sum += weight[i] = (i < (int)v->common ? 2 : 1) / (i + 2.7);
    size_t lights = 0, heavies = 0;
    for (int i = 0; i < HEAD_WORDS; i++) {
        weight[i] *= HEAD_WORDS / sum;
        if (weight[i] < 1)
            light[lights++] = (uint16_t)i;
        else
            heavy[heavies++] = (uint16_t)i;
        v->alias[i].limit = UINT16_MAX;
        v->alias[i].other = (uint16_t)i;
    }
    while (lights && heavies) {
        uint16_t low = light[--lights], high = heavy[heavies - 1];
        v->alias[low].limit = (uint16_t)(weight[low] * UINT16_MAX);
        v->alias[low].other = high;
        weight[high] -= 1 - weight[low];
        if (weight[high] >= 1)
            continue;
        heavies--;
        light[lights++] = high;
    }
    free(heavy);
    free(light);
    free(weight);
}

void vocabulary_make(vocabulary *v)
{
    make_words(v);
    make_alias(v);
}

/* How many of 2^16 draws are of a rare word, and how many of these go on to the next octave:
 * 2^-0.85, for the exponent 1.85 that large collections show beyond their common words. */
enum { RARE_SHARE = 1700, NEXT_OCTAVE = 36358 };

uint32_t vocabulary_draw(const vocabulary *v, draw *from)
{
    uint64_t bits = draw_next(from);
    if ((bits & 0xffff) >= RARE_SHARE) {
        uint32_t rank = (uint32_t)(bits >> 16) & (HEAD_WORDS - 1);
        return (bits >> 48) < v->alias[rank].limit ? rank : v->alias[rank].other;
    }
    unsigned octave = HEAD_BITS;
    while (octave < RARE_BITS - 1 && (draw_next(from) & 0xffff) < NEXT_OCTAVE)
        octave++;
    return (1u << octave) + (uint32_t)(bits >> 16 & ((1u << octave) - 1));
}

char *put_word(char *at, const vocabulary *v, uint32_t rank)
{
    if (rank >= HEAD_WORDS)
        return put_rare(at, rank);
    memcpy(at, &v->words[rank], WORD_ROOM);
    return at + v->words[rank].length;
}
