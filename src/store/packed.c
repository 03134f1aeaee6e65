/* Packed records: expanding them, alone or out of their block. */
#include "store/packed.h"

#include "base/error.h"
#include "index/coding.h"
#include "record/pack.h"

enum { PLACE = 1 /* the first byte of a place; compressed bytes never begin so */ };

void packed_add_place(buf *b, int64_t block, size_t start, size_t length)
{
    unsigned char bytes[1 + 3 * CODING_VARINT], *at = bytes;
    *at++ = PLACE;
    at = coding_put_varint(at, (uint64_t)block);
    at = coding_put_varint(at, start);
    at = coding_put_varint(at, length);
    buf_add(b, (str){(char *)bytes, (size_t)(at - bytes)});
}

void packed_forget(store *s)
{
    s->block.id = 0;
}

/* The block into s->block; its id stays 0 when there is none, or when it cannot be expanded. */
static osler_status hold_block(store *s, int64_t id, osler_error *error)
{
    sqlite3_stmt *row;
    if (s->block.id == id)
        return OSLER_OK;
    s->block.id = 0;
    buf_clear(&s->block.bytes);
    osler_status status =
        store_first(s, STATEMENT_GET_PACKED_BLOCK, VALUES(value_int(id)), &row, error);
    if (status != OSLER_OK)
        return status == OSLER_END ? OSLER_OK : status;
    if (compress_expand(&s->compressor, COMPRESS_RECORD, &s->block.bytes, store_column(row, 0)))
        s->block.id = id;
    store_reset(row);
    return OSLER_OK;
}

osler_status packed_expand(store *s, str data, bool *sound, osler_error *error)
{
    uint64_t id, start, length;
    buf_clear(&s->current);
    if (!data.length || data.data[0] != PLACE) {
        *sound = compress_expand(&s->compressor, COMPRESS_RECORD, &s->current, data);
        return OSLER_OK;
    }
    coding_bytes b = coding_bytes_of(str_part(data, 1, data.length));
    *sound = coding_get_varint(&b, &id) && coding_get_varint(&b, &start) &&
             coding_get_varint(&b, &length) && !coding_left(&b) && id && id <= INT64_MAX;
    osler_status status = *sound ? hold_block(s, (int64_t)id, error) : OSLER_OK;
    *sound = status == OSLER_OK && *sound && s->block.id == (int64_t)id &&
             start <= s->block.bytes.length && length <= s->block.bytes.length - start;
    if (*sound)
        buf_add(&s->current, str_part(buf_str(&s->block.bytes), (size_t)start, (size_t)length));
    return status;
}

osler_status store_packed(store *s, int64_t id, osler_error *error)
{
    sqlite3_stmt *row;
    bool sound;
    osler_status status = store_first(s, STATEMENT_GET_PACKED, VALUES(value_int(id)), &row, error);
    if (status == OSLER_END)
        return store_damaged(s, error, "the library is damaged: a record is missing");
    if (status != OSLER_OK)
        return status;
    status = packed_expand(s, store_column(row, 0), &sound, error);
    store_reset(row);
    return status != OSLER_OK || sound
               ? status
               : store_damaged(s, error, "the library is damaged: a record cannot be expanded");
}

osler_status store_unpack(store *s, arena *memory, osler_record *record, osler_error *error)
{
    osler_status status = record_unpack(memory, record, buf_str(&s->current), error);
    return status == OSLER_OK ? status : fail_source(error, status, s->path);
}
