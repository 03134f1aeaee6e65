/*
 * The documents of one term in one segment.  Blocks are found by their headers and decoded when
 * they are needed; payloads and positions are read for the documents asked about.
 */
#ifndef INDEX_POSTINGS_H
#define INDEX_POSTINGS_H

#include "index/reader.h"

/* Postings that were made while searching, such as those of a phrase; start from all zero. */
typedef struct postings_made {
    uint32_t *documents;
    size_t count, room;
    buf payloads;
    buf headers; /* of blocks, as in a segment */
} postings_made;

/* Add a document behind the others. */
void postings_make(postings_made *m, uint32_t document, const index_posting *posting);
void postings_made_free(postings_made *m);

typedef struct postings {
    index *index;
    reader_segment *segment;
    uint32_t df;
    bool has_positions;
    uint32_t bound;               /* of all its blocks; CODING_NO_BOUND when nothing is known */
    const unsigned char *headers; /* of the blocks; NULL when df is 1 */
    size_t blocks;
    const postings_made *made;            /* NULL: from the segment */
    uint64_t bodies, bodies_length;       /* in PART_POSTINGS */
    uint64_t positions, positions_length; /* in PART_POSITIONS */
    str only_positions;                   /* when df is 1 */
    /* The block at work: `count` is 0 when it is not decoded; `block` is `blocks` at the end. */
    size_t block;
    uint32_t count, at;
    uint32_t documents[SEGMENT_BLOCK];
    /* The payloads from that of document `payload_at` of the block on; the times before it. */
    coding_bytes payloads;
    uint32_t payload_at;
    uint64_t times_before;
    /* The positions from `place_at` on; the places of document `places_of` of the block. */
    coding_bytes place_bytes;
    bool has_place_bytes;
    uint64_t place_at;
    index_place *places;
    size_t place_count, place_room;
    uint32_t places_of;
    buf header_copy, body_copy, place_copy; /* what lies in two chunks is gathered here */
} postings;

/* Start before the first document; OSLER_ENOTFOUND when the segment has no such term.  Close it in
 * any case. */
OSLER_MUST_USE osler_status postings_open(postings *p, index *i, reader_segment *s, str term,
                                          osler_error *error);
/* The same with the entry of the term in the dictionary; `kind` is its first byte. */
OSLER_MUST_USE osler_status postings_open_entry(postings *p, index *i, reader_segment *s, char kind,
                                                const coding_term *term, osler_error *error);
/* The same of made postings, which outlive these; they have no positions. */
void postings_open_made(postings *p, index *i, reader_segment *s, const postings_made *made);
void postings_close(postings *p);

/* Start again before the first document. */
void postings_restart(postings *p);

/* Decode a block, 0 to `blocks` - 1, and stand on its first document. */
OSLER_MUST_USE osler_status postings_load(postings *p, size_t block, osler_error *error);

/* The last document of a block, and its bound.  When df is 1: of that document, no bound. */
static inline uint32_t postings_last(const postings *p, size_t block)
{
    return p->headers ? coding_get_u32(p->headers + block * SEGMENT_BLOCK_HEADER) : p->documents[0];
}

static inline uint32_t postings_bound(const postings *p, size_t block)
{
    return p->headers && p->has_positions
               ? coding_get_u16(p->headers + block * SEGMENT_BLOCK_HEADER + 12)
               : CODING_NO_BOUND;
}

/* The first block from `block` on whose last document is `from` or behind it; `blocks`: none. */
size_t postings_find_block(const postings *p, size_t block, uint32_t from);

/* Move to the first document >= `from`, never back; OSLER_END when there is none. */
OSLER_MUST_USE osler_status postings_seek_far(postings *p, uint32_t from, osler_error *error);

static inline uint32_t postings_document(const postings *p)
{
    return p->documents[p->at];
}

OSLER_MUST_USE static inline osler_status postings_seek(postings *p, uint32_t from,
                                                        osler_error *error)
{
    if (p->count && p->documents[p->count - 1] >= from) {
        uint32_t at = p->at;
        while (p->documents[at] < from)
            at++;
        p->at = at;
        return OSLER_OK;
    }
    return postings_seek_far(p, from, error);
}

/* Move to the next document; OSLER_END when there is none. */
OSLER_MUST_USE static inline osler_status postings_next(postings *p, osler_error *error)
{
    if (p->at + 1 < p->count) {
        p->at++;
        return OSLER_OK;
    }
    return postings_seek_far(p, p->documents[p->at] + 1, error);
}

/* Let `payloads` begin with the payload of the document at work. */
OSLER_MUST_USE osler_status postings_find_payload(postings *p, osler_error *error);

/* The fields (bits) that each document of the block just loaded has the term in. */
OSLER_MUST_USE osler_status postings_get_fields(const postings *p, uint16_t *out,
                                                osler_error *error);

/* What the term looks like in the document at work. */
OSLER_MUST_USE osler_status postings_get(postings *p, index_posting *out, osler_error *error);

/* Its positions there, rising; lent until the postings move. */
OSLER_MUST_USE osler_status postings_get_places(postings *p, const index_place **out, size_t *count,
                                                osler_error *error);

#endif
