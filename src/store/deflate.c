/* zlib streams kept open, with a preset dictionary (RFC 1950, FDICT): a record is so short that
 * plain deflate has hardly met its tags and headings when it ends. */
#include "store/deflate.h"

#include "base/limits.h"
#include "base/memory.h"

#include <zlib.h>

enum { LEVEL = 5 };

/* Never changed: libraries hold streams that need it.  A new one is a second one beside it, told
 * apart by the checksum in the stream. */
static const char dictionary[] = {
#include "store/dictionary.txt.inc"
};

void deflater_pack(struct store_deflater *d, buf *out, str raw, int64_t *raw_size)
{
    if (!d->deflating) {
        d->deflating = memory_alloc(sizeof *d->deflating);
        if (deflateInit(d->deflating, LEVEL) != Z_OK)
            memory_out(256 << 10);
    }
    z_stream *z = d->deflating;
    deflateReset(z);
    deflateSetDictionary(z, (const Bytef *)dictionary, sizeof dictionary - 1);
    size_t room = deflateBound(z, (uLong)raw.length) + 4;
    z->next_out = (Bytef *)buf_reserve(out, room);
    z->avail_out = (uInt)room;
    /* zlib's interface is not const-correct; it does not write to its input. */
    z->next_in = (Bytef *)(uintptr_t)raw.data;
    z->avail_in = (uInt)raw.length;
    bool done = raw.length <= LIMIT_PACKED && deflate(z, Z_FINISH) == Z_STREAM_END;
    size_t length = room - z->avail_out;
    if (done && length < raw.length) {
        out->length += length;
        *raw_size = (int64_t)raw.length;
    } else {
        buf_add(out, raw);
        *raw_size = 0;
    }
}

bool deflater_expand(struct store_deflater *d, buf *out, str packed, int64_t raw_size)
{
    if (raw_size == 0) {
        buf_add(out, packed);
        return true;
    }
    if (raw_size < 0 || raw_size > LIMIT_PACKED || packed.length > LIMIT_PACKED)
        return false;
    if (!d->inflating) {
        d->inflating = memory_alloc(sizeof *d->inflating);
        if (inflateInit(d->inflating) != Z_OK)
            memory_out(64 << 10);
    }
    z_stream *z = d->inflating;
    inflateReset(z);
    z->next_in = (Bytef *)(uintptr_t)packed.data;
    z->avail_in = (uInt)packed.length;
    z->next_out = (Bytef *)buf_reserve(out, (size_t)raw_size);
    z->avail_out = (uInt)raw_size;
    int result = inflate(z, Z_FINISH);
    if (result == Z_NEED_DICT &&
        inflateSetDictionary(z, (const Bytef *)dictionary, sizeof dictionary - 1) == Z_OK)
        result = inflate(z, Z_FINISH);
    if (result == Z_MEM_ERROR)
        memory_out(64 << 10);
    if (result != Z_STREAM_END || z->avail_out || z->avail_in)
        return false;
    out->length += (size_t)raw_size;
    return true;
}

void deflater_close(struct store_deflater *d)
{
    if (d->deflating)
        deflateEnd(d->deflating);
    if (d->inflating)
        inflateEnd(d->inflating);
    memory_free(d->deflating);
    memory_free(d->inflating);
    d->deflating = d->inflating = NULL;
}
