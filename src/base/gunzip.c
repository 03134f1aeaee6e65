/* The two ways to undo gzip, with one face. */
#include "base/gunzip.h"

#include "base/memory.h"

#include <stdint.h>

static size_t at_most(size_t size)
{
    return size < UINT32_MAX ? size : UINT32_MAX;
}

#ifdef OSLER_ISAL

#include <isa-l/igzip_lib.h>

/*
 * The header of a member is read apart: isal_inflate() would do it, but forgets between two calls
 * (2.30) what it has seen of a header that is cut.
 */
struct gunzip {
    struct inflate_state state;
    struct isal_gzip_header header;
    bool in_header;
};

void gunzip_restart(gunzip *g)
{
    isal_inflate_reset(&g->state);
    g->state.crc_flag = ISAL_GZIP_NO_HDR_VER;
    g->header = (struct isal_gzip_header){0};
    isal_gzip_header_init(&g->header);
    g->in_header = true;
}

gunzip *gunzip_new(void)
{
    gunzip *g = memory_alloc(sizeof *g);
    isal_inflate_init(&g->state);
    gunzip_restart(g);
    return g;
}

static int inflate_some(gunzip *g)
{
    if (g->in_header) {
        int result = isal_read_gzip_header(&g->state, &g->header);
        if (result == ISAL_END_INPUT)
            return ISAL_DECOMP_OK;
        if (result != ISAL_DECOMP_OK)
            return ISAL_INVALID_WRAPPER;
        g->in_header = false;
    }
    return isal_inflate(&g->state);
}

gunzip_answer gunzip_some(gunzip *g, str *input, char *buffer, size_t size, size_t *got)
{
    struct inflate_state *s = &g->state;
    size_t given = at_most(input->length), room = at_most(size);
    s->next_in = (uint8_t *)(uintptr_t)input->data; /* which is only read */
    s->avail_in = (uint32_t)given;
    s->next_out = (uint8_t *)buffer;
    s->avail_out = (uint32_t)room;
    int result = inflate_some(g);
    size_t taken = given - s->avail_in;
    *got = room - s->avail_out;
    *input = str_part(*input, taken, input->length);
    if (result < 0 || result == ISAL_NEED_DICT)
        return GUNZIP_DAMAGED;
    if (!g->in_header && s->block_state == ISAL_BLOCK_FINISH)
        return GUNZIP_END;
    return taken || *got ? GUNZIP_MORE : GUNZIP_DAMAGED;
}

void gunzip_free(gunzip *g)
{
    memory_free(g);
}

#else

#include <zlib.h>

struct gunzip {
    z_stream stream;
};

enum { GZIP_ONLY = 15 + 16 /* window bits, as inflateInit2() counts them */ };

gunzip *gunzip_new(void)
{
    gunzip *g = memory_alloc(sizeof *g);
    if (inflateInit2(&g->stream, GZIP_ONLY) != Z_OK)
        memory_out(sizeof *g);
    return g;
}

gunzip_answer gunzip_some(gunzip *g, str *input, char *buffer, size_t size, size_t *got)
{
    z_stream *s = &g->stream;
    size_t given = at_most(input->length), room = at_most(size);
    s->next_in = (Bytef *)(uintptr_t)input->data; /* which is only read */
    s->avail_in = (uInt)given;
    s->next_out = (Bytef *)buffer;
    s->avail_out = (uInt)room;
    int result = inflate(s, Z_NO_FLUSH);
    *got = room - s->avail_out;
    *input = str_part(*input, given - s->avail_in, input->length);
    if (result == Z_MEM_ERROR)
        memory_out(sizeof *g);
    if (result == Z_STREAM_END)
        return GUNZIP_END;
    return result == Z_OK || result == Z_BUF_ERROR ? GUNZIP_MORE : GUNZIP_DAMAGED;
}

void gunzip_restart(gunzip *g)
{
    inflateReset(&g->stream);
}

void gunzip_free(gunzip *g)
{
    if (!g)
        return;
    inflateEnd(&g->stream);
    memory_free(g);
}

#endif
