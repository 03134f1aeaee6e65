/* Printing a ranking: for people and as JSON; osler evidence and osler explain. */
#ifndef CLI_RANKING_H
#define CLI_RANKING_H

#include <osler/evidence.h>
#include <stdio.h>

/* The options of evidence and explain alike, and what they make of them. */
struct ranking_settings {
    const char *intervention, *question, *scheme, *as_of;
    bool json;
};

/* Two lines that say what was looked for and what there is. */
void print_ranking_header(const osler_evidence *e);

/* A count; one that is estimated with two digits that say something: "41,000". */
const char *count_text(char room[32], unsigned long long count, bool estimated);

/* One row of the table with the record's lines below it. */
void print_ranked(const osler_ranked *r);
void print_table_head(void);

/* What the level means, once. */
void print_level_note(const osler_evidence *e);

/* Every factor with its source. */
void print_explanation(const osler_evidence *e, const osler_ranked *r);

/* The whole ranking; `explain` adds contributions and sources. */
void json_ranking(const osler_evidence *e, bool explain);

/* What is said of a condition that is not known: on stderr, and in JSON on stdout. */
void print_unknown(const osler_evidence *e, const osler_error *error, bool json);

#endif
