/* Random numbers, invented words and how they are written. */
#ifndef BENCH_INVENTED_WORDS_H
#define BENCH_INVENTED_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* A stream of random numbers (splitmix64, by Sebastiano Vigna, public domain). */
typedef struct draw {
    uint64_t state;
} draw;

static inline uint64_t mix(uint64_t x)
{
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
    x = (x ^ x >> 27) * 0x94d049bb133111ebu;
    return x ^ x >> 31;
}

static inline uint64_t draw_next(draw *from)
{
    return mix(from->state += 0x9e3779b97f4a7c15u);
}

static inline unsigned draw_below(draw *from, unsigned limit)
{
    return (unsigned)((draw_next(from) >> 32) * limit >> 32);
}

static inline unsigned draw_between(draw *from, unsigned low, unsigned high)
{
    return low + draw_below(from, high - low + 1);
}

static inline bool draw_chance(draw *from, unsigned of_10000)
{
    return draw_below(from, 10000) < of_10000;
}

/* Zipf's law with exponent 1: each octave of ranks from 2^low to 2^high is equally likely. */
static inline uint32_t draw_rank(draw *from, unsigned low, unsigned high)
{
    unsigned octave = draw_between(from, low, high - 1);
    return (1u << octave) + (uint32_t)(draw_next(from) >> 32 >> (32 - octave));
}

static inline char *put_bytes(char *at, const char *bytes, size_t length)
{
    memcpy(at, bytes, length);
    return at + length;
}
#define PUT(at, literal) put_bytes(at, literal, sizeof(literal) - 1)

char *put_text(char *at, const char *text);
char *put_number(char *at, uint64_t number);
char *put_digits(char *at, uint32_t number, int width); /* With leading zeros. */

enum {
    HEAD_BITS = 15, /* The common words: a table.  The rare ones have no end and are made. */
    HEAD_WORDS = 1 << HEAD_BITS,
    RARE_BITS = 29,
    WORD_ROOM = 32, /* put_word() may write as many bytes beyond the end. */
};

typedef struct word {
    char text[WORD_ROOM - 1];
    uint8_t length;
} word;

/* The words in the order of their frequency, and an alias table to draw them in one step. */
typedef struct vocabulary {
    word words[HEAD_WORDS];
    struct {
        uint16_t limit, other;
    } alias[HEAD_WORDS];
    unsigned common; /* The first ones: real words of every text. */
} vocabulary;

void vocabulary_make(vocabulary *v);

/* A rank: below HEAD_WORDS with a share near 1 / rank, above it with a steeper one, so that the
 * number of different words grows as Heaps' law says. */
uint32_t vocabulary_draw(const vocabulary *v, draw *from);
char *put_word(char *at, const vocabulary *v, uint32_t rank);
/* Word `number` of 2^29 rare ones: two syllables and an ending. */
char *put_rare(char *at, uint32_t number);
/* One of 2^24 names: two syllables, with a capital. */
char *put_name(char *at, uint32_t number);
char *put_capital(char *start, char *end);

/* Names of people and of what is around them; the same number gives the same name. */
char *put_family(char *at, uint32_t number);
char *put_given(char *at, uint32_t number);
char *put_affiliation(char *at, uint32_t number);
char *put_country(char *at, uint32_t number);

typedef struct journal {
    uint32_t number;
    char title[96], abbreviation[64], issn[10];
} journal;

void journal_make(journal *made, uint32_t number);
/* One cited work as PubMed prints it. */
char *put_citation(char *at, const vocabulary *v, uint32_t number);

#endif
