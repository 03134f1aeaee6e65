/* From the lines of a record to its tagged values. */
#include "formats/tagged/take.h"

#include "base/error.h"
#include "base/limits.h"
#include "base/memory.h"

#include <stdint.h>
#include <string.h>

enum { FIRST = 128, SECOND = 64, VALUES_KEPT = 4096 };

struct tagged_parser {
    const struct tagged_dialect *dialect;
    uint8_t rows[FIRST][SECOND]; /* the row of a tag, plus 1; 0 for none */
    struct tagged_value *values;
    size_t count, capacity;
    arena scratch;
};

static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - ('a' - 'A')) : c;
}

const struct tagged_row *tagged_row_of(const struct tagged_dialect *dialect, str tag)
{
    for (size_t i = 0; i < dialect->row_count; i++)
        if (str_equal_ignoring_case(tag, str_of(dialect->rows[i].tag)))
            return &dialect->rows[i];
    return NULL;
}

void *tagged_new_parser(const struct tagged_dialect *dialect)
{
    struct tagged_parser *p = memory_alloc(sizeof *p);
    p->dialect = dialect;
    for (size_t i = dialect->row_count; i--;) {
        str tag = str_of(dialect->rows[i].tag);
        if (tag.length <= 2)
            p->rows[upper(tag.data[0]) & (FIRST - 1)]
                   [tag.length == 2 ? upper(tag.data[1]) & (SECOND - 1) : 0] = (uint8_t)(i + 1);
    }
    return p;
}

void tagged_free_parser(void *parser)
{
    struct tagged_parser *p = parser;
    memory_free(p->values);
    arena_free(&p->scratch);
    memory_free(p);
}

static const struct tagged_row *row_of(const struct tagged_parser *p, str tag)
{
    if (tag.length > 2)
        return tagged_row_of(p->dialect, tag);
    char first = upper(tag.data[0]), second = tag.length == 2 ? upper(tag.data[1]) : 0;
    uint8_t index = p->rows[first & (FIRST - 1)][second & (SECOND - 1)];
    const struct tagged_row *row = index ? &p->dialect->rows[index - 1] : NULL;
    return row && str_equal_ignoring_case(tag, str_of(row->tag)) ? row : NULL;
}

static struct tagged_value *add_value(struct tagged_parser *p)
{
    if (p->count == p->capacity) {
        p->capacity = p->capacity ? p->capacity * 2 : 128;
        p->values = memory_resize(p->values, p->capacity * sizeof *p->values);
    }
    return &p->values[p->count++];
}

/* The values of a record: a line without a tag goes on with the text before it. */
static void find_values(struct tagged_parser *p, str bytes)
{
    str rest = bytes, line, tag, text;
    struct tagged_value *value = NULL;
    while (str_next_line(&rest, &line)) {
        if (p->dialect->look(line, &tag, &text)) {
            value = add_value(p);
            *value = (struct tagged_value){row_of(p, tag), tag, text};
        } else if (value && str_trim(line).length) {
            if (!value->text.data)
                value->text = line;
            value->text.length = (size_t)(line.data + line.length - value->text.data);
        }
    }
}

/* Fragments of references are records too, a type alone is none. */
static bool says_something(const osler_record *r)
{
    return osler_record_title(r) || r->book_title || r->container_title || r->key ||
           r->identifiers.count || r->names.count || r->abstract.count || r->notes.count ||
           r->urls.count;
}

static osler_status complain_of_nothing(const struct tagged_parser *p, const struct piece *piece,
                                        osler_error *error)
{
    str first = str_trim(piece->bytes);
    first = str_trim(str_part(first, 0, str_find(first, '\n')));
    return fail(error, OSLER_EINPUT, piece->line,
                "this record has no title, no name and no identifier; expected %s, not only "
                "\"%.*s\"",
                p->dialect->expected, (int)(first.length < 60 ? first.length : 60), first.data);
}

void tagged_forget(void *parser)
{
    struct tagged_parser *p = parser;
    arena_clear(&p->scratch);
    p->count = 0;
    if (p->capacity >
        VALUES_KEPT) { /* what a large record needed is not kept for all that follow */
        memory_free(p->values);
        p->values = NULL;
        p->capacity = 0;
    }
}

arena *tagged_scratch(void *parser)
{
    return &((struct tagged_parser *)parser)->scratch;
}

void tagged_add(void *parser, str tag, str text)
{
    struct tagged_parser *p = parser;
    struct tagged_value *value = tag.length ? add_value(p) : NULL;
    if (value)
        *value = (struct tagged_value){row_of(p, tag), tag, text};
}

osler_status tagged_make(void *parser, arena *memory, const struct piece *piece, osler_item *out,
                         osler_error *error)
{
    struct tagged_parser *p = parser;
    for (size_t i = 0; i < p->count; i++)
        if (p->values[i].text.length > LIMIT_FIELD)
            return fail(error, OSLER_ELIMIT, piece->line,
                        "a field of this record is longer than %d MB", LIMIT_FIELD >> 20);
    struct taking t = {.dialect = p->dialect, .memory = memory, .scratch = &p->scratch};
    t.record = builder_start(&t.build, memory);
    tagged_take(&t, p->values, p->count);
    if (t.build.exceeded)
        return fail(error, OSLER_ELIMIT, piece->line, "%s", t.build.exceeded);
    if (!says_something(t.record))
        return complain_of_nothing(p, piece, error);
    *out = (osler_item){.kind = OSLER_RECORD, .record = t.record};
    return OSLER_OK;
}

osler_status tagged_parse(void *parser, arena *memory, const struct piece *piece, osler_item *out,
                          osler_error *error)
{
    osler_status status = content_check_text(piece->bytes, piece->line, error);
    if (status != OSLER_OK)
        return status;
    tagged_forget(parser);
    find_values(parser, piece->bytes);
    return tagged_make(parser, memory, piece, out, error);
}
