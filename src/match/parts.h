/* The parts of a comparison: each field's own rules. */
#ifndef MATCH_PARTS_H
#define MATCH_PARTS_H

#include "base/arena.h"
#include "base/buf.h"
#include "match/match.h"

/*
 * How many letters must be changed, left out, put in or exchanged with their neighbour to make `b`
 * of `a`; what is above `most` is `most` + 1.  With `open` what is left over at the end of the
 * longer one costs nothing.  Bytes of the first MATCH_LONGEST of each.
 */
enum { MATCH_LONGEST = 600 };
size_t match_distance(str a, str b, size_t most, bool open);

/* A title, made ready. */
struct match_title {
    str joined;   /* its words in their common form, without white space */
    str deciding; /* the words that part works of a series: numbers, single letters; with spaces */
    str notice;   /* "erratum", "reply", ..., when it begins so; else empty */
    size_t words;
};
void match_title_make(struct match_title *out, arena *memory, const char *markup);

struct match_likeness {
    double share;   /* 0 to 1 */
    bool same;      /* nothing but case, accents, markup, punctuation and spelling differs */
    bool truncated; /* the first is the beginning of the second */
    bool notices;   /* one of them is a notice about a paper, or they are two sorts of notices */
    bool parts;     /* numbers or single letters differ */
};
void match_titles(struct match_likeness *out, const struct match_title *reference,
                  const struct match_title *record);

/* Authors, into fields[MATCH_AUTHORS] and fields[MATCH_FIRST_AUTHOR]. */
void match_authors(struct match_comparison *out, arena *memory, const osler_record *reference,
                   const osler_record *record);

/* Journal, year, volume, issue, pages, identifiers, each into its field. */
void match_places(struct match_comparison *out, arena *memory, const osler_record *reference,
                  const osler_record *record);

/* True when a record is a preprint: by its publication type, or by the server it stands on. */
bool match_is_preprint(const osler_record *record);

/* The text with letters and digits alone, folded; in `memory`. */
str match_letters(arena *memory, str text);

#endif
