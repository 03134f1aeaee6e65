/* zlib streams kept open, with a preset dictionary (RFC 1950, FDICT): a record is so short that
 * plain deflate has hardly met its tags and headings when it ends. */
#include "store/deflate.h"

#include "base/limits.h"
#include "base/memory.h"

#include <zlib.h>

/* Level 3 costs two thirds of the time of zlib's usual 6, and 5 % of the size. */
enum { LEVEL = 3, WINDOW = 32 << 10 };

/* Never changed: libraries hold streams that need it.  A new one is a second one beside it, told
 * apart by the checksum in the stream. */
static const char dictionary[] = {
#include "store/dictionary.txt.inc"
};

/* `like`, then the fixed dictionary: what stands last is reached with the shortest distances. */
static str dictionary_with(struct store_deflater *d, str like)
{
    const str fixed = {dictionary, sizeof dictionary - 1};
    if (!like.length)
        return fixed;
    size_t room = WINDOW - fixed.length; /* zlib looks no farther back */
    buf_clear(&d->dictionary);
    buf_add(&d->dictionary, str_part(like, 0, room));
    buf_add(&d->dictionary, fixed);
    return buf_str(&d->dictionary);
}

void deflater_pack(struct store_deflater *d, buf *out, str raw, str like, int64_t *raw_size)
{
    if (!d->deflating) {
        d->deflating = memory_alloc(sizeof *d->deflating);
        if (deflateInit(d->deflating, LEVEL) != Z_OK)
            memory_out(256 << 10);
    }
    z_stream *z = d->deflating;
    deflateReset(z);
    str words = dictionary_with(d, like);
    deflateSetDictionary(z, (const Bytef *)words.data, (uInt)words.length);
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

bool deflater_expand(struct store_deflater *d, buf *out, store_deflated packed)
{
    if (packed.raw_size == 0) {
        buf_add(out, packed.bytes);
        return true;
    }
    if (packed.raw_size < 0 || packed.raw_size > LIMIT_PACKED || packed.bytes.length > LIMIT_PACKED)
        return false;
    if (!d->inflating) {
        d->inflating = memory_alloc(sizeof *d->inflating);
        if (inflateInit(d->inflating) != Z_OK)
            memory_out(64 << 10);
    }
    z_stream *z = d->inflating;
    inflateReset(z);
    z->next_in = (Bytef *)(uintptr_t)packed.bytes.data;
    z->avail_in = (uInt)packed.bytes.length;
    z->next_out = (Bytef *)buf_reserve(out, (size_t)packed.raw_size);
    z->avail_out = (uInt)packed.raw_size;
    int result = inflate(z, Z_FINISH);
    if (result == Z_NEED_DICT) {
        str words = dictionary_with(d, packed.like);
        result = inflateSetDictionary(z, (const Bytef *)words.data, (uInt)words.length);
        if (result == Z_OK)
            result = inflate(z, Z_FINISH);
    }
    if (result == Z_MEM_ERROR)
        memory_out(64 << 10);
    if (result != Z_STREAM_END || z->avail_out || z->avail_in)
        return false;
    out->length += (size_t)packed.raw_size;
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
    buf_free(&d->dictionary);
}
