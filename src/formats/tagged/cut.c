/* Cutting tagged lines into records: what a line is to its record the format says. */
#include "formats/tagged/tagged.h"

#include "base/error.h"
#include "base/limits.h"
#include "base/memory.h"

#include <string.h>

struct cutting {
    window *input;
    const struct tagged_dialect *dialect;
    size_t used; /* bytes of the record given out last, dropped at the next call */
    bool over, complete;
};

void *tagged_open(window *input, const struct tagged_dialect *dialect)
{
    struct cutting *c = memory_alloc(sizeof *c);
    c->input = input;
    c->dialect = dialect;
    return c;
}

void tagged_close(void *state)
{
    memory_free(state);
}

bool tagged_is_complete(const void *state)
{
    return ((const struct cutting *)state)->complete;
}

/* Drop what has been looked at: lines outside, and all of a record that is too large. */
static void drop(struct cutting *c, struct tagged_search *search)
{
    if (search->started && !search->too_large)
        return;
    window_skip(c->input, search->at);
    search->scanned -= search->at;
    search->at = 0;
    if (!search->started)
        search->line = c->input->line;
}

/* More of the input; an endless line outside of it is a record that is too large. */
static osler_status read_more(struct cutting *c, struct tagged_search *search, osler_error *error)
{
    size_t length = window_view(c->input).length;
    if (length - search->at > LIMIT_RECORD) {
        search->too_large = search->started = true;
        search->at = search->scanned = length;
    }
    drop(c, search);
    return window_fill(c->input, error);
}

static enum tagged_step step(struct cutting *c, struct tagged_search *search, str line)
{
    if (line.length && line.data[line.length - 1] == '\r')
        line.length--;
    return c->dialect->step(search, line);
}

/* Find the end of the next record, `search->at` bytes from the window's start. */
static osler_status find_record(struct cutting *c, struct tagged_search *search, osler_error *error)
{
    for (;;) {
        str view = window_view(c->input);
        size_t end = search->scanned + str_find(str_part(view, search->scanned, view.length), '\n');
        search->scanned = end;
        if (end == view.length && !c->input->ended) {
            osler_status status = read_more(c, search, error);
            if (status != OSLER_OK)
                return status;
            continue;
        }
        if (search->at == view.length)
            return OSLER_OK;
        str line = str_part(view, search->at, end - search->at);
        bool started = search->started;
        if (step(c, search, line) == TAGGED_BEHIND)
            return OSLER_OK;
        if (!started && search->started) {
            search->line = c->input->line + window_lines(str_part(view, 0, search->at));
            window_skip(c->input, search->at);
            end -= search->at;
            search->at = search->scanned = 0;
            view = window_view(c->input);
        }
        search->at = end < view.length ? end + 1 : end;
        search->scanned = search->at;
        if (search->started && search->at > LIMIT_RECORD) {
            search->too_large = true;
            drop(c, search);
        }
    }
}

osler_status tagged_cut(void *state, struct piece *out, osler_error *error)
{
    struct cutting *c = state;
    window_skip(c->input, c->used);
    c->used = 0;
    if (c->over)
        return OSLER_END;
    struct tagged_search search = {.line = c->input->line};
    osler_status status = find_record(c, &search, error);
    if (status != OSLER_OK) {
        c->over = true;
        return status;
    }
    if (!search.started) {
        c->over = c->complete = true;
        return OSLER_END;
    }
    c->used = search.at;
    if (search.too_large)
        return fail(error, OSLER_ELIMIT, search.line,
                    "this record is larger than %d MB, the most that is read", LIMIT_RECORD >> 20);
    str bytes = str_part(window_view(c->input), 0, search.at);
    while (bytes.length && char_is_space(bytes.data[bytes.length - 1]))
        bytes.length--;
    *out = (struct piece){bytes, search.line, ""};
    return OSLER_OK;
}
