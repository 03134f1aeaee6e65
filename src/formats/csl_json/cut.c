/* Finding the ends of the items of an array, without understanding them. */
#include "base/error.h"
#include "base/limits.h"
#include "base/memory.h"
#include "formats/csl_json/csl_json.h"

enum { END_OF_INPUT = -1 };

struct cutting {
    window *input;
    size_t used; /* bytes of the item given out last, dropped at the next call */
    bool begun, in_array, first, over, complete;
};

/* How far an item has been looked at. */
struct scan {
    size_t at; /* from the window's start */
    unsigned depth;
    bool in_text, ended;
};

void *csl_json_open(window *input)
{
    struct cutting *c = memory_alloc(sizeof *c);
    c->input = input;
    return c;
}

void csl_json_close(void *state)
{
    memory_free(state);
}

bool csl_json_is_complete(const void *state)
{
    return ((const struct cutting *)state)->complete;
}

/* Go to the next character that is no white space; END_OF_INPUT when there is none. */
static osler_status peek(struct cutting *c, int *next, osler_error *error)
{
    for (;;) {
        str view = window_view(c->input);
        size_t space = 0;
        while (space < view.length && char_is_space(view.data[space]))
            space++;
        window_skip(c->input, space);
        view = window_view(c->input);
        *next = view.length ? (unsigned char)view.data[0] : END_OF_INPUT;
        if (view.length || c->input->ended)
            return OSLER_OK;
        osler_status status = window_fill(c->input, error);
        if (status != OSLER_OK)
            return status;
    }
}

/* Follow one character of an item. */
static void follow(struct scan *scan, char c)
{
    bool scalar = !scan->depth && !scan->in_text;
    switch (c) {
    case '"': scan->in_text = true; break;
    case '{':
    case '[': scan->depth++; break;
    case '}':
    case ']':
        if (scan->depth)
            scan->depth--;
        scan->ended = !scan->depth;
        if (scalar)
            return; /* not of the item: it closes the array */
        break;
    case ',':
        if (scalar) {
            scan->ended = true;
            return;
        }
        break;
    default: break;
    }
    scan->at++;
}

/* Look for the item's end in what is there. */
static void look(struct scan *scan, str view)
{
    while (scan->at < view.length && !scan->ended) {
        char c = view.data[scan->at];
        if (!scan->in_text) {
            follow(scan, c);
        } else if (c == '\\') {
            scan->at += 2;
        } else {
            scan->in_text = c != '"';
            scan->at++;
        }
    }
}

static osler_status cut_item(struct cutting *c, struct piece *out, osler_error *error)
{
    struct scan scan = {0};
    unsigned line = c->input->line;
    for (;;) {
        look(&scan, window_view(c->input));
        str view = window_view(c->input);
        if (scan.ended)
            break;
        if (view.length > LIMIT_RECORD) {
            c->over = true;
            return fail(error, OSLER_ELIMIT, line,
                        "this item is larger than %d MB, the most that is read",
                        LIMIT_RECORD >> 20);
        }
        if (c->input->ended) {
            c->over = true;
            window_skip(c->input, view.length);
            return fail(error, OSLER_EINPUT, line,
                        "the file ends inside this item: it is truncated");
        }
        osler_status status = window_fill(c->input, error);
        if (status != OSLER_OK) {
            c->over = true;
            return status;
        }
    }
    c->used = scan.at;
    *out = (struct piece){str_trim(str_part(window_view(c->input), 0, scan.at)), line, ""};
    return OSLER_OK;
}

static osler_status end(struct cutting *c, bool complete, osler_error *error)
{
    int next;
    c->over = true;
    if (!complete)
        return fail(error, OSLER_EINPUT, c->input->line,
                    "the file ends without the ] that ends its list: it is truncated");
    osler_status status = peek(c, &next, error);
    if (status != OSLER_OK)
        return status;
    if (next != END_OF_INPUT)
        return fail(error, OSLER_EINPUT, c->input->line,
                    "nothing should stand behind the ] that ends the list");
    c->complete = true;
    return OSLER_END;
}

/* Pass the bracket of the array, and the comma before an item that is not the first. */
static osler_status pass(struct cutting *c, int *next, osler_error *error)
{
    osler_status status = peek(c, next, error);
    if (status == OSLER_OK && !c->begun) {
        c->begun = c->first = true;
        c->in_array = *next == '[';
        window_skip(c->input, c->in_array);
        status = peek(c, next, error);
    }
    if (status == OSLER_OK && c->in_array && !c->first && *next == ',') {
        window_skip(c->input, 1);
        status = peek(c, next, error);
    } else if (status == OSLER_OK && c->in_array && !c->first && *next != END_OF_INPUT &&
               *next != ']') {
        c->over = true;
        return fail(error, OSLER_EINPUT, c->input->line,
                    "a comma or ] should stand behind an item of the list");
    }
    c->first = false;
    return status;
}

osler_status csl_json_cut(void *state, struct piece *out, osler_error *error)
{
    struct cutting *c = state;
    int next;
    window_skip(c->input, c->used);
    c->used = 0;
    if (c->over)
        return OSLER_END;
    osler_status status = pass(c, &next, error);
    if (status != OSLER_OK) {
        c->over = true;
        return status;
    }
    if (next == ']' && c->in_array) {
        window_skip(c->input, 1);
        return end(c, true, error);
    }
    if (next == END_OF_INPUT)
        return end(c, !c->in_array, error);
    if (next == ']' || next == '}' || next == ',') {
        c->over = true;
        return fail(error, OSLER_EINPUT, c->input->line, "an item should stand here, not \"%c\"",
                    next);
    }
    return cut_item(c, out, error);
}
