/* Reading a segment from its beginning to its end, for merging; what was read is released. */
#ifndef INDEX_INPUT_H
#define INDEX_INPUT_H

#include "index/coding.h"

/* A row of bytes in chunks. */
typedef struct input_stream {
    enum index_part part;
    uint64_t length, chunk_number;
    str chunk; /* lent */
    bool loaded;
    buf joined; /* a view that goes over the end of a chunk */
} input_stream;

/* A dictionary, entry by entry. */
typedef struct input_dictionary {
    enum index_part part;
    uint64_t chunk_number, left; /* entries that are still to come */
    bool loaded;
    coding_bytes bytes;
    buf key;          /* of the entry at work */
    coding_term term; /* of terms: the entry at work; its views are lent */
    uint64_t words;   /* of families: the words that follow */
} input_dictionary;

/* The postings of the term at work. */
typedef struct input_postings {
    const uint32_t *map; /* from old numbers to new ones */
    const uint16_t (*lengths)[INDEX_MEASURED];
    bool has_positions;
    buf headers;
    size_t block, blocks;       /* the next one, and how many */
    uint64_t bodies, positions; /* where they start in their streams */
    uint64_t bodies_length, positions_length;
    coding_bytes payloads, places; /* of the block at work */
    uint32_t before;               /* the last document of the block before, plus 1 */
    uint32_t documents[SEGMENT_BLOCK];
    unsigned at, count;
    uint32_t document; /* the new number of the posting at work */
} input_postings;

static const uint32_t INPUT_GONE = UINT32_MAX; /* no document */

typedef struct input {
    const index_source *source;
    osler_error *error;
    int64_t number;
    str tombstones;
    index_header header;
    input_stream facts, layouts, postings_bytes, positions_bytes;
    input_dictionary terms, families;
    input_postings postings;
    uint32_t document; /* the next of input_next_document() */
    index_facts fact;  /* of the document at work */
    str layout;        /* likewise, lent */
} input;

/* Open the segment of that number; input_close() it whatever the result. */
OSLER_MUST_USE osler_status input_open(input *in, const index_source *source, int64_t number,
                                       osler_error *error);
void input_close(input *in);

/* OSLER_EDAMAGED: what is wrong with the segment. */
osler_status input_damaged(const input *in, const char *what);

/* The next living document, rising, into `fact`, its old number into `*number`; OSLER_END. */
OSLER_MUST_USE osler_status input_next_document(input *in, uint32_t *number);
/* Its layout into `layout`. */
OSLER_MUST_USE osler_status input_get_layout(input *in);

/* The next entry; OSLER_END. */
OSLER_MUST_USE osler_status input_next_term(input *in);
OSLER_MUST_USE osler_status input_next_family(input *in);
/* The next word of the family, `words` times. */
OSLER_MUST_USE osler_status input_next_word(input *in, str *word);

/* Begin with the postings of the term at work; then each living one, OSLER_END behind the last:
 * its payload and positions are to be taken from `payloads` and `places` before the next.
 * `postings.lengths`, by new numbers, will be asked for soon: they are fetched ahead. */
OSLER_MUST_USE osler_status input_start_postings(input *in, const uint32_t *map);
OSLER_MUST_USE osler_status input_next_posting(input *in);

#endif
