/* Hiding documents of an open index, as if they were dead. */
#include "base/memory.h"
#include "index/coding.h"
#include "index/reader.h"

#include <string.h>

/* Tombstones of the segment that may be written to. */
static void own_tombstones(reader_segment *s)
{
    size_t size = (s->header.documents + (size_t)7) / 8;
    if (s->own)
        return;
    s->own = memory_alloc(size + 1);
    if (s->tombstones.length)
        memcpy(s->own, s->tombstones.data, s->tombstones.length);
    s->tombstones = (str){(const char *)s->own, size};
}

osler_status index_hide(index *i, const index_set *hidden, osler_error *error)
{
    index_number document = 0;
    for (; index_set_next(hidden, document, &document); document++) {
        reader_segment *s = &i->segments[reader_segment_of(i, document)];
        uint32_t here = document - s->first;
        index_facts facts;
        if (reader_is_dead(s, here))
            continue;
        osler_status status = index_get_facts(i, document, &facts, error);
        if (status != OSLER_OK)
            return status;
        own_tombstones(s);
        s->own[here / 8] |= (unsigned char)(1U << (here % 8));
        coding_count_document(&i->sums, facts.lengths, -1);
    }
    return OSLER_OK;
}
