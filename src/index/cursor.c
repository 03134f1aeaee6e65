/* A walk through the living documents of a term, over all segments. */
#include "base/buf.h"
#include "base/error.h"
#include "base/memory.h"
#include "index/index.h"
#include "index/postings.h"

struct index_cursor {
    index *index;
    buf term;
    size_t segment; /* of `postings`; past the last at the end */
    bool open;      /* `postings` are those of the segment */
    postings postings;
    index_posting posting; /* of the document that the cursor stands on */
};

osler_status index_cursor_open(index_cursor **out, index *i, str term, osler_error *error)
{
    (void)error;
    index_cursor *c = *out = memory_alloc(sizeof *c);
    c->index = i;
    buf_add(&c->term, term);
    return OSLER_OK;
}

static void leave_segment(index_cursor *c)
{
    if (c->open)
        postings_close(&c->postings);
    c->open = false;
}

void index_cursor_close(index_cursor *c)
{
    if (!c)
        return;
    leave_segment(c);
    buf_free(&c->term);
    memory_free(c);
}

/* Move to the first living document >= `from` in the segment; OSLER_END when there is none. */
static osler_status seek_here(index_cursor *c, uint32_t from, osler_error *error)
{
    reader_segment *s = &c->index->segments[c->segment];
    if (!c->open) {
        c->open = true;
        osler_status status = postings_open(&c->postings, c->index, s, buf_str(&c->term), error);
        if (status)
            return status == OSLER_ENOTFOUND ? OSLER_END : status;
    }
    for (;;) {
        osler_status status = postings_seek(&c->postings, from, error);
        if (status)
            return status;
        if (!reader_is_dead(s, postings_document(&c->postings)))
            return postings_get(&c->postings, &c->posting, error);
        from = postings_document(&c->postings) + 1;
    }
}

osler_status index_cursor_seek(index_cursor *c, index_number from, index_number *out,
                               osler_error *error)
{
    size_t segment = from < c->index->size ? reader_segment_of(c->index, from) : c->index->count;
    for (; c->segment < c->index->count; c->segment++) {
        if (c->segment < segment) {
            leave_segment(c);
            continue;
        }
        index_number first = c->index->segments[c->segment].first;
        osler_status status = seek_here(c, from > first ? from - first : 0, error);
        if (status == OSLER_OK)
            *out = first + postings_document(&c->postings);
        if (status != OSLER_END)
            return status;
        leave_segment(c);
    }
    return OSLER_END;
}

void index_cursor_get(index_cursor *c, index_posting *out)
{
    *out = c->posting;
}

osler_status index_cursor_get_places(index_cursor *c, const index_place **out, size_t *count,
                                     osler_error *error)
{
    return postings_get_places(&c->postings, out, count, error);
}
