/* Batches: pieces copied together, so that cutting can go on. */
#include "formats/batch.h"

#include <string.h>

void batch_clear(batch *b)
{
    if (b->bytes.capacity > (size_t)4 * BATCH_BYTES) {
        batch_free(b);
        return;
    }
    b->count = 0;
    buf_clear(&b->bytes);
    arena_clear(&b->memory);
}

static void add(batch *b, const struct piece *piece, const char *remark)
{
    struct batch_item *item = &b->items[b->count++];
    *item = (struct batch_item){.piece = *piece};
    item->piece.encoding = *piece->encoding ? arena_copy(&b->memory, str_of(piece->encoding)) : "";
    item->remark = remark ? arena_copy(&b->memory, str_of(remark)) : NULL;
    buf_add(&b->bytes, piece->bytes);
}

bool batch_fill(batch *b, osler_reader *reader)
{
    batch_clear(b);
    while (b->count < BATCH_PIECES && b->bytes.length < BATCH_BYTES) {
        struct piece piece;
        osler_error error = {0};
        osler_status status = reader_cut(reader, &piece, &error);
        if (status == OSLER_END)
            break;
        if (status == OSLER_OK) {
            add(b, &piece, reader_remark(reader));
        } else {
            b->items[b->count] = (struct batch_item){.failure = NULL};
            batch_fail(b, &b->items[b->count++], &error);
        }
    }
    const char *bytes = b->bytes.data; /* only now they stay where they are */
    for (size_t i = 0; i < b->count; i++) {
        b->items[i].piece.bytes.data = bytes;
        bytes += b->items[i].piece.bytes.length;
    }
    b->position = osler_reader_position(reader);
    return b->count > 0;
}

bool batch_parse(batch *b, struct batch_item *item, piece_parser *parser)
{
    osler_error error = {0};
    if (piece_parse(parser, &b->memory, &item->piece, &item->item, &error) == OSLER_OK) {
        if (item->item.remark)
            item->remark = item->item.remark;
        return true;
    }
    batch_fail(b, item, &error);
    return false;
}

void batch_fail(batch *b, struct batch_item *item, const osler_error *error)
{
    osler_error *kept = arena_alloc(&b->memory, sizeof *kept);
    *kept = *error;
    item->failure = kept;
    item->remark = NULL;
}

void batch_free(batch *b)
{
    b->count = 0;
    buf_free(&b->bytes);
    arena_free(&b->memory);
}
