/*
 * Gzip from the network.  libcurl would inflate too, but calls a stream cut in half a success,
 * takes the first of several members only and does not count inflated bytes (7.88.1).
 */
#include "fetch/inflate.h"

#include "base/memory.h"

#include <limits.h>

enum { STEP = 64 << 10 };

static bool begin_member(inflater *i)
{
    if (!i->begun) {
        if (inflateInit2(&i->stream, 15 + 16) != Z_OK)
            memory_out(sizeof i->stream);
        i->begun = true;
    } else if (inflateReset(&i->stream) != Z_OK) {
        return false;
    }
    i->in_member = true;
    return true;
}

/* One call of inflate(): into at most STEP bytes of room. */
static inflate_result inflate_step(inflater *i, buf *out, size_t ceiling)
{
    if (out->length >= ceiling)
        return INFLATE_TOO_LARGE;
    size_t room = ceiling - out->length < STEP ? ceiling - out->length : STEP;
    i->stream.next_out = (Bytef *)buf_reserve(out, room);
    i->stream.avail_out = (uInt)room;
    int result = inflate(&i->stream, Z_NO_FLUSH);
    out->length += room - i->stream.avail_out;
    if (result == Z_MEM_ERROR)
        memory_out(STEP);
    if (result == Z_STREAM_END)
        i->in_member = false;
    else if (result != Z_OK && result != Z_BUF_ERROR)
        return INFLATE_DAMAGED;
    return INFLATE_GOOD;
}

inflate_result inflater_feed(inflater *i, str raw, buf *out, size_t ceiling)
{
    while (raw.length) {
        uInt part = raw.length < UINT_MAX ? (uInt)raw.length : UINT_MAX;
        if (!i->in_member && !begin_member(i))
            return INFLATE_DAMAGED;
        i->stream.next_in = (Bytef *)(uintptr_t)raw.data;
        i->stream.avail_in = part;
        /* A full output buffer may leave bytes inside zlib when its input is used up. */
        bool full = false;
        while (i->in_member && (i->stream.avail_in || full)) {
            size_t before = out->length;
            inflate_result result = inflate_step(i, out, ceiling);
            if (result != INFLATE_GOOD)
                return result;
            full = i->stream.avail_out == 0;
            if (out->length == before && i->stream.avail_in && i->in_member)
                return INFLATE_DAMAGED; /* no progress: cannot happen with sound zlib */
        }
        raw = str_part(raw, part - i->stream.avail_in, raw.length);
    }
    return INFLATE_GOOD;
}

bool inflater_is_complete(const inflater *i)
{
    return i->begun && !i->in_member;
}

void inflater_end(inflater *i)
{
    if (i->begun)
        inflateEnd(&i->stream);
    *i = (inflater){0};
}
