/* Putting a segment into a sink: terms in rising order, their documents in rising order. */
#ifndef INDEX_EMIT_H
#define INDEX_EMIT_H

#include "index/coding.h"

/* A row of bytes, cut into chunks. */
typedef struct emit_stream {
    enum index_part part;
    buf waiting;
    uint64_t chunks, length;
} emit_stream;

/* Entries by rising keys, cut into chunks. */
typedef struct emit_dictionary {
    enum index_part part;
    buf waiting, first, last;
    uint64_t chunks, entries;
} emit_dictionary;

typedef struct emitter {
    const index_sink *sink;
    osler_error *error;
    osler_status status; /* of the first failure; nothing is put after it */
    emit_stream postings, positions, facts, measures, dates, layouts; /* measures: PART_LENGTHS */
    emit_dictionary terms, families;
    index_header header;
    uint16_t (*lengths)[INDEX_MEASURED]; /* of all documents */
    size_t lengths_room;
    double *scales; /* weights of a field by its length; made when the first term comes */
    /* the term at work */
    buf term;
    bool has_positions;
    uint64_t df, postings_start, positions_start, positions_length;
    buf headers, bodies;
    uint32_t before; /* the document before, plus 1 */
    double greatest; /* weighed frequency of the list */
    /* its block at work */
    uint32_t deltas[SEGMENT_BLOCK];
    unsigned count;
    uint32_t widest;
    double block_greatest;
    unsigned char payloads[SEGMENT_BLOCK * CODING_PAYLOAD], *payloads_end;
    buf block_positions;
} emitter;

/* Start a segment; end it with emit_finish(). */
void emit_start(emitter *e, const index_sink *sink, osler_error *error);

/* Documents come before all terms, in rising order of their citations. */
void emit_document(emitter *e, index_facts *facts, str layout);

/*
 * A term, then its postings in rising order (at least one), then its end.  A payload and its
 * positions are taken from the start of `payloads` and `places`, which may be the same; false, and
 * nothing added, when they cannot be read.
 */
void emit_term(emitter *e, str term);
bool emit_posting(emitter *e, uint32_t document, coding_bytes *payloads, coding_bytes *places);
void emit_term_end(emitter *e);

/* A term of one document, whose payload and positions are known to be good. */
void emit_single(emitter *e, str term, uint32_t document, const coding_term *single);

void emit_family(emitter *e, str key, const str *words, size_t count);

/* Put what is waiting, and the header; gives back all memory, whatever the result. */
OSLER_MUST_USE osler_status emit_finish(emitter *e, index_header *header);

#endif
