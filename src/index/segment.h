/*
 * The form of a segment: an immutable part of the index that holds some documents.  This file is
 * the contract between what writes segments (writer.c, merge.c) and what reads them (cursor.c).
 *
 * A segment numbers its documents 0, 1, ... by rising citation id.  It is kept in rows of bytes:
 * parts of numbered chunks, and dictionaries of chunks that are found by their first key.  All
 * integers are little endian; "varint" is seven bits a byte, the least significant first, the high
 * bit set on all bytes but the last.
 *
 * PART_HEADER     chunk 0: struct index_header, written by index_header_pack().
 *
 * PART_TERMS      A dictionary, about SEGMENT_TERMS_CHUNK bytes a chunk.  Entries in rising byte
 *                 order of their terms; in each chunk, entry after entry:
 *                   varint  bytes shared with the term before in this chunk (0 for the first,
 *                           whose own bytes are the key of the chunk)
 *                   varint  further bytes, and these bytes
 *                   varint  documents (df), >= 1
 *                   df = 1: varint document, payload, positions (only for kinds that have them)
 *                   df > 1: varint offset of its postings in PART_POSTINGS (of the segment's byte
 *                           stream, over all chunks), varint their length in bytes,
 *                           varint bound of the list (below; the greatest of its blocks),
 *                           and for kinds with positions: varint offset of its positions in
 *                           PART_POSITIONS, varint their length in bytes
 *
 * PART_POSTINGS   A byte stream cut into chunks of exactly segment_chunk() bytes (the last is
 *                 shorter).  The postings of one term, with b = ceil(df / SEGMENT_BLOCK) blocks of
 *                 SEGMENT_BLOCK documents (the last has the rest):
 *                   b headers of SEGMENT_BLOCK_HEADER bytes, block after block:
 *                     u32 last document of the block
 *                     u32 offset of the block's body from the end of the headers
 *                     u32 offset of the block's positions from the start of the term's positions
 *                     u16 bound: see below
 *                     u8  documents in the block - 1
 *                     u8  bits of a document's delta (0 to 32)
 *                   b bodies:
 *                     the documents: each minus the one before, minus 1; the first minus the last
 *                     of the block before, minus 1 (of the first block: the document itself), each
 *                     in `bits` bits, least significant bits first, up to a whole byte;
 *                     the payloads of the documents, one behind the other.
 *                 A payload says in which fields the term stands and how often: for each field that
 *                 has it, rising, one byte: bits 0-3 the field, bits 4-6 times - 1 (7: 8 or more,
 *                 and a varint of times - 8 follows), bit 7 set when another field follows.
 *
 * PART_POSITIONS  A byte stream like PART_POSTINGS.  For each document of the term, as many varints
 *                 as the payload's times add up to: (position - the position before) << 4 | marks,
 *                 the first position of a document minus 0.  See enum index_mark.
 *
 * PART_FACTS      segment_facts_chunk() documents a chunk, SEGMENT_FACTS bytes each:
 *                 index_facts_pack().
 *
 * PART_LENGTHS    SEGMENT_LENGTHS_CHUNK documents a chunk: their lengths once more, INDEX_MEASURED
 *                 times u16 each.  Scoring reads these of most documents, and nothing else.
 *
 * PART_DATES      SEGMENT_DATES_CHUNK documents a chunk: u32 facts.date, u16 facts.year once more.
 *                 Filtering and ordering by date read these.  Form 1 has none.
 *
 * PART_LAYOUTS    A byte stream like PART_POSTINGS.  The
 *                 layout of a document (document.h) starts at facts.layout: varint texts; for each
 *                 text: varint start minus the start before, one byte: bits 0-3 the field, bits 4-7
 *                 enum index_text_trait; then varint `end` minus the last start; then, if any text
 *                 is of an abstract (INDEX_ABSTRACT): varint position behind the abstract's first
 *                 sentence, varint position where its last sentence starts; the same two for
 *                 INDEX_OTHER_ABSTRACT.
 *
 * PART_FAMILIES   A dictionary, chunks as those of terms.  Entries by rising key: varint shared,
 *                 varint further, bytes of the key (index_family_key() of its words), varint number
 *                 of words, for each, rising: varint length, bytes.  The key itself is never among
 *                 these words: it is of its family when it is a term.  A family without other words
 *                 is left out.
 *
 * Bounds.  A word's weighed frequency in a document is
 *     sum over fields f of weight(f) * times(f) / (1 + b(f) * (length(f) / average(f) - 1))
 * with the weights of weights.def, the lengths of the document, and the averages of the header (of
 * the segment, at the time it was written).  A bound is the greatest such frequency of the block or
 * list times SEGMENT_BOUND_SCALE, rounded up, at most 65535 (which means "no bound").  Averages at
 * search time differ: with average'(f) it is valid times max(1, max over f of
 * average'(f) / average(f)).  An average is the sum of the lengths over the documents that have the
 * field, 1 when none has (coding.h: coding_average(), coding_weigh()); f without a length has no
 * divisor.  Terms of kinds without positions have bound 0 in their blocks and in the list.
 */
#ifndef INDEX_SEGMENT_H
#define INDEX_SEGMENT_H

#include "base/buf.h"
#include "base/str.h"
#include "index/document.h"

enum {
    SEGMENT_BLOCK = 128,
    SEGMENT_BLOCK_HEADER = 16,
    SEGMENT_TERMS_CHUNK = 4000,
    SEGMENT_FACTS = 64,
    SEGMENT_LENGTHS = 2 * INDEX_MEASURED,
    SEGMENT_LENGTHS_CHUNK = 4096,
    SEGMENT_DATES = 6,
    SEGMENT_DATES_CHUNK = 2720,
    SEGMENT_BOUND_SCALE = 256,
    SEGMENT_FORM = 2, /* number of this form */
    SEGMENT_OLDEST_FORM = 1
};

enum index_part {
    PART_HEADER = 1,
    PART_TERMS,
    PART_POSTINGS,
    PART_POSITIONS,
    PART_FACTS,
    PART_LAYOUTS,
    PART_FAMILIES,
    PART_LENGTHS,
    PART_DATES,
    PART_LAST = PART_DATES
};

/* The documents whose facts are one chunk. */
static inline uint32_t segment_facts_chunk(uint32_t form)
{
    return form == 1 ? 128 : 254;
}

/* The bytes of a chunk of a stream or of facts, all but the last.  Of facts and layouts some are
 * needed here and there: small chunks save reading the others.  Form 2 differs from form 1 in
 * PART_DATES and in these sizes: they fill SQLite's pages of 16,384 bytes, of which some are a
 * row's own. */
static inline uint64_t segment_chunk(uint32_t form, enum index_part part)
{
    return part == PART_FACTS     ? segment_facts_chunk(form) * SEGMENT_FACTS
           : part == PART_LENGTHS ? SEGMENT_LENGTHS_CHUNK * SEGMENT_LENGTHS
           : part == PART_DATES   ? SEGMENT_DATES_CHUNK * SEGMENT_DATES
           : part == PART_LAYOUTS ? (form == 1 ? 8192U : 16320U)
                                  : (form == 1 ? 65536U : 65472U);
}

/* How many documents have the field, and the sum of its lengths in all of them. */
typedef struct index_sums {
    int64_t documents;
    int64_t with[INDEX_MEASURED], words[INDEX_MEASURED];
} index_sums;

typedef struct index_header {
    uint32_t form;                         /* SEGMENT_OLDEST_FORM to SEGMENT_FORM */
    uint32_t documents;                    /* tombstoned ones included */
    int64_t first, last;                   /* the lowest and the highest citation id */
    index_sums sums;                       /* of all its documents */
    uint64_t postings, positions, layouts; /* lengths of the streams in bytes */
    uint64_t terms, families;              /* entries */
} index_header;

/* True when `part` can be the sums over some of the documents that `whole` is the sums of. */
OSLER_MUST_USE bool index_sums_fit(const index_sums *part, const index_sums *whole);

/* Add the header's bytes to `b`; read them back: false when they are no header of this form, or one
 * that cannot be. */
void index_header_pack(buf *b, const index_header *header);
OSLER_MUST_USE bool index_header_unpack(index_header *out, str bytes);

/* The same for facts: SEGMENT_FACTS bytes. */
void index_facts_pack(buf *b, const index_facts *facts);
void index_facts_unpack(index_facts *out, const unsigned char *bytes);

/* Where segments are written to.  A failure ends the writing. */
typedef struct index_sink {
    void *context;
    /* One chunk; `key` is the first key of a chunk of a dictionary, else empty.  Chunks of one part
     * come in rising order; parts come in any. */
    osler_status (*put)(void *context, enum index_part part, uint64_t number, str key, str bytes,
                        osler_error *error);
} index_sink;

/* Where segments are read from: the store of one library, or memory in tests. */
typedef struct index_source {
    void *context;
    /* The segments there are, in rising order of their numbers: the `index`-th; OSLER_END past the
     * last.  `tombstones` is a bit for each document, lowest bit first: 1 is dead; it may be
     * empty or shorter, then the others live; `dead` are the sums over the dead documents.  Lent
     * until the source is closed. */
    osler_status (*segment)(void *context, size_t index, int64_t *number, str *tombstones,
                            index_sums *dead, osler_error *error);
    /* A chunk, lent until it is released or the source is closed.  OSLER_ENOTFOUND: there is none.
     */
    osler_status (*chunk)(void *context, int64_t segment, enum index_part part, uint64_t number,
                          str *out, osler_error *error);
    /* The number of the chunk of a dictionary with the greatest first key <= `key`; OSLER_ENOTFOUND
     * when `key` is below them all. */
    osler_status (*seek)(void *context, int64_t segment, enum index_part part, str key,
                         uint64_t *number, osler_error *error);
    /* The chunk is not needed for now: what was lent of it may go.  NULL: it is kept.  Merging
     * releases all that it has read. */
    void (*release)(void *context, int64_t segment, enum index_part part, uint64_t number);
} index_source;

#endif
