/* Some pieces of an input, copied: what goes from the thread that cuts to one that parses. */
#ifndef FORMATS_BATCH_H
#define FORMATS_BATCH_H

#include "base/buf.h"
#include "formats/reader.h"

/* It is full with so many pieces, or with so many bytes. */
enum { BATCH_PIECES = 64, BATCH_BYTES = 512 << 10 };

/* A piece, what was made of it, or why nothing was. */
struct batch_item {
    struct piece piece;
    osler_item item;
    const char *remark;         /* of cutting or of the item; the batch's */
    const osler_error *failure; /* NULL while all is well */
};

/* Start from zeroes, end with batch_free(). */
typedef struct batch {
    struct batch_item items[BATCH_PIECES];
    size_t count;
    buf bytes;         /* of the pieces */
    arena memory;      /* of the items; yours too, until the batch is filled again */
    uint64_t position; /* of the reader, behind the last piece */
} batch;

/* Fill it anew from `reader`.  False when there was nothing more. */
bool batch_fill(batch *b, osler_reader *reader);

/* Make the item of a piece; false, and the failure kept, when it cannot be. */
bool batch_parse(batch *b, struct batch_item *item, piece_parser *parser);

/* Keep a failure of an item. */
void batch_fail(batch *b, struct batch_item *item, const osler_error *error);

/* Forget what is in it.  What a large record needed is not kept for all that follow. */
void batch_clear(batch *b);
void batch_free(batch *b);

#endif
