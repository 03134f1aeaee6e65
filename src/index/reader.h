/*
 * What the files of the reading side share: the segments of an open index, and their bytes.  Every
 * byte of a segment may be damaged: what is used as a number is checked here or where it is read.
 */
#ifndef INDEX_READER_H
#define INDEX_READER_H

#include "base/buf.h"
#include "index/coding.h"
#include "index/index.h"

typedef struct reader_segment {
    const index_source *source;
    size_t source_number; /* of the sources that were opened */
    int64_t number;       /* as the source numbers it */
    index_header header;
    str tombstones;              /* empty: all live */
    unsigned char *own;          /* these, when index_hide() has changed them; else NULL */
    index_number first;          /* the number of its first document */
    const unsigned char **facts; /* for each chunk of facts its bytes; NULL before it is needed */
    const unsigned char **dates; /* the same */
    uint16_t **lengths; /* the same, the lengths alone: INDEX_MEASURED a document, close together */
} reader_segment;

/* A chunk that the source has lent. */
typedef struct reader_chunk {
    uint64_t number;
    uint32_t segment; /* place in `segments`, plus 1; 0: no chunk */
    enum index_part part;
    str bytes;
} reader_chunk;

struct index {
    reader_segment *segments;
    size_t count;
    index_number size;
    index_sums sums;
    struct memo *memo;    /* entries that were looked up; NULL: none yet */
    reader_chunk *chunks; /* a hash table of the chunks lent so far */
    size_t chunk_count, chunk_room;
};

/* Say that a segment is damaged: OSLER_EDAMAGED. */
osler_status reader_damaged(const reader_segment *s, const char *what, osler_error *error);

/* A chunk of a dictionary; OSLER_ENOTFOUND when there is none. */
OSLER_MUST_USE osler_status reader_get_chunk(index *i, const reader_segment *s,
                                             enum index_part part, uint64_t number, str *out,
                                             osler_error *error);

/* Bytes of a stream: postings, positions, layouts. */
typedef struct reader_span {
    enum index_part part;
    uint64_t offset, length;
} reader_span;

/* Lent by the one chunk that holds them all, else gathered in `b`, which loses what it held. */
OSLER_MUST_USE osler_status reader_get_bytes(index *i, const reader_segment *s, reader_span span,
                                             buf *b, str *out, osler_error *error);

/* Read the chunk of facts that holds a document of the segment. */
OSLER_MUST_USE osler_status reader_load_facts(index *i, reader_segment *s, uint32_t document,
                                              osler_error *error);

/* The facts of a document of the segment as they are stored. */
OSLER_MUST_USE static inline osler_status reader_get_facts(index *i, reader_segment *s,
                                                           uint32_t document,
                                                           const unsigned char **out,
                                                           osler_error *error)
{
    uint32_t each = segment_facts_chunk(s->header.form), chunk = document / each;
    if (!s->facts || !s->facts[chunk]) {
        osler_status status = reader_load_facts(i, s, document, error);
        if (status)
            return status;
    }
    *out = s->facts[chunk] + (size_t)(document % each) * SEGMENT_FACTS;
    return OSLER_OK;
}

/* Read the chunk of dates that holds a document of the segment. */
OSLER_MUST_USE osler_status reader_load_dates(index *i, reader_segment *s, uint32_t document,
                                              osler_error *error);

/* When a document of the segment was published. */
OSLER_MUST_USE static inline osler_status reader_get_date(index *i, reader_segment *s,
                                                          uint32_t document, index_date *out,
                                                          osler_error *error)
{
    const unsigned char *facts;
    uint32_t chunk = document / SEGMENT_DATES_CHUNK;
    if (s->header.form == 1) {
        osler_status status = reader_get_facts(i, s, document, &facts, error);
        if (status == OSLER_OK)
            *out = (index_date){coding_get_u32(facts + FACTS_DATE),
                                (uint16_t)coding_get_u16(facts + FACTS_YEAR)};
        return status;
    }
    if (!s->dates || !s->dates[chunk]) {
        osler_status status = reader_load_dates(i, s, document, error);
        if (status)
            return status;
    }
    const unsigned char *at =
        s->dates[chunk] + (size_t)(document % SEGMENT_DATES_CHUNK) * SEGMENT_DATES;
    *out = (index_date){coding_get_u32(at), (uint16_t)coding_get_u16(at + 4)};
    return OSLER_OK;
}

/* Read the chunk of lengths that holds a document. */
OSLER_MUST_USE osler_status reader_load_lengths(index *i, reader_segment *s, uint32_t document,
                                                osler_error *error);

/* The lengths of the fields of a document of the segment. */
OSLER_MUST_USE static inline osler_status reader_get_lengths(index *i, reader_segment *s,
                                                             uint32_t document,
                                                             const uint16_t **out,
                                                             osler_error *error)
{
    size_t chunk = document / SEGMENT_LENGTHS_CHUNK;
    if (!s->lengths || !s->lengths[chunk]) {
        osler_status status = reader_load_lengths(i, s, document, error);
        if (status)
            return status;
    }
    *out = s->lengths[chunk] + (size_t)(document % SEGMENT_LENGTHS_CHUNK) * INDEX_MEASURED;
    return OSLER_OK;
}

/* Let the processor fetch the lengths of a document that will be needed soon: to wait for each of
 * them takes longer than to score. */
static inline void reader_prefetch_lengths(const reader_segment *s, uint32_t document)
{
    const uint16_t *chunk = s->lengths ? s->lengths[document / SEGMENT_LENGTHS_CHUNK] : NULL;
    if (chunk)
        __builtin_prefetch(chunk + (size_t)(document % SEGMENT_LENGTHS_CHUNK) * INDEX_MEASURED);
}

/* The layout of a document of the segment. */
OSLER_MUST_USE osler_status reader_get_layout(index *i, reader_segment *s, arena *memory,
                                              uint32_t document, index_layout *out,
                                              osler_error *error);

/* The segment that a document (below index_size()) is in. */
size_t reader_segment_of(const index *i, index_number document);

static inline bool reader_is_dead(const reader_segment *s, uint32_t document)
{
    return document / 8 < s->tombstones.length &&
           ((unsigned char)s->tombstones.data[document / 8] >> (document % 8) & 1);
}

#endif
