/* What one invented record says, before it is written as XML. */
#ifndef BENCH_INVENTED_PAPER_H
#define BENCH_INVENTED_PAPER_H

#include "invented.h"
#include "invented_words.h"

enum theme {
#define THEME(name, share) theme_##name,
#include "invented_words.def"
    THEMES
};

enum design_code {
#define DESIGN(code, share, clinical, type, ui, title) design_##code,
#include "invented_designs.def"
    DESIGNS
};

typedef struct design {
    unsigned share;
    bool clinical;
    const char *type, *ui, *title;
} design;

extern const design designs[DESIGNS];

/* What stands in a text as one piece. */
typedef struct phrase {
    const char *text;
    unsigned share; /* In 65,536 records: of its theme, and of the others. */
    unsigned elsewhere;
    enum theme theme;
} phrase;

typedef struct topic {
    const char *ui, *name, *text;
    unsigned share;
    enum theme theme;
} topic;

enum {
    PHRASES = 256,
    CONDITIONS = 160,
    INTERVENTIONS = 128,
    SEED_HEADINGS = 1024,
    TITLE_WORDS = 32,
    ABSTRACT_WORDS = 512,
    HEADINGS = 40,
};

struct invented {
    uint64_t seed;
    vocabulary words;
    phrase phrases[PHRASES];
    topic conditions[CONDITIONS], interventions[INTERVENTIONS], usual[CONDITIONS];
    topic seeds[SEED_HEADINGS];
    size_t phrase_count, condition_count, intervention_count, usual_count, seed_count;
    unsigned condition_sum, theme_of_intervention[THEMES];
    char (*seed_texts)[96]; /* "low back pain" for "Back Pain, Low". */
};

/* A word of a text is a kind and which one: a rank of the vocabulary, an index of paper.texts, or
 * a form and a value. */
enum piece_kind { piece_word, piece_text, piece_number, piece_empty, PIECE_SHIFT = 29 };
#define PIECE(kind, which) ((uint32_t)piece_##kind << PIECE_SHIFT | (uint32_t)(which))

typedef struct paper_heading {
    const topic *known;  /* NULL: an invented one. */
    uint32_t number;     /* Which one. */
    unsigned qualifiers; /* 0 to 2. */
    bool major;
} paper_heading;

typedef struct paper {
    const invented *from;
    draw draw;
    uint32_t number, pmid;
    enum theme theme;
    enum design_code design;
    const topic *condition, *intervention; /* May be NULL. */
    uint32_t subject;                      /* Which of the endless small topics. */
    bool indexed, has_abstract;
    unsigned year, month, day, people, months;
    paper_heading headings[HEADINGS];
    size_t heading_count;
    const char *texts[64];
    size_t text_count;
    uint32_t title[TITLE_WORDS], abstract[ABSTRACT_WORDS];
    size_t title_count, abstract_count;
} paper;

void paper_tables(invented *collection);
void paper_plan(paper *made, const invented *from, uint32_t number);
/* Fills title and abstract with words. */
void paper_words(paper *made);

char *put_title(char *at, paper *from);
/* Section `section` of `sections`: the text without its label. */
char *put_section(char *at, paper *from, unsigned section, unsigned sections);
char *put_heading_name(char *at, const paper_heading *heading);

#endif
